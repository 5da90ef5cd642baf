"""The command line: every command one short function, which imports what it needs when called."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from tutor import __version__, signals
from tutor.course.text import unbroken
from tutor.errors import TutorError, UsageError
from tutor.streams import ask, hand_over, hand_over_path, show, show_to_programs, tell

if TYPE_CHECKING:
    from tutor.check_command import Form
    from tutor.session import Options
    from tutor.study import Start, Study

F = TypeVar("F", bound=Callable[..., Any])

INTERRUPTED = 130

# Named here, so that `--help` and completion need not import what knows them.
EXPORTS = ("gift", "moodle-xml", "qti", "anki", "worksheet", "markdown")
IMPORTS = ("gift", "moodle-xml")
KINDS = ("lesson", "course", "source")


class GlobalOption(click.Option):
    """An option that may stand before or after the command; the last one given counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, expose_value=False, callback=self._note, **kwargs)

    @staticmethod
    def _note(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        from tutor.session import Options

        options, name = context.ensure_object(Options), str(parameter.name)
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        before = getattr(options, name)
        # 0 is a seed like any other: only what was not given at all gives way.
        if given or before is None or before is False:
            setattr(options, name, value)


def global_options(function: F) -> F:
    """Let a command take the global options."""
    before_command = function.__name__ == "cli"
    for names, kwargs in (
        (
            ("--data",),
            {
                "type": click.Path(path_type=Path),
                "envvar": "TUTOR_DATA",
                "help": "Folder of the records.",
            },
        ),
        (
            ("--learner",),
            {"envvar": "TUTOR_LEARNER", "metavar": "NAME", "help": "Who is learning."},
        ),
        (("--plain",), {"is_flag": True, "help": "One line per thing, no full screen."}),
        (
            ("--seed",),
            {
                "type": click.IntRange(0, 2**63 - 1),
                "metavar": "N",
                "help": "Fix what is drawn at random.",
            },
        ),
    ):
        click.option(*names, cls=GlobalOption, hidden=not before_command, **kwargs)(function)
    return function


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="The options work before and after a command. `tutor COMMAND --help` says more.",
)
@click.version_option(__version__, prog_name="tutor")
@global_options
@click.pass_context
def cli(context: click.Context) -> None:
    """Learn from a lesson, take its quiz, keep your scores. Without a command: go on learning."""
    if context.invoked_subcommand is None:
        context.exit(_learn(context.obj, None))


@cli.command("open")
@click.argument("target", required=False, metavar="[PATH|COURSE[/LESSON]]")
@global_options
@click.pass_context
def open_(context: click.Context, target: str | None) -> None:
    """Open a course folder, a lesson file, or a name that `tutor list` shows."""
    context.exit(_learn(context.obj, target))


@cli.command()
@click.argument("target", metavar="PATH|COURSE/LESSON")
@global_options
@click.pass_context
def quiz(context: click.Context, target: str) -> None:
    """Go straight to the quiz of a lesson."""
    context.exit(_learn(context.obj, target, quiz=True))


@cli.command()
@click.argument("target", required=False, metavar="[PATH|COURSE]")
@click.option("--minutes", type=click.IntRange(1, 600), metavar="M", help="How long it lasts.")
@click.option("--draw", "limit", type=click.IntRange(min=1), metavar="N", help="Ask at most N.")
@global_options
@click.pass_context
def test(
    context: click.Context, target: str | None, minutes: int | None, limit: int | None
) -> None:
    """Sit the test over a course: feedback only at the end. Sit it before and after learning."""
    context.exit(_learn(context.obj, target, test=True, minutes=minutes, limit=limit))


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@global_options
@click.pass_obj
def list_(options: "Options", as_json: bool) -> None:
    """Show the courses and lessons found here, with progress."""
    from tutor.overview import course_lines, course_records
    from tutor.session import open_study

    with open_study(options) as study:
        courses = study.library.courses()
        if as_json:
            _print_json([course_records(study, course) for course in courses])
            return
        for course in courses:
            for line in course_lines(study, course):
                show(line)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@global_options
@click.pass_obj
def progress(options: "Options", as_json: bool) -> None:
    """Show your scores."""
    from tutor.overview import progress_lines, progress_record
    from tutor.session import open_study

    with open_study(options, known=True) as study:
        if as_json:
            _print_json(progress_record(study))
            return
        for line in progress_lines(study):
            show(line)


@cli.command()
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
    inspected = check_command.check_paths(named, play=play)
    tally = check_command.print_findings(
        inspected, form or "people", show if form is None else show_to_programs
    )
    tell(str(tally))
    context.exit(int(tally.errors > 0 or (strict and tally.warnings > 0)))


@cli.command()
@click.argument("target", metavar="PATH|COURSE[/LESSON]")
@global_options
@click.pass_context
def preview(context: click.Context, target: str) -> None:
    """Show a lesson as its learners see it, anew whenever it is saved. Nothing is kept."""
    from tutor.session import open_rehearsal, open_study, wants_plain

    signals.nothing_is_kept()
    options = context.obj
    with open_study(options) as author, open_rehearsal(options, author, target) as rehearsal:
        if wants_plain(options, author):
            from tutor.plain import at_standard_streams, run_preview

            context.exit(run_preview(rehearsal, at_standard_streams()))
        from tutor.app import run_preview as run_app_preview

        context.exit(run_app_preview(rehearsal))


@cli.group()
def new() -> None:
    """Begin a course or a lesson from a commented example."""


@new.command("course")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@global_options
def new_course(folder: Path) -> None:
    """Make a folder with a course, its first lesson and its source."""
    from tutor.course.templates import course_skeleton
    from tutor.output_files import write_folder

    write_folder(folder, {**course_skeleton(), **_schema_files()})
    tell(f"Made {folder}. Next: `tutor check {folder}`, `tutor open {folder}`.")


@new.command("lesson")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@global_options
def new_lesson(file: Path) -> None:
    """Make a lesson file."""
    from tutor.course.reading.outline import COURSE_FILE
    from tutor.course.templates import lesson_skeleton
    from tutor.output_files import write_file

    if not file.name:
        raise UsageError(f"{file} is a folder.", "Name the file to make.")
    file = file if file.suffix == ".yaml" else file.with_name(f"{file.name}.yaml")
    write_file(file, lesson_skeleton(), force=False)
    schema = file.with_name("lesson.schema.json")
    if not (schema.exists() or schema.is_symlink()):
        write_file(schema, _schema_files()[schema.name], force=False)
    tell(f"Made {file}. Next: `tutor preview {file}`.")
    if file.with_name(COURSE_FILE).exists():
        tell(f"List it under `lessons:` in {file.with_name(COURSE_FILE)}.")


@cli.command()
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
    from tutor.output_files import write_file

    for name, text in _schema_files().items():
        write_file(output / name, text, force=True)
    tell(f"Wrote {', '.join(_schema_files())} to {output}.")


@cli.command()
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


@cli.command("import")
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


@cli.command("set")
@click.argument("name", required=False)
@click.argument("value", required=False)
@global_options
@click.pass_obj
def set_(options: "Options", name: str | None, value: str | None) -> None:
    """Show the settings, or change one."""
    from tutor.records import settings
    from tutor.session import open_study

    with open_study(options) as study:
        if name is not None and value is not None:
            if name == "keys" and value:
                from tutor.app.app import keymap
                from tutor.app.key_names import look_at_keys

                for warning in look_at_keys(keymap(value)):
                    tell(warning)
            settings.change(study.store, study.learner, name, value)
        elif name is not None and name not in settings.SETTINGS:
            settings.change(study.store, study.learner, name, "")
        tell(f"Settings of {study.name}:")
        kept = study.settings()
        for setting in settings.SETTINGS.values():
            if name in (None, setting.name):
                choice = f" ({' | '.join(setting.values)})" if setting.values else ""
                show(f"{setting.name} = {kept[setting.name]}    {setting.meaning}{choice}")


@cli.command()
@click.argument("target", metavar="COURSE[/LESSON]|PATH")
@global_options
@click.pass_obj
def reset(options: "Options", target: str) -> None:
    """Start a lesson and its quiz afresh (of a course: its test); past scores stay."""
    from tutor.session import open_study

    with open_study(options) as study:
        course, lesson = study.library.find(target)
        # A test over the course belongs to no lesson.
        study.start_afresh(course, lesson.id if lesson else "")
        what = f"“{lesson.title}”" if lesson else f"The test over “{course.title}”"
        tell(f"{what} starts afresh for {study.name}.")


@cli.group()
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
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it.")
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


def _path_of(options: "Options", path: Path) -> list[Path]:
    """A path as it is; where there is none of that name, that of a course or lesson so called."""
    from tutor.course.syntax.files import is_there

    if is_there(path):
        return [path]
    from tutor.errors import NotFound
    from tutor.session import open_study

    try:
        with open_study(options) as study:
            course, lesson = study.library.find(str(path))
    except NotFound:
        return [path]  # what is wrong with it is then a finding like any other
    return [Path(lesson.path) if lesson else course.path]


def _learn(options: "Options", target: str | None, **where: Any) -> int:
    """Open a front where the learner wants to be."""
    from tutor.session import look_after, open_study, wants_plain

    with open_study(options) as study:
        start = _start(study, target, **where)
        study.library.remember(start.course)
        if options.learner is None:
            study.begin()
        try:
            if wants_plain(options, study):
                from tutor.plain import at_standard_streams, run

                return run(study, start, at_standard_streams())
            from tutor.app import run as run_app

            return run_app(study, start)
        finally:
            look_after(study)


def _start(
    study: "Study", target: str | None, *, quiz: bool = False, test: bool = False, **timing: Any
) -> "Start":
    from tutor.study import Start

    if target is None:
        return Start(course=study.last_course(), test=test, **timing)
    course, lesson = study.library.find(target)
    if test and lesson is not None and len(course.lessons) > 1:
        raise UsageError(
            "A test is sat over a whole course.",
            f"`tutor test {course.id}` does that; `tutor quiz {course.id}/{lesson.id}` "
            "asks about this lesson.",
        )
    if test:
        return Start(course=course, test=True, **timing)
    if lesson is None and (quiz or len(course.lessons) == 1):
        if len(course.lessons) > 1:
            raise UsageError("Name the lesson whose quiz you want.", _lessons_of(course))
        lesson = course.lessons[0]
    if lesson is not None:
        read = study.lesson(lesson)
        if quiz and read.quiz is None:
            raise UsageError(f"The lesson “{lesson.title}” has no quiz.")
    return Start(course=course, lesson=lesson, quiz=quiz)


def _lessons_of(course: Any) -> str:
    return "Lessons: " + ", ".join(f"{course.id}/{lesson.id}" for lesson in course.lessons) + "."


def _print_json(value: Any) -> None:
    import msgspec

    show_to_programs(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def main() -> NoReturn:
    """Run the command line; every failure ends in words and an exit code."""
    if sys.flags.optimize > 1:
        tell("tutor needs its docstrings: `python -OO` leaves them out.")
        sys.exit(UsageError.exit_code)
    signals.begin()
    try:
        code = _run()
    except TutorError as error:  # what was written before it failed could not be written either
        tell(error.title)
        code = error.exit_code
    except BrokenPipeError:
        code = 1
    signals.finish()
    sys.exit(code)


def _tell_misuse(error: click.ClickException) -> None:
    """Say what click did not understand, as click does, but with what was typed in one line."""
    context = getattr(error, "ctx", None)
    if context is not None:
        for line in context.get_usage().splitlines():
            tell(line)
        tell(f"Try '{context.command_path} {context.help_option_names[0]}' for help.")
        tell("")
    tell(f"Error: {error.format_message()}")


def _run() -> int:
    """Run the command line to its exit code; what went wrong is told."""
    try:
        code = cli.main(standalone_mode=False, prog_name="tutor") or 0
        sys.stdout.flush()
        return int(code)
    except click.ClickException as error:
        _tell_misuse(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, signals.Ended):
        tell("")
        tell(signals.words())
        return INTERRUPTED
    except TutorError as error:
        tell(error.title)
        if error.remedy:
            tell(error.remedy)
        return error.exit_code
    except BrokenPipeError:
        pass  # the reader of our output has gone, and knows
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        tell(f"{where}{(error.strerror or str(error)).lower()}.")
    except Exception as error:
        if os.environ.get("TUTOR_DEBUG"):
            raise
        if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
            tell(f"“{error.object[-200:]}” is no name in UTF-8, so nothing can be kept under it.")
            tell("Give what it names another name.")
        else:
            tell(f"tutor met a fault of its own: {type(error).__name__}: {error}")
            tell("What you answered is kept. TUTOR_DEBUG=1 shows where it happened.")
    return 1
