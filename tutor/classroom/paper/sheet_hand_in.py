"""The answers on a sheet as a hand-in: just what the program writes that was answered itself."""

from fractions import Fraction
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from tutor import __version__
from tutor.classroom.hand_in.file import SUFFIX, HandedAttempt, HandIn, plain_name
from tutor.classroom.hand_in.from_records import describe
from tutor.classroom.hand_in.statements import HOME, AttemptContext, statements_of
from tutor.classroom.paper.sheet_entry import Responses
from tutor.classroom.paper.sheets_file import Printing, Sheet
from tutor.course.digest import blake2b
from tutor.quiz.attempt import Attempt, Result, opening
from tutor.quiz.events import AnyEvent, Responded


class Entered(Struct, frozen=True):
    """A sheet as it is handed in, and its score."""

    hand_in: HandIn
    result: Result


def hand_in_of(printing: Printing, sheet: Sheet, responses: Responses, at: str) -> Entered:
    """Grade the answers on a sheet, and make a hand-in of them.

    Args:
        printing: What was printed.
        sheet: The sheet.
        responses: Its answers, in the order of its questions.
        at: When they were entered (UTC).
    """
    asked = printing.asked_on(sheet)
    opened = opening(
        asked,
        mode="test",
        seed=sheet.seed,
        course=printing.course,
        lesson="",
        one_try=True,
        lessons={name: printing.questions[name].lesson for name in sheet.questions},
    )
    events: list[AnyEvent] = [opened]
    by_id = {question.id: question for question in asked}
    attempt = Attempt([opened], by_id, lambda _, event: events.append(event))
    for question, response in zip(asked, responses, strict=True):
        if response is not None:
            attempt.go(question.id)
            attempt.respond(response)
    result = attempt.finish()
    # Whoever enters the answers is the teacher, so nothing is held back from here.
    events[0] = replace(opened, release=printing.release)
    return Entered(_hand_in(printing, sheet, [(at, event) for event in events], at), result)


def _hand_in(
    printing: Printing, sheet: Sheet, history: list[tuple[str, AnyEvent]], at: str
) -> HandIn:
    asked = [printing.questions[name] for name in sheet.questions]
    described = [describe(one.question, one.lesson) for one in asked]
    addresses = {one.objective for one in described}
    context = AttemptContext(
        attempt=_attempt_id(printing, sheet),
        learner=sheet.hands_in_as,
        course=printing.course,
        title=printing.title,
        titles=printing.lessons,
        share=Fraction(printing.pass_),
        questions={one.question.id: one.question for one in asked},
        paper=sheet.code,
    )
    attempt = HandedAttempt(
        id=str(context.attempt),
        pass_=printing.pass_,
        events=history,
        statements=Raw(msgspec.json.encode(statements_of(context, history))),
    )
    return HandIn(
        course=printing.course,
        title=printing.title,
        lone=printing.lone,
        learner=sheet.hands_in_as,
        records=_records(sheet),
        at=at,
        program=__version__,
        objectives={name: said for name, said in printing.objectives.items() if name in addresses},
        questions=described,
        attempts=[attempt],
        paper=sheet.code,
    )


def _attempt_id(printing: Printing, sheet: Sheet) -> UUID:
    """The same for the same sheet, however often it is entered."""
    return uuid5(NAMESPACE_URL, f"{HOME}/paper/{printing.id}/{sheet.code}")


def _records(sheet: Sheet) -> str:
    """The same for all sheets of a learner."""
    return blake2b(f"paper/{sheet.name}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def file_name(printing: Printing, sheet: Sheet) -> str:
    """The name of the file for a sheet; the same each time, so that a correction replaces it."""
    who = plain_name(sheet.hands_in_as)
    return f"{plain_name(printing.course)}-paper_{who}_{sheet.code}{SUFFIX}"


def responses_in(printing: Printing, sheet: Sheet, hand_in: HandIn) -> Responses | None:
    """The answers of a sheet that stand in a hand-in; None where it is not of this sheet."""
    wanted = str(_attempt_id(printing, sheet))
    attempt = next((one for one in hand_in.attempts if one.id == wanted), None)
    if attempt is None:
        return None
    given = {
        event.question: event.response
        for _, event in attempt.events
        if isinstance(event, Responded)
    }
    asked = printing.asked_on(sheet)
    return tuple(
        response if (response := given.get(one.id)) is not None and one.accepts(response) else None
        for one in asked
    )
