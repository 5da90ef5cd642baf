"""Anki's text files and packages, read as a lesson."""

import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_text
from tutor.course.model.questions import Gaps, Open, Text
from tutor.errors import CannotRead
from tutor.exchange.anki import anki
from tutor.exchange.anki_reading import collection, read_anki

MODELS = {
    "1": {
        "name": "Basic",
        "flds": [{"name": "Note"}, {"name": "Front"}, {"name": "Back"}, {"name": "Extra"}],
        "tmpls": [{"qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}],
    },
    "2": {
        "name": "Cloze",
        "flds": [{"name": "Text"}, {"name": "Back Extra"}],
        "tmpls": [{"qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Back Extra}}"}],
    },
}
NOTES = [
    (1, "tide marked", "", "What <b>falls</b>?", "the tide", "more"),
    (1, "", "", "Why? [sound:a.mp3]<img src='b.png'>", "For this.<br>And for that.", ""),
    (2, "", "The {{c1::moon::in the sky}} pulls the {{c2::<i>sea</i>}}.", "It is near."),
    (1, "", "", "", "no front", ""),
]
SCHEMA = """
CREATE TABLE col (models text, decks text);
CREATE TABLE notes (id integer, mid integer, tags text, flds text);
CREATE TABLE cards (id integer, nid integer, did integer);
"""


def database(schema: str = SCHEMA, *more: str) -> bytes:
    made = sqlite3.connect(":memory:")
    made.executescript(schema)
    for statement in more:
        made.execute(statement)
    if schema is SCHEMA:
        decks = {"7": {"name": "Sea::Tides"}}
        made.execute("INSERT INTO col VALUES (?, ?)", (json.dumps(MODELS), json.dumps(decks)))
        for number, (mid, tags, *fields) in enumerate(NOTES):
            row = (number, mid, tags, "\x1f".join(fields))
            made.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", row)
            made.execute("INSERT INTO cards VALUES (?, ?, 7)", (number, number))
    made.commit()
    raw = made.serialize()
    made.close()
    return raw


def packed(name: str = "collection.anki2", raw: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(name, database() if raw is None else raw)
        archive.writestr("media", "{}")
    return out.getvalue()


def questions(raw: bytes) -> tuple[Any, ...]:
    return tuple(read_anki(raw).lesson.questions())


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21"])
def test_a_package_becomes_a_lesson(name: str) -> None:
    imported = read_anki(packed(name))
    assert imported.lesson.title == "Tides"
    falls, why, gaps = imported.lesson.questions()
    assert isinstance(falls, Text)
    assert (falls.stem, falls.answers, falls.objective) == (
        "What **falls**?",
        ("the tide",),
        "tide",
    )
    assert isinstance(why, Open)
    assert why.model is not None
    assert plain_text(why.model) == "For this.\nAnd for that."
    assert isinstance(gaps, Gaps)
    assert gaps.gaps() == (("moon",), ("sea",))
    assert (gaps.hints, gaps.explanation) == (("Gap 1: in the sky",), "It is near.")
    told = " ".join(imported.left_out)
    assert "without a recording" in told
    assert "left out, for its front has no text" in told
    assert "The field “Extra”, filled 1 times." in told


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (packed("collection.anki21b", b"(\xb5/\xfd"), "newest form"),
        (packed("other", b""), "no collection"),
        (packed(raw=b"no database at all"), "damaged"),
        (packed(raw=b"SQLite format 3\0" + b"\1" * 2_000), "damaged"),
        (packed(raw=database()[:5_000]), "damaged"),
        (packed(raw=database("CREATE TABLE t (a);")), "damaged"),
        (b"PK\x03\x04", "cannot be unpacked"),
        (b"", "no card"),
        (b"#separator:tab\n", "no card"),
    ],
    ids=["zstd", "other", "no database", "rubbish", "cut", "tables", "zip", "empty", "headers"],
)
def test_what_is_no_deck_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_anki(raw)
    assert says in f"{refused.value.title} {refused.value.remedy}"


def test_a_collection_runs_nothing_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (
        "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        "SELECT id, 1 AS mid, '' AS tags, 'a' AS flds FROM n;"
    )
    views = (
        "CREATE TABLE col (models text, decks text); INSERT INTO col VALUES ('{}', '{}');"
        "CREATE TABLE cards (id integer, nid integer, did integer);" + endless
    )
    with pytest.raises(CannotRead, match="damaged"):
        read_anki(packed(raw=database(views)))
    monkeypatch.setattr(collection, "_MOST_STEPS", 0)
    monkeypatch.setattr(collection, "_STEPS", 1)
    with pytest.raises(CannotRead, match="damaged"):
        read_anki(packed())


TEXT = (
    "#separator:semicolon\n#html:true\n#tags column:3\n#deck:Sea::Tides\n"
    '"What <b>falls</b>?";"the tide";tide;extra\n"Two\nlines";"{{c1::a}}";;\n'
    '"The {{c1::moon}} pulls.";;;\n'
)


def test_a_text_file_says_how_it_is_written() -> None:
    imported = read_anki(TEXT.encode())
    assert imported.lesson.title == "Tides"
    falls, lines, gaps = imported.lesson.questions()
    assert (falls.stem, falls.objective) == ("What **falls**?", "tide")
    assert lines.stem.split() == ["Two", "lines"]
    assert isinstance(gaps, Gaps)
    assert imported.left_out == ("The field “column 4”, filled 1 times.",)


@pytest.mark.parametrize("html", ["true", "false"])
def test_what_is_written_is_shown(html: str) -> None:
    text = f"#separator:tab\n#html:{html}\nIs &lt; *a* less?\t1 &lt; 2\n"
    [question] = questions(text.encode())
    sign = "<" if html == "true" else "&lt;"
    assert question.answers == (f"1 {sign} 2",)


def test_our_own_cards_come_in() -> None:
    course = Course(id="c", title="Sea", folder="/c", lessons=())
    asked = Text(stem="What falls?", id="falls", answers=("the tide",), objective="know")
    lesson = Lesson(title="Tides", id="l", quiz=Quiz(questions=(asked,)))
    content = anki(course, [lesson]).content
    assert isinstance(content, str)
    imported = read_anki(content.encode())
    [back] = imported.lesson.questions()
    assert (back.stem, back.answers) == ("What falls?", ("the tide",))  # type: ignore[union-attr]
    assert imported.lesson.title == "Tides"


def test_a_package_that_anki_writes_comes_in(tmp_path: Path) -> None:
    anki_collection = pytest.importorskip("anki.collection", reason="Anki writes a package to read")
    made = anki_collection.Collection(str(tmp_path / "c.anki2"))
    try:
        for front, back in (("What <b>falls</b>?", "the tide"), ("Who?", "x" * 100)):
            note = made.new_note(made.models.by_name("Basic"))
            note["Front"], note["Back"] = front, back
            made.add_note(note, made.decks.id("Sea::Tides"))
        out = tmp_path / "out.apkg"
        options = anki_collection.ExportAnkiPackageOptions(
            with_scheduling=False, with_media=False, legacy=True
        )
        made.export_anki_package(out_path=str(out), options=options, limit=None)
    finally:
        made.close()
    imported = read_anki(out.read_bytes())
    assert imported.lesson.title == "Tides"
    assert [question.type for question in imported.lesson.questions()] == ["text", "open"]
