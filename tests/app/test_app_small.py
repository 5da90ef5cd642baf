"""Small windows: nothing is skipped unread, no key is cut in half, nothing is done unseen."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from app.every_type import opened_at, write_course
from app.reading import Opened
from support import few, spread

from tutor.course.model.course import Course
from tutor.study import Study

LONG = """
title: A long read
steps:
  - type: read
    text: |
{paragraphs}
      The very last words.
  - {{type: read, text: Short.}}
"""


@pytest.fixture
def long(tmp_path: Path, study: Study) -> Course:
    paragraphs = "\n".join(f"      Paragraph {number}.\n" for number in range(1, 20))
    path = tmp_path / "long.yaml"
    path.write_text(LONG.format(paragraphs=paragraphs), encoding="utf-8")
    return study.library.course_at(path)


async def test_enter_reads_on_before_it_turns_the_page(
    opened: Callable[..., Opened], long: Course
) -> None:
    async with opened("long", course=long) as app:
        assert "↓ more below" in app.text
        assert "↵ more" in app.text
        await app.press("enter")
        assert "1 of 2" in app.text
        assert "Paragraph 2." not in app.text
        await app.press_while("enter", "↵ more")
        assert "The very last words." in app.text
        assert "more below" not in app.text
        assert "↵ next" in app.text
        await app.press("home")
        assert "↓ more below" in app.text
        assert "↵ next" in app.text
        await app.press("enter")
        assert "2 of 2" in app.text
        assert "more below" not in app.text


LETTERS = "\n\n".join("abcdefgh")
ENDS = [
    ({"type": "read", "text": f"{LETTERS}\n\nLast."}, "Last."),
    ({"type": "read", "text": f"{LETTERS}\n\n- one\n- Last."}, "Last."),
    ({"type": "reflect", "id": "one", "prompt": "What do you think?"}, "You can leave it empty."),
]


@pytest.mark.parametrize(("height", "end"), spread(range(12, 26, 2), ENDS))
async def test_empty_lines_at_the_end_are_nothing_to_see(
    opened: Callable[..., Opened],
    tmp_path: Path,
    study: Study,
    height: int,
    end: tuple[dict[str, str], str],
) -> None:
    step, last = end
    path = tmp_path / "ends.yaml"
    path.write_text(json.dumps({"title": "T", "steps": [step]}), encoding="utf-8")
    course = study.library.course_at(path)
    async with opened("ends", course=course, size=(80, height)) as app:
        assert ("↓ more below" in app.text) == (last not in app.text)


TABLE = """
title: A table between two pages
steps:
  - {type: read, text: Short.}
  - type: compare
    columns: [One, Other]
    rows:
ROWS
  - type: choice
    stem: Which?
    options: [{text: This, correct: true}, {text: That}]
"""
ROWS = "\n".join(f"      - {{label: Row {number}, cells: [a, b]}}" for number in range(12))


async def test_a_page_turned_to_says_at_once_whether_it_goes_on(
    opened: Callable[..., Opened], tmp_path: Path, study: Study
) -> None:
    (tmp_path / "table.yaml").write_text(TABLE.replace("ROWS", ROWS), encoding="utf-8")
    course = study.library.course_at(tmp_path / "table.yaml")
    async with opened("table", course=course) as app:
        assert "more below" not in app.text
        await app.press("ctrl+n")
        assert "↓ more below" in app.text
        assert "more above" not in app.text
        assert "↵ more" in app.text
        await app.press("ctrl+n")
        assert "more below" not in app.text
        assert "↵ answer" in app.text


@pytest.mark.parametrize("lines", few(12, 15, more=(18, 21, 24)))
async def test_a_step_after_one_read_to_its_end_is_read_to_its_end_too(
    opened: Callable[..., Opened], tmp_path: Path, study: Study, lines: int
) -> None:
    texts = ["\n\n".join(f"{name} {n}." for n in range(lines)) for name in ("First", "Second")]
    steps = [{"type": "read", "text": text} for text in texts]
    (tmp_path / "two.yaml").write_text(json.dumps({"title": "T", "steps": steps}), "utf-8")
    course = study.library.course_at(tmp_path / "two.yaml")
    async with opened("two", course=course, size=(50, 20)) as app:
        await app.press_while("enter", "1 of 2")
        assert "Second 0." in app.text
        await app.press_while("enter", "↵ more")
        assert "2 of 2" in app.text
        assert f"Second {lines - 1}." in app.text


@pytest.mark.parametrize("asks_for_it", [False, True])
async def test_why_is_read_to_its_end_where_the_question_was_too(
    opened: Callable[..., Opened], tmp_path: Path, study: Study, asks_for_it: bool
) -> None:
    options = [{"text": f"The answer numbered {n}"} for n in range(1, 16)]
    options[-1]["correct"] = True  # type: ignore[assignment]
    why = "\n\n".join(f"Reason {n}." for n in range(1, 16))
    step = {"type": "choice", "stem": "Which?", "options": options, "explanation": why}
    (tmp_path / "asks.yaml").write_text(json.dumps({"title": "T", "steps": [step]}), "utf-8")
    course = study.library.course_at(tmp_path / "asks.yaml")
    async with opened("asks", course=course, size=(50, 20)) as app:
        await app.press("end")
        if asks_for_it:
            wrong = [
                one for one in re.findall(r"The answer numbered \d+", app.text) if "15" not in one
            ]
            for option in wrong[:3]:
                await app.choose(option)
            await app.press("end", "r")
        else:
            await app.press_until("up", "numbered 15")
            await app.choose("The answer numbered 15")
        assert "↓ more below" in app.text
        await app.press_while("enter", "↵ more")
        assert "Reason 15." in app.text


MANY_TARGETS = """
title: A match with many targets
quiz:
  questions:
    - type: match
      stem: |
        Where does each point about tides come from? A source may fit more than once, or not at
        all.
      shuffle: false
      pairs:
        - {left: The water rises twice a day, right: The tide table of 2017, feedback: It says so.}
        - {left: The harbor must be told beforehand, right: The rule of the harbor, feedback: "No."}
        - {left: A pilot comes on board, right: A letter of 2017, feedback: A letter says so.}
        - {left: Ships wait and go on at high water, right: The rule of the harbor, feedback: "No."}
      distractors: [The article, A ruling of 2014, A statute, The almanac]
      explanation: |
        All four lie outside the article, which does not mention the water, the harbor, the pilot
        or the ships. Knowing the source tells you where to check.
    - {type: true_false, stem: The sea is salty., answer: true}
"""


async def test_a_match_with_many_targets_fits_with_its_rows_put(
    opened: Callable[..., Opened], tmp_path: Path, study: Study
) -> None:
    (tmp_path / "many.yaml").write_text(MANY_TARGETS, encoding="utf-8")
    course = study.library.course_at(tmp_path / "many.yaml")
    async with opened("many", course=course, quiz=True) as app:
        await app.press_until("ctrl+n", "Where does each point")
        await app.press("2", "3", "4", "7")
        rows = [line for line in app.lines if "→" in line]
        assert [re.sub(" +", " ", row).partition("→")[2][:3] for row in rows] == [
            " 2 ", " 3 ", " 4 ", " 7 "
        ]  # fmt: skip
        assert all(re.search(r"\w +→", row) for row in rows), rows
        assert "Give answer" in app.text
        assert "more below" not in app.text
        await app.press("enter")
        assert "↑ more above" in app.text
        assert "more below" not in app.text
        assert "↵ next" in app.text
        here = re.search(r"question \d+", app.text)
        await app.press("enter")
        assert here is not None
        assert here[0] not in app.text


@pytest.mark.parametrize("reasons", few(15, 5, more=range(1, 15, 2)))
async def test_why_begins_under_the_marks_it_is_about(
    opened: Callable[..., Opened], tmp_path: Path, study: Study, reasons: int
) -> None:
    why = "\n\n".join(f"Reason {n}." for n in range(1, reasons + 1))
    groups = {"Salt": ["Baltic Sea", "Pacific"], "Fresh": ["Rhine", "Danube"]}
    question = {"type": "sort", "stem": "Sort these.", "groups": groups, "explanation": why}
    quiz = {"title": "T", "quiz": {"questions": [question]}}
    (tmp_path / "asks.yaml").write_text(json.dumps(quiz), "utf-8")
    course = study.library.course_at(tmp_path / "asks.yaml")
    async with opened("asks", course=course, quiz=True, size=(50, 20)) as app:
        await app.press("1", "1", "1", "1", "enter")
        for said in ("Rhine", "Right: Fresh (2).", "~ Partly right: ½ of 1 point.", "Reason 1."):
            assert said in app.text
        await app.press_while("enter", "↵ more")
        assert f"Reason {reasons}." in app.text


@pytest.mark.parametrize(
    ("kind", "begun", "at"),
    [
        ("gaps", ["a", "tab", "b"], "2 b"),
        ("match", ["1", "1", "1"], "→ 1"),
        ("multiple", ["4"], "› [x] 4"),
    ],
)
async def test_what_one_was_at_stays_in_view_when_the_window_is_made_smaller(
    study: Study, tides: Course, kind: str, begun: list[str], at: str
) -> None:
    async with opened_at(study, tides, "quiz", kind) as app:
        await app.press(*begun)
        before = app.lines
        await app.resize(40, 12)
        assert at in app.text
        await app.resize(80, 30)
        assert app.lines == before
        await app.press("enter")
        judged = r"(✗ Not right|~ Partly right|✓ Right)"
        assert re.search(judged, app.text)
        for size in ((40, 12), (80, 30), (50, 20)):
            await app.resize(*size)
            assert re.search(judged, app.text)


async def test_right_turns_the_page_at_once(opened: Callable[..., Opened], long: Course) -> None:
    async with opened("long", course=long) as app:
        await app.press("right")
        assert "2 of 2" in app.text


async def test_results_are_read_to_their_end(opened: Callable[..., Opened]) -> None:
    from app.test_app_story import answer_all

    async with opened("asks", quiz=True, size=(80, 14)) as app:
        await answer_all(app, first="Release")
        assert "67% · Not passed yet. 70% passes" in app.text
        assert "2 of 3 points" in app.text
        assert "▌ Read again" in app.text
        await app.press("end")
        assert "▌ ✓" in app.text
        assert "↵ look" in app.text
        assert "↑ more above" in app.text
        assert "↓ more below" not in app.text


@pytest.mark.parametrize("width", few(40, 64, more=(50, 80)))
async def test_the_way_out_is_always_shown_and_nothing_is_cut(
    opened: Callable[..., Opened], course: Course, width: int
) -> None:
    async with opened("asks", course=course, quiz=True, size=(width, 24)) as app:
        for _ in range(10):
            bar = app.lines[-1]
            assert re.search(r"(\?|F1) help  esc home(  \^q quit)? $", bar), bar
            assert "↵ answer" in bar or "^s done" in bar, bar
            assert len(bar) == width
            for said in re.split(r"  +| · ", bar.strip()):
                assert said in WHOLE, (said, bar)
            await app.press("ctrl+n")


WHOLE = {
    "? help", "F1 help", "esc home", "^q quit", "↵ answer", "h hint −⅓", "F2 hint −⅓", "^n skip",
    "space move", "1-3 choose", "1-2 choose", "write", "write the number", "write the answer",
    "write in each gap", "tab next gap", "tab next", "1-4 or space tick", "1-4 tick", "↑↓ go",
    "space pick up", "space put down", "1-4 put", "1-2 put", "^s done writing", "^s done",
    "h hint −⅔", "^p all commands", "^p commands",
}  # fmt: skip


async def test_nothing_is_done_while_the_window_is_too_small(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    async with opened("asks") as app:
        await app.resize(30, 10)
        await app.press("enter", "s", "escape", "question_mark", "ctrl+p")
        await app.click_on("This window")
        await app.resize(80, 24)
        assert "1 of 4" in app.text
        assert "A detainer is a request." in app.text
        assert "What this rests on" not in app.text
        await app.resize(30, 10)
        await app.press("ctrl+q")
    assert study.position(small, study.lesson(small.lessons[0])) == 0
    assert app.app.return_code == 0


async def test_help_can_always_be_seen_to_close(opened: Callable[..., Opened]) -> None:
    async with opened("asks", size=(60, 14)) as app:
        await app.press("question_mark")
        assert "esc close" in app.text
        assert "Keys that work here" in app.text
        await app.press("end")
        assert "esc close" in app.text
        assert "Leave tutor" in app.text
        await app.click_on("esc close")
        assert "A detainer is a request." in app.text


async def test_keys_with_nothing_behind_them_say_so(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("enter", "s")
        assert "First your answer" in app.text
        await app.press("h", "h")
        assert "No hint is left." in app.text
        await app.press("ctrl+n", "ctrl+n", "s")
        assert "Nothing here rests on a claim of a source." in app.text


async def test_the_words_of_a_quiz_are_those_of_the_question(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("g")
        assert "First your answer" in app.text
        await app.press("1", "enter", "g")
        assert "No word of the glossary is linked here." in app.text


async def test_the_row_one_is_on_is_in_sight_at_a_first_start_in_the_smallest_window(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    with (small.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write(f"summary: {'Words and words. ' * 12}\n")
    course = study.library.course_at(small.path)
    async with opened(course=course, size=(40, 12)) as app:
        assert "Welcome." in app.text
        assert "▌ Begin" in app.text
        await app.resize(80, 24)
        assert "Words and words." in app.text
        assert "▌ Begin" in app.text


@pytest.mark.parametrize("column", [45, 70])
async def test_a_click_on_empty_ground_leaves_the_keys_with_the_rows(
    opened: Callable[..., Opened], column: int
) -> None:
    async with opened("asks") as app:
        app.app.show_review()
        await app.settle()
        await app.press("down", "up")
        before = app.lines
        assert "↵" in before[-1]
        empty = next(row for row in range(20, 0, -1) if not before[row].strip())
        await app.click_at(column, empty)
        assert app.lines == before
        await app.press("enter")
        assert app.lines != before


async def test_a_learner_who_is_stuck_sees_the_help_there_is_in_a_small_window(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", size=(50, 20)) as app:
        await app.press("enter")
        assert "Who sends a detainer?" in app.text
        assert "↵ answer  ^n next  h hint" in app.lines[-1]
        for option in ("The jail", "A judge", "The jail"):
            await app.choose(option)
        assert "↵ answer  h hint  r solution" in app.lines[-1]
        assert app.lines[-1].rstrip().endswith("? help  esc home")


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("multiple", "1-2 tick · ↵ answer  ^n next"), ("order", "space move · ↵ answer  ^n next")],
)
async def test_the_keys_of_a_question_come_before_leaving_tutor(
    opened: Callable[..., Opened], tmp_path: Path, study: Study, kind: str, keys: str
) -> None:
    asks = {
        "multiple": {"options": [{"text": "One", "correct": True}, {"text": "Two"}]},
        "order": {"items": ["One", "Two", "Three"]},
    }
    step = {"type": kind, "id": "asked", "stem": "Which?", **asks[kind]}
    path = tmp_path / "asks.yaml"
    path.write_text(json.dumps({"title": "T", "steps": [step]}), encoding="utf-8")
    async with opened("asks", course=study.library.course_at(path), size=(50, 20)) as app:
        assert keys in app.lines[-1]
        assert app.lines[-1].rstrip().endswith("? help  esc home")
        if kind == "order":
            await app.press("space")
            assert "space put down" in app.lines[-1]


@pytest.mark.parametrize(
    "case",
    few(
        ("lesson", "order", "space move · ↵ answer  ^n next"),
        ("quiz", "gaps", "tab next · ↵ answer  ^n skip"),
        ("test", "choice", "↵ answer  ^n skip  e end"),
        ("test", "order", "space move · ↵ answer  ^n skip"),
        more=[
            ("quiz", "choice", "↵ answer  ^n skip  h hint −⅓"),
            ("quiz", "match", "1-4 put · ↵ answer  ^n skip"),
            ("quiz", "open", "write · ^s done  ^n skip"),
            ("test", "multiple", "1-4 tick · ↵ answer  ^n skip"),
            ("test", "text", "↵ answer  ^n skip  F7 end"),
        ],
    ),
)
async def test_the_keys_that_one_needs_are_named_in_a_small_window(
    study: Study, tmp_path: Path, case: tuple[str, str, str]
) -> None:
    mode, kind, needed = case
    write_course(tmp_path / "tides")
    course = study.library.course_at(tmp_path / "tides")
    async with opened_at(study, course, mode, kind) as app:
        await app.resize(50, 20)
        assert needed in app.lines[-1]
        assert app.lines[-1].rstrip().endswith(" help  esc home")
