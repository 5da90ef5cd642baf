"""Entries of Moodle's question bank as our questions; one function a kind of entry."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from tutor.course.model.questions import (
    LEVELS,
    QUESTION_TYPES,
    AnyQuestion,
    Choice,
    Gaps,
    Item,
    Level,
    Match,
    Matching,
    Multiple,
    Number,
    NumberMistake,
    Open,
    Option,
    Order,
    Question,
    Text,
    TextMistake,
    TrueFalse,
)
from tutor.course.model.steps import Read
from tutor.course.reading.question_errors import usable
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import (
    ANYTHING,
    FULL,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Unreadable,
    at_least,
    share,
)
from tutor.exchange.moodle.text_formats import block, parted
from tutor.exchange.moodle.to_moodle import LEVEL_TAG, POINTS_TAG, TYPE_TAG

_WILDCARD = re.compile(r"(?<!\\)\*")
_LISTED = re.compile(r"[-*] +(.+)")
MOST_POINTS = 100


class Converted(Struct, frozen=True):
    """An entry on its way in.

    Attributes:
        step: A question, or a step to read.
        lost: Clauses on what of the entry the step does not hold.
        undecided: What its author has to decide, each a sentence.
    """

    step: AnyQuestion | Read
    lost: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


class _LossLog:
    """What is lost and undecided while one entry is turned into a question."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.undecided: list[str] = []

    def add(self, clause: str, decide: str = "") -> None:
        self.lost.append(clause)
        if decide:
            self.undecided.append(decide)


def convert(entry: Entry, question_id: str, objective: str | None) -> Converted:
    """Turn an entry of the bank into a question, or into a step to read.

    Args:
        entry: The entry.
        question_id: The id that the question is to have.
        objective: What it serves, if that is known.

    Raises:
        Unreadable: It makes no sense, or holds nothing that our questions can hold.
    """
    losses = _LossLog()
    if entry.kind == "description":
        title = None if _same_words(entry.name, entry.stem) else one_line(entry.name)
        return Converted(Read(text=block(entry.stem), title=title or None))
    common = {
        "id": question_id,
        "objective": objective,
        "level": level_of(entry),
        "explanation": block(entry.explanation) or None,
        "hints": tuple(block(hint) for hint in entry.hints if hint),
        "points": _points(entry, losses),
        "shuffle": entry.shuffle,
    }
    step = _CONVERTERS[entry.kind](entry, common, losses)
    return Converted(step, tuple(losses.lost), tuple(losses.undecided))


def _same_words(name: str, text: str) -> bool:
    """Tell whether a name is but the beginning of a text, as Moodle makes names."""
    words = [" ".join(re.findall(r"\w+", one_line(part).casefold())) for part in (name, text)]
    return words[1].startswith(words[0])


def _points(entry: Entry, losses: _LossLog) -> int:
    tagged = [tag[len(POINTS_TAG) :] for tag in entry.tags if tag.startswith(POINTS_TAG)]
    points = entry.points
    if tagged and re.fullmatch(r"\d{1,3}", tagged[0]):
        points = Decimal(tagged[0])
    elif entry.kind == "cloze":
        points = Decimal(sum(gap.weight for gap in entry.gaps))
    whole = min(max(1, round(points)), MOST_POINTS)
    if whole != points:
        losses.add(f"its {points.normalize():f} points have become {whole}")
    return whole


def level_of(entry: Entry) -> Level | None:
    """The level that our exports put into a tag."""
    return next((level for level in LEVELS if f"{LEVEL_TAG}{level}" in entry.tags), None)


def _stem(entry: Entry) -> str:
    if not entry.stem:
        raise Unreadable("it has no text")
    return block(entry.stem)


def _option(answer: Answer, *, correct: bool) -> Option:
    return Option(text=block(answer.text), correct=correct, feedback=block(answer.feedback) or None)


def _multichoice(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    full = [answer for answer in entry.answers if answer.percent == FULL]
    if not any(answer.percent > 0 for answer in entry.answers):
        raise Unreadable("none of its options is right")
    if not entry.single:
        return _multiple(entry, common, losses)
    if not full:
        raise Unreadable("none of its options earns all the points")
    if len(full) > 1:
        losses.add(
            "any one of its right options was enough",
            "Any one of the right options was enough. Here all of them must be chosen: make it a "
            "`choice` with one right option if that is what you want.",
        )
    partial = [a for a in entry.answers if a.percent not in (FULL, NOTHING)]
    if partial:
        losses.add(
            f"the part of the points for {_quoted(partial)}",
            f"A part of the points was given or taken for {_quoted(partial)}. A `choice` gives all "
            "or nothing.",
        )
    kind = Choice if len(full) == 1 else Multiple
    options = tuple(_option(a, correct=a.percent == FULL) for a in entry.answers)
    return kind(stem=_stem(entry), options=options, **common)


def _multiple(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    right = [answer.percent for answer in entry.answers if answer.percent > 0]
    wrong = [answer.percent for answer in entry.answers if answer.percent <= 0]
    if not _as_ours(right, wrong):
        losses.add(
            "its own weights",
            "The weights were others. Here right options share the points, and each wrong one "
            "takes off its share.",
        )
    options = tuple(_option(answer, correct=answer.percent > 0) for answer in entry.answers)
    return Multiple(stem=_stem(entry), options=options, **common)


def _as_ours(right: Sequence[Decimal], wrong: Sequence[Decimal]) -> bool:
    """Tell whether weights are those that our own scoring is written with."""
    cost = (share(len(wrong)) or at_least(FULL / len(wrong))) if wrong else NOTHING
    small = Decimal("0.01")
    return all(abs(w - FULL / len(right)) < small for w in right) and all(
        abs(w + cost) < small for w in wrong
    )


def _quoted(answers: Iterable[Answer]) -> str:
    return ", ".join(f"“{one_line(answer.text)}{_within(answer.tolerance)}”" for answer in answers)


def _within(tolerance: str) -> str:
    return "" if tolerance.strip("0.") == "" else f" ± {one_line(tolerance)}"


def _truefalse(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    right = next((answer for answer in entry.answers if answer.percent == FULL), None)
    wrong = next((answer for answer in entry.answers if answer.percent != FULL), None)
    if right is None or right.text not in ("true", "false"):
        raise Unreadable("it does not say whether it is true or false")
    if right.feedback:
        losses.add("what is said to a right answer")
    told = block(wrong.feedback) if wrong else ""
    answer = right.text == "true"
    common.pop("shuffle")
    return TrueFalse(stem=_stem(entry), answer=answer, feedback=told or None, **common)


def _numerical(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    full = [a for a in entry.answers if a.percent == FULL and a.text != ANYTHING]
    if not full:
        raise Unreadable("it names no right number")
    _lose_parts(entry.answers, losses)
    _lose_catch_all(entry, losses)
    mistakes = tuple(
        NumberMistake(answer=_decimal(answer.text), feedback=block(answer.feedback))
        for answer in entry.answers
        if answer.percent <= 0 and answer.feedback and answer.text != ANYTHING
    )
    if len(full) > 1:
        losses.add(
            f"the further right numbers {_quoted(full[1:])}",
            f"These were right too: {_quoted(full[1:])}. A `number` has one answer and a "
            "tolerance.",
        )
    tolerance = _decimal(full[0].tolerance or "0")
    return Number(
        stem=_stem(entry),
        answer=_decimal(full[0].text),
        tolerance=format(abs(tolerance), "f"),
        unit=entry.unit or None,
        ask_unit=entry.unit_counts and bool(entry.unit),
        mistakes=mistakes,
        **common,
    )


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Unreadable(f"“{one_line(text)[:40]}” is no number") from None
    if not usable(number):
        raise Unreadable("it has a number that is too long")
    return number


def _lose_parts(answers: Sequence[Answer], losses: _LossLog) -> None:
    """Say that answers which earn a part of the points, or are praised, are so no longer."""
    partial = [answer for answer in answers if NOTHING < answer.percent < FULL]
    if partial:
        losses.add(
            f"the part of the points for {_quoted(partial)}",
            f"A part of the points was given for {_quoted(partial)}. Accept it, or say in the "
            "feedback why it is wrong.",
        )
    if any(answer.percent == FULL and answer.feedback for answer in answers):
        losses.add("what is said to a right answer")


def _lose_catch_all(entry: Entry, losses: _LossLog) -> None:
    if any(a.text == ANYTHING and a.feedback and a.percent <= 0 for a in entry.answers):
        losses.add("what is said to every other answer")


def _accepted(answers: Iterable[Answer], losses: _LossLog) -> list[str]:
    """The texts of answers; those with wildcards go, for we accept texts, not patterns."""
    kept = []
    for answer in answers:
        if _WILDCARD.search(answer.text):
            losses.add(
                f"the pattern {_quoted([answer])}",
                f"{_quoted([answer])} is a pattern. Write out what is accepted.",
            )
        elif answer.text.strip():
            kept.append(answer.text.replace(r"\*", "*"))
    return kept


def _shortanswer(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    full = [answer for answer in entry.answers if answer.percent == FULL]
    answers = _accepted(full, losses)
    if not answers:
        raise Unreadable("it accepts no text of its own, only patterns")
    _lose_parts(entry.answers, losses)
    _lose_catch_all(entry, losses)
    if entry.case_matters:
        losses.add("that capitals matter")
    told = [a for a in entry.answers if a.percent <= 0 and a.feedback and a.text != ANYTHING]
    mistakes = tuple(
        TextMistake(answer=text, feedback=block(answer.feedback))
        for answer in told
        for text in _accepted([answer], losses)
    )
    common.pop("shuffle")
    return Text(stem=_stem(entry), answers=tuple(answers), mistakes=mistakes, **common)


def _matching(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:  # noqa: ARG001
    """A tag of our own says which of the types it was that are matched."""
    tagged = {tag.removeprefix(TYPE_TAG) for tag in entry.tags if tag.startswith(TYPE_TAG)}
    kinds = (kind for name, kind in QUESTION_TYPES.items() if name in tagged)
    kind = next((kind for kind in kinds if issubclass(kind, Matching)), Match)
    pairs = [(block(left), right) for left, right in entry.pairs if left]
    spare = [right for left, right in entry.pairs if not left and right]
    return kind.of_pairs(pairs, spare, stem=_stem(entry), **common)


def _ordering(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:  # noqa: ARG001
    return Order(
        stem=_stem(entry),
        items=tuple(
            Item(text=block(answer.text), feedback=block(answer.feedback))
            if answer.feedback
            else block(answer.text)
            for answer in entry.answers
        ),
        **common,
    )


def _essay(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    """What a grader looks for: a list at its head makes the rubric, the rest a model answer."""
    rubric, rest = _points_of(entry.wanted)
    model = rest.strip()
    if not rubric:
        losses.undecided.append(
            "Write in `rubric:` the points that learners hold their own text against."
        )
    common.pop("shuffle")
    return Open(stem=_stem(entry), rubric=rubric, model=block(model) or None, **common)


def _points_of(wanted: str) -> tuple[tuple[str, ...], str]:
    """The entries of the list that a text begins with, and the rest of it."""
    points: list[list[str]] = []
    lines = wanted.split("\n")
    for number, line in enumerate(lines):
        listed = _LISTED.fullmatch(line)
        if listed is not None:
            points.append([listed[1]])
        elif points and line.startswith("  "):
            points[-1].append(line[2:])
        else:
            return tuple(map("\n".join, points)), "\n".join(lines[number:])
    return tuple(map("\n".join, points)), ""


def _cloze(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    stem, first = parted(entry.pieces[0])
    right = [[answer for answer in gap.answers if answer.percent == FULL] for gap in entry.gaps]
    accepted = [
        [answer.text for answer in full] if gap.choices else _accepted(full, losses)
        for gap, full in zip(entry.gaps, right, strict=True)
    ]
    if not all(accepted):
        raise Unreadable("one of its gaps accepts no text of its own")
    for gap in entry.gaps:
        _lose_parts(gap.answers, losses)
    marks = ["{{" + "|".join(texts) + "}}" for texts in accepted]
    pieces = [first, *entry.pieces[1:]]
    text = "".join(part for pair in zip(pieces, [*marks, ""], strict=True) for part in pair)
    common.pop("shuffle")
    made = Gaps(
        stem=block(stem) or ("Fill in the gaps." if len(marks) > 1 else "Fill in the gap."),
        text=block(text.strip()),
        bank=_bank(entry.gaps, accepted, losses),
        feedback=_told(entry.gaps, losses),
        **common,
    )
    if [list(gap) for gap in made.gaps()] != accepted:
        raise Unreadable("a text with gaps cannot hold the signs {{, }} or | of its own")
    return made


def _bank(
    gaps: Sequence[Gap], accepted: Sequence[Sequence[str]], losses: _LossLog
) -> tuple[str, ...]:
    """The wrong words to choose from; they make a bank where every gap has some."""
    right = {texts[0] for texts in accepted}
    offered = [a.text for gap in gaps if gap.choices for a in gap.answers]
    if offered and not all(gap.choices for gap in gaps):
        losses.add("the words to choose from in some of its gaps")
        return ()
    wrong = tuple(word for word in dict.fromkeys(offered) if word not in right)
    return wrong or tuple(dict.fromkeys(offered))


def _told(gaps: Sequence[Gap], losses: _LossLog) -> tuple[str, ...]:
    """What is said on each gap, if one thing is said to whatever is wrong there."""
    told: list[str] = []
    for gap in gaps:
        wrong = [answer for answer in gap.answers if answer.percent != FULL]
        said = dict.fromkeys(answer.feedback for answer in wrong if answer.feedback)
        if len(said) > 1 or any(
            a.feedback and a.text != ANYTHING and not gap.choices for a in wrong
        ):
            losses.add("what is said to single wrong words")
            said = {}
        told.append(block(next(iter(said), "")))
    while told and not told[-1]:
        told.pop()
    return tuple(told)


_CONVERTERS: dict[str, Callable[[Entry, dict[str, Any], _LossLog], Any]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "numerical": _numerical,
    "shortanswer": _shortanswer,
    "matching": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "ordering": _ordering,
}
