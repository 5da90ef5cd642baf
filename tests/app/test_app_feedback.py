"""What a teacher gives back, as a page: what was missed, why, and the way to read it again."""

from collections.abc import Callable

import msgspec
import pytest
from app.reading import Opened
from support import few

from tutor.app.app import TutorApp
from tutor.classroom import feedback
from tutor.classroom.feedback import Feedback, TaughtAt, ToRead
from tutor.classroom.hand_in.from_records import Wish, take_back
from tutor.classroom.hand_in.from_records import gather as hand_in
from tutor.classroom.received.class_results import gather
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import Received
from tutor.course.model.course import Course
from tutor.study import Start, Study


@pytest.fixture
def sat(study: Study, small: Course) -> Course:
    """The small course with a test in which the first question was missed; it is held."""
    path = small.path / "course.yaml"
    path.write_text(
        path.read_text("utf-8") + "test: {per_objective: 2, release: teacher}\n", "utf-8"
    )
    course = study.library.course_at(small.path)
    study.library.remember(course)
    attempt = study.test(course, study.test_lesson(course))
    for name, option in (("first", "b"), ("second", "a"), ("third", "a")):
        attempt.go(name)
        attempt.respond(option)
    attempt.finish()
    return course


@pytest.fixture
def given(study: Study, sat: Course) -> Feedback:
    made = hand_in(study, sat, Wish(name="Ana"))
    here = course_of(study, made)
    gathered = gather([Received("ana.tutor", made)], lambda _: here, None)
    return feedback.read(feedback.as_file(feedback.feedback_for(gathered, gathered.learners[0])))


@pytest.fixture
def opened(study: Study, sat: Course, given: Feedback) -> Callable[..., Opened]:
    def go(size: tuple[int, int] = (80, 24), file: Feedback = given) -> Opened:
        take_back(study, file.course, {run.id for run in file.runs})
        return Opened(TutorApp(study, Start(course=sat), file), size)

    return go


@pytest.mark.parametrize("size", few((80, 24), more=[(120, 40), (46, 30)]))
async def test_what_was_missed_is_shown_with_why_whatever_the_room(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened(size) as app:
        shown = " ".join(app.text.split())
        assert "A small course · feedback" in shown
        assert "for Ana" in shown
        assert "2 of 3 points, 67%. " in shown
        assert "passed" not in shown  # a test before has nothing to pass
        assert "Which comes first?" in shown
        for said in ("you Release", "right Notice", "why Release comes after notice."):
            assert said in shown
        assert "Counted from when?" not in shown


async def test_one_goes_to_what_is_to_be_read_again_and_comes_back(
    opened: Callable[..., Opened],
) -> None:
    async with opened() as app:
        assert "Read Lesson “What a detainer asks for”: step 1, A request" in app.text
        await app.press("enter")
        assert "is a request. See the" in app.text
        assert "esc feedback" in app.text
        await app.press("escape")
        assert "2 of 3 points" in app.text
        await app.press("down", "down", "down", "enter")  # the question that was missed
        assert "is a request. See the" in app.text
        await app.press("escape")
        assert "▌ ✗" in app.text


async def test_the_results_lie_beside_it(opened: Callable[..., Opened]) -> None:
    async with opened((100, 40)) as app:
        assert "Results Test before, all questions 2 of 3 points" in " ".join(app.text.split())
        await app.press("down", "enter")
        assert "Test before the course" in app.text
        assert "missed first" in app.text
        assert "kept back until then" not in app.text
        await app.press("escape")
        assert "A small course · feedback" in app.text
        await app.press("escape")
        assert "67% before" in app.text


async def test_a_file_about_other_runs_and_another_course_leads_nowhere(
    opened: Callable[..., Opened], given: Feedback, study: Study, sat: Course
) -> None:
    [run] = given.runs
    other = msgspec.structs.replace(
        given, course="elsewhere", runs=[msgspec.structs.replace(run, id="of-another")]
    )
    async with opened(file=other) as app:
        assert "This run is not in your records here." in app.text
        assert "Read again" not in app.text
        assert "Results" not in app.text
        await app.press("down", "enter")
        assert "A small course · feedback" in app.text
    assert study.held(sat) == 1


def with_places(given: Feedback, count: int, *, kept_back: bool) -> Feedback:
    """Feedback that has so many places to read: on each a question missed, or without one."""
    [run] = given.runs
    at = [TaughtAt("asks", step) for step in reversed(range(count))]
    if kept_back:
        read = [ToRead(read=f"Place {one.step}", at=one, count=1) for one in at]
        run = msgspec.structs.replace(run, missed=[], read=read, kept_back=True)
    else:
        missed = [
            msgspec.structs.replace(run.missed[0], read=f"Place {one.step}", at=one) for one in at
        ]
        run = msgspec.structs.replace(run, missed=missed)
    return msgspec.structs.replace(given, runs=[run])


async def test_without_right_answers_all_places_to_read_are_shown_as_the_course_goes(
    opened: Callable[..., Opened], given: Feedback
) -> None:
    async with opened((80, 40), file=with_places(given, 5, kept_back=True)) as app:
        shown = [app.text.index(f"Place {step}") for step in range(5)]
        assert shown == sorted(shown)
        assert "more place" not in app.text


async def test_with_right_answers_it_is_said_how_many_more_places_there_are(
    opened: Callable[..., Opened], given: Feedback
) -> None:
    async with opened((80, 40), file=with_places(given, 5, kept_back=False)) as app:
        assert "2 more places stand below, with what was missed." in app.text
        top = app.text.partition("2 more places")[0]
        assert top.count("Place ") == 3


def test_a_file_of_an_earlier_version_is_read(given: Feedback) -> None:
    plain = msgspec.to_builtins(given)
    for missed in plain["runs"][0]["missed"]:
        del missed["at"]
    read = msgspec.convert(plain, Feedback)
    assert read.runs[0].missed[0].at is None
    assert read.runs[0].missed[0].read == given.runs[0].missed[0].read


async def test_what_a_file_says_cannot_steer_the_terminal(
    opened: Callable[..., Opened], given: Feedback
) -> None:
    [run] = given.runs
    bad = msgspec.structs.replace(run.missed[0], stem="[red]\x1b[31mA\nB", why="[@click=app.quit]x")
    file = msgspec.structs.replace(
        given, title="\x1b]0;x", runs=[msgspec.structs.replace(run, missed=[bad])]
    )
    async with opened(file=file) as app:
        assert "[red]" in app.text
        assert "[@click=app.quit]x" in app.text
        assert "\x1b" not in app.text


async def test_what_was_given_back_can_be_read_again_from_home(
    study: Study, sat: Course, given: Feedback
) -> None:
    take_back(study, given.course, {run.id for run in given.runs})
    async with Opened(TutorApp(study, Start(course=sat), kept=[given]), (100, 30)) as app:
        assert "f feedback" in app.text
        await app.press("f")
        assert "A small course · feedback" in app.text
        await app.press("escape")
        assert "67% before" in app.text
        await app.press("ctrl+p", *"teacher")
        assert "Feedback from your teacher" in app.text


async def test_of_two_that_are_new_the_newest_is_opened_from_home(
    study: Study, sat: Course, given: Feedback
) -> None:
    take_back(study, given.course, {run.id for run in given.runs})
    newer = msgspec.structs.replace(given, title="Corrected")
    app = TutorApp(study, Start(course=sat), given, [given, newer])
    async with Opened(app, (100, 30)) as shown:
        assert "A small course · feedback" in shown.text
        await shown.press("escape", "f")
        assert "Corrected · feedback" in shown.text


async def test_without_feedback_none_is_offered(study: Study, sat: Course, given: Feedback) -> None:
    other = msgspec.structs.replace(given, course="elsewhere")
    async with Opened(TutorApp(study, Start(course=sat), kept=[other]), (100, 30)) as app:
        assert "feedback" not in app.text
        await app.press("f")
        assert "feedback" not in app.text
