"""The settings, each with its value and what it does; what is changed is kept at once."""

from dataclasses import dataclass
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.navigation import Navigator
from tutor.app.safe_text import lines, literal
from tutor.app.widgets.rows import FROM, Row, Rows, fitted
from tutor.app.widgets.text_layout import Drawn, ruled
from tutor.course.text import one_line
from tutor.records.settings import SETTINGS, Setting

_STEP = 5
"""By so much a number is changed: settings are numbers of questions a day."""
# The name of a setting on the screen, and what it does in a sentence or two.
_SAID = {
    "theme": ("Theme", "The colors of the screen. The last two are the terminal's own."),
    "confidence": (
        "Confidence",
        (
            "On: quizzes and reviews ask how sure you are before they say what is right. It never "
            "changes a score; progress shows how well you judged."
        ),
    ),
    "cover": (
        "Cover options in review",
        (
            "On: in a review the options stay covered until you have thought of an answer or "
            "typed one. Remembering before choosing is worth more than recognizing."
        ),
    ),
    "cap": ("Reviews a day, at most", "The oldest come first; the rest can wait."),
    "hints": (
        "Hints and answers",
        "On: hints, and in practice, after three misses, the answer.",
    ),
    "plain": (
        "Plain mode",
        "On: one line per thing and no full screen, from the next start on.",
    ),
    "keys": (
        "Keys",
        (
            "Other keys are set on the command line: tutor set keys NAME=KEY. The help (?) "
            "shows the names."
        ),
    ),
}


class SettingRow(Row, frozen=True, kw_only=True):
    """A setting and its value; on the row one is on, with the keys that change it."""

    value: str
    apart: ClassVar[tuple[int, int]] = (0, 0)

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its one line."""
        label = literal(self.label, "bold" if here else "")
        changes = here and self.verb
        value = literal(self.value, "bold" if here else "$quiet")
        end = Content.assemble(
            literal("‹ " if changes else "", "$accent"),
            value,
            literal(" ›" if changes else "  ", "$accent"),
        )
        (label,) = fitted(label, width - end.cell_length - 1, wrap=False)
        return [Content.assemble(label, " " * (width - label.cell_length - end.cell_length), end)]


class SettingRows(Rows):
    """The settings: a click goes to one; on the one in hand, ‹ and › change it."""

    def on_click(self, event: events.Click) -> None:
        """Go to the setting under the mouse; or change the one in hand."""
        event.prevent_default()
        at, before = self.row_at(event.y), self.row.name
        if at is None:
            return
        self.action_go(at)
        row = self.row
        if row.name != before or not isinstance(row, SettingRow) or not row.verb:
            return
        end = self.scrollable_content_region.width - 1
        if event.x >= end - 2:
            self.post_message(self.Changed(1))
        elif end - len(row.value) - 4 <= event.x < end - len(row.value) - 2:
            self.post_message(self.Changed(-1))

    @dataclass
    class Changed(Message):
        """A setting was to be changed by a click on one of the signs beside it."""

        step: int


class SettingsScreen(Dialog[None]):
    """The settings of the learner at work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "change(1)", "change", id="settings.next", tooltip="The next value"),
        Binding("left", "change(-1)", "change", id="settings.before", tooltip="The value before"),
        Binding(
            "escape,s,f12", "dismiss", "close", id="settings.close", tooltip="Close the settings"
        ),
    ]

    @property
    def _tutor(self) -> Navigator:
        return cast(Navigator, self.app)

    def compose(self) -> ComposeResult:
        """The settings, what the one in hand does, and the keys."""
        with VerticalScroll(classes="dialog listed", can_focus=False) as dialog:
            dialog.border_title = Content("Settings")
            name = one_line(self._tutor.study.name)
            dialog.border_subtitle = literal(f"{name} · a change counts at once")
            yield SettingRows(self._rows())
            yield Drawn(self._about, id="about")
            yield Foot(
                ("← before", "change(-1)"),
                ("→ next", "change(1)"),
                ("↑↓ choose", ""),
                ("esc close", "dismiss"),
            )

    def _rows(self) -> list[SettingRow]:
        kept = self._tutor.study.settings()
        return [
            SettingRow(
                name=name,
                verb="change" if name != "keys" else "",
                label=label,
                value=_shown(name, kept[name]),
            )
            for name, (label, _) in _SAID.items()
        ]

    def _about(self, width: int) -> Content:
        label, about = _SAID[self._setting]
        told = fitted(literal(about), width - FROM - 1, wrap=True)
        told = [*told, *[Content("")] * (_LONGEST - len(told))]  # so that nothing moves
        drawn = [Content(""), ruled(label, width - FROM - 1), *told]
        return lines(*(line.pad_left(FROM) for line in drawn))

    @property
    def _setting(self) -> str:
        return self.query_one(Rows).row.name

    @on(Rows.Moved)
    def tell(self) -> None:
        """Say what the setting one is on does."""
        self.query_one("#about", Drawn).refresh()

    @on(SettingRows.Changed)
    def step(self, event: SettingRows.Changed) -> None:
        """Change the setting one is on."""
        self.action_change(event.step)

    @on(Rows.Chosen)
    def change_it(self) -> None:
        """Change the setting that was chosen."""
        self.action_change(1)

    def action_change(self, step: int) -> None:
        """Change the setting one is on, and keep it."""
        name = self._setting
        now = _other(SETTINGS[name], self._tutor.study.settings()[name], step)
        if now is not None:
            self._tutor.change_setting(name, now)
            self.query_one(Rows).show(self._rows(), name)


_LONGEST = 4  # lines of what a setting does, in a dialog of the usual width


def _shown(name: str, value: str) -> str:
    if name == "keys":
        return "changed" if value else "unchanged"
    return value.removeprefix("tutor-")


def _other(setting: Setting, now: str, step: int) -> str | None:
    """The value after, or before, the present one; None where there is no such thing."""
    if setting.numbers is not None:
        least, most = setting.numbers
        return str(min(most, max(least, (int(now) + step * _STEP) // _STEP * _STEP)))
    if not setting.values:
        return None
    return setting.values[(setting.values.index(now) + step) % len(setting.values)]
