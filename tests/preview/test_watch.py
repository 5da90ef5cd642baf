"""Which files were saved, however an editor does it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from preview.writing import save, save_renamed

from tutor.preview.watch import Watch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.yaml"
    save(path, "first")
    return path


@pytest.mark.parametrize("write", [save, save_renamed])
def test_a_save_is_told_once_and_only_when_the_file_stands_still(
    file: Path, write: Callable[[Path, str], None]
) -> None:
    watch = Watch([str(file)])
    assert watch.saved() == []
    write(file, "second and longer")
    assert watch.saved() == []
    assert watch.is_changing
    assert watch.saved() == [str(file)]
    assert not watch.is_changing
    assert watch.saved() == []


def test_a_file_that_is_still_being_written_is_waited_for(file: Path) -> None:
    watch = Watch([str(file)])
    for length in range(10, 15):
        save(file, "x" * length)
        assert watch.saved() == []
        assert watch.is_changing
    assert watch.saved() == [str(file)]


def test_a_file_renamed_into_place_is_seen_even_with_the_same_size_and_time(file: Path) -> None:
    import os

    watch = Watch([str(file)])
    before = file.stat()
    save_renamed(file, "other")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    watch.saved()
    assert watch.saved() == [str(file)]


def test_a_file_may_go_and_come_back(file: Path) -> None:
    watch = Watch([str(file)])
    file.unlink()
    watch.saved()
    assert watch.saved() == [str(file)]
    save(file, "back")
    watch.saved()
    assert watch.saved() == [str(file)]


def test_other_files_can_be_followed_from_now_on(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    watch = Watch([str(file)])
    save(other, "there already")
    watch.follow([str(other)])
    assert [watch.saved(), watch.saved()] == [[], []]
    save(file, "no longer watched")
    save(other, "changed now")
    watch.saved()
    assert watch.saved() == [str(other)]
