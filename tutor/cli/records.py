"""What whoever looks after the records asks for: where they are, copies, soundness, deletion."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.options import Commands, OutputFile, global_options
from tutor.course.text import unbroken
from tutor.errors import TutorError, UsageError
from tutor.streams import ask, hand_over_path, show, tell

if TYPE_CHECKING:
    from tutor.records.store import Store
    from tutor.session import Options


@click.group(cls=Commands)
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
@click.pass_context
def data_backup(context: click.Context, output: Path | None, force: bool) -> None:
    """Copy the records; those of a class that was served as well, each beside itself."""
    from tutor.records.backup import write_backup
    from tutor.session import open_store

    options = context.obj
    if output is not None and output.exists() and not force:
        raise UsageError(f"{output} exists already.", "Add --force to overwrite it.")
    with open_store(options) as store:
        hand_over_path(write_backup(store, output, asked_for=True))
    context.exit(_back_up_class(options, elsewhere=output is not None))


def _back_up_class(options: "Options", *, elsewhere: bool) -> int:
    """Copy the records of a class that was served, each beside itself; 1 where some cannot be.

    Args:
        options: The global options.
        elsewhere: Whether the copy is for another place: then it is only said what is not in it.
    """
    from tutor.phrases import plural
    from tutor.records.backup import write_backup
    from tutor.records.opening import open_records
    from tutor.session import data_folder, now
    from tutor.web.class_folder import ClassFolder

    served = ClassFolder(data_folder(options))
    folders = served.records()
    if not folders:
        return 0
    if elsewhere:
        tell(
            f"The class that is served is not in it: copy {served.path} as it is, while nobody is "
            "served."
        )
        return 0
    failed = 0
    for folder in folders:
        try:
            with open_records(folder, now) as store:
                write_backup(store, asked_for=True)
        except TutorError as error:
            tell(f"{error.title} {error.remedy}".strip())
            failed += 1
    count = plural(len(folders) - failed, "learner")
    tell(f"Also of the class: {count}, each in the folder `backups` of {served.learners}/….")
    return int(failed > 0)


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
    """Look for damage in the records, those of a class that was served as well."""
    from tutor.phrases import plural
    from tutor.records.backup import newest_sound
    from tutor.records.soundness import NEWER, faults_in_use
    from tutor.records.store import FILE_NAME
    from tutor.session import data_folder
    from tutor.web.class_folder import ClassFolder

    folder = data_folder(context.obj)
    served = ClassFolder(folder)
    of_class = served.records()
    damaged = 0
    # Where a class alone was served, there are no others.
    here = [] if of_class and not (folder / FILE_NAME).exists() else [folder]
    for path in (one / FILE_NAME for one in (*here, *of_class)):
        faults = faults_in_use(path)
        damaged += bool(faults)
        for fault in faults:
            show(unbroken(f"{path}: {fault}"))
        if NEWER in faults:  # an older backup would take away what has come since
            tell("Update tutor.")
        elif faults and newest_sound(path.parent) is not None:
            where = "" if path.parent == folder else f" --data {shlex.quote(str(path.parent))}"
            tell(f"`tutor data restore{where}` puts the newest sound backup back.")
        if not faults and path.parent == folder:
            tell(f"{path} is sound.")
    if of_class and not damaged:
        tell(f"The records of {plural(len(of_class), 'learner')} in {served.learners} are sound.")
    context.exit(int(damaged > 0))


@data.command("forget")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
@click.pass_obj
def data_forget(options: "Options", yes: bool) -> None:
    """Delete all that is kept about the learner named with --learner.

    Also what `tutor serve` keeps: their records, and what they handed in there.
    """
    from tutor.records import learners
    from tutor.session import data_folder, known_learner, now, open_store
    from tutor.web.class_folder import ClassFolder, delete, kept_about

    if options.learner is None:
        raise UsageError("Say who is to be forgotten.", "Add --learner NAME.")
    with open_store(options) as store:
        served = ClassFolder(data_folder(options))
        kept = kept_about(served, options.learner, now)
        here = learners.spelled(store, options.learner)
        if here is None and not kept:
            known_learner(store, options.learner, served.register.names())
        name = here or kept.name
        for sentence in kept.sentences():
            tell(sentence)
        if not yes and not ask(f"Delete everything kept about {name}?"):
            tell("Nothing was deleted.")
            return
        left = list(delete(kept, now))
        if here is not None:
            left.insert(0, _forget_here(store, here))
        tell(f"Everything about {name} is deleted here{', except:' if left else '.'}")
        for sentence in left:
            tell(sentence)
        if served.path.is_dir():
            tell(
                "Folders with hand-ins or feedback elsewhere: `tutor report FOLDER --forget NAME` "
                "goes through them."
            )


def _forget_here(store: "Store", name: str) -> str:
    """Delete a learner from the records of this machine; what still holds them."""
    from tutor.records import learners
    from tutor.records.backup import write_backup

    backup = write_backup(store)
    learners.forget(store, learners.learner_id(store, name))
    return (
        f"A backup from just before is {backup}. It, earlier ones, and files set aside, in "
        f"{store.folder}, still hold it."
    )


COMMANDS = (data,)
