"""One module for each way of responding to a question."""

from collections.abc import Callable
from typing import Any

from tutor.app.widgets.responding.choice import ChoiceResponder
from tutor.app.widgets.responding.responder import Responder
from tutor.app.widgets.responding.written import WrittenResponder
from tutor.course.questions import AnyQuestion
from tutor.quiz.shuffle import Shown

_RESPONDERS: dict[str, Callable[[Any, Shown], Responder]] = {
    "choice": ChoiceResponder,
    "true_false": ChoiceResponder,
    "number": WrittenResponder,
    "text": WrittenResponder,
}


def responder_for(question: AnyQuestion, arrangement: Shown) -> Responder:
    """The widget in which a question is answered."""
    return _RESPONDERS[question.type](question, arrangement)
