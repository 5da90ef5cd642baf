"""One module for each way of responding to a question."""

from collections.abc import Callable
from typing import Any

from tutor.app.widgets.responding.choice import ChoiceResponder
from tutor.app.widgets.responding.gaps import GapsResponder
from tutor.app.widgets.responding.multiple import MultipleResponder
from tutor.app.widgets.responding.open import OpenResponder
from tutor.app.widgets.responding.order import OrderResponder
from tutor.app.widgets.responding.placing import PlacingResponder
from tutor.app.widgets.responding.responder import Responder
from tutor.app.widgets.responding.written import WrittenResponder
from tutor.course.model.questions import AnyQuestion, Arrangement

_RESPONDERS: dict[str, Callable[[Any, Arrangement], Responder]] = {
    "choice": ChoiceResponder,
    "true_false": ChoiceResponder,
    "multiple": MultipleResponder,
    "number": WrittenResponder,
    "text": WrittenResponder,
    "order": OrderResponder,
    "match": PlacingResponder,
    "sort": PlacingResponder,
    "gaps": GapsResponder,
    "open": OpenResponder,
}


def responder_for(question: AnyQuestion, arrangement: Arrangement) -> Responder:
    """The widget in which a question is answered."""
    return _RESPONDERS[question.type](question, arrangement)
