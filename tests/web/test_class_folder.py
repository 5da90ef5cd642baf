"""A class that is served, as `tutor data` looks after it."""

from pathlib import Path

import pytest
from support import EVERY, tutor

from tutor.classroom.feedback import Feedback
from tutor.cli.hand_in import given_back_in
from tutor.session import Options, open_study
from tutor.study import Start
from tutor.web.class_folder import ClassFolder

ASKS = str(EVERY / "asks.yaml")


@pytest.fixture
def served(own_home: Path) -> ClassFolder:
    """A class in which Ana and Ben took a quiz in the browser, and handed it in."""
    kept = ClassFolder(own_home / "records")
    kept.handed_in.mkdir(parents=True)
    register = kept.register
    for name in ("Ana", "Ben"):
        folder = str(register.begin(name, "kittens").folder)
        told = {"TUTOR_DATA": folder, "TUTOR_LEARNER": name}
        tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 40, **told)
        tutor("hand-in", ASKS, "-o", str(kept.handed_in / f"{name}.tutor"), **told)
    return kept


def test_one_command_deletes_all_about_a_pupil_and_says_what(served: ClassFolder) -> None:
    ana, ben = (served.register.folder_of(name) for name in ("Ana", "Ben"))
    kept = tutor("data", "forget", "--learner", "ana", typed="n\n")
    assert f"About ana: {ana}, with the backups in it." in kept.stderr
    assert f"About ana: {served.handed_in / 'Ana.tutor'}" in kept.stderr
    assert "Nothing was deleted." in kept.stderr
    assert ana.is_dir()
    done = tutor("data", "forget", "--learner", "ana", "--yes")
    assert done.returncode == 0
    assert "Everything about ana is deleted here." in done.stderr
    assert "`tutor report FOLDER --forget NAME` goes through them" in done.stderr
    assert not ana.exists()
    assert [one.name for one in served.handed_in.iterdir()] == ["Ben.tutor"]
    assert ben.is_dir()
    assert served.register.find("Ben", "kittens") is not None
    assert b"Ana" not in b"".join(
        one.read_bytes() for one in served.path.rglob("*") if one.is_file()
    )
    again = tutor("data", "forget", "--learner", "Bem", "--yes")
    assert "Known: Ben." in again.stderr


@pytest.mark.long
def test_who_learned_by_the_records_of_another_is_deleted_there(served: ClassFolder) -> None:
    ben = served.register.folder_of("Ben")
    tutor("quiz", ASKS, typed="1\n" * 40, TUTOR_DATA=str(ben), TUTOR_LEARNER="Mia")
    done = tutor("data", "forget", "--learner", "Mia", "--yes")
    assert f"About Mia: some of the records in {ben}." in done.stderr
    assert f"Backups of the records in {ben} may still hold Mia." in done.stderr
    assert "Nothing is kept about Mia" in tutor("data", "forget", "--learner", "Mia").stderr
    assert "Progress of Ben" in tutor("progress", TUTOR_DATA=str(ben), TUTOR_LEARNER="Ben").stdout


def test_what_a_teacher_gives_back_is_shown_once_at_the_next_visit(served: ClassFolder) -> None:
    tutor("open", str(EVERY), typed="")
    done = tutor("report", str(served.handed_in), "--feedback", str(served.given_back))
    assert "Feedback for 2 learners is in" in done.stderr

    def visit(name: str, folder: str) -> tuple[Feedback | None, list[Feedback]]:
        options = Options(data=served.register.folder_of(folder), learner=name)
        with open_study(options) as study:
            start = Start(course=study.last_course())
            return given_back_in(served.given_back, study, start)[1:]

    given, kept = visit("Ana", "Ana")
    assert given is not None
    assert given.learner == "Ana"
    assert kept == [given]
    assert visit("Ana", "Ana") == (None, [given])  # it was shown, and can be opened again
    assert visit("Ana", "Ben") == (None, [])  # who only takes her name is shown nothing of hers
    assert visit("Ben", "Ben")[0] is not None
    tutor("data", "forget", "--learner", "Ana", "--yes")
    assert not [one for one in served.given_back.iterdir() if "ana" in one.name]


@pytest.mark.long
def test_forgetting_what_was_handed_in_says_that_the_records_still_hold_it(
    served: ClassFolder,
) -> None:
    done = tutor("report", str(served.handed_in), "--forget", "Ben", "--force")
    assert "The records of this computer are about Ben as well" in done.stderr
    assert "`tutor data forget --learner Ben`" in done.stderr


@pytest.mark.long
def test_a_class_is_backed_up_and_verified_as_the_rest_is(served: ClassFolder) -> None:
    ana = served.register.folder_of("Ana")
    done = tutor("data", "backup")
    assert len(done.stdout.splitlines()) == 1
    assert "Also of the class: 2 learners, each in the folder `backups`" in done.stderr
    assert len(list((ana / "backups").glob("by-hand-*.db"))) == 1
    assert f"The class that is served is not in it: copy {served.path}" in (
        tutor("data", "backup", "-o", "copy.db").stderr
    )
    assert "The records of 2 learners in" in tutor("data", "verify").stderr
    (ana / "tutor.db").write_bytes(b"rubbish" * 1000)
    damaged = tutor("data", "verify")
    assert damaged.returncode == 1
    assert f"{ana / 'tutor.db'}: " in damaged.stdout
    assert f"`tutor data restore --data {ana}` puts the newest sound backup back." in damaged.stderr
    assert tutor("data", "restore", "--data", str(ana)).returncode == 0
    assert tutor("data", "verify").returncode == 0
