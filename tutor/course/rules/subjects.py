"""What rules look at: a lesson, a question or a whole course, with what surrounds it."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tutor.course.building import Draft
from tutor.course.coverage import Coverage
from tutor.course.folder import CourseFolder
from tutor.course.model import CourseFile
from tutor.course.questions import AnyQuestion
from tutor.course.reading import Place
from tutor.course.sources import Citation, LoadedTerm, Source

_WORD = re.compile(r"[^\W_]+")


class Background(Struct, frozen=True, kw_only=True):
    """What the course around a lesson offers it.

    Attributes:
        alone: True for a lesson file that belongs to no course: it has no claims to check against.
        familiar: Words of the glossary, of names and of the sources, in small letters: a rule
            about wording lets them pass, since the author did not choose them.
    """

    alone: bool = True
    contested: bool = False
    language: str = "en"
    citations: Mapping[str, Citation] = {}
    glossary: Mapping[str, str] = {}
    loaded: tuple[LoadedTerm, ...] = ()
    familiar: frozenset[str] = frozenset()

    @property
    def english(self) -> bool:
        """Whether rules that know English words apply."""
        return self.language.partition("-")[0].lower() == "en"


ALONE = Background()


def background(
    file: CourseFile, citations: Mapping[str, Citation], loaded: Iterable[LoadedTerm]
) -> Background:
    """The background that a course gives its lessons."""
    texts = [*file.glossary]
    for cited in citations.values():
        texts += (cited.claim.text, cited.claim.quote or "", cited.speaker.name)
    return Background(
        alone=False,
        contested=file.contested,
        language=file.language,
        citations=citations,
        glossary=file.glossary,
        loaded=tuple(loaded),
        familiar=frozenset(word for text in texts for word in _WORD.findall(text.lower())),
    )


class InCourse(Struct, frozen=True):
    """A lesson with its background.

    Attributes:
        taken: Where each question id of the lessons before this one is used.
    """

    draft: Draft
    background: Background
    taken: Mapping[str, str] = {}


class InLesson(Struct, frozen=True):
    """A question with the lesson and the background it stands in.

    Attributes:
        scored: True for a question of the quiz, False for practice between the steps.
    """

    at: Place
    question: AnyQuestion
    scored: bool
    draft: Draft
    background: Background


class WholeCourse(Struct, frozen=True):
    """A course all of whose lessons have been read, and are free of errors."""

    folder: CourseFolder
    coverage: Coverage
    background: Background


class SourceInCourse(Struct, frozen=True):
    """A source of such a course."""

    source: Source
    whole: WholeCourse
