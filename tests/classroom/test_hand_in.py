"""A hand-in holds results, and nothing else that was not ticked."""

import getpass
import re
import socket
from io import StringIO
from pathlib import Path

import pytest
from class_of import hand_in, handed_in, sit, taken
from support import EVERY, StepClock, tutor

from tutor.classroom.hand_in.file import Unreadable, read, write
from tutor.classroom.hand_in.from_records import Wish, contents, file_name, gather
from tutor.cli.hand_in import tell_lines
from tutor.course.model.steps import Reflect
from tutor.library import Library
from tutor.quiz.attempt import Attempt
from tutor.records.opening import open_records
from tutor.study import Study

PRIVATE = "my-uncle-was-deported"


def test_texts_stay_out_unless_ticked_one_by_one(study: Study) -> None:
    course = study.library.find(str(EVERY))[0]
    lesson = study.lesson(course.lessons[0])
    attempt = study.quiz(course, lesson)
    _answer_freely(attempt)
    tells = study.lesson(course.lessons[1])
    study.keep_note(course, tells, tells.steps[0], 0, PRIVATE)
    thought = next(step for step in tells.steps if isinstance(step, Reflect))
    study.reflect(course, tells, thought, "For", PRIVATE)
    taken(study, quizzes=False)
    assert PRIVATE.encode() not in write(gather(study, course, Wish(name="Ana")))
    asked = gather(study, course, Wish(name="Ana", ticked=frozenset({"free-text"})))
    assert PRIVATE.encode() in write(asked)


def _answer_freely(attempt: Attempt) -> None:
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        question = progress.question
        if question.type == "open":
            attempt.respond({"text": PRIVATE, "ticked": []})
        else:
            attempt.respond(question.key())
    attempt.finish()


def test_what_is_ticked_is_in_it_and_said() -> None:
    with open_records(Path("records-Ana"), StepClock()) as store:
        study = Study(store, Library(store, Path.cwd()), "Ana", seed=lambda: 7)
        course = taken(study, quizzes=False)
        tells = study.lesson(course.lessons[1])
        study.keep_note(course, tells, tells.steps[0], 0, PRIVATE)
    said = hand_in("Ana", "-o", "a.tutor", "--with", "notes", "--with", "reflections")
    assert "Because you asked for it, your notes: 1 text." in said
    assert "Not in it: reflections, challenges or answers in your own words" in said
    assert PRIVATE in Path("a.tutor").read_text()


def test_it_says_nothing_of_machine_account_or_folders(study: Study) -> None:
    content = write(handed_in(study)).decode().casefold()
    for name in (socket.gethostname(), str(Path.cwd()), str(Path.home())):
        assert name.casefold() not in content
    assert f'"{getpass.getuser().casefold()}"' not in content


def test_the_name_of_the_account_stays_out() -> None:
    learner = "pat smith"
    sit(learner, seed=1)
    own = {"TUTOR_LEARNER": learner, "TUTOR_DATA": f"records-{learner}", "LOGNAME": "Pat Smith"}
    done = tutor("hand-in", str(EVERY), "-o", "-", **own)
    assert done.returncode == 0
    assert "pat smith" not in done.stdout.casefold()
    assert "--as NAME says who you are" in done.stderr


def test_a_pseudonym_takes_the_place_of_the_name() -> None:
    sit("Ana")
    hand_in("Ana", "--as", "Blue 7")
    file = next(Path().glob("every-test_blue-7_*.tutor"))
    assert b"Ana" not in file.read_bytes()
    assert read(file.read_bytes()).learner == "Blue 7"


def test_lines_to_paste_are_printed_or_written_and_how_to_take_them_is_said() -> None:
    sit("Ana")
    own = {"TUTOR_LEARNER": "Ana", "TUTOR_DATA": "records-Ana"}
    printed = tutor("hand-in", str(EVERY), "--text", **own)
    assert "Copy everything from “(tutor hand-in 1, " in printed.stderr
    assert f"It has {len(printed.stdout):,} characters." in printed.stderr
    assert "to “(end of the hand-in, check " in printed.stderr
    assert "`-o FILE` writes the same lines into a file" in printed.stderr
    tutor("hand-in", str(EVERY), "--text", "-o", "a.txt", **own)
    lines = Path("a.txt").read_text().splitlines()
    # The moment of handing in is packed with the rest: a line more or less.
    assert abs(len(lines) - len(printed.stdout.splitlines())) <= 1
    assert lines[0].startswith("(tutor hand-in 1, ")
    assert lines[-1].startswith("(end of the hand-in, check ")
    Path("folder").mkdir()
    tutor("hand-in", str(EVERY), "--text", "-o", "folder", **own)
    assert [path.suffix for path in Path("folder").iterdir()] == [".txt"]


def test_a_terminal_gets_lines_broken_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stderr", screen := Screen())
    tell_lines("- Your answers, when you gave them, and how sure you say you were.")
    assert screen.getvalue().splitlines() == [
        "- Your answers, when you gave them, and",
        "  how sure you say you were.",
    ]


def test_a_file_is_not_written_over() -> None:
    sit("Ana")
    hand_in("Ana", "-o", "a.tutor")
    again = tutor("hand-in", str(EVERY), "-o", "a.tutor", TUTOR_DATA="records-Ana")
    assert again.returncode == 2
    assert "exists already" in again.stderr
    hand_in("Ana", "-o", "in/")
    same_day = tutor("hand-in", str(EVERY), "-o", "in/", TUTOR_DATA="records-Ana")
    assert same_day.returncode == 2
    assert "add --force: the new one holds all that it did" in same_day.stderr


def test_without_a_finished_run_there_is_nothing_to_hand_in() -> None:
    tutor("open", str(EVERY))
    done = tutor("hand-in", str(EVERY))
    assert done.returncode == 2
    assert "No test and no quiz of “Every kind of question” is finished yet." in done.stderr


def test_a_test_left_in_the_middle_is_said_to_be_finished_first() -> None:
    left = tutor("test", str(EVERY), "--plain", typed="1\n")
    assert "It can be handed in once it is finished." in left.stderr
    done = tutor("hand-in", str(EVERY))
    said = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert "The test of “Every kind of question” is not finished yet: " in said
    assert re.search(r": [01] of \d+ questions (is|are) answered", said)
    assert "`tutor test every` goes on with it. To end it as it is, press e there;" in said
    assert "with --plain, skip what is left with empty lines." in said
    tutor("test", str(EVERY), "--plain", typed="\n" * 60)
    assert "1 test" in hand_in_of_this_machine()


def test_what_is_handed_in_beside_a_test_left_in_the_middle_says_so() -> None:
    tutor("test", str(EVERY), "--plain", typed="1\n" * 60)
    tutor("test", str(EVERY), "--plain", typed="1\n")
    said = " ".join(hand_in_of_this_machine().split())
    assert "Not in it: the test that you have begun; " in said


def hand_in_of_this_machine() -> str:
    done = tutor("hand-in", str(EVERY), "-o", "mine.tutor", "--force")
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_name_and_contents_are_told(study: Study) -> None:
    made = handed_in(study, name="Ana K.")
    assert file_name(made) == "every-test_ana-k_2026-01-02.tutor"
    told = "\n".join(contents(made))
    assert "1 test and " in told
    assert "The name: Ana K." in told


def test_another_layout_of_the_same_is_read(study: Study) -> None:
    import msgspec

    content = write(handed_in(study))
    laid_out = msgspec.json.format(content, indent=2)
    assert read(b"\xef\xbb\xbf" + laid_out) == read(laid_out)
    assert read(laid_out).attempts[0].events == read(content).attempts[0].events


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda raw: raw[: len(raw) // 2], "cut off or damaged"),
        (lambda raw: raw.replace(b'"version":1', b'"version":2'), "from a newer tutor"),
        (lambda raw: raw.replace(b'"version":1', b'"version":0'), "of no version"),
        (lambda raw: raw.replace(b'"outcome":"wrong"', b'"outcome":"right"'), "was changed"),
        (lambda raw: raw.replace(b"tutor hand-in", b"tutor feedback"), "is feedback"),
        (lambda _: b"[" * 100_000, "is no hand-in"),
        (lambda _: b'{"format":' + b"[" * 100_000, "cut off or damaged|is no hand-in"),
        (lambda _: b"{}", "is no hand-in"),
        (lambda _: b"null", "is no hand-in"),
        (lambda _: b"\xff\xfe\x00", "is no hand-in"),
    ],
)
def test_what_is_no_sound_hand_in_says_why(study: Study, change, says: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable, match=says):
        read(change(write(handed_in(study, right=False))))


@pytest.mark.long
def test_a_lone_lesson_is_handed_in_by_its_name_wherever_its_file_lies() -> None:
    lesson = (EVERY / "asks.yaml").read_text()
    for learner in ("Ana", "Ben"):
        folder = Path(f"of-{learner}")
        folder.mkdir()
        (folder / "asks.yaml").write_text(lesson)
        data = {"TUTOR_LEARNER": learner, "TUTOR_DATA": f"records-{learner}"}
        path = str(folder / "asks.yaml")
        assert tutor("quiz", path, "--seed", "1", typed="1\n" * 40, **data).returncode == 0
        assert tutor("hand-in", path, "-o", f"{learner}.tutor", **data).returncode == 0
        assert b"of-" not in Path(f"{learner}.tutor").read_bytes()
    Path("mine").mkdir()
    Path("mine/asks.yaml").write_text(lesson)
    tutor("open", "mine/asks.yaml", TUTOR_DATA="teacher")
    said = tutor("report", "Ana.tutor", "Ben.tutor", "--names", TUTOR_DATA="teacher").stdout
    assert "2 handed in" in said
    assert "Left out, or odd" not in said
