"""What is wrong in a text, and how its lines should read instead, before anyone asks in which file.

Whoever looks at a lesson yields violations; `Document.finding` turns each into a finding, with the
line and the column that a person looks up.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

Severity: TypeAlias = Literal["error", "warning"]

LineCol: TypeAlias = tuple[int, int]
"""A line and a column, both from 0."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""The way to a value: mapping keys and list indexes from the top."""

LineEdits: TypeAlias = Mapping[int, str]
"""New wording of lines, by their number from 0; a line feed in it begins a line more."""


class Proposal(Struct, frozen=True):
    """How lines might read; whoever applies it first tries whether the text is the better for it.

    Attributes:
        description: What it does, for a list of changes.
        edits: The lines.
        otherwise: The same lines in other wording, tried where the first does not do.
        spread: The same lines as they are written in the end, where a line more serves better.
        line: The line to tell of, where it is not the first of them.
    """

    description: str
    edits: LineEdits
    otherwise: LineEdits = {}
    spread: LineEdits = {}
    line: int | None = None


class Violation(Struct, frozen=True):
    """One breach of a rule, at a place in a document.

    Attributes:
        place: The way to the value at fault, or the line and column of the fault itself.
        rule: The rule's name; a rule that yields its own violations need not give it.
        at_key: True where the fault is with the value's key rather than with the value.
        offset: Where in the text it is, from 0; None where it is with the whole.
        proposal: How the lines might read; None where only the author can know.
    """

    place: KeyPath | LineCol
    message: str
    remedy: str = ""
    rule: str = ""
    at_key: bool = False
    offset: int | None = None
    severity: Severity = "error"
    proposal: Proposal | None = None

    @property
    def at(self) -> LineCol:
        """The line and column of one that knows them."""
        return cast(LineCol, self.place)

    def with_fix(
        self, edits: LineEdits, description: str, spread: LineEdits | None = None
    ) -> "Violation":
        """The same violation with a proposal."""
        return replace(self, proposal=Proposal(description, edits, spread=spread or {}))
