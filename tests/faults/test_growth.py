"""What every reader costs grows as its file does, whatever the file holds."""

import random
from pathlib import Path

import pytest
from faults.profile import runs
from faults.readers import READERS
from faults.shapes import SHAPES, Shape, random_shape
from faults.table import record_fault
from faults.test_readers import at_most
from support import cpu_seconds, few, growth

from tutor.errors import CannotRead
from tutor.exchange.formats import read_as

BLOCKS = 4
SIZE = 5_000
TIMES = 4
MOST = 2 * TIMES
FLOOR = 0.4
LONGEST = 10.0
TRIES = 3
# The worst of each kind that there ever was.
KNOWN = [
    ("gaps '{{a'", "preview"),
    ("read ' _a'", "preview"),
    ("read '*_'", "preview"),
    ("read '['", "export"),
    ("orders", "preview"),
    ("groups", "export"),
    ("pairs", "export"),
    ("faulty questions", "check"),
    ("raw after  '\"\\n'", "check"),
    ("course.yaml dashes", "course.yaml"),
    ("gift  'a{T}\\n\\n'", "import gift"),
    ("gift short '=a '", "import gift"),
    ("xml cloze '{1:MC:=a~b} '", "import moodle-xml"),
]


def cost(folder: Path, reader: str, shape: Shape, size: int) -> float:
    raw = shape.make(size)
    with at_most(LONGEST):
        return cpu_seconds(lambda: list(READERS[reader](folder, raw)))


def assert_grows_with_size(folder: Path, reader: str, shape: Shape) -> None:
    measured = []
    for _ in range(TRIES):
        less, more = (cost(folder, reader, shape, size) for size in (SIZE, SIZE * TIMES))
        if more < max(FLOOR, MOST * less):
            return
        measured.append(f"{less:.2f} s and {more:.2f} s")
    raise AssertionError(f"{reader}: {shape.name}: {', '.join(measured)}")


@pytest.mark.parametrize("worst", few(KNOWN[4], KNOWN[11], KNOWN[12], more=KNOWN), ids=" ".join)
def test_the_worst_that_was_found_costs_no_more_than_its_size(
    own_home: Path, worst: tuple[str, str]
) -> None:
    name, reader = worst
    shape = next(one for one in SHAPES if one.name == name and reader in one.readers)
    assert_grows_with_size(own_home, reader, shape)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_a_hostile_file_costs_grows_as_it_does(own_home: Path, block: int) -> None:
    count = runs(8, 2_000) // BLOCKS
    for seed in range(block * count, (block + 1) * count):
        chance = random.Random(seed)
        shape = chance.choice(SHAPES) if seed % 2 else random_shape(chance)
        try:
            assert_grows_with_size(own_home, chance.choice(shape.readers), shape)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {shape.name}") from error
    record_fault("readers, of hostile shapes four times as long", "(no longer wait)", runs=count)


def test_emphasis_within_the_same_emphasis_is_left_open_once() -> None:
    def read(size: int) -> None:
        raw = f"[html]{'<b>' * size}What{'</b>' * size} is it? {{T}}".encode()
        imported = read_as("gift", raw)
        assert imported.lesson.quiz is not None
        assert imported.lesson.quiz.questions[0].stem == "**What** is it?"

    read(10)
    assert growth(read, 6_000) < 30


@pytest.mark.long
def test_a_question_torn_into_many_parts_is_put_together_once() -> None:
    def read(size: int) -> None:
        with pytest.raises(CannotRead):
            read_as("gift", b"What? {\n\n" + b"=a\n\n" * size)

    read(10)
    assert growth(read, 400_000) < 30
