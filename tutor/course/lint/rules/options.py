"""Warnings about options as a set: how many, how alike, in what order, and what they answer."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from tutor.course.lint.context import QuestionSubject
from tutor.course.lint.english import FUNCTION, content, words
from tutor.course.lint.rules.clues import WITH_OPTIONS
from tutor.course.model.numerals import NoNumeral, read_numeral
from tutor.course.model.questions import Choice, Multiple, Order
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import Violation

FEWEST, MOST = 3, 5
NEARLY_SAME = 0.85

_ITEM_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z])[.)] ")
_RANGE = re.compile(r"^\D{0,9}(\d{1,12})\s*(?:-|–|to|and)\s*(\d{1,12})\b")


def numbered_items(subject: QuestionSubject) -> Iterator[Violation]:
    """What is to be put in order bears no numbers.

    `items` are listed in the right order, and shown mixed. Numbers or letters before them are shown
    as well: in their turn they tell the answer, and in another order they mislead.
    """
    question = subject.question
    if type(question) is not Order:
        return
    found = [_ITEM_NUMBER.match(item.text) for item in question.rows()]
    marks = [one[1].casefold() for one in found if one]
    numbers = [int(mark) if mark.isdecimal() else ord(mark) - ord("a") + 1 for mark in marks]
    if sorted(numbers) != list(range(1, len(found) + 1)):
        return  # not all have one, or they are initials
    yield Violation(
        (*subject.at, "items"),
        "The items bear numbers, which tell their order."
        if numbers == sorted(numbers)
        else "The numbers before the items go another way than the list, which is the right order.",
        "Take them away; the order of the list is the answer.",
        at_key=True,
    )


def too_few_options(subject: QuestionSubject) -> Iterator[Violation]:
    """There are at least three options.

    Guideline 18: three good options are enough, but of two a guesser gets half. If only two things
    can be the case, ask with `type: true_false`, or think of a mistake that learners make.
    """
    question = subject.question
    if isinstance(question, WITH_OPTIONS) and len(question.options) < FEWEST:
        yield Violation(
            (*subject.at, "options"),
            "There are only two options, so that a guess is right half the time.",
            "Add a mistake that learners make, or use `type: true_false`.",
            at_key=True,
        )


def too_many_options(subject: QuestionSubject) -> Iterator[Violation]:
    """There are at most five options.

    Guideline 18: every option has to be plausible to somebody, and of more than five hardly all
    are. Each is more to read, and nobody chooses it. A `multiple` may have eight.
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS):
        return
    most = MOST if type(question) is Choice else MOST + 3
    if len(question.options) > most:
        yield Violation(
            (*subject.at, "options"),
            f"There are {len(question.options)} options to read; {most} are plenty.",
            "Keep those that learners would really choose.",
            at_key=True,
        )


def options_alike(subject: QuestionSubject) -> Iterator[Violation]:
    """No two options differ in small words only.

    Guideline 22: options do not overlap. Two long options with the same nouns and verbs in the same
    order, but for an "a", a "the" or a "not", test sight and patience. Say in few words what makes
    them different, and put what they share in the stem.

    Poor: "It may hold the person for two days" / "It may not hold the person for two days"
    Better: "It has the power to hold" / "It has no such power"
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS) or len(question.options) > 20:
        return
    texts = [option.text for option in question.options]
    for first, second in combinations(range(len(texts)), 2):
        if content(texts[first]) != content(texts[second]):
            continue
        one, other = frozenset(words(texts[first])), frozenset(words(texts[second]))
        in_order = _carrying(texts[first]) == _carrying(texts[second])
        if in_order and len(one & other) > 3 and len(one & other) >= NEARLY_SAME * len(one | other):
            apart = ", ".join(f"“{word}”" for word in sorted(one ^ other))
            yield Violation(
                (*subject.at, "options", second, "text"),
                f"Options {first + 1} and {second + 1} differ in small words only: "
                f"{apart or 'their order'}.",
                "Put what they share in the stem.",
            )


def _carrying(text: str) -> list[str]:
    return [word for word in words(text) if word not in FUNCTION]


def unsorted_numbers(subject: QuestionSubject) -> Iterator[Violation]:
    """Options that are numbers stand in their order.

    Guideline 21. Who has worked out a number should find it at once. With `shuffle: false` the
    options are shown as they stand in the file: put the smallest first.
    """
    question = subject.question
    if question.shuffle or not isinstance(question, WITH_OPTIONS):
        return
    try:
        values = [_number_at_start(option.text) for option in question.options]
    except NoNumeral:
        return
    if any(one > other for one, other in pairwise(values)) and values != sorted(values)[::-1]:
        yield Violation(
            (*subject.at, "options"),
            "The options are numbers, and do not stand in their order.",
            "Put the smallest first.",
            at_key=True,
        )


def _number_at_start(text: str) -> Fraction:
    found = read_numeral(text, whole_only=True)
    if any(sign.isalpha() for sign in found.before):
        raise NoNumeral
    return found.number


def overlapping_ranges(subject: QuestionSubject) -> Iterator[Violation]:
    """Options that are ranges of numbers do not overlap.

    Guideline 22. A number in two of the ranges makes both right, or the question a trap.

    Poor: "0 to 24 hours" / "24 to 48 hours" / "48 to 72 hours"
    Better: "up to 24 hours" / "25 to 48 hours" / "49 to 72 hours"
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS) or not _RANGE.match(question.options[-1].text):
        return
    found = [
        (int(match[1]), int(match[2]), index)
        for index, option in enumerate(question.options)
        if (match := _RANGE.match(option.text))
    ]
    found.sort()
    for (_, end, first), (start, _, second) in pairwise(found):
        if start <= end:
            yield Violation(
                (*subject.at, "options", second, "text"),
                f"Options {first + 1} and {second + 1} both hold {start}.",
                "Let each range begin after the one before it.",
            )


def uneven_options(subject: QuestionSubject) -> Iterator[Violation]:
    """Options are punctuated and capitalized alike.

    Guideline 23: options are alike in form. One that ends in a period, or begins with a capital,
    where the others do not was written at another time, and is noticed for it.

    Poor: "The jail holds the person." / "a court decides" / "a judge signs"
    Better: "the jail holds the person" / "a court decides" / "a judge signs"
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS):
        return
    texts = [option.text for option in question.options]
    stopped = [text.endswith((".", "!", "?")) for text in texts]
    if len(set(stopped)) > 1 and any(" " in text for text in texts):
        yield _uneven(subject, stopped, "ends in a period", "does not end in a period")
    first = [text.lstrip("*_“\"'‘(")[:1] for text in texts]
    if all(map(str.isalpha, first)):
        small = [letter.islower() for letter in first]
        if len(set(small)) > 1 and not _only_names(subject, texts, small):
            yield _uneven(subject, small, "begins with a small letter", "begins with a capital")


def _only_names(subject: QuestionSubject, texts: list[str], small: list[bool]) -> bool:
    """Tell whether each capital may be that of a name; unknown names are one or two words."""
    names = subject.context.names
    capital = [words(text) for text, is_small in zip(texts, small, strict=True) if not is_small]
    return all(not each or each[0] in names or len(each) <= 2 for each in capital)


def _uneven(subject: QuestionSubject, has: list[bool], yes: str, no: str) -> Violation:
    odd = has.count(True) * 2 <= len(has)  # the rarer of the two is the one to point at
    index = has.index(odd)
    return Violation(
        (*subject.at, "options", index, "text"),
        f"Option {index + 1} {yes if odd else no}, unlike others.",
        "Write all options in one way.",
    )


def silent_distractor(subject: QuestionSubject) -> Iterator[Violation]:
    """Every distractor has feedback that says why it is wrong.

    A learner chose it for a reason. "Wrong" alone leaves the reason standing; a sentence that meets
    it teaches more than the rest of the question. A question that explains nothing at all is
    another rule's matter (`unexplained`).

    Better: {text: A court, feedback: A court decides about holds; it does not ask for them.}
    """
    question = subject.question
    if not isinstance(question, WITH_OPTIONS):
        return
    silent = [
        index
        for index, option in enumerate(question.options)
        if not (option.correct or option.feedback)
    ]
    if silent and (question.explanation or any(option.feedback for option in question.options)):
        wrong = sum(not option.correct for option in question.options)
        yield Violation(
            (*subject.at, "options", silent[0], "text"),
            f"{len(silent)} of {wrong} distractors have no feedback, this one among them."
            if len(silent) > 1
            else "This distractor has no feedback.",
            "Add `feedback:` that says why somebody might think so, and why it is not so.",
        )


def nothing_to_leave(subject: QuestionSubject) -> Iterator[Violation]:
    """Not every option of a `multiple` is right.

    Where everything is to be ticked, nothing has to be known. Add options that are wrong.
    """
    question = subject.question
    if type(question) is Multiple and all(option.correct for option in question.options):
        yield Violation(
            (*subject.at, "options"),
            "Every option is right, so that ticking all of them earns all points.",
            "Add an option that is wrong.",
            at_key=True,
        )


WARNINGS: tuple[Rule[QuestionSubject], ...] = (
    numbered_items,
    too_few_options,
    too_many_options,
    options_alike,
    unsorted_numbers,
    overlapping_ranges,
    uneven_options,
    silent_distractor,
    nothing_to_leave,
)
