"""What a score is said to mean."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import pytest
from msgspec.structs import replace

from tutor import phrases
from tutor.course.model import sources
from tutor.course.model.questions import AnyQuestion, Gaps, Match, Multiple, Option, Order, Pair
from tutor.quiz.attempt import Attempt, ObjectiveScore, opening
from tutor.quiz.events import Mode
from tutor.study.reviews import ComingBack, ReviewDue


@pytest.mark.parametrize(
    ("earned", "possible", "share", "said"),
    [
        ("1117/100", 12, "0.7", "passed 93%"),
        ("12", 12, "0.7", "passed 100%"),
        ("7", 10, "0.7", "passed 70%"),
        ("9/2", 10, "0.7", "45%, 70% passes"),
        ("0", 10, "0.7", "0%, 70% passes"),
        # What does not pass must not read as what would.
        ("6.99", 10, "0.7", "69%, 70% passes"),
        ("11.99", 12, "0.7", "passed 99%"),
    ],
)
def test_a_quiz_that_passed_says_so_and_one_that_did_not_says_what_would(
    earned: str, possible: int, share: str, said: str
) -> None:
    assert phrases.quiz_score(Fraction(earned), possible, Decimal(share)) == said


@pytest.mark.parametrize(
    ("share", "mark", "said"),
    [
        ("2/7", None, "29%"),
        ("6/7", "0.7", "86%"),
        ("1/8", None, "13%"),
        ("0", "0.7", "0%"),
        ("1", "0.7", "100%"),
        ("1/1000", None, "1%"),
        ("999/1000", None, "99%"),
        ("0.699", "0.7", "69%"),
        ("0.6649", "0.665", "66%"),
        ("0.662", "0.664", "65%"),
        ("0.999", "1", "99%"),
        ("2/3", "2/3", "67%"),
    ],
)
def test_percents_are_rounded_but_never_to_what_was_not_reached(
    share: str, mark: str | None, said: str
) -> None:
    assert phrases.percent(Fraction(share), None if mark is None else Fraction(mark)) == said


@pytest.mark.parametrize(
    ("earned", "possible", "questions", "said"),
    [
        ("1", 1, 1, "1 of 1"),
        ("0", 1, 1, "0 of 1"),
        ("2", 2, 2, "2 of 2"),
        # Two questions stay two, however many points they have.
        ("6", 6, 2, "6 of 6"),
        ("3", 3, 3, "3 of 3, solid"),
        ("17", 20, 20, "17 of 20, solid"),
        ("8", 10, 10, "8 of 10, nearly there"),
        ("2", 3, 3, "2 of 3, nearly there"),
        ("1", 3, 3, "1 of 3, worth reading again"),
    ],
)
def test_words_of_mastery_come_with_enough_questions(
    earned: str, possible: int, questions: int, said: str
) -> None:
    assert phrases.mastery(ObjectiveScore(Fraction(earned), possible, questions)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [([1, 2, 3], "1-3"), ([6, 5, 1], "1, 5, 6"), ([2, 1], "1, 2"), ([4], "4"), ([3, 5, 4], "3-5")],
)
def test_numbers_are_said_in_order(values: list[int], said: str) -> None:
    assert phrases.numbers(values) == said


def partly(question: AnyQuestion, response: object, mode: Mode) -> str:
    """What is said of a response."""
    begun = opening([question], mode=mode, seed=1, course="c", lesson="l")
    attempt = Attempt([begun], {question.id: question}, lambda _, __: None)
    verdict = attempt.respond(response)
    assert verdict is not None
    return phrases.verdict(question, verdict)


CHOICES = Multiple(
    stem="?",
    options=(
        Option(id="a", text="A", correct=True),
        Option(id="b", text="B", correct=True),
        Option(id="c", text="C"),
        Option(id="d", text="D"),
        Option(id="e", text="E"),
    ),
)
PAIRS = Match(stem="?", pairs=tuple(Pair(left=one, right=one.upper()) for one in "abcd"))
ORDER = Order(stem="?", items=("a", "b", "c", "d", "e"))
SAID = [
    (PAIRS, {"a": "a", "b": "b", "c": "c", "d": "a"}, "3 of 4 in place", "¾ of 1 point"),
    (ORDER, ["a", "b", "c", "e", "d"], "3 of 5 in place", "0.8 of 1 point"),
    (
        ORDER,
        ["b", "c", "d", "e", "a"],
        "some stand in the right order, none in its place",
        "0.2 of 1 point",
    ),
    (Gaps(stem="?", text="{{a}} {{b}} {{c}}"), ["a", "x", "c"], "2 of 3 gaps", "⅔ of 1 point"),
    (CHOICES, ["a", "b", "c"], "2 of the 3 you chose", "⅔ of 1 point"),
    (
        CHOICES,
        ["a", "c"],
        "1 of the 2 you chose; some belong that you have not chosen",
        "⅙ of 1 point",
    ),
    (CHOICES, ["a"], "some belong that you have not chosen", "½ of 1 point"),
]


@pytest.mark.parametrize(("question", "response", "practiced", "scored"), SAID)
def test_what_is_partly_right_is_said_in_points_only_where_it_is_scored(
    question: AnyQuestion, response: object, practiced: str, scored: str
) -> None:
    assert partly(question, response, "lesson") == f"Partly right: {practiced}."
    assert partly(question, response, "quiz") == f"Partly right: {scored}."


@pytest.mark.parametrize(
    ("earned", "said"),
    [
        ("2/3", "⅔"),
        ("1/3", "⅓"),
        ("25/3", "8⅓"),
        ("26/3", "8⅔"),
        ("4/5", "0.8"),
        ("17/7", "2.43"),
        ("41/20", "2.05"),
        ("15/2", "7½"),
        ("1/2", "½"),
        ("3", "3"),
        ("0", "0"),
        # Not all of it never reads as all, and something never as nothing.
        ("2999/1000", "2.99"),
        ("1/400", "0.01"),
    ],
)
def test_points_are_rounded(earned: str, said: str) -> None:
    assert phrases.points(Fraction(earned)) == said


def test_points_of_answers_and_of_all_together_are_written_alike() -> None:
    gaps = Gaps(stem="?", text="{{a}} {{b}} {{c}}")
    assert partly(gaps, ["a", "x", "x"], "quiz") == "Partly right: ⅓ of 1 point."
    assert phrases.of_points(3 * Fraction(1, 3), 3) == "1 of 3 points"
    assert phrases.of_points(2 * Fraction(1, 6), 2) == "⅓ of 2 points"


@pytest.mark.parametrize(
    ("title", "said"), [("What is a detainer?", "What is a detainer?"), ("A jail", "A jail.")]
)
def test_a_title_ends_as_a_sentence_does(title: str, said: str) -> None:
    assert phrases.sentence(title) == said


# Review


@pytest.mark.parametrize(
    ("days", "once_more", "said"),
    [
        (1, False, "tomorrow"),
        (2, False, "Sat 2 Jan 2027, in 2 days"),
        (1, True, "today until it is right, then tomorrow"),
        (3, True, "today until it is right, then Sun 3 Jan 2027, in 3 days"),
    ],
)
def test_when_a_question_comes_back_is_said_as_people_say_it(
    days: int, once_more: bool, said: str
) -> None:
    today = date(2026, 12, 31)
    back = ComingBack(
        day=today + timedelta(days=days),
        today=today,
        once_more=once_more,
        counted=False,
        sure=False,
        seen=(today,),
    )
    assert phrases.back_on(back) == said
    assert phrases.comes_back(back) == [f"It comes back {said}."]
    slip = replace(back, counted=True, sure=True)
    assert phrases.comes_back(slip)[1] == "It counts as right: you knew it."
    assert phrases.comes_back(slip)[-1].startswith("You were sure of it")


@pytest.mark.parametrize(
    ("due", "words", "then"),
    [
        ((0, 0, 0, 0), "Nothing is due.", "nothing more for now"),
        ((0, 0, 3, 7), "Done for today.", "nothing more until tomorrow"),
        ((1, 0, 0, 20), "Done for today.", "1 is still due and can wait"),
        ((43, 0, 9, 20), "Done for today.", "43 are still due and can wait"),
        ((101, 0, 9, 20), "Done for today.", "over 100 are still due and can wait"),
    ],
)
def test_what_there_is_to_review_is_no_mountain(
    due: tuple[int, int, int, int], words: str, then: str
) -> None:
    all_due, capped, tomorrow, reviewed = due
    there = ReviewDue(
        due=all_due,
        capped=capped,
        minutes=0,
        tomorrow=tomorrow,
        oldest=None,
        lessons={},
        reviewed=reviewed,
    )
    assert phrases.due_now(there) == words
    assert phrases.what_comes(there) == then


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("RR", "2 questions, 2 remembered."),
        ("Rr", "2 questions, 1 remembered; the other came right on the second go."),
        ("Rw", "2 questions, 1 remembered; the other comes back soon."),
        ("w", "1 question, none remembered; it comes back soon."),
        ("rr", "2 questions, none remembered; they came right in the end."),
        ("rw", "2 questions, none remembered; 1 of them came right in the end."),
        ("ww", "2 questions, none remembered; they come back soon."),
        ("Rrw", "3 questions, 1 remembered; 1 of the others came right in the end."),
        ("Rww", "3 questions, 1 remembered; the others come back soon."),
        ("Ro", "1 question, 1 remembered. 1 put off until tomorrow."),
        ("Roo", "1 question, 1 remembered. 2 put off until tomorrow."),
    ],
)
def test_what_came_of_a_review_is_said_without_a_zero(outcomes: str, said: str) -> None:
    """`R` was remembered, `r` came right later, `w` stayed wrong, `o` was put off."""
    questions = [
        SimpleNamespace(
            first=one if one != "o" else None,
            put_off=one == "o",
            remembered=one == "R",
            tries=2,
            last=SimpleNamespace(outcome="wrong" if one == "w" else "right"),
        )
        for one in outcomes
    ]
    assert phrases.reviewed(cast("Any", SimpleNamespace(questions=questions))) == said


@pytest.mark.parametrize(
    ("role", "publisher", "published", "said"),
    [
        ("article", "The Epoch Times", "2019-05-08", "The Epoch Times, May 8, 2019"),
        ("article", "The Epoch Times", "2019-05", "The Epoch Times, May 2019"),
        ("article", "The Epoch Times", "2019", "The Epoch Times, 2019"),
        ("article", "The Epoch Times", "2019-13-08", "The Epoch Times, 2019"),
        ("article", "The Epoch Times", "last May", "The Epoch Times, last May"),
        ("article", "The Epoch Times", None, "The Epoch Times"),
        ("article", None, "2019-05-08", "Police can arrest"),
        ("context", "various", "2026-06", "Police can arrest"),
    ],
)
def test_a_source_is_named_as_people_name_it(
    role: Any, publisher: str | None, published: str | None, said: str
) -> None:
    source = sources.Source(
        title="Police can arrest",
        role=role,
        claims={},
        speakers={},
        publisher=publisher,
        published=published,
    )
    assert sources.briefly(source) == said


def test_a_statement_comes_before_its_code_and_names_its_source() -> None:
    cited = sources.Citation(
        id="c24",
        claim=sources.Claim(speaker="ice", kind="reported", text="It asks.", paragraph="7"),
        speaker=sources.Speaker(name="ICE"),
        source="Police can arrest",
        beyond=False,
        briefly="The Epoch Times, May 8, 2019",
    )
    assert phrases.citation(cited) == [
        "It asks. (c24)",
        "Who says it: ICE (reported fact; paragraph 7 of the article).",
        "Source: The Epoch Times, May 8, 2019",
    ]


@pytest.mark.parametrize(
    ("citation", "as_of", "said"),
    [
        ("Fox 13, May 6, 2019", "May 2019", "Fox 13, May 6, 2019"),
        ("FlaglerLive, February 2025", "February 2025", "FlaglerLive, February 2025"),
        ("Senate Bill 8 (2025)", "January 2026", "Senate Bill 8 (2025) (as of January 2026)"),
        # The number of a law is no date.
        ("chapter 2025-1, Laws of Florida", "2025", "chapter 2025-1, Laws of Florida (as of 2025)"),
        ("8 CFR 287.7(d)", "", "8 CFR 287.7(d)"),
    ],
)
def test_the_date_of_a_source_is_said_once(citation: str, as_of: str, said: str) -> None:
    cited = sources.Citation(
        id="s1",
        claim=sources.Claim(
            speaker="ice", kind="reported", text="So it is.", citation=citation, as_of=as_of or None
        ),
        speaker=sources.Speaker(name="ICE"),
        source="Law",
        beyond=True,
    )
    assert phrases.place(cited) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The moon", "The moon."),
        ("Is it?", "Is it?"),
        ("そうでしょう。", "そうでしょう。"),
        ("ما هذا؟", "ما هذا؟"),
        ("It says “yes.”", "It says “yes.”"),
        ("It is (a request)", "It is (a request)."),
    ],
)
def test_a_sentence_ends_once_in_whatever_script(text: str, said: str) -> None:
    assert phrases.sentence(text) == said
