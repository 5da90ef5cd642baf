"""What teachers ask for about a class: how it did, and what to give back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.options import global_options
from tutor.streams import show

if TYPE_CHECKING:
    from tutor.session import Options


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATHS…")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Who is in the class: a CSV file `name,id`.",
)
@click.option("--names", is_flag=True, help="Show names; without it a projector is safe.")
@global_options
@click.pass_obj
def report(options: "Options", paths: tuple[Path, ...], roster: Path | None, names: bool) -> None:
    """Say how a class did, from the files that learners handed in.

    PATHS are folders, the zip that a learning platform makes of all uploads, the CSV of a form with
    the pasted text in a column, or single files. What cannot be used is named, and stops nothing.
    """
    from tutor.classroom import report_text
    from tutor.classroom.collection import collect
    from tutor.classroom.course_here import course_of
    from tutor.classroom.gathering import gather
    from tutor.classroom.report import report_on
    from tutor.classroom.roster import read_roster
    from tutor.session import open_study

    known = read_roster(roster) if roster is not None else None
    with open_study(options) as study:
        gathered = gather(collect(paths), lambda one: course_of(study, one), known)
    made = report_on(gathered, names=names)
    for line in report_text.lines(made):
        show(line)


COMMANDS = (report,)
