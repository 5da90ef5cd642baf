"""A private thought: what the learner holds, and why; kept for them alone, never scored."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from tutor.app.safe_text import lines, literal
from tutor.app.widgets.answers.rows import RowList
from tutor.app.widgets.free_text import FreeText
from tutor.course.model.markdown.plain import plain_text
from tutor.course.model.steps import Reflect
from tutor.course.text import clean, one_line
from tutor.days import brief
from tutor.progress.practice_calendar import local
from tutor.records.written.reflections import Reflection, Thought

PRIVATE = "Private: only you see this, and nothing is scored. You can leave it empty."
EARLIER = "What you wrote before"


class Choices(RowList):
    """The choices of a reflection: the row the learner is at is the one chosen."""

    def sign(self, row: int) -> str:
        """Whether a row is chosen."""
        return "● " if row == self.highlighted else "○ "


class ReflectView(Vertical):
    """A prompt, choices where there are some, and room to write.

    Args:
        kept: What the learner wrote here before.
        begun: What they were about to write in its place.
        earlier: What they wrote at the reflection that this one comes back to.
    """

    DEFAULT_CSS = """
    ReflectView {
        height: auto;
        & > Static { height: auto; margin-bottom: 1; }
        & > .private { color: $quiet; }
        & > .earlier { border-left: outer $rule; padding-left: 1; color: $quiet; }
        & > Choices { margin-bottom: 1; }
        & > TextArea { height: 7; background: $surface; border: round $rule; }
        & > TextArea:focus { border: round $accent; }
    }
    """

    def __init__(
        self,
        step: Reflect,
        kept: Reflection | None,
        earlier: Reflection | None,
        begun: Thought | None = None,
    ) -> None:
        super().__init__()
        self.step = step
        self.begun = begun
        self._kept = (kept.choice, kept.text) if kept else ("", "")
        self._earlier = earlier

    def compose(self) -> ComposeResult:
        """The prompt, the earlier thought, the choices, the text."""
        choice, written = self.begun or self._kept
        yield Static(literal(plain_text(self.step.prompt)))
        if self._earlier is not None:
            yield Static(_shown(self._earlier), classes="earlier")
        yield from self._choices(choice)
        text = FreeText(clean(written))
        text.cursor_blink = False
        if self.begun is not None:
            text.move_cursor(text.document.end)
        yield text
        yield Static(PRIVATE, markup=False, classes="private")

    def _choices(self, chosen: str) -> Iterator[Widget]:
        if self.step.choices:
            choices = Choices([one_line(choice) for choice in self.step.choices])
            if chosen in self.step.choices:
                choices.highlighted = self.step.choices.index(chosen)
            yield choices

    def keep(self, thought: Thought) -> None:
        """Take a thought as kept: nothing is begun any more."""
        self._kept = thought
        self.begun = None

    @property
    def thought(self) -> Thought | None:
        """What is chosen and written; None where that is nothing, or what was kept already."""
        if not self.query(TextArea):
            return self.begun  # it is about to be shown: nothing was written here yet
        chosen = [list_.highlighted for list_ in self.query(Choices)]
        index = chosen[0] if chosen else None
        choice = self.step.choices[index] if index is not None else ""
        text = self.query_one(TextArea).text.strip()
        return None if (choice, text) == self._kept else (choice, text)


def _shown(earlier: Reflection) -> Content:
    day = local(earlier.at).date()
    texts = [literal(f"{EARLIER}, on {brief(day)} {day.year}:")]
    if earlier.choice:
        texts.append(literal(one_line(earlier.choice), "bold"))
    if earlier.text:
        texts.append(literal(earlier.text))
    return lines(*texts)
