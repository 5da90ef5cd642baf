"""Plain data to the frozen model, piece by piece, so that one fault hides no other."""

import re
from typing import Any, TypeVar, cast

import msgspec

from tutor.course.model.course import MAX_ENTRIES, CourseFile, Lesson, Quiz
from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Question
from tutor.course.model.sources import Claim, Source
from tutor.course.model.steps import STEP_TYPES, AnyStep
from tutor.course.reading.document import Document, Place
from tutor.course.schema.synonyms import our_type
from tutor.course.text import closest

T = TypeVar("T", bound=msgspec.Struct)


class Draft:
    """A lesson as far as it could be built, and where each piece of it stands.

    Attributes:
        lesson: The lesson, made of the pieces that are sound.
        headed: Whether title, objectives and the like are sound.
        steps: Each sound step with its place.
        questions: Each sound quiz question with its place.
        faulty: Places of questions that were built, but could not be graded fairly.
    """

    def __init__(self, document: Document, lesson: Lesson | None) -> None:
        self.document = document
        self.headed = lesson is not None
        self.lesson = lesson or Lesson(title="")
        self.steps: list[tuple[Place, AnyStep]] = []
        self.questions: list[tuple[Place, AnyQuestion]] = []
        self.faulty: set[Place] = set()

    def all_questions(self) -> list[tuple[Place, AnyQuestion]]:
        """Every sound question with its place: practice first, then the quiz."""
        practice = [(at, step) for at, step in self.steps if isinstance(step, Question)]
        return practice + self.questions


def build(document: Document, at: Place, raw: Any, kind: type[T]) -> T | None:
    """Make one struct of plain data, or report every reason why not."""
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as failure:
        from tutor.course.reading.schema_errors import report_faults  # jsonschema is slow to import

        report_faults(document, at, raw, kind, failure)
        return None


def build_lesson(document: Document, stem: str) -> Draft | None:
    """Build a lesson; its id defaults to the stem of its file name.

    Returns:
        What could be built, or None where the document holds no lesson at all. What could not
        be built has been reported to the document.
    """
    raw = _top(document, "A lesson begins with `title:` and has `steps:` or a `quiz:`.")
    if raw is None:
        return None
    head = _found(document, (), raw)
    head = {key: value for key, value in head.items() if key not in ("steps", "quiz")}
    shell = build(document, (), head, Lesson)
    draft = Draft(document, shell)
    draft.headed = draft.headed and all(len(place) > 1 for place in document.lost)
    for at, entry in _entries(document, ("steps",), raw.get("steps"), present="steps" in raw):
        step = _build_step(document, at, entry, STEP_TYPES, "step")
        if step is not None:
            draft.steps.append((at, cast(AnyStep, step)))
    quiz = _build_quiz(draft, raw["quiz"]) if "quiz" in raw else None
    draft.lesson = msgspec.structs.replace(
        draft.lesson,
        id=draft.lesson.id or stem,
        steps=tuple(step for _, step in draft.steps),
        quiz=quiz,
    )
    return draft


def _build_quiz(draft: Draft, raw: Any) -> Quiz | None:
    document = draft.document
    if ("quiz",) in document.lost:
        return None
    if not isinstance(raw, dict):
        document.report(
            ("quiz",),
            "value",
            "`quiz` must hold `questions:`.",
            "Write `questions:` on the next line, indented, and each question below it.",
        )
        return None
    misspelled = "questions" not in raw and closest("questions", list(raw)) is not None
    head = raw if misspelled else {**raw, "questions": []}
    quiz = build(document, ("quiz",), head, Quiz)
    if misspelled:
        return None
    if "questions" not in raw:
        document.report(
            ("quiz",),
            "missing-key",
            "This quiz has no `questions`.",
            "Add a line `questions:` to it, and each question below that, after a dash.",
            key=True,
        )
        return None
    at = ("quiz", "questions")
    for place, entry in _entries(document, at, raw["questions"], present=True):
        question = _build_step(document, place, entry, QUESTION_TYPES, "question")
        if question is not None:
            draft.questions.append((place, cast(AnyQuestion, question)))
    if quiz is None:
        return None
    return msgspec.structs.replace(
        quiz, questions=tuple(question for _, question in draft.questions)
    )


def _build_step(
    document: Document,
    at: Place,
    raw: Any,
    kinds: dict[str, Any],
    word: str,
) -> msgspec.Struct | None:
    if not isinstance(raw, dict):
        document.report(
            at,
            "value",
            f"A {word} must be `key: value` lines, not {'nothing' if raw is None else 'text'}.",
            f"Begin the {word} with `- type:` and one of {', '.join(kinds)}.",
        )
        return None
    if "type" not in raw:
        document.report(
            at,
            "missing-key",
            f"This {word} has no `type`.",
            f"Add a line `type:` with one of {', '.join(kinds)}.",
        )
        return None
    named = raw["type"]
    kind = kinds.get(named) if isinstance(named, str) else None
    if kind is not None:
        return build(document, at, raw, kind)
    if not isinstance(named, str):
        named = "nothing" if named is None else "more than a word"
    document.report(
        (*at, "type"),
        "unknown-type",
        f"There is no {word} of type `{named}`.",
        _instead_of_type(named, kinds),
    )
    return None


def _instead_of_type(named: str, kinds: dict[str, Any]) -> str:
    swallowed = re.search(r" (- ?)?(\w+): ?", named)
    if named in STEP_TYPES:
        return "In a quiz only questions can stand; put this among the `steps`."
    if swallowed is not None:
        return (
            f"The next line, `{named[swallowed.start() + 1 :][:40]}`, was taken for a part of it: "
            "line it up with `type`, and put a space after its colon."
        )
    ours = our_type(named)
    if ours in kinds:
        return f"We call it `{ours}`."
    meant = closest(named, kinds)
    return f"Did you mean `{meant}`?" if meant else f"Known types: {', '.join(kinds)}."


def _top(document: Document, remedy: str) -> dict[str, Any] | None:
    if document.lost == {()} or (document.data is None and document.findings):
        return None
    if isinstance(document.data, dict):
        return document.data
    message = "The file is empty." if document.data is None else "The file has no `key: value`."
    document.report_at((0, 0), "empty", message, remedy)
    return None


def _found(document: Document, at: Place, raw: dict[str, Any]) -> dict[str, Any]:
    """A mapping without what was left out of it because of a syntax error."""
    return {key: value for key, value in raw.items() if (*at, key) not in document.lost}


def _entries(document: Document, at: Place, raw: Any, *, present: bool) -> list[tuple[Place, Any]]:
    if isinstance(raw, list):
        if len(raw) > MAX_ENTRIES:
            document.report(
                (*at, MAX_ENTRIES),
                "too-many",
                f"There are {len(raw):,} entries under `{at[-1]}`; a lesson has at most "
                f"{MAX_ENTRIES:,}.",
                "Split it into several lessons.",
            )
            raw = raw[:MAX_ENTRIES]
        places: list[tuple[Place, Any]] = [((*at, index), each) for index, each in enumerate(raw)]
        return [(place, entry) for place, entry in places if place not in document.lost]
    if present and at not in document.lost:
        found = "empty" if raw is None else "not a list"
        document.report(
            at, "value", f"`{at[-1]}` is {found}.", "Begin each entry with a dash (`- type: …`)."
        )
    return []


def build_course(document: Document, folder: str) -> CourseFile | None:
    """Build a course file; its id defaults to the name of its folder."""
    raw = _top(document, "A course begins with `title:` and lists its `lessons:`.")
    course = None if raw is None else build(document, (), _found(document, (), raw), CourseFile)
    return course and msgspec.structs.replace(course, id=course.id or folder)


def build_source(document: Document) -> Source | None:
    """Build a source, claim by claim."""
    raw = _top(document, "A source has `title`, `role`, `speakers` and `claims`.")
    if raw is None:
        return None
    raw = _found(document, (), raw)
    claims = raw.get("claims")
    if not isinstance(claims, dict):
        return build(document, (), raw, Source)
    source = build(document, (), {**raw, "claims": {}}, Source)
    built = {
        name: build(document, ("claims", name), claim, Claim)
        for name, claim in _found(document, ("claims",), claims).items()
    }
    if source is None or None in built.values():
        return None
    return msgspec.structs.replace(source, claims=built)
