"""A test on paper: printed for each learner, entered by the teacher, reported like any other."""

import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from answering import wrong_response
from class_of import hand_in_all, simulate, write_course
from msgspec.structs import replace
from support import EVERY, RATES, tutor
from terminal.session import Session

from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.hand_in.file import read as read_hand_in
from tutor.classroom.paper import letters, sheets_file
from tutor.classroom.paper.in_html import key_as_html, sheets_as_html
from tutor.classroom.paper.letters import Slip
from tutor.classroom.paper.sheet_entry import Entry, Said, Taken
from tutor.classroom.paper.sheet_hand_in import hand_in_of, responses_in
from tutor.classroom.paper.sheet_questions import draw
from tutor.classroom.paper.sheets_file import Printing, Sheet
from tutor.classroom.received.class_results import gather
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import Received
from tutor.classroom.received.roster import Member, Roster
from tutor.course.model.course import CourseTest
from tutor.course.model.questions import AnyQuestion, Choice
from tutor.course.model.shuffle import shuffled
from tutor.study import Study

AT = "2026-11-28T09:00:00Z"
CLASS = Roster((Member("Ana Kovač"), Member("Ben Miller", "b-17"), Member("=HYPER(1)")))


def printed(study: Study, roster: Roster = CLASS, seed: int = 1) -> Printing:
    course = study.library.find(str(EVERY))[0]
    return draw(course, study.test_lesson(course), roster, seed=seed, at=AT).printing


def all_questions(study: Study) -> list[AnyQuestion]:
    """A question of each type that is scored."""
    asks = study.lesson(study.library.find(str(EVERY))[0].lessons[0])
    rates = study.lesson(study.library.find(str(RATES))[0].lessons[0])
    return [one for one in (*asks.questions(), *rates.questions()) if one.scored]


def line(made: Printing, sheet: Sheet, *, right: bool = True) -> str:
    """What is typed for a sheet on which all is right, or nothing."""
    asked = made.asked_on(sheet)
    answers = [one.key() if right else wrong_response(one) for one in asked]
    typed = [letters.written(a, sheet.seed, b) for a, b in zip(asked, answers, strict=True)]
    return " ".join([sheet.code, *typed])


# Letters


@pytest.mark.parametrize("seed", [0, 7])
def test_an_answer_comes_back_from_its_letters(study: Study, seed: int) -> None:
    fit = [one for one in all_questions(study) if not letters.unfit(one)]
    assert {one.type for one in fit} >= {
        *("choice", "multiple", "true_false", "number", "order", "match", "sort", "matrix"),
    }
    for question in fit:
        for response in (question.key(), wrong_response(question), None):
            typed = letters.written(question, seed, response)
            assert " " not in typed
            for spelled in (typed, typed.upper()):
                assert letters.read(question, seed, spelled) == response, (question.id, typed)


def test_letters_go_by_what_is_printed(study: Study) -> None:
    for question in all_questions(study):
        for seed in (1, 2):
            if question.type == "choice":
                rows = question.arranged(seed).rows
                assert letters.read(question, seed, "b") == rows[1].id


SLIPS = [
    ("choice", "e", "there is no “e”, only a to"),
    ("choice", "ab", "it takes one letter"),
    ("choice", "2", "there is no “2”"),
    ("multiple", "aa", "a letter stands there twice"),
    ("multiple", "az", "there is no “z”"),
    ("true_false", "a", "there is no “a”, only t and f"),
    ("order", "ab", "an order has each of"),
    ("order", "aab", "an order has each of"),
    ("match", "a", "it takes"),
    ("sort", "z", "there is no “z”"),
    ("number", "many", "is read as no number"),
    ("choice", "\x1b[2J", "there is no “"),
    ("number", "8\x1b[2J;", "is read as no number"),
    ("choice", "a" * 100_000, "it takes one letter|a letter stands there twice"),
]


@pytest.mark.parametrize(("kind", "typed", "said"), SLIPS)
def test_what_cannot_be_an_answer_is_said(study: Study, kind: str, typed: str, said: str) -> None:
    question = next(one for one in all_questions(study) if one.type == kind)
    found = letters.read(question, 3, typed)
    assert isinstance(found, Slip)
    assert any(one in found.words for one in said.split("|"))
    assert "\x1b" not in found.words
    assert len(found.words) < 200


@pytest.mark.parametrize("dash", ["-", "–", "—", "_"])
def test_a_dash_stands_for_no_answer(study: Study, dash: str) -> None:
    for question in all_questions(study):
        if not letters.unfit(question):
            assert letters.read(question, 1, dash) is None
            places = letters.places(question)
            assert letters.read(question, 1, dash * max(1, places)) is None


def test_a_place_may_be_left_empty(study: Study) -> None:
    match = next(one for one in all_questions(study) if one.type == "match")
    typed = "-" + letters.written(match, 1, match.key())[1:]
    found = letters.read(match, 1, typed)
    assert found == dict(list(match.key().items())[1:])
    assert letters.written(match, 1, found) == typed


# Sheets


def test_each_learner_has_a_sheet_of_their_own(study: Study) -> None:
    made = printed(study)
    assert [sheet.name for sheet in made.sheets] == [one.name for one in CLASS.members]
    assert len({sheet.code for sheet in made.sheets}) == 3
    assert len({sheet.seed for sheet in made.sheets}) == 3
    assert printed(study).sheets == made.sheets
    assert printed(study, seed=2).sheets != made.sheets


def test_after_the_lessons_others_are_asked_than_before(study: Study) -> None:
    course = study.library.find(str(write_course(Path("nature"))))[0]
    two_each = replace(course, test=CourseTest(per_objective=2))
    lesson = study.test_lesson(two_each)
    first = draw(two_each, lesson, CLASS, seed=1, at=AT)
    assert not first.said
    after = draw(two_each, lesson, CLASS, seed=2, at=AT, before=[first.printing])
    assert "others than on the sheets before" in " ".join(after.said)
    for one, other in zip(first.printing.sheets, after.printing.sheets, strict=True):
        assert len(one.questions) == len(other.questions) == 8
        assert not set(one.questions) & set(other.questions)


def test_what_takes_words_is_left_out_and_said(study: Study) -> None:
    course = study.library.find(str(EVERY))[0]
    drawn = draw(course, study.test_lesson(course), CLASS, seed=1, at=AT)
    kinds = {one.question.type for one in drawn.printing.questions.values()}
    assert not kinds & {"text", "open"}
    assert any("answered in words." in said for said in drawn.said)


def test_nothing_of_the_key_is_on_the_sheets(study: Study) -> None:
    """With another key, and without a word of explanation, they are the same to the byte."""
    nature = write_course(Path("nature"))
    course = study.library.find(str(nature))[0]
    made = draw(course, study.test_lesson(course), CLASS, seed=1, at=AT).printing
    asked = {}
    for name, one in made.questions.items():
        assert isinstance(one.question, Choice)
        options = [replace(option, correct=option.id == "d") for option in one.question.options]
        other = replace(one.question, options=tuple(options), explanation="No.", hints=("No.",))
        asked[name] = replace(one, question=other)
    changed = replace(made, questions=asked)
    assert sheets_as_html(changed) == sheets_as_html(made)
    assert key_as_html(changed) != key_as_html(made)


def test_code_and_key_belong_to_each_other(study: Study) -> None:
    made = printed(study)
    pages, key = sheets_as_html(made), key_as_html(made)
    assert "<script" not in pages
    assert f"{len(made.sheets[0].questions)} questions</p>" in pages
    assert "questions · 20 minutes</p>" in sheets_as_html(replace(made, minutes=20))
    for sheet in made.sheets:
        assert sheet.code in pages
        assert sheet.code in key


def test_every_page_of_a_sheet_bears_code_name_and_number(study: Study) -> None:
    made = printed(study, Roster((Member("Ana"), Member('Zoë "Z" </style>'))))
    pages = sheets_as_html(made)
    for number, sheet in enumerate(made.sheets, 1):
        assert f'<section class="sheet" style="page: sheet-{number}"><div class="again">' in pages
        foot = (
            f"@page sheet-{number} {{ counter-increment: sheet-{number}; @bottom-right {{ content: "
        )
        said = pages.partition(foot)[2].partition(" counter(")[0].strip('"')
        words = re.sub(r"\\([0-9a-f]{6}) ", lambda sign: chr(int(sign[1], 16)), said)
        assert words == f"{sheet.code} · {sheet.name} · page "
    assert pages.count("</style>") == 1


@pytest.mark.long
@pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("pdftotext")), reason="nothing prints here"
)
def test_pages_that_were_dropped_can_be_sorted(study: Study, tmp_path: Path) -> None:
    made = printed(study)
    (tmp_path / "test.html").write_text(sheets_as_html(made), "utf-8")
    pdf = str(tmp_path / "test.pdf")
    asked = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    subprocess.run(
        ["chromium", *asked, f"--print-to-pdf={pdf}", str(tmp_path / "test.html")],
        check=True,
        capture_output=True,
    )
    printed_pages = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")[:-1]
    on_each = [re.findall(r"(\w{4}) · (.+) · page (\d+)", one) for one in printed_pages]
    assert all(len(one) == 1 for one in on_each)
    for page, [(code, name, _)] in zip(printed_pages, on_each, strict=True):
        assert re.match(rf"\s*{re.escape(name)}\s+{code}\n", page)
    for sheet in made.sheets:
        numbers = [number for [(code, _, number)] in on_each if code == sheet.code]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
        assert numbers


def test_a_sheet_is_given_back_as_the_course_says(study: Study) -> None:
    made = replace(printed(study), release="teacher")
    sheet = made.sheets[0]
    entered = hand_in_of(made, sheet, (None,) * len(sheet.questions), AT)
    assert entered.hand_in.attempts[0].opened.release == "teacher"
    here = course_of(study, entered.hand_in)
    gathered = gather([Received("sheet", entered.hand_in)], lambda _: here, None)
    assert [run.release for one in gathered.learners for run in one.runs] == ["teacher"]


def test_hostile_names_are_only_text(study: Study) -> None:
    roster = Roster((Member("<script>alert(1)</script>"), Member("\x1b[2JBo\u202eb")))
    for made in (sheets_as_html(printed(study, roster)), key_as_html(printed(study, roster))):
        assert "<script" not in made
        assert "\x1b" not in made
        assert "\u202e" not in made


def test_a_list_of_sheets_comes_back(study: Study) -> None:
    made = printed(study)
    assert sheets_file.read(sheets_file.write(made)) == made


def test_a_damaged_list_is_refused(study: Study) -> None:
    content = sheets_file.write(printed(study))
    chance = random.Random(1)
    for _ in range(60):
        at = chance.randrange(len(content) - 2)
        damaged = content[:at] + bytes([content[at] ^ 1 << chance.randrange(7)]) + content[at + 1 :]
        if damaged != content:
            with pytest.raises(Unreadable):
                sheets_file.read(damaged)
    for damaged in (b"", b"{}", b"name,id\nAna", content[:-200]):
        with pytest.raises(Unreadable):
            sheets_file.read(damaged)


def test_a_list_that_says_what_cannot_be_is_refused(study: Study) -> None:
    made = printed(study)
    body = msgspec.json.decode(msgspec.json.encode(made))
    for change in (
        {"sheets": []},
        {"sheets": [{**body["sheets"][0], "code": "AAAA"}]},
        {"sheets": [{**body["sheets"][0], "questions": ["nothing"]}]},
        {"sheets": [body["sheets"][0]] * 2},
        {"questions": {"x": next(iter(body["questions"].values()))}},
        {"questions": {**body["questions"], **_without_a_right_option(body["questions"])}},
    ):
        with pytest.raises(Unreadable):
            sheets_file.read(sheets_file.seal(sheets_file.FORMAT, {**body, **change}))


def _without_a_right_option(questions: dict[str, Any]) -> dict[str, Any]:
    name = next(name for name in questions if questions[name]["question"]["type"] == "choice")
    question = questions[name]["question"]
    options = [{**option, "correct": False} for option in question["options"]]
    return {name: {**questions[name], "question": {**question, "options": options}}}


# Entry


@pytest.fixture
def made(study: Study) -> Printing:
    return printed(study)


@pytest.fixture
def entry(made: Printing) -> Entry:
    return Entry([made])


def enter(entry: Entry, typed: str) -> Taken | Said:
    found = entry.take(typed)
    if isinstance(found, Taken):
        entry.keep(found)
    return found


def said(found: Taken | Said) -> str:
    assert isinstance(found, Said)
    return " ".join(found.lines)


def test_a_sheet_is_taken_whatever_its_case(made: Printing, entry: Entry) -> None:
    sheet = made.sheets[0]
    for typed in (
        line(made, sheet),
        line(made, sheet).lower(),
        line(made, sheet).replace(" ", ", "),
    ):
        found = Entry([made]).take(typed)
        assert isinstance(found, Taken)
        assert found.sheet == sheet
        assert list(found.responses) == [one.key() for one in made.asked_on(sheet)]
    assert len(entry.waiting) == 3


def test_too_few_and_too_many_answers(made: Printing, entry: Entry) -> None:
    typed = line(made, made.sheets[0])
    count = len(made.sheets[0].questions)
    for wrong, answers in ((typed.rpartition(" ")[0], count - 1), (f"{typed} a", count + 1)):
        words = said(enter(entry, wrong))
        assert f"Ana Kovač: {count} question" in words
        assert f"{answers} answer" in words
    assert entry.standing == {}


def test_a_letter_that_a_question_does_not_have(made: Printing, entry: Entry) -> None:
    sheet = made.sheets[0]
    for number in range(1, len(sheet.questions) + 1):
        parts = line(made, sheet).split()
        parts[number] = "z"
        found = enter(entry, " ".join(parts))
        assert f"Ana Kovač, question {number}: " in said(found)
    assert entry.standing == {}


def test_every_slip_in_a_code_is_caught_and_says_whose_it_may_be(
    made: Printing, entry: Entry
) -> None:
    answers = line(made, made.sheets[0]).partition(" ")[2]
    code = made.sheets[0].code
    for at in range(3):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code:
            words = said(enter(entry, f"{swapped} {answers}"))
            assert f"Did you mean {code} (Ana Kovač)?" in words
    for wrong in ("XXXX", "", "3", "\x1b]0;x\x07", "Ana", "a" * 10_000):
        found = enter(entry, f"{wrong} {answers}")
        assert isinstance(found, Said)
        assert "\x1b" not in said(found)
        assert len(said(found)) < 300
    assert entry.standing == {}


def test_the_same_sheet_again_keeps_what_stands_until_a_word(made: Printing, entry: Entry) -> None:
    sheet = made.sheets[1]
    right, wrong = line(made, sheet), line(made, sheet, right=False)
    assert isinstance(enter(entry, right), Taken)
    assert "entered before, and the same" in said(enter(entry, right))
    before = entry.standing[sheet.code]

    again = said(enter(entry, wrong))
    assert "Ben Miller is entered already" in again
    assert "question 1: `" in again
    assert isinstance(enter(entry, line(made, made.sheets[0])), Taken)  # goes on: nothing changes
    assert entry.standing[sheet.code] == before
    assert "none was asked" in said(enter(entry, "new"))

    enter(entry, wrong)
    assert isinstance(enter(entry, "new"), Taken)
    assert entry.standing[sheet.code] != before


def test_one_answer_is_corrected(made: Printing, entry: Entry) -> None:
    sheet = made.sheets[0]
    assert "nothing to correct" in said(enter(entry, f"{sheet.code} 1=-"))
    enter(entry, line(made, sheet))
    assert isinstance(enter(entry, f"{sheet.code} 1=-"), Taken)
    assert entry.standing[sheet.code][0] is None
    assert f"{sheet.code} Ana Kovač: - " in said(enter(entry, sheet.code))
    before = entry.standing[sheet.code]
    for wrong in ("0=a", "99=a", "1=zzz", "1=a b", "1="):
        assert isinstance(enter(entry, f"{sheet.code} {wrong}"), Said)
    assert entry.standing[sheet.code] == before


def test_letters_may_be_typed_without_spaces_where_each_answer_is_one(study: Study) -> None:
    nature = write_course(Path("nature"))
    course = study.library.find(str(nature))[0]
    made = draw(course, study.test_lesson(course), CLASS, seed=1, at=AT).printing
    code, *answers = line(made, made.sheets[0]).split()
    found = Entry([made]).take(f"{code} {''.join(answers)}")
    assert isinstance(found, Taken)
    assert list(found.responses) == [one.key() for one in made.asked_on(made.sheets[0])]


def test_a_code_on_two_printings_is_never_guessed(study: Study, made: Printing) -> None:
    other = replace(made, id="another")
    words = said(Entry([made, other]).take(line(made, made.sheets[0])))
    assert "two sheets" in words


# Hand-ins


def test_a_sheet_becomes_a_hand_in_marked_as_paper(made: Printing) -> None:
    sheet = made.sheets[1]
    found = Entry([made]).take(line(made, sheet))
    assert isinstance(found, Taken)
    entered = hand_in_of(made, sheet, found.responses, AT)
    assert entered.result.score == 1
    assert entered.hand_in.paper == sheet.code
    assert entered.hand_in.learner == "b-17"
    assert "Ben" not in repr(entered.hand_in)
    assert responses_in(made, sheet, entered.hand_in) == found.responses
    assert responses_in(made, made.sheets[0], entered.hand_in) is None


def export(*options: str, course: str | Path = EVERY) -> str:
    done = tutor(
        "export", "test", str(course), "--paper", "--for", "class.csv", "-o", "t.html", *options
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stderr


def sheets_in(path: str = "t.sheets") -> Printing:
    return sheets_file.read(Path(path).read_bytes())


def test_before_and_after_on_paper_are_two_runs_of_one_learner(study: Study) -> None:
    before, after = (printed(study, seed=seed) for seed in (1, 2))
    after = replace(after, id="another")
    found = []
    for made, right, at in ((before, False, AT), (after, True, AT.replace("28T", "29T"))):
        taken = Entry([made]).take(line(made, made.sheets[0], right=right))
        assert isinstance(taken, Taken)
        entered = hand_in_of(made, made.sheets[0], taken.responses, at)
        found.append(Received(f"{at}.tutor", entered.hand_in))
    study.library.remember(study.library.find(str(EVERY))[0])
    gathered = gather(found, lambda one: course_of(study, one), CLASS)
    assert gathered.set_aside == []
    (ana,) = gathered.learners
    assert [run.score == 1 for run in ana.runs] == [False, True]


def test_two_of_one_name_are_told_of() -> None:
    Path("class.csv").write_text("name,id\nAna,\nBen,\nana,\n")
    assert "“ana” stands on the roster more than once" in export()


def test_two_of_one_name_with_ids_get_a_sheet_each() -> None:
    Path("class.csv").write_text("name,id\nAna,1\nBen,\nana,2\n")
    assert "3 sheets to print" in export()
    assert [sheet.name for sheet in sheets_in().sheets] == ["Ana (1)", "Ben", "ana (2)"]


def test_printed_entered_and_reported() -> None:
    Path("class.csv").write_text("name,id\nAna Kovač,\nBen Miller,b-17\nCem,\n")
    assert "3 sheets to print" in export()
    assert {path.name for path in Path().glob("t*")} == {"t.html", "t-key.html", "t.sheets"}
    made = sheets_in()
    typed = f"{line(made, made.sheets[0])}\n{line(made, made.sheets[1], right=False)}\n"
    done = tutor("enter", "class.csv", typed=f"{typed}K7\n")
    assert done.returncode == 1
    assert f"{made.sheets[0].code} Ana Kovač: " in done.stdout
    assert "line 3: “K7” is no code" in done.stderr
    assert "2 of 3 sheets entered." in done.stderr
    assert f"Waiting: {made.sheets[2].code} Cem." in done.stderr
    assert tutor("enter", "t.sheets", typed=typed).stdout.count("the same") == 2
    report = tutor("report", "t-entered", "--roster", "class.csv", "--names", "--json")
    said = msgspec.json.decode(report.stdout)
    assert {one["name"]: one["last"] for one in said["learners"]}["Ana Kovač"] == 1
    assert (said["handed_in"], said["missing"], said["set_aside"]) == (2, ["Cem"], [])


@pytest.mark.long
def test_what_comes_next_can_be_typed_as_it_is_said(own_home: Path) -> None:
    (own_home / "class.csv").write_text("name,id\nAna,\n", "utf-8")
    export()
    sheet = sheets_in().sheets[0]
    typed = f"{sheet.code} {' '.join('-' * len(sheet.questions))}\n"
    for listed, said in (("t.sheets", ""), ("class.csv", " --roster class.csv")):
        done = tutor("enter", listed, typed=typed)
        assert f"Next: `tutor report t-entered{said}`." in done.stderr


def test_printing_again_never_loses_what_is_on_sheets_by_chance() -> None:
    Path("class.csv").write_text("Ana\n")
    export()
    again = tutor("export", "test", str(EVERY), "--paper", "--for", "class.csv", "-o", "t.html")
    assert again.returncode == 2
    assert "exists already" in again.stderr
    for output in (".", "-", "t.sheets", "/", "new/"):
        done = tutor("export", "test", str(EVERY), "--paper", "--for", "class.csv", "-o", output)
        assert done.returncode == 2
        assert "Name the page with -o: `-o test.html`." in done.stderr
    for options in (["--paper"], ["--for", "class.csv"], []):
        done = tutor("export", "test", str(EVERY), *options, "-o", "u.html")
        assert done.returncode == 2
        assert "--paper --for ROSTER" in done.stderr


@pytest.mark.long
def test_a_course_that_changed_is_told_and_scored_as_printed(own_home: Path) -> None:
    course = write_course(own_home / "nature")
    Path("class.csv").write_text("Ana\n")
    export(course="nature")
    made = sheets_in()
    lesson = course / "nature.yaml"
    was = yaml.safe_load(lesson.read_text())
    for question in was["quiz"]["questions"]:
        if question["id"] == "tides-2":
            del question["options"][0]["correct"]
            question["options"][1]["correct"] = True
    lesson.write_text(yaml.safe_dump(was, sort_keys=False))
    done = tutor("enter", "class.csv", typed=f"{line(made, made.sheets[0])}\n")
    assert "1 question (tides-2). Answers are scored as printed." in done.stderr
    assert "Ana: 16 of 16 points." in done.stdout
    report = tutor("report", "t-entered", "--json", "--names")
    said = msgspec.json.decode(report.stdout)
    assert [one["last"] for one in said["learners"]] == [1]
    assert "1 question in another version" in " ".join(said["set_aside"])


@pytest.mark.long
def test_there_is_no_sheet_for_this_class() -> None:
    Path("class.csv").write_text("Ana\n")
    done = tutor("enter", "class.csv")
    assert done.returncode == 2
    assert "There are no sheets for the class in class.csv." in done.stderr
    Path("broken.sheets").write_bytes(b'{"format":"tutor sheets"')
    done = tutor("enter", "class.csv")
    assert (
        "Left aside: broken.sheets is a list of printed sheets cut off or damaged." in done.stderr
    )
    assert tutor("enter", "broken.sheets").returncode == 2


@pytest.mark.long
def test_what_lies_in_the_way_is_not_written_over() -> None:
    Path("class.csv").write_text("Ana\n")
    export()
    made = sheets_in()
    tutor("enter", "class.csv", typed=f"{line(made, made.sheets[0])}\n")
    (kept,) = Path("t-entered").iterdir()
    assert read_hand_in(kept.read_bytes()).paper == made.sheets[0].code
    kept.write_text("mine")
    done = tutor("enter", "class.csv", typed=f"{line(made, made.sheets[0])}\n")
    assert done.returncode == 2
    assert "Move it away" in done.stderr
    assert kept.read_text() == "mine"


@pytest.mark.long
@pytest.mark.parametrize("end", ["kill", "\x03", ":q\r", "\x04"])
def test_what_was_confirmed_is_kept_however_it_ends(own_home: Path, end: str) -> None:
    Path("class.csv").write_text("Ana\nBen\n")
    export()
    made = sheets_in()
    session = Session(["enter", "class.csv", "--data", "records"], own_home)
    session.wait_for("0/2>")
    session.type(f"{line(made, made.sheets[0])}\r")
    session.wait_for("1/2>")
    session.type("XXXX a b\r")
    session.wait_for("is no code")
    if end == "kill":
        session.kill()
    else:
        session.type(end)
        assert session.wait_for_end() == (130 if end == "\x03" else 0)
        assert "Traceback" not in session.raw
    again = tutor("enter", "class.csv", typed=f"{made.sheets[0].code}\n")
    assert line(made, made.sheets[0]).partition(" ")[2] in again.stdout
    assert "1 of 2 sheets entered." in again.stderr


@pytest.mark.long
def test_thirty_sheets_of_ten_answers_give_the_report_of_the_same_answers_typed_by_learners(
    own_home: Path,
) -> None:
    course = write_course(own_home / "nature")
    lesson = course / "nature.yaml"
    whole = yaml.safe_load(lesson.read_text())
    del whole["quiz"]["questions"][10:]
    del whole["objectives"]["stars"]
    lesson.write_text(yaml.safe_dump(whole, sort_keys=False))
    learners = simulate(course, 30)
    hand_in_all(learners, course, Path("in"))
    names = [one.name for one in learners]
    Path("class.csv").write_text("name,id\n" + "".join(f"{name},\n" for name in names))

    tutor("open", str(course), TUTOR_DATA="teacher")
    done = tutor(
        *("export", "test", str(course), "--paper", "--for", "class.csv", "-o", "t.html"),
        TUTOR_DATA="teacher",
    )
    assert done.returncode == 0, done.stderr
    made = sheets_in()
    chose = {one.name: one.chose for one in learners}
    lines = []
    for name in shuffled([sheet.code for sheet in made.sheets], 1, "a pile"):
        sheet = next(one for one in made.sheets if one.code == name)
        typed = [
            letters.written(one, sheet.seed, chose[sheet.name][one.id])
            for one in made.asked_on(sheet)
        ]
        assert len(typed) == 10
        lines.append(" ".join([sheet.code, *typed]))
    done = tutor("enter", "class.csv", typed="\n".join(lines) + "\n", TUTOR_DATA="teacher")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 30

    # Nobody who sits a test before the lessons passes it; of a sheet that is not known.
    assert without_marks(report_of("t-entered")) == without_marks(report_of("in"))


def without_marks(report: dict[str, Any]) -> dict[str, Any]:
    """All figures of a report but those that ask what passes."""
    learners = [{**one, "passed": None} for one in report["learners"]]
    return {**report, "learners": learners, "about": "", "mark": None, "passed": None}


def report_of(folder: str) -> dict[str, Any]:
    done = tutor("report", folder, "--json", "--names", TUTOR_DATA="teacher")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = msgspec.json.decode(done.stdout)
    return made
