"""What authors of lessons ask for: a beginning, a preview, a check, and help from their editor."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor import signals
from tutor.cli.options import Commands, OutputFile, global_options
from tutor.errors import UsageError
from tutor.streams import ask, hand_over, show, show_to_programs, tell

if TYPE_CHECKING:
    from tutor.check_command import Form
    from tutor.session import Options

KINDS = ("lesson", "course", "source")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--json", "form", flag_value="json", help="For programs.")
@click.option("--sarif", "form", flag_value="sarif", help="For code hosts: SARIF 2.1.0.")
@click.option("--play", is_flag=True, help="Have a robot pass and fail every question.")
@click.option("--fix", is_flag=True, help="Mend what changes no meaning; show it first.")
@click.option("--explain", "rule", metavar="RULE", help="Say what a rule asks, and why.")
@global_options
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    strict: bool,
    form: "Form | None",
    play: bool,
    fix: bool,
    rule: str | None,
) -> None:
    """Look for mistakes in lessons, courses and sources, and for questions that test badly."""
    from tutor import check_command
    from tutor.long_work import LongWork

    if rule is not None:
        show(check_command.explain(rule))
        return
    if not paths:
        raise UsageError("Say what to check.", "`tutor check PATH` takes files and folders.")
    named = [path for each in paths for path in _path_of(context.obj, each)]
    if fix:
        from tutor.session import data_folder

        written = check_command.fix_paths(
            named,
            data_folder(context.obj) / "before-fix",
            _may_write,
            tell,
        )
        tell(f"Mended {written} file{'' if written == 1 else 's'}.")
    echo = show if form is None else show_to_programs
    with LongWork("Checking", "files") as work:
        inspected = work.each(check_command.check_paths(named, play=play))
        tally = check_command.print_findings(inspected, form or "people", echo)
    tell(str(tally))
    context.exit(int(tally.errors > 0 or (strict and tally.warnings > 0)))


@click.command()
@click.argument("target", metavar="PATH|COURSE[/LESSON]")
@global_options
@click.pass_context
def preview(context: click.Context, target: str) -> None:
    """Show a lesson as its learners see it, anew whenever it is saved. Nothing is kept."""
    from tutor.session import open_preview_study, open_study, wants_plain

    signals.nothing_is_kept()
    options = context.obj
    with (
        open_study(options) as author,
        open_preview_study(options, author, target) as study,
    ):
        if wants_plain(options, author):
            from tutor.plain import at_standard_streams, run_preview

            context.exit(run_preview(study, at_standard_streams()))
        from tutor.app import run_preview as run_app_preview

        context.exit(run_app_preview(study))


@click.group(cls=Commands)
def new() -> None:
    """Begin a course or a lesson from a commented example."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--from", "original", metavar="COURSE", help="Copy this one, to change it.")
@global_options
@click.pass_obj
def new_course(options: "Options", folder: Path, original: str | None) -> None:
    """Make a folder with a course, its first lesson and its source.

    With --from, a path or a name that `tutor list` shows, it is a copy of that course with the
    sources it names, under an id of its own: results of the two are never mixed.
    """
    from tutor.course.templates import course_skeleton
    from tutor.output_files import write_folder

    if original is not None:
        _copy_course(options, original, folder)
        return
    write_folder(folder, {**course_skeleton(), **_schema_files()})
    tell(f"Made {folder}. Next: `tutor check {folder}`, `tutor open {folder}`.")


def _copy_course(options: "Options", original: str, folder: Path) -> None:
    """Make a copy of a course in a folder, and say what it is called and what comes next.

    Raises:
        UsageError: What was named is no course, or the copy cannot be written.
    """
    from tutor.course.text import slug
    from tutor.course.variant import copy_of
    from tutor.output_files import write_folder
    from tutor.session import find, open_study

    with open_study(options) as study:
        course, lesson = find(study.library, original)
        if lesson is not None:
            raise UsageError(f"{original} is a lesson.", "Name the course to copy.")
        taken = {course.id, *(one.id for one in study.library.courses())}
    name = slug(folder.absolute().name)
    new_id, number = name, 2
    while new_id in taken:
        new_id, number = f"{name}-{number}", number + 1
    write_folder(folder, {**copy_of(course.path, new_id), **_schema_files()})
    tell(f"Made {folder}, a copy of “{course.title}” with the id {new_id}.")
    named = shlex.quote(str(folder))
    tell(
        f"Next: change {folder / 'course.yaml'} (under `test:`, say, `release: teacher` and "
        f"`minutes: 20`), then `tutor check {named}` and `tutor test {named}`."
    )


@new.command("lesson")
@click.argument("file", type=OutputFile(), metavar="FILE")
@global_options
def new_lesson(file: Path) -> None:
    """Make a lesson file."""
    from tutor.course.reading.course_outline import COURSE_FILE
    from tutor.course.templates import lesson_skeleton
    from tutor.output_files import write_file

    file = file if file.suffix == ".yaml" else file.with_name(f"{file.name}.yaml")
    write_file(file, lesson_skeleton(), force=False)
    schema = file.with_name("lesson.schema.json")
    if not (schema.exists() or schema.is_symlink()):
        write_file(schema, _schema_files()[schema.name], force=False)
    tell(f"Made {file}. Next: `tutor preview {file}`.")
    if file.with_name(COURSE_FILE).exists():
        tell(f"List it under `lessons:` in {file.with_name(COURSE_FILE)}.")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="lesson", metavar="[KIND]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER")
@global_options
def schema(kind: str, output: Path | None) -> None:
    """Print the JSON Schema by which editors help with a lesson, course or source file.

    With -o, write all three into a folder. In a lesson, the line `# yaml-language-server:
    $schema=lesson.schema.json` at the top makes an editor use it.
    """
    if output is None:
        hand_over(_schema_files()[f"{kind}.schema.json"])
        return
    from tutor.output_files import make_folder, write_file

    make_folder(output)
    for name, text in _schema_files().items():
        write_file(output / name, text, force=True)
    tell(f"Wrote {', '.join(_schema_files())} to {output}.")


def _schema_files() -> dict[str, str]:
    """The schemas for editors, by the names that lessons refer to."""
    import msgspec

    from tutor.course.schema.json_schema import editor_schema

    return {
        f"{kind}.schema.json": msgspec.json.format(
            msgspec.json.encode(editor_schema(kind)), indent=2
        ).decode()
        + "\n"
        for kind in KINDS
    }


def _may_write(path: Path) -> bool:
    """Ask before a file is written over; where nobody can be asked, the command is the answer."""
    return not sys.stdin.isatty() or ask(f"Write this to {path}?")


def _path_of(options: "Options", path: Path) -> list[Path]:
    """A path as it is; where there is none of that name, that of a course or lesson so called."""
    from tutor.course.syntax.files import is_there

    if is_there(path):
        return [path]
    from tutor.errors import NotFound
    from tutor.session import find, open_study

    try:
        with open_study(options) as study:
            course, lesson = find(study.library, str(path))
    except NotFound:
        return [path]  # what is wrong with it is then a finding like any other
    return [Path(lesson.path) if lesson else course.path]


COMMANDS = (check, preview, new, schema)
