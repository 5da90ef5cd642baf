"""Review: what is due, how it is asked, and when it comes back."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from answering import line_for, right_response, wrong_response
from support import EVERY, StepClock, history_of, tutor

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.errors import CannotRead, StaleAttempt, UsageError
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.progress.results import of_attempt, reopened
from tutor.quiz.attempt import Attempt
from tutor.quiz.draft import Draft
from tutor.quiz.events import Counted, Repeated, Responded, Uncovered
from tutor.records import settings
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.study import Start, Study

DAY = timedelta(days=1)

LESSON = """
title: Lesson {number}
objectives: {{a: Know one thing, b: Know another}}
quiz:
  questions:
"""
QUESTION = """
    - type: choice
      id: q{number}-{name}
      objective: {objective}
      stem: What is {name}?
      options: [{{id: r, text: This, correct: true}}, {{id: w, text: That}}]
"""


@pytest.fixture
def clock() -> StepClock:
    """At an hour that is the same day everywhere."""
    clock = StepClock()
    clock.moment = clock.moment.replace(hour=15)
    return clock


@pytest.fixture
def many(tmp_path: Path, study: Study) -> Course:
    """A course of two lessons whose quizzes ask 15 questions each, in two objectives."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in (1, 2):
        questions = "".join(
            QUESTION.format(number=number, name=f"thing{n:02}", objective="ab"[n % 2])
            for n in range(15)
        )
        (folder / f"l{number}.yaml").write_text(LESSON.format(number=number) + questions)
    (folder / "course.yaml").write_text("id: many\ntitle: Many\nlessons: [l1.yaml, l2.yaml]\n")
    return study.library.course_at(folder)


def take_quiz(study: Study, course: Course, lesson: Lesson, *missed: str) -> Attempt:
    """Take a quiz with everything right but what is named."""
    quiz = study.quiz(course, lesson)
    for progress in quiz.progress:
        quiz.go(progress.question.id)
        wrong = progress.question.id in missed
        quiz.respond((wrong_response if wrong else right_response)(progress.question))
    quiz.finish()
    return quiz


@pytest.fixture
def quizzed(study: Study, course: Course, asks: Lesson) -> Attempt:
    """The quiz of the fixture course, taken: `pull` and `word` missed, all others right."""
    return take_quiz(study, course, asks, "pull", "word")


def review_of(study: Study, course: Course, **how: object) -> Attempt:
    found = study.reviews.open(course, **how)  # type: ignore[arg-type]
    assert found is not None
    return found[1]


def answer_all(attempt: Attempt, *missed: str) -> None:
    """Give each question of a review one response."""
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        wrong = progress.question.id in missed
        attempt.respond((wrong_response if wrong else right_response)(progress.question))


# What is due


def test_every_scored_question_becomes_a_card(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    due = study.reviews.due(course)
    assert (due.due, due.tomorrow, due.oldest) == (0, 2, None)
    clock.moment += DAY
    due = study.reviews.due(course)
    assert (due.due, due.capped, due.minutes, due.lessons) == (2, 2, 1, {"asks": 2})
    assert due.oldest is not None
    assert due.oldest.date() == clock.moment.date()
    clock.moment += 7 * DAY
    assert study.reviews.due(course).due == 9


@pytest.fixture(params=["America/Los_Angeles", "Asia/Tokyo", "Europe/London"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """The zone of the machine."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        time.tzset()
        yield ZoneInfo(request.param)
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
def test_nothing_is_due_before_four_in_the_morning(
    study: Study, many: Course, clock: StepClock, zone: ZoneInfo
) -> None:
    lesson = study.lesson(many.lessons[0])
    asked = [question.id for question in lesson.questions()]
    clock.moment = datetime(2026, 1, 20, 22, 30, tzinfo=zone).astimezone(UTC)
    take_quiz(study, many, lesson, *asked)
    assert study.today().isoformat() == "2026-01-20"
    clock.moment = datetime(2026, 1, 21, 3, 59, tzinfo=zone).astimezone(UTC)
    assert (study.reviews.due(many).due, study.reviews.due(many).tomorrow) == (0, 15)
    clock.moment = datetime(2026, 1, 21, 4, 0, tzinfo=zone).astimezone(UTC)
    assert study.reviews.due(many).due == 15
    assert study.reviews.open(many) is not None


def test_after_a_pause_the_oldest_come_first_up_to_the_cap(
    study: Study, many: Course, clock: StepClock
) -> None:
    for outline in many.lessons:
        take_quiz(study, many, study.lesson(outline))
        clock.moment += DAY
    clock.moment += 60 * DAY
    due = study.reviews.due(many)
    assert (due.due, due.capped, due.minutes) == (30, 20, 10)
    assert due.lessons == {"l1": 15, "l2": 5}
    attempt = review_of(study, many)
    assert len(attempt.progress) == 20
    answer_all(attempt)
    attempt.finish()
    assert study.reviews.due(many).capped == 0
    assert study.reviews.open(many) is None
    assert len(review_of(study, many, more=True).progress) == 10
    clock.moment += DAY
    assert study.reviews.due(many).capped == 10


def test_the_cap_can_be_set_and_a_limit_be_asked_for(
    study: Study, many: Course, clock: StepClock
) -> None:
    take_quiz(study, many, study.lesson(many.lessons[0]))
    clock.moment += 30 * DAY
    settings.change(study.store, study.learner, "cap", "7")
    assert study.reviews.due(many).capped == 7
    assert len(review_of(study, many).progress) == 7
    assert len(review_of(study, many, limit=12).progress) == 12


@pytest.mark.parametrize("value", ["0", "501", "-3", "many", "", "٣", "99999999999999999999"])
def test_a_cap_is_a_number_of_questions(study: Study, value: str) -> None:
    with pytest.raises(UsageError) as raised:
        settings.change(study.store, study.learner, "cap", value)
    assert raised.value.remedy == "It is a number from 1 to 500."


def test_only_what_belongs_to_one_objective_is_mixed(
    study: Study, many: Course, clock: StepClock
) -> None:
    for outline in reversed(many.lessons):
        take_quiz(study, many, study.lesson(outline))
    clock.moment += 30 * DAY
    asked = [one.question for one in review_of(study, many, limit=30).progress]
    blocks = [str(question.objective) for question in asked]
    assert list(dict.fromkeys(blocks)) == sorted(set(blocks), key=blocks.index)
    assert [blocks.count(name) for name in dict.fromkeys(blocks)] == [
        sum(1 for _ in group) for group in _runs(blocks)
    ]
    assert [name[:2] for name in dict.fromkeys(blocks)] == ["l1", "l1", "l2", "l2"]
    first = [question.id for question in asked if question.objective == blocks[0]]
    assert first != sorted(first)


def _runs(blocks: list[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for name in blocks:
        if runs and runs[-1][0] == name:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def test_until_a_day_everything_comes_back_by_it(
    study: Study, many: Course, clock: StepClock
) -> None:
    take_quiz(study, many, study.lesson(many.lessons[0]))
    clock.moment += 40 * DAY
    day = study.today() + timedelta(days=4)
    attempt = review_of(study, many, limit=15, until=day)
    answer_all(attempt)
    attempt.finish()
    backs = [study.reviews.comes_back(many, attempt, one) for one in attempt.progress]
    assert all(back is not None and back.day <= day for back in backs)
    with pytest.raises(UsageError, match="is not a day to come"):
        study.reviews.open(many, until=study.today())


# Questions that change


def test_a_question_whose_key_changed_is_asked_and_starts_anew(
    study: Study, many: Course, clock: StepClock
) -> None:
    lesson = study.lesson(many.lessons[0])
    for _ in range(3):
        take_quiz(study, many, lesson)
        clock.moment += 20 * DAY
    path = Path(many.lessons[0].path)
    text = path.read_text().replace(
        "[{id: r, text: This, correct: true}, {id: w, text: That}]",
        "[{id: r, text: This}, {id: w, text: That, correct: true}]",
        1,
    )
    path.write_text(text + "\n")
    clock.moment += 100 * DAY
    edited = study.current(many)
    attempt = review_of(study, edited, limit=15)
    answer_all(attempt)
    anew = [study.reviews.comes_back(edited, attempt, one) for one in attempt.progress]
    short = [back for back in anew if back is not None and len(back.seen) == 1]
    assert len(short) == 1
    assert (short[0].day - short[0].today).days == 2


def test_a_question_that_is_gone_is_asked_no_more_and_comes_back_with_the_file(
    study: Study, many: Course, clock: StepClock
) -> None:
    take_quiz(study, many, study.lesson(many.lessons[0]))
    clock.moment += 40 * DAY
    path = Path(many.lessons[0].path)
    whole = path.read_text()
    path.write_text(whole[: whole.index("    - type: choice\n      id: q1-thing10")])
    edited = study.current(many)
    assert study.reviews.due(edited).due == 15
    attempt = review_of(study, edited, limit=15)
    assert len(attempt.progress) == 10
    assert study.reviews.due(edited).due == 10
    attempt.finish()
    path.write_text(whole + "\n")
    assert len(review_of(study, study.current(edited), limit=15).progress) == 15


def test_a_lesson_that_cannot_be_read_is_said_where_nothing_else_is_due(
    study: Study, many: Course, clock: StepClock
) -> None:
    take_quiz(study, many, study.lesson(many.lessons[0]))
    clock.moment += 40 * DAY
    path = Path(many.lessons[0].path)
    whole = path.read_text()
    path.write_text(whole.replace("correct: true", "correct: maybe", 1))
    with pytest.raises(CannotRead):
        study.reviews.open(study.current(many))
    path.write_text(whole + "\n")
    assert study.reviews.open(study.current(many)) is not None


def test_a_damaged_card_is_made_anew(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    sound = study.store.rows("SELECT * FROM cards ORDER BY question")
    spoiled = (
        "recalls = '['",
        "recalls = '[]'",
        "stability = 0",
        "due = 'soon'",
        "difficulty = 99",
    )
    for number, change in enumerate(spoiled):
        study.store.write(f"UPDATE cards SET {change} WHERE question = 'pull'")
        quiz = study.quiz(course, study.lesson(course.lessons[0]))
        quiz.go("pull")
        quiz.respond("moon")
        quiz.finish()
        clock.moment += timedelta(minutes=1)
        attempt = study.reviews.open(course)
        assert attempt is None or attempt[1].progress
        made = study.store.rows("SELECT * FROM cards ORDER BY question")
        assert len(made) == len(sound)
        recalls = study.store.row("SELECT recalls FROM cards WHERE question = 'pull'")
        assert recalls is not None
        assert recalls[0].count("2026") == number + 2


# A review under way


def test_a_review_goes_on_the_same_day_and_begins_anew_the_next(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += 10 * DAY
    attempt = review_of(study, course)
    attempt.respond(None)
    assert review_of(study, course).record_id == attempt.record_id
    clock.moment += DAY
    other = review_of(study, course)
    assert other.record_id != attempt.record_id
    assert len(other.progress) == 9


def test_who_reviews_in_two_windows_is_told(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += 10 * DAY
    found = study.reviews.open(course)
    assert found is not None
    lesson, here = found
    with open_records(study.store.folder, clock) as store:
        second = Study(store, Library(store, Path.cwd()), "Ana", seed=lambda: 9)
        there = review_of(second, course)
        there.respond(None)
    with pytest.raises(StaleAttempt, match="moved this review on"):
        here.respond(None)
    again = study.reload(course, lesson, here)
    assert again.record_id == here.record_id
    assert again.progress[0].responses


# In plain mode


@pytest.fixture
def plainly(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> Callable[..., tuple[int, str, str]]:
    """Review the fixture course on the next day in plain mode, as a person or in a pipe."""
    clock.moment += DAY

    def go(typed: str, *, person: bool = True) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        terminal = Terminal(StringIO(typed), out, err, interactive=person)
        code = run(study, Start(course=course, review=True), terminal)
        return code, out.getvalue(), err.getvalue()

    return go


def written(study: Study, course: Course, missed: str = "") -> list[str]:
    """The lines that answer what is due, with our seed."""
    attempt = review_of(study, course, one_try=True)
    return [
        line_for(
            one.question,
            attempt.arranged(one.question),
            (wrong_response if one.question.id == missed else right_response)(one.question),
        )
        for one in attempt.progress
    ]


def test_a_review_in_a_pipe_takes_one_line_for_each_question(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    lines = written(study, course, missed="word")
    code, out, _ = plainly("".join(f"{line}\n" for line in lines), person=False)
    assert code == 0
    assert "Review: 2 questions, about 1 minute." in out
    assert "Think of the answer" not in out
    assert "Done for today.\n2 questions, 1 remembered; the other comes back soon." in out


def test_what_was_missed_in_a_pipe_comes_once_more_as_long_as_there_are_lines(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    lines = [*written(study, course, missed="word"), "flow", "ebb"]
    code, out, _ = plainly("".join(f"{line}\n" for line in lines), person=False)
    assert code == 0
    assert out.count("Once more, question") == 2
    assert "2 questions, 1 remembered; the other came right in the end." in out


def test_who_stops_in_a_pipe_while_something_comes_once_more_goes_on_there(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    lines = [*written(study, course, missed="word"), ":q"]
    code, _, err = plainly("".join(f"{line}\n" for line in lines), person=False)
    assert code == 1
    assert "start again to go on there" in err


def test_a_person_thinks_first_then_sees_the_options(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    asked = [one.question.id for one in review_of(study, course).progress]
    first = {"word": "flow\n\n", "pull": f"its pull\n{_wrong(study, course)}\n\n"}
    again = {"word": "ebb\n", "pull": f"the sea\n{_key(study, course)}\n"}
    code, out, _ = plainly("".join(lines[name] for lines in (first, again) for name in asked))
    assert code == 0
    thinks = out.index("Think of the answer, or write it, then Enter (:q stop):")
    assert "The moon" not in out[:thinks]
    assert "  1. The " in out[thinks:]
    assert out.count("It comes back today until it is right, then tomorrow.") == 2
    assert out.count("Once more, question") == 2
    assert "2 questions, none remembered; they came right in the end." in out
    assert "You wrote: its pull\n" in out
    wrote = [one.wrote for one in history_of(study.store, 2) if isinstance(one, Uncovered)]
    assert wrote == ["its pull", "the sea"]


def _key(study: Study, course: Course) -> str:
    attempt = review_of(study, course)
    question = attempt.progress_of("pull").question
    return line_for(question, attempt.arranged(question), question.key())


def _wrong(study: Study, course: Course) -> str:
    return "1" if _key(study, course) != "1" else "2"


def test_a_slip_is_a_word_in_plain_mode(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    asked = [one.question.id for one in review_of(study, course).progress]
    given = {"word": "flow\nyes\nslip\n\n", "pull": f"\n{_key(study, course)}\n"}
    code, out, _ = plainly("".join(given[name] for name in asked))
    assert code == 0
    asked_for = "Enter goes on. If it was only a slip, write slip, and it counts as right (q stop):"
    assert out.count(asked_for) == 2
    assert "Write slip, or nothing to go on." in out
    assert "It comes back Mon 5 Jan, in 2 days. It counts as right: you knew it." in out
    assert "2 questions, 2 remembered." in out
    assert any(isinstance(one, Counted) for one in history_of(study.store, 2))


def test_in_plain_mode_the_same_word_takes_a_slip_back(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    asked = [one.question.id for one in review_of(study, course).progress]
    given = {"word": "flow\nslip\nslip\n\n", "pull": f"\n{_key(study, course)}\n"}
    code, out, _ = plainly("".join(given[name] for name in asked) + "ebb\n")
    assert code == 0
    assert "Enter goes on. If you take that back, write slip again (q stop):" in out
    assert "2 questions, 1 remembered; the other came right on the second go." in out


def test_what_was_counted_as_right_and_taken_back_leaves_no_trace(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += DAY
    settings.change(study.store, study.learner, "confidence", "on")
    attempt = review_of(study, course)
    attempt.go("word")
    attempt.respond(wrong_response(attempt.current.question), "sure")

    def kept() -> list[object]:
        names = ("reviews", "last_responses", "calibration", "cards")
        return [study.store.rows(f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in names]

    missed = kept()
    attempt.count_as_right()
    assert kept() != missed
    attempt.take_back()
    assert kept() == missed
    assert attempt.waits(attempt.current)
    again = review_of(study, course)
    assert (again.record_id, again.progress_of("word").outcome) == (attempt.record_id, "wrong")


def test_the_end_of_a_review_and_its_old_result_count_alike(
    study: Study, many: Course, clock: StepClock
) -> None:
    take_quiz(study, many, study.lesson(many.lessons[0]))
    clock.moment += 30 * DAY
    found = study.reviews.open(many, limit=5)
    assert found is not None
    lesson, attempt = found
    first, off, again, counted, right = (one.question.id for one in attempt.progress)
    attempt.go(off)
    study.reviews.put_off(attempt)
    answered = ((first, 1), (again, 1), (again, 1), (again, 0), (counted, 1), (right, 0))
    for name, wrong in answered:
        attempt.go(name)
        if attempt.settled(attempt.current):
            attempt._keep(Repeated(question=name))
        question = attempt.current.question
        attempt.respond(wrong_response(question) if wrong else right_response(question))
        if name == counted:
            attempt.count_as_right()
    attempt.finish()
    assert phrases.reviewed(attempt.result()) == (
        "4 questions, 2 remembered; 1 of the others came right in the end. "
        "1 put off until tomorrow."
    )
    assert [one.question.id for one in attempt.progress if one.missed] == [first, again]
    for of in (
        of_attempt(study, many, lesson, attempt),
        reopened(study, many, finished.all_of(study.store, study.learner)[-1]),
    ):
        assert of.verdict() == "2 of 4 questions remembered."
        assert (of.run.earned, of.run.possible) == (2, 4)
        assert [one.id for one in of.run.missed] == [first, again]
        assert of.attempt is not None
        told = of.attempt.verdict(of.attempt.progress_of(again))
        assert told is not None
        assert told.outcome == "wrong"
    assert (finished.all_of(study.store, study.learner)[-1].possible) == 4


def test_who_stops_goes_on_where_they_were(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    code, _, err = plainly(":q\n")
    assert code == 1
    assert "Left at question 1 of 2; start again to go on there." in err


def test_what_was_begun_in_the_app_goes_on_in_plain_mode(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    review_of(study, course).keep_draft("pull", Draft(response=None, thought="the moo"))
    asked = [one.question.id for one in review_of(study, course).progress]
    given = {"word": "ebb\n", "pull": "\n:q\n"}
    _, out, _ = plainly("".join(given[name] for name in asked))
    assert "You had begun: the moo" in out
    wrote = [one.wrote for one in history_of(study.store, 2) if isinstance(one, Uncovered)]
    assert wrote == ["the moo"]


def test_how_sure_one_is_is_asked_once_in_plain_mode(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    asked = [one.question.id for one in review_of(study, course).progress]
    given = {"word": "flow\n1\n\n", "pull": f"\n{_wrong(study, course)}\n1\n\n"}
    again = {"word": "ebb\n", "pull": f"\n{_key(study, course)}\n"}
    lines = [given[name] for name in asked] + [again[name] for name in asked]
    code, out, _ = plainly("".join(lines))
    assert code == 0
    assert out.count("How sure?") == 2
    assert "You were sure of it, so it comes again in a week as well." in out
    sure = [one.confidence for one in history_of(study.store, 2) if isinstance(one, Responded)]
    assert sure == ["sure", "sure", None, None]


# On the command line


def test_the_command_reviews_what_is_due(own_home: Path) -> None:
    done = tutor("review", "wso")
    assert done.returncode == 0
    assert "Nothing is due. Nothing more for now." in " ".join(done.stdout.split())
    assert tutor("review", "wso", "--until", "soon").returncode == 2
    lesson = tutor("review", "wso/what-is-a-detainer")
    assert lesson.returncode == 2
    assert "`tutor review wso` asks what is due" in lesson.stderr
    past = tutor("review", "wso", "--until", "2020-01-01")
    assert past.returncode == 2
    assert "is not a day to come." in past.stderr
    assert "cap = 30" in tutor("set", "cap", "30").stdout
    assert "cover = on" in tutor("set").stdout


def test_cards_of_old_records_are_made_when_a_program_ends(own_home: Path) -> None:
    asks = str(EVERY / "asks.yaml")
    tutor("quiz", asks, "--seed", "1", typed="1\n" * 20)
    with open_records(own_home / "records", StepClock()) as store:
        made = store.rows("SELECT learner, course, question, due FROM cards")
        assert made
        store.write("INSERT INTO cards_to_make SELECT DISTINCT learner, course FROM cards")
        store.write("DELETE FROM cards")
    tutor("open", "wso", typed="")
    with open_records(own_home / "records", StepClock()) as store:
        assert store.rows("SELECT learner, course, question, due FROM cards") == made


def test_help_in_a_plain_review_says_when_what_is_skipped_comes_again(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += DAY
    out = StringIO()
    terminal = Terminal(StringIO("r\n\n:?\n:q\n"), out, StringIO(), interactive=True)
    run(study, Start(course=course), terminal)
    assert "Two empty lines skip the question; it does not come again today." in out.getvalue()


def test_home_in_plain_mode_leads_to_the_review(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += DAY
    out = StringIO()
    terminal = Terminal(StringIO("r\n:q\n"), out, StringIO(), interactive=True)
    run(study, Start(course=course), terminal)
    assert "r reviews what is due: 2 questions, about 1 minute." in out.getvalue()
    assert "Question 1 of 2." in out.getvalue()
    assert "Two empty lines put a question off until tomorrow." in out.getvalue()
    again = StringIO()
    run(study, Start(course=course), Terminal(StringIO("q\n"), again, again, interactive=True))
    assert "r goes on with the review: 2 questions, about 1 minute left." in again.getvalue()


def test_a_thought_that_was_begun_can_be_dropped_in_plain_mode(
    study: Study, course: Course, plainly: Callable[..., tuple[int, str, str]]
) -> None:
    review_of(study, course).keep_draft("pull", Draft(response=None, thought="the moo"))
    asked = [one.question.id for one in review_of(study, course).progress]
    given = {"word": "ebb\n", "pull": ":x\n:q\n"}
    _, out, _ = plainly("".join(given[name] for name in asked))
    assert "Enter alone keeps what you had begun, :x drops it, :q stop" in out
    wrote = [one.wrote for one in history_of(study.store, 2) if isinstance(one, Uncovered)]
    assert wrote == [""]


def test_in_plain_mode_enter_goes_on_with_the_review_that_was_left_last(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += DAY

    def at_home(lines: str) -> str:
        out = StringIO()
        run(study, Start(course=course), Terminal(StringIO(lines), out, out, interactive=True))
        return out.getvalue()

    assert "goes on with the review, " not in at_home("r\n:q\nq\n")
    _, attempt = study.reviews.open(course) or pytest.fail("a review was left")
    attempt.respond(right_response(attempt.current.question))
    said = at_home("\n:q\nq\n")
    assert "Lesson (Enter goes on with the review, " in said
    assert "Going on with the review: 1 question" in said
