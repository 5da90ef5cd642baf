"""Whether a database is sound: as SQLite sees it, and in what it holds."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tutor.course.text import one_line
from tutor.errors import reason_of
from tutor.quiz.events import Opened, decode
from tutor.records.failures import tells_of_damage
from tutor.records.lesson_progress import is_score
from tutor.records.migrations import LATEST, SUMS_SINCE, is_ours, migrate, version_of

NEWER = "it was written by a newer version of tutor"
"""What is wrong with records that are sound, and not for this version."""

_TOLD = 20
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", re.ASCII)
# What SQLite writes beside a database, and reads first when it opens it.
_BESIDE = ("-wal", "-journal")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file that nobody is using; neither it nor what lies beside it is changed.

    So it can be read where nothing can be written, and answers that a program which was killed left
    beside it (in `-wal`) are read as well.
    """
    path = path.resolve()
    beside = [Path(f"{path}{suffix}") for suffix in _BESIDE]
    beside = [one for one in beside if one.is_file() and one.stat().st_size]
    with ExitStack() as stack:
        if beside:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="tutor-")))
            for one in (path, *beside):
                shutil.copyfile(one, folder / one.name)
            address = (folder / path.name).as_uri()
        else:
            address = f"{path.as_uri()}?mode=ro&immutable=1"
        yield stack.enter_context(closing(sqlite3.connect(address, uri=True, isolation_level=None)))


def faults_in(path: Path) -> list[str]:
    """What is wrong with a database file that nobody is using; empty for a sound one."""
    if not path.is_file():
        return ["there is no such file"]
    try:
        with opened(path) as connection:
            return faults_of(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return [_told(error)]
    except OSError as error:
        return [f"it cannot be read: {reason_of(error)}"]


def faults_in_use(path: Path) -> list[str]:
    """What is wrong with the records, while programs may be using them; empty for sound ones."""
    if not path.is_file():
        return ["there is no such file"]
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            version_of(connection)
            return faults_of(connection)
    except sqlite3.OperationalError as error:
        if tells_of_damage(error):
            return [_told(error)]
        # Where nothing can be written, nobody else writes either.
        return faults_in(path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return [_told(error)]


def is_readable(path: Path) -> bool:
    """Whether SQLite finds a file in use whole, whatever it says: it can be written over."""
    try:
        return _is_whole(path, "ro")
    except sqlite3.OperationalError:
        # What a program that was killed began without the log is undone first, in the file.
        return _is_whole(path, "rw")


def _is_whole(path: Path, mode: str) -> bool:
    # Looking writes nothing, where that can be: closing a file that was opened for writing moves
    # what stands in the log into it, damaged or not.
    address = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return not _structure(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.OperationalError) and not tells_of_damage(error):
            raise
        return False


def faults_of(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with an open database; empty for a sound one.

    Raises:
        sqlite3.OperationalError: It could not be looked at.
    """
    try:
        for look in (_structure, _tables, _belonging, _texts, _content):
            found = list(islice(look(connection), _TOLD + 1))
            if found:
                more = ["and more"] if len(found) > _TOLD else []
                return [one_line(fault) for fault in found[:_TOLD]] + more
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.OperationalError) and not tells_of_damage(error):
            raise
        return [_told(error)]
    return []


def _told(error: Exception) -> str:
    # Python cannot read what SQLite quotes from a damaged file.
    return "it is damaged" if isinstance(error, UnicodeDecodeError) else one_line(str(error))


def _structure(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    version = version_of(connection)
    if not is_ours(connection):
        yield "it is no database of tutor's records"
    elif version > LATEST:
        yield NEWER
    elif version == 0:
        yield "it is empty"
    else:
        for table, columns in _columns_at(version).items():
            present = _columns(connection, table)
            missing = sorted(set(columns) - set(present))
            if len(missing) == len(columns):
                yield f"the table {table} is missing"
            elif missing:
                yield f"the table {table} lacks {', '.join(missing)}"


@lru_cache
def _columns_at(version: int) -> dict[str, list[str]]:
    """The tables that a version makes, each with its columns."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        migrate(empty, version)
        made = empty.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {table: _columns(empty, table) for (table,) in made}


def _columns(connection: sqlite3.Connection, table: str, kind: str = "") -> list[str]:
    found = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
    return [str(name) for name, its in found if its == (kind or its)]


def _belonging(connection: sqlite3.Connection) -> list[str]:
    broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if not broken:
        return []
    return [
        "1 row refers to a row that is gone"
        if broken == 1
        else f"{broken} rows refer to rows that are gone"
    ]


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    """The columns in which there is a text that is none: its bytes are no UTF-8."""
    for table in _columns_at(version_of(connection)):
        columns = _columns(connection, table, "TEXT")
        if not columns or _all_read(connection, table, columns):
            continue
        for column in columns:
            if not _all_read(connection, table, [column]):
                yield f"a text in the column {column} of the table {table} cannot be read"


def _all_read(connection: sqlite3.Connection, table: str, columns: list[str]) -> bool:
    try:
        for _ in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608
            pass
    except UnicodeDecodeError:
        return False
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        return False
    return True


def _content(connection: sqlite3.Connection) -> Iterator[str]:
    yield from _events(connection)
    yield from _attempts(connection)
    yield from _standings(connection)
    yield from _sums(connection)
    yield from _moments(connection)


def _events(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT attempt, sequence, at, body FROM events ORDER BY attempt, sequence"
    )
    for attempt, events in groupby(rows, key=lambda row: row[0]):
        for due, (_, sequence, at, body) in enumerate(events):
            if sequence != due:
                yield f"attempt {attempt} lacks event {due}"
                break
            if not _reads(body, opening=due == 0):
                yield f"event {due} of attempt {attempt} cannot be read"
            elif not _is_moment(at):
                yield f"event {due} of attempt {attempt} has no time"


def _reads(body: object, *, opening: bool) -> bool:
    try:
        event = decode(body)  # type: ignore[arg-type]
    except (msgspec.MsgspecError, UnicodeError, TypeError):
        return False
    return isinstance(event, Opened) == opening


def _attempts(connection: sqlite3.Connection) -> Iterator[str]:
    without = "SELECT id FROM attempts WHERE id NOT IN (SELECT attempt FROM events)"
    for (attempt,) in connection.execute(without):
        yield f"attempt {attempt} has no events"
    for attempt, earned, possible in connection.execute(
        "SELECT id, earned, possible FROM attempts WHERE earned IS NOT NULL OR possible IS NOT NULL"
    ):
        if not is_score(earned) or not _is_count(possible):
            yield f"the score of attempt {attempt} is no number"


def _standings(connection: sqlite3.Connection) -> Iterator[str]:
    for learner, lesson, *scores in connection.execute(
        "SELECT learner, lesson, best_earned, best_possible, last_earned, last_possible "
        "FROM standings"
    ):
        for earned, possible in (scores[:2], scores[2:]):
            if earned is None and possible is None:
                continue
            if not is_score(earned) or not _is_count(possible):
                yield f"a score of learner {learner} in {lesson} is no number"
                break


def _sums(connection: sqlite3.Connection) -> Iterator[str]:
    if version_of(connection) < SUMS_SINCE:
        return
    for table in ("last_responses", "scores"):
        query = f"SELECT DISTINCT earned, possible FROM {table}"  # noqa: S608
        for earned, possible in connection.execute(query):
            if not is_score(earned) or not _is_count(possible):
                yield f"a score in the table {table} is no number"
                break
    for table in ("last_responses", "notes", "challenges"):
        moments = connection.execute(f"SELECT DISTINCT at FROM {table}")  # noqa: S608
        if not all(_is_moment(at) for (at,) in moments):
            yield f"a time in the table {table} cannot be read"
    for (quarter,) in connection.execute("SELECT DISTINCT quarter FROM practice"):
        if not _is_moment(f"{quarter}:00Z"):
            yield "a time in the table practice cannot be read"
            break


def _moments(connection: sqlite3.Connection) -> Iterator[str]:
    for table, column in (
        ("attempts", "opened"),
        ("attempts", "closed"),
        ("standings", "at"),
        ("reflections", "at"),
    ):
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
        if not all(_is_moment(row[0]) for row in connection.execute(query)):
            yield f"a time in the table {table} cannot be read"


def _is_count(value: object) -> bool:
    return isinstance(value, int) and value >= 0


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
