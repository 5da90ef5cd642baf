"""Lists of boxes, of which the ticked ones are right: mkdocs-quiz, quizdown, and plain task lists.

mkdocs-quiz puts each question between `<quiz>` and `</quiz>`; what follows its list is said after
the answer. In quizdown a heading asks, a quotation below it is a hint, one below an option its
feedback, and a numbered list without boxes is to be put in order. Words between questions are steps
to read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.questions import MAX_PARTS
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.moodle.bank import Answer, Entry, Gap, Unreadable
from tutor.exchange.moodle.options import Choosable, choice_of, typed
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming, left_behind, left_in_markdown

BOX = re.compile(r"^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX]?)\](?:[ \t]+|$)", re.MULTILINE)
TICKED = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[xX]\][ \t]", re.MULTILINE)

_OPENS = re.compile(r"[ \t]*(?:<quiz>|<\?quiz\?>)[ \t]*$")
_CLOSES = re.compile(r"[ \t]*(?:</quiz>|<\?/quiz\?>)[ \t]*$")
_TAGS = re.compile(r"^[ \t]*<(?:quiz|\?quiz\?)>[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TITLE = re.compile(r"#[ \t]+\S")
_NUMBERED = re.compile(r"\d{1,9}[.)][ \t]+(.*)$")
_GAP = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
_RULE = re.compile(r"[ \t]*---+[ \t]*$")
_OLD = re.compile(r"(question|answer|answer-correct|content):[ \t]?(.*)$")
_TOLD = re.compile(r"(?:\*\*|__|_|\*)?(?:explanation|rationale|feedback)\b", re.IGNORECASE)


class Part(Struct, frozen=True):
    """Lines that belong together; `asked` tells a question between tags from the words around."""

    line: int
    lines: list[str]
    asked: bool


class _Option:
    """An option as far as it has been read."""

    def __init__(self, text: str, *, right: bool) -> None:
        self.lines = [text]
        self.right = right
        self.told: list[str] = []

    def choosable(self) -> Choosable:
        return Choosable(_markdown(self.lines, "item"), self.right, _markdown(self.told))


def holds_tags(text: str) -> bool:
    """Tell whether questions stand between tags, as in mkdocs-quiz."""
    return _TAGS.search(text) is not None


def read(text: str) -> Imported:
    """Read a text with lists of boxes as a lesson; `read_markdown_quiz` says more."""
    lines, first = _without_front_matter(text.split("\n"))
    tagged, title = holds_tags(text), ""
    if not tagged:
        lines, first, title = _without_title(lines, first)
    bank = Bank()
    for part in _tagged(lines, first) if tagged else _headed(lines, first):
        if not any(line.strip() for line in part.lines) and not part.asked:
            continue
        name = next((line for line in part.lines if line.strip()), "").lstrip("# ")
        bank.take(part.line, name, _entry, part)
    if bank.only_tells():
        raise CannotRead(
            "From line 1 on, this file holds no list of options in boxes.",
            "In Markdown a question has a list with `- [x]` before what is right, `- [ ]` before "
            "what is wrong.",
        )
    return bank.lesson(title)


def _without_front_matter(lines: list[str]) -> tuple[list[str], int]:
    """The lines behind settings that stand at the beginning, and the number of the first."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:200], 2):
            if line.strip() in ("---", "..."):
                return lines[number:], number + 1
    return lines, 1


def _without_title(lines: list[str], first: int) -> tuple[list[str], int, str]:
    """The lines below the title of a whole file, the number of the first, and the title.

    The only heading of its level is one, at the top, if something else asks: several questions
    stand below it, and not at once its own options.
    """
    at = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not lines or not _TITLE.match(lines[at]) or lines[at].rstrip("# ").endswith("?"):
        return lines, first, ""
    below = lines[at + 1 :]
    marks = _marks(below)
    alone = not any(_TITLE.match(below[n]) for n, mark in marks if mark == "heading")
    next_line = next((line for line in below if line.strip()), "")
    several = _boxed_runs(below) > 1 and not BOX.match(next_line)
    if alone and (several or marks[:1] == [(min(_begin(below), default=-1), "number")]):
        return below, first + at + 1, _heading_text(lines[at])
    return lines, first, ""


def _boxed_runs(lines: Sequence[str]) -> int:
    """How many lists of boxes there are, each parted from the next by a line of words."""
    runs, inside = 0, False
    for line in lines:
        if BOX.match(line):
            runs, inside = runs + (not inside), True
        elif line.strip() and not line.startswith((" ", "\t", ">")):
            inside = False
    return runs


def _marks(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Where a text outside of code has a heading, a number or a box, in order."""
    found: list[tuple[int, str]] = []
    fence = ""
    for number, line in enumerate(lines):
        inside, fence = fence, _fence_after(fence, line)
        if inside:
            continue
        if BOX.match(line):
            found.append((number, "box"))
        elif _HEADING.match(line):
            found.append((number, "heading"))
        elif _NUMBERED.match(line):
            found.append((number, "number"))
    return found


def _begin(lines: Sequence[str]) -> set[int]:
    """The numbered lines that ask: boxes come below them, and no other number just before."""
    marks = [(-1, ""), *_marks(lines)]
    return {
        at
        for (_, before), (at, mark), (_, after) in zip(marks, marks[1:], marks[2:], strict=False)
        if mark == "number" and before != "number" and after == "box"
    }


def _tagged(lines: Sequence[str], first: int) -> Iterator[Part]:
    """The questions between tags, and the words between questions.

    A quiz that stands further in, as in a tab or a box of MkDocs, is read as if it did not. One in
    code is an example of how to write it, unless all are.
    """
    margin, fenced = "", _in_code(lines)
    if not any(_OPENS.match(line) and not code for line, code in zip(lines, fenced, strict=True)):
        fenced = [False] * len(lines)
    part = Part(first, [], asked=False)
    for number, (line, code) in enumerate(zip(lines, fenced, strict=True), first):
        opens = not part.asked and not code and _OPENS.match(line)
        if opens or (part.asked and _CLOSES.match(line)):
            if part.asked or any(each.strip() for each in part.lines):
                yield part
            margin = line[: len(line) - len(line.lstrip())] if opens else ""
            part = Part(number + 1, [], asked=bool(opens))
        else:
            part.lines.append(line.removeprefix(margin))
    if part.asked or any(each.strip() for each in part.lines):
        yield part


def _in_code(lines: Sequence[str]) -> list[bool]:
    """Which lines stand in code between fences."""
    fence, inside = "", []
    for line in lines:
        inside.append(bool(fence))
        fence = _fence_after(fence, line)
    return inside


def _headed(lines: Sequence[str], first: int) -> Iterator[Part]:
    """Parts of a text without tags: each begins at a heading, or with words behind a list."""
    part = Part(first, [], asked=False)
    boxed = gap = False
    fence = ""
    numbered = {at + first for at in _begin(lines)}
    for number, line in enumerate(lines, first):
        fence = _fence_after(fence, line)
        outside = not fence and line.strip() and not line.startswith((" ", "\t"))
        behind = (
            boxed and gap and not (BOX.match(line) or line.startswith(">") or _TOLD.match(line))
        )
        if outside and (_HEADING.match(line) or behind or number in numbered):
            yield part
            part, boxed = Part(number, [], asked=False), False
        part.lines.append(line)
        boxed = boxed or (not fence and BOX.match(line) is not None)
        gap = not line.strip()
    yield part


def _fence_after(fence: str, line: str) -> str:
    """The fence of the code that is open behind a line."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not line.strip().strip(fence[0]) else fence


def _entry(part: Part) -> Entry:
    """A part as a question, or as a step to read."""
    lines = part.lines
    if part.asked and any(_OLD.match(line.strip()) for line in lines):
        return _old(part)
    stem, options, after = _list_of(lines)
    told = [line for line in after if not _RULE.match(line)]
    if options:
        if len(options) > MAX_PARTS:
            raise Unreadable(f"it has more than {MAX_PARTS} options")
        asked, hints = (stem, []) if part.asked else _without_hints(stem)
        entry = Entry(
            **choice_of(option.choosable() for option in options),
            stem=_question(asked),
            hints=tuple(filter(None, [_markdown(_without_quote_signs(hints))])),
            explanation=_markdown(told if part.asked else _without_quote_signs(told)),
            line=part.line,
        )
    elif part.asked:
        entry = _gaps(part)
    elif len(listed := _in_order(lines)) > 1 and _HEADING.match(lines[0]):
        at = next(n for n, line in enumerate(lines) if _NUMBERED.match(line))
        asked, hints = _without_hints(lines[:at])
        entry = Entry(
            kind="ordering",
            stem=_question(asked),
            hints=tuple(filter(None, [_markdown(_without_quote_signs(hints))])),
            answers=tuple(Answer(incoming(item, "markdown")) for item in listed),
            line=part.line,
        )
    else:
        entry = _words(part)
    if entry.kind != "description" and not (entry.stem or entry.pieces):
        raise Unreadable("it has no text")
    return replace(entry, remarks=left_in_markdown(["\n".join(lines)]))


def _markdown(lines: Sequence[str], kind: Kind = "text") -> str:
    return incoming("\n".join(lines).strip("\n"), "markdown", kind)


def _heading_text(heading: str) -> str:
    """What a heading says, without its signs."""
    return heading.lstrip("#").strip().rstrip("#").rstrip()


def _question(lines: Sequence[str]) -> str:
    """What is asked: the heading, and what stands below it."""
    kept = list(lines)
    at = next((n for n, line in enumerate(kept) if line.strip()), 0)
    heading = _HEADING.match(kept[at]) if kept else None
    if heading:
        kept[at] = _heading_text(kept[at])
    elif kept and at in _begin([*kept, "- [ ]"]):
        asked = _NUMBERED.match(kept[at])
        assert asked is not None
        # What belongs to an entry of a list stands as far to the right as its text.
        margin = " " * asked.start(1)
        kept = [asked[1], *(line.removeprefix(margin) for line in kept[at + 1 :])]
    return _markdown(kept)


def _list_of(lines: Sequence[str]) -> tuple[list[str], list[_Option], list[str]]:
    """What stands before a list of boxes, its options, and what stands behind it."""
    before: list[str] = []
    options: list[_Option] = []
    after: list[str] = []
    fence, blank = "", False
    for line in lines:
        inside, fence = fence, _fence_after(fence, line)
        box = None if inside else BOX.match(line)
        if after:
            after.append(line)
        elif box:
            options.append(_Option(line[box.end() :], right=box[2] in ("x", "X")))
        elif not options:
            before.append(line)
        elif not line.strip():
            options[-1].lines.append("")
        elif line.startswith((" ", "\t")) or (not blank and not line.startswith(">")):
            _continue(options[-1], line.strip() if not inside else line)
        else:
            after.append(line)
        blank = not line.strip()
    return before, options, after


def _continue(option: _Option, line: str) -> None:
    """What stands below an option: a quotation is its feedback, all else goes on with it."""
    if line.startswith(">"):
        option.told.append(line[1:].removeprefix(" "))
    elif option.told and option.told[-1].strip():
        option.told.append(line)
    else:
        option.lines.append(line)


def _without_hints(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """What asks, and the quotations, which are hints."""
    quoted = [line for line in lines if line.startswith(">")]
    return [line for line in lines if not line.startswith(">")], quoted


def _without_quote_signs(lines: Sequence[str]) -> list[str]:
    return [line[1:].removeprefix(" ") if line.startswith(">") else line for line in lines]


def _in_order(lines: Sequence[str]) -> list[str]:
    """The entries of a numbered list that stands outside of code."""
    listed, fence = [], ""
    for line in lines:
        fence = _fence_after(fence, line)
        found = _NUMBERED.match(line)
        if found and not fence:
            listed.append(found[1])
    return listed


def _gaps(part: Part) -> Entry:
    """A text with words to fill in: `[[word]]`; behind a rule stands what is said afterwards."""
    at = next((n for n, line in enumerate(part.lines) if _RULE.match(line)), len(part.lines))
    pieces = _GAP.split(_markdown(part.lines[:at]))
    if len(pieces) < 3:
        raise Unreadable("it has neither a list of boxes nor a gap such as [[word]]")
    return Entry(
        kind="cloze",
        pieces=tuple(pieces[::2]),
        gaps=tuple(
            Gap(tuple(typed(text.strip()) for text in inside.split("|") if text.strip()))
            for inside in pieces[1::2]
        ),
        explanation=_markdown(part.lines[at + 1 :]),
        line=part.line,
    )


def _old(part: Part) -> Entry:
    """A question as mkdocs-quiz once wrote it, a key before each of its lines."""
    said: list[tuple[str, list[str]]] = []
    for line in part.lines:
        found = _OLD.match(line.strip())
        if found:
            said.append((found[1], [found[2]]))
        elif said:
            said[-1][1].append(line)
    unused: Counter[str] = Counter()
    options = [
        Choosable(incoming("\n".join(lines), "html", "item", unused), name == "answer-correct")
        for name, lines in said
        if name.startswith("answer")
    ]
    asked = choice_of(options)
    texts = {name: incoming("\n".join(lines), "html", unused=unused) for name, lines in said}
    if not texts.get("question"):
        raise Unreadable("it has no text")
    return Entry(
        **asked,
        stem=texts["question"],
        explanation=texts.get("content", ""),
        line=part.line,
        remarks=left_behind(unused),
    )


def _words(part: Part) -> Entry:
    at = next(n for n, line in enumerate(part.lines) if line.strip())
    heading = _HEADING.match(part.lines[at])
    text = _markdown(part.lines[at + 1 :] if heading else part.lines)
    entry = Entry(kind="description", stem=text, line=part.line)
    return replace(entry, name=_markdown([_heading_text(part.lines[at])])) if heading else entry
