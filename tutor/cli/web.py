"""What a teacher asks for to let learners in with nothing but a browser."""

import shlex
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from tutor.cli.options import global_options
from tutor.errors import UsageError

if TYPE_CHECKING:
    from tutor.session import Options


@click.command()
@click.argument("target", required=False, metavar="[PATH|COURSE]")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="Where to listen: 0.0.0.0 lets in others than this computer, with a class code.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--most",
    type=click.IntRange(1, 1000),
    default=32,
    show_default=True,
    metavar="N",
    help="How many learners may be at work at a time.",
)
@global_options
@click.pass_obj
def serve(options: "Options", target: str | None, host: str, port: int, most: int) -> None:
    """Let learners take a course in a browser, each with records of their own.

    Everybody gives a name and chooses a word, by which they go on later, from any computer. What
    they hand in lies in the folder that is told here, for `tutor report`.
    """
    if find_spec("textual_serve") is None:
        raise UsageError(
            "To serve browsers, tutor needs textual-serve.",
            # Named, for another Python would get it where the one of tutor is not `python`.
            f"`{shlex.quote(sys.executable)} -m pip install 'textual-serve>=1.1.3,<1.2'` adds it, "
            "as does the extra `web`.",
        )
    from tutor.web.serve import serve_class

    serve_class(options, target, host, port, most)


COMMANDS = (serve,)
