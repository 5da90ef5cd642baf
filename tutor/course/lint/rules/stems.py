"""Warnings about stems that are negative, empty of content, or point at the screen."""

import re
from collections.abc import Iterator

from tutor.course.lint.context import LessonSubject, QuestionSubject
from tutor.course.lint.english import FUNCTION, GENERIC, NEGATIVE, words
from tutor.course.lint.rules.clues import WITH_OPTIONS
from tutor.course.lint.text_index import passages
from tutor.course.model.questions import Choice, Multiple, TrueFalse
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import Violation

FEWEST_WORDS = 4

# "At least" denies nothing.
_NEGATIVE = re.compile(
    r"\b(?:not|except|never|(?<!\bat )least|cannot|\w{2,6}n['’]t)\b", re.IGNORECASE
)
# After these words a negative describes a case; it does not turn the question round.
_CONDITION = re.compile(
    r"\b(?:although|because|but|if|or|since|that|unless|until|what|when|where|whether|who)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_FIRST_WORD = re.compile(r"\s*\S[^ ]* ?")


def negative_stem(subject: QuestionSubject) -> Iterator[Violation]:
    """A negative that turns the question round is emphasized, or better avoided.

    Guideline 17. Readers look for what is so, and skip a small "not": they get a question wrong to
    which they know the answer. Ask what is so; where you cannot, write *not* or NOT.

    Poor: Which of these does a detainer not ask for?
    Better: Which of these does a detainer ask for?
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS) or not subject.context.english:
        return
    for found in _negatives(question.stem):
        before = question.stem[: found.start()]
        if found[0].islower() and not before.endswith(("*", "_")):
            yield Violation(
                (*subject.at, "stem"),
                f"The small word “{found[0]}” turns the question round, and is easily missed.",
                f"Ask what is so, or write *{found[0]}* so that it stands out.",
                offset=found.start(),
            )
            return


def _negatives(stem: str) -> Iterator[re.Match[str]]:
    """The negatives of a stem that turn the question round.

    Not those of a case that it describes: that begins with a word such as "if", and not with the
    first of its sentence.
    """
    if NEGATIVE.isdisjoint(words(stem)):
        return
    end = len(stem.rstrip())
    for sentence in _SENTENCE.finditer(stem):
        if sentence[0].endswith("?") or sentence.end() >= end:
            first_word = _FIRST_WORD.match(stem, *sentence.span())
            begins = first_word.end() if first_word else sentence.end()
            case = _CONDITION.search(stem, begins, sentence.end())
            until = case.end() if case else sentence.end()
            yield from _NEGATIVE.finditer(stem, sentence.start(), until)


def double_negative(subject: QuestionSubject) -> Iterator[Violation]:
    """A negative stem has no negative options.

    Guidelines 17 and 27. "Which does it not ask?" with the option "not to hold anyone" takes a
    piece of paper to work out, and tests that.

    Poor: "Which is *not* a limit?" "Officers may not arrest outside the jail"
    Better: "Which is a limit?" "Officers arrest inside the jail only"
    """
    question = subject.question
    if not isinstance(question, (Choice, Multiple, TrueFalse)) or not subject.context.english:
        return
    negatives = list(_negatives(question.stem))
    if isinstance(question, TrueFalse):
        if len(negatives) > 1:
            yield Violation(
                (*subject.at, "stem"),
                "The statement is negative twice over.",
                "Say what is so; whether it is true or false is hard enough.",
            )
    elif negatives:
        for index, option in enumerate(question.options):
            if found := _NEGATIVE.search(option.text):
                yield Violation(
                    (*subject.at, "options", index, "text"),
                    f"The question is negative (“{negatives[0][0]}”), and this option is, too "
                    f"(“{found[0]}”).",
                    "Ask what is so, or say the option without a negative.",
                    offset=found.start(),
                )


def empty_stem(subject: QuestionSubject) -> Iterator[Violation]:
    """The stem alone says what is asked.

    Guideline 15: the central idea stands in the stem. Who has read "Which is true?" knows nothing
    yet, and has four statements to judge that need not have to do with each other. A learner who
    knows the matter should have an answer in mind before reading the options.

    Poor: Which of the following statements is correct?
    Better: For how long does a detainer ask a jail to hold a person?
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS) or not subject.context.english:
        return
    said = words(question.stem)
    if all(word in FUNCTION or word in GENERIC for word in said) and (
        len(said) >= FEWEST_WORDS or not said or not GENERIC.isdisjoint(said)
    ):
        yield Violation(
            (*subject.at, "stem"),
            "The question says nothing of the matter; all of it is in the options.",
            "Ask so that somebody could answer without seeing the options.",
        )
    elif len(said) < FEWEST_WORDS and not question.stem.rstrip().endswith(("?", ":", "…", "...")):
        yield Violation(
            (*subject.at, "stem"),
            f"“{question.stem.strip()}” is a heading more than a question.",
            "Write out what is asked.",
        )


_COLOR = "red|green|blue|yellow"
_PLACED = re.compile(
    r"\b(?:"
    r"(?:first|second|third|fourth|fifth|last|top|bottom|middle|previous)\s+(?:option|choice)s?"
    r"|(?:option|answer|choice)s?\s+(?:above|below)"
    r"|(?:above|upper|lower)\s+(?:option|answer|choice)s?"
    rf"|the\s+(?:{_COLOR})\s+(?:one|option|answer|choice|text|word|line|bar|box|column|row)s?"
    rf"|(?:shown|marked|highlighted|printed|written|underlined)\s+in\s+(?:{_COLOR})"
    r"|(?:on|to)\s+the\s+(?:left|right)(?:-hand)?(?:\s+side)?(?=\s*(?:[.,;:?!]|$|with\b|to\b))"
    r")\b"
    r"|\b[Oo]ption\s+(?:[A-H]|[1-8])\b",
)


def placed_on_screen(subject: LessonSubject) -> Iterator[Violation]:
    """Nothing is named by its place or color.

    Options are shuffled, so that "the first option" is another one for every learner. Colors differ
    from screen to screen, there are none in print, and some eyes do not tell them apart; "on the
    right" is below on a narrow screen. Name a thing by what it says.

    Poor: The second option is what the article says.
    Better: Notice is what the article asks for.
    """
    if not subject.context.english:
        return
    found_in = passages(subject.draft.document)
    if not _may_place(found_in.together):
        return
    for at, text in found_in.spoken:
        if _may_place(text) and (found := _PLACED.search(text)):
            yield Violation(
                at,
                f"“{found[0]}” names something by its place or color, which differ from screen to "
                "screen.",
                "Name it by what it says.",
                offset=found.start(),
            )


def _may_place(text: str) -> bool:
    """Tell at little cost whether a text may name a place or a color."""
    return (
        "ption" in text
        or "hoice" in text
        or "above" in text
        or "below" in text
        or "n the left" in text
        or "o the left" in text
        or "n the right" in text
        or "o the right" in text
        or " red" in text
        or "green" in text
        or "blue" in text
        or "yellow" in text
    )


QUESTION_WARNINGS: tuple[Rule[QuestionSubject], ...] = (negative_stem, double_negative, empty_stem)
LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (placed_on_screen,)
