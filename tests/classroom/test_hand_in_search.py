"""Whatever lies in a folder: the good is read, and each bad file gets one line."""

import csv
import io
import os
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import msgspec
import pytest
from class_of import handed_in
from support import EVERY, StepClock, cpu_seconds, draw_for, few

from tutor.classroom.hand_in.file import HandIn, seal, write
from tutor.classroom.hand_in.pasted_text import as_text
from tutor.classroom.learner_deletion import held_about
from tutor.classroom.received import hand_in_search
from tutor.classroom.received.class_results import Gathered, gather
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import Received, SetAside, collect
from tutor.classroom.received.roster import read_roster
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study


@pytest.fixture
def content(study: Study) -> bytes:
    return write(handed_in(study, right=False))


def another(tmp_path: Path, name: str) -> HandIn:
    """What another learner hands in, from records of their own."""
    with open_records(tmp_path / f"of-{name}", StepClock()) as store:
        study = Study(store, Library(store, tmp_path), name, seed=lambda: 9)
        draw_for(study, 0)
        return handed_in(study, name=name)


def received(path: Path) -> list[str]:
    return [one.where for one in collect([path]) if isinstance(one, Received)]


def aside(path: Path) -> list[str]:
    return [one.said(names=True) for one in collect([path]) if isinstance(one, SetAside)]


def first_lines(content: bytes, count: int) -> bytes:
    return "\n".join(as_text(content).splitlines()[:count]).encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, inside in files.items():
            packed.writestr(name if "/" in name else name.replace("__", "/"), inside)
    return out.getvalue()


def test_every_bad_file_gets_one_line_and_the_good_are_read(content: bytes) -> None:
    folder = Path("in")
    (folder / "deep" / "er").mkdir(parents=True)
    locked = bytearray(zipped(a=b"x"))
    future = content.replace(b'"version":1', b'"version":9')
    bad = {
        "cut.tutor": (content[:500], "cut off or damaged"),
        "empty.tutor": (b"", "is empty"),
        "spaces.txt": (b" \r\n", "is empty"),
        "essay.docx": (zipped(**{"[Content_Types].xml": b"x"}), "is a document"),
        "photo.jpg": (b"\xff\xd8\xff\xe0 nothing", "is no hand-in"),
        "future.tutor": (future, "from a newer tutor"),
        "changed.tutor": (content.replace(b'"Ana"', b'"Bea"'), "was changed"),
        "torn.zip": (bytes(locked[:20]), "zip that is cut off"),
        "other.json": (b'{"format": "cartoon", "version": 1}', "is no hand-in"),
        "feedback.tutor": (seal("tutor feedback", {}), "is feedback"),
        "deep.json": (b'{"a":' * 100_000, "is no hand-in"),
        "paste.txt": (
            "\n".join(as_text(content).splitlines()[:9]).encode(),
            "cut off after line 8",
        ),
        "nothing.csv": (b"name,score\nAna,1\n", "is no hand-in"),
        "3 zips.zip": (zipped(a=zipped(b=zipped(c=content))), "is a zip in a zip in a zip"),
        "torn in.zip": (zipped(inner=zipped(a=content)[:80]), "zip that is cut off"),
        "letter.eml": (b"From: a@b.org\nMIME-Version: 1.0\n\nHello", "is an e-mail that holds no"),
    }
    for name, (inside, _) in bad.items():
        (folder / name).write_bytes(inside)
    (folder / "deep" / "er" / "good.bin").write_bytes(content)
    (folder / ".hidden").write_bytes(b"x")
    os.mkfifo(folder / "pipe")
    (folder / "gone").symlink_to("nowhere")
    assert received(folder) == ["deep/er/good.bin"]
    told = aside(folder)
    for name, (_, says) in bad.items():
        lines = [line for line in told if line.startswith(name)]
        assert len(lines) == 1, (name, told)
        assert says in lines[0]
    assert len(told) == len(bad) + 2
    assert any(line.startswith("pipe ") for line in told)
    assert any(line.startswith("gone ") for line in told)


def mail(*files: tuple[str, bytes], text: str = "Hello") -> bytes:
    """An e-mail as a mail program saves it."""
    made = EmailMessage()
    made["From"], made["Subject"] = "ana@example.org", "My results"
    made.set_content(text)
    made.add_alternative(f"<p>{text}</p>", subtype="html")
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def document(name: str, content: bytes, **more: bytes) -> bytes:
    """A document of an office program, with a text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, inside in {"[Content_Types].xml": b"<x/>", name: content, **more}.items():
            packed.writestr(part, inside)
    return out.getvalue()


def in_tags(text: str, tag: str) -> bytes:
    return "".join(
        f'<{tag} xml:space="preserve">{line}</{tag}>' for line in text.split("\n")
    ).encode()


def test_e_mails_are_read_with_what_hangs_on_them(content: bytes, tmp_path: Path) -> None:
    text, other = as_text(content), write(another(tmp_path, "Ben"))
    Path("a.eml").write_bytes(mail(("photo.jpg", b"\xff\xd8 x"), text=text))
    Path("b.eml").write_bytes(mail(("results.tutor", other)))
    Path("c.eml").write_bytes(mail(("all.zip", zipped(a=content, b=b"x")), ("d.tutor", other[:99])))
    assert received(Path("a.eml")) == ["a.eml"]
    assert received(Path("b.eml")) == ["b.eml: results.tutor"]
    assert received(Path("c.eml")) == ["c.eml: all.zip: a"]
    assert aside(Path("a.eml")) == aside(Path("b.eml")) == []
    assert aside(Path("c.eml")) == [
        "c.eml: all.zip: b is no hand-in", "c.eml: d.tutor is a hand-in cut off or damaged",
    ]  # fmt: skip
    folder = b"From ana@example.org Sun Nov 29\n" + mail(text=text)
    folder += b"\nFrom ben@example.org Sun Nov 29\n" + mail(("r", other))
    Path("Inbox").write_bytes(folder)
    assert received(Path("Inbox")) == ["Inbox, number 1", "Inbox, number 2: r"]


def test_an_e_mail_made_to_take_long_is_left_out() -> None:
    deep = b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(9000)
    )
    deep = deep.replace(b"boundary", b"Boundary")
    Path("deep.eml").write_bytes(deep + b"(tutor hand-in 1, 3 lines, check aaaaaaaa)")
    assert cpu_seconds(lambda: list(collect([Path("deep.eml")]))) < 2
    assert aside(Path("deep.eml")) == [
        "deep.eml is an e-mail that cannot be read: save its attachments"
    ]


def forwarded(*mails: bytes) -> bytes:
    """An e-mail on which others hang as they are."""
    made = EmailMessage()
    made["Subject"] = "Fwd"
    made.set_content("See below.")
    for one in mails:
        made.add_attachment(message_from_bytes(one, policy=default))
    return made.as_bytes()


def test_of_several_e_mails_that_hang_on_one_each_is_read(content: bytes, tmp_path: Path) -> None:
    ben, cai = another(tmp_path, "Ben"), another(tmp_path, "Cai")
    mails = [mail(text=as_text(content)), mail(text=as_text(write(ben))), mail(("c", write(cai)))]
    Path("fwd.eml").write_bytes(forwarded(*mails))
    found = [one for one in collect([Path("fwd.eml")]) if isinstance(one, Received)]
    assert [one.hand_in.learner for one in found] == ["Ana", "Ben", "Cai"]
    assert received(Path("fwd.eml")) == ["fwd.eml, number 1", "fwd.eml, number 2", "fwd.eml: c"]
    assert aside(Path("fwd.eml")) == []
    held = held_about([Path("fwd.eml")], ["Ana"])
    assert held.files == ()
    assert "fwd.eml, number 1" in held.within


def test_the_e_mails_of_a_whole_class_may_hang_on_one(content: bytes) -> None:
    Path("fwd.eml").write_bytes(forwarded(*[mail((f"{at}", content)) for at in range(40)]))
    assert received(Path("fwd.eml")) == [f"fwd.eml: {at}" for at in range(40)]
    assert aside(Path("fwd.eml")) == []


def test_of_an_e_mail_as_text_and_as_html_that_is_used_which_is_whole(content: bytes) -> None:
    made = EmailMessage()
    made.set_content(first_lines(content, 5).decode())
    made.add_alternative(f"<p>{as_text(content)}</p>", subtype="html")
    Path("a.eml").write_bytes(made.as_bytes())
    assert received(Path("a.eml")) == ["a.eml"]
    assert aside(Path("a.eml")) == []


def test_a_file_and_a_pasted_one_in_one_text_are_both_read(content: bytes, tmp_path: Path) -> None:
    other = as_text(write(another(tmp_path, "Ben")))
    Path("a.txt").write_bytes(b"Ana:\n" + content + b"Ben:\n" + other.encode())
    Path("b.tutor").write_bytes(content + other.encode())
    for name in ("a.txt", "b.tutor"):
        found = [one for one in collect([Path(name)]) if isinstance(one, Received)]
        assert [one.hand_in.learner for one in found] == ["Ana", "Ben"]


def packed_again(content: bytes, levels: int, times: int) -> bytes:
    """An e-mail in a zip on an e-mail in a zip and so on, each time so often."""
    for level in range(levels):
        if level % 2:
            content = mail(*[(f"{at}.zip", content) for at in range(times)])
        else:
            content = zipped(**{f"{at}.eml": content for at in range(times)})
    return content


@pytest.mark.parametrize("levels", few(6, more=[5, 7, 8]))
def test_zips_and_e_mails_in_one_another_end_at_once_with_a_word(levels: int) -> None:
    def read(times: int) -> list[str]:
        Path("a").write_bytes(packed_again(b"hello", levels, times))
        return aside(Path("a"))

    told = read(8)
    assert any("in a zip in a zip" in line or "in an e-mail in an" in line for line in told)
    assert cpu_seconds(lambda: aside(Path("a"))) < 5


def test_a_file_with_more_in_it_than_is_read_says_so_once(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_in_search, "MOST_FILES", 40)
    text = as_text(content)
    within = zipped(**{f"{at}.eml": mail((f"{at}.tutor", content)) for at in range(9)})
    Path("all.zip").write_bytes(zipped(**{f"{at}.zip": within for at in range(9)}))
    Path("Inbox").write_bytes(
        b"\n".join(b"From a@b.org Sun\n" + mail(text=text) for _ in range(30))
    )
    with Path("form.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["Name", "Results"], *([["Ana", text]] * 50)])
    Path("all.txt").write_bytes(b"x " + content * 50)
    for name in ("all.zip", "Inbox", "form.csv", "all.txt"):
        assert 0 < len(received(Path(name))) <= 40
        told = aside(Path(name))
        assert [line for line in told if "holds more than" in line] == [
            f"{name} holds more than a report reads; the rest of it was left out"
        ], name


def test_pasted_text_unpacks_no_more_than_one_file_may(monkeypatch: pytest.MonkeyPatch) -> None:
    text = as_text(b"{" + b" " * 100_000)
    monkeypatch.setattr(hand_in_search, "MOST_UNPACKED", 250_000)
    with Path("form.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["Name", "Results"], *([["Ana", text]] * 9)])
    told = aside(Path("form.csv"))
    assert len(told) == 3
    assert "form.csv holds more than a report reads; the rest of it was left out" in told


def test_a_document_with_too_many_sheets_is_left_out() -> None:
    sheets = {f"xl/worksheets/s{at}.xml": b"<v>%d</v>" % at * 200_000 for at in range(9)}
    Path("big.xlsx").write_bytes(document("xl/sharedStrings.xml", b"<x/>", **sheets))
    assert aside(Path("big.xlsx")) == ["big.xlsx is too large for a hand-in"]


def test_a_number_without_end_in_one_file_keeps_no_other_from_being_read(content: bytes) -> None:
    endless = b"&#" + b"9" * 5000 + b";"
    Path("all.zip").write_bytes(zipped(a=endless, b=content))
    assert received(Path("all.zip")) == ["all.zip: b"]
    assert aside(Path("all.zip")) == ["all.zip: a is no hand-in"]
    Path("form.csv").write_bytes(b'%s,"%s"\n' % (endless, as_text(content).encode()))
    assert received(Path("form.csv")) == ["form.csv: row 1"]
    assert held_about([Path("form.csv"), Path("all.zip")], ["Ana"]).within


def test_a_damaged_file_in_a_zip_hides_nobody_from_being_forgotten() -> None:
    with zipfile.ZipFile("all.zip", "w") as packed:
        packed.writestr("a.txt", "damaged on its way")
        packed.writestr("b.txt", "Seen: Ana Ruiz")
    raw = Path("all.zip").read_bytes()
    Path("all.zip").write_bytes(raw.replace(b"damaged on", b"daXaged on"))
    assert held_about([Path("all.zip")], ["Ana Ruiz"]).within == ("all.zip: b.txt: line 1",)


@pytest.mark.parametrize("fault", [OverflowError, MemoryError, IndexError, UnicodeError])
def test_whatever_a_library_raises_of_one_entry_the_rest_is_read(
    content: bytes, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def decoded(given: bytes) -> str:
        if given == b"bad":
            raise fault
        return given.decode()

    monkeypatch.setattr(hand_in_search, "decoded", decoded)
    Path("all.zip").write_bytes(zipped(a=b"bad", b=content, c=zipped(d=b"bad", e=content)))
    assert received(Path("all.zip")) == ["all.zip: b", "all.zip: c: e"]
    assert [line.split(" cannot be read")[0] for line in aside(Path("all.zip"))] == [
        "all.zip: a", "all.zip: c: d",
    ]  # fmt: skip


def test_what_was_pasted_into_documents_and_spreadsheets_is_read(
    content: bytes, tmp_path: Path
) -> None:
    text, other = as_text(content), as_text(write(another(tmp_path, "Ben")))
    Path("a.docx").write_bytes(document("word/document.xml", in_tags(text, "w:t")))
    Path("b.odt").write_bytes(document("content.xml", in_tags(text, "text:p"), mimetype=b"x"))
    cells = b"<si><t>Name</t></si>" + in_tags(text, "t") + in_tags(other, "t")
    Path("form.xlsx").write_bytes(document("xl/sharedStrings.xml", cells))
    Path("all.zip").write_bytes(zipped(essay=Path("a.docx").read_bytes()))
    for name in ("a.docx", "b.odt"):
        assert received(Path(name)) == [name]
    assert received(Path("form.xlsx")) == ["form.xlsx, number 1", "form.xlsx, number 2"]
    assert received(Path("all.zip")) == ["all.zip: essay"]
    Path("big.docx").write_bytes(document("word/document.xml", b" " * 50_000_000))
    assert aside(Path("big.docx")) == ["big.docx is too large for a hand-in"]


def test_a_zip_in_the_zip_of_all_uploads_is_read(content: bytes) -> None:
    Path("all.zip").write_bytes(zipped(Ana=zipped(a=content)))
    assert received(Path("all.zip")) == ["all.zip: Ana: a"]


def test_zips_in_a_zip_unpack_no_more_than_one_may(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_in_search, "MOST_UNPACKED", 3 * len(content))
    made = {f"n{at}": zipped(a=content, b=content) for at in range(3)}
    Path("all.zip").write_bytes(zipped(**made))
    assert received(Path("all.zip")) == ["all.zip: n0: a", "all.zip: n0: b"]
    assert any("holds more than a report reads" in line for line in aside(Path("all.zip")))


def test_files_pasted_into_a_text_as_they_are(content: bytes, tmp_path: Path) -> None:
    other = write(another(tmp_path, "Ben"))
    Path("a.txt").write_bytes(b"> Here it is:\n> " + content)
    Path("b.md").write_bytes(b"```\n" + content + b"```\n" + other + b"\n" + other[:300])
    Path("c.tutor").write_bytes(content + other)
    Path("d.rtf").write_text("{\\rtf1\\ansi " + as_text(content).replace("\n", "\\\n") + "}")
    assert received(Path("a.txt")) == ["a.txt"]
    assert received(Path("b.md")) == ["b.md, number 1", "b.md, number 2"]
    assert aside(Path("b.md")) == ["b.md, number 3 is a hand-in cut off or damaged"]
    assert received(Path("c.tutor")) == ["c.tutor, number 1", "c.tutor, number 2"]
    assert received(Path("d.rtf")) == ["d.rtf"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_of_databases_are_read(content: bytes, encoding: str) -> None:
    Path("form.csv").write_bytes(f'Zeit;Text\n1;"{as_text(content)}"\n'.encode(encoding))
    Path("a.tutor").write_bytes(content.decode().encode(encoding))
    assert received(Path("form.csv")) == ["form.csv: row 2"]
    assert received(Path("a.tutor")) == ["a.tutor"]


def test_a_zip_with_mangled_names(content: bytes) -> None:
    Path("all.zip").write_bytes(
        zipped(
            Ana_Q_4711_assignsubmission_file___everytest_ana=content,
            **{"__MACOSX/._one": b"junk"},
            Ana_Q_4711_onlinetext__onlinetext=f"<p>{as_text(content)}</p>".encode(),
            readme=b"hello",
        )
    )
    assert len(received(Path("all.zip"))) == 2
    assert aside(Path("all.zip")) == ["all.zip: readme is no hand-in"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a\x1b[2Jb", "x" * 400]
)
def test_names_in_a_zip_lead_nowhere_and_steer_nothing(content: bytes, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, content)
        packed.writestr(f"{name}2", b"x")
    Path("all.zip").write_bytes(out.getvalue())
    before = sorted(Path.cwd().rglob("*"))
    assert len(received(Path("all.zip"))) == 1
    assert all("\x1b" not in line for line in aside(Path("all.zip")))
    assert sorted(Path.cwd().rglob("*")) == before


def test_what_unpacks_without_end_is_left_out() -> None:
    Path("bomb.zip").write_bytes(zipped(a=b"{" + b" " * 50_000_000, b=b" " * 5_000_000))
    assert received(Path("bomb.zip")) == []
    assert [line.partition(" ")[2] for line in aside(Path("bomb.zip"))] == [
        "a is too large for a hand-in",
        "b is too large for a hand-in",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_form_with_the_text_in_a_column(content: bytes, separator: str, encoding: str) -> None:
    out = io.StringIO()
    form = csv.writer(out, delimiter=separator)
    form.writerow(["Timestamp", "Name", "Results"])
    form.writerow(["1", "Ana, the first", as_text(content)])
    form.writerow(["2", "Ben", "I lost it"])
    form.writerow(["3", "Cai", as_text(content).replace("\n", " ")[:900]])
    Path("form.csv").write_bytes(out.getvalue().encode(encoding))
    assert received(Path("form.csv")) == ["form.csv: row 2"]
    (told,) = aside(Path("form.csv"))
    assert told.startswith("form.csv: row 4 is a pasted hand-in cut off after line")


def test_a_form_with_a_title_above_its_heading(content: bytes) -> None:
    out = io.StringIO()
    out.write("Results, all of them, of period 3\n")
    csv.writer(out, delimiter=";").writerows([["Name", "Results"], ["Ana", as_text(content)]])
    Path("form.csv").write_text(out.getvalue())
    assert received(Path("form.csv")) == ["form.csv: row 3"]
    assert aside(Path("form.csv")) == []


def test_a_text_that_is_too_long_for_one_field_may_stand_in_several(
    content: bytes, tmp_path: Path
) -> None:
    text, other = as_text(content), as_text(write(another(tmp_path, "Ben")))
    fields = [text[at : at + 2500] for at in range(0, len(text), 2500)]
    assert len(fields) > 2
    heading = ["Time", "Part 1", *(f"Part {number}" for number in range(2, len(fields) + 1))]
    with Path("form.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [heading, ["1", *fields], ["2", *fields[:-1]], ["3", text, other]]
        )
    assert received(Path("form.csv")) == [
        "form.csv: row 2",
        "form.csv: row 4",
        "form.csv: row 4",
    ]
    (told,) = aside(Path("form.csv"))
    assert told.startswith("form.csv: row 3 is a pasted hand-in cut off after line")


def test_several_hand_ins_pasted_into_one_text_are_all_read(content: bytes, tmp_path: Path) -> None:
    text, other = as_text(content), as_text(write(another(tmp_path, "Ben")))
    cut = "\n".join(as_text(write(another(tmp_path, "Cai"))).splitlines()[:5])
    headless = text.partition("\n")[2]
    Path("all.txt").write_text(
        f"{headless}From Ana:\n{text}\nFrom Cai:\n{cut}\nBen:\n{other}{text}"
    )
    found = [one for one in collect([Path("all.txt")]) if isinstance(one, Received)]
    assert [one.hand_in.learner for one in found] == ["Ana", "Ben"]
    first, second = aside(Path("all.txt"))
    assert first.startswith("all.txt, number 1 is a pasted hand-in without its first line")
    assert second.startswith("all.txt, number 3 is a pasted hand-in cut off after line 4")


def test_what_a_shell_of_windows_writes_is_read(content: bytes) -> None:
    Path("a.tutor").write_bytes(content.decode().replace("\n", "\r\n").encode("utf-16"))
    assert received(Path("a.tutor")) == ["a.tutor"]


def test_a_first_line_that_claims_many_lines_costs_nothing() -> None:
    row = '"(tutor hand-in 1, 999999 lines, check aaaaaaaa)"\n'
    Path("form.csv").write_text(row * 3000)
    assert cpu_seconds(lambda: list(collect([Path("form.csv")]))) < 1


def gathered(study: Study, path: Path, roster: str = "") -> Gathered:
    known = None
    if roster:
        Path("roster.csv").write_text(roster)
        known = read_roster(Path("roster.csv"))
    return gather(collect([path]), lambda one: course_of(study, one), known)


def test_doubled_and_foreign_hand_ins(study: Study, content: bytes, tmp_path: Path) -> None:
    folder = Path("in")
    folder.mkdir()
    (folder / "a.tutor").write_bytes(content)
    (folder / "b.tutor").write_bytes(content)
    (folder / "c.tutor").write_bytes(write(another(tmp_path, "Ben")))
    body = msgspec.json.decode(content)["body"]
    foreign = msgspec.json.encode({**body, "course": "cooking", "title": "Cooking"})
    (folder / "d.tutor").write_bytes(seal("tutor hand-in", msgspec.Raw(foreign)))
    copied = msgspec.json.encode({**body, "course": "period-3"})
    (folder / "e.tutor").write_bytes(seal("tutor hand-in", msgspec.Raw(copied)))
    made = gathered(study, folder, "name,id\nAna,\nBen Ruiz,ben\nCai,\n")
    assert [one.name for one in made.learners] == ["Ana", "Ben Ruiz"]
    assert [one.name for one in made.missing] == ["Cai"]
    told = [one.said(names=True) for one in made.set_aside]
    assert told == [
        "b.tutor was handed in already, as a.tutor",
        "d.tutor is of another course, “Cooking”",
        f"e.tutor is of another course, “{made.title}” (period-3; this report is about every)",
    ]
    assert all("Ana" not in one.said(names=False) for one in made.set_aside)


def test_a_score_that_answers_do_not_earn_does_not_count(study: Study, content: bytes) -> None:
    body = msgspec.json.decode(content)["body"]
    run = body["attempts"][0]
    for _, event in run["events"]:
        if event["kind"] == "responded":
            event["earned"], event["outcome"] = str(event["possible"]), "right"
        if event["kind"] == "finished":
            event["earned"] = str(event["possible"])
    Path("forged.tutor").write_bytes(seal("tutor hand-in", body))
    made = gathered(study, Path("forged.tutor"))
    honest = gathered(study, _file(content))
    assert honest.learners[0].runs[0].score < 1
    assert made.learners[0].runs[0].score == honest.learners[0].runs[0].score
    assert any("that is what counts" in one.said(names=True) for one in made.set_aside)


def _file(content: bytes) -> Path:
    path = Path("honest.tutor")
    path.write_bytes(content)
    return path


def test_two_versions_of_a_question_are_two_questions(study: Study, content: bytes) -> None:
    body = msgspec.json.decode(content)["body"]
    run = body["attempts"][0]
    name = run["events"][0][1]["questions"][0]["question"]
    for one in run["events"][0][1]["questions"]:
        if one["question"] == name:
            one["fingerprint"] = "0" * 16
    for _, event in run["events"]:
        if event.get("question") == name and "fingerprint" in event:
            event["fingerprint"] = "0" * 16
    run["id"] = "00000000-0000-4000-8000-000000000000"
    folder = Path("in")
    folder.mkdir()
    (folder / "a.tutor").write_bytes(content)
    (folder / "old.tutor").write_bytes(
        seal("tutor hand-in", {**body, "learner": "Ben", "records": "b"})
    )
    made = gathered(study, folder)
    versions = [key for key in made.grader.items if key[0] == name]
    assert len(versions) == 2
    assert any("in another version than the course" in one.why for one in made.set_aside)


def test_without_the_course_it_says_that_points_are_believed(content: bytes) -> None:
    made = gather(collect([_file(content)]), lambda _: None, None)
    assert made.learners[0].runs[0].possible > 0
    assert "is not on this machine" in made.set_aside[0].why
    assert all(one.stem for one in made.grader.items.values())


def test_a_path_that_is_not_there_is_said() -> None:
    from tutor.errors import UsageError

    with pytest.raises(UsageError, match="There is no file or folder `nowhere`"):
        list(collect([Path("nowhere")]))


def test_the_course_is_read_where_it_was_opened(study: Study) -> None:
    hand_in = handed_in(study)
    here = course_of(study, hand_in)
    assert here is not None
    assert here.course.path == EVERY


def test_the_mark_is_that_of_the_course(study: Study, content: bytes) -> None:
    body = msgspec.json.decode(content)["body"]
    for run in body["attempts"]:
        run |= {"pass": "0"}
    Path("forged.tutor").write_bytes(seal("tutor hand-in", body))
    made = gathered(study, Path("forged.tutor"))
    assert not any(run.passed for run in made.learners[0].runs)


def test_a_test_of_few_questions_among_longer_ones_is_told(
    study: Study, content: bytes, tmp_path: Path
) -> None:
    folder = Path("in")
    folder.mkdir()
    for name in ("Ben", "Cai"):
        (folder / f"{name}.tutor").write_bytes(write(another(tmp_path, name)))
    body = msgspec.json.decode(content)["body"]
    opened = body["attempts"][0]["events"][0][1]
    opened["questions"] = opened["questions"][:1]
    (folder / "short.tutor").write_bytes(seal("tutor hand-in", body))
    told = [one.said(names=True) for one in gathered(study, folder).set_aside]
    assert any(line.startswith("short.tutor holds a test of 1 question, where") for line in told)


def test_two_of_one_name_and_one_who_hands_in_again(
    study: Study, content: bytes, tmp_path: Path
) -> None:
    folder = Path("in")
    folder.mkdir()
    (folder / "1.tutor").write_bytes(content)
    (folder / "2.tutor").write_bytes(write(handed_in(study)))
    first = gathered(study, folder)
    assert [len(one.runs) for one in first.learners] == [2]
    assert first.set_aside == []
    with open_records(tmp_path / "other", StepClock()) as store:
        other = Study(store, Library(store, tmp_path), "Other", seed=lambda: 3)
        draw_for(other, 1)
        (folder / "3.tutor").write_bytes(write(handed_in(other, name="Ana")))
    both = gathered(study, folder)
    assert [one.name for one in both.learners] == ["Ana", "Ana (2)"]
    assert [one.said(names=True) for one in both.set_aside] == [
        "“Ana” came from 2 machines, and counts as 2 learners, “Ana” and “Ana (2)”. If it is one "
        "person, a roster (--roster) that has the name once joins them"
    ]
