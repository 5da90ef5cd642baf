"""The options that every command takes, before its name and after it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

F = TypeVar("F", bound=Callable[..., Any])


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
