"""Warnings about texts that learners do not see as their author may have meant them."""

import re
from collections.abc import Iterator
from itertools import groupby

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.text_index import BETWEEN_TEXTS, passages
from tutor.course.model.markdown.blocks import Block, blocks, cells_of
from tutor.course.model.markdown.plain import picture, plain_line
from tutor.course.model.markdown.source import without_code
from tutor.course.model.markdown.spans import LINK
from tutor.course.model.questions import Gaps, Question
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import visible

# Keys whose texts are compared or named, and not read as Markdown.
_AS_TYPED = frozenset("answer answers bank may_begin_with unit title columns groups".split())  # noqa: SIM905
_SPOKEN = frozenset(("explanation", "feedback", "hints"))
_MAY_HOLD = re.compile(r"</?[A-Za-z]|<!--|~~|\$|\\[(\[]")
_INSTEAD = {
    "b": "Write `**bold**`.",
    "strong": "Write `**bold**`.",
    "i": "Write `*italic*`.",
    "em": "Write `*italic*`.",
    "sub": "Write `H~2~O`.",
    "sup": "Write `x^2^`.",
    "code": "Put code between backticks.",
    "pre": "Put code on lines of its own, between two lines of three backticks.",
    "br": "Begin a new line, after two spaces or a backslash.",
    "p": "An empty line begins a new paragraph.",
    "li": "Begin each entry of a list with `- `.",
    "img": "Say in words what is to be seen.",
}
_TAG = re.compile(
    r"</?(a|b|br|code|div|em|font|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|td|th|tr|u|ul)"
    r"(?:\s[^<>]{0,200})?/?>"
)
_STROKE = re.compile(r"(?<![\\~])~~(?=[^\s~])[^~\n]{1,200}~~(?!~)")
_PICTURE = re.compile(rf"(?<!\\)!{LINK}")
_ALONE = frozenset(("br", "hr", "img", "p"))
_SHOWN = 40
_COMMENT = re.compile(r"<!--(?:[^\n]{0,40}?-->)?")
_LIKE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
# A pattern that begins with a sign is quick.
_BLANK = re.compile(rf"{BETWEEN_TEXTS}\s*{BETWEEN_TEXTS}")
_COMPARED = frozenset(("answers", "bank"))
_RAISED_OR_LOWERED = re.compile(r"\w<(su[bp])>[^<>]{1,20}</\1>")
_MARKS_A_GAP = re.compile(r"[\^~$]")
_GAP_IN_MARKUP = re.compile(
    r"[\w)]{1,20}+\^\{\{[^{}]*\}\}\^?|[\w)]{1,20}+~\{\{[^{}]*\}\}~|\$[^$\s{]{1,60}[_^]\{\{[^{}]*\}\}"
)


def shown_as_typed(subject: LessonSubject) -> Iterator[Violation]:
    """Learners see no markup.

    Texts are Markdown, and simple formulas. HTML, strokes through words, and formulas that fit no
    line of text are shown as they are typed. What is meant as code stands between backticks.

    Poor: Water is H<sub>2</sub>O.
    Better: Water is H~2~O.
    """
    for at, text in _markdown(subject):
        bare = without_code(text)
        for name, found in _tags(bare):
            yield Violation(
                at,
                f"`{found[0][:_SHOWN]}` is HTML, and is shown as it is typed.",
                _INSTEAD.get(name, "Take it out, or put it between backticks if it is code."),
                offset=found.start(),
            )
        if comment := _COMMENT.search(bare):
            yield Violation(
                at,
                f"`{comment[0]}` is a comment in HTML, and learners see it.",
                "Take it out. A note to yourself begins with `#`, on a line outside of the text.",
                offset=comment.start(),
            )
        if stroke := _STROKE.search(bare):
            yield Violation(
                at,
                f"`{stroke[0][:_SHOWN]}` strikes nothing out: it is shown as it is typed.",
                "Say it in words.",
                offset=stroke.start(),
            )
        yield from _formulas(at, text, bare)
    for at, question in subject.draft.all_questions():
        if (
            type(question) is Gaps
            and _MARKS_A_GAP.search(question.text)
            and (torn := _GAP_IN_MARKUP.search(without_code(question.text)))
        ):
            yield Violation(
                (*at, "text"),
                f"`{torn[0][:_SHOWN]}` is shown as it is typed: a gap is no part of markup.",
                "Put all of it into the gap: {{10^8^}}, or have the gap stand by itself.",
                offset=torn.start(),
            )


def _markdown(subject: LessonSubject) -> Iterator[tuple[KeyPath, str]]:
    """The texts that may hold what these rules look for."""
    found = passages(subject.draft.document)
    # A sign is sought at a tenth of the cost of a pattern.
    if not _holds_a_sign(found.together):
        return
    for at, text in found.texts:
        if ("<" in text and _key_of(at) in _COMPARED and _RAISED_OR_LOWERED.search(text)) or (
            _holds_a_sign(text) and _MAY_HOLD.search(text) and _key_of(at) not in _AS_TYPED
        ):
            yield at, text


def _holds_a_sign(text: str) -> bool:
    return "<" in text or "$" in text or "\\" in text or "~~" in text


def _key_of(at: KeyPath) -> str:
    return next((part for part in reversed(at) if isinstance(part, str)), "")


def _tags(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The first tag of each kind that stands there as one: closed, or one that never is."""
    if "<" not in text:
        return
    tags = list(_TAG.finditer(text))
    closed = {tag[1] for tag in tags if tag[0].startswith("</")} | _ALONE
    first = {tag[1]: tag for tag in reversed(tags) if tag[1] in closed}
    yield from first.items()


def _formulas(at: KeyPath, text: str, bare: str) -> Iterator[Violation]:
    if "$" not in text and "\\" not in text:
        return
    from tutor.course.model.markdown.formula_search import formulas  # few texts hold any

    for start, end, said in formulas(bare):
        if said is None:
            yield Violation(
                at,
                f"`{text[start:end][:_SHOWN]}` fits no line of text, and is shown as it is typed.",
                "Write it with simpler commands, or in words.",
                offset=start,
            )


def unseen_picture(subject: LessonSubject) -> Iterator[Violation]:
    """Nothing depends on a picture.

    A terminal shows none: in its place stand the words between its brackets. Say there, or in the
    text, what is to be seen.

    Poor: ![](https://example.org/tides.png)
    Better: ![A curve with two high tides a day](https://example.org/tides.png)
    """
    for at, text, _ in passages(subject.draft.document).linked:
        if "![" in text and _key_of(at) not in _AS_TYPED:
            for found in _PICTURE.finditer(without_code(text)):
                shown = picture(plain_line(text[slice(*found.span(1))]))
                yield Violation(
                    at,
                    f"No terminal shows a picture: learners see “{shown}”.",
                    "Say in words what is to be seen.",
                    offset=found.start(),
                )


def unclosed_code(subject: LessonSubject) -> Iterator[Violation]:
    """Code ends with the signs that it began with.

    Three backticks open code, and everything below is shown as code until three backticks stand on
    a line of their own again.
    """
    for at, text in _with(subject, "```", "~~~"):
        *_, last = blocks(text, "text") or (None,)
        if last is None or not last.fenced:
            continue
        sign = text[last.starts[0] :].lstrip()[:3]
        end = text.rstrip().rpartition("\n")[2].lstrip()
        if not end.startswith(sign) or end.strip(sign[:1]):
            yield Violation(
                at,
                "The code that begins here is never closed: all below it is shown as code.",
                f"Put a line {sign} where it ends.",
                offset=last.starts[0],
            )


def torn_table(subject: LessonSubject) -> Iterator[Violation]:
    """A table shows all that is written into it.

    Below the line of its head a table has a line of dashes, and no row has more cells than the
    head. A `|` parts cells also within code; where it is meant as a sign, write it as `\\|`.

    Poor: | A or B | `a|b` |
    Better: | A or B | `a\\|b` |
    """
    for at, text in _with(subject, "|"):
        found = blocks(text, "text")
        for table in found:
            if table.kind == "table":
                yield from _rows_too_long(at, table)
        for like_a_row, run in groupby(found, _is_like_a_row):
            head, *rows = run if like_a_row else [None]
            if head is not None and rows:
                yield Violation(
                    at,
                    "These lines look like a table, and are shown as they are typed.",
                    f"Put below the first of them: |{' --- |' * len(cells_of(head.lines[0]))}",
                    offset=head.starts[0],
                )


def _is_like_a_row(block: Block) -> bool:
    """Tell whether a paragraph is a line between two strokes."""
    return block.kind == "text" and _LIKE_ROW.fullmatch(block.lines[0]) is not None


def _rows_too_long(at: KeyPath, table: Block) -> Iterator[Violation]:
    columns = len(cells_of(table.lines[0]))
    for row, start in zip(table.lines[2:], table.starts[2:], strict=True):
        cells = cells_of(row)
        if len(cells) > columns:
            yield Violation(
                at,
                f"`{cells[columns][:_SHOWN]}` is not shown: the row has {len(cells)} cells, the "
                f"head of the table {columns}.",
                "Where a `|` is meant as a sign, also in code, write it as `\\|`.",
                offset=start,
            )


def _with(subject: LessonSubject, *signs: str) -> Iterator[tuple[KeyPath, str]]:
    """The texts of several lines that hold one of these signs."""
    found = passages(subject.draft.document)
    if any(sign in found.together for sign in signs):
        for at, text in found.texts:
            there = "\n" in text and any(sign in text for sign in signs)
            if there and _key_of(at) not in _AS_TYPED:
                yield at, text


def empty_text(subject: LessonSubject) -> Iterator[Violation]:
    """What is said to learners says something.

    An explanation, feedback or a hint that is empty, or holds nothing that can be seen, leaves a
    learner with a heading and nothing below it; so does a step without its text, or an empty cell.
    """
    together = passages(subject.draft.document).together
    if _BLANK.search(f"{BETWEEN_TEXTS}{together}{BETWEEN_TEXTS}"):
        yield from _empty_in_steps(subject)
    for at, text in passages(subject.draft.document).spoken:
        seen = text if text.isascii() else visible(text)
        if (not seen or seen.isspace()) and _key_of(at) in _SPOKEN:
            yield Violation(
                at, "There is nothing to be seen in this text.", "Write it, or take it out."
            )


def _empty_in_steps(subject: LessonSubject) -> Iterator[Violation]:
    steps = {at for at, step in subject.draft.steps if not isinstance(step, Question)}
    for at, text in passages(subject.draft.document).texts:
        if at[:2] in steps and not text.strip():
            remedy = "Write it, or take it out."
            if _key_of(at) == "cells":
                remedy = "Write `~` for a cell about which the source says nothing."
            yield Violation(at, "There is nothing to be seen in this text.", remedy)


WARNINGS: tuple[Rule[LessonSubject], ...] = (
    shown_as_typed,
    unclosed_code,
    torn_table,
    unseen_picture,
    empty_text,
)
