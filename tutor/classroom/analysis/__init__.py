"""Item analysis, and what a teacher can do with it tomorrow."""
