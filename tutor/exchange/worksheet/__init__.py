"""A course or a lesson on paper: a handout, the questions, and the answer key, as one HTML file.

The file holds no scripts and loads nothing; all text is escaped. It prints on A4 and Letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_cited, words_in
from tutor.course.model.sources import Citation
from tutor.course.model.steps import AnyStep, Reflect
from tutor.exchange.conversion import Exported
from tutor.exchange.format import Format
from tutor.exchange.worksheet.questions import ask, key
from tutor.exchange.worksheet.steps import show
from tutor.markdown_to_html import prose, tag, text

NAME = "Name ______________________________   Date ______________"
KEEP = "For the teacher, to keep back."
STYLE = Path(__file__).with_name("worksheet.css")


def worksheet(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write a worksheet.

    Returns:
        An HTML document of three parts, each of which begins on a page of its own: what is read,
        with the words that need explaining and what it rests on; the questions; and for the teacher
        the answers.
    """
    numbers = {outline.id: number for number, outline in enumerate(course.lessons, 1)}
    named = [_Numbered(numbers.get(lesson.id, 1), lesson) for lesson in lessons]
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{tag('title', text(course.title))}{tag('style', STYLE.read_text(encoding='utf-8'))}"
    )
    last = {_encoded(step): one for one in named for step in one.lesson.steps}
    first = {
        _encoded(step): one
        for one in reversed(named)
        for step in one.lesson.steps
        if isinstance(step, Reflect)
    }
    read = "".join(_handout(one, course, last | first) for one in named)
    handout = read + _glossary(course, lessons) + _sources(course.citations, lessons)
    questions = "".join(map(_questions, named))
    answers = "".join(map(_key, named))
    body = [
        _part("handout", _front(course, lessons), handout),
        _part("questions", tag("h1", "Questions") + tag("p", NAME, "name"), questions),
        _part("key", tag("h1", "Answer key") + tag("p", KEEP), answers),
    ]
    language = "en"
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head><body>'
        f"{''.join(body)}</body></html>\n"
    )
    return Exported(page, ())


class _Numbered(NamedTuple):
    """A lesson with its number in the course."""

    number: int
    lesson: Lesson

    @property
    def name(self) -> str:
        return f"{self.number}. {text(self.lesson.title)}"


def _part(name: str, head: str, inner: str) -> str:
    """A part of the worksheet; nothing where it would be empty."""
    return tag("section", head + tag("div", inner, "columns"), name) if inner else ""


def _front(course: Course, lessons: Sequence[Lesson]) -> str:
    """What a handout of several lessons begins with; a single lesson needs none of it."""
    if len(lessons) == 1:
        return ""
    summary = prose(course.summary) if course.summary else ""
    return tag("header", tag("h1", text(course.title)) + summary)


def _encoded(step: AnyStep) -> bytes:
    return msgspec.json.encode(step)


def _handout(one: _Numbered, course: Course, where: Mapping[bytes, _Numbered]) -> str:
    """What is read in a lesson; what several lessons show alike is printed in the last of them.

    A thought that is asked for alike is asked for in the first: before anything is argued.
    """
    goals = "".join(tag("li", text(goal)) for goal in one.lesson.objectives.values())
    steps = [
        show(step, course.citations)
        for step in one.lesson.steps
        if not isinstance(step, Question) and where[_encoded(step)] is one
    ]
    about = f" ({one.lesson.minutes} minutes)" if one.lesson.minutes else ""
    return (
        tag("h2", f"{one.name}{about}")
        + (tag("p", "Afterwards you can:", "goals") + tag("ul", goals, "goals") if goals else "")
        + "".join(steps)
    )


def _questions(one: _Numbered) -> str:
    practice = list(one.lesson.practice())
    scored = list(one.lesson.quiz.questions) if one.lesson.quiz else []
    asked = _asked("Practice", "P", practice) + _asked("Quiz", "", scored)
    return tag("h2", one.name) + asked if asked else ""


def _asked(title: str, letter: str, questions: Iterable[Question]) -> str:
    asked = [ask(f"{letter}{number}", question) for number, question in enumerate(questions, 1)]
    return tag("h3", title) + "".join(asked) if asked else ""


def _key(one: _Numbered) -> str:
    practice = [key(f"P{n}", question) for n, question in enumerate(one.lesson.practice(), 1)]
    scored = one.lesson.quiz.questions if one.lesson.quiz else ()
    answers = practice + [key(f"{n}", question) for n, question in enumerate(scored, 1)]
    return tag("h2", one.name) + "".join(answers) if answers else ""


def _glossary(course: Course, lessons: Sequence[Lesson]) -> str:
    """The words that these lessons link to, with what they mean."""
    used = {
        word: meaning
        for lesson in lessons
        for step in lesson.steps
        for word, meaning in words_in(step, course.glossary).items()
    }
    entries = "".join(
        tag("dt", text(word)) + tag("dd", prose(meaning)) for word, meaning in sorted(used.items())
    )
    return tag("h2", "Words") + tag("dl", entries) if entries else ""


def _sources(citations: Mapping[str, Citation], lessons: Iterable[Lesson]) -> str:
    """Where to look up what these lessons cite, with the claims that stand there."""
    used = claims_cited(lessons)
    sources: dict[str, dict[str, list[str]]] = {}
    for name, cited in citations.items():
        if name in used:
            places = sources.setdefault(cited.source, {})
            places.setdefault(phrases.place(cited), []).append(name)
    listed = "".join(
        tag("p", text(source)) + tag("ul", "".join(map(_place, places.items())), "claims")
        for source, places in sources.items()
    )
    return tag("h2", "What this rests on") + listed if listed else ""


def _place(entry: tuple[str, Sequence[str]]) -> str:
    place, names = entry
    return tag("li", f"<strong>{text(', '.join(names))}</strong> {text(place)}")


FORMAT = Format(name="worksheet", title="a worksheet in HTML", write=worksheet)
