"""Modules that others import and few runs need: loaded when something in them is first used."""

import sys
from importlib.util import find_spec, module_from_spec
from typing import Any

_SELDOM_USED = ("inspect", "ipaddress", "textwrap")
"""What click, msgspec and `urllib` import for help pages, schemas and odd addresses: a tenth of the
time to the first prompt."""


def put_off() -> None:
    """Have these modules loaded at their first use."""
    for name in _SELDOM_USED:
        if name not in sys.modules:
            _put_off(name)


def _put_off(name: str) -> None:
    # `importlib.util.LazyLoader` would not do: until Python 3.12 `import` itself counts as a use.
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    module, loader = module_from_spec(spec), spec.loader

    def load(attribute: str) -> Any:
        del module.__dict__["__getattr__"]
        loader.exec_module(module)
        return getattr(module, attribute)

    module.__dict__["__getattr__"] = load  # asked for what a module has not: all, before it is read
    sys.modules[name] = module
