"""Memory: whoever takes one quiz after another needs no more of it for each."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from app.reading import Opened
from app.test_app_story import answer_all
from faults.profile import runs
from textual.widget import Widget

QUIZZES = runs(4, 300)
STATM = Path("/proc/self/statm")


@pytest.fixture
def collecting_by_itself() -> Iterator[None]:
    """As in the program, nothing but the app collects garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def widgets() -> int:
    """How much of all pages is in memory: Textual keeps a bounded rest of what they looked like."""
    return sum(isinstance(one, Widget) for one in gc.get_objects())


@pytest.mark.long
@pytest.mark.usefixtures("collecting_by_itself")
async def test_quizzes_taken_one_after_another_leave_nothing_behind(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        kept = []
        for _ in range(QUIZZES):
            await answer_all(app)
            await app.press("escape", "1", "q")
            kept.append(widgets())
        assert kept[-1] <= 1.5 * kept[1], kept


@pytest.mark.skipif(QUIZZES < 300 or not STATM.exists(), reason="TUTOR_FAULTS=long, on Linux")
@pytest.mark.usefixtures("collecting_by_itself")
async def test_three_hundred_quizzes_need_hardly_more_memory_than_ten(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        pages = []
        for _ in range(QUIZZES):
            await answer_all(app)
            await app.press("escape", "1", "q")
            pages.append(int(STATM.read_text("ascii").split()[1]))
        assert pages[-1] < 1.3 * pages[9], [4 * size for size in pages[::10]]
