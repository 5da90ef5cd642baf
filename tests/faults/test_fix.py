"""An author's file is never poorer after `check --fix`."""

import re
from collections import Counter

import hypothesis
import pytest
from damaging import damaged_texts
from faults.profile import runs
from faults.table import record_fault
from hypothesis import given, settings
from support import examples, fixed_text

WORD = re.compile(r"""\w+|[^\w\s"'\\]""")
PUT = frozenset(":-|")
ID = re.compile(r"wrote the id `(.*)` below it")
# What says the same in other words is put into ours: the sentence names what was written.
OURS = re.compile(r": (?:wrote (?!the id)|put `|put the text on a line of its own)")


def words(text: str) -> list[str]:
    """The words of a file, and its signs, but for quotes and what may stand before them."""
    return [word for word in WORD.findall(text) if word not in PUT]


def assert_no_word_is_lost(text: str) -> None:
    """Every word stands there after a fix in its order, and no other but the ids it tells of.

    Where words of other programs were put into ours, no word is gone but those that it names.
    """
    mended = fixed_text(text)
    if mended is None:
        return
    assert "left out" not in mended.text or "left out" in text
    if any(OURS.search(said) for said in mended.mends):
        gone = Counter(words(text)) - Counter(words(mended.text))
        named = {word for said in mended.mends for word in words(said)}
        assert {word for word in gone if word.strip("_").isalnum()} <= named
        return
    ids = [word for said in mended.mends for found in ID.findall(said) for word in words(found)]
    ids += ["id"] * sum("wrote the id" in said for said in mended.mends)
    more = list(words(mended.text))
    there = iter(more)
    assert all(word in there for word in words(text))
    for word in [*words(text), *ids]:
        more.remove(word)
    assert more == []


@pytest.mark.parametrize(
    "slip",
    [
        "    - type: open\n    text:   id: why\n      stem: Why?\n",
        "    - type: open\n      id: why\n: The tide rises twice a day.\n",
        "    - type: open\n    -:: type: compare\n      stem: Why?\n",
        "    - type: open\n    *  objective: know\n      stem: Why?\n",
        "    - type: open\n{1:SA:    stem: Why?\n      id: why\n",
    ],
)
@pytest.mark.parametrize("more", ["", "    - type: open\n      stem: Who: me?\n"])
def test_no_word_of_a_slip_is_lost(slip: str, more: str) -> None:
    assert_no_word_is_lost(f"title: T\nquiz:\n  questions:\n{slip}{more}")


@pytest.mark.parametrize("seed", range(runs(1, 25)))
def test_no_word_of_a_damaged_file_is_lost(seed: int) -> None:
    @hypothesis.seed(seed)
    @settings(max_examples=runs(examples(300), 2_000), print_blob=True)
    @given(damaged_texts())
    def holds(text: str) -> None:
        nonlocal tried
        tried += 1
        assert_no_word_is_lost(text)

    tried = 0
    holds()
    record_fault("`check --fix` of a damaged file", "(the difference, before it asks)", runs=tried)
