"""What one learner does with courses on this machine; both fronts work through this."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from tutor import days
from tutor.course.model.course import Course, CourseTest, Lesson, LessonOutline, Quiz
from tutor.course.model.questions import AnyQuestion, Response
from tutor.course.model.shuffle import shuffled
from tutor.course.model.steps import AnyStep, Reflect
from tutor.course.text import one_line
from tutor.errors import CannotRead, UsageError
from tutor.library import Library
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.events import Mode, Opened
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.selection import draw, draw_by_objective, quotas_of
from tutor.records import attempts, learners, lesson_progress, settings
from tutor.records.attempts import OpenQuiz
from tutor.records.store import Store
from tutor.records.written import reflections
from tutor.records.written.reflections import Reflection, Thought
from tutor.study.anchors import anchor, lesson_in, names_of, numbers_shown, revision
from tutor.study.chapters import Chapter, as_seen, in_order, numbers
from tutor.study.next_up import NextUp, next_up

if TYPE_CHECKING:  # whoever is asked a question does not wait for what it needs
    from tutor.quiz.gain import Gain
    from tutor.study.reviews import Reviews

Seed: TypeAlias = Callable[[], int]
"""Returns a fresh random number (or the one asked for with --seed)."""
SeedOfTest: TypeAlias = Callable[["Study", Course, int], int]
"""Returns the seed of a learner's test over a course, given how many they have sat before."""


class Study:
    """One learner at work.

    Args:
        name: The learner's name; added to the records if new.
        seed: Where new attempts get their seed.
        seed_of_test: Where tests get theirs; None for where all attempts do.
    """

    def __init__(
        self,
        store: Store,
        library: Library,
        name: str,
        seed: Seed,
        seed_of_test: SeedOfTest | None = None,
    ) -> None:
        self.store = store
        self.library = library
        self.name = learners.spelled(store, name) or one_line(name)
        self._seed = seed
        self._seed_of_test = seed_of_test
        learners.learner_id(store, self.name)

    @property
    def learner(self) -> int:
        """The learner's number in the records; another one after another program forgot them."""
        return learners.learner_id(self.store, self.name)

    def for_learner(self, name: str) -> "Study":
        """The same place for another learner, who is at work from now on."""
        other = Study(self.store, self.library, name, self._seed, self._seed_of_test)
        other.begin()
        return other

    def begin(self) -> None:
        """Remember that this learner is at work: the next start goes on with the same one."""
        learners.use(self.store, self.learner)

    # Settings and courses

    def settings(self) -> dict[str, str]:
        """The learner's settings, defaults filled in."""
        return settings.read(self.store, self.learner)

    def personal_seed(self) -> int:
        """The number from which whatever is drawn once per learner is drawn."""
        return learners.seed_of(self.store, self.learner)

    def last_course(self) -> Course:
        """The course this learner was in last; the bundled one at first."""
        standing = lesson_progress.latest(self.store, self.learner)
        course = self.library.known(standing.course) if standing else None
        return course or self.library.default()

    def current(self, course: Course) -> Course:
        """A course as its files are by now; as it was where they cannot be read any more."""
        try:
            return self.library.course_at(Path(course.folder))
        except CannotRead:
            return course

    def first_side(self, course: Course) -> Literal["for", "against"]:
        """The side whose arguments this learner sees first, drawn once per learner and course."""
        drawn = shuffled(("for", "against"), self.personal_seed(), f"sides/{course.id}")
        return "for" if drawn[0] == "for" else "against"

    def chapters(self, course: Course) -> list[Chapter]:
        """The lessons of a course, or of the path one is on, in this learner's order.

        Each comes with how far the learner is in it.
        """
        return self.chapters_and_others(course)[0]

    def chapters_and_others(self, course: Course) -> tuple[list[Chapter], list[Chapter]]:
        """The lessons of the path that the learner is on, and those of the course beside it."""
        chapters = self._all_chapters(course)
        chosen = self.path(course)
        if chosen is None:
            return chapters, []
        wanted = course.paths[chosen]
        on_path = [one for one in chapters if one.outline.id in wanted]
        return on_path, [one for one in chapters if one.outline.id not in wanted]

    def _all_chapters(self, course: Course) -> list[Chapter]:
        known = lesson_progress.of_course(self.store, self.learner, course.id)
        return as_seen(in_order(course, self.personal_seed()), known, self._begun_quizzes(course))

    def wants_reading_again(self, up: NextUp) -> bool:
        """Whether a quiz that failed comes next, and what it missed was not read again since."""
        place = (self.store, self.learner, up.course.id, up.chapter.outline.id)
        failed = up.why == "take-quiz" and up.chapter.failed_last
        return failed and not lesson_progress.is_read_again(*place)

    def keep_read_again(self, course: Course, lesson: str) -> None:
        """Remember that was read again what the last quiz of a lesson had missed."""
        lesson_progress.keep_read_again(self.store, self.learner, course.id, lesson)

    def numbers(self, course: Course) -> dict[str, int]:
        """The number of each lesson by its id, from 1, in the order of this learner."""
        return numbers(course, self.personal_seed())

    def _begun_quizzes(self, course: Course) -> dict[str, OpenQuiz]:
        """The quizzes left in the middle; one without a response is not begun."""
        found = attempts.open_quizzes(self.store, self.learner, course.id)
        return {lesson: quiz for lesson, quiz in found.items() if quiz.answered}

    def path(self, course: Course) -> str | None:
        """The way through the course that the learner is on; None for the whole course.

        Who chose none, or one that the course does not have any more, is on the course's default.
        """
        chosen = settings.chosen_path(self.store, self.learner, course.id)
        if chosen == "":
            return None
        name = chosen if course.paths.get(chosen or "") else course.default_path
        return name if course.paths.get(name or "") else None

    def choose_path(self, course: Course, name: str | None) -> None:
        """Choose a way through the course; None for the whole course."""
        settings.choose_path(self.store, self.learner, course.id, name or "")

    def lesson(self, outline: LessonOutline) -> Lesson:
        """Read a lesson. Raises CannotRead where it has faults."""
        return self.library.lesson(outline)

    def next_up(self, course: Course, chapters: Sequence[Chapter] = ()) -> NextUp:
        """What to do next in a course.

        Args:
            chapters: Its lessons, where the caller has them already.
        """
        return next_up(course, chapters or self.chapters(course))

    # Reading a lesson

    def position(self, course: Course, lesson: Lesson) -> int:
        """The step a learner was at, found again by what it is if the lesson was edited."""
        standing = lesson_progress.of_lesson(self.store, self.learner, course.id, lesson.id)
        if standing is None or not lesson.steps:
            return 0
        anchors = [anchor(step) for step in lesson.steps]
        here = min(standing.step, len(lesson.steps) - 1)
        found = [at for at, one in enumerate(anchors) if one == standing.anchor]
        if found:
            here = min(found, key=lambda at: abs(at - standing.step))
        # Whoever read to the end and has taken the quiz comes back to read again, from the start.
        return 0 if here == len(lesson.steps) - 1 and standing.quizzes else here

    def shown(self, course: Course, lesson: Lesson) -> frozenset[int]:
        """Which steps of a lesson were shown, from 0.

        A step that was edited is known by its number, as all are of records of an earlier version.
        """
        kept = lesson_progress.steps_shown(self.store, self.learner, course.id, lesson.id)
        return numbers_shown(kept, names_of(lesson.steps))

    def look_at(self, course: Course, lesson: Lesson, step: int) -> None:
        """Remember that a step (from 0) was shown; where one goes on stays where it was."""
        with self.store.transaction():
            self._keep_shown(course, lesson, step)

    def _keep_shown(self, course: Course, lesson: Lesson, step: int) -> None:
        names = names_of(lesson.steps)
        place = (self.learner, course.id, lesson.id)
        kept = lesson_progress.steps_shown(self.store, *place)
        now = {names[at]: at for at in (*numbers_shown(kept, names), step) if at < len(names)}
        new = {name: at for name, at in now.items() if kept.get(name) != at}
        lesson_progress.keep_steps_shown(self.store, *place, new, kept.keys() - set(names))

    def move_to(self, course: Course, lesson: Lesson, step: int) -> None:
        """Remember the step a learner is at (from 0), and that it was shown."""
        where = anchor(lesson.steps[step]) if lesson.steps else ""
        with self.store.transaction():
            lesson_progress.move_to(self.store, self.learner, course.id, lesson.id, step, where)
            self._keep_shown(course, lesson, step)

    def reflect(
        self, course: Course, lesson: Lesson, step: Reflect, choice: str, text: str
    ) -> None:
        """Keep a private thought."""
        reflections.keep(self.store, self.learner, course.id, lesson.id, step.id, choice, text)

    def reflection(self, course: Course, reflection: str) -> Reflection | None:
        """What the learner wrote last at a reflection of this course."""
        return reflections.latest(self.store, self.learner, course.id, reflection)

    def begin_thought(
        self,
        course: Course,
        lesson: Lesson,
        step: Reflect,
        thought: Thought | None,
        *,
        wait: bool = False,
    ) -> bool:
        """Keep a private thought that is only begun; None for nothing. False where that failed."""
        return reflections.begin(
            self.store, self.learner, course.id, lesson.id, step.id, thought, wait=wait
        )

    def thought_begun(self, course: Course, step: Reflect) -> Thought | None:
        """The private thought that was begun at a step and not kept, if there is one."""
        return reflections.begun(self.store, self.learner, course.id, step.id)

    def note(self, course: Course, lesson: Lesson, step: AnyStep) -> str:
        """The learner's note on a step; empty where there is none."""
        from tutor.records.written import notes

        return notes.of_step(self.store, self.learner, course.id, lesson.id, anchor(step))

    def noted(self, course: Course, lesson: Lesson) -> frozenset[int]:
        """Which steps of a lesson have a note, from 0."""
        from tutor.records.written import notes

        with_note = notes.anchors(self.store, self.learner, course.id, lesson.id)
        if not with_note:
            return frozenset()
        return frozenset(at for at, step in enumerate(lesson.steps) if anchor(step) in with_note)

    def keep_note(
        self, course: Course, lesson: Lesson, step: AnyStep, number: int, text: str
    ) -> None:
        """Keep a note on a step (the number from 0); an empty one takes it away."""
        from tutor.records.written import notes

        notes.keep(self.store, self.learner, course.id, lesson.id, anchor(step), number, text)

    def challenge(
        self, course: Course, lesson: Lesson, question: AnyQuestion, given: Response, text: str
    ) -> None:
        """Keep what a learner finds wrong with a question, with the question as it stands."""
        from tutor.course.model.markdown.plain import plain_line
        from tutor.records.written import challenges

        # In a test, an objective is addressed with the lesson that the question comes from.
        of_lesson = lesson.id or lesson_in(question)
        challenge = challenges.Challenge(
            lesson=of_lesson,
            question=question.id,
            fingerprint=fingerprint(question),
            revision=revision(question),
            stem=plain_line(question.stem),
            answer=question.describe(given),
            at=self.store.now(),
            text=text,
        )
        challenges.keep(self.store, self.learner, course.id, challenge)

    # Attempts

    def practice(self, course: Course, lesson: Lesson, *, one_try: bool = False) -> Attempt | None:
        """The attempt over the questions between the steps: the one under way, or a new one.

        Questions that were added to the lesson since are asked as well.

        Returns:
            None where the lesson has no such questions.
        """
        questions = lesson.practice()
        if not questions:
            return None
        under_way = self.under_way(course, lesson, "lesson")
        if under_way is not None:
            asked = {one.question.id for one in under_way.progress}
            new = [question for question in questions if question.id not in asked]
            if new:
                under_way.add(new)
            return under_way
        return self._open_attempt(
            course, lesson, questions, "lesson", self._seed(), one_try=one_try
        )

    def _open_attempt(
        self,
        course: Course,
        lesson: Lesson,
        questions: Iterable[AnyQuestion],
        mode: Mode,
        seed: int,
        **wishes: Any,
    ) -> Attempt:
        """Begin an attempt; of what is wished for it, see `opening`."""
        wishes.setdefault("helps", self._helps())
        opened = opening(
            questions, mode=mode, seed=seed, course=course.id, lesson=lesson.id, **wishes
        )
        return attempts.begin(self.store, self.learner, opened, lesson.by_id())

    def under_way(self, course: Course, lesson: Lesson, mode: Mode) -> Attempt | None:
        """The attempt that was left in the middle; one whose questions are all gone is closed."""
        found = attempts.unfinished(
            self.store, self.learner, course.id, lesson.id, mode, lesson.by_id()
        )
        if found is not None and not found.progress:
            attempts.close(self.store, found.record_id)
            return self.under_way(course, lesson, mode)
        return found

    def quiz(self, course: Course, lesson: Lesson, *, one_try: bool = False) -> Attempt:
        """The quiz of a lesson: the one under way, or a new one. The lesson must have a quiz.

        Args:
            one_try: True where every response is final, slips included (as in a pipe).
        """
        under_way = self.under_way(course, lesson, "quiz")
        if under_way is not None:
            return under_way
        assert lesson.quiz is not None
        seed = self._seed()
        questions = draw(lesson.quiz.questions, seed, lesson.quiz.draw)
        return self._open_attempt(course, lesson, questions, "quiz", seed, one_try=one_try)

    def test_lesson(self, course: Course, *, whole: bool = False) -> Lesson:
        """The test over a course (or over the path chosen) as a lesson that is all quiz.

        Its objectives are addressed `lesson/objective`; what cannot be read, and what is not
        judged, is left out.

        Args:
            whole: True for all lessons, also those beside the path.
        """
        objectives: dict[str, str] = {}
        questions: list[AnyQuestion] = []
        for chapter in self._all_chapters(course) if whole else self.chapters(course):
            if chapter.outline.broken:
                continue
            lesson = self.lesson(chapter.outline)
            objectives |= {f"{lesson.id}/{name}": text for name, text in lesson.objectives.items()}
            questions += (
                msgspec.structs.replace(question, objective=f"{lesson.id}/{question.objective}")
                for question in (lesson.quiz.questions if lesson.quiz else ())
                if question.objective is not None and question.scored
            )
        # Of two lessons' questions with one id, which `check` reports, the first is asked.
        first = {question.id: question for question in reversed(questions)}
        share = (course.test or CourseTest()).pass_
        return Lesson(
            id="",
            title=f"Test: {self.path(course) or course.title}",
            objectives=objectives,
            quiz=Quiz(questions=tuple(reversed(first.values())), pass_=share),
        )

    def test(
        self,
        course: Course,
        lesson: Lesson,
        *,
        one_try: bool = False,
        minutes: int | None = None,
        limit: int | None = None,
    ) -> Attempt:
        """The test over a course: the one under way, or a new one.

        Args:
            lesson: What `test_lesson` made of it.
            one_try: True where every response is final (as in a pipe).
            minutes: How long it lasts; None for as long as the course says, or as it takes.
            limit: How many questions at most; default what the course says.

        Raises:
            UsageError: There is nothing to ask.
        """
        see_that_it_asks(course, lesson)
        rules = course.test or CourseTest()
        under_way = self.under_way(course, lesson, "test")
        if under_way is not None:
            under_way.mark_time()
            return under_way
        seed = self._new_seed_of_test(course)
        return self._open_attempt(
            course,
            lesson,
            self._draw_test(course, lesson, seed, limit),
            "test",
            seed,
            one_try=one_try,
            helps=True,  # there is none anyhow
            minutes=minutes or rules.minutes,
            release=rules.release,
            lessons={question.id: lesson_in(question) for question in lesson.questions()},
        )

    def _new_seed_of_test(self, course: Course) -> int:
        if self._seed_of_test is None:
            return self._seed()
        return self._seed_of_test(self, course, len(self.tests(course)) + self.held(course))

    def _draw_test(
        self, course: Course, lesson: Lesson, seed: int, limit: int | None = None
    ) -> list[AnyQuestion]:
        config = course.test or CourseTest()
        return draw_by_objective(
            _pools(lesson),
            per_objective=config.per_objective,
            limit=limit or config.draw,
            seed=seed,
            asked=self._asked(course),
        )

    def _asked(self, course: Course) -> Counter[str]:
        """How often each question was asked: in tests, and before any test that asked it again."""
        from tutor.records.progress import sums

        asked: Counter[str] = Counter()
        for name, times in attempts.asked_in_tests(self.store, self.learner, course.id).items():
            asked[name] = 2 * times
        asked.update(sums.last_responses(self.store, self.learner, course.id).keys())
        return asked

    def test_length(self, course: Course, lesson: Lesson, limit: int | None = None) -> int:
        """How many questions a new test over a course has; the seed only decides which."""
        config = course.test or CourseTest()
        sizes = {name: len(pool) for name, pool in _pools(lesson).items()}
        return sum(quotas_of(sizes, config.per_objective, limit or config.draw).values())

    def test_opened(self, course: Course) -> bool:
        """Whether a test over a course was left in the middle; no lesson is read for it."""
        return attempts.has_unfinished(self.store, self.learner, course.id, "", "test")

    def test_left(self, course: Course) -> OpenQuiz | None:
        """How far the test over a course is that was left in the middle; no lesson is read."""
        return attempts.open_quizzes(self.store, self.learner, course.id, "test").get("")

    def test_under_way(self, course: Course) -> Attempt | None:
        """The test over a course that was left in the middle, as it was left."""
        return self.under_way(course, self.test_lesson(course), "test")

    def tests(self, course: Course) -> list[Fraction]:
        """The scores (0 to 1) of all tests over a course, oldest first."""
        from tutor.records.progress import finished

        return [
            one.earned / one.possible
            for one in finished.tests(self.store, self.learner, course.id)
            if one.possible
        ]

    def hands_in(self, course: Course) -> bool:
        """Whether the learner has handed in anything of a course, as one in a class does."""
        return settings.tests_handed_in(self.store, self.learner, course.id) > 0

    def has_test_to_hand_in(self, course: Course) -> bool:
        """Whether a test was finished since the learner handed in last."""
        over = len(self.tests(course)) + self.held(course)
        return over > settings.tests_handed_in(self.store, self.learner, course.id)

    def keep_handed_in(self, course: Course) -> None:
        """Remember that all tests that are over were handed in."""
        over = len(self.tests(course)) + self.held(course)
        settings.keep_tests_handed_in(self.store, self.learner, course.id, over)

    def held(self, course: Course) -> int:
        """How many tests over a course ended, and have still to be given back by a teacher."""
        from tutor.records.progress import unreleased

        return unreleased.count(self.store, self.learner, course.id)

    def first_test_is_late(self, course: Course) -> bool:
        """Whether the first test over a course comes, or came, after a lesson was begun."""
        from tutor.records.progress import finished

        return finished.first_test_is_late(self.store, self.learner, course.id)

    def gain(self, course: Course) -> "Gain | None":
        """From the first to the last test over a course; None before there are two."""
        from tutor.quiz.gain import Gain

        scores = self.tests(course)
        return Gain(scores[0], scores[-1]) if len(scores) > 1 else None

    @property
    def reviews(self) -> "Reviews":
        """What the learner reviews."""
        from tutor.study.reviews import Reviews

        return Reviews(self.store, self.learner, self._seed, self.lesson)

    def today(self) -> date:
        """The learner's day, which begins at four in the morning."""
        return days.day_of(self.store.clock())

    def retry(self, course: Course, lesson: Lesson, missed: list[str]) -> Attempt:
        """A new practice attempt over missed questions; changes no score."""
        known = lesson.by_id()
        questions = [known[name] for name in missed if name in known]
        return self._open_attempt(course, lesson, questions, "lesson", self._seed(), retry=True)

    def _helps(self) -> bool:
        return self.settings()["hints"] == "on"

    def quiz_opened(self, course: Course, lesson_id: str) -> bool:
        """Whether the quiz of a lesson was opened and not finished, answered or not."""
        return attempts.has_unfinished(self.store, self.learner, course.id, lesson_id, "quiz")

    def abandon_quiz(self, course: Course, lesson_id: str) -> None:
        """Give up the quiz of a lesson that was left in the middle; it gets no score."""
        attempts.close_unfinished(self.store, self.learner, course.id, lesson_id, "quiz")

    def reload(self, course: Course, lesson: Lesson, attempt: Attempt) -> Attempt:
        """An attempt as it stands in the records, after another program moved it on.

        Where the other program took it away (started it afresh, forgot the learner, put older
        records back), a new one of the same kind.
        """
        found = attempts.load_open(self.store, self.learner, attempt, lesson.by_id())
        return found or self._begin_again(course, lesson, attempt.opened)

    def _begin_again(self, course: Course, lesson: Lesson, opened: Opened) -> Attempt:
        one_try = not opened.forgiving
        asked = [one.question for one in opened.questions]
        if opened.retry:
            return self.retry(course, lesson, asked)
        match opened.mode:
            case "quiz":
                return self.quiz(course, lesson, one_try=one_try)
            case "review":  # of the same questions
                again = msgspec.structs.replace(opened, seed=self._seed())
                return attempts.begin(self.store, self.learner, again, lesson.by_id())
            case "test":
                limit = len(asked)
                return self.test(
                    course, lesson, one_try=one_try, minutes=opened.minutes, limit=limit
                )
            case "lesson":
                practice = self.practice(course, lesson, one_try=one_try)
                assert practice is not None, "a lesson that was practiced has questions to practice"
                return practice

    def start_afresh(self, course: Course, lesson_id: str) -> None:
        """Start a lesson and its quiz afresh; the history of scores stays."""
        with self.store.transaction():
            attempts.close_unfinished(self.store, self.learner, course.id, lesson_id)
            reflections.start_afresh(self.store, self.learner, course.id, lesson_id)
            lesson_progress.start_afresh(self.store, self.learner, course.id, lesson_id)


def see_that_it_asks(course: Course, lesson: Lesson) -> None:
    """Make sure that a test over a course has something to ask.

    Raises:
        UsageError: It has not.
    """
    if not lesson.questions():
        raise UsageError(
            f"No question of “{one_line(course.title)}” can be asked in a test.",
            "A test asks about objectives: questions of its quizzes that have an `objective`.",
        )


def _pools(lesson: Lesson) -> dict[str, list[AnyQuestion]]:
    """The questions of a test, by the objectives they ask about."""
    pools: dict[str, list[AnyQuestion]] = {}
    for question in lesson.questions():
        pools.setdefault(str(question.objective), []).append(question)
    return pools


class Start(Struct, frozen=True, kw_only=True):
    """Where a front opens.

    Attributes:
        lesson: The lesson to open at once; None for the course's home.
        quiz: True to go straight to the lesson's quiz.
        test: True to sit the test over the course.
        rules_first: True to tell its rules before a new one begins.
        review: True to review what is due in the course.
        minutes: How long that test lasts; None for as long as the course says, or as it takes.
        limit: How many questions test or review have at most; default what the course, or the
            learner's cap, says.
        until: The day by which everything reviewed is to come back; None for no such day.
        notice: What is to be known before, as of another course with the same id; else empty.
    """

    course: Course
    lesson: LessonOutline | None = None
    quiz: bool = False
    test: bool = False
    rules_first: bool = False
    review: bool = False
    minutes: int | None = None
    limit: int | None = None
    until: date | None = None
    notice: str = ""

    @property
    def test_wishes(self) -> tuple[int | None, int | None]:
        """How long a test is to last, and how many questions it is to have at most."""
        return (self.minutes, self.limit) if self.test else (None, None)
