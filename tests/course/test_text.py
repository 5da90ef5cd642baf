"""Names made of words: stable under punctuation and case, different where meaning is.

And of all characters there are, those that steer a terminal are replaced.
"""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.text import UNSAFE, clean, cut, slug


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


def test_of_all_characters_those_that_steer_are_replaced_alone_and_among_others() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    steering = set(re.findall(UNSAFE, "".join(signs)))
    assert {"\x1b", "\x9b", "\u202e", "\ud800", "\U000e0041"} < steering
    assert not steering & {"\t", "\n", " ", "\xa0", "\u200d", "“"}
    for sign in steering:
        assert clean(sign) == "\ufffd"
        assert clean(f"a\t“b”\n{sign}\n") == "a\t“b”\n\ufffd\n"
    others = "".join(sign for sign in signs if sign not in steering)
    assert clean(others) == others


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("just so long", "just so long"),
        ("a little longer than that", "a little lo…"),
        ("cut after a blank", "cut after a…"),
        ("囚犯移交合同说明书", "囚犯移交合…"),
    ],
)
def test_a_text_is_cut_to_the_columns_there_are(text: str, shown: str) -> None:
    assert cut(text, 12) == shown


def test_where_there_is_no_room_nothing_is_shown() -> None:
    assert cut("anything", 0) == ""
