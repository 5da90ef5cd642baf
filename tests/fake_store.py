"""A small record store on loopback, in a thread, that can be told to fail in many ways."""

import json
import socket
import struct
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

HANG_UP = "hang up"
"""Nothing is answered, and nothing was taken."""
HANG_UP_AFTER = "hang up after"
"""What was sent is taken, and the answer never comes."""
CUT = "cut"
"""The answer breaks off in the middle."""


class FakeStore:
    """What it holds, what it was asked, and how it fails.

    Attributes:
        held: Statements by their ids, in the order in which they came.
        faults: What becomes of the next requests, one each: a status, (status, headers), a body of
            bytes, or a word from above; None for nothing.
        always: The same, for each request that `faults` says nothing of.
        largest: How many bytes a request may have.
        pages: At most so many statements are on one.
        more: The link to the next page, in place of the right one.
        endless: Numbers that make each such link another one; there is always a next page then.
        refuses: Statements that it holds to be faulty.
        finds_by_verb: Whether it finds any statement by its verb.
        taken: Called when it has taken something, and has not said so yet.
        user: Who may ask, as `user:password`; empty for anybody.
    """

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Any] = []
        self.always: Any = None
        self.largest = 10_000_000
        self.pages = 100
        self.user = ""
        self.more = ""
        self.endless: Iterator[int] | None = None
        self.refuses: set[str] = set()
        self.finds_by_verb = True
        self.ended = Event()
        self.taken: Callable[[], None] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/xAPI"

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Say nothing for a while."""
        self.always = "silent"
        yield
        self.ended.set()

    @property
    def posts(self) -> int:
        return sum(method == "POST" for method, _ in self.asked)


class _Handler(BaseHTTPRequestHandler):
    store: ClassVar[FakeStore]
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        if size > self.store.largest:
            self._answer(413, b"")
            self.close_connection = True
            return
        body = self.rfile.read(size)
        if self._failed():
            return
        self._take(json.loads(body))

    def _take(self, statements: list[dict[str, Any]]) -> None:
        held = self.store.held
        if any(one["id"] in self.store.refuses for one in statements):
            self._answer(400, b'{"detail": "not as it should be"}')
            return
        if any(held.get(one["id"], one) != one for one in statements):
            self._answer(409, b'{"detail": "differs"}')
            return
        new = [one["id"] for one in statements if one["id"] not in held]
        held.update({one["id"]: one for one in statements})
        if self.store.taken is not None:
            self.store.taken()
        if self.faulty == HANG_UP_AFTER:
            self._hang_up()
        elif new:
            self._answer(200, json.dumps(new).encode())
        else:
            self._answer(204, b"")

    def do_GET(self) -> None:
        if self._failed():
            return
        query = {name: value[0] for name, value in parse_qs(urlsplit(self.path).query).items()}
        if "statementId" in query:
            one = self.store.held.get(query["statementId"])
            self._answer(404 if one is None else 200, json.dumps(one or {}).encode())
            return
        store = self.store
        found = [one for one in store.held.values() if self._is_of(one, query.get("verb"))]
        at = int(query.get("from", 0))
        page: dict[str, Any] = {"statements": found[at : at + store.pages]}
        if store.endless is not None:
            page["more"] = f"{store.more}&n={next(store.endless)}"
        elif at + store.pages < len(found):
            on = urlencode({**query, "from": at + store.pages})
            page["more"] = store.more or f"/xAPI/statements?{on}"
        self._answer(200, json.dumps(page).encode())

    def _is_of(self, statement: dict[str, Any], verb: str | None) -> bool:
        return verb is None or (self.store.finds_by_verb and statement["verb"]["id"] == verb)

    def _failed(self) -> bool:
        """Do what is to go wrong with this request; False where nothing is."""
        store = self.store
        store.asked.append((self.command, self.path))
        store.headers.append(dict(self.headers))
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        if store.user and b64decode(given).decode() != store.user:
            self._answer(401, b"")
            return True
        fault = store.faults.pop(0) if store.faults else store.always
        self.faulty = fault
        match fault:
            case None | "hang up after":
                return False
            case int():
                self._answer(fault, b"")
            case bytes():
                self._answer(200, fault)
            case (int() as status, dict() as headers):
                self._answer(status, b"", **headers)
            case "silent":
                store.ended.wait(10)
                self.close_connection = True
            case "drip":
                self._drip()
            case "cut":
                self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"statements": [')
                self._hang_up()
            case _:
                self._hang_up()
        return True

    def _drip(self) -> None:
        """Answer, a byte now and then."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
            while not self.store.ended.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
        self.close_connection = True

    def _hang_up(self) -> None:
        """Reset the connection."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)


@contextmanager
def fake_store() -> Iterator[FakeStore]:
    """Run one as long as it is needed."""
    store = FakeStore()

    class Handler(_Handler):
        pass

    Handler.store = store
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    store.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        store.ended.set()
        server.shutdown()
        server.server_close()
