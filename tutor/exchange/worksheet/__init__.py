"""A course or a lesson on paper: handout, questions, and a separate answer key, as one HTML file.

The file holds no scripts and loads nothing; all text is escaped. It prints on A4 and Letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tutor import say
from tutor.course.asides import claims_of, words_in
from tutor.course.model import Course, Lesson
from tutor.course.questions import Question
from tutor.course.sources import Citation
from tutor.course.text import one_line
from tutor.exchange.exchanged import Exported
from tutor.exchange.html import prose, tag, text
from tutor.exchange.worksheet.questions import ask, key
from tutor.exchange.worksheet.steps import show

STYLE = Path(__file__).with_name("worksheet.css")


def worksheet(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write a worksheet.

    Args:
        course: The course, for its title, glossary and claims.
        lessons: The lessons to print, in order.

    Returns:
        An HTML document: for each lesson its handout and questions, and the words used in them;
        then, for the teacher, the answer keys and the sources.
    """
    numbers = {outline.id: number for number, outline in enumerate(course.lessons, 1)}
    handouts = [_handout(numbers.get(lesson.id, 1), lesson, course) for lesson in lessons]
    keys = [_key(numbers.get(lesson.id, 1), lesson) for lesson in lessons]
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{tag('title', text(course.title))}{tag('style', STYLE.read_text(encoding='utf-8'))}"
    )
    body = [
        tag("header", _front(course, lessons, numbers)),
        *handouts,
        _section("words", _glossary(course, lessons)),
        _section("key", tag("h1", "Answer key") + "".join(keys)),
        _section("sources", _sources(course.citations, lessons)),
    ]
    language = "en"
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head><body>'
        f"{''.join(body)}</body></html>\n"
    )
    return Exported(page, ())


def _section(name: str, inner: str) -> str:
    """A part that begins on a page of its own; nothing where it would be empty."""
    return tag("section", inner, name) if inner else ""


def _front(course: Course, lessons: Sequence[Lesson], numbers: Mapping[str, int]) -> str:
    """A cover for the teacher; a single lesson needs none."""
    if len(lessons) == 1:
        return ""
    listed = "".join(
        tag(
            "li",
            f"{numbers.get(lesson.id, 1)}. {text(lesson.title)}"
            + (f" ({lesson.minutes} minutes)" if lesson.minutes else ""),
        )
        for lesson in lessons
    )
    summary = prose(course.summary) if course.summary else ""
    keep = (
        "For the teacher: this page, and all from the answer key on, are yours to keep back. "
        "Everything in between is for handing out."
    )
    return tag("h1", text(course.title)) + summary + tag("ul", listed, "boxes") + tag("p", keep)


def _handout(number: int, lesson: Lesson, course: Course) -> str:
    goals = "".join(tag("li", text(goal)) for goal in lesson.objectives.values())
    steps = [
        show(step, course.citations) for step in lesson.steps if not isinstance(step, Question)
    ]
    practice = list(lesson.practice())
    scored = list(lesson.quiz.questions) if lesson.quiz else []
    return tag(
        "section",
        tag("h1", f"{number}. {text(lesson.title)}")
        + tag("p", "Name ______________________________   Date ______________", "name")
        + (tag("p", "Afterwards you can:") + tag("ul", goals) if goals else "")
        + "".join(steps)
        + _questions("Practice", "P", practice)
        + _questions("Questions", "", scored),
        "lesson",
    )


def _questions(title: str, letter: str, questions: Iterable[Question]) -> str:
    asked = [ask(f"{letter}{number}", question) for number, question in enumerate(questions, 1)]
    return tag("h2", title) + "".join(asked) if asked else ""


def _key(number: int, lesson: Lesson) -> str:
    practice = [key(f"P{n}", question) for n, question in enumerate(lesson.practice(), 1)]
    scored = lesson.quiz.questions if lesson.quiz else ()
    answers = practice + [key(f"{n}", question) for n, question in enumerate(scored, 1)]
    if not answers:
        return ""
    return tag("h2", f"{number}. {text(lesson.title)}") + "".join(answers)


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
    return tag("h1", "Words") + tag("dl", entries) if entries else ""


def _sources(citations: Mapping[str, Citation], lessons: Iterable[Lesson]) -> str:
    used = {
        name
        for lesson in lessons
        for step in (*lesson.steps, *lesson.questions())
        for name in claims_of(step)
    }
    listed = [cited for name, cited in citations.items() if name in used]
    if not listed:
        return ""
    entries = "".join(
        tag("li", "<br>".join(text(one_line(line)) for line in say.citation(cited)))
        for cited in listed
    )
    return tag("h1", "What this rests on") + tag("ul", entries, "claims")
