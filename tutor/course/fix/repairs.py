"""Which of the proposals that violations carry make a text better, and are therefore applied."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from tutor.course.fix.text_under_repair import Version, Versions
from tutor.course.reading.misread_text import COMMENT, SWALLOWED, UNQUOTED
from tutor.course.syntax.detectors.missing_dash import NO_DASH
from tutor.course.syntax.detectors.missing_pipe import NOT_INDENTED
from tutor.course.syntax.source_line import with_lines
from tutor.course.syntax.violation import LineEdits, Proposal, Violation

MAX_READ_SINGLY = 200_000
"""Characters read again at most to try proposals one by one."""


class Repair(Struct, frozen=True):
    """Proposals of one kind, which are applied together where they fit together.

    Attributes:
        rules: The rules whose proposals they are.
        helps: Whether the second version is better than the first for these proposals.
        singly: How many are tried one by one where they do not fit together.
        reads: How many times `MAX_READ_SINGLY` characters are read for it.
    """

    rules: frozenset[str]
    helps: Callable[[Version, Version, Sequence[Proposal]], bool]
    singly: int
    reads: int = 1

    def proposals(self, found: Sequence[Violation]) -> list[Proposal]:
        """The proposals among violations that are of this kind, from top to bottom, each once."""
        ours = {
            tuple(sorted(one.proposal.edits.items())): one.proposal
            for one in found
            if one.proposal is not None and one.rule in self.rules
        }
        return sorted(ours.values(), key=line_of)


def line_of(proposal: Proposal) -> int:
    """The line to tell of, from 0."""
    return min(proposal.edits) if proposal.line is None else proposal.line


def _fewer_errors(before: Version, after: Version, proposals: Sequence[Proposal]) -> bool:
    return after.errors <= before.errors - len(proposals)


def _changes_nothing_else(before: Version, after: Version, proposals: Sequence[Proposal]) -> bool:
    lines = {line_of(proposal) for proposal in proposals}
    return all(at[0] in lines for at in before.differences(after))


def _resolves(before: Version, after: Version, proposals: Sequence[Proposal]) -> bool:  # noqa: ARG001
    """Whether none of it is proposed any more; other errors may only be seen then."""
    more = {
        (line_of(found.proposal), found.proposal.description)
        for found in after.violations
        if found.proposal is not None
    }
    return all((line_of(one), one.description) not in more for one in proposals)


def _makes_gradable(before: Version, after: Version, proposals: Sequence[Proposal]) -> bool:
    """Whether fewer faults keep questions from being graded, and nothing else is amiss."""
    fewer = len(before.ungradable) - len(after.ungradable)
    return fewer >= len(proposals) and after.errors <= before.errors


INDENT = Repair(frozenset((NOT_INDENTED,)), _fewer_errors, 20)
QUOTE = Repair(frozenset((UNQUOTED, COMMENT)), _changes_nothing_else, 100, 4)
DASH = Repair(frozenset((NO_DASH,)), _fewer_errors, 20)
FREE = Repair(frozenset((SWALLOWED,)), _fewer_errors, 20)

REPAIRS = (INDENT, QUOTE, DASH, FREE, QUOTE)
"""What is repaired, in this order; no word is taken away by it."""

INSTEAD = Repair(
    frozenset(("unknown-key", "unknown-type", "value", "missing-key")), _resolves, 100, 4
)
"""What other programs and people call something, in our words; what was written is replaced."""

MARKS = Repair(frozenset(("wrong-number-of-keys", "broken-gap", "no-gap")), _makes_gradable, 100, 4)
"""Answers that are marked in a way of their author's own, as we mark them."""


def apply_proposals(
    repair: Repair, before: Version, proposals: Sequence[Proposal], versions: Versions
) -> tuple[Version, list[tuple[Proposal, LineEdits]]]:
    """Apply proposals where that helps: all at once, or else some, one by one.

    Returns:
        The new version, and which of them were applied with which of their edits.
    """
    proposals = _without_overlap(proposals)
    for pick in (_edits, _otherwise) if proposals else ():
        changed = [(proposal, pick(proposal)) for proposal in proposals]
        together = {line: words for _, edits in changed for line, words in edits.items()}
        after = versions.read(with_lines(before.text, together))
        if after and after is not before and repair.helps(before, after, proposals):
            return after, changed
    done: list[tuple[Proposal, LineEdits]] = []
    most = min(repair.singly, 1 + repair.reads * MAX_READ_SINGLY // (len(before.text) + 1))
    result = before
    for proposal in proposals[:most]:
        for edits in (_edits(proposal), _otherwise(proposal)):
            after = versions.read(with_lines(result.text, edits))
            if (
                after is not None
                and after is not result
                and repair.helps(result, after, [proposal])
            ):
                result = after
                done.append((proposal, edits))
                break
        if done and _adds_lines(done[-1][1]):
            break  # the lines below have other numbers now: they are proposed again
    return result, done


def _without_overlap(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those of which no two reword the same line, the greater first; others come again later."""
    taken: set[int] = set()
    chosen = []
    for proposal in sorted(proposals, key=lambda one: -len(one.edits)):
        if taken.isdisjoint(proposal.edits):
            taken.update(proposal.edits)
            chosen.append(proposal)
    return sorted(chosen, key=line_of)


def _adds_lines(edits: LineEdits) -> bool:
    return any("\n" in words for words in edits.values())


def _edits(proposal: Proposal) -> LineEdits:
    return proposal.edits


def _otherwise(proposal: Proposal) -> LineEdits:
    return proposal.otherwise or proposal.edits
