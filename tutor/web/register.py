"""The learners of a class: a name, a word of their own, and a folder of records for each.

The word is kept as a salted hash that takes long to compute, so that whoever reads the file cannot
look it up. The folder's name is made of the learner's name, whatever that is, and leads nowhere
else.
"""

import hashlib
import hmac
import os
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tutor.course.syntax.files import is_file
from tutor.course.text import one_line
from tutor.errors import TutorError, UsageError, reason_of
from tutor.output_files import write_file
from tutor.records import learners

SHORTEST_WORD = 6
_LONGEST_WORD = 200
_MOST_LEARNERS = 1000
_WORD_FILE = "word.json"


@dataclass(frozen=True)
class Learner:
    """Somebody who learns here.

    Attributes:
        name: The name, as it was first written.
        folder: Where their records lie.
    """

    name: str
    folder: Path


class _Kept(msgspec.Struct, frozen=True):
    """What is kept of a learner's word.

    Attributes:
        name: The learner's name.
        salt: What makes the same word of two learners differ, in hexadecimal.
        hash: The word with the salt, by scrypt, in hexadecimal.
        cost: How much scrypt was given to do.
    """

    name: str
    salt: str
    hash: str
    cost: int


class Register:
    """Who learns here.

    Args:
        folder: The folder in which each learner has one.
        cost: How much scrypt is given to do, a power of two; it takes 16 MB and 50 ms as it is.
    """

    def __init__(self, folder: Path, cost: int = 1 << 14) -> None:
        self._folder = folder
        self._cost = cost

    def find(self, name: str, word: str) -> Learner | None:
        """The learner with this name and this word; None if there is none.

        It takes the same time whether the name or the word is wrong.
        """
        folder = self.folder_of(name)
        kept = _read(folder / _WORD_FILE)
        if kept is None:
            _kept("", word, self._cost)
            return None
        return Learner(kept.name, folder) if _matches(kept, word) else None

    def begin(self, name: str, word: str) -> Learner:
        """Enter somebody new.

        Raises:
            UsageError: The name is taken, or name or word will not do.
        """
        name = one_line(name)
        if not 1 <= len(name) <= learners.MAX_NAME or not learners.folded(name):
            raise UsageError(f"A name has 1 to {learners.MAX_NAME} characters.")
        if not SHORTEST_WORD <= len(word) <= _LONGEST_WORD:
            raise UsageError(f"Your word has {SHORTEST_WORD} to {_LONGEST_WORD} characters.")
        folder = self.folder_of(name)
        if is_file(folder / _WORD_FILE):
            raise UsageError(f"The name {name} is taken.", "Choose another one.")
        if self._count() >= _MOST_LEARNERS:
            raise UsageError("No more learners can be entered here.", "Ask your teacher.")
        kept = _kept(name, word, self._cost)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise TutorError(f"{folder} cannot be made: {reason_of(error)}.") from error
        write_file(folder / _WORD_FILE, msgspec.json.encode(kept), force=False)
        return Learner(name, folder)

    def folder_of(self, name: str) -> Path:
        """Where the records of a learner lie, or would."""
        return self._folder / _folder_name(name)

    def names(self) -> list[str]:
        """All learners, by name."""
        found = (_read(path) for path in self._folder.glob(f"*/{_WORD_FILE}"))
        return sorted(one.name for one in found if one is not None)

    def knows(self, learner: Learner) -> bool:
        """Whether a learner who came in is still entered."""
        return is_file(learner.folder / _WORD_FILE)

    def _count(self) -> int:
        return sum(1 for _ in self._folder.iterdir()) if self._folder.is_dir() else 0


def _read(path: Path) -> _Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None


def _folder_name(name: str) -> str:
    """A name for a folder that begins with the learner's and is nobody else's."""
    folded = learners.folded(one_line(name))
    legible = re.sub("[^a-z0-9]+", "-", folded).strip("-")[:30]
    mark = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{legible}-{mark}" if legible else mark


def _kept(name: str, word: str, cost: int) -> _Kept:
    salt = os.urandom(16)
    return _Kept(name=name, salt=salt.hex(), hash=_hash(word, salt, cost), cost=cost)


def _hash(word: str, salt: bytes, cost: int) -> str:
    typed = word[:_LONGEST_WORD].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=cost, r=8, p=1).hex()


def _matches(kept: _Kept, word: str) -> bool:
    try:
        return hmac.compare_digest(_hash(word, bytes.fromhex(kept.salt), kept.cost), kept.hash)
    except ValueError:  # the file was written by something else
        return False
