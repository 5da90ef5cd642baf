"""What of a question bank stays behind, in sentences: like losses in one, or each by itself."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tutor.course.text import one_line
from tutor.exchange.moodle.bank import Loss
from tutor.exchange.moodle.text_formats import counted

FEW = 3
"""So many like losses are still told one by one."""

_QUOTED = re.compile(r"“[^“”]*”|`[^`]*`(?! and)")


class LeftOut(Struct, frozen=True):
    """A loss, and the question that it concerns.

    Attributes:
        question: Its number in the file.
    """

    question: int
    line: int
    name: str
    loss: Loss

    def sentence(self) -> str:
        """Say where it stands, and what it is."""
        shown = one_line(self.name)[:60]
        place = f"Line {self.line}, “{shown}”" if shown else f"Line {self.line}"
        return f"{place}: {self.loss.said}."


def unquoted(reason: str) -> str:
    """A reason without what it quotes, so that like ones are the same."""
    return _QUOTED.sub("…", reason)


def folded_losses(left_out: Iterable[LeftOut]) -> list[str]:
    """One sentence for like losses, with their number; a few are told one by one."""
    groups: dict[str, list[LeftOut]] = {}
    for one in left_out:
        groups.setdefault(one.loss.alike, []).append(one)
    told: list[tuple[int, str]] = []
    for alike, group in groups.items():
        group.sort(key=lambda one: one.line)
        if len(group) <= FEW:
            told += [(one.line, one.sentence()) for one in group]
        else:
            told.append((group[0].line, _together(alike, group)))
    return [sentence for _, sentence in sorted(told, key=lambda one: one[0])]


def _together(alike: str, group: Sequence[LeftOut]) -> str:
    total: Counter[str] = Counter()
    for one in group:
        total.update(dict(one.loss.counts))
    numbers = f" ({counted(total.most_common())})" if total else ""
    questions = len({one.question for one in group})
    if questions == 1:
        return f"Line {group[0].line}: {alike}, {len(group):,} times{numbers}."
    return f"{questions:,} questions, the first on line {group[0].line}: {alike}{numbers}."


def reasons(left_out: Iterable[LeftOut]) -> str:
    """Why all the questions of a file were left out: each reason with its number."""
    every = sorted(left_out, key=lambda one: one.line)
    if len(every) == 1:
        return f"It is on line {every[0].line}: {_reason(every[0])}."
    groups: dict[str, list[LeftOut]] = {}
    for one in every:
        groups.setdefault(one.loss.alike, []).append(one)
    said = [
        f"{len(group):,} of {len(every):,}, the first on line {group[0].line}: {_reason(group[0])}"
        for group in groups.values()
    ]
    return ".\n".join(said) + "."


def _reason(one: LeftOut) -> str:
    return one.loss.said.removeprefix("left out, for ")
