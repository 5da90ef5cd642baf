"""What is said after a response."""

from tutor import phrases
from tutor.course.model.markdown.plain import plain_item_line, plain_text
from tutor.course.model.questions import AnyQuestion, Arrangement, Options, texts_by_id
from tutor.plain import answer_lines, markdown_lines
from tutor.quiz.attempt import Verdict


def lines(question: AnyQuestion, arrangement: Arrangement, verdict: Verdict) -> list[str]:
    """A verdict, what there is to say about the response, and, once it is settled, the answer."""
    return [line for block in blocks(question, arrangement, verdict) for line in block]


def set_apart(parts: list[list[str]]) -> list[str]:
    """Lines with an empty one between what belongs together, for whoever reads them on a screen."""
    first, *others = [part for part in parts if part] or [[]]
    return [*first, *(line for part in others for line in ("", *part))]


def blocks(question: AnyQuestion, arrangement: Arrangement, verdict: Verdict) -> list[list[str]]:
    """The same in parts: the verdict and what it says of the response; the right answer; why."""
    said = _first(question, arrangement, verdict)
    said += [
        text for text in (phrases.accepted(question, verdict), phrases.hinted(verdict)) if text
    ]
    if verdict.grade.feedback:
        said += plain_text(verdict.grade.feedback).split("\n")
    if _takes_several_options(question):
        said += _options(question, arrangement, verdict)
    else:
        for part, about in _parts(question, verdict):
            said += markdown_lines.hung(f"  {part}:", about)
    if not verdict.settled:
        return [said]
    missed = verdict.outcome in ("partly", "wrong")
    brief = bool(_parts(question, verdict))
    right = right_answer(question, arrangement, brief=brief) if missed else []
    return [said, right, why(question)]


def _parts(question: AnyQuestion, verdict: Verdict) -> list[tuple[str, str]]:
    """What there is to say about parts, except where the first line has said it."""
    if _takes_one_option(question) or verdict.response is None or verdict.outcome == "slip":
        return []
    return phrases.part_feedback(question, verdict)


def _takes_one_option(question: AnyQuestion) -> bool:
    return isinstance(question, Options) and not question.several


def _takes_several_options(question: AnyQuestion) -> bool:
    return isinstance(question, Options) and question.several


def _options(question: AnyQuestion, arrangement: Arrangement, verdict: Verdict) -> list[str]:
    """What became of each option that was chosen or missed, by the number it was shown with.

    While the question can still be answered, it is not said which of them are right.
    """
    if verdict.response is None or verdict.outcome == "slip":
        return []
    parts = {part.id: part for part in verdict.grade.parts}
    abouts = phrases.feedback_by_part(question, verdict)
    all_told = verdict.settled and verdict.outcome != "right"
    said = []
    for number, row in enumerate(arrangement.rows, 1):
        part, about = parts.get(row.id), abouts.get(row.id, "")
        if part is None or not (about or (all_told and part.given)):
            continue
        lead = f"  {number}"
        if verdict.settled:
            lead += " (right)" if part.key else " (wrong)"
        said += markdown_lines.hung(f"{lead}:", about) if about else [f"{lead}."]
    return said


def _first(question: AnyQuestion, arrangement: Arrangement, verdict: Verdict) -> list[str]:
    said = phrases.verdict(question, verdict)
    if verdict.response is None:
        return [f"{said} No answer was understood."]
    if not _takes_one_option(question):
        return [said]
    chosen = question.describe(verdict.response)
    number = answer_lines.in_numbers(question, arrangement, verdict.response)
    about = [text for _, text in phrases.part_feedback(question, verdict)]
    first = f"{said} You chose {f'{number}: {chosen}' if number else chosen.lower()}"
    return [phrases.sentence(first), *(line for text in about for line in text.split("\n"))]


def right_answer(
    question: AnyQuestion, arrangement: Arrangement, *, brief: bool = False
) -> list[str]:
    """The right answer, as it is written here and in words.

    Args:
        arrangement: In which order it is shown.
        brief: True where the words have been said part by part; then only the numbers are given.
    """
    numbers = answer_lines.in_numbers(question, arrangement, question.key())
    if not numbers:
        return [f"The right answer: {phrases.right_answer(question)}"]
    if question.interaction not in ("ordering", "matching"):
        return [f"The right answer is {numbers}: {phrases.right_answer(question)}"]
    if brief:
        return [f"The right answer is {numbers}."]
    return [f"The right answer is {numbers}:", *places(question, arrangement)]


def places(question: AnyQuestion, arrangement: Arrangement) -> list[str]:
    """The right answer of a question whose rows have places, a row on each line."""
    if question.interaction == "ordering":
        return answer_lines.numbered(tuple(item.text for item in question.rows()))
    targets = texts_by_id(arrangement.targets)
    key = question.key()
    return [f"  {plain_item_line(row.text)}: {targets[key[row.id]]}" for row in arrangement.rows]


def wrong_places(question: AnyQuestion, verdict: Verdict) -> list[str]:
    """The rows of a match or a sort that were put wrongly: where they went, where they belong."""
    rows = texts_by_id(question.rows())
    targets = texts_by_id(question.targets())
    return [
        f"{rows[part.id]}: you answered {targets.get(part.given, 'nothing')}; "
        f"right is {targets[part.key]}"
        for part in verdict.grade.parts
        if not part.right
    ]


def why(question: AnyQuestion) -> list[str]:
    """The explanation; what it rests on is said when it is asked for."""
    return markdown_lines.told("Why:", question.explanation) if question.explanation else []
