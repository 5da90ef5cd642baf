"""What comes from the terminal; what is not understood of it is dropped.

Textual's own parser hands on an unknown sequence as if its characters had been typed, and ends the
program where a number in it is out of range. Here a sequence is cut out by the grammar of control
sequences (ECMA-48) first, and Textual only sees those that it knows.
"""

import os
import re
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._time import get_time
from textual._xterm_parser import FOCUSIN, FOCUSOUT, XTermParser
from textual.keys import Keys
from textual.message import Message

from tutor import signals
from tutor.app.signs import few_signs, in_font

ESC = "\x1b"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"

_LOOK = 0.1
"""Seconds after which the clock is looked at, even if nothing comes."""
_PASTE_STALLS = 5.0
"""Seconds without a byte after which a pasted text is taken as ended, so that keys work again."""
_LATE = 1.0
"""Seconds within which the rest of a sequence may still come after its Escape was let go."""
_LONGEST, _LONGEST_STRING = 64, 1 << 16

# An Escape and one of these is a key of its own; any other character after it is the next key.
_AFTER_ESCAPE = ("\x7f", "\t", "f", "b")
_CSI = r"\x1b\[(?:\[[A-E]|M[^\x1b]{3}|<[^\x1b\x00-\x20mM]*[mM]|\d+\$|(?![<M\[])[ -?]*[@-~])"
_SS3 = r"\x1bO[0-9;]*[@-~]"
# A string that the terminal sends (its name, its colors): to BEL or to ESC and a backslash.
_STRING = r"\x1b(?:\][0-9]|P[0-9>!+$|]|[_^X][A-Za-z])[^\x1b\x07]*(?:\x07|\x1b\\)"
_UNFINISHED = (
    r"\x1b(?:\[(?:\[|M[^\x1b]{0,2}|<[^\x1b\x00-\x20mM]*|[ -?]*)?|O[0-9;]*"
    r"|(?:\][0-9]|P[0-9>!+$|]|[_^X][A-Za-z])[^\x1b\x07]*\x1b?|[\]P_^X])?\Z"
)
# What follows at once upon a sequence that is not understood belongs to it.
_REST = r"[!-~]{0,64}"
_BEGUN = r"\x1b\[[ -?]*" + _REST
_LATE_REST = r"\[[0-?]*[@-~]|O[A-Za-z]"

_MOUSE = r"\x1b\[<\d{1,4};-?\d{1,6};-?\d{1,6}[Mm]"
_REPORT = r"\x1b\[\?(?:2026|2048);\d\$y"
_CURSOR = r"\x1b\[\d{1,5};\d{1,5}R"
_RESIZE = r"\x1b\[48;(\d{1,4});(\d{1,4});(\d{1,5});(\d{1,5})t"
_KEY = r"\x1b\[(\d{0,7})(?:;(\d{0,3})(?:;(\d{0,7}(?::\d{1,7})*))?)?([u~ABCDEFHPQRS])"
_OTHER_LAYOUT = r"\x1b\[\d{1,7}:\d{0,7}(?::(\d{1,7}))?;(\d{1,3})u"
_NO_PIXELS = f"{ESC}[?1016l"
# What Textual sets, unset: frames, pasted text, sizes, the mouse, keys, and at last its screen.
_AS_IT_WAS = "".join(
    f"{ESC}[{mode}"
    for mode in (
        *("?2026l", "?2004l", "?7h", "?2048l", "?1000l", "?1003l", "?1015l", "?1006l", "?1016l"),
        *("<u", "?1049l", "?25h", "?1004l", "0m"),
    )
)
_CONTROL = 4
_ALL_MODIFIERS = 256
_LAST = 0x10FFFF  # the last number of a character


class CarefulParser(XTermParser):
    """Reads what the terminal sends; never fails, and never takes a broken sequence for keys."""

    def __init__(self) -> None:
        super().__init__()
        self._held = ""  # the beginning of a sequence
        self._pasted: str | None = None  # a pasted text that has not ended
        self._came = 0.0  # when the last text came
        self._let_go = 0.0  # when an Escape was taken for the key because nothing followed
        self._tells_size = False

    @property
    def patience(self) -> float:
        """Seconds until `tick` may have something to say."""
        return min(_LOOK, constants.ESCAPE_DELAY) if self._held else _LOOK

    def feed(self, data: str) -> Iterable[Message]:
        """Read a text; what is left of a sequence at its end waits for the next."""
        now = get_time()
        if now - self._let_go < _LATE and (late := re.match(_LATE_REST, data)):
            data = data[late.end() :]
        self._let_go = 0.0
        self._came = now
        data, self._held = self._held + data, ""
        while data:
            messages, data = self._next(data)
            yield from messages

    def tick(self) -> Iterable[Message]:
        """Let go what has waited too long."""
        waited = get_time() - self._came
        if self._pasted is not None and waited >= _PASTE_STALLS:
            pasted, self._pasted = self._pasted + self._held, None
            self._held = ""
            yield events.Paste(pasted)
        elif self._pasted is None and self._held and waited >= constants.ESCAPE_DELAY:
            held, self._held = self._held, ""
            if held == ESC:
                self._let_go = get_time()
                yield events.Key("escape", ESC)
            elif held[1:] in ("O", "P", "]", "_", "^", "X"):
                yield from self._escape_and_more(held[1:])

    def _next(self, data: str) -> tuple[Iterable[Message], str]:
        """What the beginning of a text says, and the rest of it."""
        if self._pasted is not None:
            return self._paste(data)
        plain = data.partition(ESC)[0]
        if plain:
            return self._keys(plain), data[len(plain) :]
        sequence = re.match(_CSI, data) or re.match(_SS3, data) or re.match(_STRING, data)
        if sequence is not None:
            return self._understand(sequence[0], data[sequence.end() :])
        second = data[1:2]
        if re.match(_UNFINISHED, data):
            if len(data) < (_LONGEST if second == "[" else _LONGEST_STRING):
                self._held = data
            return (), ""
        if second == "[":
            # No sequence can go on like this: what there is of one is dropped.
            begun = re.match(_BEGUN, data)
            assert begun is not None
            return (), data[begun.end() :]
        if second in _AFTER_ESCAPE:
            return self._textual(data[:2]), data[2:]
        return (events.Key("escape", ESC),), data[1:]

    def _paste(self, data: str) -> tuple[Iterable[Message], str]:
        assert self._pasted is not None
        text, ends, rest = data.partition(PASTE_ENDS)
        if ends:
            pasted, self._pasted = self._pasted + text, None
            return (events.Paste(pasted.replace("\x00", "")),), rest
        # The end may be in two pieces.
        kept = next((n for n in range(5, 0, -1) if data.endswith(PASTE_ENDS[:n])), 0)
        self._pasted += data[: len(data) - kept]
        self._held = data[len(data) - kept :]
        return (), ""

    def _escape_and_more(self, rest: str) -> Iterator[Message]:
        yield events.Key("escape", ESC)
        yield from self._keys(rest)

    def _keys(self, characters: str) -> Iterator[Message]:
        for character in characters:
            yield from self._textual(character)

    def _textual(self, understood: str) -> Iterable[Message]:
        """What Textual makes of a character, or of a sequence that it knows."""
        return (key for key in self._sequence_to_key_events(understood) if key.key != Keys.Ignore)

    def _understand(self, sequence: str, rest: str) -> tuple[Iterable[Message], str]:
        """What a whole sequence says. What follows an unknown one at once is dropped with it."""
        if sequence == PASTE_BEGINS:
            self._pasted = ""
            return (), rest
        if sequence == PASTE_ENDS or not sequence.startswith((f"{ESC}[", f"{ESC}O")):
            return (), rest
        said = self._said(sequence)
        if said is None:
            follows = re.match(_REST, rest)
            return (), rest[follows.end() :] if follows else rest
        return said, rest

    def _said(self, sequence: str) -> Iterable[Message] | None:
        """What a sequence says; None where it is not understood."""
        if sequence == FOCUSIN:
            return (events.AppFocus(),)
        if sequence == FOCUSOUT:
            return (events.AppBlur(),)
        if key := _key_report(sequence):
            return self._textual(key)
        if sequence in ANSI_SEQUENCES_KEYS:
            keys = ANSI_SEQUENCES_KEYS[sequence]
            if isinstance(keys, str):
                return self._textual(keys)
            known = keys if isinstance(keys, tuple) else ()
            return [events.Key(key.value, None) for key in known if key is not Keys.Ignore]
        if re.fullmatch(_MOUSE, sequence):
            report = self.parse_mouse_code(sequence)
            return (report,) if report is not None else ()
        if re.fullmatch(_REPORT, sequence) or re.fullmatch(_CURSOR, sequence):
            self._tells_size |= sequence.startswith(f"{ESC}[?2048;")
            return super().feed(sequence)
        if size := re.fullmatch(_RESIZE, sequence):
            possible = self._tells_size and all(int(number) for number in size.groups())
            return super().feed(sequence) if possible else None
        return None


def _key_report(sequence: str) -> str:
    """A report of the kitty protocol as Textual reads it; empty where it is none.

    Of a key on another layout only what it is together with Ctrl is of use: there its place on the
    keyboard counts, not the letter.
    """
    if other := re.fullmatch(_OTHER_LAYOUT, sequence):
        place, modifiers = other.groups()
        held_down = place is not None and (int(modifiers) - 1) & _CONTROL
        return _key_report(f"{ESC}[{place};{modifiers}u") if held_down else ""
    match = re.fullmatch(_KEY, sequence)
    if match is None:
        return ""
    code, modifiers, text, end = match.groups(default="")
    number = int(code or 1)
    if int(modifiers or 1) > _ALL_MODIFIERS:
        return ""
    if f"{number}{end}" in FUNCTIONAL_KEYS:
        written = text if _can_be_typed(text) else ""
        return f"{ESC}[{number};{modifiers or 1};{written}{end}" if written else sequence
    if end != "u" or (text and not _can_be_typed(text)):
        return ""
    return sequence if text or _can_be_typed(code) else ""


def _can_be_typed(numbers: str) -> bool:
    """Whether these are the numbers of characters that can be typed."""
    codes = [int(number) for number in numbers.split(":") if number]
    return bool(codes) and all(code <= _LAST and chr(code).isprintable() for code in codes)


if sys.platform != "win32":
    import termios

    from textual.drivers.linux_driver import LinuxDriver

    class CarefulDriver(LinuxDriver):
        """Textual's driver, reading with our parser."""

        has_terminal = False
        """Whether the terminal is ours: taken, and neither given back nor lent to the shell."""
        _ours: list[Any] | None = None

        def write(self, data: str) -> None:
            """Write what is shown, in signs that the terminal has."""
            super().write(in_font(data) if few_signs() else data)

        def start_application_mode(self) -> None:
            """Take the terminal, and remember how it is set while it is ours."""
            self.has_terminal = True
            super().start_application_mode()  # type: ignore[no-untyped-call]
            with suppress(termios.error):
                self._ours = termios.tcgetattr(self.fileno)

        def stop_application_mode(self) -> None:
            """Give the terminal back, with a mode of the mouse that Textual leaves set."""
            self.write(_NO_PIXELS)
            super().stop_application_mode()
            self.has_terminal = False

        def give_back(self) -> None:
            """Give the terminal back at once, whatever is still about to be written."""
            if self.attrs_before is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.write(2, _AS_IT_WAS.encode())

        def _sigtstp_application(self, *_: object) -> None:
            # Not in the middle of anything: what was interrupted may be writing to the terminal,
            # and hold the very lock that giving it back waits for.
            self._loop.call_soon_threadsafe(super()._sigtstp_application)

        def _sigcont_application(self, *_: object) -> None:
            """Go on after having been stopped.

            Whoever stopped us without asking (SIGSTOP) has left our threads as they were: a second
            one that reads would take every other key.
            """
            if signals.came() is not None:
                return  # what ends us is why we go on
            if self._must_signal_resume:
                super()._sigcont_application()
            elif self._ours is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self._ours)
                self.send_message(self.SignalResume())

        def run_input_thread(self) -> None:
            """Read until the program ends, or the terminal goes away."""
            parser = CarefulParser()
            decode = getincrementaldecoder("utf-8")("ignore").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(parser.patience):
                        try:
                            read = os.read(self.fileno, 4096)
                        except OSError:
                            read = b""
                        if not read:
                            self._app.call_later(self._app.exit)
                            return
                        self._hand_on(parser.feed(decode(read)))
                    self._hand_on(parser.tick())

        def _hand_on(self, said: Iterable[Message]) -> None:
            for message in said:
                self.process_message(message)
