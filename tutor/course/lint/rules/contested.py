"""Warnings about a course on a contested matter: whose words are used, whose view is asked,
and whether both sides have as much room.

They apply where `course.yaml` says `contested: true`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tutor.course.lint.context import CourseSubject, LessonSubject, QuestionSubject
from tutor.course.lint.english import lexicon, words
from tutor.course.lint.text_index import BETWEEN_TEXTS, passages
from tutor.course.model.questions import Open
from tutor.course.model.references import claims_of
from tutor.course.model.sources import LoadedTerm
from tutor.course.model.steps import Debate, Read
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation

OPINIONS = frozenset(("argument-for", "argument-against", "characterisation"))
LONG_ENOUGH = 40

ATTRIBUTING = lexicon(
    """according account accounts accuses argue argued argues argument arguments article believe
    believes call called calls claim claims credit credited credits critic critics describe
    described describes objection objections objects opponent opponents oppose opposes opposing
    owner owners predict predicted prediction predicts quote quoted quotes replies reply report
    reports said say saying says source sources speaker speakers statement statements suggest
    suggests supporter supporters supporting tells term thinks told view views voice word
    wording words write writes wrote"""
)
"""Words by which a sentence says that what it holds is somebody's, or speaks of the wording."""


def unbalanced_sides(subject: CourseSubject) -> Iterator[Violation]:
    """A contested course gives both sides about the same room.

    Readers take the side that is heard more for the stronger one. Both sides should have as many
    arguments as the other (one more is let pass), and at most half as many words again.
    """
    if subject.context.contested:
        for imbalance in subject.coverage.imbalances():
            yield Violation(
                ("contested",), imbalance, "Give both sides about the same room.", at_key=True
            )


def unsourced_argument(subject: LessonSubject) -> Iterator[Violation]:
    """In a contested course every argument of a debate cites a claim.

    An argument without a source is the author's own, whoever is named as its speaker: nobody can
    look up whether it was made, and in these words. Cite the claim (`claims: [id]`), or leave the
    argument out.
    """
    if not (subject.context.contested and subject.context.citations):
        return
    for at, step in subject.draft.steps_of(Debate):
        for side, arguments in (("for", step.supporting), ("against", step.opposing)):
            for index, argument in enumerate(arguments):
                if not argument.claims:
                    yield Violation(
                        (*at, side, index),
                        f"The argument “{argument.title}” cites no claim.",
                        "Add `claims:` with the claim that it rests on.",
                    )


def unsourced_step(subject: LessonSubject) -> Iterator[Violation]:
    """In a contested course a text cites the claims that it rests on.

    Readers on both sides ask where a sentence comes from. Cite the claims (`claims: [id]`), so that
    the source is a key press away. Texts of up to 40 words are let pass: they lead on.
    """
    if not (subject.context.contested and subject.context.citations):
        return
    for at, step in subject.draft.steps_of(Read):
        if step.claims:
            continue
        if len(step.text.split()) > LONG_ENOUGH and not claims_of(step):
            yield Violation(
                (*at, "text"),
                "This text cites no claim of a source.",
                "Add `claims:` with those that it rests on.",
            )


def opinion_as_key(subject: QuestionSubject) -> Iterator[Violation]:
    """In a contested course no scored question has an opinion for its key.

    Guideline 6. Where all that a question rests on is somebody's argument or characterization, its
    key is right only in the view of that side. Ask what somebody says, and name them in the stem;
    or mark a question on one side's own wording with `voice: for` or `voice: against`.

    Poor: What does the program do for public safety?
    Better: What does the program do for public safety, according to its supporters?
    """
    question, around = subject.question, subject.context
    if not (subject.scored and around.contested and question.claims and around.english):
        return
    if question.voice or type(question) is Open:
        return
    kinds = {
        around.citations[name].claim.kind for name in question.claims if name in around.citations
    }
    if kinds and kinds <= OPINIONS and not _attributes(question.stem, around.speakers):
        yield Violation(
            (*subject.at, "stem"),
            "All that this question rests on is one side's view, and the question names no one.",
            "Say in the question whose view is asked for, or set `voice:`.",
        )


def _attributes(text: str, speakers: frozenset[str]) -> bool:
    said = words(text)
    return not (ATTRIBUTING.isdisjoint(said) and speakers.isdisjoint(said))


def loaded_term(subject: LessonSubject) -> Iterator[Violation]:
    """In a contested course the lesson itself speaks in words that take no side.

    A source lists its loaded words with a neutral one for each (`loaded:`). They may be quoted, and
    said of a speaker; in the lesson's own voice they take the side of whoever coined them. Looked
    at is what stands outside quotation marks, emphasis and links, in a sentence or an item of a
    list that names no speaker and does not say (as "calls", "argues" and "wording" do) that
    somebody is heard. Answers and distractors are not looked at: they may be wrong on purpose.
    """
    around = subject.context
    if not (around.contested and around.english and around.loaded):
        return
    pattern, terms = _pattern(around.loaded)
    found = passages(subject.draft.document)
    together = found.together.lower()
    terms = [term for term in terms if term in together]  # most stand nowhere, and cost no more
    mentioning = {number for term in terms for number in _numbers(together, term)}
    for at, text in (found.texts[number] for number in sorted(mentioning)):
        if not _narrated(at):
            continue
        narrated = _NOT_NARRATED.sub(lambda other: " " * len(other[0]), text)
        if not _mentions(narrated.lower(), terms):
            continue
        for start, sentence in _sentences(narrated):
            term = pattern.search(sentence)
            if term and not _attributes(sentence, around.speakers):
                neutral = _neutral(around.loaded, term[1])
                yield Violation(
                    at,
                    f"“{term[0]}” takes a side, and stands here in the lesson's own voice.",
                    f"Say “{neutral}”, or put it in quotation marks and say whose word it is.",
                    offset=start + term.start(),
                )
                break


def _numbers(together: str, term: str) -> Iterator[int]:
    """In which texts, from 0, a term stands."""
    at = together.find(term)
    while at >= 0:
        yield together.count(BETWEEN_TEXTS, 0, at)
        end = together.find(BETWEEN_TEXTS, at)
        at = together.find(term, end) if end >= 0 else -1


def _neutral(loaded: tuple[LoadedTerm, ...], term: str) -> str:
    folded = term.casefold()
    alike = (entry.neutral for entry in loaded if entry.term.casefold() == folded)
    return next(alike, "something neutral")


def _mentions(text: str, terms: Iterable[str]) -> bool:
    for term in terms:  # noqa: SIM110 - `any` takes three times as long
        if term in text:
            return True
    return False


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences and items of lists in a Markdown text, each with its position."""
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


# What is quoted, emphasized as a word spoken of, shown by a link, or code.
_NOT_NARRATED = re.compile(
    r"“[^“”]{0,999}”|\"[^\"\n]{0,999}\"|‘[^‘’]{0,99}’|`[^`]{0,99}`"
    r"|\*[^*\n]{1,99}\*|\[[^\[\]]{0,999}\]\([^()]{0,999}\)"
)
_END = re.compile(r"[.!?](?=\s|$)|\n\s*(?:\n|[-*]\s|\d+\.\s)")


@lru_cache(maxsize=8)
def _pattern(loaded: tuple[LoadedTerm, ...]) -> tuple[re.Pattern[str], list[str]]:
    """A pattern of loaded terms, inflected or not, and texts one of which stands in every match."""
    terms = sorted((entry.term.lower() for entry in loaded), key=len)
    needed: list[str] = []
    for term in terms:
        if not any(other in term for other in needed):
            needed.append(term)
    longest_first = "|".join(re.escape(term) for term in reversed(terms))
    return re.compile(rf"\b({longest_first})(?:s|d|ed)?\b", re.IGNORECASE), needed


_NARRATED = frozenset(
    ("title", "stem", "explanation", "feedback", "hints", "note", "prompt", "label")
)
_ARGUMENTS = frozenset(("for", "against"))


def _narrated(at: KeyPath) -> bool:
    """Tell whether a lesson says in its own voice what stands at a place.

    The text of a step is its own; that of an option may be wrong on purpose, and that of an
    argument is its speaker's.
    """
    name = at[-1] if type(at[-1]) is str else at[-2]
    if name == "text":
        return len(at) == 3
    return (name in _NARRATED and _ARGUMENTS.isdisjoint(at)) or at[0] == "objectives"


QUESTION_WARNINGS: tuple[Rule[QuestionSubject], ...] = (opinion_as_key,)
LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (unsourced_argument, unsourced_step, loaded_term)
COURSE_WARNINGS: tuple[Rule[CourseSubject], ...] = (unbalanced_sides,)
