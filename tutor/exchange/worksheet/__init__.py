"""A course or a lesson on paper: handout, questions, and a separate answer key, as one HTML file.

The file holds no scripts and loads nothing; all text is escaped. It prints on A4 and Letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tutor import say
from tutor.course.coverage import claims_of
from tutor.course.model import Course, Lesson
from tutor.course.questions import Question
from tutor.course.sources import Citation
from tutor.course.text import one_line
from tutor.exchange.worksheet.html import prose, tag, text
from tutor.exchange.worksheet.questions import ask, key
from tutor.exchange.worksheet.steps import show

STYLE = Path(__file__).with_name("worksheet.css")


def worksheet(course: Course, lessons: Sequence[Lesson]) -> str:
    """Write a worksheet.

    Args:
        course: The course, for its title, glossary and claims.
        lessons: The lessons to print, in order.

    Returns:
        An HTML document: for each lesson its handout and questions; then the answer keys; then
        the glossary and the sources.
    """
    handouts = [_handout(number, lesson, course) for number, lesson in enumerate(lessons, 1)]
    keys = [_key(number, lesson) for number, lesson in enumerate(lessons, 1)]
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{tag('title', text(course.title))}{tag('style', STYLE.read_text(encoding='utf-8'))}"
    )
    body = [
        tag("header", _front(course, lessons)),
        *handouts,
        tag("section", tag("h1", "Answer key") + "".join(keys), "key"),
        tag("section", _glossary(course) + _sources(course.citations, lessons), "sources"),
    ]
    language = "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head><body>'
        f"{''.join(body)}</body></html>\n"
    )


def _front(course: Course, lessons: Sequence[Lesson]) -> str:
    listed = "".join(
        tag("li", text(lesson.title) + (f" ({lesson.minutes} minutes)" if lesson.minutes else ""))
        for lesson in lessons
    )
    summary = prose(course.summary) if course.summary else ""
    return (
        tag("h1", text(course.title))
        + summary
        + tag("ol", listed)
        + tag("p", "For the teacher: the answer key begins on a page of its own; keep it back.")
    )


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


def _glossary(course: Course) -> str:
    if not course.glossary:
        return ""
    words = "".join(
        tag("dt", text(word)) + tag("dd", prose(meaning))
        for word, meaning in course.glossary.items()
    )
    return tag("h1", "Words") + tag("dl", words)


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
