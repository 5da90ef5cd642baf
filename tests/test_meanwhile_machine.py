"""Whatever happens between two moments: random edits, second programs, resets, restores, kills.

Two programs work on one folder of records and one course, whose author edits it all the while.
The laws, whatever the order:

* nothing fails but in words;
* every verdict that a learner saw is in the records, unless the learner was forgotten or older
  records were put back;
* what a program shows of an attempt is what the records hold of it;
* what was begun is found again by whoever starts next, unless the question was answered or edited
  since, and is never more than what fits the question;
* home always offers something that can be done, and doing it leads to the end of the course.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import msgspec
import pytest
from answering import right_response, wrong_response
from authored import KINDS, LESSONS, Authored
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from support import history_of, read_course, read_to

from tutor.course.model.course import Course, Lesson
from tutor.errors import CannotRead, StaleAttempt, TimeIsUp
from tutor.library import Library
from tutor.quiz.attempt import MISSES_BEFORE_REVEAL, Attempt
from tutor.quiz.draft import Draft, fitting
from tutor.quiz.events import ENDS_DRAFT, Mode, Responded, decode
from tutor.records import attempts, learners
from tutor.records.backup import backups_in, write_backup
from tutor.records.opening import open_records
from tutor.records.restore import restore
from tutor.study import Study

PROGRAMS = st.integers(0, 1)
PLACES = st.integers(0, 5)
MODES: st.SearchStrategy[Mode] = st.sampled_from(["quiz", "lesson", "test"])
WAYS_THROUGH = 30
"""More turns than any course of the tests takes from its beginning to its end."""


class Program:
    """A window in which somebody learns: it holds what it read when it opened a quiz."""

    def __init__(self, world: "Meanwhile", name: str) -> None:
        self.store = open_records(world.data, world.clock)
        library = Library(self.store, world.folder)
        self.study = Study(self.store, library, name, seed=world.next_seed)
        self.attempt: Attempt | None = None
        self.lesson: Lesson | None = None
        self.course: Course | None = None


class Meanwhile(Authored):
    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, str, str]] = Counter()
        self.seen_at_backup: list[Counter[tuple[str, str, str]]] = []
        self.closed: dict[tuple[int, str], int] = {}
        self.programs: list[Program] = []
        self.anew: Course | None = None

    def teardown(self) -> None:
        self._home_leads_to_the_end()
        for program in self.programs:
            program.store.close()
        super().teardown()

    @initialize(second=st.sampled_from(["Ana", "Ana", "Ben"]), mode=MODES)
    def start(self, second: str, mode: Mode) -> None:
        self.save()
        self.programs = [Program(self, name) for name in ("Ana", second)]
        for at in (0, 1):
            self.come_back(at, mode, "one")
        self.look_after_the_records(0, "backup")

    # The learner, at one of two programs

    @rule(at=PROGRAMS, mode=MODES, name=LESSONS)
    def come_back(self, at: int, mode: Mode, name: str) -> None:
        """Kill a program wherever it is, start it again, and go on with something."""
        program = self.programs[at]
        program.store.close()
        self.programs[at] = program = Program(self, program.study.name)
        study = program.study
        with suppress(CannotRead):
            course = study.library.course_at(self.folder)
            outline = course.lesson(name)
            if mode == "test":
                lesson = study.test_lesson(course)
            elif outline is not None:
                lesson = study.lesson(outline)
            else:
                return
            program.course, program.lesson = course, lesson
            if mode == "lesson":
                if lesson.steps:
                    study.move_to(course, lesson, len(lesson.steps) - 1)
                program.attempt = study.practice(course, lesson)
            elif mode == "quiz" and lesson.quiz:
                program.attempt = study.quiz(course, lesson)
            elif mode == "test" and lesson.questions():
                program.attempt = study.test(course, lesson, minutes=1)

    def _act(self, at: int, action: Callable[[Attempt], object]) -> None:
        """Do something in an attempt as a front does it, and come back from what went wrong."""
        program = self.programs[at]
        if program.attempt is None or program.attempt.finished or not program.attempt.progress:
            return
        before = state_of(program.attempt)
        try:
            action(program.attempt)
            if state_of(program.attempt) != before:
                self._is_what_is_kept(program)
        except TimeIsUp:
            self._act(at, lambda attempt: attempt.finish())
        except StaleAttempt:
            assert program.course is not None
            assert program.lesson is not None
            program.attempt = program.study.reload(program.course, program.lesson, program.attempt)

    @rule(at=PROGRAMS, ways=st.lists(st.sampled_from(["right", "wrong", "blank"]), max_size=3))
    def respond(self, at: int, ways: list[str]) -> None:
        for way in ways:
            self._act(at, lambda attempt, way=way: self._respond(at, attempt, way))  # type: ignore[misc]

    def _respond(self, at: int, attempt: Attempt, way: str) -> None:
        progress = attempt.current
        if attempt.settled(progress):
            return
        response = None
        if way != "blank":
            given = right_response if way == "right" else wrong_response
            response = given(progress.question)
        attempt.respond(response)
        name = self.programs[at].study.name
        self.seen[name, progress.question.id, msgspec.json.encode(response).decode()] += 1

    @rule(at=PROGRAMS, place=PLACES, way=st.sampled_from(["right", "wrong", "nothing"]))
    def begin_an_answer(self, at: int, place: int, way: str) -> None:
        """Begin an answer to any question and do not give it."""
        program = self.programs[at]
        attempt = program.attempt
        if attempt is None or attempt.finished or not attempt.progress:
            return
        progress = attempt.progress[place % len(attempt.progress)]
        question = progress.question
        given = right_response if way == "right" else wrong_response
        draft = None if way == "nothing" else Draft(response=given(question))
        before, had, known = state_of(attempt), attempt.draft(progress), attempt._sequence
        in_records = self._draft_in_records(program, attempt, question.id)
        assert attempt.keep_draft(question.id, draft)
        assert state_of(attempt) == before
        now = attempt.draft(progress)
        # In another window it may have been answered or skipped since, or all begun afresh; and
        # where nothing new is begun, what another window began stays.
        if now != had and self._takes_drafts(program, attempt, question.id, known):
            in_records = now
        assert self._draft_in_records(program, attempt, question.id) == in_records

    def _draft_in_records(self, program: Program, attempt: Attempt, name: str) -> Draft | None:
        """What an attempt would come back with, if it is still there."""
        assert program.lesson is not None
        questions = program.lesson.by_id()
        kept = attempts.load(program.store, program.study.learner, attempt.record_id, questions)
        return (
            kept.draft(kept.progress_of(name)) if kept and kept.opened == attempt.opened else None
        )

    def _takes_drafts(self, program: Program, attempt: Attempt, name: str, known: int) -> bool:
        """Whether an attempt is open, and nothing ended what was begun after its first events."""
        kept = attempts.load(program.store, program.study.learner, attempt.record_id, {})
        closed = program.store.row(
            "SELECT 1 FROM attempts WHERE id = ? AND closed IS NOT NULL", (attempt.record_id,)
        )
        since = history_of(program.store, attempt.record_id)[known:]
        ended = any(isinstance(one, ENDS_DRAFT) and one.question == name for one in since)
        return kept is not None and kept.opened == attempt.opened and not closed and not ended

    @rule(at=PROGRAMS)
    def give_up(self, at: int) -> None:
        """Miss until the answer is offered, and have it shown."""

        def reveal(attempt: Attempt) -> None:
            if attempt.reveal_offered(attempt.current):
                attempt.reveal()

        self.respond(at, ["wrong"] * MISSES_BEFORE_REVEAL)
        self._act(at, reveal)

    @rule(at=PROGRAMS, count=st.integers(1, 3))
    def take_hints(self, at: int, count: int) -> None:
        for _ in range(count):
            self._act(at, lambda attempt: attempt.hint())

    @rule(at=PROGRAMS, where=st.sampled_from(["skip", "go", "finish"]), place=PLACES)
    def move(self, at: int, where: str, place: int) -> None:
        def go(attempt: Attempt) -> None:
            if where == "skip":
                attempt.skip()
            elif where == "finish":
                attempt.finish()
            else:
                attempt.go(attempt.progress[place % len(attempt.progress)].question.id)

        self._act(at, go)

    # What happens to the records

    @rule(at=PROGRAMS, what=st.sampled_from(["afresh", "forget", "backup", "restore"]))
    def look_after_the_records(self, at: int, what: str) -> None:
        study = self.programs[at].study
        if what == "afresh":
            with suppress(CannotRead):
                course = study.library.course_at(self.folder)
                for name in ("", "one", "two"):
                    study.start_afresh(course, name)
        elif what == "forget":
            learners.forget(study.store, study.learner)
            for known in [one for one in self.seen if one[0] == study.name]:
                del self.seen[known]
        elif what == "backup":
            write_backup(study.store)
            self.seen_at_backup.append(self.seen.copy())
        else:
            restore(self.data, backups_in(self.data)[0], self.clock())
            self.seen = self.seen_at_backup[-1].copy()
            self.closed.clear()

    @rule(seconds=st.sampled_from([1, 50, 4000]))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.leap = seconds
        self.clock()
        self.clock.leap = 1

    # The author sees what was edited

    @rule(
        name=LESSONS,
        what=st.sampled_from(["key", "hints", "hints", "type", "id", "out", "new"]),
        place=PLACES,
        kind=st.sampled_from(list(KINDS)),
        at=PROGRAMS,
        again=st.booleans(),
    )
    def edit_a_question(
        self, name: str, what: str, place: int, kind: str, at: int, again: bool
    ) -> None:
        """Edit the quiz, or what is practiced, of a lesson; then perhaps see it as it is now."""
        attempt = self.programs[at].attempt
        mode = attempt.mode if attempt is not None else "quiz"
        self.edit(name, what, place, mode == "lesson", kind)
        if again:
            self.come_back(at, mode, name)

    # The laws

    @invariant()
    def every_verdict_seen_is_kept(self) -> None:
        if not self.programs:
            return
        rows = self.programs[0].store.rows(
            "SELECT learners.name, events.body FROM events JOIN attempts ON attempts.id = "
            "events.attempt JOIN learners ON learners.id = attempts.learner"
        )
        kept: Counter[tuple[str, str, str]] = Counter()
        for name, body in rows:
            event = decode(body)
            if isinstance(event, Responded):
                kept[name, event.question, msgspec.json.encode(event.response).decode()] += 1
        assert self.seen <= kept

    def _is_what_is_kept(self, program: Program) -> None:
        """What a program shows after it did something is what the records hold."""
        assert program.attempt is not None
        assert program.lesson is not None
        kept = attempts.load(
            program.store, program.study.learner, program.attempt.record_id, program.lesson.by_id()
        )
        assert kept is not None
        assert state_of(kept) == state_of(program.attempt)

    @invariant()
    def a_closed_attempt_stays_as_it_is(self) -> None:
        if not self.programs:
            return
        for number, opened, events in self.programs[0].store.rows(
            "SELECT id, opened, count(*) FROM attempts JOIN events ON events.attempt = attempts.id "
            "WHERE closed IS NOT NULL GROUP BY id"
        ):
            assert self.closed.setdefault((number, opened), events) == events

    @invariant()
    def nothing_is_begun_in_what_is_closed(self) -> None:
        for program in self.programs[:1]:
            assert not program.store.rows(
                "SELECT question FROM drafts LEFT JOIN attempts ON attempts.id = drafts.attempt "
                "WHERE attempts.id IS NULL OR closed IS NOT NULL"
            )

    @invariant()
    def what_is_shown_can_be_shown(self) -> None:
        for program in self.programs:
            attempt = program.attempt
            if attempt is None or not attempt.progress:
                continue
            result = attempt.result()
            assert 0 <= result.earned <= result.possible
            for progress in attempt.progress:
                verdict = attempt.verdict(progress)
                assert attempt.hints_left(progress) >= 0
                assert verdict is None or 0 <= verdict.earned <= verdict.possible
                draft = attempt.draft(progress)
                assert draft is None or fitting(draft, progress.question) == draft
                # What is said to be asked again can be answered.
                assert not (progress.changed and not attempt.finished and attempt.settled(progress))

    @invariant()
    def what_was_read_before_is_what_there_is(self) -> None:
        for program in self.programs:
            with suppress(CannotRead):
                known = program.study.library.course_at(self.folder)
                if self.edited:
                    self.anew, self.edited = read_course(self.folder).course, False
                assert self.anew is not None
                assert known.lessons == self.anew.lessons

    @invariant()
    def home_offers_something(self) -> None:
        for program in self.programs:
            with suppress(CannotRead):
                course = program.study.library.course_at(self.folder)
                up = program.study.next_up(course)
                if up.why in ("quiz", "take-quiz"):
                    assert program.study.lesson(up.chapter.outline).quiz is not None

    def _home_leads_to_the_end(self) -> None:
        """Doing what home offers, again and again, is done one day."""
        for program in self.programs:
            study = program.study
            for _ in range(WAYS_THROUGH):
                try:
                    course = study.library.course_at(self.folder)
                except CannotRead:
                    break
                up = study.next_up(course)
                if up.why == "done":
                    break
                lesson = study.lesson(up.chapter.outline)
                if up.why in ("begin", "continue"):
                    read_to(study, course, lesson.id)
                if up.why in ("quiz", "take-quiz"):
                    pass_it(study.quiz(course, lesson))
            else:
                pytest.fail(f"home still says {up.why} after {WAYS_THROUGH} turns")


def state_of(attempt: Attempt) -> list[tuple[object, ...]]:
    """What a learner sees of an attempt."""
    return [
        (attempt.current.question.id, attempt.finished),
        *(
            (one.question.id, one.outcome, one.earned, one.hints, one.revealed, one.changed)
            for one in attempt.progress
        ),
    ]


def pass_it(attempt: Attempt) -> None:
    """Answer what is open in a quiz; where that does not pass, the next one will."""
    for progress in attempt.open_questions():
        attempt.go(progress.question.id)
        attempt.respond(right_response(progress.question))
    assert attempt.finish().score >= Fraction(0)


_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)


class TestMeanwhile(Meanwhile.TestCase):
    settings = settings(max_examples=25, stateful_step_count=30, phases=_PHASES)


@pytest.mark.long
class TestMeanwhileLong(Meanwhile.TestCase):
    settings = settings(max_examples=250, stateful_step_count=40, phases=_PHASES)


class Again(Meanwhile):
    """The same under another name: by it Hypothesis draws other sequences."""


@pytest.mark.long
class TestMeanwhileLonger(Again.TestCase):
    settings = settings(max_examples=250, stateful_step_count=40, phases=_PHASES)
