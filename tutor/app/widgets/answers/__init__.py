"""One module for each way of responding to a question."""

from collections.abc import Callable
from typing import Any

from tutor.app.widgets.answers.answer_widget import AnswerWidget
from tutor.app.widgets.answers.choice import ChoiceAnswer
from tutor.app.widgets.answers.entry import EntryAnswer
from tutor.app.widgets.answers.essay import EssayAnswer
from tutor.app.widgets.answers.gaps import GapsAnswer
from tutor.app.widgets.answers.matching import MatchingAnswer
from tutor.app.widgets.answers.multiple import MultipleAnswer
from tutor.app.widgets.answers.ordering import OrderingAnswer
from tutor.course.model.questions import AnyQuestion, Arrangement, Interaction, Options


def options_widget(question: Options, arrangement: Arrangement) -> AnswerWidget:
    """The widget to choose in: one option, or several."""
    kind = MultipleAnswer if question.several else ChoiceAnswer
    return kind(question, arrangement)


_WIDGETS: dict[Interaction, Callable[[Any, Arrangement], AnswerWidget]] = {
    "options": options_widget,
    "entry": EntryAnswer,
    "ordering": OrderingAnswer,
    "matching": MatchingAnswer,
    "gaps": GapsAnswer,
    "essay": EssayAnswer,
}


def answer_widget_for(question: AnyQuestion, arrangement: Arrangement) -> AnswerWidget:
    """The widget in which a question is answered."""
    return _WIDGETS[question.interaction](question, arrangement)
