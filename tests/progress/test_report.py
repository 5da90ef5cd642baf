"""Progress as text, JSON and CSV, what one wrote as Markdown: the same figures, and safe."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from answering import right_response
from markdown_it import MarkdownIt
from support import tutor
from terminal.session import Session
from two_months import write

from tutor.course.model.course import Course, Lesson
from tutor.progress.figures import figures
from tutor.progress.table import as_csv
from tutor.progress.written import as_markdown, escaped
from tutor.records.written import notes
from tutor.study import Study
from tutor.study.anchors import anchor

TODAY = datetime(2026, 1, 23, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ana")
    write(folder, TODAY)
    return folder


def test_text_json_and_csv_have_the_same_figures(ana: Path, own_home: Path) -> None:
    here = {"TUTOR_DATA": str(ana), "TZ": "UTC"}
    text = tutor("progress", **here).stdout
    assert re.search(r": since \d+ Nov 2025, ", text)
    record = msgspec.json.decode(tutor("progress", "--json", **here).stdout)["figures"]["wso"]
    done = tutor("progress", "--csv", "figures.csv", **here)
    assert done.stderr == "The figures are in figures.csv.\n"
    rows = list(csv.DictReader(StringIO((own_home / "figures.csv").read_text("utf-8"))))
    found = {(row["part"], row["item"]): row for row in rows}
    for name in ("read", "passed"):
        done_of = record[name]
        row = found["course", name]
        assert (int(row["value"]), int(row["of"])) == (done_of["done"], done_of["of"])
        noun = {"read": "lessons", "passed": "quizzes"}[name]
        assert f"{done_of['done']} of {done_of['of']} {noun} {name}" in text
    solid = record["objectives"]
    assert f"Objectives: {solid['solid']} of {solid['of']} solid" in text
    states = [row["state"] for row in rows if row["part"] == "objectives"]
    assert states == [one["state"] for one in solid["each"]]
    told = {name: text.count(f": {name}.\n") for name in ("solid", "on the way")}
    assert told == {"solid": states.count("solid"), "on the way": states.count("on-the-way")}
    quizzes = record["scores"]
    assert f"Scores: {quizzes['quizzes']} quizzes, {quizzes['passed']} passed" in text
    shares = [one["score"] for one in quizzes["recent"]]
    scored = [float(row["share"]) for row in rows if row["part"] == "scores"][1:]
    assert scored == pytest.approx(shares, abs=1e-6)
    assert {row["item"]: int(row["value"]) for row in rows if row["part"] == "practice"} == record[
        "practice"
    ]
    assert f"{len(record['practice'])} days" in text
    for name, counted in record["confidence"].items():
        assert int(found["confidence", name]["value"]) == counted["done"]
        assert f"of {counted['of']}" in text
    assert "of what was missing before is right now" in text
    before, after = record["tests"]
    assert record["learned"] == pytest.approx((after - before) / (1 - before))
    memory = record["memory"]
    assert f"{memory['done']} of {memory['of']} reviews" in text
    again = tutor("progress", "--csv", "figures.csv", **here)
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_pictures_can_be_read_where_there_is_only_ascii(ana: Path, own_home: Path) -> None:
    settings = {"TUTOR_DATA": str(ana), "PYTHONIOENCODING": "ascii"}
    session = Session(["progress"], own_home, (120, 50), **settings)
    assert session.wait_for_end() == 0
    said = session.raw.replace("\r", "")
    assert re.search(r"read +=+-+ +\d of 9 lessons", said)
    assert "* solid  o on the way  . not asked yet" in said
    assert "70% -" in said
    pictures, _, runs = said.partition("Finished, the newest first:")
    assert pictures.count("?") == pictures.count("? ") <= 2  # in titles
    assert runs.count("test before:") == 1
    session = Session(["progress", "--plain"], own_home, (120, 50), **settings)
    assert session.wait_for_end() == 0
    assert "read ==" not in session.raw
    assert "lessons read, " in session.raw


def test_in_a_pipe_progress_is_sentences_and_each_result_comes_once(ana: Path) -> None:
    said = tutor("progress", TUTOR_DATA=str(ana), TZ="UTC").stdout
    assert not set(said) & set("━╾─┃●◐○•·▁▂▃▄▅▆▇█╱✓✗→…")
    assert not re.search(r"\d{4}-\d\d|wso/", said)
    assert "\n  Lesson 1, What is a detainer?: " in said
    assert re.search(r" days, \d+ tries at questions\.\n", said)
    whole = "Put each argument for the program as those who make it would: "
    assert re.search(f"    {whole}(solid|on the way).\n", said)
    _, _, finished = said.partition("Finished, the newest first:\n")
    runs = finished.splitlines()
    assert runs[-1].startswith("  Fri 21 Nov 2025, ")
    assert "test before: Detainers and the Warrant Service Officer program, " in runs[-1]
    assert len(runs) == len(set(runs))
    assert said.count(runs[0]) == 1


def test_nothing_yet_names_what_fills_it() -> None:
    tutor("quiz", "wso/wso", typed="1\n")
    said = tutor("progress").stdout
    assert "Scores: none yet: a quiz ends each lesson" in said
    assert "Before and after: the test before shows where you start" in said
    assert "Memory: from 20 reviews on" in said
    assert "Confidence: off, turn it on in the settings" in said
    tutor("set", "confidence", "on")
    assert "Confidence: from the next quiz on" in tutor("progress").stdout


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝", "|", "%"])
def test_no_cell_is_a_formula(study: Study, course: Course, start: str) -> None:
    evil = msgspec.structs.replace(course, id=f"{start}cmd")
    text = as_csv([msgspec.structs.replace(figures(study, course), course=evil)])
    for row in csv.reader(StringIO(text)):
        for cell in row:
            assert not re.match(r"\s*[=+\-@|%＝]", cell), cell


EVIL = (
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![](https://example.org/x.png)",
    "# A heading",
    "1. a list",
    "- a list",
    "`code` *bold* _em_",
    "see https://example.org and www.example.org",
    "| a | b |",
    "&lt;b&gt;",
    "<https://example.org>",
    "\\*not escaped\\*",
)


@pytest.mark.parametrize("text", EVIL)
def test_what_one_wrote_is_text_in_markdown(text: str) -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(f"> {escaped(text)}")
    (shown,) = re.findall(r"<blockquote>\n<p>(.*)</p>\n</blockquote>", page)
    assert not re.search(r"<[a-z]", shown)
    plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert plain.replace("&amp;", "&") == text


def test_notes_are_written_with_what_they_are_about(
    study: Study, course: Course, tells: Lesson, asks: Lesson
) -> None:
    store, learner = study.store, study.learner
    where = anchor(tells.steps[0])
    notes.keep(store, learner, course.id, tells.id, where, 0, "Mind\n<b>this</b>")
    attempt = study.quiz(course, asks)
    attempt.go("why")
    attempt.respond(right_response(attempt.current.question))
    said = as_markdown(study, course)
    assert "## Answers" in said
    assert "Why does a harbor master need a tide table?" in said
    assert "> Ships need depth" in said
    assert "## Notes" in said
    assert "> Mind\n> \\<b\\>this\\</b\\>\n" in said


def test_notes_go_to_a_file_and_never_over_one(own_home: Path) -> None:
    tutor("quiz", "wso/wso", typed="1\n")
    assert "Nothing was written yet." in tutor("notes", "wso").stdout
    assert tutor("notes", "wso", "-o", "mine.md").returncode == 0
    assert (own_home / "mine.md").read_text("utf-8").startswith("# Detainers")
    refused = tutor("notes", "wso", "-o", "mine.md")
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert tutor("notes", "wso", "-o", "mine.md", "--force").returncode == 0
