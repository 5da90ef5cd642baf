"""Records that are moved, deleted or replaced while tutor is at work: nothing is kept nowhere."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from app.reading import Opened
from support import EVERY, StepClock, history_of

from tutor.app.app import TutorApp
from tutor.course.model.course import Course, Lesson
from tutor.errors import MissingRecords
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.quiz.events import Responded
from tutor.records.backup import backups_in
from tutor.records.opening import open_records
from tutor.records.store import FILE_NAME
from tutor.study import Start, Study


def delete_the_file(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


def delete_the_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def move_the_folder(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def put_another_in_its_place(folder: Path) -> None:
    other = folder / "other.db"
    shutil.copy(folder / FILE_NAME, other)
    other.replace(folder / FILE_NAME)


Loss = Callable[[Path], None]
LOSSES: list[Loss] = [
    delete_the_file,
    delete_the_folder,
    move_the_folder,
    put_another_in_its_place,
]


def responses_in(folder: Path, clock: StepClock) -> int:
    with open_records(folder, clock) as store:
        kept = history_of(store, 1)
    return sum(isinstance(event, Responded) for event in kept)


@pytest.mark.parametrize("lose", LOSSES)
async def test_the_app_shows_no_verdict_for_what_is_nowhere(
    study: Study, course: Course, lose: Loss
) -> None:
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        await app.press("1")
        lose(study.store.folder)
        await app.press("enter")
        assert "tutor was at work" in " ".join(app.text.replace("│", " ").split())
        await app.press("escape")
        assert "ight." not in app.text
        assert "ot quite" not in app.text


@pytest.mark.parametrize("lose", LOSSES)
def test_plain_mode_shows_no_verdict_either(study: Study, course: Course, lose: Loss) -> None:
    out = StringIO()

    class Typed(StringIO):
        read = 0

        def readline(self, _size: int | None = -1) -> str:  # type: ignore[override]
            self.read += 1
            if self.read == 2:
                lose(study.store.folder)
                out.truncate(0)
            return "1\n"

    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    with pytest.raises(MissingRecords, match="while tutor was at work") as raised:
        run(study, start, Terminal(Typed(), out, out, interactive=True))
    assert raised.value.remedy
    assert "ight" not in out.getvalue()


@pytest.mark.parametrize("lose", [delete_the_file, put_another_in_its_place])
def test_what_was_answered_is_in_a_backup(
    study: Study, course: Course, asks: Lesson, lose: Loss, clock: StepClock, tmp_path: Path
) -> None:
    attempt = study.quiz(course, asks)
    attempt.respond(attempt.current.question.key())
    lose(study.store.folder)
    with pytest.raises(MissingRecords) as raised:
        attempt.advance()
    (backup,) = backups_in(study.store.folder)
    assert str(backup) in raised.value.remedy
    with pytest.raises(MissingRecords, match="tutor was at work"):
        attempt.advance()
    assert backups_in(study.store.folder) == [backup]
    (tmp_path / "again").mkdir()
    shutil.copy(backup, tmp_path / "again" / FILE_NAME)
    assert responses_in(tmp_path / "again", clock) == 1


def test_a_folder_that_is_put_back_goes_on(study: Study, course: Course, asks: Lesson) -> None:
    attempt = study.quiz(course, asks)
    move_the_folder(study.store.folder)
    with pytest.raises(MissingRecords):
        attempt.respond(attempt.current.question.key())
    study.store.folder.with_name("moved").rename(study.store.folder)
    again = study.reload(course, asks, attempt)
    assert [one.outcome for one in again.progress].count("right") == 1


def test_a_finished_quiz_is_not_shown_as_kept(study: Study, course: Course, asks: Lesson) -> None:
    attempt = study.quiz(course, asks)
    delete_the_folder(study.store.folder)
    with pytest.raises(MissingRecords):
        attempt.finish()
    assert not attempt.finished


def test_leaving_says_where_the_answers_are(own_home: Path, clock: StepClock) -> None:
    store = open_records(own_home / "records", clock)
    study = Study(store, Library(store, own_home), "Ana", seed=lambda: 7)
    course = study.library.course_at(EVERY)
    study.quiz(course, study.lesson(course.lessons[0])).respond(None)
    delete_the_file(store.folder)
    with pytest.raises(MissingRecords, match="deleted or moved") as raised:
        study.begin()
    assert "tutor data restore" in raised.value.remedy
    store.close()
