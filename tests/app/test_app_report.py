"""The report in the app: what to talk about, the gradebook, names hidden with a key."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from app.reading import Opened
from class_of import handed_in
from support import StepClock, few

from tutor.app.report import ReportApp
from tutor.classroom.received.class_results import Gathered, gather
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.folder_watch import FolderWatch, LiveClass
from tutor.classroom.received.hand_in_search import Received, SetAside
from tutor.classroom.received.roster import Member, Roster
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

NAMES = ("Ana Quill", "Ben Ruiz")


@pytest.fixture
def gathered(study: Study, tmp_path: Path) -> Gathered:
    found: list[Received | SetAside] = [SetAside("cut.tutor", "is cut off")]
    for name in NAMES:
        with open_records(tmp_path / name, StepClock()) as store:
            learner = Study(store, Library(store, tmp_path), name, seed=lambda: 7)
            found.append(Received(f"{name}.tutor", handed_in(learner, name, right=False)))
    roster = Roster(tuple(Member(name) for name in (*NAMES, "Cai Otto")), ("Ben Ruiz",), ("Name",))
    made = [one.hand_in for one in found if isinstance(one, Received)]
    study.library.remember(study.library.find(str(_every()))[0])
    here = course_of(study, made[0])
    return gather(found, lambda _: here, roster)


def _every() -> Path:
    from support import EVERY

    return EVERY


@pytest.fixture
def opened(study: Study, gathered: Gathered) -> Callable[..., Opened]:
    def go(size: tuple[int, int] = (120, 40), *, names: bool = True) -> Opened:
        return Opened(ReportApp(study, gathered, names=names), size)

    return go


def none_in(text: str, names: Sequence[str]) -> bool:
    return not any(name in text for name in names)


@pytest.mark.parametrize("size", few((120, 40), more=[(80, 24)]))
async def test_a_key_hides_all_names(opened: Callable[..., Opened], size: tuple[int, int]) -> None:
    async with opened(size) as app:
        assert "2 of 3 handed in" in app.text
        assert "Cai Otto" in app.text
        assert "Talk about" in app.text
        await app.press("h")
        assert none_in(app.text, (*NAMES, "Cai Otto", "cut.tutor"))
        assert "missing 1" in app.text
        await app.press("h")
        assert "Cai Otto" in app.text


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24), (120, 40)]))
async def test_what_was_read_of_the_roster_is_on_the_page(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened(size) as app:
        assert "roster 3 names, from the column Name." in app.text
        assert "“Ben Ruiz” stands on the roster more than once" in app.text
        await app.press("h")
        assert "A name stands on the roster more than once" in app.text
        assert none_in(app.text, NAMES)


@pytest.mark.long
async def test_the_gradebook_stands_beside(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        for name in NAMES:
            assert name in app.text
        assert "Gradebook" in app.text
        await app.press("h")
        assert "names hidden" in app.text
        assert "90 to 100%" in app.text


@pytest.mark.long
async def test_names_are_hidden_unless_asked_for(opened: Callable[..., Opened]) -> None:
    async with opened(names=False) as app:
        assert none_in(app.text, NAMES)
        assert "show names" in app.text


@pytest.mark.long
async def test_a_question_opens_with_its_answers(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("enter")
        assert "right, asked of 2" in app.text
        await app.press("escape")
        assert "right, asked of 2" not in app.text


async def test_enter_opens_no_question_that_is_out_of_view(opened: Callable[..., Opened]) -> None:
    async with opened((60, 14)) as app:
        await app.press("end", "enter")
        assert "right, asked of 2" not in app.text
        assert "▌" in app.text
        await app.press("pagedown", "home")
        assert "on average" in app.text
        await app.press("enter")
        assert "right, asked of 2" in app.text


async def test_feedback_and_report_are_written_from_here(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("f", "enter")
        assert "Feedback for 2 learners is in" in app.text
        assert len(list(Path("feedback").iterdir())) == 4
        await app.press("x", "enter")
        assert "Ana Quill" in Path("report.html").read_text()
        for key in "fx":
            await app.press(key, *["backspace"] * 20, *"~nosuch/a", "enter")
            assert "~nosuch/a names a home folder that is not known here" in app.dialog
            await app.press("escape")


async def test_right_answers_to_a_test_before_are_told_only_where_one_says_so(
    opened: Callable[..., Opened],
) -> None:
    async with opened((80, 24)) as app:
        await app.press("f")
        assert "Right answers are kept back: nobody has sat a test after" in app.text
        assert "tab tell them" in app.text
        await app.press("enter")
        assert "kept back until" in _page_of("feedback")
        await app.press("f", "tab")
        assert "It tells the right answers" in app.text
        await app.press("2", "enter")
        assert "kept back until" not in _page_of("feedback2")


def _page_of(folder: str) -> str:
    return next(Path(folder).glob("*.html")).read_text()


async def test_what_is_handed_in_meanwhile_is_shown(study: Study, gathered: Gathered) -> None:
    class Handing(LiveClass):
        def gathered(self) -> Gathered:
            return gathered

    watch = FolderWatch([Path("in")], clock=iter(range(0, 99, 9)).__next__)
    nothing = gather([], lambda _: None, gathered.roster)
    live = Handing(watch, lambda _: None, None)
    async with Opened(ReportApp(study, nothing, names=True, live=live), (120, 40)) as app:
        assert "0 of 3 handed in" in app.text
        Path("in").mkdir()
        Path("in/ana.tutor").write_text("whatever")
        assert isinstance(app.app, ReportApp)
        app.app.call_later(app.app.look)
        await app.press("s")
        assert "2 of 3 handed in; every question answered" in app.text
        assert NAMES[0] in app.text
        assert "Talk about" in app.text
