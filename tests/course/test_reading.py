"""Files are read as text, with places; hostile ones are refused at once."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import calls

from tutor.course.lint.checker import check
from tutor.course.reading.document import parse_document, read_document
from tutor.course.syntax.parser import MAX_NODES
from tutor.course.text import UNSAFE, clean


def rules(raw: bytes) -> list[str]:
    return [finding.rule for finding in parse_document("f.yaml", raw).findings]


@pytest.mark.parametrize(
    "written",
    ["no", "012", "12:30", "3.10", "2026-13-45", "null", "true", "1e3", "0x1F", "9" * 5000],
)
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert parse_document("f.yaml", f"a: {written}".encode()).data == {"a": written}


def test_an_empty_value_and_a_tilde_are_nothing_but_quoted_ones_are_text() -> None:
    document = parse_document("f.yaml", b"a:\nb: ~\nc: ''\nd: '~'\n")
    assert document.data == {"a": None, "b": None, "c": "", "d": "~"}


def test_places_count_lines_and_columns_of_values_and_keys() -> None:
    document = parse_document("f.yaml", b"a: 1\nb:\n  - x: y\n")
    assert document.place(("b", 0, "x")) == (2, 7)
    assert document.place(("b", 0, "x"), key=True) == (2, 4)
    assert document.place(("b", 0, "missing")) == (2, 4)


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        ("anchor", b"a: &x [1]\nb: [*x, *x]"),
        ("anchor", b"a: &a ['lol']\n" + b"".join(b"b%d: [*a,*a]\n" % n for n in range(9))),
        ("too-deep", b"[" * 100_000),
        ("too-deep", b"- " * 100_000),
        ("key", b"{" * 100_000),
        ("key", b"? " * 100_000),
        ("tag", b"a: !!python/object/apply:os.system ['true']"),
        ("control-character", b"a: \x1b]0;owned\x07"),
        ("too-many", b"a: [" + b"x," * 400_000 + b"]"),
        ("yaml", b"a: '" + b"x" * 1_900_000),
        ("encoding", "a: häßlich".encode("latin-1")),
        ("duplicate-key", b"a: 1\na: 2"),
        ("second-document", b"a: 1\n---\nb: 2"),
        ("tab", b"a:\n\t- b"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else repr(value[:12]),
)
def test_hostile_and_broken_files_are_refused_and_cost_little(rule: str, raw: bytes) -> None:
    assert rules(raw) == [rule]
    assert calls(lambda: rules(raw)) < (15 * MAX_NODES if rule == "too-many" else 2_000)


@pytest.mark.parametrize(
    ("raw", "rule", "place"),
    [
        (b"[" * 1_001, "too-deep", (1, 41)),
        (b"a: " + b"[" * 3_000, "too-deep", (1, 43)),
        (b"- x\n- " + b"[" * 3_000 + b"]" * 3_000, "too-deep", (2, 42)),
        (b"a: \xc3\xbc\r\nb: " + b"[\r\n" * 3_000, "too-deep", (41, 1)),
        (b"- " * 3_000, "too-deep", (1, 81)),
        (b"{a: [" * 3_000, "too-deep", (1, 101)),
        (b"{" * 3_000, "key", (1, 2)),
        (b"{? " * 3_000, "key", (1, 4)),
        (b"[&a " * 3_000, "anchor", (1, 2)),
        (b"[!t " * 3_000, "tag", (1, 2)),
        (b"[*a, " * 3_000, "alias", (1, 2)),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)
def test_what_is_nested_thousands_deep_is_refused_where_it_first_goes_wrong(
    raw: bytes, rule: str, place: tuple[int, int]
) -> None:
    found = parse_document("f.yaml", raw).findings
    assert [(one.rule, (one.line, one.column)) for one in found] == [(rule, place)]


def test_too_deep_is_told_in_the_same_words_however_deep_it_is() -> None:
    (a_little,), far = (parse_document("f.yaml", b"[" * n).findings for n in (41, 5_000))
    assert "nested more than 40 deep" in a_little.message
    assert [(one.message, one.remedy) for one in far] == [(a_little.message, a_little.remedy)]


def test_a_file_of_fifty_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert [finding.rule for finding in read_document(path).findings] == ["too-large"]


def test_an_escape_sequence_written_in_yaml_is_reported_and_replaced() -> None:
    document = parse_document("f.yaml", b'title: "\\e[31mred\\x9b\\u202e"\n')
    assert document.data == {"title": "\ufffd[31mred\ufffd\ufffd"}
    assert [(found.line, found.column) for found in document.findings] == [(1, 8)]


@given(st.text())
def test_clean_text_steers_no_terminal(text: str) -> None:
    cleaned = clean(text)
    assert re.search(UNSAFE, cleaned) is None
    assert len(cleaned) == len(text)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    document = parse_document("f.yaml", raw)
    for finding in document.findings:
        assert finding.message
        assert re.search(UNSAFE, finding.message) is None


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("a: one word here", (0, 7)),
        ("a:   'one ''two'' word'", (0, 18)),
        ('a: "one \\"two\\" \\u00e9\\n word"', (0, 25)),
        ('a: "one \\\n    two word"', (1, 8)),
        ("a: one\n  two\n\n  word", (3, 2)),
        ("a: |\n  one\n\n    word", (3, 4)),
        ("a: >-  # folded\n\n  one\n  two word", (3, 6)),
        ("a: |2\n    one word", (1, 8)),
        ("- {a: one, b: x}\n- a word", (1, 4)),
        ("a: 🙂 word", (0, 5)),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_word_within_a_text_has_a_place(
    written: str, place: tuple[int, int], ending: str
) -> None:
    document = parse_document("f.yaml", written.replace("\n", ending).encode())
    at: tuple[str | int, ...] = ("a",) if isinstance(document.data, dict) else (1,)
    text = document.data[at[0]]
    assert document.place_in(at, text.index("word")) == place
    assert document.place_in(at, 0)[0] <= place[0]
    assert document.place_in(at, len(text))[0] >= place[0]


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)


@given(TEXT, st.sampled_from(["'", '"', "|"]))
def test_every_character_is_found_where_it_stands(text: str, style: str) -> None:
    raw = {
        "'": "a: '" + text.replace("'", "''") + "'",
        '"': 'a: "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "|": f"a: |2-\n  {text}",
    }[style]
    document = parse_document("f.yaml", raw.encode())
    read = document.data["a"]
    assert read == text
    for offset, char in enumerate(read):
        line, column = document.place_in(("a",), offset)
        if not char.isspace():
            found = document.lines[line][column]
            assert found == char or (found == "\\" and char in '"\\')


def test_a_syntax_error_leaves_the_rest_to_be_read() -> None:
    raw = b"title: T\nsteps:\n  - type: [read\n  - type: read\n    text: Hello\nquiz: {}\n"
    document = parse_document("f.yaml", raw)
    assert [(found.line, found.column) for found in document.findings] == [(3, 11)]
    assert document.skipped == {("steps", 0)}
    assert not document.complete
    assert document.data["steps"][1] == {"type": "read", "text": "Hello"}
    assert document.place(("steps", 1, "text")) == (4, 10)


def test_a_plain_slip_is_read_as_it_was_meant_and_nothing_is_lost() -> None:
    document = parse_document("f.yaml", b'title: "Who" asks\nsteps:\n - type:read\n   text: x\n')
    assert document.complete
    assert document.data == {"title": '"Who" asks', "steps": [{"type": "read", "text": "x"}]}


SPACED = (
    "title: T\nsteps:\n  - type: read\n    text: |\n      Il dit\n      \u00a0« oui ».\n"
    "quiz:\n  questions:\n    - type: choice\n      stem: Qui\u00a0?\n      options:\n"
    "        - text: a\n          correct: true\n        - text: b\n"
)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2003", "\u3000"])
@pytest.mark.parametrize(
    "slip", ["- text: b", "stem: Q", "options:\n", "      stem", "          correct", "title: "]
)
def test_a_space_of_a_word_processor_is_read_as_one(space: str, slip: str) -> None:
    text = SPACED.replace(slip, slip.replace(" ", space), 1)
    if slip.endswith("\n"):
        text = SPACED.replace(slip, f"{slip[:-1]}{space}\n", 1)
    document = parse_document("", text.encode())
    assert document.violations == ()
    assert document.data == parse_document("", SPACED.encode()).data
    assert document.data["steps"][0]["text"] == "Il dit\n\u00a0« oui ».\n"
    assert document.data["quiz"]["questions"][0]["stem"] == "Qui\u00a0?"


@pytest.mark.parametrize("key", ["language: de", "glossary: {}"])
def test_a_key_of_a_course_is_told_where_it_stands(tmp_path: Path, key: str) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_text(f"title: T\n{key}\nsteps: [{{type: read, text: So.}}]\n", "utf-8")
    [found] = [one for one in check(path) if one.severity == "error"]
    assert found.remedy.startswith("It stands in `course.yaml`")
