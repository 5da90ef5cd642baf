"""One learner's program, as long as a browser shows it."""

import asyncio
import json
import os
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import cast

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from tutor.course.text import clean
from tutor.web.programs import Start

# What Python needs to run, and what decides when a day begins. Nothing else of the environment is
# for the learners' programs.
_PASSED_ON = ("TZ", "SYSTEMROOT", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH")
_BEGINS = b"__GANGLION__\n"
_PATIENCE = 5.0
"""Seconds that a program has to end, keeping what is begun, before it is ended."""
_WIDTHS, _HEIGHTS = (20, 400), (5, 200)
_CLEARED = "\x1b[?1000l\x1b[?1003l\x1b[?1049l\x1b[0m\x1b[2J\x1b[H"


class Session(AppService):
    """One learner's program, spoken with over its standard streams.

    Args:
        start: Starts it.
        arguments: What follows its name on the command line.
        environment: What it is told beside what every session is told.
        socket: Where the browser listens.
        downloads: What hands files to browsers.
    """

    def __init__(
        self,
        start: Start,
        arguments: Sequence[str],
        environment: dict[str, str],
        socket: web.WebSocketResponse,
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            "tutor",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=partial(_close, socket),
            download_manager=downloads,
        )
        self._start = start
        self._arguments = arguments
        self._environment = environment
        self._stopping: asyncio.Task[None] | None = None
        self.shown = asyncio.Event()
        """Set once something was drawn, or the program has ended."""
        self._wanted = True
        self.left = False
        """Whether the program ended by itself: its learner left it."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {
            **told_to_all(),
            "COLUMNS": str(_within(width, _WIDTHS)),
            "ROWS": str(_within(height, _HEIGHTS)),
            **self._environment,
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        started = await self._start(self._arguments, self._build_environment(width, height))
        self._process = process = cast(Process, started)
        self._stdin = process.stdin
        return process

    async def start(self, width: int, height: int) -> None:
        """Start the program, unless it is wanted no more."""
        if self._wanted:
            await super().start(width, height)
        else:
            self.shown.set()

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the program how large its screen is."""
        await super().set_terminal_size(_within(width, _WIDTHS), _within(height, _HEIGHTS))

    async def run(self) -> None:
        """Hand on what the program says, until it ends."""
        process = self._process
        assert process is not None
        assert process.stderr is not None
        complaints = asyncio.create_task(process.stderr.read())
        with suppress(asyncio.IncompleteReadError):
            await self._hand_on(process)
        await process.wait()
        said = clean((await complaints).decode(errors="replace"))
        self.left = self._stopping is None
        self.shown.set()
        if self.left:
            await self._say(said)

    async def _hand_on(self, process: Process) -> None:
        stdout = process.stdout
        assert stdout is not None
        while (line := await stdout.readline()) != _BEGINS:
            if not line:
                return
        while True:
            head = await stdout.readexactly(5)
            payload = await stdout.readexactly(int.from_bytes(head[1:], "big"))
            # A browser that has gone must not keep the program from ending.
            with suppress(ConnectionError):
                match head[:1]:
                    case b"D":
                        await self.on_data(payload)
                        self.shown.set()
                    case b"M":
                        await self.on_meta(payload)
                    case b"P":
                        await self.on_packed(payload)

    async def on_meta(self, data: bytes) -> None:
        """Do what the program asks; that it ends is seen when it does."""
        if json.loads(data).get("type") != "exit":
            await super().on_meta(data)

    async def _say(self, said: str) -> None:
        """Say why the session ended, in place of the program, and end it."""
        lines = "\r\n".join(said.strip().splitlines())
        with suppress(ConnectionError):
            await self.remote_write_bytes(f"{_CLEARED}{lines}\r\n".encode())
            await self.remote_close()

    async def stop(self) -> None:
        """See that the program ends, with all kept; whoever asks second waits for the first."""
        self._wanted = False
        if self._process is None:
            return
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(self._process))
        await asyncio.shield(self._stopping)

    async def _stop(self, process: Process) -> None:
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        if process.returncode is None:
            self.stdin.close()  # the program takes that for its end
        for end in (None, process.terminate, process.kill):
            if end is not None:
                with suppress(ProcessLookupError):
                    end()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await process.wait()
                break
        if self._task is not None:
            await self._task


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()


def told_to_all() -> dict[str, str]:
    """What every program is told of its environment."""
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "30",
        "TERM": "xterm-256color",
        "PYTHONUTF8": "1",
    }


def _within(size: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(int(size), limits[1]))
