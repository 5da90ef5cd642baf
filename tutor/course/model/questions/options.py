"""Options to choose from: `choice`, `multiple` and `true_false`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal

from msgspec.structs import force_setattr

from tutor.course.model.questions.question import (
    Arrangement,
    Interaction,
    Item,
    Question,
    Response,
    are_texts,
    texts_by_id,
    with_unique_ids,
)
from tutor.course.text import one_line


class Option(Item, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer offered by a `choice` or a `multiple`.

    Attributes:
        correct: `true` if it is right.
    """

    correct: bool = False


class Options(Question, frozen=True, kw_only=True):
    """A question whose rows are options."""

    interaction: ClassVar[Interaction] = "options"
    several: ClassVar[bool] = False
    """Whether more than one may be chosen."""
    instruction: ClassVar[str] = "Choose one:"

    def chosen(self, response: Response) -> Sequence[str]:
        """The ids of the options that a response chooses."""
        return (response,)

    def choosing(self, ids: Iterable[str]) -> Response:
        """The response that chooses options: all of them where several may be chosen."""
        return next(iter(ids))

    def arranged(self, seed: int) -> Arrangement:
        return Arrangement(self._mixed(self.rows(), seed))

    def _in_words(self, response: Response) -> str:
        names = texts_by_id(self.rows())
        return "; ".join(names.get(one, one_line(one) or "…") for one in self.chosen(response))


class OwnOptions(Options, frozen=True, kw_only=True):
    """A question whose options its author writes."""

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        force_setattr(self, "options", with_unique_ids(self.options))

    def rows(self) -> tuple[Item, ...]:
        return self.options


class Choice(OwnOptions, frozen=True, kw_only=True, tag="choice"):
    """Options, one of them correct.

    Attributes:
        options: The answers offered, best three to five, each after a dash.
    """

    example: ClassVar[dict[str, Any]] = {
        "stem": "What is asked?",
        "options": [
            {"text": "The right answer", "correct": True},
            {"text": "A wrong answer", "feedback": "Why it is wrong."},
            {"text": "Another wrong answer", "feedback": "Why that is wrong."},
        ],
        "explanation": "Why the right answer is right.",
    }
    synonyms: ClassVar[str] = (
        "mcq multiple_choice single_choice single radio select multichoice pick"
    )
    remedy_for_answer: ClassVar[str] = (
        "Put `correct: true` below the text of the right option instead."
    )

    def key(self) -> Response:
        return next(option.id for option in self.options if option.correct)

    def accepts(self, response: Response) -> bool:
        return isinstance(response, str) and any(row.id == response for row in self.options)

    def near_misses(self) -> Iterator[Response]:
        return (option.id for option in self.options if not option.correct)


class Multiple(OwnOptions, frozen=True, kw_only=True, tag="multiple"):
    """Options, any number of them correct.

    Attributes:
        options: The answers offered, best three to five, each after a dash.
        scoring: `partial`: right choices earn, wrong ones cost. `all-or-nothing`: only exactly the
            right ones earn.
    """

    several: ClassVar[bool] = True
    instruction: ClassVar[str] = "Choose all that apply:"
    example: ClassVar[dict[str, Any]] = {
        "stem": "Which of these are so?",
        "options": [
            {"text": "One that is", "correct": True},
            {"text": "Another that is", "correct": True},
            {"text": "One that is not", "feedback": "Why it is not."},
        ],
        "explanation": "What these have in common.",
    }
    synonyms: ClassVar[str] = (
        "multiple_response multiple_answers multiple_select checkbox checkboxes "
        "select_all multi_select"
    )
    remedy_for_answer: ClassVar[str] = (
        "Put `correct: true` below the text of each right option instead."
    )

    scoring: Literal["partial", "all-or-nothing"] = "partial"

    def key(self) -> Response:
        return sorted(option.id for option in self.options if option.correct)

    def deciding(self) -> tuple[Response, ...]:
        return (self.key(), self.scoring)

    def chosen(self, response: Response) -> Sequence[str]:
        return tuple(response)

    def choosing(self, ids: Iterable[str]) -> Response:
        return sorted(set(ids))

    def accepts(self, response: Response) -> bool:
        if not are_texts(response) or response != sorted(set(response)):
            return False
        return {row.id for row in self.options} >= set(response)

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:  # noqa: ARG002
        return sorted({row.id for row in self.options} & set(begun)) if are_texts(begun) else None

    def near_misses(self) -> Iterator[Response]:
        """Choices that differ from the key by one option; and the two that take no thought."""
        key, options = self.key(), [option.id for option in self.options]
        for option in options:
            yield sorted(set(key) ^ {option})
        if len(key) < len(options):
            yield sorted(options)
        yield []


class TrueFalse(Options, frozen=True, kw_only=True, tag="true_false"):
    """A statement that is true or false.

    Attributes:
        answer: Whether the statement is true.
        feedback: What a learner is told who gets it wrong.
    """

    instruction: ClassVar[str] = "True or false?"
    example: ClassVar[dict[str, Any]] = {
        "stem": "A statement.",
        "answer": True,
        "feedback": "Why it is true.",
    }
    synonyms: ClassVar[str] = "truefalse true/false tf t/f boolean bool yes_no"

    answer: bool
    feedback: str | None = None

    def rows(self) -> tuple[Item, ...]:
        right = "True" if self.answer else "False"
        return tuple(
            Item(text=label, id=label.lower(), feedback=None if label == right else self.feedback)
            for label in ("True", "False")
        )

    def key(self) -> Response:
        return self.answer

    def chosen(self, response: Response) -> Sequence[str]:
        return (str(response).lower(),)

    def choosing(self, ids: Iterable[str]) -> Response:
        return next(iter(ids)) == "true"

    def arranged(self, seed: int) -> Arrangement:  # noqa: ARG002
        return Arrangement(self.rows())

    def accepts(self, response: Response) -> bool:
        return isinstance(response, bool)

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:
        return begun if unchanged and self.accepts(begun) else None

    def near_misses(self) -> Iterator[Response]:
        yield not self.answer
