"""What a teacher gives back: one file a learner, with what was missed, why, and what to read.

A file is made of one learner's runs and the course; nothing of anybody else is at hand then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, MsgspecError, Struct

from tutor import phrases
from tutor.classroom.analysis.counted_runs import occasion_of
from tutor.classroom.hand_in.file import Unreadable, plain_name, seal, unseal
from tutor.classroom.html_page import page, section, tag, text
from tutor.classroom.received.class_results import Gathered, Learner
from tutor.classroom.received.course_here import CourseHere
from tutor.classroom.received.graded_attempts import GradedAttempt, GradedResponse
from tutor.course.model.course import Course, Lesson
from tutor.course.model.markdown.plain import plain_item_line, plain_text
from tutor.course.model.questions import Multiple, Options, Question, Response
from tutor.course.model.steps import Step
from tutor.course.model.teaching import teaching_step
from tutor.course.text import one_line
from tutor.output_files import make_folder, write_file
from tutor.quiz.grading import grade

FORMAT = "tutor feedback"


class TaughtAt(Struct, frozen=True):
    """A lesson by its id, and a step of it, from 0; None where no step teaches it by itself."""

    lesson: str
    step: Annotated[int, Meta(ge=0)] | None


class Missed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question that did not earn all its points.

    Attributes:
        given, right: Of rows that belong somewhere, a line for each.
        why: The explanation, and what is said about the answer given.
        read: Where it is taught; empty where nobody knows.
        at: The same, for the way there; None where nobody knows.
        partly: Whether it earned some of its points.
        sure: Whether the learner was sure of it.
    """

    stem: str
    given: str
    right: str = ""
    why: str = ""
    read: str = ""
    at: TaughtAt | None = None
    partly: bool = False
    sure: bool = False


class ToRead(Struct, frozen=True, kw_only=True):
    """Where something is taught, in words and as the way there, and how much of it was missed."""

    read: str
    at: TaughtAt
    count: int


class Run(Struct, frozen=True, kw_only=True):
    """A run that feedback is given on.

    Attributes:
        passed: None where there is nothing to pass.
        missed: What was missed; empty where right answers are kept back.
        before: Whether it is a test before the lessons: what it asks is still to be read.
        kept_back: Whether right answers are kept back, and with them what was right or wrong.
        read: What to read, where they are; else that stands with what was missed.
    """

    id: str
    what: str
    day: str
    score: str
    passed: bool | None
    missed: list[Missed]
    before: bool = False
    kept_back: bool = False
    read: list[ToRead] = []

    @property
    def to_read(self) -> str:
        """What is to be done about what was missed."""
        return "Read" if self.before else "Read again"

    @property
    def why_kept_back(self) -> str:
        """Until when right answers are kept back, and why."""
        until = "a test after the lessons" if self.before else "the next test"
        return (
            f"The right answers are kept back until {until}, so that it can show what you have "
            "learned. What you missed, and why, comes with them."
        )


class Feedback(Struct, frozen=True, kw_only=True):
    """What one learner is given back."""

    course: str
    title: str
    learner: str
    runs: list[Run]
    read: list[str] = []

    @property
    def to_read(self) -> str:
        """What is to be done about what was missed in any of the runs."""
        missed = [one for one in self.runs if one.missed or one.read]
        return "Read" if missed and all(one.before for one in missed) else "Read again"


_read_body = msgspec.json.Decoder(Feedback).decode


def is_kept_back(run: GradedAttempt, learner: Learner) -> bool:
    """Whether a run's right answers are kept back: those of a first test, until there is another.

    Learners are told so at its end. Where a teacher gives a test back, they come with it.
    """
    alone = run.mode == "test" and len(learner.runs) == 1
    return alone and run.release == "end"


def kept_back(gathered: Gathered) -> int:
    """From how many learners right answers are kept back."""
    return sum(is_kept_back(run, learner) for learner in gathered.learners for run in learner.runs)


def feedback_for(gathered: Gathered, learner: Learner, *, answers: bool = False) -> Feedback:
    """The feedback for one learner: on the last test, and on the last try of each quiz.

    Args:
        gathered: What the class handed in.
        learner: One of them.
        answers: Whether right answers are told that are kept back otherwise.
    """
    last = {(run.mode, run.lesson): run for run in (*learner.runs, *learner.quizzes)}
    runs = list(last.values())
    made = [
        _run(gathered, learner, run, keep=not answers and is_kept_back(run, learner))
        for run in runs
    ]
    places = {one.at: one.read for run in made for one in run.missed if one.at is not None}
    places |= {one.at: one.read for run in made for one in run.read}
    here = gathered.grader.here
    read = [places[at] for at in in_course_order(here.course, places)] if here else []
    return Feedback(
        course=gathered.course,
        title=gathered.title,
        learner=learner.given,
        runs=made,
        read=list(dict.fromkeys(read)),
    )


def in_course_order(course: Course, places: Iterable[TaughtAt]) -> list[TaughtAt]:
    """Places in the order in which a course teaches them; a lesson as a whole before its steps."""
    numbers = {one.id: at for at, one in enumerate(course.lessons)}

    def order(at: TaughtAt) -> tuple[int, int]:
        return numbers.get(at.lesson, len(numbers)), -1 if at.step is None else at.step

    return sorted(places, key=order)


def _run(gathered: Gathered, learner: Learner, run: GradedAttempt, *, keep: bool) -> Run:
    first = run.mode == "test" and run is learner.first
    before = first and (run.is_before or (run.late is None and _all_are_before(gathered)))
    nothing_to_pass = first and (before or run.late is not None)
    missed = [one for one in run.responses if one.earned < one.possible]
    here = gathered.grader.here
    outline = here.course.lesson(run.lesson) if here else None
    quiz = f"Quiz: {one_line(outline.title if outline else run.lesson)}"
    return Run(
        id=run.id,
        what=("Test before" if before else "Test") if run.mode == "test" else quiz,
        day=datetime.fromisoformat(run.ended).date().isoformat(),
        score=f"{phrases.of_points(run.earned, run.possible)}, {_percent(run)}",
        passed=None if run.mark is None or nothing_to_pass else run.passed,
        missed=[] if keep else [_missed(here, one) for one in missed],
        before=before,
        kept_back=keep,
        read=_to_read(here, missed) if keep and here else [],
    )


def _all_are_before(gathered: Gathered) -> bool:
    """Whether it is the test before that the class sat; a sheet on paper does not know."""
    return occasion_of(gathered).kind == "before"


def _percent(run: GradedAttempt) -> str:
    return phrases.percent(run.score, run.mark)


def _to_read(here: CourseHere, missed: Sequence[GradedResponse]) -> list[ToRead]:
    """Where what was missed is taught, in the order of the course."""
    questions = [one.item.question for one in missed]
    counted = Counter(_taught_at(here, one) for one in questions if one is not None)
    return [
        ToRead(read=_where(here, at), at=at, count=counted[at])
        for at in in_course_order(here.course, counted)
    ]


def _missed(here: CourseHere | None, answer: GradedResponse) -> Missed:
    item = answer.item
    at = _taught_at(here, item.question) if here and item.question else None
    return Missed(
        stem=one_line(item.stem),
        given="\n".join(item.by_parts(answer.response)),
        right="\n".join(item.key_by_parts()),
        why=why_of(item.question, answer.response) if item.question else "",
        read=_where(here, at) if here and at else "",
        at=at,
        partly=answer.earned > 0,
        sure=answer.sure_and_wrong,
    )


def why_of(question: Question, response: Response) -> str:
    """What the author says about this very answer, and why the right one is right."""
    fits = response is not None and question.accepts(response)
    graded = grade(question, response if fits else None)
    said = [plain_text(graded.feedback)] if graded.feedback else []
    said += [
        f"{name}{plain_text(part.feedback)}"
        for part in graded.parts
        if part.feedback and not part.right and part.given
        for name in [_name_of(question, part.id)]
    ]
    said += [plain_text(question.explanation)] if question.explanation else []
    return "\n".join(dict.fromkeys(one for one in said if one.strip()))


def _name_of(question: Question, part: str) -> str:
    """A part of a question before what is said about it; of one option nothing."""
    if isinstance(question, Options) and not isinstance(question, Multiple):
        return ""
    names = {row.id: plain_item_line(row.text) for row in question.rows()}
    return f"{names.get(part, f'Blank {part}')}: "


def _taught_at(here: CourseHere, question: Question) -> TaughtAt:
    """The lesson and the step that teach it."""
    name = here.lesson_of[question.id]
    return TaughtAt(name, teaching_step(here.lessons[name], [question]))


def _where(here: CourseHere, at: TaughtAt) -> str:
    lesson = here.lessons[at.lesson]
    said = f"Lesson “{one_line(lesson.title)}”"
    return said if at.step is None else f"{said}: step {at.step + 1}{_title(lesson, at.step)}"


def _title(lesson: Lesson, step: int) -> str:
    shown = lesson.steps[step]
    title = one_line(shown.title or "") if isinstance(shown, Step) else ""
    return f", {title}" if title else ""


# As files


def file_names(learners: Sequence[Learner], course: str) -> Iterator[tuple[Learner, str]]:
    """A name for each learner's files, without its ending; no two are the same."""
    used: set[str] = set()
    for learner in learners:
        stem = name = f"{plain_name(course)}-feedback_{plain_name(learner.name)}"
        again = 1
        while name in used:
            again += 1
            name = f"{stem}-{again}"
        used.add(name)
        yield learner, name


def write_all(gathered: Gathered, folder: Path, *, force: bool, answers: bool = False) -> int:
    """Write what each learner is given back: a page, and a file for `tutor open`.

    Args:
        gathered: What the class handed in.
        folder: Where they are written; it is made where it is missing.
        force: Whether files may be written over.
        answers: Whether right answers are told that are kept back otherwise.

    Returns:
        For how many learners.

    Raises:
        UsageError: Something cannot be written.
    """
    make_folder(folder)
    for learner, name in file_names(gathered.learners, gathered.course):
        given = feedback_for(gathered, learner, answers=answers)
        write_file(folder / f"{name}.html", as_html(given), force=force)
        write_file(folder / f"{name}.tutor", as_file(given), force=force)
    return len(gathered.learners)


def as_file(feedback: Feedback) -> bytes:
    """Feedback as a file that `tutor open` shows."""
    return seal(FORMAT, feedback)


def read(content: bytes) -> Feedback:
    """Read such a file.

    Raises:
        Unreadable: It is none, or cannot be used.
    """
    body = unseal(content, FORMAT, "feedback file")
    try:
        return _read_body(body)
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("is feedback in which something is not as it should be") from None


def as_html(feedback: Feedback) -> str:
    """Feedback as a document to read or print."""
    title = f"{feedback.title}: feedback for {feedback.learner}"
    body = tag("h1", text(title))
    if feedback.read:
        listed = "".join(tag("li", text(one)) for one in feedback.read)
        body += section(feedback.to_read, tag("ul", listed))
    for run in feedback.runs:
        body += section(f"{run.what}, {run.day}", _run_html(run))
    return page(title, body)


def _run_html(run: Run) -> str:
    said = tag("p", text(score_line(run)), "lead")
    if run.kept_back:
        said += tag("p", text(run.why_kept_back))
    for one in run.missed:
        told = [("You answered", one.given)]
        told += [("Right is", one.right)] * bool(one.right)
        told += [("Why", one.why)] * bool(one.why)
        told += [(run.to_read, one.read)] * bool(one.read)
        pairs = "".join(tag("dt", text(name)) + tag("dd", _in_lines(words)) for name, words in told)
        sure = tag("p", text(SURE)) if one.sure else ""
        said += tag("div", tag("h3", text(one.stem)) + sure + tag("dl", pairs), "item")
    return said


def _in_lines(words: str) -> str:
    return "<br>".join(text(line) for line in words.split("\n"))


SURE = "You were sure of this one. It is worth most: look at it first."


def score_line(run: Run) -> str:
    """The score of a run, and whether it passed."""
    if run.passed is None:
        return f"{run.score}."
    return f"{run.score}: {'passed' if run.passed else 'not passed yet'}."


def lines(feedback: Feedback, own: dict[str, str]) -> Iterator[str]:
    """Feedback line by line, beside what the learner's own records say.

    Args:
        feedback: What was given back.
        own: The scores of the learner's own runs, by the ids of the runs.
    """
    yield f"Feedback for {one_line(feedback.learner)}: {one_line(feedback.title)}"
    if not any(run.id in own for run in feedback.runs):
        yield "None of these runs is in your records here."
    for run in feedback.runs:
        yield ""
        yield f"{one_line(run.what)}, {one_line(run.day)}: {one_line(score_line(run))}"
        if run.id in own:
            yield f"Your records say: {own[run.id]}."
        if run.kept_back:
            yield run.why_kept_back
        for one in run.missed:
            yield from _missed_lines(one, run.to_read)
    if feedback.read:
        yield ""
        yield f"{feedback.to_read}:"
        yield from (f"  {one_line(one)}" for one in feedback.read)


def _after(lead: str, words: str) -> Iterator[str]:
    """Words after a lead; several lines of them below it."""
    said = [one_line(line) for line in words.splitlines()]
    if len(said) < 2:
        yield f"{lead} {''.join(said)}"
        return
    yield lead
    yield from (f"      {line}" for line in said)


def _missed_lines(one: Missed, to_read: str) -> Iterator[str]:
    yield ""
    yield f"  {one_line(one.stem)}"
    yield from _after("    You answered:", one.given)
    if one.right:
        yield from _after("    Right is:", one.right)
    yield from (f"    {one_line(line)}" for line in one.why.splitlines() if line.strip())
    if one.read:
        yield f"    {to_read}: {one_line(one.read)}"
    if one.sure:
        yield f"    {SURE}"
