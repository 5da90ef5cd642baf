"""Warnings about options whose wording gives the key away."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tutor.course.lint.context import LessonSubject, QuestionSubject
from tutor.course.lint.english import (
    ABSOLUTE,
    PERMITTING,
    VAGUE,
    content,
    holds,
    position,
    words,
)
from tutor.course.model.questions import Choice, Multiple
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation

CHOICES = 6
MUCH_LONGER = 1.3
SHORT = 20
OF_THE_SUBJECT = 4
WITH_OPTIONS = (Choice, Multiple)

_ABOVE = re.compile(
    r"\b(?:all|any|both|neither|none) (?:of )?(?:the )?(?:above|below)\b"
    r"|^(?:all|both|neither|none) of (?:these|them|the (?:others?|options|answers|choices))\W*$"
    r"|^(?:both )?(?:options? |answers? )?[a-f1-6] (?:and|&) (?:option |answer )?[a-f1-6]\W*$"
)


def longest_key(subject: QuestionSubject) -> Iterator[Violation]:
    """The key is not much longer than every distractor.

    Guideline 24: options are about equal in length. Authors qualify what is right until nobody can
    object, and dash off what is wrong; learners know this, and take the longest option. A key
    shorter than 20 characters is let pass.

    Poor: "The jail" / "A court" / "ICE, which sends it to the jail that holds the person" (key)
    Better: "The jail, to ICE" / "A court, to the jail" / "ICE, to the jail" (key)
    """
    question = subject.question
    if type(question) is not Choice:
        return
    key = key_of(question)
    length = len(question.options[key].text)
    longest = max(len(option.text) for option in question.options if not option.correct)
    if length >= SHORT and length >= MUCH_LONGER * longest:
        yield Violation(
            (*subject.at, "options", key, "text"),
            f"The key is {length} characters long, the longest distractor {longest}.",
            "Shorten the key, or say as much in a distractor.",
        )


def longest_keys(subject: LessonSubject) -> Iterator[Violation]:
    """In a quiz the key is not mostly the longest option.

    Guideline 24, over the whole quiz: a learner who always takes the longest option should do no
    better than one who guesses. Looked at from six questions on.
    """
    choices = [question for _, question in subject.draft.questions if type(question) is Choice]
    if len(choices) < CHOICES:
        return
    longest = sum(_has_longest_key(question) for question in choices)
    if longest * 2 > len(choices):
        yield Violation(
            ("quiz", "questions"),
            f"In {longest} of {len(choices)} choices the key is the longest option.",
            "Shorten some keys, or say more in some distractors.",
            at_key=True,
        )


def _has_longest_key(question: Choice) -> bool:
    longest = max(len(option.text) for option in question.options if not option.correct)
    return len(question.options[key_of(question)].text) > longest


def all_of_the_above(subject: QuestionSubject) -> Iterator[Violation]:
    """Every option says something of its own, not "all of the above" or "both A and B".

    Guidelines 25 and 26. Who knows that two options are right has the key without the rest, and
    who knows that one is wrong has ruled it out. Options are also shuffled, so that nothing is
    "above". Where several options are right, use a question of the type `multiple`.

    Poor: "Notice" / "A hold" / "Both of the above" (key)
    Better: type: multiple, with "Notice" and "A hold" both correct
    """
    question = subject.question
    if not (isinstance(question, WITH_OPTIONS) and subject.context.english):
        return
    for index, option in enumerate(question.options):
        text = option.text.lower()
        may = "above" in text or "below" in text or len(text) < 30
        if may and (found := _ABOVE.search(text)):
            said = option.text[found.start() : found.end()]
            yield Violation(
                (*subject.at, "options", index, "text"),
                f"“{said}” speaks of the other options, and those are shuffled.",
                "Say what it means, or use `type: multiple`.",
                offset=found.start(),
            )


def absolute_distractor(subject: QuestionSubject) -> Iterator[Violation]:
    """Words such as "always" and "never" do not mark the distractors.

    Guideline 28a. Few things are so without exception, and learners know it: an option with "all",
    "only" or "never" is struck out unread. Use such words in the key as well, or nowhere.

    Poor: "It never asks for a hold" / "It always asks for two days" / "It asks for notice" (key)
    Better: "It asks for a hold alone" / "It asks for two days" / "It asks for notice" (key)
    """
    if (found := _only_in(subject, ABSOLUTE, correct=False)) is None:
        return
    marked, rest = found
    if len(marked) > max(1, rest):
        at, word, offset = marked[0]
        yield Violation(
            at,
            f"Words without exception, such as “{word}”, stand in distractors and not in the key.",
            "Leave the word out, or use one like it in the key.",
            offset=offset,
        )


def hedged_key(subject: QuestionSubject) -> Iterator[Violation]:
    """Words such as "usually" and "may" do not mark the key.

    Guideline 28a, the other way round. Authors hedge what must be right and assert what may be
    wrong, so that the careful option is the key. Hedge a distractor as well, or nothing. Where the
    question is about what somebody may or must do, "may" hedges nothing, nor does "at most".

    Poor: "It is a crime" / "It is a court order" / "It may usually be declined" (key)
    Better: "It is a crime" / "It is a court order" / "It can be declined" (key)
    """
    if (found := _only_in(subject, VAGUE, correct=True)) is None:
        return
    marked, rest = found
    if marked and not rest and _is_plain(subject, marked[0].word):
        return
    if marked and not rest:
        at, word, offset = marked[0]
        yield Violation(
            at,
            f"“{word}” hedges the key, and no distractor is hedged.",
            "Leave the word out, or hedge a distractor too.",
            offset=offset,
        )


def _is_plain(subject: QuestionSubject, word: str) -> bool:
    """Tell whether a word that may hedge says what it says: a permission, or "at most"."""
    question = subject.question
    assert isinstance(question, WITH_OPTIONS)
    if word == "may":
        asked = words(question.stem)
        options = (words(option.text) for option in question.options)
        return word in asked or any(not PERMITTING.isdisjoint(said) for said in (asked, *options))
    keys = [words(option.text) for option in question.options if option.correct]
    return word == "most" and all(holds(key, ("at", "most")) for key in keys if word in key)


class _Marked(NamedTuple):
    """An option that a word marks: where it stands, the word, and where in its text."""

    at: KeyPath
    word: str
    offset: int | None


def _only_in(
    subject: QuestionSubject, lexicon: frozenset[str], *, correct: bool
) -> tuple[list[_Marked], int] | None:
    """The options of one kind that hold a word which no option of the other kind holds.

    Returns:
        These options, and how many others of their kind there are; None where an option of the
        other kind holds such a word, too, or where nothing can be said.
    """
    question = subject.question
    if not (isinstance(question, WITH_OPTIONS) and subject.context.english):
        return None
    marked: list[_Marked] = []
    rest = 0
    for index, option in enumerate(question.options):
        said = words(option.text)
        if lexicon.isdisjoint(said):
            rest += option.correct is correct
        elif option.correct is not correct:
            return None
        else:
            word = next(word for word in said if word in lexicon)
            at = (*subject.at, "options", index, "text")
            marked.append(_Marked(at, word, position(option.text, word)))
    return marked, rest


def repeated_word(subject: QuestionSubject) -> Iterator[Violation]:
    """The key is not the only option that repeats a word of the stem.

    Guideline 28b. A word that the stem shares with one option only ties the two together, whatever
    the learner knows. Let a distractor echo the stem as well, or none. Names, words of the glossary
    and words with which four questions of the lesson are asked are let pass: they are the subject's
    own, and a synonym only reads worse.

    Poor: "Who enforces immigration law?" "An immigration agency" (key) / "A jail" / "A court"
    Better: "Who enforces immigration law?" "A federal agency" (key) / "A jail" / "A court"
    """
    question = subject.question
    if type(question) is not Choice or not subject.context.english:
        return
    key = key_of(question)
    asked = content(question.stem) - subject.context.names
    shared = {
        word
        for word in asked & content(question.options[key].text)
        if not _is_of_the_subject(subject, word)
    }
    if shared and all(
        option.correct or asked.isdisjoint(content(option.text)) for option in question.options
    ):
        word = min(shared)
        yield Violation(
            (*subject.at, "options", key, "text"),
            f"“{word}” stands in the question and in the key, and no distractor repeats a word.",
            "Say it in other words, or let a distractor repeat a word of the question, too.",
        )


def _is_of_the_subject(subject: QuestionSubject, word: str) -> bool:
    """Tell whether so many questions of a lesson are asked with a word that it marks none."""
    stems = (content(question.stem) for _, question in subject.draft.all_questions())
    return sum(word in stem for stem in stems) >= OF_THE_SUBJECT


def converging_key(subject: QuestionSubject) -> Iterator[Violation]:
    """The key is not the option that has most in common with the others.

    Guideline 28e. Distractors made by changing one part of the key each make the key the sum of all
    of them: who takes from each part what most options say has found it without knowing.

    Poor: "48 hours, by ICE" (key) / "48 hours, by a court" / "24 hours, by ICE"
    Better: these, and "24 hours, by a court"
    """
    question = subject.question
    if type(question) is not Choice or len(question.options) < 3:
        return
    key = key_of(question)
    text = question.options[key].text
    if not (" and " in text or " or " in text or "," in text or ";" in text or "/" in text):
        return
    lowered = [option.text.lower() for option in question.options]
    if not all(map(_may_be_joint, lowered)):
        return
    parts: list[list[str]] = []
    for said in lowered:
        parts.append(_parts(said))
        if len(parts[-1]) < 2:
            return
    counts = Counter(part for each in parts for part in set(each))
    shared = [sum(counts[part] - 1 for part in set(each)) for each in parts]
    if all(shared[key] > other for index, other in enumerate(shared) if index != key):
        yield Violation(
            (*subject.at, "options", key, "text"),
            "The key has more parts in common with the other options than any of them.",
            "Combine the parts evenly, or ask for them one by one.",
        )


_JOINT = re.compile(r"[,;/]\s*(?:and\s+|or\s+)?|(?<!\s)\s+(?:and|or)\s+")


def _may_be_joint(text: str) -> bool:
    """Tell at little cost, for most texts, that they have no parts."""
    return "," in text or "and" in text or "or" in text or ";" in text or "/" in text


def _parts(text: str) -> list[str]:
    return [part for part in _JOINT.split(text.strip(" .")) if part]


def article_clue(subject: QuestionSubject) -> Iterator[Violation]:
    """A stem that ends in "a" or "an" fits every option.

    Guideline 28c. Grammar then rules options out. Move the article into the options, or write
    "a/an".

    Poor: "A detainer is a" "request" (key) / "order" / "arrest"
    Better: "A detainer is" "a request" (key) / "an order" / "an arrest"
    """
    question = subject.question
    if not (isinstance(question, WITH_OPTIONS) and subject.context.english):
        return
    article = question.stem.rstrip(" \n_.…:").rpartition(" ")[2]
    if article not in ("a", "an"):
        return
    fits = [
        (option.text[:1].lower() in "aeiou") == (article == "an") for option in question.options
    ]
    if not all(fits):
        poor = question.options[fits.index(False)].text
        yield Violation(
            (*subject.at, "stem"),
            f"The question ends in “{article}”, which does not fit “{poor}”.",
            "Move the article into the options.",
        )


def key_of(question: Choice) -> int:
    """Where the key of a choice stands among its options."""
    return next(index for index, option in enumerate(question.options) if option.correct)


QUESTION_WARNINGS: tuple[Rule[QuestionSubject], ...] = (
    longest_key,
    all_of_the_above,
    absolute_distractor,
    hedged_key,
    repeated_word,
    converging_key,
    article_clue,
)
LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (longest_keys,)
