"""Anki's cards, read: text files with `#separator:` and packages (.apkg).

A back of one short line is an answer to be typed; a longer one is what learners hold their own
answer against. A note with clozes becomes a text with gaps.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.anki_reading.collection import notes_of
from tutor.exchange.anki_reading.note import Note
from tutor.exchange.archive import Archive
from tutor.exchange.conversion import Imported
from tutor.exchange.format import Likeness, Sample, text_of, with_plain_lines
from tutor.exchange.moodle.bank import (
    GAP_SIGN,
    Entry,
    Gap,
    Loss,
    Unreadable,
    without_gap_sign,
)
from tutor.exchange.moodle.options import typed
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming, left_behind, literal

__all__ = ["likeness", "read_anki"]

COLLECTIONS = ("collection.anki21", "collection.anki2")
COMPRESSED = "collection.anki21b"
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_HEADER = re.compile(r"#([a-z ]+):(.*)")
_SOUND = re.compile(r"\[sound:[^\[\]\n]{0,300}\]|\[anki:[^\[\]\n]{0,300}\]")
_INSIDE = r"(?:(?!\{\{|\}\}|::).)"
_CLOZE = re.compile(
    rf"\{{\{{c(\d{{1,3}})::({_INSIDE}{{1,2000}})(?:::({_INSIDE}{{0,500}}))?\}}\}}", re.DOTALL
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST_TYPED = 60
_OWN_TAGS = ("marked", "leech")
_MOST_COLUMNS = 100


def read_anki(raw: bytes) -> Imported:
    """Read cards of Anki as a lesson.

    Args:
        raw: A text file for its import, or a package.

    Raises:
        CannotRead: It is neither, or holds no card that can be read.
    """
    notes = _packed(raw) if raw.startswith(b"PK") else _listed(text_of(raw))
    bank = Bank()
    unread: Counter[str] = Counter()
    for note in notes:
        unread.update(note.others)
        bank.take(note.line, one_line(note.front), _entry, note)
    if not bank:
        raise CannotRead("There is no card in this file.", "Export a deck with notes in it.")
    further = [f"The field “{name}”, filled {count:,} times." for name, count in unread.items()]
    return bank.lesson(further=further)


def _packed(raw: bytes) -> Iterable[Note]:
    archive = Archive(raw)
    if COMPRESSED in archive.names:
        raise CannotRead(
            "This package is in Anki's newest form, which cannot be read here.",
            "Export it again with “Support older Anki versions”, or the notes as plain text.",
        )
    name = next((name for name in COLLECTIONS if name in archive.names), None)
    if name is None:
        raise CannotRead("This is no package of Anki: it holds no collection.")
    return notes_of(archive.read(name))


def _listed(text: str) -> Iterator[Note]:
    """The notes of a text file; lines that begin with # say how it is written."""
    headers: dict[str, str] = {}
    lines = with_plain_lines(text).split("\n")
    first = 0
    while first < len(lines) and (found := _HEADER.match(lines[first])):
        headers[found[1]] = found[2].strip()
        first += 1
    named = headers.get("separator", "tab")
    separator = _SEPARATORS.get(named.casefold(), named if len(named) == 1 else "\t")
    aside = {
        int(number) - 1: name.removesuffix(" column")
        for name, number in headers.items()
        if name.endswith(" column") and number.isdigit()
    }
    columns = headers.get("columns", "").split(separator)
    reader = csv.reader(io.StringIO("\n".join(lines[first:])), delimiter=separator)
    line = first + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(cells[:_MOST_COLUMNS], aside, columns, headers, line)
            line = first + reader.line_num + 1
    except csv.Error as error:
        said = f"From line {line} on, this cannot be read as a table: {error}."
        raise CannotRead(said, "Is a quotation mark missing there?") from error


def _row(
    cells: list[str], aside: dict[int, str], columns: list[str], headers: dict[str, str], line: int
) -> Note:
    said = {name: cells[at].strip() for at, name in aside.items() if at < len(cells)}
    fields = [(at, cell) for at, cell in enumerate(cells) if at not in aside]
    others = [
        one_line(columns[at])[:40] if at < len(columns) and columns[at] else f"column {at + 1}"
        for at, cell in fields[2:]
        if cell.strip()
    ]
    return Note(
        front=fields[0][1] if fields else "",
        back=fields[1][1] if len(fields) > 1 else "",
        html=headers.get("html", "false").casefold() == "true",
        deck=said.get("deck") or headers.get("deck", ""),
        tags=tuple(f"{headers.get('tags', '')} {said.get('tags', '')}".split()),
        others=tuple(others),
        line=line,
    )


def _entry(note: Note) -> Entry:
    """A note as an entry.

    Raises:
        Unreadable: It has no front, or no back.
    """
    unused: Counter[str] = Counter()
    sounds = len(_SOUND.findall(note.front)) + len(_SOUND.findall(note.back))
    written_in = "html" if note.html else "plain"
    front, back = (_SOUND.sub("", text) for text in (note.front, note.back))
    lost = [Loss("without a recording", "without a recording")] if sounds else []
    common: dict[str, Any] = {
        "category": tuple(part.strip() for part in note.deck.split("::") if part.strip()),
        "tags": tuple(tag for tag in note.tags if tag.casefold() not in _OWN_TAGS),
        "line": note.line,
    }
    if _CLOZE.search(front):
        made = _gaps(front, back, written_in, unused)
    else:
        made = _card(front, back, written_in, unused)
    return Entry(remarks=(*left_behind(unused), *lost), **common, **made)


def _card(front: str, back: str, written_in: str, unused: Counter[str]) -> dict[str, Any]:
    stem = incoming(front, written_in, unused=unused)
    answer = incoming(back, written_in, unused=unused)
    if not stem:
        raise Unreadable("its front has no text")
    if not answer:
        raise Unreadable("its back has no text")
    answered = _as_typed(back, written_in)
    if "\n" in answer or len(answered) > _LONGEST_TYPED:
        return {"kind": "essay", "stem": stem, "wanted": answer}
    return {"kind": "shortanswer", "stem": stem, "answers": (typed(answered),)}


def _as_typed(text: str, written_in: str) -> str:
    """A text as somebody types it."""
    return one_line(literal(_TAG.sub("", text) if written_in == "html" else text, written_in))


def _gaps(front: str, back: str, written_in: str, unused: Counter[str]) -> dict[str, Any]:
    found = list(_CLOZE.finditer(front))
    around = _CLOZE.sub(GAP_SIGN, without_gap_sign(front))
    pieces = incoming(around, written_in, unused=unused).split(GAP_SIGN)
    if len(pieces) != len(found) + 1:
        raise Unreadable("its clozes stand where no gaps can be")
    texts = [_as_typed(cloze[2], written_in) for cloze in found]
    hints = [
        f"Gap {number}: {incoming(cloze[3], written_in, unused=unused)}"
        for number, cloze in enumerate(found, 1)
        if cloze[3]
    ]
    return {
        "kind": "cloze",
        "pieces": tuple(pieces),
        "gaps": tuple(Gap((typed(text),)) for text in texts),
        "hints": tuple(hints),
        "explanation": incoming(back, written_in, unused=unused),
    }


def likeness(seen: Sample) -> Likeness:
    """Tell how much a file looks like Anki's."""
    packed = any(name in seen.members for name in (*COLLECTIONS, COMPRESSED))
    listed = seen.text.startswith("#separator:")
    return Likeness.CERTAIN if packed or listed else Likeness.NONE
