"""Files are written whole, where they were asked for, and what a fix replaces is kept."""

import errno
import os
import stat
from pathlib import Path

import pytest
from support import EVERY, tutor

from tutor import output_files
from tutor.errors import UsageError
from tutor.output_files import write_file, write_folder

UNQUOTED = (
    "title: T\nquiz:\n  questions:\n    - type: true_false\n      id: a\n"
    "      stem: Bill #1: the tide rises twice a day.\n      answer: true\n"
)
MENDED = UNQUOTED.replace(
    "Bill #1: the tide rises twice a day.", '"Bill #1: the tide rises twice a day."'
)
VICTIM = "Nobody asked for this file.\n"
GIFT = "::a:: Is it? {T}\n"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "victim"
    path.write_text(VICTIM)
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_no_planted_name_is_followed_or_taken(victim: Path) -> None:
    folder = Path("lessons")
    folder.mkdir()
    lesson = folder / "a.yaml"
    lesson.write_text(UNQUOTED)
    planted = ["a.yaml.part", ".a.yaml.part", "a.yaml~", "a.yaml.tmp", ".a.yaml-", ".a.yaml.swp"]
    for name in planted:
        (folder / name).symlink_to(victim)
    assert "Mended 1 file." in tutor("check", "--fix", str(lesson)).stderr
    assert victim.read_text() == VICTIM
    assert not lesson.is_symlink()
    assert lesson.read_text() == MENDED
    assert names(folder) == {"a.yaml", *planted}


def test_a_link_in_a_folder_is_not_mended_and_said_so(victim: Path) -> None:
    victim.write_text(UNQUOTED)
    folder = Path("lessons")
    folder.mkdir()
    (folder / "a.yaml").symlink_to(victim)
    (folder / "b.yaml").write_text(UNQUOTED)
    done = tutor("check", "--fix", "lessons")
    assert victim.read_text() == UNQUOTED
    assert f"lessons/a.yaml was not mended: it is {victim}, which was not named." in done.stderr
    assert (folder / "b.yaml").read_text() == MENDED
    assert "Mended 1 file." in done.stderr


def test_a_link_that_was_named_is_followed_and_stays_a_link(victim: Path) -> None:
    victim.write_text(UNQUOTED)
    Path("a.yaml").symlink_to(victim)
    assert "Mended 1 file." in tutor("check", "--fix", "a.yaml").stderr
    assert Path("a.yaml").is_symlink()
    assert victim.read_text() == MENDED


def test_a_source_outside_the_folder_that_was_named_is_not_mended() -> None:
    assert tutor("new", "course", "tides").returncode == 0
    course = Path("tides/course.yaml")
    source = next(path for path in Path("tides").glob("*.yaml") if "claims:\n" in path.read_text())
    Path("seeds").mkdir()
    moved = Path("seeds") / source.name
    moved.write_text(source.read_text() + "    note: Bill #1 is meant.\n")
    source.unlink()
    course.write_text(course.read_text().replace(source.name, f"../seeds/{source.name}"))
    before = moved.read_text()
    done = tutor("check", "--fix", "tides")
    assert moved.read_text() == before
    assert "which was not named" in done.stderr
    assert "Mended 1 file." in tutor("check", "--fix", "seeds").stderr
    moved.write_text(before)
    assert "Mended 1 file." in tutor("check", "--fix", ".").stderr


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("import", "gift", "q.gift"), id="import"),
        pytest.param(("export", "gift", str(EVERY)), id="export"),
        pytest.param(("export", "worksheet", str(EVERY)), id="worksheet"),
    ],
)
def test_output_follows_no_link_out_of_its_folder(
    victim: Path, command: tuple[str, ...], inside: bool
) -> None:
    Path("q.gift").write_text(GIFT)
    inner = Path("inner.yaml").absolute()
    inner.write_text(VICTIM)
    Path("out.yaml").symlink_to(inner if inside else victim)
    done = tutor(*command, "-o", "out.yaml", "--force")
    assert victim.read_text() == VICTIM
    assert Path("out.yaml").is_symlink()
    assert (inner.read_text() != VICTIM) == inside
    assert inside or f"out.yaml is a link to {victim}." in done.stderr


@pytest.mark.parametrize("leads_to", ["victim", "nothing", "itself"])
def test_schemas_follow_no_link(victim: Path, leads_to: str) -> None:
    folder = Path("lessons")
    folder.mkdir()
    schema = folder / "lesson.schema.json"
    target = {"victim": victim, "nothing": victim.with_name("new"), "itself": schema.absolute()}
    schema.symlink_to(target[leads_to])
    done = tutor("schema", "-o", "lessons")
    assert done.returncode == 2
    assert "is a link to" in done.stderr
    assert tutor("new", "lesson", "lessons/a").returncode == 0
    assert victim.read_text() == VICTIM
    assert not victim.with_name("new").exists()


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = tutor("export", "gift", str(EVERY), "-o", str(pipe), "--force")
    assert done.returncode == 2
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_a_fix_replaces_is_kept_until_the_next() -> None:
    lesson = Path("a.yaml")
    lesson.write_bytes(b"\xef\xbb\xbf" + UNQUOTED.replace("\n", "\r\n").encode())
    before = lesson.read_bytes()
    done = tutor("check", "--fix", "a.yaml")
    (kept,) = Path("records/before-fix").iterdir()
    assert str(kept.absolute()) in done.stderr
    assert kept.read_bytes() == before
    assert lesson.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    assert names(Path()) == {"a.yaml", "records"}
    tutor("check", "--fix", "a.yaml")
    assert kept.read_bytes() == before
    lesson.write_text(UNQUOTED.replace("twice", "two times"))
    tutor("check", "--fix", "a.yaml")
    assert "two times" in kept.read_text()
    assert len(names(kept.parent)) == 1


def test_two_files_of_one_name_are_kept_apart() -> None:
    for folder in ("one", "two"):
        Path(folder).mkdir()
        (Path(folder) / "a.yaml").write_text(UNQUOTED)
    assert "Mended 2 files." in tutor("check", "--fix", "one", "two").stderr
    assert len(names(Path("records/before-fix"))) == 2


def test_nothing_is_mended_of_which_no_copy_can_be_kept() -> None:
    Path("a.yaml").write_text(UNQUOTED)
    Path("records").write_text("in the way")
    done = tutor("check", "--fix", "a.yaml")
    assert done.returncode == 2
    assert "a.yaml was not mended: no copy of it can be kept in" in done.stderr
    assert Path("a.yaml").read_text() == UNQUOTED


def test_a_file_that_was_changed_meanwhile_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tutor.check_command import fix_paths

    lesson = Path("a.yaml")
    lesson.write_text(UNQUOTED)
    said: list[str] = []

    def save(path: Path) -> bool:
        path.write_text(UNQUOTED + "# more\n")
        return True

    assert fix_paths([lesson], Path("copies"), save, said.append) == 0
    assert lesson.read_text() == UNQUOTED + "# more\n"
    assert any("changed meanwhile" in line for line in said)


@pytest.mark.parametrize("fails", ["fsync", "replace", "chmod"])
def test_a_failure_leaves_the_file_and_nothing_beside_it(
    monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = Path("a.yaml")
    file.write_text("before")
    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if fails == "fsync" else (Path, fails)), full)
        with pytest.raises(UsageError, match=r"a\.yaml cannot be written: no space left"):
            write_file(file, "after", force=True)
    assert file.read_text() == "before"
    assert not [name for name in names(Path.cwd()) if name != "a.yaml"]


@pytest.mark.parametrize("there", [True, False])
def test_a_course_that_cannot_be_made_leaves_no_half_folder(
    monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = Path("deep/er/course")
    if there:
        folder.mkdir(parents=True)
    write = output_files.write_file

    def full(path: Path, text: str, *, force: bool) -> None:
        if path.name == "b":
            raise UsageError("The disk is full.")
        write(path, text, force=force)

    with monkeypatch.context() as patch:
        patch.setattr(output_files, "write_file", full)
        with pytest.raises(UsageError, match="The disk is full"):
            write_folder(folder, {"a": "1", "b": "2", "c": "3"})
    assert folder.exists() == Path("deep").exists() == there
    write_folder(folder, {"a": "1", "b": "2"})
    assert names(folder) == {"a", "b"}


def test_a_folder_that_is_refused_keeps_what_is_in_it() -> None:
    folder = Path("mine")
    folder.mkdir()
    for name in ("course.yaml", "lesson.yaml", "notes.txt"):
        (folder / name).write_text("mine", encoding="utf-8")
    done = tutor("new", "course", "mine")
    assert done.returncode == 2
    assert "mine is not empty." in done.stderr
    assert {name: (folder / name).read_text("utf-8") for name in names(folder)} == {
        "course.yaml": "mine",
        "lesson.yaml": "mine",
        "notes.txt": "mine",
    }


def test_a_file_that_somebody_puts_into_a_new_folder_meanwhile_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, write = Path("course"), output_files.write_file

    def meanwhile(path: Path, text: str, *, force: bool) -> None:
        if path.name == "b":
            path.write_text("mine", encoding="utf-8")
        write(path, text, force=force)

    monkeypatch.setattr(output_files, "write_file", meanwhile)
    with pytest.raises(UsageError, match="exists already"):
        write_folder(folder, {"a": "1", "b": "2", "c": "3"})
    assert {name: (folder / name).read_text("utf-8") for name in names(folder)} == {"b": "mine"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_its_owner_protected_is_not_written_over() -> None:
    Path("a.yaml").write_text(UNQUOTED)
    Path("a.yaml").chmod(0o444)
    assert "permission denied" in tutor("check", "--fix", "a.yaml").stderr
    assert Path("a.yaml").read_text() == UNQUOTED


def test_a_file_too_long_to_be_mended_is_said() -> None:
    Path("a.yaml").write_text(UNQUOTED + "# more\n" * 40_000)
    done = tutor("check", "--fix", "a.yaml")
    assert "a.yaml was not mended: it has over 200,000 characters." in done.stderr


def test_the_longest_name_can_be_written() -> None:
    name = "🙂" * 63
    write_file(Path(name), "text", force=False)
    assert names(Path()) == {name}
