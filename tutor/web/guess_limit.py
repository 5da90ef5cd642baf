"""Whoever guesses has to wait, longer after each wrong guess; a slip or two costs nothing."""

from collections.abc import Callable
from dataclasses import dataclass

_LONGEST = 30.0
_MOST_KEPT = 10_000


@dataclass
class _Guesses:
    wrong: int = 0
    until: float = 0.0


class GuessLimit:
    """How long each guesser has to wait.

    Args:
        clock: Seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, ...], _Guesses] = {}

    def wait(self, *who: tuple[str, ...]) -> int:
        """Whole seconds until another guess is heard; 0 for at once."""
        until = max((self._kept[one].until for one in who if one in self._kept), default=0.0)
        left = until - self._clock()
        return int(left) + 1 if left > 0 else 0

    def missed(self, who: tuple[str, ...], free: int) -> None:
        """Count a wrong guess.

        Args:
            who: The guesser.
            free: How many wrong guesses cost nothing; the wait doubles with each one after them.
        """
        guesses = self._kept.pop(who, _Guesses())
        guesses.wrong += 1
        if guesses.wrong > free:
            wait = min(_LONGEST, 2.0 ** min(guesses.wrong - free, 10))
            guesses.until = self._clock() + wait
        self._kept[who] = guesses  # the latest stand last
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def came_right(self, who: tuple[str, ...]) -> None:
        """Forget the wrong guesses of one who knew it after all."""
        self._kept.pop(who, None)
