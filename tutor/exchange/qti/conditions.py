"""What QTI does with a response: conditions that set the score and show feedback.

The score runs from 0 to 100, whatever the question's points; Canvas scales it.
"""

from decimal import Decimal
from xml.etree.ElementTree import Element

from tutor.exchange.qti.xml import node

RESPONSE = "response1"
GENERAL = "general_fb"


def feedback_of(ident: str) -> str:
    """The name under which the feedback on an answer is found."""
    return f"{ident}_fb"


def chosen(ident: str, response: str = RESPONSE) -> Element:
    """True where a response is this answer."""
    return node("varequal", ident, respident=response)


def not_chosen(ident: str, response: str = RESPONSE) -> Element:
    """True where a response is not this answer."""
    return node("not", chosen(ident, response))


def always() -> Element:
    """True for every response."""
    return node("other")


def between(low: Decimal, high: Decimal) -> tuple[Element, Element]:
    """True for the numbers from low to high."""
    return (
        node("vargte", format(low, "f"), respident=RESPONSE),
        node("varlte", format(high, "f"), respident=RESPONSE),
    )


def all_of(*conditions: Element) -> Element:
    """True where all are."""
    return node("and", *conditions)


def any_of(*conditions: Element) -> Element:
    """True where one is."""
    return node("or", *conditions)


def right(*conditions: Element) -> Element:
    """Full points where one of the conditions holds, and an end to looking."""
    score = node("setvar", "100", action="Set", varname="SCORE")
    return _condition(conditions, score, {"continue": "No"})


def share(condition: Element, places: int) -> Element:
    """One place's share of the points."""
    return _condition(
        (condition,), node("setvar", f"{100 / places:.2f}", action="Add", varname="SCORE"), {}
    )


def tell(condition: Element, feedback: str) -> Element:
    """Feedback where the condition holds."""
    shown = node("displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return _condition((condition,), shown, {"continue": "Yes"})


def unscored() -> Element:
    """No points of its own: a person reads the response."""
    return _condition((always(),), None, {"continue": "No"})


def _condition(
    conditions: tuple[Element, ...], then: Element | None, attributes: dict[str, str]
) -> Element:
    parts = [node("conditionvar", *conditions), *([] if then is None else [then])]
    return node("respcondition", *parts, **attributes)
