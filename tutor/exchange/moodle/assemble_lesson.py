"""A lesson made of the entries of a question bank, as an author would have written it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tutor.course.model.course import MAX_ENTRIES, Lesson, Quiz
from tutor.course.model.questions import AnyQuestion, Question
from tutor.course.model.steps import Read
from tutor.course.reading import question_errors as rules
from tutor.course.syntax.violation import KeyPath
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.moodle.bank import Entry, Unreadable
from tutor.exchange.moodle.from_moodle import Converted, convert, level_of
from tutor.exchange.moodle.to_moodle import LEVEL_TAG, POINTS_TAG, TYPE_TAG
from tutor.exchange.moodle.write_bank import PRACTICE
from tutor.exchange.results import Imported

UNTITLED = "Imported questions"
_ID = re.compile(r"\w[\w.-]{0,79}")
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


def assemble(entries: Sequence[Entry], problems: Iterable[ImportProblem], title: str) -> Imported:
    """Make a lesson of the entries of a file.

    Descriptions become steps to read. Questions go into the quiz, but for those filed under a
    category named Practice, which become steps.

    Args:
        entries: The entries, in order.
        problems: Questions of the file that could not be read.
        title: What to call the lesson where no category says.

    Raises:
        CannotRead: Nothing in the file could be read.
    """
    assembly = _Assembly()
    for problem in problems:
        assembly.leave_out(problem)
    for entry in entries:
        assembly.add(entry)
    return assembly.lesson(_title(entries) or title)


def too_many(line: int) -> CannotRead:
    """Say that a file holds more questions than a lesson may, from a line on."""
    return CannotRead(
        f"From line {line} on, the file holds more than {MAX_ENTRIES:,} questions.",
        "Split it into several files: a lesson holds no more.",
    )


def _place(line: int, name: str) -> str:
    return f"Line {line}, “{one_line(name)[:60]}”" if name.strip() else f"Line {line}"


class _Assembly:
    """What has been made of a file so far."""

    def __init__(self) -> None:
        self.steps: list[AnyQuestion | Read] = []
        self.questions: list[AnyQuestion] = []
        self.objectives: dict[str, str] = {}
        self.notes: dict[KeyPath, str] = {}
        self.problems: list[ImportProblem] = []
        self.left_out: list[tuple[int, str]] = []
        self.used: Counter[str] = Counter()
        self.category: tuple[str, ...] | None = None

    def leave_out(self, problem: ImportProblem) -> None:
        """Say why a question has no place in the lesson."""
        self.problems.append(problem)
        place = _place(problem.line, problem.name)
        self.left_out.append((problem.line, f"{place}: left out, for {problem.reason}."))

    def add(self, entry: Entry) -> None:
        """Find an entry's place in the lesson, and note what of it has none."""
        name = entry.name or entry.stem
        try:
            made = convert(entry, self._id(entry), self._objective(entry))
            _reject_invalid(made)
        except Unreadable as reason:
            self.leave_out(ImportProblem(entry.line, name, str(reason)))
            return
        tags = _tags(entry)
        if isinstance(made.step, Question) and made.step.objective:
            self.objectives.setdefault(made.step.objective, tags[0])
        tagged = (Loss(f"without the tag “{tag}”", "without a tag") for tag in tags[1:])
        for loss in (*entry.remarks, *made.lost, *tagged):
            self.left_out.append(LeftOut(entry.line, name, loss))
        notes = [*self._on_category(entry), *made.undecided]
        where = self._put(made.step, practice=entry.category[-1:] == (PRACTICE,))
        if notes:
            self.notes[where] = "\n".join(notes)

    def _put(self, step: AnyQuestion | Read, *, practice: bool) -> KeyPath:
        if isinstance(step, Read) or practice:
            self.steps.append(step)
            return ("steps", len(self.steps) - 1)
        self.questions.append(step)
        return ("quiz", "questions", len(self.questions) - 1)

    def _on_category(self, entry: Entry) -> list[str]:
        before, self.category = self.category, entry.category
        if before is None or before == entry.category or not entry.category:
            return []
        return [f"Category: {one_line(' / '.join(entry.category))}"]

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

    def lesson(self, title: str) -> Imported:
        """The lesson, with what its author has to know."""
        if not self.steps and not self.questions:
            first = self.problems[0]
            raise CannotRead(
                "None of the questions in this file can be read.",
                f"The first is on line {first.line}: {first.reason}.",
            )
        notes = dict(self.notes)
        if title == UNTITLED:
            notes[("title",)] = "Give the lesson a title of its own."
        if self.objectives:
            notes[("objectives",)] = (
                "These were tags. Say of each what the learner can do after the lesson."
            )
        unexplained = sum(not question.explanation for question in self.questions)
        if unexplained:
            notes[("quiz",)] = (
                f"{unexplained} of {len(self.questions)} questions have no `explanation:`. "
                "Learners see it after every response: say there why the right answer is right."
            )
        lesson = Lesson(
            title=title,
            objectives=self.objectives,
            steps=tuple(self.steps),
            quiz=Quiz(questions=tuple(self.questions)) if self.questions else None,
        )
        in_order = sorted(self.left_out, key=lambda left: left[0])
        return Imported(lesson, notes, tuple(sentence for _, sentence in in_order))


def _tags(entry: Entry) -> list[str]:
    """The tags of an entry, but for those that our exports add."""
    own = (POINTS_TAG, TYPE_TAG)
    level = f"{LEVEL_TAG}{level_of(entry)}"
    return [
        one_line(tag)
        for tag in entry.tags
        if tag.strip() and tag != level and not tag.startswith(own)
    ]


def _reject_invalid(made: Converted) -> None:
    """Refuse what `tutor check` would call an error.

    Raises:
        Unreadable: A rule is broken.
    """
    if isinstance(made.step, Question):
        for rule in rules.ERRORS:
            for fault in rule(((), made.step)):
                raise Unreadable(fault.message[:1].lower() + fault.message[1:].rstrip("."))
    elif not made.step.text.strip():
        raise Unreadable("it has no text")


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


def _title(entries: Sequence[Entry]) -> str:
    """The last name that the categories of all entries have in common."""
    paths = [
        entry.category[:-1] if entry.category[-1] == PRACTICE else entry.category
        for entry in entries
        if entry.category
    ]
    if not paths:
        return ""
    common = [names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1]
    return one_line(common[-1]) if common else ""
