"""The line of keys at the bottom: what works now, the most important first.

What a key does is said in a few words; after a `|` may stand fewer, for where room is scarce:
`take the quiz|quiz`, and after one more `|` the fewest, for where the help with a question had no
place else. The keys of a question come as one line, `1-4 choose · ↵ answer`.
"""

from collections.abc import Callable
from typing import TypeAlias

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content, Span
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from tutor.app.key_signs import is_function_key, key_sign
from tutor.app.safe_text import literal
from tutor.app.signs import in_words
from tutor.course.text import clean

Describe: TypeAlias = Callable[[Binding], str]

ALWAYS_LAST = ("app.help", "page.leave", "app.quit")
# They come and go while one works: nothing stands after them that they could push under the mouse.
COME_AND_GO = ("question.hint", "question.reveal", "home.abandon", "home.quiz")
# What helps whoever is stuck has a place wherever there is any.
HELPS = ("question.reveal", "question.hint")
# The way on without an answer, and out of a test.
ONWARD = ("lesson.next", "quiz.skip", "quiz.after", "test.end")
# What else belongs to a question.
VITAL = ("lesson.back", "lesson.again")
# In this order after Enter, on every page; what is not named here follows.
FIRST = (
    "page.search",
    "lesson.outline",
    "home.progress",
    "results.progress",
    "home.settings",
    "results.look",
)
# Worth a place only where nothing else has to be said in fewer words for it; the first goes first.
LEAST = ("app.commands", "list.up", "lesson.note")
_GAP = "  "
_DOT = " · "


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
        self._shows: object = None  # what is shown now, so that nothing is drawn twice
        self._is_due = False  # whether it is about to be looked at anew
        self._width = 0  # for so many cells

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Stop following them."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def render(self) -> RenderResult:
        """The keys, in the first frame already: a line that comes later makes the page flicker.

        The keys of a question wait until it has been seen: before that they are not heeded.
        """
        if self._width != self.content_size.width and not self._lead():
            self._show()
        return super().render()

    def on_resize(self, _: events.Resize) -> None:
        """Use the room there is."""
        self._show()

    def _bindings_changed(self, screen: Screen[object]) -> None:
        # One key changes them several times over: they are looked at once.
        if not self._is_due and screen is self.screen:
            self._is_due = True
            self.call_later(self._follow)

    def _follow(self) -> None:
        self._is_due = False
        if self.is_attached and self.content_size.width:
            self._show()

    def _show(self) -> None:
        found: dict[tuple[DOMNode, str], tuple[DOMNode, Binding]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled and self._describe(active.binding):
                what = active.node, active.binding.action
                # Of several keys the first is said; a function key only where there is no other.
                if what not in found or (
                    is_function_key(found[what][1].key) and not is_function_key(active.binding.key)
                ):
                    found[what] = active.node, active.binding
        mine = [entry for entry in found.values() if entry[1].id not in ALWAYS_LAST]
        last = [entry for entry in found.values() if entry[1].id in ALWAYS_LAST]
        mine.sort(key=lambda entry: _place(entry[1]))
        last.sort(key=lambda entry: ALWAYS_LAST.index(entry[1].id or ""))
        self._entries = mine + last
        said = [(binding.key, self._describe(binding)) for _, binding in self._entries]
        shows = (said, self._lead(), self.content_size.width)
        if shows == self._shows:
            return
        self._shows = shows
        self._width = self.content_size.width
        self.update(self._fit(len(mine), self.content_size.width), layout=False)

    def _fit(self, count: int, width: int) -> Content:
        """Everything in full; or, where that has no room, in brief and only what fits whole."""
        for brief in (0, 1):
            lead, labels = self._said(brief)
            for dropped in range(len(LEAST) + 1):
                entries = [
                    index
                    for index, (_, binding) in enumerate(self._entries)
                    if binding.id not in LEAST[:dropped]
                ]
                left = [labels[index] for index in entries if index < count]
                right = [labels[index] for index in entries if index >= count]
                if _cells(lead, left, right) <= width:
                    return _set_apart(lead, left, right, width)
        ids = [self._entries[index][1].id for index in entries if index < count]

        def places(*names: str) -> list[int]:
            return [ids.index(name) for name in names if name in ids]

        helps, onward = places(*HELPS), places(*ONWARD)
        vital = places(*VITAL, *FIRST, *COME_AND_GO)
        for brief in (1, 2):
            lead, labels = self._said(brief)
            left = [labels[index] for index in entries if index < count]
            right = [labels[index] for index in entries if index >= count]
            fits = _what_fits(lead, left, right, width, (helps, onward, vital), self._can_wait)
            wanted = [part for part in lead if not _is_guessed(part)]
            if all(part in fits[0] for part in wanted) and all(
                left[index] in fits[1] for index in (*helps, *onward[:1])
            ):
                break
        return _set_apart(*fits, width)

    @property
    def _can_wait(self) -> int:
        """How many of the last keys the keys of a question come before: leaving tutor is one."""
        return sum(binding.id == ALWAYS_LAST[-1] for _, binding in self._entries)

    def _said(self, brief: int) -> tuple[list[str], list[Content]]:
        """The keys of the question and all others, in full or in so much fewer words."""
        labels = [self._label(index, brief=brief) for index in range(len(self._entries))]
        lead = [in_words(_wording(part, brief=brief)) for part in self._lead().split(_DOT)]
        return [part for part in lead if part], labels

    def _label(self, index: int, *, brief: int) -> Content:
        _, binding = self._entries[index]
        sign = in_words(binding.key_display or key_sign(binding.key))
        about = in_words(_wording(self._describe(binding), brief=brief))
        said = clean(f"{sign} {about}")
        gives = Style.from_meta({"@click": f"press({index})"})
        return Content(said, [Span(0, len(sign), "bold $foreground"), Span(0, len(said), gives)])

    async def action_press(self, index: int) -> None:
        """Do what an entry says."""
        if index < len(self._entries):
            node, binding = self._entries[index]
            await self.app.run_action(binding.action, default_namespace=node)


def _place(binding: Binding) -> tuple[bool, bool, int]:
    name = binding.id or ""
    rank = FIRST.index(name) if name in FIRST else len(FIRST)
    return binding.key.partition(",")[0] != "enter", name in COME_AND_GO, rank


def _wording(about: str, *, brief: int) -> str:
    wordings = about.split("|")
    return wordings[min(brief, len(wordings) - 1)]


def _set_apart(lead: list[str], left: list[Content], right: list[Content], width: int) -> Content:
    """The keys of a line, the last ones at its end."""
    shown = _line(lead, left, [])
    end = Content(_GAP).join(right)
    return Content.assemble(shown, " " * (width - shown.cell_length - end.cell_length), end)


def _line(lead: list[str], left: list[Content], right: list[Content]) -> Content:
    first = [literal(_DOT).join(map(_of_question, lead))] if lead else []
    return Content(_GAP).join([*first, *left, *right])


def _cells(lead: list[str], left: list[Content], right: list[Content]) -> int:
    """How many cells a line takes."""
    lengths = [part.cell_length for part in (*left, *right)]
    if lead:
        lengths.append(sum(map(cell_len, lead)) + cell_len(_DOT) * (len(lead) - 1))
    return sum(lengths) + cell_len(_GAP) * max(0, len(lengths) - 1)


def _of_question(said: str) -> Content:
    """A key of the question; what Enter gives, a click gives as well."""
    gives = Style.from_meta({"@click": "screen.onward"})
    return literal(said).stylize(gives) if said == in_words("↵ answer") else literal(said)


def _is_guessed(key: str) -> bool:
    """Whether a key of a question is one that everybody tries: `↑↓ go`, `write`."""
    return key.startswith(("↑↓", "write"))


def _what_fits(
    lead: list[str],
    left: list[Content],
    right: list[Content],
    width: int,
    most: tuple[list[int], list[int], list[int]],
    can_wait: int,
) -> tuple[list[str], list[Content], list[Content]]:
    """Leave out, one after the other and whole, what matters least.

    What matters most, in this order: the way out and the help; Enter, which ends the keys of a
    question and else comes first; those keys of a question that nobody guesses; what helps with
    it, the way on without an answer, and what else is vital (`most`, after the digits of its rows
    and what is guessed); then `can_wait` of the way out; what is first everywhere; what comes and
    goes; the rest in its order. Where no question is asked, nothing of the way out waits.
    """
    kept_lead, kept_left, kept_right = set[int](), set[int](), set[int]()
    first = [0] if left and not lead else []

    def line() -> tuple[list[str], list[Content], list[Content]]:
        return (
            [lead[index] for index in sorted(kept_lead)],
            [left[index] for index in sorted(kept_left)],
            [right[index] for index in sorted(kept_right)],
        )

    helps, onward, vital = most
    backwards = range(len(lead) - 1, -1, -1)
    # The rows show their numbers, so `1-4 choose` can wait.
    digits = [index for index in backwards if lead[index].endswith(" choose")]
    guessed = [index for index in backwards if _is_guessed(lead[index])]
    waits = can_wait if lead else 0
    pinned, later = range(len(right) - waits), range(len(right) - waits, len(right))
    order = [
        *((kept_right, index) for index in reversed(pinned)),
        *((kept_lead, index) for index in backwards if index not in (*guessed, *digits)),
        *((kept_left, index) for index in helps),
        *((kept_left, index) for index in onward if lead),
        *((kept_lead, index) for index in (*digits, *guessed)),
        *((kept_left, index) for index in vital if lead),
        *((kept_right, index) for index in later),
        *((kept_left, index) for index in dict.fromkeys([*first, *vital, *range(len(left))])),
    ]
    for kept, index in order:
        kept.add(index)
        if _cells(*line()) > width:
            kept.discard(index)
    return line()
