"""A browser without a window, driven by its own protocol.

What the app draws is read from its socket: on the page it is a picture.
"""

import asyncio
import base64
import json
import shutil
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse

PATIENCE = 30.0
KEYS = {"Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, "\x1b")}


def found() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


class Tab:
    """One tab."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self.asked: list[str] = []
        """The addresses that the page asked for anything."""
        self.refused: list[str] = []
        """What the browser did not load, or complained of."""
        self._screen = pyte.Screen(200, 100)
        self._stream = pyte.ByteStream(self._screen)
        self._told = asyncio.Event()

    async def listen(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            else:
                self._heed(told["method"], told["params"])
            self._told.set()

    def _heed(self, method: str, about: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.asked.append(about["url"])
            self._screen.reset()
        elif method == "Network.webSocketFrameReceived":
            frame = about["response"]
            if frame["opcode"] == 2:
                self._stream.feed(base64.b64decode(frame["payloadData"]))
        elif method == "Runtime.exceptionThrown":
            self.refused.append(json.dumps(about))
        elif method == "Log.entryAdded" and about["entry"]["level"] == "error":
            self.refused.append(about["entry"]["text"])

    async def ask(self, method: str, **about: Any) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": about})
        told = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in told, told
        return dict(told["result"])

    async def go(self, address: str) -> None:
        await self.ask("Page.navigate", url=address)

    async def value(self, script: str) -> Any:
        told = await self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        return told["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until a script says that something is so."""
        async with asyncio.timeout(PATIENCE):
            while not await self.value(script):
                await asyncio.sleep(0.05)

    @property
    def shown(self) -> str:
        """What the app has drawn."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    async def until_shown(self, text: str) -> str:
        """Wait until the app shows a text."""
        try:
            async with asyncio.timeout(PATIENCE):
                while text not in self.shown:
                    self._told.clear()
                    await self._told.wait()
        except TimeoutError:
            raise AssertionError(f"not shown: {text}\n{self.shown}") from None
        return self.shown

    async def press(self, *keys: str) -> None:
        for key in keys:
            name, code, text = KEYS.get(key, (key, ord(key[0].upper()), key))
            about = {"key": name, "windowsVirtualKeyCode": code, "text": text}
            await self.ask("Input.dispatchKeyEvent", type="keyDown", **about)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **about)

    async def press_until(self, key: str, text: str) -> str:
        """Press a key until the app shows what it does: one that comes too early is dropped."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.press(key)
                with suppress(TimeoutError):
                    async with asyncio.timeout(1):
                        return await self.until_shown(text)

    async def picture(self, path: Path) -> None:
        told = await self.ask("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(told["data"]))


class Browser:
    """A browser with profile of its own, as on another computer."""

    def __init__(self, client: ClientSession, port: int) -> None:
        self._client = client
        self._at = f"http://127.0.0.1:{port}/json"

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """A new tab, which is closed at the end."""
        async with self._client.put(f"{self._at}/new?about:blank") as answer:
            about = json.loads(await answer.text())
        async with self._client.ws_connect(about["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            tab = Tab(socket)
            listening = asyncio.create_task(tab.listen())
            try:
                for domain in ("Page", "Network", "Runtime", "Log"):
                    await tab.ask(f"{domain}.enable")
                yield tab
            finally:
                listening.cancel()
                async with self._client.get(f"{self._at}/close/{about['id']}") as answer:
                    await answer.text()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A browser that is open for a while."""
    program = found()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            "--headless=new",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--window-size=1200,800",
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        try:
            told = Path(profile, "DevToolsActivePort")
            async with asyncio.timeout(PATIENCE):
                while not (told.exists() and told.read_text().strip()):
                    await asyncio.sleep(0.05)
            async with ClientSession() as client:
                yield Browser(client, int(told.read_text().splitlines()[0]))
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
