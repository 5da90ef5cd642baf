"""Plain data to the frozen model, piece by piece, so that one fault hides no other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

import msgspec

from tutor.course.model.course import MAX_ENTRIES, CourseFile, Lesson, Quiz
from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Question
from tutor.course.model.sources import Claim, Source
from tutor.course.model.steps import STEP_TYPES, AnyStep, Step
from tutor.course.reading.document import Document
from tutor.course.reading.rule import Reading
from tutor.course.schema.synonyms import our_type, plain_key
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import closest, did_you_mean

S = TypeVar("S", bound=Step)
T = TypeVar("T", bound=msgspec.Struct)


class Draft:
    """A lesson as far as it could be built, and where each piece of it stands.

    Attributes:
        lesson: The lesson, made of the pieces that are sound.
        header_ok: Whether title, objectives and the like are sound.
        steps: Each sound step with its place.
        practice: Those of them that are questions.
        questions: Each sound quiz question with its place.
        invalid_questions: Places of questions that were built, but could not be graded fairly.
    """

    def __init__(self, document: Document, lesson: Lesson | None) -> None:
        self.document = document
        self.header_ok = lesson is not None
        self.lesson = lesson or Lesson(title="")
        self.steps: list[tuple[KeyPath, AnyStep]] = []
        self.practice: list[tuple[KeyPath, AnyQuestion]] = []
        self.questions: list[tuple[KeyPath, AnyQuestion]] = []
        self.invalid_questions: set[KeyPath] = set()

    def all_questions(self) -> list[tuple[KeyPath, AnyQuestion]]:
        """Every sound question with its place: practice first, then the quiz."""
        return self.practice + self.questions

    def steps_of(self, kind: type[S]) -> Iterator[tuple[KeyPath, S]]:
        """Every sound step of a kind with its place."""
        return ((at, step) for at, step in self.steps if isinstance(step, kind))


def build(document: Document, at: KeyPath, raw: Any, kind: type[T]) -> Reading[T | None]:
    """Make one struct of plain data; yields every reason why not."""
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as failure:
        from tutor.course.reading.schema_errors import schema_errors  # jsonschema is slow to import

        yield from schema_errors(document, at, raw, kind, failure)
        return None


def build_lesson(document: Document, stem: str) -> Reading[Draft | None]:
    """Build a lesson; its id defaults to the stem of its file name.

    Returns:
        What could be built, or None where the document holds no lesson at all. What could not
        be built is yielded.
    """
    raw = yield from _top(document, "A lesson begins with `title:` and has `steps:` or a `quiz:`.")
    if raw is None:
        return None
    head = _without_skipped(document, (), raw)
    head = {key: value for key, value in head.items() if key not in ("steps", "quiz")}
    draft = Draft(document, (yield from build(document, (), head, Lesson)))
    draft.header_ok = draft.header_ok and all(len(place) > 1 for place in document.skipped)
    if "steps" in raw:
        for at, entry in (yield from _entries(document, ("steps",), raw["steps"])):
            step = yield from _build_step(document, at, entry, STEP_TYPES, "step")
            if step is not None:
                draft.steps.append((at, cast(AnyStep, step)))
                if isinstance(step, Question):
                    draft.practice.append((at, cast(AnyQuestion, step)))
    quiz = (yield from _build_quiz(draft, raw["quiz"])) if "quiz" in raw else None
    draft.lesson = msgspec.structs.replace(
        draft.lesson,
        id=draft.lesson.id or stem,
        steps=tuple(step for _, step in draft.steps),
        quiz=quiz,
    )
    return draft


def _build_quiz(draft: Draft, raw: Any) -> Reading[Quiz | None]:
    document = draft.document
    if ("quiz",) in document.skipped:
        return None
    if not isinstance(raw, dict):
        yield Violation(
            ("quiz",),
            "`quiz` must hold `questions:`.",
            "Write `questions:` on the next line, indented, and each question below it.",
            rule="value",
        )
        return None
    misspelled = "questions" not in raw and closest("questions", list(raw)) is not None
    head = raw if misspelled else {**raw, "questions": []}
    quiz = yield from build(document, ("quiz",), head, Quiz)
    if misspelled:
        return None
    if "questions" not in raw:
        yield Violation(
            ("quiz",),
            "This quiz has no `questions`.",
            "Add a line `questions:` to it, and each question below that, after a dash.",
            rule="missing-key",
            at_key=True,
        )
        return None
    for place, entry in (yield from _entries(document, ("quiz", "questions"), raw["questions"])):
        question = yield from _build_step(document, place, entry, QUESTION_TYPES, "question")
        if question is not None:
            draft.questions.append((place, cast(AnyQuestion, question)))
    if quiz is None:
        return None
    return msgspec.structs.replace(
        quiz, questions=tuple(question for _, question in draft.questions)
    )


def _without_type(
    document: Document, at: KeyPath, raw: Mapping[str, Any], word: str, known: str
) -> Violation:
    """A step or a question that does not say what it is, or not in small letters."""
    said, remedy = f"This {word} has no `type`.", f"Add a line `type:` with one of {known}."
    other = next((key for key in raw if plain_key(str(key)) == "type"), None)
    if other is None:
        return Violation(at, said, remedy, rule="missing-key")
    from tutor.course.reading.rewording import other_key  # only where it is written so

    place = (*at, other)
    said = f"This {word} has a `{other}` in the place of `type`."
    put = other_key(document, place, "type")
    remedy = "Write `type`, in small letters."
    return Violation(place, said, remedy, rule="unknown-key", at_key=True, proposal=put)


def _build_step(
    document: Document,
    at: KeyPath,
    raw: Any,
    kinds: dict[str, Any],
    word: str,
) -> Reading[msgspec.Struct | None]:
    named = raw.get("type") if isinstance(raw, dict) else None
    kind = kinds.get(named) if isinstance(named, str) else None
    if kind is not None:
        raw = _with_decimals(raw) if named == "number" else raw
        built: msgspec.Struct | None = yield from build(document, at, raw, kind)
        return built
    known = ", ".join(kinds)
    if not isinstance(raw, dict):
        remedy = f"Begin the {word} with `- type:` and one of {known}."
        if isinstance(raw, str) and (begun := re.match(r"type:([a-z_]+)", raw)):
            remedy = f"Put a space after the colon: `- type: {begun[1]}`."
        yield Violation(
            at,
            f"A {word} must be `key: value` lines, not {'nothing' if raw is None else 'text'}.",
            remedy,
            rule="value",
        )
    elif "type" not in raw:
        yield _without_type(document, at, raw, word, known)
    else:
        if not isinstance(named, str):
            named = "nothing" if named is None else "more than a word"
        said = f"There is no {word} of type `{named}`."
        ours = _type_meant(named, raw)
        remedy = _remedy_for_type(named, ours, kinds)
        found = Violation((*at, "type"), said, remedy, rule="unknown-type")
        if ours in kinds:
            from tutor.course.reading.rewording import other_value  # only where it is called so

            put = other_value(document, (*at, "type"), named, str(ours))
            found = msgspec.structs.replace(found, proposal=put)
        yield found
    return None


def _with_decimals(raw: dict[str, Any]) -> dict[str, Any]:
    """A number question in which an `answer` in decimals stands beside each `fraction`."""
    if isinstance(mistakes := raw.get("mistakes"), list) and "fraction" in str(mistakes):
        wrong = [_with_decimals(one) if isinstance(one, dict) else one for one in mistakes]
        raw = {**raw, "mistakes": wrong}
    fraction = raw.get("fraction")
    if not isinstance(fraction, str) or "answer" in raw:
        return raw
    from tutor.course.model.numerals import decimals_of

    return {**raw, "answer": decimals_of(fraction)}


def _type_meant(named: str, raw: dict[str, Any]) -> str | None:
    """What we call a type: with several right options, a multiple choice is a `multiple`."""
    ours = our_type(named)
    options = raw.get("options", raw.get("choices", raw.get("answers")))
    if ours != "choice" or not isinstance(options, list):
        return ours
    from tutor.course.reading.marked_answers import count_marked  # only where it is called so

    return "multiple" if count_marked(options) > 1 else ours


_SHOWN_ELSEWHERE = frozenset(
    ("image", "picture", "photo", "img", "video", "film", "audio", "sound")
)


def _remedy_for_type(named: str, ours: str | None, kinds: dict[str, Any]) -> str:
    swallowed = re.search(r" (- ?)?(\w+): ?", named)
    if named in STEP_TYPES:
        return "In a quiz only questions can stand; put this among the `steps`."
    if swallowed is not None:
        return (
            f"The next line, `{named[swallowed.start() + 1 :][:40]}`, was taken for a part of it: "
            "line it up with `type`, and put a space after its colon."
        )
    if ours in kinds:
        return f"We call it `{ours}`."
    if plain_key(named) in _SHOWN_ELSEWHERE:
        return (
            "A terminal shows no pictures, sounds or films. Say in a `read` what is to be seen; "
            "`figure` draws numbers."
        )
    return did_you_mean(named, kinds, f"Known types: {', '.join(kinds)}.")


def _top(document: Document, remedy: str) -> Reading[dict[str, Any] | None]:
    if document.skipped == {()} or (document.data is None and document.violations):
        return None
    if isinstance(document.data, dict):
        return document.data
    message = "The file is empty." if document.data is None else "The file has no `key: value`."
    yield Violation((0, 0), message, remedy, rule="empty")
    return None


def _without_skipped(document: Document, at: KeyPath, raw: dict[str, Any]) -> dict[str, Any]:
    """A mapping without what was left out of it because of a syntax error."""
    return {key: value for key, value in raw.items() if (*at, key) not in document.skipped}


def _entries(document: Document, at: KeyPath, raw: Any) -> Reading[list[tuple[KeyPath, Any]]]:
    if isinstance(raw, list):
        if len(raw) > MAX_ENTRIES:
            yield Violation(
                (*at, MAX_ENTRIES),
                f"There are {len(raw):,} entries under `{at[-1]}`; a lesson has at most "
                f"{MAX_ENTRIES:,}.",
                "Split it into several lessons.",
                rule="too-many",
            )
            raw = raw[:MAX_ENTRIES]
        places: list[tuple[KeyPath, Any]] = [((*at, index), each) for index, each in enumerate(raw)]
        return [(place, entry) for place, entry in places if place not in document.skipped]
    if at not in document.skipped:
        said = f"`{at[-1]}` is {'empty' if raw is None else 'not a list'}."
        yield Violation(at, said, "Begin each entry with a dash (`- type: …`).", rule="value")
    return []


def build_course(document: Document, folder: str) -> Reading[CourseFile | None]:
    """Build a course file; its id defaults to the name of its folder."""
    raw = yield from _top(document, "A course begins with `title:` and lists its `lessons:`.")
    if raw is None:
        return None
    course = yield from build(document, (), _without_skipped(document, (), raw), CourseFile)
    return course and msgspec.structs.replace(course, id=course.id or folder)


_TOLD_TO_LESSONS = ("contested", "glossary", "language", "lessons", "sources")


def readable_part(document: Document) -> tuple[CourseFile, frozenset[str]]:
    """What lessons are told by a course file with errors, and which of its keys cannot be read."""
    raw = document.data if isinstance(document.data, dict) else {}
    read: dict[str, Any] = {"title": "", "lessons": []}
    unread = {key for key in ("lessons",) if key not in raw}
    for key in _TOLD_TO_LESSONS:
        if key in raw:
            try:
                value = _entries_meant(raw[key]) if key in ("lessons", "sources") else raw[key]
                msgspec.convert(read | {key: value}, CourseFile, strict=False)
            except msgspec.ValidationError:
                unread.add(key)
            else:
                read[key] = value
    if not isinstance(document.data, dict):
        unread |= set(_TOLD_TO_LESSONS)
    return msgspec.convert(read, CourseFile, strict=False), frozenset(unread)


def _entries_meant(written: Any) -> Any:
    """The entries of a list that are sound; one that was written without its dash, too."""
    if isinstance(written, str):
        return [written]
    if isinstance(written, list):
        return [entry for entry in written if isinstance(entry, str | dict)]
    return written


def build_source(document: Document) -> Reading[Source | None]:
    """Build a source, claim by claim."""
    raw = yield from _top(document, "A source has `title`, `role`, `speakers` and `claims`.")
    if raw is None:
        return None
    raw = _without_skipped(document, (), raw)
    claims = raw.get("claims")
    if not isinstance(claims, dict):
        return (yield from build(document, (), raw, Source))
    source = yield from build(document, (), {**raw, "claims": {}}, Source)
    built: dict[str, Claim | None] = {}
    for name, claim in _without_skipped(document, ("claims",), claims).items():
        built[name] = yield from build(document, ("claims", name), claim, Claim)
    if source is None or None in built.values():
        return None
    return msgspec.structs.replace(source, claims=built)
