"""The rows of home: what to do now, and the lessons with how far one is in each."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace
from textual.content import Content

from tutor import days, phrases
from tutor.app.safe_text import literal
from tutor.app.signs import BEGUN, DRAWN, REST, RIGHT
from tutor.app.widgets.rows import Alike, Heading, Item, Note, Parts, Row, fitted, in_columns
from tutor.app.widgets.text_layout import thin_bar
from tutor.course.model.course import Course, LessonOutline, Release
from tutor.course.model.markdown.plain import plain_line
from tutor.course.text import one_line
from tutor.records.attempts import OpenQuiz
from tutor.session import in_browser
from tutor.study.chapters import Chapter
from tutor.study.next_up import NextUp
from tutor.study.reviews import ReviewDue, review_minutes

NEXT, QUIZ, REVIEW, TEST, HAND_IN = ":next", ":quiz", ":review", ":test", ":hand-in"
"""Names of the rows that are no lessons; `:path NAME` is another way through the course, or
`:path ` all of it."""
PATH = ":path "
_BAR, _QUIZ = 10, 7  # how wide the columns at the right edge are, a gap of two between them
_WIDE = 60  # from here on there is room for both


class LessonRow(Row, frozen=True, kw_only=True):
    """A lesson: a sign, its number and title, how much of it is read, and its quiz."""

    chapter: Chapter
    digits: int

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its lines."""
        outline = self.chapter.outline
        sign, style = _sign(self.chapter)
        number = str(self.chapter.number).rjust(self.digits)
        gap = "  " if width >= _WIDE else " "
        before = Content.assemble(
            literal(sign, style), " ", literal(number, "$accent" if here else "$quiet"), gap
        )
        end = self._columns() if width >= _WIDE else _in_brief(self.chapter)
        room = width - before.cell_length - end.cell_length - 2
        drawn = literal(f" {DRAWN}", "$quiet") if outline.either >= 0 else Content("")
        title = literal(one_line(outline.title), "bold" if here else "")
        *above, last = fitted(title, room - drawn.cell_length, wrap=wrap)
        return in_columns(before, [*above, last + drawn], end, width)

    def _columns(self) -> Content:
        read, quiz = _read(self.chapter), _quiz(self.chapter)
        return Content.assemble(
            read.pad_right(_BAR - read.cell_length), "  ", quiz.pad_right(_QUIZ - quiz.cell_length)
        )


class LessonsHeading(Heading, frozen=True, kw_only=True):
    """The heading over the lessons, with the captions of its columns."""

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:
        """Its one line; where there are no columns, there are no captions."""
        if width < _WIDE:
            return Heading(title=self.title).draw(width, for_label, here=here, wrap=wrap)
        rule = literal(REST * (_BAR - len("read") - 1), "$rule")
        end = Content.assemble(
            literal("read", "$quiet"), " ", rule, "  ", literal("quiz".ljust(_QUIZ), "$quiet")
        )
        return Heading(title=self.title, end=end).draw(width, for_label, here=here, wrap=wrap)


def _sign(chapter: Chapter) -> tuple[str, str]:
    if chapter.outline.broken:
        return "!", "$error"
    return {"done": (RIGHT, "$success"), "begun": (BEGUN, "$primary"), "new": (" ", "")}[
        chapter.state
    ]


def _read(chapter: Chapter) -> Content:
    """How much of a lesson is read; of a new one, how long it takes."""
    outline = chapter.outline
    if outline.broken:
        return literal("not usable", "$error")
    if chapter.standing is None:
        return literal(phrases.duration(outline.minutes) if outline.minutes else "new", "$quiet")
    return thin_bar(float(chapter.share_read), _BAR)


def _quiz(chapter: Chapter) -> Content:
    if chapter.outline.broken:
        return Content("")
    if not chapter.outline.questions:
        return literal("no quiz", "$quiet")
    if chapter.quiz is not None:
        return literal(f"{chapter.quiz.answered} of {chapter.quiz.asked}")
    best = chapter.standing.best if chapter.standing else None
    if best is None or not best[1]:
        return literal(RIGHT, "$success") if chapter.state == "done" else Content("")
    percent = literal(phrases.percent(best[0] / best[1], chapter.outline.pass_))
    if chapter.state != "done":
        return Content.assemble("  ", percent)
    return Content.assemble(literal(RIGHT, "$success"), " ", percent)


def _in_brief(chapter: Chapter) -> Content:
    """How far one is in a lesson, where there is room for one word on it."""
    quiz = _quiz(chapter)
    if chapter.quiz is not None:
        return literal("quiz ", "$quiet") + quiz
    if chapter.outline.questions and quiz.cell_length:
        return quiz if chapter.state == "done" else literal("quiz", "$quiet") + quiz[1:]
    if chapter.standing is None or chapter.outline.broken:
        return _read(chapter)
    if chapter.read:
        return literal("read", "$quiet")
    return literal(f"{phrases.percent(chapter.share_read)} read", "$quiet")


class Tests(Struct, frozen=True, kw_only=True):
    """What is known of the tests over a course.

    Attributes:
        questions: How many questions one has; None where that is not known without looking.
        scores: The scores (0 to 1) of those that were finished, oldest first.
        left: The one that was left in the middle; None for none.
        late: Whether a lesson was begun before the first of them.
        limit: How many minutes one lasts at most; None for as long as it takes.
        release: When one is told how it went.
        held: How many ended, and have still to be given back by a teacher.
        to_hand_in: Whether a teacher waits for one that is over.
    """

    questions: int | None
    scores: tuple[Fraction, ...] = ()
    left: OpenQuiz | None = None
    late: bool = False
    limit: int | None = None
    release: Release = "end"
    held: int = 0
    to_hand_in: bool = False

    @property
    def minutes(self) -> int | None:
        """About how long one takes; at most as long as it may."""
        if self.questions is None:
            return self.limit
        return min(phrases.minutes_for(self.questions), self.limit or 600)

    @property
    def are_begun(self) -> bool:
        """Whether any was begun."""
        return bool(self.scores or self.held or self.left)


class Home(Struct, frozen=True, kw_only=True):
    """What home shows of a course.

    Attributes:
        chapters: The lessons of the path one is on.
        others: Those beside it.
        path: Its name; None for the whole course.
        next_up: What is gone on with.
        review: What there is to review.
        tests: What is known of the tests; None where the course has none.
        reads_again: Whether the quiz to be taken failed, and what it missed is to be read first.
    """

    course: Course
    chapters: Sequence[Chapter]
    others: Sequence[Chapter]
    path: str | None
    next_up: NextUp
    review: ReviewDue
    today: date
    tests: Tests | None
    reads_again: bool = False

    @property
    def is_new(self) -> bool:
        """Whether nothing has been begun in the course yet."""
        begun = any(one.standing or one.quiz for one in (*self.chapters, *self.others))
        return not begun and not (self.tests is not None and self.tests.are_begun)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each lesson by its id."""
        return {one.outline.id: one.number for one in (*self.chapters, *self.others)}

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do on the path."""
        return self.next_up.why == "done"

    @property
    def other_paths(self) -> list[tuple[str, list[LessonOutline]]]:
        """The other ways through the course, with the lessons that are not done yet.

        The whole course has no name, unless a path has all its lessons.
        """
        ways = {name: set(wanted) for name, wanted in self.course.paths.items()}
        if not ways:
            return []
        done = {one.outline.id for one in (*self.chapters, *self.others) if one.state == "done"}
        everything = {one.id for one in self.course.lessons}
        if everything not in ways.values():
            ways[""] = everything
        found = []
        for name, wanted in ways.items():
            left = [one for one in self.course.lessons if one.id in wanted - done]
            if name != (self.path or "") and left:
                found.append((name, left))
        return found


def rows(home: Home) -> Parts:
    """The rows of home: what to do now, then the lessons, then those beside the path."""
    if not home.all_done:
        now = [*_hand_in(home), *_onward(home), _review(home), *_test(home)]
        return Parts(now, *_lessons(home))
    what_now = [*_hand_in(home), *_test(home), _review(home), *_other_paths(home)]
    items: list[Item] = [
        Note(text="All done.", lead=f"{RIGHT} ", lead_style="$success", style="bold")
    ]
    items.append(Note(text=_what_was_done(home), apart=(0, 0)))
    return Parts([*items, Heading(title="What now"), *what_now], *_lessons(home))


def _what_was_done(home: Home) -> str:
    quizzes = len([one for one in home.chapters if one.outline.questions])
    said = phrases.plural(len(home.chapters), "lesson")
    if quizzes:
        said += f" · {phrases.plural(quizzes, 'quiz', 'quizzes')} passed"
    return f"  {said}"


def greeting(home: Home, *, briefly: bool = False) -> list[Item]:
    """What a first start shows: what the course is, what it takes, and where to begin.

    Args:
        briefly: Whether there is no room for what the course is about.
    """
    course = home.course
    items: list[Item] = [Note(text="Welcome.", style="bold")]
    if course.summary and not briefly:
        items.append(_summary(course.summary))
    items += [
        Note(
            text=phrases.what_it_takes([one.outline for one in home.chapters], home.path),
            apart=(1, 1),
        ),
        Heading(title="Where to begin"),
        next_row(home.next_up, about=f"lesson {home.next_up.chapter.number}"),
        *_test(home),
        *_shorter(home),
        Heading(title="Good to know"),
    ]
    computer = "your teacher's computer" if in_browser() else "this computer"
    return [
        *items,
        *(
            Note(text=text, lead="· ", style="", apart=(0, 1))
            for text in phrases.good_to_know(course, computer)
        ),
    ]


def _summary(text: str) -> Note:
    """What a course is about; where room is short, its first sentence."""
    said = plain_line(text)
    first = said.partition(". ")[0]
    return Note(text=said, brief=f"{first.removesuffix('.')}.", style="", apart=(0, 1))


def _onward(home: Home) -> Iterator[Row]:
    """What is gone on with; after a quiz that failed, first reading again what it missed."""
    row = next_row(home.next_up)
    if not home.reads_again:
        yield row
        return
    yield Row(
        name=NEXT,
        verb="read again",
        label="Read again",
        subject=row.subject,
        about=f"what you missed, {row.about}",
    )
    asked = home.next_up.chapter.outline.questions
    yield replace(row, name=QUIZ, about=phrases.plural(asked, "question"))


def next_row(up: NextUp, about: str = "") -> Row:
    """What one does next in the course, called the same wherever it is offered."""
    outline, quiz = up.chapter.outline, up.chapter.quiz
    title, number = one_line(outline.title), up.chapter.number
    left = up.chapter.minutes_left
    match up.why:
        case "continue":
            return Row(
                name=NEXT,
                verb="continue",
                label="Continue",
                subject=title,
                about=f"step {up.step + 1} of {outline.steps}",
                figure=f"{phrases.duration(left)} left|{phrases.duration(left)}" if left else "",
            )
        case "quiz":
            return Row(
                name=NEXT,
                verb="continue the quiz|continue",
                label="Continue",
                subject=f"the quiz of lesson {number}",
                about=f"{quiz.answered} of {quiz.asked} answered" if quiz else "",
            )
        case "take-quiz":
            return Row(
                name=NEXT,
                verb="take the quiz|quiz",
                label="Quiz",
                subject=title,
                about=_before_quiz(up.chapter),
                figure=_about(phrases.minutes_for(outline.questions)),
            )
        case _:
            return Row(
                name=NEXT,
                verb="begin",
                label="Begin",
                subject=title,
                about=about,
                figure=phrases.duration(outline.minutes) if outline.minutes else "",
            )


def _before_quiz(chapter: Chapter) -> str:
    """How many questions a quiz has; after a first one, what came of the last."""
    last = chapter.standing.last if chapter.standing else None
    if last is None or not last[1]:
        return phrases.plural(chapter.outline.questions, "question")
    return f"{phrases.percent(last[0] / last[1], chapter.outline.pass_)} last time"


def _review(home: Home) -> Row:
    due = home.review
    figure, verb = _about(due.minutes) if due.capped else "", "review"
    if due.left:
        subject, about = f"{phrases.plural(due.left, 'question')} left", "go on with it"
        verb = "continue the review|continue"
        figure = _about(review_minutes(due.left))
    elif due.capped and due.capped < due.due:
        subject = f"{due.capped} of {due.all_due} due"
        about = "the oldest first; the rest can wait"
    elif due.capped:
        subject = f"{phrases.plural(due.due, 'question is', 'questions are')} due"
        about = _since(due, home.today)
    elif due.due:
        subject, about = "done for today", f"{due.all_due} can wait"
    else:
        subject, about = "nothing due", _to_come(home)
    return Row(name=REVIEW, verb=verb, label="Review", subject=subject, about=about, figure=figure)


def _to_come(home: Home) -> str:
    if home.review.tomorrow:
        return f"{home.review.tomorrow} tomorrow"
    chapters = (*home.chapters, *home.others)
    if any(chapter.standing and chapter.standing.quizzes for chapter in chapters):
        return ""
    return "it begins after the first quiz"


def _since(due: ReviewDue, today: date) -> str:
    oldest = days.day_of(due.oldest) if due.oldest else today
    return f"since {days.written(oldest, today)}" if oldest < today else ""


def _about(minutes: int) -> str:
    return f"about {minutes} min|{minutes} min"


# Which test it is: not the first of them; the first of them being late.
_WHICH = {
    (False, False): "the one before",
    (True, False): "the one after",
    (False, True): "the first one",
    (True, True): "another one",
}


def _hand_in(home: Home) -> Iterator[Row]:
    """In a class: a test that is over, and not handed in yet."""
    if home.tests is not None and home.tests.to_hand_in:
        yield Row(
            name=HAND_IN,
            verb="hand in",
            label="Hand in",
            subject="your test",
            about="your teacher waits for it",
        )


def _test(home: Home) -> Iterator[Row]:
    tests = home.tests
    if tests is None:
        return
    minutes = _about(tests.minutes) if tests.minutes else ""
    questions = "" if tests.questions is None else phrases.plural(tests.questions, "question")
    percents = [phrases.percent(score) for score in tests.scores]
    label, verb, figure = "Test", "test", minutes
    match percents:
        case _ if tests.left is not None:
            subject = _WHICH[bool(percents or tests.held), tests.late]
            about, verb = "under way", "go on with the test|test"
            figure = f"{tests.left.answered} of {tests.left.asked} answered"
            figure += f"|{tests.left.answered} of {tests.left.asked}"
        case _ if tests.held:
            subject = "waits for your teacher"
            about = f"{percents[0]} before" if percents else ""
        case []:
            subject = questions or ("the first one" if tests.late else "before the lessons")
            about = "to see later what you learned"
            label = "Test first" if home.is_new else label
        case [before] if home.all_done:
            first = "the first time" if tests.late else "before"
            subject, about = _WHICH[True, tests.late], f"{before} {first}; and now?"
        case [before]:
            subject = f"{before} the first time" if tests.late else f"{before} before"
            about = "the second one comes at the end"
        case [before, *_, after]:
            subject = f"{before} before, {after} after"
            if tests.late:
                subject = f"{before} the first time, {after} the last"
            about = "sit another"
        case _:
            raise AssertionError(percents)
    yield Row(name=TEST, verb=verb, label=label, subject=subject, about=about, figure=figure)


def _shorter(home: Home) -> Iterator[Row]:
    """The other ways through the course: the shorter first, then all of it."""
    for name, lessons in sorted(home.other_paths, key=lambda path: len(path[1])):
        label = "Shorter" if len(lessons) < len(home.chapters) else "Longer"
        yield _path_row(home, label, name, lessons)


def _other_paths(home: Home) -> Iterator[Row]:
    for name, lessons in sorted(home.other_paths, key=lambda path: len(path[1])):
        yield _path_row(home, "Go on", name, lessons)


def _path_row(home: Home, label: str, name: str, lessons: Sequence[LessonOutline]) -> Row:
    numbers = phrases.numbers(home.numbers[lesson.id] for lesson in lessons)
    minutes = sum(lesson.minutes or 0 for lesson in lessons)
    return Row(
        name=PATH + name,
        verb="take this path|path",
        label=label,
        subject=one_line(name) or "the whole course",
        about=f"{'lesson' if len(lessons) == 1 else 'lessons'} {numbers}",
        figure=phrases.duration(minutes) if minutes else "",
    )


def _lessons(home: Home) -> Iterator[Sequence[Item]]:
    chapters, others = home.chapters, home.others
    digits = len(str(len(chapters) + len(others)))
    yield [LessonsHeading(title=f"Lessons: {home.path}" if home.path else "Lessons")]
    yield _rows_of(chapters, digits)
    if others:
        yield [Heading(title="More lessons, beside the path")]
        yield _rows_of(others, digits)


def _rows_of(chapters: Sequence[Chapter], digits: int) -> Alike:
    def make(at: int) -> LessonRow:
        return LessonRow(name=chapters[at].outline.id, chapter=chapters[at], digits=digits)

    return Alike([chapter.outline.id for chapter in chapters], make)
