"""The second pane of home: what the row one is on stands for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from textual.content import Content
from textual.style import Style

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.signs import DRAWN, NOT_ASKED, ON_THE_WAY, SOLID
from tutor.app.widgets.course.home_rows import Home, Tests
from tutor.app.widgets.rows import fitted, hung, in_columns
from tutor.app.widgets.text_layout import colored, ruled, thin_bar
from tutor.course.text import one_line
from tutor.progress import pictures
from tutor.progress.practice_calendar import WEEKDAYS
from tutor.study.chapters import Chapter

STATES = {
    "solid": (SOLID, "$primary"),
    "on-the-way": (ON_THE_WAY, "$primary"),
    "not-yet": (NOT_ASKED, "$primary"),
    "not-asked": (NOT_ASKED, "$quiet"),
}
_MEANINGS = {SOLID: "solid", ON_THE_WAY: "on the way", NOT_ASKED: "not yet"}
_LABEL, _BAR, _GAP = 7, 10, 3
_MOST = 60  # so many lessons are named in a table of contents


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a lesson beyond its row.

    Attributes:
        objectives: What one can do afterwards, each after how well one can (a state of
            `tutor.progress.objectives`).
        open_at: The steps (from 1) with a question that was passed and not answered.
    """

    objectives: Sequence[tuple[str, str]] = ()
    open_at: Sequence[int] = ()


def objectives(known: Known, width: int, *, wrap: bool) -> Iterator[Content]:
    """The objectives of a lesson, each with its sign."""
    for state, text in known.objectives:
        sign, style = STATES[state]
        lead = Content.assemble(literal(sign, style), " ")
        end = literal("  not yet" if state == "not-yet" else "", "$quiet")
        room = width - 2 - end.cell_length
        yield from in_columns(lead, fitted(literal(one_line(text)), room, wrap=wrap), end, width)


def legend(known: Known) -> Content:
    """What the signs of these objectives mean."""
    shown = {STATES[state][0] for state, _ in known.objectives}
    return Content("  ").join(
        Content.assemble(literal(sign, "$primary"), literal(f" {word}", "$quiet"))
        for sign, word in _MEANINGS.items()
        if sign in shown
    )


def about_lesson(chapter: Chapter, known: Known, width: int, *, airy: bool) -> Iterator[Content]:
    """A lesson: its title, its objectives, how much is read, what is open, and its quiz."""
    outline = chapter.outline
    blank = Content("")
    yield ruled(f"Lesson {chapter.number}", width)
    if airy:
        yield blank
    yield from fitted(literal(one_line(outline.title), "bold"), width, wrap=True)
    if known.objectives:
        yield blank
        yield literal("Afterwards you can", "$quiet")
        yield from objectives(known, width, wrap=True)
        yield legend(known)
    yield blank
    if outline.broken:
        yield from fitted(literal(one_line(outline.broken)), width, wrap=True)
        return
    for label, value in _facts(chapter, known):
        yield from hung(literal(label.ljust(_LABEL), "$quiet"), value, width)


def _facts(chapter: Chapter, known: Known) -> Iterator[tuple[str, Content]]:
    outline = chapter.outline
    if chapter.standing is not None and outline.steps:
        yield (
            "read",
            Content.assemble(
                thin_bar(float(chapter.share_read), _BAR),
                "  ",
                f"{chapter.steps_read} of {outline.steps} steps",
            ),
        )
    elif outline.steps:
        minutes = f", about {outline.minutes} min" if outline.minutes else ""
        yield "read", literal(f"{phrases.plural(outline.steps, 'step')}{minutes}")
    if known.open_at:
        steps = "step" if len(known.open_at) == 1 else "steps"
        count = phrases.plural(len(known.open_at), "question")
        yield "open", literal(f"{count}, on {steps} {phrases.numbers(known.open_at)}")
    yield "quiz", literal(_about_quiz(chapter))


def _about_quiz(chapter: Chapter) -> str:
    outline, standing = chapter.outline, chapter.standing
    if not outline.questions:
        return "none"
    questions = phrases.plural(outline.questions, "question")
    if chapter.quiz is not None:
        return f"{chapter.quiz.answered} of {chapter.quiz.asked} answered"
    if standing is None or standing.best is None or not standing.quizzes:
        return f"{questions}, not begun"
    if not standing.best[1]:
        return "taken"
    tries = phrases.plural(standing.quizzes, "try", "tries")
    return f"{phrases.quiz_score(*standing.best, outline.pass_)}; {tries}"


_NOTHING_YET = "Nothing yet: your answers are counted here, day by day."


def seven_days(
    answers: Mapping[date, int], today: date, width: int, *, mixed: bool
) -> Iterator[Content]:
    """How many answers were given on each of the last seven days, as columns.

    Args:
        answers: How many were given on each day; days without any are left out.
        today: The last of the seven days.
        mixed: Whether the theme's colors can be mixed.
    """
    days = [today - timedelta(days=before) for before in range(6, -1, -1)]
    counts = [answers.get(day, 0) for day in days]
    total, active = sum(counts), sum(map(bool, counts))
    yield ruled("Last seven days", width)
    yield Content("")
    if not total:
        yield from fitted(literal(_NOTHING_YET, "$quiet"), width, wrap=True)
        return
    for line in pictures.columns(counts[::-1], gap=_GAP):
        yield colored(line[::-1], mixed=mixed)
    yield literal((" " * _GAP).join(WEEKDAYS[day.weekday()] for day in days), "$quiet")
    yield Content("")
    on = "today" if counts[-1] == total else f"on {phrases.plural(active, 'day')}"
    yield from fitted(literal(f"{phrases.tries(total)} {on}", "$quiet"), width, wrap=True)


def about_review(home: Home, cap: str, width: int) -> Iterator[Content]:
    """The review: how much comes today, out of which lessons, and what comes tomorrow."""
    due = home.review
    yield ruled("Review", width)
    yield Content("")
    said = phrases.plural(due.capped, "question") if due.capped else "Nothing is due today"
    if due.left:
        said = f"Under way: {phrases.plural(due.left, 'question')} left"
    yield from fitted(literal(said, "bold"), width, wrap=True)
    yield Content("")
    if due.capped and not due.left:
        digits = max(len(str(count)) for count in due.lessons.values())
        for outline in home.course.lessons:
            if outline.id not in due.lessons:
                continue
            title, count = literal(one_line(outline.title)), due.lessons[outline.id]
            yield from hung(literal(f"{count:>{digits}}  ", "$primary"), title, width)
        yield Content("")
    facts = [("tomorrow", phrases.plural(due.tomorrow, "question") if due.tomorrow else "none yet")]
    if due.reviewed:
        facts.insert(0, ("today", f"{phrases.plural(due.reviewed, 'question')} reviewed"))
    for label, value in (*facts, ("a day", f"at most {cap}; change it in the settings")):
        yield from hung(literal(label.ljust(_LABEL + 3), "$quiet"), literal(value), width)
    yield Content("")
    why = "What you answered in a quiz comes back when you are about to forget it."
    yield from fitted(literal(why, "$quiet"), width, wrap=True)


def about_test(tests: Tests, width: int, *, done: bool) -> Iterator[Content]:
    """The test: how much it asks, its rules, and which one it is.

    Args:
        tests: What is known of the tests over the course.
        done: Whether nothing is left to do on the path.
    """
    yield ruled("Test", width)
    yield Content("")
    yield from fitted(literal(_which_test(tests, done=done), "bold"), width, wrap=True)
    yield Content("")
    for text in _about_test(tests):
        yield from fitted(literal(text), width, wrap=True)
        yield Content("")


def _which_test(tests: Tests, *, done: bool) -> str:
    if not tests.scores and not tests.held:
        return "Your first test" if tests.late else "The test before the lessons"
    if len(tests.scores) + tests.held > 1:
        return "Another test"
    return "The test after the lessons" if done and not tests.late else "The second test"


def _about_test(tests: Tests) -> Iterator[str]:
    if tests.questions is not None:
        count = phrases.plural(tests.questions, "question")
        yield f"{count} about all the lessons; {_for_how_long(tests)}."
    elif tests.limit is not None:
        yield f"Of all the lessons; {_for_how_long(tests)}."
    when = phrases.when_told(tests.release)
    yield f"Feedback comes only {when}; until the end you can change your answers."
    if tests.left is not None:
        answered = f"{tests.left.answered} of {tests.left.asked} answered"
        yield f"It is under way, and goes on where you left it: {answered}."
    if tests.held:
        yield phrases.waiting_tests(tests.held)
    if not tests.scores and tests.held:
        return
    if not tests.scores:
        shows = "what you know now" if tests.late else "where you start"
        yield f"It shows {shows}: there is nothing to pass."
        if tests.late:
            yield "One like it later shows what you have learned since."
        else:
            yield "One like it after the lessons shows what you have learned."
    else:
        first = "In the first one" if tests.late else "Before the lessons"
        said = f"{first} you had {phrases.percent(tests.scores[0])}"
        after = f", in the last one {phrases.percent(tests.scores[-1])}"
        yield f"{said}{after if len(tests.scores) > 1 else ''}."


def _for_how_long(tests: Tests) -> str:
    if tests.limit is None:
        return "take as long as you like"
    return f"you have {phrases.plural(tests.limit, 'minute')}"


def contents(
    home: Home, chapters: Sequence[Chapter], width: int, *, title: str, airy: bool
) -> Iterator[Content]:
    """A table of contents, whose lessons can be clicked, and what the sign of chance means."""
    yield ruled(title, width)
    digits = len(str(max(chapter.number for chapter in chapters)))
    for chapter in chapters[:_MOST]:
        if airy:
            yield Content("")
        outline = chapter.outline
        opens = Style.from_meta({"@click": f"screen.open_lesson({outline.id!r})"})
        before = literal(f"{chapter.number:>{digits}}  ", "$quiet")
        end = literal(phrases.duration(outline.minutes) if outline.minutes else "", "$quiet")
        drawn = literal(f" {DRAWN}", "$quiet") if outline.either >= 0 else Content("")
        room = width - before.cell_length - end.cell_length - 2
        name = literal(one_line(outline.title))
        *above, last = fitted(name, room - drawn.cell_length, wrap=True)
        for line in in_columns(before, [*above, last + drawn], end, width):
            yield line.stylize(opens)
    if home.others and chapters is home.chapters:
        yield Content("")
        more = phrases.plural(len(home.others), "lesson")
        yield from fitted(
            literal(f"and {more} that are not on this path", "$quiet"), width, wrap=True
        )
    if any(chapter.outline.either >= 0 for chapter in chapters):
        yield Content("")
        yield from hung(literal(f"{DRAWN} ", "$quiet"), literal(OF_CHANCE, "$quiet"), width)


OF_CHANCE = "Which of these two comes first was drawn by lot for you."
