"""Runs `tutor`, which gets a signal at a moment: `python signaled.py SIGNAL STEPS FROM ARGUMENTS…`.

That is so many of Python's steps (calls and returns) after a function called FROM is first entered,
which is `main` for the beginning of the program. So each moment can be found again, however busy
the machine is.
"""

import os
import signal
import sys
from types import FrameType

number, left, begin = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
begun = False


def step(frame: FrameType, event: str, _about: object) -> None:
    global begun, left  # noqa: PLW0603
    begun = begun or (event == "call" and frame.f_code.co_name == begin)
    if begun:
        left -= 1
        if left == 0:
            sys.setprofile(None)
            os.kill(os.getpid(), number)


if __name__ == "__main__":
    # Whoever runs the tests in the background has Ctrl-C ignored, and we inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.argv = ["tutor", *sys.argv[4:]]
    from tutor.__main__ import main

    sys.setprofile(step)
    main()
