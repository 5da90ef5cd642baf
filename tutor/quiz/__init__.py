"""Attempts and their grading; knows courses, but no screen and no database."""
