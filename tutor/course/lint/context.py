"""What rules look at: a lesson, a question or a whole course, with what surrounds it."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from msgspec import Struct

from tutor.course.lint.coverage import Coverage
from tutor.course.lint.english import FUNCTION, singular, words
from tutor.course.model.course import CourseFile
from tutor.course.model.questions import AnyQuestion
from tutor.course.model.sources import Citation, LoadedTerm, Source
from tutor.course.reading.builder import Draft
from tutor.course.reading.course_folder import CourseFolder
from tutor.course.syntax.violation import KeyPath


class CourseContext(Struct, frozen=True, kw_only=True):
    """What the course around a lesson offers it.

    Attributes:
        alone: True for a lesson file that belongs to no course: it has no claims to check against.
        english: Whether rules that know English words apply.
        unread: Ids of claims in sources that cannot be read for their errors.
        unread_keys: Keys of the course file that cannot be read for their errors.
        speakers: The names of those who speak in the sources, word by word, in small letters.
        names: These, and the words of the glossary: a rule about wording lets them pass, since the
            author did not choose them.
        lessons: Gives the ids of the course's lessons in order; they are read when asked for.
    """

    alone: bool = True
    contested: bool = False
    english: bool = True
    citations: Mapping[str, Citation] = {}
    unread: frozenset[str] = frozenset()
    unread_keys: frozenset[str] = frozenset()
    glossary: Mapping[str, str] = {}
    loaded: tuple[LoadedTerm, ...] = ()
    speakers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    lessons: Callable[[], Sequence[str]] = tuple


NO_COURSE = CourseContext()


def course_context(
    file: CourseFile,
    citations: Mapping[str, Citation],
    loaded: Iterable[LoadedTerm],
    lessons: Callable[[], Sequence[str]],
) -> CourseContext:
    """What a course gives its lessons.

    Args:
        loaded: The words of its sources that take a side.
    """
    speakers = frozenset(
        word
        for cited in citations.values()
        for word in words(cited.speaker.name)
        if word not in FUNCTION
    )
    terms = frozenset(word for term in file.glossary for word in words(term))
    return CourseContext(
        alone=False,
        contested=file.contested,
        english=file.language.partition("-")[0].lower() == "en",
        citations=citations,
        glossary=file.glossary,
        loaded=tuple(entry for entry in loaded if entry.term.strip()),
        lessons=lessons,
        speakers=speakers,
        names=speakers | terms | frozenset(map(singular, speakers | terms)),
    )


class LessonSubject(Struct, frozen=True):
    """A lesson with the course around it.

    Attributes:
        taken: Where each question id of the lessons before this one is used.
        taught: The claims that this lesson and those before it teach; None where the lessons
            before it were not read.
        reflections: The ids of the reflections before this lesson; None where that is not known.
    """

    draft: Draft
    context: CourseContext
    taken: Mapping[str, str] = {}
    taught: Set[str] | None = None
    reflections: Set[str] | None = None


class QuestionSubject(Struct, frozen=True):
    """A question with the lesson and the course it stands in.

    Attributes:
        scored: True for a question of the quiz, False for practice between the steps.
    """

    at: KeyPath
    question: AnyQuestion
    scored: bool
    draft: Draft
    context: CourseContext


class CourseSubject(Struct, frozen=True):
    """A course all of whose lessons have been read, and are free of errors.

    Attributes:
        unlisted: Names of files in its folder that look like lessons, but that it does not list.
        unused: Words of its glossary that stand in none of its lessons.
    """

    folder: CourseFolder
    coverage: Coverage
    context: CourseContext
    unlisted: tuple[str, ...] = ()
    unused: Set[str] = frozenset()


class SourceSubject(Struct, frozen=True):
    """A source of such a course."""

    source: Source
    whole: CourseSubject
