"""What a link of a lesson is: to the web, to a term, a claim or a quotation, to a lesson."""

from msgspec import Struct

WEB = ("https", "http", "mailto")
"""What leads out of a lesson, in this program and in others."""

ALLOWED_SCHEMES = (*WEB, "term", "claim", "quote", "lesson")

HOLDS_NO_LINK = frozenset(("answer", "answers", "bank", "may_begin_with", "unit"))
"""Keys of what means itself: `[it](page.html)` is an answer there, and leads nowhere."""


class Link(Struct, frozen=True):
    """A link in lesson text: its scheme, and what comes after the colon."""

    shown: str
    scheme: str
    target: str

    def __str__(self) -> str:
        return f"[{self.shown}]({self.scheme}:{self.target})"

    @classmethod
    def to(cls, address: str, shown: str) -> "Link":
        """A link to an address, such as `term:detainer`."""
        scheme, colon, target = address.partition(":")
        return cls(shown, scheme.lower() if colon else "", target if colon else address)
