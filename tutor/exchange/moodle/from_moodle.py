"""Entries of Moodle's question bank as our questions; one function a kind of entry."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.numerals import fraction_in
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
from tutor.course.reading.question_errors import as_seen, usable
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import (
    ANYTHING,
    FULL,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Loss,
    Unreadable,
    at_least,
    share,
)
from tutor.exchange.moodle.text_formats import BLANK, apart_from_gaps, block, parted, without_gaps
from tutor.exchange.moodle.to_moodle import LEVEL_TAG, POINTS_TAG, TYPE_TAG
from tutor.quiz.grading import grade

_WILDCARD = re.compile(r"(?<!\\)\*")
_BETWEEN_WORDS = re.compile(r"(?<=\w{3})\*(?=\w{3})")
_CANNOT_STAND = re.compile(r"[|]|\{\{|\}\}")
_LISTED = re.compile(r"[-*] +(.+)")
MOST_POINTS = 100


class Converted(Struct, frozen=True):
    """An entry on its way in.

    Attributes:
        step: A question, or a step to read.
        lost: What of the entry the step does not hold.
        undecided: What its author has to decide, each a sentence.
    """

    step: AnyQuestion | Read
    lost: tuple[Loss, ...] = ()
    undecided: tuple[str, ...] = ()


class _LossLog:
    """What is lost and undecided while one entry is turned into a question."""

    def __init__(self) -> None:
        self.lost: list[Loss] = []
        self.undecided: list[str] = []

    def add(self, said: str, alike: str = "", decide: str = "") -> None:
        """Note a loss: what it is here, what like ones are called, and what is to be decided."""
        self.lost.append(Loss(said, alike or said))
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
        if entry.explanation:
            losses.add(f"without its general feedback: {_words(entry.explanation)}")
        return Converted(Read(text=block(entry.stem), title=title or None), tuple(losses.lost))
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
    return Converted(step, tuple(losses.lost), (*entry.notes, *losses.undecided))


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
        points = Decimal(sum(gap.weight for gap in entry.gaps)) or entry.points
    whole = min(max(1, round(points)), MOST_POINTS)
    if whole != points:
        losses.add(
            f"its {points.normalize():f} points have become {whole}",
            "points that are no whole number from 1 to 100 have become one",
        )
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
    answers = _told_apart(entry.answers, losses)
    best = max((answer.percent for answer in answers), default=NOTHING)
    if best <= 0:
        raise Unreadable("none of its options is right")
    if not entry.single:
        return _multiple(answers, entry, common, losses)
    full = [answer for answer in answers if answer.percent == best]
    if best != FULL:
        losses.add(
            f"no option earned all the points; {_quoted(full)} earned most",
            "no option earned all the points",
            f"No option earned all the points. {_quoted(full)} earned most, and is right here.",
        )
    if len(full) > 1:
        losses.add(
            "without that any one of its right options was enough",
            decide="Any one of the right options was enough. Here all of them must be chosen: "
            "make it a `choice` with one right option if that is what you want.",
        )
    partial = [a for a in answers if a.percent not in (best, NOTHING)]
    if partial:
        losses.add(
            f"without the part of the points for {_quoted(partial)}",
            "without the part of the points that some options gave or took",
            f"A part of the points was given or taken for {_quoted(partial)}. A `choice` gives all "
            "or nothing.",
        )
    kind = Choice if len(full) == 1 else Multiple
    options = tuple(_option(a, correct=a.percent == best) for a in answers)
    return kind(stem=_stem(entry), options=options, **common)


def _told_apart(answers: Sequence[Answer], losses: _LossLog) -> list[Answer]:
    """Answers without blank ones, and without those that look like another one."""
    kept: dict[str, Answer] = {}
    for answer in answers:
        look = as_seen(answer.text)
        twin = kept.get(look)
        if not look:
            told = f", to which is said: {_words(answer.feedback)}" if answer.feedback else ""
            losses.add(f"without a blank option{told}", "without a blank option")
        elif twin is None:
            kept[look] = answer
        else:
            better = max(twin, answer, key=lambda one: one.percent)
            said = better.feedback or twin.feedback or answer.feedback
            kept[look] = replace(better, feedback=said)
            losses.add(
                f"without one of the options {_quoted([twin])}, which stood there twice",
                "without an option that stood there twice",
                f"The option {_quoted([twin])} stood there twice.",
            )
    return list(kept.values())


def _multiple(
    answers: Sequence[Answer], entry: Entry, common: dict[str, Any], losses: _LossLog
) -> Question:
    right = [answer.percent for answer in answers if answer.percent > 0]
    wrong = [answer.percent for answer in answers if answer.percent <= 0]
    if not (entry.all_or_nothing or _as_ours(right, wrong)):
        losses.add(
            "without its own weights",
            decide="The weights were others. Here right options share the points, and each wrong "
            "one takes off its share.",
        )
    options = tuple(_option(answer, correct=answer.percent > 0) for answer in answers)
    return Multiple(
        stem=_stem(entry),
        options=options,
        scoring="all-or-nothing" if entry.all_or_nothing else "partial",
        **common,
    )


def _as_ours(right: Sequence[Decimal], wrong: Sequence[Decimal]) -> bool:
    """Tell whether weights are those that our own scoring is written with."""
    cost = (share(len(wrong)) or at_least(FULL / len(wrong))) if wrong else NOTHING
    small = Decimal("0.01")
    return all(abs(w - FULL / len(right)) < small for w in right) and all(
        abs(w + cost) < small for w in wrong
    )


def _words(text: str) -> str:
    """What was said to a response, whole: nothing of it is lost that is not told."""
    return f"“{plain_line(text)}”"


def _quoted(answers: Iterable[Answer]) -> str:
    return ", ".join(f"“{one_line(answer.text)}{_within(answer.tolerance)}”" for answer in answers)


def _within(tolerance: str) -> str:
    return "" if tolerance.strip("0.") == "" else f" ± {one_line(tolerance)}"


def _truefalse(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    right = next((answer for answer in entry.answers if answer.percent == FULL), None)
    wrong = next((answer for answer in entry.answers if answer.percent != FULL), None)
    if right is None or right.text not in ("true", "false"):
        raise Unreadable("it does not say whether it is true or false")
    _lose_praise([right], losses)
    told = block(wrong.feedback) if wrong else ""
    answer = right.text == "true"
    common.pop("shuffle")
    return TrueFalse(stem=_stem(entry), answer=answer, feedback=told or None, **common)


def _numerical(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    full = _right_ones(entry.answers, losses)
    if not full:
        raise Unreadable("it names no right number")
    _lose_parts(entry.answers, losses)
    _lose_catch_all(entry, losses)
    tolerance = _tolerance(full[0].tolerance)
    alike = [answer for answer in full[1:] if _tolerance(answer.tolerance) == tolerance]
    others = [answer for answer in full[1:] if answer not in alike]
    if others:
        losses.add(
            f"without the further right numbers {_quoted(others)}",
            "without further right numbers",
            f"These were right too: {_quoted(others)}. The numbers of a `number` have one "
            "tolerance.",
        )
    right = _decimal(full[0].text)
    also = [_decimal(answer.text) for answer in alike]
    question = Number(
        stem=_stem(entry),
        answer=right,
        fraction=fraction_in(right),
        also=tuple(fraction_in(number) or format(number, "f") for number in also),
        tolerance=tolerance,
        unit=entry.unit or None,
        ask_unit=entry.unit_counts and bool(entry.unit),
        decimal=entry.decimal_sign or None,
        **common,
    )
    mistakes = []
    for answer in entry.answers:
        if answer.percent < FULL and answer.feedback and answer.text != ANYTHING:
            wrong = _decimal(answer.text)
            if question.allows(Fraction(wrong)):
                _lose_feedback(answer, losses)
            else:
                told = block(answer.feedback)
                mistakes.append(
                    NumberMistake(answer=wrong, fraction=fraction_in(wrong), feedback=told)
                )
    return replace(question, mistakes=tuple(mistakes))


def _right_ones(answers: Sequence[Answer], losses: _LossLog) -> list[Answer]:
    """The answers that earn all the points; if none does, those that earn most."""
    best = max((answer.percent for answer in answers if answer.text != ANYTHING), default=NOTHING)
    if best <= 0:
        return []
    found = [a for a in answers if a.percent == best and a.text != ANYTHING]
    if any(a.text == ANYTHING and a.percent >= best for a in answers):
        _lose_pattern(ANYTHING, losses)
    if best != FULL:
        losses.add(
            f"no answer earned all the points; {_quoted(found)} earned most",
            "no answer earned all the points",
            f"No answer earned all the points. {_quoted(found)} earned most, and is right here.",
        )
    return found


def _tolerance(said: str) -> str:
    """How far a number may be off: a number, or a share of it."""
    share = said.strip().endswith("%")
    allowed = abs(_decimal(said.strip().removesuffix("%") or "0"))
    return format(allowed, "f") + "%" * share


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
            f"without the part of the points for {_quoted(partial)}",
            "without the part of the points that some answers gave",
            f"A part of the points was given for {_quoted(partial)}. Accept it, or say in the "
            "feedback why it is wrong.",
        )
    _lose_praise(answers, losses)


def _lose_praise(answers: Iterable[Answer], losses: _LossLog) -> None:
    praise = [a.feedback for a in answers if a.percent == FULL and a.feedback]
    if praise:
        said = ", ".join(map(_words, praise))
        losses.add(
            f"without what is said to a right answer: {said}",
            "without what is said to a right answer",
        )


def _lose_catch_all(entry: Entry, losses: _LossLog) -> None:
    said = [a.feedback for a in entry.answers if a.text == ANYTHING and a.percent <= 0]
    if any(said):
        losses.add(
            f"without what is said to every other answer: {_words(' '.join(filter(None, said)))}",
            "without what is said to every other answer",
        )


def _lose_feedback(answer: Answer, losses: _LossLog) -> None:
    """Say that an answer has no feedback of its own, for it is accepted here."""
    losses.add(
        f"without what is said to {_quoted([answer])}, which is accepted here: "
        f"{_words(answer.feedback)}",
        "without what is said to an answer that is accepted here",
        f"{_quoted([answer])} was wrong, or right in part, and was told {_words(answer.feedback)} "
        "Here it counts as right.",
    )


def _lose_pattern(pattern: str, losses: _LossLog) -> None:
    shown = f"“{one_line(pattern)}”"
    losses.add(
        f"without the pattern {shown}",
        "without a pattern",
        f"{shown} is a pattern. Write out what is accepted.",
    )


def _accepted(answers: Iterable[Answer], losses: _LossLog) -> list[str]:
    """The texts of answers; of patterns what is left without the signs that stand for anything."""
    kept: list[str] = []
    for answer in answers:
        text = answer.text
        if _WILDCARD.search(text):
            _lose_pattern(text, losses)
            text = one_line(_WILDCARD.sub("", _BETWEEN_WORDS.sub(" ", text)))
        text = text.replace(r"\*", "*")
        if text.strip() and not (text != answer.text and text in kept):
            kept.append(text)
    return kept


def _shortanswer(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    answers = _accepted(_right_ones(entry.answers, losses), losses)
    if not answers:
        raise Unreadable("it accepts no text of its own, only patterns")
    _lose_parts(entry.answers, losses)
    _lose_catch_all(entry, losses)
    common.pop("shuffle")
    question = Text(stem=_stem(entry), answers=tuple(answers), exact=entry.case_matters, **common)
    mistakes = []
    for answer in entry.answers:
        if answer.percent < FULL and answer.feedback and answer.text != ANYTHING:
            for text in _accepted([answer], losses):
                if grade(question, text).score == 1:
                    _lose_feedback(answer, losses)
                else:
                    mistakes.append(TextMistake(answer=text, feedback=block(answer.feedback)))
    return replace(question, mistakes=tuple(mistakes))


def _matching(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    """A tag of our own says which of the types it was that are matched."""
    tagged = {tag.removeprefix(TYPE_TAG) for tag in entry.tags if tag.startswith(TYPE_TAG)}
    kinds = (kind for name, kind in QUESTION_TYPES.items() if name in tagged)
    kind = next((kind for kind in kinds if issubclass(kind, Matching)), Match)
    pairs = [(block(left), right) for left, right in _whole(entry.pairs, losses)]
    spare = [right for left, right in entry.pairs if not left and right]
    if len({right for _, right in pairs}) == 1 and not spare:
        raise Unreadable("its right sides are all the same, so that nothing can be wrong")
    return kind.of_pairs(pairs, spare, stem=_stem(entry), **common)


def _whole(pairs: Iterable[tuple[str, str]], losses: _LossLog) -> Iterator[tuple[str, str]]:
    """Pairs with both sides, each once."""
    seen = set()
    for left, right in pairs:
        if left and not right:
            losses.add(
                f"without {_words(left)}, which has no counterpart",
                "without a left side that has no counterpart",
            )
        elif left and (left, right) in seen:
            losses.add(f"without a pair that stood there twice: {_words(left)}")
        elif left:
            seen.add((left, right))
            yield left, right


def _ordering(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    return Order(
        stem=_stem(entry),
        items=tuple(
            Item(text=block(answer.text), feedback=block(answer.feedback))
            if answer.feedback
            else block(answer.text)
            for answer in _told_apart(entry.answers, losses)
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
    accepted = [_accepted_in(gap, losses) for gap in entry.gaps]
    if not all(accepted):
        raise Unreadable("one of its gaps accepts no text of its own")
    _lose_parts([answer for gap in entry.gaps for answer in gap.answers], losses)
    exact = any(gap.case_matters for gap in entry.gaps)
    if exact and not all(gap.case_matters or gap.choices for gap in entry.gaps):
        losses.add("capitals matter in all of its gaps here, not in some")
    if any(_CANNOT_STAND.search(text) for texts in accepted for text in texts):
        if len(entry.gaps) == 1 and not entry.gaps[0].choices:
            return _blank(entry, common, losses)
        accepted = [_without_bars(texts, losses) for texts in accepted]
    marks = ["{{" + "|".join(texts) + "}}" for texts in accepted]
    pieces = apart_from_gaps([without_gaps(piece) for piece in (first, *entry.pieces[1:])])
    text = "".join(part for pair in zip(pieces, [*marks, ""], strict=True) for part in pair)
    common.pop("shuffle")
    made = Gaps(
        stem=block(stem) or ("Fill in the gaps." if len(marks) > 1 else "Fill in the gap."),
        text=block(text.strip()),
        bank=_bank(entry.gaps, accepted, losses),
        feedback=_told(entry.gaps, losses),
        exact=exact,
        **common,
    )
    if [list(gap) for gap in made.gaps()] != accepted:
        raise Unreadable("a text with gaps cannot hold the signs {{, }} or | of its own")
    return made


def _accepted_in(gap: Gap, losses: _LossLog) -> list[str]:
    """What a gap accepts: what earns most there."""
    best = max((answer.percent for answer in gap.answers), default=NOTHING)
    full = [answer for answer in gap.answers if answer.percent == best > 0]
    if gap.choices:
        return [answer.text for answer in full if answer.text]
    for answer in full:
        if gap.numbers and answer.tolerance.strip("0."):
            losses.add(
                f"without the tolerance of {_quoted([answer])}",
                "without the tolerance of a number in a gap",
                f"Within a tolerance, {_quoted([answer])} was right. A gap accepts what is written "
                "in it.",
            )
    return _accepted(full, losses)


def _blank(entry: Entry, common: dict[str, Any], losses: _LossLog) -> Question:
    """A text with one gap that accepts what cannot stand in a gap here: a short answer."""
    asked = replace(
        entry, kind="shortanswer", stem=BLANK.join(entry.pieces), answers=entry.gaps[0].answers
    )
    signs = [answer for answer in asked.answers if "|" in answer.text]
    if signs:
        losses.undecided.append(
            f"The sign | in {_quoted(signs)} is a part of the answer. If it parts several, write "
            "each on a line of its own."
        )
    return _shortanswer(asked, common, losses)


def _without_bars(texts: Sequence[str], losses: _LossLog) -> list[str]:
    """What a gap accepts; a bar parts what is accepted there."""
    parted_texts = list(dict.fromkeys(part.strip() for text in texts for part in text.split("|")))
    if len(parted_texts) != len(texts):
        losses.add(
            "the sign | in what a gap accepts parts two answers here",
            decide="The sign | in a gap was a part of the answer. Here it parts two of them.",
        )
    return [text for text in parted_texts if text]


def _bank(
    gaps: Sequence[Gap], accepted: Sequence[Sequence[str]], losses: _LossLog
) -> tuple[str, ...]:
    """The wrong words to choose from; they make a bank where every gap has some."""
    right = {texts[0] for texts in accepted}
    offered = [a.text for gap in gaps if gap.choices for a in gap.answers]
    if offered and not all(gap.choices for gap in gaps):
        losses.add("without the words to choose from in some of its gaps")
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
            said_to = ", ".join(
                f"{_quoted([a])}: {_words(a.feedback)}" for a in wrong if a.feedback
            )
            losses.add(
                f"without what is said to single wrong words: {said_to}",
                "without what is said to single wrong words",
            )
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
