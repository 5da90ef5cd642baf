"""The line above the keys in a preview."""

from textual.content import Content
from textual.screen import Screen

from tutor import phrases
from tutor.app.key_signs import key_sign
from tutor.app.safe_text import literal, template
from tutor.app.widgets.text_layout import Drawn

_NOTHING_KEPT = "Preview: nothing is kept"


class PreviewLine(Drawn):
    """Says that nothing is kept, and how many warnings a key shows."""

    DEFAULT_CSS = """
    PreviewLine { height: 1; padding: 0 1; color: $quiet; link-color: $quiet; link-style: none; }
    """

    def __init__(self, warnings: int) -> None:
        super().__init__(self._line, id="preview-line")
        self._warnings = warnings

    def on_mount(self) -> None:
        """Follow the screen's bindings: where text is written another key shows the warnings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Stop following them."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _bindings_changed(self, _: Screen[object]) -> None:
        if self._warnings:
            self.refresh()

    def _line(self, width: int) -> Content:
        left = literal(_NOTHING_KEPT)
        if not self._warnings:
            return left
        count = phrases.plural(self._warnings, "warning")
        for words in ("$count, $key shows them", "$key $count"):
            right = template(f"[@click=app.warnings]{words}[/]", count=count, key=self._key())
            gap = width - left.cell_length - right.cell_length
            if gap >= 2:
                return Content.assemble(left, " " * gap, right)
        return right

    def _key(self) -> str:
        keys = self.screen.active_bindings.items()
        mine = (key for key, active in keys if active.binding.id == "preview.warnings")
        return key_sign(next(mine, "w"))
