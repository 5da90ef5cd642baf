"""What teachers ask for: lessons for other programs and for paper, and lessons out of theirs."""

from pathlib import Path

import click

from tutor.cli.options import global_options
from tutor.streams import hand_over, tell

# Named here, so that `--help` and completion need not import what knows them.
EXPORTS = ("gift", "moodle-xml", "qti", "anki", "worksheet", "markdown")
IMPORTS = ("gift", "moodle-xml")


@click.command()
@click.argument("form", type=click.Choice(EXPORTS), metavar="FORMAT")
@click.argument("target", metavar="PATH|COURSE[/LESSON]")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@global_options
@click.pass_context
def export(context: click.Context, form: str, target: str, output: Path, force: bool) -> None:
    """Write a course or lesson in another form.

    FORMAT is gift or moodle-xml (question banks), qti (Canvas), anki (cards), worksheet (HTML to
    print, with an answer key; of a course the path you are on), or markdown. FILE may be `-` for
    standard output. What a form cannot carry is said, and makes the exit code 1.
    """
    from tutor.exchange.formats import export_as
    from tutor.session import open_study

    with open_study(context.obj) as study:
        course, lesson = study.library.find(target)
        outlines = [lesson] if lesson is not None else list(course.lessons)
        path = study.path(course) if lesson is None and form == "worksheet" else None
        if path is not None:
            outlines = [outline for outline in outlines if outline.id in course.paths[path]]
        exported = export_as(form, course, [study.lesson(outline) for outline in outlines])
    _write(output, exported.content, force=force)
    if path is not None:
        tell(f"Printed are the lessons of the path “{path}”.")
    context.exit(_told_left_out(exported.left_out))


@click.command("import")
@click.argument("form", type=click.Choice(IMPORTS), metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="LESSON")
@click.option("--force", is_flag=True, help="Overwrite the lesson if it exists.")
@global_options
@click.pass_context
def import_(context: click.Context, form: str, file: Path, output: Path, force: bool) -> None:
    """Make a lesson of a question bank: gift or moodle-xml.

    What cannot be carried is said, and makes the exit code 1.
    """
    from tutor.course.writer import write_lesson
    from tutor.exchange.formats import import_from

    imported = import_from(form, file)
    _write(output, write_lesson(imported.lesson, imported.notes), force=force)
    tell(f"Next: `tutor check {output}`.")
    context.exit(_told_left_out(imported.left_out))


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
