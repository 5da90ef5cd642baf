"""What teachers write, kind by kind: it is shown, told apart and graded as they wrote it."""

from pathlib import Path

import pytest
from app.asking import Asking

from tutor.course.lint.checker import check_each
from tutor.course.model.markdown.plain import plain_item
from tutor.course.model.questions import AnyQuestion, Choice, Gaps, Number, Text
from tutor.course.reading.findings import Finding
from tutor.plain.answer_lines import ask_entry
from tutor.plain.markdown_lines import asked, listed
from tutor.quiz.grading import grade
from tutor.quiz.typed_number import NotUnderstood, read_number

HEAD = """\
title: Case
objectives:
  s: Know it
quiz:
  questions:
    - id: a
      objective: s
      explanation: Because.
"""


def checked(folder: Path, question: str) -> tuple[AnyQuestion | None, list[Finding]]:
    """A question as an author writes it, unless it has errors, and what `check` says of it."""
    path = folder / "case.yaml"
    path.write_text(HEAD + "".join(f"      {line}\n" for line in question.splitlines()), "utf-8")
    [found] = check_each(path)
    assert found.draft is not None
    errors = any(one.severity == "error" for one in found.findings)
    questions = [] if errors else [question for _, question in found.draft.questions]
    return (questions[0] if questions else None), list(found.findings)


def sound(folder: Path, question: str) -> AnyQuestion:
    made, found = checked(folder, question)
    assert made is not None, [one.message for one in found]
    return made


def choice(stem: str, *options: str) -> str:
    """A choice whose first option is right, every text below a `|`."""

    def below(text: str, pad: str) -> str:
        return "|-\n" + "\n".join(f"{pad}{line}" for line in text.splitlines())

    first, *others = (f"  - text: {below(option, '      ')}" for option in options)
    right = f"{first}\n    correct: true"
    return "\n".join(
        ["type: choice", f"stem: {below(stem, '  ')}", "options:", right, *others, "shuffle: false"]
    )


CODE = "What is printed?\n\n```python\nfor i in range(2):\n    print(i)\n```"

SHOWN = {
    "a blank": ("At low tide the ____ is wide.", ["beach", "moon"], None, None),
    "blanks": ("___ and (____) and ____?", ["a", "b"], None, None),
    "a code span": (
        "Which call does `x.__len__()` stand for?",
        ["`len(x)`", "`x.__new__()`", "`2**3`"],
        ["Which call does x.__len__() stand for?"],
        ["len(x)", "x.__new__()", "2**3"],
    ),
    "signs": ("Which sign means more?", [">", "<", "=", "***", "---", "#", "*", "_"], None, None),
    "code and what it prints": (
        'What is printed?\n\n```python\nprint("__x__", 2 ** 3)\n```',
        ["__x__ 8", "x 8", "an error"],
        ["What is printed?", 'print("__x__", 2 ** 3)'],
        None,
    ),
    "names and products": ("Is w__er or 2**3*4 in a[0]?", ["__init__", "a*b*c"], None, None),
    "code on lines": (
        CODE,
        ["0 and 1", "2"],
        ["What is printed?", "for i in range(2):", "    print(i)"],
        None,
    ),
    "a list": (
        "Two things are known:\n\n- it rains\n- it is cold\n\nWhat do you wear?",
        ["a coat", "a hat"],
        ["Two things are known:", "- it rains", "- it is cold", "What do you wear?"],
        None,
    ),
    "options on lines": (
        "Which of these is one loop?",
        ["for i in x:\n    print(i)", "i = x\nprint(i)", "print(x)"],
        None,
        None,
    ),
    "a list of steps": (
        "1. Take `x`.\n2. Add one:\n   - to it\n   - to all",
        ["x", "y"],
        ["1. Take x.", "2. Add one:", "   - to it", "   - to all"],
        None,
    ),
    "a verse": (
        "One line\\\nand another",
        ["a  \nb", "c"],
        ["One line", "and another"],
        ["a\nb", "c"],
    ),
    "a table": (
        "| a | b |\n|---|---|\n| 1 | `x\\|y` |",
        ["1", "2"],
        ["| a | b   |", "| - | --- |", "| 1 | x|y |"],
        None,
    ),
    "powers and indices": (
        "How much is 10^-2^ m in H~2~O?",
        ["x^2^", r"$\frac{1}{2}$", "2^3^2"],
        ["How much is 10⁻² m in H₂O?"],
        ["x²", "½", "2^3^2"],
    ),
    "other scripts": ("كم؟ שלום 汉字 👩‍🚀 é", ["٣", "三", "e\u0301"], None, None),
}


@pytest.mark.parametrize(("stem", "options", "said", "items"), SHOWN.values(), ids=SHOWN)
def test_signs_code_and_lines_are_shown_as_they_were_written(
    tmp_path: Path, stem: str, options: list[str], said: list[str] | None, items: list[str] | None
) -> None:
    question = sound(tmp_path, choice(stem, *options))
    assert isinstance(question, Choice)
    assert asked("", question.stem, {}) == ([stem] if said is None else said)
    shown = [plain_item(option.text) for option in question.options]
    assert shown == (options if items is None else items)
    first = listed("1.", question.options[0].text)
    assert [line.removeprefix("1. ").strip() for line in first] == [
        line.strip() for line in shown[0].split("\n")
    ]


async def test_the_full_screen_shows_lists_and_code_on_their_lines(tmp_path: Path) -> None:
    stem = f"{CODE}\n\n- it rains\n- it is cold\n\nWhat now?"
    question = sound(tmp_path, choice(stem, "for i in x:\n    print(i)", "print(x)"))
    async with Asking(question, size=(80, 40)) as page:
        lines = [line.rstrip() for line in page.lines]
    at = next(index for index, line in enumerate(lines) if "for i in range(2):" in line)
    assert lines[at + 1].endswith("    print(i)")
    assert any(line.strip() == "- it rains" for line in lines)
    assert any(line.endswith("for i in x:") for line in lines)


APART = {
    "a minus": ["-3", "3", "11"],
    "a capital": ["Friday", "friday", "fryday"],
    "units": ["900 MW", "900 mW", "900 W"],
    "powers": ["x²", "x2", "x^3^"],
    "a negation": ["!a", "a", "~a"],
    "quotes": ['"a"', "a", "'a'"],
    "hyphens": ["re-sign", "resign", "re sign"],
    "spaces in code": ["`a  b`", "`a b`", "`ab`"],
    "indentation": ["if x:\n    y", "if x:\n  y", "if x: y"],
}


@pytest.mark.parametrize("options", APART.values(), ids=APART)
def test_options_that_a_learner_can_tell_apart_are_not_the_same(
    tmp_path: Path, options: list[str]
) -> None:
    question = sound(tmp_path, choice("Which?", *options))
    assert isinstance(question, Choice)
    assert len({option.id for option in question.options}) == len(options)


@pytest.mark.parametrize(
    "options",
    [("a", "**a**"), ("a  b", "a b"), ("x^2^", "x²"), ("a\u200b", "a"), (r"$\alpha$", "α")],
)
def test_options_that_look_the_same_are_an_error(tmp_path: Path, options: tuple[str, str]) -> None:
    _, found = checked(tmp_path, choice("Which?", *options))
    assert "same-items" in [one.rule for one in found]


def typed(question: AnyQuestion, line: str) -> int | None:
    """The score of a line that a learner types; None where it is asked again."""
    assert isinstance(question, Number | Text)
    if isinstance(question, Text):
        return int(grade(question, line).score)
    found = read_number(question, line)
    return None if isinstance(found, NotUnderstood) else int(grade(question, str(found)).score)


NUMBERS = {
    "a thousand": (
        "answer: 1000",
        ["1e3", "10^3", "1 000", "1,000", "1'000", "10**3", "1000,0"],
        "1e2",
    ),
    "a half": (
        "answer: 0.5\ntolerance: 0.01",
        ["1/2", "0,5", "½", "50%", "50 %", ".5", "5e-1"],
        "1/3",
    ),
    "a million": ("answer: 1000000", ["1e6", "1 000 000", "10^6", "1.000.000", "1×10⁶"], "1e5"),
    "below zero": ("answer: -5", ["-5,0", "−5", "–5.0", "-10/2"], "5"),
    "two roots": ("answer: 3\nalso: [-3]", ["3", "-3", "9/3", "−3,0"], "0"),
    "a third": ("fraction: 1/3", ["1/3", "2/6", "⅓"], "0.33"),
    "percent": ("answer: 50\nunit: '%'", ["50", "50 %", "50%", "50 percent"], "0.5"),
}


@pytest.mark.parametrize(("lines", "right", "wrong"), NUMBERS.values(), ids=NUMBERS)
def test_a_right_number_is_right_as_people_write_it(
    tmp_path: Path, lines: str, right: list[str], wrong: str
) -> None:
    question = sound(tmp_path, f"type: number\nstem: How much is it?\n{lines}")
    assert {line: typed(question, line) for line in right} == dict.fromkeys(right, 1)
    assert typed(question, wrong) == 0


MISLEADING = {
    "half a point": ("type: number\nanswer: 2\npoints: 0.5", "double the points of all other"),
    "a third of a point": ("type: true_false\nanswer: true\npoints: 1/3", "multiply the points"),
    "a fraction": ("type: number\nanswer: 1/2\ntolerance: 0", "Write `answer: 0.5`"),
    "an endless fraction": ("type: number\nanswer: 2/3", "`tolerance: 0.0001`"),
    "an answer in a choice": (
        "type: choice\noptions: [{text: '4', correct: true}, {text: '3'}]\nanswer: 1",
        "Put `correct: true` below the text of the right option",
    ),
    "the number of the right option": (
        "type: choice\noptions: [{text: a}, {text: b}]\ncorrect: 2",
        "Put `correct: true` below the text of the right option",
    ),
    "answers of gaps": ("type: gaps\ntext: A {{b}}.\nanswers: [b]", "into the gap itself"),
    "blanks of gaps": ("type: gaps\ntext: At ebb ____ falls.", "in the place of ____"),
    "an answer in an order": ("type: order\nitems: [a, b]\nanswer: [a, b]", "in the right order"),
}


@pytest.mark.parametrize(("question", "says"), MISLEADING.values(), ids=MISLEADING)
def test_a_message_says_what_to_do_and_misleads_nobody(
    tmp_path: Path, question: str, says: str
) -> None:
    made, found = checked(tmp_path, f"stem: What?\n{question}")
    assert made is None
    assert any(says in one.remedy for one in found if one.severity == "error")


SIGNS = {
    "a negation": ("'!ready'", "ready"),
    "a list": ("'[1, 2]'", "1, 2"),
    "a factorial": ("4!", "4"),
    "an ending": (".txt", "txt"),
    "a call": ("f()", "f"),
    "a set": ("'{a}'", "a"),
}


@pytest.mark.parametrize(("answer", "line"), SIGNS.values(), ids=SIGNS)
def test_signs_at_the_ends_of_an_answer_are_told_of_and_can_count(
    tmp_path: Path, answer: str, line: str
) -> None:
    asking = f"type: text\nstem: How is it written?\nanswers: [{answer}]"
    lenient, found = checked(tmp_path, asking)
    assert [one.rule for one in found if "exact: true" in one.remedy] == ["uncounted-signs"]
    assert lenient is not None
    assert typed(lenient, line) == 1
    exact = sound(tmp_path, f"{asking}\nexact: true")
    assert typed(exact, line) == 0
    assert typed(exact, answer.strip("'")) == 1


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("ebb", "\u200febb\u200b"),
        ("ebb", "\u200eebb\u200c"),
        ("ebb", "e\u00adbb\ufeff"),
        ("check-in", "check\u2011in"),
        ("check\u2011in", "check–in"),
        ("İstanbul", "istanbul"),
        ("潮", "潮。"),
        ("مد", "مد؟"),
        ("ya", "¡ya!"),
    ],
)
def test_what_nobody_sees_never_decides(tmp_path: Path, answer: str, line: str) -> None:
    asking = f"type: text\nstem: Which is it?\nanswers: ['{answer}']"
    assert typed(sound(tmp_path, asking), line) == 1


@pytest.mark.parametrize(
    "line", ["\u200fEbb-in\u200b", "Ebb\u2011in", "E\u00adbb-in\u00a0", "Ebb‐in"]
)
def test_what_nobody_sees_does_not_even_decide_where_capitals_count(
    tmp_path: Path, line: str
) -> None:
    asking = "type: text\nstem: Which is it?\nanswers: [Ebb-in]\nexact: true"
    assert typed(sound(tmp_path, asking), line) == 1
    assert typed(sound(tmp_path, asking), line.lower()) == 0


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (r"In \frac{3}{4} the number below is {{four}}.", "four"),
        ("The set {1, 2} has {{two}} members.", "two"),
        ("In `if (x) { y }` the {{y}} is a statement.", "y"),
        (r"As $\frac{\sqrt{3}}{2}$ shows, {{it}} is so.", "it"),
        ("for (;;) { {{ x++ }}; }", "x++"),
    ],
)
def test_a_single_brace_stands_in_a_text_with_gaps(tmp_path: Path, words: str, key: str) -> None:
    question = sound(tmp_path, f"type: gaps\nstem: Fill in the gap.\ntext: |\n  {words}")
    assert isinstance(question, Gaps)
    assert question.key() == [key]
    assert int(grade(question, [key]).score) == 1


TYPED = {
    "H~2~O": ("H₂O", ["H2O", "h₂o", "H~2~O"], "HO"),
    "x^2^": ("x²", ["x2", "x^2", "x²", "x^2^"], "x3"),
    r"$\frac{1}{2}$": ("½", ["1/2", "½", r"$\frac{1}{2}$"], "1/3"),
    "snake_case": ("snake_case", ["snake_case"], "snakecase"),
    "2*3*4": ("2*3*4", ["2*3*4"], "234"),
    "$HOME": ("$HOME", ["$home"], "PATH"),
}


@pytest.mark.parametrize("key", TYPED)
def test_a_key_with_markup_is_what_it_shows(tmp_path: Path, key: str) -> None:
    shown, right, wrong = TYPED[key]
    text = sound(tmp_path, f"type: text\nstem: What?\nanswers:\n  - '{key}'")
    gaps = sound(tmp_path, f"type: gaps\nstem: Fill.\ntext: 'It is {{{{{key}}}}} there.'")
    assert text.describe(text.key()) == gaps.describe(gaps.key()) == shown
    for typed in right:
        assert grade(text, typed).score == grade(gaps, [typed]).score == 1, typed
    assert grade(text, wrong).score == grade(gaps, [wrong]).score == 0
    assert grade(gaps, [wrong]).parts[0].key == shown


def test_a_key_that_must_be_exact_is_compared_as_it_is_written(tmp_path: Path) -> None:
    text = sound(tmp_path, "type: text\nstem: What?\nanswers: [H~2~O]\nexact: true")
    assert text.key() == "H~2~O"
    assert grade(text, "H₂O").score == 0


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("type: text\nstem: What?\nanswers: [CO<sub>2</sub>]", "<sub>"),
        ("type: text\nstem: What?\nanswers: ['<b>']", None),
        ("type: gaps\nstem: Fill.\ntext: 'It is 10^{{8}} there.'", "10^{{8}}"),
        ("type: gaps\nstem: Fill.\ntext: 'It is H~{{2}}~O there.'", "H~{{2}}~"),
        ("type: gaps\nstem: Fill.\ntext: 'It is snake_{{case}} there.'", None),
        ("type: gaps\nstem: Fill.\ntext: 'It is `x^{{2}}` there.'", None),
    ],
)
def test_markup_that_is_not_drawn_is_warned_of(
    tmp_path: Path, question: str, shown: str | None
) -> None:
    _, found = checked(tmp_path, question)
    said = [one.message for one in found if one.rule == "shown-as-typed"]
    assert [shown in one for one in said if shown] == [True] * (shown is not None)
    assert bool(said) == bool(shown)


@pytest.mark.parametrize(
    ("key", "asked_for"), [("ice", "in words"), ("x^2", "text"), ("≠", "text")]
)
def test_words_are_asked_for_where_the_key_is_one(tmp_path: Path, key: str, asked_for: str) -> None:
    question = sound(tmp_path, f"type: text\nstem: What?\nanswers: ['{key}']")
    assert ask_entry(question, question.arranged(1)).wanted == asked_for
