"""What each learner of a class is asked on paper: drawn as `tutor test` draws, without records."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tutor import phrases
from tutor.classroom.hand_in.file import pass_mark
from tutor.classroom.paper.codes import code_for
from tutor.classroom.paper.letters import unfit
from tutor.classroom.paper.sheets_file import MOST_SHEETS, Asked, Printing, Sheet
from tutor.classroom.received.roster import Member, Roster, folded
from tutor.course.digest import blake2b
from tutor.course.model.course import Course, CourseTest, Lesson
from tutor.course.model.questions import AnyQuestion
from tutor.course.text import one_line
from tutor.errors import UsageError
from tutor.quiz.selection import draw_by_objective


class Drawn(Struct, frozen=True):
    """What is to be printed, and what is to be said about it.

    Attributes:
        said: What cannot be asked on paper, and what is to be known, a sentence each.
        lost: Whether there is an objective about which nothing can be asked.
    """

    printing: Printing
    said: tuple[str, ...]
    lost: bool


def draw(
    course: Course,
    lesson: Lesson,
    roster: Roster,
    *,
    seed: int,
    at: str,
    before: Sequence[Printing] = (),
) -> Drawn:
    """Draw the sheets of a class.

    Args:
        course: The course.
        lesson: The test over it, as `Study.test_lesson` makes it.
        roster: Who is in the class.
        seed: With another one, everybody is asked otherwise.
        at: When (UTC).
        before: What was printed before: what somebody was asked there is asked again only where
            there is nothing else.

    Raises:
        UsageError: There is nothing to ask on paper, or there are too many learners.
    """
    if len(roster.members) > MOST_SHEETS:
        raise UsageError(
            f"Of sheets, {MOST_SHEETS} at most are printed at once.", "Divide the roster."
        )
    config = course.test or CourseTest()
    course_name = course.lessons[0].id if course.path.is_file() else course.id
    names = {folded(member.name) for member in roster.members}
    earlier = [
        one
        for one in before
        if one.course == course_name and any(folded(sheet.name) in names for sheet in one.sheets)
    ]
    fit = [question for question in lesson.questions() if not unfit(question)]
    if not fit:
        raise UsageError(
            f"No question of “{one_line(course.title)}” can be asked on paper.",
            "A test on paper asks what is answered by letters or a number, and has an `objective`.",
        )
    pools: dict[str, list[AnyQuestion]] = {}
    for question in fit:
        pools.setdefault(str(question.objective), []).append(question)
    drawn: dict[str, list[str]] = {}
    for member in roster.members:
        asked = draw_by_objective(
            pools,
            per_objective=config.per_objective,
            limit=config.draw,
            seed=_own_seed(seed, member),
            asked=_asked_before(member, earlier),
        )
        drawn[member.name] = [question.id for question in asked]
    printed = {name for names in drawn.values() for name in names}
    printing = Printing(
        id=_digest(f"{course.id}/{seed}/{at}", *map(_key, roster.members))[:12],
        course=course_name,
        title=one_line(course.title),
        lone=course.path.is_file(),
        at=at,
        pass_=pass_mark(config.pass_),
        minutes=config.minutes,
        release=config.release,
        lessons={one.id: one_line(one.title) for one in course.lessons},
        objectives={name: one_line(text) for name, text in lesson.objectives.items()},
        questions={one.id: _asked(one) for one in fit if one.id in printed},
        sheets=(),
    )
    lost = {str(question.objective) for question in lesson.questions()} - pools.keys()
    return Drawn(
        replace(printing, sheets=_sheets(printing.id, roster, drawn, seed)),
        tuple(_remarks(lesson, lost, again=bool(earlier))),
        bool(lost),
    )


def _asked_before(member: Member, before: Sequence[Printing]) -> Mapping[str, int]:
    """How often sheets asked somebody each question."""
    return Counter(
        question
        for printing in before
        for sheet in printing.sheets
        if folded(sheet.name) == folded(member.name)
        for question in sheet.questions
    )


def _sheets(
    printing: str, roster: Roster, drawn: dict[str, list[str]], seed: int
) -> tuple[Sheet, ...]:
    sheets: dict[str, Sheet] = {}
    for member in roster.members:
        code = code_for(f"{printing}/{_key(member)}", sheets)
        sheets[code] = Sheet(
            code=code,
            name=member.name,
            id=member.id,
            seed=_own_seed(seed, member),
            questions=tuple(drawn[member.name]),
        )
    return tuple(sheets.values())


def _key(member: Member) -> str:
    return f"{folded(member.name)}/{folded(member.id)}"


def _own_seed(seed: int, member: Member) -> int:
    return int(_digest(str(seed), _key(member))[:8], 16)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _asked(question: AnyQuestion) -> Asked:
    """A question as its lesson has it: with the objective's own name, not its address."""
    lesson, _, objective = str(question.objective).partition("/")
    return Asked(question=replace(question, objective=objective), lesson=lesson)


def _remarks(lesson: Lesson, lost: Container[str], *, again: bool) -> list[str]:
    """What cannot be asked on paper, and what is asked otherwise than before, a sentence each."""
    why = Counter(unfit(question) for question in lesson.questions())
    said = [
        "Where there are enough questions, everybody is asked others than on the sheets before."
    ] * again
    said += [
        f"Left out: {phrases.plural(count, 'question')} {reason}."
        for reason, count in why.items()
        if reason
    ]
    said += (
        f"No question on “{one_line(text)}” can be asked on paper: the sheets ask nothing about it."
        for name, text in lesson.objectives.items()
        if name in lost
    )
    return said
