"""Where a record store is, and who one is to it."""

import os
from base64 import b64encode
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of

USER = "TUTOR_LRS_USER"
PASSWORD = "TUTOR_LRS_PASSWORD"  # noqa: S105 -- the name of the variable
_RESOURCE = "statements"
_LIKE = "It looks like https://lrs.school.example/xAPI."
_LONGEST = 2_000


class Address(Struct, frozen=True):
    """The place of a store's statements.

    Attributes:
        path: With what stands before `statements`; begins with a stroke.
    """

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        usual = self.port == (443 if self.scheme == "https" else 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.path}"

    def target(self, link: str) -> str | None:
        """What to ask this store for where a link leads; None where it leads elsewhere."""
        try:
            there = urlsplit(urljoin(str(self), link))
            origin = (there.scheme, (there.hostname or "").casefold(), _port(there))
        except ValueError:
            return None
        if origin != (self.scheme, self.host, self.port) or len(link) > _LONGEST:
            return None
        target = f"{there.path or '/'}{'?' if there.query else ''}{there.query}"
        return target if target.isascii() and target.isprintable() and " " not in target else None


def address_of(url: str) -> Address:
    """The place of a store's statements, as it was given.

    Raises:
        UsageError: It is no address, holds a password, or is one at which others could listen.
    """
    if "@" in url:  # never repeated in a message: it may hold a password
        raise UsageError(
            "A user or a password in the address of a store can be read by others.",
            f"Name the address alone, and set {USER} and {PASSWORD}, or write them in ~/.netrc.",
        )
    try:
        split = urlsplit(url)
        host, port = (split.hostname or "").casefold(), _port(split)
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise UsageError("That is no address of a store.", _LIKE) from None
    if split.scheme not in ("http", "https") or not _is_host(host) or port == 0:
        raise UsageError("That is no address of a store.", _LIKE)
    if split.query or split.fragment or "?" in url or "#" in url:
        raise UsageError("The address of a store has no part that begins with ? or #.", _LIKE)
    path = split.path.rstrip("/")
    if not (path.isascii() and path.isprintable()) or " " in path or len(path) > _LONGEST:
        raise UsageError("That is no address of a store.", _LIKE)
    if path.rpartition("/")[2] != _RESOURCE:
        path = f"{path}/{_RESOURCE}"
    if split.scheme == "http" and not _is_loopback(host):
        raise UsageError(
            f"What goes to {host} by http can be read, and changed, on the way.",
            "Name its address with https. Where it has none, an SSH tunnel makes it one on this "
            "machine: `ssh -L 8100:localhost:8100 HOST`, then http://localhost:8100/….",
        )
    return Address(split.scheme, host, port, path)


def _port(split: SplitResult) -> int:
    given = split.port
    return given if given is not None else (443 if split.scheme == "https" else 80)


def _is_host(host: str) -> bool:
    return bool(host) and host.isprintable() and not set(host) & set(" \\^`{|}<>\"'%")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def authorization_for(address: Address) -> str | None:
    """What tells the store who asks: from the environment, else from netrc; None for nobody.

    Raises:
        UsageError: Half of it is missing, or the file that holds it cannot be read.
    """
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if not user and not password:
        found = _in_netrc(address.host)
        if found is None:
            return None
        user, password = found
    elif not user or not password:
        missing, there = (PASSWORD, USER) if user else (USER, PASSWORD)
        raise UsageError(f"{missing} is not set, and {there} is.", "A store needs both.")
    if ":" in user:
        raise UsageError("The name of a user at a store holds no colon.", f"See {USER}.")
    return "Basic " + b64encode(f"{user}:{password}".encode("utf-8", "surrogateescape")).decode()


def _in_netrc(host: str) -> tuple[str, str] | None:
    """User and password for this host, and for no other."""
    from netrc import NetrcParseError, netrc

    path = Path(os.environ.get("NETRC") or "~/.netrc")
    try:
        # Python looks at its rights only where it finds the file by itself.
        entry = netrc(None if "NETRC" not in os.environ else str(path)).hosts.get(host)
    except FileNotFoundError:
        return None
    except NetrcParseError as error:
        raise UsageError(f"{path} cannot be used: {one_line(error.msg)}.") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(f"{path} cannot be read: {reason_of(error)}.") from None
    if entry is None or not entry[0] or not entry[2]:
        return None
    return entry[0], entry[2]
