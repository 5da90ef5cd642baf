"""The app in a browser: a server that speaks Textual's protocol hands on keys and what is drawn."""

import asyncio
import os
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import Any

from textual.app import App
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from tutor import signals
from tutor.app.terminal import CarefulParser


class BrowserDriver(WebDriver):
    """Textual's driver, reading with our parser; where its server goes away, the app ends."""

    has_terminal = False
    """Whether the browser shows the app."""

    def __init__(self, app: App[Any], **about: Any) -> None:
        super().__init__(app, **about)
        self._write = partial(self._send)

    def _send(self, packet: bytes) -> int:
        """Hand a packet to the server; where it is gone, nobody looks any more."""
        with suppress(OSError):
            written = 0
            while written < len(packet):
                written += os.write(self.fileno, packet[written:])
        return len(packet)

    def start_application_mode(self) -> None:
        """Begin to be shown; signals stay ours."""
        self.has_terminal = True
        super().start_application_mode()
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
            signals.heed()

    def stop_application_mode(self) -> None:
        """Be shown no more."""
        super().stop_application_mode()
        self.has_terminal = False

    def write(self, data: str) -> None:
        """Draw, as long as there is somewhere to: that the app has ended is the last thing said."""
        if self.has_terminal:
            super().write(data)

    def give_back(self) -> None:
        """There is no terminal to be given back."""

    def run_input_thread(self) -> None:
        """Read until the app ends, or its server goes away."""
        parser = CarefulParser()
        decode = getincrementaldecoder("utf-8")("ignore").decode
        packets = ByteStream()
        for data in self._input_reader:
            for kind, payload in packets.feed(data) if data else ():
                if kind == "D":
                    self._hand_on(parser.feed(decode(payload)))
                else:
                    self._on_meta(kind, payload)
            self._hand_on(parser.tick())
        if not self.exit_event.is_set():
            self._end()

    def _hand_on(self, said: Any) -> None:
        for message in said:
            self.process_message(message)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Do what the server asks."""
        if packet_type == "quit":
            self._end()
        elif packet_type != "exit":
            super().on_meta(packet_type, payload)

    def _end(self) -> None:
        """Leave the app as by its key, so that what is begun is kept."""
        self._app.call_later(self._app.exit)
