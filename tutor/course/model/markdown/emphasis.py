"""Which asterisks and underscores are emphasis, and which are signs to be seen.

The algorithm is that of the CommonMark specification (version 0.31.2, "Emphasis and strong
emphasis" and the appendix on its parsing), but for signs that an author surely means as signs:

- a blank: three underscores and more, and two beside nothing but punctuation: `= __;`
- a name: two underscores around a text without spaces, `__init__`, `__(1)__`
- a power or a product, `x**2 + y**2`: asterisks within words, where one would pair with another
- what has nothing to stress: no word between the two
- what stands by itself in quotes or brackets: "*"
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_RUN = re.compile(r"\*+|_+")
# A letter, a digit, anything beyond ASCII, or what has been set aside.
_WORD = re.compile(r"[^\W_]|[^\x00-\x7f]|`")
_BLANK = re.compile(r"\s")
_PAIRS = frozenset(("()", "[]", "{}", "<>", '""', "''", "||", "“”", "‘’", "«»", "„“", "„”"))
_ENDS = frozenset(".,;:!?)]}%…”’»=/|")
_BEGINS = frozenset("([{“‘«=/|")
_STRONG = 2
_SPACE, _SIGN, _LETTER = range(3)


class Emphasis(NamedTuple):
    """What the asterisks and underscores of a paragraph are.

    Attributes:
        marks: Where those stand that are markup, in order.
        signs: Where those stand that CommonMark may take for markup, though they are not meant so.
    """

    marks: list[tuple[int, int]]
    signs: list[tuple[int, int]]


class _Run(NamedTuple):
    """A run of asterisks or underscores.

    Attributes:
        sign: Which of the two.
        opens: Whether emphasis may begin with it.
        closes: Whether emphasis may end with it.
        inside: Whether it stands within a word.
    """

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    inside: bool


# Whoever writes a text asks several times in a row.
@lru_cache(maxsize=64)
def emphasis(text: str) -> Emphasis:
    """Tell marks from signs in a paragraph whose code, links and the like are set aside."""
    runs = _runs(text)
    signs = _signs(text, runs)
    pairs = _pairs([run for run in runs if run not in signs])
    if any(opener.inside and closer.inside for opener, closer, _ in pairs):
        signs |= {run for run in runs if run.inside}
        pairs = _pairs([run for run in runs if run not in signs])
    marks = _marks(pairs)
    if not signs or marks == _marks(_pairs(runs)):
        return Emphasis(marks, [])
    return Emphasis(marks, sorted((run.start, run.end) for run in signs))


def _marks(pairs: list[tuple[_Run, _Run, tuple[int, int, int]]]) -> list[tuple[int, int]]:
    return sorted((at, at + count) for _, _, (left, right, count) in pairs for at in (left, right))


_kinds: dict[str, int] = {"": _SPACE, "`": _SIGN}


def _kind(character: str) -> int:
    """Whether a character is white space, a sign, or part of a word; kept, for it is slow."""
    kind = _kinds.get(character)
    if kind is None:
        if character.isspace():
            kind = _SPACE
        elif unicodedata.category(character)[0] in "PS":
            kind = _SIGN
        else:
            kind = _LETTER
        _kinds[character] = kind
    return kind


def _runs(text: str) -> list[_Run]:
    """The runs that may be markup."""
    runs = []
    for found in _RUN.finditer(text):
        start, end = found.span()
        before, after = _kind(text[start - 1 : start]), _kind(text[end : end + 1])
        opens = after == _LETTER or (after == _SIGN and before != _LETTER)
        closes = before == _LETTER or (before == _SIGN and after != _LETTER)
        sign = text[start]
        if sign == "_" and opens and closes:
            opens, closes = before == _SIGN, after == _SIGN
        if opens or closes:
            inside = before == _LETTER == after
            runs.append(_Run(start, end, sign, opens, closes, inside))
    return runs


def _signs(text: str, runs: list[_Run]) -> set[_Run]:
    """The runs that, by what stands around them, are surely meant as signs."""
    signs: set[_Run] = set()
    openers: dict[str, list[_Run]] = {"*": [], "_": []}
    word = blank = at = 0  # behind the last of each; a gap between two runs is searched once
    for run in runs:
        word = run.start if _WORD.search(text, at, run.start) else word
        blank = run.start if _BLANK.search(text, at, run.start) else blank
        at = run.end
        if _stands_alone(text, run):
            signs.add(run)
            continue
        opener = openers[run.sign].pop() if run.closes and openers[run.sign] else None
        if opener is not None and (
            word <= opener.start or (blank <= opener.start and _is_name(opener, run))
        ):
            signs |= {opener, run}
        elif run.opens:
            openers[run.sign].append(run)
    return signs


def _stands_alone(text: str, run: _Run) -> bool:
    before, after = text[max(0, run.start - 1) : run.start], text[run.end : run.end + 1]
    if before + after in _PAIRS:
        return True
    length = run.end - run.start
    if run.sign == "*" or length < _STRONG:
        return False
    return length > _STRONG or (run.opens and after in _ENDS) or (run.closes and before in _BEGINS)


def _is_name(opener: _Run, closer: _Run) -> bool:
    """Whether two runs, no space between them, are those of `__init__`."""
    lengths = opener.end - opener.start, closer.end - closer.start
    return opener.sign == "_" and min(lengths) >= _STRONG


class _Open(NamedTuple):
    """A run that may open emphasis, and what is left of it."""

    run: _Run
    begins: int
    ends: int


class _Stack:
    """Runs that may still open emphasis."""

    def __init__(self) -> None:
        self._runs: list[_Open] = []
        # Before these places there is no run that a run of the same make could close.
        self._nothing_before: dict[tuple[str, bool, int], int] = {}

    def push(self, run: _Run, begins: int) -> None:
        """Remember what is left of a run."""
        self._runs.append(_Open(run, begins, run.end))

    def opener_of(self, run: _Run) -> _Open | None:
        """The nearest run that a run closes; those after it are forgotten."""
        make = (run.sign, run.opens, (run.end - run.start) % 3)
        bottom = self._nothing_before.get(make, -1)
        for index in range(len(self._runs) - 1, -1, -1):
            other = self._runs[index]
            if other.run.start < bottom:
                break
            if other.run.sign == run.sign and _fit(other.run, run):
                del self._runs[index + 1 :]
                return other
        self._nothing_before[make] = run.start
        return None

    def take(self, signs: int) -> None:
        """Take signs from the end of the last run."""
        last = self._runs.pop()
        if last.ends - signs > last.begins:
            self._runs.append(last._replace(ends=last.ends - signs))


def _fit(opener: _Run, closer: _Run) -> bool:
    """The rule of three: where one can do both, their lengths must not add up to three or six."""
    if not (opener.closes or closer.opens):
        return True
    length = opener.end - opener.start
    return (length + closer.end - closer.start) % 3 != 0 or length % 3 == 0


def _pairs(runs: list[_Run]) -> list[tuple[_Run, _Run, tuple[int, int, int]]]:
    """The runs that belong together, and where the signs stand that each uses up, and how many."""
    found = []
    stack = _Stack()
    for run in runs:
        at = run.start
        while run.closes and at < run.end:
            opener = stack.opener_of(run)
            if opener is None:
                break
            count = 2 if run.end - at > 1 and opener.ends - opener.begins > 1 else 1
            found.append((opener.run, run, (opener.ends - count, at, count)))
            stack.take(count)
            at += count
        if run.opens and at < run.end:
            stack.push(run, at)
    return found
