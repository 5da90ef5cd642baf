"""One key after the other: each has its whole effect before the next is looked at.

Textual sends a key that prints straight to the widget that has the focus, and a key that is bound
on a longer way, to the app; so of keys that arrive together a later one may be done first. Here
what arrives waits in one line.
"""

import asyncio
from collections import deque
from typing import Any, TypeAlias

from rich.console import RenderableType
from textual import events, messages
from textual._context import message_hook
from textual._time import get_time
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

Arrived: TypeAlias = events.InputEvent | events.Paste

# These change nothing that a key could meet.
_PASSING = (
    events.MouseMove,
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)
# Whether all is done is looked at after the frame that a key causes, so that the frame is not late.
_A_FRAME = 1 / 60
_LONGEST = 5.0
"""Seconds after which the next key is let in, whatever still happens."""


class _Round:
    """Some queues, at whose ends a marker was put."""

    def __init__(self, pumps: list[MessagePump]) -> None:
        self._reached = asyncio.Event()
        self._left = 1 + sum(pump.post_message(_Marker(self)) for pump in pumps)
        self.count()  # perhaps none has taken any

    def count(self) -> None:
        """One more marker was reached."""
        self._left -= 1
        if not self._left:
            self._reached.set()

    async def end(self) -> None:
        """Wait until all markers were reached."""
        await self._reached.wait()


class _Marker(Message, bubble=False):
    """Put at the end of a queue: where it is reached, all before it has been dealt with."""

    def __init__(self, put_by: _Round) -> None:
        super().__init__()
        self.put_by = put_by


class OneAtATime(App[None], inherit_bindings=False):
    """An app in which keys, clicks and pasted texts wait for each other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._line: deque[Arrived] = deque()
        self._let_in: Arrived | None = None
        self._at_work = True  # what was let in last, or the start, may still have effects
        self._writing: Widget | None = None  # the field into which it was written
        self._later: asyncio.TimerHandle | None = None
        self._settling: asyncio.Task[None] | None = None
        self.painted_at = 0.0
        """When the last frame was begun to be sent."""
        self._dispatched = 0

    async def heed(self, event: Arrived) -> None:
        """Do what a key, a click or a pasted text means."""
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self.painted_at = get_time()
        super()._display(screen, renderable)

    # Waiting in line

    async def on_event(self, event: events.Event) -> None:
        """Let in what was typed or clicked only after what came before it."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif event is self._let_in or self._may_enter(event):
            self._let_in = None
            await self._take(event)
        else:
            self._line.append(event)
            self._settle_now()

    def _may_enter(self, event: Arrived) -> bool:
        if isinstance(event, _PASSING):
            return True
        if self._line or self._let_in is not None:
            return False
        return not self._at_work or self._is_one_more_character(event)

    def _is_one_more_character(self, event: Arrived) -> bool:
        """Whether an event goes to the field to which the last went: there they keep order."""
        return self._writing is not None and self.field_for(event) is self._writing

    def field_for(self, event: Arrived) -> Widget | None:
        """The field into which a key would be written; None where it is no character for one."""
        if isinstance(event, events.Key) and event.is_printable and self.focused is not None:
            takes_it = self.focused.check_consume_key(event.key, event.character)
            return self.focused if takes_it else None
        return None

    async def _take(self, event: Arrived) -> None:
        if not isinstance(event, _PASSING):
            self._at_work = True
            self._writing = self.field_for(event)
            self._settle_later()
        await self.heed(event)

    # Waiting until all is done

    def on_load(self) -> None:
        """See every message that is dealt with, in this and in all that this starts."""
        message_hook.set(self._see)

    def on_ready(self) -> None:
        """Let the first key in when the first screen is there."""
        self._settle_now()

    def on_unmount(self) -> None:
        """Wait for nothing any more."""
        if self._later is not None:
            self._later.cancel()
        if self._settling is not None:
            self._settling.cancel()

    def _see(self, message: Message) -> None:
        if isinstance(message, _Marker):
            message.put_by.count()
        else:
            self._dispatched += 1

    def _settle_later(self) -> None:
        if self._later is None and self._settling is None:
            self._later = asyncio.get_running_loop().call_later(_A_FRAME, self._settle_now)

    def _settle_now(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._settling is None and self._at_work:
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        try:
            async with asyncio.timeout(_LONGEST):
                while not await self._is_done():
                    pass
        except TimeoutError:
            pass
        self._settling = None
        self._at_work = False
        self._writing = None
        if self._line:
            self._at_work = True
            self._let_in = self._line.popleft()
            self.post_message(self._let_in)

    async def _is_done(self) -> bool:
        """Wait for every queue and for the screen; tell whether nothing else happened meanwhile."""
        if not self.screen_stack:
            return True  # the app is about to end
        before = self._dispatched
        await _Round(self._pumps()).end()
        drawn = asyncio.Event()
        if not self.screen_stack:
            return True
        self.screen.post_message(messages.InvokeLater(drawn.set))
        await drawn.wait()
        nothing_else = self._dispatched == before + 1
        return nothing_else and not any(pump.message_queue_size for pump in self._pumps())

    def _pumps(self) -> list[MessagePump]:
        pumps: list[MessagePump] = [self, *self.screen_stack]
        return [*pumps, *self.screen.walk_children()] if self.screen_stack else pumps
