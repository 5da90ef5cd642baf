"""A course as its files describe it, and as it is once its files are read together."""

from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from tutor.course.model.questions import AnyQuestion, Number, Question
from tutor.course.model.sources import Citation
from tutor.course.model.steps import AnyStep

DEFAULT_PASS = Decimal("0.7")

# Languages as Unicode's CLDR has them (the decimal sign of each), and regions that differ.
_WITH_COMMA = frozenset(
    """
    af az be bg bs ca cs da de el eo es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lt lv
    mk mn nb nl nn no oc pl pt ro ru rw sk sl sq sr sv tg tk tr tt uk uz vi wo
    """.split()  # noqa: SIM905 - as a list they would fill the page
)
_WITH_POINT = frozenset(
    """
    de-ch de-li es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us it-ch
    """.split()  # noqa: SIM905
)

_S = TypeVar("_S")

Release: TypeAlias = Literal["end", "teacher"]
"""When a learner is told how a test went: at its end, or when a teacher gives it back."""

MAX_ENTRIES = 1_000
"""A lesson has at most so many steps, and its quiz so many questions."""

MOST_DRAWN = 1_000_000
"""So many questions can be drawn at most; a larger number is a slip."""


class Quiz(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lesson's scored questions: how many one attempt draws, and what passes.

    Attributes:
        questions: The scored questions, each after a dash.
        draw: How many of the questions one attempt gets; all if left out.
        pass_: The share of the points that passes, from 0 to 1; 0.7 if left out.
    """

    questions: tuple[AnyQuestion, ...]
    draw: Annotated[int, Meta(ge=1, le=MOST_DRAWN)] | None = None
    pass_: Decimal = field(name="pass", default=DEFAULT_PASS)

    @property
    def asked(self) -> int:
        """How many questions one attempt asks."""
        return min(self.draw or len(self.questions), len(self.questions))


class Lesson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One lesson file.

    Attributes:
        title: What the lesson is called.
        id: A name that never changes: results are kept by it. Left out, it is the name of the file.
        minutes: How long the lesson takes, in minutes.
        side: Only in a lesson that presents one side: which one.
        objectives: A short name, and what the learner can do afterwards: `hold: Say …`.
        steps: One screenful after the other: something to read, or a question.
        quiz: The scored questions at the end of the lesson.
        allow: Rules of `tutor check` that do not apply here: the rule's name, and your reason.
    """

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

    def by_id(self) -> dict[str, AnyQuestion]:
        """Every question of the lesson by its id."""
        return {question.id: question for question in self.questions()}


class Either(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lessons whose order is drawn per learner.

    Attributes:
        either: Lesson files; chance decides which comes first.
    """

    either: tuple[str, ...]


class CourseTest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The test over a course, drawn by objective from the lessons' questions.

    Attributes:
        per_objective: How many questions each objective gets; 1 if left out.
        draw: How many questions there are at most; no limit if left out.
        pass_: The share of the points that passes, from 0 to 1; 0.7 if left out.
        minutes: How long the test lasts, in minutes; as long as it takes if left out.
        release: When the learner is told how it went: `end`, when the test is over; or `teacher`,
            when the file is opened that the teacher gives back.
    """

    per_objective: Annotated[int, Meta(ge=1, le=MOST_DRAWN)] = 1
    draw: Annotated[int, Meta(ge=1, le=MOST_DRAWN)] | None = None
    pass_: Decimal = field(name="pass", default=DEFAULT_PASS)
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    release: Release = "end"


class CourseFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A `course.yaml`, as written.

    Attributes:
        title: What the course is called.
        lessons: The lesson files in teaching order: 01-detainers.yaml.
        id: A name that never changes: results are kept by it. Left out, it is the name of the
            folder.
        summary: What the course is about, in one or two sentences.
        language: The language of the lessons: en, de, pt-BR. It says how decimals are written.
        contested: `true` if people disagree about the subject: `tutor check` then looks at sources
            and balance.
        motion: The question that people disagree about.
        sources: The source files: ../../seeds/context.yaml.
        test: A test over the whole course, sat before and after.
        paths: Shorter ways through the course: a name, and its lesson files.
        default_path: The name of the path that a learner is on until they choose another; the
            whole course if left out.
        glossary: Words and what they mean; a lesson links to one: [hold](term:hold).
        allow: Rules of `tutor check` that do not apply here: the rule's name, and your reason.
    """

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
    default_path: str | None = None
    glossary: dict[str, str] = {}
    allow: dict[str, str] = {}

    def names(self) -> tuple[str, ...]:
        """The files it names: lessons, then sources."""
        lessons = (
            name
            for entry in self.lessons
            for name in (entry.either if isinstance(entry, Either) else (entry,))
        )
        return (*lessons, *self.sources)


class LessonOutline(Struct, frozen=True, kw_only=True):
    """What the course map shows of a lesson.

    Attributes:
        path: The lesson file, absolute.
        pass_: The share of the quiz's points that passes.
        either: Lessons with the same number (>= 0) stand in an order drawn per learner.
        broken: What to say where the file cannot be read; empty when it can.
        decimal_comma: Whether the language of the course writes 0,5 for a half.
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
    decimal_comma: bool = False


def writes_decimal_comma(language: str) -> bool:
    """Tell whether people write 0,5 for a half in a language: de, fr-CA, es but not es-MX."""
    name, _, region = language.lower().replace("_", "-").partition("-")
    return name in _WITH_COMMA and f"{name}-{region}" not in _WITH_POINT


def with_decimal_comma(lesson: Lesson) -> Lesson:
    """A lesson whose numbers have a decimal comma, but for those that say otherwise."""

    def with_comma(steps: tuple[_S, ...]) -> tuple[_S, ...]:
        return tuple(
            replace(step, decimal="comma")
            if isinstance(step, Number) and step.decimal is None
            else step
            for step in steps
        )

    quiz = lesson.quiz and replace(lesson.quiz, questions=with_comma(lesson.quiz.questions))
    return replace(lesson, steps=with_comma(lesson.steps), quiz=quiz)


class Course(Struct, frozen=True, kw_only=True, dict=True):
    """A course with its sources read and its lessons outlined.

    A lone lesson file is a course of one lesson, whose id is a hash of its absolute path.

    Attributes:
        folder: The folder of the course, or the file of a lone lesson; absolute.
        paths: Ways through the course by their names: the ids of their lessons.
        default_path: The path that a learner is on until they choose another; None for the whole
            course.
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
    default_path: str | None = None
    glossary: dict[str, str] = {}
    citations: dict[str, Citation] = {}

    def lesson(self, lesson_id: str) -> LessonOutline | None:
        """The outline of one lesson, or None."""
        return self._by_id.get(lesson_id)

    @cached_property  # a review asks for one lesson after the other, of thousands
    def _by_id(self) -> dict[str, LessonOutline]:
        return {lesson.id: lesson for lesson in reversed(self.lessons)}  # of twins, the first

    @property
    def path(self) -> Path:
        """The folder of the course, or the file of a lone lesson."""
        return Path(self.folder)
