"""A teacher's mistakes: all in one run, each with its line, column and what to do."""

from pathlib import Path

import pytest

from tutor.course.lint.checker import check
from tutor.course.reading.findings import Finding, render
from tutor.course.reading.loading import read_lesson
from tutor.course.text import cells

FIVE_FAULTS = """\
title: A lesson
minuts: 5
steps:
  - type: raed
    text: Hello
quiz:
  questions:
    - type: choice
      id: one
      stem: Who sends it?
      options:
        - text: ICE
          correct: yes
        - text: The jail
    - type: number
      id: two
      stem: How many hours?
      answer: forty-eight
    - type: choice
      id: three
      stem: Who receives it?
      options:
        - {text: The jail, correct: true}
        - {text: The court, correct: true}
"""


def findings(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "lesson.yaml"
    path.write_text(text, encoding="utf-8")
    return errors(path)


def errors(path: Path) -> list[Finding]:
    return [found for found in check(path) if found.severity == "error"]


def test_a_paragraph_that_was_taken_for_a_key_is_told_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "tides.yaml"
    path.write_text(
        'title: T\nsteps:\n  - type: read\n    text: "One."\n\n    The next: more.\n', "utf-8"
    )
    [finding] = check(path)
    assert (finding.rule, finding.line) == ("unknown-key", 6)
    assert "put `|` after the colon" in finding.remedy


def test_five_faults_give_five_findings_in_one_run(tmp_path: Path) -> None:
    found = findings(tmp_path, FIVE_FAULTS)
    assert [(one.line, one.column, one.rule) for one in found] == [
        (2, 1, "unknown-key"),
        (4, 11, "unknown-type"),
        (13, 20, "value"),
        (18, 15, "value"),
        (24, 38, "wrong-number-of-keys"),
    ]
    said = [f"{one.message} {one.remedy}" for one in found]
    assert "Did you mean `minutes`?" in said[0]
    assert "Did you mean `read`?" in said[1]
    assert "Write `true`." in said[2]
    assert "not `forty-eight`" in said[3]
    assert "a `choice` has one" in said[4]


def test_a_finding_shows_the_line_with_a_caret(tmp_path: Path) -> None:
    first = render(findings(tmp_path, FIVE_FAULTS)[2]).splitlines()
    said = "lesson.yaml:13:20: error: `correct` must be `true` or `false`, not `yes`. [value]"
    assert first[0].endswith(said)
    assert first[1] == "   13 |           correct: yes"
    assert first[2].index("^") == first[1].index("yes")
    assert first[3].strip() == "= Write `true`."


@pytest.mark.parametrize("before", ["海の潮", "Ebb 🌊", "e\u0301bb", "Ｗide", "ebb\u00ad", "ebb"])
def test_the_caret_stands_under_its_place_behind_signs_of_any_width(
    tmp_path: Path, before: str
) -> None:
    text = f"title: T\nsteps:\n  - {{type: read, text: {before}, nota: x}}\n"
    (one,) = findings(tmp_path, text)
    _, excerpt, caret, *_ = render(one).splitlines()
    assert caret.index("^") == cells(excerpt[: excerpt.index("nota")])


QUESTION = """\
title: A lesson
quiz:
  questions:
    - id: q
      stem: What?
"""


@pytest.mark.parametrize(
    ("question", "rule", "says"),
    [
        ("type: choice\noptions: [{text: a}]", "wrong-number-of-keys", "at least two"),
        ("type: choice\noptions: [{text: a}, {text: b}]", "wrong-number-of-keys", "No option"),
        ("type: multiple\noptions: [{text: a}, {text: b}]", "wrong-number-of-keys", "No option"),
        (
            "type: choice\noptions: [{text: Yes, correct: true}, {text: 'Yes  '}]",
            "same-items",
            "read the same",
        ),
        (
            "type: choice\noptions: [{text: a, id: x, correct: true}, {text: b, id: x}]",
            "same-items",
            "`a` and `b` have the same id, `x`",
        ),
        ("type: text\nanswers: []", "no-accepted-answer", "No answer"),
        ("type: text\nanswers: ['']", "no-accepted-answer", "empty"),
        ("type: order\nitems: [a]", "too-few-items", "two items"),
        ("type: order\nitems: [a, a]", "same-items", "read the same"),
        ("type: match\npairs: [{left: a, right: b}]", "too-few-items", "two pairs"),
        ("type: sort\ngroups: {a: [b, c]}", "too-few-items", "two groups"),
        (
            "type: matrix\ncolumns: [a]\nrows: [{text: b, column: a}]",
            "too-few-items",
            "two columns",
        ),
        ("type: matrix\ncolumns: [a, b]\nrows: []", "too-few-items", "no rows"),
        (
            "type: matrix\ncolumns: [often, never]\nrows: [{text: b, column: nevr}]",
            "unknown-column",
            "`nevr` is none of the columns",
        ),
        (
            "type: matrix\ncolumns: [a, a]\nrows: [{text: b, column: a}]",
            "same-items",
            "read the same",
        ),
        ("type: gaps\ntext: No gap here.", "no-gap", "no gap"),
        ("type: gaps\ntext: At ebb the ____ is wide.", "no-gap", "in the place of ____"),
        ('type: order\nitems: ["\\u200b", a]', "empty-items", "empty"),
        ("type: order\nitems: [x^2^, x²]", "same-items", "read the same"),
        (r"type: order\nitems: ['$\frac12$', ½]".replace(r"\n", "\n"), "same-items", "read the"),
        ("type: gaps\ntext: A {2|two} gap.", "broken-gap", "opened and closed"),
        ("type: gaps\ntext: 'A {{two} gap, {{one}}.'", "broken-gap", "closed by"),
        ("type: gaps\ntext: 'A two}} gap, {{one}}.'", "broken-gap", "opened by"),
        ("type: gaps\ntext: 'A {{two} gap.'", "broken-gap", "closed by"),
        ("type: gaps\ntext: 'A {two}} gap.'", "broken-gap", "opened by"),
        ("type: gaps\ntext: 'A {{two} or three}} gap.'", "broken-gap", "closed by"),
        ("type: gaps\ntext: 'A {{ }} gap.'", "no-gap", "accepts nothing"),
        ("type: gaps\ntext: 'A {{b}}.'\nfeedback: [x, y]", "too-much-feedback", "than gaps (1)"),
        ("type: number\nanswer: 1e999", "unusable-number", "cannot be used"),
        ("type: number\nanswer: 1\nask_unit: true", "unusable-number", "no `unit`"),
        ("type: number\nanswer: 1\ntolerance: a few", "value", "percentage"),
        ("type: true_false\nanswer: on", "value", "`true` or `false`"),
        ("type: true_false\nanswer: true\nobjective: nope", "unknown-objective", "no objective"),
        ("type: true_false", "missing-key", "no `answer`"),
        ("type: choice\noptions: text", "value", "a list"),
        ("type: text\nanswers: [a]\ntypos: 7", "value", "2 or less"),
        ("type: text\nanswers: [a]\npoints: 0", "value", "1 or more"),
        ("type: timeline\nscales: []", "unknown-type", "no question of type"),
    ],
)
def test_what_cannot_be_graded_is_an_error(
    tmp_path: Path, question: str, rule: str, says: str
) -> None:
    text = QUESTION + "".join(f"      {line}\n" for line in question.splitlines())
    found = findings(tmp_path, text)
    assert [one.rule for one in found] == [rule]
    assert says in found[0].message + found[0].remedy
    assert read_lesson(tmp_path / "lesson.yaml").lesson is None


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        ("type: compare\ncolumns: [a, b]\nrows: [{label: x, cells: [y]}]", "row-of-other-length"),
        ("type: timeline\nscales: [{zero: z, events: [{text: t}]}]", "unclear-event"),
        (
            "type: timeline\nscales: [{zero: z, events: [{text: t, at: 1, from: 2, to: 3}]}]",
            "unclear-event",
        ),
        (
            "type: timeline\nscales: [{zero: z, events: [{text: t, from: 3, to: 2}]}]",
            "unclear-event",
        ),
        (
            "type: debate\nagainst: []\nfor:\n"
            "  - {id: a, title: A, speaker: s, text: t, same_issue: [c]}",
            "unlinked-argument",
        ),
        ("type: figure\nplot: bar\ndata: []", "empty-figure"),
        ("type: figure\nplot: pie\ndata: [{label: a, value: 1}]", "value"),
    ],
)
def test_what_cannot_be_shown_is_an_error(tmp_path: Path, step: str, rule: str) -> None:
    first, *rest = step.splitlines()
    text = f"title: A lesson\nsteps:\n  - {first}\n" + "".join(f"    {line}\n" for line in rest)
    assert [one.rule for one in findings(tmp_path, text)] == [rule]


@pytest.mark.parametrize("text", ["", "# nothing\n", "just words\n", "- a\n- b\n", "title: x\n"])
def test_a_file_that_is_no_lesson_says_so(tmp_path: Path, text: str) -> None:
    found = findings(tmp_path, text)
    assert found
    assert all(one.line == 1 and one.remedy for one in found)


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert "no such file" in check(tmp_path / "nowhere.yaml")[0].message


COURSE = """\
title: A course
sources: [record.yaml]
lessons: [one.yaml, two.yaml]
glossary: {tide: The sea rising and falling.}
"""
RECORD = """\
title: A record
role: article
speakers: {ann: {name: Ann}}
claims:
  c1: {speaker: ann, kind: reported, text: It is so., quote: So it is}
  c2: {speaker: ann, kind: reported, text: It is so too.}
"""
ONE = """\
title: One
steps:
  - type: read
    text: "{text}"
    claims: [{claim}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    (tmp_path / "record.yaml").write_text(RECORD, encoding="utf-8")
    write_one(tmp_path)
    (tmp_path / "two.yaml").write_text(
        "title: Two\nquiz: {questions: [{type: true_false, id: q, stem: Is it?, answer: true}]}\n",
        encoding="utf-8",
    )
    return tmp_path


def write_one(folder: Path, text: str = "See [tide](term:tide).", claim: str = "c1") -> None:
    (folder / "one.yaml").write_text(ONE.format(text=text, claim=claim), encoding="utf-8")


def test_a_sound_course_has_no_findings(folder: Path) -> None:
    assert errors(folder) == []
    assert errors(folder / "one.yaml") == []
    assert errors(folder / "record.yaml") == []


@pytest.mark.parametrize(
    "text",
    [
        "[Lesson 2](lesson:two) goes on.",
        "See [it](https://example.org/Tide_(disambiguation)).",
        "In [a](note: no link), and `[a](javascript:x(1))` in code.",
        "See [the other one](lesson:two), [lesson\n 1](lesson:one).",
    ],
)
def test_a_lesson_can_be_linked_to_by_its_id(folder: Path, text: str) -> None:
    write_one(folder, text.replace("\n", "\\n"))
    assert errors(folder) == []
    assert errors(folder / "one.yaml") == []


@pytest.mark.parametrize(
    ("text", "claim", "rule", "says"),
    [
        ("Plain.", "c9", "unknown-claim", "`c9`"),
        ("See [it](claim:c9).", "c1", "bad-link", "`c9`"),
        ("See [it](quote:c2).", "c1", "bad-link", "no quotation"),
        ("See [it](term:tyde).", "c1", "bad-link", "Did you mean `tide`?"),
        ("See [lesson 2](lesson:too).", "c1", "bad-link", "Did you mean `two`?"),
        ("See [it](lesson:harbors).", "c1", "bad-link", "Its lessons are one, two."),
        ("See [Lesson 3](lesson:two).", "c1", "bad-link", "`two` is lesson 2"),
        ("See [lesson 2's map](lesson:one).", "c1", "bad-link", "`one` is lesson 1"),
        ("See [](lesson:two).", "c1", "bad-link", "[lesson 2](lesson:two)"),
        ("See [it](file:///etc/passwd).", "c1", "bad-link", "cannot be opened"),
        ("See [it](javascript:alert).", "c1", "bad-link", "cannot be opened"),
        ("See [it](notes.txt).", "c1", "bad-link", "cannot be opened"),
        ("See [it](javascript:alert(1)).", "c1", "bad-link", "cannot be opened"),
        ("See [it](javascript:a(b(c))).", "c1", "bad-link", "to `javascript:` leads"),
        ("See [it]( javascript:a ).", "c1", "bad-link", "to `javascript:` leads"),
        ("See [[it]](JavaScript:a(1)).", "c1", "bad-link", "to `javascript:` leads"),
    ],
)
def test_what_a_lesson_refers_to_must_exist(
    folder: Path, text: str, claim: str, rule: str, says: str
) -> None:
    write_one(folder, text, claim)
    for path in (folder, folder / "one.yaml"):
        found = errors(path)
        assert [one.rule for one in found] == [rule]
        assert says in found[0].message + found[0].remedy


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("one.yaml,", "oen.yaml,", "missing-file"),
        ("one.yaml,", "../outside.yaml,", "outside"),
        ("one.yaml,", "two.yaml,", "same-lesson"),
        ("[record.yaml]", "[/etc/passwd]", "outside"),
        ("[record.yaml]", "[../../../far/record.yaml]", "outside"),
        ("[record.yaml]", "[record.txt]", "outside"),
        ("title:", "titel:", "unknown-key"),
        ("A course", "A course\npaths: {short: [three.yaml]}", "unknown-lesson"),
    ],
)
def test_a_course_file_with_a_fault_says_which(folder: Path, old: str, new: str, rule: str) -> None:
    (folder / "course.yaml").write_text(COURSE.replace(old, new), encoding="utf-8")
    assert rule in [one.rule for one in check(folder)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A course", "titel: A course"),
        ("title: A course", "title: A course\ntest: {pass: 80%}"),
        ("lessons: [", "lesson: ["),
        ("[record.yaml]", "record.yaml"),
        ("{tide: The sea rising and falling.}", "[{tide: The sea rising and falling.}]"),
        (COURSE, "A course\n"),
        (COURSE, "- one.yaml\n"),
        (COURSE, ""),
    ],
)
def test_what_is_wrong_in_a_lesson_is_told_with_what_is_wrong_in_its_course(
    folder: Path, old: str, new: str
) -> None:
    (folder / "course.yaml").write_text(COURSE.replace(old, new), encoding="utf-8")
    write_one(folder, "See [it](page.html).")
    with (folder / "two.yaml").open("a", encoding="utf-8") as file:
        file.write("minutes: ten\n")
    told = {(Path(one.file).name, one.rule) for one in errors(folder)}
    assert {("one.yaml", "bad-link"), ("two.yaml", "value")} < told
    assert "course.yaml" in {name for name, _ in told}
    assert not {name for name, _ in told} - {"one.yaml", "two.yaml", "course.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "title: A course",
            "titel: A course",
            ["bad-link", "bad-link", "bad-link", "unknown-claim"],
        ),
        ("{tide:", "{tide: [a], it:", ["bad-link", "bad-link", "unknown-claim"]),
        ("[record.yaml]", "{a: record.yaml}", ["bad-link", "bad-link"]),
        ("lessons: [", "lesson: [", ["bad-link", "bad-link", "unknown-claim"]),
    ],
)
def test_only_what_a_course_with_errors_lists_all_the_same_is_missed_in_it(
    folder: Path, old: str, new: str, told: list[str]
) -> None:
    (folder / "course.yaml").write_text(COURSE.replace(old, new), encoding="utf-8")
    write_one(folder, "A [a](term:ebb), a [b](claim:c9), and [c](lesson:three).", "c8")
    found = [one for one in check(folder) if one.file.endswith("one.yaml")]
    assert sorted(one.rule for one in found if one.severity == "error") == told
    alone = [one for one in check(folder / "one.yaml") if one.severity == "error"]
    assert [one.rule for one in alone] == [one.rule for one in found if one.severity == "error"]


def test_a_lesson_in_a_course_with_errors_is_not_said_to_have_none(folder: Path) -> None:
    (folder / "course.yaml").write_text(f"{COURSE}author: me\n", encoding="utf-8")
    assert "no-course" not in {one.rule for one in check(folder)}
    assert "no-course" not in {one.rule for one in check(folder / "one.yaml")}


def test_a_lesson_linked_from_outside_the_course_folder_is_refused(folder: Path) -> None:
    outside = folder.parent / f"{folder.name}-outside.yaml"
    outside.write_text("title: Secret\nsteps: [{type: read, text: x}]\n", encoding="utf-8")
    (folder / "two.yaml").unlink()
    (folder / "two.yaml").symlink_to(outside)
    assert "outside" in [one.rule for one in check(folder)]


def test_one_question_id_in_two_lessons_is_an_error(folder: Path) -> None:
    (folder / "one.yaml").write_text((folder / "two.yaml").read_text(encoding="utf-8"), "utf-8")
    assert "same-id-in-course" in [one.rule for one in check(folder)]


def test_an_undeclared_speaker_is_an_error(folder: Path) -> None:
    (folder / "record.yaml").write_text(
        RECORD.replace("c1: {speaker: ann", "c1: {speaker: bob"), encoding="utf-8"
    )
    found = errors(folder)
    assert [one.rule for one in found] == ["unknown-speaker"]
    assert found[0].line == 5


def test_of_thousands_of_keys_that_do_not_exist_a_hundred_are_told(tmp_path: Path) -> None:
    found = findings(tmp_path, "title: T\n" + "".join(f"k{number}: v\n" for number in range(5_000)))
    assert [one.rule for one in found if one.rule == "unknown-key"] == ["unknown-key"] * 100


@pytest.mark.parametrize("name", ["fraction", "also"])
def test_a_word_of_the_glossary_may_be_called_as_a_key_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "course.yaml").write_text(
        COURSE.replace("{tide: The sea rising and falling.}", f"{{{name}: [a, b]}}"), "utf-8"
    )
    said = [f"{one.message} {one.remedy}" for one in check(tmp_path)]
    assert any(f"`{name}`" in one for one in said)
    assert not any("0.5 or 1/2" in one for one in said)
