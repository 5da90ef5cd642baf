"""What changes between two moments: a lesson is edited, another program is at work, time passes."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from app.reading import Opened
from plain.plainly import Said
from support import EVERY, StepClock, history_of

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.course.reading import course_folder, loading
from tutor.course.reading.document import Document
from tutor.errors import StaleAttempt, TimeIsUp
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.quiz import events
from tutor.quiz.attempt import Attempt
from tutor.records import cache, learners
from tutor.records.backup import write_backup
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.records.restore import restore
from tutor.records.store import Store
from tutor.study import Start, Study

LESSON = """\
title: Tides
steps:
  - {type: read, text: Water rises.}
  - type: true_false
    id: practice
    stem: Water falls.
    answer: true
  - {type: read, text: Water rises.}
quiz:
  questions:
    - type: choice
      id: pull
      stem: What pulls the sea?
      options:
        - {id: moon, text: The moon, correct: true}
        - {id: wind, text: The wind}
        - {id: shore, text: The shore}
        - {id: fish, text: The fish}
      shuffle: false
      hints: [It is far., It is round.]
    - type: true_false
      id: twice
      stem: The tide rises twice a day.
      answer: true
"""


class Written:
    """A course of one lesson that its author edits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.list_lessons("tides.yaml")
        self.path = folder / "tides.yaml"
        self.path.write_text(LESSON, encoding="utf-8")

    def list_lessons(self, *names: str) -> None:
        text = (
            f"id: sea\ntitle: The sea\nlessons: [{', '.join(names)}]\ntest: {{per_objective: 2}}\n"
        )
        (self.folder / "course.yaml").write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path / "sea")


@pytest.fixture
def other(study: Study, clock: StepClock, own_home: Path) -> Iterator[Study]:
    """The same learner in a second program on the same records."""
    with open_records(study.store.folder, clock) as store:
        yield Study(store, Library(store, own_home), "Ana", seed=lambda: 99)


def open_quiz(study: Study, written: Written) -> Attempt:
    course = study.library.course_at(written.folder)
    return study.quiz(course, study.lesson(course.lessons[0]))


def reload(study: Study, written: Written, attempt: Attempt) -> Attempt:
    course = study.library.course_at(written.folder)
    return study.reload(course, study.lesson(course.lessons[0]), attempt)


def plainly(study: Study, written: Written, typed: str, *, quiz: bool = True) -> Said:
    """A person in plain mode types some lines and leaves."""
    out, err = StringIO(), StringIO()
    course = study.library.course_at(written.folder)
    start = Start(course=course, lesson=course.lessons[0] if quiz else None, quiz=quiz)
    code = run(study, start, Terminal(StringIO(typed), out, err, interactive=True))
    return Said(out.getvalue(), err.getvalue(), code)


# An author edits the lesson while a quiz is under way


def test_a_hint_that_was_taken_away_ends_no_quiz(study: Study, written: Written) -> None:
    plainly(study, written, ":h\n:h\n")
    written.edit("[It is far., It is round.]", "[It is far.]")
    said = plainly(study, written, ":h\n1\nt\n")
    assert "Result: " in said.out
    kept = history_of(study.store, 1)
    assert sum(isinstance(event, events.Hinted) for event in kept) == 2


async def test_the_key_for_hints_ends_no_quiz_either(study: Study, written: Written) -> None:
    attempt = open_quiz(study, written)
    attempt.go("pull")
    attempt.hint()
    attempt.hint()
    written.edit("[It is far., It is round.]", "[It is far.]")
    course = study.library.course_at(written.folder)
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        assert "It is far." in app.text
        await app.press("h")
        assert "No hint is left." in app.text


def test_all_hints_taken_away_cost_what_was_seen(study: Study, written: Written) -> None:
    attempt = open_quiz(study, written)
    attempt.go("pull")
    attempt.hint()
    written.edit("      hints: [It is far., It is round.]\n", "")
    again = open_quiz(study, written)
    assert again.hints_left(again.current) == 0
    assert again.hint() is None
    verdict = again.respond("moon")
    assert verdict is not None
    assert verdict.outcome == "right"


def test_a_quiz_whose_questions_are_gone_is_not_offered_for_ever(
    study: Study, written: Written
) -> None:
    open_quiz(study, written).respond(open_quiz(study, written).current.question.key())
    written.edit("id: pull", "id: pulled")
    written.edit("id: twice", "id: once")
    course = study.library.course_at(written.folder)
    quiz = open_quiz(study, written)
    while True:
        quiz.respond(quiz.current.question.key())
        if not quiz.advance():
            break
    quiz.finish()
    assert study.next_up(course).why == "done"


def test_a_lesson_that_lost_its_quiz_offers_none(study: Study, written: Written) -> None:
    open_quiz(study, written).respond(None)
    text = written.path.read_text(encoding="utf-8")
    written.path.write_text(text.partition("quiz:")[0], encoding="utf-8")
    assert study.next_up(study.library.course_at(written.folder)).why == "begin"


def missed_and_shown(attempt: Attempt) -> None:
    for _ in range(3):
        attempt.respond(response=False)
    attempt.reveal()


def practice(study: Study, written: Written) -> Attempt:
    course = study.library.course_at(written.folder)
    attempt = study.practice(course, study.lesson(course.lessons[0]))
    assert attempt is not None
    return attempt


def test_an_answer_that_was_shown_locks_no_question_whose_key_changed(
    study: Study, written: Written
) -> None:
    missed_and_shown(practice(study, written))
    written.edit("answer: true", "answer: false")
    again = practice(study, written)
    assert (again.current.changed, again.settled(again.current)) == (True, False)
    verdict = again.respond(response=False)
    assert verdict is not None
    assert verdict.outcome == "right"
    assert again.current.earned == 1


async def test_a_question_that_is_asked_again_can_be_answered_in_the_app(
    study: Study, written: Written
) -> None:
    missed_and_shown(practice(study, written))
    course = study.library.course_at(written.folder)
    study.move_to(course, study.lesson(course.lessons[0]), 1)
    written.edit("answer: true", "answer: false")
    course = study.library.course_at(written.folder)
    async with Opened(
        TutorApp(study, Start(course=course, lesson=course.lessons[0])), (80, 24)
    ) as app:
        assert "It is asked again." in app.text
        await app.choose("False")
        assert "Right." in app.text


def test_a_hint_to_another_key_costs_nothing(study: Study, written: Written) -> None:
    attempt = open_quiz(study, written)
    attempt.go("pull")
    attempt.hint()
    written.edit("text: The moon, correct: true", "text: The moon")
    written.edit("text: The wind", "text: The wind, correct: true")
    again = open_quiz(study, written)
    again.go("pull")
    assert again.hints_left(again.current) == 2
    verdict = again.respond("wind")
    assert verdict is not None
    assert verdict.earned == 1


def test_records_without_the_fingerprint_of_a_hint_still_count_it(
    study: Study, written: Written
) -> None:
    attempt = open_quiz(study, written)
    attempt.go("pull")
    attempt.hint()
    study.store.write(
        "UPDATE events SET body = json_remove(body, '$.fingerprint') WHERE body LIKE '%hinted%'"
    )
    again = open_quiz(study, written)
    assert again.progress_of("pull").hints == 1


def test_questions_added_to_a_lesson_join_what_was_practiced(
    study: Study, written: Written
) -> None:
    practice(study, written).respond(response=True)
    added = "  - {type: true_false, id: added, stem: Water is wet., answer: true}\nquiz:"
    written.edit("quiz:", added)
    again = practice(study, written)
    assert [one.outcome for one in again.progress] == ["right", None]
    again.go("added")
    again.respond(response=True)
    assert [one.outcome for one in practice(study, written).progress] == ["right", "right"]


def test_of_two_equal_steps_the_one_left_is_found_again(study: Study, written: Written) -> None:
    course = study.library.course_at(written.folder)
    lesson = study.lesson(course.lessons[0])
    study.move_to(course, lesson, 2)
    assert study.position(course, lesson) == 2


def test_a_quiz_in_which_nothing_is_scored_is_done_once_it_was_taken(
    study: Study, written: Written
) -> None:
    text = written.path.read_text(encoding="utf-8").partition("quiz:")[0]
    question = "{type: open, id: why, stem: Why?, rubric: [Says why]}"
    written.path.write_text(f"{text}quiz:\n  questions:\n    - {question}\n", encoding="utf-8")
    attempt = open_quiz(study, written)
    attempt.respond({"text": "Because.", "ticked": []})
    attempt.finish()
    course = study.library.course_at(written.folder)
    assert study.chapters(course)[0].state == "done"
    assert study.next_up(course).why == "done"


# A file appears, or is saved while it is read


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once; the time of their last change cannot be set back."""
    monkeypatch.setattr(cache, "COARSEST_TICK_NS", -1)


@pytest.mark.usefixtures("long_ago")
def test_a_lesson_file_that_was_missing_appears(study: Study, written: Written) -> None:
    written.list_lessons("tides.yaml", "later.yaml")
    for _ in range(2):
        assert len(study.library.course_at(written.folder).lessons) == 1
    shutil.copy(written.path, written.folder / "later.yaml")
    assert len(study.library.course_at(written.folder).lessons) == 2
    (written.folder / "later.yaml").unlink()
    assert len(study.library.course_at(written.folder).lessons) == 1


@pytest.mark.usefixtures("long_ago")
def test_a_source_that_was_missing_appears(study: Study, written: Written) -> None:
    course = written.folder / "course.yaml"
    course.write_text(course.read_text("utf-8") + "sources: [source.yaml]\n", encoding="utf-8")
    for _ in range(2):
        assert not study.library.course_at(written.folder).citations
    shutil.copy(EVERY / "source.yaml", written.folder / "source.yaml")
    assert study.library.course_at(written.folder).citations


@contextmanager
def edited_while(written: Written, reading: str) -> Iterator[None]:
    """The author saves while the lesson, or its course, is being read."""
    real = getattr(loading, reading)

    def read_slowly(*what: object) -> object:
        read = real(*what)
        written.edit("Tides", "Tides, edited")
        return read

    with mock.patch.object(loading, reading, read_slowly):
        yield


@pytest.mark.usefixtures("long_ago")
def test_a_lesson_saved_while_it_is_read_is_read_again(store: Store, written: Written) -> None:
    with edited_while(written, "read_lesson"):
        cache.lesson(store, written.path)
    again = cache.lesson(store, written.path).lesson
    assert again is not None
    assert again.title == "Tides, edited"


@pytest.mark.usefixtures("long_ago")
def test_a_course_saved_while_it_is_read_is_read_again(store: Store, written: Written) -> None:
    with edited_while(written, "outline_course"):
        cache.course(store, written.folder)
    again = cache.course(store, written.folder).course
    assert again is not None
    assert again.lessons[0].title == "Tides, edited"


@pytest.mark.usefixtures("long_ago")
def test_a_course_file_saved_while_it_is_read_is_read_again(store: Store, written: Written) -> None:
    file = written.folder / "course.yaml"
    real = course_folder.build_course

    def build_slowly(document: Document, folder: str) -> object:
        file.write_text(file.read_text("utf-8") + "summary: Edited\n", encoding="utf-8")
        return real(document, folder)

    with mock.patch.object(course_folder, "build_course", build_slowly):
        cache.course(store, written.folder)
    again = cache.course(store, written.folder).course
    assert again is not None
    assert again.summary == "Edited"


@pytest.mark.usefixtures("long_ago")
def test_a_lesson_that_was_read_for_its_course_is_not_read_again(
    store: Store, written: Written
) -> None:
    read = cache.course(store, written.folder)
    assert read.course is not None
    [outline] = read.course.lessons
    with mock.patch.object(loading, "read_lesson", side_effect=AssertionError):
        lesson = cache.lesson(store, Path(outline.path)).lesson
    assert lesson is not None
    assert lesson.title == "Tides"


def test_two_saves_within_one_tick_of_the_clock_are_both_seen(
    store: Store, written: Written
) -> None:
    for title in ("Tides", "Waves", "Sands"):
        cache.lesson(store, written.path)
        text = LESSON.replace("Tides", title)
        written.path.write_text(text, encoding="utf-8")
        os.utime(written.path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
        read = cache.lesson(store, written.path).lesson
        assert read is not None
        assert read.title == title


@pytest.mark.usefixtures("long_ago")
def test_what_was_read_from_files_that_are_gone_is_let_go(store: Store, written: Written) -> None:
    cache.lesson(store, written.path)
    cache.course(store, written.folder)
    cache.prune(store)
    assert len(store.rows("SELECT path FROM compiled")) == 2
    shutil.rmtree(written.folder)
    cache.prune(store)
    assert store.rows("SELECT path FROM compiled") == []


# Another program starts afresh, forgets, or puts a backup back


def start_afresh(study: Study, course: Course) -> None:
    study.start_afresh(course, "tides")


def forget(study: Study, _: Course) -> None:
    learners.forget(study.store, study.learner)


def forget_and_let_another_begin(study: Study, course: Course) -> None:
    forget(study, course)
    ben = Study(study.store, study.library, "Ben", seed=lambda: 1)
    ben.quiz(course, study.lesson(course.lessons[0]))


def put_a_backup_back(study: Study, _: Course) -> None:
    restore(study.store.folder, None, study.store.clock())


Change = Callable[[Study, Course], None]
TAKEN_AWAY: list[Change] = [start_afresh, forget, forget_and_let_another_begin, put_a_backup_back]


@pytest.mark.parametrize("change", TAKEN_AWAY)
def test_a_quiz_that_another_program_took_away_begins_anew(
    study: Study, other: Study, written: Written, change: Change
) -> None:
    course = study.library.course_at(written.folder)
    write_backup(study.store)
    attempt = open_quiz(study, written)
    attempt.go("pull")
    attempt.respond("moon")
    change(other, course)
    with pytest.raises(StaleAttempt, match="Another program"):
        attempt.advance()
    again = reload(study, written, attempt)
    assert not again.finished
    assert [one.outcome for one in again.progress] == [None, None]
    again.respond(again.current.question.key())
    assert [one.outcome for one in open_quiz(study, written).progress].count("right") == 1


def test_a_score_of_a_quiz_started_afresh_elsewhere_does_not_count(
    study: Study, other: Study, written: Written
) -> None:
    attempt = open_quiz(study, written)
    attempt.respond(attempt.current.question.key())
    other.start_afresh(other.library.course_at(written.folder), "tides")
    with pytest.raises(StaleAttempt, match="afresh"):
        attempt.finish()
    assert finished.all_of(study.store, study.learner) == []


def test_older_records_put_back_are_never_mixed_with_what_came_after(
    study: Study, other: Study, written: Written
) -> None:
    """The quiz goes on from what the backup holds, in both programs, and each sees the same."""
    here = open_quiz(study, written)
    here.go("twice")
    write_backup(study.store)
    here.respond(response=True)
    here.go("pull")
    restore(study.store.folder, None, study.store.clock())
    there = open_quiz(other, written)
    there.respond(response=False)
    there.go("pull")
    with pytest.raises(StaleAttempt):
        here.respond("moon")
    here = reload(study, written, here)
    assert here.progress_of("twice").outcome == "wrong"
    here.respond("moon")
    assert open_quiz(other, written).result().earned == here.result().earned == 1


def test_a_lesson_started_afresh_is_next_again(study: Study, written: Written) -> None:
    course = study.library.course_at(written.folder)
    lesson = study.lesson(course.lessons[0])
    study.move_to(course, lesson, 2)
    quiz = open_quiz(study, written)
    while True:
        quiz.respond(quiz.current.question.key())
        if not quiz.advance():
            break
    quiz.finish()
    assert study.next_up(course).why == "done"
    study.start_afresh(course, "tides")
    assert study.next_up(course).why == "begin"
    assert len(finished.all_of(study.store, study.learner)) == 1


@pytest.mark.parametrize("change", TAKEN_AWAY)
async def test_the_app_says_that_the_quiz_was_taken_away_and_goes_on(
    study: Study, other: Study, written: Written, change: Change
) -> None:
    course = study.library.course_at(written.folder)
    write_backup(study.store)
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        change(other, course)
        await app.press("1", "enter")
        assert "Another program" in app.text
        assert "It begins anew." in app.text
        await app.press("1", "enter")
        assert "ight." in app.text


@pytest.mark.parametrize("change", TAKEN_AWAY)
def test_plain_mode_says_it_too(
    study: Study,
    other: Study,
    written: Written,
    change: Change,
) -> None:
    course = study.library.course_at(written.folder)
    write_backup(study.store)
    out, err = StringIO(), StringIO()

    class Typed(StringIO):
        """Lines, before the second of which the other program does its work."""

        read = 0

        def readline(self, _size: int | None = -1) -> str:  # type: ignore[override]
            self.read += 1
            if self.read == 2:
                change(other, course)
            return "1\n" if self.read <= 4 else ""

    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    code = run(study, start, Terminal(Typed(), out, err, interactive=True))
    assert "Another program" in err.getvalue()
    assert "It begins anew." in err.getvalue()
    assert out.getvalue().count("Result:") == 1
    assert code == 0


# Time passes


@pytest.fixture
def timed(study: Study, written: Written) -> Callable[[], Attempt]:
    """The test over the course, with a minute of time; the one under way, if there is one."""
    written.edit("id: pull", "id: pull\n      objective: know")
    written.edit("steps:", "objectives:\n  know: Know the sea\nsteps:")

    def go() -> Attempt:
        course = study.library.course_at(written.folder)
        return study.test(course, study.test_lesson(course), minutes=1)

    return go


def test_no_answer_counts_after_the_time(timed: Callable[[], Attempt], clock: StepClock) -> None:
    attempt = timed()
    clock.leap = 600
    with pytest.raises(TimeIsUp):
        attempt.respond("moon")
    assert attempt.finish().earned == 0


def test_the_time_goes_on_while_the_program_is_closed(
    timed: Callable[[], Attempt], clock: StepClock
) -> None:
    first = timed()
    left = first.seconds_left
    clock.leap = 30
    again = timed()
    assert again.record_id == first.record_id
    assert left is not None
    assert again.seconds_left is not None
    assert again.seconds_left < left


def test_an_answer_given_too_late_is_refused_in_plain_mode(
    study: Study, written: Written, timed: Callable[[], Attempt], clock: StepClock
) -> None:
    timed()

    class Slow(StringIO):
        """One answer, ten minutes late; then the input ends."""

        def readline(self, _size: int | None = -1) -> str:  # type: ignore[override]
            late, clock.leap = clock.leap != 600, 600
            return "1\n" if late else ""

    out = StringIO()
    course = study.library.course_at(written.folder)
    run(study, Start(course=course, test=True), Terminal(Slow(), out, out, interactive=True))
    assert out.getvalue().count("Time is up.") == 1
    assert "Answer kept." not in out.getvalue()
    assert "skipped" not in out.getvalue()
    assert "Result: 0 of 1" in out.getvalue()


async def test_an_answer_given_too_late_is_refused_in_the_app(
    study: Study, written: Written, timed: Callable[[], Attempt], clock: StepClock
) -> None:
    timed()
    course = study.library.course_at(written.folder)
    async with Opened(TutorApp(study, Start(course=course, test=True)), (80, 24)) as app:
        clock.leap = 600
        await app.press("1")
        if "Time is up." not in app.text:  # the app looks at the clock by itself, too
            await app.press("enter")
        assert "Time is up." in app.text
        assert "0 of 1" in app.text
