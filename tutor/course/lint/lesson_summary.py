"""What a course must know of a lesson, once all else of it has been looked at."""

from collections.abc import Iterator

from msgspec import Struct

from tutor.course.lint.coverage import Coverage
from tutor.course.lint.text_index import taught_and_asked
from tutor.course.model.steps import Reflect
from tutor.course.reading.builder import Draft
from tutor.course.syntax.violation import KeyPath


class LessonSummary(Struct, frozen=True):
    """What later lessons are held against, and what the course covers by this one.

    Attributes:
        questions: The ids of its questions, those of practice first.
        rests_on: The claims of each scored question that cites some.
        coverage: What it teaches and asks, and how much room it gives each side.
        terms: Words of the glossary that were looked for, and stand in it.
        reflections: The ids of its reflections.
        revisited: Those reflections that it shows again, and that are no earlier ones of its own.
    """

    id: str
    questions: tuple[str, ...]
    rests_on: tuple[tuple[str, ...], ...]
    coverage: Coverage
    terms: frozenset[str]
    reflections: tuple[str, ...] = ()
    revisited: tuple[str, ...] = ()


def summarize_lesson(draft: Draft, terms: frozenset[str]) -> LessonSummary:
    """What a course must know of a lesson.

    Args:
        terms: Words of the glossary that are looked for in it.
    """
    coverage = Coverage({})
    coverage.add_cited(draft.lesson, *taught_and_asked(draft))
    return LessonSummary(
        draft.lesson.id,
        tuple(question.id for _, question in draft.all_questions()),
        tuple(question.claims for _, question in draft.questions if question.claims),
        coverage,
        _terms_in(draft.document.text, terms),
        tuple(reflections_in(draft)),
        tuple(name for _, name in revisited_elsewhere(draft)),
    )


def reflections_in(draft: Draft, before: int | None = None) -> list[str]:
    """The ids of the reflections among the first steps, of those with errors, too."""
    steps = draft.document.data.get("steps")
    listed = steps[:before] if isinstance(steps, list) else []
    ids = [step.get("id") for step in listed if isinstance(step, dict)]
    return [name for name in ids if isinstance(name, str)]


def revisited_elsewhere(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Where a lesson shows a reflection again that is none of its earlier ones, and which."""
    for at, step in draft.steps:
        if isinstance(step, Reflect) and step.revisits is not None:
            number = at[-1]
            assert isinstance(number, int)
            if step.revisits not in reflections_in(draft, number):
                yield (*at, "revisits"), step.revisits


class LessonsSoFar:
    """What is known of a course from the lessons that have been looked at.

    Attributes:
        coverage: What they cover.
        unused: Words of the glossary that stand in none of them.
        taken: Where each id of a question is used.
        reflections: The ids of their reflections.
    """

    def __init__(self, coverage: Coverage, unused: frozenset[str]) -> None:
        self.coverage = coverage
        self.unused = unused
        self.taken: dict[str, str] = {}
        self.reflections: set[str] = set()

    def taught_with(self, summary: LessonSummary) -> set[str]:
        """The claims that these lessons and one more teach."""
        return self.coverage.taught | summary.coverage.taught

    def sound_with(self, summary: LessonSummary) -> bool:
        """Tell whether a lesson that is sound by itself is so after these lessons, too."""
        taught = self.taught_with(summary)
        return (
            self.taken.keys().isdisjoint(summary.questions)
            and self.reflections.issuperset(summary.revisited)
            and not any(taught.isdisjoint(claims) for claims in summary.rests_on)
        )

    def add(self, summary: LessonSummary, shown: str) -> None:
        """Add a lesson, whose file findings name so."""
        self.taken.update(dict.fromkeys(summary.questions, shown))
        self.reflections.update(summary.reflections)
        self.coverage.add_all(summary.coverage)
        self.unused -= summary.terms


def _terms_in(text: str, terms: frozenset[str]) -> frozenset[str]:
    """The glossary words among some that stand in a text, or that it links to."""
    if not terms:
        return terms
    text = text.lower()
    return frozenset(
        term for term in terms if term.lower() in text or term.lower().replace(" ", "-") in text
    )
