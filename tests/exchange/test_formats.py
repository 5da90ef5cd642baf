"""The registry of formats: ours, those of other packages, and files that are known but not read."""

import contextlib
import io
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from support import EVERY, cpu_seconds, tutor

from tutor.cli.teacher import EXPORTS, IMPORTS
from tutor.course.model.course import Lesson
from tutor.course.model.steps import Read
from tutor.errors import CannotRead, TutorError, UsageError
from tutor.exchange import formats
from tutor.exchange.conversion import Imported
from tutor.exchange.format import Format, Likeness

ROOT = Path(__file__).parents[2]


def _broken(*_: object) -> Imported:
    raise ZeroDivisionError("by naught")


CARDS = Format(
    name="cards",
    title="cards of a friend",
    likeness=lambda seen: Likeness.CERTAIN if seen.text.startswith("CARDS") else Likeness.NONE,
    read=lambda raw: Imported(
        Lesson(title=raw.decode().split("\n")[1], steps=(Read(text="Mine."),))
    ),
)
FAILING = Format(name="failing", title="fails", read=_broken, write=_broken, likeness=_broken)  # type: ignore[arg-type]
NOTHING = "no description"


class Place(EntryPoint):
    """An entry point of somebody else's package."""

    @property
    def dist(self) -> SimpleNamespace:
        return SimpleNamespace(name="friends")


def place(name: str, what: str) -> EntryPoint:
    return Place(name, f"friendly:{what}", "tutor.formats")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another package that offers formats: a good one, and some that are not."""
    friendly = SimpleNamespace(CARDS=CARDS, FAILING=FAILING, NOTHING=NOTHING)
    monkeypatch.setitem(__import__("sys").modules, "friendly", friendly)
    named = [
        ("cards", "CARDS"),
        ("failing", "FAILING"),
        ("nothing", "NOTHING"),
        ("gone", "GONE"),
        ("gift", "CARDS"),
    ]
    added = [place(name, what) for name, what in named]
    found = formats.entry_points
    monkeypatch.setattr(formats, "entry_points", lambda group: [*added, *found(group=group)])
    formats.registry.cache_clear()
    formats.load_all.cache_clear()
    yield
    formats.registry.cache_clear()
    formats.load_all.cache_clear()


def test_ours_are_registered_by_entry_point_and_named_in_the_help() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = declared["project"]["entry-points"]["tutor.formats"]
    assert set(named) <= set(formats.registry().places)
    assert all(formats.load(name).name == name for name in named)
    ours = [name for name in formats.load_all().formats if name in named]
    assert sorted(IMPORTS) == sorted(set(formats.readers()) & set(ours))
    assert sorted(EXPORTS) == sorted(set(formats.writers()) & set(ours))
    for command, names in (("import", IMPORTS), ("export", EXPORTS)):
        said = tutor(command, "--help").stdout
        assert [name for name in names if name not in said] == []


@pytest.mark.usefixtures("installed")
def test_another_package_adds_a_format_that_is_found_by_itself() -> None:
    Path("deck.txt").write_text("CARDS\nMy cards\n", encoding="utf-8")
    done = tutor("import", "deck.txt")
    assert "Reading deck.txt as cards (cards of a friend)." in done.stderr
    assert "title: My cards" in Path("deck.yaml").read_text(encoding="utf-8")
    assert tutor("import", "cards", "deck.txt", "-o", "named.yaml").returncode == 0


@pytest.mark.usefixtures("installed")
def test_what_is_broken_or_takes_a_name_of_ours_is_one_line_each() -> None:
    Path("deck.txt").write_text("CARDS\nMy cards\n", encoding="utf-8")
    lines = tutor("import", "deck.txt").stderr.splitlines()
    assert "The format gift of the package friends has the name of one of ours." in lines
    [gone] = [line for line in lines if "The format gone" in line]
    assert "cannot be loaded: AttributeError" in gone
    assert "The format nothing of the package friends is no description of a format." in lines
    assert lines[3:] == [
        "Reading deck.txt as cards (cards of a friend).",
        "Wrote deck.yaml.",
        "Next: `tutor check deck.yaml`.",
    ]


@pytest.mark.usefixtures("installed")
def test_a_format_that_fails_is_told_by_its_package() -> None:
    Path("any.txt").write_text("any", encoding="utf-8")
    for arguments in (
        ("import", "failing", "any.txt", "-o", "x.yaml"),
        ("export", "failing", str(EVERY / "asks.yaml"), "-o", "x"),
    ):
        done = tutor(*arguments)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1] == (
            "The format failing of the package friends failed: ZeroDivisionError: by naught"
        )


@pytest.mark.usefixtures("installed")
def test_ours_stays_what_it_is() -> None:
    Path("bank.txt").write_text("::a::Who? {=Ann ~Ben}\n", encoding="utf-8")
    assert formats.recognize(Path("bank.txt"), Path("bank.txt").read_bytes()) == "gift"
    assert "Ann" in str(formats.read_as("gift", Path("bank.txt").read_bytes()))


def test_a_format_only_goes_the_ways_it_knows() -> None:
    with pytest.raises(UsageError, match="written, but not read"):
        formats.read_as("worksheet", b"<html>")
    with pytest.raises(UsageError, match="no format nosuch"):
        formats.load("nosuch")


def test_a_word_near_a_format_is_understood() -> None:
    done = tutor("export", "gfit", "wso", "-o", "x")
    assert done.returncode == 2
    assert "Did you mean gift?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("gift",), "Say which file to import."),
        (("gift", "a", "b"), "One file is imported at a time."),
        (("nosuch", "a"), "there is no format"),
        (("a.gift",), "a.gift cannot be read"),
    ],
)
def test_import_says_what_is_missing(arguments: tuple[str, ...], says: str) -> None:
    done = tutor("import", *arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr


def packed(*names: str) -> bytes:
    """A zip file with files of these names."""
    raw = io.BytesIO()
    with ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "says", "helps"),
    [
        ("set.h5p", ("h5p.json", "content/content.json"), "H5P", "Aiken"),
        ("test.docx", ("word/document.xml",), "Word", "Aiken"),
        ("kahoot.xlsx", ("xl/workbook.xml",), "Excel", "CSV"),
        ("sheet.ods", ("content.xml", "META-INF/manifest.xml"), "OpenDocument", "CSV"),
        ("text.odt", ("content.xml", "META-INF/manifest.xml"), "OpenDocument text", "Aiken"),
        ("pool.zip", ("imsmanifest.xml", "res00001.dat"), "Blackboard", "QTI 2.1"),
        ("course.mbz", b"\x1f\x8b\x08", "Moodle backup", "Moodle XML"),
        ("photos.zip", ("a.jpg",), "zip file", "Unpack"),
        ("test.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF", "Aiken"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1", "Office", "CSV"),
        ("old.rtf", b"{\\rtf1 Who?}", "RTF", "Aiken"),
        ("a.png", b"\x89PNG\r\n", "picture", "text"),
        ("a.gz", b"\x1f\x8b\x08\x00", "compressed", "Unpack"),
        ("mine.yaml", b"title: T\nsteps: []\n", "a lesson of ours", "tutor open"),
        ("theirs.yaml", b"- question: Who?\n  answers: [a]\n", "YAML", "CSV"),
        ("theirs.json", b'{"questions": []}', "JSON", "CSV"),
        ("page.html", b"<!DOCTYPE html><html>", "HTML", "CSV"),
        ("latin.txt", "Zäh".encode("latin-1"), "not in UTF-8", "UTF-8"),
        ("bb.txt", b"MC\tWho?\tAnn\tcorrect\tBen\tincorrect\n", "Blackboard", "CSV"),
        ("words.txt", b"Nothing in here asks anything.\n", "none of the formats", "gift"),
        ("empty.txt", b" \n", "empty", ""),
    ],
)
def test_a_known_kind_is_named_with_what_helps(
    name: str, raw: bytes | tuple[str, ...], says: str, helps: str
) -> None:
    raw = packed(*raw) if isinstance(raw, tuple) else raw
    with pytest.raises(CannotRead) as refused:
        formats.recognize(Path(name), raw)
    assert says in refused.value.title
    assert name in refused.value.title
    assert helps in refused.value.remedy


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "Who was first? {=Ann ~Ben}\n", "gift"),
        ("a.txt", "// c\n\n::t::The tide rises.{T}\n", "gift"),
        ("a.gift", "$CATEGORY: top/a\n\nHow many? {#4:1}\n", "gift"),
        ("a.txt", "Who?\nA. Ann\nB. Ben\nANSWER: A\n", "aiken"),
        ("a.csv", "Question,Correct Answer,Incorrect Answer 1\nWho?,Ann,Ben\n", "csv"),
        ("a.txt", "type;stem;correct\ntrue_false;Twice?;TRUE\n", "csv"),
        ("cards.txt", "Hund\tdog\nKatze\tcat\n", "tsv"),
        ("cards.csv", "Hund,dog\nKatze,cat\n", "csv"),
        ("a.md", "# T\n\n<quiz>\nWho?\n- [ ] a\n- [x] b\n</quiz>\n", "markdown"),
        ("a.txt", "1.  Who?\n*a) Ann\nb)  Ben\n", "markdown"),
        ("lesson.yaml", "- Class: meta\n  Lesson: T\n", "swirl"),
        ("a.xml", "<?xml version='1.0'?>\n<quiz>\n<!-- c -->\n</quiz>", "moodle-xml"),
        ("noending", '<quiz><question type="essay"/></quiz>', "moodle-xml"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_recognized_whatever_it_is_called(
    name: str, text: str, form: str, encoding: str
) -> None:
    assert formats.recognize(Path(name), text.encode(encoding)) == form


SHAPES = [
    "\n",
    " ",
    "{",
    "[[",
    "<quiz ",
    "# #",
    "<",
    "a,",
    "\t",
    '"',
    "::",
    "- [x] ",
    "1. *a) ",
    "+-",
]


def read_by_all(raw: bytes) -> None:
    for form in formats.readers():
        with contextlib.suppress(TutorError):
            formats.recognize(Path("x.txt"), raw)
        with contextlib.suppress(TutorError):
            formats.read_as(form, raw)


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_a_file_takes_long(shape: str) -> None:
    for around in (
        "",
        "<quiz>\n",
        "# ",
        "1.  a\n=   ",
        "question,answer\n",
        '"',
        "- Class: text\n",
    ):
        text = around + shape * (60_000 // len(shape)) + " x"
        assert cpu_seconds(read_by_all, text.encode()) < 5, around


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 10)
    Path("bank").write_text("x" * 11, encoding="utf-8")
    with pytest.raises(TutorError, match="larger than"):
        formats.read_bytes(Path("bank"))
