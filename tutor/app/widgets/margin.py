"""The margin of the page: sources and glossary words, opened in place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.widgets.scroll_area import Reading
from tutor.app.widgets.text_layout import ruled
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.sources import Citation
from tutor.course.text import one_line


class Margin(Reading):
    """A panel beside the text, or below it where the window is narrow."""

    DEFAULT_CSS = """
    Margin { display: none; background: $surface; padding: 0 2; scrollbar-size-vertical: 1; }
    Margin.-open { display: block; }
    Margin > Static { margin-bottom: 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", "scroll", id="margin.down", tooltip="Scroll the panel down"),
    ]

    def __init__(self) -> None:
        super().__init__(id="margin")
        self.showing = ""

    @property
    def is_open(self) -> bool:
        """Whether there is something in the margin."""
        return bool(self.showing)

    async def show(self, showing: str, title: str, notes: Sequence[Content]) -> None:
        """Open the panel with notes under a title.

        Args:
            showing: Which panel this is, so that the same key closes it.
            notes: What stands in it, each a paragraph.
        """
        self.showing = showing
        async with self.batch():
            await self.remove_children()
            await self.mount_all(
                [Static(literal(title, "bold $primary")), *(Static(note) for note in notes)]
            )
        self.scroll_home(animate=False)
        self.add_class("-open")
        self._say_that_it_is_open()
        self.focus()

    def close(self) -> None:
        """Close the panel."""
        self.showing = ""
        self.remove_class("-open")
        self._say_that_it_is_open()

    def _say_that_it_is_open(self) -> None:
        """What stands in its place while it is closed gives way."""
        if isinstance(self.parent, Widget):
            self.parent.set_class(self.is_open, "-looking-up")


def about_words(words: Mapping[str, str]) -> list[Content]:
    """Glossary words with what they mean."""
    return [
        Content.assemble(literal(one_line(word), "bold"), "  ", literal(plain_line(meaning)))
        for word, meaning in words.items()
    ]


def about_claims(claims: Sequence[str], known: Mapping[str, Citation]) -> list[Content]:
    """Claims with who says them, and where they come from beyond the article."""
    notes = []
    for name, said in zip(claims, phrases.citations(claims, known), strict=True):
        first, *others = said
        beyond = name in known and known[name].beyond
        marked = [literal(first, "bold"), *(literal(line, "$quiet") for line in others)]
        if beyond:
            marked.insert(0, literal(f"◇ {phrases.BEYOND}", "$accent"))
        notes.append(lines(*marked))
    return notes


def beside_text(
    words: Mapping[str, str], claims: Sequence[str], known: Mapping[str, Citation], width: int
) -> Iterator[Content]:
    """The words of a step and who says what it rests on, as they stand beside it."""
    if words:
        yield ruled("Words", width)
    for word, meaning in words.items():
        yield Content("")
        yield literal(one_line(word), "bold").truncate(width, ellipsis=True)
        yield from literal(plain_line(meaning), "$quiet").wrap(width)
    cited: dict[str, list[Citation]] = {}
    for name in claims:
        if name in known:
            cited.setdefault(phrases.place(known[name]), []).append(known[name])
    if words and cited:
        yield Content("")
        yield Content("")
    if cited:
        yield ruled("Who says it", width)
    for place, said in cited.items():
        yield Content("")
        yield from literal(place, "bold").wrap(width)
        for number, one in enumerate(said):
            if number:
                yield Content("")
            yield from literal(one_line(one.claim.text), "$quiet").wrap(width)
