"""Handing in: said what it is, asked, and written as a file or as lines to paste."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tutor.classroom import feedback
from tutor.classroom.feedback import Feedback
from tutor.classroom.hand_in import file as hand_in_file
from tutor.classroom.hand_in import pasted_text
from tutor.classroom.hand_in.file import Written
from tutor.classroom.hand_in.from_records import (
    LONGEST_NAME,
    Wish,
    code_name,
    contents,
    file_name,
    gather,
    own_runs,
    own_scores,
    take_back,
)
from tutor.classroom.received.course_here import course_named
from tutor.course.digest import blake2b
from tutor.course.model.course import Course
from tutor.course.syntax.files import is_file, is_folder, open_file
from tutor.course.text import clean, one_line, unbroken
from tutor.errors import UsageError, reason_of
from tutor.output_files import make_folder, names_folder, write_at, write_file
from tutor.plain.wrapping import wrapped
from tutor.records import learners
from tutor.session import Options, look_after, name_to_hand_in, open_study, wants_plain
from tutor.streams import ask, hand_over, show, tell
from tutor.study import Start, Study

_LARGEST = 8_000_000
_SHOWN = "feedback-shown"
"""The file beside the records of a learner who is served that says what was shown of it."""
_TICKS = {
    "Answers": "free-text",
    "Private thoughts": "reflections",
    "Notes": "notes",
    "Challenges": "challenges",
}
"""How texts are ticked, by the titles of their kinds; of another kind none is handed in."""


def hand_in(
    study: Study,
    course: Course,
    name: str | None,
    ticked: frozenset[str],
    output: str | None,
    *,
    as_text: bool,
    force: bool,
) -> None:
    """Hand in the results of a course.

    Args:
        study: The learner.
        course: The course.
        name: The name to hand in under; None for the learner's own, unless that is the name of an
            account on this computer.
        ticked: What is to be in it beside results.
        output: The file, or the folder for it, which is made where it is missing; None for the
            folder one is in.
        as_text: Whether lines to paste are wanted.
        force: Whether a file may be written over.
    """
    at_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    wish = Wish(
        name=_name(study, name), ticked=ticked, written=_written(study, course) if ticked else {}
    )
    made = gather(study, course, wish)
    path = _file_to_write(output, Path(file_name(made)), as_text=as_text)
    if path is not None and path.name == file_name(made) and is_file(path) and not force:
        raise UsageError(
            f"{path} exists already.",
            "If that is your earlier hand-in, add --force: the new one holds all that it did.",
        )
    tell_lines(
        "In the hand-in:", *(f"- {line}" for line in contents(made, study.test_left(course)))
    )
    if at_terminal and not ask("Print it?" if path is None else f"Write it to {path}?"):
        tell("Nothing was written.")
        return
    content = hand_in_file.write(made)
    text = pasted_text.as_text(content) if as_text else content.decode()
    if path is not None:
        if output is not None and names_folder(output):
            make_folder(path.parent)
        write_file(path, text, force=force)
        now = "paste all its lines into the form" if as_text else "give this file to your teacher"
        tell_lines(f"Wrote {path}: {now}.", *([_how_long(text)] if as_text else []))
    elif as_text:
        _print_to_copy(text)
    else:
        hand_over(text)
    study.keep_handed_in(course)


def _file_to_write(output: str | None, usual: Path, *, as_text: bool) -> Path | None:
    """The file to write; None for standard output."""
    if output == "-" or (output is None and as_text):
        return None
    if output is None:
        return usual
    if names_folder(output) or is_folder(Path(output)):
        return Path(output) / (usual.with_suffix(".txt") if as_text else usual)
    return Path(output)


def _print_to_copy(lines: str) -> None:
    """Print the lines, and say how they are taken along."""
    shown = lines.splitlines()
    if sys.stdout.isatty():
        for line in shown:
            show(line)
    else:
        hand_over(lines)
    tell_lines(
        f"Copy everything from “{shown[0]}” to “{shown[-1]}” into the form; or `-o FILE` writes "
        "the same lines into a file.",
        _how_long(lines),
    )


def _how_long(lines: str) -> str:
    """How long a text to paste is: some forms take too little in one field."""
    return (
        f"It has {len(lines):,} characters. If a field takes fewer, cut it between lines and go on "
        "in the next field."
    )


def tell_lines(*lines: str) -> None:
    """Tell lines; a terminal gets them broken between words."""
    columns = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0
    for line in lines:
        for part in wrapped(clean(unbroken(line)), columns):
            tell(part)


def _name(study: Study, name: str | None) -> str:
    """Under which name; a code where the learner's own is that of the account."""
    if name is not None:
        given = one_line(name)
        if not 1 <= len(given) <= LONGEST_NAME:
            raise UsageError(f"The name in a hand-in has 1 to {LONGEST_NAME} characters.")
        return given
    own = name_to_hand_in(study)
    if own:
        return own
    code = code_name(study)
    if sys.stdin.isatty() and sys.stderr.isatty():
        import click

        said = "Your name, as your teacher knows it; the name of your account stays out of it"
        return _name(study, click.prompt(said, default=code, err=True))
    tell(f"The name of your account stays out of it; --as NAME says who you are, else “{code}”.")
    return code


def _written(study: Study, course: Course) -> Mapping[str, Sequence[Written]]:
    """What the learner wrote, by how it is ticked."""
    from tutor.progress.written import all_written

    return {
        _TICKS[section.title]: [
            Written(about=one.about, text=one.text, at=one.at) for one in section.entries
        ]
        for section in all_written(study, course)
    }


def show_feedback(options: Options, path: Path) -> int:
    """Show what a teacher gave back, beside what the learner's own records say.

    A test that the teacher was to give back is finished by that.

    Returns:
        The exit code.

    Raises:
        UsageError: The file is no such file, or cannot be read.
    """
    try:
        with open_file(path) as file:
            given = feedback.read(file.read(_LARGEST))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {reason_of(error)}.") from error
    except hand_in_file.Unreadable as why:
        raise UsageError(f"{path} {why}.", "`tutor open` shows what a teacher gave back.") from why
    with open_study(options, known=True) as study:
        take_back(study, given.course, {run.id for run in given.runs})
        course = _course_of(study, given.course)
        if not wants_plain(options, study):
            from tutor.app import run

            code = run(study, Start(course=course or study.last_course()), given)
            look_after(study)
            return code
        own = own_scores(study, given.course)
    for line in feedback.lines(given, own):
        show(line)
    return 0


def given_back_in(
    folder: Path, study: Study, start: Start
) -> tuple[Start, Feedback | None, list[Feedback]]:
    """What a teacher gave back to a learner who is served in a browser.

    Args:
        folder: Where the teacher puts what is given back.
        study: The learner.
        start: Where the app opens otherwise.

    Returns:
        Where the app opens, what it shows there (None where there is nothing new), and all that
        can be opened again, the newest last.
    """
    shown_file = study.store.folder / _SHOWN
    shown = shown_file.read_text("ascii", "replace").split() if is_file(shown_file) else []
    kept = list(_given_back(folder, study))
    new = next(((mark, given) for mark, given in kept if mark not in shown), None)
    every = [given for _, given in kept]
    if new is None:
        return start, None, every
    mark, given = new
    write_at(shown_file, " ".join([*shown, mark]))
    return Start(course=_course_of(study, given.course) or start.course), given, every


def _given_back(folder: Path, study: Study) -> Iterator[tuple[str, Feedback]]:
    """What a folder holds for a learner, the newest last, each with what tells it from others."""
    found = []
    for path in folder.rglob("*.tutor"):
        try:
            with open_file(path) as file:
                content = file.read(_LARGEST)
            found.append((path.stat().st_mtime, str(path), content, feedback.read(content)))
        except (OSError, hand_in_file.Unreadable):
            continue  # it is somebody else's, or still being written
    for _, _, content, given in sorted(found, key=lambda one: one[:2]):
        if learners.folded(given.learner) != learners.folded(study.name):
            continue
        runs = {run.id for run in given.runs}
        # Whoever only bears the name has none of these runs in their records.
        take_back(study, given.course, runs)
        if runs & own_runs(study, given.course).keys():
            yield blake2b(content, digest_size=16).hexdigest(), given


def _course_of(study: Study, name: str) -> Course | None:
    """The course that a file is about, or the lone lesson; None where it is not known here."""
    return course_named(study, name, lone=False) or course_named(study, name, lone=True)
