"""What faults do to tutor: `python -m tests.faults` runs their tests and prints a table.

Each row is what tests of that fault recorded. `TUTOR_FAULTS=long python -m tests.faults -m ""` runs
each many times; what else is given goes to pytest.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults import table


def main() -> int:
    """Run the tests of faults, print their table, and return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        os.environ[table.VARIABLE] = str(path)
        code = pytest.main([str(Path(__file__).parent), *sys.argv[1:]])
        print(f"\n{table.table_of(path)}")
    if code:
        print("Some tests failed: the table lacks what they would have recorded.")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
