"""What there is to say once nothing is left to do on the path: what one can do, and what comes."""

from collections.abc import Iterator

from msgspec import Struct

from tutor import phrases
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.progress.figures import readable
from tutor.progress.objectives import State, objectives_of
from tutor.records.progress.sums import last_responses
from tutor.study import Study


class CourseEnd(Struct, frozen=True, kw_only=True):
    """Where a learner is at the end of a course, or of a path through it.

    Attributes:
        lessons: The number and the title of each lesson, and how well its objectives are known.
        beside: How many lessons of the course are left, beside the path.
        tomorrow: How many questions come back tomorrow.
    """

    lessons: tuple[tuple[int, str, tuple[State, ...]], ...]
    beside: int
    tomorrow: int

    @property
    def finding(self) -> str:
        """How many objectives are solid."""
        states = [state for _, _, of_lesson in self.lessons for state in of_lesson]
        if not states:
            return ""
        return f"{states.count('solid')} of {phrases.plural(len(states), 'objective')} solid"

    def what_comes(self) -> Iterator[str]:
        """What there is to do from now on."""
        if self.tomorrow:
            back = phrases.plural(self.tomorrow, "question comes", "questions come")
            yield f"{back} back for review tomorrow."
        if self.beside:
            lessons = phrases.plural(self.beside, "more lesson")
            them, are = ("it", "is") if self.beside == 1 else ("them", "are")
            yield f"{lessons} {are} beside this path: home lists {them}."


def course_end(study: Study, course: Course) -> CourseEnd | None:
    """The end of a course; None where there still is something to do."""
    chapters, others = study.chapters_and_others(course)
    if study.next_up(course, chapters).why != "done":
        return None
    last = last_responses(study.store, study.learner, course.id)
    lessons = []
    for chapter in chapters:
        lesson = readable(study, chapter.outline)
        known = tuple(one.state for one in objectives_of(lesson, last)) if lesson else ()
        lessons.append((chapter.number, one_line(chapter.outline.title), known))
    return CourseEnd(
        lessons=tuple(lessons),
        beside=sum(one.state != "done" for one in others),
        tomorrow=study.reviews.due(course).tomorrow,
    )
