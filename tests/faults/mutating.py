"""Files of every kind that is read, with accidents: for a seed always the same."""

import random
from functools import cache

from damaging import PIECES, SIGNS
from faults.banks import BANKS
from support import EVERY

from tutor.exchange.formats import export_as
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY

MORE = [
    *SIGNS,
    *("{", "}", "=", "~", "#", "->", "::", "$CATEGORY: ", "%50%", "####", "\\", "//", "[html]"),
    *("<", ">", "</", "/>", "&amp;", "&#0;", "&x;", "<![CDATA[", "]]>", "<!--", "<p>", "</p>"),
    *("{1:MC:=a~b}", "{{a|b}}", "[a](term:tide)", "](", "javascript:"),
    *("1e999999999", "NaN", "1/0"),
    *(
        "9" * 400,
        "a" * 3_000,
        "\x1b[31m",
        "\x00",
        "\x9b",
        "\ufeff",
        "\u202e",
        "\ue0001\ue001",
        "\r",
    ),
]
KINDS = ("lesson", "course.yaml", "source", "gift", "moodle-xml", *BANKS)


@cache
def _originals(kind: str) -> tuple[str, ...]:
    if kind in ("gift", "moodle-xml"):
        return _exported(kind)
    if kind in BANKS:
        return (BANKS[kind],)
    if kind == "lesson":
        return tuple(
            piece for piece in PIECES if "lessons:" not in piece and "claims:\n" not in piece
        )
    name = "course.yaml" if kind == "course.yaml" else "source.yaml"
    return ((EVERY / name).read_text("utf-8"),)


def _exported(kind: str) -> tuple[str, ...]:
    from faults.readers import now

    with open_records(IN_MEMORY, now) as store:
        library = Library(store, EVERY)
        course = library.course_at(EVERY)
        lessons = [library.lesson(one) for one in course.lessons]
    whole = export_as(kind, course, lessons).content
    text = whole if isinstance(whole, str) else whole.decode()
    mark = "\n\n" if kind == "gift" else "</question>"
    parts = text.split(mark)
    return (text, *(mark.join([parts[0], part, ""]) for part in parts[1:]))


def mutated(kind: str, seed: int) -> bytes:
    """A file of a kind with a few accidents."""
    chance = random.Random(f"{kind} {seed}")
    text = chance.choice(_originals(kind))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        text = _with_accident(text, chance)
    raw = text.encode("utf-8", "replace")
    match chance.randrange(20):
        case 0:
            raw = raw[: chance.randrange(len(raw) + 1)]
        case 1:
            raw = text.encode(chance.choice(("utf-16", "latin-1", "utf-8-sig")), "replace")
        case 2 if raw:
            at = chance.randrange(len(raw))
            raw = raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
    return raw


def _with_accident(text: str, chance: random.Random) -> str:
    at, other = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    near = min(other, at + chance.randrange(60))
    match chance.randrange(8):
        case 0:
            return text[:at] + text[near:]
        case 1:
            return text[:at] + text[at:near] * chance.choice((2, 3, 40)) + text[near:]
        case 2:
            return text[:at] + text[other:near] + text[near:other] + text[at:]
        case 3:  # a piece somewhere else
            return text[:at] + text[other : other + 60] + text[at:]
        case 4:
            lines = text.split("\n")
            one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            return "\n".join(lines)
        case 5:
            return text[:at] + chance.choice(MORE) * chance.choice((1, 1, 1, 2, 30)) + text[at:]
        case _:
            return text[:at] + chance.choice(MORE) + text[near:]
