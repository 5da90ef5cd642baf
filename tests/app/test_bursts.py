"""Keys that arrive together: as if they had come slowly, but for what nobody could have meant."""

import random
from typing import Any

import pytest
from app.every_type import opened_at, responses
from support import examples

from tutor.course.model.course import Course
from tutor.study import Study

KEY_NAMES = {
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "?": "question_mark",
}
MODES = ("quiz", "lesson", "test")
ANSWERS = {
    "choice": [["2", "enter"], ["down", "up", "3", "enter"]],
    "true_false": [["1", "enter"], ["2", "enter"]],
    "multiple": [["1", "3", "enter"], ["space", "down", "space", "1", "enter"]],
    "number": [["4", "9", "backspace", "8", "enter"], ["1", "2", "left", "8", "enter"]],
    "text": [[*"gax", "backspace", *"mma", "enter"], [*"eb", "space", "backspace", "b", "enter"]],
    "order": [["space", "down", "space", "enter"], ["enter", "enter"], ["3", "[", "[", "enter"]],
    "match": [["1", "2", "3", "enter"], ["right", "down", "left", "3", "2", "1", "enter"]],
    "sort": [["1", "2", "1", "2", "enter"], ["2", "up", "1", "2", "2", "2", "enter"]],
    "gaps": [[*"two", "enter", *"dax", "backspace", "y", "enter"], [*"2", "tab", *"day", "enter"]],
    "open": [[*"ab", "enter", "c", "ctrl+s", "1", "2", "1", "enter"]],
}
ONWARD = [["enter"], ["enter", "enter"], ["ctrl+n"], ["right"], ["1", "enter"], ["h"]]
STRAY = (
    *["enter", "up", "down", "left", "right", "space", "backspace", "tab", "escape"],
    *["1", "2", "4", "n", "h", "e", "r", "g", "s", "a", "f3", "N", "?", "]", "pagedown"],
    *["ctrl+s", "ctrl+n", "ctrl+b"],
)


def a_burst(seed: int) -> tuple[str, str, list[str]]:
    """An answer, some keys to go on with and perhaps one more answer; here and there a slip."""
    draw = random.Random(seed)
    mode, kind = draw.choice(MODES), draw.choice(list(ANSWERS))
    parts = [ANSWERS[kind], ONWARD, ONWARD, ANSWERS[draw.choice(list(ANSWERS))], ONWARD]
    keys = [key for part in parts[: draw.randint(1, 5)] for key in draw.choice(part)]
    for _ in range(draw.randint(0, 3)):
        keys.insert(draw.randint(0, len(keys)), draw.choice(STRAY))
    return mode, kind, [KEY_NAMES.get(key, key) for key in keys]


async def compare(study: Study, course: Course, seed: int) -> None:
    mode, kind, keys = a_burst(seed)
    slow, fast = study.for_learner(f"slow {seed}"), study.for_learner(f"fast {seed}")
    async with opened_at(slow, course, mode, kind) as app:
        await app.press(*keys)
    async with opened_at(fast, course, mode, kind) as app:
        await app.burst(*keys)
    given = responses(fast)
    said = f"seed {seed}, {kind} in a {mode}: {' '.join(keys)}"
    assert given == responses(slow)[: len(given)], said


@pytest.mark.long
@pytest.mark.parametrize("first", [0])
async def test_a_burst_gives_the_first_responses_of_the_same_keys_slowly(
    study: Study, tides: Course, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Study, "personal_seed", lambda _: 7)
    for seed in range(first, first + 4):
        await compare(study, tides, seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 3000, 50))
async def test_many_bursts_do(
    study: Study, tides: Course, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 bursts; 2,000 with `--hypothesis-profile=thorough`."""
    monkeypatch.setattr(Study, "personal_seed", lambda _: 7)
    for seed in range(first, first + examples(5)):
        await compare(study, tides, seed)


@pytest.mark.parametrize(
    ("mode", "kind", "keys", "given"),
    [
        ("quiz", "true_false", "1 enter ctrl+n", [("twice", True)]),
        ("quiz", "choice", "1 enter ctrl+n 2 enter", [("pull", 0)]),
        ("quiz", "number", "4 9 backspace 8 enter", [("hours", "48")]),
        ("quiz", "text", "g a x backspace m m a enter", [("word", "gamma")]),
        ("quiz", "text", "g a m m a enter enter x enter", [("word", "gamma")]),
        ("test", "true_false", "2 enter 1 enter", [("twice", False)]),
        ("lesson", "true_false", "2 enter right 4 8 enter", [("step-twice", False)]),
        ("quiz", "order", "enter enter", []),
        ("quiz", "order", "enter enter enter down enter", []),
        ("quiz", "true_false", "ctrl+n 1 enter 2 enter h ctrl+n", []),
    ],
)
async def test_what_a_burst_gives(
    study: Study, tides: Course, mode: str, kind: str, keys: str, given: list[tuple[str, Any]]
) -> None:
    async with opened_at(study, tides, mode, kind) as app:
        await app.burst(*keys.split())
    question, response = given[0] if given else ("", None)
    if response == 0:
        assert [name for name, _ in responses(study)] == [question]
    else:
        assert responses(study) == given


async def test_a_hint_is_not_taken_for_a_question_that_is_answered(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "choice") as app:
        await app.burst("2", "enter", "h")
        assert "Hint 1" not in app.text


async def test_the_verdict_is_still_there_after_four_enters_at_once(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "true_false") as app:
        await app.burst("1", "enter", "enter", "enter", "enter")
        assert "Right." in app.text
