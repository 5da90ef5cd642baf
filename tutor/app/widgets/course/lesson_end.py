"""The end of a lesson: what one can do now, what is not settled yet, and what now."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction

from textual.content import Content

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.signs import BEGUN, RIGHT
from tutor.app.widgets.course.lesson_pane import STATES
from tutor.app.widgets.rows import FROM, Heading, Item, Row, fitted, in_columns
from tutor.app.widgets.text_layout import ruled
from tutor.course.model.course import Course, Lesson
from tutor.course.text import one_line
from tutor.progress.lesson_end import Objective, objectives_so_far, practiced
from tutor.quiz.attempt import Attempt
from tutor.study import Study
from tutor.study.next_up import following


class LessonEnd:
    """What there is to say after the last step of a lesson.

    Args:
        practice: The attempt over the questions between its steps, if it has any.
        shown: Which of its steps were shown, from 0.
        airy: Whether there is room for empty lines.
    """

    def __init__(
        self,
        study: Study,
        course: Course,
        lesson: Lesson,
        practice: Attempt | None,
        *,
        shown: AbstractSet[int],
        airy: bool = False,
    ) -> None:
        self._airy = airy
        self._course = course
        self._number = study.numbers(course)[lesson.id]
        self._lesson = lesson
        self._unread = [at for at in range(1, len(lesson.steps) + 1) if at - 1 not in shown]
        self._practiced = practiced(lesson, practice)
        self._objectives = objectives_so_far(study, course, lesson, practice)
        chapters = study.chapters(course)
        self._chapter = next((one for one in chapters if one.outline.id == lesson.id), None)
        self._following = following(chapters, lesson.id)
        self._all_done = study.next_up(course, chapters).why == "done"
        self._has_test = course.test is not None

    def told(self, width: int) -> Content:
        """The headline and the parts under it."""
        return lines(self.headline(width), self.parts(width))

    def headline(self, width: int) -> Content:
        """That the lesson is read, or how much of it, and how its questions were answered."""
        said = (
            f"Lesson {self._number} is read." if len(self._course.lessons) > 1 else "All is read."
        )
        if self._unread:
            count = len(self._lesson.steps)
            read = f"{count - len(self._unread)} of {phrases.plural(count, 'step')}"
            said = f"The end. {read} read."
        told = [literal(said, "bold")]
        facts = self._practiced.facts()
        if facts:
            told += fitted(literal(facts, "$quiet"), width - FROM - 3, wrap=True)
        sign = literal(BEGUN, "$primary") if self._unread else literal(RIGHT, "$success")
        before = Content.assemble(" " * FROM, sign, "  ")
        return lines(*in_columns(before, told, Content(""), width))

    def parts(self, width: int) -> Content:
        """What one can do now, and what is not settled yet, with why."""
        solid = [one for one in self._objectives if one.state == "solid"]
        others = [one for one in self._objectives if one.state != "solid"]
        told: list[Content] = []
        for title, objectives in (("You can now", solid), ("Not settled yet", others)):
            if objectives:
                told += [Content("")] * (2 if self._airy else 1)
                told += [ruled(title, width - FROM - 1), *[Content("")] * self._airy]
                for one in objectives:
                    told += self._objective(one, width - FROM - 1)
        return lines(*(line.pad_left(FROM) if line.cell_length else line for line in told))

    def _objective(self, one: Objective, width: int) -> list[Content]:
        sign, style = STATES[one.state]
        before = Content.assemble(literal(sign, style), " ")
        end = literal(f"    {one.why}" if one.why else "", "$quiet")
        if one.state == "solid":
            end = Content("")
        room = width - before.cell_length - end.cell_length
        return in_columns(before, fitted(literal(one_line(one.text)), room, wrap=True), end, width)

    def rows(self) -> list[Item]:
        """What to do now, the most sensible first."""
        passed = self._chapter is not None and self._chapter.state == "done"
        ahead = [*self._quiz(), *self._next()]
        if passed:
            ahead.reverse()
        home = _DONE if self._all_done else _HOME
        if self._all_done and self._has_test:
            ahead.insert(0, _TEST)
        if not ahead:
            ahead.append(home)
        rest = [
            *self._not_read(),
            *self._unanswered(),
            *self._outline(),
            *([] if home in ahead else [home]),
        ]
        return [Heading(title="What now"), *ahead, *rest]

    def _quiz(self) -> Iterator[Row]:
        quiz = self._lesson.quiz
        if quiz is None:
            return
        left = self._chapter.quiz if self._chapter is not None else None
        best = self._chapter.standing.best if self._chapter and self._chapter.standing else None
        share = phrases.percent(Fraction(quiz.pass_))
        about = f"{share} passes"
        if best is not None and best[1]:
            about = f"{phrases.percent(best[0] / best[1], quiz.pass_)} so far; {share} passes"
        minutes = phrases.minutes_for(quiz.asked)
        yield Row(
            name="quiz",
            verb="take the quiz|quiz" if left is None else "continue the quiz|quiz",
            label="Take the quiz" if left is None else "Continue",
            subject=phrases.plural(quiz.asked, "question") if left is None else "the quiz",
            about=about if left is None else f"{left.answered} of {left.asked} answered",
            figure=f"about {minutes} min|{minutes} min",
        )

    def _next(self) -> Iterator[Row]:
        passed = self._chapter is not None and self._chapter.state == "done"
        if self._following is None or not (passed or self._lesson.quiz is None):
            return
        minutes = self._following.minutes
        yield Row(
            name=self._following.id,
            verb="next lesson|next",
            label="Go on",
            subject=one_line(self._following.title),
            figure=phrases.duration(minutes) if minutes else "",
        )

    def _not_read(self) -> Iterator[Row]:
        if not self._unread:
            return
        count = len(self._unread)
        yield Row(
            name="unread",
            verb="read",
            label="Read first",
            subject=f"the {phrases.plural(count, 'step')} not read yet",
            about=f"{'step' if count == 1 else 'steps'} {phrases.numbers(self._unread)}",
        )

    def _unanswered(self) -> Iterator[Row]:
        waiting = self._practiced.waiting
        if not waiting:
            return
        steps = "step" if len(waiting) == 1 else "steps"
        yield Row(
            name="unanswered",
            verb="answer",
            label="Answer first",
            subject=f"the {_in_words(len(waiting))} open",
            about=f"{steps} {phrases.numbers(waiting)}",
            key="u",
        )

    def _outline(self) -> Iterator[Row]:
        if self._lesson.steps:
            yield Row(
                name="outline",
                verb="outline",
                label="Look back",
                subject="at any step",
                key="o",
            )


_HOME = Row(
    name="home", verb="home", label="Stop here", subject="you go on here next time", key="esc"
)

_DONE = Row(
    name="home", verb="home", label="Home", subject="all lessons of this path are done", key="esc"
)
_TEST = Row(name="test", verb="test", label="Test", subject="over all lessons")


def _in_words(count: int) -> str:
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    said = words[count - 1] if count <= len(words) else str(count)
    return f"{said} that is" if count == 1 else f"{said} that are"
