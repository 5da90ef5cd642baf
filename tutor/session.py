"""Opens the records, the library and the learner that the global options name.

The effects live here: the clock, randomness, the environment, and where this platform keeps data.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.course.model.course import Course, LessonOutline
from tutor.course.reading.course_outline import COURSE_FILE
from tutor.course.syntax.files import is_file, without_tilde
from tutor.course.text import closest, one_line
from tutor.errors import RecordsError, TutorError, UsageError
from tutor.library import Library
from tutor.records import learners
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY, Store
from tutor.streams import tell
from tutor.study import Start, Study

if TYPE_CHECKING:
    from tutor.preview import PreviewStudy


class Options:
    """The global options: where records lie, who is learning, which front, which seed."""

    def __init__(
        self,
        *,
        data: Path | None = None,
        learner: str | None = None,
        plain: bool = False,
        seed: int | None = None,
    ) -> None:
        self.data, self.learner, self.plain, self.seed = data, learner, plain, seed


def data_folder(options: Options) -> Path:
    """The folder of the records: the one asked for, or the platform's place for user data.

    Raises:
        UsageError: Nobody says where the home folder is in which that would be.
    """
    if options.data is not None:
        return without_tilde(options.data).absolute()
    from platformdirs import user_data_path  # 19 ms, spared whenever --data is given

    try:
        folder = user_data_path("tutor", appauthor=False)
    except RuntimeError:  # so the newest platformdirs says it
        folder = Path("~")
    if folder.parts[0] == "~":  # so the older ones do
        raise UsageError(
            "Your home folder is not known here, so there is no place for the records.",
            "Name a folder for them with --data or TUTOR_DATA, or set HOME.",
        )
    return folder


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


@contextmanager
def open_store(options: Options) -> Iterator[Store]:
    """Open the records and close them again.

    Raises:
        DamagedRecords: Something failed over records that are not sound in what they say.
    """
    with open_records(data_folder(options), now) as store:
        try:
            yield store
        except (TutorError, OSError):
            raise
        except Exception as error:
            from tutor.records.failures import damaged
            from tutor.records.soundness import faults_in_use

            if faults_in_use(store.path):
                raise damaged(store.path) from error
            raise


def known_learner(store: Store, name: str, others: Sequence[str] = ()) -> str:
    """A learner about whom something is kept.

    Args:
        others: Who else may be meant, beside those of the records.

    Raises:
        UsageError: Nothing is kept about anybody of that name.
    """
    kept = learners.spelled(store, name)
    if kept is None:
        known = [*learners.names(store), *others]
        meant = closest(name, known)
        raise UsageError(
            f"Nothing is kept about {one_line(name)}.",
            f"Did you mean {meant}?" if meant else f"Known: {', '.join(known) or 'nobody'}.",
        )
    return kept


def _usual_learner(store: Store) -> str:
    """Who learns here when nobody is named: the last one, the only one, or who is logged in."""
    known = learners.names(store)
    return learners.last_used(store) or (known[0] if len(known) == 1 else login_name())


def _ask_if_mistyped(store: Store, name: str) -> None:
    """Before somebody new begins whose name is much like a known one, ask; in a pipe, say so.

    Raises:
        UsageError: They are not new.
    """
    alike = learners.alike(store, name)
    if alike is None:
        return
    import click

    said = f"{one_line(name)} is new here, and {alike} is known."
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print(said, file=sys.stderr)
    elif not click.confirm(f"{said} Begin as {one_line(name)}?", err=True):
        raise UsageError("Nobody new was added.", f"Go on with --learner '{alike}'.")


@contextmanager
def open_study(options: Options, *, known: bool = False) -> Iterator[Study]:
    """Open the records for the learner of this command.

    Args:
        known: True where a learner who is named must exist already: looking adds nobody.
    """
    with open_store(options) as store:
        if options.learner is not None:
            if known:
                known_learner(store, options.learner)
            else:
                _ask_if_mistyped(store, options.learner)
        name = options.learner or _usual_learner(store)
        yield Study(
            store,
            Library(store, Path.cwd()),
            name,
            seed=lambda: draw_seed(options),
            seed_of_test=_seed_of_test if options.seed is None else None,
        )


@contextmanager
def open_preview_study(options: Options, author: Study, target: str) -> Iterator["PreviewStudy"]:
    """Open what is being written for a learner about whom nothing is kept.

    Args:
        author: Whoever writes; their theme and keys are used.
        target: What they named: a path, or what `tutor list` shows.

    Raises:
        NotFound: There is nothing of that name.
    """
    from tutor.preview import AuthoredCourse, PreviewStudy
    from tutor.records import settings

    authored = AuthoredCourse(_written_at(author.library, target))
    seed = draw_seed(options)
    with open_records(IN_MEMORY, now) as store:
        library = Library(store, Path.cwd())
        study = PreviewStudy(store, library, lambda: seed, authored)
        for name in ("theme", "keys"):
            settings.change(store, study.learner, name, author.settings()[name])
        yield study


def _written_at(library: Library, target: str) -> Path:
    """The lesson file or course folder that was named; it may be broken."""
    path = without_tilde(Path(target))
    if path.name == COURSE_FILE:
        path = path.parent
    if is_file(path) or is_file(path / COURSE_FILE):
        return path
    course, lesson = find(library, target)
    return course.path if lesson is None else Path(lesson.path)


def _seed_of_test(study: Study, course: Course, sat: int) -> int:
    """The seed of a test: always the same for one learner, and another for their neighbor.

    A name that is that of the account may be everybody's in a computer room: there it is the
    records that tell learners apart.
    """
    from tutor.course.digest import blake2b

    who = learners.folded(study.name)
    if not name_to_hand_in(study):
        who += f"/{study.personal_seed()}"
    what = course.lessons[0].id if course.path.is_file() else course.id
    drawn = blake2b("\0".join((who, what, str(sat))).encode("utf-8", "replace"), digest_size=4)
    return int.from_bytes(drawn.digest(), "big")


def draw_seed(options: Options) -> int:
    """A number to draw by: the one asked for, or one by chance."""
    return int.from_bytes(os.urandom(4), "big") if options.seed is None else options.seed


def in_browser() -> bool:
    """Whether a server of Textual apps runs this, and shows it in a browser."""
    return os.environ.get("TEXTUAL_DRIVER") == "textual.drivers.web_driver:WebDriver"


def hand_in_folder() -> Path | None:
    """Where hand-ins go to by themselves: to whoever serves this in a browser; None for nowhere."""
    folder = os.environ.get("TUTOR_HAND_IN", "")
    return Path(folder) if folder else None


def given_back_folder() -> Path | None:
    """Where whoever serves this in a browser puts what is given back; None for nowhere."""
    folder = os.environ.get("TUTOR_GIVEN_BACK", "")
    return Path(folder) if folder else None


def wants_plain(options: Options, study: Study) -> bool:
    """Whether the plain front serves: asked for, set, or all that the terminal can show."""
    if in_browser():
        return False  # there is no terminal, and lines would be shown by nobody
    # Textual draws on stderr, so that has to be the terminal as well.
    if options.plain or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        return True
    return wants_words(options, study)


def wants_words(options: Options, study: Study) -> bool:
    """Whether lines take the place of pictures, whatever is written to."""
    if options.plain:
        return True
    # Windows sets no TERM, and needs none.
    dumb = os.name != "nt" and os.environ.get("TERM", "") in ("", "dumb")
    return dumb or study.settings()["plain"] == "on"


def find(library: Library, target: str) -> tuple[Course, LessonOutline | None]:
    """Find the course or lesson that was named; where several have its id, say which is meant.

    Raises:
        NotFound: There is nothing of that name.
        CannotRead: It has faults that keep it from opening.
    """
    course, lesson = library.find(target)
    tell_same_id(library, course)
    return course, lesson


def tell_same_id(library: Library, course: Course) -> str:
    """Say which course is meant where several have its id; what was said, else empty."""
    if said := library.same_id(course):
        tell(said)
    return said


def start_at(
    study: Study,
    target: str | None,
    *,
    quiz: bool = False,
    test: bool = False,
    review: bool = False,
    **timing: Any,
) -> Start:
    """Where a learner begins who names a course, a lesson, or nothing.

    Args:
        target: What they named: a path, or what `tutor list` shows.
        quiz: Whether they want the quiz of a lesson.
        test: Whether they want the test over a course.
        review: Whether they want to review what is due in a course.
        timing: How long the test lasts, how many questions test or review ask, and until when
            everything is to come back.

    Raises:
        UsageError: What they want is not to be had there.
    """
    if target is None:
        return Start(course=study.last_course(), test=test, review=review, **timing)
    course, lesson = study.library.find(target)
    several = len(course.lessons) > 1
    if test and lesson is not None and several:
        raise UsageError(
            "A test is sat over a whole course.",
            f"`tutor test {course.id}` does that; `tutor quiz {course.id}/{lesson.id}` "
            "asks about this lesson.",
        )
    if review and lesson is not None and several:
        raise UsageError(
            "A review is over a whole course.",
            f"`tutor review {course.id}` asks what is due, from whatever lesson.",
        )
    if test or review:
        return Start(course=course, test=test, review=review, **timing)
    if lesson is None and quiz and several:
        lessons = ", ".join(f"{course.id}/{one.id}" for one in course.lessons)
        raise UsageError("Name the lesson whose quiz you want.", f"Lessons: {lessons}.")
    if lesson is None and not several:
        lesson = course.lessons[0]
    if lesson is not None and study.lesson(lesson).quiz is None and quiz:
        raise UsageError(f"The lesson “{lesson.title}” has no quiz.")
    return Start(course=course, lesson=lesson, quiz=quiz)


def look_after(study: Study) -> None:
    """Write the day's backup, let go of what is read no more, make cards; a failure is told."""
    from tutor.records import cache
    from tutor.records.backup import backup_if_due

    try:
        study.reviews.make_cards()
        if backup_if_due(study.store):
            cache.prune(study.store)
    except RecordsError as error:
        print(f"No backup was written: {error.title} {error.remedy}", file=sys.stderr)


def name_to_hand_in(study: Study) -> str:
    """The name under which a learner hands in; empty where it is that of the account."""
    return "" if study.name.casefold() == login_name().casefold() else study.name


def login_name() -> str:
    """The name of the account that runs this."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := os.environ.get(variable, "").strip():
            return name[: learners.MAX_NAME]
    return "learner"
