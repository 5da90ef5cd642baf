"""What is shown is the same after a journey, and what came as signs is shown as those signs."""

import re
from collections import Counter
from decimal import Decimal
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import examples

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_item, plain_item_line, plain_text
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Item,
    Match,
    Matrix,
    MatrixRow,
    Multiple,
    Number,
    NumberMistake,
    Open,
    Option,
    Order,
    Pair,
    Question,
    Sort,
    Text,
    TextMistake,
    TrueFalse,
)
from tutor.course.text import clean
from tutor.exchange.gift import gift, read_gift
from tutor.exchange.moodle.text_formats import incoming
from tutor.exchange.moodle_xml import moodle_xml, read_moodle_xml

COURSE = Course(id="c", title="A course", folder="/c", lessons=())
PARTS = [
    *("What is", "the tide", "`x.__len__()`", "2**3", "__init__", "____", "*soft*", "**hard**"),
    *("x^2^", "H~2~O", r"$\frac{1}{2}$", "10⁻²", "½ √2", "a[0](x)", "# of", "> 3", "< 4", "-5"),
    *("שלום (עולם)", "سؤال؟", "水の名前", "e\u0301", "🌊", "C:\\new", "50%", "{x}", "a|b", "1. a"),
    *("[a](https://example.org/b)", "&amp;", "<b>", "~20", "$5", "=", "::", "//", "###", "%50%x"),
]
phrases = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join)
CODE = "```\nfor i in x:\n    print(i)\n```"
LIST = "- it rains\n- it is *cold*"
longer = st.lists(
    st.one_of(phrases, st.sampled_from([CODE, LIST, "1. one\n2. two", "a\\\nb"])), max_size=3
).map("\n\n".join)
told = phrases.flatmap(lambda first: longer.map(lambda rest: f"{first}\n\n{rest}".strip()))
items = st.lists(phrases, min_size=3, max_size=3, unique_by=plain_item_line)
words = st.sampled_from(["ebb", "Springflut", "水", "مد", "x_1", "a*b", "half-tide"])


def asked(options: list[str], stem: str, said: str) -> list[Question]:
    """A question of each type, made of some texts."""
    first, second, third = options
    common = {"id": "q", "stem": stem, "explanation": said, "hints": (said,)}
    choices = (
        Option(text=first, correct=True),
        Option(text=second, feedback=said),
        Option(text=third),
    )
    return [
        Choice(options=choices, **common),
        Multiple(options=(choices[0], Option(text=second, correct=True), choices[2]), **common),
        TrueFalse(answer=False, feedback=said, **common),
        Number(
            answer=Decimal(3), mistakes=(NumberMistake(answer=Decimal(4), feedback=said),), **common
        ),
        Text(answers=("ebb",), mistakes=(TextMistake(answer="flood", feedback=said),), **common),
        Text(answers=("Ebb",), exact=True, **common),
        Order(items=(Item(text=first, feedback=said), second, third), **common),
        Match(pairs=(Pair(left=first, right=second), Pair(left=second, right=third)), **common),
        Sort(groups={first: (second,), third: ("sea",)}, **common),
        Matrix(
            columns=(first, second),
            entries=(MatrixRow(text=second, column=first), MatrixRow(text=third, column=second)),
            **common,
        ),
        Open(rubric=(first, second), model=said, **common),
    ]


def shown(question: Question, *, hints: bool) -> dict[str, object]:
    """Everything of a question that a learner sees."""
    seen: dict[str, object] = {
        "type": question.type,
        "stem": plain_text(question.stem),
        "explanation": plain_text(question.explanation or ""),
        "hints": [plain_text(hint) for hint in question.hints] if hints else [],
        "items": [plain_item(row.text) for row in question.rows()],
        "targets": sorted(plain_item_line(target.text) for target in question.targets()),
        "key": question.key() if isinstance(question, TrueFalse | Number | Text) else None,
    }
    if isinstance(question, Choice | Multiple):
        seen["right"] = [option.correct for option in question.options]
        seen["feedback"] = [plain_text(option.feedback or "") for option in question.options]
    if isinstance(question, Text | Number):
        seen["mistakes"] = [
            (str(mistake.answer), plain_text(mistake.feedback)) for mistake in question.mistakes
        ]
    if isinstance(question, Match | Sort | Matrix):
        names = {target.id: plain_item_line(target.text) for target in question.targets()}
        rows = {row.id: plain_item(row.text) for row in question.rows()}
        seen["key"] = {rows[row]: names[target] for row, target in question.key().items()}
    if isinstance(question, Gaps):
        seen["text"] = plain_text(question.with_blanks(lambda text: text, lambda _: "_____"))
        seen["gaps"] = question.gaps()
    return seen


def lesson_of(question: Question) -> Lesson:
    return Lesson(title="A lesson", id="l", quiz=Quiz(questions=(question,)))


@given(items, told, told)
@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
def test_moodle_xml_shows_what_was_shown(options: list[str], stem: str, said: str) -> None:
    for question in asked(options, stem, said):
        content = moodle_xml(COURSE, [lesson_of(question)]).content
        assert isinstance(content, bytes)
        (back,) = read_moodle_xml(content).lesson.questions()
        assert shown(back, hints=True) == shown(question, hints=True)


@given(items, told, told)
@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
def test_gift_shows_what_was_shown(options: list[str], stem: str, said: str) -> None:
    for question in asked(options, stem, said):
        if question.type in ("order", "open"):
            continue  # the one does not go, the other loses its rubric
        content = gift(COURSE, [lesson_of(question)]).content
        assert isinstance(content, str)
        (back,) = read_gift(content).lesson.questions()
        assert shown(back, hints=False) == shown(question, hints=False)


@given(phrases, words, phrases)
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
def test_a_text_with_gaps_shows_what_was_shown(before: str, word: str, after: str) -> None:
    question = Gaps(
        id="q",
        stem="Fill in.",
        text=f"{before} {{{{{word}}}}} and {{{{two|2}}}} {after}",
        explanation=before,
    )
    content = moodle_xml(COURSE, [lesson_of(question)]).content
    assert isinstance(content, bytes)
    (back,) = read_moodle_xml(content).lesson.questions()
    assert shown(back, hints=True) == shown(question, hints=True)


@given(
    st.one_of(phrases, st.text(max_size=30)).filter(lambda text: "$" not in text),
    st.sampled_from(["html", "plain", "moodle"]),
)
@settings(max_examples=examples(100))
def test_text_without_markup_is_shown_as_it_was_written(text: str, written_in: str) -> None:
    text = " ".join(text.replace("\0", "").split())
    written = text if written_in == "plain" else escape(text)
    for kind, show in (("text", plain_text), ("item", plain_item)):
        read = incoming(written, written_in, kind)  # type: ignore[arg-type]
        assert _unsaid(show(read)) == _unsaid(clean(text))


def _unsaid(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["text", "item"])
def test_formulas_in_text_are_read(kind: str) -> None:
    assert plain_item(incoming(r"\(x^2\)", "html", kind)) == "x²"  # type: ignore[arg-type]


TAGS = [
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<sup>",
    "</sup>",
    "<sub>",
    "</sub>",
    "<a>",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "<h3>",
    "</h3>",
    "<span>",
    "</span>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<q>",
    "</q>",
    "<u>",
    "</u>",
    "<hr>",
    "<div>",
    "</div>",
    "&nbsp;",
    "<!--x-->",
]
TAGS += ["<a href='https://example.org'>", "<img alt='a map'>", "<span style='color: red'>", "\n"]


@given(
    st.lists(
        st.sampled_from([*TAGS, *(f"word{one}" for one in "abcdefgh"), *PARTS[:30]]), max_size=14
    ),
    st.sampled_from(["html", "moodle"]),
    st.sampled_from(["text", "item", "page"]),
)
@settings(max_examples=examples(150))
def test_no_markup_loses_a_word(parts: list[str], written_in: str, kind: str) -> None:
    text = " ".join(parts)
    read = incoming(text, written_in, kind)  # type: ignore[arg-type]
    shown_words = Counter(
        re.findall("word[a-h]", (plain_item if kind == "item" else plain_text)(read))
    )
    assert Counter(re.findall("word[a-h]", text)) == shown_words
