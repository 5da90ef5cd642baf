"""Aiken, both ways: questions as plain text, with lettered options of which one is right.

A question is one line or a few; each option stands on a line that begins with its letter; a line
`ANSWER: B` ends the question. Nothing in it is markup.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from tutor.course.model.course import Course, Lesson
from tutor.course.model.markdown.blocks import Block, Kind, blocks
from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import MAX_PARTS
from tutor.errors import CannotRead
from tutor.exchange.conversion import Exported, Imported
from tutor.exchange.format import Format, Likeness, Sample, text_of, with_plain_lines
from tutor.exchange.moodle.bank import FULL, Entry, Unreadable
from tutor.exchange.moodle.options import Choosable, choice_or_statement
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming
from tutor.exchange.moodle.write_bank import BankFormat, WrittenQuestion, write_bank
from tutor.phrases import joined

_OPTION = re.compile(r"([A-Za-z])[.)](?:[ \t]+(.*)|)$")
_ANSWER = re.compile(r"(?:CORRECT[ \t]+)?ANSWERS?[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
_TOLD = re.compile(r"(?:FEEDBACK|EXPLANATION)[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
_LETTER = re.compile(r"\b[A-Z]\b", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z](?:(?:[ \t]*[,;&+/][ \t]*|[ \t]+(?:and[ \t]+)?)[A-Z])*", re.IGNORECASE)
_OWN_SIGNS = re.compile(rf"{_OPTION.pattern}|{_ANSWER.pattern}|{_TOLD.pattern}", re.IGNORECASE)
_WHITE = " \t"
_HARD_SPACE = "\u00a0"
"""Stands before a line that would be taken for an option: it is shown as nothing."""


class _Draft:
    """A question as far as it has been read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.stem: list[str] = []
        self.options: list[tuple[str, list[str]]] = []
        self.answer: str | None = None
        self.told: list[str] = []

    def entry(self) -> Entry:
        """The question.

        Raises:
            Unreadable: It lacks something.
        """
        if self.answer is None:
            raise Unreadable("no line ANSWER: says which of its options is right")
        if not self.options:
            raise Unreadable("it has no options, lines that begin with A. or A)")
        if len(self.options) > MAX_PARTS:
            raise Unreadable(f"it has more than {MAX_PARTS} options")
        texts = [_literal(lines, "item") for _, lines in self.options]
        right = self._right()
        stem, told = _literal(self.stem), _literal(self.told)
        if not stem:
            raise Unreadable("it has no text")
        options = [Choosable(text, number in right) for number, text in enumerate(texts)]
        asked = choice_or_statement(options)
        return Entry(stem=stem, explanation=told, line=self.line, **asked)

    def _right(self) -> list[int]:
        named = (self.answer or "").strip().rstrip(".)")
        with_text = _OPTION.match(named)
        named = with_text[1] if with_text else named
        if not _LETTERS.fullmatch(named):
            raise Unreadable(f"its ANSWER: is {named[:40]!r}, and not the letter of an option")
        letters = [letter.upper() for letter, _ in self.options]
        said = [one.upper() for one in _LETTER.findall(named)]
        for letter in said:
            if letter not in letters:
                raise Unreadable(f"its ANSWER: names {letter}, and it has no such option")
        return [letters.index(letter) for letter in said]


def _literal(lines: Iterable[str], kind: Kind = "text") -> str:
    """Lines that mean themselves."""
    kept = [line.strip(_WHITE + _HARD_SPACE) for line in lines]
    return incoming("\n".join(kept).strip(), "plain", kind)


def read_aiken(text: str) -> Imported:
    """Read Aiken as a lesson.

    Raises:
        CannotRead: It holds no question that can be read.
    """
    bank = Bank()
    for draft in _drafts(text):
        name = " ".join(draft.stem) or " ".join(line for _, o in draft.options for line in o)
        bank.take(draft.line, name, draft.entry)
    if not bank:
        raise CannotRead(
            "From line 1 on, this file holds no question in Aiken.",
            "In Aiken a question is a line of text, lines `A. …`, `B. …`, and `ANSWER: A`.",
        )
    return bank.lesson()


def _drafts(text: str) -> Iterator[_Draft]:
    """Take a file apart: after its answer, or after a gap behind its options, a question ends."""
    draft: _Draft | None = None
    gap = False
    for number, raw in enumerate(with_plain_lines(text).split("\n"), 1):
        line = raw.strip(_WHITE)
        if not line:
            gap = True
            continue
        if draft is not None and _ends(draft, line, gap=gap):
            yield draft
            draft = None
        draft = draft or _Draft(number)
        _add(draft, line)
        gap = False
    if draft is not None:
        yield draft


def _ends(draft: _Draft, line: str, *, gap: bool) -> bool:
    """Whether a line begins another question."""
    if draft.answer is not None:
        return _TOLD.match(line) is None
    if _OPTION.match(line) or _ANSWER.match(line):
        return False
    # A text in several paragraphs belongs together; what comes behind options does not.
    return gap and bool(draft.options)


def _add(draft: _Draft, line: str) -> None:
    told, answer, option = _TOLD.match(line), _ANSWER.match(line), _OPTION.match(line)
    if draft.answer is not None and told:
        draft.told.append(told[1])
    elif answer:
        draft.answer = answer[1]
    elif option and draft.stem:
        draft.options.append((option[1], [option[2] or ""]))
    elif draft.options:
        draft.options[-1][1].append(line)
    else:
        draft.stem.append(line)


def aiken(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write the questions of lessons as Aiken.

    Returns:
        The text, and what it could not carry.
    """
    bank = write_bank(course, lessons, BankFormat((), lambda _: "", _question, for_moodle=False))
    return Exported("\n".join(piece for piece in bank.pieces if piece), bank.left_out)


def _question(entry: Entry) -> WrittenQuestion:
    match entry.kind:
        case "truefalse":
            options = [Choosable(a.text.title(), a.percent == FULL) for a in entry.answers]
        case "multichoice" if entry.single:
            options = [Choosable(a.text, a.percent == FULL) for a in entry.answers]
        case "multichoice":
            return WrittenQuestion(None, ("Aiken has one right option and no more",))
        case _:
            return WrittenQuestion(None, ("Aiken has only questions with options",))
    if len(options) > len(ascii_uppercase):
        return WrittenQuestion(None, ("Aiken has no more letters than A to Z",))
    lines = [_with_hard_space(plain_line(entry.stem))]
    for letter, option in zip(ascii_uppercase, options, strict=False):
        lines.append(f"{letter}. {plain_item_line(option.text)}")
        if option.right:
            answer = f"ANSWER: {letter}"
    return WrittenQuestion("\n".join([*lines, answer, ""]), tuple(_lost(entry)))


def _with_hard_space(stem: str) -> str:
    return f"{_HARD_SPACE}{stem}" if _OWN_SIGNS.match(stem) else stem


def _lost(entry: Entry) -> Iterator[str]:
    there = set(map(_shape, blocks(entry.stem, "text")))
    flat = [name for name in _SHAPES if name in there]
    if flat:
        yield f"its {joined(flat)} is run into one line, for Aiken has no other"
    if entry.explanation:
        yield "its explanation is left out"
    if any(answer.feedback for answer in entry.answers):
        yield "what is said to an option is left out"
    if entry.tags:
        yield f"{', '.join(entry.tags)} is left out, for Aiken has no tags"


_SHAPES = ("table", "list", "numbered list", "code")


def _shape(block: Block) -> str:
    """What a block is called, the entry of a list by its list."""
    sign = block.lead.strip()
    if sign:
        return "numbered list" if sign[-1] in ".)" else "list"
    return block.kind


def _likeness(seen: Sample) -> Likeness:
    lines = [line.strip(_WHITE) for line in seen.text.split("\n")]
    answers = [answer[1] for answer in map(_ANSWER.match, lines) if answer]
    optional = any(map(_OPTION.match, lines))
    answered = any(map(_LETTER.match, answers))
    return Likeness.CERTAIN if answered and optional else Likeness.NONE


FORMAT = Format(
    name="aiken",
    title="Aiken",
    likeness=_likeness,
    read=lambda raw: read_aiken(text_of(raw)),
    write=aiken,
)
