"""Warnings about what a lesson teaches, what it asks, and whether the two belong together."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.course.lint.context import LessonSubject, QuestionSubject
from tutor.course.lint.coverage import words_of
from tutor.course.model.course import Lesson
from tutor.course.model.questions import LEVELS, Gaps, Number, Open, Question, Text
from tutor.course.model.steps import Reflect
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import Violation

TINY = 5
WORDS_A_MINUTE = 200
MINUTES_TO_ANSWER = Fraction(25, 60)
MINUTES_TO_REFLECT = Fraction(1)
MINUTES_TO_WRITE = Fraction(3)

_LEADS_NOWHERE = re.compile(
    r"""^[ -]*"?claims"?:|[{,] *"?claims"?: *\[|\]\((?:term|claim|quote|lesson):""", re.MULTILINE
)


def unexplained(subject: QuestionSubject) -> Iterator[Violation]:
    """A question says why its key is right, or why something else is wrong.

    Learners remember what they are told right after an answer better than anything read before it.
    A question without a word of feedback only measures. Write an `explanation:`, which is shown
    after every response, or feedback on the parts. An open question has a `rubric:` instead.
    """
    question = subject.question
    if isinstance(question, Open) and not question.rubric:
        yield Violation(
            subject.at,
            "The question has no points to hold an answer against.",
            "Write in `rubric:` what a good answer says, a point each.",
        )
    if question.explanation or not question.scored:
        return
    mistakes = question.mistakes if isinstance(question, Number | Text) else ()
    parts = (*question.rows(), *mistakes)
    if any(part.feedback for part in parts) or (isinstance(question, Gaps) and question.feedback):
        return
    yield Violation(
        subject.at,
        "The question has no explanation and no feedback.",
        "Add `explanation:` with the reason in a sentence or two.",
    )


def aimless_question(subject: QuestionSubject) -> Iterator[Violation]:
    """Every scored question serves an objective of its lesson.

    Guideline 1: a question reflects a specific content that was meant to be learned. By its
    objective a learner's results, and a teacher's report, say what is mastered and what is not.
    """
    question = subject.question
    if not subject.scored or question.objective or not question.scored:
        return
    objectives = subject.draft.lesson.objectives
    if objectives:
        yield Violation(
            subject.at,
            "The question serves no objective of the lesson.",
            f"Add `objective:` with one of {', '.join(objectives)}.",
        )


def no_objectives(subject: LessonSubject) -> Iterator[Violation]:
    """A lesson with a quiz states its objectives.

    Guideline 1. An objective says what somebody can do after the lesson ("Say how long a detainer
    asks a jail to hold a person"); writing it down first decides what to teach and what to ask.

    Better: objectives:
              hold: Say how long a detainer asks a jail to hold a person
    """
    draft = subject.draft
    if draft.questions and not draft.lesson.objectives:
        yield Violation(
            ("title",),
            "The lesson has a quiz, but states no objectives.",
            "Add `objectives:`, each with a name, and give each question its `objective:`.",
        )


def unasked_objective(subject: LessonSubject) -> Iterator[Violation]:
    """Every objective of a lesson is asked about.

    Guideline 1. Whether an objective was reached shows only where it is asked: in the quiz, or, in
    a lesson without one, between the steps.
    """
    draft = subject.draft
    asking = draft.questions or draft.all_questions()
    if not asking:
        return
    asked = {question.objective for _, question in asking}
    for name in draft.lesson.objectives:
        if name not in asked:
            yield Violation(
                ("objectives", name),
                f"No question serves the objective `{name}`.",
                "Add a question for it, or take it out.",
                at_key=True,
            )


def recall_only(subject: LessonSubject) -> Iterator[Violation]:
    """Every objective is asked about above recall.

    To repeat a sentence is the least that a learner can do with it. Where the quiz asks no more,
    nobody learns whether it was understood. Looked at are objectives all of whose questions in the
    quiz say their `level:`; one of them should be above `remember`.

    Poor: How many hours does a detainer ask for?
    Better: Dana would go free on Tuesday at 9 a.m. Until when does the detainer ask to hold her?
    """
    for name in subject.draft.lesson.objectives:
        asking = [each for each in subject.draft.questions if each[1].objective == name]
        if asking and all(question.level == LEVELS[0] for _, question in asking):
            yield Violation(
                ("objectives", name),
                f"No question asks more of the objective `{name}` than to remember.",
                "Add a question that takes understanding: a new case, a reason, a comparison.",
                at_key=True,
            )


def minutes(subject: LessonSubject) -> Iterator[Violation]:
    """A lesson takes about as long as it says.

    A teacher plans an hour by it. Reckoned are 200 words a minute for what is read, 25 seconds for
    a question (of a quiz those that one attempt draws), one minute for a reflection and three for
    an open task; a fifth more or less is let pass, and lessons of up to five minutes are. Where a
    lesson is talked over, or done on paper, it takes longer: say so.

    Better: {minutes: "A class talks about it for half an hour."} under `allow:`
    """
    lesson = subject.draft.lesson
    if lesson.minutes is None or not subject.context.english:
        return
    taken = minutes_of(lesson)
    if lesson.minutes <= TINY and taken <= TINY:
        return
    if abs(lesson.minutes - taken) > max(Fraction(1), taken / 5):
        yield Violation(
            ("minutes",),
            f"The lesson says {lesson.minutes} minutes; reckoned, it takes about "
            f"{max(1, round(taken))}.",
            "Say how long it takes, or make it as long as it says.",
        )


def minutes_of(lesson: Lesson) -> Fraction:
    """How long a lesson takes, reckoned by what is read, asked and written."""
    practice = [step for step in lesson.steps if isinstance(step, Question)]
    read = [step for step in lesson.steps if not isinstance(step, Question)]
    taken = Fraction(sum(map(words_of, read)), WORDS_A_MINUTE) + _minutes_to_answer(practice)
    taken += MINUTES_TO_REFLECT * sum(type(step) is Reflect for step in read)
    if lesson.quiz and lesson.quiz.questions:
        asked = Fraction(lesson.quiz.asked, len(lesson.quiz.questions))
        taken += asked * _minutes_to_answer(lesson.quiz.questions)
    return taken


def _minutes_to_answer(questions: Sequence[Question]) -> Fraction:
    written = sum(not question.scored for question in questions)
    return MINUTES_TO_WRITE * written + MINUTES_TO_ANSWER * (len(questions) - written)


def untaught_question(subject: LessonSubject) -> Iterator[Violation]:
    """What a scored question rests on is taught before, in its lesson or an earlier one.

    Guideline 2. A question whose claims no step cites asks what a learner had no chance to learn.
    Cite the claims (`claims: [id]`) at the step that teaches them, or ask for something else.
    Looked at when a whole course is checked.
    """
    if subject.taught is None:
        return
    for at, question in subject.draft.questions:
        if question.claims and subject.taught.isdisjoint(question.claims):
            yield Violation(
                (*at, "claims"),
                f"No step of this lesson, or of one before it, teaches {_listed(question.claims)}.",
                "Cite the claim at the step that teaches it.",
                at_key=True,
            )


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def no_course(subject: LessonSubject) -> Iterator[Violation]:
    """A lesson that cites claims stands in a course.

    Claims, quotations and glossary words are found through a `course.yaml` beside the lesson. By
    itself the lesson opens, but `claims:` and such links lead nowhere. Put it in a course folder
    (`tutor new course` makes one), or take them out.
    """
    document = subject.draft.document
    if subject.context.alone and _LEADS_NOWHERE.search(document.text):
        yield Violation(
            ("title",),
            "The lesson cites claims, or links into a course, but belongs to no course.",
            "Put it in a folder with a `course.yaml` that lists it and names its sources.",
        )


QUESTION_WARNINGS: tuple[Rule[QuestionSubject], ...] = (unexplained, aimless_question)
LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (
    no_objectives,
    unasked_objective,
    recall_only,
    minutes,
    untaught_question,
    no_course,
)
