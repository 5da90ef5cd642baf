"""An interactive tutorial and quiz for the terminal."""

__version__ = "0.1.0"
