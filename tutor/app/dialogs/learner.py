"""Who is learning: switch to another learner, or add one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe import literal
from tutor.course.text import one_line
from tutor.records import learners
from tutor.study import Study


class LearnerScreen(Dialog[str]):
    """The learners on this machine, and a line for a new name; returns the name chosen.

    Args:
        study: The learner at work now.
    """

    CSS_PATH = "learner.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="learner.stay", tooltip="Stay as you are"),
    ]

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._store = study.store
        self._names = learners.names(study.store)
        self._now = one_line(study.name)
        self._asked_about = ""

    def compose(self) -> ComposeResult:
        """The names, and the line for a new one."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("Who is learning?", classes="title", markup=False)
            yield OptionList(*(Option(literal(self._shown(name))) for name in self._names))
            yield Input(placeholder="or write a new name", max_length=learners.MAX_NAME)
            yield Static("", markup=False, id="fault")
            yield Static(
                "A name, not an account: it keeps your place and your scores on this machine.",
                markup=False,
                classes="about",
            )
            yield Foot(("↵ choose", "choose"), ("tab new name", "write"), ("esc stay", "dismiss"))

    def _shown(self, name: str) -> str:
        return f"{name} (now)" if name == self._now else name

    def on_mount(self) -> None:
        """Stand at the present learner."""
        names = self.query_one(OptionList)
        names.highlighted = self._names.index(self._now) if self._now in self._names else None

    @on(OptionList.OptionSelected)
    def switch(self, event: OptionList.OptionSelected) -> None:
        """Go on as a learner known here."""
        self.dismiss(self._names[event.option_index])

    @on(Input.Submitted)
    def add(self, event: Input.Submitted) -> None:
        """Go on as somebody new; ask first where the name is much like a known one."""
        name = one_line(event.value)
        if not name:
            self._say("Write a name first.")
            return
        alike = learners.alike(self._store, name)
        if alike is None or name == self._asked_about:
            self.dismiss(name)
        else:
            self._asked_about = name
            self._say(f"{name} is new here, and {alike} is known. ↵ begins as {name} all the same.")

    def action_choose(self) -> None:
        """Begin with the new name, or go on as the learner one is on."""
        if self.query_one(Input).has_focus:
            self.call_next(self.query_one(Input).action_submit)
        else:
            super().action_choose()

    def action_write(self) -> None:
        """Write a new name."""
        self.query_one(Input).focus()

    def close_from_beside(self) -> None:
        """Stay as one is, unless a name is begun."""
        if not self.query_one(Input).value.strip():
            self.dismiss()

    def _say(self, text: str) -> None:
        self.query_one("#fault", Static).update(literal(text))
