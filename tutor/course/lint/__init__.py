"""Advice to authors: what tests badly, misleads, or leaves one side without its due."""
