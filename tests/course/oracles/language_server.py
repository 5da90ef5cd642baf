"""A talk with yaml-language-server as an editor has it, over standard input and output."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

SERVER = os.environ.get("TUTOR_YAML_LS") or shutil.which("yaml-language-server") or ""
"""The language server's program; empty where there is none."""

_PATIENCE = 120
"""Seconds after which a server that says nothing is given up."""


class Editor:
    """An editor; each of its files names its schema in the first line."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._asked = 0
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": _CAPABILITIES})
        self._tell("initialized", {})
        settings = {
            "schemaStore": {"enable": False},  # it would be fetched
            "completion": True,
            "hover": True,
            "validate": True,
        }
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def open(self, uri: str, text: str) -> list[dict[str, Any]]:
        """Open a file and wait for what is underlined in it."""
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": item})
        said = self._wait(
            lambda said: (
                said.get("method") == "textDocument/publishDiagnostics"
                and said["params"]["uri"] == uri
            )
        )
        found: list[dict[str, Any]] = said["params"]["diagnostics"]
        return found

    def completions(self, uri: str, line: int, column: int) -> list[dict[str, Any]]:
        """What the editor offers at a place."""
        found = self._ask("textDocument/completion", _place(uri, line, column))
        return found["items"] if isinstance(found, dict) else found or []

    def hover(self, uri: str, line: int, column: int) -> str:
        """What the editor says about a place."""
        found = self._ask("textDocument/hover", _place(uri, line, column))
        return found["contents"]["value"] if found else ""

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        number = self._asked
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self._wait(lambda said: said.get("id") == number and "method" not in said)["result"]

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._server.stdin is not None
        body = json.dumps(message).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            said = self._read()
            if "method" in said and "id" in said:  # the server asks; we know nothing
                params = said.get("params") or {}
                nothing = [None] * len(params["items"]) if "items" in params else None
                self._write({"jsonrpc": "2.0", "id": said["id"], "result": nothing})
            if wanted(said):
                return said

    def _read(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        length = 0
        while (line := self._server.stdout.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has stopped"
        said: dict[str, Any] = json.loads(self._server.stdout.read(length))
        return said


_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": False, "didChangeConfiguration": {}},
}


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}


@contextmanager
def editor() -> Iterator[Editor]:
    """Start the language server, and end it."""
    command = [SERVER, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        overdue = Timer(_PATIENCE, server.kill)
        overdue.start()
        try:
            yield Editor(server)
        finally:
            overdue.cancel()
            server.kill()
