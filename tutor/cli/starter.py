"""Starts learners' programs as copies of a process in which the app has been read.

To read it takes most of the time until something is shown, and most of the memory; copies share
both. The process that is copied has no threads and no records open.
"""

import gc
import os
import random
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import NoReturn

import msgspec

from tutor.web.programs import Request

_LARGEST = 1 << 16
_NOT_STARTED = 0


def main() -> None:
    """Start what is asked for over standard input, and say its number, until nobody can ask.

    The streams of the program come along with what is asked.
    """
    line = socket.socket(fileno=os.dup(0))
    _read_the_app()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever has ended is gone
    while True:
        asked, streams, _, _ = socket.recv_fds(line, _LARGEST, 3)
        if not asked:
            return
        number = _copy(line, asked, streams)
        for stream in streams:
            os.close(stream)
        line.sendall(number.to_bytes(4, "big"))


def _read_the_app() -> None:
    import tutor.__main__
    import tutor.app.app
    import tutor.app.browser_driver
    import tutor.app.screens.home
    import tutor.app.screens.lesson
    import tutor.app.screens.quiz
    import tutor.app.screens.results  # noqa: F401

    gc.collect()
    gc.freeze()


def _copy(line: socket.socket, asked: bytes, streams: list[int]) -> int:
    try:
        number = os.fork()
    except OSError:
        return _NOT_STARTED
    if not number:
        line.close()
        _become(msgspec.json.decode(asked, type=Request), streams)
    return number


def _become(request: Request, streams: list[int]) -> NoReturn:
    """Be the program that was asked for, to its end."""
    from tutor import __main__ as program

    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    random.seed()
    sys.argv = ["tutor", *request.arguments]
    code = 1
    try:
        program.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
