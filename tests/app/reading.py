"""The app as a learner has it before them: what the screen says, and keys and clicks."""

import asyncio
import re
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

import pytest
from textual import events
from textual._context import message_hook
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import key_to_character

from tutor.app.app import TutorApp
from tutor.app.key_queue import OneAtATime
from tutor.app.terminal import CarefulParser

_parse_rules = Stylesheet._parse_rules
_parsed: dict[frozenset[Any], dict[tuple[Any, ...], list[RuleSet]]] = defaultdict(dict)


def _parse_once(sheet: Stylesheet, css: str, **source: Any) -> list[RuleSet]:
    """Parse a style sheet, unless it was in this process, for some other app in the same colors."""
    parsed = _parsed[frozenset(sheet._variables.items())]
    asked = (css, *source.values())
    if asked not in parsed:
        parsed[asked] = _parse_rules(sheet, css, **source)
    return parsed[asked]


# A test opens an app or two, and each would parse some hundred style sheets anew.
Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]


def typed(key: str) -> events.Key:
    """A key as it arrives from the terminal."""
    character = key if len(key) == 1 else key_to_character(key)
    return events.Key(key, {"enter": "\r", "escape": "\x1b"}.get(key, character))


async def settle(app: OneAtATime) -> None:
    """Wait until all keys have had their effect, and it is on the screen."""
    while app.is_running and (app._at_work or app._line or app.message_queue_size):
        app._settle_now()
        await asyncio.sleep(0.001)


_MOST_PRESSED = 200


class Opened:
    """An app that runs without a terminal."""

    def __init__(self, app: TutorApp, size: tuple[int, int]) -> None:
        self.app = app
        self._running = app.run_test(size=size)
        self._pilot: Any = None

    async def __aenter__(self) -> Self:
        self._pilot = await self._running.__aenter__()
        # What a test calls by itself is seen to be done, as what a key does.
        message_hook.set(self.app._see)
        await settle(self.app)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        compositor = self.app.screen._compositor
        strips = compositor.render_strips(self.app.size)
        return [strip.text for strip in strips[: self.app.size.height]]

    @property
    def text(self) -> str:
        """All that the screen says, with white space folded."""
        return " ".join(" ".join(self.lines).split())

    @property
    def dialog(self) -> str:
        """All that the dialog in front says, with white space folded."""
        seen = self.app.screen.query_one(".dialog").scrollable_content_region
        lines = [line[seen.x : seen.right] for line in self.lines[seen.y : seen.bottom]]
        return " ".join(" ".join(lines).split())

    async def press(self, *keys: str, apart: float = 60) -> None:
        """Press keys, each so many seconds after the last and seen to have had its effect."""
        for key in keys:
            event = typed(key)
            self.app._last_time = event.time - apart
            self.app.post_message(event)
            await settle(self.app)
        await self._pilot.pause()

    async def press_until(self, key: str, seen: str) -> None:
        """Press a key until something stands on the screen."""
        for _ in range(_MOST_PRESSED):
            if seen in self.text:
                return
            await self.press(key)
        pytest.fail(f"“{seen}” never stood there:\n{self.text}")

    async def press_while(self, key: str, seen: str) -> None:
        """Press a key as long as something stands on the screen."""
        for _ in range(_MOST_PRESSED):
            if seen not in self.text:
                return
            await self.press(key)
        pytest.fail(f"“{seen}” still stands there:\n{self.text}")

    async def burst(self, *keys: str) -> None:
        """Write keys at once, as a slow line or a busy machine hands them on."""
        for key in keys:
            self.app.post_message(typed(key))
        await self.settle()

    async def receive(self, text: str) -> None:
        """Let a text come from the terminal, on the way that it takes in a real run."""
        driver = self.app._driver
        assert driver is not None
        for message in CarefulParser().feed(text):
            driver.process_message(message)
        await self._pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Wait until all keys have had their effect."""
        await settle(self.app)

    async def choose(self, option: str) -> None:
        """Choose an option by the number that stands before it, and give it."""
        await self.pick(option)
        await self.press("enter")

    async def pick(self, option: str) -> None:
        found = re.search(rf"(\d)\s+{re.escape(option)}", "\n".join(self.lines))
        assert found, f"no option {option!r} in:\n" + "\n".join(self.lines)
        await self.press(found[1])

    async def click_on(self, words: str) -> None:
        """Click the first place where the screen says these words."""
        for row, line in enumerate(self.lines):
            if words in line:
                await self.click_at(line.index(words) + 1, row)
                return
        raise AssertionError(f"nothing says {words!r}:\n" + "\n".join(self.lines))

    async def click_at(self, column: int, row: int) -> None:
        await self._pilot.click(offset=(column, row))
        await self._pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        await self._pilot.resize_terminal(width, height)
        await self._pilot.pause()
