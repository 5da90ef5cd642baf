"""Finding courses and lessons on this machine: bundled, here, and opened before."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tutor.course.model.course import Course, Lesson, LessonOutline, with_decimal_comma
from tutor.course.reading.course_outline import COURSE_FILE, course_of_lesson
from tutor.course.reading.findings import Finding, render
from tutor.course.syntax.files import is_file, is_folder, open_file, real, without_tilde
from tutor.course.text import closest, one_line
from tutor.errors import CannotRead, NotFound
from tutor.records import cache
from tutor.records.store import Store

_SHOWN_FINDINGS = 5
_BUNDLED = "the bundled one"


def bundled_folder() -> Path:
    """Where the bundled lessons lie: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "bundled" / "lessons"
    return installed if installed.is_dir() else package.parent / "lessons"


def bundled_courses() -> list[Path]:
    """The folders of the bundled courses."""
    return sorted(path.parent for path in bundled_folder().glob(f"*/{COURSE_FILE}"))


def _of_this_program(opened: Path) -> Path:
    """Where a course lies that was opened before: a bundled one, among those of this program.

    Another installation of it, a former one perhaps, may have opened its own; to whoever learns,
    they are one course.
    """
    if opened.parent.parts[-3:] != ("tutor", "bundled", "lessons"):
        return opened
    own = bundled_folder() / opened.name
    return own if own.is_dir() else opened


class Library:
    """The courses that can be opened from a working folder.

    Args:
        store: Remembers what was opened, and what was read.
    """

    def __init__(self, store: Store, here: Path) -> None:
        self._store = store
        self._here = here
        self._later: list[cache.LookLater] | None = None

    def look_later(self) -> None:
        """Take the files of large courses for unchanged, until somebody waits no more."""
        self._later = []

    def look_now(self) -> list[cache.LookLater]:
        """Look at files at once again; return those that were not looked at."""
        later, self._later = self._later or [], None
        return later

    def folders(self) -> list[Path]:
        """Every course folder or lone lesson file that is known and still there, each once."""
        found = bundled_courses() + self._folders_here()
        rows = self._store.rows("SELECT path FROM courses ORDER BY opened DESC")
        found += [path for (kept,) in rows if (path := _of_this_program(Path(kept))).exists()]
        return list({real(path): path for path in found}.values())

    def _folders_here(self) -> list[Path]:
        """The course folders in the working folder, and that itself where it is one."""
        here = [self._here] if (self._here / COURSE_FILE).is_file() else []
        return here + sorted(path.parent for path in self._here.glob(f"*/{COURSE_FILE}"))

    def courses(self) -> list[Course]:
        """All courses that can be read; of those with the same id one of the working folder.

        Whoever has copied a course means the copy. Where none lies here, the first found is meant.
        """
        courses: dict[str, Course] = {}
        here = {real(path) for path in self._folders_here()}
        for course in self._readable(self.folders()):
            first = courses.setdefault(course.id, course)
            if real(course.path) in here and real(first.path) not in here:
                courses[course.id] = course
        return list(courses.values())

    def _readable(self, folders: Iterable[Path]) -> Iterator[Course]:
        for folder in folders:
            with suppress(CannotRead):
                yield self.course_at(folder)

    def same_id(self, course: Course) -> str:
        """Say that other courses have the id of this one; empty where none has.

        Records are kept by id, so whoever goes on should know that they are those of both.
        """
        last = self._store.row("SELECT path FROM courses WHERE course = ?", (course.id,))
        found = [course.path, *bundled_courses(), *self._folders_here()]
        opened = [] if last is None else [_of_this_program(Path(last[0]))]
        found += [path for path in opened if path.exists()]
        known = [
            path
            for path in list({real(path): path for path in found}.values())[1:]
            if _may_have_id(path, course.id)
        ]
        others = [one for one in self._readable(known) if one.id == course.id]
        if not others:
            return ""
        meant = self._called(course)
        first = meant[:1].upper() + meant[1:]
        *most, last_one = sorted([meant, *map(self._called, others)], key=_bundled_first)
        named = f"{', '.join(most)} and {last_one}"
        count, other = ("Two", "the other") if len(others) == 1 else (len(others) + 1, "another")
        return (
            f"{count} courses have the id {course.id}: {named}. {first} is meant; name {other} "
            f"by its path, or change its `id`: results are kept by id, so those "
            "of both stand together."
        )

    def _called(self, course: Course) -> str:
        """Where a course lies, in short."""
        if real(course.path) in map(real, bundled_courses()):
            return _BUNDLED
        path, here = real(course.path), real(self._here)
        if path == here:
            return "the one in this folder"
        return one_line(f"./{path.relative_to(here)}" if path.is_relative_to(here) else str(path))

    def default(self) -> Course:
        """The first bundled course.

        Raises:
            CannotRead: It has been damaged.
        """
        folders = bundled_courses()
        if not folders:
            raise NotFound("No bundled course was found.", "Install tutor again.")
        return self.course_at(folders[0])

    def remember(self, course: Course) -> None:
        """Keep where a course lies, so that `list` and home find it from anywhere."""
        newest = self._store.row("SELECT course, path, title FROM courses ORDER BY opened DESC")
        if newest != (course.id, course.folder, course.title):
            self._store.write(
                "INSERT INTO courses VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "path = excluded.path, title = excluded.title, opened = excluded.opened",
                (course.id, course.folder, course.title, self._store.now()),
            )

    def title_of(self, course_id: str) -> str | None:
        """The title of a course that was opened before, whether it is still there or not."""
        row = self._store.row("SELECT title FROM courses WHERE course = ?", (course_id,))
        return None if row is None else one_line(row[0])

    def known(self, course_id: str) -> Course | None:
        """The course with this id where it was last opened; None if it is gone."""
        row = self._store.row("SELECT path FROM courses WHERE course = ?", (course_id,))
        path = None if row is None else _of_this_program(Path(row[0]))
        if path is not None and path.exists():
            try:
                course = self.course_at(path)
            except CannotRead:
                return None
            if course.id == course_id:
                return course
        return next((course for course in self.courses() if course.id == course_id), None)

    def course_at(self, path: Path) -> Course:
        """Read the course in a folder, or around a lone lesson file.

        Raises:
            CannotRead: The course (or the lesson) has faults that keep it from opening.
        """
        if is_folder(path):
            read = cache.course(self._store, path, self._later)
            if read.course is None:
                raise cannot_read(path, read.findings)
            return read.course
        lesson = cache.lesson(self._store, path)
        if lesson.lesson is None:
            raise cannot_read(path, lesson.findings)
        return course_of_lesson(path, lesson)

    def find(self, target: str) -> tuple[Course, LessonOutline | None]:
        """Find what a person named: a folder, a lesson file, `COURSE` or `COURSE/LESSON`.

        Raises:
            NotFound: There is nothing of that name.
            CannotRead: It has faults that keep it from opening.
        """
        path = self._here / without_tilde(Path(target))
        if is_folder(path):
            if not is_file(path / COURSE_FILE):
                raise NotFound(
                    f"The folder {one_line(target)} holds no course.",
                    f"A course has a {COURSE_FILE}; to open one lesson, name its file.",
                )
            return self.course_at(path), None
        if is_file(path):
            return self._find_file(path)
        return self._find_name(target)

    def _find_file(self, path: Path) -> tuple[Course, LessonOutline | None]:
        if path.name == COURSE_FILE:
            return self.course_at(path.parent), None
        if (path.parent / COURSE_FILE).is_file():
            course = self.course_at(path.parent)
            named, leads_to = str(path.absolute()), real(path)
            # Following links is slow where there are thousands, and most files are no links.
            listed = [one for one in course.lessons if one.path == named] or [
                one for one in course.lessons if real(Path(one.path)) == leads_to
            ]
            if listed:
                return course, listed[0]
        course = self.course_at(path)
        return course, course.lessons[0]

    def _find_name(self, target: str) -> tuple[Course, LessonOutline | None]:
        course_name, _, lesson_name = target.partition("/")
        courses = {course.id: course for course in self.courses()}
        if course_name not in courses:
            lessons = {
                f"{course.id}/{one.id}" for course in courses.values() for one in course.lessons
            }
            same = [name for name in lessons if name.endswith(f"/{target}")]
            meant = same[0] if same else closest(target, [*courses, *lessons])
            raise NotFound(
                f"There is no file or course `{one_line(target)}`.",
                f"Did you mean `{meant}`?" if meant else "`tutor list` shows what there is.",
            )
        course = courses[course_name]
        if not lesson_name:
            return course, None
        lesson = course.lesson(lesson_name)
        if lesson is None:
            known = [one.id for one in course.lessons]
            meant = closest(lesson_name, known)
            raise NotFound(
                f"The course `{course.id}` has no lesson `{one_line(lesson_name)}`.",
                f"Did you mean `{course.id}/{meant}`?"
                if meant
                else f"Lessons: {', '.join(known)}.",
            )
        return course, lesson

    def lesson(self, outline: LessonOutline) -> Lesson:
        """Read a lesson.

        Raises:
            CannotRead: The lesson has faults that keep it from opening.
        """
        read = cache.lesson(self._store, Path(outline.path))
        if read.lesson is None:
            raise cannot_read(Path(outline.path), read.findings)
        return with_decimal_comma(read.lesson) if outline.decimal_comma else read.lesson


def _may_have_id(path: Path, wanted: str) -> bool:
    """Whether a course may have an id, told without reading its lessons.

    Its file says it, or else it is the name of the folder.
    """
    if not path.is_dir() or wanted == one_line(path.name):
        return True
    try:
        with open_file(path / COURSE_FILE) as file:
            written = file.read().decode("utf-8", "replace")
    except OSError:
        return False
    if wanted not in written:  # as nearly always; looking for the field takes long in a long file
        return False
    return re.search(rf"\bid[\"']?\s*:\s*[\"']?{re.escape(wanted)}", written) is not None


def _bundled_first(called: str) -> tuple[bool, str]:
    return called != _BUNDLED, called


def cannot_read(path: Path, findings: tuple[Finding, ...]) -> CannotRead:
    """Say that a file has faults, and show the first of them."""
    errors = [found for found in findings if found.severity == "error"]
    shown = "\n".join(render(found) for found in errors[:_SHOWN_FINDINGS])
    more = len(errors) - _SHOWN_FINDINGS
    if more > 0:
        shown += f"\n… and {more} more."
    return CannotRead(
        f"{one_line(str(path))} cannot be opened.",
        f"{shown}\n`tutor check {one_line(str(path))}` shows every fault.",
    )
