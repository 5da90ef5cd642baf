"""What stands within a paragraph: code, links, escaped signs, emphasis.

Every function goes over a text a fixed number of times, however many signs it holds.
"""

import re
from typing import NamedTuple

_ESCAPABLE = r"[!-/:-@\[-`{-~]"
_TICKS = re.compile(rf"\\{_ESCAPABLE}|`+")
_ESCAPED = re.compile(rf"\\{_ESCAPABLE}")
ASIDE = "`"
"""Stands for each character that is set aside: to emphasis around it, it is a sign and a word."""

# [shown](target): a Markdown link whose target has no spaces, and brackets only in pairs.
LINK = r"\[([^\[\]]*)\]\(((?:[^()\s]|\([^()\s]*\))+)\)"
_ATOM = re.compile(
    r"(?P<escape>\\\.)"
    r"|(?P<break>\\\n|(?<=  )\n)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    rf"|!(?P<picture>{LINK})"
    rf"|(?P<link>{LINK})"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,255})>)"
)


class Atom(NamedTuple):
    """A piece of a paragraph that is more than its characters.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        kind: `code`, `formula`, `escape`, `break` (of a line), `entity`, `link`, `picture`,
            `address`, or `mark` (signs of emphasis).
        said: What a formula says; None for one that is shown as it was typed.
    """

    start: int
    end: int
    kind: str
    said: str | None = None


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where code stands between backticks: from a run of them to the next run as long."""
    if "`" not in text:
        return []
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    for starts in runs.values():
        starts.reverse()
    found = []
    at = 0
    while (run_or_sign := _TICKS.search(text, at)) is not None:
        start, at = run_or_sign.span()
        if text[start] == "\\":
            continue
        later = runs.get(at - start, [])
        while later and later[-1] < at:
            later.pop()
        if later:
            at += later.pop() - start
            found.append((start, at))
    return found


def aside(text: str, places: list[tuple[int, int]]) -> str:
    """A text of the same length in which some places are set aside."""
    if not places:
        return text
    kept, at = [], 0
    for start, end in places:
        kept += [text[at:start], ASIDE * (end - start)]
        at = end
    return "".join([*kept, text[at:]])


def inert(text: str) -> str:
    """A text of the same length in which a period stands for every escaped sign."""
    return _ESCAPED.sub(r"\\.", text) if "\\" in text else text


def atoms(text: str) -> tuple[list[Atom], str]:
    """The atoms of a paragraph but for emphasis, and the paragraph with them set aside."""
    found = [Atom(start, end, "code") for start, end in code_spans(text)]
    bare = aside(text, [atom[:2] for atom in found])
    if may_hold_formulas(bare):
        from tutor.course.model.markdown.formula_search import formulas  # few texts hold any

        said = [Atom(start, end, "formula", said) for start, end, said in formulas(bare)]
        bare = _with_said(bare, said)
        found += said
    bare = inert(bare)
    holders = []
    for one in _ATOM.finditer(bare):
        kind = str(one.lastgroup)
        found.append(Atom(*one.span(), kind))
        if kind in ("link", "address", "picture"):
            holders.append(one.span())
    found.sort(key=_by_place)
    return _outermost(found), aside(bare, holders)


def _with_said(text: str, formulas: list[Atom]) -> str:
    """A text as long, in which what formulas begin and end with stands in their place."""
    kept, at = [], 0
    for start, end, _, said in formulas:
        edges = said or "."
        first, last = (sign if sign.isalnum() else "." for sign in (edges[0], edges[-1]))
        kept += [text[at:start], first, "x" * (end - start - 2), last]
        at = end
    return "".join([*kept, text[at:]])


def may_hold_formulas(text: str) -> bool:
    """Tell whether a text has the signs that formulas are made with."""
    return "^" in text or "$" in text or "~" in text or "\\(" in text or "\\[" in text


def _by_place(atom: Atom) -> tuple[int, int]:
    return atom.start, -atom.end


def _outermost(found: list[Atom]) -> list[Atom]:
    """Atoms in order, without those that stand in another, as code in the words of a link does."""
    kept, end = [], 0
    for atom in found:
        if atom.start >= end:
            kept.append(atom)
            end = atom.end
    return kept
