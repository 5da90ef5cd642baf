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
    (
        "sums of what was answered; notes and challenges",
        """
        -- The response to each question that was scored last, and how many there were; practice
        -- counts for nothing, but for what is written freely and judged by nobody.
        CREATE TABLE last_responses (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            question TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            at TEXT NOT NULL,
            outcome TEXT NOT NULL,
            earned TEXT NOT NULL,
            possible INTEGER NOT NULL,
            confidence TEXT,
            times INTEGER NOT NULL,
            PRIMARY KEY (learner, course, question)
        ) STRICT, WITHOUT ROWID;

        -- How many responses were given in each quarter of an hour (UTC); days are local, and
        -- every zone of time begins them at a quarter.
        CREATE TABLE practice (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            quarter TEXT NOT NULL,
            responses INTEGER NOT NULL,
            PRIMARY KEY (learner, course, quarter)
        ) STRICT, WITHOUT ROWID;

        -- How many finished runs of a kind had the same score.
        CREATE TABLE scores (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            mode TEXT NOT NULL,
            earned TEXT NOT NULL,
            possible INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            PRIMARY KEY (learner, course, lesson, mode, earned, possible)
        ) STRICT, WITHOUT ROWID;

        -- How many scored responses were given with each confidence, and how many were right.
        CREATE TABLE calibration (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            confidence TEXT NOT NULL,
            responses INTEGER NOT NULL,
            correct INTEGER NOT NULL,
            PRIMARY KEY (learner, course, confidence)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX attempts_by_end ON attempts (learner, course, closed)
            WHERE earned IS NOT NULL;

        -- What counts of the responses kept before: those in quizzes, in tests that ended after the
        -- first of their course, and what was written freely.
        CREATE TEMP TABLE counted AS
            SELECT learner, course, attempt, sequence, events.at AS at, mode,
                json_extract(body, '$.question') AS question,
                json_extract(body, '$.fingerprint') AS fingerprint,
                json_extract(body, '$.outcome') AS outcome,
                json_extract(body, '$.earned') AS earned,
                json_extract(body, '$.possible') AS possible,
                json_extract(body, '$.confidence') AS confidence
            FROM attempts JOIN events ON attempt = id
            WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.kind') END = 'responded'
                AND (mode = 'quiz' OR json_extract(body, '$.outcome') = 'kept' OR mode = 'test'
                    AND attempts.earned IS NOT NULL AND EXISTS (
                        SELECT 1 FROM attempts AS first
                        WHERE first.learner = attempts.learner AND first.course = attempts.course
                            AND first.mode = 'test' AND first.earned IS NOT NULL
                            AND (first.closed, first.id) < (attempts.closed, attempts.id)));
        -- What is damaged is told by `tutor data verify`, and counts for nothing.
        DELETE FROM counted WHERE outcome IS NULL OR outcome = 'slip'
            OR typeof(question) <> 'text' OR typeof(fingerprint) <> 'text'
            OR typeof(outcome) <> 'text' OR typeof(earned) <> 'text'
            OR typeof(possible) <> 'integer' OR typeof(confidence) NOT IN ('text', 'null');
        CREATE INDEX temp.counted_again ON counted (attempt, question, sequence);
        DELETE FROM counted WHERE mode = 'test' AND EXISTS (
            SELECT 1 FROM counted AS later WHERE later.attempt = counted.attempt
                AND later.question = counted.question AND later.sequence > counted.sequence);

        INSERT INTO last_responses
            SELECT learner, course, question, fingerprint, attempt, sequence, at, outcome, earned,
                possible, confidence, 1
            FROM counted WHERE true ORDER BY at, attempt, sequence
            ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint,
                attempt = excluded.attempt, sequence = excluded.sequence, at = excluded.at,
                outcome = excluded.outcome, earned = excluded.earned,
                possible = excluded.possible, confidence = excluded.confidence,
                times = times + 1;
        INSERT INTO calibration
            SELECT learner, course, confidence, count(*), sum(outcome = 'right') FROM counted
            WHERE confidence IS NOT NULL AND outcome <> 'kept' GROUP BY 1, 2, 3;
        DROP TABLE counted;
        INSERT INTO practice
            SELECT learner, course, substr(at, 1, 14) || substr('00153045',
                (CAST(substr(at, 15, 2) AS INTEGER) / 15) * 2 + 1, 2), count(*)
            FROM attempts JOIN events ON attempt = id
            WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.kind') END = 'responded'
            GROUP BY 1, 2, 3;
        INSERT INTO scores
            SELECT learner, course, lesson, mode, earned, possible, count(*) FROM attempts
            WHERE earned IS NOT NULL AND possible IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;

        CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            anchor TEXT NOT NULL,
            step INTEGER NOT NULL,
            at TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX notes_of_steps ON notes (learner, course, lesson, anchor);

        -- What a learner finds wrong with a question, as it stood when they said so.
        CREATE TABLE challenges (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            question TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            revision TEXT NOT NULL,
            stem TEXT NOT NULL,
            answer TEXT NOT NULL,
            at TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX challenges_of_learners ON challenges (learner, course);
        """,
    ),
    (
        "cards: what is remembered of each question",
        """
        -- Made of the responses alone, and kept because that takes long where there are many.
        CREATE TABLE cards (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            question TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            due TEXT NOT NULL,
            reviewed TEXT NOT NULL,
            stability REAL NOT NULL,
            difficulty REAL NOT NULL,
            recalls TEXT NOT NULL,
            -- The course had no such question any more when it was last looked for.
            gone INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (learner, course, lesson, question)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX cards_due ON cards (learner, course, gone, due);
        CREATE INDEX cards_reviewed ON cards (learner, reviewed) WHERE reviewed <> '';

        -- Courses of learners whose cards have still to be made of what was answered before.
        CREATE TABLE cards_to_make (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            PRIMARY KEY (learner, course)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO cards_to_make SELECT DISTINCT learner, course FROM attempts
            WHERE mode IN ('quiz', 'test');
        """,
    ),
    (
        "how reviews went",
        """
        -- How many questions were asked in reviews, each once a review, and how many were right.
        CREATE TABLE reviews (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            responses INTEGER NOT NULL,
            remembered INTEGER NOT NULL,
            PRIMARY KEY (learner, course)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "which steps were shown",
        """
        -- What each step was that was shown, and its number then. An older record says only how
        -- far somebody came: its steps are known by their numbers alone.
        CREATE TABLE steps_shown (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            anchor TEXT NOT NULL,
            step INTEGER NOT NULL,
            PRIMARY KEY (learner, course, lesson, anchor)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO steps_shown
            WITH RECURSIVE numbers (number) AS (
                SELECT 0 UNION ALL SELECT number + 1 FROM numbers
                WHERE number < (SELECT min(max(furthest), 9999) FROM standings)
            )
            SELECT learner, course, lesson, '#' || number, number
            FROM standings JOIN numbers ON number <= furthest AND anchor <> '';
        """,
    ),
    (
        "how far somebody came is told by the steps that were shown",
        """
        ALTER TABLE standings DROP COLUMN furthest;
        """,
    ),
    (
        "questions put off until another day",
        """
        -- Told by the events as well; here is the last of them, for the cards.
        CREATE TABLE put_off (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            question TEXT NOT NULL,
            until TEXT NOT NULL,
            PRIMARY KEY (learner, course, lesson, question)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "whether a lesson had been begun when a test was",
        """
        -- Kept once, for what a test was called is not to change when lessons go on after it.
        CREATE TABLE tests_begun (
            attempt INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
            late INTEGER NOT NULL
        ) STRICT;
        INSERT INTO tests_begun
            SELECT id,
                EXISTS (SELECT 1 FROM standings AS lesson WHERE lesson.learner = test.learner
                    AND lesson.course = test.course AND lesson.at < test.opened)
                OR EXISTS (SELECT 1 FROM attempts AS before WHERE before.id < test.id
                    AND +before.learner = test.learner AND +before.course = test.course
                    AND before.mode IN ('lesson', 'quiz'))
            FROM attempts AS test WHERE mode IN ('test', 'held');
        """,
    ),
    (
        "lessons in which was read again what a quiz had missed",
        """
        -- Since the last quiz of the lesson that came to its end; there is a row, or there is none.
        CREATE TABLE read_again (
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            course TEXT NOT NULL,
            lesson TEXT NOT NULL,
            PRIMARY KEY (learner, course, lesson)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
)

LATEST = len(MIGRATIONS)
SUMS_SINCE = 4
"""The version that has sums of what was answered."""


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
