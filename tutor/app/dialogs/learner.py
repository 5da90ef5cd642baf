"""Who is learning: switch to another learner, or add one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Choice, Dialog, Foot
from tutor.app.safe_text import literal
from tutor.app.widgets.rows import Rows
from tutor.course.text import one_line
from tutor.records import learners
from tutor.study import Study


class LearnerScreen(Dialog[str]):
    """The learners on this machine, and a line for a new name; returns the name chosen."""

    CSS_PATH = "learner.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="learner.stay", tooltip="Stay as you are"),
    ]

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._store = study.store
        self._now = one_line(study.name)
        # Another program may have forgotten all of them meanwhile.
        self._names = learners.names(study.store) or [self._now]
        self._asked_about = ""

    def compose(self) -> ComposeResult:
        """The names, and the line for a new one."""
        with VerticalScroll(classes="dialog listed", can_focus=False) as dialog:
            dialog.border_title = literal("Who is learning?")
            yield Rows([self._row(name) for name in self._names], self._now)
            yield Input(placeholder="or write a new name", max_length=learners.MAX_NAME)
            yield Static("", markup=False, id="fault")
            yield Static(
                "A name, not an account: it keeps your place and your scores on this machine.",
                markup=False,
                classes="about",
            )
            yield Foot(("↵ choose", "choose"), ("tab new name", "write"), ("esc stay", "dismiss"))

    def _row(self, name: str) -> Choice:
        shown = f"{name} (now)" if name == self._now else name
        return Choice(name=name, verb="choose", subject=shown)

    @on(Rows.Chosen)
    def switch(self, event: Rows.Chosen) -> None:
        """Go on as a learner known here."""
        self.dismiss(event.row.name)

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
