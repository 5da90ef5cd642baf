"""Answers browsers: pages, who comes in, and the socket over which the app is driven."""

import asyncio
import hmac
import os
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from textual_serve.server import Server, to_int

from tutor.errors import TutorError, reason_of
from tutor.streams import tell
from tutor.web import addresses, pages
from tutor.web.browser_session import Session
from tutor.web.guess_limit import GuessLimit
from tutor.web.programs import Start, execute
from tutor.web.register import Learner, Register

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_COOKIE = "tutor"
_STAYS = 15 * 60.0
"""Seconds for which a browser without a session is remembered: a tab is closed by mistake."""
_NO_MESSAGE = (
    ValueError,
    LookupError,
    TypeError,
    AssertionError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What is raised of messages that no page of ours sends."""
_FIRST_FRAME = 15.0
"""Seconds after which the next one may begin, though this one shows nothing yet."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass
class _Visitor:
    """A browser in which a learner has come in."""

    learner: Learner
    seen: float
    sockets: int = 0


@dataclass
class Served:
    """What is served, and to how many.

    Attributes:
        register: Who learns here.
        arguments: With which arguments the app is opened for a learner.
        start: Starts a learner's program.
        environment: What every session is told.
        code: The class code; empty where none is asked for.
        most: How many may be at work at a time.
        at_a_time: How many may begin at a time.
    """

    register: Register
    arguments: Callable[[Learner], list[str]]
    start: Start = execute
    environment: dict[str, str] = field(default_factory=dict)
    code: str = ""
    most: int = 32
    at_a_time: int = field(default_factory=lambda: os.cpu_count() or 1)


class ClassServer(Server):
    """Serves the app to learners, each with records of their own.

    Args:
        served: What is served, and to how many.
        host: Where it listens.
        clock: Seconds that only ever grow.
    """

    def __init__(
        self, served: Served, host: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__("tutor", host=host, title="tutor")
        self._served = served
        self._only_here = addresses.is_loopback(host)
        self._clock = clock
        self._guess_limit = GuessLimit(clock)
        self._visitors: dict[str, _Visitor] = {}
        self._at_work: dict[Path, Session] = {}
        self._doors: dict[Path, asyncio.Lock] = {}
        self._starts = asyncio.Semaphore(served.at_a_time)
        self._hashing = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def _make_app(self) -> web.Application:
        made = web.Application(middlewares=[self._guard], client_max_size=1 << 14)
        made.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.post("/", self._come_in),
                web.post("/leave", self._leave),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/download/{key}", self.handle_download, name="download"),
                web.static("/static", self.statics_path),
                web.static("/page", Path(__file__).parent / "static"),
            ]
        )
        made.on_shutdown.append(self.on_shutdown)
        return made

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer only browsers that show our own pages, and tell them what a page may load."""
        host = request.headers.get("Host")
        if not addresses.believed(host, only_here=self._only_here):
            return _page(pages.refused("This is not an address of this server"), 421)
        asks = request.method != "GET" or request.path == "/ws"
        if asks and not addresses.same_origin(request.headers.get("Origin"), host):
            return _page(pages.refused("A page from elsewhere asked for this"), 403)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _page(pages.refused(error.reason), error.status)
        except Exception as error:
            if os.environ.get("TUTOR_DEBUG"):
                raise
            said = f"tutor met a fault of its own: {type(error).__name__}: {error}"
            tell(said)
            return _page(pages.refused(said, "What you answered is kept."), 500)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    # Who comes in

    def _visitor(self, request: web.Request) -> _Visitor | None:
        """Whoever came in with this browser, unless too long ago, or deleted since."""
        now = self._clock()
        for token, one in list(self._visitors.items()):
            gone = not self._served.register.knows(one.learner)
            if gone or (not one.sockets and now - one.seen > _STAYS):
                del self._visitors[token]
        found = self._visitors.get(request.cookies.get(_COOKIE, ""))
        if found is not None:
            found.seen = now
        return found

    def _forget(self, visitor: _Visitor) -> None:
        """Let a browser ask anew who is learning."""
        self._visitors = {token: one for token, one in self._visitors.items() if one is not visitor}

    async def handle_index(self, request: web.Request) -> web.Response:
        """Show the app, or ask who is learning."""
        visitor = self._visitor(request)
        if visitor is None:
            return _page(pages.sign_in(pages.SignIn(coded=bool(self._served.code))))
        if self._is_full(visitor.learner):
            return _page(pages.full(self._served.most), 503)
        return _page(pages.app(visitor.learner.name))

    async def _come_in(self, request: web.Request) -> web.Response:
        form = await request.post()
        code, name, word, way = (str(form.get(one, "")) for one in ("code", "name", "word", "way"))
        shown = pages.SignIn(coded=bool(self._served.code), code=code[:40], name=name[:60])

        def again(said: str, status: int) -> web.Response:
            return _page(pages.sign_in(replace(shown, said=said)), status)

        caller = addresses.caller(request.remote)
        guesses = (("code", caller), ("word", caller), ("word", caller, name))
        if wait := self._guess_limit.wait(*guesses):
            return again(f"Too many tries. Wait {wait} seconds, then try again.", 429)
        if self._served.code and not _same_code(code, self._served.code):
            self._guess_limit.missed(guesses[0], free=10)
            return again("This is not the class code.", 403)
        try:
            async with self._hashing:
                do = self._served.register.begin if way == "new" else self._served.register.find
                learner = await asyncio.to_thread(do, name, word)
        except TutorError as error:
            return again(f"{error.title} {error.remedy}".strip(), 403)
        if learner is None:
            self._guess_limit.missed(guesses[1], free=40)
            self._guess_limit.missed(guesses[2], free=4)
            return again(
                "Nobody here has this name and this word. At your first visit choose “I am new "
                "here”.",
                403,
            )
        self._guess_limit.came_right(guesses[2])
        return self._let_in(learner)

    def _let_in(self, learner: Learner) -> web.Response:
        token = secrets.token_urlsafe(32)
        self._visitors[token] = _Visitor(learner, self._clock())
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(_COOKIE, token, httponly=True, samesite="Strict", path="/")
        return response

    async def _leave(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request)
        if visitor is not None:
            self._forget(visitor)
        response = web.Response(status=303, headers={"Location": "/"})
        response.del_cookie(_COOKIE, path="/")
        return response

    # At work

    def _is_full(self, learner: Learner) -> bool:
        others = len(self._at_work) - (learner.folder in self._at_work)
        return others >= self._served.most

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for a learner as long as the browser shows it."""
        visitor = self._visitor(request)
        if visitor is None:
            raise web.HTTPForbidden(reason="Nobody has come in with this browser")
        if self._is_full(visitor.learner):
            raise web.HTTPServiceUnavailable(reason="Every place is taken")
        width = to_int(request.query.get("width", "80"), 80)
        height = to_int(request.query.get("height", "24"), 24)
        socket = web.WebSocketResponse(timeout=2, heartbeat=15, max_msg_size=1 << 18)
        visitor.sockets += 1
        try:
            await socket.prepare(request)
            async with self._place_of(visitor.learner, socket) as session:
                await self._begin(session, width, height)
                await self._process_messages(socket, session)
                if session.left:
                    self._forget(visitor)
        except OSError as error:
            tell(f"A learner's program cannot be started: {reason_of(error)}.")
        except _NO_MESSAGE:
            pass  # whoever sends such things is not listened to any more
        finally:
            visitor.sockets -= 1
            visitor.seen = self._clock()
            with suppress(ConnectionError):
                await socket.close()
        return socket

    @asynccontextmanager
    async def _place_of(
        self, learner: Learner, socket: web.WebSocketResponse
    ) -> AsyncIterator[Session]:
        """A learner's place; who sat in it at another window is asked to leave it first."""
        session = Session(
            self._served.start,
            self._served.arguments(learner),
            self._served.environment,
            socket,
            self.download_manager,
        )
        try:
            async with self._doors.setdefault(learner.folder, asyncio.Lock()):
                before = self._at_work.get(learner.folder)
                self._at_work[learner.folder] = session
                if before is not None:
                    await before.stop()
                    await before.remote_close()
            yield session
        finally:
            # What answers a browser that has gone may be cancelled; this may not.
            await asyncio.shield(self._in_background(self._vacate(learner, session)))

    async def _vacate(self, learner: Learner, session: Session) -> None:
        await session.stop()
        if self._at_work.get(learner.folder) is session:
            del self._at_work[learner.folder]

    def _in_background(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _begin(self, session: Session, width: int, height: int) -> None:
        """Start a learner's program; a few at a time, so that the first are served soon."""
        await self._starts.acquire()
        try:
            await session.start(width, height)
        except BaseException:
            self._starts.release()
            raise
        self._in_background(self._let_next_begin(session))

    async def _let_next_begin(self, session: Session) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_FIRST_FRAME):
                await session.shown.wait()
        self._starts.release()

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """Hand a file to the learner whose program made it, and to nobody else."""
        visitor = self._visitor(request)
        key = request.match_info["key"]
        try:
            about = await self.download_manager.get_download_metadata(key)
        except KeyError:
            about = None
        theirs = visitor and self._at_work.get(visitor.learner.folder)
        if about is None or about.app_service is not theirs:
            raise web.HTTPNotFound(reason="There is no such file")
        response = web.StreamResponse(headers=_HEADERS)
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(about.file_name)}"
        )
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        return response

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002
        """End all sessions, with all kept."""
        sessions = list(self._at_work.values())
        await asyncio.gather(*(one.stop() for one in sessions))
        with suppress(ConnectionError):
            await asyncio.gather(*(one.remote_close() for one in sessions))


def _page(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type="text/html", status=status, headers=_HEADERS)


def _same_code(typed: str, code: str) -> bool:
    """Whether the class code was typed; small letters, spaces and dashes do not matter."""
    legible = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hmac.compare_digest(legible.encode(), code.encode())
