"""One learner who hands in under two names is one, whatever the order of the files."""

import random
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from classroom.sat import hand_in
from msgspec.structs import replace

from tutor.classroom.feedback import feedback_for
from tutor.classroom.hand_in.file import HandIn
from tutor.classroom.learner_deletion import known_as
from tutor.classroom.received.class_results import gather
from tutor.classroom.received.hand_in_search import Received, SetAside
from tutor.classroom.received.roster import Member, Roster, read_roster
from tutor.classroom.report.contents import Report, report_on
from tutor.classroom.report.in_data import record

ROSTER = Roster((Member("Ana Ruiz", "A01"), Member("Jonas Weiss", "J05"), Member("Mia Rossi")))


def at(day: int, made: HandIn, **other: object) -> HandIn:
    """A hand-in as it was written on a day."""
    return replace(made, at=f"2026-03-{day:02}T09:00:00Z", **other)


def report(found: Sequence[Received], roster: Roster | None, *, names: bool = True) -> Report:
    return report_on(gather(found, lambda _: None, roster), names=names)


def columns(of: Report) -> dict[str, list[float | None]]:
    """What the gradebook says of each."""
    return {one.name: [s and float(s) for s in one.shares] for one in of.rows}


def said(of: Report) -> list[str]:
    """What is odd, but that the course is not here."""
    return [line for line in of.set_aside if "is not on this machine" not in line]


JONAS = (
    Received("first.zip: 4.tutor", at(1, hand_in("learner-ceb1", 1, records="j"))),
    Received("jonas.tutor", at(2, hand_in("Jonas Weiss", 1, 7, records="j"))),
)


@pytest.mark.parametrize("roster", [None, ROSTER])
def test_who_hands_in_again_under_the_own_name_is_one_learner(roster: Roster | None) -> None:
    for found in (JONAS, JONAS[::-1]):
        of = report(found, roster)
        assert of.columns == ("before", "after")
        assert columns(of) == {"Jonas Weiss": [0.1, 0.7]}
        why = "the name on the roster" if roster else "the name in the later file"
        assert said(of) == [
            "first.zip: 4.tutor (“learner-ceb1”) and jonas.tutor (“Jonas Weiss”) hold the same "
            f"run, so they are of one learner, who is called “Jonas Weiss” here: {why}",
        ]
        hidden = report(found, roster, names=False).set_aside
        assert not any("jonas" in line.casefold() or "ceb1" in line for line in hidden)


def test_the_name_on_the_roster_counts_though_it_is_the_older_one() -> None:
    early = at(1, hand_in("J05", 1, records="j"))
    for name in ("Jonas", "learner-0f3c"):
        late = at(3, hand_in(name, 1, 7, records="j"))
        of = report([Received("late", late), Received("early", early)], ROSTER)
        assert columns(of) == {"Jonas Weiss": [0.1, 0.7]}
        assert of.missing == ("Ana Ruiz", "Mia Rossi")


LAB = (
    Received("a.tutor", at(1, hand_in("Ana", 1, records="lab"))),
    Received("j.tutor", at(2, hand_in("Jonas", 1, 2, records="lab"))),
    Received("k.tutor", at(3, hand_in("Kim", 1, 2, 3, records="lab"))),
)


@pytest.mark.parametrize("roster", [None, Roster((Member("Ana"), Member("Lee Park")))])
def test_three_at_one_computer_stay_three(roster: Roster | None) -> None:
    """Each later file holds what those before did there."""
    for order in permutations(LAB):
        of = report(order, roster)
        assert columns(of) == {"Ana": [0.1], "Jonas": [0.2], "Kim": [0.3]}
        first, second = (line for line in said(of) if "hold the same run" in line)
        assert first.startswith(
            "a.tutor (“Ana”) and j.tutor (“Jonas”) and k.tutor (“Kim”) hold the same run. That "
            "alone does not make them one learner: the run counts for “Ana”, whose file was "
            "written first"
        )
        assert "j.tutor (“Jonas”) and k.tutor (“Kim”)" in second
        assert "the run counts for “Jonas”" in second
        assert "in a column “alias”" in second
        hidden = " ".join(report(order, roster, names=False).set_aside).casefold()
        assert not any(name in hidden for name in ("ana", "jonas", "kim"))


def test_the_answers_of_one_are_not_in_the_feedback_of_another() -> None:
    gathered = gather(LAB, lambda _: None, None)
    given = {one.name: feedback_for(gathered, one) for one in gathered.learners}
    assert {name: [run.score for run in of.runs] for name, of in given.items()} == {
        "Ana": ["1 of 10 points, 10%"],
        "Jonas": ["2 of 10 points, 20%"],
        "Kim": ["3 of 10 points, 30%"],
    }


FOLDERS = (
    "Ana Ruiz_1_assignsubmission_file_/a.tutor",
    "Jonas Weiss_2_assignsubmission_file_/j.tutor",
)


@pytest.mark.parametrize("names", [("Ana Ruiz", "jw"), ("learner-0f3c", "jw"), ("a", "j")])
@pytest.mark.parametrize("roster", [None, ROSTER])
def test_two_in_their_own_folders_stay_two(names: tuple[str, str], roster: Roster | None) -> None:
    made = [
        at(1, hand_in(names[0], 1, records="lab")),
        at(2, hand_in(names[1], 1, 2, records="lab")),
    ]
    for order in permutations(map(Received, FOLDERS, made)):
        of = report(order, roster)
        whose = dict(
            zip(("Ana Ruiz", "Jonas Weiss") if roster else names, ([0.1], [0.2]), strict=True)
        )
        assert columns(of) == whose


def test_one_code_name_in_two_folders_is_of_two() -> None:
    """At one computer nobody gave a name; each uploaded the file into an own folder."""
    made = [at(1, hand_in("learner-0f3c", 1, records="lab"))]
    made.append(at(2, hand_in("learner-0f3c", 1, 2, records="lab")))
    for order in permutations(map(Received, FOLDERS, made)):
        assert columns(report(order, ROSTER)) == {"Ana Ruiz": [0.1], "Jonas Weiss": [0.2]}
        of = report(order, None)
        assert columns(of) == {"learner-0f3c": [0.1], "learner-0f3c (2)": [0.2]}
        assert any("from one machine, beside several names" in line for line in said(of))


@pytest.mark.parametrize("late", ["learner-0f3c", "Jonas Weiss"])
def test_what_came_from_two_addresses_is_not_joined(late: str) -> None:
    """A form tells who handed in, where files do not; who is called alike is not parted by it."""
    made = [
        at(1, hand_in("learner-0f3c", 1, records="lab")),
        at(2, hand_in(late, 1, 2, records="lab")),
    ]
    for addresses, count in ((("a@b.org", "j@b.org"), 2), (("J@b.org", "j@b.org "), 1)):
        found = [
            Received(f"form.csv: row {row}", one, (f"3/{row}/2026 9:03", address))
            for row, one, address in zip((2, 3), made, addresses, strict=True)
        ]
        for order in permutations(found):
            assert len(columns(report(order, None))) == count
            assert len(columns(report(order, ROSTER))) == count


@pytest.mark.parametrize(
    ("names", "learners"),
    [
        (("Mia", "Mia Rossi"), {"Mia Rossi"}),
        (("Mia Rossi", "Mia"), {"Mia Rossi"}),
        (("Rossi, Mia", "Mia Rossi"), {"Mia Rossi"}),
        (("learner-0f3c", "Mia", "learner-1f"), {"Mia"}),
        (("Mia", "Mio"), {"Mia", "Mio"}),
        (("M.", "Mia Rossi"), {"M.", "Mia Rossi"}),
        (("Mia", "learner-0f3c", "Jonas"), {"Mia", "learner-0f3c", "Jonas"}),
        (("🐙", "🐌"), {"🐙", "🐌"}),
    ],
)
def test_names_that_may_be_of_two_join_nobody(names: Sequence[str], learners: set[str]) -> None:
    found = [
        Received(f"{day}.tutor", at(day, hand_in(name, *range(1, day + 1), records="lab")))
        for day, name in enumerate(names, 1)
    ]
    for order in permutations(found):
        assert set(columns(report(order, None))) == learners


def test_a_first_name_that_another_one_has_joins_nobody() -> None:
    found = [
        Received("1.tutor", at(1, hand_in("Mia", 1, records="lab"))),
        Received("2.tutor", at(2, hand_in("Mia Rossi", 1, 2, records="lab"))),
    ]
    roster = Roster((Member("Mia Rossi"), Member("Mia Weiss")))
    assert set(columns(report(found, roster))) == {"Mia", "Mia Rossi"}
    other = Received("3.tutor", hand_in("Mia Weiss", 5))
    assert set(columns(report([*found, other], None))) == {"Mia", "Mia Rossi", "Mia Weiss"}


def test_a_sheet_is_of_none_of_two_who_have_its_name() -> None:
    """What was written at one machine is not given back to who answered on paper."""
    found = [
        Received("1.tutor", at(1, hand_in("Ana", 1, records="one"))),
        Received("2.tutor", at(1, hand_in("Ana", 2, records="two"))),
        Received("sheet.tutor", at(2, hand_in("Ana", 3, records="sheet"), paper="K7Q2")),
    ]
    gathered = gather(found, lambda _: None, None)
    assert {one.name: one.places for one in gathered.learners} == {
        "Ana": ("1.tutor",),
        "Ana (2)": ("2.tutor",),
        "Ana (on paper)": ("sheet.tutor",),
    }


def test_an_older_name_is_not_shown_where_names_are_hidden() -> None:
    found = [
        Received("a", at(1, hand_in("Zoe Novak", 1, records="z"))),
        Received("b", at(2, hand_in("z9", 1, 2, records="z"))),
        Received("zoe.csv: row 2", at(2, hand_in("Bo", 1, 2, records="b"), course="other")),
    ]
    hidden = " ".join(report(found, None, names=False).set_aside).casefold()
    assert hidden
    assert not any(name in hidden for name in ("zoe", "novak", "z9"))


def test_two_of_the_class_on_one_computer_stay_two() -> None:
    """The second one's file holds what the first one did there."""
    found = [
        Received("ana.tutor", at(1, hand_in("Ana Ruiz", 9, records="lab"))),
        Received("jonas.tutor", at(2, hand_in("Jonas Weiss", 9, 3, records="lab"))),
    ]
    for order in permutations(found):
        of = report(order, ROSTER)
        assert columns(of) == {"Ana Ruiz": [0.9], "Jonas Weiss": [0.3]}
        [line] = said(of)
        assert line.endswith("the run counts for “Ana Ruiz”, whose file was written first")


def test_of_two_files_that_tell_a_run_differently_the_older_one_counts() -> None:
    honest, other = at(1, hand_in("Ana Ruiz", 3)), at(2, hand_in("Ana Ruiz", 9))
    for order in permutations([Received("a.tutor", honest), Received("b.tutor", other)]):
        of = report(order, ROSTER)
        assert columns(of) == {"Ana Ruiz": [0.3]}
        assert said(of) == [
            "b.tutor and a.tutor tell the same run differently: a.tutor counts, for it was "
            "written first",
        ]


def test_of_a_sheet_that_was_entered_again_the_last_entry_counts() -> None:
    wrong, mended = at(1, hand_in("A01", 3), paper="K7Q2"), at(2, hand_in("A01", 4), paper="K7Q2")
    for order in permutations([Received("a", wrong), Received("b", mended)]):
        of = report(order, ROSTER)
        assert columns(of) == {"Ana Ruiz": [0.4]}
        assert said(of) == [
            "a and b tell the same run differently: b counts, for it was entered last",
        ]


MANY = (
    *JONAS,
    *LAB,
    *map(Received, FOLDERS, (hand_in("Jo", 1, records="x"), hand_in("x", 1, 2, records="x"))),
    Received("form.csv: row 2", at(1, hand_in("Mia", 6, records="m")), ("3/1/2026", "Mia Rossi")),
    Received("mia.tutor", at(3, hand_in("Mia Rossi", 6, 7, records="m"))),
    Received("copy.tutor", at(3, hand_in("Mia Rossi", 6, 7, records="m"))),
    Received("ana.tutor", at(1, hand_in("Ana Ruiz", 9))),
    Received("lab.tutor", at(2, hand_in("Ana Ruiz", 9, 2, 3, records="two"))),
    Received("paper.tutor", at(2, hand_in("A01", 5), paper="K7Q2", records="sheet")),
    Received("foreign.tutor", at(1, hand_in("Bo", 5), course="air", title="The air")),
    Received(
        "terse.tutor",
        at(1, hand_in("Cai", 5), questions=[], title="The old sea"),
    ),
)


@pytest.mark.parametrize("roster", [None, ROSTER])
def test_any_order_of_the_files_gives_the_same_report(roster: Roster | None) -> None:
    expected = record(report(MANY, roster))
    shuffled, order = list(MANY), random.Random(4)
    for _ in range(40):
        order.shuffle(shuffled)
        assert record(report(shuffled, roster)) == expected


def test_an_unanswered_question_counts_alike_whoever_describes_it_first() -> None:
    """One hand-in no longer describes it; in the other it is worth two points."""
    described = hand_in("Ana Ruiz", 5)
    worth = [replace(one, points=2) for one in described.questions]
    [run] = described.attempts
    events = [one for one in run.events if getattr(one[1], "question", "") != "q9"]
    found = [
        Received("a", replace(described, questions=worth)),
        Received(
            "b",
            replace(
                hand_in("Bo", 5),
                questions=[],
                attempts=[replace(run, id="0" * 8 + run.id[8:], events=events)],
            ),
        ),
    ]
    scores = [columns(report(order, None))["Bo"] for order in permutations(found)]
    assert scores == [[pytest.approx(5 / 11)]] * 2


@pytest.mark.parametrize(
    ("where", "beside"),
    [
        ("form.csv: row 2", ("3/1/2026 9:03", "Mia Rossi")),
        ("all.zip: Rossi Mia_48213_assignsubmission_file_/wso-test_learner-1.tutor", ()),
        ("all.zip: rossimia_4821_77_wso-test.tutor", ()),
        ("mia rossi.tutor", ()),
    ],
)
def test_a_name_beside_a_hand_in_says_whose_it_is(where: str, beside: tuple[str, ...]) -> None:
    found = [Received(where, hand_in("learner-1", 5), beside)]
    of = report(found, ROSTER)
    assert columns(of) == {"Mia Rossi": [0.5]}
    assert of.missing == ("Ana Ruiz", "Jonas Weiss")
    [line] = said(of)
    assert line.endswith(
        "(“learner-1”) is under a name that is not on the roster; it counts for Mia Rossi, whose "
        "name stands beside it"
    )
    hidden = report(found, ROSTER, names=False).set_aside
    assert not any(name in " ".join(hidden).casefold() for name in ("rossi", "mia"))


def test_a_name_beside_it_gives_nobody_what_is_anothers() -> None:
    taken = [
        Received("mia.tutor", hand_in("Mia Rossi", 9)),
        Received("all.zip: Mia Rossi_1_x/1.tutor", hand_in("learner-1", 5)),
    ]
    assert set(columns(report(taken, ROSTER))) == {"Mia Rossi", "learner-1"}
    both = [Received(f"{n}.csv: row 2", hand_in(f"learner-{n}", 5), ("Mia Rossi",)) for n in (1, 2)]
    assert set(columns(report(both, ROSTER))) == {"learner-1", "learner-2"}


@pytest.mark.parametrize(
    "where", ["all.zip: Mia Rossi_1_x/{}.tutor", "rossimia_4821_{}_test.tutor", "Mia Rossi/{}"]
)
def test_files_from_two_machines_in_the_folder_of_one_are_of_that_one(where: str) -> None:
    found = [
        Received(where.format(n), at(n, hand_in(f"learner-{n}", *range(1, n + 1)))) for n in (1, 2)
    ]
    for order in permutations(found):
        of = report(order, ROSTER)
        assert set(columns(of)) == {"Mia Rossi"}
        assert of.missing == ("Ana Ruiz", "Jonas Weiss")
        assert sum("whose name stands beside it" in line for line in said(of)) == 2


def test_who_is_recognized_is_so_under_all_names() -> None:
    """The sentence is of the file in the folder, though it is the younger one."""
    found = [
        Received("j.tutor", at(1, hand_in("jonas", 1, records="j"))),
        Received(FOLDERS[1], at(2, hand_in("jw", 1, 2, records="j"))),
    ]
    for order in permutations(found):
        of = report(order, ROSTER)
        assert columns(of) == {"Jonas Weiss": [0.1, 0.2]}
        [line] = [line for line in said(of) if "stands beside" in line]
        assert line.startswith(f"{FOLDERS[1]} (“jw”)")


def test_what_is_said_of_a_shared_run_names_the_files_that_hold_it() -> None:
    """Her first file holds another run; a stranger handed it in before both."""
    found = [
        Received("a1.tutor", at(1, hand_in("Ana Ruiz", 4, records="ana"))),
        Received("b.tutor", at(2, hand_in("Jonas Weiss", 5, records="j"))),
        Received("z.tutor", at(2, hand_in("Zed", 6, records="z"))),
    ]
    [own, his, strangers] = (one.hand_in.attempts[0] for one in found)
    again = at(3, hand_in("Ana Ruiz", 4, records="ana"), attempts=[own, his, strangers])
    of = report([*found, Received("a2.tutor", again)], ROSTER)
    lines = [line for line in said(of) if "hold the same run" in line]
    assert lines[0] == (
        "b.tutor (“Jonas Weiss”) and a2.tutor (“Ana Ruiz”) hold the same run. Both names are on "
        "the roster: the run counts for “Jonas Weiss”, whose file was written first"
    )
    assert lines[1].startswith("z.tutor (“Zed”) and a2.tutor (“Ana Ruiz”) hold the same run.")
    assert "counts for “Zed”, whose file was written first" in lines[1]


def test_a_stranger_is_told_with_the_file_what_stands_beside_it_and_what_to_do() -> None:
    found = [Received("form.csv: row 2", hand_in("m7", 5), ("3/1/2026 9:03", "Mia R."))]
    assert said(report(found, ROSTER)) == [
        "“m7” (form.csv: row 2 beside “Mia R.”) is not on the roster; if it is somebody who is "
        "missing, write “m7” beside the name there, in a column “alias”",
    ]
    Path("class.csv").write_text("Name;ID;alias\nAna Ruiz;A01;\nMia Rossi;M03;m7\n")
    roster = read_roster(Path("class.csv"))
    of = report(found, roster)
    assert (list(columns(of)), said(of)) == (["Mia Rossi"], [])
    assert [one.id for one in roster.members] == ["A01", "M03"]


def read(table: str) -> Roster:
    Path("class.csv").write_text(table)
    return read_roster(Path("class.csv"))


def test_a_name_is_whose_name_it_is_though_another_one_has_it_as_an_alias() -> None:
    for order in ("Anastasia Ruiz,Ana\nAna,", "Ana,\nAnastasia Ruiz,Ana"):
        roster = read(f"name,alias\n{order}\nBen,\n")
        found = [Received("1", hand_in("Ana", 1)), Received("2", hand_in("Anastasia Ruiz", 2))]
        assert columns(report(found, roster)) == {"Ana": [0.1], "Anastasia Ruiz": [0.2]}
        assert roster.said()[1:] == (
            "“Ana” stands beside Anastasia Ruiz, and is somebody else's name: what comes under it "
            "counts for Ana.",
        )
        assert "Ana" not in " ".join(roster.said(names=False))
        assert len(roster.said(names=False)) == 2
        assert known_as("Anastasia Ruiz", roster, []) == ["Anastasia Ruiz"]
        assert known_as("Ana", roster, []) == ["Ana"]


@pytest.mark.parametrize(
    ("table", "given", "whose"),
    [
        ("name,alias\nZoe Ruiz,Ruiz José\nJose Ruiz,\n", "Ruiz José", "Jose Ruiz"),
        ("name,id\nZoe Ruiz,Ana\nAna,\n", "Ana", "Ana"),
        ("name,id,alias\nZoe Ruiz,Z1,Ana\nAna,A1,\nAna,A2,\n", "Ana", None),
        ("name,alias\nZoe Ruiz,zr\nAna,zr2\n", "zr", "Zoe Ruiz"),
        ("name,alias\n🐙,\nZoe Ruiz,🐙\n", "🐙", "🐙"),
    ],
)
def test_names_win_over_what_stands_beside_others(
    table: str, given: str, whose: str | None
) -> None:
    roster = read(table)
    member = roster.member(given)
    assert (member and member.name) == whose
    assert (len(roster.said()) > 1) is ("zr2" not in table)


def test_an_alias_is_never_the_id_of_a_school() -> None:
    roster = read("name,id,alias\nJonas Weiss,,jojo\nAna Ruiz,4822,anni\n")
    found = [Received("1", hand_in("jojo", 1)), Received("2", hand_in("anni", 2))]
    of = report(found, roster)
    assert {row.name: row.id for row in of.rows} == {"Jonas Weiss": "", "Ana Ruiz": "4822"}
    assert [one.id for one in read("name,alias\nJonas Weiss,jojo\n").members] == [""]
    two = read("name,alias\nAna,a1\nAna,a2\n")
    assert [(one.name, one.id) for one in two.members] == [("Ana (a1)", ""), ("Ana (a2)", "")]
    assert two.member("a2") == two.members[1]


def test_an_alias_is_hidden_where_names_are() -> None:
    roster = read("name,id,alias\nJonas Weiss,4821,jojo\nAna Ruiz,4822,\n")
    odd = SetAside("jojo.docx", "is a document that holds no hand-in")
    gathered = gather([Received("1", hand_in("Ana Ruiz", 1)), odd], lambda _: None, roster)
    assert "jojo" not in " ".join(report_on(gathered, names=False).set_aside)


@pytest.mark.parametrize(
    ("paper", "days", "named", "hidden"),
    [
        ("", (1, 2), "a counts, for it was written first", "Two files … was written first"),
        ("", (1, 1), "a counts, for it comes first by", "Two files … comes first by the names"),
        ("K7Q2", (1, 2), "b counts, for it was entered last", "Two entries … was entered last"),
        ("K7Q2", (1, 1), "b counts, for it comes last by", "Two entries … comes last by the names"),
    ],
)
def test_which_of_two_that_tell_a_run_differently_counts_is_said_as_it_is(
    paper: str, days: tuple[int, int], named: str, hidden: str
) -> None:
    found = [
        Received(where, at(day, hand_in("A01", right), paper=paper))
        for where, day, right in zip("ab", days, (3, 4), strict=True)
    ]
    for order in permutations(found):
        assert named in said(report(order, ROSTER))[0]
        [line] = said(report(order, ROSTER, names=False))
        assert all(part in line for part in hidden.split(" … "))
        assert columns(report(order, ROSTER)) == {"Ana Ruiz": [0.4 if paper else 0.3]}
