"""What learners ask for: to learn, to take a quiz or a test, and to see how they stand."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.options import OutputFile, OutputPlace, global_options, option
from tutor.streams import show, show_to_programs, tell

if TYPE_CHECKING:
    from tutor.course.model.course import Course
    from tutor.session import Options
    from tutor.study import Study


@click.command("open")
@click.argument("target", required=False, metavar="[PATH|COURSE[/LESSON]]")
@global_options
@click.pass_context
def open_(context: click.Context, target: str | None) -> None:
    """Open a course folder, a lesson file, or a name that `tutor list` shows.

    Also a file that your teacher gave back (`.tutor`): it is shown beside your own results.
    """
    if target is not None and target.endswith(".tutor"):
        from tutor.cli.hand_in import show_feedback

        context.exit(show_feedback(context.obj, Path(target)))
    context.exit(learn(context.obj, target))


@click.command()
@click.argument("target", metavar="PATH|COURSE/LESSON")
@global_options
@click.pass_context
def quiz(context: click.Context, target: str) -> None:
    """Go straight to the quiz of a lesson."""
    context.exit(learn(context.obj, target, quiz=True))


@click.command()
@click.argument("target", required=False, metavar="[PATH|COURSE]")
@option("--minutes", type=click.IntRange(1, 600), metavar="M", help="How long it lasts.")
@option("--draw", "limit", type=click.IntRange(min=1), metavar="N", help="Ask at most N.")
@global_options
@click.pass_context
def test(
    context: click.Context, target: str | None, minutes: int | None, limit: int | None
) -> None:
    """Sit the test over a course: feedback only at the end. Sit it before and after learning.

    Its rules are told before it begins. Each learner is asked other questions, and a later test
    asks others again.
    """
    context.exit(
        learn(context.obj, target, test=True, rules_first=True, minutes=minutes, limit=limit)
    )


@click.command()
@click.argument("target", required=False, metavar="[COURSE]")
@option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask at most N.")
@option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day you want to know it (YYYY-MM-DD): everything comes back by then.",
)
@global_options
@click.pass_context
def review(
    context: click.Context, target: str | None, limit: int | None, until: datetime | None
) -> None:
    """Review what is due: questions you have answered come back before you forget them."""
    by = None if until is None else until.date()
    context.exit(learn(context.obj, target, review=True, limit=limit, until=by))


@click.command("list")
@option("--json", "as_json", is_flag=True, help="For programs.")
@global_options
@click.pass_obj
def list_(options: "Options", as_json: bool) -> None:
    """Show the courses and lessons found here, with progress."""
    from tutor.overview import course_lines, course_records
    from tutor.session import open_study, tell_same_id

    with open_study(options) as study:
        courses = study.library.courses()
        for course in courses:
            tell_same_id(study.library, course)
        if as_json:
            _print_json([course_records(study, course) for course in courses])
            return
        for course in courses:
            for line in course_lines(study, course):
                show(line)


@click.command()
@option("--json", "as_json", is_flag=True, help="For programs.")
@option(
    "--csv",
    "table",
    type=OutputFile(),
    metavar="FILE",
    help="Write the figures for a spreadsheet.",
)
@option("--force", is_flag=True, help="Overwrite the file if it exists.")
@global_options
@click.pass_obj
def progress(options: "Options", as_json: bool, table: Path | None, force: bool) -> None:
    """Show how far you have come: pictures, figures, and your scores."""
    from tutor.overview import progress_record
    from tutor.progress import report
    from tutor.progress.pictures import shown_in
    from tutor.progress.table import as_csv
    from tutor.session import open_study, tell_same_id, wants_words

    with open_study(options, known=True) as study:
        for course in study.library.courses():
            tell_same_id(study.library, course)
        if table is not None:
            from tutor.output_files import write_file

            write_file(table, as_csv(report.all_figures(study)), force=force)
            tell(f"The figures are in {table}.")
        elif as_json:
            _print_json({**progress_record(study), "figures": report.record(study)})
        else:
            pictures = sys.stdout.isatty() and not wants_words(options, study)
            for line in report.text(study, pictures=pictures):
                show(shown_in(line, sys.stdout.encoding))


@click.command()
@click.argument("target", required=False, metavar="[PATH|COURSE]")
@option(
    "-o",
    "--output",
    type=OutputFile(),
    metavar="FILE",
    help="The file to write, instead of the terminal.",
)
@option("--force", is_flag=True, help="Overwrite the file if it exists.")
@global_options
@click.pass_obj
def notes(options: "Options", target: str | None, output: Path | None, force: bool) -> None:
    """Take along what you wrote, as Markdown: answers, thoughts, notes, challenges."""
    from tutor.progress.written import as_markdown
    from tutor.session import open_study

    with open_study(options, known=True) as study:
        course = _named_or_last(study, target)
        text = as_markdown(study, course)
        if output is None:
            for line in text.splitlines():
                show(line)
            return
        from tutor.output_files import write_file

        write_file(output, text, force=force)
        tell(f"What you wrote is in {output}.")


@click.command("hand-in")
@click.argument("target", required=False, metavar="[PATH|COURSE]")
@option(
    "-o",
    "--output",
    type=OutputPlace(),
    metavar="FILE",
    help="The file to write, or the folder for it; left out, here, under a telling name.",
)
@option("--as", "name", metavar="NAME", help="The name in it: yours, or a pseudonym.")
@option(
    "--with",
    "ticked",
    type=click.Choice(["reflections", "notes", "challenges", "free-text"]),
    multiple=True,
    help="Hand in these texts of yours as well; may be given several times.",
)
@option("--text", is_flag=True, help="Print it as lines to paste into a form.")
@option("--force", is_flag=True, help="Overwrite the file if it exists.")
@global_options
@click.pass_context
def hand_in(
    context: click.Context,
    target: str | None,
    output: str | None,
    name: str | None,
    ticked: tuple[str, ...],
    text: bool,
    force: bool,
) -> None:
    """Write your results for your teacher: finished tests and quizzes of a course.

    What is in it is shown before it is written. Private thoughts, notes, challenges and answers in
    your own words are never in it, unless you name them with --with.
    """
    from tutor.cli.hand_in import hand_in as hand_in_results
    from tutor.session import open_study

    with open_study(context.obj, known=True) as study:
        course = _named_or_last(study, target)
        hand_in_results(study, course, name, frozenset(ticked), output, as_text=text, force=force)


@click.command("set")
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
                from tutor.app.key_changes import look_at_keys

                for warning in look_at_keys(keymap(value)):
                    tell(warning)
            settings.change(study.store, study.learner, name, value)
        elif name is not None and name not in settings.SETTINGS:
            settings.change(study.store, study.learner, name, "")
        tell(f"Settings of {study.name}:")
        kept = study.settings()
        for setting in settings.SETTINGS.values():
            if name in (None, setting.name):
                choice = f" ({setting.choice})" if setting.choice else ""
                show(f"{setting.name} = {kept[setting.name]}    {setting.meaning}{choice}")


@click.command()
@click.argument("target", metavar="COURSE[/LESSON]|PATH")
@global_options
@click.pass_obj
def reset(options: "Options", target: str) -> None:
    """Start a lesson and its quiz afresh (of a course: its test); past scores stay."""
    from tutor.session import find, open_study

    with open_study(options) as study:
        course, lesson = find(study.library, target)
        # A test over the course belongs to no lesson.
        study.start_afresh(course, lesson.id if lesson else "")
        what = f"“{lesson.title}”" if lesson else f"The test over “{course.title}”"
        tell(f"{what} starts afresh for {study.name}.")


def learn(options: "Options", target: str | None, **where: Any) -> int:
    """Open a front where the learner wants to be."""
    from msgspec.structs import replace

    from tutor.session import (
        given_back_folder,
        look_after,
        open_study,
        start_at,
        tell_same_id,
        wants_plain,
    )

    with open_study(options) as study:
        plain = wants_plain(options, study)
        if not plain:
            study.library.look_later()  # the app does, as soon as it has shown itself
        start = start_at(study, target, **where)
        if notice := tell_same_id(study.library, start.course):
            start = replace(start, notice=notice)
        study.library.remember(start.course)
        if options.learner is None:
            study.begin()
        try:
            if plain:
                from tutor.plain import at_standard_streams, run

                return run(study, start, at_standard_streams())
            from tutor.app import run as run_app

            folder = given_back_folder()
            if folder is not None:
                from tutor.cli.hand_in import given_back_in

                start, given, kept = given_back_in(folder, study, start)
                return run_app(study, start, given, kept)
            return run_app(study, start)
        finally:
            look_after(study)


def _named_or_last(study: "Study", target: str | None) -> "Course":
    """The course that was named, or else the one that was open last."""
    from tutor.session import find, tell_same_id

    if target is not None:
        return find(study.library, target)[0]
    course = study.last_course()
    tell_same_id(study.library, course)
    return course


def _print_json(value: Any) -> None:
    import msgspec

    show_to_programs(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


COMMANDS = (open_, quiz, review, test, list_, progress, notes, hand_in, set_, reset)
