"""All figures of a report are about the same run, of those alone who have it."""

import csv
from io import StringIO

import pytest
from classroom.sat import hand_in, klass

from tutor.classroom.received.gathering import Gathered
from tutor.classroom.received.roster import Member, Roster
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
    assert rows["learner"] == ["before", "after", "runs", "passed"]
    assert rows["Ana"] == ["0.7", "0.9", "2", "yes"]
    assert rows["Dee"] == ["0.2", "", "1", ""]
    dee = next(line for line in lines(of) if line.startswith("Dee"))
    assert dee.split() == ["Dee", "20%", "–"]


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
