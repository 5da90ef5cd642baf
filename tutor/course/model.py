"""A course as its files describe it, and as it is once its files are read together."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from tutor.course.questions import AnyQuestion, Question
from tutor.course.sources import Citation
from tutor.course.steps import AnyStep

DEFAULT_PASS = Decimal("0.7")


class Quiz(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lesson's scored questions: how many one attempt draws, and what passes."""

    questions: tuple[AnyQuestion, ...]
    draw: Annotated[int, Meta(ge=1)] | None = None
    pass_: Decimal = field(name="pass", default=DEFAULT_PASS)

    @property
    def asked(self) -> int:
        """How many questions one attempt asks."""
        return min(self.draw or len(self.questions), len(self.questions))


class Lesson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One lesson file."""

    title: str
    id: str = ""
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    side: Literal["for", "against"] | None = None
    objectives: dict[str, str] = {}
    steps: tuple[AnyStep, ...] = ()
    quiz: Quiz | None = None
    allow: dict[str, str] = {}

    def practice(self) -> tuple[AnyQuestion, ...]:
        """The questions between the steps, in order."""
        return tuple(step for step in self.steps if isinstance(step, Question))

    def questions(self) -> tuple[AnyQuestion, ...]:
        """Every question of the lesson, practice first."""
        return self.practice() + (self.quiz.questions if self.quiz else ())


class Either(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lessons whose order is drawn per learner."""

    either: tuple[str, ...]


class CourseTest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The test over a course, drawn by objective from the lessons' questions.

    Attributes:
        per_objective: How many questions each objective gets.
        draw: How many questions there are at most; default no limit.
        pass_: The share of the points that passes.
    """

    per_objective: Annotated[int, Meta(ge=1)] = 1
    draw: Annotated[int, Meta(ge=1)] | None = None
    pass_: Decimal = field(name="pass", default=DEFAULT_PASS)


class CourseFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A `course.yaml`, as written."""

    title: str
    lessons: tuple[str | Either, ...]
    id: str = ""
    summary: str | None = None
    language: str = "en"
    contested: bool = False
    motion: str | None = None
    sources: tuple[str, ...] = ()
    test: CourseTest | None = None
    paths: dict[str, tuple[str, ...]] = {}
    glossary: dict[str, str] = {}
    allow: dict[str, str] = {}


class LessonOutline(Struct, frozen=True, kw_only=True):
    """What the course map shows of a lesson.

    Attributes:
        path: The lesson file, absolute.
        pass_: The share of the quiz's points that passes.
        either: Lessons with the same number (>= 0) stand in an order drawn per learner.
        broken: What to say where the file cannot be read; empty when it can.
    """

    id: str
    title: str
    path: str
    minutes: int | None = None
    steps: int = 0
    questions: int = 0
    pass_: Decimal = DEFAULT_PASS
    either: int = -1
    broken: str = ""


class Course(Struct, frozen=True, kw_only=True):
    """A course with its sources read and its lessons outlined.

    A lone lesson file is a course of one lesson, whose id is a hash of its absolute path.

    Attributes:
        folder: The folder of the course, or the file of a lone lesson; absolute.
        paths: Ways through the course by their names: the ids of their lessons.
        citations: Every claim of the sources, by its id.
    """

    id: str
    title: str
    folder: str
    lessons: tuple[LessonOutline, ...]
    summary: str | None = None
    motion: str | None = None
    contested: bool = False
    test: CourseTest | None = None
    paths: dict[str, tuple[str, ...]] = {}
    glossary: dict[str, str] = {}
    citations: dict[str, Citation] = {}

    def lesson(self, lesson_id: str) -> LessonOutline | None:
        """The outline of one lesson, or None."""
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)

    @property
    def path(self) -> Path:
        """The folder of the course, or the file of a lone lesson."""
        return Path(self.folder)
