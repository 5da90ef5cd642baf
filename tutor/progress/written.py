"""What a learner wrote: open answers, private thoughts, notes, challenges; also as Markdown."""

import re
from collections.abc import Iterator

from msgspec import Struct

from tutor.course.model.course import Course, Lesson
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.questions import AnyQuestion, Question
from tutor.course.model.steps import Reflect, Step
from tutor.course.text import one_line
from tutor.progress.figures import readable
from tutor.progress.practice_calendar import local
from tutor.quiz.events import Responded
from tutor.quiz.fingerprint import fingerprint
from tutor.records.progress import finished, sums
from tutor.records.written import challenges, notes, reflections
from tutor.study import Study
from tutor.study.anchors import anchor, revision


class Entry(Struct, frozen=True, kw_only=True):
    """Something that was written: what it is about, when (UTC), and the words.

    Attributes:
        lesson, step: Where it belongs; the step from 0, None where it is not found any more.
        wording: Which question a challenge is about, in which wording, for those who mend it.
    """

    about: str
    text: str
    at: str
    lesson: str
    step: int | None = None
    wording: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """All of one kind that was written."""

    title: str
    entries: tuple[Entry, ...]


class _Lessons:
    """The lessons of a course, each read when it is asked for."""

    def __init__(self, study: Study, course: Course) -> None:
        self._study = study
        self._course = course
        self._read: dict[str, Lesson | None] = {}

    def get(self, name: str) -> Lesson | None:
        if name not in self._read:
            outline = self._course.lesson(name)
            self._read[name] = readable(self._study, outline) if outline else None
        return self._read[name]

    def title(self, name: str) -> str:
        outline = self._course.lesson(name)
        return one_line(outline.title if outline else name)


def all_written(study: Study, course: Course) -> list[Section]:
    """All that a learner wrote in a course, by kind, each in the order of its moments."""
    lessons = _Lessons(study, course)
    sections = (
        ("Answers", _answers(study, course, lessons)),
        ("Private thoughts", _thoughts(study, course, lessons)),
        ("Notes", _notes(study, course, lessons)),
        ("Challenges", _challenges(study, course, lessons)),
    )
    return [
        Section(title=title, entries=found)
        for title, entries in sections
        if (found := tuple(entries))
    ]


def _answers(study: Study, course: Course, lessons: _Lessons) -> Iterator[Entry]:
    last = sums.last_responses(study.store, study.learner, course.id).values()
    for one in sorted(last, key=lambda one: one.at):
        if one.outcome != "kept":
            continue
        opened, event = finished.event_at(study.store, one.attempt, one.sequence)
        if opened is None or not isinstance(event, Responded):
            continue
        answer = event.response.get("text", "") if isinstance(event.response, dict) else ""
        question = _question(lessons.get(opened.lesson), one.question)
        stem = plain_line(question.stem) if question else "a question that is gone"
        yield Entry(
            about=f"{lessons.title(opened.lesson)} · {stem}",
            text=str(answer),
            at=one.at,
            lesson=opened.lesson,
            step=_step_of(lessons.get(opened.lesson), one.question),
        )


def _question(lesson: Lesson | None, name: str) -> AnyQuestion | None:
    return next((one for one in lesson.questions() if one.id == name), None) if lesson else None


def _step_of(lesson: Lesson | None, where: str) -> int | None:
    if lesson is None:
        return None
    return next((n for n, step in enumerate(lesson.steps) if anchor(step) == where), None)


def _thoughts(study: Study, course: Course, lessons: _Lessons) -> Iterator[Entry]:
    for kept in reflections.of_course(study.store, study.learner, course.id):
        lesson = lessons.get(kept.lesson)
        number = _step_of(lesson, kept.reflection)
        step = lesson.steps[number] if lesson and number is not None else None
        asked = plain_line(step.prompt) if isinstance(step, Reflect) else "a reflection"
        said = ": ".join(part for part in (kept.choice, kept.text) if part)
        yield Entry(
            about=f"{lessons.title(kept.lesson)} · {asked}",
            text=said,
            at=kept.at,
            lesson=kept.lesson,
            step=number,
        )


def _notes(study: Study, course: Course, lessons: _Lessons) -> Iterator[Entry]:
    for note in notes.of_course(study.store, study.learner, course.id):
        lesson = lessons.get(note.lesson)
        number = _step_of(lesson, note.anchor)
        where = "a step that is gone" if number is None else f"step {number + 1}"
        if lesson is not None and number is not None:
            step = lesson.steps[number]
            if isinstance(step, Step) and step.title:
                where += f", {one_line(step.title)}"
            elif isinstance(step, Question):
                where += f", {plain_line(step.stem)}"
        yield Entry(
            about=f"{lessons.title(note.lesson)} · {where}",
            text=note.text,
            at=note.at,
            lesson=note.lesson,
            step=number,
        )


def _challenges(study: Study, course: Course, lessons: _Lessons) -> Iterator[Entry]:
    for one in challenges.of_course(study.store, study.learner, course.id):
        question = _question(lessons.get(one.lesson), one.question)
        now = ""
        if question is None:
            now = " · the question is gone"
        elif fingerprint(question) != one.fingerprint:
            now = " · its key was changed since"
        elif revision(question) != one.revision:
            now = " · it was reworded since"
        lesson = lessons.get(one.lesson)
        number = _step_of(lesson, one.question)
        where = "the quiz" if number is None else f"step {number + 1}"
        yield Entry(
            about=f"{lessons.title(one.lesson)} · {where} · {one.stem} · "
            f"answered: {one.answer}{now}",
            text=one.text,
            at=one.at,
            lesson=one.lesson,
            step=number,
            wording=f"{one.question}, {one.fingerprint}, {one.revision}",
        )


# As Markdown

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$]|(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_AT_START = re.compile(r"(\d{1,9})([.)])|([#+=:-])")


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line: nothing in it is markup, link or HTML."""
    text = one_line(text)
    safe = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    begins = _AT_START.match(safe)
    if begins is None:
        return safe
    at = begins.start(2) if begins[2] else begins.start()
    return f"{safe[:at]}\\{safe[at:]}"


def quoted(text: str) -> Iterator[str]:
    """A text of any length as a quotation, a line for each of its lines."""
    for line in text.splitlines() or [""]:
        yield f"> {escaped(line)}".rstrip()


def as_markdown(study: Study, course: Course) -> str:
    """All that a learner wrote in a course, as Markdown."""
    lines = [f"# {escaped(course.title)}", "", f"Written by {escaped(study.name)}.", ""]
    sections = all_written(study, course)
    for section in sections:
        lines += [f"## {section.title}", ""]
        for entry in section.entries:
            moment = f"{local(entry.at):%Y-%m-%d %H:%M}"
            wording = f" · {escaped(entry.wording)}" if entry.wording else ""
            lines += [f"**{escaped(entry.about)}** ({moment}){wording}", ""]
            lines += [*quoted(entry.text), ""]
    if not sections:
        lines += ["Nothing was written yet.", ""]
    return "\n".join(lines).rstrip() + "\n"
