"""What teachers ask for about a class: how it did, and what to give back."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.options import OutputFile, global_options
from tutor.errors import TutorError, UsageError
from tutor.streams import show, show_to_programs, tell

if TYPE_CHECKING:
    from tutor.classroom.received.class_results import Gathered
    from tutor.classroom.received.hand_in_search import Tell
    from tutor.classroom.received.roster import Roster
    from tutor.classroom.report.contents import Report
    from tutor.session import Options
    from tutor.study import Study

_Path = click.Path(path_type=Path)
_LIST = "the list of names and ids"


@click.command()
@click.argument("paths", nargs=-1, type=_Path, metavar="PATHS…")
@click.option("--from", "store", metavar="URL", help="Read a record store as well.")
@click.option(
    "--roster", type=_Path, metavar="FILE", help="Who is in the class: a CSV file `name,id`."
)
@click.option("--names", is_flag=True, help="Show names; without it a projector is safe.")
@click.option(
    "--html", "page", type=OutputFile(), metavar="FILE", help="Write it to read and print."
)
@click.option("--csv", "table", type=OutputFile(), metavar="FILE", help="Write the gradebook.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--feedback", "folder", type=_Path, metavar="DIR", help="Write a file for each learner."
)
@click.option(
    "--answers", is_flag=True, help="Tell right answers in it before there is a test after."
)
@click.option("--forget", metavar="NAME", help="Delete what PATHS hold about a learner.")
@click.option("--watch", is_flag=True, help="Go on showing it while files come.")
@click.option("--force", is_flag=True, help="Overwrite files that exist; delete unasked.")
@global_options
@click.pass_context
def report(
    context: click.Context,
    paths: tuple[Path, ...],
    store: str | None,
    roster: Path | None,
    names: bool,
    page: Path | None,
    table: Path | None,
    as_json: bool,
    folder: Path | None,
    answers: bool,
    forget: str | None,
    watch: bool,
    force: bool,
) -> None:
    """Say how a class did, from the files that learners handed in.

    PATHS are folders, the zip that a learning platform makes of all uploads, the CSV of a form with
    the pasted text in a column, or single files. What cannot be used is named, and stops nothing.
    Names are shown, and written, only with --names; feedback files always name their learner.
    --from reads what `tutor export xapi` sent to a record store; user and password as there.
    """
    from tutor.classroom.received.roster import read_roster
    from tutor.classroom.report.contents import report_on
    from tutor.cli import live_report
    from tutor.session import open_study, wants_plain, wants_words

    written = as_json or page is not None or table is not None or folder is not None
    if not paths and (store is None or forget is not None or watch):
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    alone = answers and folder is None
    _refuse_what_does_not_fit(store, forget, watch=watch, written=written, answers_alone=alone)
    known = read_roster(roster) if roster is not None else None
    for sentence in known.said() if known is not None else ():
        tell(sentence)
    if forget is not None:
        context.exit(_forget(context.obj, paths, forget, known, force=force))
    if watch:
        context.exit(live_report.watch(context.obj, paths, known, _progress(), names=names))
    with open_study(context.obj) as study:
        gathered, whole = _gathered(study, paths, store, known)
        live_report.tell_course_meant(study, gathered)
        if not written and not wants_plain(context.obj, study):
            from tutor.app import run_report

            context.exit(run_report(study, gathered, names=names) or int(not whole))
        bars = not wants_words(context.obj, study)
    made = report_on(gathered, names=names)
    if page is not None or table is not None:
        _write(made, page, table, force=force)
    if folder is not None:
        _give_back(gathered, folder, force=force, answers=answers)
    if as_json:
        import msgspec

        from tutor.classroom.report.in_data import record

        encoded = msgspec.json.format(msgspec.json.encode(record(made)), indent=2)
        show_to_programs(encoded.decode())
    elif not written:
        _show(made, bars=bars)
    context.exit(int(not whole))


def _gathered(
    study: "Study", paths: tuple[Path, ...], store: str | None, roster: "Roster | None"
) -> tuple["Gathered", bool]:
    """What the class handed in, and whether the record store was read to its end."""
    from itertools import chain

    from tutor.classroom.received.class_results import gather
    from tutor.classroom.received.course_here import course_of
    from tutor.classroom.received.hand_in_search import collect

    files = collect(paths, _progress())
    if store is None:
        return gather(files, lambda one: course_of(study, one), roster), True
    from tutor.cli.record_store import reading_from
    from tutor.long_work import LongWork

    with LongWork("Reading the record store", "hand-ins") as work:
        reading = reading_from(store, roster, work)
        found = chain(files, work.each(reading.found()))
        return gather(found, lambda one: course_of(study, one), roster), reading.whole


def _refuse_what_does_not_fit(
    store: str | None, forget: str | None, *, watch: bool, written: bool, answers_alone: bool
) -> None:
    if answers_alone:
        raise UsageError("--answers is about feedback.", "It goes with --feedback DIR.")
    if watch and (written or forget is not None):
        raise UsageError(
            "--watch shows a class, and writes nothing.", "Write the report when all is there."
        )
    if watch and store is not None:
        raise UsageError("--watch looks at files.", "A record store is read once, by --from.")
    if store is not None and forget is not None:
        raise UsageError(
            "What a record store holds about a learner is not deleted from here.",
            "Whoever runs the store deletes it there; --forget takes files and folders.",
        )


def _progress() -> "Tell":
    """Tells every two seconds at a terminal how far it is."""
    import time

    next_at = time.monotonic() + 2

    def told(read: int, of: int) -> None:
        nonlocal next_at
        if sys.stderr.isatty() and read < of and time.monotonic() >= next_at:
            next_at = time.monotonic() + 2
            tell(f"Read {read} of {of} files …")

    return told


def _show(made: "Report", *, bars: bool) -> None:
    import shutil

    from tutor.classroom.report.in_lines import lines
    from tutor.progress.pictures import shown_in

    width = min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 80
    for line in lines(made, width, bars=bars):
        show(shown_in(line, sys.stdout.encoding))


def _write(made: "Report", page: Path | None, table: Path | None, *, force: bool) -> None:
    from tutor.classroom.report.in_data import as_csv
    from tutor.classroom.report.in_html import as_html
    from tutor.output_files import write_file

    if page is not None:
        write_file(page, as_html(made), force=force)
        tell(f"The report is in {page}.")
    if table is not None:
        write_file(table, as_csv(made), force=force)
        tell(f"The gradebook is in {table}.")
    if made.handed_in and not made.names:
        tell("Names are left out there; --names writes them.")


def _give_back(gathered: "Gathered", folder: Path, *, force: bool, answers: bool) -> None:
    """Write what each learner is given back, once to read and once for `tutor open`."""
    from tutor import phrases
    from tutor.classroom.feedback import kept_back, write_all

    count = write_all(gathered, folder, force=force, answers=answers)
    learners = phrases.plural(count, "learner")
    tell(f"Feedback for {learners} is in {folder}: for each a page, and a file for `tutor`.")
    keeping = 0 if answers else kept_back(gathered)
    if keeping:
        have_not = f"{keeping} of {learners} {'has' if keeping == 1 else 'have'} not"
        tell(
            f"{'Nobody has' if keeping == count else have_not} sat a test after yet, so right "
            "answers are kept back there. --answers tells them."
        )


def _forget(
    options: "Options",
    paths: tuple[Path, ...],
    name: str,
    roster: "Roster | None",
    *,
    force: bool,
) -> int:
    """Delete what is held about a learner; 1 where some of it remains."""
    import shlex

    from tutor import phrases
    from tutor.classroom.learner_deletion import held_about, known_as
    from tutor.streams import ask

    names = known_as(name, roster, paths)
    linked = roster is not None or len(names) > 1
    also = "" if linked else f"What was handed in under an id is found with --roster FILE, {_LIST}."
    held = held_about(paths, names)
    if not held.files and not held.within:
        hints = " ".join(filter(None, (also, _kept_here(options, names))))
        found = f"Nothing there is about {name}" if linked else f"Nothing there names {name}"
        raise UsageError(f"{found}.", hints)
    for path in held.files:
        tell(f"About {name} alone: {path}")
    if held.files and not force:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError("Nothing was deleted.", "--force deletes these files.")
        if not ask(f"Delete {phrases.plural(len(held.files), 'file')}?"):
            tell("Nothing was deleted.")
            return 1
    if held.files:
        _delete(held.files, names)
    for where in held.within:
        tell(f"Still about {name}: {where}. Others stand in that file, or may; take it out there.")
    for other in held.also:
        again = f"`--forget {shlex.quote(other)}` takes what came under it"
        tell(f"A run of {name} was handed in as “{other}” as well; if that is the same, {again}.")
    for said in filter(None, (also, _kept_here(options, names))):
        tell(said)
    return int(bool(held.within))


def _delete(files: Sequence[Path], names: Sequence[str]) -> None:
    """Delete files about a learner, and the folders that were made for them alone."""
    from tutor import phrases
    from tutor.classroom.learner_deletion import named_folders

    for path in files:
        path.unlink(missing_ok=True)
    for folder in named_folders(files, names):
        with suppress(OSError):  # something of others lies in it
            folder.rmdir()
    tell(f"Deleted {phrases.plural(len(files), 'file')}.")


def _kept_here(options: "Options", names: Sequence[str]) -> str:
    """Say that this computer's records are about a learner as well; empty where they are not."""
    import shlex

    from tutor.records import learners
    from tutor.session import data_folder, now, open_store
    from tutor.web.class_folder import ClassFolder, kept_about

    served = ClassFolder(data_folder(options))
    with suppress(TutorError), open_store(options) as store:
        for name in names:
            if learners.spelled(store, name) is not None or kept_about(served, name, now):
                command = f"tutor data forget --learner {shlex.quote(name)}"
                return f"The records of this computer are about {name} as well: `{command}`."
    return ""


COMMANDS = (report,)
