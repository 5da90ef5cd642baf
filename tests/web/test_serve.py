"""`tutor serve`: what it says where it cannot serve, and the app in a browser."""

import errno
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support import EVERY, tutor

from tutor.cli import web
from tutor.errors import UsageError
from tutor.output_files import write_new_file
from tutor.session import Options, open_study, wants_plain
from tutor.study import Study

ASKS = str(EVERY / "asks.yaml")
BROWSER = "textual.drivers.web_driver:WebDriver"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "find_spec", lambda _: None)
    done = tutor("serve")
    assert done.returncode == 2
    assert f"`{shlex.quote(sys.executable)} -m pip install 'textual-serve>=" in done.stderr
    assert done.stdout == ""


def test_where_it_cannot_listen_it_says_why() -> None:
    pytest.importorskip("textual_serve", reason="the extra `web` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = tutor("serve", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} is taken by another program." in done.stderr


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (OSError(errno.EADDRINUSE, ""), "Port 8000 is taken by another program."),
        (OSError(errno.EADDRNOTAVAIL, ""), "school is no address of this computer."),
        (OSError(errno.EACCES, "Permission denied"), "school, port 8000: permission denied."),
        (socket.gaierror(-2, "Name or service not known"), "There is no address school."),
    ],
)
def test_why_it_cannot_listen_is_told_in_words(failure: Exception, said: str) -> None:
    serve = pytest.importorskip("tutor.web.serve", reason="the extra `web` is not installed")
    with (
        pytest.raises(UsageError) as told,
        serve._failing_in_words("school", 8000),
    ):
        raise failure
    assert str(told.value).endswith(said)


@pytest.mark.long
def test_a_course_that_is_not_there_is_told() -> None:
    pytest.importorskip("textual_serve", reason="the extra `web` is not installed")
    done = tutor("serve", "no-such-course")
    assert done.returncode == 2
    assert "There is no file or course" in done.stderr


def test_in_a_browser_nobody_gets_lines(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    assert wants_plain(Options(), study)
    monkeypatch.setenv("TEXTUAL_DRIVER", BROWSER)
    assert not wants_plain(Options(), study)


def test_the_app_ends_when_its_server_goes_away() -> None:
    environment = {**os.environ, "TEXTUAL_DRIVER": BROWSER, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "open", "--data=records", "--learner=Ana", ASKS],
        input=b"",
        capture_output=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"__GANGLION__\n")
    assert done.stdout.endswith(b'M\x00\x00\x00\x10{"type": "exit"}')


def test_a_file_that_is_handed_in_twice_is_kept_twice(tmp_path: Path) -> None:
    paths = [write_new_file(tmp_path / "wso_ana_2026.tutor", text) for text in ("a", "b", "c")]
    assert [one.name for one in paths] == [
        "wso_ana_2026.tutor",
        "wso_ana_2026-2.tutor",
        "wso_ana_2026-3.tutor",
    ]
    assert [one.read_text() for one in paths] == ["a", "b", "c"]


def test_a_course_that_was_served_grades_what_is_handed_in(own_home: Path) -> None:
    serve = pytest.importorskip("tutor.web.serve", reason="the extra `web` is not installed")
    options = Options(data=own_home / "records", learner="Teacher")
    assert serve._opened(options, str(EVERY)) == ["--", str(EVERY)]
    with open_study(options) as study:
        assert study.library.known("every") is not None
