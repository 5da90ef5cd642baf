"""Who is let in, and what is answered to whom.

In place of the app runs a program that says what it is told: a Python without its libraries.
"""

import asyncio
import json
import re
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from aiohttp import (
    ClientSession,
    ClientWebSocketResponse,
    CookieJar,
    WSMsgType,
    WSServerHandshakeError,
)
from aiohttp.test_utils import TestServer
from support import few

from tutor.web import addresses, pages
from tutor.web.browser_session import _PASSED_ON
from tutor.web.programs import Program
from tutor.web.register import Register
from tutor.web.server import ClassServer, Served

ECHO = r"""
import os, sys, json
out = sys.stdout.buffer
def say(kind, data):
    out.write(kind + len(data).to_bytes(4, "big") + data)
    out.flush()
out.write(b"__GANGLION__\n")
say(b"D", json.dumps([sys.argv[1:], dict(os.environ)]).encode())
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if data == b"leave":
        break
    say(b"D", head[:1] + data)
with open(os.environ["LOG"], "a") as log:
    log.write("ended\n")
"""
"""Speaks as the app does; tells its arguments, its environment, and then what it is sent."""
WORD = "kittens"
ENDS = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED)


async def echo(arguments: Sequence[str], environment: Mapping[str, str]) -> Program:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-S", "-c", ECHO, *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=dict(environment),
    )


class Class:
    """A server, and browsers that ask it."""

    def __init__(self, folder: Path, at: TestServer) -> None:
        self.folder = folder
        self.url = str(at.make_url("")).rstrip("/")
        self._clients: list[ClientSession] = []
        self._sockets: list[ClientWebSocketResponse] = []

    def browser(self) -> ClientSession:
        client = ClientSession(headers={"Origin": self.url}, cookie_jar=CookieJar(unsafe=True))
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for opened in self._sockets:
            await opened.close()
        for client in self._clients:
            await client.close()

    async def come_in(
        self,
        client: ClientSession,
        name: str = "Ana",
        word: str = WORD,
        way: str = "new",
        code: str = "",
    ) -> str:
        form = {"name": name, "word": word, "way": way, "code": code}
        async with client.post(f"{self.url}/", data=form) as answer:
            return await answer.text()

    async def page(self, client: ClientSession) -> str:
        async with client.get(f"{self.url}/") as answer:
            return await answer.text()

    async def open(
        self, client: ClientSession, width: int = 90, height: int = 30, **headers: str
    ) -> ClientWebSocketResponse:
        address = f"{self.url}/ws?width={width}&height={height}"
        self._sockets.append(await client.ws_connect(address, headers=headers))
        return self._sockets[-1]

    def ended(self) -> int:
        log = self.folder / "log"
        return log.read_text().count("ended") if log.exists() else 0


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock_here() -> Clock:
    return Clock()


@asynccontextmanager
async def served(
    folder: Path, clock: Clock, *, code: str = "", most: int = 3, host: str = "127.0.0.1"
) -> AsyncIterator[Class]:
    about = Served(
        register=Register(folder / "learners", cost=2),
        arguments=lambda learner: [learner.name, str(learner.folder)],
        start=echo,
        environment={"LOG": str(folder / "log")},
        code=code,
        most=most,
    )
    server = TestServer(await ClassServer(about, host, clock)._make_app())
    await server.start_server()
    here = Class(folder, server)
    try:
        yield here
    finally:
        await here.close()
        await server.close()


async def told(from_app: ClientWebSocketResponse) -> str:
    return (await from_app.receive_bytes(timeout=10)).decode()


# Who is believed


FOREIGN = (
    ("Origin", "http://evil.example"),
    ("Origin", "null"),
    ("Origin", ""),
    ("Origin", "http://localhost:1"),
    ("Origin", "http://127.0.0.1"),
    ("Host", "evil.example"),
    ("Host", "192.0.2.7:8000"),
    ("Host", "localhost.evil.example"),
    ("Host", "[::1"),
)


async def test_a_page_from_elsewhere_gets_neither_in_nor_a_session(
    tmp_path: Path, clock_here: Clock
) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        for header in FOREIGN:
            with pytest.raises(WSServerHandshakeError) as refused:
                await here.open(client, **dict([header]))
            assert refused.value.status in (403, 421), header
            form = {"name": "Bo", "word": WORD, "way": "new"}
            async with client.post(here.url, data=form, headers=dict([header])) as answer:
                assert answer.status in (403, 421), header
        assert [one.name[:3] for one in (tmp_path / "learners").iterdir()] == ["ana"]


def test_which_names_are_believed() -> None:
    for host in ("127.0.0.1:8000", "localhost:9000", "[::1]:8000", "LOCALHOST", "127.1.2.3"):
        assert addresses.believed(host, only_here=True), host
    for host in ("10.0.0.5:8000", f"{socket.gethostname()}:80", "[fd00::5]:80"):
        assert not addresses.believed(host, only_here=True), host
        assert addresses.believed(host, only_here=False), host
    for wrong in (
        "evil.example",
        "evil.example:8000",
        "10.0.0.5.evil.example",
        "",
        None,
        "a b",
        "[",
    ):
        assert not addresses.believed(wrong, only_here=False), wrong


async def test_nothing_is_loaded_from_elsewhere(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        read = [await here.page(client), await here.come_in(client)]
        for page in read:
            assert "://" not in page
            assert '<html lang="en">' in page
            assert "<title>" in page
            assert "tutor --plain" in page  # what serves without JavaScript, and screen readers
            assert "onclick" not in page
            assert "<style" not in page
        for path in re.findall(r'(?:href|src)="(/[^"]+)"', "".join(read)):
            async with client.get(f"{here.url}{path}") as answer:
                assert answer.status == 200, path
                assert "://" not in await answer.text() or path.endswith(
                    ("textual.js", "xterm.css")
                )
        async with client.get(here.url) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "frame-ancestors 'none'" in policy


# Who comes in


async def test_before_somebody_has_come_in_nothing_begins(
    tmp_path: Path, clock_here: Clock
) -> None:
    async with served(tmp_path, clock_here) as here:
        with pytest.raises(WSServerHandshakeError) as refused:
            await here.open(here.browser())
        assert refused.value.status == 403
        assert not here.ended()


async def test_the_class_code_lets_in(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here, code="K7Q2MX") as here:
        for wrong in ("K7Q2M", "", "K7Q2MXX", "K7Q2MÜ"):
            page = await here.come_in(here.browser(), code=wrong)
            assert "This is not the class code." in page, wrong
        assert not (tmp_path / "learners").exists()
        for number, right in enumerate(("K7Q2MX", "k7q-2mx ")):
            page = await here.come_in(here.browser(), f"Ana {number}", code=right)
            assert f"tutor: Ana {number}" in page


async def test_who_guesses_has_to_wait(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here, code="K7Q2MX") as here:
        client = here.browser()
        for _ in range(11):
            assert "not the class code" in await here.come_in(client, code="WRONG2")
        # Now even the right one is not heard, until the wait is over; it doubles.
        assert "Wait 3 seconds" in await here.come_in(client, code="K7Q2MX")
        clock_here.now += 3
        assert "not the class code" in await here.come_in(client, code="WRONG2")
        assert "Wait 5 seconds" in await here.come_in(client, code="K7Q2MX")
        clock_here.now += 5
        assert "tutor: Ana" in await here.come_in(client, code="K7Q2MX")
        for number in range(5):
            assert "Nobody here has" in await here.come_in(
                client, word=f"guess{number}", way="on", code="K7Q2MX"
            )
        assert "Too many tries" in await here.come_in(client, way="on", code="K7Q2MX")
        # Meanwhile others come in from the same address.
        assert "tutor: Bo" in await here.come_in(here.browser(), "Bo", code="K7Q2MX")


async def test_a_learner_goes_on_from_another_computer_and_nobody_else_does(
    tmp_path: Path, clock_here: Clock
) -> None:
    async with served(tmp_path, clock_here) as here:
        assert "Nobody here has" in await here.come_in(here.browser(), way="on")
        assert "tutor: Ana K" in await here.come_in(here.browser(), " Ana  K ")
        assert "tutor: Ana K" in await here.come_in(here.browser(), "ana k", way="on")
        assert "Nobody here has" in await here.come_in(here.browser(), "Ana K", "kitten5", "on")
        assert "is taken" in await here.come_in(here.browser(), "ANA K", "kitten5")
    async with served(tmp_path, clock_here) as tomorrow:
        assert "tutor: Ana K" in await tomorrow.come_in(tomorrow.browser(), "Ana K", way="on")
    kept = next((tmp_path / "learners").glob("ana-k-*/word.json")).read_text()
    assert WORD not in kept


UNFIT = (
    ("", WORD, "A name has 1 to 60 characters."),
    (" \u200b ", WORD, "A name has 1 to 60 characters."),
    ("x" * 61, WORD, "A name has 1 to 60 characters."),
    ("Ana", "short", "Your word has 6 to 200 characters."),
    ("Ana", "x" * 201, "Your word has 6 to 200 characters."),
)


async def test_what_will_not_do_is_said(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        for name, word, said in UNFIT:
            assert said in await here.come_in(here.browser(), name, word)
        assert not (tmp_path / "learners").exists()


def test_a_name_leads_nowhere(tmp_path: Path) -> None:
    register = Register(tmp_path / "class", cost=2)
    names = ("../../etc", "/root", "..", "CON", "Ünä", "名", "a\0b", "-x", "a.b")
    folders = {register.begin(name, WORD).folder for name in names}
    assert len(folders) == len(names)
    for folder in folders:
        assert folder.parent == tmp_path / "class"
        assert re.fullmatch(r"[a-z0-9-]+", folder.name)
        assert folder.stat().st_mode & 0o77 == 0
    assert "<b>" not in pages.app("<b>") + pages.sign_in(pages.SignIn(coded=True, name='"<b>'))


async def test_a_browser_that_was_left_alone_asks_again(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        clock_here.now += 14 * 60
        assert "tutor: Ana" in await here.page(client)
        clock_here.now += 16 * 60
        assert "Who is learning?" in await here.page(client)
        await here.come_in(client, way="on")
        async with client.post(f"{here.url}/leave") as answer:
            assert "Who is learning?" in await answer.text()


# At work


async def test_a_session_is_told_only_what_it_needs(
    tmp_path: Path, clock_here: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hidden")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        arguments, environment = json.loads(await told(await here.open(client)))
    assert arguments[0] == "Ana"
    assert Path(arguments[1]).parent == tmp_path / "learners"
    needed = {"TUTOR_HAND_IN", "LOG", "TERM", "COLUMNS", "ROWS", "TZ", "PYTHONUTF8", "LC_CTYPE"}
    textual = {"TEXTUAL_DRIVER", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS"}
    assert set(environment) <= needed | textual | set(_PASSED_ON)
    assert environment["TZ"] == "Asia/Tokyo"
    assert (environment["COLUMNS"], environment["ROWS"]) == ("90", "30")


async def test_one_too_many_is_told_so_and_comes_in_when_there_is_room(
    tmp_path: Path, clock_here: Clock
) -> None:
    async with served(tmp_path, clock_here, most=2) as here:
        browsers = [here.browser() for _ in range(3)]
        for number, client in enumerate(browsers):
            await here.come_in(client, f"Learner {number}")
        sockets = [await here.open(client) for client in browsers[:2]]
        async with browsers[2].get(here.url) as answer:
            assert answer.status == 503
            assert "Every place is taken" in await answer.text()
        with pytest.raises(WSServerHandshakeError):
            await here.open(browsers[2])
        # Who is at work may load the page anew.
        async with browsers[1].get(here.url) as answer:
            assert answer.status == 200
        await told(sockets[0])
        await sockets[0].close()
        while "Every place is taken" in await here.page(browsers[2]):
            await asyncio.sleep(0.01)
        await told(await here.open(browsers[2]))


async def test_a_tab_that_is_closed_ends_its_program(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        socket = await here.open(client)
        await told(socket)
        await socket.close()
        await until(lambda: here.ended() == 1)
        # Opened again, it goes on without being asked who is learning.
        await told(await here.open(client))


async def test_another_tab_goes_on_in_place_of_the_first(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        first = await here.open(client)
        await told(first)
        second = await here.open(client)
        await told(second)
        assert here.ended() == 1
        assert (await first.receive(timeout=10)).type in ENDS
        await second.send_str(json.dumps(["stdin", "a"]))
        assert await told(second) == "Da"


async def test_who_leaves_the_app_leaves_the_computer(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        socket = await here.open(client)
        await told(socket)
        await socket.send_str(json.dumps(["stdin", "leave"]))
        while (await socket.receive(timeout=10)).type not in ENDS:
            pass
        await until(lambda: here.ended() == 1)
        assert "Who is learning?" in await here.page(client)


@pytest.mark.parametrize(
    "message",
    few(
        '["stdin", "\\ud800"]',
        '["resize", {"width": Infinity, "height": 1}]',
        more=("", "[]", "{}", "[1]", '["stdin"]', '["stdin", 5]', '["resize", {}]', "[" * 100_000),
    ),
)
async def test_a_message_of_somebody_else_ends_the_session_and_nothing_more(
    tmp_path: Path, clock_here: Clock, message: str
) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        socket = await here.open(client)
        await told(socket)
        await socket.send_str(message)
        await socket.send_str(json.dumps(["stdin", "a"]))
        last = await socket.receive(timeout=10)
        # What is no message of its kind is passed over; what is a broken one ends the session.
        assert last.type in ENDS or last.data == b"Da"
        await socket.close()
        await until(lambda: here.ended() == 1)


async def test_a_fault_is_told_in_a_line(
    tmp_path: Path,
    clock_here: Clock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        with monkeypatch.context() as broken:
            broken.setattr(sys, "executable", "/nowhere/python")
            assert (await (await here.open(client)).receive(timeout=10)).type in ENDS
            broken.setattr(pages, "app", lambda _: 1 / 0)
            assert "tutor met a fault of its own" in await here.page(client)
        # The next one begins as before.
        await told(await here.open(client))
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "A learner's program cannot be started: no such file or directory.",
        "tutor met a fault of its own: ZeroDivisionError: division by zero",
    ]


async def test_no_screen_is_too_large(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        client = here.browser()
        await here.come_in(client)
        socket = await here.open(client, 1_000_000_000, -5)
        _, environment = json.loads(await told(socket))
        assert (environment["COLUMNS"], environment["ROWS"]) == ("400", "5")
        await socket.send_str('["resize", {"width": 1000000000, "height": 1000000000}]')
        assert json.loads((await told(socket))[1:]) == {
            "type": "resize",
            "width": 400,
            "height": 200,
        }


async def test_where_the_server_ends_all_programs_do(tmp_path: Path, clock_here: Clock) -> None:
    async with served(tmp_path, clock_here) as here:
        sockets = []
        for name in ("Ana", "Bo"):
            client = here.browser()
            await here.come_in(client, name)
            sockets.append(await here.open(client))
            await told(sockets[-1])
        assert here.ended() == 0
    assert here.ended() == 2


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)
