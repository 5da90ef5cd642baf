"""What teachers ask for: lessons for other programs and for paper, and lessons out of theirs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor import signals
from tutor.cli.options import OutputPlace, global_options
from tutor.course.syntax.files import is_folder, is_there
from tutor.errors import UsageError
from tutor.streams import hand_over, tell

if TYPE_CHECKING:
    from tutor.exchange.conversion import Imported

# Named here, so that `--help` and completion need not load them.
EXPORTS = (
    "gift",
    "moodle-xml",
    "aiken",
    "csv",
    "tsv",
    "qti",
    "qti21",
    "anki",
    "worksheet",
    "markdown",
)
_TEST = "test"
"""No format, but the test over a course, for paper."""
_RESULTS = "xapi"
"""What is written of hand-ins, and not of lessons."""
IMPORTS = ("gift", "moodle-xml", "aiken", "csv", "tsv", "markdown", "anki", "qti", "swirl")


def _export_named(context: click.Context, parameter: click.Parameter | None, name: str) -> str:
    """The name of a format that is installed, or of what is exported besides lessons."""
    return name if name in (_TEST, _RESULTS) else _format_named(context, parameter, name)


def _format_named(context: click.Context, parameter: click.Parameter | None, name: str) -> str:
    """The name of a format that is installed, be it ours or another package's."""
    from tutor.course.text import closest
    from tutor.exchange.formats import registry

    known = registry().places
    if name not in known:
        meant = closest(name, known)
        hint = f"Did you mean {meant}?" if meant else f"It is one of {', '.join(known)}."
        raise click.BadParameter(f"there is no format {name!r}. {hint}", context, parameter)
    return name


def _begun(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in (*EXPORTS, _TEST, _RESULTS) if name.startswith(incomplete)]


@click.command()
@click.argument("form", callback=_export_named, shell_complete=_begun, metavar="FORMAT")
@click.argument("targets", nargs=-1, required=True, metavar="PATH|COURSE[/LESSON]")
@click.option("-o", "--output", type=OutputPlace(), metavar="FILE")
@click.option("--to", "store", metavar="URL", help="With xapi: send it to a record store.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option("--details", is_flag=True, help="Say each thing that is not carried by itself.")
@click.option("--paper", is_flag=True, help="Of a test: sheets to print, and the key.")
@click.option(
    "--for",
    "roster",
    type=click.Path(path_type=Path),
    metavar="ROSTER",
    help="Whose sheets these are: a CSV file `name,id`.",
)
@global_options
@click.pass_context
def export(
    context: click.Context,
    form: str,
    targets: tuple[str, ...],
    output: str | None,
    store: str | None,
    force: bool,
    details: bool,
    paper: bool,
    roster: Path | None,
) -> None:
    """Write a course or lesson in another form, or the results of a class.

    FORMAT is gift or moodle-xml (question banks), aiken (text), csv or tsv (a sheet, a row for
    each question), qti (Canvas), qti21 (Blackboard, OpenOlat), anki (cards), worksheet (HTML to
    print, with an answer key; of a course the path you are on), or markdown. FILE may be `-` for
    standard output. What a form cannot carry is said, and makes the exit code 1.

    `tutor export test COURSE --paper --for ROSTER -o FILE` writes the test over a course as sheets
    to print, one for each learner; beside it the key, and a list by which `tutor enter` reads them.

    `export xapi` takes what learners handed in, as `tutor report` does, and sends it to the
    school's Learning Record Store (--to), or writes it (-o). What goes where is said first. User
    and password stand in TUTOR_LRS_USER and TUTOR_LRS_PASSWORD, or in ~/.netrc.
    """
    if form == _RESULTS:
        context.exit(_export_results(context, targets, output, store, force=force))
    if store is not None:
        raise UsageError("Only results go to a record store.", "`tutor export xapi` sends them.")
    if len(targets) > 1:
        raise UsageError("One course or lesson is exported at a time.")
    if output is None:
        raise _missing(context, "output")
    if form == _TEST or paper or roster is not None:
        context.exit(
            _export_test(context, form, targets[0], output, roster, paper=paper, force=force)
        )
    context.exit(_export_lessons(context, form, targets[0], output, force=force, details=details))


def _missing(context: click.Context, name: str) -> click.MissingParameter:
    parameter = next(one for one in context.command.params if one.name == name)
    return click.MissingParameter(ctx=context, param=parameter)


def _export_results(
    context: click.Context,
    paths: tuple[str, ...],
    output: str | None,
    store: str | None,
    *,
    force: bool,
) -> int:
    from tutor.cli.record_store import send_to, write_to
    from tutor.output_files import file_named

    if (output is None) == (store is None):
        raise UsageError(
            "Say where the results go.", "`--to URL` sends them to a store, `-o FILE` writes them."
        )
    named = [Path(one) for one in paths]
    if store is not None:
        return send_to(context.obj, named, store)
    assert output is not None
    return write_to(named, file_named(output), force=force)


def _export_test(
    context: click.Context,
    form: str,
    target: str,
    output: str,
    roster: Path | None,
    *,
    paper: bool,
    force: bool,
) -> int:
    from tutor.cli.paper import print_test

    if form != _TEST or not paper or roster is None:
        raise UsageError(
            "A test is exported on paper, for a class.",
            "`tutor export test COURSE --paper --for ROSTER -o FILE` does that.",
        )
    return print_test(context.obj, target, roster, output, force=force)


def _export_lessons(
    context: click.Context, form: str, target: str, output: str, *, force: bool, details: bool
) -> int:
    from tutor.exchange.conversion import summarize_losses
    from tutor.exchange.formats import export_as
    from tutor.long_work import LongWork
    from tutor.output_files import file_named
    from tutor.session import find, open_study

    file = file_named(output)
    _tell_ignored()
    signals.no_file_is_written()
    with open_study(context.obj) as study:
        course, lesson = find(study.library, target)
        outlines = [lesson] if lesson is not None else list(course.lessons)
        path = study.path(course) if lesson is None and form == "worksheet" else None
        if path is not None:
            outlines = [outline for outline in outlines if outline.id in course.paths[path]]
        with LongWork(f"Exporting {target}", "lessons") as work:
            lessons = list(work.each(map(study.lesson, outlines)))
            exported = export_as(form, course, lessons)
    _write(file, exported.content, force=force)
    if path is not None:
        tell(f"Printed are the lessons of the path “{path}”.")
    told = exported.left_out if details else summarize_losses(exported.left_out)
    code = _told_left_out(told)
    if len(told) < len(exported.left_out):
        tell("`--details` says each of these by itself.")
    return code


@click.command("import")
@click.argument("named", nargs=-1, required=True, metavar="[FORMAT] FILE")
@click.option("-o", "--output", "place", type=OutputPlace(), metavar="LESSON|FOLDER")
@click.option("--force", is_flag=True, help="Overwrite the lesson if it exists.")
@click.option("--details", is_flag=True, help="Say each thing that is not carried by itself.")
@global_options
@click.pass_context
def import_(
    context: click.Context, named: tuple[str, ...], place: str | None, force: bool, details: bool
) -> None:
    """Make a lesson of the questions in a file of another program.

    FORMAT is gift, moodle-xml, aiken, csv, tsv, markdown (a quiz with `- [x]`, or text2qti's), anki
    (text or .apkg), qti (1.2 as Canvas has it, or 2.1) or swirl (lesson.yaml); without one, it is
    found by what stands in the file. Without -o, the lesson gets the name of FILE, in this folder.
    If -o names a folder (as `bank` and `bank/` do), each category becomes a lesson in it. What
    cannot be carried is said, and makes the exit code 1.
    """
    from tutor.course.writer import write_lesson
    from tutor.exchange.formats import read_as, read_bytes
    from tutor.long_work import LongWork

    form, file = _form_and_file(context, named)
    _tell_ignored()
    signals.no_file_is_written()
    raw = read_bytes(file)
    form = form or _recognized(file, raw)
    with LongWork(f"Reading {file}"):
        imported = read_as(form, raw)
    place = place or (file.stem if imported.too_large else f"{file.stem}.yaml")
    output = Path(place)
    if _is_folder(place):
        _write_lessons(output, imported)
    elif imported.too_large:
        raise _too_large(imported, output)
    else:
        with LongWork(f"Writing {output}"):
            content = write_lesson(imported.lesson, imported.notes)
        _write(output, content, force=force)
    if str(output) != "-":
        tell(f"Next: `tutor check {output}`.")
    left_out = imported.details if details and imported.details else imported.left_out
    code = _told_left_out(left_out)
    if imported.details and not details:
        tell("`--details` says each of these by itself.")
    context.exit(code)


def _is_folder(place: str) -> bool:
    """Whether lessons go into a folder: one that is there, or what no file is called."""
    from tutor.output_files import names_folder

    path = Path(place)
    return place != "-" and (names_folder(place) or is_folder(path) or not path.suffix)


def _write_lessons(folder: Path, imported: "Imported") -> None:
    """Write a lesson for each category."""
    from tutor.exchange.lesson_files import lesson_files
    from tutor.long_work import LongWork
    from tutor.output_files import write_folder
    from tutor.phrases import plural

    with LongWork(f"Writing {folder}"):
        files = lesson_files(imported)
    write_folder(folder, files)
    each = ", one for each category" if len(files) > 2 else ""
    tell(f"Wrote {folder}: {plural(len(files) - 1, 'lesson')}{each}.")


def _too_large(imported: "Imported", output: Path) -> UsageError:
    from tutor.phrases import plural

    questions = plural(len(imported.lesson.questions()), "question")
    return UsageError(
        f"{questions} are too many for one lesson.",
        f"Name a folder: `-o {output.stem if str(output) != '-' else 'bank'}` gets "
        f"{plural(len(imported.parts), 'lesson')}, by category.",
    )


def _form_and_file(context: click.Context, named: tuple[str, ...]) -> tuple[str | None, Path]:
    """What FORMAT and FILE are; where one word is given, it is the file."""
    if len(named) > 2:
        raise UsageError(
            "One file is imported at a time.", "`tutor import [FORMAT] FILE` makes a lesson of it."
        )
    *form, file = named
    if not form and file in IMPORTS and not is_there(Path(file)):
        raise UsageError("Say which file to import.", f"`tutor import {file} FILE` reads it.")
    parameter = context.command.params[0]
    return (_format_named(context, parameter, form[0]) if form else None), Path(file)


def _recognized(file: Path, raw: bytes) -> str:
    """The format that a file is in, and a word on it."""
    from tutor.exchange.formats import load_all, recognize

    loaded = load_all()
    for sentence in loaded.broken:
        tell(sentence)
    form = recognize(file, raw)
    tell(f"Reading {file} as {form} ({loaded.formats[form].title}).")
    return form


def _tell_ignored() -> None:
    """Say which formats of other packages are not used, for their names are taken."""
    from tutor.exchange.formats import registry

    for sentence in registry().ignored:
        tell(sentence)


def _write(output: Path, content: str | bytes, *, force: bool) -> None:
    from tutor.output_files import write_file

    if str(output) == "-":
        hand_over(content)
        return
    write_file(output, content, force=force)
    tell(f"Wrote {output}.")


def _told_left_out(left_out: tuple[str, ...]) -> int:
    """Say what could not be carried; the exit code that goes with it."""
    for sentence in left_out:
        tell(f"Not carried: {sentence}")
    return int(bool(left_out))


COMMANDS = (export, import_)
