"""Under which addresses browsers reach the server, and which of what they say is believed.

A page from elsewhere must not drive a learner's session. So the origin of a request has to be our
own address, and that address has to be one that nobody else can point at us: the number of this
machine, or its own name. (A name of somebody else's may be made to lead here after the browser has
loaded a page of theirs: DNS rebinding.)
"""

import ipaddress
import socket
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    number = _number(host)
    return host == "localhost" if number is None else number.is_loopback


def believed(host: str | None, *, only_here: bool) -> bool:
    """Whether this is an address of ours, as a browser names it in `Host`.

    Args:
        host: The address, with or without its port.
        only_here: Whether only this machine reaches the server.
    """
    name = _name_of(host)
    if is_loopback(name):
        return True
    if only_here:
        return False
    return _number(name) is not None or name in own_names()


def same_origin(origin: str | None, host: str | None) -> bool:
    """Whether a page comes from the address that it asks.

    Args:
        origin: Where the page comes from, as the browser says in `Origin`.
        host: The address that it asks.
    """
    if not origin or not host:
        return False
    scheme, _, where = origin.partition("://")
    return scheme in ("http", "https") and where.lower() == host.lower()


def own_names() -> frozenset[str]:
    """What this machine is called."""
    name = socket.gethostname().lower().rstrip(".")
    return frozenset({name, f"{name}.local"}) - {""}


def reached_at(host: str, port: int) -> list[str]:
    """The addresses to be told to learners, the surest first."""
    number = _number(host)
    if number is None or not number.is_unspecified:
        return [_address(host, port)]
    found = _in_the_network(number.version)
    return [_address(one, port) for one in ([found] if found else []) + [socket.gethostname()]]


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _in_the_network(version: int) -> str | None:
    """The number by which others reach this machine; nothing is sent to find it."""
    family, other = (
        (socket.AF_INET, "192.0.2.1") if version == 4 else (socket.AF_INET6, "2001:db8::1")
    )
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asks:
            asks.connect((other, 9))
            return str(asks.getsockname()[0])
    except OSError:
        return None


def caller(remote: str | None) -> str:
    """Who asks: an address, or the network of one who may choose among its addresses."""
    number = _number(remote or "")
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is None:
        return str(ipaddress.ip_network((number, 64), strict=False))
    return remote or ""


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _name_of(host: str | None) -> str:
    """The name or number in `Host`, without the port; empty where it is none."""
    try:
        return (urlsplit(f"//{host or ''}").hostname or "").rstrip(".")
    except ValueError:
        return ""
