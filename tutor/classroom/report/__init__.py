"""The report over a class: what it says, and the forms in which it is given."""
