"""The app on a small course, driven by keys and mouse, and read as a learner reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from app.every_type import write_course
from app.reading import Opened

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.study import Start, Study

LESSON = """
title: What a detainer asks for
minutes: 8
objectives:
  notice: Say what notice is asked for
  hold: Say how long a hold is asked for
steps:
  - type: read
    title: A request
    text: |
      A [detainer](term:detainer) is a request. See the [rule](https://example.org/rule).
    claims: [c1]
  - type: choice
    id: practice
    objective: notice
    stem: Who sends a detainer?
    options:
      - {id: ice, text: ICE sends it, correct: true}
      - {id: jail, text: The jail sends it, feedback: The jail receives it.}
      - {id: judge, text: A judge sends it}
    explanation: ICE asks the jail.
    hints: [It is a federal agency.]
  - type: reflect
    id: before
    prompt: Where do you stand?
    choices: [For, Against]
  - type: read
    text: The last words of the lesson.
quiz:
  questions:
    - type: choice
      id: first
      objective: notice
      stem: Which comes first?
      options:
        - {id: a, text: Notice, correct: true}
        - {id: b, text: Release, feedback: Release comes after notice.}
        - {id: c, text: Transfer}
      explanation: Notice is asked for before release.
      hints: [Think of time.]
    - type: choice
      id: second
      objective: hold
      stem: How long is a hold asked for?
      options:
        - {id: a, text: Two days, correct: true}
        - {id: b, text: Two weeks}
        - {id: c, text: Two years}
    - type: choice
      id: third
      objective: hold
      stem: Counted from when?
      options:
        - {id: a, text: Release, correct: true}
        - {id: b, text: Arrest}
        - {id: c, text: Trial}
"""

COURSE = """
id: small
title: A small course
sources: [source.yaml]
lessons: [asks.yaml, {either: [one.yaml, two.yaml]}]
glossary:
  detainer: A request from ICE to a jail.
"""

SOURCE = """
title: An article
role: article
speakers:
  someone: {name: Someone, role: sheriff}
claims:
  c1: {speaker: someone, kind: reported, text: ICE makes requests., quote: we were asked}
"""

READ_ONLY_LESSON = """
title: The argument from {name}
steps:
  - {{type: read, text: Words.}}
"""


@pytest.fixture
def small(tmp_path: Path, study: Study) -> Course:
    """A course of one lesson with a quiz of three choices, and two lessons in a drawn order."""
    folder = tmp_path / "small"
    folder.mkdir()
    files = {"course": COURSE, "source": SOURCE, "asks": LESSON}
    files |= {name: READ_ONLY_LESSON.format(name=name) for name in ("one", "two")}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return study.library.course_at(folder)


@pytest.fixture
def tides(tmp_path: Path, study: Study) -> Course:
    """A course that asks every type of question in a lesson, in a quiz and in a test."""
    write_course(tmp_path / "tides")
    return study.library.course_at(tmp_path / "tides")


@pytest.fixture
def opened(study: Study, small: Course) -> Callable[..., Opened]:
    """Open the app on the small course: at home, in a lesson, or in its quiz."""

    def go(
        lesson: str | None = None,
        *,
        quiz: bool = False,
        size: tuple[int, int] = (80, 24),
        course: Course = small,
        learner: Study = study,
    ) -> Opened:
        outline = course.lesson(lesson) if lesson else None
        return Opened(TutorApp(learner, Start(course=course, lesson=outline, quiz=quiz)), size)

    return go
