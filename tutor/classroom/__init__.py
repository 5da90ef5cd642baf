"""The class: results handed in, read back as a report, and given back as feedback."""
