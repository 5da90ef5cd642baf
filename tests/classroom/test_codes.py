"""A sheet's code tells every wrong sign, and every swap of neighbors."""

from collections.abc import Iterator

import pytest

from tutor.classroom.paper.codes import (
    ALPHABET,
    CODES,
    LENGTH,
    RADIX,
    check_letter,
    code_for,
    code_of,
    is_code,
    one_slip_away,
)


def slips(code: str) -> Iterator[str]:
    """Every code with one sign put wrong, its check letter as well, or two neighbors swapped."""
    for at, right in enumerate(code):
        yield from (code[:at] + wrong + code[at + 1 :] for wrong in ALPHABET if wrong != right)
    for at in range(LENGTH - 1):
        if code[at] != code[at + 1]:
            yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def unseen(numbers: range) -> list[tuple[str, str]]:
    """The slips that would be taken for a code."""
    return [(code, slip) for code in map(code_of, numbers) for slip in slips(code) if is_code(slip)]


def test_no_sign_looks_like_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01OIL")
    assert ALPHABET.upper() == ALPHABET


def test_the_modulus_is_prime_and_every_place_weighs_otherwise() -> None:
    assert all(len(ALPHABET) % divisor for divisor in range(2, len(ALPHABET)))
    weights = [RADIX**place % len(ALPHABET) for place in range(len(ALPHABET) - 1)]
    assert len(set(weights)) == len(weights)
    assert 0 not in weights


def test_each_pair_of_signs_in_each_place_is_told_apart() -> None:
    """One code for each sign in each place: the sum is linear, so the others do as these do."""
    step = CODES // len(ALPHABET) + 1
    assert unseen(range(0, CODES, step)) == []
    assert unseen(range(len(ALPHABET))) == []


@pytest.mark.long
def test_every_slip_in_every_code_is_caught() -> None:
    assert unseen(range(CODES)) == []


def test_all_codes_differ() -> None:
    codes = set(map(code_of, range(CODES)))
    assert len(codes) == CODES == 31**3
    assert all(map(is_code, list(codes)[:200]))


@pytest.mark.parametrize("text", ["", "K7Q", "K7Q22", "k7q2", "K0Q2", "KOQ2", "K7Q\u0662", "----"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_a_code_that_is_taken_is_given_to_nobody_else() -> None:
    first = code_for("Ana", {})
    assert code_for("Ana", {}) == first
    second = code_for("Ana", {first})
    assert second != first
    assert is_code(second)


def test_one_slip_leads_back_to_the_code_that_was_meant() -> None:
    code = "K7Q" + check_letter("K7Q")
    assert all(one_slip_away(slip, code) for slip in slips(code))
    assert not one_slip_away(code, code)
    assert not one_slip_away(code[1:], code)
    assert not one_slip_away("KQ7" + ("2" if code[3] != "2" else "3"), code)
