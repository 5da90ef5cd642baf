"""The command line: what it prints, where, and how it exits."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from support import EVERY, tutor

from tutor.errors import UsageError
from tutor.library import bundled_folder
from tutor.session import Options, data_folder

ASKS = str(EVERY / "asks.yaml")
COMMANDS = (
    "open", "quiz", "test", "list", "progress", "notes", "check", "preview", "new", "schema",
    "export", "import", "hand-in", "report", "enter", "serve",
    "set", "reset", "data",
)  # fmt: skip


def test_help_names_every_command_that_works() -> None:
    done = tutor("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize("group", ["", "data", "new"])
def test_help_breaks_no_sentence_off(group: str) -> None:
    assert "..." not in tutor(*group.split(), "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = tutor(command, "--help")
    assert done.returncode == 0
    assert "Usage: tutor " + command in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "No such command"),
        (["quiz"], "Missing argument"),
        (["quiz", "nowhere"], "no file or course"),
        (["quiz", "wso"], "Name the lesson"),
        (["open", "wsoo"], "Did you mean `wso`?"),
        (["open", "wso/what-is-detainer"], "Did you mean `wso/what-is-a-detainer`?"),
        (["set", "theme", "pink"], "cannot be `pink`"),
        (["set", "hint"], "Did you mean `hints`?"),
        (["--seed", "x", "list"], "not a valid integer"),
        (["data", "forget", "--yes", "--learner", "Nobody"], "Nothing is kept about Nobody"),
        (["progress", "--learner", "Nobody"], "Nothing is kept about Nobody"),
        (["quiz", "what-is-a-detainer"], "Did you mean `wso/what-is-a-detainer`?"),
        (["test", "wso/what-is-a-detainer"], "over a whole course"),
        (["set", "keys", "quit"], "name=key"),
        (["--data", "--help"], "--data needs a value, and --help is an option"),
        (["--learner", "--plain", "list"], "--learner needs a value"),
        (["list", "--learner", "--json"], "--learner needs a value"),
        (["export", "gift", "wso", "-o", "--force"], "-o needs a value"),
        (["data", "backup", "-o", "--force"], "-o needs a value"),
        (["hand-in", "wso", "-o", "--text"], "-o needs a value, and --text is an option"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_what_to_do(arguments: list[str], says: str) -> None:
    done = tutor(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_list_shows_bundled_courses_and_those_in_the_working_folder(own_home: Path) -> None:
    (own_home / "mine").mkdir()
    for path in EVERY.iterdir():
        (own_home / "mine" / path.name).write_bytes(path.read_bytes())
    done = tutor("list", TUTOR_LEARNER="")
    assert "wso/what-is-a-detainer: " in done.stdout
    assert "every/asks: Ten ways to ask" in done.stdout


def copy_under_the_id_of_the_bundled_course(folder: Path) -> None:
    folder.mkdir()
    for path in EVERY.iterdir():
        text = path.read_text("utf-8").replace("id: every", "id: wso")
        (folder / path.name).write_text(text, "utf-8")


def assert_the_copy_is_said_to_be_meant(command: str) -> None:
    done = tutor(*command.split(), typed="")
    told = "Two courses have the id wso: the bundled one and ./mine. "
    assert done.stderr.count(told) == 1, command
    assert "./mine is meant; name the other by its path, or change its `id`" in done.stderr


@pytest.mark.long
def test_every_command_says_which_of_two_courses_with_one_id_is_meant(own_home: Path) -> None:
    copy_under_the_id_of_the_bundled_course(own_home / "mine")
    (own_home / "class.csv").write_text("name,id\nAna,\n", "utf-8")
    for command in (
        "open wso", "test wso", "review wso", "progress", "notes wso", "reset wso",
        "check wso", "preview wso", "new course new --from wso", "export worksheet wso -o w.html",
        "export test wso --paper --for class.csv -o t.html", "enter t.sheets",
    ):  # fmt: skip
        assert_the_copy_is_said_to_be_meant(command)


def test_of_two_courses_with_one_id_the_one_in_the_working_folder_is_meant_and_said(
    own_home: Path,
) -> None:
    copy_under_the_id_of_the_bundled_course(own_home / "mine")
    for command in ("list", "quiz wso/asks", "export gift wso -o wso.gift", "quiz mine/asks.yaml"):
        assert_the_copy_is_said_to_be_meant(command)
    assert "wso/asks: Ten ways to ask" in tutor("list").stdout
    tutor("quiz", "wso/asks", typed="1\n" * 40)
    tutor("hand-in", "wso", "-o", "in/")
    assert tutor("report", "in").stderr.count("./mine is meant") == 1
    bundled = tutor("quiz", str(bundled_folder() / "wso" / "01-detainers.yaml"), typed="")
    assert "The bundled one is meant; name the other by its path" in bundled.stderr
    (own_home / "mine" / "course.yaml").rename(own_home / "mine" / "other")
    assert "Two courses" not in tutor("quiz", "wso/what-is-a-detainer", typed="").stderr


def test_the_bundled_course_of_another_installation_is_not_another_course(
    own_home: Path,
) -> None:
    former = own_home / "venv" / "tutor" / "bundled" / "lessons" / "wso"
    copytree(bundled_folder() / "wso", former)
    copytree(bundled_folder().parent / "seeds", former.parents[1] / "seeds")
    tutor("quiz", str(former / "01-detainers.yaml"), typed="1\n" * 40)
    for command in ("", "list", "quiz wso/wso", "progress", "test wso"):
        done = tutor(*command.split(), typed="")
        assert "Two courses" not in done.stderr, command
    assert str(former) not in tutor("list", "--json").stdout


@pytest.mark.parametrize(
    "command",
    [
        "export gift wso -o new/",
        "export xapi . -o new/",
        "progress --csv new/",
        "notes -o new/.",
        "report . --html new/",
        "report . --csv new/",
        "data backup -o new/",
        "new lesson new/",
    ],
)
def test_what_ends_as_a_folder_does_is_no_file_to_write(own_home: Path, command: str) -> None:
    tutor("list")
    done = tutor(*command.split())
    assert done.returncode == 2
    assert done.stderr.startswith("new/")
    assert " is a folder.\nName the file to write.\n" in done.stderr
    assert not (own_home / "new").exists()


def test_where_there_is_no_folder_it_is_said_which() -> None:
    done = tutor("export", "gift", "wso", "-o", "banks/wso.gift")
    assert "banks/wso.gift cannot be written: there is no folder banks.\n" in done.stderr


def test_a_folder_to_write_into_is_made(own_home: Path) -> None:
    tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 40)
    done = tutor("hand-in", str(EVERY), "-o", "in1/")
    [written] = (own_home / "in1").iterdir()
    assert f"Wrote in1/{written.name}: give this file to your teacher." in done.stderr
    tutor("hand-in", str(EVERY), "--text", "-o", "deep/in2/")
    assert [one.suffix for one in (own_home / "deep" / "in2").iterdir()] == [".txt"]
    tutor("schema", "-o", "schemas/")
    assert (own_home / "schemas" / "lesson.schema.json").is_file()
    (own_home / "bank.gift").write_text("Two and two? {=4 ~5}", "utf-8")
    assert tutor("import", "bank.gift", "-o", "bank.v1/").returncode == 0
    assert (own_home / "bank.v1" / "course.yaml").is_file()


def test_list_remembers_a_course_opened_elsewhere() -> None:
    assert "every" not in tutor("list", TUTOR_LEARNER="").stdout
    tutor("open", str(EVERY), typed="")
    found = msgspec.json.decode(tutor("list", "--json").stdout)
    assert {course["course"] for course in found} == {"wso", "every"}


def test_a_quiz_in_a_pipe_is_scored_and_kept() -> None:
    done = tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 40)
    assert done.returncode == 0
    assert "of 9" in done.stdout
    record = msgspec.json.decode(tutor("progress", "--json").stdout)
    assert [one["mode"] for one in record["attempts"]] == ["quiz"]
    assert record["learner"] == "Ana"


def test_parts_of_points_are_legible_where_their_signs_cannot_be_written() -> None:
    said = "raise SystemExit(print('5⅔ of 9, ½ of 1, “it”'))"
    code = f"from tutor.streams import guard; guard(); {said}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout == "5 2/3 of 9, 1/2 of 1, ?it?\n"


def test_a_quiz_left_in_the_middle_exits_with_one_and_goes_on() -> None:
    left = tutor("quiz", ASKS, "--seed", "4", typed="two; day\n")
    assert left.returncode == 1
    assert "question 2" in left.stderr
    again = tutor("quiz", ASKS, typed="1\n" * 40)
    assert again.returncode == 0
    assert again.stdout.count("of 9") >= 1


def test_the_options_work_before_and_after_a_command() -> None:
    before = tutor("--data", "elsewhere", "data", "path")
    after = tutor("data", "path", "--data", "elsewhere")
    assert before.stdout == after.stdout
    assert before.stdout.strip().endswith("elsewhere")


def test_without_data_the_records_lie_where_the_platform_keeps_them(own_home: Path) -> None:
    done = tutor("data", "path", TUTOR_DATA="")
    assert str(own_home) in done.stdout


def test_records_of_a_newer_version_are_not_to_be_restored(own_home: Path) -> None:
    tutor("quiz", str(ASKS), typed="1\n")
    tutor("data", "backup")
    with closing(sqlite3.connect(own_home / "records" / "tutor.db")) as records:
        records.execute("PRAGMA user_version = 999")
    done = tutor("data", "verify")
    assert done.returncode == 1
    assert "written by a newer version" in done.stdout
    assert "Update tutor." in done.stderr
    assert "restore" not in done.stderr


def test_check_exits_with_one_for_errors_and_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: x\nsteps:\n  - type: raed\n", encoding="utf-8")
    done = tutor("check", str(path))
    assert done.returncode == 1
    assert f"{path}:3:11: error:" in done.stdout
    assert "Did you mean `read`?" in done.stdout
    assert tutor("check", str(EVERY)).returncode == 0


def test_a_broken_lesson_opens_with_words_not_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("title: x\nsteps:\n  - type: raed\n", encoding="utf-8")
    done = tutor("open", str(path))
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_reset_starts_a_quiz_afresh_and_keeps_scores() -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    tutor("quiz", ASKS, typed="1\n")
    assert tutor("reset", ASKS).returncode == 0
    again = tutor("quiz", ASKS, typed="1\n")
    assert "Going on" not in again.stdout
    assert "9" in tutor("progress").stdout


def test_settings_are_shown_changed_and_kept() -> None:
    assert "confidence = off" in tutor("set").stdout
    assert "confidence = on" in tutor("set", "confidence", "on").stdout
    assert "confidence = on" in tutor("set").stdout


def test_records_are_backed_up_verified_and_restored(own_home: Path) -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    assert tutor("data", "verify").returncode == 0
    backup = tutor("data", "backup").stdout.strip()
    assert Path(backup).is_file()
    database = own_home / "records" / "tutor.db"
    database.write_bytes(b"rubbish" * 1000)
    damaged = tutor("list")
    assert damaged.returncode == 1
    assert "damaged" in damaged.stderr
    assert "tutor data restore" in damaged.stderr
    assert tutor("data", "verify").returncode == 1
    restored = tutor("data", "restore")
    assert restored.returncode == 0
    assert "set-aside" in restored.stderr
    assert "of 9" in tutor("progress").stdout


def test_a_learner_is_forgotten_only_when_asked_to() -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    assert tutor("data", "forget", typed="y\n", TUTOR_LEARNER="").returncode == 2
    kept = tutor("data", "forget", "--learner", "Ana", typed="n\n")
    assert "Nothing was deleted." in kept.stderr
    assert "of 9" in tutor("progress").stdout
    assert tutor("data", "forget", "--learner", "Ana", typed="y\n").returncode == 0
    assert "Nothing is kept about Ana" in tutor("progress").stderr


def test_looking_at_somebody_s_progress_switches_nobody() -> None:
    tutor("quiz", ASKS, typed="1\n" * 40, TUTOR_LEARNER="", LOGNAME="Ben")
    tutor("quiz", ASKS, typed="1\n" * 40)
    assert "Progress of Ana" in tutor("progress", "--learner", "Ana", TUTOR_LEARNER="").stdout
    assert "Progress of Ben" in tutor("progress", TUTOR_LEARNER="").stdout


def test_a_damaged_file_is_never_backed_up_over_sound_ones(own_home: Path) -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    sound = Path(tutor("data", "backup").stdout.strip())
    database = own_home / "records" / "tutor.db"
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"rubbish" * 2000)
    for _ in range(8):
        assert tutor("data", "backup").returncode == 1
    assert sound.is_file()
    assert tutor("data", "restore").returncode == 0
    assert "of 9" in tutor("progress").stdout


def test_without_a_backup_one_can_begin_afresh(own_home: Path) -> None:
    (own_home / "records").mkdir()
    (own_home / "records" / "tutor.db").write_bytes(b"rubbish" * 1000)
    assert "--afresh" in tutor("data", "restore").stderr
    assert tutor("data", "restore", "--afresh").returncode == 0
    assert tutor("quiz", ASKS, typed="1\n" * 40).returncode == 0
    assert len(list((own_home / "records").glob("set-aside-*.db"))) == 1


def test_a_course_without_a_readable_lesson_says_so(own_home: Path) -> None:
    (own_home / "course.yaml").write_text("title: Empty\nlessons: [gone.yaml]\n", "utf-8")
    for command in (["open", "."], ["quiz", "."], ["test", "."]):
        done = tutor(*command)
        assert done.returncode == 1
        assert "There is no file `gone.yaml` here." in done.stderr


def test_check_takes_names_as_every_other_command_does() -> None:
    assert tutor("check", "wso/what-is-a-detainer").returncode == 0
    assert "taught" in tutor("check", "wso").stdout


def test_a_backup_overwrites_only_if_told_to(own_home: Path) -> None:
    tutor("list")
    (own_home / "copy.db").write_text("mine", encoding="utf-8")
    assert tutor("data", "backup", "-o", "copy.db").returncode == 2
    assert (own_home / "copy.db").read_text(encoding="utf-8") == "mine"
    assert tutor("data", "backup", "-o", "copy.db", "--force").returncode == 0


def test_a_data_folder_that_cannot_be_used_is_said(own_home: Path) -> None:
    (own_home / "taken").write_text("x", encoding="utf-8")
    done = tutor("list", "--data", "taken")
    assert done.returncode == 1
    assert "cannot be used" in done.stderr


def test_a_learner_name_cannot_steer_the_terminal() -> None:
    tutor("quiz", ASKS, "--learner", "A\x1b[31mna", typed="1\n")
    done = tutor("progress", "--learner", "A\x1b[31mna")
    assert "A\ufffd[31mna" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_test_is_sat_and_kept() -> None:
    done = tutor("test", "wso", "--draw", "3", "--seed", "1", typed="1\n" * 40)
    assert done.returncode == 0
    assert "3 questions; feedback comes at the end" in done.stdout
    assert ", test before: " in tutor("progress").stdout


def asked_in_test(*more: str, **environment: str) -> list[str]:
    """The questions of a test that was just begun, in their order."""
    said = tutor("test", "wso", "--draw", "12", *more, typed="", **environment).stdout
    first = [line for line in said.splitlines() if line.startswith("Question 1 of 12.")]
    store = Path(more[more.index("--data") + 1]) / "tutor.db"
    with closing(sqlite3.connect(store)) as records:
        rows = records.execute("SELECT body FROM events WHERE sequence = 0")
        opened = [msgspec.json.decode(body) for (body,) in rows]
    assert first
    return [one["question"] for one in opened[-1]["questions"]]


def test_each_learner_has_a_test_of_their_own_and_always_the_same() -> None:
    ana = asked_in_test("--learner", "Ana Quill", "--data", "one")
    assert asked_in_test("--learner", "ana  QUILL", "--data", "two") == ana
    ben = asked_in_test("--learner", "Ben", "--data", "three")
    assert ben != ana
    assert len(set(ana) & set(ben)) < 12
    seeded = asked_in_test("--learner", "Cai", "--data", "four", "--seed", "3")
    assert asked_in_test("--learner", "Dov", "--data", "five", "--seed", "3") == seeded


@pytest.mark.long
def test_who_shares_the_name_of_an_account_has_a_test_of_their_own() -> None:
    pupil = {"TUTOR_LEARNER": "pupil", "LOGNAME": "pupil"}
    assert asked_in_test("--data", "one", **pupil) != asked_in_test("--data", "two", **pupil)


def test_a_worksheet_is_written_once_and_overwritten_only_if_told_to(own_home: Path) -> None:
    done = tutor("export", "worksheet", "wso/what-is-a-detainer", "-o", "sheet.html")
    assert (done.returncode, done.stdout) == (0, "")
    page = (own_home / "sheet.html").read_text(encoding="utf-8")
    assert "<h1>Answer key</h1>" in page
    again = tutor("export", "worksheet", "wso/what-is-a-detainer", "-o", "sheet.html")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert tutor("export", "worksheet", "wso", "-o", "sheet.html", "--force").returncode == 0
    assert len((own_home / "sheet.html").read_text(encoding="utf-8")) > len(page)


def test_check_says_what_a_course_covers() -> None:
    done = tutor("check", str(EVERY))
    assert "Claims of the article taught: 2 of 2 (100%)." in done.stdout
    assert "No errors, no warnings." in done.stderr


# The options


@pytest.mark.parametrize(
    "arguments", [["--seed", "0", "quiz", ASKS], ["quiz", ASKS, "--seed", "0"]]
)
def test_a_seed_of_zero_is_a_seed(arguments: list[str]) -> None:
    said = {tutor(*arguments, typed="1\n", TUTOR_LEARNER=name).stdout for name in ("A", "B", "C")}
    assert len(said) == 1


def test_a_learner_named_for_one_run_is_not_the_next_one_s(own_home: Path) -> None:
    tutor("quiz", ASKS, typed="1\n" * 40, TUTOR_LEARNER="", LOGNAME="Ben")
    tutor("quiz", ASKS, "--learner", "Quin", typed="1\n" * 40, TUTOR_LEARNER="")
    assert "Progress of Ben" in tutor("progress", TUTOR_LEARNER="", LOGNAME="Ben").stdout


def test_who_is_the_only_learner_here_goes_on(own_home: Path) -> None:
    tutor("quiz", ASKS, "--learner", "Quin", typed="1\n" * 40, TUTOR_LEARNER="")
    assert "Progress of Quin" in tutor("progress", TUTOR_LEARNER="", LOGNAME="Ben").stdout


def test_settings_and_a_fresh_start_say_whose_they_are() -> None:
    assert "Settings of Ana:" in tutor("set", "theme", "tutor-light").stderr
    assert "starts afresh for Ana." in tutor("reset", ASKS).stderr


def test_a_name_is_the_same_however_it_is_typed() -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    for written in ("ana", "ANA", " Ana ", "A\u200bna", "\uff21na"):
        assert "Progress of Ana." in tutor("progress", "--learner", written).stdout


def test_accents_are_the_same_however_a_keyboard_composes_them() -> None:
    tutor("quiz", ASKS, "--learner", "Zoe\u0308", typed="1\n" * 40)
    assert "Progress of Zoe\u0308." in tutor("progress", "--learner", "ZO\u00cb").stdout


def test_a_new_name_much_like_a_known_one_is_told() -> None:
    tutor("quiz", ASKS, "--learner", "Katarina", typed="1\n")
    done = tutor("quiz", ASKS, "--learner", "Katharina", typed="1\n")
    assert "Katharina is new here, and Katarina is known." in done.stderr
    assert "is new here" not in tutor("quiz", ASKS, "--learner", "Ben", typed="1\n").stderr
    assert "is new here" not in tutor("quiz", ASKS, "--learner", "Bob", typed="1\n").stderr


@pytest.mark.parametrize("command", ["open", "check", "quiz", "preview"])
def test_a_name_that_no_file_can_have_is_none(command: str) -> None:
    done = tutor(command, "x" * 300)
    assert done.returncode in (1, 2)
    assert "fault of its own" not in done.stderr
    assert "x" * 20 in done.stdout + done.stderr


def test_a_course_may_name_files_that_cannot_be(own_home: Path) -> None:
    for name in ("y" * 300 + ".yaml", "nul\\0.yaml"):
        (own_home / "course.yaml").write_text(
            f'title: Odd\nlessons: ["{name}"]\nsources: ["{name}"]\n', "utf-8"
        )
        done = tutor("open", ".")
        assert done.returncode == 1
        assert "There is no file" in done.stderr


@pytest.mark.parametrize("arguments", [["list", "--data", "~nosuch/x"], ["open", "~nosuch/x"]])
def test_a_home_that_is_not_known_is_said(arguments: list[str]) -> None:
    done = tutor(*arguments)
    assert done.returncode == 2
    assert "~nosuch/x names a home folder that is not known here." in done.stderr


@pytest.mark.parametrize("does", ["raises", "leaves the tilde"])
def test_without_any_home_one_is_told_to_name_a_folder(
    monkeypatch: pytest.MonkeyPatch, own_home: Path, does: str
) -> None:
    def of_platformdirs(*_: object, **__: object) -> Path:
        if does == "raises":
            raise RuntimeError("could not determine the home directory")
        return Path("~/.local/share/tutor")

    monkeypatch.setattr("platformdirs.user_data_path", of_platformdirs)
    with pytest.raises(UsageError, match="Your home folder is not known") as refused:
        data_folder(Options())
    assert "--data or TUTOR_DATA" in refused.value.remedy
    assert data_folder(Options(data=Path("mine"))) == own_home / "mine"


def test_a_key_of_no_name_is_refused_and_one_that_is_taken_is_told() -> None:
    wrong = tutor("set", "keys", "question.hnt=x")
    assert wrong.returncode == 2
    assert "Did you mean `question.hint`?" in wrong.stderr
    taken = tutor("set", "keys", "home.quiz=p")
    assert taken.returncode == 0
    assert "`p` is also the key of `home.progress`" in taken.stderr
    free = tutor("set", "keys", "home.quiz=z")
    assert "also the key" not in free.stderr


def test_what_tests_gained_is_there_for_programs() -> None:
    for _ in range(2):
        tutor("test", "wso", "--draw", "3", "--seed", "1", typed="1\n" * 40)
    record = msgspec.json.decode(tutor("progress", "--json").stdout)
    assert [one["course"] for one in record["gains"]] == ["wso"]
    assert set(record["gains"][0]) == {"course", "before", "after", "normalized_gain"}


def test_a_lesson_that_lies_by_itself_is_called_by_its_title(own_home: Path) -> None:
    (own_home / "alone.yaml").write_text((EVERY / "asks.yaml").read_text("utf-8"), "utf-8")
    tutor("quiz", "alone.yaml", typed="1\n" * 40)
    said = tutor("progress").stdout
    assert "Ten ways to ask" in said
    assert "file-" not in said


def test_putting_a_backup_back_says_what_that_means() -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    tutor("data", "backup")
    tutor("quiz", ASKS, typed="1\n" * 40)
    done = tutor("data", "restore")
    assert "The backup is of 20" in done.stderr
    assert "with 1 attempt begun or ended since then." in done.stderr
    assert done.returncode == 0


def test_a_backup_is_written_though_the_quiz_was_left(own_home: Path) -> None:
    tutor("quiz", "nowhere-to-be-found")
    tutor("quiz", ASKS, typed="1\n")
    assert len(list((own_home / "records" / "backups").glob("*.db"))) == 1


def test_without_docstrings_it_says_so(own_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "tutor", "check", ASKS],
        capture_output=True,
        text=True,
        check=False,
        cwd=own_home,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "tutor needs its docstrings: `python -OO` leaves them out.\n"
