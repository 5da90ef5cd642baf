"""All figures of a report are about the same run, of those alone who have it."""

import csv
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from classroom.sat import hand_in, klass
from msgspec.structs import replace

from tutor.app.screens.report import answers_to
from tutor.classroom import feedback
from tutor.classroom.analysis.item_analysis import (
    ItemFigures,
    ObjectiveFigures,
    ResponseFigures,
)
from tutor.classroom.analysis.talking_points import topics, weakest
from tutor.classroom.received.class_results import Gathered
from tutor.classroom.received.roster import Member, Roster, read_roster
from tutor.classroom.report.contents import Report, report_on
from tutor.classroom.report.in_data import as_csv, record
from tutor.classroom.report.in_html import as_html
from tutor.classroom.report.in_lines import lines
from tutor.classroom.report.live import standing

NAMES = ("Ana", "Ben", "Cai", "Dee", "Eli")
ROSTER = Roster(tuple(Member(name) for name in NAMES))


def later_test(*, roster: Roster | None = None, late: bool | None = False) -> Gathered:
    """Five sat the test before, three of them the one after."""
    sat = ((7, 9), (6, 8), (5, 7), (2,), (9,))
    made = [hand_in(name, *rights, late=late) for name, rights in zip(NAMES, sat, strict=True)]
    return klass(*made, roster=roster)


def told(of: Report, width: int = 80) -> str:
    return "\n".join(lines(of, width))


@pytest.mark.parametrize("roster", [None, ROSTER])
@pytest.mark.parametrize("late", [False, True, None])
def test_after_a_later_test_all_is_about_those_who_sat_it(
    roster: Roster | None, late: bool | None
) -> None:
    of = report_on(later_test(roster=roster, late=late), names=True)
    said = told(of)
    assert "test after: 3 of 5 · 80% on average, 60% before (the same 3)" in said
    assert "3 of 3 passed (70% passes)" in said
    assert "missing    Dee, Eli" in said
    assert "3 of 5 handed in the test after" in said
    assert sum(of.bands) == 3
    assert {one.count for one in of.test.items} == {3}
    assert standing(of).startswith("3 of 5 handed in the test after; ")
    page = as_html(of)
    assert "80% on average, 60% before (the same 3)" in page
    assert "Missing: Dee, Eli" in page
    data = record(of)
    assert (data["average"], data["before"], data["sat"]) == (pytest.approx(0.8), 0.6, 3)
    assert data["missing"] == ["Dee", "Eli"]
    assert [one["counted"] for one in data["learners"]] == [0.9, 0.8, 0.7, None, None]


def test_the_gradebook_has_a_column_for_each_of_both_tests() -> None:
    of = report_on(later_test(), names=True)
    rows = {row[0]: row[1:] for row in csv.reader(StringIO(as_csv(of).removeprefix("\ufeff")))}
    assert rows["learner"] == ["before", "after", "runs", "left blank", "passed"]
    assert rows["Ana"] == ["0.7", "0.9", "2", "0", "yes"]
    assert rows["Dee"] == ["0.2", "", "1", "", ""]
    dee = next(line for line in lines(of) if line.startswith("Dee"))
    assert dee.split() == ["Dee", "20%", "–"]


def test_an_unfinished_test_does_not_look_like_a_weak_one() -> None:
    made = [hand_in("Ana", 1), hand_in("Ben", 1, blank=5), hand_in("Cai", 9)]
    of = report_on(klass(*made), names=True)
    said = told(of).splitlines()
    at = next(at for at, line in enumerate(said) if line.startswith("Ben"))
    assert said[at + 1] == "    5 of 10 answered"
    assert [line for line in said if "10 answered" in line] == [said[at + 1]]
    assert "Ben (5 of 10 answered)" in as_html(of)
    rows = {row[0]: row[1:] for row in csv.reader(StringIO(as_csv(of).removeprefix("\ufeff")))}
    assert rows["learner"] == ["before", "runs", "left blank"]
    assert (rows["Ana"], rows["Ben"]) == (["0.1", "1", "0"], ["0.1", "1", "5"])
    assert [one["answered"] for one in record(of)["learners"]] == [10, 5, 10]
    hidden = report_on(klass(*made), names=False)
    for form in (told(hidden), as_html(hidden)):
        assert "1 of 3 left questions blank." in form


def test_one_who_sat_again_is_told_in_a_line() -> None:
    made = [hand_in(name, 6, *([9] * (name == "Ana")), late=True) for name in NAMES]
    of = report_on(klass(*made), names=True)
    said = told(of)
    assert "60% on average · 0 of 5 passed (70% passes)" in said
    assert "1 of 5 sat another later: 90% on average, 60% in this one" in said
    assert "learned" not in said
    assert of.gain is None
    assert "before" not in said
    assert "1 of 5 sat another later" in as_html(of)


@pytest.mark.parametrize(
    ("gain", "said"),
    [
        (0.75, "learned 75% of what was missing before is right now"),
        (0, "As many right after as before."),
        (-0.87, "Fewer right after than before."),
    ],
)
def test_what_a_class_learned_is_said_in_words(gain: float, said: str) -> None:
    of = replace(report_on(later_test(), names=True), gain=gain)
    assert said in " ".join(told(of).split())


def two_of_one_name(roster: Roster | None, also: str = "Ana Ruiz", *, names: bool = True) -> Report:
    """One got nine right, the other one; both say the same name."""
    first, other = hand_in("Ana Ruiz", 9, records="one"), hand_in(also, 1, records="two")
    return report_on(klass(first, other, roster=roster), names=names)


@pytest.mark.parametrize("roster", [None, Roster((Member("Ana Ruiz"),), ("Ana Ruiz",))])
def test_two_machines_of_one_name_are_two_learners(roster: Roster | None) -> None:
    of = two_of_one_name(roster)
    said = told(of)
    assert [(row.name, row.runs) for row in of.rows] == [("Ana Ruiz", 1), ("Ana Ruiz (2)", 1)]
    assert "50% on average" in said
    assert "learned" not in said
    said = " ".join(said.split())
    assert "counts as 2 learners, “Ana Ruiz” and “Ana Ruiz (2)”. If it is one person" in said
    hidden = told(two_of_one_name(roster, names=False))
    assert "Ruiz" not in hidden
    assert "One name came from 2 machines, and counts as 2 learners." in hidden


@pytest.mark.parametrize("also", ["Ana Ruiz", "ana  ruiz", "a7"])
def test_a_roster_that_has_the_name_once_makes_one_learner_of_two_machines(also: str) -> None:
    of = two_of_one_name(Roster((Member("Ana Ruiz", "a7"),)), also)
    assert [(row.name, row.runs) for row in of.rows] == [("Ana Ruiz", 2)]
    assert "the roster has that name once, so it is one learner" in " ".join(told(of).split())


def test_sheets_on_paper_are_of_the_one_machine_of_that_name() -> None:
    sheets = [replace(hand_in("Ana", 1, records=f"s{at}"), paper=f"K{at}") for at in range(2)]
    assert [row.name for row in report_on(klass(*sheets), names=True).rows] == ["Ana"]
    of = report_on(klass(*sheets, hand_in("Ana", 9, records="machine")), names=True)
    assert [(row.name, row.runs) for row in of.rows] == [("Ana", 3)]
    assert not [one for one in of.set_aside if "machine" in one and "came from" in one]


@pytest.mark.parametrize("release", ["end", "teacher"])
def test_a_test_before_tells_where_a_class_starts_and_passes_nobody(
    release: Literal["end", "teacher"],
) -> None:
    """Learners were told that nothing is to be passed in it."""
    handed = [hand_in(name, 3, release=release) for name in NAMES]
    of = report_on(klass(*handed), names=True)
    said = told(of)
    assert said.startswith("The sea · test before: where they start ")
    assert "30% on average." in said
    assert "begin with: Say when the water is high" in said
    page = as_html(of)
    assert "<strong>begin with:</strong> Say when" in page
    for form in (said, page, as_csv(of)):
        for word in ("pass", "✓", "not yet", "teach again"):
            assert word not in form
    given = feedback.feedback_for(klass(*handed), klass(*handed).learners[0])
    for form in (feedback.as_html(given), "\n".join(feedback.lines(given, {}))):
        assert "Test before, 2026-03-" in form
        assert "pass" not in form
    data = record(of)
    assert (data["passed"], data["mark"], data["about"]) == (
        None,
        None,
        "test before: where they start",
    )


def test_where_a_class_sat_the_test_before_a_sheet_on_paper_is_one_too() -> None:
    handed = [hand_in(name, 3) for name in NAMES[:-1]]
    class_ = klass(*handed, hand_in("Eli", 3, late=None))
    given = feedback.feedback_for(class_, class_.learners[-1])
    assert (given.learner, given.runs[0].what, given.runs[0].passed) == ("Eli", "Test before", None)
    alone = klass(hand_in("Eli", 3, late=None))
    assert feedback.feedback_for(alone, alone.learners[0]).runs[0].passed is False


def test_a_name_much_like_one_that_is_missing_is_told() -> None:
    roster = Roster((Member("Eli Young"), Member("Ana Ruiz")))
    told = report_on(klass(hand_in("Elie Young", 3), hand_in("Bo", 3), roster=roster), names=True)
    said = " ".join(told.set_aside)
    assert "“Elie Young” (1.tutor) is not on the roster; Eli Young is, and has not handed" in said
    assert "write “Elie Young” beside the name there, in a column “alias”" in said
    assert (
        "“Bo” (2.tutor) is not on the roster; if it is somebody who is missing, write “Bo” beside "
        "the name there, in a column “alias”"
    ) in told.set_aside


def test_two_of_one_name_on_the_roster_hand_in_under_their_ids() -> None:
    roster = Roster((Member("Ana Ruiz (11)", "11"), Member("Ana Ruiz (12)", "12")))
    told = report_on(klass(hand_in("Ana Ruiz", 3), roster=roster), names=True)
    said = " ".join(told.set_aside)
    assert "“Ana Ruiz” (1.tutor) is not on the roster by that name alone" in said
    assert "Ana Ruiz (11) and Ana Ruiz (12) are: each hands in under the id" in said


@pytest.mark.parametrize("late", [True, None])
def test_a_first_test_that_is_no_test_before_has_a_mark(late: bool | None) -> None:
    of = report_on(klass(*(hand_in(name, 3, late=late) for name in NAMES)), names=True)
    assert "0 of 5 passed (70% passes)" in told(of)
    assert "teach again: Say when" in told(of)


def objective(at: int, share: float, answers: int = 5) -> ObjectiveFigures:
    return ObjectiveFigures(
        address=f"l{at}/o",
        text=f"Say {at}",
        lesson_number=at // 2 + 1,
        lesson_title=f"Part {at // 2 + 1}",
        share=share,
        answers=answers,
        unanswered=0,
    )


def with_objectives(*told: ObjectiveFigures) -> Report:
    of = report_on(klass(*(hand_in(name, 3) for name in NAMES)), names=True)
    test = replace(of.test, objectives=told)
    return replace(of, test=test, weakest=weakest(test, 0.7))


def test_objectives_that_are_level_are_named_by_lesson_and_none_is_advised() -> None:
    of = with_objectives(*(objective(at, 0.4) for at in range(3)), objective(5, 1))
    said = " ".join(told(of).split())
    assert "Three objectives are level at 40%. The three are of lesson 1, Part 1 (2); " in said
    assert "lesson 2, Part 2 (1)." in said
    assert "Three objectives are level at 40%." in as_html(of)
    for form in (said, as_html(of)):
        assert "begin with" not in form
    assert record(of)["teach_again"] is None
    assert record(of)["level"] == ["l0/o", "l1/o", "l2/o"]


def test_objectives_that_so_few_answers_do_not_tell_apart_are_no_advice_either() -> None:
    few = " ".join(told(with_objectives(objective(0, 0.4), objective(1, 0.6))).split())
    assert "One objective is the lowest, at 40%; one more, up to 60%, is too close to tell" in few
    assert "begin with" not in few
    many = told(with_objectives(objective(0, 0.4, 60), objective(1, 0.6, 60)))
    assert "begin with: Say 0" in many
    assert "level" not in many


def test_an_objective_stands_with_its_lesson() -> None:
    of = with_objectives(objective(2, 0, 30), objective(5, 0.9, 30))
    lines_of = told(of).splitlines()
    at = next(at for at, line in enumerate(lines_of) if line.startswith("begin with: Say 2"))
    assert lines_of[at + 1] == "    lesson 2, Part 2"
    assert "</strong> Say 2</th><td>Lesson 2, Part 2</td>" in as_html(of)


@pytest.mark.parametrize("width", [50, 80, 100])
def test_the_objective_to_teach_again_is_never_cut(width: int) -> None:
    of = report_on(klass(*(hand_in(name, 3, late=True) for name in NAMES)), names=True)
    said = " ".join(line[: width - 27].strip() for line in lines(of, width))
    assert "teach again: Say when the water is high at a place where it was low" in said


def test_how_many_were_asked_stands_beside_what_to_talk_about() -> None:
    of = report_on(klass(*(hand_in(name, 3) for name in NAMES)), names=True)
    rest = told(of).partition("Talk about these three")[2]
    first = rest.splitlines()[1]
    assert first.startswith(" 4  What is 3?")
    assert first.endswith("0% of 5 asked")
    assert "Right: 0% of 5 asked; most chose" in as_html(of)


def figures_of(number: int, facility: float, count: int, *wrong: str) -> ItemFigures:
    """A question that so many were asked."""
    [item] = {one.item for one in report_on(klass(hand_in("Ana", 9)), names=True).test.items[:1]}
    told = [
        ResponseFigures(text=text, right=False, count=1, rest=None, strongest=0) for text in wrong
    ]
    return ItemFigures(
        number=number,
        item=item,
        count=count,
        facility=facility,
        spread=0,
        index=None,
        efficiency=None,
        weight=None,
        responses=tuple(told),
        strongest=1,
        sure_and_wrong=0,
        wrong=len(wrong),
        unanswered=0,
    )


def test_questions_that_most_were_asked_are_talked_about_first() -> None:
    test = report_on(klass(hand_in("Ana", 9)), names=True).test
    asked = [figures_of(1, 0, 2, "x", "y"), figures_of(2, 0.4, 8, *"uvxyz")]
    found = topics(replace(test, items=tuple(asked)))
    assert [one.figures.number for one in found] == [2, 1]
    assert found[0].why == "everyone who answered wrong gave a different answer"
    assert found[1].why == "2 answered wrong"


@pytest.mark.parametrize(
    ("wrong", "count", "blank", "why"),
    [
        ("xy", 3, 1, "2 answered wrong; not answered: 1"),
        ("x", 3, 1, "one chose “x”; not answered: 1"),
        ("", 3, 3, "not answered: 3"),
        ("vwxyz", 9, 2, "everyone who answered wrong gave a different answer; not answered: 2"),
        ("xyz", 9, 2, "3 answered wrong; not answered: 2"),
    ],
)
def test_who_left_a_question_blank_is_not_among_those_who_answered_wrong(
    wrong: str, count: int, blank: int, why: str
) -> None:
    test = report_on(klass(hand_in("Ana", 9)), names=True).test
    one = replace(figures_of(1, 0.1, count, *wrong), unanswered=blank)
    [found] = topics(replace(test, items=(one,)))
    assert found.why == why


def test_how_many_left_a_question_blank_is_told_in_every_form() -> None:
    made = [hand_in("Ana", 9, blank=1), *(hand_in(name, 9) for name in NAMES[1:3])]
    of = report_on(klass(*made), names=True)
    last = of.test.items[-1]
    assert (last.count, last.wrong, last.unanswered) == (3, 2, 1)
    assert "    2 answered wrong; not answered: 1" in told(of).splitlines()
    page = as_html(of)
    assert "0% right · asked of 3 · not answered 1" in page
    assert "Not answered</em></th><td>–</td><td>1</td>" in page.replace(' class="n"', "")
    assert list(answers_to(last))[-1] == "    1  not answered"


def test_as_many_things_are_odd_whether_names_are_shown_or_not() -> None:
    class_ = klass(*(hand_in(name, 3) for name in ("Xi", "Yo")), roster=ROSTER)
    for names in (True, False):
        assert "odd        3 things, told at the end" in told(report_on(class_, names=names))


@pytest.mark.parametrize("given", ["Right", "Wrong"])
def test_what_is_right_is_shown_also_where_nobody_answered_it(given: str) -> None:
    [one] = [figures_of(1, 0, 5, "Wrong")]
    one = replace(
        one,
        responses=tuple(replace(of, text=given, right=given == "Right") for of in one.responses),
    )
    assert one.key_not_given == ([] if given == "Right" else ["Right"])
    assert [line for line in answers_to(one) if line.startswith("✓")] == [
        "✓   1  Right" if given == "Right" else "✓   0  Right"
    ]


def test_the_page_has_the_questions_last_and_no_empty_column() -> None:
    page = as_html(report_on(klass(*(hand_in(name, 3) for name in NAMES)), names=True))
    assert "Their other points" not in page
    assert page.index("<h2>Gradebook") < page.index('<div class="appendix">')
    many = as_html(report_on(klass(*(hand_in(str(at), 3) for at in range(10))), names=True))
    assert "Their other points" in many


@pytest.mark.parametrize(
    ("lines_of_roster", "named", "turnout", "missing"),
    [
        ("Ana Ruiz,a1\nAna Ruiz,a2\n", ("a1", "a2"), "2 of 2 handed in", 0),
        ("Ana Ruiz,a1\nAna Ruiz,a2\n", ("a2",), "1 of 2 handed in", 1),
    ],
)
def test_two_of_one_name_on_the_roster(
    lines_of_roster: str, named: tuple[str, ...], turnout: str, missing: int
) -> None:
    Path("class.csv").write_text(lines_of_roster)
    made = [hand_in(name, 5, records=f"m{at}") for at, name in enumerate(named)]
    of = report_on(klass(*made, roster=read_roster(Path("class.csv"))), names=True)
    assert of.turnout == turnout
    assert of.missing_count == missing
    assert not [one for one in of.set_aside if "not on the roster" in one]


def test_who_is_missing_from_the_test_after_is_on_the_roster_and_the_line_says_from_what() -> None:
    roster = Roster((Member("Ana"), Member("Ben"), Member("Cai")))
    made = [hand_in("Ana", 3, 6), hand_in("Ben", 4), hand_in("Zoe", 5), hand_in("Yan", 5, 6)]
    of = report_on(klass(*made, roster=roster), names=True)
    assert "missing    Cai, Ben (from the test after)" in told(of)
    assert "Missing: Cai, Ben (from the test after)" in as_html(of)
    before = report_on(klass(hand_in("Ana", 3), roster=roster), names=True)
    assert "missing    Ben, Cai\n" in told(before)


def test_the_gradebook_has_the_ids_of_the_roster_and_no_formula() -> None:
    roster = Roster((Member("Ana", "=1+1"), Member("Ben", "B02"), Member("Cai", "C03")))
    gathered = klass(hand_in("Ana", 3), hand_in("b02", 4), hand_in("Zoe", 5), roster=roster)
    rows = list(csv.reader(StringIO(as_csv(report_on(gathered, names=True)).lstrip("\ufeff"))))
    assert [row[:3] for row in rows] == [
        ["learner", "id", "before"],
        ["Ana", "'=1+1", "0.3"],
        ["Ben", "B02", "0.4"],
        ["Zoe", "", "0.5"],
        ["Cai", "C03", ""],
    ]
    hidden = as_csv(report_on(gathered, names=False))
    assert "id" not in hidden.splitlines()[0]
    assert "B02" not in hidden
