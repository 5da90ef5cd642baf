"""What came of a finished run, and what to do with it; also of one that ended long ago.

Both fronts show this: the same words, and the same offers in the same order.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tutor import phrases
from tutor.course.model.course import Course, CourseTest, Lesson, LessonOutline
from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.questions import AnyQuestion
from tutor.course.model.questions.matching import Matching
from tutor.course.model.steps import Step
from tutor.course.model.teaching import teaching_steps
from tutor.course.text import one_line
from tutor.days import written
from tutor.errors import CannotRead
from tutor.progress import practice_calendar
from tutor.progress.course_end import CourseEnd, course_end
from tutor.progress.figures import pass_mark, readable
from tutor.progress.objectives import ObjectiveFigure, objectives_of
from tutor.quiz.attempt import Attempt
from tutor.quiz.gain import Gain
from tutor.quiz.grading import grade
from tutor.quiz.past_run import PastQuestion, PastRun, past_run, run_in_hand
from tutor.records import attempts, lesson_progress
from tutor.records.progress import finished, sums
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study
from tutor.study.anchors import lesson_in
from tutor.study.next_up import following

Kind: TypeAlias = Literal["quiz", "practice", "before", "after", "review"]
Offer: TypeAlias = Literal["read", "practice", "again", "next", "begin", "test", "hand-in", "home"]

_TRIES = 6


class Place(Struct, frozen=True, kw_only=True):
    """A step that teaches something that was missed.

    Attributes:
        step: The step, from 0.
        title: What it is called.
        about: Where it is: `step 4`, or `lesson 2, step 4`.
        minutes: About how long it takes; 0 where nobody knows.
    """

    lesson: LessonOutline
    step: int
    title: str
    about: str
    minutes: int


class Action(Struct, frozen=True, kw_only=True):
    """Something to do now.

    Attributes:
        offer: What it is.
        label, subject, about: `Read again`, the step it leads to, and more about it.
        minutes: About how long it takes; None where nobody knows.
        lesson: Where it leads.
        places: The steps to read again, first what was missed most.
    """

    offer: Offer
    label: str
    subject: str
    about: str = ""
    minutes: int | None = None
    lesson: LessonOutline | None = None
    places: tuple[Place, ...] = ()


class Results(Struct, frozen=True, kw_only=True):
    """What came of a finished run.

    Attributes:
        lesson: The lesson whose questions were asked as it is now; for a test all quizzes as one.
        attempt: The run for whoever wants to look at its questions; None where none is left.
        mark: The share that passes; None where nothing is to be passed.
        tries: The finished quizzes of the same lesson, this one among them.
        gain: From the test before to this one.
        late: For a test: whether a lesson was begun before the first one.
        before: The best share of an earlier try; None where there was none.
        later: The best share of any try, where neither this one passed nor an earlier one, and
            a later one did; else None.
        end: For a quiz that has just been passed, and after which nothing is left: what one can do.
        missing: What to say where the lesson is gone or cannot be read; empty where it can.
        numbers: The number of each lesson by its id, in the order of the learner.
    """

    kind: Kind
    course: Course
    lesson: Lesson
    run: PastRun
    attempt: Attempt | None
    mark: Fraction | None
    tries: tuple[FinishedRun, ...] = ()
    number: int = 0
    try_number: int = 1
    before: Fraction | None = None
    later: Fraction | None = None
    gain: Gain | None = None
    late: bool = False
    objectives: tuple[ObjectiveFigure, ...] = ()
    actions: tuple[Action, ...] = ()
    end: CourseEnd | None = None
    missing: str = ""
    numbers: Mapping[str, int] = {}

    @property
    def title(self) -> str:
        """What the run was over, and what it was."""
        if self.run.opened.mode == "test" and self.late:
            return "First test over the course" if self.kind == "before" else "Test, once more"
        if self.run.opened.mode == "test":
            return f"Test {self.kind} the course"
        if self.kind == "review":
            return "Review"
        return one_line(self.lesson.title)

    @property
    def name(self) -> str:
        """What kind of run it was; empty where the title says it."""
        return self.kind if self.kind in ("quiz", "practice") else ""

    @property
    def over_course(self) -> bool:
        """Whether its questions come from several lessons, as those of a test do."""
        return self.run.opened.mode in ("test", "review")

    @property
    def passed(self) -> bool:
        """Whether there was something to pass, and it was passed."""
        return self.mark is not None and self.run.possible > 0 and self.run.score >= self.mark

    @property
    def keys_shown(self) -> bool:
        """Whether right answers may be shown: after a test before they are kept back.

        Where a teacher gives a test back, they have been given back with it.
        """
        return self.kind != "before" or self.run.opened.release == "teacher"

    def verdict(self) -> str:
        """What the score means, in a sentence."""
        run = self.run
        if self.kind == "before":
            return "This is what you know now." if self.late else "This is where you start."
        if not run.possible:
            return "Nothing here is scored."
        if self.kind == "review":
            right = sum(one.outcome == "right" for one in run.questions)
            return f"{right} of {phrases.plural(len(run.questions), 'question')} remembered."
        if self.kind == "practice":
            return "Practiced. Your quiz score stays as it is."
        if run.earned == run.possible:
            scored = sum(one.possible > 0 for one in run.questions)
            return f"All {scored} right" if scored > 1 else "Right"
        if self.passed_before and not self.passed:
            assert self.before is not None
            return f"Passed before with {phrases.percent(self.before, self.mark)}; it stays passed."
        if self.later is not None:
            return (
                f"Not passed then; a later try did, with {phrases.percent(self.later, self.mark)}."
            )
        return "Passed." if self.passed else "Not passed yet."

    @property
    def passed_before(self) -> bool:
        """Whether an earlier try passed."""
        return self.mark is not None and self.before is not None and self.before >= self.mark

    def about_mark(self) -> str:
        """What passes; empty where nothing is to be passed, or the mark says nothing new."""
        if self.mark is None or not self.run.possible or self.run.earned == self.run.possible:
            return ""
        return f"{phrases.percent(self.mark)} passes"

    def facts(self) -> str:
        """The points, and what is to be said beside them."""
        run = self.run
        said = phrases.of_points(run.earned, run.possible) if run.possible else ""
        scored = [one for one in run.questions if one.possible]
        left = sum(one.outcome is None for one in scored)
        if left:
            said += " · nothing answered" if left == len(scored) else f" · {left} not answered"
        if self.kind == "before":
            return f"{said} · nothing to pass"
        first = self.tries[0] if self.tries and self.try_number > 1 else None
        if self.kind == "quiz" and first is not None and first.possible and len(self.tries) > 1:
            share = phrases.percent(first.earned / first.possible, self.mark)
            which = "the first time" if self.try_number <= _TRIES else "some tries ago"
            said += f" · {share} {which}"
        return said

    def when(self, *, briefly: bool = False) -> str:
        """When it was, which try, and how long it took."""
        if not self.run.ended:
            return ""
        ended = practice_calendar.local(self.run.ended)
        today = datetime.now(ended.tzinfo).date()
        said = written(ended.date(), today)
        if briefly:
            return said
        parts = [f"{said}, {ended:%H:%M}"]
        if self.kind == "quiz":
            parts.append(f"{phrases.ordinal(self.try_number)} try")
        took = (ended - practice_calendar.local(self.run.began)).total_seconds()
        if 0 <= took < 4 * 3600:
            parts.append(phrases.duration(max(1, round(took / 60))))
        return " · ".join(parts)

    def since(self) -> str:
        """What was changed since then; empty where all is as it was."""
        if self.missing:
            return self.missing
        gone = sum(one.question is None for one in self.run.questions)
        changed = sum(one.changed for one in self.run.questions)
        said = []
        if changed:
            said.append(f"{phrases.plural(changed, 'question')} changed since")
        if gone:
            said.append(f"{phrases.plural(gone, 'question is', 'questions are')} gone")
        if not said:
            return ""
        return f"{phrases.joined(said)}; your score stays as it was."

    def sorted_questions(self) -> list[PastQuestion]:
        """The questions, those first that did not earn all their points."""
        return sorted(self.run.questions, key=lambda one: not one.missed)


def of_attempt(study: Study, course: Course, lesson: Lesson, attempt: Attempt) -> Results:
    """What came of a run that has just ended, or was loaded.

    Args:
        lesson: The lesson whose questions were asked; for a test all quizzes as one.
    """
    history = finished.events_of(study.store, attempt.record_id)
    run = past_run(history, lesson.by_id()) if history else run_in_hand(attempt)
    of = _results(study, course, lesson, run, attempt)
    first_pass = of.kind == "quiz" and of.passed and not of.passed_before
    return replace(of, end=course_end(study, course)) if first_pass else of


def reopened(study: Study, course: Course, past: FinishedRun) -> Results:
    """What came of a run that ended once, from its kept events and the lesson as it is now."""
    missing = ""
    outline = course.lesson(past.lesson)
    if past.mode in ("test", "review"):
        lesson = study.test_lesson(course, whole=True)
    else:
        lesson = Lesson(id=past.lesson, title=outline.title if outline else past.lesson)
        if outline is None:
            missing = "This lesson is not in the course any more; your score stays as it was."
        else:
            try:
                lesson = study.lesson(outline)
            except CannotRead:
                missing = "This lesson cannot be read now; your score stays as it was."
    questions = lesson.by_id()
    run = past_run(finished.events_of(study.store, past.number), questions)
    attempt = attempts.load(study.store, study.learner, past.number, questions)
    if attempt is not None and not attempt.progress:
        attempt = None
    return _results(study, course, lesson, run, attempt, past.number, missing)


def _results(
    study: Study,
    course: Course,
    lesson: Lesson,
    run: PastRun,
    attempt: Attempt | None,
    number: int = 0,
    missing: str = "",
) -> Results:
    number = number or (attempt.record_id if attempt else 0)
    tests = (
        finished.tests(study.store, study.learner, course.id) if run.opened.mode == "test" else []
    )
    kind = _kind(run, number, tests)
    tries: list[FinishedRun] = []
    try_number = 1
    if kind == "quiz":
        tries, try_number = finished.tries(
            study.store, study.learner, course.id, lesson.id, number, _TRIES
        )
    last = sums.last_responses(study.store, study.learner, course.id)
    made = Results(
        kind=kind,
        course=course,
        lesson=lesson,
        run=replace(run, objectives=tuple(lesson.objectives)),
        attempt=attempt,
        mark=_mark(course, lesson, kind),
        tries=tuple(tries),
        number=number,
        try_number=try_number,
        before=_best_before(study, course, lesson, tries, try_number),
        gain=_gain(run, tests) if kind == "after" else None,
        late=bool(tests) and study.first_test_is_late(course),
        objectives=objectives_of(lesson, last) if kind == "quiz" else (),
        missing=missing,
        numbers=study.numbers(course),
    )
    made = replace(made, later=_best_later(study, made))
    return replace(made, actions=tuple(_actions(study, made)))


def _best_before(
    study: Study, course: Course, lesson: Lesson, tries: list[FinishedRun], try_number: int
) -> Fraction | None:
    """The best share of the tries before the last of some; of all where not all are listed."""
    shares = [one.earned / one.possible for one in tries[:-1] if one.possible]
    if try_number > len(tries):
        standing = lesson_progress.of_lesson(study.store, study.learner, course.id, lesson.id)
        if standing is not None and standing.best_share is not None:
            shares.append(standing.best_share)
    return max(shares, default=None)


def _best_later(study: Study, of: Results) -> Fraction | None:
    """The best share of all tries, where it passes and no try up to this one did; else None."""
    if of.kind != "quiz" or of.mark is None or of.passed or of.passed_before:
        return None
    standing = lesson_progress.of_lesson(study.store, study.learner, of.course.id, of.lesson.id)
    best = standing.best_share if standing else None
    return best if best is not None and best >= of.mark else None


def _kind(run: PastRun, number: int, tests: list[FinishedRun]) -> Kind:
    if run.opened.mode == "test":
        return "before" if not tests or tests[0].number == number else "after"
    if run.opened.mode == "lesson":
        return "practice"
    return "quiz" if run.opened.mode == "quiz" else "review"


def _mark(course: Course, lesson: Lesson, kind: Kind) -> Fraction | None:
    if kind == "quiz":
        return Fraction(lesson.quiz.pass_) if lesson.quiz else pass_mark(course, lesson.id)
    if kind == "after":
        return Fraction((course.test or CourseTest()).pass_)
    return None


def _gain(run: PastRun, tests: list[FinishedRun]) -> Gain | None:
    before = tests[0]
    if not before.possible or not run.possible:
        return None
    return Gain(before.earned / before.possible, run.score)


# What to do now


def _actions(study: Study, of: Results) -> list[Action]:
    if of.kind == "before":
        return _before(study, of)
    read = _read_again(study, of)
    practice = _practice(of)
    again = _again(of)
    onward = _onward(study, of)
    passed = of.passed or of.run.earned == of.run.possible
    ordered = [onward, read, practice, again] if passed else [read, practice, again, onward]
    if of.kind == "practice":
        ordered = [again, onward, read] if not of.run.missed else [read, practice, again, onward]
    return [action for action in (*ordered, _hand_in(of)) if action is not None]


def _hand_in(of: Results) -> Action | None:
    """After a test: what a teacher waits for. A test that is but tried out is not kept."""
    if of.run.opened.mode != "test" or not of.run.ended:
        return None
    return Action(
        offer="hand-in", label="Hand in", subject="your results", about="a file for your teacher"
    )


def _before(study: Study, of: Results) -> list[Action]:
    up = study.next_up(of.course)
    outline = up.chapter.outline
    offer: tuple[Offer, str] = ("begin", "Begin" if up.why == "begin" else "Go on")
    minutes = up.chapter.minutes_left or outline.minutes
    if up.is_quiz:
        offer, minutes = ("again", "Quiz"), phrases.minutes_for(outline.questions)
    actions = []
    if up.why != "done":
        actions.append(
            Action(
                offer=offer[0],
                label=offer[1],
                subject=one_line(outline.title),
                about=f"lesson {up.chapter.number}",
                minutes=minutes,
                lesson=outline,
            )
        )
    actions.append(
        Action(
            offer="home",
            label="Later",
            subject="a second test" if of.late else "the test after",
            about="for what you learn from now on" if of.late else "when the lessons are read",
            minutes=phrases.minutes_for(len(of.run.questions)),
        )
    )
    hand_in = _hand_in(of)
    return [*actions, hand_in] if hand_in is not None else actions


def _read_again(study: Study, of: Results) -> Action | None:
    """The steps that teach what was missed: first the objective with the fewest points."""
    places = _places(study, of)
    if not places:
        return None
    first, count = places[0], len(places)
    minutes = sum(place.minutes for place in places)
    about = f"{first.about}, then {count - 1} more" if count > 1 else first.about
    return Action(
        offer="read",
        label="Read again",
        subject=first.title,
        about=about,
        minutes=minutes or None,
        places=tuple(places),
    )


def once_read(of: Results) -> Results:
    """The same once the steps were read again: what was missed can be tried now."""
    steps = [action for action in of.actions if action.offer == "read"]
    others = [action for action in of.actions if action.offer != "read"]
    first: tuple[Offer, ...] = ("again", "practice")
    if of.actions[:1] == tuple(steps):
        others.sort(key=lambda one: first.index(one.offer) if one.offer in first else len(first))
    read = [replace(one, about=f"read just now: {one.about}", minutes=None) for one in steps]
    return replace(of, actions=(*others, *read))


def _places(study: Study, of: Results) -> list[Place]:
    """The steps that teach what was missed; where none is known to, the beginning of the lesson."""
    found: dict[tuple[str, int], Place] = {}
    read = list[tuple[LessonOutline, Lesson]]()
    for missed in _missed(of.run):
        name = lesson_in(missed[0]) if of.over_course else of.lesson.id
        outline = of.course.lesson(name)
        lesson = of.lesson
        if outline is not None and of.over_course:
            lesson = readable(study, outline) or of.lesson
        if outline is None or lesson.id != name or not lesson.steps or of.missing:
            continue
        read.append((outline, lesson))
        asked = {one.id for one in missed}
        questions = [one for one in lesson.questions() if one.id in asked]
        for step in teaching_steps(lesson, list(questions)):
            found.setdefault((name, step), _place(study, of, outline, lesson, step))
    if read and not found:
        return [_place(study, of, *read[0], 0)]
    return list(found.values())


def _place(study: Study, of: Results, outline: LessonOutline, lesson: Lesson, step: int) -> Place:
    taught = lesson.steps[step]
    title = one_line(taught.title or "") if isinstance(taught, Step) else ""
    about = f"step {step + 1}"
    if of.over_course:
        about = f"lesson {study.numbers(of.course)[lesson.id]}, {about}"
    return Place(
        lesson=outline,
        step=step,
        title=title or one_line(lesson.title),
        about=about,
        minutes=ceil((lesson.minutes or 0) / len(lesson.steps)),
    )


def _missed(run: PastRun) -> list[list[AnyQuestion]]:
    """The missed questions by objective: first the one of which the largest share was missed."""
    shares: list[tuple[Fraction, list[PastQuestion]]] = []
    for asked in run.by_objective().values():
        share = sum((one.earned for one in asked), Fraction(0)) / sum(one.possible for one in asked)
        shares.append((share, [one for one in asked if one.missed]))
    groups = [missed for _, missed in sorted(shares, key=lambda one: one[0])]
    told = {one.id for missed in groups for one in missed}
    groups.append([one for one in run.missed if one.id not in told])
    there = ([one.question for one in missed if one.question is not None] for missed in groups)
    return [questions for questions in there if questions]


def _practice(of: Results) -> Action | None:
    there = [one for one in of.run.missed if one.question is not None]
    if not there or of.missing:
        return None
    count = len(there)
    one = count == 1
    return Action(
        offer="practice",
        label="Practice",
        subject="the one you missed" if one else f"the {count} you missed",
        about="the score stays as it is",
        minutes=phrases.minutes_for(count),
    )


def _again(of: Results) -> Action | None:
    if of.kind not in ("quiz", "practice") or of.lesson.quiz is None or of.missing:
        return None
    quiz, count = of.lesson.quiz, of.lesson.quiz.asked
    subject = (
        f"{phrases.plural(count, 'question')} in another order" if count > 1 else "the question"
    )
    if count < len(quiz.questions):
        subject = f"{count} of {len(quiz.questions)} questions, drawn anew"
    return Action(
        offer="again",
        label="Try again" if of.kind == "quiz" else "Quiz",
        subject=subject,
        minutes=phrases.minutes_for(count),
        lesson=of.course.lesson(of.lesson.id),
    )


def _onward(study: Study, of: Results) -> Action:
    chapters = study.chapters(of.course)
    onward = following(chapters, of.lesson.id)
    passed = of.passed or of.run.earned == of.run.possible
    up = study.next_up(of.course, chapters)
    if onward is None or up.why == "done":
        if up.why == "done" or up.chapter.outline.id == of.lesson.id:
            return _last(study, of)
        onward, passed = up.chapter.outline, False
    return Action(
        offer="next",
        label="Next lesson" if passed else "Go on",
        subject=one_line(onward.title),
        minutes=onward.minutes,
        lesson=onward,
    )


def _last(study: Study, of: Results) -> Action:
    """What follows where no lesson is left: the test after, unless this was one."""
    if of.course.test is None or of.kind == "after":
        return Action(offer="home", label="Home", subject="back to the course")
    before = study.tests(of.course)
    late = study.first_test_is_late(of.course)
    first = "the first time" if late else "before"
    return Action(
        offer="test",
        label="Test",
        subject=("once more" if late else "the one after") if before else "the whole course",
        about=f"{phrases.percent(before[0])} {first}; and now?" if before else "",
        minutes=phrases.minutes_for(study.test_length(of.course, study.test_lesson(of.course))),
    )


# What else there is to say


def subject_of(course: Course, past: FinishedRun) -> str:
    """What a finished run was over."""
    if past.mode in ("test", "review"):
        return one_line(course.title)
    outline = course.lesson(past.lesson)
    return one_line(outline.title if outline else past.lesson)


def by_lesson(of: Results) -> list[tuple[str, list[PastQuestion]]]:
    """For a test: each lesson it asked about, as the learner has them, with its questions."""
    found: dict[str, list[PastQuestion]] = {}
    titles: Mapping[str, str] = {one.id: one.title for one in of.course.lessons}
    for one in of.run.questions:
        if one.question is not None:
            found.setdefault(lesson_in(one.question), []).append(one)
    names = sorted(titles, key=lambda name: of.numbers.get(name, len(titles)))
    return [(one_line(titles[name]), found[name]) for name in names if name in found]


def right_by_lesson(of: Results) -> list[tuple[str, str]]:
    """For a test: how many of each lesson's questions were answered right, as `2 of 3`."""
    return [
        (title, f"{sum(one.outcome == 'right' for one in asked)} of {len(asked)}")
        for title, asked in by_lesson(of)
    ]


def objective_text(of: Results, name: str) -> str:
    """What an objective says, in one line."""
    with suppress(KeyError):
        return one_line(of.lesson.objectives[name])
    return one_line(name)


def what_it_is_for(of: Results) -> list[str]:
    """What a first test is for, in paragraphs, and why right answers are kept back, if they are."""
    *said, kept_back = (_FOR_LATE if of.late else _FOR_BEFORE).split("\n\n")
    return said if of.keys_shown else [*said, kept_back]


_FOR_LATE = """\
This is your first test: it shows what you know now, and there is nothing to pass. A second one \
asks about the same points later. The difference between the two is what you learned in between.

The right answers are kept back until then: to know them now would spoil the comparison."""
_FOR_BEFORE = """\
What stands in lessons that are not read yet nobody has to know, so a low number is as it should \
be. Once you have read them, a second test asks about the same points. The difference between the \
two is what you learned.

The right answers are kept back until then: to know them now would spoil the comparison."""


def answered(one: PastQuestion) -> list[tuple[str, str]]:
    """What was answered to a question that was missed, and what is right, each with its word.

    Of what was right it is said where the learner called it a guess.
    Of rows that were put to targets only those are named that were not in place.
    """
    question = one.question
    if one.changed:
        return [("since", "Something else is right by now; your answer was to that.")]
    if one.confidence == "guess" and one.outcome == "right":
        return [("you", "right, by a guess")]
    if question is None or not one.missed:
        return []
    if one.outcome is None:
        return [("you", "no answer"), ("right", phrases.right_answer(question))]
    if isinstance(question, Matching) and one.response:
        parts = grade(question, one.response).parts
        rows = {row.id: plain_item_line(row.text) for row in question.rows()}
        targets = {target.id: plain_item_line(target.text) for target in question.targets()}
        said = [("you", f"{sum(part.right for part in parts)} of {len(parts)} in place")]
        return said + [
            ("right", f"{rows.get(part.id, part.id)} → {targets.get(part.key, part.key)}")
            for part in parts
            if not part.right
        ]
    return [
        ("you", question.describe(one.response)),
        ("right", phrases.right_answer(question)),
    ]


def sure_and_wrong_words(count: int) -> str:
    """What to make of questions that one was sure of, and missed."""
    if count == 1:
        said = "You were sure of this one. It is worth most: it comes"
    else:
        these = f"these {phrases.in_words(count)}"
        said = f"You were sure of {these}. They are the ones worth most: they come"
    return f"{said} back within two days, and again in a week."
