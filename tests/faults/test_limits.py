"""What is too much is said at once, with the limit, where it stands."""

from pathlib import Path

import pytest
from support import tutor

from tutor.course.model.course import MAX_ENTRIES
from tutor.course.model.questions import MAX_PARTS
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.formats import read_as
from tutor.exchange.gift import read_gift
from tutor.exchange.moodle import read_bank
from tutor.exchange.moodle_xml import read_moodle_xml

QUESTION = "    - {type: true_false, id: q%d, stem: Statement %d holds., answer: true}\n"
HEAD = "title: T\nquiz:\n  questions:\n"
XML = (
    '<question type="truefalse"><name><text>a</text></name><questiontext><text>s</text>'
    '</questiontext><answer fraction="100"><text>true</text></answer></question>'
)


def said_of(text: str) -> list[str]:
    Path("lesson.yaml").write_text(text, encoding="utf-8")
    return [
        line for line in tutor("check", "lesson.yaml").stdout.splitlines() if "error" in line[:60]
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_a_lesson_has_a_thousand_questions_and_no_more(own_home: Path, more: int) -> None:
    questions = "".join(QUESTION % (at, at) for at in range(MAX_ENTRIES + more))
    said = said_of(f"title: T\nquiz:\n  questions:\n{questions}")
    assert [f"lesson.yaml:{MAX_ENTRIES + 4}" in line for line in said] == [True] * more
    assert all("a lesson has at most 1,000" in line for line in said)


@pytest.mark.parametrize("more", [pytest.param(0, marks=pytest.mark.long), 1])
@pytest.mark.parametrize(
    ("key", "before", "entry"),
    [
        ("options", "type: multiple\n      options:\n        - {text: R, correct: true}", "{text: o%d}"),  # noqa: E501
        ("answers", "type: text\n      answers:\n        - a", "b%d"),
        ("items", "type: order\n      items:\n        - a", "b%d"),
        ("pairs", "type: match\n      pairs:\n        - {left: a, right: b}", "{left: c%d, right: d}"),  # noqa: E501
        ("hints", "type: true_false\n      answer: true\n      hints:\n        - a", "b%d"),
        ("groups", "type: sort\n      groups:\n        A: [b]\n        C:\n        - d", "e%d"),
    ],
)  # fmt: skip
def test_a_question_has_a_hundred_of_anything_and_no_more(
    own_home: Path, key: str, before: str, entry: str, more: int
) -> None:
    count = MAX_PARTS - 1 - (key == "groups") + more
    rest = "".join(f"        - {entry % at}\n" for at in range(count))
    said = said_of(HEAD + f"    - id: a\n      stem: S\n      {before}\n{rest}")
    assert ["a question has at most 100" in line for line in said] == [True] * more


def imported(form: str, count: int) -> Imported:
    if form == "gift":
        return read_gift("Is it? {T}\n\n" * count)
    return read_moodle_xml(f"<quiz>{XML * count}</quiz>".encode())


@pytest.mark.parametrize("form", ["gift", "moodle_xml"])
def test_a_bank_of_more_questions_is_parted_into_lessons(form: str) -> None:
    assert not imported(form, MAX_ENTRIES).too_large
    parted = imported(form, MAX_ENTRIES + 1)
    assert parted.too_large
    assert [len(list(part.lesson.questions())) for part in parted.parts] == [MAX_ENTRIES, 1]


SMALLEST = {
    "aiken": ("Is it?\nA. Yes\nB. No\nANSWER: A\n\n", 2),
    "anki": ("Front\tBack\n", 1),
    "csv": ("Is it?,Yes,No,1\n", 2),
    "gift": ("Is it? {=Yes ~No}\n\n", 2),
    "markdown": ("# Is it?\n- [x] Yes\n- [ ] No\n\n", 2),
    "moodle-xml": (XML, 1),
    "swirl": (
        "- Class: mult_question\n  Output: Is it?\n  AnswerChoices: Yes;No\n  CorrectAnswer: Yes\n",
        2,
    ),
}
AROUND = {
    "anki": ("#separator:tab\n", ""),
    "csv": ("question,option 1,option 2,answer\n", ""),
    "moodle-xml": ("<quiz>", "</quiz>"),
    "swirl": ("- Class: meta\n  Course: C\n  Lesson: L\n", ""),
}


def bank_of(form: str, count: int) -> bytes:
    before, behind = AROUND.get(form, ("", ""))
    return f"{before}{SMALLEST[form][0] * count}{behind}".encode()


@pytest.mark.parametrize("form", SMALLEST)
def test_a_bank_of_far_too_many_questions_is_not_imported(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_bank, "MOST_QUESTIONS", 20)
    assert len(read_as(form, bank_of(form, 20)).lesson.questions()) == 20
    with pytest.raises(CannotRead, match=r"^The file holds 23 questions; at most 20 are read\.$"):
        read_as(form, bank_of(form, 23))


@pytest.mark.parametrize("form", SMALLEST)
def test_a_bank_of_far_too_many_answers_is_not_imported(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = SMALLEST[form][1]
    monkeypatch.setattr(read_bank, "MOST_ANSWERS", 20 * answers)
    assert len(read_as(form, bank_of(form, 20)).lesson.questions()) == 20
    with pytest.raises(CannotRead, match=rf"23 questions with more than {20 * answers} answers, "):
        read_as(form, bank_of(form, 23))


def test_of_a_bank_with_far_too_many_questions_nothing_is_written(own_home: Path) -> None:
    Path("bank.gift").write_bytes(bank_of("gift", read_bank.MOST_QUESTIONS + 1))
    done = tutor("import", "gift", "bank.gift")
    assert done.returncode == CannotRead.exit_code
    assert "The file holds 15,001 questions; at most 15,000 are read." in done.stderr
    assert "Export one category after the other, or split the file." in done.stderr
    assert [path.name for path in Path().iterdir()] == ["bank.gift"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_question_of_more_answers_is_not_imported(more: int) -> None:
    answers = "".join(f"={at} " for at in range(MAX_PARTS + more))
    imported = read_gift(f"Is it? {{T}}\n\nHow many? {{{answers}}}\n")
    assert ["it has more than 100 answers" in said for said in imported.left_out] == [True] * more


def test_only_so_many_faults_of_one_entry_are_told(own_home: Path) -> None:
    said = said_of("title: T\nsteps: [{type: read, text: T}]\n" + "allow:\n" + "".join(
        f"  r{at}: []\n" for at in range(5_000)
    ))  # fmt: skip
    assert 0 < len(said) <= 100
