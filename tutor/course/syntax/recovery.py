"""Reading on behind a syntax error, so that it hides no other fault of the file.

Where the slip is plain, the text is read as its author meant it; where it is not, the step, the
question or the claim in which it stands is left out. Nothing here changes a file.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.syntax.detectors.diagnose import diagnose, may_be_slip
from tutor.course.syntax.parser import Remark, Trouble, Walked, walk
from tutor.course.syntax.source_line import lines_of, with_lines, written

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


class Recovery(Struct):
    """What could be read in spite of syntax errors.

    Attributes:
        walked: The data; None where nothing could be read.
        text: What was read in the end: the lines of the file, some of them mended or left out.
        remarks: The syntax errors.
        lost: The lines on which a part began that was left out.
        mended: How often each line was mended.
    """

    walked: Walked | None
    text: str
    remarks: list[Remark]
    lost: set[int]
    mended: Counter[int]


def recover(text: str, trouble: Trouble) -> Recovery:
    """Read as much of a text as can be read, after a first trouble with it."""
    recovery = Recovery(None, text, [], set(), Counter())
    read = len(text)
    for _ in range(ROUNDS):
        if not _get_past(recovery, trouble) or read > MAX_READ:
            break
        try:
            recovery.walked = walk(recovery.text)
            break
        except Trouble as next_one:
            trouble = next_one
        read += 3 * len(text)  # a round reads to judge mends, and to go on
    return recovery


def _get_past(recovery: Recovery, trouble: Trouble) -> bool:
    """Take note of a trouble and mend or leave out what caused it; False where that fails."""
    rule = trouble.remark.rule
    if rule == "control-character":
        recovery.remarks += _forbidden(recovery.text)
        recovery.text = _FORBIDDEN.sub("\ufffd", recovery.text)
        return True
    if not may_be_slip(trouble):
        recovery.remarks.append(trouble.remark)
        return False
    slip, mended = diagnose(recovery.text, trouble)
    remark = slip.remark if rule == "yaml" else replace(slip.remark, rule=rule)
    if remark not in recovery.remarks:
        recovery.remarks.append(remark)
    if mended is not None and all(recovery.mended[line] < OFTEN for line in slip.mended):
        recovery.text = mended
        recovery.mended.update(slip.mended.keys())
        return True
    lines = lines_of(recovery.text)
    part = part_around(lines, min(remark.at[0], len(lines) - 1), recovery.lost)
    if rule != "yaml" or part is None:
        return False
    recovery.lost.add(part.start)
    recovery.text = with_lines(recovery.text, left_out(lines, part))
    return True


def _forbidden(text: str) -> list[Remark]:
    remarks: list[Remark] = []
    for number, line in enumerate(lines_of(text)):
        found = _FORBIDDEN.search(line)
        if found is not None and len(remarks) < ROUNDS:
            remarks.append(
                Remark(
                    (number, found.start()),
                    "control-character",
                    "The file holds a character that cannot be shown.",
                    "Delete it; it may be invisible in your editor.",
                )
            )
    return remarks


def part_around(lines: Sequence[str], line: int, lost: set[int]) -> range | None:
    """The lines of the smallest part around a line that a file can do without.

    That is a step, a question or a claim; and where the trouble stays, all under a top key.
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
    first = next((n for n in range(section + 1, line + 1) if not written(lines[n]).blank), line)
    column = written(lines[first]).indent
    start = next(
        (n for n in range(line, section, -1) if _begins(lines[n], column)),
        None,
    )
    return None if start is None else range(start, _end(lines, start, column))


def _is_section(line: str) -> bool:
    """Tell whether steps, questions of a quiz, or claims of a source stand below a line."""
    look = written(line)
    return look.key == "questions" or (look.key in ("steps", "claims") and look.indent == 0)


def _begins(line: str, column: int) -> bool:
    look = written(line)
    return look.indent == column and not look.blank


def _end(lines: Sequence[str], start: int, column: int) -> int:
    for number in range(start + 1, len(lines)):
        look = written(lines[number])
        if look.indent <= column and not look.blank:
            return number
    return len(lines)


def left_out(lines: Sequence[str], part: range) -> dict[int, str]:
    """The lines of a part as they read when it is left out."""
    first = written(lines[part.start])
    kept = dict.fromkeys(part, "")
    begun = "- " if first.dashes else f"{lines[part.start][first.key_at : first.value_at].strip()} "
    kept[part.start] = f"{first.margin}{begun}{LEFT_OUT}"
    return kept
