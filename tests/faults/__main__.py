"""What faults do to tutor: `python -m tests.faults` runs their tests and prints a table.

`python -m tests.faults times` prints what each reader takes over the size of its file.

Each row is what tests of that fault recorded. `TUTOR_FAULTS=long python -m tests.faults -m ""` runs
each many times; what else is given goes to pytest.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults import table

HERE = Path(__file__).parent
TESTS = (
    HERE,
    *sorted(HERE.parent.glob("terminal/test_kill*.py")),
    HERE.parent / "terminal" / "test_signals.py",
    HERE.parent / "records" / "test_backup.py",
)


def main() -> int:
    """Run the tests of faults, print their table, and return pytest's exit code."""
    if sys.argv[1:] == ["times"]:
        sys.path.insert(0, str(Path(__file__).parents[1]))
        from faults.times import times_table

        print(times_table())
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        os.environ[table.VARIABLE] = str(path)
        code = pytest.main([*map(str, TESTS), *sys.argv[1:]])
        print(f"\n{table.table_of(path)}")
    if code:
        print("Some tests failed: the table lacks what they would have recorded.")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
