"""The laws of grading, for every question type."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.course.model.questions import (
    QUESTION_TYPES,
    AnyQuestion,
    Gaps,
    Match,
    Multiple,
    Number,
    Option,
    Order,
    Pair,
    Sort,
    Text,
)
from tutor.quiz.grading import grade

words = st.text(alphabet="abcdefghij", min_size=1, max_size=8)


def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(words, min_size=least, max_size=most, unique=True)


@st.composite
def questions(draw: st.DrawFn) -> AnyQuestion:
    kind = draw(st.sampled_from(sorted(QUESTION_TYPES)))
    texts = draw(distinct(4, 6))
    raw: dict[str, Any] = {"type": kind, "stem": "What?"}
    if kind in ("choice", "multiple"):
        right = {0} if kind == "choice" else draw(st.sets(st.sampled_from(range(4)), min_size=1))
        raw["options"] = [
            {"text": text, "correct": index in right} for index, text in enumerate(texts)
        ]
    elif kind == "true_false":
        raw["answer"] = draw(st.booleans())
    elif kind == "number":
        raw["answer"] = str(draw(st.decimals(-1000, 1000, places=2)))
        raw["tolerance"] = draw(st.sampled_from(["0", "0.5", "5%"]))
    elif kind == "text":
        raw |= {"answers": texts, "typos": draw(st.integers(0, 2))}
    elif kind == "order":
        raw["items"] = texts
    elif kind == "match":
        raw["pairs"] = [{"left": text, "right": text * 2} for text in texts[:3]]
        raw["distractors"] = [texts[3] * 3]
    elif kind == "gaps":
        raw["text"] = f"One {{{{{texts[0]}|{texts[1]}}}}} and {{{{{texts[2]}}}}}."
    elif kind == "sort":
        raw["groups"] = {"first": texts[:2], "second": texts[2:]}
    elif kind == "matrix":
        raw["columns"] = texts[2:]
        raw["rows"] = [{"text": text, "column": texts[2]} for text in texts[:3]]
    else:
        raw["rubric"] = texts
    return msgspec.convert(raw, QUESTION_TYPES[kind], strict=False)  # type: ignore[return-value]


@st.composite
def responses(draw: st.DrawFn, question: AnyQuestion) -> Any:
    rows = [item.id for item in question.rows()]
    targets = [item.id for item in question.targets()]
    match question.type:
        case "choice":
            return draw(st.sampled_from(rows))
        case "multiple":
            return sorted(draw(st.sets(st.sampled_from(rows))))
        case "true_false":
            return draw(st.booleans())
        case "number":
            return draw(st.one_of(st.text(), st.decimals(allow_nan=False).map(str)))
        case "text":
            return draw(st.one_of(st.text(), words))
        case "order":
            return draw(st.permutations(rows))
        case "match" | "sort" | "matrix":
            return draw(st.dictionaries(st.sampled_from(rows), st.sampled_from(targets)))
        case "gaps":
            return draw(st.lists(st.one_of(st.text(), words), min_size=2, max_size=2))
        case _:
            return {"text": draw(st.text()), "ticked": draw(st.lists(st.sampled_from(rows)))}


@st.composite
def answered(draw: st.DrawFn) -> tuple[AnyQuestion, Any]:
    question = draw(questions())
    return question, draw(responses(question))


@given(answered())
def test_score_never_leaves_unit_interval(asked: tuple[AnyQuestion, Any]) -> None:
    question, response = asked
    assert question.accepts(response)
    assert 0 <= grade(question, response).score <= 1


@given(questions())
def test_key_always_scores_full(question: AnyQuestion) -> None:
    assume(question.type != "open")
    assert grade(question, question.key()).score == 1
    assert all(part.right for part in grade(question, question.key()).parts)


@given(questions())
def test_blank_always_scores_nothing(question: AnyQuestion) -> None:
    assert grade(question, None).score == 0


@given(answered())
def test_a_response_survives_being_kept_as_json(asked: tuple[AnyQuestion, Any]) -> None:
    question, response = asked
    try:
        kept = msgspec.json.decode(msgspec.json.encode(response))
    except UnicodeEncodeError:  # lone surrogates cannot be typed
        return
    assert grade(question, kept) == grade(question, response)


@given(answered(), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_what_the_learner_cannot_see_changes_nothing(
    asked: tuple[AnyQuestion, Any], seed: int, random: Any
) -> None:
    """Neither the order in the file nor the seed decides a score."""
    question, response = asked
    field = {"choice": "options", "multiple": "options", "match": "pairs"}.get(question.type)
    if field is None:
        return
    members = list(getattr(question, field))
    random.shuffle(members)
    moved = msgspec.structs.replace(question, **{field: tuple(members)})
    assert grade(moved, response).score == grade(question, response).score
    assert moved.arranged(seed).targets == question.arranged(seed).targets
    if question.type != "match":  # lefts keep the author's order
        assert moved.arranged(seed) == question.arranged(seed)


@given(distinct(2, 6), st.integers(1, 5))
def test_blank_and_everything_ticked_earn_nothing(texts: list[str], keys: int) -> None:
    assume(keys < len(texts))
    question = Multiple(
        stem="What?",
        options=tuple(Option(text=text, correct=n < keys) for n, text in enumerate(texts)),
    )
    everything = sorted(option.id for option in question.options)
    assert grade(question, []).score == 0
    assert grade(question, everything).score == 0


@pytest.mark.parametrize("length", [2, 3, 4, 5, 6])
def test_a_random_order_averages_zero_before_clipping(length: int) -> None:
    question = Order(stem="What?", items=tuple("abcdef"[:length]))
    pairs = length * (length - 1) // 2
    total, clipped = Fraction(0), 0
    for order in permutations("abcdef"[:length]):
        concordant = sum(order[i] < order[j] for i in range(length) for j in range(i + 1, length))
        tau = Fraction(2 * concordant - pairs, pairs)
        total += tau
        clipped += tau < 0
        assert grade(question, list(order)).score == max(Fraction(0), tau)
    assert total == 0
    assert clipped > 0


MULTIPLE = Multiple(
    stem="What?",
    options=(
        Option(text="a", correct=True),
        Option(text="b", correct=True),
        Option(text="c"),
        Option(text="d"),
        Option(text="e"),
    ),
)


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        (["a", "b"], Fraction(1)),
        (["a"], Fraction(1, 2)),
        (["a", "b", "c"], Fraction(2, 3)),
        (["a", "c"], Fraction(1, 6)),
        (["c", "d"], Fraction(0)),
    ],
)
def test_multiple_takes_wrong_from_right(chosen: list[str], score: Fraction) -> None:
    assert grade(MULTIPLE, chosen).score == score


def test_all_or_nothing_gives_nothing_in_part() -> None:
    strict = msgspec.structs.replace(MULTIPLE, scoring="all-or-nothing")
    assert grade(strict, ["a"]).score == 0
    assert grade(strict, ["a", "b"]).score == 1


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("48", 1),
        (" 48 ", 1),
        ("48.0", 1),
        ("+48", 1),
        ("48 hours", 1),
        ("48 h", 1),
        ("48 sq. mi.", 0),
        ("48 m2", 0),
        ("48 hours 5", 0),
        ("47.5", 1),
        ("47", 0),
        ("4 8", 0),
        ("forty-eight", 0),
        ("", 0),
        ("1e2", 0),
        ("NaN", 0),
        ("9" * 100, 0),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, score: int) -> None:
    question = Number(stem="How many?", answer=Decimal(48), tolerance="0.5", unit="hours")
    assert grade(question, written).score == score


def test_a_unit_counts_only_if_it_is_asked_for() -> None:
    raw = {
        "stem": "How long?",
        "answer": "48",
        "unit": "hours",
        "ask_unit": "true",
        "type": "number",
    }
    question = msgspec.convert(raw, Number, strict=False)
    assert grade(question, "48 Hours").score == 1
    assert grade(question, "48").score == 0
    assert grade(question, "48 days").score == 0


def test_a_known_mistake_is_told_what_it_is() -> None:
    raw = {
        "type": "number",
        "stem": "How many?",
        "answer": "48",
        "mistakes": [{"answer": "2", "feedback": "That is days."}],
    }
    assert grade(msgspec.convert(raw, Number, strict=False), "2").feedback == "That is days."


TEXT = Text(stem="What is it?", answers=("a detainer", "detainer"))


@pytest.mark.parametrize(
    ("written", "score", "slip"),
    [
        ("detainer", 1, False),
        ("  A  Detainer. ", 1, False),
        ("“detainer”", 1, False),
        ("ｄｅｔａｉｎｅｒ", 1, False),
        ("detaner", 0, True),
        ("detanier", 0, True),
        ("retained", 0, False),
        ("", 0, False),
        ("a", 0, False),
    ],
)
def test_a_text_is_compared_as_people_would(written: str, score: int, slip: bool) -> None:
    graded = grade(TEXT, written)
    assert (graded.score, graded.slip) == (score, slip)


def test_an_allowed_typo_is_accepted_and_the_spelling_told() -> None:
    forgiving = msgspec.structs.replace(TEXT, typos=1)
    graded = grade(forgiving, "detaner")
    assert (graded.score, graded.accepted_as) == (1, "detainer")


def test_typos_never_turn_one_short_word_into_another() -> None:
    question = Text(stem="Which?", answers=("no",), typos=2)
    assert grade(question, "on").score == 0
    assert grade(question, "go").score == 0


def test_places_are_shares() -> None:
    match = Match(stem="?", pairs=(Pair(left="a", right="x"), Pair(left="b", right="y")))
    assert grade(match, {"a": "x"}).score == Fraction(1, 2)
    gaps = Gaps(stem="?", text="{{one|1}} {{two}} {{three}}")
    assert grade(gaps, ["1", "TWO", "four"]).score == Fraction(2, 3)
    sort = Sort(stem="?", groups={"g": ("a", "b"), "h": ("c",)})
    assert grade(sort, {"a": "g", "b": "h", "c": "h"}).score == Fraction(2, 3)


def test_two_lefts_may_share_a_right() -> None:
    match = Match(stem="?", pairs=(Pair(left="a", right="x"), Pair(left="b", right="x")))
    assert [item.text for item in match.targets()] == ["x"]
    assert grade(match, {"a": "x", "b": "x"}).score == 1


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (MULTIPLE, "a"),
        (MULTIPLE, ["z"]),
        (MULTIPLE, ["b", "a"]),
        (TEXT, 3),
        (Order(stem="?", items=("a", "b")), ["a"]),
        (Gaps(stem="?", text="{{a}}"), []),
    ],
)
def test_a_response_of_the_wrong_shape_is_refused(question: AnyQuestion, response: Any) -> None:
    with pytest.raises(ValueError, match="not a response"):
        grade(question, response)
