"""The plain front: one line per thing, for pipes, screen readers and simple terminals."""

from tutor.plain.main import run, run_preview
from tutor.plain.terminal import Terminal, at_standard_streams

__all__ = ["Terminal", "at_standard_streams", "run", "run_preview"]
