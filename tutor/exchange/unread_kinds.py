"""Kinds of files that teachers have and that cannot be read here, each with what helps."""

import re
from collections.abc import Callable

from msgspec import Struct

from tutor.exchange.format import Sample

_QUESTIONS_AS_TEXT = (
    "Copy the questions into a text file, as Aiken (lines `A. …`, `B. …`, then `ANSWER: A`) or as "
    "CSV, and import that."
)
_SAVE_AS_CSV = "Save the sheet as CSV (UTF-8) and import that: tutor import csv FILE."


class Kind(Struct, frozen=True):
    """A kind of file.

    Attributes:
        name: What it is, with its article.
    """

    name: str
    remedy: str
    knows: Callable[[Sample], bool]


def kind_of(seen: Sample) -> Kind | None:
    """The kind that a file is of, if it is one of these."""
    return next((kind for kind in _KINDS if kind.knows(seen)), None)


def _holds(*names: str) -> Callable[[Sample], bool]:
    return lambda seen: any(name in seen.members for name in names)


def _begins(*starts: bytes) -> Callable[[Sample], bool]:
    return lambda seen: seen.head.startswith(starts)


def _says(pattern: str) -> Callable[[Sample], bool]:
    found = re.compile(pattern, re.MULTILINE)
    return lambda seen: found.search(seen.text) is not None


def _is_blackboard(seen: Sample) -> bool:
    return ".bb-package-info" in seen.members or any(
        name.startswith("res0") and name.endswith(".dat") for name in seen.members
    )


def _is_moodle_backup(seen: Sample) -> bool:
    return seen.ending == ".mbz" or "moodle_backup.xml" in seen.members


_KINDS = (
    Kind(
        "an H5P package",
        "H5P gives no questions away as text. Write them as Aiken or CSV and import that.",
        lambda seen: "h5p.json" in seen.members or seen.ending == ".h5p",
    ),
    Kind("a Word document (.docx)", _QUESTIONS_AS_TEXT, _holds("word/document.xml")),
    Kind("an Excel sheet (.xlsx), as Kahoot has it", _SAVE_AS_CSV, _holds("xl/workbook.xml")),
    Kind(
        "a presentation (.pptx)",
        _QUESTIONS_AS_TEXT,
        _holds("ppt/presentation.xml"),
    ),
    Kind(
        "an OpenDocument sheet (.ods)",
        _SAVE_AS_CSV,
        lambda seen: "content.xml" in seen.members and seen.ending in (".ods", ".fods"),
    ),
    Kind(
        "an OpenDocument text (.odt)",
        _QUESTIONS_AS_TEXT,
        lambda seen: "content.xml" in seen.members and "META-INF/manifest.xml" in seen.members,
    ),
    Kind(
        "a Blackboard pool or test (.zip)",
        "Export it from Blackboard as a QTI 2.1 package, and import that.",
        _is_blackboard,
    ),
    Kind(
        "a Moodle backup (.mbz)",
        "In Moodle, export the question bank as Moodle XML, and import that.",
        _is_moodle_backup,
    ),
    Kind(
        "a SCORM package",
        "It is a program, not a list of questions. Ask for the questions as QTI, GIFT or Aiken.",
        lambda seen: (
            "imsmanifest.xml" in seen.members
            and any(name.lower().endswith((".js", ".swf")) for name in seen.members)
        ),
    ),
    Kind("a PDF", _QUESTIONS_AS_TEXT, _begins(b"%PDF")),
    Kind(
        "an old Office document (.doc, .xls)",
        "Save it in a newer form: a sheet as CSV, a text as plain text in Aiken.",
        _begins(b"\xd0\xcf\x11\xe0"),
    ),
    Kind("a text in RTF", _QUESTIONS_AS_TEXT, _begins(b"{\\rtf")),
    Kind(
        "a picture, a recording or a film",
        "Questions are read from text.",
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3", b"\0\0\0 ftyp"),
    ),
    Kind(
        "a compressed file",
        "Unpack it and import what is in it.",
        lambda seen: seen.head.startswith(
            (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
        ),
    ),
    Kind(
        "a lesson of ours",
        "Nothing need be imported: tutor open FILE.",
        lambda seen: (
            seen.ending in (".yaml", ".yml")
            and _says(r"^(?:steps|quiz|lessons|claims):")(seen)
            and _says(r"^title:")(seen)
        ),
    ),
    Kind(
        "a quiz in YAML of another program",
        "Only lessons of swirl are read of these. Write the questions as CSV and import that, or "
        "as a lesson: tutor new lesson FILE.",
        lambda seen: (
            seen.ending in (".yaml", ".yml")
            or (
                _says(r"^(?:- )?[ \t]*(?:question|prompt|text)[ \t]*:")(seen)
                and _says(r"^[ \t]*(?:- *)?(?:answers?|choices|options)[ \t]*:")(seen)
            )
        ),
    ),
    Kind(
        "a quiz in JSON",
        "JSON has no form of its own for questions. Write them as CSV and import that.",
        lambda seen: seen.ending == ".json" or seen.text.lstrip()[:2] in ('{"', "[{", "{\n"),
    ),
    Kind(
        "a page in HTML",
        "Ask for the questions as QTI, GIFT or Aiken, or write them as CSV.",
        _says(r"(?i)\A\s*(?:<!doctype html|<html)"),
    ),
    Kind(
        "a table for Blackboard's upload",
        "Write the questions as CSV with our header, or as Aiken.",
        _says(r"\A(?:MC|MA|TF|FIB|MAT|ORD|NUM|ESS|SR)\t"),
    ),
    Kind(
        "a quiz in LaTeX",
        "Write the questions as Aiken or CSV.",
        lambda seen: seen.ending == ".tex" or _says(r"^\\(?:documentclass|begin\{)")(seen),
    ),
    Kind(
        "a zip file with nothing that is known here",
        "Unpack it and import what is in it.",
        lambda seen: bool(seen.members) or seen.head.startswith(b"PK\x03\x04"),
    ),
    Kind(
        "no text, or not in UTF-8",
        "If it is text, save it again with the encoding UTF-8.",
        lambda seen: bool(seen.head) and not seen.text,
    ),
)
