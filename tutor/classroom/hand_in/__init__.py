"""A hand-in: gathered from the records, written as a file, as text to paste, and as xAPI."""
