"""What a learner reviews: what is due, the review that asks it, and when a question comes back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from tutor import days
from tutor.course.model.course import Course, Lesson, LessonOutline, Quiz
from tutor.course.model.questions import AnyQuestion
from tutor.errors import CannotRead, UsageError
from tutor.quiz.attempt import Attempt, Progress, opening
from tutor.quiz.selection import mixed_by_objective
from tutor.records import attempts, learners, settings
from tutor.records.cards import due
from tutor.records.cards.due import Place
from tutor.records.store import Store
from tutor.study.anchors import lesson_in
from tutor.study.chapters import numbers


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
        left_at: When something was done in it last (UTC); empty where nothing was.
    """

    due: int
    capped: int
    minutes: int
    tomorrow: int
    oldest: datetime | None
    lessons: dict[str, int]
    reviewed: int
    left: int = 0
    left_at: str = ""

    @property
    def all_due(self) -> str:
        """How many are due in all, in words: `63`, or `over 100`."""
        return str(self.due) if self.due <= MOST_COUNTED else f"over {MOST_COUNTED}"


class Taught(Struct, frozen=True, kw_only=True):
    """Where something is taught that a question asks.

    Attributes:
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


class Reviews:
    """The reviews of one learner.

    Args:
        seed: Where new reviews get their seed.
        read: Reads a lesson; raises CannotRead where it has faults.
    """

    def __init__(
        self,
        store: Store,
        learner: int,
        seed: Callable[[], int],
        read: Callable[[LessonOutline], Lesson],
    ) -> None:
        self._store = store
        self._learner = learner
        self._seed = seed
        self._read = read

    def due(self, course: Course) -> ReviewDue:
        """What there is to review in a course today, told by the records without any history."""
        today = self.today()
        begins, ends, next_ends = (
            days.as_text(days.beginning(today + timedelta(days=later))) for later in (0, 1, 2)
        )
        cap = int(settings.read(self._store, self._learner)["cap"])
        most = max(MOST_COUNTED, cap) + 1
        found = due.count(self._store, self._learner, course.id, (begins, ends, next_ends), most)
        capped = min(found.now, max(0, cap - found.reviewed))
        left, left_at = self._left(course)
        return ReviewDue(
            due=found.now,
            capped=capped,
            minutes=review_minutes(capped),
            tomorrow=found.then,
            oldest=datetime.fromisoformat(found.oldest) if found.oldest else None,
            lessons=due.lessons(self._store, self._learner, course.id, ends, capped),
            reviewed=found.reviewed,
            left=left,
            left_at=left_at,
        )

    def _left(self, course: Course) -> tuple[int, str]:
        found = attempts.unfinished_review(self._store, self._learner, course.id)
        if found is None or days.day_of(datetime.fromisoformat(found[1])) != self.today():
            return 0, ""
        under_way = self.under_way(course)
        if under_way is None:
            return 0, ""
        left = len(under_way[1].open_questions())
        return left, attempts.last_changed(self._store, under_way[1].record_id) if left else ""

    def today(self) -> date:
        """The learner's day, which begins at four in the morning."""
        return days.day_of(self._store.clock())

    def make_cards(self) -> None:
        """Make the cards of what was answered before there were any, where that takes no time.

        Where it does, it waits until a review is opened.
        """
        from tutor.records.cards import card_table

        for course in card_table.to_be_made(self._store, self._learner, SOON_MADE):
            card_table.make(self._store, self._learner, course)

    def to_come(self, course: Course, count: int) -> list[int]:
        """How many questions come back on each of so many days, today first.

        What is due already counts for today.
        """
        today = self.today()
        ends = [days.as_text(days.end(today + timedelta(days=day))) for day in range(count)]
        return due.between(self._store, self._learner, course.id, ends)

    def under_way(self, course: Course) -> tuple[Lesson, Attempt] | None:
        """The review that was left in the middle today; one from another day is closed."""
        found = attempts.unfinished_review(self._store, self._learner, course.id)
        if found is None:
            return None
        record_id, opened_at, opened = found
        if days.day_of(datetime.fromisoformat(opened_at)) == self.today():
            asked = [(one.lesson, one.question) for one in opened.questions]
            lesson = self._as_lesson(course, asked)
            left = attempts.load(self._store, self._learner, record_id, lesson.by_id())
            if left is not None and left.progress:
                return lesson, left
        attempts.close(self._store, record_id)
        return self.under_way(course)

    def open(
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
            one_try: True where every response is final (as in a pipe).
            limit: How many questions at most; default what the learner's cap leaves for today.
            until: The day by which everything is to come back; None for no such day.
            more: Whether to go on past the cap; and where nothing is due, with what is tomorrow.

        Returns:
            The questions as a lesson that is all quiz, and the attempt; None where nothing is due.
        """
        from tutor.records.cards import card_table

        if card_table.are_to_be_made(self._store, self._learner, course.id):
            card_table.make(self._store, self._learner, course.id)
        if until is not None and until <= self.today():
            raise UsageError(
                f"{days.written(until, self.today())} is not a day to come.",
                "--until takes the day by which you want to know it all.",
            )
        left = self.under_way(course)
        if left is not None and limit is None and until is None:
            return left
        if left is not None:
            attempts.close(self._store, left[1].record_id)
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
            helps=settings.read(self._store, self._learner)["hints"] == "on",
            cover=settings.read(self._store, self._learner)["cover"] == "on" and not one_try,
            until=None if until is None else days.end(until),
            lessons={one.id: lesson_in(one) for one in lesson.questions()},
        )
        return lesson, attempts.begin(self._store, self._learner, opened, lesson.by_id())

    def _due_lesson(self, course: Course, limit: int | None, *, more: bool) -> Lesson:
        """The questions that are due, the oldest first, as many as may be asked."""
        there = self.due(course)
        ends = days.as_text(days.end(self.today() + timedelta(days=more and not there.due)))
        if limit is None:
            limit = int(settings.read(self._store, self._learner)["cap"]) if more else there.capped
        self._look_for_gone(course)
        chosen: dict[str, str] = {}
        gone: list[Place] = []
        unread: CannotRead | None = None
        for lesson_id, name in due.places(self._store, self._learner, course.id, ends):
            if len(chosen) >= limit:
                break
            try:
                if name in self._asked_in(course, lesson_id):
                    chosen.setdefault(name, lesson_id)
                else:
                    gone.append((lesson_id, name))
            except CannotRead as error:
                unread = error
        due.set_gone(self._store, self._learner, course.id, gone)
        if unread is not None and not chosen:
            raise unread
        picked = self._as_lesson(course, [(place, name) for name, place in chosen.items()])
        assert picked.quiz is not None
        order = {outline.id: place for place, outline in enumerate(course.lessons)}
        mixed = mixed_by_objective(picked.quiz.questions, self._seed(), order)
        return msgspec.structs.replace(picked, quiz=Quiz(questions=tuple(mixed)))

    def _look_for_gone(self, course: Course) -> None:
        """Ask again for questions that were gone from the course, and are back."""
        back = []
        for lesson_id, name in due.gone(self._store, self._learner, course.id):
            with suppress(CannotRead):
                if name in self._asked_in(course, lesson_id):
                    back.append((lesson_id, name))
        due.set_gone(self._store, self._learner, course.id, back, gone=False)

    def _as_lesson(self, course: Course, places: Sequence[Place]) -> Lesson:
        """Questions of several lessons as a lesson that is all quiz; what is gone is left out."""
        objectives: dict[str, str] = {}
        questions: list[AnyQuestion] = []
        lessons: dict[str, Lesson | None] = {}
        for lesson_id, name in places:
            if lesson_id not in lessons:
                lessons[lesson_id] = None
                with suppress(CannotRead):
                    lessons[lesson_id] = self._lesson(course, lesson_id)
            lesson = lessons[lesson_id]
            question = _scored(lesson).get(name)
            if lesson is None or question is None:
                continue
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
        return _scored(self._lesson(course, lesson_id))

    def _lesson(self, course: Course, lesson_id: str) -> Lesson | None:
        """A lesson of a course; None where it has no such lesson.

        Raises:
            CannotRead: Its file has faults.
        """
        outline = course.lesson(lesson_id)
        return None if outline is None else self._read(outline)

    def comes_back(self, course: Course, attempt: Attempt, progress: Progress) -> ComingBack | None:
        """When a question of a review comes back; None where it has no card.

        Args:
            progress: The question in it, as the review has it: its objective names its lesson.
        """
        from tutor.records.cards import card_table

        place = lesson_in(progress.question), progress.question.id
        card = card_table.card(self._store, self._learner, course.id, place)
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

    def put_off(self, attempt: Attempt) -> None:
        """Leave the question that a review is at for another day, and go on to the next."""
        attempt.skip(days.end(self.today()))

    def taught(self, course: Course, question: AnyQuestion, lesson: str = "") -> Taught | None:
        """Where it is taught what a question asks; None where that is not to be told.

        Args:
            lesson: Its lesson's id; empty where its objective names it, as in a review.
        """
        from tutor.course.model.teaching import passage, teaching_step

        asked, outline = question, course.lesson(lesson or lesson_in(question))
        if not lesson:
            objective = str(question.objective).partition("/")[2] or None
            asked = msgspec.structs.replace(question, objective=objective)
        if outline is None:
            return None
        try:
            there = self._read(outline)
        except CannotRead:
            return None
        step = teaching_step(there, [asked])
        if step is None:
            return None
        return Taught(
            outline=outline,
            number=numbers(course, learners.seed_of(self._store, self._learner))[outline.id],
            step=step,
            passage=passage(there.steps[step], asked),
        )


def _scored(lesson: Lesson | None) -> dict[str, AnyQuestion]:
    """The scored questions of a lesson by their ids."""
    questions = lesson.quiz.questions if lesson is not None and lesson.quiz else ()
    return {question.id: question for question in questions if question.scored}
