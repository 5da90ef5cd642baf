"""The commands for those who write lessons: check in all its forms, new, schema, export, import."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from support import EVERY, tutor

from tutor.course.variant import copy_of
from tutor.library import bundled_folder
from tutor.output_files import write_folder

SOUND = (
    "title: Sound\nquiz:\n  questions:\n    - type: true_false\n      id: rises\n"
    "      stem: The tide rises twice a day.\n      answer: true\n      feedback: It does.\n"
    "      explanation: Twice.\n      objective: know\nobjectives:\n  know: Know the tides\n"
)
POOR = SOUND.replace("      explanation: Twice.\n", "").replace("      feedback: It does.\n", "")
BROKEN = SOUND.replace("true_false", "true_or_false")
UNQUOTED = SOUND.replace("stem: The tide", "stem: Bill #1: the tide")


def written(text: str, name: str = "lesson.yaml") -> str:
    """Write a lesson into the test's own folder."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_warnings_are_told_apart_from_errors_and_fail_only_when_strict() -> None:
    name = written(POOR)
    done = tutor("check", name)
    assert done.returncode == 0
    assert ": warning: " in done.stdout
    assert "No errors, " in done.stderr
    assert tutor("check", "--strict", name).returncode == 1


def test_json_lists_the_findings_for_programs() -> None:
    name = written(BROKEN)
    done = tutor("check", "--json", name)
    assert done.returncode == 1
    [finding] = json.loads(done.stdout)
    assert (finding["file"], finding["line"], finding["column"]) == (name, 4, 13)
    assert (finding["rule"], finding["severity"]) == ("unknown-type", "error")
    assert "true_false" in finding["remedy"]


def test_sarif_places_the_findings_for_code_hosts() -> None:
    name = written(BROKEN, "with space.yaml")
    log = json.loads(tutor("check", "--sarif", name).stdout)
    run = log["runs"][0]
    [result] = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert log["version"] == "2.1.0"
    assert place["artifactLocation"]["uri"] == "with%20space.yaml"
    assert place["region"] == {"startLine": 4, "startColumn": 13}
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_a_finding_comes_with_its_fix_for_programs_and_code_hosts() -> None:
    name = written(UNQUOTED, "with space.yaml")
    [finding] = json.loads(tutor("check", "--json", name).stdout)
    start = {"line": 6, "column": 13}
    edits = [
        {**start, "end_line": 6, "end_column": 49, "text": '"Bill #1: the tide rises twice a day."'}
    ]
    assert finding["fix"] == {"description": "put the text in quotes", "edits": edits}
    log = json.loads(tutor("check", "--sarif", name).stdout)
    [fix] = log["runs"][0]["results"][0]["fixes"]
    assert fix["description"]["text"] == "put the text in quotes"
    [change] = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "with%20space.yaml"
    [replacement] = change["replacements"]
    assert replacement["deletedRegion"] == {
        "startLine": 6,
        "startColumn": 13,
        "endLine": 6,
        "endColumn": 49,
    }
    assert replacement["insertedContent"]["text"] == edits[0]["text"]


def test_what_only_the_author_can_mend_comes_without_a_fix() -> None:
    [finding] = json.loads(tutor("check", "--json", written(BROKEN)).stdout)
    assert finding["fix"] is None


def test_a_sound_lesson_gives_empty_lists() -> None:
    name = written(SOUND)
    assert json.loads(tutor("check", "--json", name).stdout) == []
    assert json.loads(tutor("check", "--sarif", name).stdout)["runs"][0]["results"] == []


def test_explain_teaches_a_rule() -> None:
    done = tutor("check", "--explain", "longest-key")
    assert done.returncode == 0
    assert "longest-key (warning)" in done.stdout
    assert "allow:" in done.stdout


def test_explain_knows_what_was_meant() -> None:
    done = tutor("check", "--explain", "longest-kee")
    assert done.returncode == 2
    assert "Did you mean `longest-key`?" in done.stderr


def test_check_wants_something_to_check() -> None:
    done = tutor("check")
    assert done.returncode == 2
    assert "Say what to check." in done.stderr


def test_play_reports_a_question_that_cannot_be_failed() -> None:
    name = written(
        "title: Play\nquiz:\n  questions:\n    - type: text\n      stem: What falls?\n"
        "      answers: [tide]\n      mistakes: [{answer: Tide, feedback: No.}]\n"
    )
    done = tutor("check", "--play", name)
    assert done.returncode == 1
    assert "[cannot-be-failed]" in done.stdout
    assert tutor("check", name).returncode == 0


def test_fix_shows_the_difference_and_mends_the_file() -> None:
    name = written(UNQUOTED)
    done = tutor("check", "--fix", name)
    assert done.returncode == 0
    assert "-      stem: Bill #1: the tide rises" in done.stderr
    assert "Mended 1 file." in done.stderr
    assert '"Bill #1: the tide rises twice a day."' in Path(name).read_text(encoding="utf-8")
    assert "Mended 0 files." in tutor("check", "--fix", name).stderr


@pytest.mark.parametrize(("answer", "mended"), [("y", True), ("n", False)])
def test_fix_asks_before_it_writes_where_somebody_can_answer(answer: str, mended: bool) -> None:
    name = written(UNQUOTED)
    parent, child = pty.openpty()
    os.write(parent, f"{answer}\n".encode())
    subprocess.run(
        [sys.executable, "-m", "tutor", "check", "--fix", name],
        stdin=child,
        capture_output=True,
        check=False,
        env={**os.environ, "TUTOR_DATA": "records"},
    )
    os.close(child)
    os.close(parent)
    assert (Path(name).read_text(encoding="utf-8") != UNQUOTED) == mended


def test_a_new_course_passes_check_and_its_quiz_can_be_taken() -> None:
    assert tutor("new", "course", "mine").returncode == 0
    done = tutor("check", "--strict", "--play", "mine")
    assert (done.stdout.count("warning"), done.returncode) == (0, 0)
    assert tutor("quiz", "mine", typed="2\n1 2 3\n").returncode == 0
    assert {path.name for path in Path("mine").iterdir()} >= {"course.yaml", "lesson.schema.json"}


def test_a_copy_of_a_course_has_its_sources_and_an_id_of_its_own() -> None:
    done = tutor("new", "course", "period 3", "--from", "wso")
    assert done.returncode == 0
    assert "with the id period-3." in done.stderr
    assert "`tutor test 'period 3'`" in done.stderr
    original = (bundled_folder() / "wso" / "course.yaml").read_text("utf-8")
    copied = Path("period 3/course.yaml").read_text("utf-8")
    changed = set(copied.splitlines()) - set(original.splitlines())
    assert changed == {
        "# yaml-language-server: $schema=course.schema.json",
        "id: period-3",
        "sources: [wso-2019.yaml, context.yaml]",
    }
    assert len(copied.splitlines()) == len(original.splitlines())
    again = tutor("new", "course", "period 3", "--from", "wso")
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
    assert tutor("new", "course", "one", "--from", str(EVERY / "asks.yaml")).returncode == 2


@pytest.mark.long
def test_a_copy_of_the_bundled_course_passes_check() -> None:
    tutor("new", "course", "mine", "--from", "wso")
    done = tutor("check", "--strict", "mine")
    assert ("warning" in done.stdout, done.returncode) == (False, 0)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("id: first # mine\ntitle: T\nsources:\n  - '../s/a.yaml' # one\n  - b.yaml\n",
         "id: copy # mine\ntitle: T\nsources:\n  - a.yaml # one\n  - b.yaml\n"),
        ('# mine\r\ntitle: T\r\nsources: [ "../s/a.yaml" , b.yaml ]\r\n',
         "# mine\r\nid: copy\r\ntitle: T\r\nsources: [ a.yaml , b.yaml ]\r\n"),
        ("title: T\nid: 'first'\nsources: [b.yaml, ../s/b.yaml]\n",
         "title: T\nid: copy\nsources: [b.yaml, b-2.yaml]\n"),
    ],
)  # fmt: skip
def test_a_copied_course_file_stays_as_it_was_written(head: str, expected: str) -> None:
    source = "title: S\nrole: context\nspeakers: {}\nclaims: {}\n"
    for folder in ("first/unit", "s"):
        Path(folder).mkdir(parents=True)
    for path in ("first/b.yaml", "s/a.yaml", "s/b.yaml"):
        Path(path).write_text(source, "utf-8")
    Path("first/unit/l.yaml").write_text(SOUND, "utf-8")
    text = f"{head}lessons: [unit/l.yaml]\n"
    Path("first/course.yaml").write_bytes(text.encode())
    files = copy_of(Path("first"), "copy")
    assert files["course.yaml"].decode() == f"{expected}lessons: [unit/l.yaml]\n"
    assert "unit/l.yaml" in files
    write_folder(Path("copy"), files)
    assert {path.name for path in Path("copy/unit").iterdir()} == {"l.yaml"}


def test_a_new_lesson_passes_check() -> None:
    done = tutor("new", "lesson", "tides")
    assert done.returncode == 0
    assert "tutor preview tides.yaml" in done.stderr
    assert tutor("check", "--strict", "--play", "tides.yaml").returncode == 0


def test_new_writes_over_nothing() -> None:
    name = written(SOUND)
    assert tutor("new", "lesson", name).returncode == 2
    assert Path(name).read_text(encoding="utf-8") == SOUND
    assert tutor("new", "course", ".").returncode == 2


def test_a_new_lesson_in_a_course_is_to_be_listed() -> None:
    tutor("new", "course", "mine")
    done = tutor("new", "lesson", "mine/02-next.yaml")
    assert "List it under `lessons:`" in done.stderr


@pytest.mark.parametrize("kind", ["lesson", "course", "source"])
def test_schema_prints_a_schema(kind: str) -> None:
    assert "properties" in tutor("schema", kind).stdout


def test_schema_writes_all_three_into_a_folder() -> None:
    assert tutor("schema", "-o", ".").returncode == 0
    assert len(list(Path().glob("*.schema.json"))) == 3


@pytest.mark.parametrize("form", ["gift", "moodle-xml", "qti", "anki", "worksheet", "markdown"])
def test_a_course_goes_out_in_every_form_and_says_what_stays_behind(form: str) -> None:
    done = tutor("export", form, str(EVERY), "-o", "out")
    assert Path("out").stat().st_size > 500
    assert "Wrote out." in done.stderr
    assert done.returncode == int("Not carried: " in done.stderr)
    assert tutor("export", form, str(EVERY), "-o", "out").returncode == 2


def test_like_losses_of_many_questions_are_told_in_one_line_unless_each_is_asked_for() -> None:
    told = tutor("export", "gift", "wso", "-o", "wso.gift")
    lines = told.stderr.splitlines()
    assert any(
        line.startswith("Not carried: ") and " questions, the first what-is-a-detainer/" in line
        for line in lines
    )
    assert lines[-1] == "`--details` says each of these by itself."
    each = tutor("export", "gift", "wso", "-o", "wso.gift", "--force", "--details")
    assert len(each.stderr.splitlines()) > 2 * len(lines)
    assert (told.returncode, each.returncode) == (1, 1)


def test_an_export_can_go_to_standard_output() -> None:
    done = tutor("export", "gift", str(EVERY / "asks.yaml"), "-o", "-")
    assert "What raises the tide most?" in done.stdout
    assert "Wrote" not in done.stderr


def test_an_export_into_a_folder_says_that_a_file_is_wanted() -> None:
    done = tutor("export", "gift", str(EVERY), "-o", ".")
    assert done.returncode == 2
    assert "Name the file to write." in done.stderr


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
def test_what_went_out_comes_back_as_a_lesson_that_passes_check(form: str) -> None:
    tutor("export", form, str(EVERY), "-o", "bank")
    done = tutor("import", form, "bank", "-o", "back.yaml")
    assert "Next: `tutor check back.yaml`" in done.stderr
    assert tutor("check", "back.yaml").returncode == 0
    assert "What raises the tide most?" in Path("back.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
@pytest.mark.parametrize(
    ("raw", "says"),
    [(None, "cannot be read"), (b"\xff\xfe\x00", ""), (b"x" * 20_000_001, "larger than 20 MB")],
    ids=["missing", "binary", "huge"],
)
def test_what_is_no_question_bank_is_refused_in_words(
    form: str, raw: bytes | None, says: str
) -> None:
    if raw is not None:
        Path("bank").write_bytes(raw)
    done = tutor("import", form, "bank", "-o", "back.yaml")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "fault of its own" not in done.stderr
    assert not Path("back.yaml").exists()
