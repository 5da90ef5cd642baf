"""A draft was begun and not given: it comes back as far as it fits, and counts for nothing."""

from typing import Any

import msgspec
import pytest
from arbitrary import sound
from hypothesis import given, settings
from hypothesis import strategies as st
from support import examples

from tutor.course.model.course import Lesson
from tutor.course.model.questions import (
    AnyQuestion,
    Choice,
    Gaps,
    Item,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Sort,
    Text,
    TrueFalse,
)
from tutor.course.text import one_line
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.draft import LONGEST, Draft, decode, encode, fitting
from tutor.quiz.events import AnyEvent, Mode
from tutor.quiz.events import decode as decode_event
from tutor.quiz.events import encode as encode_event


class Records:
    """Keeps the events and the drafts of one attempt as text, as the records do."""

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.drafts: dict[str, str] = {}
        self.writes = 0
        self.full = False

    def append(self, _sequence: int, event: AnyEvent) -> None:
        self.events.append(encode_event(event))

    def keep_draft(self, question: str, _known: int, draft: Draft | None, _wait: bool) -> bool:
        if self.full:
            return False
        self.writes += 1
        self.drafts.pop(question, None)
        if draft is not None:
            self.drafts[question] = encode(draft)
        return True

    def attempt(self, *questions: AnyQuestion, mode: Mode = "quiz") -> Attempt:
        """The attempt as whoever starts the program next finds it."""
        if not self.events:
            self.append(0, opening(questions, mode=mode, seed=3, course="c", lesson="l"))
        drafts = {name: decode(body) for name, body in self.drafts.items()}
        return Attempt(
            [decode_event(body) for body in self.events],
            {question.id: question for question in questions},
            self.append,
            drafts={name: draft for name, draft in drafts.items() if draft is not None},
            keep_draft=self.keep_draft,
        )


written = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)


def begun(question: Any) -> st.SearchStrategy[Any]:
    """What may be begun in answer to a question, as far as a learner may have come."""
    rows = [item.id for item in question.rows()]
    targets = [item.id for item in question.targets()]
    match question.type:
        case "choice":
            return st.sampled_from(rows)
        case "multiple":
            return st.sets(st.sampled_from(rows)).map(sorted)
        case "true_false":
            return st.booleans()
        case "order":
            return st.permutations(rows)
        case "match" | "sort" | "matrix":
            return st.dictionaries(st.sampled_from(rows), st.sampled_from(targets))
        case "gaps":
            count = len(question.gaps())
            return st.lists(written, min_size=count, max_size=count)
        case "open":
            text = st.lists(written, max_size=3).map("\n".join)
            ticked = st.sets(st.sampled_from(rows)).map(sorted)
            return st.fixed_dictionaries({"text": text, "ticked": ticked})
        case _:
            return written


@pytest.mark.parametrize("kind", sorted(sound))
@given(data=st.data())
@settings(max_examples=examples(8))
def test_what_was_begun_is_found_again_as_it_was_left(kind: str, data: st.DataObject) -> None:
    question = data.draw(sound[kind].filter(lambda one: kind != "sort" or one.rows()))
    rows = [item.id for item in question.rows()]
    places = [str(number + 1) for number in range(2)] if kind == "gaps" else rows
    draft = Draft(
        response=data.draw(begun(question)),
        row=data.draw(st.sampled_from(["", *places[:1]])),
        cursor=data.draw(st.tuples(st.integers(0, 99), st.integers(0, 99))),
        written=kind == "open" and data.draw(st.booleans()),
    )
    records = Records()
    before = records.attempt(question)
    assert before.keep_draft(question.id, draft)
    kept = before.draft(before.current)
    anew = records.attempt(question)
    assert anew.draft(anew.current) == kept
    if kept is not None:
        assert (kept.response, kept.row, kept.cursor, kept.written) == (
            draft.response,
            draft.row,
            draft.cursor,
            draft.written,
        )
    # Nobody would call it answered.
    assert anew.open_questions() == (anew.current,)
    assert anew.result().earned == 0
    assert anew.verdict(anew.current) is None
    assert len(records.events) == 1
    # Keeping it again writes nothing.
    writes = records.writes
    assert anew.keep_draft(question.id, draft)
    assert records.writes == writes


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "ticked", "a", "b"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", sorted(sound))
@given(data=st.data())
@settings(max_examples=examples(8))
def test_whatever_the_records_say_is_taken_only_as_far_as_it_fits(
    kind: str, data: st.DataObject
) -> None:
    question = data.draw(sound[kind])
    draft = Draft(
        response=data.draw(ANYTHING),
        row=data.draw(st.text(max_size=3)),
        cursor=(data.draw(st.integers()), data.draw(st.integers())),
        written=data.draw(st.booleans()),
        type=data.draw(st.sampled_from([kind, "choice", "x"])),
        fingerprint=data.draw(st.text(max_size=3)),
    )
    fits = fitting(draft, question)
    if fits is not None:
        assert fits.type == kind
        assert fitting(fits, question) == fits
        assert decode(encode(fits)) == fits
        attempt = Records().attempt(question)
        attempt.keep_draft(question.id, fits)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "rubbish",
        "null",
        "[]",
        "3",
        '{"response":"moon"}',
        '{"response":"moon","type":"choice"}',
        '{"response":"moon","type":3,"fingerprint":"x"}',
        '{"response":"moon","type":"choice","fingerprint":"x","cursor":"ab"}',
        '{"response":"moon","type":"choice","fingerprint":"x","cursor":[1]}',
        '{"response":' + "[" * 50_000 + "]" * 50_000 + ',"type":"choice","fingerprint":"x"}',
        '{"response":"' + "x" * 1_000_000 + '","type":"text","fingerprint":"x"}',
        b"bytes",
        7,
        None,
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_cannot_be_read_is_no_draft(body: object) -> None:
    assert decode(body) is None


# What became of the question since

OPTIONS = (
    Option(text="The moon", id="moon", correct=True),
    Option(text="The wind", id="wind"),
    Option(text="The sun", id="sun"),
)
SINCE = [
    pytest.param(
        Choice(id="q", stem="S", options=OPTIONS),
        "wind",
        Choice(id="q", stem="Another", options=OPTIONS[::-1]),
        "wind",
        id="moved about",
    ),
    pytest.param(
        Choice(id="q", stem="S", options=OPTIONS),
        "wind",
        Choice(id="q", stem="S", options=(OPTIONS[0], OPTIONS[2])),
        None,
        id="option removed",
    ),
    pytest.param(
        Choice(id="q", stem="S", options=(Option(text="A", correct=True), Option(text="B"))),
        "b",
        Choice(id="q", stem="S", options=(Option(text="A", correct=True), Option(text="C"))),
        None,
        id="option renamed",
    ),
    pytest.param(
        Choice(id="q", stem="S", options=OPTIONS),
        "wind",
        Multiple(id="q", stem="S", options=OPTIONS),
        None,
        id="other type",
    ),
    pytest.param(
        Multiple(id="q", stem="S", options=OPTIONS),
        ["sun", "wind"],
        Multiple(id="q", stem="S", options=(*OPTIONS[1:], Option(text="New", correct=True))),
        ["sun", "wind"],
        id="ticks with another option before them",
    ),
    pytest.param(
        Multiple(id="q", stem="S", options=OPTIONS),
        ["moon", "wind"],
        Multiple(id="q", stem="S", options=OPTIONS[1:]),
        ["wind"],
        id="one tick gone",
    ),
    pytest.param(
        TrueFalse(id="q", stem="It rises.", answer=True),
        True,
        TrueFalse(id="q", stem="It does not rise.", answer=False),
        None,
        id="statement turned",
    ),
    pytest.param(
        Order(id="q", stem="S", items=("A", "B", "C")),
        ["c", "a", "b"],
        Order(id="q", stem="S", items=("A", "B", "C", "D")),
        None,
        id="one more to order",
    ),
    pytest.param(
        Match(id="q", stem="S", pairs=(Pair(left="A", right="1"), Pair(left="B", right="2"))),
        {"a": "2", "b": "1"},
        Match(id="q", stem="S", pairs=(Pair(left="B", right="1"), Pair(left="C", right="3"))),
        {"b": "1"},
        id="half of the pairs",
    ),
    pytest.param(
        Sort(id="q", stem="S", groups={"G": ("A",), "H": ("B",)}),
        {"a": "h"},
        Sort(id="q", stem="S", groups={"G": ("A",), "I": ("B",)}),
        None,
        id="group gone",
    ),
    pytest.param(
        Gaps(id="q", stem="S", text="{{one}} and {{two}}"),
        ["on", ""],
        Gaps(id="q", stem="S", text="{{nil}} and {{one}}"),
        None,
        id="other gaps",
    ),
    pytest.param(
        Order(id="q", stem="S", items=(Item(text="A", id="x"), Item(text="B", id="y"))),
        ["y", "x"],
        Order(id="q", stem="S", items=(Item(text="C", id="y"), Item(text="A", id="x"))),
        ["y", "x"],
        id="turned round under the same ids",
    ),
]


@pytest.mark.parametrize(("before", "response", "after", "left"), SINCE)
def test_a_draft_of_an_edited_question_is_kept_as_far_as_it_fits(
    before: AnyQuestion, response: Any, after: AnyQuestion, left: Any
) -> None:
    records = Records()
    attempt = records.attempt(before)
    assert attempt.keep_draft("q", Draft(response=response))
    attempt = records.attempt(after)
    draft = attempt.draft(attempt.current)
    assert (draft.response if draft else None) == left


def test_a_question_that_is_gone_takes_its_draft_along(asks: Lesson) -> None:
    records = Records()
    first, second = asks.questions()[:2]
    records.attempt(first, second).keep_draft(first.id, Draft(response="moon"))
    assert not records.attempt(second).has_drafts


# When it goes


def both(asks: Lesson, mode: Mode = "quiz") -> tuple[Records, Attempt]:
    records = Records()
    attempt = records.attempt(*asks.questions()[:2], mode=mode)
    attempt.keep_draft("pull", Draft(response="wind"))
    attempt.keep_draft("seas", Draft(response=["baltic"]))
    return records, attempt


def test_a_response_takes_its_own_draft_away(asks: Lesson) -> None:
    _, attempt = both(asks)
    attempt.respond("moon")
    assert attempt.draft(attempt.progress_of("pull")) is None
    assert attempt.draft(attempt.progress_of("seas")) is not None


def test_a_skipped_question_is_begun_anew(asks: Lesson) -> None:
    _, attempt = both(asks)
    attempt.skip()
    assert attempt.draft(attempt.progress_of("pull")) is None


def test_a_finished_attempt_has_no_drafts_and_takes_none(asks: Lesson) -> None:
    records, attempt = both(asks)
    attempt.finish()
    assert not attempt.has_drafts
    writes = records.writes
    assert attempt.keep_draft("seas", Draft(response=["baltic"]))
    assert records.writes == writes


def test_going_away_and_back_changes_nothing(asks: Lesson) -> None:
    _, attempt = both(asks)
    attempt.go("seas")
    attempt.go("pull")
    draft = attempt.draft(attempt.current)
    assert draft is not None
    assert draft.response == "wind"


def test_what_was_answered_before_is_not_begun(asks: Lesson) -> None:
    """Only what differs from the last response is more than that response."""
    records, attempt = both(asks, mode="test")
    attempt.respond("sun")
    attempt.keep_draft("pull", Draft(response="sun"))
    assert attempt.draft(attempt.progress_of("pull")) is None
    attempt.keep_draft("pull", Draft(response="wind"))
    again = records.attempt(*asks.questions()[:2])
    draft, last = again.draft(again.progress_of("pull")), again.progress_of("pull").last
    assert draft is not None
    assert last is not None
    assert (draft.response, last.response) == ("wind", "sun")
    assert len(again.open_questions()) == 1


def test_ticks_taken_away_from_an_answer_stay_away(asks: Lesson) -> None:
    records, attempt = both(asks, mode="test")
    attempt.go("seas")
    attempt.respond(["andes"])
    attempt.keep_draft("seas", Draft(response=[]))
    again = records.attempt(*asks.questions()[:2])
    draft = again.draft(again.progress_of("seas"))
    assert draft is not None
    assert draft.response == []


@pytest.mark.parametrize("response", ["", "  "])
def test_nothing_written_is_nothing_begun(asks: Lesson, response: str) -> None:
    records = Records()
    attempt = records.attempt(*asks.questions())
    attempt.keep_draft("word", Draft(response="eb"))
    attempt.keep_draft("word", Draft(response=response))
    assert records.drafts == {}


def test_what_could_not_be_kept_is_said_and_tried_again(asks: Lesson) -> None:
    records = Records()
    attempt = records.attempt(*asks.questions())
    records.full = True
    assert not attempt.keep_draft("word", Draft(response="eb"))
    records.full = False
    assert attempt.keep_draft("word", Draft(response="eb"))
    assert "word" in records.drafts


def test_a_text_longer_than_the_records_take_is_read_back_by_nobody() -> None:
    body = msgspec.json.encode(
        {"response": "x" * LONGEST, "type": "text", "fingerprint": "f"}
    ).decode()
    assert decode(body) is None


@pytest.mark.parametrize("thought", ["the sea", " the\nsea ", "\x1b[31mthe sea"])
def test_what_is_written_over_covered_options_is_one_clean_line(thought: str) -> None:
    options = (Option(text="A", id="a", correct=True), Option(text="B", id="b"))
    question = Choice(stem="Which?", options=options)
    fits = fitting(Draft(response=None, thought=thought), question)
    assert fits is not None
    assert fits.thought == one_line(thought).strip()
    assert fits.response is None
    assert fitting(Draft(response=None, thought=" "), question) is None
    written = Text(stem="Which?", answers=("a",))
    assert fitting(Draft(response=None, thought=thought), written) is None
