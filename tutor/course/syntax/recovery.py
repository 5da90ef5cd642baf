"""Error recovery: repair or skip what is broken, and parse again, so that later errors are found.

Where the slip is plain, the text is read as its author meant it; where it is not, the step, the
question or the claim in which it stands is left out. Nothing here changes a file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy

from msgspec.structs import replace

from tutor.course.syntax.detectors.diagnose import diagnose, may_be_slip
from tutor.course.syntax.parser import Parsed, YamlError, outcome_of
from tutor.course.syntax.source_line import lines_of, split_line, with_lines
from tutor.course.syntax.violation import Proposal, Violation

ROUNDS = 20
MAX_READ = 3_000_000
"""Characters read in all rounds together: a long file gets fewer, so that none takes long."""

OFTEN = 3
"""A line that was mended so often is not understood."""

LEFT_OUT = "(left out)"
"""What stands in the place of a part that was left out."""

# What the parser refuses to take in, though Python has decoded it.
_FORBIDDEN = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Recovery:
    """What can be read of a text in spite of syntax errors.

    The lines of the text that is read in the end have the numbers that the author's lines have.

    Attributes:
        text: What is read in the end: the author's lines, some of them repaired or left out.
        outcome: What reading it gives.
        left_out: How the lines read that belong to a part that was left out.
        forbidden: Whether characters were replaced that no parser takes in.
        stuck: Whether something was met that can be neither repaired nor left out.
    """

    def __init__(self, text: str, error: YamlError) -> None:
        self.author = text
        self.text = text
        self.outcome: Parsed | YamlError = error
        self.left_out: dict[int, str] = {}
        self.forbidden = False
        self.stuck = False
        self.skipped: set[int] = set()  # the lines on which a part began that was left out
        self._found: list[Violation] = []
        self._applied: list[tuple[int, Proposal]] = []  # with the number of what was found
        self._times: Counter[int] = Counter()  # how often each line was repaired

    @property
    def parsed(self) -> Parsed | None:
        """The data; None where nothing can be read."""
        return self.outcome if isinstance(self.outcome, Parsed) else None

    def copy(self) -> "Recovery":
        """A recovery that goes on by itself from here."""
        other = copy(self)
        other.left_out, other.skipped = {**self.left_out}, {*self.skipped}
        other._found, other._applied = [*self._found], [*self._applied]
        other._times = Counter(self._times)
        return other

    def go_on(
        self,
        rounds: int,
        *,
        most: int | None = None,
        parts: int | None = None,
        names_too: bool = False,
    ) -> None:
        """Repair or leave out one thing after another, until the rest reads.

        Args:
            rounds: How many things, at most.
            most: How many characters are read, at most.
            parts: How many parts are left out, at most.
            names_too: Leave out also what an anchor, an alias or a tag keeps from being read.
        """
        read = len(self.text)
        for _ in range(rounds):
            if isinstance(self.outcome, Parsed):
                return
            self.stuck = not self._get_past(self.outcome, names_too)
            self.stuck |= parts is not None and len(self.skipped) > parts
            if self.stuck or (most is not None and read > most):
                return
            read += 3 * len(self.text)  # a round reads to judge proposals, and to go on

    def violations(self) -> Iterator[Violation]:
        """The syntax errors, each with the edits that repair it."""
        proposals: dict[int, Proposal] = {}
        for number, repair in self.repairs():
            edits = {**proposals[number].edits, **repair.edits} if number in proposals else None
            proposals[number] = replace(proposals[number], edits=edits) if edits else repair
        for number, found in enumerate(self._found):
            yield replace(found, proposal=proposals.get(number))

    def repairs(self) -> list[tuple[int, Proposal]]:
        """Everything that was repaired, in turn, each with the number of what was found.

        As it is written in the end, and without the lines of parts that were left out.
        """
        repairs: list[tuple[int, Proposal]] = []
        later: set[int] = set()
        for number, proposal in reversed(self._applied):
            spread = proposal.spread if later.isdisjoint(proposal.edits) else None
            edits = {
                line: words
                for line, words in (spread or proposal.edits).items()
                if line not in self.left_out
            }
            later.update(proposal.edits)
            if edits:
                repairs.append((number, Proposal(proposal.description, edits)))
        return repairs[::-1]

    def _get_past(self, error: YamlError, names_too: bool) -> bool:
        """Take note of an error and repair or leave out what caused it; False where that fails."""
        rule = error.violation.rule
        if rule == "control-character":
            self._found += _forbidden(self.text)
            self.forbidden = True
            self.text = _FORBIDDEN.sub("\ufffd", self.text)
            self.outcome = outcome_of(self.text)
            return True
        if not may_be_slip(error):
            self._note(error.violation)
            return False
        found, trial = diagnose(self.text, error)
        number = self._note(found if rule == "yaml" else replace(found, rule=rule))
        if trial is not None and found.proposal is not None and self._understands(found.proposal):
            self.text, self.outcome = trial.text, trial.outcome
            self._applied.append((number, found.proposal))
            self._times.update(found.proposal.edits.keys())
            for line in self.left_out.keys() & found.proposal.edits.keys():
                self.left_out[line] = found.proposal.edits[line]
            return True
        lines = lines_of(self.text)
        part = part_around(lines, min(found.at[0], len(lines) - 1), self.skipped)
        if part is None or not (rule == "yaml" or names_too):
            return False
        self.skipped.add(part.start)
        without = left_out(lines, part)
        self.left_out |= without
        self.text = with_lines(self.text, without)
        self.outcome = outcome_of(self.text)
        return True

    def _note(self, found: Violation) -> int:
        """Take note of an error, and give the number under which it is known."""
        bare = replace(found, proposal=None)
        if bare not in self._found:
            self._found.append(bare)
        return self._found.index(bare)

    def _understands(self, proposal: Proposal) -> bool:
        return all(self._times[line] < OFTEN for line in proposal.edits)


def recover(text: str, error: YamlError) -> Recovery:
    """Read as much of a text as can be read, after a first error in it."""
    recovery = Recovery(text, error)
    recovery.go_on(ROUNDS, most=MAX_READ)
    return recovery


def _forbidden(text: str) -> list[Violation]:
    violations: list[Violation] = []
    for number, line in enumerate(lines_of(text)):
        found = _FORBIDDEN.search(line)
        if found is not None and len(violations) < ROUNDS:
            violations.append(
                Violation(
                    (number, found.start()),
                    "The file holds a character that cannot be shown.",
                    "Delete it; it may be invisible in your editor.",
                    rule="control-character",
                )
            )
    return violations


def part_around(lines: Sequence[str], line: int, lost: set[int]) -> range | None:
    """The lines of the smallest part around a line that a file can do without.

    That is a step, a question or a claim; and where the error stays, all under a top key.
    """
    top = line
    while top > 0 and not re.match(r"[^\s#-]", lines[top]):
        top -= 1
    whole = range(top, _end(lines, top, 0))
    entry = _entry_around(lines, line, top)
    for part in (entry, whole):
        if part is not None and part.start not in lost:
            return part
    return None


def _entry_around(lines: Sequence[str], line: int, top: int) -> range | None:
    section = next((n for n in range(line - 1, top - 1, -1) if _is_section(lines[n])), None)
    if section is None:
        return None
    first = next((n for n in range(section + 1, line + 1) if not split_line(lines[n]).blank), line)
    column = split_line(lines[first]).indent
    start = next(
        (n for n in range(line, section, -1) if _begins(lines[n], column)),
        None,
    )
    return None if start is None else range(start, _end(lines, start, column))


def _is_section(line: str) -> bool:
    """Tell whether steps, questions of a quiz, or claims of a source stand below a line."""
    parts = split_line(line)
    return parts.key == "questions" or (parts.key in ("steps", "claims") and parts.indent == 0)


def _begins(line: str, column: int) -> bool:
    parts = split_line(line)
    return parts.indent == column and not parts.blank


def _end(lines: Sequence[str], start: int, column: int) -> int:
    for number in range(start + 1, len(lines)):
        parts = split_line(lines[number])
        if parts.indent <= column and not parts.blank:
            return number
    return len(lines)


def left_out(lines: Sequence[str], part: range) -> dict[int, str]:
    """The lines of a part as they read when it is left out."""
    first = split_line(lines[part.start])
    kept = dict.fromkeys(part, "")
    begun = "- " if first.dashes else f"{lines[part.start][first.key_at : first.value_at].strip()} "
    kept[part.start] = f"{first.margin}{begun}{LEFT_OUT}"
    return kept
