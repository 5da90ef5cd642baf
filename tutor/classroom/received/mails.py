"""E-mails as mail programs save them: what was written in them, and their attachments."""

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, cast

from msgspec import Struct

if TYPE_CHECKING:
    from email.message import Message

LARGEST = 10_000_000
_MOST_STEPS = 20_000_000
"""Each line may be held against each boundary, where parts lie one in another."""
_FAR = 20_000
_HEADING = re.compile(rb"(From [^\n]*\n)?[A-Za-z][A-Za-z-]*:")
_ENCODED = re.compile(rb"^(Content-Transfer-Encoding|MIME-Version):", re.I | re.M)
_BOUNDARY = re.compile(rb"boundary[ \t]*[*=]", re.I)
_NEXT = re.compile(rb"\n(?=From [^\n]*\n[A-Za-z][A-Za-z-]*:)")


class MailPart(Struct, frozen=True):
    """A part of an e-mail.

    Attributes:
        name: The name of the file; empty for what was written in the e-mail itself.
        content: What it holds, with what mail programs do to it on the way undone.
        said: A number that written parts share which say the same, such as once more as HTML; of
            each e-mail that hangs on this one they are others.
    """

    name: str
    content: bytes
    said: int


def is_mail(content: bytes) -> bool:
    """Tell whether a file is an e-mail, or several one after another."""
    return _HEADING.match(content) is not None and _ENCODED.search(content[:_FAR]) is not None


def mails_in(content: bytes) -> list[bytes]:
    """The e-mails in a file: one, or all of a folder of a mail program."""
    return _NEXT.split(content)


def parts_of(mail: bytes) -> Iterator[MailPart]:
    """The parts of an e-mail, and of those that hang on it.

    Raises:
        ValueError: It is too large, or made of too many parts.
    """
    import email  # few teachers have files of this kind

    if len(mail) > LARGEST or len(_BOUNDARY.findall(mail)) * mail.count(b"\n") > _MOST_STEPS:
        raise ValueError
    return _parts(email.message_from_bytes(mail), count(), None)


def _parts(message: "Message", numbers: Iterator[int], said: int | None) -> Iterator[MailPart]:
    """The parts of an e-mail or of a part of one.

    Args:
        message: The e-mail, or the part.
        numbers: The next number for what is said.
        said: The number of what is said, where another part says the same.
    """
    if message.is_multipart():
        kind = message.get_content_type()
        if kind == "multipart/alternative" and said is None:
            said = next(numbers)
        elif kind == "message/rfc822":
            said = None
        for part in message.get_payload():
            yield from _parts(cast("Message", part), numbers, said)
        return
    content = message.get_payload(decode=True)
    if isinstance(content, bytes) and content.strip():
        number = next(numbers) if said is None else said
        yield MailPart(message.get_filename() or "", content, number)
