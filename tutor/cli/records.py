"""What whoever looks after the records asks for: where they are, copies, soundness, deletion."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.options import OutputFile, global_options
from tutor.course.text import unbroken
from tutor.errors import UsageError
from tutor.streams import ask, hand_over_path, show, tell

if TYPE_CHECKING:
    from tutor.session import Options


@click.group()
def data() -> None:
    """Look after the records on this machine."""


@data.command("path")
@global_options
@click.pass_obj
def data_path(options: "Options") -> None:
    """Say where the records are."""
    from tutor.session import data_folder

    hand_over_path(data_folder(options))


@data.command("backup")
@click.option("-o", "--output", type=OutputFile(), help="Where to write it.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@global_options
@click.pass_obj
def data_backup(options: "Options", output: Path | None, force: bool) -> None:
    """Copy the records."""
    from tutor.records.backup import write_backup
    from tutor.session import open_store

    if output is not None and output.exists() and not force:
        raise UsageError(f"{output} exists already.", "Add --force to overwrite it.")
    with open_store(options) as store:
        hand_over_path(write_backup(store, output, asked_for=True))


@data.command("restore")
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--afresh", is_flag=True, help="Begin with empty records instead of a backup.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
@click.pass_obj
def data_restore(options: "Options", backup: Path | None, afresh: bool, yes: bool) -> None:
    """Put a backup back: the newest sound one, or the one named.

    Backups lie in the folder `backups` beside the records. The present records are set aside under
    another name, never deleted.
    """
    from tutor.overview import restore_lines
    from tutor.records.backup import newest_sound
    from tutor.records.restore import restore, see_that_it_can_be_restored, set_aside
    from tutor.session import data_folder, now

    folder = data_folder(options)
    if backup is not None and not afresh:
        see_that_it_can_be_restored(folder, backup)
    chosen = None if afresh else backup or newest_sound(folder)
    for line in restore_lines(folder, chosen, now()):
        tell(line)
    # Where nobody can be asked, the command is the answer.
    if not yes and sys.stdin.isatty() and not ask("Go on?"):
        tell("Nothing was changed.")
        return
    if afresh:
        aside = set_aside(folder, now())
    else:
        used, aside = restore(folder, chosen, now())
        tell(f"Restored from {used}.")
    if aside is not None:
        tell(f"The records as they were are in {aside}.")


@data.command("verify")
@global_options
@click.pass_context
def data_verify(context: click.Context) -> None:
    """Look for damage in the records."""
    from tutor.records.backup import newest_sound
    from tutor.records.soundness import faults_in_use
    from tutor.records.store import FILE_NAME
    from tutor.session import data_folder

    path = data_folder(context.obj) / FILE_NAME
    faults = faults_in_use(path)
    for fault in faults:
        show(unbroken(f"{path}: {fault}"))
    if faults and newest_sound(path.parent) is not None:
        tell("`tutor data restore` puts the newest sound backup back.")
    if not faults:
        tell(f"{path} is sound.")
    context.exit(int(bool(faults)))


@data.command("forget")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
@click.pass_obj
def data_forget(options: "Options", yes: bool) -> None:
    """Delete all that is kept about the learner named with --learner."""
    from tutor.records import learners
    from tutor.records.backup import write_backup
    from tutor.session import known_learner, open_store

    if options.learner is None:
        raise UsageError("Say who is to be forgotten.", "Add --learner NAME.")
    with open_store(options) as store:
        name = known_learner(store, options.learner)
        if not yes and not ask(f"Delete everything kept about {name}?"):
            tell("Nothing was deleted.")
            return
        backup = write_backup(store)
        learners.forget(store, learners.learner_id(store, name))
        tell(
            f"Everything about {name} is deleted here. A backup from just before is {backup}. It, "
            f"earlier ones, and files set aside, in {store.folder}, still hold it."
        )


COMMANDS = (data,)
