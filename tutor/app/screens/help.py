"""Help: every key that works on the screen it was asked from."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tutor.app.safe import literal, template
from tutor.app.widgets.drawn import Drawn, columns
from tutor.app.widgets.keybar import key_sign
from tutor.app.widgets.reading import Reading

_OTHERS = "Everywhere"
_GROUPS = {
    "page": "This page",
    "lesson": "This page",
    "quiz": "This page",
    "test": "This page",
    "results": "This page",
    "home": "This page",
    "progress": "This page",
    "preview": "This page",
    "map": "The course map",
    "question": "The question",
    "debate": "The debate",
    "margin": "The panel",
    "reading": "Scrolling",
    "app": _OTHERS,
}
_FOR_KEYS = 16


class HelpScreen(ModalScreen[None]):
    """The keys in groups, each with what it does and the name under which it can be changed.

    Args:
        groups: The keys; see `key_groups`.
    """

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,question_mark,q",
            "dismiss",
            "close",
            id="help.close",
            tooltip="Close the help",
        ),
    ]

    def __init__(self, groups: dict[str, list[tuple[str, str, str]]]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        """The groups under each other."""
        with Reading(classes="dialog"):
            yield Static("Keys that work here", classes="title", markup=False)
            for title, keys in self._groups.items():
                yield Static(literal(title), classes="group")
                yield Drawn(partial(_listed, keys))
            yield Static(
                template(
                    "Other keys: [b]tutor set keys $example[/b], with the names on the right.",
                    example="page.sources=x",
                ),
                classes="foot",
            )
            yield Static("↑↓ scroll   [@click=screen.dismiss]esc close[/]", id="close")


def key_groups(screen: Screen[object]) -> dict[str, list[tuple[str, str, str]]]:
    """The keys that work on a screen, in groups: keys, what they do, their name."""
    found: dict[str, dict[str, tuple[list[str], str]]] = {}
    for key, active in screen.active_bindings.items():
        name, about = active.binding.id, active.tooltip
        if not name or not about or not active.enabled:
            continue
        title = _GROUPS.get(name.partition(".")[0], _OTHERS)
        keys, _ = found.setdefault(title, {}).setdefault(name, ([], about))
        keys.append(key_sign(key))
    return {
        title: [(", ".join(keys), about, name) for name, (keys, about) in found[title].items()]
        for title in dict.fromkeys(_GROUPS.values())
        if title in found
    }


def _listed(keys: list[tuple[str, str, str]], width: int) -> Content:
    for_names = max(len(name) for _, _, name in keys) if width >= 56 else 0
    room = max(8, width - _FOR_KEYS - for_names - 4)
    drawn = []
    for signs, about, name in keys:
        cells = [(literal(signs, "bold"), _FOR_KEYS), (literal(about), room)]
        if for_names:
            cells.append((literal(name, "$quiet"), for_names))
        drawn += columns(cells, Content("  "))
    return Content("\n").join(drawn)
