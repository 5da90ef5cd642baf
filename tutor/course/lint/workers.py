"""The lessons of a large course looked at by several processes at once.

Each process looks at some of the lessons by themselves and tells what their course must know of
those in which it finds nothing. A lesson in which it finds something is left to the check itself,
so that what people are told is the same with and without it.
"""

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.course.lint.checker import Summaries, check_lesson, context_of, nothing_ahead
from tutor.course.lint.lesson_summary import LessonSummary
from tutor.course.reading.course_folder import CourseFolder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

FEWEST = 100
"""Fewer lessons are checked before a process has begun."""
MOST_WORKERS = 8
AT_ONCE = 8
"""Lessons that a process looks at before it tells of them."""

_FROM_OUTSIDE = ("SIGINT", "SIGTERM", "SIGHUP")


def summaries_by_workers(opened: CourseFolder) -> Summaries:
    """Look at the lessons of a course ahead of the check, in as many processes as can run.

    Yields:
        For each lesson in order what its course must know of it; None where something was found
        in it, or nobody looked.
    """
    workers = min(_processors(), MOST_WORKERS)
    if len(opened.lessons) < FEWEST or workers < 2:
        yield from nothing_ahead(opened)
    else:
        yield from _summaries(opened, workers)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _summaries(opened: CourseFolder, workers: int) -> Summaries:
    begun: list[tuple[BaseProcess, Connection]] = []
    try:
        with suppress(OSError):  # too many processes
            for number in range(workers):
                begun.append(_begin(opened, number * AT_ONCE, workers * AT_ONCE))
        if len(begun) < workers:
            yield from nothing_ahead(opened)
        while True:
            for _, receiver in begun:
                yield from _received(receiver)
    finally:
        for process, receiver in begun:
            receiver.close()
            process.terminate()
            process.join()


def _begin(opened: CourseFolder, first: int, step: int) -> "tuple[BaseProcess, Connection]":
    from multiprocessing import Pipe, Process  # slow to import

    receiver, sender = Pipe(duplex=False)
    work = (receiver, sender, opened, first, step)
    process = Process(target=_look_at_lessons, args=work, daemon=True)
    with sender:
        process.start()
    return process, receiver


def _received(receiver: "Connection") -> list[LessonSummary | None]:
    try:
        summaries: list[LessonSummary | None] = receiver.recv()
    except (EOFError, OSError):
        # The worker has died, of whatever cause: the check itself looks at the lessons.
        return [None] * AT_ONCE
    return summaries


def _look_at_lessons(
    receiver: "Connection", sender: "Connection", opened: CourseFolder, first: int, step: int
) -> None:
    """Look at a course's lessons from one on, a group every so many; what a worker does."""
    # With an end of its own to send to, it would wait on for a check that was killed.
    receiver.close()
    for name in _FROM_OUTSIDE:
        if hasattr(signal, name):  # Windows has not all of them
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    # Whatever goes wrong here goes wrong in the check itself, too, and is told there.
    with suppress(Exception):
        around = context_of(opened)
        unused = frozenset(around.glossary)
        for begin in range(first, len(opened.lessons), step):
            summaries = []
            for _, path, _ in opened.lessons[begin : begin + AT_ONCE]:
                checked, summary = check_lesson(path, str(path), around, unused)
                if checked.violations:
                    summary = None
                if summary is not None:
                    unused -= summary.terms
                summaries.append(summary)
            sender.send(summaries)
