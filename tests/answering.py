"""How any response is given: as a line in plain mode, and as keys in the app."""

from typing import Any

from tutor.course.model.questions import AnyQuestion, Arrangement

_NAMED = {" ": "space", ";": "semicolon", ".": "full_stop", ",": "comma", "-": "minus"}
BYTES = {
    **{name: character for character, name in _NAMED.items()},
    "enter": "\r",
    "ctrl+s": "\x13",
    "left_square_bracket": "[",
}
"""What a terminal sends for the keys that are not a character."""


def wrong_response(question: AnyQuestion) -> Any:
    """A response that misses, at least in part."""
    rows = [item.id for item in question.rows()]
    targets = [item.id for item in question.targets()]
    match question.type:
        case "choice":
            return next(name for name in rows if name != question.key())
        case "multiple":
            wrong = [name for name in rows if name not in question.key()]
            return sorted([question.key()[0], wrong[0]])
        case "true_false":
            return not question.key()
        case "number":
            return "3"
        case "text":
            return "low water"
        case "order":
            return list(reversed(question.key()))
        case "match" | "sort" | "matrix":
            return dict.fromkeys(rows, targets[0])
        case "gaps":
            return ["seven", *question.key()[1:]]
        case _:
            return {"text": "For safety.", "ticked": []}


def right_response(question: AnyQuestion) -> Any:
    """The key; for an `open` question a text with its first point ticked."""
    if question.type == "open":
        return {"text": "Ships need depth", "ticked": [question.rows()[0].id]}
    return question.key()


def line_for(question: AnyQuestion, shown: Arrangement, response: Any) -> str:
    """The line (for `open`: two) that gives a response in plain mode."""
    rows = {item.id: str(number) for number, item in enumerate(shown.rows, 1)}
    targets = {item.id: str(number) for number, item in enumerate(shown.targets, 1)}
    match question.type:
        case "choice":
            return rows[response]
        case "multiple" | "order":
            return " ".join(rows[name] for name in response)
        case "true_false":
            return "t" if response else "f"
        case "match" | "sort" | "matrix":
            return " ".join(targets[response[item.id]] for item in shown.rows)
        case "gaps":
            return "; ".join(response)
        case "open":
            return f"{response['text']}\n{' '.join(rows[name] for name in response['ticked'])}"
        case _:
            return str(response)


def keys_for(question: AnyQuestion, shown: Arrangement, response: Any) -> list[str]:
    """The keys that give a response in the app, the last Enter included."""
    rows = {item.id: str(number) for number, item in enumerate(shown.rows, 1)}
    targets = {item.id: str(number) for number, item in enumerate(shown.targets, 1)}
    match question.type:
        case "choice":
            return [rows[response], "enter"]
        case "true_false":
            return ["1" if response else "2", "enter"]
        case "multiple":
            return [*(rows[name] for name in response), "enter"]
        case "order":
            return [*_carry([item.id for item in shown.rows], response), "enter"]
        case "match" | "sort" | "matrix":
            return [*(targets[response[item.id]] for item in shown.rows), "enter"]
        case "gaps":
            return [key for text in response for key in (*_typed(text), "enter")]
        case "open":
            ticks = [rows[name] for name in response["ticked"]]
            return [*_typed(response["text"]), "ctrl+s", *ticks, "enter"]
        case _:
            return [*_typed(str(response)), "enter"]


def _typed(text: str) -> list[str]:
    return [_NAMED.get(character, character) for character in text]


def _carry(standing: list[str], wanted: list[str]) -> list[str]:
    """Go to each item in turn and move it up to its place."""
    keys: list[str] = []
    for place, name in enumerate(wanted):
        here = standing.index(name)
        keys += [str(here + 1), *["left_square_bracket"] * (here - place)]
        standing.insert(place, standing.pop(here))
    # An order that needs no moving is asked for twice, so that a stray Enter gives nothing.
    return keys if "left_square_bracket" in keys else [*keys, "enter"]
