"""Cards are kept with the responses, and are nothing but what can be made of them anew."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import StepClock, examples

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import AnyQuestion, Choice, Option
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.events import Confidence, Mode
from tutor.records import attempts, learners
from tutor.records.cards import card_table
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY, Store
from tutor.study import Study

NAMES = ("one", "two", "three")
MODES: tuple[Mode, ...] = ("lesson", "quiz", "test", "review")


def question(name: str, key: int) -> Choice:
    """A question in the version in which one of three options is right."""
    options = tuple(Option(text=str(n), id=str(n), correct=n == key) for n in range(3))
    return Choice(id=name, stem="Which?", options=options, hints=("a", "b", "c", "d"))


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(MODES)),
        st.tuples(
            st.just("answer"),
            st.sampled_from(NAMES),
            st.integers(min_value=0, max_value=2),
            st.sampled_from((None, "sure", "think-so", "guess")),
        ),
        st.tuples(st.sampled_from(("hint", "count", "next", "finish", "reload", "make"))),
        st.tuples(st.just("put_off"), st.sampled_from(NAMES), st.integers(0, 20)),
        st.tuples(st.just("edit"), st.sampled_from(NAMES), st.integers(0, 2)),
        st.tuples(st.just("wait"), st.integers(min_value=1, max_value=300)),
        st.tuples(st.just("switch")),
    ),
    min_size=5,
    max_size=60,
)


class World:
    """Two learners, a quiz whose keys change, and whatever attempts are open."""

    def __init__(self, store: Store, clock: StepClock) -> None:
        self.store = store
        self.clock = clock
        self.learners = [learners.learner_id(store, name) for name in ("Ana", "Ben")]
        self.questions: dict[str, AnyQuestion] = {name: question(name, 0) for name in NAMES}
        self.open: dict[int, Attempt] = {}
        self.now = 0

    @property
    def learner(self) -> int:
        return self.learners[self.now]

    @property
    def attempt(self) -> Attempt | None:
        return self.open.get(self.learner)

    def do(self, name: str, *about: Any) -> None:
        getattr(self, f"do_{name}")(*about)

    def do_open(self, mode: Mode) -> None:
        lesson = "" if mode in ("test", "review") else "lesson"
        opened = opening(
            self.questions.values(),
            mode=mode,
            seed=1,
            course="course",
            lesson=lesson,
            lessons=dict.fromkeys(NAMES, "" if lesson else "lesson"),
        )
        self.open[self.learner] = attempts.begin(
            self.store, self.learner, opened, dict(self.questions)
        )

    def do_answer(self, name: str, option: int, confidence: Confidence | None) -> None:
        attempt = self.attempt
        if attempt is not None and not attempt.finished:
            attempt.go(name)
            if not attempt.settled(attempt.current):
                attempt.respond(str(option), confidence)

    def do_hint(self) -> None:
        if self.attempt is not None and not self.attempt.finished:
            self.attempt.hint()

    def do_count(self) -> None:
        if self.attempt is not None and self.attempt.can_count(self.attempt.current):
            self.attempt.count_as_right()

    def do_put_off(self, name: str, days: int) -> None:
        attempt = self.attempt
        if attempt is not None and not attempt.finished and attempt.mode == "review":
            attempt.go(name)
            attempt.skip(self.clock.moment + timedelta(days=days))

    def do_next(self) -> None:
        if self.attempt is not None and not self.attempt.finished:
            self.attempt.advance()

    def do_finish(self) -> None:
        if self.attempt is not None:
            self.attempt.finish()

    def do_reload(self) -> None:
        """Go on after a start: with the questions as they are by now."""
        if self.attempt is not None:
            record_id = self.attempt.record_id
            found = attempts.load(self.store, self.learner, record_id, dict(self.questions))
            assert found is not None
            self.open[self.learner] = found

    def do_make(self) -> None:
        card_table.make(self.store, self.learner, "course")

    def do_edit(self, name: str, key: int) -> None:
        self.questions[name] = question(name, key)
        self.do_reload()

    def do_wait(self, hours: int) -> None:
        self.clock.moment += timedelta(hours=hours)

    def do_switch(self) -> None:
        self.now = 1 - self.now


def kept(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT * FROM cards ORDER BY learner, course, lesson, question")


@settings(max_examples=examples(30))
@given(ACTIONS)
def test_kept_cards_equal_those_made_of_the_responses(actions: list[tuple[Any, ...]]) -> None:
    clock = StepClock()
    with open_records(IN_MEMORY, clock) as store:
        world = World(store, clock)
        world.do_open("quiz")
        for action in actions:
            world.do(*action)
        before = kept(store)
        for learner in world.learners:
            card_table.make(store, learner, "course")
        assert kept(store) == before


def test_old_records_get_their_cards_once_they_are_asked_for(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    quiz = study.quiz(course, asks)
    for progress in quiz.progress:
        quiz.go(progress.question.id)
        if progress.question.scored:
            quiz.respond(progress.question.key())
    quiz.finish()
    new = kept(study.store)
    assert len(new) == 9
    study.store.write("DELETE FROM cards")
    study.store.write("INSERT INTO cards_to_make VALUES (?, ?)", (study.learner, course.id))
    assert study.reviews.due(course).due == 0
    assert study.reviews.open(course) is None
    assert kept(study.store) == new
    assert study.store.rows("SELECT * FROM cards_to_make") == []


def test_what_is_answered_before_the_cards_are_made_is_in_them(
    study: Study, course: Course, asks: Lesson
) -> None:
    study.store.write("INSERT INTO cards_to_make VALUES (?, ?)", (study.learner, course.id))
    quiz = study.quiz(course, asks)
    quiz.go("pull")
    quiz.respond("wind")
    assert kept(study.store) == []
    card_table.make(study.store, study.learner, course.id)
    assert [row[3] for row in kept(study.store)] == ["pull"]
    quiz.go("word")
    quiz.respond("ebb")
    assert [row[3] for row in kept(study.store)] == ["pull", "word"]


def test_practice_and_the_first_test_make_no_cards(
    study: Study, course: Course, asks: Lesson
) -> None:
    test = study.test_lesson(course)
    for asked in (1, 2):
        attempt = study.test(course, test)
        for progress in attempt.progress:
            attempt.go(progress.question.id)
            attempt.respond(progress.question.key())
        assert kept(study.store) == []
        attempt.finish()
        made = kept(study.store)
        assert bool(made) == (asked == 2)
    assert {row[2] for row in made} == {"asks"}


def test_who_is_forgotten_leaves_no_cards(study: Study, course: Course, asks: Lesson) -> None:
    quiz = study.quiz(course, asks)
    quiz.go("pull")
    quiz.respond("moon")
    learners.forget(study.store, study.learner)
    assert kept(study.store) == []
