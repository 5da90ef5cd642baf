"""Gaps to fill in a text: `gaps`."""

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from tutor.course.model.markdown.typed import as_shown
from tutor.course.model.questions.question import (
    NONSENSE,
    Interaction,
    Question,
    Response,
    Typos,
    are_texts,
    beginnings,
    exactly,
    line_of,
)
from tutor.course.text import one_line

# A gap holds no other: where many are opened and none is closed, each is looked through once. Of
# three braces the outer one is no gap's, unless it belongs to one inside: {{x_{1}}}.
GAP = re.compile(r"\{\{(?!\{)((?:\{[^{}]*+\}(?!\}(?!\}))|(?!\{\{|\}\}).)*+)\}\}", re.DOTALL)
GAP_MARK = re.compile("\ue000(\\d+)\ue001")
"""What stands for a gap, with its number, while the text around it is read."""


class Gaps(Question, frozen=True, kw_only=True, tag="gaps"):
    """A text with gaps, written {{accepted|also accepted}}.

    Attributes:
        text: Markdown with gaps: Holding lasts up to {{two|2}} days. Between the braces stands what
            is accepted, the best first.
        feedback: What a learner is told who fills a gap wrongly, one text a gap.
        bank: Extra words to choose from, beside the right ones; without a bank the learner writes.
        exact: `true` where capitals and all signs of what is written count.
        typos: How many typing errors still count as right: 0, 1 or 2.
        may_begin_with: Words that do not count at the beginning of what is written in a gap:
            [the, a, an].
    """

    interaction: ClassVar[Interaction] = "gaps"
    example: ClassVar[dict[str, Any]] = {
        "stem": "Fill in the gap.",
        "text": "A sentence with a {{gap|blank}} in it.",
        "explanation": "Why this word.",
    }
    synonyms: ClassVar[str] = (
        "fill_in fill_in_the_blank fill_in_the_blanks fill_blank cloze blank blanks gap"
    )
    remedy_for_answer: ClassVar[str] = (
        "Write what is accepted into the gap itself, in `text`: {{two|2}}."
    )

    text: str
    feedback: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    exact: bool = False
    typos: Typos = 0
    may_begin_with: tuple[str, ...] = ()

    def gaps(self) -> tuple[tuple[str, ...], ...]:
        """The accepted texts of each gap, in reading order."""
        return tuple(
            tuple(text.strip() for text in inside.split("|") if text.strip())
            for inside in GAP.findall(self.text)
        )

    def gaps_as_seen(self) -> tuple[tuple[str, ...], ...]:
        """What each gap accepts, as it stands among the words to choose from."""
        return tuple(
            tuple(dict.fromkeys(self._seen(text) for text in accepted)) for accepted in self.gaps()
        )

    def pieces(self) -> tuple[str, ...]:
        """The text around the gaps: one piece more than there are gaps."""
        return tuple(GAP.split(self.text)[::2])

    def marked(self) -> str:
        """The text with a mark (`GAP_MARK`) in the place of each gap, numbered from 1."""
        first, *others = (re.sub("[\ue000\ue001]", "\ufffd", piece) for piece in self.pieces())
        return first + "".join(f"\ue000{n}\ue001{piece}" for n, piece in enumerate(others, 1))

    def around(self, write: Callable[[str], str]) -> list[str]:
        """The text around the gaps as somebody writes it: one piece more than there are gaps."""
        return GAP_MARK.split(write(self.marked()))[::2]

    def with_blanks(self, write: Callable[[str], str], blank: Callable[[str], str]) -> str:
        """The text as somebody writes it, with what is made of its number for each gap."""
        return GAP_MARK.sub(lambda gap: blank(gap[1]), write(self.marked()))

    def words(self) -> tuple[str, ...]:
        """The words to choose from, right and extra, in an order that gives nothing away."""
        if not self.bank:
            return ()
        words = {*self.key(), *map(self._seen, self.bank)}
        return tuple(sorted(words, key=lambda word: (word.casefold(), word)))

    def key(self) -> Response:
        return [self._seen(accepted[0]) for accepted in self.gaps()]

    def _seen(self, text: str) -> str:
        return text if self.exact else as_shown(text)

    def deciding(self) -> tuple[Response, ...]:
        gaps = [sorted(accepted) for accepted in self.gaps()]
        begins = beginnings(self.may_begin_with)
        return (self.typos, gaps, *begins, *exactly(exact=self.exact))

    def accepts(self, response: Response) -> bool:
        return are_texts(response) and len(response) == len(self.gaps())

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:
        # Which word belongs to which gap is told by their order alone.
        return [line_of(text) for text in begun] if unchanged and self.accepts(begun) else None

    def _in_words(self, response: Response) -> str:
        return "; ".join(one_line(text) or "…" for text in response)

    def accepted_responses(self) -> Iterator[Response]:
        yield self.key()
        for word in self.may_begin_with:
            yield [f"{word} {key}" for key in self.key()]
        for index, accepted in enumerate(self.gaps()):
            for other in accepted[1:]:
                yield self._with(index, other)

    def near_misses(self) -> Iterator[Response]:
        """The key with one gap filled wrongly, also with words of the bank."""
        for index, accepted in enumerate(self.gaps()):
            yield self._with(index, accepted[0] + NONSENSE)
            yield from (self._with(index, word) for word in self.bank if word not in accepted)

    def _with(self, index: int, text: str) -> Response:
        key = self.key()
        return [*key[:index], text, *key[index + 1 :]]
