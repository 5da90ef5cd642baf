"""What makes a question easy to answer: words to pick from, rows in sight, marks that stay."""

from collections.abc import Callable, Iterable

import pytest
from app.asking import Asking, question_of
from app.every_type import opened_at, responses
from app.reading import Opened
from app.test_question_responding import of_type
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tutor.app.app import TutorApp
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import AnyQuestion, Response
from tutor.quiz import attempt as attempt_module
from tutor.quiz.grading import Grade, grade
from tutor.study import Start, Study

BANK = """
- type: gaps
  stem: Fill in the gaps.
  text: Above stands {{the regulation}}, below {{guidance for the form}}.
  bank: [the statute]
"""
TALL = """
- type: match
  stem: What measures what?
  pairs:
    - {left: "How deep the sea is below a ship", right: "48 hours, or as long as it takes to sound"}
    - {left: "How fast a ship goes through it", right: "Up to 72 hours, where the log is lost"}
"""


async def test_a_word_of_the_bank_is_written_by_its_beginning() -> None:
    async with Asking(question_of(BANK)) as asking:
        await asking.press(*"the", "right")
        assert "(1) the," in asking.text
        await asking.press("space", "r", "right", "enter", *"guid", "right", "enter")
        assert asking.given == [["the regulation", "guidance for the form"]]


async def test_a_word_that_is_none_of_the_bank_is_not_given() -> None:
    async with Asking(question_of(BANK)) as asking:
        await asking.write("The Regulation")
        await asking.press("enter")
        await asking.write("guidance")
        await asking.press("enter")
        assert asking.given == []
        assert asking.missing == [
            "“guidance” is none of the words. Write one of them, or its beginning and →."
        ]


async def test_a_word_of_the_bank_is_clicked() -> None:
    async with Asking(question_of(BANK)) as asking:
        await asking.click_on("the regulation")
        await asking.click_on("guidance for the form")
        assert "Above stands (1) the regulation, below (2) guidance for the form." in asking.text
        await asking.click_on("Give answer")
        assert asking.given == [["the regulation", "guidance for the form"]]


async def test_what_was_said_of_the_gaps_stays_until_the_next_answer(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps"), mode="lesson") as asking:
        await asking.press(*"one", "enter", *"day", "enter")
        assert "✗ 1" in asking.text
        await asking.press("backspace")
        assert "✗ 1" not in asking.text
        assert "✓ 2" in asking.text
        assert "Count them." in asking.text


async def test_a_row_that_is_open_takes_one_line() -> None:
    async with Asking(question_of(TALL), size=(60, 30)) as asking:
        assert asking.line("How deep").endswith("→ …")
        await asking.press("1")
        assert "→" not in asking.line("How deep")


async def test_enter_with_a_row_open_goes_to_it(asks: Lesson) -> None:
    async with Asking(of_type(asks, "match")) as asking:
        await asking.press("down", "1", "1", "enter")
        assert asking.missing == ["1 still open: choose 1-4 for each line first."]
        assert asking.line(asking.shown.rows[0].text).startswith("›")


async def test_the_right_target_is_told_apart_from_its_number() -> None:
    async with Asking(question_of(TALL), size=(80, 30)) as asking:
        first = asking.shown.targets[0].text
        wrong = "2" if first.startswith("48") else "1"
        await asking.press(wrong, wrong, "enter")
        assert (
            f"Right: 48 hours, or as long as it takes to sound ({3 - int(wrong)})." in asking.text
        )


async def test_enter_puts_an_item_down(asks: Lesson) -> None:
    async with Asking(of_type(asks, "order")) as asking:
        first, second, *others = (row.id for row in asking.shown.rows)
        await asking.press("space", "down")
        assert asking.view.keys == "↑↓ carry · space put down"
        await asking.press("enter")
        assert asking.given == []
        assert "picked up" not in asking.text
        await asking.press("enter")
        assert asking.given == [[second, first, *others]]


async def test_the_end_of_a_lesson_says_what_was_skipped(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n")
        assert "Lesson 1 is read." in app.text
        assert "Answer first the one that is open step 2 u" in app.text
        assert "•○••" in app.text


async def test_the_keys_that_always_turn_are_the_ones_shown(
    opened: Callable[..., Opened], study: Study, tides: Course
) -> None:
    async with opened("asks") as app:
        assert "^b" not in app.text
        await app.press("ctrl+n")
        assert "^n move on" in app.text
        assert "^b back" in app.text
    async with opened_at(study, tides, "lesson", "match") as app:
        await app.press("ctrl+n")
        assert responses(study) == []


async def test_a_number_that_no_option_has_says_which_there_are(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("9")
        assert "The numbers here go from 1 to 3." in app.text
        await app.press("2")
        assert "The numbers here" not in app.text


async def test_an_item_is_dragged_to_its_place(study: Study, course: Course) -> None:
    lesson = study.lesson(course.lessons[0])
    question = next(one for one in lesson.questions() if one.type == "order")
    attempt = study.quiz(course, lesson)
    attempt.go(question.id)
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    async with Opened(TutorApp(study, start), (80, 40)) as app:
        texts = [row.text for row in attempt.arranged(question).rows]

        def row(text: str) -> int:
            return next(at for at, line in enumerate(app.lines) if text in line)

        begin, end = row(texts[0]), row(texts[2])
        await app.receive(f"\x1b[<0;9;{begin + 1}M")
        await app.receive(f"\x1b[<0;9;{end + 1}m")
        assert "picked up" not in app.text
        wanted = [texts[1], texts[2], texts[0], *texts[3:]]
        assert [row(text) for text in wanted] == sorted(row(text) for text in wanted)


async def test_an_answer_is_graded_once_on_its_way_to_the_screen(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []

    def count(question: AnyQuestion, response: Response) -> Grade:
        graded.append(question.id)
        return grade(question, response)

    monkeypatch.setattr(attempt_module, "grade", count)
    async with opened("asks", quiz=True) as app:
        await app.press("2", "enter")
        assert "right" in app.text.lower()
        assert len(graded) == 1


async def test_a_key_and_an_answer_look_up_styles_for_few_widgets(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    update_nodes = Stylesheet.update_nodes

    def counting(sheet: Stylesheet, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        found = list(nodes)
        looked_up.extend(type(one).__name__ for one in found)
        update_nodes(sheet, found, animate)

    async with opened("asks", quiz=True) as app:
        monkeypatch.setattr(Stylesheet, "update_nodes", counting)
        await app.press("down")
        assert looked_up == []
        await app.press("enter")
        assert "ight." in app.text
        assert 0 < len(looked_up) < 6, looked_up
