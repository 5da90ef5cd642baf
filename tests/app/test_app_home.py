"""Home and what it leads to: the map, learners, progress, help, the palette."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from app.reading import Opened
from app.test_app_progress import failed
from app.test_app_story import answer_all
from support import StepClock, few, read_to, spread
from textual.app import RenderResult

from tutor.app.app import keymap
from tutor.app.widgets.keybar import KeyBar
from tutor.app.widgets.rows import Alike, Rows
from tutor.course.model.course import Course, LessonOutline
from tutor.records import cache, settings
from tutor.study import Study


@pytest.fixture
def with_path(study: Study, small: Course) -> Course:
    """The small course with a path through it that leaves a lesson out."""
    with (small.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("paths:\n  short: [asks.yaml, two.yaml]\n")
    return study.library.course_at(small.path)


async def test_a_click_opens_a_lesson(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("tab")
        await app.click_on("1  What a detainer asks for")
        assert "A detainer is a request." in app.text


async def test_a_click_opens_a_lesson_of_the_contents_at_a_first_start(
    opened: Callable[..., Opened],
) -> None:
    async with opened(size=(120, 40)) as app:
        row = next(at for at, line in enumerate(app.lines) if "3  The argument from one" in line)
        await app.click_at(app.lines[row].index("argument"), row)
        assert "The argument from one" in app.lines[0]
        assert "Words." in app.text


async def test_keys_at_the_bottom_can_be_clicked(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.click_on("progress")
        assert app.lines[0].startswith(" Progress")
        assert "not begun: 8 min in all" in app.text
        await app.click_on("home")
        assert "A small course" in app.text


async def test_a_click_on_the_name_asks_who_is_learning(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.click_on("Ana")
        assert "Who is learning?" in app.text
        await app.press("tab", "enter")
        assert "Write a name first." in app.text


async def test_q_takes_the_quiz_of_the_row_one_is_on(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        assert "q quiz" not in app.text
        await app.press("tab")
        assert "q quiz" in app.text
        await app.press("end")
        assert "q quiz" not in app.text
        await app.press("q")
        assert "has no quiz." in app.text
        await app.press("enter")
        assert "The argument from" in app.text
        assert "1 of 1" in app.text


@pytest.mark.long
async def test_the_quiz_of_a_lesson_not_read_is_asked_for_once(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened() as app:
        await app.press("q")
        assert "Take the quiz before you have read the lesson?" in app.text
        assert "“What a detainer asks for”: not begun." in app.text
        await app.press("escape")
        assert not study.quiz_opened(small, "asks")
        await app.press("enter", "right", "escape", "q")
        assert "2 of 4 steps read." in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text
        await app.press("escape", "q")
        assert "question 1 of 3" in app.text


async def test_the_quiz_of_a_lesson_that_was_read_is_taken_at_once(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    read_to(study, small, "asks")
    async with opened() as app:
        await app.press("q")
        assert "question 1 of 3" in app.text


async def test_a_quiz_looked_at_by_accident_leaves_home_as_it_was(
    opened: Callable[..., Opened],
) -> None:
    async with opened() as app:
        before = app.lines
        await app.press("q", "enter", "escape")
        assert app.lines == before


@pytest.mark.long
async def test_the_first_row_goes_on_with_a_quiz_and_the_lesson_says_that_it_is_open(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "escape")
        assert "▌ Continue the quiz of lesson 1 1 of 3 answered" in app.text
        assert re.search("1 What a detainer asks for .* 1 of 3 ", app.text)
        assert "↵ continue" in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text
        await app.press("escape")
        await app.click_on("the quiz of lesson 1")
        assert "question 1 of 3" in app.text
        await app.press("escape", "down", "down")
        assert "↵ open" in app.text
        await app.press("enter")
        assert "A detainer is a request." in app.text


async def test_x_gives_an_open_quiz_up_if_that_is_meant(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "escape", "x")
        assert "Give up this quiz?" in app.text
        assert "1 of 3 answered" in app.text
        await app.press("escape")
        assert "x give up" in app.text
        await app.press("x", "enter")
        assert "▌ Begin What a detainer asks for" in app.text
        assert "x give up" not in app.text
        await app.press("x")
        assert "Its quiz is not begun." in app.text
    assert not study.quiz_opened(small, "asks")


@pytest.mark.parametrize(
    ("way", "moves"),
    spread(
        [("p", "escape"), ("s", "escape"), ("l", "escape"), ("l", "enter"), ("w", "escape")],
        [(), ("down",) * 2, ("down",) * 3, ("down",) * 4],
    ),
)
async def test_enter_acts_on_the_row_that_is_marked_wherever_one_comes_from(
    opened: Callable[..., Opened], with_path: Course, moves: tuple[str, ...], way: tuple[str, ...]
) -> None:
    async with opened(course=with_path) as app:
        await app.press("tab", *moves, *way)
        (marked,) = [line for line in app.lines if "▌" in line]
        assert ("↵ begin" if "Begin" in marked else "↵ open") in app.text
        assert ("Begin" in marked) == (not moves)
        await app.press("enter")
        title = app.lines[0].split("  ")[0].strip()
        assert title in marked


async def test_out_of_a_lesson_one_stands_where_it_is_gone_on_with(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        await app.press("enter", "escape")
        assert "▌ Continue What a detainer asks for step 2 of 4" in app.text
        await app.press("end", "enter", "escape")
        (marked,) = [line for line in app.lines if "▌" in line]
        assert "The argument from" in marked
        assert "↵ open" in app.text


@pytest.mark.long
async def test_one_comes_back_to_the_row_one_left(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("tab", "down", "down", "down")
        row = next(line for line in app.lines if "▌" in line)
        for way in (("p", "escape"), ("l", "escape"), ("l", "enter"), ("ctrl+p", "escape")):
            await app.press(*way)
            assert row in app.lines
        await app.press("p", "escape", "up", "down", "enter")
        assert "The argument from" in app.text
        await app.press("escape")
        title = row[5:30].strip()
        assert title in next(line for line in app.lines if "▌" in line)


@pytest.mark.long
async def test_another_learner_has_another_place(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("enter", "enter", "escape")
        assert "Continue What a detainer asks for step 2 of 4" in app.text
        await app.press("l", "tab", *"Bo", "enter")
        assert "Bo · new here" in app.text
        assert "Begin What a detainer asks for" in app.text
        await app.press("l", "up", "enter")
        assert "Ana · 0 of 3 done" in app.text
        assert "Continue" in app.text


async def test_another_learner_stands_at_the_lesson_to_begin(
    opened: Callable[..., Opened],
) -> None:
    async with opened() as app:
        await app.press("tab", "end", "l", "tab", *"Bo", "enter")
        assert "▌ Begin What a detainer asks for" in app.text
        await app.press("enter")
        assert "A detainer is a request." in app.text


async def test_another_course_is_opened_from_home(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    study.library.remember(small)
    async with opened() as app:
        await app.press("c")
        assert "3 lessons" in app.text
        await app.click_on("Detainers and the Warrant Service")
        assert "A small course" not in app.text
        assert "Detainers and the Warrant Service Officer program" in app.text
        assert "Ana · new here" in app.text


async def test_the_chosen_lesson_is_marked_without_color(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        assert "▌ Begin What a detainer asks for" in app.text
        await app.press("tab", "down", "down")
        assert "▌ 1 What a detainer asks for" in app.text


@pytest.mark.long
async def test_progress_shows_scores_with_dates(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app, first="Release")
        await app.press("escape")
        assert "67%" in app.text
        await app.press("p")
        assert "Scores ▅ 1 quiz, 0 passed" in app.text
        assert "▌ Finished" in app.text
        assert "Fri 2 Jan" in app.text
        assert "67% ✗" in app.text


async def test_a_passed_quiz_says_so(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app)
        await app.press("escape")
        assert "✓ 100%" in app.text
        await app.resize(50, 20)
        assert "✓ 100%" in app.text


async def test_the_palette_opens_lessons_by_name(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("ctrl+p", *"from one")
        await app.app.workers.wait_for_complete()
        await app.press("enter")
        assert "The argument from one" in app.text
        assert "1 of 1" in app.text


async def test_keys_and_colors_come_from_the_settings(
    opened: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "keys", "page.sources=x")
    settings.change(study.store, study.learner, "theme", "high-contrast")
    async with opened("asks") as app:
        assert app.app.theme == "high-contrast"
        assert "x sources" in app.text
        await app.press("x")
        assert "What this rests on" in app.text


def test_the_keys_setting_passes_over_what_it_cannot_read() -> None:
    assert keymap("a.b=x, c.d = ctrl+y ,nonsense,=z") == {"a.b": "x", "c.d": "ctrl+y"}


async def test_the_paths_say_how_much_they_are_and_the_present_one_is_marked(
    opened: Callable[..., Opened], with_path: Course, study: Study
) -> None:
    async with opened(course=with_path) as app:
        await app.press("w")
        assert "everything (now) 3 lessons · 8 min · 1-3" in app.dialog
        assert "short 2 lessons · 8 min · 1, 2" in app.dialog
        await app.press("down", "enter")
        assert "Short: 2 lessons" in app.text
        await app.press("w")
        assert "short (now)" in app.text
        await app.press("enter")
        assert study.path(with_path) == "short"


async def test_the_courses_begin_at_the_one_that_is_open(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    study.library.remember(small)
    async with opened() as app:
        await app.press("c")
        assert "A small course (now) 3 lessons · 8 min" in app.dialog
        await app.press("enter")
        assert "A small course" in app.text


async def test_a_lesson_keeps_its_number_on_a_path(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    with (small.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("paths:\n  late: [asks.yaml, one.yaml]\n")
    course = study.library.course_at(small.path)
    study.choose_path(course, "late")
    async with opened(course=course) as app:
        await app.press("tab", *["down"] * 3)
        assert "▌ 3 The argument from one ⇄" in app.text
        await app.press("ctrl+p", *"from one")
        await app.app.workers.wait_for_complete()
        assert "Open lesson 3: The argument from one" in app.text


async def test_ten_thousand_lessons_cost_no_more_than_what_is_seen(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = Rows.render_line
    monkeypatch.setattr(Rows, "render_line", lambda one, y: drawn.append(y) or draw(one, y))
    made: list[int] = []
    make = Alike.__getitem__
    monkeypatch.setattr(Alike, "__getitem__", lambda one, at: made.append(at) or make(one, at))
    lessons = tuple(
        LessonOutline(id=f"l{number}", title=f"Lesson {number}", path=f"/nowhere/{number}", steps=3)
        for number in range(1, 10_001)
    )
    course = Course(id="long", title="A long course", folder="/nowhere", lessons=lessons)
    async with opened(course=course) as app:
        assert "10000 lessons" in app.text
        await app.press("tab")
        assert "Lesson 1 " in app.text
        await app.press("end")
        assert "Lesson 10000" in app.text
        await app.press("7")
        assert re.search(r"▌ 7 Lesson 7 ", app.text)
        await app.press("end")
        assert 0 < len(made) < 1000
        drawn.clear()
        await app.press("pageup")
        assert re.search(r"▌ 99[78]\d Lesson 99[78]\d ", app.text)
        assert 0 < len(drawn) < 100
        assert len(list(app.app.screen.query("*"))) < 20


@pytest.mark.parametrize(
    ("found", "replaced", "shown"),
    [
        ("What a detainer asks for", "Requests", "1 Requests"),
        pytest.param("steps:", "steps: [", "! 1 asks", marks=pytest.mark.long),
        pytest.param("Words.", "Words.", "1 What a detainer asks for", marks=pytest.mark.long),
    ],
    ids=["edited", "broken", "saved as it was"],
)
async def test_a_large_course_is_shown_before_its_files_are_looked_at(
    study: Study,
    small: Course,
    opened: Callable[..., Opened],
    monkeypatch: pytest.MonkeyPatch,
    found: str,
    replaced: str,
    shown: str,
) -> None:
    monkeypatch.setattr(cache, "COARSEST_TICK_NS", -1)  # files count as settled at once
    monkeypatch.setattr(cache, "MANY_FILES", 3)
    folder = Path(small.folder)
    study.library.course_at(folder)
    lesson = folder / "asks.yaml"
    lesson.write_text(lesson.read_text("utf-8").replace(found, replaced), encoding="utf-8")
    study.library.look_later()
    course = study.library.course_at(folder)
    assert course.lessons[0].title == "What a detainer asks for"
    async with opened(course=course, size=(100, 30)) as app:
        await app.app.workers.wait_for_complete()
        await app.settle()
        await app.press("tab")
        assert shown in app.text
        assert study.library.look_now() == []


async def test_a_new_name_much_like_a_known_one_is_asked_about(
    opened: Callable[..., Opened],
) -> None:
    async with opened() as app:
        await app.press("l", "tab", *"anna", "enter")
        assert "anna is new here, and Ana is known." in app.text
        await app.press("enter")
        assert "anna · new here" in app.text


async def test_a_known_name_is_the_same_in_small_letters(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("l", "tab", *"ana", "enter")
        assert "Ana · new here" in app.text


async def test_what_is_beside_the_path_stands_below_it(
    opened: Callable[..., Opened], with_path: Course, study: Study
) -> None:
    with (with_path.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("default_path: short\n")
    course = study.library.course_at(with_path.path)
    async with opened(course=course) as app:
        await app.press("tab")
        assert "Lessons: short ───" in app.text
        rows = [line for line in app.lines if "argument from" in line or "More lessons" in line]
        assert [row.strip().split("  ")[0].rstrip(" ─") for row in rows] == [
            "2",
            "More lessons, beside the path",
            "3",
        ]
        await app.press("end")
        assert "▌ 3 The argument from one ⇄" in app.text
        await app.press("up")
        assert "▌ 2 The argument from two ⇄" in app.text
        await app.click_on("The argument from one")
        assert "Words." in app.text


async def test_the_whole_course_is_chosen_against_the_default(
    opened: Callable[..., Opened], with_path: Course, study: Study
) -> None:
    with (with_path.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("default_path: short\n")
    course = study.library.course_at(with_path.path)
    async with opened(course=course) as app:
        await app.press("w")
        assert "short (now)" in app.dialog
        await app.press("up", "enter")
        assert "3 lessons" in app.text
        assert "More lessons" not in app.text
        await app.press("w")
        assert "everything (now)" in app.dialog
    assert study.path(course) is None


async def test_a_first_start_says_what_this_is_and_where_to_begin(
    opened: Callable[..., Opened], study: Study, with_path: Course
) -> None:
    path = with_path.path / "course.yaml"
    text = path.read_text(encoding="utf-8")
    about = "summary: About tides. And about harbors.\ncontested: true\n"
    path.write_text(text.replace("title:", f"{about}title:", 1), encoding="utf-8")
    async with opened(course=study.library.course_at(with_path.path), size=(120, 40)) as app:
        assert "Welcome." in app.text
        assert "About tides. And about harbors." in app.text
        assert "3 lessons; 1 ends with a quiz." in app.text
        assert "Opinions are never scored." in app.text
        assert "What is in it ─" in app.text
        assert re.search(r"Begin +What a detainer asks for +lesson 1", "\n".join(app.lines))
        await app.press("end")
        assert "↵ take this path" in app.text
        assert "short ────" in app.text
        await app.resize(50, 20)
        assert "About tides. 3 lessons" in app.text
        await app.press("home", "enter", "escape")
        assert "Welcome." not in app.text


@pytest.mark.parametrize(("width", "beside"), [(80, False), (100, True), (120, True)])
async def test_what_a_lesson_teaches_stands_beside_the_rows_where_there_is_room(
    opened: Callable[..., Opened], study: Study, small: Course, width: int, *, beside: bool
) -> None:
    read_to(study, small, "asks", 2)
    async with opened(size=(width, 30)) as app:
        assert "○ Say what notice is asked for" in app.text
        assert ("2 of 4 steps" in app.text) == beside
        assert ("open 1 question, on step 2" in app.text) == beside
        assert ("Lesson 1: afterwards you can" in app.text) != beside
        await app.press("end")
        assert "Say what notice" not in app.text


async def test_what_is_known_and_what_was_answered_is_said_of_the_row_one_is_on(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True, size=(120, 40)) as app:
        await answer_all(app)
        await app.press("escape")
        assert "▌ Begin" in app.text
        await app.press("1")
        assert "▌ ✓ 1" in app.text
        assert "Lesson 1" in app.text
        assert "passed 100%; 1 try" in app.text
        assert "3 tries at questions today" in app.text


async def test_what_is_due_is_said_first_and_reviewed_by_one_key(
    opened: Callable[..., Opened], clock: StepClock
) -> None:
    async with opened("asks", quiz=True, size=(120, 40)) as app:
        await answer_all(app, first="Release")
        await app.press("escape")
        assert "Review nothing due" in app.text
        clock.leap = 40 * 86_400
    async with opened(size=(120, 40)) as app:
        assert re.search("Review 3 questions are due since [A-Z][a-z]{2} ", app.text)
        await app.click_on("3 questions are due")
        assert "Review" in app.lines[0]
        await app.press("escape")
        assert "3 What a detainer asks for" in app.text
        await app.press("r")
        assert "Review" in app.lines[0]


async def test_when_all_is_done_home_says_what_now(
    opened: Callable[..., Opened], study: Study, with_path: Course
) -> None:
    study.choose_path(with_path, "short")
    for outline in (with_path.lessons[0], with_path.lessons[2]):
        read_to(study, with_path, outline.id)
    async with opened("asks", quiz=True, course=with_path) as app:
        await answer_all(app)
        assert "The end: 2 of 2 lessons done" in app.text
        assert "1 of 2 objectives solid" in app.text
        assert "1 What a detainer asks for ◐ ●" in app.text
        assert "▌ Home back to the course" in app.text
        assert "1 more lesson is beside this path: home lists it." in app.text
        await app.press("escape", "home")
        assert "✓ All done. 2 lessons · 1 quiz passed What now" in app.text
        assert "Go on the whole course lesson 3" in app.text


async def test_a_quiz_that_failed_is_offered_again_with_its_score(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    read_to(study, small, "asks")
    async with opened("asks", quiz=True) as app:
        await failed(app)
        await app.press("r", "escape", "home")
        said = "▌ Read again What a detainer asks for what you missed, 67% last time"
        assert said in app.text
        assert "Quiz What a detainer asks for 3 questions" in app.text
        await app.press("down", "enter")
        assert "question 1 of 3" in app.text


@pytest.mark.parametrize("size", few((40, 12), more=[(50, 20)]))
async def test_the_end_of_the_course_is_told_in_a_small_window_too(
    opened: Callable[..., Opened], study: Study, with_path: Course, size: tuple[int, int]
) -> None:
    study.choose_path(with_path, "short")
    for outline in (with_path.lessons[0], with_path.lessons[2]):
        read_to(study, with_path, outline.id)
    async with opened("asks", quiz=True, course=with_path) as app:
        await answer_all(app)
        await app.resize(*size)
        shown = app.text
        for _ in range(4):
            await app.press("pagedown")
            shown += app.text
        assert "The end: 2 of 2 lessons done" in shown


async def test_the_end_of_a_last_lesson_without_a_quiz_leads_to_the_test(
    opened: Callable[..., Opened], study: Study, with_path: Course
) -> None:
    with (with_path.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("  last: [one.yaml]\ntest: {draw: 2}\n")
    course = study.library.course_at(with_path.path)
    study.choose_path(course, "last")
    async with opened("one", course=course) as app:
        await app.press("right")
        assert "▌ Test over all lessons" in app.text
        assert "Home all lessons of this path are done" in app.text
        assert "next time" not in app.text


async def test_a_digit_goes_to_the_row_of_that_lesson(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("enter", "escape", "2")
        assert re.search(r"▌\s+2 ", app.text)
        await app.press("9")
        assert "There is no lesson 9 on this list." in app.text
        assert re.search(r"▌\s+2 ", app.text)


async def test_the_keys_of_the_page_are_not_shown_behind_a_dialog(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        await app.press("enter", "escape")
        bar = app.lines[-1]
        assert "? help" in bar
        await app.press("s")
        assert "esc close" in app.text
        assert not app.lines[-1].strip()
        await app.press("escape")
        assert app.lines[-1] == bar


async def test_the_keys_are_there_in_the_first_frame_of_every_page(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    render = KeyBar.render

    def rendered(bar: KeyBar) -> RenderResult:
        drawn = render(bar)
        seen.append(str(drawn))
        return drawn

    monkeypatch.setattr(KeyBar, "render", rendered)
    async with opened() as app:
        await app.press("p", "escape", "enter", "escape")
    assert len(seen) >= 5
    assert all("? help" in drawn for drawn in seen), seen


async def test_after_one_key_the_key_bar_looks_once_at_what_keys_do(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    async with opened() as app:
        monkeypatch.setattr(KeyBar, "_show", lambda _: looked.append("once"))
        for _ in range(5):
            app.app.screen.refresh_bindings()
        await app.press()
    assert looked == ["once"]


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24), (120, 40)]))
async def test_what_signs_mean_is_said_beside_them_and_in_the_help(
    opened: Callable[..., Opened], study: Study, small: Course, size: tuple[int, int]
) -> None:
    read_to(study, small, "asks", 2)
    async with opened(size=size) as app:
        assert "… 1 What a detainer asks for" in app.text
        assert "○ not yet" in app.text
        assert "◐" not in app.text
        await app.resize(80, 60)
        await app.press("question_mark")
        assert "… of a lesson: begun" in app.dialog
        assert "○ not answered yet" in app.dialog
