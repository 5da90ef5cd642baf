"""What all dialogs share: their keys can be clicked, and a click beside them closes them."""

from functools import partial
from typing import ClassVar, TypeVar

from textual import events
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style

from tutor.app.safe_text import lines, literal
from tutor.app.signs import in_words
from tutor.app.widgets.rows import Row, Rows, fitted, in_columns
from tutor.app.widgets.text_layout import Drawn

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A window over a page."""

    def action_choose(self) -> None:
        """Do what Enter does in the list of the dialog."""
        for rows in self.query(Rows):
            rows.action_open()

    def close_from_beside(self) -> None:
        """Close after a click beside the dialog, which must lose nothing."""
        self.dismiss()

    def on_click(self, event: events.Click) -> None:
        """A click beside the dialog closes it."""
        under, _ = self.get_widget_at(event.screen_x, event.screen_y)
        if under is self:
            self.close_from_beside()


class Choice(Row, frozen=True, kw_only=True):
    """Something to choose, named in full; what is to be known of it stands beside or under it."""

    in_full: ClassVar[bool] = True

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its lines."""
        subject = literal(str(self.subject), "bold" if here else "")
        about = literal(self.about, "$quiet")
        if subject.cell_length + about.cell_length + 2 <= width:
            return in_columns(Content(""), [subject], about, width)
        return [*fitted(subject, width, wrap=True), *fitted(about, width, wrap=True)]


class Foot(Drawn):
    """The keys of a dialog, each of which can be clicked; none is torn in two by the end of a line.

    Args:
        keys: What is said of each key, and the action of the dialog that it stands for; empty
            where a click would do nothing.
    """

    def __init__(self, *keys: tuple[str, str], classes: str = "foot") -> None:
        super().__init__(partial(_clickable, keys), classes=classes)

    def say(self, *keys: tuple[str, str]) -> None:
        """Say something else of the keys."""
        self.draw_anew(partial(_clickable, keys))


def _clickable(keys: tuple[tuple[str, str], ...], width: int) -> Content:
    shown = [_key(said, action) for said, action in keys]
    gap = Content("   ")
    if gap.join(shown).cell_length > width:
        gap = Content("  ")
    rows: list[list[Content]] = [[]]
    for key in shown:
        if rows[-1] and gap.join([*rows[-1], key]).cell_length > width:
            rows.append([])
        rows[-1].append(key)
    return lines(*(gap.join(row) for row in rows))


def _key(said: str, action: str) -> Content:
    shown = literal(in_words(said))
    return shown.stylize(Style.from_meta({"@click": f"screen.{action}"})) if action else shown
