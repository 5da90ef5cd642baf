"""Modules that others import and few runs need: loaded when something in them is first used."""

import sys
from _thread import RLock
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

BY_COMMANDS = ("inspect", "ipaddress", "msgspec.inspect", "textwrap")
"""What click, msgspec and `urllib` import for help pages, schemas and odd addresses: a tenth of the
time to the first prompt."""
BY_SCREENS = (
    "asyncio.sslproto",
    "asyncio.staggered",
    "base64",
    "locale",
    "mimetypes",
    "ssl",
    "tokenize",
)
"""What Textual imports for networks and files: a twentieth of the time to the first screen."""
_BUILT_WITHOUT = {"ssl": "_ssl", "asyncio.sslproto": "_ssl"}
"""Modules of which some Pythons lack a part: there whoever imports them is told so at once."""


def put_off(names: tuple[str, ...]) -> None:
    """Have modules loaded at their first use."""
    for name in names:
        part = _BUILT_WITHOUT.get(name)
        if name not in sys.modules and (part is None or find_spec(part) is not None):
            _put_off(name)


def _put_off(name: str) -> None:
    # `importlib.util.LazyLoader` would not do: until Python 3.12 `import` itself counts as a use.
    spec = _spec_of(name)
    if spec is None or spec.loader is None:
        return
    module, loader = module_from_spec(spec), spec.loader
    lock, loads = RLock(), False

    def load(attribute: str) -> Any:
        nonlocal loads
        with lock:  # another thread waits here for the whole module
            if module.__dict__.get("__getattr__") is load:
                if loads:  # asked for by the module itself
                    raise AttributeError(f"module {name!r} has no attribute {attribute!r}")
                loads = True
                try:
                    loader.exec_module(module)
                finally:
                    loads = False
                if module.__dict__["__getattr__"] is load:
                    del module.__dict__["__getattr__"]
        return getattr(module, attribute)

    module.__dict__["__getattr__"] = load  # asked for what a module has not: all, before it is read
    sys.modules[name] = module


def _spec_of(name: str) -> ModuleSpec | None:
    """Where a module is found, without loading the package that it is in."""
    package = name.rpartition(".")[0]
    if not package:
        return find_spec(name)
    found = find_spec(package)
    return None if found is None else PathFinder.find_spec(name, found.submodule_search_locations)
