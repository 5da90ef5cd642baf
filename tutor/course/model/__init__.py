"""What a course is made of: lessons, steps, questions, sources, and the text in them."""

import sys

if "typing_extensions" not in sys.modules:
    # msgspec takes three names from there if it can, and else the same ones from `typing`. Whoever
    # starts without Textual saves a tenth of the time to the first question.
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
