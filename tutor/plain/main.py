"""Where plain mode begins: straight at a lesson or a quiz, or at the list of lessons."""

from typing import TYPE_CHECKING

from tutor import phrases
from tutor.course.model.course import Course, LessonOutline
from tutor.errors import TutorError
from tutor.plain import answer_lines, markdown_lines
from tutor.plain.question import GoOn, Sitting, command
from tutor.plain.terminal import Stopped, Terminal
from tutor.study import Start, Study
from tutor.study.chapters import Chapter
from tutor.study.next_up import left_last

if TYPE_CHECKING:
    from tutor.preview import PreviewStudy


def run(study: Study, start: Start, terminal: Terminal) -> int:
    """Run the plain front.

    Returns:
        0 where everything begun is done, 1 where something is left unfinished.

    Raises:
        TutorError: The lesson asked for cannot be read, or has no quiz.
    """
    try:
        if start.test:
            return _test(study, start, terminal)
        if start.review:
            return _review(study, start, terminal)
        if start.lesson is not None:
            return _open(study, start.course, start.lesson, terminal, quiz=start.quiz)
        return _home(study, start.course, terminal)
    finally:
        terminal.stdout.flush()


def run_preview(study: "PreviewStudy", terminal: Terminal) -> int:
    """Print what is being written; at a terminal, go on with what is edited until interrupted.

    Returns:
        0; in a pipe, 1 where something has errors; 130 once it is interrupted.
    """
    from time import sleep

    from tutor.plain.preview import preview

    try:
        return preview(study, terminal, sleep)
    except KeyboardInterrupt:
        terminal.tell("\nThe preview ends; nothing was kept.")
        return 130
    finally:
        terminal.stdout.flush()


def _open(
    study: Study,
    course: Course,
    outline: LessonOutline,
    terminal: Terminal,
    *,
    quiz: bool,
    missed: bool = False,
    look: int | None = None,
) -> int:
    """Open a lesson or its quiz; go on in another lesson as long as the learner wants to.

    Args:
        quiz: Whether they want its quiz.
        missed: Whether they read again what its last quiz missed.
        look: The step to look at, from 0; None for the one where they were.
    """
    sitting = Sitting(study, course, study.lesson(outline), terminal)
    try:
        if missed:
            from tutor.plain.quiz import read_missed

            return read_missed(sitting)
        if quiz:
            from tutor.plain.quiz import take

            return take(sitting)
        from tutor.plain.lesson import read

        return read(sitting, look)
    except GoOn as there:
        return _open(study, course, there.lesson, terminal, quiz=False, look=there.look)


def _test(study: Study, start: Start, terminal: Terminal) -> int:
    from tutor.plain.quiz import take_test

    sitting = Sitting(study, start.course, study.test_lesson(start.course), terminal)
    try:
        return take_test(sitting, start.minutes, start.limit)
    except GoOn as there:
        return _open(study, start.course, there.lesson, terminal, quiz=False, look=there.look)


def _review(study: Study, start: Start, terminal: Terminal) -> int:
    from tutor.plain.review import review

    return review(study, start.course, terminal, start.limit, start.until)


def _home(study: Study, course: Course, terminal: Terminal) -> int:
    """List the lessons and open what is asked for, until the learner stops."""
    code = 0
    shown, first = False, True
    said: set[str] = set()
    while True:
        course = study.current(course)
        chapters = study.chapters(course)
        menu = _menu(study, course, first=first)
        if first or not terminal.interactive:
            terminal.say(*([] if shown else menu))
        elif not shown:
            changed = [line for line in menu if line not in said]
            terminal.say("", course.title, *changed, "? shows everything.")
        said.update(menu)
        first = False
        try:
            line = terminal.read(_prompt(study, course, chapters))
        except Stopped:
            return code
        if command(line, bare=True) == "q":
            return code
        try:
            opened = _obey(study, course, chapters, line, terminal)
        except TutorError as error:
            terminal.tell(error.title)
            if error.remedy:
                terminal.tell(error.remedy)
            opened = 1
        shown = opened is None
        code = code if opened is None else opened


def _menu(study: Study, course: Course, *, first: bool) -> list[str]:
    """The lessons and what can be done here; whoever has begun nothing hears what it is about."""
    from tutor.overview import state

    chapters, others = study.chapters_and_others(course)
    said = ["", course.title]
    if first and not any(chapter.standing for chapter in (*chapters, *others)):
        if course.summary:
            said += markdown_lines.asked("", course.summary, course.citations)
        outlines = [chapter.outline for chapter in chapters]
        said.append(phrases.what_it_takes(outlines, study.path(course)))
        said += phrases.good_to_know(course)
    for chapter in chapters:
        said.append(f"  {chapter.number}. {chapter.outline.title} ({state(chapter)})")
    if course.paths:
        chosen = study.path(course)
        ways = [
            f"p{number} {name}" for number, name in enumerate(course.paths, 1) if name != chosen
        ]
        whole = any(len(ids) == len(course.lessons) for ids in course.paths.values())
        ways += ["p0 the whole course"] * (chosen is not None and not whole)
        others_too = f" Others: {', '.join(ways)}." if ways else ""
        said.append(f"Path: {chosen or 'the whole course'}.{others_too}")
    if others:
        beside = [f"m{chapter.number} {chapter.outline.title}" for chapter in others]
        said.append(f"More lessons, beside the path: {', '.join(beside)}.")
    due = study.reviews.due(course)
    if due.left:
        said.append(f"r goes on with the review: {phrases.about_review(due.left)} left.")
    elif due.capped:
        oldest = f", the oldest of {due.all_due}" if due.due > due.capped else ""
        said.append(f"r reviews what is due: {phrases.about_review(due.capped)}{oldest}.")
    if course.test is not None:
        said.append("t sits the test over these lessons, before and after learning.")
    said += [
        "f tells how far you are, and opens a result again.",
        "/ and a word, as in /judge, searches the course.",
        "In a lesson, n and some words is a note; `tutor notes` tells them all.",
        "`tutor set` tells the settings, and changes one.",
    ]
    drawn = sorted(one.number for one in chapters if one.outline.either >= 0)
    if len(drawn) > 1:
        lessons = phrases.joined([str(number) for number in drawn])
        said.append(f"The order of lessons {lessons} is drawn for each learner.")
    return said


def _search(study: Study, course: Course, wanted: str, terminal: Terminal) -> int | None:
    """Say where words are found, and go where the learner wants."""
    from tutor.plain.look_up import search

    place = search(study, course, wanted, terminal)
    if place is None or place.lesson is None:
        return None
    terminal.say("")
    return _open(study, course, place.lesson, terminal, quiz=False, look=place.step)


def _prompt(study: Study, course: Course, chapters: list[Chapter]) -> str:
    up = study.next_up(course)
    number = up.chapter.number
    left = _left_last(study, course)
    if left:
        enter = f"Enter goes on with the {left}, "
        return f"Lesson ({enter}{_numbers(chapters, '-')} opens a lesson, q stop): "
    action = {
        "continue": f"goes on in lesson {number} at step {up.step + 1}",
        "quiz": f"goes on with the quiz of lesson {number}",
        "take-quiz": f"takes the quiz of lesson {number}",
        "begin": f"begins lesson {number}",
        "done": "",
    }[up.why]
    if study.wants_reading_again(up):
        action = f"reads again what you missed in the quiz of lesson {number}"
    enter = f"Enter {action}, " if action else "all lessons are done, "
    return f"Lesson ({enter}{_numbers(chapters, '-')} opens a lesson, q stop): "


def _left_last(study: Study, course: Course) -> str:
    """The test or the review, if it was left in the middle after all else; else nothing."""
    chapters, others = study.chapters_and_others(course)
    test = study.test_left(course) if course.test is not None else None
    return left_last((*chapters, *others), test, study.reviews.due(course).left_at)


def _numbers(chapters: list[Chapter], to: str) -> str:
    """The numbers of lessons: `1-8`, or on a path `1, 3 or 5`."""
    numbers = sorted(chapter.number for chapter in chapters)
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}{to}{numbers[-1]}"
    return phrases.joined([str(number) for number in numbers], "or")


def _obey(
    study: Study, course: Course, chapters: list[Chapter], line: str, terminal: Terminal
) -> int | None:
    """Open what a line asks for; None where it asks for nothing."""
    if line == "":
        line = {"review": "r", "test": "t", "": ""}[_left_last(study, course)]
    if line.casefold() == "r":
        terminal.say("")
        return _review(study, Start(course=course, review=True), terminal)
    if line[:1] == "/" and line[1:].strip():
        return _search(study, course, line[1:], terminal)
    if line.casefold() == "t" and course.test is not None:
        terminal.say("")
        return _test(study, Start(course=course, test=True), terminal)
    if line[:1].casefold() == "p" and line[1:].isdecimal() and int(line[1:]) <= len(course.paths):
        study.choose_path(course, [None, *course.paths][int(line[1:])])
        terminal.say(*_menu(study, course, first=False))
        return None
    numbers, among = answer_lines.numbers_in(line) if line else None, chapters
    if line[:1].casefold() == "m":
        numbers = answer_lines.numbers_in(line[1:])
        among = study.chapters_and_others(course)[1]
    wanted = [chapter for chapter in among if numbers and chapter.number == numbers[0]]
    if wanted:
        terminal.say("")
        return _open(study, course, wanted[0].outline, terminal, quiz=False)
    up = study.next_up(course)
    if line == "" and up.why != "done":
        terminal.say("")
        missed = study.wants_reading_again(up)
        return _open(study, course, up.chapter.outline, terminal, quiz=up.is_quiz, missed=missed)
    _tell(study, course, chapters, line, terminal)
    return None


def _tell(
    study: Study, course: Course, chapters: list[Chapter], line: str, terminal: Terminal
) -> None:
    """Say what a line asks to be told; of one that is not understood, what can be written."""
    if line.casefold() == "f":
        from tutor.plain.look_up import show_progress

        show_progress(study, course, terminal)
        return
    if line == "/":
        terminal.say("Write a word after /, as in /judge.")
        return
    if command(line, bare=True) == "?" and terminal.interactive:
        terminal.say(*_menu(study, course, first=False))
    said = f"A number, {_numbers(chapters, ' to ')}, opens that lesson; q stops."
    if line and not command(line, bare=True) and not terminal.interactive:
        terminal.tell(f"“{line}” was not understood. {said}")
    else:
        terminal.say(said)
