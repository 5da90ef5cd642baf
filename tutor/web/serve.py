"""`tutor serve`: from the options to a server that runs until it is interrupted."""

import asyncio
import errno
import secrets
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web

from tutor import signals
from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of
from tutor.session import Options, data_folder, find, open_study
from tutor.streams import show, tell
from tutor.web.addresses import is_loopback, reached_at
from tutor.web.browser_session import told_to_all
from tutor.web.class_folder import ClassFolder
from tutor.web.programs import copies
from tutor.web.register import Learner
from tutor.web.server import ClassServer, Served

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What no two people read differently."""
_AT_MOST = 15.0
"""Seconds that thirty programs on a slow machine may take to end."""


def serve_class(options: Options, target: str | None, host: str, port: int, most: int) -> None:
    """Serve learners until interrupted.

    Args:
        options: The global options.
        target: The course, as it was named; None for the one that is opened without a name.
        host: Where to listen.
        port: At which port; 0 for any.
        most: How many may be at work at a time.

    Raises:
        UsageError: There is no such course, or it is not possible to listen there.
        KeyboardInterrupt: It was interrupted.
    """
    kept = ClassFolder(data_folder(options))
    opened = _opened(options, target)
    seed = [] if options.seed is None else [f"--seed={options.seed}"]

    def arguments_for(learner: Learner) -> list[str]:
        return ["open", f"--data={learner.folder}", f"--learner={learner.name}", *seed, *opened]

    served = Served(
        register=kept.register,
        arguments=arguments_for,
        environment={
            "TUTOR_HAND_IN": str(kept.handed_in),
            "TUTOR_GIVEN_BACK": str(kept.given_back),
        },
        code="" if is_loopback(host) else "".join(secrets.choice(_SIGNS) for _ in range(6)),
        most=most,
    )
    _make(kept.handed_in)
    _make(kept.given_back)
    signals.learners_records_are_kept()
    asyncio.run(_serve(served, kept, host, port))
    signals.raise_what_came()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {reason_of(error)}.") from error


def _opened(options: Options, target: str | None) -> list[str]:
    """What the sessions open, by its whole path: they run elsewhere.

    Raises:
        UsageError: There is no such course.
    """
    if target is None:
        return []
    with open_study(options) as study:
        course, lesson = find(study.library, target)
        study.library.remember(course)  # by it `tutor report` grades what is handed in
        return ["--", course.folder if lesson is None else lesson.path]


async def _serve(served: Served, kept: ClassFolder, host: str, port: int) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        loop.call_soon_threadsafe(ended.set)

    with signals.handled_by(end, at_most=_AT_MOST):
        runner = web.AppRunner(
            await ClassServer(served, host)._make_app(),
            access_log=None,
            handle_signals=False,
            shutdown_timeout=2.0,
        )
        await runner.setup()
        try:
            with _failing_in_words(host, port):
                await web.TCPSite(runner, host, port).start()
            async with copies(told_to_all()) as served.start:
                _tell_where(served, kept, host, _port_of(runner))
                try:
                    await ended.wait()
                finally:
                    await runner.cleanup()
        finally:
            await runner.cleanup()


@contextmanager
def _failing_in_words(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except socket.gaierror as error:
        raise UsageError(f"There is no address {one_line(host)}.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Port {port} is taken by another program.", f"Name another: --port {port + 1}."
            ) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(f"{one_line(host)} is no address of this computer.") from error
        raise UsageError(
            f"It is not possible to listen at {one_line(host)}, port {port}: {reason_of(error)}."
        ) from error


def _port_of(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])


def _tell_where(served: Served, kept: ClassFolder, host: str, port: int) -> None:
    for address in reached_at(host, port):
        show(f"Learners open {address}")
    if served.code:
        show(f"Class code: {served.code}")
    tell(f"What they do is kept in {kept.path}, what they hand in in {kept.handed_in}.")
    tell(
        f"`tutor report {shlex.quote(str(kept.handed_in))} --feedback "
        f"{shlex.quote(str(kept.given_back))}` gives back: all see theirs at their next visit."
    )
    data = shlex.quote(str(kept.path.parent))
    tell(
        f"`tutor --data {data} data verify` looks after all of it, as do `data backup` and "
        "`data forget --learner NAME`."
    )
    tell("Ctrl-C ends it.")
