"""Where plain mode writes and reads."""

import io

from tutor.plain.terminal import Terminal


class SuspendedOnce(io.StringIO):
    """A stream in whose first flush the program is suspended, and goes on."""

    terminal: Terminal | None = None

    def flush(self) -> None:
        super().flush()
        terminal, self.terminal = self.terminal, None
        if terminal is not None:
            self._busy = True
            terminal.show_again()
            self._busy = False

    _busy = False

    def write(self, text: str) -> int:
        if self._busy:
            raise RuntimeError("reentrant call inside")
        return super().write(text)


def test_a_prompt_is_shown_again_though_the_program_was_suspended_as_it_came() -> None:
    out = SuspendedOnce()
    terminal = Terminal(io.StringIO("b\n"), out, io.StringIO(), interactive=True)
    terminal.say("", "Which comes first?")
    out.terminal = terminal
    assert terminal.read("Answer: ") == "b"
    assert out.getvalue() == "\nWhich comes first?\nAnswer: \n\nWhich comes first?\nAnswer: "
