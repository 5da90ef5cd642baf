"""A pasted hand-in comes through what forms and mail programs do to text, or says what is wrong."""

import html
import random
import re
import textwrap
from collections.abc import Callable

import pytest

from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.hand_in.pasted_text import as_text, from_text, holds_hand_in

CONTENT = bytes(random.Random(3).choices(b'abcdefgh{}":,0123456789', k=3000))
TEXT = as_text(CONTENT)
COUNT = len(TEXT.splitlines()) - 2


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


HARMLESS: list[Callable[[str], str]] = [
    str,
    str.upper,
    quoted,
    lambda text: quoted(quoted(text)),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", " "),
    lambda text: "\n".join(textwrap.wrap(text, 40, break_long_words=True)),
    lambda text: quoted("\n".join(textwrap.wrap(text, 50))),
    html.escape,
    lambda text: html.escape(quoted(text)),
    lambda text: "".join(f"<p>{line}</p>" for line in text.splitlines()),
    lambda text: text.replace("\n", "<br />\n"),
    lambda text: text.replace(" ", "&nbsp;").replace("\n", "<br>"),
    lambda text: f"Hello teacher,\nhere are my results:\n\n{text}\nBest wishes (Ana)",
    lambda text: f"\ufeff{text}",
    lambda text: text + text,
    lambda text: text.replace("-", "\u2013"),
    lambda text: text.translate(str.maketrans("(),.1", "\uff08\uff09\uff0c\uff0e\uff11")),
    lambda text: "\n".join(f"    {line}   " for line in text.splitlines()),
]


@pytest.mark.parametrize("change", HARMLESS, ids=range(len(HARMLESS)))
def test_what_only_moves_the_text_does_no_harm(change: Callable[[str], str]) -> None:
    assert holds_hand_in(change(TEXT))
    assert from_text(change(TEXT)) == CONTENT


def test_a_cut_text_says_after_which_line() -> None:
    cut = "\n".join(TEXT.splitlines()[:8])
    with pytest.raises(Unreadable, match=f"cut off after line 7 of {COUNT}"):
        from_text(cut)


@pytest.mark.parametrize("number", [1, 2, COUNT // 2, COUNT])
def test_a_changed_line_is_named(number: int) -> None:
    lines = TEXT.splitlines()
    middle = len(lines[number]) // 2
    letter = "b" if lines[number][middle] != "b" else "c"
    lines[number] = lines[number][:middle] + letter + lines[number][middle + 1 :]
    with pytest.raises(Unreadable, match=f"line {number} of {COUNT} is changed"):
        from_text("\n".join(lines))


@pytest.mark.parametrize("number", [1, COUNT // 2])
def test_a_missing_line_is_named(number: int) -> None:
    lines = TEXT.splitlines()
    del lines[number]
    with pytest.raises(Unreadable, match=f"line {number} of {COUNT} is missing"):
        from_text("\n".join(lines))


def test_without_its_first_line_it_says_so() -> None:
    below = "\n".join(TEXT.splitlines()[1:])
    assert holds_hand_in(below)
    with pytest.raises(Unreadable, match="without its first line"):
        from_text(below)


def test_parts_of_two_do_not_make_one() -> None:
    other = as_text(CONTENT[::-1])
    lines, others = TEXT.splitlines(), other.splitlines()
    assert len(lines) == len(others)
    with pytest.raises(Unreadable, match="parts of two"):
        from_text("\n".join([*lines[:10], *others[10:]]))


def test_no_other_text_is_taken_for_one() -> None:
    for text in ("", "(1) first", "a hand-in", "(2.5) and (3.5)", "tutor hand-in 1"):
        assert not holds_hand_in(text)


@pytest.mark.long
def test_what_unpacks_without_end_is_refused() -> None:
    bomb = as_text(b" " * 40_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match="does not unpack"):
        from_text(bomb)


def test_no_single_change_of_a_letter_goes_unseen() -> None:
    chance = random.Random(11)
    at = [found.start() for found in re.finditer("[a-z2-7]", TEXT) if found.start() > 60]
    for place in chance.sample(at, 400):
        letter = chance.choice([one for one in "abcxyz234567" if one != TEXT[place]])
        changed = TEXT[:place] + letter + TEXT[place + 1 :]
        try:
            assert from_text(changed) == CONTENT  # a letter of the last line, which says nothing
            assert place > TEXT.rindex("(end")
        except Unreadable:
            pass
