"""The short codes of sheets: three signs and a check letter, which tells every slip of one sign.

The check is a pure system as ISO/IEC 7064 defines them: with a prime modulus M and a radix r, the
signs a of a code, counted from the right, have to sum up to 1: sum(a[i] * r**i) mod M = 1. One
wrong sign changes the sum by d * r**i and a swap of two neighbors by d * (r**(i+1) - r**i), where d
is no multiple of M; both differ from 0 as long as neither r nor r - 1 is a multiple of the prime.
The standard's own systems have 10, 26, 36 signs, or 37; ours has the 31 that are left when those
are taken out which look alike (0 and O; 1, I and L), and 31 is prime. 3 is a primitive root of it,
so that all weights differ and signs further apart than neighbors cannot be swapped unseen either.
"""

from collections.abc import Container

from tutor.course.digest import blake2b

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RADIX = 3
LENGTH = 4
"""Of a code, its check letter counted."""
CODES = len(ALPHABET) ** (LENGTH - 1)
"""So many codes there are."""

_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def check_letter(signs: str) -> str:
    """The check letter of the other signs of a code."""
    total = 0
    for sign in signs:
        total = (total + _VALUES[sign]) * RADIX
    return ALPHABET[(1 - total) % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Whether a text is a code in which no slip is to be seen."""
    return (
        len(text) == LENGTH
        and all(sign in _VALUES for sign in text)
        and text[-1] == check_letter(text[:-1])
    )


def code_of(number: int) -> str:
    """The code with a number, from 0 to `CODES`."""
    signs = ""
    for _ in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        signs = ALPHABET[value] + signs
    return signs + check_letter(signs)


def code_for(name: str, taken: Container[str]) -> str:
    """The code for something with a name; another one where that is taken."""
    first = int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    return next(
        code for step in range(CODES) if (code := code_of((first + step) % CODES)) not in taken
    )


def one_slip_away(text: str, code: str) -> bool:
    """Whether a text is a code with one sign wrong, or two neighbors swapped."""
    if len(text) != len(code):
        return False
    wrong = [at for at, (a, b) in enumerate(zip(text, code, strict=True)) if a != b]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and text[wrong[0]] == code[wrong[1]]
        and text[wrong[1]] == code[wrong[0]]
    )
