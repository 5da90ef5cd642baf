"""What a learner hands in, gathered from the records: results, and nothing that was not ticked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.structs import replace

from tutor import __version__, phrases
from tutor.classroom.hand_in import file as hand_in_file
from tutor.classroom.hand_in.file import (
    HandedAttempt,
    HandedQuestion,
    HandIn,
    Written,
    pass_mark,
    plain_name,
)
from tutor.classroom.hand_in.statements import HOME, AttemptContext, statements_of
from tutor.course.digest import blake2b
from tutor.course.model.course import Course, CourseTest, Lesson
from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import AnyQuestion
from tutor.course.text import one_line
from tutor.errors import CannotRead, UsageError
from tutor.quiz.events import AnyEvent, Asked, Opened, Responded, Uncovered
from tutor.quiz.fingerprint import fingerprint
from tutor.records.attempts import OpenQuiz
from tutor.records.progress import finished, unreleased
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study

TICKS = ("reflections", "notes", "challenges", "free-text")
"""What is in a hand-in only where the learner says so, each by itself."""
_CODE, _DIGITS = "learner-", frozenset("0123456789abcdef")
LONGEST_NAME = 60
"""So many characters a name in a hand-in has at most."""


class Wish(Struct, frozen=True, kw_only=True):
    """What a learner wants in the file, beside the results.

    Attributes:
        name: Under which name; empty for a code that says nothing.
        ticked: Which of `TICKS`.
        written: The texts for those that were ticked.
    """

    name: str
    ticked: frozenset[str] = frozenset()
    written: Mapping[str, Sequence[Written]] = {}


def gather(study: Study, course: Course, wish: Wish) -> HandIn:
    """The finished tests and quizzes of a course, as they are handed in.

    Raises:
        UsageError: None is finished.
    """
    ended = [
        *finished.all_of(study.store, study.learner),
        *unreleased.all_of(study.store, study.learner),
    ]
    past = [
        one
        for one in sorted(ended, key=lambda one: (one.closed, one.number))
        if one.course == course.id and one.mode in ("test", "quiz") and not one.retry
    ]
    if not past:
        raise _nothing_finished(study, course)
    records = _records(study)
    asked = _Asked(study, course)
    named = wish.name or code_name(study)
    late = study.first_test_is_late(course)
    first = next((one for one in past if one.mode == "test"), None)
    attempts = [
        _attempt(study, course, one, asked, records, wish, named, late if one is first else UNSET)
        for one in past
    ]
    questions = asked.described(attempts)
    addresses = {one.objective for one in questions}
    return HandIn(
        course=course_name(course),
        title=one_line(course.title),
        lone=course.path.is_file(),
        learner=named,
        records=records,
        at=study.store.now(),
        program=__version__,
        objectives={name: one for name, one in asked.objectives.items() if name in addresses},
        questions=questions,
        attempts=attempts,
        written={
            name: list(texts)
            for name, texts in wish.written.items()
            if name in wish.ticked and texts
        },
    )


def _nothing_finished(study: Study, course: Course) -> UsageError:
    """Say why there is nothing to hand in, and what to do: to finish a test that is begun."""
    title, name = one_line(course.title), course_name(course)
    left = study.test_left(course)
    if left is None:
        return UsageError(
            f"No test and no quiz of “{title}” is finished yet.",
            "There is nothing to hand in before: `tutor test` and `tutor quiz` begin one, and go "
            "on with one that is begun.",
        )
    return UsageError(
        f"The test of “{title}” is not finished yet: {_how_far(left)}.",
        f"Only a finished test is handed in. `tutor test {name}` goes on with it. To end it as it "
        "is, press e there; with --plain, skip what is left with empty lines.",
    )


def _how_far(left: OpenQuiz) -> str:
    are = "is" if left.answered == 1 else "are"
    return f"{left.answered} of {phrases.plural(left.asked, 'question')} {are} answered"


def course_name(course: Course) -> str:
    """How a course is called elsewhere: a lone lesson by its own id, wherever its file lies."""
    return course.lessons[0].id if course.path.is_file() else course.id


def code_name(study: Study) -> str:
    """A name that says nothing about the learner, and is the same every time."""
    return f"{_CODE}{_records(study)[:4]}"


def is_code_name(name: str) -> bool:
    """Whether a name says nothing about a learner, as the one that a program gives."""
    kind, number = name[: len(_CODE)], name[len(_CODE) :]
    return kind.casefold() == _CODE and bool(number) and set(number.casefold()) <= _DIGITS


def _records(study: Study) -> str:
    row = study.store.row("SELECT created, seed FROM learners WHERE id = ?", (study.learner,))
    return blake2b(repr(row).encode(), digest_size=6).hexdigest()


class _Asked:
    """The scored questions of a course as they stand now, each with its lesson and objective."""

    def __init__(self, study: Study, course: Course) -> None:
        self.objectives: dict[str, str] = {}
        self.questions: dict[str, AnyQuestion] = {}
        self._lesson_of: dict[str, str] = {}
        for outline in course.lessons:
            with suppress(CannotRead):
                self._take(study.lesson(outline))

    def _take(self, lesson: Lesson) -> None:
        for name, text in lesson.objectives.items():
            self.objectives[f"{lesson.id}/{name}"] = one_line(text)
        for question in lesson.quiz.questions if lesson.quiz else ():
            self.questions.setdefault(question.id, question)
            self._lesson_of.setdefault(question.id, lesson.id)

    def described(self, attempts: Sequence[HandedAttempt]) -> list[HandedQuestion]:
        """The questions that were answered, as far as they still ask what was answered."""
        wanted = {
            (one.question, one.fingerprint) for attempt in attempts for one in _versions(attempt)
        }
        return [
            describe(question, self._lesson_of[name])
            for name, question in self.questions.items()
            if (name, fingerprint(question)) in wanted
        ]


def _versions(attempt: HandedAttempt) -> Iterator[Asked | Responded]:
    yield from attempt.opened.questions
    yield from (event for _, event in attempt.events if isinstance(event, Responded))


def describe(question: AnyQuestion, lesson: str) -> HandedQuestion:
    """A question in the words that a teacher needs who has not got the course."""
    return HandedQuestion(
        id=question.id,
        fingerprint=fingerprint(question),
        lesson=lesson,
        objective=f"{lesson}/{question.objective}" if question.objective else "",
        type=question.type,
        stem=plain_line(question.stem),
        points=question.points if question.scored else 0,
        key=phrases.right_answer(question) if question.scored else "",
        parts={item.id: plain_item_line(item.text) for item in question.rows()},
        targets={item.id: plain_item_line(item.text) for item in question.targets()},
    )


def _attempt(
    study: Study,
    course: Course,
    past: FinishedRun,
    asked: _Asked,
    records: str,
    wish: Wish,
    learner: str,
    late: bool | UnsetType,
) -> HandedAttempt:
    history = finished.events_of(study.store, past.number)
    if "free-text" not in wish.ticked:
        history = [(at, _without_free_text(event)) for at, event in history]
    name = _attempt_id(records, history[0])
    if course.path.is_file():  # its id is made of the path, which stays here
        at, opened = history[0]
        assert isinstance(opened, Opened)
        history = [(at, replace(opened, course=course_name(course))), *history[1:]]
    share = _mark(course, past)
    context = AttemptContext(
        attempt=name,
        learner=learner,
        course=course_name(course),
        title=one_line(course.title),
        titles={one.id: one_line(one.title) for one in course.lessons},
        share=None if late is False else share,  # where they start, nobody passes or fails
        questions=asked.questions,
    )
    said = statements_of(context, history)
    return HandedAttempt(
        id=str(name),
        pass_="" if share is None else pass_mark(share),
        late=late,
        events=[(at, event) for at, event in history],
        statements=Raw(msgspec.json.encode(said)),
    )


def _attempt_id(records: str, opened: tuple[str, AnyEvent]) -> UUID:
    """The same for the same run, however often it is handed in."""
    at, event = opened
    assert isinstance(event, Opened)
    return uuid5(NAMESPACE_URL, f"{HOME}/{records}/{event.course}/{at}/{event.seed}")


def own_scores(study: Study, course: str) -> dict[str, str]:
    """What the records say of the runs of a course, by the ids under which they are handed in.

    Args:
        study: The learner.
        course: The course's id, or the id of a lone lesson.
    """
    return {
        name: phrases.of_points(one.earned, one.possible)
        for name, one in own_runs(study, course).items()
    }


def own_runs(study: Study, course: str) -> dict[str, FinishedRun]:
    """The finished runs of a course, by the ids under which they are handed in.

    Args:
        study: The learner.
        course: The course's id, or the id of a lone lesson.
    """
    return _by_id(study, finished.all_of(study.store, study.learner), course)


def take_back(study: Study, course: str, runs: Collection[str]) -> None:
    """Let tests count, and be shown, that a teacher gave back; and those that came before them.

    Args:
        study: The learner.
        course: The course's id, or the id of a lone lesson.
        runs: The ids under which the runs were handed in that the teacher writes about.
    """
    waiting = _by_id(study, unreleased.all_of(study.store, study.learner), course)
    given = [one for name, one in waiting.items() if name in runs]
    if given:
        last = max((one.closed, one.number) for one in given)
        before = [one for one in waiting.values() if (one.closed, one.number) <= last]
        unreleased.give_back(study.store, study.learner, before)


def _by_id(study: Study, runs: Iterable[FinishedRun], course: str) -> dict[str, FinishedRun]:
    records = _records(study)
    return {
        str(_attempt_id(records, finished.events_of(study.store, one.number)[0])): one
        for one in runs
        if one.possible and (one.mode == "test" or course in (one.course, one.lesson))
    }


def _without_free_text(event: AnyEvent) -> AnyEvent:
    """An event without what was written freely; short answers that are graded stay."""
    match event:
        case Uncovered():
            return replace(event, wrote="")
        case Responded(outcome="kept"):
            return replace(event, response=None)
    return event


def _mark(course: Course, past: FinishedRun) -> Fraction | None:
    if past.mode == "test":
        return Fraction((course.test or CourseTest()).pass_)
    outline = course.lesson(past.lesson)
    return None if outline is None else Fraction(outline.pass_)


# What is said before it is written


def contents(hand_in: HandIn, begun: OpenQuiz | None = None) -> list[str]:
    """What is in a hand-in, and what is not, a line each: to be read before it is written.

    Args:
        hand_in: The hand-in.
        begun: The test that was left in the middle, if there is one.
    """
    tests = [one for one in hand_in.attempts if one.opened.mode == "test"]
    quizzes = [one for one in hand_in.attempts if one.opened.mode == "quiz"]
    runs = [phrases.plural(len(tests), "test")] * bool(tests)
    runs += [phrases.plural(len(quizzes), "quiz", "quizzes")] * bool(quizzes)
    said = [
        f"Results in “{hand_in.title}”: {phrases.joined(runs)}.",
        f"The name: {one_line(hand_in.learner)}.",
        "Each answer that counts: its points, when you gave it, how sure you said you were.",
        "What you typed in answer to graded questions.",
    ]
    names = {"free-text": "answers in your own words that nobody grades"}
    for tick in TICKS:
        if tick in hand_in.written:
            count = phrases.plural(len(hand_in.written[tick]), "text")
            said.append(f"Because you asked for it, {names.get(tick, f'your {tick}')}: {count}.")
    left = [names.get(tick, tick) for tick in TICKS if tick not in hand_in.written]
    if left:
        said.append(f"Not in it: {phrases.joined(left, 'or')}.")
    if begun:
        said.append(f"Not in it: the test that you have begun; {_how_far(begun)}.")
    said.append("Never in it: the names of this computer and of your account, and where files lie.")
    return said


def file_name(hand_in: HandIn) -> str:
    """A telling name for the file: `wso-test_ana-k_2026-11-27.tutor`."""
    modes = {one.opened.mode for one in hand_in.attempts}
    what = "test" if "test" in modes else "quiz"
    day = datetime.fromisoformat(hand_in.at).date().isoformat()
    who = plain_name(hand_in.learner)
    return f"{plain_name(hand_in.course)}-{what}_{who}_{day}{hand_in_file.SUFFIX}"
