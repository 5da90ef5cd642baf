"""A lesson or a course while it is being written: as it is now, and where it was edited."""

from collections.abc import Collection
from pathlib import Path

import msgspec
from msgspec import Struct

from tutor.course.lint.checker import check_file
from tutor.course.model.course import Course, Lesson, LessonOutline, with_decimal_comma
from tutor.course.reading.course_folder import CourseFolder
from tutor.course.reading.course_outline import (
    COURSE_FILE,
    CourseRead,
    LessonRead,
    course_of_lesson,
    outline,
)
from tutor.course.reading.findings import Finding, has_errors
from tutor.course.reading.loading import outline_course, read_lesson
from tutor.course.text import one_line
from tutor.preview.changes import Spot, edited
from tutor.preview.watch import POLL_EVERY, SETTLES_WITHIN, Watch


class Edit(Struct, frozen=True):
    """What was found in files that were saved.

    Attributes:
        lesson: The lesson that was saved; None where it was the course or a source.
        spot: The step or question that is not what it was; None where there is none.
    """

    lesson: LessonOutline | None
    spot: Spot | None = None


class AuthoredCourse:
    """The files of a lesson or a course, always read from disk and never from the cache.

    A lesson with errors is not shown, even where it would open: its author wants to know.

    Args:
        path: A lesson file or a course folder, as its author names it.

    Attributes:
        course: The course, or the lone lesson as one; empty while its file is broken.
        faults: What keeps the whole course from opening.
        files: Every file that matters, absolute.
        named: The lesson file that was named, absolute; None where it was a course.
    """

    course: Course
    faults: tuple[Finding, ...]
    files: tuple[str, ...]
    _around: tuple[Finding, ...]  # errors in the course file and the sources
    _opened: CourseFolder | None  # the course folder as it was last read

    def __init__(self, path: Path) -> None:
        self.path = path
        self.named = None if path.is_dir() else str(path.absolute())
        self._folder = path.parent if self.named else path
        self._reads: dict[str, LessonRead] = {}
        self._sound: dict[str, Lesson] = {}  # each lesson as it was when it last had no errors
        # What is saved from here on, even while it is first read, is read again.
        self._watch = Watch([self.named or str(path.absolute() / COURSE_FILE)])
        self._read_course()
        self._watch.follow(self.files)

    @property
    def only(self) -> LessonOutline | None:
        """The lesson that was named; None for a course, and while one around it is broken."""
        return self._outlined(self.named) if self.named else None

    def read(self, lesson: LessonOutline) -> LessonRead:
        """A lesson, unless it has errors, and all that `tutor check` says about it."""
        read = self._read(lesson.path)
        if read.lesson is None or not lesson.decimal_comma:
            return read
        return LessonRead(with_decimal_comma(read.lesson), read.findings)

    def poll(self) -> Edit | None:
        """Look at the files; read anew what was saved, and tell what is to be shown of it."""
        saved = self._watch.saved()
        if not saved:
            return None
        edit = self.reread(saved)
        self._watch.follow(self.files)
        return edit

    @property
    def next_poll(self) -> float:
        """Seconds after which it is worth looking again: fewer while something is changing."""
        return SETTLES_WITHIN if self._watch.is_changing else POLL_EVERY

    def reread(self, saved: Collection[str]) -> Edit:
        """Read files anew after they were saved; tell what is to be shown of them."""
        for path in saved:
            self._reads.pop(path, None)
        if any(self._outlined(path) is None for path in saved):
            self._reads.clear()  # a claim or a glossary word may be gone
            self._read_course()
        lessons = [one.path for one in self.course.lessons if one.path in saved]
        self._outline_anew(lessons)
        edits = [Edit(self._outlined(path), self._edited(path)) for path in lessons]
        return next((one for one in edits if one.spot), edits[0] if edits else Edit(None))

    def _edited(self, path: str) -> Spot | None:
        before, after = self._sound.get(path), self._read(path).lesson
        if after is None:
            return None
        self._sound[path] = after
        return edited(before, after) if before is not None else None

    def _read(self, path: str) -> LessonRead:
        if path not in self._reads:
            self._reads[path] = self._read_anew(path)
            lesson = self._reads[path].lesson
            if lesson is not None:
                self._sound.setdefault(path, lesson)
        return self._reads[path]

    def _read_anew(self, path: str) -> LessonRead:
        checked = check_file(self._as_named(path), self._opened)
        found = tuple(checked.findings)
        if has_errors(found):
            return LessonRead(None, (*self._around, *found))
        if checked.draft is None:  # a source, say, which may be faultless as such
            return read_lesson(self._as_named(path))
        return LessonRead(checked.draft.lesson, found)

    def _as_named(self, path: str) -> Path:
        """A file of the folder as its author would name it, for findings."""
        return self._folder / Path(path).relative_to(self._folder.absolute())

    # The course around the lessons

    def _outlined(self, path: str) -> LessonOutline | None:
        return next((one for one in self.course.lessons if one.path == path), None)

    def _outline_anew(self, paths: Collection[str]) -> None:
        lessons = tuple(
            outline(
                Path(one.path),
                self._read(one.path),
                one.either,
                decimal_comma=one.decimal_comma,
            )
            if one.path in paths
            else one
            for one in self.course.lessons
        )
        alone = self.course.folder == self.named
        title = lessons[0].title if alone else self.course.title
        self.course = msgspec.structs.replace(self.course, title=title, lessons=lessons)

    def _read_course(self) -> None:
        file = self._folder.absolute() / COURSE_FILE
        self.faults = self._around = ()
        self._opened = None
        if self.named and not file.is_file():
            self.files = (self.named, str(file))
            self.course = course_of_lesson(self.path, self._read(self.named))
            return
        self._opened = CourseFolder(self._folder)
        read = outline_course(self._opened, self._outline_of)
        # Where a source is broken, what a lesson takes from it seems to be missing.
        self._around = tuple(one for one in read.findings if one.severity == "error")
        self.files = self._files_of(read)
        if read.course is None:
            self.faults = self._around
            title = one_line(file.parent.name)
            self.course = Course(id="", title=title, folder=str(file.parent), lessons=())
        else:
            self.course = self._holding_the_lesson(read.course)

    def _holding_the_lesson(self, course: Course) -> Course:
        """The course; around a lesson that it does not list yet, one with its words and claims."""
        if self.named is None or any(one.path == self.named for one in course.lessons):
            return course
        return msgspec.structs.replace(
            course_of_lesson(self.path, self._read(self.named)),
            glossary=course.glossary,
            citations=course.citations,
        )

    def _files_of(self, read: CourseRead) -> tuple[str, ...]:
        """Every file of the course; around a lesson that was named, none of the other lessons."""
        if self.named is None:
            return read.files
        lessons = {one.path for one in read.course.lessons} if read.course else set()
        return (self.named, *(file for file in read.files if file not in lessons | {self.named}))

    def _outline_of(self, path: Path) -> LessonRead:
        """Read a lesson for its outline, and know it, to tell where it is edited."""
        read = read_lesson(path)
        if read.lesson is not None and self.named in (None, str(path)):
            self._sound.setdefault(str(path), read.lesson)
        return read
