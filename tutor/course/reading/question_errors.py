"""Errors of one question: it could not be graded, or not fairly."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import astuple

from tutor.course.model.markdown.plain import plain_item
from tutor.course.model.questions import (
    GAP,
    MAX_DIGITS,
    MAX_PARTS,
    AnyQuestion,
    Choice,
    Gaps,
    Item,
    Match,
    Matrix,
    Multiple,
    Number,
    Order,
    Sort,
    Text,
    is_made_of_words,
)
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import closest, visible

Subject = tuple[KeyPath, AnyQuestion]

_ID = re.compile(r"^\w[\w.-]{0,79}$")
_BRACES = re.compile(r"\{+|\}+")
_IN_BRACES = re.compile(r"(?<!\{)\{[^{}\n]{1,80}\}(?!\})")
# A brace in a gap that belongs to the text around it: {{two} days, or {{three}}.
_TORN = re.compile(r"\w[{}]")


def blank_stem(subject: Subject) -> Iterator[Violation]:
    """A question asks something.

    Write what is asked as `stem:`.
    """
    at, question = subject
    if not visible(question.stem).strip():
        yield Violation((*at, "stem"), "The stem is empty.", "Write what is asked.")


def bad_id(subject: Subject) -> Iterator[Violation]:
    """An id names a question in records, files and links: no spaces, no signs.

    Use letters, digits, `-`, `_` and `.` only, 80 at most: `who-asks`.
    """
    at, question = subject
    if not _ID.match(question.id):
        yield Violation(
            (*at, "id"),
            f"`{question.id}` cannot be an id.",
            "Use letters, digits, `-`, `_` and `.` only (80 at most).",
        )


def too_many_parts(subject: Subject) -> Iterator[Violation]:
    """A question has at most 100 of anything: options, pairs, gaps, answers, hints.

    Nobody reads more of them. Make several questions of it.
    """
    at, question = subject
    counts = {
        key: len(value)
        for key, value in zip(question.__struct_encode_fields__, astuple(question), strict=True)
        if type(value) is tuple or type(value) is dict
    }
    if isinstance(question, Sort):
        counts["groups"] = max(counts["groups"], len(question.rows()))
    if isinstance(question, Gaps):
        counts["text"] = len(question.gaps())
    for key, count in counts.items():
        if count > MAX_PARTS:
            yield Violation(
                (*at, key),
                f"There are {count:,} of these; a question has at most {MAX_PARTS}.",
                "Make several questions of it.",
            )


def wrong_number_of_keys(subject: Subject) -> Iterator[Violation]:
    """Exactly one option of a `choice` is correct, at least one of a `multiple`.

    Otherwise nobody could be graded. Write `correct: true` below the option that is right.
    """
    at, question = subject
    if not isinstance(question, Choice | Multiple):
        return
    options = (*at, "options")
    if len(question.options) < 2:
        yield Violation(options, "There must be at least two options.", "Add an option.")
        return
    right = sum(option.correct for option in question.options)
    if right == 0:
        from tutor.course.reading.marked_answers import marked_as_right  # few questions need it

        texts = [option.text for option in question.options]
        marked = [texts[index] for index in marked_as_right(texts)]
        remedy = "Add `correct: true` to the right one."
        if marked:
            remedy = (
                f"The mark in `{marked[0][:80]}` is a part of the text, and learners see it: take "
                "it out, and add `correct: true` below the text."
            )
        yield Violation(options, "No option is marked as correct.", remedy)
    if right > 1 and isinstance(question, Choice):
        second = [index for index, option in enumerate(question.options) if option.correct][1]
        yield Violation(
            (*options, second, "correct"),
            f"{right} options are marked as correct, but a `choice` has one.",
            "Take the mark off, or make this a `multiple`.",
        )


def too_few_items(subject: Subject) -> Iterator[Violation]:
    """There is something to order, match, sort or rate.

    With one item, pair, group or column there is only one response, and it is right.
    """
    at, question = subject
    if isinstance(question, Order) and len(question.items) < 2:
        yield Violation((*at, "items"), "There must be at least two items to put in order.")
    if isinstance(question, Match) and len(question.pairs) < 2:
        yield Violation((*at, "pairs"), "There must be at least two pairs to match.")
    if isinstance(question, Sort):
        if len(question.groups) < 2:
            yield Violation((*at, "groups"), "There must be at least two groups to sort into.")
        if not question.rows():
            yield Violation((*at, "groups"), "There are no items to sort.")
    if isinstance(question, Matrix):
        if len(question.columns) < 2:
            yield Violation((*at, "columns"), "There must be at least two columns to rate by.")
        if not question.entries:
            yield Violation((*at, "rows"), "There are no rows to rate.")


def unknown_column(subject: Subject) -> Iterator[Violation]:
    """Every row of a `matrix` belongs to one of its columns.

    Write as its `column:` what stands under `columns:`, in the same words.
    """
    at, question = subject
    if not isinstance(question, Matrix):
        return
    for index, row in enumerate(question.entries):
        if row.column not in question.columns:
            plain = row.column.strip().casefold()
            alike = [column for column in question.columns if column.casefold() == plain]
            near = alike[0] if alike else closest(row.column, question.columns)
            listed = ", ".join(f"`{column}`" for column in question.columns)
            yield Violation(
                (*at, "rows", index, "column"),
                f"`{row.column}` is none of the columns.",
                f"Write `{near}`." if near else f"Write one of them: {listed}.",
            )


def no_gap(subject: Subject) -> Iterator[Violation]:
    """A `gaps` question has gaps, and every gap accepts something.

    Write a gap as `{{accepted}}`, or `{{accepted|also accepted}}`.
    """
    at, question = subject
    if not isinstance(question, Gaps):
        return
    broken = _broken_gaps(question.text)
    if not question.gaps() and not broken:
        from tutor.course.reading.marked_answers import gap_signs  # few questions need it

        remedy = "Write a gap as {{accepted|also accepted}}."
        signs = gap_signs(question.text)
        if signs is not None and (found := signs.search(question.text)):
            remedy = f"Write `{{{{{found[1]}}}}}` in the place of `{found[0]}`, if that is a gap."
        if "___" in question.text:
            remedy = "Write in the place of ____ what is accepted: {{accepted|also accepted}}."
        yield Violation((*at, "text"), "The text has no gap.", remedy)
    for number, accepted in enumerate(question.gaps(), 1):
        if not accepted and not broken:
            yield Violation(
                (*at, "text"), f"Gap {number} accepts nothing.", "Write what is accepted."
            )


def broken_gap(subject: Subject) -> Iterator[Violation]:
    """Every gap of a `gaps` question stands between two braces and two.

    Otherwise learners see the braces, and what is accepted. Write a gap as `{{accepted}}`. A single
    brace is a sign like any other: {1, 2}, \\frac{3}{4}.
    """
    at, question = subject
    if not isinstance(question, Gaps):
        return
    broken = list(_broken_gaps(question.text))
    if not broken:
        return
    from tutor.course.reading.marked_answers import gap_signs  # few questions need it

    signs = gap_signs(question.text)
    for offset in broken:
        whole = signs.match(question.text, offset) if signs else None
        said = "opened" if question.text[offset] == "}" else "closed"
        if not question.text.startswith(("{{", "}}"), offset):
            said = "opened and closed"
        yield Violation(
            (*at, "text"),
            f"This gap is not {said} by two braces.",
            f"Write `{{{{{whole[1]}}}}}`."
            if whole
            else "Write a gap as {{accepted|also accepted}}.",
            offset=offset,
        )


def _broken_gaps(text: str) -> list[int]:
    """Where braces stand that were meant to open or close a gap, and do not."""
    if not GAP.search(text):
        rest, found = text, [braces.start() for braces in _IN_BRACES.finditer(text)]
    else:
        rest = GAP.sub(lambda gap: "\0" * len(gap[0]), text)
        found = [gap.start() for gap in GAP.finditer(text) if _is_torn(gap[1])]
    opened = 0
    for braces in _BRACES.finditer(rest):
        count = len(braces[0])
        if braces[0][0] == "{":
            opened += count
            found += [braces.start()] if count > 1 else []
        else:
            found += [braces.start()] if count > max(1, opened) else []
            opened = max(0, opened - count)
    return sorted(set(found))


def _is_torn(inside: str) -> bool:
    """Whether a gap ends at braces that are not its own."""
    return inside.count("{") != inside.count("}") and _TORN.search(inside) is not None


def no_accepted_answer(subject: Subject) -> Iterator[Violation]:
    """A `text` question accepts something, and nothing that it accepts is blank.

    List what is right under `answers:`; the first of them is shown as the answer.
    """
    at, question = subject
    if not isinstance(question, Text):
        return
    if not question.answers:
        yield Violation((*at, "answers"), "No answer is accepted.", "List at least one.")
    for index, answer in enumerate(question.answers):
        if not answer.strip():
            yield Violation((*at, "answers", index), "An accepted answer is empty.", "Remove it.")


def same_items(subject: Subject) -> Iterator[Violation]:
    """Things that can be chosen are told apart by a learner, and by their ids.

    Texts are the same if they look the same: one more space or a `**` tells no learner anything. A
    minus sign or a capital does. Reword one of them, or give each an `id`.
    """
    at, question = subject
    where = {
        "choice": "options",
        "multiple": "options",
        "order": "items",
        "match": "pairs",
        "matrix": "rows",
    }
    place = (*at, where.get(question.type, "groups"))
    yield from _twins(question.rows(), place)
    columns = (*at, "columns")
    yield from _twins(question.targets(), columns if isinstance(question, Matrix) else place)


def _twins(items: Iterable[Item], place: KeyPath) -> Iterator[Violation]:
    first: dict[str, Item] = {}
    by_id: dict[str, Item] = {}
    for item in items:
        parts = as_seen(item.text)
        twin = first.setdefault(parts, item)
        namesake = by_id.setdefault(item.id, item)
        if twin is not item and (
            twin.id == item.id or is_made_of_words(twin) or is_made_of_words(item)
        ):
            yield Violation(
                place,
                f"`{twin.text}` and `{item.text}` read the same.",
                "Reword one, or give each an `id`.",
            )
        elif namesake is not item:
            yield Violation(
                place,
                f"`{namesake.text}` and `{item.text}` have the same id, `{item.id}`.",
                "Give each an id of its own.",
            )


def as_seen(text: str) -> str:
    """A text as far as learners can tell it from another: code keeps its spaces and lines."""
    return visible(plain_item(text)).replace("\u00a0", " ").strip()


def empty_items(subject: Subject) -> Iterator[Violation]:
    """Nothing that can be chosen is blank.

    Write the text, or take the entry out.
    """
    at, question = subject
    said, remedy = "One of the texts to choose from is empty.", "Write it or remove it."
    if isinstance(question, Choice | Multiple):
        for index, option in enumerate(question.options):
            if not visible(option.text).strip():
                yield Violation((*at, "options", index, "text"), said, remedy)
        return
    for item in (*question.rows(), *question.targets()):
        if not visible(item.text).strip():
            yield Violation(at, said, remedy)


def unusable_number(subject: Subject) -> Iterator[Violation]:
    """Numbers are finite and of a length that people write; a fraction is one.

    A number has at most 30 digits on either side of the point, a fraction a slash: `1/3`, `2 1/3`.
    """
    at, question = subject
    if not isinstance(question, Number):
        return
    yield from _unusable_fraction((*at, "fraction"), question.fraction, question.answer)
    for index, mistake in enumerate(question.mistakes):
        place = (*at, "mistakes", index, "fraction")
        yield from _unusable_fraction(place, mistake.fraction, mistake.answer)
    for index, number in enumerate(question.also):
        if _number_in(number) is None:
            yield Violation(
                (*at, "also", index),
                f"`{number}` is not read as a number.",
                "Write it in digits, as 48, 0.5 or 1/2.",
            )
    if not usable(question.answer):
        yield Violation((*at, "answer"), "This number cannot be used as an answer.")
    if question.ask_unit and not question.unit:
        yield Violation((*at, "ask_unit"), "The unit is asked for, but there is no `unit`.")
    for index, mistake in enumerate(question.mistakes):
        if not usable(mistake.answer):
            yield Violation((*at, "mistakes", index, "answer"), "This number cannot be used.")


def _unusable_fraction(
    place: KeyPath, fraction: str | None, answer: Decimal
) -> Iterator[Violation]:
    if fraction is None:
        return
    number = _number_in(fraction)
    if number is None:
        yield Violation(
            place, f"`{fraction}` is not read as a fraction.", "Write it with a slash: 1/3, 2 1/3."
        )
    elif abs(number - Fraction(answer)) > Fraction(1, 10**MAX_DIGITS):
        yield Violation(
            place,
            f"`fraction: {fraction}` and `answer: {answer:f}` are not the same number.",
            "Leave one of the two out.",
        )


def _number_in(text: str) -> Fraction | None:
    """The number that a text is, if it is one and nothing else."""
    from tutor.course.model.numerals import numeral_in  # few questions need it

    found = numeral_in(text)
    return None if found is None or found.before or found.behind else found.number


def usable(number: Decimal) -> bool:
    """Tell whether a number is finite and has at most 30 digits on either side of the point."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return number.adjusted() < MAX_DIGITS and isinstance(exponent, int) and exponent >= -MAX_DIGITS


def too_much_feedback(subject: Subject) -> Iterator[Violation]:
    """Feedback of `gaps` belongs to its gaps, one each.

    The first feedback is shown for the first gap, and so on.
    """
    at, question = subject
    if not isinstance(question, Gaps) or _broken_gaps(question.text):
        return
    if len(question.feedback) > len(question.gaps()):
        yield Violation(
            (*at, "feedback"),
            f"There are more texts of feedback ({len(question.feedback)}) than gaps "
            f"({len(question.gaps())}).",
            "Each stands for one gap, in their order. Take out what is too much.",
        )


ERRORS = (
    blank_stem,
    bad_id,
    too_many_parts,
    wrong_number_of_keys,
    too_few_items,
    unknown_column,
    no_gap,
    broken_gap,
    no_accepted_answer,
    same_items,
    empty_items,
    unusable_number,
    too_much_feedback,
)
