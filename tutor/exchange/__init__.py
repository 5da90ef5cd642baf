"""Lessons in the formats of the world outside; one module or package a format."""
