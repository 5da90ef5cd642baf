"""Each learner is given back what they missed, and nobody anything of another."""

from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest
from class_of import handed_in as made_of
from class_of import taken, write_course
from classroom.sat import hand_in as sat
from support import EVERY, StepClock, tutor

from tutor.classroom.feedback import (
    Feedback,
    Missed,
    Run,
    TaughtAt,
    as_html,
    feedback_for,
    in_course_order,
    lines,
    why_of,
)
from tutor.classroom.hand_in.file import write
from tutor.classroom.hand_in.from_records import Wish, describe, file_name, gather
from tutor.classroom.hand_in.pasted_text import as_text
from tutor.classroom.learner_deletion import held_about, known_as
from tutor.classroom.received.class_results import gather as put_together
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.graded_attempts import item_of
from tutor.classroom.received.hand_in_search import Received
from tutor.classroom.received.roster import read_roster
from tutor.course.model.questions import AnyQuestion
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

LEARNERS = ("Ana Quill", "Ben Ruiz", "Cai Otto")


@pytest.fixture
def handed_in() -> Path:
    """A folder with the hand-ins of a class, each with a typed answer that nobody else gave."""
    folder = Path("in")
    folder.mkdir()
    for number, learner in enumerate(LEARNERS):
        with open_records(Path(f"records-{learner}"), StepClock()) as store:
            study = Study(store, Library(store, Path.cwd()), learner, seed=lambda: 7)
            made = made_of(study, name=learner, typed=f"zebra{number}x")
            (folder / file_name(made)).write_bytes(write(made))
    with open_records(Path("teacher"), StepClock()) as store:
        study = Study(store, Library(store, Path.cwd()), "Teacher", seed=lambda: 7)
        study.library.remember(study.library.find(str(EVERY))[0])
    done = tutor("report", "in", "--feedback", "back", TUTOR_DATA="teacher")
    assert done.returncode == 0, done.stderr
    return folder


def test_what_is_given_back_is_about_one_learner_and_opens_beside_the_records(
    handed_in: Path,
) -> None:
    files = sorted(Path("back").iterdir())
    assert len(files) == 2 * len(LEARNERS)
    for file in files:
        content = file.read_bytes().lower()
        own = [n for n, learner in enumerate(LEARNERS) if learner.lower().encode() in content]
        assert len(own) == 1, file
        for other in range(len(LEARNERS)):
            if other != own[0]:
                assert f"zebra{other}x".encode() not in content
    a_learner_opens_it_beside_the_own_results()
    what_is_not_feedback_is_not_opened_as_such(handed_in)


def a_learner_opens_it_beside_the_own_results() -> None:
    said = tutor(
        "open",
        "back/every-feedback_ana-quill.tutor",
        TUTOR_LEARNER=LEARNERS[0],
        TUTOR_DATA=f"records-{LEARNERS[0]}",
    )
    assert said.returncode == 0
    assert "Feedback for Ana Quill" in said.stdout
    assert "Your records say: " in said.stdout
    assert "You answered: " in said.stdout
    other = tutor(
        "open",
        "back/every-feedback_ana-quill.tutor",
        TUTOR_LEARNER=LEARNERS[1],
        TUTOR_DATA=f"records-{LEARNERS[1]}",
    )
    assert "None of these runs is in your records here." in other.stdout


def what_is_not_feedback_is_not_opened_as_such(handed_in: Path) -> None:
    name = next(handed_in.iterdir())
    said = tutor("open", str(name), TUTOR_DATA="teacher")
    assert said.returncode == 2
    assert "is no feedback file" in said.stderr
    Path("cut.tutor").write_bytes(Path("back/every-feedback_ana-quill.tutor").read_bytes()[:300])
    assert "cut off or damaged" in tutor("open", "cut.tutor", TUTOR_DATA="teacher").stderr


def test_a_test_that_a_teacher_gives_back_is_silent_until_its_feedback_is_opened(
    tmp_path: Path,
) -> None:
    course = write_course(tmp_path / "sea")
    file = course / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("test:", "test:\n  release: teacher"), "utf-8")
    said = sit_and_hand_in(course)
    assert "no score and no right answer is shown" in said
    for command in (["progress"], ["progress", "--json"], ["list"], ["list", "--json"], ["notes"]):
        shown = tutor(*command).stdout
        assert "%" not in shown
        assert '"possible": 16' not in shown
        assert "test before:" not in shown
    assert "1 test waits for your teacher" in tutor("progress").stdout
    tutor("open", str(course), TUTOR_DATA="teacher")
    assert tutor("report", "in", "--feedback", "back", TUTOR_DATA="teacher").returncode == 0
    opened = tutor("open", str(next(Path("back").glob("*.tutor"))))
    assert opened.returncode == 0, opened.stderr
    assert "Your records say: " in opened.stdout
    assert "Test before, " in opened.stdout
    assert "passed" not in opened.stdout  # in a test before there is nothing to pass
    assert '"possible": 16' in tutor("progress", "--json").stdout
    told = tutor("progress").stdout
    assert "test before:" in told
    assert "waits" not in told


def sit_and_hand_in(course: Path) -> str:
    said = tutor("test", str(course), typed="1\n" * 60).stdout
    assert tutor("hand-in", str(course), "-o", "in/").returncode == 0
    return said


def test_forgetting_deletes_what_is_about_one_learner_alone(handed_in: Path) -> None:
    asked = tutor("report", "in", "back", "--forget", "ben ruiz", TUTOR_DATA="teacher")
    assert asked.returncode == 2
    assert "--force deletes these files" in asked.stderr
    done = tutor("report", "in", "back", "--forget", "ben ruiz", "--force", TUTOR_DATA="teacher")
    assert done.returncode == 0
    left = [*Path("in").iterdir(), *Path("back").iterdir()]
    assert len(left) == 6
    assert not any("ben" in path.name for path in left)
    gone = tutor("report", "in", "back", "--forget", "ben ruiz", "--force", TUTOR_DATA="teacher")
    assert "Nothing there names ben ruiz." in gone.stderr
    assert "handed in under an id is found with --roster FILE" in gone.stderr


def test_forgetting_finds_what_came_under_the_id_by_a_list_in_the_folder() -> None:
    for name in ("M04", "Ana"):
        Path(f"{name}.tutor").write_bytes(write(sat(name, 5)))
    Path("class.csv").write_text("name;id\nMia Ortega;M04\nAna;A01\n")
    assert known_as("Mia Ortega", None, [Path("M04.tutor")]) == ["Mia Ortega"]
    found = known_as("Mia Ortega", None, [Path()])
    assert found == ["Mia Ortega", "M04"]
    held = held_about([Path()], found)
    assert [path.name for path in held.files] == ["M04.tutor"]
    assert known_as("mia ortega", read_roster(Path("class.csv")), []) == [
        "mia ortega",
        "Mia Ortega",
        "M04",
    ]


def test_forgetting_tells_which_command_takes_a_name_out_of_records(handed_in: Path) -> None:
    done = tutor(
        "report", "records-Ben Ruiz", "--forget", "ben ruiz", "--force", TUTOR_DATA="teacher"
    )
    assert "tutor.db, records (`tutor data forget --data FOLDER --learner NAME`)" in done.stderr
    assert Path("records-Ben Ruiz/tutor.db").is_file()


def test_forgetting_tells_of_whatever_else_names_the_learner(handed_in: Path) -> None:
    ben = next(path for path in handed_in.iterdir() if "ben" in path.name)
    lines = as_text(ben.read_bytes()).splitlines()
    broken = "\n".join(lines[:3])
    (handed_in / "answers.csv").write_text(
        f'Time,Name,Paste\n1,Dee Novak,\n2,ben  RUIZ,"{broken}"\n3,"Ruiz, B\u00e9n",x\n4,Ruiz,Ben\n'
        "5,Ben Ruizdael,x\n"
    )
    (handed_in / "only.csv").write_text(f'Time,Name,Paste\n2,Ben Ruiz,"{broken}"\n')
    (handed_in / "class.csv").write_bytes("name\nBén Ruiz\n".encode("cp1252"))
    (handed_in / "cut.tutor").write_bytes(ben.read_bytes()[:-40])
    (handed_in / "report.html").write_text("<p>Cai Otto</p>\n<td>Ben Ruiz</td>\n")
    platform = handed_in / "Ruiz Ben_4711_assignsubmission_file"
    platform.mkdir()
    (platform / "paste.txt").write_text("nothing of use")
    (handed_in / "ruizben_22_cut.txt").write_text(broken)
    (handed_in / "Cai Otto - Ben Ruiz.txt").write_text("x")
    with ZipFile(handed_in / "all.zip", "w") as archive:
        archive.writestr("Ben Ruiz_1/paste.txt", broken)
        archive.writestr("grades.csv", "name\nCai\nben ruiz\n")
    done = tutor("report", "in", "back", "--forget", "Ben Ruiz", "--force", TUTOR_DATA="teacher")
    assert done.returncode == 1
    told = [line.partition(". Others")[0] for line in done.stderr.splitlines() if "Still" in line]
    assert told == [
        f"Still about Ben Ruiz: {place}"
        for place in (
            "Cai Otto - Ben Ruiz.txt, by its name",
            "all.zip: Ben Ruiz_1/paste.txt",
            "all.zip: grades.csv: row 3",
            "answers.csv: row 3",
            "answers.csv: row 4",
            "answers.csv: row 5",
            "class.csv: row 2",
            "report.html: line 2",
        )
    ]
    assert "Deleted 7 files." in done.stderr
    left = {path.name for path in handed_in.iterdir()}
    assert not left & {ben.name, "cut.tutor", "only.csv", platform.name, "ruizben_22_cut.txt"}


def test_right_answers_are_kept_back_until_there_is_a_test_after(study: Study) -> None:
    """Learners were told so at the end of the test before."""
    [run] = given(study).runs
    assert (run.what, run.passed, run.kept_back, run.missed) == ("Test before", None, True, [])
    page = as_html(given(study))
    assert "The right answers are kept back until a test after the lessons, so that it can" in page
    assert "What you missed, and why, comes with them." in page
    assert "<h2>Read</h2>" in page
    assert "Lesson “" in page
    for word in ("Right is", "You answered", "Why", "passed", "Read again"):
        assert word not in page
        assert word not in "\n".join(lines(given(study), {}))
    [told] = given(study, answers=True).runs
    assert told.missed
    assert "Right is" in as_html(given(study, answers=True))
    taken(study, quizzes=False, right=False)
    [after] = given(study).runs
    assert (after.kept_back, after.what) == (False, "Test")
    assert after.passed is not None
    assert all(one.right for one in after.missed)
    assert "Read again" in as_html(given(study))


def given(study: Study, *, answers: bool = False) -> Feedback:
    """What is given back to a learner, of all tests so far; the first one is sat where none is."""
    course = study.library.find(str(EVERY))[0]
    if not study.tests(course):
        taken(study, quizzes=False, right=False)
    made = gather(study, course, Wish(name="Ana"))
    here = course_of(study, made)
    of = put_together([Received("a", made)], lambda _: here, None)
    return feedback_for(of, of.learners[0], answers=answers)


def test_places_to_read_stand_as_the_course_goes(study: Study) -> None:
    course = study.library.find(str(EVERY))[0]
    [first, *_] = course.lessons
    steps = (2, None, 0, 1)
    places = [TaughtAt("gone", 0), *(TaughtAt(first.id, step) for step in steps)]
    ordered = in_course_order(course, places)
    assert [one.step for one in ordered] == [None, 0, 1, 2, 0]
    assert ordered[-1].lesson == "gone"


PAIRS = {
    "type": "match",
    "id": "tools",
    "stem": "What measures what?",
    "explanation": "Sailors knew.",
    "pairs": [
        {"id": "one", "left": "Depth", "right": "Lead", "feedback": "It sinks."},
        {"id": "two", "left": "Speed", "right": "Log", "feedback": "It floats."},
        {"id": "three", "left": "Time", "right": "Glass"},
    ],
}


def test_feedback_on_pairs_has_a_line_for_each_that_names_it() -> None:
    question = msgspec.convert(PAIRS, AnyQuestion, strict=False)
    item = item_of(describe(question, "lesson"), question)
    key = question.key()
    swapped = {"one": key["two"], "two": key["one"], "three": key["three"]}
    assert item.by_parts(swapped) == ["Depth → Log", "Speed → Lead", "Time → Glass"]
    assert item.key_by_parts() == ["Depth → Lead", "Speed → Log", "Time → Glass"]
    why = why_of(question, swapped)
    assert why.splitlines() == ["Depth: It sinks.", "Speed: It floats.", "Sailors knew."]
    missed = Missed(stem=item.stem, given="\n".join(item.by_parts(swapped)), why=why)
    run = Run(id="a", what="Test", day="2026-03-01", score="1", passed=None, missed=[missed])
    made = Feedback(course="sea", title="The sea", learner="Ana", runs=[run])
    assert "<dd>Depth → Log<br>Speed → Lead<br>Time → Glass</dd>" in as_html(made)
    assert "<br>Speed: It floats.<br>" in as_html(made)
    told = list(lines(made, {}))
    assert told[told.index("    You answered:") + 1 :][:2] == [
        "      Depth → Log",
        "      Speed → Lead",
    ]


def test_answers_are_told_in_feedback_alone() -> None:
    Path("in").mkdir()
    said = tutor("report", "in", "--answers", TUTOR_DATA="teacher")
    assert said.returncode == 2
    assert "--answers is about feedback. It goes with --feedback DIR." in said.stderr.replace(
        "\n", " "
    )


def test_forgetting_tells_of_another_name_under_which_the_same_run_came() -> None:
    for name, rights in (("learner-ceb1", [5]), ("Jonas Weiss", [5, 7]), ("Ana", [5])):
        records = "ana" if name == "Ana" else "jonas"
        Path(f"{name}.tutor").write_bytes(write(sat(name, *rights, records=records)))
    said = tutor("report", ".", "--forget", "Jonas Weiss", "--force").stderr
    assert "A run of Jonas Weiss was handed in as “learner-ceb1” as well" in said
    assert "`--forget learner-ceb1` takes what came under it" in said
    assert sorted(path.stem for path in Path().glob("*.tutor")) == ["Ana", "learner-ceb1"]
