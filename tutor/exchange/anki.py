"""Questions as cards for Anki: a text file that imports, and updates what it imported before.

The layout is that of Anki's own text files: headers that begin with `#`, then one note a line, its
fields parted by tabs and quoted where they hold a tab, a quote or a line break.
"""

import csv
import io
import re
from collections.abc import Sequence

from tutor import phrases
from tutor.course.digest import blake2b
from tutor.course.model.course import Course, Lesson
from tutor.course.model.markdown.plain import plain_item, plain_item_line, plain_text
from tutor.course.model.questions import Gaps, Multiple, Number, Question
from tutor.course.text import clean, one_line, slug
from tutor.exchange.anki_reading import likeness, read_anki
from tutor.exchange.conversion import Exported
from tutor.exchange.format import Format
from tutor.exchange.losses import anki_losses
from tutor.exchange.question_text import TextWriter, offered, remarks, right

_HEADERS = """\
#separator:tab
#html:false
#notetype:Basic
#columns:guid\tDeck\tTags\tFront\tBack
#guid column:1
#deck column:2
#tags column:3
"""
# What Anki would play, read aloud or run through LaTeX.
_ACTIVE = re.compile(r"\[(?=/?(?:\${1,2}\]|(?:anki|latex|sound)\b))", re.IGNORECASE)
_SHORT = 4
_WORD_JOINER = "\u2060"


def anki(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write a card for every question, practice and quiz alike, in one deck a lesson.

    Returns:
        A text file for Anki's import, and what it could not carry. Each note has an id made of the
        ids of course, lesson and question, by which Anki knows it again.
    """
    written = io.StringIO()
    written.write(_HEADERS)
    rows = csv.writer(written, delimiter="\t", lineterminator="\n")
    for lesson in lessons:
        for question in lesson.questions():
            rows.writerow(_note(course, lesson, question))
    return Exported(written.getvalue(), tuple(anki_losses(lessons)))


def _note(course: Course, lesson: Lesson, question: Question) -> tuple[str, ...]:
    path = "/".join((course.id, lesson.id, question.id))
    guid = blake2b(path.encode("utf-8", "replace"), digest_size=10).hexdigest()
    return guid, _deck(course, lesson), _tags(course, lesson, question), *card(question)


def _deck(course: Course, lesson: Lesson) -> str:
    """The deck of a lesson within its course's; `::` is what parts the two."""
    return "::".join(one_line(title).replace("::", ": ") for title in (course.title, lesson.title))


def _tags(course: Course, lesson: Lesson, question: Question) -> str:
    """Tags for course, lesson and objective, one within the other, and for the level.

    A tag has no spaces.
    """
    names = [course.id, lesson.id, *([question.objective] if question.objective else [])]
    parts = [slug(name) for name in names]
    level = [f"level::{question.level}"] if question.level else []
    return " ".join(["::".join(parts[: n + 1]) for n in range(len(parts))] + level)


def card(question: Question) -> tuple[str, str]:
    """The front of a question's card, and its back."""
    how = ["Choose all that apply."] if isinstance(question, Multiple) else []
    front = ["\n".join([_plain(question.stem), *how]), "\n".join(_choices(question))]
    why = _plain(question.explanation or "")
    back = ["\n".join(_key(question)), why, "\n".join(remarks(question, _WRITER))]
    return "\n\n".join(filter(None, front)), "\n\n".join(filter(None, back))


def _plain(markdown: str) -> str:
    return _inert(plain_text(markdown)).strip("\n")


def _line(item: str) -> str:
    return _inert(plain_item_line(item))


def _inert(text: str) -> str:
    """Plain text in which nothing is a command to Anki."""
    return _ACTIVE.sub(f"[{_WORD_JOINER}", clean(text))


def _told(lead: str, markdown: str) -> str:
    return _after_lead(lead, _plain(markdown))


def _listed(lead: str, item: str) -> str:
    return _after_lead(lead, _inert(plain_item(item)))


def _after_lead(lead: str, text: str) -> str:
    """A text behind a lead; several lines are indented alike, beneath a lead that is long."""
    if "\n" not in text:
        return f"{lead} {text}".strip()
    indent = " " * (len(lead) + 1) if 0 < len(lead) <= _SHORT else ""
    lines = text.replace("\n", f"\n{indent}")
    return f"{lead} {lines}" if indent else f"{lead}\n{lines}".lstrip("\n")


_WRITER = TextWriter(markdown=_line, plain=_inert, told=_told, listed=_listed)


def _choices(question: Question) -> list[str]:
    if isinstance(question, Gaps):
        words = [f"Words: {_inert('; '.join(question.words()))}"] if question.bank else []
        return [_inert(phrases.with_blanks(question)), *words]
    if isinstance(question, Number):
        return [f"(in {_inert(question.unit)})"] if question.unit else []
    return [_listed(f"{one.letter}." if one.letter else "–", one.text) for one in offered(question)]


def _key(question: Question) -> list[str]:
    said = right(question, _WRITER)
    match question.interaction:
        case "ordering":
            return [_after_lead(f"{place}.", item) for place, item in enumerate(said, 1)]
        case "essay":
            points = [_listed("–", point.text) for point in question.rows()]
            return [*said, "Points to look for:", *points] if points else said
        case _:
            return said


FORMAT = Format(name="anki", title="Anki", likeness=likeness, read=read_anki, write=anki)
