"""A text with what was mended in it."""

from functools import lru_cache

from msgspec import Struct

from tutor.course.reading.builder import build_course, build_lesson, build_source
from tutor.course.reading.document import Document, parse_document
from tutor.course.syntax.parser import Trouble, walk
from tutor.course.syntax.source_line import with_lines


class Fixed(Struct, frozen=True):
    """A mended text, and one sentence for each mend, from top to bottom."""

    text: str
    mends: tuple[str, ...]


class Mended(Struct, frozen=True):
    """A text as far as it is mended.

    Attributes:
        text: The text.
        done: What was done to which of its lines (from 0).
        whole: Whether all of it was looked at.
    """

    text: str
    done: frozenset[tuple[int, str]] = frozenset()
    whole: bool = True

    def then(self, text: str, line: int, done: str) -> "Mended":
        """The text after one more mend."""
        return Mended(text, self.done | {(line, done)})

    def told(self) -> Fixed:
        """The text with the mends in sentences."""
        sentences = (f"Line {line + 1}: {done}." for line, done in sorted(self.done))
        more = () if self.whole else ("There is more to mend: run this again.",)
        return Fixed(self.text, (*sentences, *more))


@lru_cache(maxsize=2)
def built(text: str) -> Document:
    """Read a text and build what it holds, for the errors in it.

    The last ones are kept: each mend begins with the text that the one before has left.
    """
    document = parse_document("", text.encode("utf-8", "replace"))
    data = document.data
    keys = data if isinstance(data, dict) else {}
    if "claims" in keys and ("role" in keys or "steps" not in keys):
        build_source(document)
    elif "lessons" in keys:
        build_course(document, "")
    else:
        build_lesson(document, "")
    return document


def errors_of(text: str) -> float:
    """How many errors a text has; more than any number where it cannot be read."""
    try:
        walk(text)
    except Trouble:
        return float("inf")
    return sum(found.severity == "error" for found in built(text).findings)


class Trial(Struct, frozen=True):
    """A place that may be mended in one of some ways.

    Attributes:
        line: The line to tell of.
        ways: New wording of lines, the likeliest first.
        done: What each of them does.
    """

    line: int
    ways: tuple[dict[int, str], ...]
    done: str


MOST = 20
MAX_TRIED = 200_000
"""Characters read again at most to try places one by one."""


def with_fewer_errors(before: Mended, trials: list[Trial]) -> Mended:
    """Mend each place where that removes an error: all at once, or else some, one by one."""
    trials = [trial for trial in trials if trial.ways]
    if len(trials) > 1:
        for way in (0, -1):
            changed = {line: text for one in trials for line, text in one.ways[way].items()}
            text = with_lines(before.text, changed)
            if errors_of(text) <= errors_of(before.text) - len(trials):
                done = {(trial.line, trial.done) for trial in trials}
                return Mended(text, before.done | done)
    result = before
    for trial in trials[: min(MOST, 1 + MAX_TRIED // (len(before.text) + 1))]:
        for changed in trial.ways:
            text = with_lines(result.text, changed)
            if errors_of(text) < errors_of(result.text):
                result = result.then(text, trial.line, trial.done)
                break
    return result
