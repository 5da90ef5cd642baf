"""One run through a set of questions by one learner: the state machine behind every front.

An attempt changes only by events. Each public action works out the event that should happen, has
it kept (`append`, given when the attempt is opened), and only then lets it change the state. If the
program dies in between, nothing was promised; afterwards, nothing is lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from tutor.course.model.course import Release
from tutor.course.model.questions import AnyQuestion, Arrangement, Question, Response
from tutor.course.text import one_line
from tutor.errors import TimeIsUp
from tutor.quiz import events
from tutor.quiz.deadline import Deadline
from tutor.quiz.draft import LONGEST_THOUGHT, Draft, as_given, fitting, is_blank
from tutor.quiz.events import AnyEvent, Confidence, Mode, Outcome
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import RIGHT, Grade, grade

Append: TypeAlias = Callable[[int, AnyEvent], None]
"""Keeps an event under its sequence number; returns only once it is safe."""

KeepDraft: TypeAlias = Callable[[str, int, Draft | None, bool], bool]
"""Keeps what is begun in answer to a question, or lets go of it; told how many events are known,
and whether to wait for another program that writes. Returns False where it could not."""

KeepLeft: TypeAlias = Callable[[float], None]
"""Keeps how many seconds a timed attempt still lasts, where that can be done at once."""

HINT_COST = Fraction(1, 3)
MISSES_BEFORE_REVEAL = 3
COVERED_TYPES = ("choice", "multiple")
"""Questions whose options can be thought of before they are seen; `true_false` has none to hide."""


ONE_LESSON: Mapping[str, str] = {}


class Verdict(Struct, frozen=True, kw_only=True):
    """What became of a response.

    Attributes:
        outcome: `right`, `partly`, `wrong`, `kept` (not judged) or `slip` (try again, free).
        earned: Points, after hints; of `possible`.
        settled: True if the question takes no further response.
        scored: False for practice, in which points mean nothing.
        reveal_offered: True once the learner may ask for the answer.
    """

    response: Response
    outcome: Outcome
    earned: Fraction
    possible: int
    grade: Grade
    settled: bool
    scored: bool = True
    reveal_offered: bool = False


class Progress:
    """Where one question of an attempt stands.

    Args:
        first_counts: Whether the first response earns the points, as in a review, in which a
            question that was missed is asked again until it is right.
    """

    def __init__(self, question: AnyQuestion, *, first_counts: bool = False) -> None:
        self.question = question
        self._first_counts = first_counts
        self.responses: list[events.Responded] = []
        self.hints = 0
        self.revealed = False
        self.skipped = False
        self.changed = False
        self.again = False
        self.counted = 0
        self.wrote: str | None = None

    @property
    def tries(self) -> int:
        """How many responses counted (slips do not)."""
        return sum(response.outcome != "slip" for response in self.responses)

    @property
    def last(self) -> events.Responded | None:
        """The last response."""
        return self.responses[-1] if self.responses else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the last response, or None; right where it was counted as right."""
        if self.last is not None and self.counted == self.tries > 0:
            return "right"
        return self.last.outcome if self.last else None

    @property
    def remembered(self) -> bool:
        """Whether the first response was right."""
        return self.first is not None and (self.first.outcome == "right" or self.counted == 1)

    @property
    def first(self) -> events.Responded | None:
        """The first response that used a try."""
        return next((one for one in self.responses if one.outcome != "slip"), None)

    @property
    def put_off(self) -> bool:
        """Whether it was put off before it was answered."""
        return self.skipped and self.first is None

    @property
    def earned(self) -> Fraction:
        """Points of the response that counts; 0 where the answer was shown."""
        if self.last is None or self.revealed:
            return Fraction(0)
        if self._first_counts:
            return Fraction(self.possible if self.remembered else 0)
        return Fraction(self.last.earned)

    @property
    def possible(self) -> int:
        """Points the question is worth; 0 for one that is not judged."""
        if not self.question.scored or (self._first_counts and self.first is None):
            return 0  # what was put off in a review is neither remembered nor missed
        return self.last.possible if self.last else self.question.points

    @property
    def missed(self) -> bool:
        """Whether the question is one to practice again."""
        return self.possible > 0 and self.earned < self.possible


class ObjectiveScore(Struct, frozen=True):
    """What the questions of one objective earned of their points, and how many there were."""

    earned: Fraction
    possible: int
    questions: int


class Result(Struct, frozen=True, kw_only=True):
    """The score of an attempt: earned of possible points, exact."""

    earned: Fraction
    possible: int
    questions: tuple[Progress, ...]

    @property
    def score(self) -> Fraction:
        """The share earned, 0 to 1; 0 where nothing is scored."""
        return self.earned / self.possible if self.possible else Fraction(0)

    @property
    def missed(self) -> tuple[Progress, ...]:
        """The questions that did not earn all their points."""
        return tuple(progress for progress in self.questions if progress.missed)

    def by_objective(self) -> dict[str, ObjectiveScore]:
        """The score of each objective, in the order asked."""
        totals: dict[str, ObjectiveScore] = {}
        for progress in self.questions:
            name = progress.question.objective
            if name is not None and progress.possible:
                before = totals.get(name, ObjectiveScore(Fraction(0), 0, 0))
                totals[name] = ObjectiveScore(
                    before.earned + progress.earned,
                    before.possible + progress.possible,
                    before.questions + 1,
                )
        return totals


def opening(
    questions: Iterable[AnyQuestion],
    *,
    mode: Mode,
    seed: int,
    course: str,
    lesson: str,
    one_try: bool = False,
    retry: bool = False,
    helps: bool = True,
    minutes: int | None = None,
    cover: bool = False,
    until: datetime | None = None,
    release: Release = "end",
    lessons: Mapping[str, str] = ONE_LESSON,
) -> events.Opened:
    """The event that opens an attempt over these questions, in this order.

    Args:
        mode: Decides the tries: one in a quiz, as many as needed in a lesson; a review asks what
            was missed again.
        seed: Decides the order of options.
        one_try: True where every response is final, slips included (as in a pipe).
        retry: True where missed questions are practiced again.
        helps: Whether hints and the answer to a question missed three times may be shown.
        minutes: How long a test lasts; None for as long as it takes.
        cover: Whether options stay covered until the learner has thought of an answer.
        until: In a review, when the time ends by which everything is to come back.
        release: When the learner is told how a test went.
        lessons: The lesson of each question, by its id, where they come from several.
    """
    return events.Opened(
        mode=mode,
        seed=seed,
        course=course,
        lesson=lesson,
        questions=_as_asked(questions, lessons),
        tries=1 if mode == "quiz" or (one_try and mode != "review") else None,
        forgiving=not one_try,
        retry=retry,
        helps=helps,
        minutes=minutes,
        cover=cover,
        until=until,
        release=release,
    )


def _as_asked(
    questions: Iterable[AnyQuestion], lessons: Mapping[str, str] = ONE_LESSON
) -> tuple[events.Asked, ...]:
    return tuple(
        events.Asked(
            question=question.id,
            fingerprint=fingerprint(question),
            lesson=lessons.get(question.id, ""),
        )
        for question in questions
    )


class Attempt:
    """One run through a set of questions.

    Args:
        history: The events so far; the first is the opening.
        questions: The course's questions as they stand now, by id.
        append: Keeps an event; called before the event changes anything.
        record_id: The number under which whoever keeps the attempt finds it again.
        deadline: When it ends by itself; None for never.
        drafts: What was begun in answer to its questions and not given, by question.
        keep_draft: Keeps such a draft; without it drafts last as long as the attempt in hand.
        keep_left: Keeps how much time is left; without it only events tell that it passes.

    A question whose fingerprint is no longer the one that was asked counts as not answered
    (`Progress.changed`); one that no longer exists is left out.
    """

    def __init__(
        self,
        history: Sequence[AnyEvent],
        questions: Mapping[str, AnyQuestion],
        append: Append,
        record_id: int = 0,
        deadline: Deadline | None = None,
        drafts: Mapping[str, Draft] | None = None,
        keep_draft: KeepDraft | None = None,
        keep_left: KeepLeft | None = None,
    ) -> None:
        opened = history[0]
        if not isinstance(opened, events.Opened):
            raise ValueError("an attempt begins with its opening")
        self.opened = opened
        self.record_id = record_id
        self._append = append
        self._questions = questions
        self._deadline = deadline
        self._drafts: dict[str, Draft] = {}
        self._keep_draft = keep_draft
        self._keep_left = keep_left
        self._sequence = 0
        self._progress: dict[str, Progress] = {}
        self._fingerprints: dict[str, str] = {}
        self._asked_as: dict[str, str] = {}
        self._grades: dict[str, tuple[events.Responded, Grade]] = {}  # what was looked at last
        self._current = ""
        self.finished = False
        self.held = False
        for event in history:
            self._apply(event)
        for name, draft in (drafts or {}).items():
            fits = fitting(draft, self._questions[name]) if name in self._progress else None
            if fits is not None:
                self._drafts[name] = fits

    # What the fronts look at

    @property
    def mode(self) -> Mode:
        """What kind of run this is."""
        return self.opened.mode

    @property
    def progress(self) -> tuple[Progress, ...]:
        """Every question with where it stands, in the order asked."""
        return tuple(self._progress.values())

    @property
    def current(self) -> Progress:
        """The question the learner is at.

        Raises:
            LookupError: None of the questions exists any more.
        """
        if not self._current:
            raise LookupError("no question is left in this attempt")
        return self._progress[self._current]

    @property
    def number(self) -> int:
        """The number of the current question, from 1."""
        return list(self._progress).index(self._current) + 1

    @property
    def feedback_held(self) -> bool:
        """Whether verdicts wait until the attempt is finished, or a teacher gives it back."""
        return self.held or (self.mode == "test" and not self.finished)

    @property
    def seconds_left(self) -> float | None:
        """How long the attempt still lasts; 0 once its time is up, None where it is not timed."""
        return None if self._deadline is None else self._deadline.seconds_left()

    @property
    def time_is_up(self) -> bool:
        """Whether the time is up: all that can be done then is to finish."""
        return not self.finished and self.seconds_left == 0

    def mark_time(self) -> None:
        """Keep how much time is left, so that it is known after a crash whatever the clock says."""
        left = self.seconds_left
        if left is not None and not self.finished and self._keep_left is not None:
            self._keep_left(left)

    def progress_of(self, question_id: str) -> Progress:
        """Where one question stands."""
        return self._progress[question_id]

    def arranged(self, question: Question) -> Arrangement:
        """The question's rows and targets in the order of this attempt."""
        return question.arranged(self.opened.seed)

    def settled(self, progress: Progress) -> bool:
        """Whether a question takes no further response."""
        if self.finished:
            return True
        if self.mode == "test" or progress.outcome == "slip":
            return False
        if self.mode == "lesson" and progress.again:
            return False
        if progress.revealed or progress.outcome in ("right", "kept"):
            return True
        if self.repeats:
            return bool(progress.responses) and not progress.again
        return self.opened.tries is not None and progress.tries >= self.opened.tries

    @property
    def repeats(self) -> bool:
        """Whether a question that was missed is asked again, at the end, until it is right."""
        return self.mode == "review" and self.opened.tries is None

    @property
    def asks_how_sure(self) -> bool:
        """Whether how sure the learner is says anything here: where the first response counts."""
        return self.mode in ("quiz", "review") and not self.current.again

    def covered(self, progress: Progress) -> bool:
        """Whether the options wait until the learner has thought of an answer."""
        return (
            self.opened.cover
            and progress.question.type in COVERED_TYPES
            and progress.wrote is None
            and not self.settled(progress)
        )

    def open_questions(self) -> tuple[Progress, ...]:
        """The questions that still want a response, in the order asked."""
        return tuple(filter(self.waits, self.progress))

    def open_numbers(self) -> list[int]:
        """Their numbers, from 1."""
        return [number for number, one in enumerate(self.progress, 1) if self.waits(one)]

    def waits(self, progress: Progress) -> bool:
        """Whether a question still wants a response."""
        if self.mode == "test" and progress.responses:
            return False
        if not self.repeats or self.finished:
            return not self.settled(progress)
        # What is put off in a review stays due, for the next one.
        return not progress.skipped and progress.outcome not in ("right", "kept")

    def verdict(self, progress: Progress) -> Verdict | None:
        """The verdict on a question's last response; None before there is one, or while held."""
        judged = self.judged_responses(progress)
        if not judged or self.feedback_held or progress.again:
            return None
        last = judged[-1]
        outcome = progress.outcome if last is progress.last else None
        if self._looks_back_at_review and progress.remembered:
            outcome = "right"
        return Verdict(
            response=last.response,
            outcome=outcome or last.outcome,
            earned=Fraction(last.earned),
            possible=last.possible,
            grade=self._grade(progress, last),
            settled=self.settled(progress),
            scored=self.mode not in ("lesson", "review"),
            reveal_offered=self.reveal_offered(progress),
        )

    def grade_now(self, progress: Progress) -> Grade:
        """How the last response to a question compares with its key; with none, what is missing."""
        last = progress.last
        return self._grade(progress, last) if last else grade(progress.question, None)

    def _grade(self, progress: Progress, given: events.Responded) -> Grade:
        """The grade of a response; of one that was just given it is known."""
        name = progress.question.id
        found = self._grades.get(name)
        if found is None or found[0] is not given:
            found = self._grades[name] = (given, grade(progress.question, given.response))
        return found[1]

    def judged_responses(self, progress: Progress) -> Sequence[events.Responded]:
        """The responses up to the one that is judged: of a review that is done, the first."""
        if self._looks_back_at_review and progress.first is not None:
            return progress.responses[: progress.responses.index(progress.first) + 1]
        return progress.responses

    @property
    def _looks_back_at_review(self) -> bool:
        return self.mode == "review" and self.finished

    def draft(self, progress: Progress) -> Draft | None:
        """What was begun in answer to a question and not given; it counts for nothing."""
        return None if self.settled(progress) else self._drafts.get(progress.question.id)

    @property
    def has_drafts(self) -> bool:
        """Whether an answer to any of the questions was begun and not given."""
        return any(self.draft(progress) is not None for progress in self.progress)

    def reveal_offered(self, progress: Progress) -> bool:
        """Whether the answer may be asked for: after three misses in a lesson."""
        return (
            self.mode == "lesson"
            and self.opened.helps
            and not self.settled(progress)
            and progress.tries >= MISSES_BEFORE_REVEAL
        )

    def hints_left(self, progress: Progress) -> int:
        """How many hints can still be shown."""
        if self.settled(progress) or self.mode == "test" or not self.opened.helps:
            return 0
        # An author may have taken hints away that were shown before.
        return max(0, len(progress.question.hints) - progress.hints)

    def hint_cost(self, progress: Progress) -> Fraction:
        """The points that one more hint takes: a third of the question's in a quiz, else none."""
        return HINT_COST * progress.question.points if self.mode == "quiz" else Fraction(0)

    def result(self) -> Result:
        """The score as it stands."""
        return Result(
            earned=sum((progress.earned for progress in self.progress), Fraction(0)),
            possible=sum(progress.possible for progress in self.progress),
            questions=self.progress,
        )

    # What the learner does; ValueError where that cannot be done now

    def respond(self, response: Response, confidence: Confidence | None = None) -> Verdict | None:
        """Give a response to the current question: the only way to a verdict.

        Args:
            response: In the shape of the question's type; None for one that could not be read.
            confidence: How sure the learner is; never changes the score.

        Returns:
            The verdict, once the response is kept; None in a test, where it is held back.

        Raises:
            TimeIsUp: The time of a timed test is up; the response was not kept.
            ValueError: The response has the wrong shape, or the question takes none.
        """
        progress = self.current
        if self.settled(progress):
            raise ValueError("this question takes no further response")
        question = progress.question
        graded = grade(question, response)
        slip = graded.slip and self.opened.forgiving and self.mode != "test"
        share = max(Fraction(0), 1 - self._hint_share(progress))
        possible = question.points if graded.judged else 0
        given = events.Responded(
            question=question.id,
            fingerprint=self._fingerprints[question.id],
            response=response,
            outcome="slip" if slip else _outcome(graded),
            earned=str(graded.score * share * possible),
            possible=possible,
            confidence=confidence,
        )
        self._keep(given)
        self._grades[question.id] = given, graded
        return self.verdict(progress)

    def keep_draft(self, question_id: str, draft: Draft | None, *, wait: bool = False) -> bool:
        """Keep what is begun in answer to a question: it is no response, and not even an event.

        Args:
            draft: What is begun; None for nothing.
            wait: Whether to wait a moment where another program keeps the records busy.

        Returns:
            False where it could not be kept; it may be tried again.
        """
        progress = self._progress[question_id]
        if self.settled(progress) or self.time_is_up:
            return True
        fits = fitting(draft, progress.question) if draft is not None else None
        if fits is not None and self._says_nothing_new(progress, fits):
            fits = None
        if fits == self._drafts.get(question_id):
            return True
        if self._keep_draft is not None and not self._keep_draft(
            question_id, self._sequence, fits, wait
        ):
            return False
        if fits is None:
            del self._drafts[question_id]
        else:
            self._drafts[question_id] = fits
        return True

    def _says_nothing_new(self, progress: Progress, draft: Draft) -> bool:
        if draft.thought:
            return False
        if progress.last is None or progress.last.response is None:
            return is_blank(draft.response) and not draft.written
        return bool(as_given(draft.response) == as_given(progress.last.response))

    def hint(self) -> str | None:
        """Show the next hint of the current question; None where there is none left."""
        progress = self.current
        if self.hints_left(progress) == 0:
            return None
        name = progress.question.id
        self._keep(events.Hinted(question=name, fingerprint=self._fingerprints[name]))
        return progress.question.hints[progress.hints - 1]

    def reveal(self) -> None:
        """Show the answer of the current question instead of finding it; it then earns nothing."""
        if not self.reveal_offered(self.current):
            raise ValueError("the answer is not offered yet")
        name = self._current
        self._keep(events.Revealed(question=name, fingerprint=self._fingerprints[name]))

    def uncover(self, wrote: str = "") -> None:
        """Show the options of the current question.

        Args:
            wrote: What the learner wrote before; it is kept and shown, and never scored.
        """
        if self.covered(self.current):
            wrote = one_line(wrote)[:LONGEST_THOUGHT].strip()
            self._keep(events.Uncovered(question=self._current, wrote=wrote))

    def can_count(self, progress: Progress) -> bool:
        """Whether a response that missed may be counted as right."""
        return (
            self.mode == "review"
            and not self.finished
            and self.settled(progress)
            and progress.outcome in ("partly", "wrong")
        )

    def can_take_back(self, progress: Progress) -> bool:
        """Whether a response that missed was counted as right, and may count as missed again."""
        return (
            self.mode == "review" and not self.finished and progress.counted == progress.tries > 0
        )

    def count_as_right(self) -> None:
        """Count the last response to the current question as right: the learner knew it."""
        if not self.can_count(self.current):
            raise ValueError("no response that missed can be counted here")
        self._count(right=True)

    def take_back(self) -> None:
        """Count a response as missed again that was counted as right."""
        if not self.can_take_back(self.current):
            raise ValueError("no response was counted as right here")
        self._count(right=False)

    def _count(self, *, right: bool) -> None:
        name = self._current
        self._keep(
            events.Counted(
                question=name,
                fingerprint=self._fingerprints[name],
                response=self.current.tries,
                right=right,
            )
        )

    def can_repeat(self, progress: Progress) -> bool:
        """Whether a question may be tried again after it is settled: in practice, where it costs
        nothing."""
        return self.mode == "lesson" and not self.finished and self.settled(progress)

    def repeat(self) -> None:
        """Try the current question again, as if it had not been answered."""
        if not self.can_repeat(self.current):
            raise ValueError("only a question of practice that is settled can be tried again")
        self._keep(events.Repeated(question=self._current))

    def skip(self, until: datetime | None = None) -> None:
        """Leave the current question for later and go to the next that wants a response.

        Args:
            until: In a review, when the day ends on which it is not to come again; None elsewhere.
        """
        if not self.settled(self.current):
            self._keep(events.Skipped(question=self._current, until=until))
        self.advance()

    def go(self, question_id: str) -> None:
        """Go to a question of the attempt."""
        if question_id not in self._progress:
            raise KeyError(question_id)
        if question_id != self._current and not self.finished:
            self._keep(events.Moved(question=question_id))
        self._current = question_id

    def advance(self) -> bool:
        """Go to the next question that wants a response: further on first, then the skipped.

        Returns:
            False where there is none, and the attempt can be finished.
        """
        names = list(self._progress)
        here = names.index(self._current)
        for name in names[here + 1 :] + names[: here + 1]:
            if self.waits(self._progress[name]):
                if self.settled(self._progress[name]):
                    self._keep(events.Repeated(question=name))
                else:
                    self.go(name)
                return True
        return False

    def add(self, questions: Iterable[AnyQuestion]) -> None:
        """Take on questions that the lesson did not have when the attempt began.

        Args:
            questions: Ones that are not asked yet.
        """
        self._keep(events.Added(questions=_as_asked(questions)))

    def finish(self) -> Result:
        """End the attempt; what was not answered earns nothing.

        A test that a teacher gives back is over then, but its score is held until it is given back.
        """
        result = self.result()
        if not self.finished:
            ending = events.Ended if self.opened.release == "teacher" else events.Finished
            self._keep(ending(earned=str(result.earned), possible=result.possible))
        return result

    # How events change it

    def _hint_share(self, progress: Progress) -> Fraction:
        return HINT_COST * progress.hints if self.mode == "quiz" else Fraction(0)

    def _keep(self, event: AnyEvent) -> None:
        if self.finished:
            raise ValueError("the attempt is finished")
        if self.time_is_up and not isinstance(event, events.Ended | events.Finished):
            raise TimeIsUp("Time is up.", "What you had answered counts.")
        self._append(self._sequence, event)
        self._apply(event)

    def _apply(self, event: AnyEvent) -> None:
        self._sequence += 1
        match event:
            case events.Opened() | events.Added():
                self._ask(event.questions)
            case events.Ended() | events.Finished():
                self.finished = True
                self.held = isinstance(event, events.Ended)
                self._drafts.clear()
            case _ if event.question in self._progress:
                self._current = event.question
                self._apply_to(self._progress[event.question], event)

    def _ask(self, asked: Iterable[events.Asked]) -> None:
        for one in asked:
            question = self._questions.get(one.question)
            if question is not None:
                progress = Progress(question, first_counts=self.mode == "review")
                self._fingerprints[question.id] = fingerprint(question)
                self._asked_as[question.id] = one.fingerprint
                progress.changed = self._fingerprints[question.id] != one.fingerprint
                self._progress[question.id] = progress
        if not self._current and self._progress:
            self._current = next(iter(self._progress))

    def _apply_to(self, progress: Progress, event: events.OfQuestion) -> None:
        name = event.question
        if isinstance(event, events.ENDS_DRAFT):
            self._drafts.pop(name, None)
        match event:
            case events.Responded():
                self._asked_as[name] = event.fingerprint
                if event.fingerprint == self._fingerprints[name] and _fits(progress, event):
                    progress.responses.append(event)
                    progress.skipped = progress.changed = progress.again = False
                else:
                    progress.changed = not progress.responses
            case events.Hinted() if self._means_the_same(event):
                progress.hints += 1
            case events.Revealed() if self._means_the_same(event):
                progress.revealed = True
            case events.Revealed():
                progress.changed = not progress.responses
            case events.Skipped():
                progress.skipped = True
            case events.Uncovered() | events.Repeated() | events.Counted():
                self._apply_in_review(progress, event)

    def _apply_in_review(
        self, progress: Progress, event: events.Uncovered | events.Repeated | events.Counted
    ) -> None:
        match event:
            case events.Uncovered():
                progress.wrote = event.wrote
            case events.Repeated():
                progress.again, progress.revealed, progress.wrote = True, False, None
            case events.Counted() if event.fingerprint == self._fingerprints[event.question]:
                progress.counted = event.response if event.right else 0

    def _means_the_same(self, event: events.Hinted | events.Revealed) -> bool:
        """Whether what was shown belongs to the question as it stands now.

        Records of earlier versions do not say: then it is the question last asked or answered.
        """
        name = event.question
        shown = event.fingerprint or self._asked_as[name]
        return shown == self._fingerprints[name]


def _fits(progress: Progress, event: events.Responded) -> bool:
    """Whether a response can be graded; in damaged records one may be of any shape."""
    return event.response is None or progress.question.accepts(event.response)


def _outcome(graded: Grade) -> Outcome:
    if not graded.judged:
        return "kept"
    if graded.score == RIGHT:
        return "right"
    return "partly" if graded.score > 0 else "wrong"
