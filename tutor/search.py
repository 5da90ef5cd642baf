"""Searching a course: its lessons, the words of its glossary, its statements, and one's own notes.

The texts are gathered once, a few lessons at a time, and then looked through for each key.
"""

from heapq import nsmallest
from operator import itemgetter

from msgspec import Struct

from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.model.markdown.plain import plain_line, plain_text
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_of, words_in
from tutor.course.model.steps import AnyStep, Compare, Debate, Read, Reflect, Step, Timeline
from tutor.course.text import one_line
from tutor.progress.figures import readable
from tutor.progress.written import all_written
from tutor.study import Study

LESSONS, WORDS, STATEMENTS, NOTES = "Lessons", "Words", "Statements", "Your notes"
GROUPS = (LESSONS, WORDS, STATEMENTS, NOTES)
_MOST = 40
_BEFORE, _LONGEST = 18, 200


class Place(Struct, frozen=True, kw_only=True):
    """A text that can be found, and where it leads.

    Attributes:
        group: Which kind of text it is.
        title: What it is called; found before what only its text says.
        text: What is looked through, in one line.
        folded: The title and the text as they are compared.
        lesson: Where it leads; None where it stands by itself.
        step: Which step of the lesson, from 0.
        where: Where that is, in words.
    """

    group: str
    title: str
    text: str
    folded: tuple[str, str]
    lesson: LessonOutline | None = None
    step: int = 0
    where: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """A place in which all that is looked for was found.

    Attributes:
        shown: What to show of it: its title, or the text around the first word.
        at: Where in that the first word stands, and how long it is.
    """

    place: Place
    shown: str
    at: tuple[int, int]


def _place(
    group: str,
    title: str,
    text: str,
    lesson: LessonOutline | None = None,
    step: int = 0,
    where: str = "",
) -> Place:
    title, text = one_line(title), one_line(text)
    return Place(
        group=group,
        title=title,
        text=text,
        folded=(title.casefold(), text.casefold()),
        lesson=lesson,
        step=step,
        where=where,
    )


class Index:
    """All that can be found in a course by one learner."""

    def __init__(self, study: Study, course: Course) -> None:
        self._study = study
        self._course = course
        self._numbers = study.numbers(course)
        self._waiting = list(course.lessons)
        self._places: list[Place] = []
        self._links: dict[str, tuple[LessonOutline, int]] = {}
        self._claims: dict[str, tuple[LessonOutline, int]] = {}
        self._of_course: list[Place] | None = None

    @property
    def complete(self) -> bool:
        """Whether all lessons were gathered."""
        return not self._waiting

    def gather(self, lessons: int) -> None:
        """Gather the next so many lessons."""
        now, self._waiting = self._waiting[:lessons], self._waiting[lessons:]
        for outline in now:
            lesson = readable(self._study, outline)
            if lesson is not None:
                self._gather(outline, lesson)
        self._of_course = None

    def _gather(self, outline: LessonOutline, lesson: Lesson) -> None:
        number = self._numbers[outline.id]
        goals = " ".join(lesson.objectives.values())
        self._places.append(_place(LESSONS, lesson.title, goals, outline, 0, f"lesson {number}"))
        for at, step in enumerate(lesson.steps):
            where = f"lesson {number}, step {at + 1}"
            title = step.title or "" if isinstance(step, Step) else plain_line(step.stem)
            text = _text_of(step)
            self._places.append(_place(LESSONS, title, text, outline, at, where))
            for claim in claims_of(step):
                self._claims.setdefault(claim, (outline, at))
            if isinstance(step, Step):
                for word in words_in(step, self._course.glossary):
                    self._links.setdefault(word, (outline, at))

    def _places_of_course(self) -> list[Place]:
        """The words, the statements, and what the learner wrote."""
        if self._of_course is not None:
            return self._of_course
        found = []
        for word, meaning in self._course.glossary.items():
            outline, step = self._links.get(word, (None, 0))
            found.append(
                _place(WORDS, word, plain_line(meaning), outline, step, self._where(outline, step))
            )
        for name, cited in self._course.citations.items():
            outline, step = self._claims.get(name, (None, 0))
            text = f"{cited.claim.text} {cited.claim.quote or ''} {cited.speaker.name}"
            found.append(
                _place(
                    STATEMENTS, "", text, outline, step, self._where(outline, step) or cited.briefly
                )
            )
        for section in all_written(self._study, self._course):
            for entry in section.entries:
                outline = self._course.lesson(entry.lesson)
                step = entry.step or 0
                where = self._where(outline, step)
                found.append(_place(NOTES, "", entry.text, outline, step, where))
        self._of_course = found
        return found

    def _where(self, outline: LessonOutline | None, step: int) -> str:
        if outline is None:
            return ""
        return f"lesson {self._numbers[outline.id]}, step {step + 1}"

    def find(self, wanted: str) -> list[Found]:
        """The places that have all the words looked for, by group, the best first."""
        words = one_line(wanted).casefold().split()
        if not words:
            return []
        found: dict[str, list[tuple[int, int, Place]]] = {group: [] for group in GROUPS}
        for number, place in enumerate((*self._places, *self._places_of_course())):
            rank = _rank(place, words)
            if rank is not None:
                found[place.group].append((rank, number, place))
        # What is not shown is not looked at any closer.
        return [
            _shown(place, words[0], rank)
            for group in GROUPS
            for rank, _, place in nsmallest(_MOST, found[group], key=itemgetter(0, 1))
        ]


def _rank(place: Place, words: list[str]) -> int | None:
    """How early a place is listed; None where it has not all the words."""
    title, text = place.folded
    for word in words:
        if word not in text and word not in title:
            return None
    first = words[0]
    if first in title:
        return 0 if title.startswith(first) or f" {first}" in title else 1
    return 2 if text.startswith(first) or f" {first}" in text else 3


def _shown(place: Place, word: str, rank: int) -> Found:
    """The title, or the text from a little before the word on."""
    in_title = rank < 2
    text, folded = (place.title, place.folded[0]) if in_title else (place.text, place.folded[1])
    # What is folded may be longer than what was written: then nothing is marked.
    at = folded.find(word) if len(folded) == len(text) else -1
    begin = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE and not in_title else 0
    lead = "…" if begin else ""
    return Found(
        place=place,
        shown=f"{lead}{text[begin : begin + _LONGEST]}",
        at=(at - begin + len(lead), len(word)) if at >= 0 else (0, 0),
    )


def _text_of(step: AnyStep) -> str:
    """The words of a step; of a question nothing that would answer it."""
    match step:
        case Read():
            return plain_text(step.text)
        case Reflect():
            return plain_text(step.prompt)
        case Compare():
            cells = [cell for row in step.rows for cell in (row.label, *row.cells)]
            return " ".join(plain_line(str(getattr(cell, "text", cell) or "")) for cell in cells)
        case Timeline():
            events = [event.text for scale in step.scales for event in scale.events]
            return " ".join([*(scale.zero for scale in step.scales), *events])
        case Debate():
            arguments = (*step.supporting, *step.opposing)
            return " ".join(f"{one.title}. {plain_text(one.text)}" for one in arguments)
        case Question():
            return ""
    return ""
