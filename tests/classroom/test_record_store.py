"""Hand-ins go to a record store and come back, whatever the store does on the way."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from class_of import handed_in
from fake_store import CUT, HANG_UP, HANG_UP_AFTER, FakeStore, fake_store
from support import StepClock, draw_for, few, tutor

from tutor.classroom.hand_in.file import HandIn, write
from tutor.classroom.received.class_results import gather
from tutor.classroom.received.hand_in_search import Found, Received, SetAside, collect
from tutor.classroom.received.roster import Member, Roster
from tutor.classroom.record_store import connection, sending
from tutor.classroom.record_store.address import address_of, authorization_for
from tutor.classroom.record_store.connection import Store, StoreFailed
from tutor.classroom.record_store.reading import StoreReading
from tutor.classroom.record_store.runs import statements_to_send
from tutor.classroom.record_store.sending import Outgoing, Settled, outgoing, send
from tutor.classroom.record_store.sent_runs import Memory
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.in_data import record
from tutor.errors import UsageError
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

ELSEWHERE = "http://127.0.0.1:9/xAPI/statements?page=2"


@pytest.fixture(autouse=True)
def no_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TUTOR_LRS_USER", "TUTOR_LRS_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def school() -> Iterator[FakeStore]:
    with fake_store() as store:
        yield store


class Asked:
    """A store that is asked without waiting.

    Attributes:
        told: What the teacher is told meanwhile.
        pauses: The seconds that would have been waited.
    """

    def __init__(self, url: str) -> None:
        self.told: list[str] = []
        self.pauses: list[float] = []
        self.store = Store(address_of(url), None, self.told.append, self.pauses.append)

    def send(self, found: list[Found]) -> list[Settled]:
        runs = [one for one in outgoing(found) if isinstance(one, Outgoing)]
        return list(send(self.store, runs, Memory(Path("data"), self.store.address)))

    def read(self) -> tuple[list[Found], bool]:
        reading = StoreReading(self.store)
        return list(reading.found()), reading.whole


@pytest.fixture
def asked(school: FakeStore) -> Iterator[Asked]:
    made = Asked(school.url)
    yield made
    made.store.close()


def of_another(folder: Path, name: str, place: int) -> HandIn:
    """What another learner hands in, from records of their own."""
    clock = StepClock()
    clock.leap = place + 1
    with open_records(folder / name, clock) as store:
        study = Study(store, Library(store, folder), name, seed=lambda: place)
        draw_for(study, 0)
        return handed_in(study, name=name, right=place != 0)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """What two learners handed in: a test and a quiz each."""
    folder = tmp_path_factory.mktemp("records")
    return [
        Received(f"{name}.tutor", of_another(folder, name, place))
        for place, name in enumerate(("Ana", "Ben"))
    ]


def statements(found: list[Found]) -> dict[str, Any]:
    """What is to be in the store at last, by ids."""
    return {
        one.id: json.loads(one.content)
        for run in outgoing(found)
        if isinstance(run, Outgoing)
        for one in run.statements
    }


def figures(found: list[Found]) -> Any:
    return record(report_on(gather(found, lambda _: None, None), names=True))


def aside(found: list[Found]) -> list[str]:
    return [one.said(names=True) for one in found if isinstance(one, SetAside)]


# There and back


def test_the_same_report_comes_back(school: FakeStore, asked: Asked, found: list[Found]) -> None:
    school.pages = 1
    asked.send(found)
    assert school.held == statements(found)
    back, whole = asked.read()
    assert whole
    assert aside(back) == []
    assert figures(back) == figures(found)


@pytest.mark.parametrize("refused", [False, True])
def test_a_store_that_finds_nothing_by_verb_is_read_whole(
    school: FakeStore, asked: Asked, found: list[Found], refused: bool
) -> None:
    asked.send(found)
    school.finds_by_verb = False
    school.faults = [400] * refused
    back, whole = asked.read()
    assert whole
    assert figures(back) == figures(found)


def test_sending_twice_changes_nothing(school: FakeStore, asked: Asked, found: list[Found]) -> None:
    asked.send(found)
    held = dict(school.held)
    assert [one.new for one in asked.send(found)] == [False] * 4
    assert school.posts == 1  # what it took is not sent again
    Memory(Path("data"), asked.store.address).forget()
    again = asked.send(found)
    assert school.posts == 2
    assert [(one.otherwise, one.refused) for one in again] == [(0, 0)] * 4
    assert school.held == held


def test_what_a_store_lost_is_sent_again(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    asked.send(found)
    school.held.clear()
    asked.send(found)
    assert school.held == statements(found)


@pytest.mark.parametrize("fails", few(2, more=(1, 3)))
def test_sending_that_was_broken_off_goes_on(
    school: FakeStore,
    asked: Asked,
    found: list[Found],
    monkeypatch: pytest.MonkeyPatch,
    fails: int,
) -> None:
    monkeypatch.setattr(sending, "MOST_STATEMENTS", 1)  # a run is a batch
    school.faults = [None] * fails
    school.always = 503
    runs = [one for one in outgoing(found) if isinstance(one, Outgoing)]
    done = []
    with pytest.raises(StoreFailed, match=r"503 \(service unavailable\)"):
        for one in send(asked.store, runs, Memory(Path("data"), asked.store.address)):
            done.append(one)
    assert len(done) == fails
    school.always = None
    before = school.posts
    asked.send(found)
    assert school.posts == before + 4 - fails
    assert school.held == statements(found)


def test_a_teacher_with_a_roster_reads_none_but_its_class(asked: Asked, found: list[Found]) -> None:
    asked.send(found)
    reading = StoreReading(asked.store, Roster((Member("BEN"), Member("Cai"))))
    back = list(reading.found())
    assert [one.hand_in.learner for one in back if isinstance(one, Received)] == ["Ben"]
    told = next(one for one in back if isinstance(one, SetAside))
    said = "The record store holds 1 learner not on the roster, left out"
    assert [told.said(names=True), told.said(names=False)] == [f"{said}: Ana", said]


# What a store may do


PASSING = {
    "429": (429, {"Retry_After": "7"}),
    "500": 500,
    "502": 502,
    "503 and a date": (503, {"Retry_After": "Thu, 01 Jan 1970 00:00:00 GMT"}),
    HANG_UP: HANG_UP,
    HANG_UP_AFTER: HANG_UP_AFTER,
    CUT: CUT,
}


@pytest.mark.parametrize("fault", few("429", "cut", HANG_UP_AFTER, more=PASSING))
def test_what_passes_is_waited_for(
    school: FakeStore, asked: Asked, found: list[Found], fault: str
) -> None:
    school.faults = [PASSING[fault]] * 2
    settled = asked.send(found)
    assert len(settled) == 4
    assert school.held == statements(found)
    assert asked.pauses == ([7, 7] if fault == "429" else [1, 2])
    assert "once more in" in asked.told[0]
    assert "120 seconds at most" in asked.told[0]


def test_pauses_grow_up_to_a_limit(school: FakeStore, asked: Asked, found: list[Found]) -> None:
    school.always = 500
    with pytest.raises(StoreFailed, match=r"it was asked \d times, with \d+ seconds of pauses"):
        asked.send(found)
    assert asked.pauses == sorted(asked.pauses)
    assert 60 < sum(asked.pauses) <= connection.PATIENCE


@pytest.mark.parametrize(
    ("after", "when"),
    [
        ("3600", "in 60 minutes"),
        ("9" * 400, "another day"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "an"),
    ],
)
def test_a_store_that_wants_to_be_left_alone_is_left(
    school: FakeStore, asked: Asked, found: list[Found], after: str, when: str
) -> None:
    school.always = (503, {"Retry_After": after})
    with pytest.raises(StoreFailed, match=f"wants to be asked again {when}"):
        asked.send(found)
    assert asked.pauses == []


def test_nobody_there(found: list[Found]) -> None:
    with fake_store() as gone:
        url = gone.url
    nobody = Asked(url)
    with pytest.raises(StoreFailed, match=r"cannot be reached: .*refused"):
        nobody.send(found)
    assert len(nobody.pauses) > 3
    assert sum(nobody.pauses) <= 15
    assert "15 seconds at most" in nobody.told[0]


def test_a_silent_store_is_given_up(
    school: FakeStore, asked: Asked, found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SILENCE", 0.05)
    monkeypatch.setattr(connection, "PATIENCE", 2.0)
    with school.silent(), pytest.raises(StoreFailed, match="says nothing for"):
        asked.send(found)


def test_a_store_that_drips_is_given_up(
    school: FakeStore, asked: Asked, found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LONGEST", 0.1)
    monkeypatch.setattr(connection, "PATIENCE", 2.0)
    school.always = "drip"
    with pytest.raises(StoreFailed, match="takes longer than"):
        asked.send(found)


FINAL = {
    "no store there": (404, "There is no record store at"),
    "not that way": (405, "There is no record store at"),
    "gone": (410, "There is no record store at"),
    "elsewhere": ((302, {"Location": "http://127.0.0.1:9/"}), "not followed"),
    "a page of a website": (b"<!doctype html><title>Log in</title>", "does not answer as"),
    "JSON of something else": (b'{"ok": true}', "does not answer as"),
    "other ids": (b'["00000000-0000-0000-0000-000000000000"]', "does not answer as"),
    "no ids": (b"[]", "does not answer as"),
    "nothing, to everybody": (204, "does not answer as"),
    "deep JSON": (b"[" * 100_000, "does not answer as"),
}


@pytest.mark.parametrize(
    "fault", few("no store there", "elsewhere", "a page of a website", more=FINAL)
)
def test_what_does_not_pass_ends_at_once(
    school: FakeStore, asked: Asked, found: list[Found], fault: str
) -> None:
    school.always, said = FINAL[fault]
    with pytest.raises(StoreFailed, match=said):
        asked.send(found)
    assert school.posts == 1
    assert asked.pauses == []
    school.always = None
    asked.send(found)
    assert school.held == statements(found)


def test_too_large_a_request_is_halved(school: FakeStore, asked: Asked, found: list[Found]) -> None:
    school.largest = 30_000
    asked.send(found)
    assert school.held == statements(found)


def test_a_statement_that_is_refused_keeps_no_other_out(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    bad = next(iter(statements(found)))
    school.refuses = {bad}
    settled = asked.send(found)
    assert [one.refused for one in settled] == [1, 0, 0, 0]
    assert "400" in settled[0].why
    assert set(school.held) == set(statements(found)) - {bad}


def test_a_statement_that_stands_otherwise_stays(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    name, one = next(iter(statements(found).items()))
    school.held[name] = {**one, "actor": {"name": "Other"}}
    settled = asked.send(found)
    assert [one.otherwise for one in settled] == [1, 0, 0, 0]
    assert school.held[name]["actor"] == {"name": "Other"}
    assert set(school.held) == set(statements(found))


# What a store may answer


NONSENSE = {
    "HTML": b"<!doctype html><html>",
    "nothing": b"",
    "cut JSON": b'{"statements": [{"id": "a"',
    "a number": b"7",
    "a list": b"[]",
    "statements that are none": b'{"statements": {"a": 1}}',
    "more that is no link": b'{"statements": [], "more": 7}',
    "deep": b'{"statements": ' + b"[" * 100_000,
    "bytes": b"\xff\xfe\x00{",
}


@pytest.mark.parametrize("answer", few("HTML", "cut JSON", "deep", more=NONSENSE))
def test_nonsense_gets_one_line(
    school: FakeStore, asked: Asked, found: list[Found], answer: str
) -> None:
    asked.send(found)
    school.pages = 1
    for good in (0, 2):
        school.faults = [None] * good + [NONSENSE[answer]]
        back, whole = asked.read()
        assert not whole
        assert len(aside(back)) == 1
        assert aside(back)[0].startswith("The record store was ")
        assert sum(len(one.hand_in.attempts) for one in back if isinstance(one, Received)) == good


STATEMENTS = {
    "no object": "7",
    "no id": "{}",
    "an id of another kind": '{"id": 7}',
    "nothing but an id": '{"id": "a"}',
    "another program's": '{"id": "a", "actor": {"mbox": "mailto:a@b.c"}, "verb": {"id": "x"}}',
    "steers a terminal": '{"id": "\\u001b[2J"}',
}


@pytest.mark.parametrize("statement", few("no object", "steers a terminal", more=STATEMENTS))
def test_odd_statements_get_one_line_and_the_others_are_read(
    school: FakeStore, asked: Asked, found: list[Found], statement: str
) -> None:
    asked.send(found)
    good = [json.dumps(one) for one in school.held.values()]
    school.faults = [f'{{"statements": [{", ".join([STATEMENTS[statement], *good])}]}}'.encode()]
    back, whole = asked.read()
    assert whole
    assert len(aside(back)) == 1
    assert "\x1b" not in aside(back)[0]
    assert [one for one in back if isinstance(one, Received)]


def test_a_store_full_of_odd_statements_is_told_of_briefly(school: FakeStore, asked: Asked) -> None:
    odd = [f'{{"id": "{n}"}}' if n % 2 else "7" for n in range(2_000)]
    school.faults = [f'{{"statements": [{", ".join(odd)}]}}'.encode()]
    back, whole = asked.read()
    assert whole
    assert len(back) == 102
    assert aside(back)[-2:] == [
        "The record store holds 900 more statements that cannot be used",
        "The record store holds 1000 statements of other programs, left aside",
    ]


LINKS = {
    "another host": "http://127.0.0.2/xAPI/statements?page=2",
    "another port": ELSEWHERE,
    "another scheme": "https://127.0.0.1/xAPI/statements",
    "no host": "//evil.example/statements",
    "a file": "file:///etc/passwd",
    "a line break": "/xAPI/statements?a=b\r\nX: y",
    "no address": "http://[",
}


@pytest.mark.parametrize("link", few("another host", "a file", more=LINKS))
def test_a_link_that_leads_elsewhere_is_not_followed(
    school: FakeStore, asked: Asked, found: list[Found], link: str
) -> None:
    asked.send(found)
    school.pages, school.more = 1, LINKS[link]
    back, whole = asked.read()
    assert not whole
    assert len(aside(back)) == 1
    assert "read up to page 1 and no further: it lies elsewhere" in aside(back)[0]


def test_pages_without_an_end_are_left(school: FakeStore, asked: Asked, found: list[Found]) -> None:
    asked.send(found)
    school.pages = 1
    school.more = "/xAPI/statements?verb=x"
    school.endless = count()
    back, whole = asked.read()
    assert not whole
    assert "repeats itself without an end" in aside(back)[0]
    assert len(school.asked) < 20


def test_a_failure_in_the_middle_is_told(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    asked.send(found)
    school.pages = 1
    school.faults, school.always = [None, None], 500
    back, whole = asked.read()
    assert not whole
    assert "read up to page 2 and no further" in aside(back)[0]


def changed(school: FakeStore, change: str, to: str) -> None:
    """Change what the store holds."""
    school.held = json.loads(json.dumps(school.held).replace(change, to))


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ('"outcome": "wrong"', '"outcome": "right"'),
        ('"learner": "Ana"', '"learner": "Eve"'),
        ('"earned": "0"', '"earned": "1"'),
        ('"name": "Ana"', '"name": "Eve"'),
        ('"version": 1', '"version": 2'),
        ('"check": "', '"check": "0'),
        ('"kind": "opened"', '"kind": "closed"'),
        ('"run": {', '"run": {"x": NaN, '),
    ],
)
def test_a_run_that_was_changed_in_the_store_is_set_aside(
    school: FakeStore, asked: Asked, found: list[Found], change: str, to: str
) -> None:
    asked.send(found[:1])
    changed(school, change, to)
    assert to in json.dumps(school.held) or "NaN" in to
    back, _ = asked.read()
    assert aside(back)
    assert not any(isinstance(one, Received) and one.hand_in.learner == "Eve" for one in back)


def test_a_store_may_keep_a_run_in_another_order(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    asked.send(found)
    school.held = json.loads(json.dumps(school.held, sort_keys=True, indent=1))
    assert aside(asked.read()[0]) == []


# What goes out


def test_only_statements_that_tutor_writes_go_out(study: Study) -> None:
    hand_in = handed_in(study, quizzes=False)
    attempt = hand_in.attempts[0]
    good = msgspec.json.decode(attempt.statements)

    def spoiled(**parts: Any) -> list[Any]:
        return [{**good[0], **parts}, *good[1:]]

    actor = good[0]["actor"]
    for bad in (
        spoiled(actor={**actor, "account": {**actor["account"], "name": "Eve"}}),
        spoiled(actor={**actor, "mbox": "mailto:a@b.c"}),
        spoiled(id="00000000-0000-0000-0000-000000000000"),
        spoiled(verb={"id": "http://adlnet.gov/expapi/verbs/voided", "display": {}}),
        spoiled(timestamp="yesterday"),
        spoiled(context={**good[0]["context"], "registration": study.learner}),
        [*good, good[0]],
        good[:1],
        [],
        "words",
    ):
        spoiled_run = msgspec.structs.replace(
            attempt, statements=msgspec.Raw(msgspec.json.encode(bad))
        )
        found = [Received("x", msgspec.structs.replace(hand_in, attempts=[spoiled_run]))]
        assert not any(isinstance(one, Outgoing) for one in outgoing(found)), bad


def test_private_texts_stay_here_and_a_run_is_the_same_whenever_it_is_handed_in(
    study: Study,
) -> None:
    from tutor.classroom.hand_in.file import Written

    hand_in = handed_in(study, ticked=["free-text"])
    later = msgspec.structs.replace(
        hand_in,
        at="2027-01-01T00:00:00Z",
        program="9",
        written={"reflections": [Written(about="Tides", text="My secret", at="2026-01-01")]},
    )
    for before, after in zip(hand_in.attempts, later.attempts, strict=True):
        assert statements_to_send(hand_in, before) == statements_to_send(later, after)
    sent = [one for run in later.attempts for one in statements_to_send(later, run)]
    assert not any(b"My secret" in one.content for one in sent)


# Addresses and users


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://lrs.example/xAPI", "https://lrs.example/xAPI/statements"),
        ("https://lrs.example/xAPI/", "https://lrs.example/xAPI/statements"),
        ("https://lrs.example/xAPI/statements", "https://lrs.example/xAPI/statements"),
        ("https://LRS.example:443", "https://lrs.example/statements"),
        ("https://lrs.example:8443/a", "https://lrs.example:8443/a/statements"),
        ("http://localhost:8100/xAPI", "http://localhost:8100/xAPI/statements"),
        ("http://[::1]:8100/xAPI", "http://[::1]:8100/xAPI/statements"),
    ],
)
def test_an_address(url: str, place: str) -> None:
    assert str(address_of(url)) == place


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lrs.example/xAPI",
        "ftp://lrs.example/xAPI",
        "https://",
        "https://lrs.example:0/",
        "https://lrs.example:99999/",
        "https://[::1/xAPI",
        "https://lrs.example/x API",
        "https://lrs.example/xAPI?key=secret",
        "https://lrs.example/xAPI#secret",
        "https://" + "a" * 300 + ".example/",
        "https://lrs..example/",
        "https://lrs.example/\r\nX: secret",
        "http://lrs.example/xAPI",
        "http://127.0.0.1.example/xAPI",
        "http://localhost.example/xAPI",
        "http://10.0.0.5/xAPI",
        "https://teacher:secret@lrs.example/xAPI",
        "teacher:secret@lrs.example/xAPI",
        "https://teacher:secret@[::1/xAPI",
    ],
)
def test_no_address(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        address_of(url)
    assert "secret" not in refused.value.title + refused.value.remedy


def test_who_asks(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    here = address_of("https://lrs.example/xAPI")
    assert authorization_for(here) is None
    netrc = own_home / ".netrc"
    netrc.write_text("machine lrs.example login a password b\ndefault login x password y\n")
    netrc.chmod(0o600)
    assert authorization_for(here) == "Basic YTpi"
    assert authorization_for(address_of("https://other.example/")) is None
    netrc.write_text("my password\n")
    with pytest.raises(UsageError, match="cannot be used"):
        authorization_for(here)
    monkeypatch.setenv("TUTOR_LRS_USER", "ü")
    with pytest.raises(UsageError, match="TUTOR_LRS_PASSWORD is not set"):
        authorization_for(here)
    monkeypatch.setenv("TUTOR_LRS_PASSWORD", "c:d")
    assert authorization_for(here) == "Basic w7w6Yzpk"


# The whole program


@pytest.fixture
def folder(found: list[Found]) -> Path:
    made = Path("in")
    made.mkdir()
    for one in found:
        assert isinstance(one, Received)
        (made / one.where).write_bytes(write(one.hand_in))
    return made


def test_a_teacher_sends_a_folder_and_reads_it_back(school: FakeStore, folder: Path) -> None:
    (folder / "bad.tutor").write_text("{")
    school.user = "teacher:secret"
    user = {"TUTOR_LRS_USER": "teacher", "TUTOR_LRS_PASSWORD": "secret"}
    done = tutor("export", "xapi", str(folder), "--to", school.url, **user)
    assert done.returncode == 1  # the bad file
    assert "Left out: bad.tutor is no hand-in." in done.stderr
    assert f"What goes to {school.url}/statements:" in done.stderr
    assert "Names, as they stand in the hand-ins: Ana and Ben." in done.stderr
    assert "Sent: 4 runs." in done.stderr
    assert "secret" not in done.stderr
    assert all(one["X-Experience-API-Version"] == "1.0.3" for one in school.headers)
    (folder / "bad.tutor").unlink()
    again = tutor("export", "xapi", str(folder), "--to", school.url, **user)
    assert again.returncode == 0
    assert "Sent: 0 runs. 4 runs were there from before." in again.stderr
    from_files = tutor("report", str(folder), "--json", "--names")
    from_store = tutor("report", "--from", school.url, "--json", "--names", **user)
    assert from_store.returncode == 0, from_store.stderr
    assert from_store.stdout == from_files.stdout
    assert tutor("report", "--from", school.url).returncode == 1
    both = tutor("report", str(folder), "--from", school.url, "--json", "--names", **user)
    assert json.loads(both.stdout)["learners"] == json.loads(from_files.stdout)["learners"]
    assert tutor("export", "xapi", str(folder), "-o", "all.json").returncode == 0
    assert {one["id"]: one for one in json.loads(Path("all.json").read_text())} == school.held


@pytest.mark.long
def test_killed_before_it_hears_the_answer_it_goes_on(school: FakeStore, folder: Path) -> None:
    command = [sys.executable, "-m", "tutor", "--data", "records", "export", "xapi", str(folder)]
    with subprocess.Popen([*command, "--to", school.url], stderr=subprocess.DEVNULL) as sending:
        school.taken = sending.kill
    assert sending.returncode == -signal.SIGKILL
    school.taken = None
    held = dict(school.held)
    done = tutor("export", "xapi", str(folder), "--to", school.url)
    assert done.returncode == 0
    assert "Sent: 4 runs." in done.stderr  # which it had, and took once
    assert school.held == held
    assert len(held) == len(statements(list(collect([folder]))))


@pytest.mark.long
def test_what_cannot_be_remembered_is_sent_all_the_same(
    school: FakeStore, asked: Asked, found: list[Found]
) -> None:
    Path("data").write_text("no folder")
    for _ in range(2):
        assert [one.new for one in asked.send(found)] == [True] * 4
    assert school.held == statements(found)


MISUSE = {
    said: arguments
    for arguments, said in [
        (["export", "xapi", "in"], "Say where the results go."),
        (["export", "xapi", "in", "--to", "https://a:secret@b/"], "can be read by others"),
        (["export", "xapi", "in", "--to", "http://lrs.example/"], "by http can be read"),
        (["export", "gift", "in", "--to", "https://lrs.example/"], "Only results go to"),
        (["export", "gift", "in"], "Missing option '-o'"),
        (["export", "xapi", "--to", "https://lrs.example/"], "Missing argument 'PATH|COURSE"),
        (["report"], "Missing argument 'PATHS…'"),
        (["report", "--from", "https://a:secret@b/"], "and set TUTOR_LRS_USER"),
        (["report", "in", "--from", "https://b/", "--forget", "Ana"], "is not deleted from here"),
        (["report", "in", "--from", "https://b/", "--watch"], "--watch looks at files"),
    ]
}


@pytest.mark.parametrize("said", few("can be read by others", "Missing option '-o'", more=MISUSE))
def test_what_cannot_be_asked_for(said: str) -> None:
    Path("in").mkdir()
    done = tutor(*MISUSE[said])
    assert done.returncode == 2
    assert said in done.stderr
    assert "secret" not in done.stderr
