"""What one learner does with courses on this machine; both fronts work through this."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
from msgspec import Struct

from tutor import days
from tutor.course.digest import blake2b
from tutor.course.model.course import Course, CourseTest, Lesson, LessonOutline, Quiz
from tutor.course.model.questions import AnyQuestion, Question, Response
from tutor.course.model.shuffle import shuffled
from tutor.course.model.steps import AnyStep, Reflect
from tutor.course.text import one_line
from tutor.errors import CannotRead, UsageError
from tutor.library import Library
from tutor.quiz.attempt import Attempt, Progress, opening
from tutor.quiz.events import Mode, Opened
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.selection import draw, draw_by_objective, mixed_by_objective
from tutor.records import attempts, learners, lesson_progress, reflections, settings
from tutor.records.attempts import OpenQuiz
from tutor.records.cards import due
from tutor.records.cards.due import Place
from tutor.records.lesson_progress import Standing
from tutor.records.reflections import Reflection, Thought
from tutor.records.store import Store

if TYPE_CHECKING:  # whoever is asked a question does not wait for what it needs
    from tutor.quiz.gain import Gain

Seed: TypeAlias = Callable[[], int]
"""Returns a fresh random number (or the one asked for with --seed)."""


class Chapter(Struct, frozen=True):
    """A lesson of a course as one learner sees it: where it stands, and how far they are.

    Attributes:
        number: Its number in the course, from 1, in the order of this learner; the same on every
            path.
        standing: How far the learner is; None before they have begun.
        quiz: Its quiz, where one is begun (a response was given) and not finished.
    """

    outline: LessonOutline
    number: int
    standing: Standing | None
    quiz: OpenQuiz | None = None

    @property
    def state(self) -> Literal["new", "begun", "done"]:
        """Not looked at, begun, or done: its quiz passed, or read to the end if it has none."""
        if self.standing is None:
            return "new"
        if self.outline.questions:
            best = self.standing.best
            return "done" if best and _reaches(best, self.outline.pass_) else "begun"
        return "done" if self.read else "begun"

    @property
    def read(self) -> bool:
        """Whether each of its steps was shown; a lesson without steps has nothing to read."""
        return self.steps_read == self.outline.steps

    @property
    def steps_read(self) -> int:
        """How many of its steps were shown."""
        return min(self.standing.shown, self.outline.steps) if self.standing else 0

    @property
    def share_read(self) -> Fraction:
        """How much of it is read, 0 to 1; one without steps is read once it was opened."""
        if not self.outline.steps:
            return Fraction(self.standing is not None)
        return Fraction(self.steps_read, self.outline.steps)

    @property
    def minutes_left(self) -> int:
        """About how many minutes of reading it still is; 0 where nobody said how long it takes."""
        if self.state == "done" or self.read:
            return 0
        return minutes_to_read(self.outline.minutes, self.outline.steps, self.steps_read)


def minutes_to_read(minutes: int | None, steps: int, shown: int) -> int:
    """About how many minutes of reading a lesson still is; a minute begun counts.

    Args:
        minutes: How long all of it takes; None where nobody said.
        steps: How many steps it has.
        shown: How many of them were shown; until all were, one is still at the last of them.
    """
    if shown >= steps:
        return 0 if shown else minutes or 0
    return ceil(Fraction((minutes or 0) * (steps - max(0, shown - 1)), steps))


def _reaches(best: tuple[Fraction, int], share: Decimal) -> bool:
    """Whether a score reaches a share; in whole numbers, for there may be thousands.

    A quiz in which nothing is scored is passed by taking it.
    """
    earned, possible = best
    above, below = _ratio(share)
    return earned.numerator * below >= above * possible * earned.denominator


@lru_cache
def _ratio(share: Decimal) -> tuple[int, int]:
    return share.as_integer_ratio()


class NextUp(Struct, frozen=True):
    """What a learner does next, and why.

    Attributes:
        step: The step to go on with, from 0.
        why: `continue` (a lesson was left in the middle), `quiz` (a quiz was left in the middle),
            `take-quiz` (a lesson was read, its quiz not taken), `begin` (the next new lesson), or
            `done` (nothing is left; the lesson named is the last one).
    """

    course: Course
    chapter: Chapter
    step: int
    why: Literal["continue", "quiz", "take-quiz", "begin", "done"]


class ReviewDue(Struct, frozen=True, kw_only=True):
    """What there is to review in a course today.

    Attributes:
        due: How many questions are due in all; counting stops a little over 100.
        capped: How many of them come today: the oldest, as many as the cap leaves room for.
        minutes: About how long these take.
        tomorrow: How many come due tomorrow.
        oldest: When the first of them came due; None where nothing is.
        lessons: How many of those that come today are from which lesson, by its id.
        reviewed: How many questions were reviewed today, in all courses.
        left: How many still want an answer in the review that was left in the middle today.
    """

    due: int
    capped: int
    minutes: int
    tomorrow: int
    oldest: datetime | None
    lessons: dict[str, int]
    reviewed: int
    left: int = 0

    @property
    def all_due(self) -> str:
        """How many are due in all, in words: `63`, or `over 100`."""
        return str(self.due) if self.due <= MOST_COUNTED else f"over {MOST_COUNTED}"


class Taught(Struct, frozen=True, kw_only=True):
    """Where something is taught that a question asks.

    Attributes:
        outline: The lesson.
        number: The lesson's number in the course, from 1.
        step: The step, from 0.
        passage: The words there that come nearest to the answer; may be empty.
    """

    outline: LessonOutline
    number: int
    step: int
    passage: str


class ComingBack(Struct, frozen=True, kw_only=True):
    """When a question that was reviewed comes back, in the learner's days.

    Attributes:
        once_more: Whether it comes once more in this review, before that.
        counted: Whether it was missed, and counted as right.
        sure: Whether it was missed by a learner who was sure.
        seen: The days on which it was answered before, the last one included.
    """

    day: date
    today: date
    once_more: bool
    counted: bool
    sure: bool
    seen: tuple[date, ...]


MOST_COUNTED = 100
"""So many questions that are due are counted; nobody has to know how far a mountain goes on."""
SOON_MADE = 200
"""The cards of so many attempts are made in a moment."""
SECONDS_A_QUESTION = 30
"""About how long a question takes in a review, its explanation read."""


def review_minutes(questions: int) -> int:
    """About how many minutes a review of so many questions takes; a minute begun counts."""
    return -(-questions * SECONDS_A_QUESTION // 60)


def _last_looked_at(chapter: Chapter) -> str:
    return chapter.standing.at if chapter.standing else ""


def _last_answered(chapter: Chapter) -> str:
    return chapter.quiz.at if chapter.quiz else ""


def _step(chapter: Chapter) -> int:
    return chapter.standing.step if chapter.standing else 0


def _left_to_do(course: Course, chapter: Chapter) -> NextUp:
    """What is next in a lesson that is not done and in whose quiz one is not."""
    outline, step = chapter.outline, _step(chapter)
    if chapter.standing is None:
        return NextUp(course, chapter, step, "begin")
    at_end = chapter.read or step >= outline.steps - 1
    return NextUp(
        course, chapter, step, "take-quiz" if at_end and outline.questions else "continue"
    )


class Study:
    """One learner at work.

    Args:
        store: The records.
        library: The courses.
        name: The learner's name; added to the records if new.
        seed: Where new attempts get their seed.
    """

    def __init__(self, store: Store, library: Library, name: str, seed: Seed) -> None:
        self.store = store
        self.library = library
        self.name = learners.spelled(store, name) or one_line(name)
        self._seed = seed
        learners.learner_id(store, self.name)

    @property
    def learner(self) -> int:
        """The learner's number in the records; another one after another program forgot them."""
        return learners.learner_id(self.store, self.name)

    def of(self, name: str) -> "Study":
        """The same place for another learner, who is at work from now on."""
        other = Study(self.store, self.library, name, self._seed)
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
        quizzes = self._begun_quizzes(course)
        return [
            Chapter(outline, number, known.get(outline.id), quizzes.get(outline.id))
            for number, outline in enumerate(self._in_order(course), 1)
        ]

    def _in_order(self, course: Course) -> list[LessonOutline]:
        """All lessons of a course; of twins, that one first which was drawn for the learner."""
        ordered: list[LessonOutline] = []
        for group, members in groupby(course.lessons, key=lambda outline: outline.either):
            lessons = list(members)
            if group >= 0:
                by_id = {outline.id: outline for outline in lessons}
                purpose = f"either/{course.id}/{group}"
                lessons = [by_id[name] for name in shuffled(by_id, self.personal_seed(), purpose)]
            ordered += lessons
        return ordered

    def numbers(self, course: Course) -> dict[str, int]:
        """The number of each lesson by its id, from 1, in the order of this learner."""
        return {outline.id: number for number, outline in enumerate(self._in_order(course), 1)}

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

        First a lesson that is not read to its end, then a quiz that was left in the middle, of
        several the one left last; then what the lesson read last leaves to do, and then the rest
        of the course in order.

        Args:
            course: The course.
            chapters: Its lessons, where the caller has them already.
        """
        chapters = chapters or self.chapters(course)
        usable = [one for one in chapters if not one.outline.broken]
        left_last = sorted(
            (one for one in usable if one.standing), key=_last_looked_at, reverse=True
        )
        for chapter in left_last:
            if chapter.state != "done" and not chapter.read:
                return _left_to_do(course, chapter)
        in_quiz = [one for one in usable if one.quiz is not None and one.outline.questions]
        if in_quiz:
            chapter = max(in_quiz, key=_last_answered)
            return NextUp(course, chapter, _step(chapter), "quiz")
        for chapter in (*left_last[:1], *usable):
            if chapter.state != "done":
                return _left_to_do(course, chapter)
        return NextUp(course, chapters[-1], 0, "done")

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
        return _numbers_shown(kept, _names(lesson.steps))

    def look_at(self, course: Course, lesson: Lesson, step: int) -> None:
        """Remember that a step (from 0) was shown; where one goes on stays where it was."""
        with self.store.transaction():
            self._keep_shown(course, lesson, step)

    def _keep_shown(self, course: Course, lesson: Lesson, step: int) -> None:
        names = _names(lesson.steps)
        place = (self.learner, course.id, lesson.id)
        kept = lesson_progress.steps_shown(self.store, *place)
        now = {names[at]: at for at in (*_numbers_shown(kept, names), step) if at < len(names)}
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
        of_lesson = lesson.id or str(question.objective).partition("/")[0]
        challenge = challenges.Challenge(
            lesson=of_lesson,
            question=question.id,
            fingerprint=fingerprint(question),
            revision=revision(question),
            stem=plain_line(question.stem),
            answer=question.describe(given),
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
        under_way = self._under_way(course, lesson, "lesson")
        if under_way is not None:
            asked = {one.question.id for one in under_way.progress}
            new = [question for question in questions if question.id not in asked]
            if new:
                under_way.add(new)
            return under_way
        opened = opening(
            questions,
            mode="lesson",
            seed=self._seed(),
            course=course.id,
            lesson=lesson.id,
            one_try=one_try,
            helps=self._helps(),
        )
        return attempts.begin(self.store, self.learner, opened, by_id(lesson))

    def practice_under_way(self, course: Course, lesson: Lesson) -> Attempt | None:
        """The attempt over the questions between the steps as it was left; None for none."""
        return self._under_way(course, lesson, "lesson")

    def quiz_under_way(self, course: Course, lesson: Lesson) -> Attempt | None:
        """The quiz of a lesson that was left in the middle, as it was left."""
        return self._under_way(course, lesson, "quiz")

    def _under_way(self, course: Course, lesson: Lesson, mode: Mode) -> Attempt | None:
        """The attempt that was left in the middle; one whose questions are all gone is closed."""
        found = attempts.unfinished(
            self.store, self.learner, course.id, lesson.id, mode, by_id(lesson)
        )
        if found is not None and not found.progress:
            attempts.close(self.store, found.kept_as)
            return self._under_way(course, lesson, mode)
        return found

    def quiz(self, course: Course, lesson: Lesson, *, one_try: bool = False) -> Attempt:
        """The quiz of a lesson: the one under way, or a new one. The lesson must have a quiz.

        Args:
            course: The course.
            lesson: The lesson.
            one_try: True where every response is final, slips included (as in a pipe).
        """
        under_way = self.quiz_under_way(course, lesson)
        if under_way is not None:
            return under_way
        assert lesson.quiz is not None
        seed = self._seed()
        opened = opening(
            draw(lesson.quiz.questions, seed, lesson.quiz.draw),
            mode="quiz",
            seed=seed,
            course=course.id,
            lesson=lesson.id,
            one_try=one_try,
            helps=self._helps(),
        )
        return attempts.begin(self.store, self.learner, opened, by_id(lesson))

    def test_lesson(self, course: Course, *, whole: bool = False) -> Lesson:
        """The test over a course (or over the path chosen) as a lesson that is all quiz.

        Its objectives are addressed `lesson/objective`; what cannot be read, and what is not
        judged, is left out.

        Args:
            course: The course.
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
            course: The course.
            lesson: What `test_lesson` made of it.
            one_try: True where every response is final (as in a pipe).
            minutes: How long it lasts; None for as long as it takes.
            limit: How many questions at most; default what the course says.

        Raises:
            UsageError: There is nothing to ask.
        """
        if not lesson.questions():
            raise UsageError(
                f"No question of “{one_line(course.title)}” can be asked in a test.",
                "A test asks about objectives: questions of its quizzes that have an `objective`.",
            )
        under_way = self._under_way(course, lesson, "test")
        if under_way is not None:
            return under_way
        seed = self._seed()
        opened = opening(
            self._draw_test(course, lesson, seed, limit),
            mode="test",
            seed=seed,
            course=course.id,
            lesson=lesson.id,
            one_try=one_try,
            minutes=minutes,
            lessons={question.id: _lesson_in(question) for question in lesson.questions()},
        )
        return attempts.begin(self.store, self.learner, opened, by_id(lesson))

    def _draw_test(
        self, course: Course, lesson: Lesson, seed: int, limit: int | None = None
    ) -> list[AnyQuestion]:
        config = course.test or CourseTest()
        pools: dict[str, list[AnyQuestion]] = {}
        for question in lesson.questions():
            pools.setdefault(str(question.objective), []).append(question)
        return draw_by_objective(
            pools,
            per_objective=config.per_objective,
            limit=limit or config.draw,
            seed=seed,
            personal_seed=self.personal_seed(),
            asked=attempts.asked_in_tests(self.store, self.learner, course.id),
        )

    def test_length(self, course: Course, lesson: Lesson) -> int:
        """How many questions a new test over a course has; the seed only decides which."""
        return len(self._draw_test(course, lesson, seed=0))

    def test_opened(self, course: Course) -> bool:
        """Whether a test over a course was left in the middle; no lesson is read for it."""
        return attempts.has_unfinished(self.store, self.learner, course.id, "", "test")

    def test_under_way(self, course: Course) -> Attempt | None:
        """The test over a course that was left in the middle, as it was left."""
        return self._under_way(course, self.test_lesson(course), "test")

    def tests(self, course: Course) -> list[Fraction]:
        """The scores (0 to 1) of all tests over a course, oldest first."""
        from tutor.records.progress import finished

        return [
            one.earned / one.possible
            for one in finished.tests(self.store, self.learner, course.id)
            if one.possible
        ]

    def first_test_is_late(self, course: Course) -> bool:
        """Whether the first test over a course comes, or came, after a lesson was begun."""
        from tutor.records.progress import finished

        return finished.first_test_is_late(self.store, self.learner, course.id)

    def gain(self, course: Course) -> "Gain | None":
        """From the first to the last test over a course; None before there are two."""
        from tutor.quiz.gain import Gain

        scores = self.tests(course)
        return Gain(scores[0], scores[-1]) if len(scores) > 1 else None

    # Review

    def review_due(self, course: Course) -> ReviewDue:
        """What there is to review in a course today, told by the records without any history."""
        today = self.today()
        begins, ends, next_ends = (
            days.as_text(days.beginning(today + timedelta(days=later))) for later in (0, 1, 2)
        )
        cap = int(self.settings()["cap"])
        most = max(MOST_COUNTED, cap) + 1
        found = due.count(self.store, self.learner, course.id, (begins, ends, next_ends), most)
        capped = min(found.now, max(0, cap - found.reviewed))
        return ReviewDue(
            due=found.now,
            capped=capped,
            minutes=review_minutes(capped),
            tomorrow=found.then,
            oldest=datetime.fromisoformat(found.oldest) if found.oldest else None,
            lessons=due.lessons(self.store, self.learner, course.id, ends, capped),
            reviewed=found.reviewed,
            left=self._left_in_review(course),
        )

    def _left_in_review(self, course: Course) -> int:
        found = attempts.left_in_review(self.store, self.learner, course.id)
        if found is None or days.day_of(datetime.fromisoformat(found[1])) != self.today():
            return 0
        under_way = self.review_under_way(course)
        return 0 if under_way is None else len(under_way[1].open_questions())

    def today(self) -> date:
        """The learner's day, which begins at four in the morning."""
        return days.day_of(self.store.clock())

    def make_cards(self) -> None:
        """Make the cards of what was answered before there were any, where that takes no time.

        Where it does, it waits until a review is opened.
        """
        from tutor.records.cards import keeping

        for course in keeping.to_be_made(self.store, self.learner, SOON_MADE):
            keeping.make(self.store, self.learner, course)

    def reviews_to_come(self, course: Course, count: int) -> list[int]:
        """How many questions come back on each of so many days, today first.

        What is due already counts for today.
        """
        today = self.today()
        ends = [days.as_text(days.end(today + timedelta(days=day))) for day in range(count)]
        return due.between(self.store, self.learner, course.id, ends)

    def review_under_way(self, course: Course) -> tuple[Lesson, Attempt] | None:
        """The review that was left in the middle today; one from another day is closed."""
        found = attempts.left_in_review(self.store, self.learner, course.id)
        if found is None:
            return None
        kept_as, opened_at, opened = found
        if days.day_of(datetime.fromisoformat(opened_at)) == self.today():
            asked = [(one.lesson, one.question) for one in opened.questions]
            lesson = self._review_lesson(course, asked)
            left = attempts.load(self.store, self.learner, kept_as, by_id(lesson))
            if left is not None and left.progress:
                return lesson, left
        attempts.close(self.store, kept_as)
        return self.review_under_way(course)

    def review(
        self,
        course: Course,
        *,
        one_try: bool = False,
        limit: int | None = None,
        until: date | None = None,
        more: bool = False,
    ) -> tuple[Lesson, Attempt] | None:
        """The review of a course: the one left in the middle today, or a new one.

        Args:
            course: The course.
            one_try: True where every response is final (as in a pipe).
            limit: How many questions at most; default what the learner's cap leaves for today.
            until: The day by which everything is to come back; None for no such day.
            more: Whether to go on past the cap; and where nothing is due, with what is tomorrow.

        Returns:
            The questions as a lesson that is all quiz, and the attempt; None where nothing is due.
        """
        from tutor.records.cards import keeping

        if keeping.are_to_be_made(self.store, self.learner, course.id):
            keeping.make(self.store, self.learner, course.id)
        if until is not None and until <= self.today():
            raise UsageError(
                f"{days.written(until, self.today())} is not a day to come.",
                "--until takes the day by which you want to know it all.",
            )
        left = self.review_under_way(course)
        if left is not None and limit is None and until is None:
            return left
        if left is not None:
            attempts.close(self.store, left[1].kept_as)
        lesson = self._due_lesson(course, limit, more=more)
        if not lesson.questions():
            return None
        opened = opening(
            lesson.questions(),
            mode="review",
            seed=self._seed(),
            course=course.id,
            lesson="",
            one_try=one_try,
            helps=self._helps(),
            cover=self.settings()["cover"] == "on" and not one_try,
            until=None if until is None else days.end(until),
            lessons={one.id: _lesson_in(one) for one in lesson.questions()},
        )
        return lesson, attempts.begin(self.store, self.learner, opened, by_id(lesson))

    def _due_lesson(self, course: Course, limit: int | None, *, more: bool) -> Lesson:
        """The questions that are due, the oldest first, as many as may be asked."""
        there = self.review_due(course)
        ends = days.as_text(days.end(self.today() + timedelta(days=more and not there.due)))
        if limit is None:
            limit = int(self.settings()["cap"]) if more else there.capped
        self._look_for_gone(course)
        chosen: dict[str, str] = {}
        gone: list[Place] = []
        unread: CannotRead | None = None
        for lesson_id, name in due.places(self.store, self.learner, course.id, ends):
            if len(chosen) >= limit:
                break
            try:
                if name in self._asked_in(course, lesson_id):
                    chosen.setdefault(name, lesson_id)
                else:
                    gone.append((lesson_id, name))
            except CannotRead as error:
                unread = error
        due.set_gone(self.store, self.learner, course.id, gone)
        if unread is not None and not chosen:
            raise unread
        picked = self._review_lesson(course, [(place, name) for name, place in chosen.items()])
        assert picked.quiz is not None
        order = {outline.id: place for place, outline in enumerate(course.lessons)}
        mixed = mixed_by_objective(picked.quiz.questions, self._seed(), order)
        return msgspec.structs.replace(picked, quiz=Quiz(questions=tuple(mixed)))

    def _look_for_gone(self, course: Course) -> None:
        """Ask again for questions that were gone from the course, and are back."""
        back = []
        for lesson_id, name in due.gone(self.store, self.learner, course.id):
            with suppress(CannotRead):
                if name in self._asked_in(course, lesson_id):
                    back.append((lesson_id, name))
        due.set_gone(self.store, self.learner, course.id, back, gone=False)

    def _review_lesson(self, course: Course, places: Sequence[Place]) -> Lesson:
        """Questions of several lessons as a lesson that is all quiz; what is gone is left out."""
        objectives: dict[str, str] = {}
        questions: list[AnyQuestion] = []
        for lesson_id, name in places:
            question = None
            with suppress(CannotRead):
                question = self._asked_in(course, lesson_id).get(name)
            outline = course.lesson(lesson_id)
            if question is None or outline is None:
                continue
            lesson = self.lesson(outline)
            objectives |= {f"{lesson_id}/{key}": text for key, text in lesson.objectives.items()}
            where = f"{lesson_id}/{question.objective or ''}"
            questions.append(msgspec.structs.replace(question, objective=where))
        return Lesson(
            id="", title="Review", objectives=objectives, quiz=Quiz(questions=tuple(questions))
        )

    def _asked_in(self, course: Course, lesson_id: str) -> Mapping[str, AnyQuestion]:
        """The scored questions of a lesson by their ids; none where the course has no such lesson.

        Raises:
            CannotRead: Its file has faults.
        """
        outline = course.lesson(lesson_id)
        lesson = None if outline is None else self.lesson(outline)
        questions = lesson.quiz.questions if lesson is not None and lesson.quiz else ()
        return {question.id: question for question in questions if question.scored}

    def comes_back(self, course: Course, attempt: Attempt, progress: Progress) -> ComingBack | None:
        """When a question of a review comes back; None where it has no card.

        Args:
            course: The course.
            attempt: The review.
            progress: The question in it, as the review has it: its objective names its lesson.
        """
        from tutor.records.cards import keeping

        place = _lesson_in(progress.question), progress.question.id
        card = keeping.card(self.store, self.learner, course.id, place)
        if card is None:
            return None
        seen = [days.day_of(datetime.fromisoformat(one.at)) for one in card.recalls]
        return ComingBack(
            day=days.day_of(datetime.fromisoformat(card.due)),
            today=self.today(),
            once_more=attempt.waits(progress),
            counted=progress.counted > 0,
            sure=card.recalls[-1].sure,
            seen=tuple(dict.fromkeys(seen)),
        )

    def taught(self, course: Course, question: AnyQuestion) -> Taught | None:
        """Where it is taught what a question of a review asks; None where that is not to be told.

        Args:
            course: The course.
            question: The question as the review has it: its objective names its lesson.
        """
        from tutor.course.model.teaching import passage, teaching_step

        outline = course.lesson(_lesson_in(question))
        if outline is None:
            return None
        try:
            lesson = self.lesson(outline)
        except CannotRead:
            return None
        objective = str(question.objective).partition("/")[2] or None
        asked = msgspec.structs.replace(question, objective=objective)
        step = teaching_step(lesson, [asked])
        if step is None:
            return None
        return Taught(
            outline=outline,
            number=self.numbers(course)[outline.id],
            step=step,
            passage=passage(lesson.steps[step], asked),
        )

    def retry(self, course: Course, lesson: Lesson, missed: list[str]) -> Attempt:
        """A new practice attempt over missed questions; changes no score."""
        questions = by_id(lesson)
        opened = opening(
            [questions[name] for name in missed if name in questions],
            mode="lesson",
            seed=self._seed(),
            course=course.id,
            lesson=lesson.id,
            retry=True,
            helps=self._helps(),
        )
        return attempts.begin(self.store, self.learner, opened, questions)

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
        found = attempts.load_open(self.store, self.learner, attempt, by_id(lesson))
        return found or self._begin_again(course, lesson, attempt.opened)

    def _begin_again(self, course: Course, lesson: Lesson, opened: Opened) -> Attempt:
        one_try = not opened.forgiving
        asked = [one.question for one in opened.questions]
        if opened.retry:
            return self.retry(course, lesson, asked)
        if opened.mode == "quiz":
            return self.quiz(course, lesson, one_try=one_try)
        if opened.mode == "review":
            return self._review_again(lesson, opened)
        if opened.mode == "test":
            return self.test(
                course, lesson, one_try=one_try, minutes=opened.minutes, limit=len(asked)
            )
        practice = self.practice(course, lesson, one_try=one_try)
        assert practice is not None, "a lesson that was practiced has questions to practice"
        return practice

    def _review_again(self, lesson: Lesson, opened: Opened) -> Attempt:
        """A review of the same questions."""
        again = msgspec.structs.replace(opened, seed=self._seed())
        return attempts.begin(self.store, self.learner, again, by_id(lesson))

    def start_afresh(self, course: Course, lesson_id: str) -> None:
        """Start a lesson and its quiz afresh; the history of scores stays."""
        with self.store.transaction():
            attempts.close_unfinished(self.store, self.learner, course.id, lesson_id)
            reflections.start_afresh(self.store, self.learner, course.id, lesson_id)
            lesson_progress.start_afresh(self.store, self.learner, course.id, lesson_id)


def by_id(lesson: Lesson) -> Mapping[str, AnyQuestion]:
    """All questions of a lesson by their ids."""
    return {question.id: question for question in lesson.questions()}


def _numbers_shown(kept: Mapping[str, int], names: Sequence[str]) -> frozenset[int]:
    """The numbers of the steps that were shown.

    Args:
        kept: The name of each of them, and its number then.
        names: The names of the steps as they are now.
    """
    edited = {at for name, at in kept.items() if name not in names and at < len(names)}
    return frozenset(edited | {at for at, name in enumerate(names) if name in kept})


def _names(steps: Sequence[AnyStep]) -> list[str]:
    """A name for each step, whatever its place; of steps that are alike, each has its own."""
    names: dict[str, None] = {}
    for step in steps:
        name, again = anchor(step), 1
        while f"{name}+{again}" in names or (again == 1 and name in names):
            again += 1
        names[name if again == 1 else f"{name}+{again}"] = None
    return list(names)


def _lesson_in(question: AnyQuestion) -> str:
    """The lesson of a question whose objective names it: `lesson/objective`."""
    return str(question.objective or "").partition("/")[0]


def revision(question: Question) -> str:
    """The wording of a question, as a hash: another one wherever anything of it is."""
    as_it_stands = msgspec.structs.replace(question, objective=None)
    return blake2b(msgspec.json.encode(as_it_stands), digest_size=8).hexdigest()


def anchor(step: AnyStep) -> str:
    """What a step is, whatever its place: its id, or a hash of what it says."""
    if isinstance(step, Question | Reflect):
        return step.id
    return blake2b(msgspec.json.encode(step), digest_size=8).hexdigest()


class Start(Struct, frozen=True, kw_only=True):
    """Where a front opens.

    Attributes:
        course: The course.
        lesson: The lesson to open at once; None for the course's home.
        quiz: True to go straight to the lesson's quiz.
        test: True to sit the test over the course.
        review: True to review what is due in the course.
        minutes: How long that test lasts; None for as long as it takes.
        limit: How many questions test or review have at most; default what the course, or the
            learner's cap, says.
        until: The day by which everything reviewed is to come back; None for no such day.
    """

    course: Course
    lesson: LessonOutline | None = None
    quiz: bool = False
    test: bool = False
    review: bool = False
    minutes: int | None = None
    limit: int | None = None
    until: date | None = None
