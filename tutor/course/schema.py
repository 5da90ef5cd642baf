"""The JSON Schema of lesson, course and source files, generated from the model."""

from functools import cache
from typing import Any

import msgspec


@cache
def schema_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The schema of one struct, with the definitions it needs in `$defs`."""
    return msgspec.json.schema(kind)
