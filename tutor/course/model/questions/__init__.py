"""The eleven question types: what an author writes, and what decides right and wrong.

Each type belongs to one of the six interactions of QTI, with a module for each: its responses have
that interaction's shape, and whatever asks a question or writes it down works from the interaction.

    options    choice: option id · multiple: sorted list of option ids · true_false: true or false
    entry      number: decimal as text · text: text
    ordering   order: list of item ids
    matching   match, sort, matrix: {row id: target id}
    gaps       gaps: list of texts
    essay      open: {"text": text, "ticked": [rubric ids]}

Beside its fields, a type has everything that others ask of it: its key, what it accepts, how it is
arranged, near misses, and for authors an example and the names it has elsewhere.
"""

from typing import TypeAlias, get_args

from tutor.course.model.questions.entry import Number, NumberMistake, Text, TextMistake
from tutor.course.model.questions.essay import Open
from tutor.course.model.questions.gaps import GAP, GAP_MARK, Gaps
from tutor.course.model.questions.matching import Match, Matching, Matrix, MatrixRow, Pair, Sort
from tutor.course.model.questions.options import Choice, Multiple, Option, Options, TrueFalse
from tutor.course.model.questions.ordering import Order
from tutor.course.model.questions.question import (
    LEVELS,
    MAX_DIGITS,
    MAX_PARTS,
    Arrangement,
    Interaction,
    Item,
    Level,
    Question,
    Response,
    is_made_of_words,
    texts_by_id,
    with_unique_ids,
)

__all__ = ["GAP", "GAP_MARK", "LEVELS", "MAX_DIGITS", "MAX_PARTS", "QUESTION_TYPES", "AnyQuestion"]
__all__ += ["Arrangement", "Choice", "Gaps", "Interaction", "Item", "Level", "Match", "Matching"]
__all__ += ["Matrix", "MatrixRow", "Multiple", "Number", "NumberMistake", "Open", "Option"]
__all__ += ["Options", "Order", "Pair", "Question", "Response", "Sort", "Text", "TextMistake"]
__all__ += ["TrueFalse", "is_made_of_words", "texts_by_id", "with_unique_ids"]

AnyQuestion: TypeAlias = (
    Choice | Multiple | TrueFalse | Number | Text | Order | Match | Gaps | Sort | Matrix | Open
)
QUESTION_TYPES: dict[str, type[Question]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyQuestion)
}
