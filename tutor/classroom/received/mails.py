"""E-mails as mail programs save them: what was written in them, and their attachments."""

import re
from collections.abc import Iterator

from msgspec import Struct

LARGEST = 10_000_000
_MOST_PARTS = 50
_FAR = 20_000
_HEADING = re.compile(rb"(From [^\n]*\n)?[A-Za-z][A-Za-z-]*:")
_ENCODED = re.compile(rb"^(Content-Transfer-Encoding|MIME-Version):", re.I | re.M)
_NEXT = re.compile(rb"\n(?=From [^\n]*\n[A-Za-z][A-Za-z-]*:)")


class MailPart(Struct, frozen=True):
    """A part of an e-mail.

    Attributes:
        name: The name of the file; empty for what was written in the e-mail itself.
    """

    name: str
    content: bytes


def is_mail(content: bytes) -> bool:
    """Tell whether a file is an e-mail, or several one after another."""
    return _HEADING.match(content) is not None and _ENCODED.search(content[:_FAR]) is not None


def mails_in(content: bytes) -> list[bytes]:
    """The e-mails in a file: one, or all of a folder of a mail program."""
    return _NEXT.split(content)


def parts_of(mail: bytes) -> Iterator[MailPart]:
    """The parts of an e-mail, with what mail programs do to them on the way undone.

    Raises:
        ValueError: It is too large, or made of too many.
    """
    import email  # few teachers have files of this kind

    if len(mail) > LARGEST or mail.count(b"boundary=") > _MOST_PARTS:
        raise ValueError
    for part in email.message_from_bytes(mail).walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            yield MailPart(part.get_filename() or "", content)
