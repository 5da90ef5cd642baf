"""What a score is said to mean."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tutor import say
from tutor.quiz.attempt import ObjectiveScore


@pytest.mark.parametrize(
    ("earned", "possible", "share", "said", "briefly"),
    [
        ("1117/100", 12, "0.7", "passed 93%", "passed 93%"),
        ("12", 12, "0.7", "passed 100%", "passed 100%"),
        ("7", 10, "0.7", "passed 70%", "passed 70%"),
        ("9/2", 10, "0.7", "45%, 70% passes", "quiz 45%"),
        ("0", 10, "0.7", "0%, 70% passes", "quiz 0%"),
        # What does not pass must not read as what would.
        ("6.99", 10, "0.7", "69%, 70% passes", "quiz 69%"),
        ("11.99", 12, "0.7", "passed 99%", "passed 99%"),
    ],
)
def test_a_quiz_that_passed_says_so_and_one_that_did_not_says_what_would(
    earned: str, possible: int, share: str, said: str, briefly: str
) -> None:
    of = Fraction(earned), possible, Decimal(share)
    assert say.quiz_score(*of) == said
    assert say.quiz_score(*of, briefly=True) == briefly


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
    assert say.mastery(ObjectiveScore(Fraction(earned), possible, questions)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [([1, 2, 3], "1-3"), ([6, 5, 1], "1, 5, 6"), ([2, 1], "1, 2"), ([4], "4"), ([3, 5, 4], "3-5")],
)
def test_numbers_are_said_in_order(values: list[int], said: str) -> None:
    assert say.numbers(values) == said
