"""What an author is told who writes a number, points or an answer as `check` cannot take it."""

from pathlib import Path

import pytest

from tutor.course.lint.checker import check
from tutor.course.reading.value_remedies import remedy_for_number

QUESTION = """\
title: A lesson
quiz:
  questions:
    - id: q
      stem: What?
"""


def told(folder: Path, question: str) -> list[tuple[str, str]]:
    """The errors of a question: the line that each points at, and what to do."""
    path = folder / "lesson.yaml"
    text = QUESTION + "".join(f"      {line}\n" for line in question.splitlines())
    path.write_text(text, "utf-8")
    lines = text.splitlines()
    return [
        (lines[one.line - 1].strip(), one.remedy) for one in check(path) if one.severity == "error"
    ]


NUMBERS = {
    "1/2": "Write `answer: 0.5`; a learner may write `1/2` all the same",
    "½": "Write `answer: 0.5`; a learner may write `½` all the same",
    "3 1/2": "Write `answer: 3.5`; a learner may write `3 1/2` all the same",
    "-3/4": "Write `answer: -0.75`",
    "1/3": "Write `answer: 0.3333`, and below it `tolerance: 0.0001`, since the decimals of 1/3",
    "1/30000": "Write `answer: 0.00003333`, and below it `tolerance: 0.00000001`",
    "0,5": "Write `0.5`, with a point.",
    "1,000": "Write `1000`, without a comma.",
    "1 000": "Write `1000`.",
    "−3": "Write `-3`.",
    "10^3": "Write `1000`.",
    "2×10³": "Write `2000`.",
    "48 hours": "Write `answer: 48`, and below it `unit: hours`.",
    "9,81 m/s²": "Write `answer: 9.81`, and below it `unit: m/s²`.",
    "$5": "Write `answer: 5`, and below it `unit: $`.",
    "50%": 'Write `answer: 50`, and below it `unit: "%"`.',
    "1/2 hour": "Write `answer: 0.5`, and below it `unit: hour`.",
    "1,500,000": "Write `1500000`, without commas.",
    "6,022·10²³": "Write `602200000000000000000000`.",
    "5-3": "Write it in digits",
    "1789-07-14": "Write it in digits",
    "0x1F": "Write it in decimals: `31`.",
    "1/0": "Write it in digits",
    "forty": "Write it in digits",
}


@pytest.mark.parametrize(("written", "remedy"), NUMBERS.items())
def test_a_number_in_another_spelling_is_told_how_to_write_it(
    tmp_path: Path, written: str, remedy: str
) -> None:
    [(line, said)] = told(tmp_path, f"type: number\nanswer: {written}")
    assert line == f"answer: {written}"
    assert said.startswith(remedy)
    assert "unit: /" not in said


SEVERAL = {
    "3 to 4": "Write the middle, `answer: 3.5`, and below it how far off still counts: "
    "`tolerance: 0.5`.",
    "3-5": "Write the middle, `answer: 4`",
    "2,5–3,5": "Write the middle, `answer: 3`",
    "between 3 and 4": "Write the middle, `answer: 3.5`",
    "9,81 ± 0,02": "Write `answer: 9.81`, and below it `tolerance: 0.02`.",
    "3 or 4": "Write `answer: 3`, and below it `also: [4]`.",
    "about 3": "Write `answer: 3`, and below it `tolerance:` with how far off still counts.",
    "ca. 3,5": "Write `answer: 3.5`, and below it `tolerance:`",
    "5 m 3": "Write it in digits",
}


@pytest.mark.parametrize(("written", "remedy"), SEVERAL.items())
def test_a_range_or_two_numbers_are_not_taken_for_a_unit(
    tmp_path: Path, written: str, remedy: str
) -> None:
    [(_, said)] = told(tmp_path, f"type: number\nanswer: {written}")
    assert said.startswith(remedy)


@pytest.mark.parametrize("written", list(NUMBERS)[:-5])
def test_what_it_says_to_write_is_taken(tmp_path: Path, written: str) -> None:
    [(_, said)] = told(tmp_path, f"type: number\nanswer: {written}")
    keys = ("answer: ", "tolerance: ", "unit: ")
    lines = [part for part in said.split("`")[1::2] if part.startswith(keys)]
    lines = lines or [f"answer: {said.split('`')[1]}"]
    assert told(tmp_path, "type: number\n" + "\n".join(lines)) == []


def test_a_fraction_can_be_written_as_one(tmp_path: Path) -> None:
    [(_, said)] = told(tmp_path, "type: number\nanswer: ⅓")
    assert "write `fraction: 1/3` in its place" in said
    assert told(tmp_path, "type: number\nfraction: 1/3") == []
    [(line, said)] = told(
        tmp_path,
        "type: number\nanswer: 4\nmistakes:\n  - answer: 2/6\n    feedback: No.",
    )
    assert line == "- answer: 2/6"
    assert "write `fraction: 2/6` in its place" in said


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("answer: [3, -3]", "Write `answer: 3`, and below it `also: [-3]`."),
        ("answers: [3, -3]", "list them: `also: [-3]`"),
        ("answer: 3\nalso: [three]", "Write it in digits, a fraction with a slash."),
        ("fraction: a third", "a fraction with a slash"),
        ("fraction: 1/3 hours", "Write it with a slash"),
        ("fraction: 1/2\nanswer: 0.4", "Leave one of the two out."),
    ],
)
def test_several_numbers_and_fractions_are_told_how_to_be_written(
    tmp_path: Path, question: str, says: str
) -> None:
    [(_, said)] = told(tmp_path, f"type: number\n{question}")
    assert says in said


POINTS = {
    "0.5": "`points: 1` here, and double the points of all other questions",
    "1.5": "`points: 3` here, and double the points",
    "2,5": "`points: 5` here, and double the points",
    "½": "`points: 1` here, and double the points",
    "1/4": "`points: 1` here, and multiply the points of all other questions by 4",
    "0.123": "from 1 to 100",
    "3 points": "Write `3` alone.",
    "three": "Write a whole number, in digits.",
}


@pytest.mark.parametrize(("written", "remedy"), POINTS.items())
def test_a_part_of_a_point_is_told_how_to_be_written(
    tmp_path: Path, written: str, remedy: str
) -> None:
    [(line, said)] = told(tmp_path, f"type: true_false\nanswer: true\npoints: {written}")
    assert line == f"points: {written}"
    assert remedy in said


def test_a_whole_number_with_decimals_is_rounded_and_not_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_text("title: T\nminutes: 7.6\nsteps: [{type: read, text: x}]\n", "utf-8")
    [found] = [one for one in check(path) if one.severity == "error"]
    assert found.remedy == "Write a whole number, such as `8`."


ANSWERS = {
    "choice": (
        "options: [{text: a, correct: true}, {text: b}]",
        "Put `correct: true` below",
    ),
    "multiple": ("options: [{text: a, correct: true}, {text: b}]", "of each right option"),
    "gaps": ("text: A {{b}}.", "into the gap itself, in `text`: {{two|2}}"),
    "order": ("items: [a, b]", "`items` are listed in the right order"),
    "match": ("pairs: [{left: a, right: b}, {left: c, right: d}]", "`right` of a pair"),
    "sort": ("groups: {a: [b], c: [d]}", "the group under which an item stands"),
    "open": ("rubric: [a]", "an example answer stands in `model`"),
}


@pytest.mark.parametrize("key", ["answer", "answers", "correct", "correct_answer", "key"])
@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_that_stands_elsewhere_is_told_where(tmp_path: Path, kind: str, key: str) -> None:
    more, remedy = ANSWERS[kind]
    [(line, said)] = told(tmp_path, f"type: {kind}\n{more}\n{key}: 1")
    assert line == f"{key}: 1"
    assert remedy in said
    assert "line it up" not in said


def test_answers_that_are_meant_as_options_are_told_so(tmp_path: Path) -> None:
    said = told(tmp_path, "type: choice\nanswers: [{text: a, correct: true}, {text: b}]")
    assert [remedy for _, remedy in said] == ["We call it `options`."]


def test_a_share_that_passes_is_written_from_0_to_1() -> None:
    for written in ("70%", "70 %", "70,0%"):
        assert remedy_for_number(written, ("quiz", "pass")) == "Write `0.7`: a share from 0 to 1."


TWICE = {
    "another order": ("items: [b, a, c]\nanswer: [a, b, c]", "Put this list into `items`"),
    "below options": ("options: [b, a, c]\ncorrect: [a, b, c]", "Put this list into `items`"),
    "the same order": ("items: [a, b, c]\nanswer: [a, b, c]", "it is the same."),
    "places": ("items: [b, a, c]\nanswer: [2, 1, 3]", "in the order that is right, as `items`"),
}


@pytest.mark.parametrize("case", TWICE)
def test_an_order_with_an_answer_beside_it_is_not_told_that_its_items_are_right(
    tmp_path: Path, case: str
) -> None:
    question, says = TWICE[case]
    assert says in told(tmp_path, f"type: order\n{question}")[-1][1]


@pytest.mark.parametrize(
    ("written", "says"),
    [("0,01", "Write `0.01`, with a point."), ("0,5 %", "Write `0.5%`"), ("-0,1", "units go in")],
)
def test_a_tolerance_with_a_comma_is_told_how_to_be_written(
    tmp_path: Path, written: str, says: str
) -> None:
    [(_, said)] = told(tmp_path, f"type: number\nanswer: 3\ntolerance: {written}")
    assert says in said


PAIRS = {
    "pairs as keys": (
        "pairs:\n  1/2: 0.5\n  1/4: 0.25",
        ["- left: 1/2`, and below it `right: 0.5`"],
    ),
    "a pair as a key": (
        "pairs:\n  - 1/2: 0.5\n  - 1/4: 0.25",
        ["- left: 1/2`, and below it `right: 0.5`", "- left: 1/4`, and below it `right: 0.25`"],
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_pairs_in_a_line_are_told_once_how_to_be_written(tmp_path: Path, case: str) -> None:
    question, says = PAIRS[case]
    said = [remedy for _, remedy in told(tmp_path, f"type: match\n{question}")]
    assert len(said) == len(says)
    assert all(one in remedy for one, remedy in zip(says, said, strict=True))


@pytest.mark.parametrize("mark", ["1/2 *", "*2/4", "1/2 (correct)", "[x] 1/2"])
def test_a_mark_in_the_text_of_an_option_is_named(tmp_path: Path, mark: str) -> None:
    options = f"options:\n  - text: '{mark}'\n  - text: '*args'"
    [(_, said)] = told(tmp_path, f"type: choice\n{options}")
    assert f"The mark in `{mark}`" in said


def test_a_number_of_an_option_is_told_which_one_it_may_be(tmp_path: Path) -> None:
    options = "options: [{text: ebb}, {text: flood}]"
    said = told(tmp_path, f"type: choice\n{options}\ncorrect: 1")
    assert "Counted from 1, option 1 is “ebb”." in said[0][1]


def test_numbers_of_options_are_told_which_ones_they_may_be(tmp_path: Path) -> None:
    options = "options: [{text: ebb}, {text: flood}, {text: calm}]"
    said = told(tmp_path, f"type: multiple\n{options}\nanswers: [1, 3]")
    assert "Counted from 1, option 1 is “ebb”, option 3 is “calm”." in said[0][1]


def test_true_and_false_as_options_are_told_to_be_left_out(tmp_path: Path) -> None:
    options = "options:\n  - text: true\n    correct: true\n  - text: false"
    [(line, said)] = told(tmp_path, f"type: true_false\n{options}")
    assert line == "options:"
    assert "Write `answer: true` or `answer: false`." in said


def test_labels_of_two_truths_are_no_marks(tmp_path: Path) -> None:
    said = told(tmp_path, "type: choice\noptions:\n  - A: true\n  - B: false")
    assert [line for line, _ in said] == ["- A: true", "- B: false"]
    assert all("the letters are not needed" in remedy for _, remedy in said)


def test_a_stem_with_a_blank_and_an_answer_is_told_as_a_text_with_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "lesson.yaml"
    asked = QUESTION.replace("What?", "At ____ it is wide.")
    path.write_text(f"{asked}      type: gaps\n      answer: ebb\n", "utf-8")
    said = [one.remedy for one in check(path)]
    assert any('`text: "At {{ebb}} it is wide."`' in one for one in said)


MARKED = {
    "choice\noptions: [1/2 *, 1/4]": "Write `- text: 1/2`, and below it `correct: true`",
    "choice\noptions: ['[ ] 1/4', '[x] 1/2']": "Write `- text: 1/4`.",
    "gaps": "Write the sentence as `text:`, with {{what is accepted}} in it",
    "gaps\ntext: It is {half}.": "Write `{{half}}`.",
    "gaps\ntext: It is [half].": "Write `{{half}}` in the place of `[half]`",
    "gaps\ntext: It is \\frac{1}{2}.": "Write a gap as {{accepted|also accepted}}.",
    "match\nleft: [1/2, 1/4]\nright: [b, c, d]": "- left: 1/2\n            right: b",
    "number\nanswer: 2,5 g\nunit: g": "Write `answer: 2.5`: the unit stands under `unit`",
    "number\nanswer: 2\nunit: [g]": "Write `unit: g`, without brackets.",
}


@pytest.mark.parametrize(("question", "says"), MARKED.items())
def test_a_mark_of_its_authors_own_is_told_how_to_be_written(
    tmp_path: Path, question: str, says: str
) -> None:
    (_, said), *_ = told(tmp_path, f"type: {question}")
    assert says in said


def test_a_gap_in_the_stem_is_told_where_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "lesson.yaml"
    gap = QUESTION.replace("What?", "Two quarters are one {half}.") + "      type: gaps\n"
    path.write_text(gap, "utf-8")
    [found] = [one for one in check(path) if one.severity == "error"]
    assert "`text: Two quarters are one {{half}}.`" in found.remedy
    assert "`stem: Fill in the gaps.`" in found.remedy


@pytest.mark.parametrize("date", ["May 5", "14 July", "1789-07-14", "noon"])
def test_a_date_on_a_line_of_hours_is_told_to_be_hours(tmp_path: Path, date: str) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_text(
        "title: T\nsteps:\n  - type: timeline\n    scales:\n      - zero: 1789\n        events:\n"
        f"          - at: {date}\n            text: It fell.\n",
        "utf-8",
    )
    [found] = [one for one in check(path) if one.severity == "error"]
    assert "how many hours from the zero" in found.remedy
    assert "alone" not in found.remedy


def test_two_questions_of_one_stem_are_told_to_have_ids(tmp_path: Path) -> None:
    question = "type: text\n      stem: Fill in.\n      answers: [ebb]"
    path = tmp_path / "lesson.yaml"
    path.write_text(f"title: T\nquiz:\n  questions:\n    - {question}\n    - {question}\n", "utf-8")
    [found] = [one for one in check(path) if one.severity == "error"]
    assert found.message == "The question on line 4 has the same stem, of which its id is made."
    assert "Add a line `id:`" in found.remedy


def test_a_claim_of_a_source_that_cannot_be_read_is_not_told_as_missing(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(
        "title: T\nsources: [source.yaml]\nlessons: [a.yaml]\n", "utf-8"
    )
    (tmp_path / "source.yaml").write_text(
        "title: S\nrole: article\npublished: 2020-01-01\nspeakers:\n  enc: The book\n"
        "claims:\n  c1: {speaker: enc, kind: reported, text: It fell.}\n",
        "utf-8",
    )
    (tmp_path / "a.yaml").write_text(
        "title: A\nsteps:\n  - type: read\n    text: It [fell](claim:c1), and [more](claim:c9).\n"
        "    claims: [c1, c9]\n",
        "utf-8",
    )
    found = [one for one in check(tmp_path) if one.severity == "error"]
    assert [one.message.split("`")[1] for one in found if "a.yaml" in one.file] == ["c9", "c9"]
    [of_source] = [one for one in found if "source.yaml" in one.file]
    assert of_source.remedy == "Write `name: The book` on the line below it, indented."


def test_a_dash_before_one_of_several_names_is_told_to_go(tmp_path: Path) -> None:
    path = tmp_path / "lesson.yaml"
    steps = "steps:\n  - type: read\n    text: So.\n"
    path.write_text(f"title: T\nobjectives:\n  see: Say who.\n  - hear: What.\n{steps}", "utf-8")
    [found] = [one for one in check(path) if one.severity == "error"]
    assert (found.line, found.remedy) == (4, "Take the dash away: `hear: What.`.")
