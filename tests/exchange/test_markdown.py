"""Markdown: what a reader finds in the file, as a CommonMark parser sees it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import EVERY

from tutor.course.model.course import Course, Lesson
from tutor.course.model.markdown.link_search import without_links
from tutor.course.model.questions import Multiple, Number, Option, Text
from tutor.course.model.steps import Compare, Debate, Figure, Read, Row
from tutor.course.text import one_line
from tutor.exchange.markdown import markdown
from tutor.exchange.markdown.writing import heading, listed, phrase, plain, table
from tutor.library import Library, bundled_courses
from tutor.records.store import Store
from tutor.study import Study

PARSER = MarkdownIt("commonmark").enable("table")


def written(course: Course, *lessons: Lesson) -> str:
    content = markdown(course, lessons).content
    assert isinstance(content, str)
    return content


def tokens(text: str) -> Iterator[Any]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def shown(text: str) -> str:
    """What a reader sees, without marks, on one line."""
    return " ".join(
        " ".join(t.content for t in tokens(text) if t.type in ("text", "fence")).split()
    )


def headings(text: str) -> list[str]:
    found = PARSER.parse(text)
    return [
        shown(found[at + 1].content) for at, one in enumerate(found) if one.type == "heading_open"
    ]


def test_lessons_come_first_and_answers_words_and_claims_after(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    text = written(course, tells, asks)
    sections = [one for one in headings(text) if not one.startswith(("Question ", "Practice "))]
    assert sections == [
        "Every kind of question",
        "Six ways to tell",
        "Tides",
        "Two harbors",
        "A day",
        "A longer pier?",
        "Ships",
        "Ten ways to ask",
        "Questions",
        "Hints",
        "Six ways to tell",
        "Ten ways to ask",
        "Answers",
        "Six ways to tell",
        "Ten ways to ask",
        "Words",
        "What this rests on",
    ]
    lessons, _, behind = text.partition("## Hints")
    for given_away in ("The moon is near.", "ebb tide", "It is in the sky.", "12.4"):
        assert given_away not in lessons
        assert given_away in behind


LINES = {
    "silent cell": "| Depth | Nine meters (t1) | *the article does not say* |",
    "moment": "- 6 hours before: low tide",
    "argument": (
        "- **Safety**: Landing is safer. (Ann Harbor, harbor master; t2) On the same issue: Cost."
    ),
    "figure": "| North | 12 |",
    "quotation": "She said so: “A longer pier is a safer pier” (Ann Harbor, t2).",
    "blanks": "There are \\_\\_(1)\\_\\_ high tides in a \\_\\_(2)\\_\\_.",
    "tolerance": "12.4 hours (give or take 0.5)",
    "word": "- **tide**: The rise and fall of the sea.",
    "claim": "- t1: The tide rises twice a day.\\",
    "reflection": "Would you build it?",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_it_reads_well(course: Course, asks: Lesson, tells: Lesson, line: str) -> None:
    assert line in written(course, tells, asks)


TERMS = {
    "typing errors": (
        Text(stem="?", answers=("ebb",), typos=1),
        "Up to 1 typing error still counts as right.",
    ),
    "words that need not count": (
        Text(stem="?", answers=("ebb",), may_begin_with=("the", "an")),
        "It may begin with “the” or “an”.",
    ),
    "all or nothing": (
        Multiple(stem="?", options=(Option(text="a", correct=True),), scoring="all-or-nothing"),
        "It counts only if exactly these are chosen.",
    ),
    "unit": (
        Number(stem="?", answer=Decimal(48), unit="hours", ask_unit=True),
        "The unit belongs to the answer.",
    ),
    "decimal comma": (
        Number(stem="?", answer=Decimal("12.4"), tolerance="0.5", decimal="comma"),
        "12,4 (give or take 0,5)",
    ),
}


@pytest.mark.parametrize(("question", "said"), TERMS.values(), ids=TERMS)
def test_the_answer_says_what_else_counts(course: Course, question: Any, said: str) -> None:
    exported = markdown(course, [Lesson(title="L", id="l", steps=(question,))])
    assert said in str(exported.content).partition("## Answers")[2]
    assert exported.left_out == ()


def test_the_answer_names_the_letter_that_stands_in_the_question(
    course: Course, asks: Lesson
) -> None:
    lesson, _, answers = written(course, asks).partition("## Answers")
    assert "- B. The moon" in lesson
    assert "B. The moon" in answers


@pytest.mark.parametrize("path", [EVERY, *bundled_courses()], ids=["every", "bundled"])
def test_every_text_of_every_lesson_is_carried(path: Path, store: Store, own_home: Path) -> None:
    study = Study(store, Library(store, own_home), "Ana", seed=lambda: 7)
    course = study.library.course_at(path)
    lessons = [study.lesson(outline) for outline in course.lessons]
    text = written(course, *lessons)
    seen = shown(text)
    for words in (words for lesson in lessons for words in prose_of(msgspec.to_builtins(lesson))):
        bare = shown(without_links(words))
        assert bare in seen or "quote:" in words, words
    tables = sum(isinstance(one, Compare | Figure) for lesson in lessons for one in lesson.steps)
    sides = sum(isinstance(one, Debate) for lesson in lessons for one in lesson.steps)
    assert sum(one.type == "table_open" for one in PARSER.parse(text)) == tables
    assert text.count("**Against**") == sides
    assert not kinds(text) & {"html_block", "html_inline", "image"}


NOT_PROSE = {"id", "claims", "type", "plot", "side", "voice", "scoring", "objective", "speaker"} | {
    "level", "same_issue", "allow", "tolerance", "answer", "pass", "revisits", "at", "from", "to",
    "value", "bank",
}  # fmt: skip


def prose_of(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "objectives":
                yield from value.values()
            elif part.get("type") == "gaps" and name == "text":
                yield from (piece for piece in value.replace("}}", "{{").split("{{")[::2])
            elif name not in NOT_PROSE:
                yield from prose_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from prose_of(value)
    elif isinstance(part, str):
        yield part


HOSTILE = {
    "unclosed fence": "```\ncode",
    "longer fence": "~~~~ x\n~~~",
    "comment": "Before <!-- after",
    "script": "<script>\nalert(1)",
    "html block": "<div>\n\n*x*",
    "inline html": "a <b>b</b> c",
    "tag like an address": "<script:x <a@b <i>x",
    "image": "![x](https://example.org/x.png)",
    "script link": "[x](javascript:alert)",
}


@pytest.mark.parametrize("nasty", HOSTILE.values(), ids=HOSTILE)
def test_no_text_swallows_what_follows_or_becomes_active(nasty: str) -> None:
    steps = (Read(text=nasty, title=nasty), Read(text="after", title="After"))
    lesson = Lesson(title="Lesson", id="l", steps=steps)
    text = written(Course(id="c", title=nasty, folder="", lessons=()), lesson)
    assert "After" in headings(text)
    assert not kinds(text) & {"html_block", "html_inline", "image"}
    assert "javascript:" not in text.replace(plain(nasty), "")


@given(st.text())
def test_plain_text_shows_as_it_is_in_a_heading_a_list_and_a_table(text: str) -> None:
    words = one_line(text)
    seen = {
        shown(heading(2, text)),
        shown(listed([plain(text)])),
        shown(table([plain(text)], [])),
    }
    assert seen == {words}


@given(st.text(alphabet="ab #>-+*_`~=1.)[]:<!\\|\n", max_size=20))
def test_a_phrase_is_one_line_and_begins_no_block(text: str) -> None:
    (entry,) = [one for one in PARSER.parse(f"- {phrase(text)} x") if one.type == "inline"]
    assert entry.content.endswith("x")
    assert kinds(f"- {phrase(text)} x") & {"heading_open", "fence", "html_block"} == set()


def test_bars_in_cells_leave_the_columns_as_they_are(course: Course) -> None:
    step = Compare(columns=("a|b", "c"), rows=(Row(label="d|e", cells=("f|g", "h \\| i")),))
    text = written(course, Lesson(title="L", id="l", steps=(step,)))
    assert sum(token.type == "td_open" for token in PARSER.parse(text)) == 3
    assert all(words in shown(text) for words in ("a|b", "d|e", "f|g", "h | i"))
