"""How learners' programs are started, and what their sessions have to do with them."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import msgspec


class Program(Protocol):
    """A program that runs, as asyncio knows it."""

    @property
    def stdin(self) -> asyncio.StreamWriter | None: ...
    @property
    def stdout(self) -> asyncio.StreamReader | None: ...
    @property
    def stderr(self) -> asyncio.StreamReader | None: ...
    @property
    def returncode(self) -> int | None: ...

    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    async def wait(self) -> int: ...


class Request(msgspec.Struct, frozen=True):
    """A program to be started.

    Attributes:
        arguments: What follows its name on the command line.
        environment: All that it is told.
    """

    arguments: Sequence[str]
    environment: Mapping[str, str]


Start = Callable[[Sequence[str], Mapping[str, str]], Awaitable[Program]]
"""Starts `tutor` with arguments and an environment."""


async def execute(arguments: Sequence[str], environment: Mapping[str, str]) -> Program:
    """Start the program that this is, wherever it is called, from its file."""
    # A session of its own: Ctrl-C at the server is no key of the learner's.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "tutor", *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=dict(environment),
        start_new_session=True,
    )


@asynccontextmanager
async def copies(environment: Mapping[str, str]) -> AsyncIterator[Start]:
    """A way to start programs as copies of one that has read the app; where there is none, another.

    Args:
        environment: What the one that is copied is told; it must be what all are told.
    """
    if sys.platform != "linux":
        yield execute
        return
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            starter = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "tutor.cli.starter"),
                stdin=theirs.fileno(),
                env=dict(environment),
                start_new_session=True,
            )
        asked = asyncio.Lock()

        async def copy(arguments: Sequence[str], environment: Mapping[str, str]) -> Program:
            with suppress(OSError):  # what is copied has gone: then as anywhere else
                async with asked:
                    return await _copy(ours, Request(arguments, environment))
            return await execute(arguments, environment)

        try:
            yield copy
        finally:
            with suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)
            await starter.wait()


if sys.platform == "linux":

    class _Copy:
        """A program that another process has started."""

        def __init__(self, process: int | None) -> None:
            self._process = process
            self._over = asyncio.Event()
            self.returncode: int | None = None
            self.stdin: asyncio.StreamWriter | None = None
            self.stdout: asyncio.StreamReader | None = None
            self.stderr: asyncio.StreamReader | None = None
            if process is None:
                self._end()
            else:
                asyncio.get_running_loop().add_reader(process, self._end)

        def _end(self) -> None:
            """Heed that it has ended; with what outcome only who started it is told."""
            if self._process is not None:
                asyncio.get_running_loop().remove_reader(self._process)
                os.close(self._process)
                self._process = None
            self.returncode = 0
            self._over.set()

        def _tell(self, number: signal.Signals) -> None:
            if self._process is not None:
                signal.pidfd_send_signal(self._process, number)

        def terminate(self) -> None:
            self._tell(signal.SIGTERM)

        def kill(self) -> None:
            self._tell(signal.SIGKILL)

        async def wait(self) -> int:
            await self._over.wait()
            return 0

    async def _copy(line: socket.socket, request: Request) -> Program:
        """Ask for a copy, over the line to the process that is copied.

        Raises:
            OSError: It could not be made.
        """
        read, written = zip(*(os.pipe() for _ in range(3)), strict=True)
        streams = (read[0], written[1], written[2])
        try:
            number = await asyncio.to_thread(_ask, line, request, streams)
            process = None
            with suppress(ProcessLookupError):  # it has ended already
                process = os.pidfd_open(number)
        except BaseException:
            for one in (written[0], read[1], read[2]):
                os.close(one)
            raise
        finally:
            for one in streams:
                os.close(one)
        made = _Copy(process)
        made.stdin = await _to(written[0])
        made.stdout, made.stderr = await _from(read[1]), await _from(read[2])
        return made

    def _ask(line: socket.socket, request: Request, streams: Sequence[int]) -> int:
        socket.send_fds(line, [msgspec.json.encode(request)], streams)
        number = int.from_bytes(line.recv(4, socket.MSG_WAITALL), "big")
        if not number:
            raise OSError("there is no room for another program")
        return number

    async def _to(stream: int) -> asyncio.StreamWriter:
        loop = asyncio.get_running_loop()
        file = os.fdopen(stream, "wb", buffering=0)
        transport, protocol = await loop.connect_write_pipe(
            lambda: asyncio.streams.FlowControlMixin(loop=loop), file
        )
        return asyncio.StreamWriter(transport, protocol, None, loop)

    async def _from(stream: int) -> asyncio.StreamReader:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        file = os.fdopen(stream, "rb", buffering=0)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), file)
        return reader
