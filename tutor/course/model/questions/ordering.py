"""Items to put in order: `order`."""

from collections.abc import Iterator
from typing import Any, ClassVar

from tutor.course.model.questions.question import (
    Arrangement,
    Interaction,
    Item,
    Question,
    Response,
    are_texts,
    arranged,
    as_items,
    texts_by_id,
)
from tutor.course.text import one_line


class Order(Question, frozen=True, kw_only=True, tag="order"):
    """Items to be put in order; the file lists them in the right order.

    Attributes:
        items: What to put in order, listed in the right order; it is shown shuffled.
    """

    interaction: ClassVar[Interaction] = "ordering"
    instruction: ClassVar[str] = "Put these in the right order:"
    example: ClassVar[dict[str, Any]] = {
        "stem": "Put these in order, the first first.",
        "items": ["What comes first", "What comes next", "What comes last"],
        "explanation": "Why in this order.",
    }
    synonyms: ClassVar[str] = "ordering sequence sequencing rank ranking sorting_order"
    remedy_for_answer: ClassVar[str] = (
        "`items` are listed in the right order, and shown mixed: list them so, and leave this out."
    )

    items: tuple[str | Item, ...]

    def rows(self) -> tuple[Item, ...]:
        return as_items(self.items)

    def key(self) -> Response:
        return [item.id for item in self.rows()]

    def arranged(self, seed: int) -> Arrangement:
        """Items are always shuffled, and never stand in the right order from the start."""
        rows = self.rows()
        mixed = arranged(rows, seed, self.id)
        return Arrangement(mixed[1:] + mixed[:1] if mixed == rows else mixed)

    def accepts(self, response: Response) -> bool:
        return are_texts(response) and sorted(response) == sorted({row.id for row in self.rows()})

    def _in_words(self, response: Response) -> str:
        names = texts_by_id(self.rows())
        return " → ".join(names.get(one, one_line(one) or "…") for one in response)

    def near_misses(self) -> Iterator[Response]:
        """Orders in which two neighbors are swapped."""
        key = self.key()
        for index in range(len(key) - 1):
            yield [*key[:index], key[index + 1], key[index], *key[index + 2 :]]
