"""One attempt as xAPI statements, which any Learning Record Store takes.

A statement's id is made of the attempt and its place in it, so that sending it twice changes
nothing. Terms: https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md; the forms of responses
are those of its appendix C (SCORM's).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import UUID, uuid5

from msgspec import Struct

from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import (
    AnyQuestion,
    Gaps,
    Item,
    Multiple,
    Number,
    Question,
    Response,
    Text,
    TrueFalse,
)
from tutor.quiz.events import AnyEvent, Finished, Opened, Responded
from tutor.quiz.fingerprint import fingerprint

HOME = "https://tutor.example"
"""Where names and activities belong; a name for them, not a place to visit."""

VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
_EXTENSIONS = f"{HOME}/xapi/"
_LANGUAGE = "und"

Statement: TypeAlias = dict[str, Any]


class AttemptContext(Struct, frozen=True, kw_only=True):
    """What its statements say of an attempt beside what happened in it.

    Attributes:
        attempt: Its id.
        learner: The name under which it is handed in.
        titles: The titles of the course's lessons, by their ids.
        share: The share that passes; None where nothing is to be passed.
        questions: The questions by their ids.
        paper: The code of the sheet from which it was entered; empty where it was not on paper.
    """

    attempt: UUID
    learner: str
    course: str
    title: str
    titles: Mapping[str, str]
    share: Fraction | None
    questions: Mapping[str, AnyQuestion]
    paper: str = ""


def statements_of(
    context: AttemptContext, events: Sequence[tuple[str, AnyEvent]]
) -> list[Statement]:
    """The statements of an attempt: that it was begun, each response, its end, passed or not."""
    opened = events[0][1]
    assert isinstance(opened, Opened)
    of_question = {one.question: one.lesson or opened.lesson for one in opened.questions}
    said = []
    for sequence, (at, event) in enumerate(events):
        match event:
            case Opened():
                said.append(_of_run(context, opened, str(sequence), at, "attempted"))
            case Responded() if event.outcome != "slip":
                lesson = of_question.get(event.question, opened.lesson)
                said.append(_of_response(context, opened, lesson, sequence, at, event))
            case Finished():
                said += _of_end(context, opened, sequence, at, event)
    return said


def _of_end(
    context: AttemptContext, opened: Opened, sequence: int, at: str, event: Finished
) -> Iterator[Statement]:
    earned = Fraction(event.earned)
    result: dict[str, Any] = {"completion": True}
    if event.possible:
        result |= {"score": _score(earned, event.possible)}
    yield _of_run(context, opened, str(sequence), at, "completed") | {"result": result}
    if context.share is not None and event.possible:
        passed = earned / event.possible >= context.share
        verb = "passed" if passed else "failed"
        yield _of_run(context, opened, f"{sequence}/mark", at, verb) | {
            "result": {"success": passed, "completion": True, "score": result["score"]}
        }


def _of_run(context: AttemptContext, opened: Opened, place: str, at: str, verb: str) -> Statement:
    return _statement(context, opened, place, at, verb) | {"object": _run(context, opened)}


def _statement(
    context: AttemptContext, opened: Opened, place: str, at: str, verb: str
) -> Statement:
    course = {
        "id": _course(context),
        "definition": {"type": f"{_TYPES}course", "name": {_LANGUAGE: context.title}},
    }
    extensions: dict[str, Any] = {
        f"{_EXTENSIONS}seed": opened.seed,
        f"{_EXTENSIONS}mode": opened.mode,
    }
    if context.paper:
        extensions[f"{_EXTENSIONS}paper"] = context.paper
    return {
        "id": str(uuid5(context.attempt, place)),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": HOME, "name": context.learner},
        },
        "verb": {"id": f"{VERBS}{verb}", "display": {"en": verb}},
        "context": {
            "registration": str(context.attempt),
            "platform": "tutor",
            "contextActivities": {"grouping": [course]},
            "extensions": extensions,
        },
        "timestamp": moment(at),
    }


def moment(at: str) -> str:
    """A moment of the records as statements have it."""
    return at.replace("+00:00", "Z")


def _course(context: AttemptContext) -> str:
    return f"{HOME}/course/{quote(context.course, safe='')}"


def _run(context: AttemptContext, opened: Opened) -> dict[str, Any]:
    """The test over a course, or the quiz of a lesson."""
    where = quote(opened.lesson, safe="")
    place = f"{_course(context)}/test" if opened.mode == "test" else f"{_course(context)}/{where}"
    title = context.titles.get(opened.lesson, context.title)
    return {
        "objectType": "Activity",
        "id": place,
        "definition": {"type": f"{_TYPES}assessment", "name": {_LANGUAGE: title}},
    }


def _lesson(context: AttemptContext, lesson: str) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{_course(context)}/{quote(lesson, safe='')}",
        "definition": {
            "type": f"{_TYPES}lesson",
            "name": {_LANGUAGE: context.titles.get(lesson, lesson) or context.title},
        },
    }


def _of_response(
    context: AttemptContext, opened: Opened, lesson: str, sequence: int, at: str, event: Responded
) -> Statement:
    question = context.questions.get(event.question)
    if question is not None and fingerprint(question) != event.fingerprint:
        question = None  # what it asks by now is not what was answered
    made = _statement(context, opened, str(sequence), at, "answered")
    made["context"]["contextActivities"]["parent"] = [_run(context, opened)]
    if lesson != opened.lesson:
        made["context"]["contextActivities"]["other"] = [_lesson(context, lesson)]
    extensions: dict[str, Any] = {f"{_EXTENSIONS}fingerprint": event.fingerprint}
    if event.confidence is not None:
        extensions[f"{_EXTENSIONS}confidence"] = event.confidence
    result: dict[str, Any] = {"completion": True, "extensions": extensions}
    if event.possible:
        result["score"] = _score(Fraction(event.earned), event.possible)
        result["success"] = event.outcome == "right"
    said = None if question is None else encoded(question, event.response)
    if said is not None:
        result["response"] = said
    place = f"{_course(context)}/{quote(lesson, safe='')}#{quote(event.question, safe='')}"
    return made | {
        "object": {
            "objectType": "Activity",
            "id": place,
            "definition": definition(question, event.question),
        },
        "result": result,
    }


def _score(earned: Fraction, possible: int) -> dict[str, float | int]:
    """A score; never outside what a store may refuse."""
    share = min(Fraction(1), max(Fraction(0), earned / possible))
    return {"scaled": float(share), "raw": float(share * possible), "min": 0, "max": possible}


def definition(question: AnyQuestion | None, name: str) -> dict[str, Any]:
    """A question as an activity.

    Args:
        question: The question; None where it is not known as it was.
        name: Its id.
    """
    made: dict[str, Any] = {"type": f"{_TYPES}cmi.interaction", "name": {_LANGUAGE: name}}
    if question is None:
        return made | {"interactionType": "other"}
    made["description"] = {_LANGUAGE: plain_line(question.stem)}
    made["interactionType"] = _interaction(question)
    pattern = [encoded(question, one) for one in question.accepted_responses()]
    if question.scored:
        made["correctResponsesPattern"] = _patterns(question, [one for one in pattern if one])
    match question.interaction:
        case "options" if not isinstance(question, TrueFalse):
            made["choices"] = _components(question.rows())
        case "ordering":
            made["choices"] = _components(question.rows())
        case "matching":
            made["source"] = _components(question.rows())
            made["target"] = _components(question.targets())
    return made


def _components(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [
        {"id": item.id, "description": {_LANGUAGE: plain_item_line(item.text)}} for item in items
    ]


def _interaction(question: Question) -> str:
    match question.interaction:
        case "options":
            return "true-false" if isinstance(question, TrueFalse) else "choice"
        case "entry":
            return "numeric" if isinstance(question, Number) else "fill-in"
        case "ordering":
            return "sequencing"
        case "matching":
            return "matching"
        case "gaps":
            return "fill-in"
        case "essay":
            return "long-fill-in"


def _patterns(question: Question, accepted: list[str]) -> list[str]:
    if isinstance(question, Number):
        rights = (question.answer, *question.others())
        around = [(right, question.deviation(right)) for right in rights]
        return [f"{one - off:f}[:]{one + off:f}" if off else f"{one:f}" for one, off in around]
    if isinstance(question, Text | Gaps):
        case = "true" if question.exact else "false"
        return [f"{{case_matters={case}}}{one}" for one in dict.fromkeys(accepted)]
    return accepted[:1]


def encoded(question: Question, response: Response) -> str | None:
    """A response in the form that xAPI has for its interaction; None where there is nothing."""
    if response is None or not question.accepts(response):
        return None
    match question.interaction:
        case "options":
            if isinstance(question, TrueFalse):
                return "true" if response else "false"
            return "[,]".join(response) if isinstance(question, Multiple) else str(response)
        case "ordering" | "gaps":
            return "[,]".join(response)
        case "matching":
            return "[,]".join(f"{row}[.]{target}" for row, target in response.items())
        case "essay":
            return str(response["text"])
        case "entry":
            return str(response)
