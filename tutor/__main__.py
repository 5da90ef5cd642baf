"""Where the program begins: `tutor`, or `python -m tutor`."""

import gc

from tutor import signals


def main() -> None:
    """Run the command line, from its first moment to its last; it ends the process."""
    signals.heed()
    # Starting makes tens of thousands of objects that stay: looking through them for garbage again
    # and again would cost a sixth of the time to the first prompt.
    gc.set_threshold(50_000)
    from tutor import lazy_imports

    lazy_imports.put_off(lazy_imports.BY_COMMANDS)
    from tutor import cli, streams

    streams.guard()
    cli.main()


if __name__ == "__main__":
    main()
