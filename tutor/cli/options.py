"""The options that every command takes, before its name and after it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _PathType = click.ParamType[Path]
    _PlaceType = click.ParamType[str]
else:
    _PathType = _PlaceType = click.ParamType  # older ones do not say of what

F = TypeVar("F", bound=Callable[..., Any])


class FilePath(_PathType):
    """A path of any kind. For its own, click would look up what it is called in this language."""

    name = "path"

    def convert(self, value: str, *_: Any) -> Path:
        """What was typed, as a path."""
        return Path(value)

    def shell_complete(self, *given: Any) -> "list[CompletionItem]":
        """The shell completes names of files."""
        return _completed_by_shell(given[-1])


class OutputFile(FilePath):
    """A file to write: a path that ends as only that of a folder does is refused."""

    def convert(self, value: str, *_: Any) -> Path:
        """What was typed, as a path."""
        from tutor.output_files import file_named

        return file_named(value)


class OutputPlace(_PlaceType):
    """A file to write, or the folder for it: as it was typed, for its end may tell."""

    name = "path"

    def shell_complete(self, *given: Any) -> "list[CompletionItem]":
        """The shell completes names of files."""
        return _completed_by_shell(given[-1])


def _completed_by_shell(begun: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


class Option(click.Option):
    """An option whose help is shown as it stands: cleaning it, click would load `inspect` first."""

    def __init__(self, *args: Any, help: str, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        self.help = help


option = partial(click.option, cls=Option)
"""As `click.option`, in the modules that every command loads."""


class Commands(click.Group):
    """A group that says of each command the whole first sentence; click would break it off."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, each with what it does."""
        rows = []
        for name in self.list_commands(context):
            command = self.get_command(context, name)
            if command is not None:
                rows.append((name, command.get_short_help_str(limit=1000)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class GlobalOption(Option):
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
    # As `click.option` keeps them for `click.command`; it would make them anew for each command,
    # and whoever waits for the first prompt would wait for all.
    params: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
    params.extend(_BEFORE_COMMAND if function.__name__ == "cli" else _AFTER_COMMAND)
    return function


def _options(*, hidden: bool) -> tuple[GlobalOption, ...]:
    return (
        GlobalOption(
            ["--data"],
            type=FilePath(),
            envvar="TUTOR_DATA",
            help="Folder of the records.",
            hidden=hidden,
        ),
        GlobalOption(
            ["--learner"],
            envvar="TUTOR_LEARNER",
            metavar="NAME",
            help="Who is learning.",
            hidden=hidden,
        ),
        GlobalOption(
            ["--plain"], is_flag=True, help="One line per thing, no full screen.", hidden=hidden
        ),
        GlobalOption(
            ["--seed"],
            type=click.IntRange(0, 2**63 - 1),
            metavar="N",
            help="Fix what is drawn at random.",
            hidden=hidden,
        ),
    )


def _show_help(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


# As click would make it for each command; the first here stands last in the list of options.
_HELP = Option(
    ["-h", "--help"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show this message and exit.",
    callback=_show_help,
)
_BEFORE_COMMAND = (_HELP, *_options(hidden=False))
_AFTER_COMMAND = (_HELP, *_options(hidden=True))
