"""A class watched while it hands in: as a page that is drawn anew, or as a line for each change."""

import re
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor import signals
from tutor.streams import show, tell

if TYPE_CHECKING:
    from tutor.classroom.received.class_results import Gathered
    from tutor.classroom.received.folder_watch import LiveClass
    from tutor.classroom.received.hand_in_search import Tell
    from tutor.classroom.received.roster import Roster
    from tutor.session import Options
    from tutor.study import Study

_INTERRUPTED = 130
_NUMBERS = re.compile(r"\d+")
"""What only counts otherwise than before is said once."""


def watch(
    options: "Options", paths: Sequence[Path], roster: "Roster | None", told: "Tell", *, names: bool
) -> int:
    """Show a class as it hands in, until whoever watches leaves.

    Raises:
        UsageError: A path that was named is not there.
    """
    from tutor.classroom.received.course_here import course_of
    from tutor.classroom.received.folder_watch import FolderWatch, LiveClass
    from tutor.classroom.received.hand_in_search import files_under
    from tutor.session import open_study, wants_plain

    signals.nothing_is_kept()
    for path in paths:
        files_under(path)
    folder = FolderWatch(paths)
    folder.look(told)
    with open_study(options) as study:
        live = LiveClass(folder, lambda one: course_of(study, one), roster)
        first = live.gathered()
        tell_course_meant(study, first)
        if not wants_plain(options, study):
            from tutor.app import run_report

            return run_report(study, first, names=names, live=live)
        try:
            _in_lines(live, names=names)
        except KeyboardInterrupt:
            tell("")
            tell("The watch ends; `tutor report` says what was found.")
        return _INTERRUPTED


def tell_course_meant(study: "Study", gathered: "Gathered") -> None:
    """Say by which course a class is graded, where several have its id."""
    from tutor.session import tell_same_id

    if gathered.grader.here is not None:
        tell_same_id(study.library, gathered.grader.here.course)


def _in_lines(live: "LiveClass", *, names: bool) -> None:
    """Write a line whenever there is something new; what is set aside once."""
    from tutor.classroom.received.folder_watch import LOOK_EVERY
    from tutor.classroom.report.contents import report_on
    from tutor.classroom.report.live import standing

    said, aside = "", set[str]()
    tell("What is handed in is shown here as it comes. Ctrl+C ends this.")
    while True:
        made = report_on(live.gathered(), names=names)
        line = standing(made, live.watch.coming)
        if line != said:
            show(f"{datetime.now().astimezone():%H:%M:%S}  {line}")
            said = line
        for one in made.set_aside:
            if (kind := _NUMBERS.sub("", one)) not in aside:
                show(f"          set aside: {one}")
                aside.add(kind)
        sys.stdout.flush()
        time.sleep(LOOK_EVERY)
        while not live.watch.look():
            time.sleep(LOOK_EVERY)
