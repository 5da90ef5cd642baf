"""Warnings that show only when the questions of a quiz are held against each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.english import FUNCTION, holds, words
from tutor.course.lint.rules.clues import key_of
from tutor.course.model.questions import AnyQuestion, Choice, Gaps, Number, Text, TrueFalse
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation

UNSHUFFLED = 8
RUN = 4
STATEMENTS = 4
LOPSIDED = 0.7
MOST_ALIKE = 9
"""How many keys with the same beginning are looked at; it bounds the work."""
TYPES_WITH_STEMS_OF_THEIR_OWN = (Choice, Number, Text, TrueFalse)
_QUESTIONS: KeyPath = ("quiz", "questions")


def same_position(subject: LessonSubject) -> Iterator[Violation]:
    """Where options are not shuffled, the key is not mostly at one place.

    Guideline 20. Authors hide the key in the middle, and learners look for it there. Leave out
    `shuffle: false`, or vary the place. Looked at from eight unshuffled questions on.
    """
    unshuffled = _unshuffled(subject)
    if len(unshuffled) < UNSHUFFLED:
        return
    [(index, count)] = Counter(key_of(question) for _, question in unshuffled).most_common(1)
    share = sum(1 / len(question.options) for _, question in unshuffled)
    if count > 2 * share:
        yield Violation(
            _QUESTIONS,
            f"In {count} of {len(unshuffled)} choices with a fixed order the key is option "
            f"{index + 1}.",
            "Vary its place, or leave out `shuffle: false`.",
            at_key=True,
        )


def same_position_in_a_row(subject: LessonSubject) -> Iterator[Violation]:
    """Where options are not shuffled, the key does not stay at one place four times running.

    Guideline 20. Learners who notice answer by it; others doubt a right answer because of it.
    """
    for index, run in groupby(_unshuffled(subject), key=lambda entry: key_of(entry[1])):
        questions = list(run)
        if len(questions) >= RUN:
            yield Violation(
                (*questions[RUN - 1][0], "options"),
                f"In {len(questions)} choices running, the key is option {index + 1}.",
                "Vary its place, or leave out `shuffle: false`.",
                at_key=True,
            )


def _unshuffled(subject: LessonSubject) -> list[tuple[KeyPath, Choice]]:
    return [
        (at, question)
        for at, question in subject.draft.questions
        if type(question) is Choice and not question.shuffle
    ]


def lopsided_statements(subject: LessonSubject) -> Iterator[Violation]:
    """Of a quiz's statements, some are true and some are false.

    Where nearly all are true, always saying so earns nearly all the points. Looked at from four
    `true_false` questions on.
    """
    answers = [
        question.answer for _, question in subject.draft.questions if type(question) is TrueFalse
    ]
    if len(answers) < STATEMENTS:
        return
    [(answer, count)] = Counter(answers).most_common(1)
    if count > LOPSIDED * len(answers):
        yield Violation(
            _QUESTIONS,
            f"{count} of {len(answers)} statements are {str(answer).lower()}.",
            "Turn some of them into their opposite.",
            at_key=True,
        )


def told_elsewhere(subject: LessonSubject) -> Iterator[Violation]:
    """The stem of one question does not hold the key of another.

    Guideline 4: questions are independent of each other. Whoever reads the whole quiz finds such a
    key without knowing it. Looked for are keys of two words and more, word for word.

    Poor: "What paper does the officer serve?", and then "Who signs the administrative warrant?"
    Better: "What paper does the officer serve?", and then "Who signs that paper?"
    """
    names = subject.context.names
    by_beginning: dict[tuple[str, str], list[_Key]] = defaultdict(list)
    for at, question in subject.draft.questions:
        for place, key in _keys(at, question):
            if len(key) > 1 and not all(
                word in FUNCTION or word in names or not word.isalpha() for word in key
            ):
                by_beginning[key[0], key[1]].append(_Key(at, place, key))
    told: set[KeyPath] = set()
    for at, question in subject.draft.questions:
        stem = words(question.stem)
        for pair in pairwise(stem):
            for known in by_beginning.get(pair, [])[:MOST_ALIKE]:
                if known.question != at and known.at not in told and holds(stem, known.words):
                    told.add(known.at)
                    line = subject.draft.document.place((*at, "stem"))[0] + 1
                    yield Violation(
                        known.at,
                        f"The question on line {line} gives this key away: "
                        f"“{' '.join(known.words)}”.",
                        "Say it in other words there, or ask for something else here.",
                    )


class _Key(NamedTuple):
    """A key that a stem might hold: of which question, where it stands, and its words."""

    question: KeyPath
    at: KeyPath
    words: tuple[str, ...]


def _keys(at: KeyPath, question: AnyQuestion) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    if type(question) is Choice:
        index = key_of(question)
        yield (*at, "options", index, "text"), words(question.options[index].text)
    elif type(question) is Text:
        for index, answer in enumerate(question.answers):
            yield (*at, "answers", index), words(answer)
    elif type(question) is Gaps:
        for gap in question.gaps():
            for answer in gap:
                yield (*at, "text"), words(answer)


def same_stem(subject: LessonSubject) -> Iterator[Violation]:
    """No two questions of a lesson ask the same.

    Guideline 4. Two questions with the same words were copied, and one was never changed; or they
    differ in their options only, and a learner who reads fast takes them for one.
    """
    seen: dict[tuple[str, ...], KeyPath] = {}
    for at, question in subject.draft.all_questions():
        if not isinstance(question, TYPES_WITH_STEMS_OF_THEIR_OWN):
            continue  # "Put them in order" is asked of other things each time
        said = words(question.stem)
        if said in seen:
            line = subject.draft.document.place((*seen[said], "stem"))[0] + 1
            yield Violation(
                (*at, "stem"),
                f"The same is asked on line {line}.",
                "Say in the question what makes the two different, or take one out.",
            )
        seen.setdefault(said, at)


def draws_too_many(subject: LessonSubject) -> Iterator[Violation]:
    """A quiz has at least as many questions as one attempt draws.

    `draw:` is how many of the questions one attempt gets, so that another attempt gets others. Of
    fewer questions than that, each attempt gets all.
    """
    quiz = subject.draft.lesson.quiz
    if quiz is not None and quiz.draw is not None and quiz.draw > len(quiz.questions):
        yield Violation(
            ("quiz", "draw"),
            f"More questions are to be drawn than the quiz has ({len(quiz.questions)}).",
            "Write more questions, or take `draw:` out.",
        )


WARNINGS: tuple[Rule[LessonSubject], ...] = (
    same_position,
    same_position_in_a_row,
    lopsided_statements,
    told_elsewhere,
    same_stem,
    draws_too_many,
)
