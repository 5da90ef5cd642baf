"""What an export or an import gives, with what could not be carried."""

import re
from collections.abc import Sequence

from msgspec import Struct

from tutor.course.model.course import Lesson
from tutor.course.syntax.violation import KeyPath


class Exported(Struct, frozen=True):
    """Lessons in an outside format.

    Attributes:
        left_out: One sentence for each thing that the format could not carry.
    """

    content: str | bytes
    left_out: tuple[str, ...] = ()


class ImportedLesson(Struct, frozen=True):
    """A lesson made of a part of a file.

    Attributes:
        notes: What an author has to decide, by the place in the lesson that it concerns.
    """

    lesson: Lesson
    notes: dict[KeyPath, str] = {}


class Imported(Struct, frozen=True):
    """A lesson made of a file in an outside format.

    Attributes:
        notes: What an author has to decide, by the place in the lesson that it concerns.
        left_out: What of the file a lesson could not carry; like losses in one sentence, counted.
        details: One sentence for each thing of the file that a lesson could not carry; empty
            where `left_out` has them all.
        parts: The same as several lessons, one a category; none where there is but one.
        too_large: Whether the lesson is larger than a lesson may be, so that only its parts serve.
    """

    lesson: Lesson
    notes: dict[KeyPath, str] = {}
    left_out: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    parts: tuple[ImportedLesson, ...] = ()
    too_large: bool = False


_FEW = 3
"""So many like losses are still told one by one."""
_AT = re.compile(r"([^\s:]+): (.+)", re.DOTALL)


def summarize_losses(left_out: Sequence[str]) -> tuple[str, ...]:
    """What an export leaves out, like losses of many questions or lessons in one sentence."""
    places: dict[str, list[str]] = {}
    for sentence in left_out:
        if found := _AT.fullmatch(sentence):
            places.setdefault(found[2], []).append(found[1])
    told: dict[str, None] = {}
    for sentence in left_out:
        found = _AT.fullmatch(sentence)
        alike = places[found[2]] if found else []
        if found and len(alike) > _FEW:
            what = "questions" if all("/" in one for one in alike) else "places"
            told[f"{len(alike)} {what}, the first {alike[0]}: {found[2]}"] = None
        else:
            told[sentence] = None
    return tuple(told)
