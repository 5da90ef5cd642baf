"""The keys: each is named once and explained, and the README says what the app says."""

import re

from keys import table, written

from tutor.app.key_changes import bindings


def test_the_readme_lists_the_keys_that_there_are() -> None:
    assert written() == table(), "run `python -m tests.keys`"


def test_every_key_says_where_it_works_and_what_it_does() -> None:
    rows = table().splitlines()[2:]
    assert len(rows) > 40
    for row in rows:
        assert re.fullmatch(
            r"\| .*`.+` \| [a-z, ]+ \| [A-Z].* \| `[a-z]+\.[a-z0-9-]+`( … `-9`)? \|", row
        ), row


def test_beside_each_letter_is_a_key_that_every_layout_has() -> None:
    alone = [
        one.id
        for one in bindings()
        if (keys := one.key.split(",")) and all(len(key) == 1 and key.isalpha() for key in keys)
    ]
    assert alone == []
