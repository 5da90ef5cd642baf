"""The one kind of error that is written for people.

TutorError
    UsageError          asked for something that cannot be (exit 2)
    CannotRead          a lesson, course or source file has faults
    NotFound            nothing of that name
    TimeIsUp            a timed test takes no more answers
    RecordsError        the data folder
        StaleAttempt    another program moved this attempt on, or took it away
        DamagedRecords  the database file is not sound
        MissingRecords  the database file is not where it was, or should be
"""


def reason_of(error: BaseException) -> str:
    """Why a file could not be used, as it stands at the end of a sentence: `permission denied`."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def zip_faults(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """What `zipfile` raises of a zip that is damaged, locked, or packed in a way it does not know.

    Of an unknown way it raises `NotImplementedError`, of a password `RuntimeError`.

    Args:
        more: What else is to be caught with them.
    """
    import zlib  # few programs open a zip
    from zipfile import BadZipFile

    faults: tuple[type[Exception], ...]
    faults = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, *more)
    try:
        from lzma import LZMAError
    except ImportError:  # a Python that does not unpack that
        return faults
    return (*faults, LZMAError)


class TutorError(Exception):
    """Something a person has to know: what happened, and what to do about it.

    Args:
        title: What happened, in one sentence.
        remedy: What to do, in one or two sentences; may be empty.
    """

    exit_code = 1

    def __init__(self, title: str, remedy: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.remedy = remedy


class UsageError(TutorError):
    """The command was asked for something that cannot be."""

    exit_code = 2


class CannotRead(TutorError):
    """A lesson, course or source file cannot be used; `check` says why, line by line."""


class NotFound(UsageError):
    """No course, lesson or file of that name."""


class TimeIsUp(TutorError):
    """The time of a timed test is up: nothing more is kept, and it can be finished."""


class RecordsError(TutorError):
    """The data folder cannot be read or written."""


class StaleAttempt(RecordsError):
    """Another program has moved this attempt on, or taken it away, since it was read."""


class DamagedRecords(RecordsError):
    """The database file is not sound."""


class MissingRecords(RecordsError):
    """The database file is not where it was, or where a backup says that one should be."""
