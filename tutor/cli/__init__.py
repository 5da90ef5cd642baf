"""The command line: each command is one short function, which imports what it needs when called.

The commands stand together by whom they serve: learners, authors, teachers (for their lessons and
their classes), and whoever looks after the records.
"""

import os
import sys
from itertools import pairwise, takewhile
from typing import NoReturn

import click

from tutor import __version__, signals
from tutor.cli import learner
from tutor.cli.options import Commands, global_options, option
from tutor.errors import TutorError, UsageError, reason_of
from tutor.streams import tell

INTERRUPTED = 130


class _Commands(Commands):
    """Commands of which those that learners do without are loaded when one of them is asked for."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        found = super().get_command(context, name)
        if found is None:
            self._load_the_others()
            found = super().get_command(context, name)
        return found

    def list_commands(self, context: click.Context) -> list[str]:
        self._load_the_others()
        return super().list_commands(context)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Take the options before the command."""
        _refuse_option_as_value(self, context, args)
        return super().parse_args(context, args)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named, with what stands after its name."""
        name, command, after = super().resolve_command(context, args)
        if command is not None:
            _refuse_option_as_value(command, context, after)
        return name, command, after

    def _load_the_others(self) -> None:
        from tutor.cli import author, classroom, paper, records, teacher, web

        for command in (
            *author.COMMANDS,
            *teacher.COMMANDS,
            *classroom.COMMANDS,
            *paper.COMMANDS,
            *web.COMMANDS,
            *records.COMMANDS,
        ):
            self.add_command(command)


def _refuse_option_as_value(
    command: click.Command, context: click.Context, arguments: list[str]
) -> None:
    """Refuse `--data --plain`: click would keep the records in a folder named `--plain`.

    Raises:
        click.BadOptionUsage: In place of a value stands an option of the command.
    """
    if isinstance(command, click.Group) and arguments and arguments[0] in command.commands:
        _refuse_option_as_value(command.commands[arguments[0]], context, arguments[1:])
    options = [one for one in command.params if isinstance(one, click.Option)]
    names = {name for one in options for name in one.opts}
    with_value = {name for one in options if not one.is_flag for name in one.opts}
    for name, value in pairwise(takewhile(lambda argument: argument != "--", arguments)):
        if name in with_value and value in names:
            told = f"Option {name} needs a value, and {value} is an option."
            raise click.BadOptionUsage(name, told, context)


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"tutor, version {__version__}")
        context.exit()


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="The options work before and after a command. `tutor COMMAND --help` says more.",
)
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@global_options
@click.pass_context
def cli(context: click.Context) -> None:
    """Learn from a lesson, take its quiz, keep your scores. Without a command: go on learning."""
    if context.invoked_subcommand is None:
        context.exit(learner.learn(context.obj, None))


for _command in learner.COMMANDS:
    cli.add_command(_command)


def main() -> NoReturn:
    """Run the command line; every failure ends in words and an exit code."""
    if sys.flags.optimize > 1:
        tell("tutor needs its docstrings: `python -OO` leaves them out.")
        sys.exit(UsageError.exit_code)
    signals.begin()
    try:
        code = _exit_code()
        signals.finish(ended=code == INTERRUPTED)
    except (KeyboardInterrupt, signals.Ended):  # after all was done
        signals.end_at_once()
    sys.exit(code)


def _exit_code() -> int:
    try:
        return _run()
    except TutorError as error:  # what was written before it failed could not be written either
        tell(error.title)
        return error.exit_code
    except BrokenPipeError:
        return 1


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
        tell(f"{where}{reason_of(error)}.")
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
