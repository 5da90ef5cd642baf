"""Attempts, grading and review; knows courses, but no screen and no database."""
