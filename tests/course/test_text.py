"""Names made of words: stable under punctuation and case, different where meaning is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.text import slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The moon", "the-moon"),
        ("  The   moon. ", "the-moon"),
        ("When ICE sends it", "when-ice-sends-it"),
        ("Größe", "grösse"),
    ],
)
def test_a_name_is_made_of_the_words(text: str, name: str) -> None:
    assert slug(text) == name


@pytest.mark.parametrize(
    ("one", "other"), [("< 3", "> 3"), ("5%", "5"), ("a + b", "a - b x"), ("!", "?x")]
)
def test_signs_that_carry_meaning_make_another_name(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@given(st.text(min_size=1))
def test_a_name_is_never_empty_and_never_long(text: str) -> None:
    assert 0 < len(slug(text)) <= 50
