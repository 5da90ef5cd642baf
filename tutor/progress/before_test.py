"""What one should know before a test: what it asks, for how long, and what is told when."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from tutor import phrases
from tutor.course.model.course import Course, CourseTest, Lesson, Release
from tutor.study import Study, see_that_it_asks


class AboutTest(Struct, frozen=True, kw_only=True):
    """What is known of a test before it is sat.

    Attributes:
        lessons: How many lessons it covers.
        read: How many of them are read.
        earlier: The scores (0 to 1) of the tests sat before, oldest first.
        late: Whether a lesson was begun before the first of them.
        minutes: How long it lasts; None for as long as it takes.
        release: When one is told how it went.
        held: How many tests sat before a teacher has still to give back.
    """

    title: str
    lessons: int
    read: int
    questions: int
    earlier: tuple[Fraction, ...]
    late: bool
    minutes: int | None = None
    release: Release = "end"
    held: int = 0


def about_test(
    study: Study,
    course: Course,
    lesson: Lesson,
    minutes: int | None = None,
    limit: int | None = None,
) -> AboutTest:
    """What is known of the next test over a course.

    Args:
        lesson: What `Study.test_lesson` made of it.
        minutes: How long it is to last; None for as long as the course says.
        limit: How many questions it is to have at most; None for as many as the course says.

    Raises:
        UsageError: There is nothing to ask.
    """
    see_that_it_asks(course, lesson)
    its_rules = course.test or CourseTest()
    asked = [chapter for chapter in study.chapters(course) if chapter.outline.questions]
    return AboutTest(
        title=lesson.title,
        lessons=len(asked),
        read=sum(chapter.read for chapter in asked),
        questions=study.test_length(course, lesson, limit),
        earlier=tuple(study.tests(course)),
        late=study.first_test_is_late(course),
        minutes=minutes or its_rules.minutes,
        release=its_rules.release,
        held=study.held(course),
    )


def rules(about: AboutTest, *, in_pipe: bool = False) -> Iterator[str]:
    """The rules of a test, in paragraphs: all there are, for they are told before it begins.

    Args:
        in_pipe: Whether nobody can be asked twice: each line is the answer to one question.
    """
    questions = phrases.plural(about.questions, "question")
    covered = f"{questions} about {phrases.plural(about.lessons, 'lesson')}"
    if about.minutes is None:
        yield f"{covered}; take as long as you like."
    else:
        time = phrases.plural(about.minutes, "minute")
        yield (
            f"{covered}; you have {time} from when you begin. The clock goes on while you are "
            "away; when time is up, what you have answered counts."
        )
    can = (
        "an answer is one line and cannot be changed, and an empty line skips a question, for "
        "answers come from a file or a pipe here; at a terminal they can be changed."
        if in_pipe
        else "you can skip questions, go back, and change your answers."
    )
    when = phrases.when_told(about.release)
    yield f"Feedback comes only {when}. Until the end there is no help; {can}"
    yield what_is_shown(
        after=bool(about.earlier or about.held), late=about.late, release=about.release
    )
    yield HANDED_IN


HANDED_IN = (
    "If you hand it in, your teacher gets your answers, their points, and when you gave them."
)


def what_is_shown(*, after: bool, late: bool, release: Release) -> str:
    """What is told at the end of a test.

    Args:
        after: Whether it is not the first one.
        late: Whether a lesson was begun before the first one.
        release: When one is told how it went.
    """
    if release == "teacher":
        return (
            "Your teacher gives the results back: no score and no right answer is shown at the "
            "end. Hand the test in, and open the file that comes back."
        )
    if after:
        return "Then you see your score, and each question with the right answer."
    until = "the next test" if late else "a test after the lessons"
    return (
        "Then you see how much you got right of each lesson. "
        f"The right answers are kept back until {until}."
    )


def what_it_is_for(about: AboutTest) -> Iterator[str]:
    """Which test it is, and how much of what it asks is read, in paragraphs."""
    if about.read < about.lessons and (about.earlier or about.read):
        yield f"Lessons read: {about.read} of {about.lessons}; it asks about all of them."
    if about.held:
        yield f"This is a later test. {phrases.waiting_tests(about.held)}"
    elif about.earlier:
        before = phrases.percent(about.earlier[0])
        first = "In the first one" if about.late else "Before the lessons"
        yield f"This is a later test. {first} you had {before}."
    elif about.late:
        yield (
            "This is your first test: it shows what you know now. "
            "One like it later shows what you have learned since."
        )
    else:
        yield (
            "This is the test before the lessons: it shows where you start. "
            "One like it after them shows what you have learned."
        )
