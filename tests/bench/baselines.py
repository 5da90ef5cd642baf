"""The programs that ours is held against, run as `python baselines.py NAME`."""

import sys

MARKER = "ready-and-waiting"


def empty() -> None:
    """An empty Textual app with one `Static`."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Empty(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(MARKER)

    Empty().run()


def options(durable: bool = False) -> None:
    """A bare `OptionList` of four options; with an insert kept on disk at each Enter."""
    import sqlite3

    from textual.app import App, ComposeResult
    from textual.widgets import OptionList

    connection = sqlite3.connect("baseline.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (body TEXT)")

    class Options(App[None]):
        def compose(self) -> ComposeResult:
            yield OptionList(*(f"{MARKER} {number}" for number in range(1, 5)))

        def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
            if durable:
                connection.execute("INSERT INTO kept VALUES (?)", ("x" * 200,))
            event.option_list.replace_option_prompt_at_index(event.option_index, "chosen")

    Options().run()


if __name__ == "__main__":
    {"empty": empty, "options": options, "durable": lambda: options(durable=True)}[sys.argv[1]]()
