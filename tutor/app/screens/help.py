"""Help: every key that works on the screen it was asked from."""

import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tutor.app.key_signs import key_sign
from tutor.app.safe_text import literal
from tutor.app.screens.page import Page
from tutor.app.signs import MEANINGS
from tutor.app.widgets.scroll_area import Reading
from tutor.app.widgets.text_layout import Drawn, columns

_OTHERS = "Everywhere"
_GROUPS = {
    "page": "This page",
    "lesson": "This page",
    "quiz": "This page",
    "test": "This page",
    "results": "This page",
    "home": "This page",
    "progress": "This page",
    "part": "This page",
    "preview": "This page",
    "list": "The list",
    "outline": "The outline",
    "settings": "The settings",
    "question": "The question",
    "debate": "The debate",
    "margin": "The panel",
    "reading": "Scrolling",
    "app": _OTHERS,
}
_WIDEST_KEYS = 16
_APART = "  "
_NUMBERED = re.compile(r"-\d$")


class Key(Struct, frozen=True):
    """What stands in the help about a key: its signs, what it does, the name to change it by."""

    signs: str
    about: str
    name: str


class HelpScreen(ModalScreen[None]):
    """The keys in groups, each with what it does, or with the name by which it is changed."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,question_mark,q",
            "dismiss",
            "close",
            id="help.close",
            tooltip="Close the help",
        ),
        Binding("k,f2", "names", "names", id="help.names", tooltip="Show the names of the keys"),
    ]

    def __init__(self, groups: dict[str, list[Key]]) -> None:
        super().__init__()
        self._groups = groups
        self._names = False

    def compose(self) -> ComposeResult:
        """The groups under each other."""
        longest = max(len(key.signs) for keys in self._groups.values() for key in keys)
        with Reading(classes="dialog"):
            yield Static("Keys that work here", classes="title", markup=False)
            for title, keys in _with_signs(self._groups):
                yield Static(literal(title), classes="group")
                yield Drawn(partial(self._listed, keys, min(longest, _WIDEST_KEYS)))
            yield Static(
                "↑↓ scroll   [@click=screen.names]k key names[/]   "
                "[@click=screen.dismiss]esc close[/]",
                id="close",
            )

    def _listed(self, keys: list[Key], for_signs: int, width: int) -> Content:
        room = max(8, width - for_signs - len(_APART))
        drawn = []
        for key in keys:
            named = self._names and key.name
            about = literal(key.name, "$quiet") if named else literal(key.about)
            cells = [(literal(key.signs, "bold"), for_signs), (about, room)]
            drawn += columns(cells, Content(_APART))
        return Content("\n").join(drawn)

    def action_names(self) -> None:
        """Show the names by which keys are changed, or again what the keys do."""
        self._names = not self._names
        title = "Keys that work here"
        if self._names:
            title = "Names of the keys, for `tutor set keys NAME=KEY`"
        self.query_one(".title", Static).update(literal(title))
        for drawn in self.query(Drawn):
            drawn.refresh(layout=True)


def _with_signs(groups: dict[str, list[Key]]) -> Iterator[tuple[str, list[Key]]]:
    """The groups of keys, and before the last what the signs of the screen mean."""
    for title, keys in groups.items():
        if title == _OTHERS:
            yield "What signs mean", [Key(sign, about, "") for sign, about in MEANINGS]
        yield title, keys


def key_groups(screen: Screen[object]) -> dict[str, list[Key]]:
    """The keys that work on a screen, in groups."""
    found: dict[str, dict[str, tuple[list[str], str]]] = {}
    for key, active in screen.active_bindings.items():
        name, about = active.binding.id, active.tooltip
        if not name or not about or not active.enabled or _is_refused(screen, active.binding):
            continue
        if isinstance(screen, Page):
            now = screen.leads_back(active.binding) or screen.does_now(active.binding)
            about = now or about
        numbered = about.endswith(key) and _NUMBERED.search(name)
        if numbered:
            name, about = _NUMBERED.sub("-1 …", name), about.removesuffix(key) + "…"
        title = _GROUPS.get(name.partition(".")[0], _OTHERS)
        keys, _ = found.setdefault(title, {}).setdefault(name, ([], about))
        keys.append(key_sign(key))
    for keys_of in found.values():
        for name in [name for name, (keys, _) in keys_of.items() if "↵" not in keys]:
            keys_of[name] = keys_of.pop(name)  # Enter stands first
    return {
        title: [Key(_signs(name, keys), about, name) for name, (keys, about) in group.items()]
        for title in dict.fromkeys(_GROUPS.values())
        if (group := found.get(title))
    }


def _is_refused(screen: Screen[object], binding: Binding) -> bool:
    return isinstance(screen, Page) and screen.refuses(binding)


def _signs(name: str, keys: list[str]) -> str:
    if name.endswith("…") and len(keys) > 1:
        return f"{keys[0]} … {keys[-1]}"
    return ", ".join(keys)
