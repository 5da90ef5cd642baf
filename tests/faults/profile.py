"""How much the tests of faults try: little each time, much where `TUTOR_FAULTS` is `long`."""

import os


def runs(few: int, many: int) -> int:
    """So many runs of a test: few, or many where they were asked for."""
    return many if os.environ.get("TUTOR_FAULTS") == "long" else few
