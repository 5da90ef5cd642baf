"""Questions to a record store, each answered or given up: whatever it does, none waits for ever.

They go by Python's own client: a library would be one more dependency of everybody for one command,
and neither httpx nor requests has a limit for a question and its answer together.
"""

import http.client
import math
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from queue import Queue
from socket import EAI_AGAIN, gaierror
from threading import Thread
from typing import TypeAlias

from msgspec import Struct

from tutor import __version__, phrases
from tutor.classroom.record_store.address import PASSWORD, USER, Address
from tutor.errors import TutorError, reason_of

SILENCE = 30.0
"""Seconds without a byte from the store, after which it is given up."""
LONGEST = 90.0
"""Seconds that one question and its answer may take altogether."""
PATIENCE = 120.0
"""Seconds of pauses between tries of the same question, before it is left."""
UNREACHED = 15.0
"""The same where nobody is there to answer: rather the address is wrong than the store busy."""
LARGEST = 32_000_000
"""Bytes of an answer."""
_DAY = 86_400.0
_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which the same may go well a little later."""
_HUNG_UP = (
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
)

Tell: TypeAlias = Callable[[str], None]
Pause: TypeAlias = Callable[[float], None]


class HttpResponse(Struct, frozen=True):
    """What a store answered; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class StoreFailed(TutorError):
    """The store does not do what is asked of it, and asking again would not help."""


class NotAllowed(StoreFailed):
    """The store does not let this user do that."""


class _NoAnswer(Exception):
    """No answer, or half of one; the words say why, as a sentence goes on after the store."""

    def __init__(self, why: str, *, final: bool = False, unreached: bool = False) -> None:
        super().__init__(why)
        self.final = final
        self.unreached = unreached


class Store:
    """A record store that is asked again, after growing pauses, where it does not answer.

    Args:
        address: Where it is.
        authorization: Who asks, as the header has it.
        tell: Told why there is a pause, and how long.
        pause: Waits some seconds.
    """

    def __init__(
        self,
        address: Address,
        authorization: str | None,
        tell: Tell,
        pause: Pause = time.sleep,
    ) -> None:
        self.address = address
        self._tell = tell
        self._pause = pause
        self._known = authorization is not None
        self._headers = {
            "X-Experience-API-Version": "1.0.3",
            "User-Agent": f"tutor/{__version__}",
            "Accept": "application/json",
            **({"Authorization": authorization} if authorization is not None else {}),
        }
        self._connection: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, target: str, body: bytes | None = None, *, may_be_absent: bool = False
    ) -> HttpResponse:
        """Ask until it answers.

        Args:
            method: GET or POST.
            target: The path on that host.
            body: What is sent.
            may_be_absent: Whether 404 is an answer like another.

        Raises:
            StoreFailed: It does not answer in all the time there is, or nobody may ask it.
        """
        waited, tries = 0.0, 0
        while True:
            asked_to_wait, patience = None, PATIENCE
            try:
                answer = self._within_time(method, target, body)
            except _NoAnswer as failed:
                why = str(failed)
                patience = UNREACHED if failed.unreached else PATIENCE
                if failed.final:
                    raise StoreFailed(f"{self.address} {why}.") from None
            else:
                if may_be_absent and answer.status == 404:
                    return answer
                if answer.status not in _BUSY:
                    self._refuse(answer)
                    return answer
                why = f"answers {_named(answer.status)}"
                asked_to_wait = _retry_after(answer.headers)
            tries += 1
            wait = max(_PAUSES[min(tries, len(_PAUSES)) - 1], asked_to_wait or 0.0)
            if waited + wait > patience:
                raise self._left(why, tries, waited, asked_to_wait)
            at_most = f" ({patience:.0f} seconds at most in all)" if tries == 1 else ""
            seconds = phrases.plural(math.ceil(wait), "second")
            self._tell(f"{self.address} {why}; once more in {seconds}{at_most}.")
            self._pause(wait)
            waited += wait

    def _left(
        self, why: str, tries: int, waited: float, asked_to_wait: float | None
    ) -> StoreFailed:
        """Say why it is not asked again."""
        said = f"{self.address} {why}"
        if asked_to_wait is not None and asked_to_wait > PATIENCE:
            minutes = phrases.plural(math.ceil(asked_to_wait / 60), "minute")
            when = f"in {minutes}" if asked_to_wait <= _DAY else "another day"
            return StoreFailed(f"{said}, and wants to be asked again {when}.")
        seconds = phrases.plural(math.ceil(waited), "second")
        return StoreFailed(f"{said}; it was asked {tries} times, with {seconds} of pauses.")

    def _refuse(self, answer: HttpResponse) -> None:
        """Raise what no other question would change."""
        if answer.status in (401, 403):
            said = f"it answers {_named(answer.status)}"
            if self._known:
                raise NotAllowed(
                    f"{self.address} does not let this user do that: {said}.",
                    f"See {USER} and {PASSWORD}, or ~/.netrc; or ask whoever runs the store.",
                )
            raise NotAllowed(
                f"{self.address} wants to know who asks: {said}.",
                f"Set {USER} and {PASSWORD}, or write both for this host in ~/.netrc.",
            )
        if 300 <= answer.status < 400:
            raise StoreFailed(
                f"{self.address} sends one on to another address, which was not followed.",
                "Ask whoever runs it for its present address, and name that.",
            )
        if answer.status in (404, 405, 410) or not 200 <= answer.status < 500:
            raise StoreFailed(
                f"There is no record store at {self.address}: it answers {_named(answer.status)}.",
                "The address is the one that other programs get as the store's endpoint.",
            )

    def _within_time(self, method: str, target: str, body: bytes | None) -> HttpResponse:
        """One question and its answer; in a thread, for names are sought and locks opened too."""
        box: Queue[tuple[HttpResponse, http.client.HTTPConnection] | Exception] = Queue()
        kept, self._connection = self._connection, None

        def run() -> None:
            try:
                box.put(self._exchange(kept, method, target, body))
            except Exception as error:
                box.put(error)

        thread = Thread(target=run, daemon=True)
        thread.start()
        thread.join(LONGEST)
        if thread.is_alive():  # it keeps its connection, and ends with it
            raise _NoAnswer(f"takes longer than {LONGEST:.0f} seconds to answer")
        found = box.get()
        if isinstance(found, Exception):
            raise _why(found) from found
        answer, self._connection = found
        return answer

    def _exchange(
        self,
        kept: http.client.HTTPConnection | None,
        method: str,
        target: str,
        body: bytes | None,
    ) -> tuple[HttpResponse, http.client.HTTPConnection]:
        if kept is not None:
            # It may have been closed at the other end while nothing was said.
            with suppress(ConnectionError, ssl.SSLEOFError, http.client.BadStatusLine):
                return self._asked(kept, method, target, body), kept
        fresh = _connect(self.address)
        return self._asked(fresh, method, target, body), fresh

    def _asked(
        self, connection: http.client.HTTPConnection, method: str, target: str, body: bytes | None
    ) -> HttpResponse:
        try:
            return self._answered(connection, method, target, body)
        except BaseException:
            connection.close()
            raise

    def _answered(
        self, connection: http.client.HTTPConnection, method: str, target: str, body: bytes | None
    ) -> HttpResponse:
        headers = self._headers | ({"Content-Type": "application/json"} if body is not None else {})
        try:
            connection.request(method, target, body, headers)
        except (BrokenPipeError, ConnectionResetError):
            # Of a body that is too large the answer may have come while it was still being sent.
            if body is None or connection.sock is None:
                raise
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _NoAnswer("answers with more than one page can hold", final=True)
        length = answer.getheader("Content-Length", "")
        if length.isdecimal() and len(content) < int(length):
            raise _NoAnswer("breaks off in the middle of its answer")
        if answer.will_close:
            connection.close()
        told = {name.casefold(): value for name, value in answer.getheaders()}
        return HttpResponse(answer.status, told, content)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(address: Address) -> http.client.HTTPConnection:
    """A connection; by the proxy that the environment names, except on this machine."""
    if address.scheme == "http":
        return http.client.HTTPConnection(address.host, address.port, timeout=SILENCE)
    from urllib.request import getproxies, proxy_bypass

    secure = ssl.create_default_context()
    proxy = None if proxy_bypass(address.host) else getproxies().get("https")
    if not proxy:
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=SILENCE, context=secure
        )
    host, _, port = proxy.rpartition("@")[2].removeprefix("http://").strip("/").partition(":")
    connection = http.client.HTTPSConnection(host, int(port or 80), timeout=SILENCE, context=secure)
    connection.set_tunnel(address.host, address.port)
    return connection


def _why(error: Exception) -> _NoAnswer:
    """Why there was no answer."""
    match error:
        case _NoAnswer():
            return error
        case ssl.SSLCertVerificationError():
            said = error.verify_message or "it does not fit"
            return _NoAnswer(f"shows a certificate that cannot be trusted: {said}", final=True)
        case error if isinstance(error, _HUNG_UP):
            return _NoAnswer("hangs up without an answer")
        case ssl.SSLError():
            return _NoAnswer("does not speak https as it should", final=True)
        case gaierror() if error.errno != EAI_AGAIN:
            return _NoAnswer("cannot be found: there is no host of that name", final=True)
        case TimeoutError():
            return _NoAnswer(f"says nothing for {SILENCE:.0f} seconds")
        case http.client.IncompleteRead():
            return _NoAnswer("breaks off in the middle of its answer")
        case http.client.HTTPException() | ValueError():
            return _NoAnswer("answers otherwise than the web does", final=True)
        case OSError():
            return _NoAnswer(f"cannot be reached: {reason_of(error)}", unreached=True)
    raise error


def _named(status: int) -> str:
    words = http.client.responses.get(status, "")
    return f"{status} ({words.lower()})" if words else str(status)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """After how many seconds the store wants to be asked again; None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, min(at - time.time(), 1e9))
