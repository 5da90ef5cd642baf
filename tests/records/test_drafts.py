"""What was begun is kept beside an attempt, for as long as it is neither given nor given up."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support import StepClock

from tutor.course.model.course import Course, Lesson
from tutor.course.model.steps import Reflect
from tutor.errors import StaleAttempt
from tutor.library import Library
from tutor.overview import progress_record
from tutor.quiz.attempt import Attempt
from tutor.quiz.draft import Draft
from tutor.records import attempts, learners
from tutor.records.backup import write_backup
from tutor.records.migrations import LATEST, MIGRATIONS, migrate
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.records.restore import restore
from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study

WRITTEN = {"text": "Five minutes\nof writing", "ticked": []}
TABLES = ("drafts", "thoughts_begun")


@pytest.fixture
def second(study: Study, clock: StepClock) -> Iterator[Study]:
    """The same learner in another window."""
    with open_records(study.store.folder, clock) as store:
        yield Study(store, Library(store, Path.cwd()), "Ana", seed=lambda: 99)


def begun(study: Study, course: Course, lesson: Lesson, question: str = "why") -> Draft | None:
    """What the next start finds begun in the quiz."""
    attempt = study.quiz(course, lesson)
    return attempt.draft(attempt.progress_of(question))


def drafts_in(store: Store) -> int:
    return sum(len(store.rows(f"SELECT 1 FROM {table}")) for table in TABLES)


@pytest.fixture
def attempt(study: Study, course: Course, asks: Lesson) -> Attempt:
    """A quiz in which an open answer is half written, and nothing answered."""
    attempt = study.quiz(course, asks)
    assert attempt.keep_draft("why", Draft(response=WRITTEN, cursor=(1, 3)))
    return attempt


def test_another_program_finds_what_was_begun(
    attempt: Attempt, second: Study, course: Course, asks: Lesson
) -> None:
    draft = begun(second, course, asks)
    assert draft is not None
    assert (draft.response, draft.cursor) == (WRITTEN, (1, 3))


def test_what_is_begun_counts_nowhere(
    attempt: Attempt, study: Study, course: Course, asks: Lesson
) -> None:
    assert study.store.row("SELECT count(*) FROM events") == (1,)
    assert all(chapter.quiz is None for chapter in study.chapters(course))
    assert study.next_up(course).why == "begin"
    assert "Five minutes" not in str(progress_record(study))


END: dict[str, Callable[[Study, Attempt], object]] = {
    "respond": lambda _, attempt: (attempt.go("why"), attempt.respond(WRITTEN)),
    "skip": lambda _, attempt: (attempt.go("why"), attempt.skip()),
    "finish": lambda _, attempt: attempt.finish(),
    "close": lambda study, attempt: attempts.close(study.store, attempt.record_id),
    "forget": lambda study, _: learners.forget(study.store, study.learner),
    "emptied": lambda _, attempt: attempt.keep_draft("why", None),
}


@pytest.mark.parametrize("end", [*END, "abandon", "reset"])
def test_it_is_gone_once_it_is_given_or_given_up(
    attempt: Attempt, study: Study, course: Course, end: str
) -> None:
    assert drafts_in(study.store) == 1
    if end == "abandon":
        study.abandon_quiz(course, "asks")
    elif end == "reset":
        study.start_afresh(course, "asks")
    else:
        END[end](study, attempt)
    assert drafts_in(study.store) == 0


def test_what_is_deleted_leaves_nothing_in_the_file(attempt: Attempt, study: Study) -> None:
    learners.forget(study.store, study.learner)
    files = [path for path in study.store.folder.iterdir() if path.is_file()]
    assert not any(b"Five minutes" in path.read_bytes() for path in files)


def test_a_backup_holds_it_and_a_restore_brings_it_back(
    attempt: Attempt, study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    write_backup(study.store)
    attempt.keep_draft("why", None)
    restore(study.store.folder, None, clock())
    draft = begun(study, course, asks)
    assert draft is not None
    assert draft.response == WRITTEN


# Two windows


def test_of_two_windows_the_later_one_wins(
    attempt: Attempt, second: Study, course: Course, asks: Lesson
) -> None:
    there = second.quiz(course, asks)
    assert there.keep_draft("word", Draft(response="eb"))
    assert there.keep_draft("why", Draft(response=WRITTEN | {"text": "Later"}))
    assert attempt.keep_draft("pull", Draft(response="wind"))
    found = {name: begun(second, course, asks, name) for name in ("word", "why", "pull")}
    responses = [draft.response if draft else None for draft in found.values()]
    assert responses == ["eb", WRITTEN | {"text": "Later"}, "wind"]


def test_a_response_given_elsewhere_ends_what_is_begun_here(
    attempt: Attempt, study: Study, second: Study, course: Course, asks: Lesson
) -> None:
    there = second.quiz(course, asks)
    there.go("why")
    there.respond(WRITTEN | {"text": "Done"})
    assert attempt.keep_draft("why", Draft(response=WRITTEN | {"text": "Too late"}))
    assert drafts_in(study.store) == 0
    with pytest.raises(StaleAttempt, match="Another program has moved this quiz on"):
        attempt.go("why")
    here = study.reload(course, asks, attempt)
    assert here.draft(here.progress_of("why")) is None


def test_a_response_elsewhere_to_another_question_ends_nothing_here(
    attempt: Attempt, study: Study, second: Study, course: Course, asks: Lesson
) -> None:
    there = second.quiz(course, asks)
    there.go("pull")
    there.respond("moon")
    assert attempt.keep_draft("why", Draft(response=WRITTEN | {"text": "Further"}))
    here = study.reload(course, asks, attempt)
    draft = here.draft(here.progress_of("why"))
    assert draft is not None
    assert draft.response["text"] == "Further"


@pytest.mark.parametrize("what", ["reset", "forget", "restore"])
def test_a_window_that_goes_on_after_the_records_did_not_keeps_nothing(
    attempt: Attempt, study: Study, second: Study, course: Course, clock: StepClock, what: str
) -> None:
    if what == "reset":
        second.start_afresh(course, "asks")
    elif what == "forget":
        learners.forget(second.store, second.learner)
    else:
        write_backup(second.store)
        second.store.write("DELETE FROM attempts")
        write_backup(second.store)
        restore(second.store.folder, None, clock())
    assert attempt.keep_draft("word", Draft(response="eb"))
    assert drafts_in(study.store) == 0


# Trouble


def test_records_that_another_program_holds_cost_nobody_time_or_an_error(
    attempt: Attempt, study: Study, course: Course, asks: Lesson
) -> None:
    with closing(sqlite3.connect(study.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not attempt.keep_draft("word", Draft(response="eb"))
        other.execute("ROLLBACK")
    assert attempt.keep_draft("word", Draft(response="eb"))
    assert study.store.row("PRAGMA busy_timeout") == (10_000,)
    attempt.respond(attempt.current.question.key())


def test_a_full_disk_or_records_that_are_read_only_keep_nothing_and_say_so(
    attempt: Attempt, study: Study, course: Course, asks: Lesson
) -> None:
    study.store.write("PRAGMA query_only = ON")
    assert not attempt.keep_draft("word", Draft(response="eb"))
    study.store.write("PRAGMA query_only = OFF")
    (pages,) = study.store.row("PRAGMA page_count") or (0,)
    study.store.row(f"PRAGMA max_page_count = {pages}")
    long = WRITTEN | {"text": "x" * 100_000}
    assert not attempt.keep_draft("why", Draft(response=long))
    draft = begun(study, course, asks)
    assert draft is not None
    assert draft.response == WRITTEN
    study.store.row("PRAGMA max_page_count = 1000000")
    assert attempt.keep_draft("why", Draft(response=long))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        "[1]",
        '{"response":{"text":7,"ticked":[]},"type":"open","fingerprint":"x"}',
        '{"response":{"text":"a","ticked":[[]]},"type":"open","fingerprint":"x"}',
        '{"response":"a","type":"open","fingerprint":"x"}',
        '{"response":["a"],"type":"multiple","fingerprint":"x"}',
        '{"response":"' + "x" * 1_048_576 + '","type":"open","fingerprint":"x"}',
        "\x00\x1b[2J",
    ],
    ids=lambda body: body[:30],
)
def test_a_damaged_draft_is_dropped_and_the_attempt_goes_on(
    attempt: Attempt, study: Study, course: Course, asks: Lesson, body: str
) -> None:
    study.store.write("UPDATE drafts SET body = ?", (body,))
    assert begun(study, course, asks) is None
    again = study.quiz(course, asks)
    again.go("why")
    assert again.keep_draft("why", Draft(response=WRITTEN))
    assert begun(study, course, asks) is not None


def test_what_could_steer_a_terminal_never_comes_back(
    attempt: Attempt, study: Study, course: Course, asks: Lesson
) -> None:
    attempt.keep_draft("why", Draft(response={"text": "a\x1b[2Jb\u202ec\ud800", "ticked": []}))
    draft = begun(study, course, asks)
    assert draft is not None
    assert draft.response["text"] == "a\ufffd[2Jb\ufffdc\ufffd"


def test_a_draft_of_a_question_that_never_was_is_left_out(
    attempt: Attempt, study: Study, course: Course, asks: Lesson
) -> None:
    study.store.write("UPDATE drafts SET question = 'nobody'")
    assert not study.quiz(course, asks).has_drafts


def test_time_that_is_up_submits_no_draft(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    lesson = study.test_lesson(course)
    test = study.test(course, lesson, minutes=1)
    assert test.keep_draft(test.current.question.id, Draft(response=test.current.question.key()))
    assert drafts_in(study.store) == 1
    clock.leap = 3600
    again = study.test(course, lesson)
    assert again.time_is_up
    assert again.finish().earned == 0
    assert drafts_in(study.store) == 0


# Thoughts


@pytest.fixture
def thinks(tells: Lesson) -> Reflect:
    return next(step for step in tells.steps if isinstance(step, Reflect))


def test_a_thought_that_is_begun_waits_beside_the_one_kept(
    study: Study, second: Study, course: Course, tells: Lesson, thinks: Reflect
) -> None:
    study.reflect(course, tells, thinks, "", "Before")
    assert study.begin_thought(course, tells, thinks, ("", "Half a"))
    assert second.thought_begun(course, thinks) == ("", "Half a")
    kept = second.reflection(course, thinks.id)
    assert kept is not None
    assert kept.text == "Before"
    second.reflect(course, tells, thinks, "", "Half a thought")
    assert study.thought_begun(course, thinks) is None


@pytest.mark.parametrize("what", ["nothing", "reset", "forget"])
def test_a_thought_that_is_begun_goes_with_what_it_belongs_to(
    study: Study, course: Course, tells: Lesson, thinks: Reflect, what: str
) -> None:
    assert study.begin_thought(course, tells, thinks, ("", "Half a"))
    if what == "nothing":
        assert study.begin_thought(course, tells, thinks, None)
    elif what == "reset":
        study.start_afresh(course, tells.id)
    else:
        learners.forget(study.store, study.learner)
    assert drafts_in(study.store) == 0


def test_a_thought_beyond_all_measure_is_not_taken(
    study: Study, course: Course, tells: Lesson, thinks: Reflect
) -> None:
    assert not study.begin_thought(course, tells, thinks, ("", "x" * 1_000_000))
    assert study.begin_thought(course, tells, thinks, ("", "x"))
    study.store.write("UPDATE thoughts_begun SET text = ?", ("x" * 1_000_000,))
    assert study.thought_begun(course, thinks) is None
    study.store.write("UPDATE thoughts_begun SET text = ?", ("\x1b[2J",))
    assert study.thought_begun(course, thinks) == ("", "\ufffd[2J")


# From one version to the next

AT = "2026-01-02T03:04:05.678Z"
BEFORE, AFTER = "2025-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"
QUIZ = "({}, 7, 'every', 'asks', 'quiz', 0, '" + AT + "'"
OPENING = (
    '{"kind":"opened","mode":"quiz","seed":1,"questions":[{"question":"pull","fingerprint":"x"}],'
    '"course":"every","lesson":"asks"}'
)
COUNTED = ("learners", "attempts", "events", "standings", "reflections", "settings")


@pytest.mark.parametrize("version", range(1, LATEST))
def test_records_of_every_earlier_version_come_through_whole(
    tmp_path: Path, clock: StepClock, version: int
) -> None:
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir()
    furthest = "1, " if version < 8 else ""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, version)
        for statement in (
            f"INSERT INTO learners VALUES (7, 'Ana', '{AT}', 1)",
            f"INSERT INTO attempts VALUES {QUIZ.format(9)}, NULL, NULL, NULL)",
            f"INSERT INTO attempts VALUES {QUIZ.format(8)}, '{AT}', '1', 2)",
            f"INSERT INTO events VALUES (9, 0, '{AT}', '{OPENING}')",
            f"INSERT INTO events VALUES (8, 0, '{AT}', '{OPENING}')",
            f"INSERT INTO standings VALUES (7, 'every', 'asks', '{AT}', 1, '', {furthest}"
            "1, '1', 2, '1', 2)",
            f"INSERT INTO reflections VALUES (7, 'every', 'tells', 'r', '{AT}', '', 'mine')",
            "INSERT INTO settings VALUES (7, 'hints', 'off')",
        ):
            connection.execute(statement)
        before = {table: everything(connection, table) for table in COUNTED}
    with open_records(path.parent, clock) as store:
        assert store.row("PRAGMA user_version") == (LATEST,)
        assert {table: everything(store._connection, table) for table in COUNTED} == before
        assert drafts_in(store) == 0
    assert faults_in(path) == []
    (backup,) = (path.parent / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert {table: everything(connection, table) for table in COUNTED} == before


@pytest.mark.parametrize("read_at", [None, BEFORE, AFTER])
def test_tests_of_an_earlier_version_are_called_as_they_were_then(
    tmp_path: Path, clock: StepClock, read_at: str | None
) -> None:
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 9)
        connection.execute(f"INSERT INTO learners VALUES (7, 'Ana', '{AT}', 1)")
        test = f"(9, 7, 'every', '', 'test', 0, '{AT}', '{AT}', '1', 2)"
        connection.execute(f"INSERT INTO attempts VALUES {test}")
        connection.execute(f"INSERT INTO events VALUES (9, 0, '{AT}', '{OPENING}')")
        if read_at is not None:
            lesson = f"(7, 'every', 'asks', '{read_at}', 1, '', 0, NULL, NULL, NULL, NULL)"
            connection.execute(f"INSERT INTO standings VALUES {lesson}")
    with open_records(path.parent, clock) as store:
        late = finished.first_test_is_late(store, 7, "every")
        assert late == (read_at == BEFORE)
        store.write("DELETE FROM standings")
        assert finished.first_test_is_late(store, 7, "every") == late


def everything(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """All rows, but for the column that said how far somebody came: steps_shown has it since."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(name for name in columns if name != "furthest")
    return connection.execute(f"SELECT {names} FROM {table} ORDER BY 1, 2").fetchall()


def test_what_was_learned_at_an_earlier_version_keeps_its_place() -> None:
    """A migration that was published is never changed: only new ones follow."""
    assert [name for name, _ in MIGRATIONS][:3] == [
        "learners, attempts, events, standings, reflections, settings, compiled lessons",
        "numbers of learners and attempts are given once; backups are counted; a mark of our own",
        "answers and thoughts that were begun",
    ]
