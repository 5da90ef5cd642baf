"""Our questions as entries of Moodle's question bank."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Matching,
    Multiple,
    Number,
    Open,
    Option,
    Order,
    Question,
    Text,
    TrueFalse,
)
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import (
    ANYTHING,
    FULL,
    NOTHING,
    Answer,
    Entry,
    Gap,
    at_least,
    share,
)
from tutor.exchange.moodle.text_formats import item, markdown, plain

POINTS_TAG = "points:"
TYPE_TAG = "type:"
LEVEL_TAG = "level:"


class EntryResult(Struct, frozen=True):
    """A question on its way out.

    Attributes:
        entry: The entry, or None where Moodle has no counterpart.
        remarks: Clauses on what will be otherwise in Moodle, or why there is no entry.
        lost: Clauses on what an entry has no place for, wherever it goes.
    """

    entry: Entry | None
    remarks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def to_entry(question: Question, category: tuple[str, ...]) -> EntryResult:
    """Turn a question into an entry of the bank.

    Args:
        question: The question.
        category: The names of the categories it is filed under, outermost first.
    """
    made = _converted(question)
    if made.entry is None:
        return made
    entry = replace(
        made.entry,
        name=question.id,
        stem=markdown(question.stem),
        id=question.id,
        tags=(*_tags(question), *made.entry.tags),
        category=tuple(one_line(name) for name in category),
        explanation=markdown(question.explanation or ""),
        hints=tuple(markdown(hint) for hint in question.hints),
        points=Decimal(question.points),
        shuffle=question.shuffle,
    )
    return replace(made, entry=entry)


def _tags(question: Question) -> Iterator[str]:
    if question.objective:
        yield question.objective
    if question.level:
        yield f"{LEVEL_TAG}{question.level}"


def _option(option: Option, percent: Decimal) -> Answer:
    return Answer(item(option.text), percent, markdown(option.feedback or ""))


def _choice(question: Choice) -> EntryResult:
    answers = tuple(
        _option(option, FULL if option.correct else NOTHING) for option in question.options
    )
    return EntryResult(Entry(kind="multichoice", answers=answers))


def _multiple(question: Multiple) -> EntryResult:
    """Each right option earns its share, and all wrong ones together cost everything."""
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    earned = share(right) if right else None
    if earned is None:
        return EntryResult(None, (f"Moodle has no weight for {right} right options",))
    exact = share(wrong) if wrong else NOTHING
    cost = at_least(FULL / wrong) if exact is None else exact
    answers = tuple(
        _option(option, earned if option.correct else -cost) for option in question.options
    )
    remarks: list[str] = []
    if question.scoring == "all-or-nothing":
        remarks.append("Moodle gives a part of the points for a part of the right options")
    if exact is None:
        remarks.append(f"in Moodle each wrong option costs {cost.normalize():f} percent")
    entry = Entry(
        kind="multichoice",
        answers=answers,
        single=False,
        all_or_nothing=question.scoring == "all-or-nothing",
    )
    return EntryResult(entry, tuple(remarks))


def _true_false(question: TrueFalse) -> EntryResult:
    told = markdown(question.feedback or "")
    answers = tuple(
        Answer(text, FULL, "")
        if (text == "true") == question.answer
        else Answer(text, NOTHING, told)
        for text in ("true", "false")
    )
    return EntryResult(Entry(kind="truefalse", answers=answers))


def _number(question: Number) -> EntryResult:
    right = tuple(
        Answer(format(number, "f"), tolerance=format(question.deviation(number), "f"))
        for number in (question.answer, *question.others())
    )
    mistakes = tuple(
        Answer(format(mistake.answer, "f"), NOTHING, markdown(mistake.feedback))
        for mistake in question.mistakes
    )
    entry = Entry(
        kind="numerical",
        answers=(*right, *mistakes),
        unit=plain(question.unit or ""),
        unit_counts=question.ask_unit,
        decimal_sign=question.decimal or "",
    )
    return EntryResult(entry)


def _text(question: Text) -> EntryResult:
    answers = tuple(Answer(_literal(answer)) for answer in question.answers)
    mistakes = tuple(
        Answer(_literal(mistake.answer), NOTHING, markdown(mistake.feedback))
        for mistake in question.mistakes
    )
    return EntryResult(
        Entry(kind="shortanswer", answers=(*answers, *mistakes), case_matters=question.exact)
    )


def _literal(answer: str) -> str:
    """An accepted text, in which Moodle is to take no asterisk for a wildcard."""
    return plain(answer).replace("*", r"\*")


def _order(question: Order) -> EntryResult:
    answers = tuple(
        Answer(item(row.text), feedback=markdown(row.feedback or "")) for row in question.rows()
    )
    return EntryResult(
        Entry(kind="ordering", answers=answers),
        ("Moodle counts pairs in the right order, but takes off nothing for the others",),
    )


def _matching(question: Matching) -> EntryResult:
    """Rows may share a target; what the question is here stands in a tag, unless it is a match."""
    targets = {target.id: target.text for target in question.targets()}
    key: dict[str, str] = question.key()
    pairs = [(item(row.text), plain_item_line(targets[key[row.id]])) for row in question.rows()]
    spare = [("", plain_item_line(text)) for text in question.spare_targets()]
    entry = Entry(
        kind="matching",
        pairs=(*pairs, *spare),
        tags=() if isinstance(question, Match) else (f"{TYPE_TAG}{question.type}",),
    )
    return EntryResult(entry, (f"in Moodle {question.as_pairs}",) if question.as_pairs else ())


def _gaps(question: Gaps) -> EntryResult:
    told = [*question.feedback, *[""] * len(question.gaps())]
    words = question.words() if len(question.words()) > 1 else ()
    listed = question.gaps_as_seen() if words else question.gaps()
    gaps = tuple(
        Gap(
            _gap(accepted, words, feedback),
            choices=bool(words),
            case_matters=question.exact and not words,
        )
        for accepted, feedback in zip(listed, told, strict=False)
    )
    pieces = question.around(markdown)
    weight, rest = divmod(question.points, len(gaps) or 1)
    entry = Entry(
        kind="cloze",
        pieces=tuple(pieces),
        gaps=tuple(replace(gap, weight=1 if rest else weight) for gap in gaps),
        tags=(f"{POINTS_TAG}{question.points}",) if rest else (),
    )
    remarks: list[str] = []
    if rest:
        remarks.append(f"Moodle gives 1 point a gap, {len(gaps)} in all")
    lost: list[str] = []
    if words and any(set(accepted) - set(words) for accepted in listed):
        lost.append("accepted words that are not in the bank cannot be chosen there")
    return EntryResult(entry, tuple(remarks), tuple(lost))


def _gap(accepted: tuple[str, ...], words: tuple[str, ...], feedback: str) -> tuple[Answer, ...]:
    told = markdown(feedback)
    if words:
        # The list gives nothing away; among those accepted, the first is the one that is shown.
        right = iter([word for word in accepted if word in words])
        return tuple(
            Answer(plain(next(right)), FULL)
            if word in accepted
            else Answer(plain(word), NOTHING, told)
            for word in words
        )
    answers = tuple(Answer(_literal(text)) for text in accepted)
    return (*answers, Answer(ANYTHING, NOTHING, told)) if told else answers


def _open(question: Open) -> EntryResult:
    points = "\n".join(f"- {item(point)}".replace("\n", "\n  ") for point in question.rubric)
    wanted = "\n\n".join(part for part in (points, markdown(question.model or "")) if part)
    return EntryResult(Entry(kind="essay", wanted=wanted))


def _converted(question: Question) -> EntryResult:
    match question:
        case TrueFalse():
            return _true_false(question)
        case Multiple():
            return _multiple(question)
        case Choice():
            return _choice(question)
        case Number():
            return _number(question)
        case Text():
            return _text(question)
        case Order():
            return _order(question)
        case Matching():
            return _matching(question)
        case Gaps():
            return _gaps(question)
        case Open():
            return _open(question)
    raise AssertionError(f"no entry is made of a {question.type}")
