"""A lesson made of the entries of a question bank, as an author would have written it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from tutor.course.model.course import MAX_ENTRIES, Lesson, Quiz
from tutor.course.model.questions import AnyQuestion, Question
from tutor.course.model.steps import Read
from tutor.course.reading import question_errors
from tutor.course.syntax.parser import MAX_NODES, MAX_TEXTS
from tutor.course.syntax.violation import KeyPath
from tutor.course.text import MAX_TEXT, one_line
from tutor.course.writer import extent_of
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported, ImportedLesson
from tutor.exchange.moodle.bank import Entry, Loss, Unreadable
from tutor.exchange.moodle.from_moodle import Converted, convert, level_of
from tutor.exchange.moodle.tell_losses import FEW, LeftOut, folded_losses, reasons, unquoted
from tutor.exchange.moodle.to_moodle import LEVEL_TAG, POINTS_TAG, TYPE_TAG
from tutor.exchange.moodle.write_bank import PRACTICE

UNTITLED = "Imported questions"
_ID = re.compile(r"\w[\w.-]{0,79}")
# Bytes in JSON; a file with its comments and its indentation takes up to half as much again.
_LARGEST = 1_300_000
_FOR_COMMENTS = 200
# So many bytes in JSON are never too many values, which take three bytes each, nor too long texts.
_SURELY_FITS = min(3 * MAX_NODES, MAX_TEXTS)
_WORDS_IN_ID = 4
_LONGEST_ID = 40
# Words that tell nothing about a question.
_IDLE = frozenset(
    """
    a an and are as at be by can did do does for from had has have how if in into is it its of on
    or s that the their there these this those to was were what when where which who whom whose
    why will with would you your following
    """.split()  # noqa: SIM905 - forty words read better so than as a list
)


class ImportProblem(Struct, frozen=True):
    """A question of a file that makes no sense, where it begins (from 1), and why: a clause."""

    line: int
    name: str
    reason: str


def assemble(
    entries: Iterable[Entry],
    problems: Iterable[ImportProblem],
    title: str,
    further: Sequence[str] = (),
) -> Imported:
    """Make a lesson of the entries of a file.

    Descriptions become steps to read. Questions go into the quiz, but for those filed under a
    category named Practice, which become steps.

    Args:
        problems: Questions of the file that could not be read.
        title: What to call the lesson where no category says.
        further: What else of the file is lost, each a sentence.

    Raises:
        CannotRead: Nothing in the file could be read.
    """
    assembly = _Assembly(title)
    for problem in problems:
        assembly.leave_out(problem)
    for entry in entries:
        assembly.add(entry)
    return assembly.imported(further)


class _Placed(Struct, frozen=True):
    """What an entry has become, where it was filed, and what its author has to decide."""

    step: AnyQuestion | Read
    category: tuple[str, ...]
    notes: tuple[str, ...]
    objective: str = ""

    @property
    def filed(self) -> tuple[str, ...]:
        """The category of the lesson that it belongs to."""
        return self.category[:-1] if self.is_practice else self.category

    @property
    def is_practice(self) -> bool:
        """Whether it stands between the steps of its lesson."""
        return self.category[-1:] == (PRACTICE,)


class _Assembly:
    """What has been made of a file so far.

    Args:
        title: What to call a lesson where no category says.
    """

    def __init__(self, title: str) -> None:
        self.untitled = title
        self.placed: list[_Placed] = []
        self.categories: dict[tuple[str, ...], None] = {}
        self.problems: list[ImportProblem] = []
        self.left_out: list[LeftOut] = []
        self.used: Counter[str] = Counter()

    def leave_out(self, problem: ImportProblem) -> None:
        """Say why a question has no place in the lesson."""
        self.problems.append(problem)
        alike = f"left out, for {unquoted(problem.reason)}"
        said = f"left out, for {problem.reason}"
        self.left_out.append(LeftOut(self._seen(), problem.line, problem.name, Loss(said, alike)))

    def add(self, entry: Entry) -> None:
        """Find an entry's place in the lesson, and note what of it has none."""
        self.categories.setdefault(entry.category)
        name = entry.name or entry.stem
        try:
            made = convert(entry, self._id(entry), self._objective(entry))
            _reject_invalid(made)
        except Unreadable as reason:
            self.leave_out(ImportProblem(entry.line, name, str(reason)))
            return
        tags = _tags(entry)
        lost = (Loss(f"without the tag “{tag}”", "without a tag") for tag in tags[1:])
        self.left_out += [
            LeftOut(self._seen(), entry.line, name, loss)
            for loss in (*entry.remarks, *made.lost, *lost)
        ]
        served = isinstance(made.step, Question) and made.step.objective
        objective = tags[0] if served else ""
        notes = (*_named_note(entry, made.step), *made.undecided)
        self.placed.append(_Placed(made.step, entry.category, notes, objective))

    def _objective(self, entry: Entry) -> str | None:
        """What an entry's first tag names."""
        tag = next(iter(_tags(entry)), None)
        return tag if tag is None or _ID.fullmatch(tag) else short_id(tag)

    def _id(self, entry: Entry) -> str:
        """The id that the file gives, or one made of its name or its stem; no two are the same."""
        wanted = entry.id.strip()
        if not _ID.fullmatch(wanted):
            asked = entry.stem or "".join(entry.pieces)
            given = wanted or (entry.name if len(entry.name) <= _LONGEST_ID else "")
            wanted = _named(_words(given)) or short_id(asked or entry.name)
        while True:
            self.used[wanted] += 1
            count = self.used[wanted]
            name = wanted if count == 1 else f"{wanted}-{count}"
            if count == 1 or not self.used[name]:
                self.used[name] = max(self.used[name], 1)
                return name

    def _seen(self) -> int:
        """How many questions have been looked at."""
        return len(self.placed) + len(self.problems)

    def _numbers(self) -> Iterator[str]:
        """How many questions were left out, where they are more than a few."""
        out = len(self.problems)
        if out > FEW:
            yield f"{out:,} of {out + len(self.placed):,} questions."

    def imported(self, further: Sequence[str]) -> Imported:
        """The lesson, with what its author has to know."""
        if not self.placed:
            raise CannotRead(
                "None of the questions in this file can be read.", reasons(self.left_out)
            )
        whole = _lesson(self.placed, _title(self.categories) or self.untitled)
        too_large = len(self.placed) > MAX_ENTRIES or _is_large(whole)
        groups: dict[tuple[str, ...], list[_Placed]] = {}
        for placed in self.placed:
            groups.setdefault(placed.filed, []).append(placed)
        parts = [
            _lesson(part, _part_title(category, self.untitled, number, len(split)))
            for category, group in groups.items()
            for split in (list(_split(group)),)
            for number, part in enumerate(split, 1)
        ]
        every = tuple(one.sentence() for one in sorted(self.left_out, key=lambda one: one.line))
        folded = (*self._numbers(), *folded_losses(self.left_out), *further)
        return Imported(
            whole.lesson,
            whole.notes,
            folded,
            (*every, *further) if len(every) + len(further) > len(folded) else (),
            tuple(parts) if len(parts) > 1 else (),
            too_large,
        )


class _Size(Struct, frozen=True):
    """What a lesson may have so much of and no more."""

    bytes_in_json: int = 0
    values: int = 0
    characters: int = 0

    def __add__(self, other: "_Size") -> "_Size":
        return _Size(
            self.bytes_in_json + other.bytes_in_json,
            self.values + other.values,
            self.characters + other.characters,
        )

    def fits(self) -> bool:
        """Tell whether a lesson may be so large."""
        return (
            self.bytes_in_json <= _LARGEST
            and self.values <= MAX_NODES
            and self.characters <= MAX_TEXTS
        )


def _is_large(made: ImportedLesson) -> bool:
    """Tell whether a lesson will be larger than a lesson may be."""
    in_json = len(msgspec.json.encode(made.lesson))
    return in_json > _SURELY_FITS and not _measured(made.lesson, in_json).fits()


def _split(group: Sequence[_Placed]) -> Iterator[Sequence[_Placed]]:
    """The questions of a category in as many parts as lessons may hold."""
    for begin in range(0, len(group), MAX_ENTRIES):
        part = group[begin : begin + MAX_ENTRIES]
        if sum(map(_bytes_in_json, part)) < _SURELY_FITS - _OF_ITS_OWN.characters:
            yield part
        else:
            yield from _split_by_size(part)


def _split_by_size(group: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    part: list[_Placed] = []
    size = _OF_ITS_OWN
    for placed in group:
        own = _size_of(placed)
        if part and not (size + own).fits():
            yield part
            part, size = [], _OF_ITS_OWN
        part.append(placed)
        size += own
    yield part


def _size_of(placed: _Placed) -> _Size:
    """How large a question is, with the objective and the comments that may stand for it alone."""
    beside = _Size(_FOR_COMMENTS, 2, 2 * len(placed.objective))
    return _measured(placed.step, _bytes_in_json(placed)) + beside


def _measured(written: Struct, in_json: int) -> _Size:
    extent = extent_of(written)
    return _Size(in_json, extent.values, extent.characters)


def _bytes_in_json(placed: _Placed) -> int:
    return len(msgspec.json.encode(placed.step)) + 2 * len(placed.objective)


_OF_ITS_OWN = _Size(values=1_000, characters=1_000)
"""What a lesson has beside its questions: its title, and the keys around them."""


def _part_title(category: tuple[str, ...], untitled: str, number: int, parts: int) -> str:
    named = one_line(category[-1]) if category else untitled
    return f"{named} ({number} of {parts})" if parts > 1 else named


def _lesson(placed: Iterable[_Placed], title: str) -> ImportedLesson:
    """Make a lesson of what belongs together, with comments for its author."""
    steps: list[AnyQuestion | Read] = []
    questions: list[AnyQuestion] = []
    objectives: dict[str, str] = {}
    notes: dict[KeyPath, str] = {}
    category: tuple[str, ...] | None = None
    for one in placed:
        said = list(one.notes)
        if category is not None and category != one.category and one.category:
            said.insert(0, f"Category: {one_line(' / '.join(one.category))}")
        category = one.category
        where: KeyPath
        if isinstance(one.step, Read) or one.is_practice:
            steps.append(one.step)
            where = ("steps", len(steps) - 1)
        else:
            questions.append(one.step)
            where = ("quiz", "questions", len(questions) - 1)
        if said:
            notes[where] = "\n".join(said)
        if one.objective and isinstance(one.step, Question) and one.step.objective:
            objectives.setdefault(one.step.objective, one.objective)
    if title == UNTITLED:
        notes[("title",)] = "Give the lesson a title of its own."
    if objectives:
        notes[("objectives",)] = (
            "These were tags. Say of each what the learner can do after the lesson."
        )
    unexplained = sum(not question.explanation for question in questions)
    if unexplained:
        notes[("quiz",)] = (
            f"{unexplained} of {len(questions)} questions have no `explanation:`. "
            "Learners see it after every response: say there why the right answer is right."
        )
    lesson = Lesson(
        title=title,
        objectives=objectives,
        steps=tuple(steps),
        quiz=Quiz(questions=tuple(questions)) if questions else None,
    )
    return ImportedLesson(lesson, notes)


def _tags(entry: Entry) -> list[str]:
    """The tags of an entry, but for those that our exports add."""
    own = (POINTS_TAG, TYPE_TAG)
    level = f"{LEVEL_TAG}{level_of(entry)}"
    return [
        one_line(tag)
        for tag in entry.tags
        if tag.strip() and tag != level and not tag.startswith(own)
    ]


def _named_note(entry: Entry, step: AnyQuestion | Read) -> Iterator[str]:
    """What the bank called a question, where neither its id nor its text says it."""
    words = set(_words(entry.name))
    if isinstance(step, Question) and len(words) > 1:
        said = {*_words(step.id), *_words(entry.stem), *_words("".join(entry.pieces))}
        if words - said:
            yield f"In the bank it was called “{one_line(entry.name)}”."


def _reject_invalid(made: Converted) -> None:
    """Refuse what `tutor check` would call an error.

    Raises:
        Unreadable: A rule is broken.
    """
    if isinstance(made.step, Question):
        for rule in question_errors.ERRORS:
            for fault in rule(((), made.step)):
                raise Unreadable(fault.message[:1].lower() + fault.message[1:].rstrip("."))
    elif not made.step.text.strip():
        raise Unreadable("it has no text")
    in_json = len(msgspec.json.encode(made.step))
    if in_json > MAX_TEXT and extent_of(made.step).longest > MAX_TEXT:
        raise Unreadable(f"one of its texts has more than {MAX_TEXT:,} characters")


def short_id(text: str) -> str:
    """Name a question by the first few telling words of a text."""
    words = _words(text)
    telling = [word for word in words if word not in _IDLE] or words
    return _named(telling[:_WORDS_IN_ID]) or "question"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.replace("'", "").replace("’", "").casefold())


def _named(words: Iterable[str]) -> str:
    """As many words as an id may be long."""
    name = ""
    for word in words:
        longer = f"{name}-{word}".removeprefix("-")
        if len(longer) > _LONGEST_ID:
            return name or longer[:_LONGEST_ID]
        name = longer
    return name


def _title(categories: Iterable[tuple[str, ...]]) -> str:
    """The last name that the categories of all entries have in common."""
    paths = [
        category[:-1] if category[-1] == PRACTICE else category
        for category in categories
        if category
    ]
    if not paths:
        return ""
    common = [names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1]
    return one_line(common[-1]) if common else ""
