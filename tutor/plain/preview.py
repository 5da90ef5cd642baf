"""A lesson on its way to being finished, line by line: all of it once, then what is edited."""

from collections.abc import Callable, Iterable

from tutor.course.model.course import Lesson, LessonOutline
from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.questions import AnyQuestion, Question
from tutor.course.model.steps import Reflect
from tutor.course.reading.findings import Finding, has_errors, render
from tutor.course.text import one_line
from tutor.plain import answer_lines, markdown_lines, steps, verdicts
from tutor.plain.question import Asking, Sitting
from tutor.plain.terminal import Terminal
from tutor.preview import Edit, PreviewStudy
from tutor.preview.changes import Spot
from tutor.quiz.attempt import Attempt

Wait = Callable[[float], None]
"""Lets so many seconds pass."""


def preview(study: PreviewStudy, terminal: Terminal, wait: Wait) -> int:
    """Print the lessons; at a terminal, go on printing what is edited until interrupted.

    Args:
        wait: Lets time pass between two looks at the files.

    Returns:
        0; or, in a pipe, 1 where something has errors.

    Raises:
        KeyboardInterrupt: The author has seen enough.
    """
    printing = _Printing(study, terminal)
    sound = printing.everything()
    if not terminal.interactive:
        return 0 if sound else 1
    terminal.tell("What you edit is shown here when you save it. Ctrl+C ends this.")
    while True:
        edit = study.authored.poll()
        if edit is not None:
            printing.edited(edit)
        wait(study.authored.next_poll)


class _Printing:
    """What is being written, on its way to a terminal."""

    def __init__(self, study: PreviewStudy, terminal: Terminal) -> None:
        self._study = study
        self._authored = study.authored
        self._terminal = terminal
        self._broken: set[str] = set()
        self._attempts: dict[str, Attempt] = {}

    def everything(self) -> bool:
        """Print every lesson, or the errors in it; tell whether there are none."""
        self._findings(self._authored.faults)
        outlines = self._authored.course.lessons
        if self._authored.only is not None:
            outlines = (self._authored.only,)
        sound = [self._whole(outline) for outline in outlines]
        self._terminal.stdout.flush()
        return all(sound) and not has_errors(self._authored.faults)

    def edited(self, edit: Edit) -> None:
        """Print what was edited, or the errors in it."""
        self._terminal.say("")
        if self._authored.faults:
            self._findings(self._authored.faults)
        elif edit.lesson is None:
            self._terminal.say("The course was read anew.")
        else:
            self._edited(edit.lesson, edit.spot)
        self._terminal.stdout.flush()

    def _edited(self, outline: LessonOutline, spot: Spot | None) -> None:
        self._attempts.clear()
        read = self._authored.read(outline)
        was_broken = outline.path in self._broken
        self._findings(read.findings)
        self._broken.discard(outline.path)
        if read.lesson is None:
            self._broken.add(outline.path)
        elif spot is not None:
            self._show(read.lesson, spot)
        elif was_broken:
            self._terminal.say("Mended. The lesson is as it was.")
        else:
            self._terminal.say(f"“{one_line(read.lesson.title)}”: no step or question is changed.")

    def _whole(self, outline: LessonOutline) -> bool:
        self._attempts.clear()
        read = self._authored.read(outline)
        self._findings(read.findings)
        if read.lesson is None:
            self._broken.add(outline.path)
            return False
        self._terminal.say("", f"Lesson: {one_line(read.lesson.title)}")
        for number in range(len(read.lesson.steps)):
            self._terminal.say("")
            self._show(read.lesson, Spot("steps", number))
        for number in range(len(read.lesson.quiz.questions) if read.lesson.quiz else 0):
            self._terminal.say("")
            self._show(read.lesson, Spot("quiz", number))
        return True

    def _findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._terminal.say(*render(finding).split("\n"))

    def _show(self, lesson: Lesson, spot: Spot) -> None:
        """Print a step or a question as a learner is told it; a question with its feedback."""
        course = self._authored.course
        if spot.part == "quiz":
            quiz = self._attempt("quiz", lambda: self._study.quiz(course, lesson))
            question = quiz.progress[spot.number].question
            self._ask(lesson, quiz, question, f"Question {spot.number + 1} of {len(quiz.progress)}")
            return
        heading = f"Step {spot.number + 1} of {len(lesson.steps)}"
        step = lesson.steps[spot.number]
        if isinstance(step, Question):
            practice = self._attempt("steps", lambda: self._study.practice(course, lesson))
            self._ask(lesson, practice, step, f"{heading}, a question")
            return
        self._terminal.say(f"{heading}: {one_line(step.title)}" if step.title else f"{heading}.")
        if isinstance(step, Reflect):
            said = [
                *markdown_lines.asked("", step.prompt, course.citations),
                *answer_lines.named(step.choices),
            ]
        else:
            said = steps.lines(step, course.citations, self._study.first_side(course))
        self._terminal.say(*said)

    def _attempt(self, part: str, begin: Callable[[], Attempt | None]) -> Attempt:
        """The attempt of a part of the lesson at hand: one for all of its questions."""
        if part not in self._attempts:
            attempt = begin()
            assert attempt is not None
            self._attempts[part] = attempt
        return self._attempts[part]

    def _ask(self, lesson: Lesson, attempt: Attempt, question: AnyQuestion, heading: str) -> None:
        attempt.go(question.id)
        sitting = Sitting(self._study, self._authored.course, lesson, self._terminal)
        Asking(sitting, attempt, heading).show_again()
        for number, hint in enumerate(question.hints, 1):
            self._terminal.say(*markdown_lines.told(f"Hint {number}:", hint))
        for item in question.rows():
            if item.feedback:
                lead = f"To “{plain_item_line(item.text)}”:"
                self._terminal.say(*markdown_lines.told(lead, item.feedback))
        self._terminal.say(
            *verdicts.right_answer(question, attempt.arranged(question)),
            *verdicts.why(question),
        )
