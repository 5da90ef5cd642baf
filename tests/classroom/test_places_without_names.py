"""Where names are hidden, a line tells as much of a place as names nobody."""

import pytest
from classroom.sat import hand_in, klass

from tutor.classroom.received.hand_in_search import SetAside
from tutor.classroom.received.places_without_names import NamesKnown, place_without_names
from tutor.classroom.received.roster import Member, Roster
from tutor.classroom.report.contents import report_on

LEARNERS = ("Zoë Quill", "Bo Li", "x7")


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("Form responses.csv: row 3", "Form responses.csv: row 3"),
        ("form.tsv: row 3 and what follows", "form.tsv: row 3 and what follows"),
        ("week 2/Form responses.csv", "Form responses.csv"),
        ("zoequill.csv: row 3", "A .csv file"),
        ("Li.csv", "A .csv file"),
        ("lists.csv", "lists.csv"),
        ("uploads.zip: Ana K_1_file/essay.docx", "A file in uploads.zip"),
        ("quill.zip: essay.docx", "A .docx file"),
        ("wso-test_ana-k_2026-11-28.tutor", "A .tutor file"),
        ("photo of Ana.jpg", "A .jpg file"),
        ("notes.pdf", "A .pdf file"),
        ("notes", "A file"),
        ("RE_ Test von Petra.eml", "A .eml file"),
        ("RE_ Test von Petra.eml: Petra.docx", "A .docx file"),
        ("Petra.mbox, number 2", "A .mbox file"),
        ("Petra.msg", "A .msg file"),
        ("Petra/essay.odt", "A .odt file"),
    ],
)
def test_a_place_is_told_as_far_as_it_names_nobody(where: str, shown: str) -> None:
    """Somebody may hand in who is in no roster."""
    assert place_without_names(where, NamesKnown(LEARNERS)) == shown
    assert place_without_names("ana.csv", None) == "A .csv file"


def test_the_report_tells_which_row_of_a_form_and_no_name() -> None:
    aside = [SetAside("Form responses.csv: row 3", "is cut off"), SetAside("ana.csv", "is empty")]
    roster = Roster((Member("Ana Ruiz"), Member("Bo Li")))
    of = report_on(klass(hand_in("Bo Li", 3), roster=roster, also=aside), names=False)
    assert "Form responses.csv: row 3 is cut off" in of.set_aside
    assert "A .csv file is empty" in of.set_aside
