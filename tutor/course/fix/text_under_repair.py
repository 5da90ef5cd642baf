"""A text as it was read while it is being repaired, with the errors in it and what is proposed."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from tutor.course.reading.builder import build_course, build_lesson, build_source
from tutor.course.reading.document import Document
from tutor.course.reading.loading import ungradable
from tutor.course.reading.misread_text import misreads
from tutor.course.reading.rule import Reading, collect
from tutor.course.schema.synonyms import plain_key
from tutor.course.syntax.parser import Parsed, PositionMap, outcome_of
from tutor.course.syntax.violation import LineCol, Violation


class Version:
    """A text without syntax errors."""

    def __init__(self, text: str, parsed: Parsed) -> None:
        self.text = text
        self.document = Document("", text, parsed)

    @cached_property
    def violations(self) -> list[Violation]:
        """What is wrong with it, as far as building it shows."""
        _, built = collect(_build(self.document))
        return [*self.document.violations, *built]

    @cached_property
    def ungradable(self) -> list[Violation]:
        """What keeps its questions from being graded."""
        draft, _ = collect(build_lesson(self.document, ""))
        questions = draft.all_questions() if draft is not None else ()
        return [found for each in questions for found in ungradable(self.document, each)]

    @cached_property
    def misreads(self) -> list[Violation]:
        """The texts in it that YAML changed in silence."""
        return list(misreads(self.document))

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return sum(found.severity == "error" for found in self.violations)

    def differences(self, other: "Version") -> Iterator[LineCol]:
        """Where the smallest parts stand that read as other data in another version."""
        parsed = self.document.parsed
        return _differences(parsed.data, parsed.marks, other.document.data)


def _build(document: Document) -> Reading[Any]:
    keys = set(map(plain_key, document.data)) if isinstance(document.data, Mapping) else set()
    if "claims" in keys and ("role" in keys or "steps" not in keys):
        yield from build_source(document)
    elif "lessons" in keys:
        yield from build_course(document, "")
    else:
        yield from build_lesson(document, "")


def _differences(old: Any, marks: PositionMap | LineCol, new: Any) -> Iterator[LineCol]:
    if isinstance(marks, PositionMap) and type(old) is type(new) and len(old) == len(new):
        names = list(old) if isinstance(old, dict) else range(len(old))
        if not isinstance(old, dict) or list(old) == list(new):
            for name in names:
                yield from _differences(old[name], marks.values[name], new[name])
            return
    if old != new:
        yield marks.at if isinstance(marks, PositionMap) else marks


class Versions:
    """Every version of a text that was tried, each of them read once."""

    def __init__(self, first: Version) -> None:
        self._read: dict[str, Version | None] = {first.text: first}

    def read(self, text: str) -> Version | None:
        """A text as read; None where it has a syntax error."""
        if text not in self._read:
            outcome = outcome_of(text)
            self._read[text] = Version(text, outcome) if isinstance(outcome, Parsed) else None
        return self._read[text]
