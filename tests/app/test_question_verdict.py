"""What a learner sees after a response: marks in place, words beside signs, and why."""

import pytest
from answering import keys_for, wrong_response
from app.asking import Asking, question_of
from support import few

from tutor.course.model.course import Lesson
from tutor.course.model.questions import AnyQuestion
from tutor.quiz.grading import grade

BEGINS = """
- type: choice
  shuffle: false
  stem: When does the holding time that a detainer asks for begin?
  options:
    - {text: When ICE sends the detainer}
    - {text: When the person is booked into the jail, feedback: Booking starts local custody.}
    - {text: When the person would otherwise be released, correct: true, feedback: Just so.}
    - {text: "When a judge signs it, or, where none is found, when a sheriff signs it instead"}
  explanation: The time is extra; see [detainer](term:detainer).
  hints: [Think of the release., It is extra.]
  claims: [c25, c26]
"""

MARKUP = """
- type: {type}
  shuffle: false
  stem: "[@click=app.quit]stem[/]"
  options:
    - {{text: "[@click=app.quit]x[/]", correct: true, feedback: "[bold]feedback[/bold]"}}
    - {{text: "[red]y[/red]"}}
  explanation: "[@click=app.quit]why[/]"
  hints: ["[@click=app.quit]hint[/]"]
"""


@pytest.fixture
def begins() -> AnyQuestion:
    return question_of(BEGINS)


def of_type(asks: Lesson, name: str) -> AnyQuestion:
    assert asks.quiz is not None
    return next(question for question in asks.quiz.questions if question.type == name)


async def test_options_stay_where_they_are_and_are_marked(begins: AnyQuestion) -> None:
    async with Asking(begins) as asking:
        before = [line[:9] for line in asking.lines]
        await asking.press("2", "enter")
        assert asking.line("booked") == ("✗ 2 When the person is booked into the jail your answer")
        assert asking.line("otherwise") == ("✓ 3 When the person would otherwise be released right")
        place = next(row for row, line in enumerate(asking.lines) if "booked" in line)
        assert asking.lines[place + 1].strip() == "Booking starts local custody."
        assert [line[:9] for line in asking.lines[:place]] == before[:place]
        assert "✗ Not right." in asking.text
        assert "The time is extra; see detainer." in asking.text
        assert "2 sources" in asking.text
        assert asking.text.count("Booking starts") == 1


async def test_the_right_option_chosen_says_why_it_is_right(begins: AnyQuestion) -> None:
    async with Asking(begins) as asking:
        await asking.press("3", "enter")
        assert asking.line("otherwise").startswith("✓ 3")
        assert "Just so." in asking.text
        assert "✓ Right." in asking.text
        assert "your answer" not in asking.text


async def test_what_can_be_tried_again_is_not_given_away(begins: AnyQuestion) -> None:
    async with Asking(begins, mode="lesson") as asking:
        await asking.press("2", "enter")
        assert "✗ 2" in asking.text
        assert "Booking starts local custody." in asking.text
        assert "✓" not in asking.text
        assert "The time is extra" not in asking.text
        assert "Change your answer and give it again, or ^n to move on." in asking.text


async def test_marks_disappear_with_the_first_change(asks: Lesson) -> None:
    async with Asking(of_type(asks, "multiple"), mode="lesson") as asking:
        await asking.press("1", "2", "3", "4", "enter")
        assert "✗" in asking.text
        await asking.press("1")
        assert "✗" not in asking.text
        assert "Not right" not in asking.text


async def test_options_tried_keep_their_marks_until_the_right_one(begins: AnyQuestion) -> None:
    async with Asking(begins, mode="lesson") as asking:
        await asking.press("2", "enter", "1")
        assert asking.line("booked") == "✗ 2 When the person is booked into the jail tried"
        assert "Booking starts local custody." in asking.text
        assert "Not right" not in asking.text
        await asking.press("enter")
        assert asking.line("booked") == "✗ 2 When the person is booked into the jail tried"
        assert asking.line("When ICE") == "›✗ 1 When ICE sends the detainer tried"
        assert "Booking" not in asking.text
        await asking.press("3", "enter")
        assert "✓ Right." in asking.text
        assert asking.line("booked").startswith("✗ 2")


async def test_the_same_answer_is_not_given_twice(begins: AnyQuestion) -> None:
    async with Asking(begins, mode="lesson") as asking:
        await asking.press("2", "enter", "enter", "2", "enter")
        assert len(asking.given) == 1
        assert "Change it first" in asking.missing[0]
        assert "✗ Not right." in asking.text


async def test_once_settled_enter_belongs_to_the_page_and_nothing_changes(
    begins: AnyQuestion,
) -> None:
    async with Asking(begins) as asking:
        await asking.press("2", "enter")
        said = asking.text
        await asking.click_on("When ICE sends")
        await asking.press("1", "down", "k", "h", "enter")
        assert asking.text == said
        assert asking.reached == ["h", "enter"]
        assert len(asking.given) == 1
        assert asking.view.keys == ""


async def test_hints_stay_and_are_numbered(begins: AnyQuestion) -> None:
    async with Asking(begins) as asking:
        asking.view.show_hint("Think of the release.")
        asking.view.show_hint("It is [extra](term:extra).")
        await asking.press("3", "enter")
        assert "Hint 1 Think of the release. Hint 2 It is extra." in asking.text


async def test_the_answer_asked_for_is_shown_in_place(begins: AnyQuestion) -> None:
    async with Asking(begins, mode="lesson") as asking:
        await asking.press("2", "enter")
        asking.view.show_answer(grade(begins, asking.given[-1]))
        await asking.pause()
        assert asking.line("otherwise").startswith("✓ 3")
        assert "Here is the answer." in asking.text
        assert "The time is extra" in asking.text
        await asking.press("1", "enter")
        assert len(asking.given) == 1


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("number", "Right answer: 12.4 hours"),
        ("text", "Right answer: ebb tide"),
        ("order", "New moon → First quarter → Full moon → Last quarter"),
        ("match", "Right: "),
        ("gaps", "Right: two."),
        ("multiple", "belongs too"),
    ],
)
async def test_any_answer_can_be_shown(asks: Lesson, name: str, answer: str) -> None:
    question = of_type(asks, name)
    async with Asking(question, mode="lesson", size=(80, 40)) as asking:
        asking.view.show_answer(grade(question, None))
        await asking.pause()
        assert answer in asking.text


async def test_each_option_of_several_is_judged_in_words(asks: Lesson) -> None:
    question = of_type(asks, "multiple")
    async with Asking(question) as asking:
        await asking.press(*keys_for(question, asking.shown, ["adriatic", "sahara"]))
        assert asking.line("Adriatic").startswith("✓ [x]")
        assert asking.line("Adriatic").endswith("right, chosen")
        assert asking.line("Sahara").startswith("✗ [x]")
        assert asking.line("Sahara").endswith("does not belong")
        assert asking.line("Baltic").startswith("✗ [ ]")
        assert asking.line("Baltic").endswith("belongs too")
        assert asking.line("Andes").endswith("rightly left out")
        assert "That is a desert." in asking.text


async def test_several_options_do_not_give_away_what_is_missing(asks: Lesson) -> None:
    question = of_type(asks, "multiple")
    async with Asking(question, mode="lesson") as asking:
        await asking.press(*keys_for(question, asking.shown, ["adriatic"]))
        assert asking.line("Adriatic").startswith("›✓ [x]")
        assert asking.line("Baltic").startswith("[ ]")
        assert "belongs too" not in asking.text


@pytest.mark.parametrize(
    "told",
    few(
        ("match", "Right: ", "Not this one."),
        ("gaps", "Right: two. Count them.", "Count them."),
        ("order", "belongs at", "not its place"),
        more=[
            ("sort", "Right: ", "Not this one."),
            ("number", "Right answer: 12.4 hours", "Not right."),
        ],
    ),
)
async def test_the_key_is_told_only_when_the_question_is_settled(
    asks: Lesson, told: tuple[str, str, str]
) -> None:
    name, settled, open_ = told
    question = of_type(asks, name)
    async with Asking(question, size=(80, 40)) as asking:
        await asking.press(*keys_for(question, asking.shown, wrong_response(question)))
        assert settled in asking.text
    async with Asking(question, mode="lesson", size=(80, 40)) as asking:
        await asking.press(*keys_for(question, asking.shown, wrong_response(question)))
        assert open_ in asking.text
        assert settled not in asking.text


async def test_a_mistake_that_learners_make_is_answered(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.write("24")
        await asking.press("enter")
        assert "That is a whole day." in asking.text


async def test_what_was_accepted_is_said(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.write("12")
        await asking.press("enter")
        assert "Accepted: 12 is within 0.5 of 12.4." in asking.text


async def test_a_slip_leaves_the_try(asks: Lesson) -> None:
    async with Asking(of_type(asks, "text")) as asking:
        await asking.write("ebb tidee")
        await asking.press("enter")
        assert "~ Nearly: check the spelling." in asking.text
        await asking.press("enter")
        assert len(asking.given) == 1
        await asking.press("backspace")
        assert "Nearly" not in asking.text
        await asking.press("enter")
        assert "✓ Right." in asking.text


@pytest.mark.parametrize("type_", ["choice", "multiple"])
async def test_markup_in_a_question_is_text(type_: str) -> None:
    async with Asking(question_of(MARKUP.format(type=type_))) as asking:
        await asking.click_on("[@click=app.quit]stem[/]")
        await asking.click_on("[@click=app.quit]x[/]")
        asking.view.show_hint("[@click=app.quit]hint[/]")
        await asking.press("enter")
        assert "Hint 1 [@click=app.quit]hint[/]" in asking.text
        for written in ("[@click=app.quit]why[/]", "[bold]feedback[/bold]", "[red]y[/red]"):
            assert written in asking.text
        await asking.click_on("[@click=app.quit]why[/]")
        await asking.press("h")
        assert asking.reached == ["h"]


async def test_markup_that_is_typed_is_text(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps")) as asking:
        await asking.write("[bold]x")
        assert "There are (1) [bold]x high tides" in asking.text


async def test_long_options_hang_from_their_text_at_50_columns(begins: AnyQuestion) -> None:
    async with Asking(begins, size=(50, 40)) as asking:
        await asking.press("4", "enter")
        place = next(row for row, line in enumerate(asking.lines) if "When a judge" in line)
        column = asking.lines[place].index("When")
        for line in asking.lines[place + 1 : place + 2]:
            assert line[:column].strip() == ""
            assert line[column] != " "
        assert "your answer" in asking.text
        assert max(map(len, asking.lines)) <= 50


async def test_the_verdict_is_in_view_on_a_small_screen(begins: AnyQuestion) -> None:
    async with Asking(begins, size=(50, 14)) as asking:
        assert "2 sources" not in asking.text
        await asking.press("2", "enter")
        await asking.pause()
        assert "✗ Not right." in asking.text
        assert "2 sources" in asking.text


LONG_WHY = "Words that say why at length. " * 12


@pytest.mark.parametrize(("option", "height"), [("1", 14), ("2", 14), ("2", 18), ("3", 12)])
async def test_the_option_chosen_is_in_view_with_its_verdict_on_a_small_screen(
    option: str, height: int
) -> None:
    question = question_of(BEGINS.replace("The time is extra;", LONG_WHY))
    async with Asking(question, size=(50, height)) as asking:
        await asking.press(option, "enter")
        await asking.pause()
        assert "your answer" in asking.text or "✓ 3" in asking.text
        if option == "2":
            assert "Booking starts local custody." in asking.text
        if height == 18:
            assert "✗ Not right." in asking.text


async def test_moving_keeps_the_option_in_view_on_a_small_screen(begins: AnyQuestion) -> None:
    async with Asking(begins, size=(50, 6)) as asking:
        assert "When a judge" not in asking.text
        await asking.press("up")
        assert "● 4 When a judge" in asking.text
        await asking.press("down")
        assert "● 1 When ICE" in asking.text


WRAPPED = """
- type: choice
  shuffle: false
  stem: |
    What does the court in *Galarza*
    say about [detainers](term:detainer)?
  options:
    - {text: They are **requests**, correct: true}
    - {text: They are orders}
"""


async def test_lines_that_a_file_breaks_are_joined_and_emphasis_is_left_out() -> None:
    async with Asking(question_of(WRAPPED)) as asking:
        assert asking.line("court") == "What does the court in Galarza say about detainers?"
        assert asking.line("requests") == "○ 1 They are requests"


async def test_a_target_stands_beside_its_row_where_it_has_room(asks: Lesson) -> None:
    async with Asking(of_type(asks, "match"), size=(80, 30)) as asking:
        await asking.press("1")
        assert "→ 1" in asking.line("Depth")
    async with Asking(of_type(asks, "match"), size=(18, 40)) as asking:
        await asking.press("1")
        place = next(row for row, line in enumerate(asking.lines) if "Depth" in line)
        assert "→" not in asking.lines[place]
        assert "→ 1" in asking.lines[place + 1]


LISTED = """
- type: true_false
  stem: The tide rises twice a day.
  answer: true
  explanation: |
    Why it does:

    - the moon pulls the water on the near side more than the earth that lies under it
    - the earth turns.
"""


async def test_the_lines_of_an_entry_of_a_list_stand_under_its_first_word() -> None:
    async with Asking(question_of(LISTED), size=(50, 24)) as asking:
        await asking.press("1", "enter")
        at = next(row for row, line in enumerate(asking.lines) if "- the moon" in line)
        entry = asking.lines[at : at + 3]
        begins = entry[0].index("the moon")
        assert [line[:begins].strip() for line in entry] == ["-", "", "-"]
        assert entry[1][begins] != " "
