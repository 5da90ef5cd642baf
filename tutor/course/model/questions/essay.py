"""A text to write freely, which nobody judges: `open`."""

from collections.abc import Iterator
from typing import Any, ClassVar

from tutor.course.model.questions.question import (
    Interaction,
    Item,
    Question,
    Response,
    are_texts,
    as_items,
)
from tutor.course.text import clean, one_line


class Open(Question, frozen=True, kw_only=True, tag="open"):
    """A text to be written freely and held against a rubric by the learner; never scored.

    Attributes:
        rubric: Points that learners look for in their own answer, and tick.
        model: An example of a good answer, shown afterwards.
    """

    interaction: ClassVar[Interaction] = "essay"
    scored: ClassVar[bool] = False
    example: ClassVar[dict[str, Any]] = {
        "stem": "What do you say to this?",
        "rubric": ["A point a good answer makes", "Another point"],
        "model": "An example of a good answer.",
    }
    synonyms: ClassVar[str] = "essay long_answer free_response open_ended discussion written"
    remedy_for_answer: ClassVar[str] = (
        "Leave it out, as nothing is graded here; an example answer stands in `model`."
    )

    rubric: tuple[str, ...]
    model: str | None = None

    def rows(self) -> tuple[Item, ...]:
        return as_items(self.rubric)

    def key(self) -> Response:
        return {"text": self.model or "", "ticked": sorted(row.id for row in self.rows())}

    def deciding(self) -> tuple[Response, ...]:
        return ()  # nothing is right or wrong here

    def accepts(self, response: Response) -> bool:
        return (
            isinstance(response, dict)
            and set(response) == {"text", "ticked"}
            and isinstance(response["text"], str)
            and are_texts(response["ticked"])
            and {row.id for row in self.rows()} >= set(response["ticked"])
        )

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:  # noqa: ARG002
        match begun:
            case {"text": str(text), "ticked": list(ticked)} if are_texts(ticked):
                points = {row.id for row in self.rows()} & set(ticked)
                return {"text": clean(text), "ticked": sorted(points)}
            case _:
                return None

    def _in_words(self, response: Response) -> str:
        return one_line(response["text"]) or "nothing"

    def near_misses(self) -> Iterator[Response]:
        return iter(())
