"""Packages with accidents: whatever bytes they hold, they are read, or refused in words."""

import random
import re
import time
from pathlib import Path

import pytest
from exchange.test_anki_reading import database
from exchange.test_anki_reading import packed as deck
from exchange.test_qti_reading import declared, item_2
from exchange.test_qti_reading import packed as package

from tutor.course.writer import write_lesson
from tutor.errors import TutorError
from tutor.exchange.formats import read_as, recognize

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ITEM = item_2(
    '<p>What falls?</p><p><textEntryInteraction responseIdentifier="R"/></p>',
    declared("tide", base="string"),
)
WHOLE = {"anki": deck(), "qti": package(one=ITEM, two=ITEM)}
BLOCKS = 4
EACH = 500


def with_accidents(raw: bytes, chance: random.Random) -> bytes:
    """Bytes of which a few were changed, lost, doubled or put elsewhere."""
    made = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randrange(1, 200)]
            case 2:
                made[at:at] = made[at : at + chance.randrange(1, 200)]
            case _:
                made[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 8)))
    return bytes(made)


@pytest.mark.long
@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("inside", ["archive", "file"])
@pytest.mark.parametrize("form", list(WHOLE))
def test_a_package_with_accidents(form: str, inside: str, block: int) -> None:
    chance = random.Random(f"{form} {inside} {block}")
    for _ in range(EACH):
        raw = with_accidents(WHOLE[form], chance)
        if inside == "file":
            broken = with_accidents(database() if form == "anki" else ITEM.encode(), chance)
            text = broken.decode("utf-8", "replace")
            raw = deck(raw=broken) if form == "anki" else package(one=text)
        began = time.process_time()
        try:
            recognize(Path("bank.zip"), raw)
            imported = read_as(form, raw)
            said = write_lesson(imported.lesson, imported.notes) + "".join(imported.left_out)
        except TutorError as error:
            said = f"{error.title}{error.remedy}"
        assert CONTROL.search(said) is None
        assert time.process_time() - began < 5
