"""The line of keys at the bottom: what works now, the most important first."""

from collections.abc import Callable
from typing import TypeAlias

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from tutor.app.safe import literal

Describe: TypeAlias = Callable[[Binding], str]

ALWAYS_LAST = ("app.help", "page.leave", "app.quit")
_GAP = "  "
_SIGNS = {
    "enter": "↵",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "question_mark": "?",
    "backspace": "⌫",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_sign(key: str) -> str:
    """A key as the screen writes it: `↵`, `^q`, `h`."""
    if key in _SIGNS:
        return _SIGNS[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    is_function_key = key[:1] == "f" and key[1:].isdigit()
    return key.upper() if is_function_key else key


class KeyBar(Static):
    """The keys that work now, clickable; as many as there is room for.

    Args:
        describe: Says what a binding does at this moment; empty where it is not worth a place.
        lead: Says which keys stand before all others.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 1; color: $quiet; link-color: $quiet; link-style: none;
             link-background-hover: $panel; link-style-hover: none; }
    """

    def __init__(self, describe: Describe, lead: Callable[[], str]) -> None:
        super().__init__(markup=False, id="keys")
        self._describe = describe
        self._lead = lead
        self._entries: list[tuple[DOMNode, Binding]] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Stop following them."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self, _: events.Resize) -> None:
        """Use the room there is."""
        self._show()

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._show()

    def _show(self) -> None:
        found: dict[tuple[DOMNode, str], tuple[DOMNode, Binding]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled and self._describe(active.binding):
                entry = active.node, active.binding
                found.setdefault((active.node, active.binding.action), entry)
        ranked = sorted(found.values(), key=lambda entry: entry[1].key != "enter")
        self._entries = [entry for entry in ranked if entry[1].id not in ALWAYS_LAST]
        count = len(self._entries)
        last = [entry for entry in ranked if entry[1].id in ALWAYS_LAST]
        self._entries += sorted(last, key=lambda entry: ALWAYS_LAST.index(entry[1].id or ""))
        self.update(self._fit(count, self.content_size.width), layout=False)

    def _fit(self, count: int, width: int) -> Content:
        """The entries for which there is room: two of the screen's own and the way out first."""
        labels = [self._label(index) for index in range(len(self._entries))]
        first, last = range(min(2, count)), range(count, len(labels))
        order = [*first, *last[:-1], *range(2, count), *last[-1:]]
        lead = literal(self._lead())
        room, kept = width - lead.cell_length, []
        for index in order:
            need = labels[index].cell_length + len(_GAP)
            if need <= room + len(_GAP):
                room -= need
                kept.append(index)
        mine = [labels[index] for index in sorted(kept) if index < count]
        left = Content(_GAP).join([lead, *mine] if lead else mine)
        right = Content(_GAP).join([labels[index] for index in sorted(kept) if index >= count])
        between = max(len(_GAP), width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * between, right)

    def _label(self, index: int) -> Content:
        _, binding = self._entries[index]
        key = literal(binding.key_display or key_sign(binding.key), "bold $foreground")
        shown = Content.assemble(key, " ", literal(self._describe(binding)))
        return shown.stylize(Style.from_meta({"@click": f"press({index})"}))

    async def action_press(self, index: int) -> None:
        """Do what an entry says."""
        if index < len(self._entries):
            node, binding = self._entries[index]
            await self.app.run_action(binding.action, default_namespace=node)
