"""A test on paper: printed for a class, and the answers on the sheets entered."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor import signals
from tutor.cli.options import global_options
from tutor.course.syntax.files import is_file, is_folder, is_there, open_file, real
from tutor.course.text import typed
from tutor.errors import UsageError, reason_of
from tutor.streams import show, tell

if TYPE_CHECKING:
    from tutor.classroom.paper.entered_sheets import Desk
    from tutor.classroom.paper.sheets_file import Printing
    from tutor.session import Options
    from tutor.study import Study

_LARGEST = 64_000_000
_TWICE = "“{}” stands on the roster more than once, and gets one sheet: tell them apart."
_END = (":q", "end", "quit")
_BEGIN = (
    "A line is the code of a sheet and its answers: K7Q2 b a c d, `-` for none.",
    "K7Q2 3=b corrects one answer, K7Q2 shows what stands; `?` says who is waiting, `:q` ends.",
)
_Path = click.Path(path_type=Path)


def print_test(options: "Options", target: str, roster: Path, named: str, *, force: bool) -> int:
    """Write the sheets of a class, the key, and the list that `tutor enter` reads.

    Returns:
        The exit code: 1 where there is something that the sheets cannot ask about.
    """
    from tutor.classroom.paper.in_html import key_as_html, sheets_as_html
    from tutor.classroom.paper.sheet_questions import draw
    from tutor.classroom.paper.sheets_file import SUFFIX, write
    from tutor.classroom.received.roster import read_roster
    from tutor.long_work import LongWork
    from tutor.output_files import names_folder, write_file
    from tutor.phrases import plural
    from tutor.session import draw_seed, open_study, start_at, tell_same_id

    signals.no_file_is_written()
    output = Path(named)
    if named == "-" or names_folder(named) or is_folder(output) or output.suffix == SUFFIX:
        raise UsageError("Three files are written.", "Name the page with -o: `-o test.html`.")
    known = read_roster(roster)
    key, listed = output.with_name(f"{output.stem}-key.html"), output.with_suffix(SUFFIX)
    for path in (output, key, listed):
        if is_there(path) and not force:
            also = (
                " It knows what is on sheets printed before; without it they cannot be entered."
                if path is listed
                else ""
            )
            raise UsageError(
                f"{path} exists already.", f"Choose another name, or add --force.{also}"
            )
    before = [one for path, one in _printed_near(roster) if real(path) != real(listed)]
    with open_study(options) as study:
        course = start_at(study, target, test=True).course
        tell_same_id(study.library, course)
        with LongWork(f"Drawing sheets of {target}"):
            drawn = draw(
                course,
                study.test_lesson(course),
                known,
                seed=draw_seed(options),
                at=study.store.now(),
                before=before,
            )
            pages = sheets_as_html(drawn.printing), key_as_html(drawn.printing)
        study.library.remember(course)
        path_name = study.path(course)
    write_file(listed, write(drawn.printing), force=force)
    write_file(key, pages[1], force=force)
    write_file(output, pages[0], force=force)
    if path_name is not None:
        tell(f"The questions are those of the path “{path_name}”.")
    for sentence in (*drawn.said, *(_TWICE.format(name) for name in known.twice)):
        tell(sentence)
    tell(f"Wrote {output}: {plural(len(drawn.printing.sheets), 'sheet')} to print and hand out.")
    tell(f"Wrote {key}: the key, to keep back.")
    tell(f"Wrote {listed}: what is on which sheet. Keep it: `tutor enter {roster}` reads it.")
    return int(drawn.lost)


@click.command()
@click.argument("roster", type=_Path, metavar="ROSTER")
@click.option(
    "-o", "--output", "folder", type=_Path, metavar="DIR", help="The folder for the hand-ins."
)
@global_options
@click.pass_context
def enter(context: click.Context, roster: Path, folder: Path | None) -> None:
    """Enter the answers that a class gave on paper.

    ROSTER is the list of the class for which sheets were printed (or the `.sheets` file that was
    written with them). A line is `K7Q2 b a c d`: the code of a sheet, and an answer for each of its
    questions, `-` for none. `K7Q2 3=b` corrects one, `K7Q2` shows what stands. Each sheet is kept
    at once, as a hand-in that `tutor report` reads.
    """
    from tutor.classroom.paper.entered_sheets import Desk
    from tutor.session import open_study

    signals.entered_is_kept()
    found = _printings(roster)
    with open_study(context.obj) as study:
        _tell_changes(study, [printing for _, printing in found])
        desk = Desk([(one, folder or _folder_for(path)) for path, one in found], study.store.now)
        context.exit(_enter(desk, roster))


def _folder_for(listed: Path) -> Path:
    """Where hand-ins go, beside the list of what was printed."""
    return listed.with_name(f"{listed.stem}-entered")


def _printings(path: Path) -> list[tuple[Path, "Printing"]]:
    """What was printed for a class.

    Args:
        path: The roster; or the list that was written with the sheets.

    Raises:
        UsageError: Nothing was printed that can be read.
    """
    from tutor.classroom.hand_in.file import Unreadable
    from tutor.classroom.paper.sheets_file import SUFFIX
    from tutor.classroom.received.roster import read_roster

    if path.suffix == SUFFIX:
        try:
            return [(path, _read_printing(path))]
        except Unreadable as why:
            raise UsageError(f"{path} {why}.") from why
    roster = read_roster(path)
    found = [
        (listed, printing)
        for listed, printing in _printed_near(path)
        if any(roster.member(sheet.name) is not None for sheet in printing.sheets)
    ]
    if not found:
        raise UsageError(
            f"There are no sheets for the class in {path}.",
            f"`tutor export test COURSE --paper --for {path} -o FILE` prints them; if the "
            f"`{SUFFIX}` file that it wrote lies elsewhere, name that file.",
        )
    return found


def _printed_near(roster: Path) -> Iterator[tuple[Path, "Printing"]]:
    """What was printed: its list lies in the folder one is in, or beside the roster."""
    from tutor.classroom.hand_in.file import Unreadable
    from tutor.classroom.paper.sheets_file import SUFFIX

    folders = {real(folder): folder for folder in (roster.parent, Path())}
    for folder in folders.values():
        for listed in sorted(one for one in folder.glob(f"*{SUFFIX}") if is_file(one)):
            try:
                yield listed, _read_printing(listed)
            except Unreadable as why:
                tell(f"Left aside: {listed} {why}.")


def _read_printing(path: Path) -> "Printing":
    from tutor.classroom.hand_in.file import Unreadable
    from tutor.classroom.paper.sheets_file import read

    try:
        with open_file(path) as file:
            return read(file.read(_LARGEST))
    except OSError as error:
        raise Unreadable(f"cannot be read: {reason_of(error)}") from error


def _tell_changes(study: "Study", printings: Sequence["Printing"]) -> None:
    """Say which questions the course does not ask any more as they were printed."""
    from tutor.classroom.received.course_here import course_named, read
    from tutor.phrases import plural
    from tutor.session import tell_same_id

    for printing in printings:
        course = course_named(study, printing.course, lone=printing.lone)
        if course is None:
            continue
        tell_same_id(study.library, course)
        changed = printing.changed(read(study, course).questions)
        if changed:
            named = ", ".join(changed)
            tell(
                f"Changed in “{printing.title}” since the sheets were printed: "
                f"{plural(len(changed), 'question')} ({named}). Answers are scored as printed."
            )


def _enter(desk: "Desk", roster: Path) -> int:
    """Take lines until they end; 1 where, in a pipe, something was wrong with one."""
    from tutor.classroom.paper.sheet_entry import Taken

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if interactive:
        for line in _BEGIN:
            tell(line)
        tell(desk.standing())
    wrong = asked = 0
    for number, line in enumerate(_lines(desk, interactive=interactive), 1):
        said = desk.take(line)
        if isinstance(said, Taken):
            show(desk.keep(said))
            wrong -= asked
            asked = 0
            continue
        wrong, asked = wrong + said.wrong, int(said.asks)
        where = "" if interactive else f"line {number}: "
        for sentence in said.lines:
            if said.wrong:
                tell(f"{where}{sentence}")
            else:
                show(sentence)
    for sentence in desk.summary(roster):
        tell(sentence)
    return int(wrong > 0 and not interactive)


def _lines(desk: "Desk", *, interactive: bool) -> Iterator[str]:
    """What is typed, or comes through a pipe, line by line."""
    while True:
        if interactive:
            sys.stdout.write(desk.prompt())
            sys.stdout.flush()
        read = sys.stdin.readline()
        line = " ".join(typed(read).split())
        if not read or line.casefold() in _END:
            if not read and interactive:
                show("")
            return
        yield line


COMMANDS = (enter,)
