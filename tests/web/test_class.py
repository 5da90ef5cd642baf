"""A class at work in the real app: thirty at once, and one in a real browser.

`python -m pytest -m long -s tests/web/test_class.py` also prints the figures.
"""

import asyncio
import json
import os
import re
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("textual_serve", reason="the extra `web` is not installed")

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, web
from aiohttp.test_utils import TestServer
from web import chromium

from tutor.records.opening import open_records

pytestmark = pytest.mark.long
TABS = int(os.environ.get("TUTOR_TABS", "30"))
QUESTIONS = range(1, 11)
WORD = "kittens"
PATIENCE = 120.0


def lesson() -> str:
    """A quiz of ten questions, in their order."""
    questions = "".join(
        f"""
    - type: choice
      id: q{number}
      objective: count
      shuffle: false
      stem: Which number is question {number}?
      options:
        - {{text: The {number}, correct: true}}
        - {{text: The {number + 20}}}
        - {{text: The {number + 40}}}
        - {{text: The {number + 60}}}
      explanation: It says so itself."""
        for number in QUESTIONS
    )
    return f"""title: Ten numbers
objectives: {{count: Say the number of a question}}
steps:
  - type: read
    text: Numbers follow each other.
quiz:
  questions:{questions}
"""


class Tab:
    """A tab that shows the app, without a browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self.shown = ""
        """What was drawn since a key was pressed, without colors and places."""
        self.first = 0.0
        """Seconds until something was shown."""

    async def press_until(self, key: str, pattern: str, again: float = 1.0) -> None:
        """Press a key until the app shows what it does: one that comes too early is dropped."""
        for _ in range(int(PATIENCE / again)):
            await self.press(key)
            with suppress(TimeoutError):
                await self.until_shown(pattern, again)
                return
        raise AssertionError(f"not shown: {pattern}\n{self.shown}")

    async def until_offered(self) -> str:
        """Wait until the app offers a file; under which key."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self._socket.receive()).type is not WSMsgType.TEXT:
                pass
        what, key = json.loads(message.data)
        assert what == "deliver_file_start"
        return str(key)

    async def until_shown(self, pattern: str, within: float = PATIENCE) -> re.Match[str]:
        """Wait until the app shows a text, given as a regular expression."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(within):
                while not (found := re.search(pattern, self.shown)):
                    message = await self._socket.receive()
                    assert message.type is WSMsgType.BINARY, f"{message}\n{self.shown}"
                    self.shown += re.sub(r"\x1b\[[^@-~]*[@-~]", "", message.data.decode())
                    self.first = self.first or time.monotonic() - began
        except TimeoutError:
            raise TimeoutError(f"not shown: {pattern}\n{self.shown}") from None
        return found

    async def press(self, key: str) -> None:
        self.shown = ""
        await self._socket.send_str(json.dumps(["stdin", key]))


class Serving:
    """`tutor serve`, running."""

    def __init__(self, process: Process, url: str, data: Path) -> None:
        self.process = process
        self.url = url
        self.data = data
        self.said = ""
        self._seen: set[int] = set()

    @asynccontextmanager
    async def browser(self, name: str) -> AsyncIterator[ClientSession]:
        """A browser in which somebody has come in for the first time."""
        jar = CookieJar(unsafe=True)
        async with ClientSession(headers={"Origin": self.url}, cookie_jar=jar) as client:
            form = {"name": name, "word": WORD, "way": "new"}
            async with client.post(f"{self.url}/", data=form) as answer:
                assert f"tutor: {name}" in await answer.text()
            yield client

    async def tab(self, client: ClientSession) -> Tab:
        return Tab(await client.ws_connect(f"{self.url}/ws?width=80&height=24", max_msg_size=0))

    def sessions(self) -> list[int]:
        """The programs of learners that run, and those seen before that still do."""
        starters = children_of({self.process.pid})
        self._seen |= children_of(starters)
        return sorted(one for one in self._seen if Path(f"/proc/{one}").exists())

    def answers(self) -> dict[str, dict[str, str]]:
        """What is kept of each learner's answers."""
        kept = {}
        for folder in (self.data / "class" / "learners").iterdir():
            with open_records(folder, lambda: None) as store:  # type: ignore[arg-type, return-value]
                bodies = store.rows("SELECT body FROM events ORDER BY attempt, sequence")
                events = [msgspec.json.decode(body) for (body,) in bodies]
                (name,) = store.row("SELECT name FROM learners") or ("",)
            answers = [one for one in events if one["kind"] == "responded"]
            kept[name] = {one["question"]: one["response"] for one in answers}
        return kept


def children_of(parents: set[int]) -> set[int]:
    found = set()
    for one in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(one.read_text().rpartition(")")[2].split()[1]) in parents:
                found.add(int(one.parent.name))
    return found


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Serving]:
    course = folder / "numbers.yaml"
    course.write_text(lesson())
    data = folder / "data"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tutor", "serve", str(course), f"--data={data}", "--port=0"),
        stdout=PIPE,
        stderr=PIPE,
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        url = re.search(r"http://\S+", line)
        assert url is not None, line
        here = Serving(process, url[0], data)
        yield here
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(20):
                _, said = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        here.said = said.decode().strip()


async def take_quiz(tab: Tab, number: int) -> None:
    """Answer ten questions; which answers tells who gave them."""
    await tab.until_shown("Numbers follow each other.")
    await tab.press("\r")
    await tab.until_shown("quiz")
    await tab.press("\r")
    for place in QUESTIONS:
        found = await tab.until_shown(rf"question {place} of (?s:.*)Which number is question (\d+)")
        chosen = choice(number, int(found[1]))
        await tab.press_until(str(chosen), f"● {chosen}", 0.3)
        await tab.press("\r")
        await tab.until_shown("It says so itself.")
        if place < QUESTIONS[-1]:
            await tab.press_until("\r", f"question {place + 1} of", 0.4)
    await tab.press_until("\r", "again")


def choice(number: int, question: int) -> int:
    return (number + question * question) % 4 + 1


async def test_thirty_tabs_answer_ten_questions_each_and_nothing_is_lost(tmp_path: Path) -> None:
    firsts: list[float] = []
    answered = asyncio.Barrier(TABS + 1)

    async def one(here: Serving, number: int) -> None:
        async with here.browser(f"Learner {number}") as client:
            tab = await here.tab(client)
            await take_quiz(tab, number)
            firsts.append(tab.first)
            await answered.wait()
            await answered.wait()

    async with serving(tmp_path) as here:
        began = time.monotonic()
        work = asyncio.gather(*(one(here, number) for number in range(TABS)))
        await asyncio.wait(
            {work, asyncio.ensure_future(answered.wait())}, return_when="FIRST_COMPLETED"
        )
        took = time.monotonic() - began
        if not work.done():
            tell_figures(here, took, sorted(firsts))
            await answered.wait()
        await work
    kept = here.answers()
    assert len(kept) == TABS
    for number in range(TABS):
        given = {f"q{one}": f"the-{one + 20 * (choice(number, one) - 1)}" for one in QUESTIONS}
        assert kept[f"Learner {number}"] == given
    assert here.sessions() == []


async def test_figures_are_saved_by_the_browser_of_whoever_asked(tmp_path: Path) -> None:
    async with (
        serving(tmp_path) as here,
        here.browser("Ana") as hers,
        here.browser("Bo") as his,
    ):
        tab = await here.tab(hers)
        await tab.until_shown("Numbers follow each other.")
        # Where the process is gone of which programs are copies, they begin as anywhere else.
        for starter in children_of({here.process.pid}):
            os.kill(starter, signal.SIGKILL)
        others = await here.tab(his)
        await others.until_shown("Numbers follow each other.")
        await tab.press_until("\x1b", "progress")
        await tab.press_until("p", "Finished")
        await tab.press_until("x", "Your browser saves it.")
        await tab.press("\r")
        key = await tab.until_offered()
        async with his.get(f"{here.url}/download/{key}") as answer:
            assert answer.status == 404
        async with hers.get(f"{here.url}/download/{key}") as answer:
            assert "filename*=UTF-8''progress.txt" in answer.headers["Content-Disposition"]
            assert "Ten numbers" in await answer.text()


async def test_ctrl_c_ends_all_sessions_with_their_records_kept(tmp_path: Path) -> None:
    async with (
        serving(tmp_path) as here,
        here.browser("Ana") as hers,
        here.browser("Bo") as his,
    ):
        tabs = [await here.tab(hers), await here.tab(his)]
        for tab in tabs:
            await tab.until_shown("Numbers follow each other.")
            await tab.press_until("\r", "Take the quiz")
            await tab.press_until("\r", "question 1 of")
            await tab.press_until("1", "● 1", 0.3)
            await tab.press("\r")
            await tab.until_shown("It says so itself.")
        assert len(here.sessions()) == 2
        here.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            assert await here.process.wait() == 130
        assert here.sessions() == []
    assert here.said.splitlines()[-1] == "Interrupted; what learners answered is kept."
    assert {name: len(given) for name, given in here.answers().items()} == {"Ana": 1, "Bo": 1}


def tell_figures(here: Serving, took: float, firsts: list[float]) -> None:
    sessions = here.sessions()
    memory = [kilobytes(one) / 1024 for one in sessions]
    worked = [seconds(one) for one in sessions]
    server = here.process.pid
    print(f"{TABS} tabs, 10 questions each: {took:.1f} s in all")
    print("first frame after", *(f"{firsts[at]:.2f} s" for at in (0, len(firsts) // 2, -1)))
    print(f"each {sum(memory) / len(memory):.1f} MB, {sum(worked) / len(worked):.2f} s of work")
    print(f"the server {kilobytes(server) / 1024:.1f} MB, {seconds(server):.2f} s of work")


def kilobytes(process: int) -> int:
    """The memory of a process; what it shares with others counts in part."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])  # type: ignore[index]


def seconds(process: int) -> float:
    """The time that a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def come_in(tab: chromium.Tab, url: str, way: str) -> None:
    await tab.go(url)
    await tab.until("document.querySelector('#word') !== null")
    await tab.value(
        "document.querySelector('#name').value = 'Ana';"
        f"document.querySelector('#word').value = '{WORD}';"
        f"document.querySelector('button[value={way}]').click()"
    )


async def test_a_tab_closed_in_the_middle_of_a_quiz_goes_on_when_it_is_opened_again(
    tmp_path: Path,
) -> None:
    if chromium.found() is None:
        pytest.skip("there is no browser to look with")
    async with serving(tmp_path) as here:
        async with chromium.browser() as browser:
            async with browser.tab() as tab:
                await come_in(tab, here.url, "new")
                await tab.until_shown("Numbers follow each other.")
                assert await tab.value("document.title") == "tutor: Ana"
                # The keys are the app's from the start: nobody has to click first.
                await tab.press("Enter")
                await tab.until_shown("Take the quiz")
                await tab.press("Enter")
                for place in (1, 2, 3):
                    await tab.until_shown(f"question {place} of")
                    await tab.press_until("1", "● 1")
                    await tab.press("Enter")
                    await tab.until_shown("It says so itself.")
                    await tab.press_until("Enter", f"question {place + 1} of")
                begun = await tab.press_until("3", "● 3")
                assert {here.url, here.url.replace("http", "ws")} == {
                    "/".join(one.split("/")[:3]) for one in tab.asked
                }
                assert tab.refused == []
            await until(lambda: here.sessions() == [])
            # In the same browser it goes on without a word.
            async with browser.tab() as tab:
                await tab.go(here.url)
                await tab.until_shown("question 4 of")
                assert stem(await tab.until_shown("● 3")) == stem(begun)
        await until(lambda: here.sessions() == [])
        # On another computer it goes on with name and word; a page of somebody else's cannot.
        async with chromium.browser() as browser, browser.tab() as tab:
            await come_in(tab, here.url, "on")
            await tab.until_shown("question 4 of")
            assert stem(await tab.until_shown("● 3")) == stem(begun)
            await elsewhere(tab, here.url)
    assert list(here.answers()["Ana"]) != []
    assert len(here.answers()["Ana"]) == 3


async def elsewhere(tab: chromium.Tab, url: str) -> None:
    """A page from elsewhere, in the browser in which somebody has come in, opens the socket."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<title>elsewhere</title>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    async with TestServer(app) as other:
        await tab.go(str(other.make_url("/")))
        await tab.until("document.title == 'elsewhere'")
        await tab.value(
            f"window.told = ''; const one = new WebSocket('{url.replace('http', 'ws')}/ws');"
            "one.onopen = () => { told = 'let in'; }; one.onerror = () => { told = 'refused'; };"
        )
        await tab.until("told")
        assert await tab.value("told") == "refused"


def stem(shown: str) -> str:
    return re.search(r"Which number is question \d+", shown)[0]  # type: ignore[index]


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0.02)
