"""The README's key table, made from what the bindings say: `python -m tests.keys` rewrites it."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

import tutor.app
from tutor.app.key_signs import key_sign

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"
WHERE = {
    "app": "everywhere",
    "page": "pages",
    "home": "home",
    "list": "lists",
    "lesson": "lesson",
    "outline": "outline",
    "settings": "settings",
    "reading": "what scrolls",
    "question": "question",
    "debate": "debate",
    "quiz": "quiz",
    "test": "test",
    "results": "results",
    "progress": "progress",
    "board": "progress, all at once",
    "part": "a part of progress",
    "search": "search",
    "writing": "writing",
    "preview": "preview",
    "report": "report",
    "margin": "panel",
}
_NUMBERED = re.compile(r"-\d$")


def table() -> str:
    """The table: keys, where they work, what they do, the name under which they are changed."""
    rows: dict[str, tuple[list[str], str]] = {}
    for binding in sorted(_bindings(), key=lambda one: _rank(one.id or "")):
        assert binding.id
        number = key_sign(binding.key)
        alike = bool(_NUMBERED.search(binding.id)) and binding.tooltip.endswith(number)
        name = _NUMBERED.sub("-1` … `-9", binding.id) if alike else binding.id
        about = binding.tooltip.removesuffix(number) + "…" if alike else binding.tooltip
        keys, _ = rows.setdefault(name, ([], about))
        keys += [sign for key in binding.key.split(",") if (sign := key_sign(key)) not in keys]
    lines = ["| keys | where | what it does | name |", "| --- | --- | --- | --- |"]
    for name, (keys, about) in rows.items():
        shown = f"`{keys[0]}` … `{keys[-1]}`" if "…" in name else " ".join(map(_code, keys))
        lines.append(f"| {shown} | {WHERE[name.partition('.')[0]]} | {about} | `{name}` |")
    return "\n".join(lines) + "\n"


def written() -> str:
    """What the README has between its marks."""
    _, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    return rest.partition(END)[0]


def _bindings() -> Iterator[Binding]:
    """Every binding of the pages that says what it does; dialogs say theirs at their foot."""
    for module in pkgutil.walk_packages(tutor.app.__path__, "tutor.app."):
        for kind in vars(importlib.import_module(module.name)).values():
            is_ours = isinstance(kind, type) and kind.__module__ == module.name
            if is_ours and issubclass(kind, DOMNode):
                for binding in vars(kind).get("BINDINGS", ()):
                    if binding.tooltip and binding.id.partition(".")[0] in WHERE:
                        yield binding


def _rank(name: str) -> int:
    return list(WHERE).index(name.partition(".")[0])


def _code(sign: str) -> str:
    return f"`{sign}`"


def rewrite() -> None:
    """Put the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
