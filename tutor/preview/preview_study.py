"""A learner who goes through what is being written, and about whom nothing is kept."""

from collections.abc import Iterable
from pathlib import Path

from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.model.questions import AnyQuestion
from tutor.library import Library, cannot_read
from tutor.preview.authored_course import AuthoredCourse
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.events import AnyEvent, Finished, Mode
from tutor.records.store import Store
from tutor.study import Seed, Study

LEARNER = "preview"


class PreviewStudy(Study):
    """A study of a lesson or a course that is being written.

    What was answered is played again whenever the lesson is read anew: it stays with a question
    that still means the same, and is asked again with one that does not.

    Args:
        store: Records that are thrown away afterwards.
        library: The courses beside it.
        seed: Where the order of options comes from; the same each time, so that nothing moves.
        authored: What is being written.
    """

    def __init__(
        self, store: Store, library: Library, seed: Seed, authored: AuthoredCourse
    ) -> None:
        super().__init__(store, library, LEARNER, seed)
        self.authored = authored
        self._events: dict[tuple[str, str, Mode], list[AnyEvent]] = {}

    def current(self, course: Course) -> Course:
        """The course as it is being written, whose files are read at every save."""
        return course

    def lesson(self, outline: LessonOutline) -> Lesson:
        """A lesson as its file stands. Raises CannotRead where it has errors."""
        read = self.authored.read(outline)
        if read.lesson is None:
            raise cannot_read(Path(outline.path), read.findings)
        return read.lesson

    def practice(self, course: Course, lesson: Lesson, *, one_try: bool = False) -> Attempt | None:
        """The attempt over the questions between the steps, with what was answered so far."""
        questions = lesson.practice()
        if not questions:
            return None
        return self._attempt("lesson", course, lesson, questions, one_try=one_try)

    def quiz(self, course: Course, lesson: Lesson, *, one_try: bool = False) -> Attempt:
        """The quiz with all its questions, none left to chance, in the order of the file."""
        assert lesson.quiz is not None
        return self._attempt("quiz", course, lesson, lesson.quiz.questions, one_try=one_try)

    def _attempt(
        self,
        mode: Mode,
        course: Course,
        lesson: Lesson,
        questions: Iterable[AnyQuestion],
        *,
        one_try: bool,
    ) -> Attempt:
        events = self._events.setdefault((course.id, lesson.id, mode), [])
        if any(isinstance(event, Finished) for event in events):
            events.clear()
        opened = opening(
            questions,
            mode=mode,
            seed=self._seed(),
            course=course.id,
            lesson=lesson.id,
            one_try=one_try,
            helps=self._helps(),
        )
        return Attempt([opened, *events], lesson.by_id(), lambda _, event: events.append(event))
