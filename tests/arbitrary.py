"""Lessons, steps and questions of every kind, for properties that hold of all of them."""

import re
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from tutor.course.model.course import Lesson, Quiz
from tutor.course.model.questions import (
    LEVELS,
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
from tutor.course.model.steps import (
    Argument,
    Cell,
    Compare,
    Datum,
    Debate,
    Event,
    Figure,
    Read,
    Reflect,
    Row,
    Scale,
    Timeline,
)
from tutor.course.reading.question_errors import ERRORS
from tutor.course.text import UNSAFE

# What has a meaning in YAML, GIFT, XML or Markdown, beside ordinary words.
TROUBLE = [
    *"#:-?!&*%@`|><'\"[]{},~=\\/é中🌊",
    *("->", "//", "::", "####", "]]>", "&amp;", "<b>", "</b>", "{{", "}}", "\\n", "\\=", "%50%"),
    *("[html]", "[plain]", "[markdown]", "$CATEGORY:", "---", "...", "yes", "null", "012", "12:30"),
    *("1e3", "T", "TRUE", "{1:SHORTANSWER:=x}", "{#1}", "&#35;", "e\u0301", "\ufffe", "\u00a0"),
]
words = st.sampled_from([*TROUBLE, "tide", "the", "moon", "rises", " ", "  ", "\n", "\n\n", "\t"])
texts = (
    st.one_of(
        st.lists(words, max_size=8).map("".join),
        st.lists(words, max_size=40).map(" ".join),
        st.text(max_size=12),
    )
).map(lambda text: re.sub(UNSAFE, "", text))
"""Any text that a lesson can hold, empty ones included."""

told = texts.filter(str.strip)
"""Texts with something to read in them."""

names = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
decimals = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3
)
maybe = st.none() | texts
lists = st.lists(texts, max_size=3).map(tuple)
ids = st.lists(names, max_size=3).map(tuple)


def made(kind: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Structs of a kind; a field without a strategy of its own keeps its default."""
    return st.builds(kind, **fields)


def tuples(of: st.SearchStrategy[Any], at_least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Tuples of a few."""
    return st.lists(of, min_size=at_least, max_size=3).map(tuple)


ASKED: dict[str, st.SearchStrategy[Any]] = {
    "stem": texts,
    "id": names,
    "objective": st.none() | texts.filter(bool),
    "level": st.none() | st.sampled_from(LEVELS),
    "explanation": maybe,
    "hints": lists,
    "points": st.integers(1, 100),
    "claims": ids,
    "shuffle": st.booleans(),
    "voice": st.sampled_from([None, "for", "against"]),
    "allow": st.dictionaries(names, texts, max_size=2),
}
PART = {"text": texts, "id": st.just("") | names, "feedback": maybe, "claims": ids}
items = made(Item, **PART)
options = made(Option, **PART, correct=st.booleans())
questions = st.one_of(
    made(Choice, **ASKED, options=tuples(options)),
    made(
        Multiple,
        **ASKED,
        options=tuples(options),
        scoring=st.sampled_from(["partial", "all-or-nothing"]),
    ),
    made(TrueFalse, **ASKED, answer=st.booleans(), feedback=maybe),
    made(
        Number,
        **ASKED,
        answer=decimals,
        also=tuples(st.sampled_from(["-3", "1/2", "0.75"])),
        tolerance=st.sampled_from(["0", "0.5", "5%", "12.25%"]),
        decimal=st.sampled_from([None, "comma", "point"]),
        unit=maybe,
        ask_unit=st.booleans(),
        mistakes=tuples(made(NumberMistake, answer=decimals, feedback=texts)),
    ),
    made(
        Text,
        **ASKED,
        answers=lists,
        exact=st.booleans(),
        typos=st.integers(0, 2),
        may_begin_with=lists,
        mistakes=tuples(made(TextMistake, answer=texts, feedback=texts)),
    ),
    made(Order, **ASKED, items=tuples(texts | items)),
    made(
        Match,
        **ASKED,
        pairs=tuples(
            made(Pair, left=texts, right=texts, id=st.none() | names, feedback=maybe, claims=ids)
        ),
        distractors=lists,
    ),
    made(
        Gaps,
        **ASKED,
        text=texts,
        feedback=lists,
        bank=lists,
        typos=st.integers(0, 2),
        may_begin_with=lists,
    ),
    made(Sort, **ASKED, groups=st.dictionaries(texts, tuples(texts | items), max_size=3)),
    made(
        Matrix,
        **ASKED,
        columns=lists,
        entries=tuples(made(MatrixRow, **PART, column=texts)),
    ),
    made(Open, **ASKED, rubric=lists, model=maybe),
)
STEP = {
    "title": maybe,
    "claims": ids,
    "allow": st.dictionaries(names, texts, max_size=1),
}
arguments = made(
    Argument, id=names, title=texts, speaker=texts, text=texts, claims=ids, same_issue=ids
)
hours = st.none() | decimals
steps = st.one_of(
    made(Read, **STEP, text=texts),
    made(
        Compare,
        **STEP,
        columns=lists,
        rows=tuples(
            made(
                Row,
                label=texts,
                cells=tuples(st.none() | texts | made(Cell, text=texts, claims=ids)),
            )
        ),
        note=maybe,
    ),
    made(
        Timeline,
        **STEP,
        scales=tuples(
            made(
                Scale,
                zero=texts,
                events=tuples(made(Event, text=texts, at=hours, start=hours, end=hours)),
            )
        ),
        note=maybe,
    ),
    made(Debate, **STEP, supporting=tuples(arguments), opposing=tuples(arguments)),
    made(
        Figure,
        **STEP,
        plot=st.sampled_from(["bar", "line", "table"]),
        data=tuples(made(Datum, label=texts, value=decimals)),
        unit=maybe,
        note=maybe,
    ),
    made(Reflect, **STEP, id=names, prompt=texts, choices=lists, revisits=st.none() | names),
    questions,
)
lessons = made(
    Lesson,
    title=texts,
    id=names,
    minutes=st.none() | st.integers(1, 600),
    side=st.sampled_from([None, "for", "against"]),
    objectives=st.dictionaries(texts, texts, max_size=3),
    steps=tuples(steps),
    quiz=st.none()
    | made(
        Quiz,
        questions=tuples(questions),
        draw=st.none() | st.integers(1, 9),
        pass_=st.decimals(min_value=0, max_value=1, places=2, allow_nan=False),
    ),
    allow=st.dictionaries(names, texts, max_size=2),
)


def no_braces(text: str) -> bool:
    """Tell whether a text may stand in a gap, which ends at the first two braces."""
    return "}" not in text


def _is_sound(question: Question) -> bool:
    return not any(fault for rule in ERRORS for fault in rule(((), question)))


def _options(at_least: int, right: st.SearchStrategy[list[bool]]) -> st.SearchStrategy[Any]:
    def marked(texts: list[str], marks: list[bool]) -> tuple[Option, ...]:
        return tuple(
            Option(text=text, correct=mark, feedback=feedback)
            for (text, feedback), mark in zip(texts, marks, strict=False)
        )

    parts = st.lists(st.tuples(told, st.none() | told), min_size=at_least, max_size=6)
    return st.builds(marked, parts, right)


def _rated(question: Matrix, rows: tuple[tuple[str, int], ...]) -> Matrix:
    entries = tuple(MatrixRow(text=text, column=question.columns[at]) for text, at in rows)
    return replace(question, entries=entries)


SOUND_ASKED = {
    **ASKED,
    "stem": told,
    "objective": st.none() | names,
    "explanation": st.none() | told,
    "hints": tuples(told),
    "allow": st.just({}),
}
sound: dict[str, st.SearchStrategy[Any]] = {
    "choice": made(
        Choice,
        **SOUND_ASKED,
        options=_options(2, st.permutations([True, *[False] * 5])),
    ),
    "multiple": made(
        Multiple, **SOUND_ASKED, options=_options(2, st.lists(st.booleans(), min_size=6))
    ),
    "true_false": made(TrueFalse, **SOUND_ASKED, answer=st.booleans(), feedback=st.none() | told),
    "number": made(
        Number,
        **SOUND_ASKED,
        answer=decimals,
        tolerance=st.sampled_from(["0", "0.5", "5%", "12.25%"]),
        unit=st.none() | st.sampled_from(["hours", "$", "m/s"]),
        ask_unit=st.booleans(),
        mistakes=tuples(made(NumberMistake, answer=decimals, feedback=told)),
    ),
    "text": made(
        Text,
        **SOUND_ASKED,
        answers=tuples(told, 1),
        may_begin_with=st.sampled_from([(), ("the", "a")]),
        mistakes=tuples(made(TextMistake, answer=told, feedback=told)),
    ),
    "order": made(
        Order, **SOUND_ASKED, items=tuples(told | made(Item, text=told, feedback=told), 2)
    ),
    "match": made(
        Match,
        **SOUND_ASKED,
        pairs=tuples(made(Pair, left=told, right=told), 2),
        distractors=tuples(told),
    ),
    "gaps": made(
        Gaps,
        **SOUND_ASKED,
        text=st.lists(st.tuples(texts, told.filter(no_braces)), min_size=1, max_size=3).map(
            lambda parts: "".join(f"{text}{{{{{gap}}}}}" for text, gap in parts)
        ),
        feedback=tuples(texts),
        bank=tuples(told),
        may_begin_with=st.sampled_from([(), ("the", "a")]),
    ),
    "sort": made(
        Sort,
        **SOUND_ASKED,
        groups=st.dictionaries(told, tuples(told), min_size=2, max_size=3),
    ),
    "matrix": st.builds(
        _rated,
        made(Matrix, **SOUND_ASKED, columns=tuples(told, 2), entries=st.just(())),
        tuples(st.tuples(told, st.integers(0, 1)), 1),
    ),
    "open": made(Open, **SOUND_ASKED, rubric=tuples(told, 1), model=st.none() | told),
}
sound = {name: strategy.filter(_is_sound) for name, strategy in sound.items()}
"""Questions that `check` has no errors for, by their type."""
