"""The report in its forms: lines of any width, a page, a table, data; names only on request."""

import csv
import io
import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import msgspec
import pytest
from answering import right_response
from class_of import handed_in, taken
from msgspec.structs import replace
from support import EVERY, StepClock, tutor

from tutor.classroom.analysis.talking_points import Topic
from tutor.classroom.hand_in.file import Written
from tutor.classroom.hand_in.from_records import Wish, gather
from tutor.classroom.received.class_results import Gathered
from tutor.classroom.received.class_results import gather as put_together
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import Received, SetAside
from tutor.classroom.received.roster import Member, Roster, read_roster
from tutor.classroom.report.contents import Report, report_on
from tutor.classroom.report.in_data import as_csv, record
from tutor.classroom.report.in_html import as_html
from tutor.classroom.report.in_lines import lines
from tutor.course.text import cells
from tutor.errors import UsageError
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

NAMES = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "Zoë [@click=app.quit]x[/]",
    "\x1b[31mRed",
)


def class_of(study: Study, tmp_path: Path, names: tuple[str, ...], **options: bool) -> Gathered:
    found: list[Received | SetAside] = [SetAside("<b>cut</b>.tutor", "is cut off")]
    for number, name in enumerate(names):
        with open_records(tmp_path / f"of{number}", StepClock()) as store:
            learner = Study(store, Library(store, tmp_path), f"L{number}", seed=lambda: 7)
            found.append(Received(f"{number}.tutor", handed_in(learner, name, **options)))
    study.library.remember(study.library.find(str(EVERY))[0])
    here = course_of(study, next(one.hand_in for one in found if isinstance(one, Received)))
    return put_together(found, lambda _: here, Roster((Member("=Missing"),)))


@pytest.fixture
def hostile(study: Study, tmp_path: Path) -> Gathered:
    return class_of(study, tmp_path, NAMES, right=False, sure=True)


def test_no_line_is_wider_than_there_is_room(hostile: Gathered) -> None:
    for width, names in product((50, 60, 80, 100), (True, False)):
        told = list(lines(report_on(hostile, names=names), width))
        assert max(map(cells, told)) <= width
        assert any("Sure, and wrong" in line for line in told)


@pytest.mark.long
def test_without_bars_nothing_is_drawn(hostile: Gathered) -> None:
    told = "\n".join(lines(report_on(hostile, names=True), bars=False))
    assert "━" not in told
    assert "0%" in told


FORMS = {
    "lines": lambda of: "\n".join(lines(of)),
    "html": as_html,
    "csv": as_csv,
    "json": lambda of: msgspec.json.encode(record(of)).decode(),
}


def test_names_are_in_no_form_unless_asked_for(hostile: Gathered) -> None:
    for made in FORMS.values():
        hidden = made(report_on(hostile, names=False))
        for name in ("calc", "alert", "Zoë", "Red", "=Missing", "cut.tutor", "cut</b>"):
            assert name not in hidden
        assert "Zoë" in made(report_on(hostile, names=True))


def test_no_cell_of_the_table_is_a_formula(hostile: Gathered) -> None:
    text = as_csv(report_on(hostile, names=True))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(NAMES) + 1
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
            assert not (cell.startswith("-") and not re.fullmatch(r"-?[\d.]+", cell))


class Elements(HTMLParser):
    """What an HTML file is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_the_page_loads_nothing_and_runs_nothing(hostile: Gathered) -> None:
    made = as_html(report_on(hostile, names=True))
    parts = Elements(made)
    assert not {"script", "img", "link", "iframe", "object", "a"} & set(parts.tags)
    assert not any(name.startswith("on") or name in ("src", "href") for name, _ in parts.attributes)
    assert "&lt;script&gt;alert(1)" in made
    assert "\x1b" not in made
    assert ("lang", "en") in parts.attributes
    assert parts.tags.count("h1") == 1
    assert parts.tags.count("caption") == parts.tags.count("table") > 2


def test_a_class_that_took_only_a_quiz_is_reported_on_by_it(study: Study, tmp_path: Path) -> None:
    course = study.library.find(str(EVERY))[0]
    study.library.remember(course)
    lesson = study.lesson(course.lessons[0])
    attempt = study.quiz(course, lesson)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond(None)
    attempt.finish()
    made = gather(study, course, Wish(name="Ana"))
    here = course_of(study, made)
    of = report_on(put_together([Received("a", made)], lambda _: here, None), names=True)
    assert of.what == f"quiz: {lesson.title}"
    assert of.average == 0
    assert of.test.items


def test_a_test_before_and_one_after_tell_what_was_learned(study: Study) -> None:
    course = taken(study, quizzes=False, right=False)
    taken(study, quizzes=False)
    made = gather(study, course, Wish(name="Ana"))
    here = course_of(study, made)
    of: Report = report_on(put_together([Received("a", made)], lambda _: here, None), names=True)
    assert of.what == "test after"
    assert (of.rows[0].first, of.rows[0].runs) == (0, 2)
    assert of.gain == of.rows[0].last
    assert "learned " in "\n".join(lines(of))


def test_what_learners_wrote_is_shown_with_names_alone(study: Study) -> None:
    course = taken(study)
    words = {"notes": [Written(about="Tides", text="I was\nlost", at="2026-01-01")]}
    wish = Wish(name="Ana", ticked=frozenset({"notes"}), written=words)
    made = gather(study, course, wish)
    here = course_of(study, made)
    both = put_together([Received("a", made), Received("b", made)], lambda _: here, None)
    for form in ("lines", "html", "json"):
        assert FORMS[form](report_on(both, names=True)).count("lost") == 1
        assert "lost" not in FORMS[form](report_on(both, names=False))
    assert "1 text; --names shows them." in FORMS["lines"](report_on(both, names=False))


def test_an_empty_folder_says_how_it_is_filled() -> None:
    Path("in").mkdir()
    said = tutor("report", "in", TUTOR_DATA="teacher")
    assert said.returncode == 0
    assert "No hand-in was found. Learners write one with `tutor hand-in`." in said.stdout


def test_a_roster_is_read_whatever_its_columns() -> None:
    Path("r.csv").write_text("\ufeffid;name\n7;Ana\n8;Ben\n8;Ben\n;\n", encoding="utf-8")
    assert read_roster(Path("r.csv")).members == (Member("Ana", "7"), Member("Ben", "8"))
    Path("r.csv").write_text("Ana\nBen,b1\n")
    roster = read_roster(Path("r.csv"))
    assert roster.members == (Member("Ana", ""), Member("Ben", "b1"))
    assert roster.member("B1") == Member("Ben", "b1")
    assert roster.member("Cai") is None
    Path("r.csv").write_text("")
    said = tutor("report", ".", "--roster", "r.csv", TUTOR_DATA="teacher")
    assert said.returncode == 2
    assert "names nobody" in said.stderr


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Nachname;Vorname\nMuñoz;José\n", [("José Muñoz", "")]),
        ("Nombre,Código\nJosé Muñoz,7\n", [("José Muñoz", "7")]),
        ("Nombre,Apellidos\nJosé,Muñoz\n", [("José Muñoz", "")]),
        ("Name;Vorname;Nr.\nMuñoz;José;7\n", [("José Muñoz", "7")]),
        ("Nom,Prénom\nMuñoz,José\n", [("José Muñoz", "")]),
        ("First name,Last name,ID number\nJosé,Muñoz,7\n", [("José Muñoz", "7")]),
        ("Student\nMuñoz, José\n", [("Muñoz, José", "")]),
        ('Time,Name\n1,"Muñoz, José"\n', [("Muñoz, José", "")]),
        ("Muñoz,José\n", [("Muñoz", "José")]),
        ("Class 7b, spring;;\n\nNachname;Vorname;ID\nMuñoz;José;7\n", [("José Muñoz", "7")]),
        ('sep=;\nname;id\n"Muñoz, José";7\n', [("Muñoz, José", "7")]),
        ("\n\nname,id\nJosé Muñoz,7\n", [("José Muñoz", "7")]),
        ("1;José Muñoz\n", [("José Muñoz", "1")]),
        ('Student #,Student Name\n7,"Muñoz, José"\n', [("Muñoz, José", "7")]),
        ('"Last, First",ID\n"Muñoz, José",7\n', [("Muñoz, José", "7")]),
        ("name,id\nJosé Muñoz,7\nJosé Muñoz,8\n",
         [("José Muñoz (7)", "7"), ("José Muñoz (8)", "8")]),
    ],
)  # fmt: skip
def test_a_roster_may_be_written_as_schools_write_it(
    text: str, members: list[tuple[str, str]]
) -> None:
    for encoding in ("utf-8", "cp1252", "utf-16"):
        Path("r.csv").write_bytes(text.encode(encoding))
        roster = read_roster(Path("r.csv"))
        assert roster.members == tuple(Member(*one) for one in members)
        first = roster.members[0]
        assert roster.member(first.name) == roster.member(first.id or first.name) == first
        if len(members) == 1:
            for named in ("Jose Munoz", "muñoz josé", "Munoz, Jose"):
                assert roster.member(named) == first


def test_what_a_roster_was_read_by_is_told() -> None:
    Path("r.csv").write_text("Nr.;Name\n7;Ana\n")
    assert read_roster(Path("r.csv")).said() == ("Roster: 1 name, from the columns Name and Nr.",)
    Path("r.csv").write_text("Number of pupil;Whose\n7;Ana\n")
    assert read_roster(Path("r.csv")).said() == (
        "Roster: 2 names, without a heading like `name,id`.",
    )


def test_the_gradebook_of_a_platform_is_a_roster() -> None:
    Path("r.csv").write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section,"Quiz 1 (123)"\n'
        ",,,,,Manual Posting\n"
        "    Points Possible,,,,,10.0\n"
        '"Miller, Ben",102,b-17,ben,P3,5\n"Otto, Cai",103,,cai,P3,\n"Student, Test",9,,x,P3,\n'
    )
    roster = read_roster(Path("r.csv"))
    ben, cai = roster.members
    assert (ben.name, ben.id, cai.name, cai.id) == ("Miller, Ben", "b-17", "Otto, Cai", "cai")
    for named in ("Ben Miller", "b-17", "BEN", "102"):
        assert roster.member(named) == ben
    assert roster.said()[0] == (
        "Roster: 2 names, from the columns Student, SIS User ID, SIS Login ID and ID."
    )
    Path("r.csv").write_text(
        "First name,Last name,ID number,Institution,Department,Email address,Course total (Real)\n"
        "Ben,Miller,b-17,,,ben@x.org,-\n"
    )
    assert read_roster(Path("r.csv")).members == (Member("Ben Miller", "b-17"),)


def test_names_that_are_alike_are_told_apart_or_told() -> None:
    Path("r.csv").write_text("name\nAna Li\nLi Ana\nBen\nBen\n", encoding="utf-8")
    roster = read_roster(Path("r.csv"))
    assert roster.member("Ana Li") == Member("Ana Li")
    assert roster.member("Áná Li") is None
    assert roster.said()[0] == "Roster: 3 names, from the column name."
    assert "“Ben” stands on the roster more than once" in roster.said()[1]


def test_an_id_that_two_share_stands_for_neither() -> None:
    Path("r.csv").write_text("name,id\nStella,star\nStephen,Star\nBen,7\n", encoding="utf-8")
    roster = read_roster(Path("r.csv"))
    assert roster.member("star") is None
    assert roster.member("Stella") == Member("Stella", "star")
    _, told = roster.said()
    assert told.startswith("“star” is the id of Stella and Stephen: what comes under it counts for")
    _, told = roster.said(names=False)
    assert told.startswith("An id stands twice: ")


def test_zeros_before_a_number_do_not_count_where_one_can_be_meant() -> None:
    Path("r.csv").write_text("name,id\nBond,7\nBen,08\nMia,0042\nEli,42\n", encoding="utf-8")
    roster = read_roster(Path("r.csv"))
    said = {named: roster.member(named) for named in ("007", "8", "0042", "42", "042", "0", "00")}
    assert {named: one and one.name for named, one in said.items()} == {
        "007": "Bond", "8": "Ben", "0042": "Mia", "42": "Eli", "042": None, "0": None, "00": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tutor", b"Ana\n"), ("a.csv", b'{"format": "tutor hand-in"}'), ("a.csv", b"PK\3\4x\0"),
        ("a.txt", b"(tutor hand-in 1, 3 lines, check abc)\n"), ("a.csv", b"<html>Ana</html>"),
        ("a", b"%PDF-1.7"), ("a.yaml", b"name: Ana\n"),
    ],
)  # fmt: skip
def test_what_is_no_roster_is_refused(name: str, content: bytes) -> None:
    Path(name).write_bytes(content)
    with pytest.raises(UsageError, match="is no roster"):
        read_roster(Path(name))


@pytest.mark.parametrize("here", [True, False])
def test_a_right_answer_after_a_hint_is_not_called_wrong(study: Study, here: bool) -> None:
    small = study.library.find(str(EVERY))[0]
    study.library.remember(small)
    lesson = study.lesson(small.lessons[0])
    attempt = study.quiz(small, lesson)
    hinted = next(one.question.id for one in attempt.progress if one.question.hints)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        if progress.question.id == hinted:
            attempt.hint()
        attempt.respond(right_response(progress.question), confidence="sure")
    attempt.finish()
    made = gather(study, small, Wish(name="Ana"))
    course = course_of(study, made) if here else None
    of = report_on(put_together([Received("a", made)], lambda _: course, None), names=True)
    told = next(one for one in of.test.items if one.item.id == hinted)
    assert told.facility < 1
    assert told.sure_and_wrong == 0
    assert not any(choice.right is False and choice.count for choice in told.responses)


def test_why_a_question_is_talked_about_ends_in_one_sign(hostile: Gathered) -> None:
    of = report_on(hostile, names=True)
    (figures, *_) = of.test.items
    asks = [Topic(figures=figures, why=why, weight=1) for why in ("is it right?", "all missed it")]
    page = as_html(replace(of, topics=tuple(asks)))
    assert "is it right?</p>" in page
    assert "all missed it.</p>" in page
