"""What ends the program from outside: Ctrl-C, being told to end, and a terminal that is closed.

A signal raises `Ended` or KeyboardInterrupt where the program happens to be: whatever it does is
undone or finished as after any failure. Until a command has begun, and where that cannot work, the
program ends at once. Records are sound at every moment, so nothing is lost by that.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

Do = Callable[[], None]

_WHY = {
    name: why
    for name, why in (
        ("SIGINT", "Interrupted"),
        ("SIGTERM", "Told to end"),
        ("SIGHUP", "The terminal was closed"),
    )
    if hasattr(signal, name)  # Windows has not all of them
}
KEPT = "what you answered is kept"
_AT_MOST = 3.0
"""Seconds that ending may take before the program ends at once."""
_AGAIN = 0.5
"""Seconds within which the same signal counts once: a shell passes on what we have got already."""


class Ended(SystemExit):
    """A signal ended the program."""


class _Signals:
    """What came, and what is to be done about it."""

    def __init__(self) -> None:
        self.came: int | None = None
        self.came_at = 0.0
        self.begun = False
        self.what_is_kept = KEPT
        self.leave: Do | None = None
        self.give_back: Do | None = None
        self.at_most = _AT_MOST

    def heed(self, number: int, _frame: FrameType | None) -> None:
        """Deal with a signal; called by Python between two steps of the main thread."""
        if self.came is not None and time.monotonic() - self.came_at < _AGAIN:
            return
        if self.came is not None or not self.begun:
            self.came = self.came or number
            self.end_at_once()
        self.came, self.came_at = number, time.monotonic()
        self._set_alarm()
        if hasattr(signal, "SIGTTOU"):
            # Whoever is in the background may give the terminal back without being stopped.
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        if self.leave is not None:
            self.leave()
        elif number == signal.SIGINT:
            raise KeyboardInterrupt
        else:
            raise Ended(128 + number)

    def _set_alarm(self) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, lambda *_: self.end_at_once())
            signal.setitimer(signal.ITIMER_REAL, self.at_most)

    def end_at_once(self) -> NoReturn:
        """Give the terminal back, say why, and be gone."""
        if hasattr(signal, "SIGALRM"):
            # A terminal that takes nothing must not keep us.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, 1)
        with suppress(Exception):
            if self.give_back is not None:
                self.give_back()
        with suppress(OSError):
            os.write(2, f"\n{self.words()}\n".encode())
        os._exit(128 + (self.came or signal.SIGINT))

    def words(self) -> str:
        name = signal.Signals(self.came or signal.SIGINT).name
        return f"{_WHY[name]}; {self.what_is_kept}."


_signals = _Signals()


def heed() -> None:
    """From now on, let no signal of these end in silence or in a traceback."""
    for name in _WHY:
        number = getattr(signal, name)
        # Under `nohup`, and in the background of a script, they are not meant for us.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _signals.heed)
    sys.unraisablehook = _end_if_lost


def _end_if_lost(lost: "sys.UnraisableHookArgs") -> None:
    """Where Python cannot raise what a signal raised, end at once instead."""
    if isinstance(lost.exc_value, Ended | KeyboardInterrupt):
        _signals.end_at_once()
    sys.__unraisablehook__(lost)


def begin() -> None:
    """From now on there is something to be undone, or finished."""
    _signals.begun = True


def nothing_is_kept() -> None:
    """Say at an end by a signal that nothing is kept, rather than what was answered."""
    _signals.what_is_kept = "nothing was kept"


def no_file_is_written() -> None:
    """Say at an end by a signal that no file was written, rather than what was answered."""
    _signals.what_is_kept = "no file was written"


def entered_is_kept() -> None:
    """Say at an end by a signal that what was entered is kept, rather than what was answered."""
    _signals.what_is_kept = "what was entered is kept"


def learners_records_are_kept() -> None:
    """Say at an end by a signal that what others answered is kept, rather than who runs this."""
    _signals.what_is_kept = "what learners answered is kept"


def nothing_is_sent() -> None:
    """Say at an end by a signal that nothing was sent."""
    _signals.what_is_kept = "nothing was sent"


def sending_can_go_on() -> None:
    """Say at an end by a signal what becomes of what was being sent."""
    _signals.what_is_kept = "what the store has taken is there, and the same command goes on"


@contextmanager
def handled_by(
    leave: Do, give_back: Do | None = None, *, at_most: float = _AT_MOST
) -> Iterator[None]:
    """Leave a full screen, or what others are served, first when a signal comes.

    Args:
        leave: Begins to leave it; called in the middle of anything. It may raise.
        give_back: Sets the terminal as it was, at once; called in the middle of anything.
        at_most: Seconds that leaving may take.
    """
    _signals.leave, _signals.give_back, _signals.at_most = leave, give_back, at_most
    try:
        yield
    finally:
        _signals.leave = None
        _signals.give_back = None
        _signals.at_most = _AT_MOST


def came() -> int | None:
    """The signal that ends the program, if one came."""
    return _signals.came


def words() -> str:
    """Why the program ends, and what is kept."""
    return _signals.words()


def end_at_once() -> NoReturn:
    """End the program without doing anything else first."""
    _signals.end_at_once()


def raise_what_came() -> None:
    """Go on ending, after the full screen was left.

    Raises:
        KeyboardInterrupt: Somebody interrupted the program.
        Ended: It was told to end, or its terminal was closed.
    """
    if _signals.came == signal.SIGINT:
        raise KeyboardInterrupt
    if _signals.came is not None:
        raise Ended(128 + _signals.came)


def finish(*, ended: bool) -> None:
    """Heed no signal any more: the program is over.

    Args:
        ended: Whether a signal ended it: then it ends here. A signal that some library lost on its
            way, so that all was done nevertheless, came too late.
    """
    for name in _WHY:
        number = getattr(signal, name)
        if signal.getsignal(number) == _signals.heed:
            signal.signal(number, signal.SIG_IGN)
    if _signals.came is None:
        return
    if not ended:
        if hasattr(signal, "SIGALRM"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(128 + _signals.came)
