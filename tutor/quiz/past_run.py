"""A finished run as it went, told by its events alone: its questions may have changed since."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.questions import AnyQuestion, Response
from tutor.quiz import events
from tutor.quiz.attempt import Attempt
from tutor.quiz.events import AnyEvent, Confidence, Opened, Outcome
from tutor.quiz.fingerprint import fingerprint


class PastQuestion(Struct, frozen=True, kw_only=True):
    """A question of a finished run.

    Attributes:
        number: Its place in the run, from 1.
        question: What it is by now; None where it is gone.
        changed: Whether something else is right by now than was then.
        outcome: What became of the response that counted; None where there was none.
        response: That response; None where there was none, or where it answers another question
            than the present one.
    """

    number: int
    id: str
    question: AnyQuestion | None
    changed: bool
    outcome: Outcome | None
    response: Response
    earned: Fraction
    possible: int
    hints: int = 0
    confidence: Confidence | None = None

    @property
    def missed(self) -> bool:
        """Whether it did not earn all its points."""
        return self.possible > 0 and self.earned < self.possible

    @property
    def as_it_was(self) -> bool:
        """Whether it is still there, and asks what it asked."""
        return self.question is not None and not self.changed


class PastRun(Struct, frozen=True, kw_only=True):
    """A finished run: what was asked, what was answered, and the score it ended with.

    Attributes:
        began, ended: When (UTC); empty where only the events are known.
        objectives: The objectives that it may ask about, in the order of the course.
    """

    opened: Opened
    began: str
    ended: str
    earned: Fraction
    possible: int
    questions: tuple[PastQuestion, ...]
    objectives: tuple[str, ...] = ()

    @property
    def score(self) -> Fraction:
        """The share earned, 0 to 1; 0 where nothing is scored."""
        return self.earned / self.possible if self.possible else Fraction(0)

    @property
    def missed(self) -> tuple[PastQuestion, ...]:
        """The questions that did not earn all their points."""
        return tuple(one for one in self.questions if one.missed)

    @property
    def guessed(self) -> tuple[PastQuestion, ...]:
        """The questions that were answered right, and that by a guess, as the learner said."""
        return tuple(
            one for one in self.questions if one.confidence == "guess" and one.outcome == "right"
        )

    @property
    def sure_and_wrong(self) -> tuple[PastQuestion, ...]:
        """The questions that were missed by somebody who was sure."""
        return tuple(
            one
            for one in self.questions
            if one.confidence == "sure" and one.outcome in ("wrong", "partly")
        )

    def by_objective(self) -> dict[str, list[PastQuestion]]:
        """The scored questions of each objective, in the order asked.

        The objectives come as in the course; in the order asked where that is not known.
        """
        found: dict[str, list[PastQuestion]] = {}
        for one in self.questions:
            objective = one.question.objective if one.question else None
            if objective is not None and one.possible:
                found.setdefault(objective, []).append(one)
        known = [name for name in self.objectives if name in found]
        return {name: found[name] for name in dict.fromkeys([*known, *found])}


def run_in_hand(attempt: Attempt) -> PastRun:
    """A finished run of which no events are kept, as in a preview."""
    result = attempt.result()
    return PastRun(
        opened=attempt.opened,
        began="",
        ended="",
        earned=result.earned,
        possible=result.possible,
        questions=tuple(
            PastQuestion(
                number=number,
                id=one.question.id,
                question=one.question,
                changed=one.changed,
                outcome=one.outcome,
                response=one.last.response if one.last else None,
                earned=one.earned,
                possible=one.possible,
                hints=one.hints,
                confidence=one.last.confidence if one.last else None,
            )
            for number, one in enumerate(attempt.progress, 1)
        ),
    )


class _Account:
    """What happened at one question so far."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.last: events.Responded | None = None
        self.first: events.Responded | None = None
        self.counted = False
        self.hints = 0
        self.revealed = False

    def respond(self, event: events.Responded) -> None:
        """Take a response; one to another question than the one before begins anew."""
        if self.first is None or self.first.fingerprint != event.fingerprint:
            self.first, self.counted = event, False
        self.asked, self.last = event.fingerprint, event

    def count(self, event: events.Counted) -> None:
        """Count the first response as right; or no longer."""
        if event.response == 1 and event.fingerprint == self.asked:
            self.counted = event.right

    @property
    def judged(self) -> events.Responded | None:
        """The first response, as a review judges it."""
        if self.first is None or not self.counted:
            return self.first
        return replace(self.first, outcome="right", earned=str(self.first.possible))


def past_run(
    history: Sequence[tuple[str, AnyEvent]], questions: Mapping[str, AnyQuestion]
) -> PastRun:
    """Tell a finished run by its events.

    Args:
        history: The events, each with its moment (UTC).
        questions: The questions as they stand now, by id.

    Raises:
        ValueError: The events do not begin with an opening.
    """
    opened = history[0][1]
    if not isinstance(opened, Opened):
        raise ValueError("a run begins with its opening")
    accounts = {one.question: _Account(one.fingerprint) for one in opened.questions}
    earned, possible = Fraction(0), 0
    for _, event in history:
        _heed(accounts, event)
        if isinstance(event, events.Finished):
            earned, possible = Fraction(event.earned), event.possible
    if opened.mode == "review":
        # What was put off is left out, and what is asked again until it is right counts once.
        accounts = {name: one for name, one in accounts.items() if one.first is not None}
        for account in accounts.values():
            account.last = account.judged
    told = tuple(
        _question(number, name, account, questions.get(name))
        for number, (name, account) in enumerate(accounts.items(), 1)
    )
    if opened.mode == "review":
        right = (one.earned for one in told if one.outcome == "right")
        earned, possible = sum(right, Fraction(0)), sum(one.possible for one in told)
    return PastRun(
        opened=opened,
        began=history[0][0],
        ended=history[-1][0],
        earned=earned,
        possible=possible,
        questions=told,
    )


def _heed(accounts: dict[str, _Account], event: AnyEvent) -> None:
    match event:
        case events.Added():
            for one in event.questions:
                accounts[one.question] = _Account(one.fingerprint)
        case events.Responded() if event.question in accounts and event.outcome != "slip":
            accounts[event.question].respond(event)
        case events.Counted() if event.question in accounts:
            accounts[event.question].count(event)
        case events.Hinted() if event.question in accounts:
            accounts[event.question].hints += 1
        case events.Revealed() if event.question in accounts:
            accounts[event.question].revealed = True


def _question(
    number: int, name: str, account: _Account, question: AnyQuestion | None
) -> PastQuestion:
    last = account.last
    changed = question is not None and fingerprint(question) != account.asked
    judged = question is not None and question.scored
    points = question.points if question is not None and judged else 1
    scored = (last.possible if last is not None else points) if judged or question is None else 0
    return PastQuestion(
        number=number,
        id=name,
        question=question,
        changed=changed,
        outcome=last.outcome if last else None,
        response=last.response if last and question is not None and not changed else None,
        earned=Fraction(last.earned) if last and not account.revealed else Fraction(0),
        possible=scored,
        hints=account.hints,
        confidence=last.confidence if last else None,
    )
