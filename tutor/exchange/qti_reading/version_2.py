"""Items of QTI 2.0 to 2.2 as entries of a question bank."""

from collections import Counter
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from tutor.course.model.markdown.blocks import Kind
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import (
    FULL,
    GAP_SIGN,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Loss,
    Unreadable,
)
from tutor.exchange.moodle.options import Choosable, choice_or_statement, typed
from tutor.exchange.moodle.text_formats import incoming, left_behind, literal
from tutor.exchange.qti.package import id_behind
from tutor.exchange.qti_reading.tree import first, html_in, line_of, number_in, text_in

_BLOCKS = ("choiceInteraction", "orderInteraction", "matchInteraction", "extendedTextInteraction")
_INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
_ASIDE = ("rubricBlock", "feedbackBlock", "feedbackInline", "prompt", "stylesheet")


class _Item:
    """An item, and what of its texts has no counterpart."""

    def __init__(self, item: Element) -> None:
        body = item.find("itemBody")
        if body is None:
            raise Unreadable("it has no itemBody")
        self.item, self.body = item, body
        self.unused: Counter[str] = Counter()
        self.lost: list[Loss] = []
        self.declared = {
            each.get("identifier", ""): each for each in item.iter("responseDeclaration")
        }
        self.interactions = [each for each in body.iter() if each.tag.endswith("Interaction")]

    def text(self, element: Element, kind: Kind = "text") -> str:
        """What an element says, without its feedback."""
        written = html_in(element, lambda each: "" if each.tag in _ASIDE else None)
        return incoming(written, "html", kind, self.unused)

    def stem(self, gap: str = "") -> str:
        """The body without its interactions, but with what they ask."""
        written = html_in(self.body, lambda each: self._instead(each, gap))
        return incoming(written, "html", "text", self.unused)

    def _instead(self, element: Element, gap: str) -> str | None:
        if element.tag in _INLINE:
            return gap
        if element.tag in _BLOCKS:
            prompt = element.find("prompt")
            return f"<div>{html_in(prompt)}</div>" if prompt is not None else ""
        return "" if element.tag in _ASIDE else None

    def right(self, interaction: Element) -> list[str]:
        """What a declaration names as right for an interaction."""
        declared = self._declaration(interaction)
        right = declared.find("correctResponse") if declared is not None else None
        values = [text_in(each) for each in right.iter("value")] if right is not None else []
        return values or [key for key, worth in self.mapped(interaction).items() if worth > 0]

    def mapped(self, interaction: Element) -> dict[str, Decimal]:
        """What a declaration says that each response earns."""
        declared = self._declaration(interaction)
        entries = declared.iter("mapEntry") if declared is not None else ()
        return {
            each.get("mapKey", ""): worth
            for each in entries
            if (worth := number_in(each.get("mappedValue", ""))) is not None
        }

    def accepted(self, interaction: Element) -> list[str]:
        """The texts that earn everything where one is typed."""
        mapped = self.mapped(interaction)
        best = max(mapped.values(), default=NOTHING)
        full = [key for key, worth in mapped.items() if worth == best > 0]
        return list(dict.fromkeys([*self.right(interaction), *full]))

    def case_matters(self, interaction: Element) -> bool:
        """Whether it is said that capitals matter in what is typed."""
        declared = self._declaration(interaction)
        entries = declared.iter("mapEntry") if declared is not None else ()
        return any(each.get("caseSensitive") == "true" for each in entries)

    def base_type(self, interaction: Element) -> str:
        """What kind of response is declared for an interaction."""
        declared = self._declaration(interaction)
        return declared.get("baseType", "") if declared is not None else ""

    def is_matched_whole(self, interaction: Element) -> bool:
        """Whether a response earns something only where it is all that is right."""
        name = interaction.get("responseIdentifier", "")
        processing = self.item.find("responseProcessing")
        if processing is None or any(
            each.get("identifier") == name for each in processing.iter("mapResponse")
        ):
            return False
        by_template = processing.get("template", "").rstrip("/").endswith("match_correct")
        correct = (each.get("identifier") for each in processing.iter("correct"))
        return by_template or name in correct

    def _declaration(self, interaction: Element) -> Element | None:
        return self.declared.get(interaction.get("responseIdentifier", ""))

    def feedback(self) -> dict[str, str]:
        """What is said at the end, by name."""
        return {
            each.get("identifier", ""): self.text(each)
            for each in self.item.iter("modalFeedback")
            if text_in(each)
        }


def entry_of(item: Element, category: tuple[str, ...]) -> Entry:
    """An item as an entry.

    Raises:
        Unreadable: It is of a kind that we lack, or lacks something.
    """
    read = _Item(item)
    made = _made(read)
    told = read.feedback()
    explanation = told.pop("general", "") or (told.pop(next(iter(told))) if len(told) == 1 else "")
    if told:
        alike = "without texts that are shown on a condition"
        read.lost.append(Loss(f"without {len(told)} texts that are shown on a condition", alike))
    if any(True for _ in item.iter("rubricBlock")) and "wanted" not in made:
        read.lost.append(Loss("without its rubric", "without its rubric"))
    return Entry(
        id=id_behind(item.get("identifier", ""), item.get("title", "")),
        name=one_line(item.get("title", "")),
        category=category,
        explanation=explanation,
        points=_points(item) or Decimal(1),
        line=line_of(item),
        remarks=(*left_behind(read.unused), *read.lost),
        **made,
    )


def _points(item: Element) -> Decimal | None:
    """What a full score is, where a declaration or a default says so."""
    for declared in item.iter("outcomeDeclaration"):
        if declared.get("identifier") in ("MAXSCORE", "SCORE"):
            worth = number_in(
                declared.get("normalMaximum", "") or text_in(first(declared, "value"))
            )
            if worth is not None and 0 < worth <= FULL:
                return worth
    return None


def _made(read: _Item) -> dict[str, Any]:
    kinds = {each.tag for each in read.interactions}
    if not kinds:
        return {"kind": "description", "stem": read.stem()}
    if kinds <= {*_INLINE}:
        return _inline(read)
    if len(read.interactions) > 1:
        raise Unreadable("it asks several things at once")
    interaction = read.interactions[0]
    match interaction.tag:
        case "choiceInteraction":
            return _choice(read, interaction)
        case "orderInteraction":
            return _order(read, interaction)
        case "matchInteraction":
            return _matching(read, interaction)
        case "extendedTextInteraction":
            rubrics = [read.text(each) for each in read.body.iter("rubricBlock")]
            wanted = "\n\n".join(rubrics or read.right(interaction))
            return {"kind": "essay", "stem": read.stem(), "wanted": wanted}
        case name:
            raise Unreadable(f"there is no counterpart of a {name}")


def _choice(read: _Item, interaction: Element) -> dict[str, Any]:
    right = read.right(interaction)
    stem = read.stem()
    options = [
        Choosable(read.text(each, "item"), each.get("identifier") in right, _told(read, each))
        for each in interaction.iter("simpleChoice")
    ]
    several = interaction.get("maxChoices", "1") != "1"
    made = {"stem": stem, **choice_or_statement(options, several=several)}
    if made["kind"] == "truefalse":
        return made
    return {
        **made,
        "all_or_nothing": not made["single"] and read.is_matched_whole(interaction),
        "shuffle": interaction.get("shuffle", "false") == "true",
    }


def _told(read: _Item, choice: Element) -> str:
    found = first(choice, "feedbackInline")
    return read.text(found) if found is not None else ""


def _order(read: _Item, interaction: Element) -> dict[str, Any]:
    choices = {each.get("identifier", ""): each for each in interaction.iter("simpleChoice")}
    order = read.right(interaction)
    if sorted(order) != sorted(choices):
        raise Unreadable("it does not say what the right order is")
    answers = tuple(
        Answer(read.text(choices[name], "item"), FULL, _told(read, choices[name])) for name in order
    )
    return {"kind": "ordering", "stem": read.stem(), "answers": answers}


def _matching(read: _Item, interaction: Element) -> dict[str, Any]:
    sets = list(interaction.iter("simpleMatchSet"))
    if len(sets) != 2:
        raise Unreadable("what it matches is not in two sets")
    rows, targets = (
        {each.get("identifier", ""): each for each in one.iter("simpleAssociableChoice")}
        for one in sets
    )
    pairs: list[tuple[str, str]] = []
    used: set[str] = set()
    for pair in read.right(interaction):
        row, _, target = pair.partition(" ")
        if row in targets and target in rows:
            row, target = target, row
        if row not in rows or target not in targets:
            raise Unreadable("it does not say what one of its rows is matched with")
        used.add(target)
        pairs.append((read.text(rows[row], "item"), _plain(targets[target])))
    if len(pairs) != len(rows):
        raise Unreadable("it does not say what one of its rows is matched with")
    spare = [("", _plain(targets[name])) for name in targets if name not in used]
    shuffle = interaction.get("shuffle", "true") == "true"
    made = {"kind": "matching", "stem": read.stem(), "pairs": (*pairs, *spare)}
    return {**made, "shuffle": shuffle}


def _plain(element: Element) -> str:
    return literal(one_line(text_in(element)))


def _inline(read: _Item) -> dict[str, Any]:
    """A text to write into: a box behind it asks for a word or a number, others are gaps."""
    whole = read.stem(GAP_SIGN)
    pieces = whole.split(GAP_SIGN)
    if len(pieces) != len(read.interactions) + 1:
        raise Unreadable("its gaps stand where none can be")
    only = read.interactions[0]
    behind = len(pieces) == 2 and not pieces[1].strip() and pieces[0].strip()
    asks = pieces[0].endswith("\n") or pieces[0].rstrip().endswith(("?", ".", "!", ":"))
    if behind and only.tag == "textEntryInteraction" and asks:
        return _typed(read, only, pieces[0].strip())
    gaps = tuple(_gap(read, each) for each in read.interactions)
    return {"kind": "cloze", "pieces": tuple(pieces), "gaps": gaps}


def _typed(read: _Item, interaction: Element, stem: str) -> dict[str, Any]:
    right = read.accepted(interaction)
    if not right:
        raise Unreadable("it names no right answer")
    if read.base_type(interaction) in ("float", "integer") and number_in(right[0]) is not None:
        return {"kind": "numerical", "stem": stem, "answers": _numbers(read, right[0])}
    return {
        "kind": "shortanswer",
        "stem": stem,
        "answers": tuple(typed(text) for text in right),
        "case_matters": read.case_matters(interaction),
    }


def _numbers(read: _Item, right: str) -> tuple[Answer, ...]:
    """The right numbers, each with its tolerance, as they are compared; else the one declared."""
    found: dict[Decimal, str] = {}
    for equal in read.item.iter("equal"):
        number = number_in(text_in(first(equal, "baseValue")) or right)
        if number is not None:
            found[number] = _tolerance(equal, number)
    declared = number_in(right)
    assert declared is not None
    found.setdefault(declared, "0")
    return tuple(Answer(f"{number:f}", tolerance=off) for number, off in found.items())


def _tolerance(equal: Element, number: Decimal) -> str:
    """How far a number may be off where it is compared."""
    if equal.get("toleranceMode", "exact") == "exact":
        return "0"
    parts = [number_in(part) for part in equal.get("tolerance", "").replace(",", " ").split()]
    most = max((abs(part) for part in parts if part is not None), default=NOTHING)
    relative = equal.get("toleranceMode") == "relative"
    return f"{abs(number) * most / 100 if relative else most:f}"


def _gap(read: _Item, interaction: Element) -> Gap:
    if interaction.tag == "textEntryInteraction":
        accepted = read.accepted(interaction)
        if not accepted:
            raise Unreadable("one of its gaps has no right answer")
        answers = tuple(typed(literal(text)) for text in accepted)
        return Gap(answers, case_matters=read.case_matters(interaction), weight=0)
    right = read.accepted(interaction)
    choices = list(interaction.iter("inlineChoice"))
    answers = tuple(
        Answer(_plain(each), FULL if each.get("identifier") in right else NOTHING)
        for each in choices
    )
    return Gap(answers, choices=True, weight=0)
