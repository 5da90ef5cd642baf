"""A folder watched while a class hands in: files grow, come to rest, change, and go."""

import os
from pathlib import Path

import pytest
from class_of import handed_in
from msgspec.structs import replace
from support import EVERY, StepClock, tutor
from terminal.session import Session

from tutor.classroom.hand_in.file import HandIn, write
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.folder_watch import MOST_AT_ONCE, RESTS_AFTER, FolderWatch, LiveClass
from tutor.classroom.received.hand_in_search import Received
from tutor.classroom.received.roster import Member, Roster
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.live import standing
from tutor.library import Library
from tutor.quiz.events import Responded
from tutor.records.opening import open_records
from tutor.study import Study

FOLDER = Path("in")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def second_hand() -> Clock:
    FOLDER.mkdir()
    return Clock()


@pytest.fixture
def watch(second_hand: Clock) -> FolderWatch:
    made = FolderWatch([FOLDER], second_hand)
    made.look()
    return made


@pytest.fixture
def content(study: Study) -> bytes:
    return write(handed_in(study, quizzes=False))


def after(watch: FolderWatch, clock: Clock, seconds: float) -> bool:
    clock.now += seconds
    return watch.look()


def names(watch: FolderWatch) -> list[str]:
    return [one.where for one in watch.found if isinstance(one, Received)]


def test_a_file_that_grows_is_never_read_as_damaged(
    watch: FolderWatch, second_hand: Clock, content: bytes
) -> None:
    for part in range(1, 6):
        (FOLDER / "a.tutor").write_bytes(content[: part * len(content) // 5])
        after(watch, second_hand, 1)
        assert (watch.found, watch.coming) == ([], 1)
    assert after(watch, second_hand, RESTS_AFTER)
    assert (names(watch), watch.coming) == (["a.tutor"], 0)
    assert not after(watch, second_hand, 1)


def test_what_stays_cut_off_is_said_once_it_rests(
    watch: FolderWatch, second_hand: Clock, content: bytes
) -> None:
    (FOLDER / "a.tutor").write_bytes(content[:300])
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    assert [one.why for one in watch.found if not isinstance(one, Received)] == [
        "is a hand-in cut off or damaged"
    ]
    (FOLDER / "a.tutor").write_bytes(content)
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    assert names(watch) == ["a.tutor"]


def test_what_was_there_long_before_is_read_at_once(second_hand: Clock, content: bytes) -> None:
    for name, age in (("old.tutor", 60), ("new.tutor", 0)):
        (FOLDER / name).write_bytes(content)
        os.utime(FOLDER / name, (5000 - age, 5000 - age))
    watch = FolderWatch([FOLDER], second_hand, today=lambda: 5000.5)
    told: list[tuple[int, int]] = []
    assert watch.look(lambda read, of: told.append((read, of)))
    assert (names(watch), watch.coming) == (["old.tutor"], 1)
    assert told == [(1, 2), (2, 2)]


def test_what_is_taken_away_goes_also_with_its_folder(
    watch: FolderWatch, second_hand: Clock, content: bytes
) -> None:
    (FOLDER / "a.tutor").write_bytes(content)
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    FOLDER.rename("elsewhere")
    assert after(watch, second_hand, 1)
    assert watch.found == []
    Path("elsewhere").rename(FOLDER)
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    assert names(watch) == ["a.tutor"]
    (FOLDER / "a.tutor").unlink()
    assert after(watch, second_hand, 1)
    assert watch.found == []


def test_what_has_not_changed_is_not_read_again(
    watch: FolderWatch, second_hand: Clock, content: bytes
) -> None:
    (FOLDER / "a.tutor").write_bytes(content)
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    (before,) = watch.found
    (FOLDER / "b.tutor").write_bytes(b"no hand-in")
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    assert watch.found[0] is before
    assert len(watch.found) == 2


def test_many_at_once_are_read_in_several_looks(watch: FolderWatch, second_hand: Clock) -> None:
    for number in range(MOST_AT_ONCE + 5):
        (FOLDER / f"{number:03}.tutor").write_bytes(b"x")
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    assert (len(watch.found), watch.coming) == (MOST_AT_ONCE, 5)
    after(watch, second_hand, 1)
    assert (len(watch.found), watch.coming) == (MOST_AT_ONCE + 5, 0)


def test_the_line_counts_and_names_the_question_that_fewest_answered(
    study: Study, watch: FolderWatch, second_hand: Clock, tmp_path: Path
) -> None:
    roster = Roster((Member("Ana"), Member("Ben"), Member("Cai")))
    klass = LiveClass(watch, lambda one: course_of(study, one), roster)
    assert standing(report_on(klass.gathered(), names=False), 1) == (
        "0 of 3 handed in; 1 file on the way"
    )
    study.library.remember(study.library.find(str(EVERY))[0])
    with open_records(tmp_path / "Ana", StepClock()) as store:
        ana = Study(store, Library(store, tmp_path), "Ana", seed=lambda: 7)
        (FOLDER / "a.tutor").write_bytes(write(handed_in(ana, "Ana", quizzes=False)))
    with open_records(tmp_path / "Ben", StepClock()) as store:
        ben = Study(store, Library(store, tmp_path), "Ben", seed=lambda: 7)
        (FOLDER / "b.tutor").write_bytes(write(_without_the_last(handed_in(ben, "Ben"))))
    after(watch, second_hand, 1)
    after(watch, second_hand, RESTS_AFTER)
    said = standing(report_on(klass.gathered(), names=False))
    assert said.startswith("2 of 3 handed in; question ")
    assert said.endswith(" answered by 1 of 2")
    assert "Ana" not in said
    (FOLDER / "b.tutor").unlink()
    after(watch, second_hand, 1)
    said = standing(report_on(klass.gathered(), names=False))
    assert said == "1 of 3 handed in; every question answered"


def _without_the_last(made: HandIn) -> HandIn:
    """A hand-in whose last answer was not given."""
    tests = [one for one in made.attempts if one.opened.mode == "test"]
    given = [event for _, event in tests[0].events if isinstance(event, Responded)]
    events = [one for one in tests[0].events if one[1] is not given[-1]]
    return replace(made, attempts=[replace(tests[0], events=events)])


def test_it_writes_nothing() -> None:
    FOLDER.mkdir()
    for options in (["--json"], ["--html", "r.html"], ["--feedback", "back"], ["--forget", "Ana"]):
        done = tutor("report", "in", "--watch", *options)
        assert done.returncode == 2
        assert "--watch shows a class, and writes nothing." in done.stderr


@pytest.mark.long
def test_lines_come_as_files_do_until_it_is_interrupted(own_home: Path, content: bytes) -> None:
    (own_home / "in").mkdir()
    (own_home / "class.csv").write_text("Ana\nBen\n")
    options = ["report", "in", "--watch", "--plain", "--roster", "class.csv", "--data", "d"]
    session = Session(options, own_home)
    session.wait_for("0 of 2 handed in")
    (own_home / "in" / "a.tutor").write_bytes(content)
    session.wait_for("1 of 2 handed in")
    session.type("\x03")
    assert session.wait_for_end() == 130
    assert "Traceback" not in session.raw
