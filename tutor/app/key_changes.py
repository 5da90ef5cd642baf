"""The names under which keys are changed, and what speaks against a change."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

import tutor.app
from tutor.course.text import did_you_mean
from tutor.errors import UsageError

_EVERYWHERE = ("app", "page")


def bindings() -> Iterator[Binding]:
    """Every binding of the app that has a name."""
    for module in pkgutil.walk_packages(tutor.app.__path__, "tutor.app."):
        for kind in vars(importlib.import_module(module.name)).values():
            is_ours = isinstance(kind, type) and kind.__module__ == module.name
            if is_ours and issubclass(kind, DOMNode):
                for binding in vars(kind).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        yield binding


def look_at_keys(changed: Mapping[str, str]) -> list[str]:
    """Look at keys that are to be changed.

    Args:
        changed: The new keys, by the names of what they do.

    Returns:
        A sentence for each new key that does something else in the same place.

    Raises:
        UsageError: Nothing has such a name.
    """
    keys = {str(binding.id): binding.key for binding in bindings()}
    for name in changed:
        if name not in keys:
            remedy = did_you_mean(name, keys, "The help screen (?) shows the names.")
            raise UsageError(f"No key is named `{name}`.", remedy)
    return [
        f"`{key}` is also the key of `{other}`: one of the two will not work."
        for name, new in changed.items()
        for key in re.split(r"[,\s]+", new)
        for other, its_keys in (keys | dict(changed)).items()
        if other != name and _may_meet(name, other) and key in its_keys.split(",")
    ]


def _may_meet(name: str, other: str) -> bool:
    """Whether two keys can be wanted at the same moment."""
    places = {name.partition(".")[0], other.partition(".")[0]}
    return len(places) == 1 or any(place in _EVERYWHERE for place in places)
