"""Where the program begins: `tutor`, or `python -m tutor`."""

import gc

# Starting makes tens of thousands of objects that stay: looking through them for garbage again
# and again would cost a sixth of the time to the first prompt.
gc.set_threshold(50_000)

from tutor.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
