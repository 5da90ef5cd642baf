"""A note of Anki, wherever it stood."""

from msgspec import Struct


class Note(Struct, frozen=True):
    """What a card is made of.

    Attributes:
        front: What is asked.
        back: What is answered.
        html: Whether both are HTML.
        deck: The path of its deck, its names parted by `::`.
        others: The names of its further fields that hold something.
        line: Where it stands: its line, or its number in a package.
    """

    front: str
    back: str
    html: bool
    deck: str = ""
    tags: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    line: int = 0
