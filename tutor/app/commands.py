"""What the command palette (ctrl+p) offers."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tutor.course.text import one_line
from tutor.records.settings import SETTINGS

if TYPE_CHECKING:
    from tutor.app.navigation import Navigator

Command: TypeAlias = tuple[str, str, Callable[[], object]]


class Commands(Provider):
    """Our own commands; the names of lessons are shown as they are, not read as markup."""

    async def discover(self) -> Hits:
        """Offer everything but the single lessons, which are found by typing."""
        for name, about, callback in self._general():
            yield DiscoveryHit(name, callback, help=about)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for name, about, callback in (*self._general(), *self._lessons()):
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, Content(name), callback, text=name, help=about)

    @property
    def _tutor(self) -> "Navigator":
        return cast("Navigator", self.app)

    def _general(self) -> Iterator[Command]:
        app = self._tutor
        yield "Home", "Go back to the home screen", app.show_home
        yield "Progress", "See your scores", app.show_progress
        yield "Review", "Go through what is due today", app.show_review
        if app.course.test is not None:
            yield "Test", "Sit the test over the course", app.show_test
        yield "Settings", "Theme, confidence, hints, how much to review a day", app.action_settings
        yield "Help", "Show every key that works here", app.action_help
        yield "Quit", "Leave tutor", app.action_quit
        for theme in SETTINGS["theme"].values:
            yield (
                f"Theme: {theme}",
                "Change the colors",
                partial(app.change_setting, "theme", theme),
            )

    def _lessons(self) -> Iterator[Command]:
        app = self._tutor
        chapters, others = app.study.chapters_and_others(app.course)
        for chapter in (*chapters, *others):
            outline = chapter.outline
            name = f"Open lesson {chapter.number}: {one_line(outline.title)}"
            yield name, "Go to this lesson", partial(app.show_lesson, outline)
