"""What is remembered of a question: how well a response shows it, and when it comes back."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import examples

from tutor import days
from tutor.quiz.events import Confidence, Outcome
from tutor.quiz.memory import cards
from tutor.quiz.memory.cards import Card, Recall
from tutor.quiz.memory.rating import AGAIN, GOOD, HARD, Rating, rating

START = datetime(2026, 1, 20, 18, tzinfo=UTC)


def recall(hours: float, attempt: int, rated: Rating = GOOD, *, sure: bool = False) -> Recall:
    at = days.as_text(START + timedelta(hours=hours))
    return Recall(at=at, attempt=attempt, rating=rated, sure=sure)


def days_until(card: Card) -> int:
    passed = datetime.fromisoformat(card.due) - datetime.fromisoformat(card.recalls[-1].at)
    assert passed % timedelta(days=1) == timedelta(0)
    return passed.days


def learned(*recalls: Recall) -> Card:
    return cards.remember_all("course/lesson/question", [("key", one) for one in recalls])


@pytest.mark.parametrize(
    ("outcome", "hints", "confidence", "expected"),
    [
        ("right", 0, None, GOOD),
        ("right", 0, "sure", GOOD),
        ("right", 0, "think-so", GOOD),
        ("right", 0, "guess", HARD),
        ("right", 1, "sure", HARD),
        ("right", 2, None, HARD),
        ("right", 3, None, AGAIN),
        ("partly", 0, "sure", AGAIN),
        ("wrong", 0, "guess", AGAIN),
        ("wrong", 2, None, AGAIN),
    ],
)
def test_how_well_a_response_shows_that_a_question_was_remembered(
    outcome: Outcome, hints: int, confidence: Confidence | None, expected: Rating
) -> None:
    assert rating(outcome, hints, confidence) == expected


# Days


@pytest.mark.parametrize(
    ("zone", "local", "day"),
    [
        ("America/New_York", "2026-01-21T03:59", "2026-01-20"),
        ("America/New_York", "2026-01-21T04:00", "2026-01-21"),
        ("America/Los_Angeles", "2026-01-21T23:30", "2026-01-21"),
        ("Asia/Tokyo", "2026-01-21T04:00", "2026-01-21"),
        ("Asia/Tokyo", "2026-01-21T00:30", "2026-01-20"),
        ("America/New_York", "2026-03-08T03:30", "2026-03-07"),  # the night that lacks an hour
        ("America/New_York", "2026-11-01T04:00", "2026-11-01"),  # the one that has one more
    ],
)
def test_a_day_begins_at_four_in_the_morning_where_the_learner_is(
    zone: str, local: str, day: str
) -> None:
    there = ZoneInfo(zone)
    moment = datetime.fromisoformat(local).replace(tzinfo=there)
    found = days.day_of(moment.astimezone(UTC), there)
    assert found.isoformat() == day
    assert days.beginning(found, there) <= moment < days.end(found, there)


@settings(max_examples=examples(30))
@given(st.integers(min_value=0, max_value=10 * 365 * 24 * 60))
def test_every_moment_lies_in_its_day(minutes: int) -> None:
    at = START + timedelta(minutes=minutes)
    for name in ("America/Chicago", "Europe/London", "Pacific/Auckland", "UTC"):
        zone = ZoneInfo(name)
        day = days.day_of(at, zone)
        assert days.beginning(day, zone) <= at < days.end(day, zone)


# When a question comes back


def test_what_was_missed_comes_back_the_next_day_and_what_was_known_later() -> None:
    assert days_until(learned(recall(0, 1, AGAIN))) == 1
    assert days_until(learned(recall(0, 1, HARD))) == 1
    assert days_until(learned(recall(0, 1, GOOD))) == 2
    twice = learned(recall(0, 1), recall(48, 2))
    assert days_until(twice) > days_until(learned(recall(0, 1)))


RECALLS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=400),
        st.sampled_from((AGAIN, HARD, GOOD)),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(30))
@given(RECALLS)
def test_sure_and_wrong_comes_back_within_two_days_and_again_within_seven(
    given_: list[tuple[int, Rating, bool]],
) -> None:
    hours, made = 0, []
    for number, (passed, rated, sure) in enumerate(given_):
        hours += passed
        made.append(recall(hours, number, rated, sure=sure and rated == AGAIN))
    card = learned(*made)
    last = made[-1]
    missed = [one for one in made if one.sure]
    if last.sure:
        assert days_until(card) <= 2
    elif missed:
        since = datetime.fromisoformat(last.at) - datetime.fromisoformat(missed[-1].at)
        due = datetime.fromisoformat(card.due) - datetime.fromisoformat(missed[-1].at)
        if since < timedelta(days=6):
            assert due < timedelta(days=7.5)
    assert 1 <= days_until(card) <= cards.LONGEST_DAYS


def test_sure_and_wrong_is_asked_twice_in_a_week_whatever_fsrs_says() -> None:
    known = [recall(24 * 30 * n, n) for n in range(6)]
    sure = recall(24 * 180, 6, AGAIN, sure=True)
    assert days_until(learned(*known, sure)) <= 2
    day_later = recall(24 * 181, 7)
    assert days_until(learned(*known, sure, day_later)) <= 6
    unsure = recall(24 * 180, 6, AGAIN)
    assert days_until(learned(*known, unsure)) > 2  # FSRS alone would wait


@settings(max_examples=examples(30))
@given(st.integers(min_value=0, max_value=60), st.integers(min_value=0, max_value=23))
def test_with_a_day_to_aim_at_everything_comes_back_by_it(left: int, hour: int) -> None:
    zone = ZoneInfo("America/Chicago")
    at = START.replace(hour=hour)
    day = days.day_of(at, zone)
    until = days.as_text(days.end(day + timedelta(days=left), zone))
    before = [recall(-24 * 40 * n, n) for n in range(6, 0, -1)]
    last = Recall(at=days.as_text(at), attempt=9, rating=GOOD, review=True, until=until)
    due = days.day_of(datetime.fromisoformat(learned(*before, last).due), zone)
    assert day < due <= day + timedelta(days=max(left, 1))


def test_due_days_are_spread_by_the_question_and_not_by_chance() -> None:
    known = [("key", recall(24 * 10 * n, n)) for n in range(5)]
    random.seed(1)
    before = random.getstate()
    spread = {
        days_until(cards.remember_all(f"course/lesson/q{number}", known)) for number in range(40)
    }
    assert len(spread) > 3
    assert random.getstate() == before
    again = {
        days_until(cards.remember_all(f"course/lesson/q{number}", known)) for number in range(40)
    }
    assert again == spread


def test_a_question_whose_key_changed_starts_anew() -> None:
    old = learned(recall(0, 1), recall(48, 2), recall(24 * 10, 3))
    new = cards.remember("course/lesson/question", old, "another key", recall(24 * 20, 4))
    assert new == cards.remember_all("course/lesson/question", [("another key", recall(480, 4))])


@settings(max_examples=examples(30))
@given(RECALLS, st.data())
def test_a_card_is_the_same_in_whatever_way_its_responses_arrive(
    given_: list[tuple[int, Rating, bool]], data: st.DataObject
) -> None:
    hours, made = 0, []
    for number, (passed, rated, _) in enumerate(given_):
        hours += passed
        made.append(recall(hours, number, rated))
    card: Card | None = None
    for one in data.draw(st.permutations(made)):
        card = cards.remember("course/lesson/question", card, "key", one)
    assert card == learned(*made)
