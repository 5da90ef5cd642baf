"""Handing in after a test, line by line."""

from pathlib import Path

from tutor.classroom.hand_in import file
from tutor.classroom.hand_in.from_records import (
    LONGEST_NAME,
    Wish,
    code_name,
    contents,
    file_name,
    gather,
)
from tutor.course.text import one_line
from tutor.errors import TutorError
from tutor.output_files import write_file
from tutor.plain.question import Sitting
from tutor.plain.terminal import Stopped
from tutor.session import name_to_hand_in


def hand_in(sitting: Sitting) -> None:
    """Say what is in the file, and write it where the learner wants that."""
    study, terminal = sitting.study, sitting.terminal
    try:
        made = gather(study, sitting.course, Wish(name=_name(sitting)))
    except Stopped:
        return
    path = Path(file_name(made))
    terminal.say(
        "In the hand-in:",
        *(f"- {line}" for line in contents(made, study.test_left(sitting.course))),
    )
    try:
        line = terminal.read(f"Write it to {path} (y, Enter does not): ")
    except Stopped:
        return
    if not line or line.strip().casefold() not in ("y", "yes"):
        terminal.say("Nothing was written.")
        return
    try:
        write_file(path, file.write(made), force=False)
    except TutorError as error:
        terminal.tell(f"{error.title} {error.remedy}".strip())
        return
    study.keep_handed_in(sitting.course)
    terminal.say(f"Wrote {path}: give this file to your teacher.")


def _name(sitting: Sitting) -> str:
    """Under which name; who has none yet is asked for it, and may go without."""
    own = name_to_hand_in(sitting.study)
    if own or not sitting.terminal.interactive:
        return own
    code = code_name(sitting.study)
    while True:
        line = sitting.terminal.read(f"Your name, as your teacher knows it (Enter: {code}): ")
        if len(name := one_line(line).strip()) <= LONGEST_NAME:
            return name
        sitting.terminal.say(f"The name in a hand-in has 1 to {LONGEST_NAME} characters.")
