"""The palette: every command that works on the page beneath, each lesson, and the themes."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, TypeAlias, cast

from msgspec import Struct
from textual import on
from textual.binding import Binding, BindingType
from textual.fuzzy import Matcher
from textual.screen import Screen
from textual.widgets import Input

from tutor import phrases
from tutor.app.dialogs.finder import Finder, finder_keys
from tutor.app.key_signs import key_sign
from tutor.app.navigation import Navigator
from tutor.app.safe_text import literal
from tutor.app.widgets.keybar import Describe
from tutor.app.widgets.rows import Heading, Item, Row
from tutor.course.text import one_line
from tutor.records.settings import SETTINGS

Do: TypeAlias = Callable[[], "Awaitable[object] | object"]

# What a key does in plain words, where its tooltip is longer and the key bar has a word only.
_NAMES = {
    "page.search": "Search",
    "page.words": "Words of the glossary",
    "page.sources": "Sources: what this rests on",
    "question.hint": "Show a hint",
    "question.reveal": "Show the answer",
    "question.challenge": "Say what is wrong with this question",
    "lesson.next": "Next step",
    "lesson.back": "Step before",
    "lesson.outline": "Outline: all steps of this lesson",
    "lesson.again": "Try this question again",
    "lesson.unanswered": "Go to the first question not answered",
    "lesson.note": "Write a note on this step",
    "lesson.keep": "Keep what I wrote",
    "quiz.after": "Next question",
    "quiz.before": "Question before",
    "quiz.go-on": "Go on",
    "quiz.look-back": "Look back at the question before",
    "quiz.skip": "Leave the question for later",
    "test.end": "End the test",
    "review.count": "I knew it: count it as right",
    "review.read": "Read the step that teaches this",
    "home.review": "Review",
    "home.test": "Test",
    "home.progress": "Progress",
    "home.contents": "Contents, or again the welcome",
    "home.path": "Path: choose a way through the course",
    "home.courses": "Courses: open another course",
    "home.learner": "Learner: switch or add one",
    "home.settings": "Settings",
    "home.quiz": "Take the quiz of the lesson",
    "home.abandon": "Give up the quiz of the lesson",
    "results.look": "Look at all questions",
    "results.again": "Take the quiz again",
    "results.test": "Test",
    "results.progress": "Progress",
    "progress.written": "What you wrote",
    "progress.save": "Save these figures as a file",
    "app.help": "Help: all keys that work here",
    "app.quit": "Quit",
}
_BUT = ("app.commands", "app.interrupt", "app.leave", "app.suspend", "page.next")


class Command(Struct, frozen=True):
    """A command of the palette: its name, the key that does the same, and what it does."""

    name: str
    key: str
    do: Do


class PaletteScreen(Finder[Do]):
    """Find a command, or a lesson, by its name; returns what was chosen.

    Args:
        commands: What works on the page beneath.
    """

    heading = "All commands"
    asks = "a command or a lesson"
    does = "do it"
    BINDINGS: ClassVar[list[BindingType]] = finder_keys("palette", "Back, changing nothing")

    def __init__(
        self, commands: Sequence[Command], lessons: Sequence[Command], themes: Sequence[Command]
    ) -> None:
        super().__init__()
        self._groups = {"Commands": commands, "Lessons": lessons, "Themes": themes}
        self._found: list[Command] = []

    def first(self) -> list[Item]:
        """All commands."""
        return self._items("")

    def _items(self, wanted: str) -> list[Item]:
        matcher = Matcher(wanted)
        items: list[Item] = []
        self._found = []
        for group, commands in self._groups.items():
            scores = [matcher.match(one.name) if wanted else 1.0 for one in commands]
            fitting = [(-score, at) for at, score in enumerate(scores) if score > 0]
            if fitting:
                items.append(Heading(title=group))
            for _, at in sorted(fitting):
                one = commands[at]
                row = Row(name=str(len(self._found)), subject=literal(one.name), key=one.key)
                items.append(row)
                self._found.append(one)
        return items

    @on(Input.Changed)
    def look(self) -> None:
        """Show what fits now."""
        items = self._items(self.wanted)
        none = f"No command has “{self.wanted}”. Fewer letters find more."
        self.show(items, "" if items else none)

    def choose(self, number: int) -> None:
        """Do what one is on."""
        self.dismiss(self._found[number].do)


def commands_of(
    screen: Screen[None],
    describe: Describe,
    refused: Callable[[Binding], bool],
    does_now: Callable[[Binding], str],
) -> list[Command]:
    """The commands that work on a page, and everywhere.

    Args:
        describe: Says what a key does at this moment, for those that have no name here.
        refused: Whether a key would only answer why it does nothing.
        does_now: Says what a key does at this moment, where its name here does not.
    """
    tutor = cast(Navigator, screen.app)
    found: dict[str, Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        name = binding.id or ""
        is_its_own = active.node in (screen, screen.app)
        if not name or not active.enabled or name in _BUT or not is_its_own:
            continue
        said = does_now(binding) or _NAMES.get(name)
        said = said or phrases.capital(describe(binding).partition("|")[0])
        if not said or said in found or refused(binding):
            continue
        do: Do = partial(screen.app.run_action, binding.action, default_namespace=active.node)
        found[said] = Command(said, key_sign(binding.key), do)
    everywhere: dict[str, Do] = {
        "Home": tutor.show_home,
        "Progress": tutor.show_progress,
        "Review": tutor.show_review,
        "Settings": tutor.action_settings,
    }
    if tutor.course.test is not None:
        everywhere["Test"] = tutor.show_test
    for said, do in everywhere.items():
        found.setdefault(said, Command(said, "", do))
    last = [_NAMES[name] for name in ("app.help", "app.quit")]
    return [one for said, one in found.items() if said not in last] + [
        found[said] for said in last if said in found
    ]


def lessons_of(tutor: Navigator) -> Iterator[Command]:
    """The way to each lesson of the course."""
    chapters, others = tutor.study.chapters_and_others(tutor.course)
    for chapter in (*chapters, *others):
        name = f"Open lesson {chapter.number}: {one_line(chapter.outline.title)}"
        yield Command(name, "", partial(tutor.show_lesson, chapter.outline))


def themes_of(tutor: Navigator) -> Iterator[Command]:
    """The themes, under the names that the settings show."""
    for theme in SETTINGS["theme"].values:
        name = f"Theme: {theme.removeprefix('tutor-')}"
        yield Command(name, "", partial(tutor.change_setting, "theme", theme))
