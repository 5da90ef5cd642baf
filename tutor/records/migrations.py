"""The tables, as named steps from one version to the next; only ever appended to."""

import sqlite3

APPLICATION = 1953854578
"""The mark that a database is ours: "tutr" in ASCII, as `PRAGMA application_id` keeps it."""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "learners, attempts, events, standings, reflections, settings, compiled lessons",
        """
        CREATE TABLE learners (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            created TEXT NOT NULL,
            seed INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE courses (
            course TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            title TEXT NOT NULL,
            opened TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            mode TEXT NOT NULL,
            retry INTEGER NOT NULL,
            opened TEXT NOT NULL,
            closed TEXT,
            earned TEXT,
            possible INTEGER
        ) STRICT;
        CREATE INDEX attempts_unfinished ON attempts (learner, course, lesson, mode, retry)
            WHERE closed IS NULL;
        CREATE INDEX attempts_finished ON attempts (learner, course, lesson, closed)
            WHERE earned IS NOT NULL;

        -- One row for each thing that happened in an attempt; never updated, never deleted
        -- except with its learner.
        CREATE TABLE events (
            attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL,
            at TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (attempt, sequence)
        ) STRICT, WITHOUT ROWID;

        -- Where a learner stands in a lesson; all that home needs, so that it loads no history.
        CREATE TABLE standings (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            at TEXT NOT NULL,
            step INTEGER NOT NULL,
            anchor TEXT NOT NULL,
            furthest INTEGER NOT NULL,
            quizzes INTEGER NOT NULL DEFAULT 0,
            best_earned TEXT,
            best_possible INTEGER,
            last_earned TEXT,
            last_possible INTEGER,
            PRIMARY KEY (learner, course, lesson)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX standings_latest ON standings (learner, at);

        CREATE TABLE reflections (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            reflection TEXT NOT NULL,
            at TEXT NOT NULL,
            choice TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (learner, course, reflection, at)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE settings (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (learner, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE last_used (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE
        ) STRICT;

        -- Lessons and courses already read; may be emptied at any time.
        CREATE TABLE compiled (
            path TEXT PRIMARY KEY,
            stamp TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        """,
    ),
    (
        "numbers of learners and attempts are given once; backups are counted; a mark of our own",
        """
        CREATE TABLE learners_anew (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created TEXT NOT NULL,
            seed INTEGER NOT NULL
        ) STRICT;
        INSERT INTO learners_anew SELECT id, name, created, seed FROM learners;
        DROP TABLE learners;
        ALTER TABLE learners_anew RENAME TO learners;

        CREATE TABLE attempts_anew (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            mode TEXT NOT NULL,
            retry INTEGER NOT NULL,
            opened TEXT NOT NULL,
            closed TEXT,
            earned TEXT,
            possible INTEGER
        ) STRICT;
        INSERT INTO attempts_anew SELECT id, learner, course, lesson, mode, retry, opened, closed,
            earned, possible FROM attempts;
        DROP TABLE attempts;
        ALTER TABLE attempts_anew RENAME TO attempts;
        CREATE INDEX attempts_unfinished ON attempts (learner, course, lesson, mode, retry)
            WHERE closed IS NULL;
        CREATE INDEX attempts_finished ON attempts (learner, course, lesson, closed)
            WHERE earned IS NOT NULL;

        -- In a backup: how many backups came before it. Clocks may be wrong; this is not.
        CREATE TABLE backups (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO backups VALUES (1, 0);

        PRAGMA application_id = 1953854578;
        """,
    ),
    (
        "answers and thoughts that were begun",
        """
        -- What was begun in answer to a question and not given; gone with the response.
        CREATE TABLE drafts (
            attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            at TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (attempt, question)
        ) STRICT, WITHOUT ROWID;

        -- What was begun at a reflection and not kept yet; gone once it is.
        CREATE TABLE thoughts_begun (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            reflection TEXT NOT NULL,
            at TEXT NOT NULL,
            choice TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (learner, course, reflection)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
)

LATEST = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables in a database; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a database holds records of this program, of whatever version, or nothing yet."""
    # One statement sees one moment: another program may be making the tables.
    mark, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT group_concat(name, ' ') FROM sqlite_schema "
        "WHERE type = 'table') FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if version == 0:
        return mark in (0, APPLICATION) and not tables
    if version == 1:  # which set no mark
        return mark == 0 and {"learners", "attempts", "events"} <= set((tables or "").split())
    return bool(mark == APPLICATION and version > 0)


def migrate(connection: sqlite3.Connection, to: int = LATEST) -> None:
    """Bring a database to a version, each step in a transaction of its own."""
    # A table that is made anew is dropped first, and nothing may go with it.
    connection.execute("PRAGMA foreign_keys = OFF")
    while (version := version_of(connection)) < to:
        _, script = MIGRATIONS[version]
        # Another program may have migrated while we waited for the lock: look again inside it.
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) == version:
                for statement in statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1:d}")
            connection.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite has rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA foreign_keys = ON")


def statements(script: str) -> list[str]:
    """Split a script into its statements (`executescript` would commit behind our back)."""
    found, current = [], ""
    for line in script.splitlines():
        current += line + "\n"
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
