"""What an author does to a file in the tests of the preview: a small lesson, saved again."""

import os
from pathlib import Path

LESSON = """title: Tides
objectives:
  day: Say how often the tide rises
steps:
  - type: read
    title: The first step
    text: Water rises.
  - type: choice
    id: pull
    stem: What pulls the sea?
    options:
      - {id: moon, text: The moon, correct: true}
      - {id: wind, text: The wind, feedback: Wind moves the surface only.}
      - {id: shore, text: The shore, feedback: The shore holds it.}
    explanation: The moon is near.
  - type: read
    title: The last step
    text: Water falls.
quiz:
  questions:
    - type: true_false
      id: twice
      objective: day
      stem: The tide rises twice a day.
      answer: true
      explanation: So it does.
    - type: true_false
      id: once
      objective: day
      stem: A day has one low tide.
      answer: false
      explanation: It has two.
"""
"""Three steps and two quiz questions, in which `tutor check` finds nothing."""


def save(path: Path, text: str) -> None:
    """Write in place, as some editors do."""
    path.write_text(text, encoding="utf-8")


def save_renamed(path: Path, text: str) -> None:
    """Write another file and put it in place of the first, as most editors do."""
    partial = path.with_name("partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)  # noqa: PTH105 -- as an editor does it
