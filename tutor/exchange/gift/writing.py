"""Questions as GIFT.

Each text stands on one line, so that none can begin with `//`, which would make it a comment.
Every question names its format (Markdown) and carries its id and its tags in a comment, where
Moodle looks for them.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from tutor.course.model.course import Course, Lesson
from tutor.exchange.conversion import Exported
from tutor.exchange.moodle.bank import FULL, NOTHING, Answer, Entry
from tutor.exchange.moodle.text_formats import BLANK
from tutor.exchange.moodle.to_moodle import POINTS_TAG
from tutor.exchange.moodle.write_bank import BankFormat, WrittenQuestion, write_bank
from tutor.exchange.qti.xml import legal

_SIGNS = re.compile(r"[\\~=#{}:]")
ARROW, DRAWN = "->", "→"
# A text that begins so would be taken for a format or a weight.
_TAKEN = re.compile(r"%|\[(?:html|markdown|plain|moodle)\]")


def gift(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write the questions of lessons as GIFT.

    Args:
        course: The course, whose title names the outer category.
        lessons: The lessons, in order; each gets a category, its practice questions one below it.
    """
    bank = write_bank(course, lessons, BankFormat((), _category, _question))
    # Moodle keeps no sign that it could not give out again, as XML.
    return Exported(legal("\n\n".join(bank.pieces)) + "\n", bank.left_out)


def _category(path: tuple[str, ...]) -> str:
    return "$CATEGORY: " + "/".join(name.replace("/", "//") for name in path)


def _question(entry: Entry) -> WrittenQuestion:
    """An entry as a block of lines, or why GIFT cannot hold it."""
    match entry.kind:
        case "ordering":
            return WrittenQuestion(None, ("GIFT has no questions to put in order",))
        case "cloze" if len(entry.gaps) > 1:
            return WrittenQuestion(None, ("GIFT has no texts with several gaps",))
        case "matching":
            return _matching(entry)
        case "shortanswer":
            return _short_answer(entry)
        case "cloze":
            return _missing_word(entry)
        case "multichoice":
            return WrittenQuestion(_block(entry, _options(entry.answers, single=entry.single)))
        case "truefalse":
            return WrittenQuestion(_block(entry, [_true_false(entry)]))
        case "numerical":
            return WrittenQuestion(
                _block(entry, ["#", *(_number(answer) for answer in entry.answers)])
            )
        case _:
            return WrittenQuestion(_block(entry, []))


def _block(entry: Entry, answers: Sequence[str], after: str = "") -> str:
    """The lines of a question; `after` is the text behind the answers."""
    told = [f"####{_text(entry.explanation)}"] if entry.explanation else []
    inside = [*answers, *told]
    if len(inside) > 1:
        body = "{" + "".join(f"\n\t{line}" for line in inside) + "\n}"
    else:
        body = "{" + "".join(inside) + "}"
    if answers[:1] == ["#"]:
        body = body.replace("{\n\t#", "{#", 1)
    points = (f"{POINTS_TAG}{entry.points:f}",) if entry.points != 1 else ()
    marks = [f"[id:{entry.id}]", *(f"[tag:{tag}]" for tag in (*entry.tags, *points))]
    stem = f"::{_escaped(entry.name)}::[markdown]{_escaped(entry.stem)}"
    return f"// {' '.join(marks)}\n{stem}{body}{_escaped(after)}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _text(text: str) -> str:
    """A text inside the braces, its format named where it could be taken for something else."""
    return ("[markdown]" if _TAKEN.match(text) else "") + _escaped(text)


def _told(feedback: str) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _percent(percent: Decimal) -> str:
    return f"%{percent.normalize():f}%"


def _options(answers: Sequence[Answer], *, single: bool) -> list[str]:
    lines = []
    for answer in answers:
        if single:
            sign = "=" if answer.percent == FULL else "~"
        else:
            sign = f"~{_percent(answer.percent)}" if answer.percent != NOTHING else "~"
        lines.append(f"{sign}{_text(answer.text)}{_told(answer.feedback)}")
    return lines


def _true_false(entry: Entry) -> str:
    """The answer, what is said to a wrong one, and what to a right one."""
    right = next(answer for answer in entry.answers if answer.percent == FULL)
    wrong = next(answer for answer in entry.answers if answer.percent != FULL)
    told = _told(wrong.feedback) or ("#" if right.feedback else "")
    return right.text.upper() + told + _told(right.feedback)


def _number(answer: Answer) -> str:
    weight = "" if answer.percent == FULL else _percent(answer.percent)
    tolerance = "" if Decimal(answer.tolerance) == 0 else f":{answer.tolerance}"
    return f"={weight}{answer.text}{tolerance}{_told(answer.feedback)}"


def _accepted(answers: Sequence[Answer]) -> list[str]:
    lines = []
    for answer in answers:
        weight = "" if answer.percent == FULL else _percent(answer.percent)
        lines.append(f"={weight}{_text(answer.text)}{_told(answer.feedback)}")
    return lines


def _short_answer(entry: Entry) -> WrittenQuestion:
    answers, remarks = _without_arrows(entry.answers)
    if not any(answer.percent == FULL for answer in answers):
        return WrittenQuestion(None, (f"GIFT cannot hold an answer with {ARROW} in it",))
    return WrittenQuestion(_block(entry, _accepted(answers)), remarks)


def _missing_word(entry: Entry) -> WrittenQuestion:
    """A text with one gap: what stands behind the braces makes it one."""
    gap = entry.gaps[0]
    before, after = entry.pieces
    # A text that begins with its gap stands apart from the stem, too.
    stem = f"{entry.stem}\n\n{before}" if entry.stem else before
    remarks: tuple[str, ...] = ()
    if gap.choices:
        answers = list(gap.answers)
        lines = _options(answers, single=True)
        remarks = ("its words to choose from make it a choice in GIFT",)
    else:
        answers, remarks = _without_arrows(gap.answers)
        lines = _accepted(answers)
    if not any(answer.percent == FULL for answer in answers):
        return WrittenQuestion(None, (f"GIFT cannot hold an answer with {ARROW} in it",))
    if not after.strip():
        stem += BLANK
        remarks = (*remarks, "its gap ends the text, which makes it a short answer in GIFT")
    return WrittenQuestion(_block(replace(entry, stem=stem), lines, after), remarks)


def _without_arrows(answers: Sequence[Answer]) -> tuple[list[Answer], tuple[str, ...]]:
    """GIFT cannot escape an arrow, and takes short answers that hold one for pairs to match."""
    kept = [answer for answer in answers if ARROW not in answer.text]
    remarks: tuple[str, ...] = ()
    if len(kept) < len(answers):
        remarks += (f"without the answers that hold {ARROW}, which GIFT takes for a matching",)
    if any(ARROW in answer.feedback for answer in kept):
        remarks += (f"{ARROW} in its feedback is written {DRAWN}",)
    return [replace(answer, feedback=_drawn(answer.feedback)) for answer in kept], remarks


def _drawn(text: str) -> str:
    return text.replace(ARROW, DRAWN)


def _matching(entry: Entry) -> WrittenQuestion:
    lines = [f"={_text(_drawn(left))} -> {_escaped(right)}" for left, right in entry.pairs]
    remarks: tuple[str, ...] = ()
    if any(ARROW in left for left, _ in entry.pairs):
        remarks += (f"{ARROW} on its left sides is written {DRAWN}",)
    return WrittenQuestion(_block(entry, lines), remarks)
