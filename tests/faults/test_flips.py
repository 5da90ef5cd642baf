"""One bit of the records is wrong: that is said in words, and a backup brings the answers back."""

import random
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from faults.profile import runs
from faults.table import record_fault
from support import EVERY, StepClock

from tutor import cli
from tutor.errors import RecordsError
from tutor.library import Library
from tutor.records.backup import backups_in, write_backup
from tutor.records.opening import open_records
from tutor.records.soundness import opened
from tutor.records.store import FILE_NAME
from tutor.study import Study

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of a quiz that is done and one that is not, and a backup of them."""
    folder = tmp_path_factory.mktemp("sound") / "records"
    with open_records(folder, StepClock()) as store:
        study = Study(store, Library(store, folder), "Ana", seed=lambda: 7)
        course = study.library.course_at(EVERY)
        study.library.remember(course)
        lesson = study.lesson(course.lessons[0])
        for _ in range(2):
            quiz = study.quiz(course, lesson)
            quiz.respond(quiz.current.question.key())
            quiz.advance()
            quiz.finish()
        study.quiz(course, lesson).respond(None)
        write_backup(store)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return folder


def events_in(path: Path) -> int:
    with opened(path) as connection:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def said_by(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["tutor", "--data", "records", "--learner", "Ana", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert "fault of its own" not in said
    assert "Traceback" not in said
    assert not CONTROL.search(said)
    return int(left.value.code or 0), said


def flipped(sound: Path, seed: int, folder: Path) -> str:
    """Copy the records with one bit of them wrong; most in the first page, which describes all."""
    chance = random.Random(seed)
    shutil.copytree(sound, folder)
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    at = chance.randrange(4096 if seed % 2 else len(content))
    bit = chance.randrange(8)
    content[at] ^= 1 << bit
    path.write_bytes(content)
    return f"byte {at}, bit {bit}"


@pytest.mark.parametrize("block", range(4))
def test_a_wrong_bit_is_told_in_words_and_loses_nothing(
    sound: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    block: int,
) -> None:
    folder = own_home / "records"
    per_block = runs(24, 200) // 4
    before = events_in(backups_in(sound)[0])
    for seed in range(block * per_block, (block + 1) * per_block):
        where = flipped(sound, seed, folder)
        try:
            for command in (["list"], ["progress"], ["data", "backup"], ["data", "verify"]):
                code, said = said_by(monkeypatch, capsys, *command)
                told = "tutor data restore" in said or "newer version" in said
                assert code == 0 or told or command[-1] == "verify", said
            spoiled = (folder / FILE_NAME).read_bytes()
            code, said = said_by(monkeypatch, capsys, "data", "restore")
            if code:
                assert "newer version" in said
                assert (folder / FILE_NAME).read_bytes() == spoiled
            else:
                assert events_in(folder / FILE_NAME) >= before
                assert list(folder.glob("set-aside-*.db"))
                assert said_by(monkeypatch, capsys, "progress")[0] == 0
        except (AssertionError, RecordsError) as error:
            raise AssertionError(f"seed {seed}: {where}") from error
        shutil.rmtree(folder)
    # As many answers as before are in what was restored, each time.
    record_fault("a bit of the records flips", "… `tutor data restore` …", runs=per_block)


HOSTILE = {
    "cut short": lambda content: content[: len(content) // 2],
    "one page": lambda content: content[:4096],
    "a few bytes": lambda content: content[:50],
    "no bytes that are set": lambda content: bytes(len(content)),
    "another header": lambda content: b"SQLite format 4\0" + content[16:],
    "other text in what describes it": lambda content: content.replace(b"CREATE", b"CR\xce\xe3TE"),
    "other names of tables": lambda content: content.replace(b"learners", b"\xce\x1b[31mrs"),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_else_happens_to_a_file_is_told_too(
    sound: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    how: str,
) -> None:
    folder = own_home / "records"
    shutil.copytree(sound, folder)
    spoiled = HOSTILE[how]((folder / FILE_NAME).read_bytes())
    (folder / FILE_NAME).write_bytes(spoiled)
    for command in (["list"], ["progress"], ["data", "forget", "--yes"]):
        code, said = said_by(monkeypatch, capsys, *command)
        assert code == 1
        assert "tutor data restore" in said
    assert said_by(monkeypatch, capsys, "data", "verify")[0] == 1
    assert said_by(monkeypatch, capsys, "data", "restore")[0] == 0
    (aside,) = folder.glob("set-aside-*.db")
    assert aside.read_bytes() == spoiled
    assert said_by(monkeypatch, capsys, "progress")[0] == 0
    record_fault(f"the records, {how}", "… `tutor data restore` …")
