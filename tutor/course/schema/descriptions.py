"""What each key of a file is for, in the words of the model's own docstrings.

A description could also stand with each field, as `msgspec.Meta`; but then it would be built every
time the program starts, for the few times that somebody asks for the schema.
"""

import inspect
import re

from msgspec import Struct

from tutor.course.model import course, questions, sources, steps

STRUCTS: dict[str, type[Struct]] = {
    one.__name__: one
    for module in (questions, steps, sources, course)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, Struct) and one is not Struct
}
"""Everything that a file is made of, by the name it has in the schema."""

# A field of an `Attributes:` section: a line, and the lines below it that are indented further.
_FIELD = re.compile(r"^    (\w+): (.*(?:\n {8,}.*)*)", re.MULTILINE)


def of_struct(kind: type[Struct]) -> str:
    """What a kind of thing is: the first line of its docstring."""
    return inspect.cleandoc(kind.__doc__ or "").partition("\n")[0]


def of_keys(kind: type[Struct]) -> dict[str, str]:
    """What its keys are for, as files spell them; its own docstring goes before its bases'."""
    keys = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    said: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base in STRUCTS.values():
            said |= _attributes(base.__doc__ or "")
    return {keys[name]: text for name, text in said.items() if name in keys}


def _attributes(docstring: str) -> dict[str, str]:
    section = inspect.cleandoc(docstring).partition("Attributes:\n")[2]
    return {name: " ".join(text.split()) for name, text in _FIELD.findall(section)}
