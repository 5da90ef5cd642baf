"""A course whose quiz asks what three steps teach, each of them another thing."""

from pathlib import Path

_COURSE = """
id: tides
title: Tides
sources: [source.yaml]
lessons: [tides.yaml]
"""
_SOURCE = """
title: An almanac
role: article
speakers:
  someone: {name: Someone, role: harbor master}
claims:
  c1: {speaker: someone, kind: reported, text: The moon pulls the water.}
  c2: {speaker: someone, kind: reported, text: High water comes twice a day.}
  c3: {speaker: someone, kind: reported, text: Spring tides come at new moon.}
"""
_LESSON = """
title: How tides come about
minutes: 8
steps:
  - {type: read, title: What pulls, text: The moon pulls., claims: [c1]}
  - {type: read, title: In between, text: Nothing is asked about this.}
  - {type: read, title: How often, text: High water comes twice., claims: [c2]}
  - {type: read, title: When it is high, text: Springs come at new moon., claims: [c3]}
quiz:
  questions:
"""
_QUESTION = """
    - type: choice
      id: q{number}
      stem: {stem}
      options:
        - {{id: a, text: {right}, correct: true}}
        - {{id: b, text: Nobody knows}}
        - {{id: c, text: It depends}}
      claims: [c{number}]
"""


def write(folder: Path) -> Path:
    """Write the course into a folder."""
    folder.mkdir()
    asked = [("What pulls?", "The moon"), ("How often?", "Twice"), ("When?", "At new moon")]
    questions = "".join(
        _QUESTION.format(number=number, stem=stem, right=right)
        for number, (stem, right) in enumerate(asked, 1)
    )
    files = {"course": _COURSE, "source": _SOURCE, "tides": _LESSON + questions}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
