"""Where names are hidden, a line tells as much of a place as names nobody."""

import pytest
from classroom.sat import hand_in, klass

from tutor.classroom.received.hand_in_search import SetAside
from tutor.classroom.received.places_without_names import NamesKnown, place_without_names
from tutor.classroom.received.roster import Member, Roster
from tutor.classroom.report.contents import report_on

LEARNERS = ("Zoë Quill", "Bo Li", "x7")


@pytest.mark.parametrize(
    ("where", "shown", "with_roster"),
    [
        ("Form responses.csv: row 3", "Form responses.csv: row 3", None),
        ("form.tsv: row 3 and what follows", "form.tsv: row 3 and what follows", None),
        ("week 2/Form responses.csv", "Form responses.csv", None),
        ("zoequill.csv: row 3", "A .csv file", None),
        ("Li.csv", "A .csv file", None),
        ("lists.csv", "lists.csv", None),
        ("uploads.zip: Ana K_1_file/essay.docx", "A file in uploads.zip", None),
        ("quill.zip: essay.docx", "A .docx file", None),
        ("wso-test_ana-k_2026-11-28.tutor", "A .tutor file", None),
        ("photo of Ana.jpg", "A .jpg file", "photo of Ana.jpg"),
        ("photo of bo.jpg", "A .jpg file", None),
        ("notes.pdf", "A .pdf file", "notes.pdf"),
        ("notes", "A file", "notes"),
    ],
)
def test_a_place_is_told_as_far_as_it_names_nobody(
    where: str, shown: str, with_roster: str | None
) -> None:
    assert place_without_names(where, NamesKnown(LEARNERS, all_of_class=False)) == shown
    told = place_without_names(where, NamesKnown(LEARNERS, all_of_class=True))
    assert told == (with_roster or shown)
    assert place_without_names("ana.csv", None) == "A .csv file"


def test_the_report_tells_which_row_of_a_form_and_no_name() -> None:
    aside = [SetAside("Form responses.csv: row 3", "is cut off"), SetAside("ana.csv", "is empty")]
    roster = Roster((Member("Ana Ruiz"), Member("Bo Li")))
    of = report_on(klass(hand_in("Bo Li", 3), roster=roster, also=aside), names=False)
    assert "Form responses.csv: row 3 is cut off" in of.set_aside
    assert "A .csv file is empty" in of.set_aside
