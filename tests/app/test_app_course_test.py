"""A test sat in the app: silent until its end, open to change until then."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from app.reading import Opened
from support import StepClock, read_to

from tutor.app.app import TutorApp
from tutor.app.dialogs.before_test import AboutTest, BeforeTest
from tutor.app.screens.course_test import SittingPage
from tutor.classroom.hand_in.file import read
from tutor.course.model.course import Course
from tutor.progress.before_test import about_test
from tutor.progress.results import reopened
from tutor.records.progress import finished
from tutor.study import Start, Study


@pytest.fixture
def tested(small: Course, tmp_path: Path, study: Study) -> Course:
    folder = tmp_path / "small"
    path = folder / "course.yaml"
    text = path.read_text(encoding="utf-8")
    extra = "test: {per_objective: 2}\npaths:\n  short: [asks.yaml]\n"
    path.write_text(text + extra, encoding="utf-8")
    return study.library.course_at(folder)


@pytest.fixture
def sitting(study: Study, tested: Course) -> Callable[..., Opened]:
    def go(minutes: int | None = None, size: tuple[int, int] = (80, 24)) -> Opened:
        return Opened(TutorApp(study, Start(course=tested, test=True, minutes=minutes)), size)

    return go


RIGHT = {
    "Which comes first?": "Notice",
    "How long is a hold asked for?": "Two days",
    "Counted from when?": "Release",
}


async def answer(app: Opened, *, wrong: str = "") -> None:
    for stem, option in RIGHT.items():
        if stem in app.text:
            await app.choose(wrong if wrong and wrong in app.text else option)
            return
    raise AssertionError(app.text)


async def answer_all(app: Opened) -> None:
    for _ in RIGHT:
        await answer(app)


@pytest.fixture
def class_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where whoever serves a class takes what its browsers hand in."""
    folder = tmp_path / "handed-in"
    folder.mkdir()
    monkeypatch.setenv("TUTOR_HAND_IN", str(folder))
    return folder


async def test_in_a_browser_results_go_straight_to_the_teacher(
    sitting: Callable[..., Opened], class_folder: Path
) -> None:
    async with sitting() as app:
        await answer_all(app)
        await app.press("enter", "h")
        assert "Hand in to your teacher?" in app.dialog
        assert "The name: Ana." in app.dialog
        await app.press("escape")
        assert list(class_folder.iterdir()) == []
        await app.press("h", "enter")
        assert "Your teacher has it now." in app.text
    (file,) = class_folder.iterdir()
    assert read(file.read_bytes()).learner == "Ana"


async def test_in_a_class_a_test_is_handed_in_with_one_enter_there_and_at_home(
    sitting: Callable[..., Opened], class_folder: Path
) -> None:
    async with sitting() as app:
        await answer_all(app)
        await app.press("enter")
        assert "▌ Hand in your results" in " ".join(app.text.split())
        await app.press("escape")
        assert "Hand in your test your teacher waits for it" in " ".join(app.text.split())
        await app.press("home", "enter")
        assert "Hand in to your teacher?" in app.dialog
        await app.press("enter")
        assert "Your teacher has it now." in app.text
        assert "your teacher waits for it" not in app.text
    assert len(list(class_folder.iterdir())) == 1


async def test_who_is_in_no_class_is_not_told_at_home_to_hand_in(
    sitting: Callable[..., Opened],
) -> None:
    async with sitting() as app:
        await answer_all(app)
        await app.press("enter")
        assert "▌ Hand in" not in " ".join(app.text.split())
        await app.press("escape")
        assert "Hand in" not in app.text


async def test_who_has_no_name_is_asked_for_one_before_handing_in(
    sitting: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "Ana")  # the records know only the name of the account
    async with sitting() as app:
        await answer_all(app)
        await app.press("enter", "h")
        assert "Your name, as your teacher knows it" in app.dialog
        assert "Without one, your results come from “learner-" in app.dialog
        await app.press("escape")
        assert "Your name, as" not in app.text
        await app.press("h", "enter")
        assert "The name: learner-" in app.text
        await app.press("escape", "h", *"Ruiz")
        await app.press("enter")
        assert "The name: Ruiz." in app.text


async def test_results_are_handed_in_where_the_test_ends(sitting: Callable[..., Opened]) -> None:
    async with sitting() as app:
        await answer_all(app)
        await app.press("enter")
        assert "Hand in" in app.text
        await app.press("h")
        assert "The name: Ana." in app.text
        assert "Not in it: reflections, notes" in app.text
        await app.press("enter")
        file = next(Path().glob("small-test_ana_*.tutor"))
        assert read(file.read_bytes()).learner == "Ana"
        assert "Give this file to your teacher" in app.text


async def test_nothing_is_told_before_the_end(sitting: Callable[..., Opened]) -> None:
    async with sitting() as app:
        assert "Test: A small course" in app.text
        for _ in range(3):
            await answer(app, wrong="Transfer")
            assert "ight." not in app.text
        assert "All questions are answered." in app.text
        await app.press("enter")
        assert "This is where you start. " in app.text
        assert "2 of 3 points · nothing to pass" in app.text
        assert "What a detainer asks for 2 of 3" in app.text


@pytest.mark.long
async def test_an_answer_can_be_changed_until_the_end(sitting: Callable[..., Opened]) -> None:
    async with sitting() as app:
        for _ in range(3):
            await answer(app, wrong="Transfer")
        await app.press("left")
        for _ in range(2):
            await app.press("left")
        await answer_all(app)
        await app.press("enter")
        assert "3 of 3 points · nothing to pass" in app.text


async def test_what_is_open_at_the_end_is_said_and_earns_nothing(
    sitting: Callable[..., Opened],
) -> None:
    async with sitting() as app:
        await answer(app)
        await app.press("e")
        assert "Questions 2 and 3 are still open." in app.text
        await app.press("left")
        assert "question 2 of 3" in app.text
        await app.press("e", "enter")
        assert "1 of 3" in app.text


async def test_a_test_left_goes_on_where_it_was(sitting: Callable[..., Opened]) -> None:
    async with sitting() as app:
        await answer(app)
        assert "question 2 of 3" in app.text
        await app.press("escape")
        assert "The test stays open: you go on where you left it." in app.text
        await app.press("t")
        assert "The test before the lessons is under way." in app.dialog
        assert "It goes on where you left it: 1 of 3 answered." in app.dialog
        await app.press("enter")
        assert "question 2 of 3" in app.text


async def test_a_test_says_what_it_is_before_it_begins(study: Study, tested: Course) -> None:
    async with Opened(TutorApp(study, Start(course=tested)), (80, 24)) as app:
        await app.press("t")
        assert "Test: A small course" in app.text
        assert "3 questions about 1 lesson; take as long as you like." in app.dialog
        assert "Feedback comes only at the end" in app.dialog
        assert "The right answers are kept back until a test after the lessons." in app.dialog
        assert "This is the test before the lessons: it shows where you start." in app.dialog
        assert "under way" not in app.text
        await app.press("escape")
        assert "Test first" in app.text
        assert study.test_under_way(tested) is None
        await app.press("t")
        await app.click_on("begin")
        assert "question 1 of 3" in app.text
        await app.press("h")
        assert "A test gives no hints." in app.text


async def test_home_tells_how_the_tests_went_and_what_was_learned(
    sitting: Callable[..., Opened],
) -> None:
    for wrong in ("Transfer", ""):
        async with sitting() as app:
            for _ in range(3):
                await answer(app, wrong=wrong)
            await app.press("enter")
            if not wrong:
                assert "✓ All 3 right" in app.text
                assert "100%, from 67%: all of what was missing before is right now." in app.text
            await app.press("escape")
            assert ("67% before, 100% after" in app.text) is not bool(wrong)
            await app.press("t")
            assert "This is a later test. Before the lessons you had 67%" in app.dialog


async def test_when_time_is_up_the_results_come(
    sitting: Callable[..., Opened], clock: StepClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The screen looks at the clock by itself as well; here it does so when something is answered.
    monkeypatch.setattr("tutor.app.screens.course_test._LOOK_AT_CLOCK", 3600)
    async with sitting(minutes=5) as app:
        assert "min left" in app.text
        await answer(app)
        clock.leap = 400
        await answer(app)
        assert "Time is up. What you had answered counts." in app.text
        assert "1 of 3" in app.text


async def test_a_path_narrows_the_course_and_its_test(study: Study, tested: Course) -> None:
    async with Opened(TutorApp(study, Start(course=tested)), (80, 24)) as app:
        await app.press("tab")
        assert "Test first" in app.text
        assert "The argument from one" in app.text
        await app.press("w", "down", "enter", "tab")
        assert "Lessons: short" in app.text
        assert "The argument from one" in app.text.partition("More lessons, beside the path")[2]
        await app.press("t")
        assert "Test: short" in app.text
        await app.press("escape", "w")
        assert "everything" in app.text
        assert "short (now) 1 lesson · 8 min · 1" in app.dialog


async def test_a_path_with_every_lesson_stands_for_everything(study: Study, tested: Course) -> None:
    whole = {"short": ("asks",), "long": tuple(one.id for one in tested.lessons)}
    course = msgspec.structs.replace(tested, paths=whole)
    async with Opened(TutorApp(study, Start(course=course)), (80, 24)) as app:
        await app.press("w")
        assert "long" in app.text
        assert "everything" not in app.text


@pytest.mark.long
async def test_who_leaves_a_timed_test_is_told_that_the_clock_goes_on(
    sitting: Callable[..., Opened], study: Study, tested: Course, clock: StepClock
) -> None:
    clock.leap = 0
    async with sitting(minutes=5) as app:
        page = app.app.screen
        assert isinstance(page, SittingPage)
        await answer(app)
        await app.press("escape")
        assert "The test stays open, but its clock goes on: 5 minutes are left." in app.text
        await app.press("t")
        assert "5 minutes are left; the clock goes on while you are away." in app.dialog
        await app.press("escape")
        clock.leap = 400
        await page.look_at_clock()  # as it does now and then: it still lies under the other pages
        await app.press("t")
        assert "Time is up. 1 of 3 answered: that counts." in app.dialog
        assert "↵ see the result" in app.dialog
        await app.press("enter")
        assert "Time is up. What you had answered counts." in app.text
        assert "1 of 3" in app.text
    assert study.test_under_way(tested) is None


async def test_the_end_of_a_test_leads_to_what_is_still_open(
    sitting: Callable[..., Opened],
) -> None:
    async with sitting() as app:
        await app.press("ctrl+n")
        await answer(app)
        await answer(app)
        assert "Question 1 is still open." in app.text
        assert "← question 1" in app.text
        await app.press("left")
        assert "question 1 of 3" in app.text
        await answer(app)
        assert "All questions are answered." in app.text


async def test_how_much_is_read_is_said_before_a_test(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    lesson = study.lesson(tested.lessons[0])
    for step in range(len(lesson.steps)):
        study.move_to(tested, lesson, step)
    async with Opened(TutorApp(study, Start(course=tested)), (80, 24)) as app:
        await app.press("t")
        assert "This is your first test: it shows what you know now." in app.dialog
        assert "the test before the lessons" not in app.dialog
        assert "kept back until the next test" in app.dialog


async def test_a_first_test_after_lessons_is_nowhere_called_the_one_before(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    study.move_to(tested, study.lesson(tested.lessons[0]), 0)
    home = TutorApp(study, Start(course=tested))
    async with Opened(home, (120, 40)) as app:
        await app.press("down", "down")
        assert "Your first test" in app.text
        assert "It shows what you know now:" in app.text
        assert "before the lessons" not in app.text.lower()
    async with sitting(size=(120, 40)) as app:
        await answer(app)
        await app.press("escape")
        assert "Test the first one under way" in app.text
        await app.press("t")
        assert "Your first test is under way." in app.dialog
        await app.press("enter")
        await answer(app)
        await answer(app)
        await app.press("enter")
        assert "First test over the course" in app.lines[0]
        assert "This is what you know now." in app.text
        assert "A second one asks about the same points later." in app.text
        assert "Later a second test" in app.text
        assert "before the course" not in app.text.lower()
        await app.press("escape", "down", "down")
        assert "Test 100% the first time" in app.text
        assert "The second test" in app.text
        assert "In the first one you had 100%." in app.text
        await app.press("p")
        assert "First and last test" in app.text
        assert "100% the first time" in app.text
        assert "first test" in app.text
        assert "test before" not in app.text


def test_a_test_before_the_lessons_stays_one_when_they_are_read(
    study: Study, tested: Course
) -> None:
    lesson = study.test_lesson(tested)
    attempt = study.test(tested, lesson)
    assert not study.first_test_is_late(tested)
    study.move_to(tested, study.lesson(tested.lessons[0]), 0)
    assert not study.first_test_is_late(tested)
    attempt.finish()
    study.quiz(tested, study.lesson(tested.lessons[0]))
    assert not study.first_test_is_late(tested)


async def test_after_a_first_test_one_goes_on_where_home_does(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    read_to(study, tested, "asks")
    async with sitting(size=(50, 20)) as app:
        await app.press("e", "enter")
        assert "nothing answered · nothing to pass" in app.text
        assert "▌ Quiz What a detainer asks for" in app.text
        assert "↵ quiz" in app.lines[-1]
        await app.press("enter")
        assert "quiz · question 1 of 3" in app.text


@pytest.mark.parametrize("begun", [False, True])
def test_what_was_told_of_a_first_test_stays_when_lessons_go_on_or_begin_afresh(
    study: Study, tested: Course, begun: bool
) -> None:
    lesson = study.lesson(tested.lessons[0])
    if begun:
        study.move_to(tested, lesson, 0)
    study.test(tested, study.test_lesson(tested)).finish()
    past = finished.tests(study.store, study.learner, tested.id)[0]

    def told() -> str:
        return reopened(study, tested, past).title

    title = "First test over the course" if begun else "Test before the course"
    assert told() == title
    study.move_to(tested, lesson, 1)
    assert told() == title
    study.start_afresh(tested, lesson.id)
    assert told() == title
    assert about_test(study, tested, study.test_lesson(tested)).late == begun


def test_lessons_that_are_not_read_are_counted_before_a_test_after() -> None:
    about = AboutTest(
        title="Test", lessons=4, read=1, questions=8, earlier=(Fraction(1, 2),), late=False
    )
    said = " ".join(BeforeTest(about, None)._paragraphs())
    assert "Lessons read: 1 of 4; it asks about all of them." in said
    assert "each question with the right answer" in said


def held(
    study: Study, tested: Course, test: str = "{per_objective: 2, release: teacher}"
) -> Course:
    path = tested.path / "course.yaml"
    text = path.read_text("utf-8").replace("{per_objective: 2}", test)
    path.write_text(text, encoding="utf-8")
    return study.library.course_at(tested.path)


async def test_no_verdict_is_shown_where_a_teacher_gives_the_test_back(
    study: Study, tested: Course
) -> None:
    course = held(study, tested)
    async with Opened(TutorApp(study, Start(course=course, test=True)), (80, 24)) as app:
        await answer(app)
        await app.press("escape", "p")
        assert "%" not in app.text
        await app.press("escape", "t", "enter")
        for _ in range(2):
            await answer(app)
        assert "your teacher gives the results back." in app.text
        await app.press("enter")
        assert "The test is over: 3 of 3 questions answered." in app.text
        assert "no score and no right answer is shown" in app.text
        for leak in ("point", "%", "✓", "All questions", "read again"):
            assert leak not in app.text
        await app.press("h")
        assert "The name: Ana." in app.text
        await app.press("enter")
        assert read(next(Path().glob("small-test_ana_*.tutor")).read_bytes()).attempts
        await app.press("escape")
        assert "Test waits for your teacher" in app.text
        await app.press("p")
        assert "test before" not in app.text
        await app.press("escape", "t")
        assert "This is a later test. 1 test waits for your teacher" in app.dialog


async def test_the_rules_are_told_before_a_test_that_was_asked_for_by_name(
    study: Study, tested: Course
) -> None:
    course = held(study, tested, "{per_objective: 2, minutes: 20}")
    start = Start(course=course, test=True, rules_first=True, limit=2)
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        assert "2 questions about 1 lesson; you have 20 minutes from when you begin." in app.dialog
        assert "you can skip questions, go back, and change your answers." in app.dialog
        assert not study.test_opened(course)
        await app.press("enter")
        assert "20 min left · question 1 of 2" in app.text
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        assert "question 1 of 2" in app.text  # who is in the middle of it is not told again
    study.start_afresh(course, "")
    app_left = TutorApp(study, start)
    async with Opened(app_left, (80, 24)) as app:
        await app.press("escape")
        assert not study.test_opened(course)
        assert app_left.exit_code() == 0


async def test_which_of_two_courses_is_meant_is_said_before_the_rules(
    study: Study, tested: Course
) -> None:
    notice = "Two courses have the id wso: the bundled one and ./mine. ./mine is meant."
    start = Start(course=tested, test=True, rules_first=True, notice=notice)
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        assert "Two courses have the id wso: the bundled one and ./mine." in app.dialog
        assert "./mine is meant." in app.dialog
        await app.press("enter")
        assert "question" in app.dialog
        assert not study.test_opened(tested)


async def test_home_says_how_far_an_open_test_is(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    async with sitting() as app:
        await answer(app)
        await app.press("escape")
        assert "1 of 3 answered" in app.text
        await app.press("t")
        assert "1 of 3 answered" in app.dialog


async def test_the_rules_are_read_to_their_end_before_a_test_begins(
    study: Study, tested: Course
) -> None:
    async with Opened(TutorApp(study, Start(course=tested)), (50, 20)) as app:
        await app.press("t")
        turned = 0
        while "↵ more" in app.text:
            assert "↓ more" in app.text
            assert study.test_under_way(tested) is None
            await app.press("enter")
            turned += 1
        assert turned
        assert "↓ more" not in app.text
        assert "↵ begin" in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text or "1 of 3" in app.text


async def test_only_the_keys_that_are_shown_close_the_dialog_of_a_test(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    async with Opened(TutorApp(study, Start(course=tested)), (80, 40)) as app:
        await app.press("t", "n", "y", "p")
        assert "↵ begin" in app.dialog
        assert study.test_under_way(tested) is None


async def test_home_stands_on_a_test_that_was_left_last(
    sitting: Callable[..., Opened], study: Study, tested: Course
) -> None:
    async with sitting() as app:
        await answer(app)
        await app.press("escape")
        assert "▌ Test" in app.text
    async with Opened(TutorApp(study, Start(course=tested)), (80, 24)) as app:
        assert "▌ Test" in app.text
        await app.press("enter", "enter")
        for _ in range(2):
            await answer(app)
        await app.press("enter")
        assert "t on the home screen" in app.text
        await app.press("escape")
        assert "▌ Begin" in app.text
        await app.press("enter", "escape")
    async with Opened(TutorApp(study, Start(course=tested)), (80, 24)) as app:
        assert "▌ Continue" in app.text
