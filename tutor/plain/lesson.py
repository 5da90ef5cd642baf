"""A lesson walked through step by step."""

import re
from datetime import date

from tutor import phrases
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_of
from tutor.course.model.steps import Reflect, Step
from tutor.course.text import one_line
from tutor.days import day_of, written
from tutor.errors import StaleAttempt
from tutor.plain import answer_lines, markdown_lines, quiz, steps
from tutor.plain.question import Asking, GoBack, Sitting, command, show_sources
from tutor.plain.terminal import Stopped
from tutor.progress.lesson_end import objectives_so_far, practiced
from tutor.progress.practice_calendar import local
from tutor.quiz.attempt import Attempt
from tutor.records import attempts
from tutor.records.written.reflections import Reflection


def read(sitting: Sitting, look: int | None = None) -> int:
    """Walk through a lesson from where the learner was; at a terminal, offer its quiz.

    Args:
        look: The step to look at first, from 0; None for the one where the learner was.

    Returns:
        0 at the end of the lesson; 1 where it, or the quiz begun after it, is left unfinished.
    """
    if not Reading(sitting).run(look):
        return quiz.UNFINISHED
    if sitting.lesson.quiz is None:
        return 0
    questions = phrases.plural(sitting.lesson.quiz.asked, "question")
    if not sitting.terminal.interactive:
        sitting.terminal.say(f"Next comes its quiz, {questions}.")
        return 0
    try:
        while line := sitting.terminal.read(f"Enter takes its quiz, {questions} (q stop): "):
            if command(line, bare=True) == "q":
                return 0
            sitting.terminal.say("Enter takes the quiz, q stops.")
    except Stopped:
        return 0
    sitting.terminal.say("")
    return quiz.take(sitting)


# What a bare letter may have meant where a thought is asked for.
_MEANT = {
    "s": "If you meant the sources, write :s where a thought is asked for.",
    "q": "If you meant to stop, write :q.",
    "b": "If you meant the step before, write :b where a thought is asked for.",
    "?": "If you meant help, write :? where a thought is asked for.",
}
# A number, alone or before whatever else was written.
_CHOICE = re.compile(r"(\d{1,6})(?:[\s:;.,)-]+(.*))?\Z", re.DOTALL)


class Reading:
    """One passage through the steps of a lesson."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._study, self._course, self._lesson = sitting.study, sitting.course, sitting.lesson
        self._terminal = sitting.terminal
        self._steps = sitting.lesson.steps
        self._goes_on = attempts.has_unfinished(
            self._study.store, self._study.learner, self._course.id, self._lesson.id, "lesson"
        )
        self._practice = self._open_practice()

    def _open_practice(self) -> Attempt | None:
        return self._study.practice(
            self._course, self._lesson, one_try=not self._terminal.interactive
        )

    def run(self, look: int | None = None) -> bool:
        """Go from step to step; False where the learner leaves before the end."""
        look = look if look is not None and look < len(self._steps) else None
        here = self._begin(look)
        remember = self._study.move_to if look is None else self._study.look_at
        try:
            while here < len(self._steps):
                remember(self._course, self._lesson, here)
                try:
                    here = self._step(here)
                except GoBack:
                    here -= 1
                remember = self._study.move_to
            self._skipped()
        except Stopped:
            here = self._study.position(self._course, self._lesson)
            count = len(self._steps)
            self._terminal.tell(f"Left at step {here + 1} of {count}; start again to go on there.")
            return False
        self._finish_practice()
        facts = practiced(self._lesson, self._practice).facts()
        said = [f"{phrases.capital(facts)}."] if facts else []
        self._terminal.say("", *said, "This is the end of the lesson.")
        self._say_what_is_settled()
        return True

    def _say_what_is_settled(self) -> None:
        """What one can do now, and what is not settled yet, with why."""
        found = objectives_so_far(self._study, self._course, self._lesson, self._practice)
        solid = [one for one in found if one.state == "solid"]
        others = [one for one in found if one.state != "solid"]
        if solid:
            self._terminal.say("You can now:", *(f"  {one_line(one.text)}" for one in solid))
        if others:
            told = (f"  {one_line(one.text)} ({one.why})" for one in others)
            self._terminal.say("Not settled yet:", *told)

    def _begin(self, look: int | None) -> int:
        lesson = self._lesson
        here = self._study.position(self._course, lesson) if look is None else look
        if (
            look is None
            and self._steps
            and here == len(self._steps) - 1
            and self._is_done(self._steps[here])
        ):
            here = 0  # read to the end before: it begins again
        minutes = f" About {phrases.plural(lesson.minutes, 'minute')}." if lesson.minutes else ""
        self._terminal.say(f"Lesson: {markdown_lines.ended(lesson.title)}{minutes}")
        if here > 0:
            self._terminal.say(f"Going on at step {here + 1} of {len(self._steps)}.")
            return here
        if self._practice is not None and not self._practice.open_questions():
            self._finish_practice()
            self._practice = self._open_practice()
        if lesson.objectives:
            self._terminal.say("Afterwards you can:")
            self._terminal.say(*(f"  {one_line(text)}" for text in lesson.objectives.values()))
        if self._terminal.interactive:
            self._terminal.say("Enter goes on, :? explains.")
        return 0

    def _is_done(self, last: Step | Question) -> bool:
        """Whether nothing was left to do when the learner was at the last step."""
        if self._practice is not None and self._goes_on:
            waiting = self._practice.open_questions()
            if any(one.skipped or one.question is last for one in waiting):
                return False
        if isinstance(last, Reflect):
            return self._study.reflection(self._course, last.id) is not None
        return True

    def _finish_practice(self) -> None:
        if self._practice is not None:
            try:
                self._practice.finish()
            except StaleAttempt:
                self._reload(self._practice).finish()

    def _reload(self, practice: Attempt) -> Attempt:
        """Take practice up as another program left it."""
        self._practice = self._study.reload(self._course, self._lesson, practice)
        return self._practice

    def _step(self, here: int) -> int:
        """Show one step; return the next one."""
        step = self._steps[here]
        self._terminal.say("")
        heading = f"Step {here + 1} of {len(self._steps)}"
        if isinstance(step, Question):
            answered = self._question(step, f"{heading}, a question", follows=here > 0)
            return self._turn(here, step) if answered else here + 1
        self._terminal.say(f"{heading}: {one_line(step.title)}" if step.title else f"{heading}.")
        if isinstance(step, Reflect):
            self._reflect(step, follows=here > 0)
            return here + 1
        first_side = self._study.first_side(self._course)
        self._terminal.say(*steps.lines(step, self._course.citations, first_side))
        note = self._study.note(self._course, self._lesson, step)
        if note:
            self._terminal.say(f"Your note: {one_line(note)}")
        return self._turn(here, step)

    # Going on

    def _turn(self, here: int, step: Step | Question) -> int:
        """Wait for Enter at a terminal; a number goes to that step."""
        while self._terminal.interactive:
            line = self._terminal.read(self._turn_prompt(here, step))
            letter = command(line, bare=True)
            numbers = answer_lines.numbers_in(line) if line else None
            if not line:
                break
            if line[:2].casefold() == "n ":
                self._note(step, line[2:])
            elif line.casefold() in ("o", ":o"):
                self._outline(here)
            elif line.casefold() in ("b", ":b") and here:
                return here - 1
            elif line.casefold() in ("a", ":a") and self._can_repeat(step):
                self._try_again(here, step)
            elif letter:
                self._obey(letter, step)
            elif numbers and 1 <= numbers[0] <= len(self._steps):
                return numbers[0] - 1
            else:
                self._explain(step)
        return here + 1

    def _note(self, step: Step | Question, text: str) -> None:
        """Keep a note on a step, in the place of the one before."""
        number = self._steps.index(step)
        self._study.keep_note(self._course, self._lesson, step, number, text)  # type: ignore[arg-type]
        self._terminal.say("Kept: `tutor notes` takes all your notes along.")

    def _outline(self, here: int) -> None:
        """All steps with their numbers, which questions are not answered, and where a note is."""
        waiting = practiced(self._lesson, self._practice).waiting
        shown = self._study.shown(self._course, self._lesson)
        noted = self._study.noted(self._course, self._lesson)
        for number, step in enumerate(self._steps, 1):
            more = ["note"] if number - 1 in noted else []
            if number == here + 1:
                more.append("you are here")
            elif number in waiting and number - 1 in shown:
                more.append("not answered")
            said = f"  {number}. {phrases.step_name(step)}"
            self._terminal.say(f"{said} ({', '.join(more)})" if more else said)
        self._terminal.say("A number goes to that step.")

    def _can_repeat(self, step: Step | Question) -> bool:
        if self._practice is None or not isinstance(step, Question):
            return False
        return self._practice.can_repeat(self._practice.progress_of(step.id))

    def _try_again(self, here: int, step: Step | Question) -> None:
        """Ask a question that is answered once more."""
        assert self._practice is not None
        assert isinstance(step, Question)
        try:
            self._practice.go(step.id)
            self._practice.repeat()
        except StaleAttempt as stale:
            self._reload(self._practice)
            self._terminal.tell(f"{stale.title} {stale.remedy}")
        self._question(step, f"Step {here + 1} of {len(self._steps)}, again")

    def _turn_prompt(self, here: int, step: Step | Question) -> str:
        offers = [
            *(["b back"] if here else []),
            *(["s sources"] if claims_of(step) else []),
            *(["w words"] if self._words(step) else []),
            *(["a again"] if self._can_repeat(step) else []),
            "o outline",
            "q stop",
        ]
        return f"Enter goes on ({', '.join(offers)}): "

    def _obey(self, letter: str, step: Step | Question) -> None:
        match letter:
            case "q":
                raise Stopped
            case "s":
                show_sources(self._sitting, claims_of(step))
            case "w":
                words = [f"{word}: {meaning}" for word, meaning in self._words(step).items()]
                self._terminal.say(*(words or ["No word here is explained in the glossary."]))
            case _:
                self._explain(step)

    def _explain(self, step: Step | Question) -> None:
        """What can be written here; only what works now."""
        again = ["a asks the question once more."] if self._can_repeat(step) else []
        sources = ["s tells who says what the step rests on."] if claims_of(step) else []
        words = ["w explains the words that are in the glossary."] if self._words(step) else []
        self._terminal.say(
            "Enter goes to the next step.",
            *(["b goes to the step before."] if step is not self._steps[0] else []),
            f"A number, 1 to {len(self._steps)}, goes to that step; o lists them.",
            *again,
            *sources,
            *words,
            "n and some words is a note on the step, for you alone.",
            "q stops; next time you go on here.",
        )

    def _words(self, step: Step | Question) -> dict[str, str]:
        return markdown_lines.words(step, self._course)

    # Questions between the steps

    def _question(self, question: Question, heading: str, *, follows: bool = False) -> bool:
        """Ask a question, or show one answered before; False where it is left for later."""
        while self._practice is not None:
            try:
                self._practice.go(question.id)
                asking = Asking(self._sitting, self._practice, heading, follows=follows)
                asked = self._practice.current
                if self._practice.settled(asked):
                    asking.show_again()
                else:
                    asking.run()
                return self._practice.settled(asked)
            except StaleAttempt as stale:
                self._reload(self._practice)
                self._terminal.tell(f"{stale.title} {stale.remedy}")
        return False

    def _skipped(self) -> None:
        """At a terminal, ask what was skipped once more."""
        again = quiz.open_again(self._practice) if self._practice is not None else []
        if not again or not self._terminal.interactive:
            return
        skipped = phrases.plural(len(again), "question was", "questions were")
        self._terminal.say(
            "", f"{skipped} skipped and may be answered now. Two empty lines leave it."
        )
        for number, progress in enumerate(again, 1):
            self._terminal.say("")
            self._question(progress.question, f"Skipped question {number} of {len(again)}")

    # Thoughts

    def _reflect(self, step: Reflect, *, follows: bool) -> None:
        self._terminal.say(*markdown_lines.asked("", step.prompt, self._course.citations))
        self._terminal.say(*self._earlier(step), *answer_lines.named(step.choices))
        wanted = f"1-{len(step.choices)} and why" if step.choices else "in your own words"
        begun = self._begun(step)
        if begun:
            self._terminal.say(*markdown_lines.hung("You had begun:", begun))
        again = ":d keeps what you had begun, " if begun else ""
        back = ":b back, " if follows and self._terminal.interactive else ""
        leads = f"{wanted}, {again}Enter skips, {back}:q stop; private, not scored"
        prompt = f"Your thought ({leads}): "
        while True:
            line = self._terminal.read(prompt)
            if begun and line.casefold() == ":d":
                line = begun
            if back and line.casefold() == ":b":
                raise GoBack
            letter = command(line, bare=False)
            if not letter:
                break
            if letter == "q":
                raise Stopped
            if letter == "s":
                show_sources(self._sitting, claims_of(step))
            else:
                self._terminal.say("Write what you think on one line; an empty line skips this.")
        if line:
            choice, text = self._thought(line, step)
            self._study.reflect(self._course, self._lesson, step, choice, text)
            self._terminal.say("Kept for you alone.", *_perhaps_meant(line))

    def _thought(self, line: str, step: Reflect) -> tuple[str, str]:
        """The choice made, if any, and the text; `2 years ago …` may be no choice, so ask."""
        chosen = _chosen(line, step)
        if chosen is None:
            return "", line
        if self._terminal.interactive and line.partition(" ")[0].isdecimal() and chosen[1]:
            number = line.partition(" ")[0]
            self._study.begin_thought(self._course, self._lesson, step, ("", line), wait=True)
            asked = f"Is {number} your choice, “{one_line(chosen[0])}”? (Enter yes, n no): "
            if self._terminal.read(asked).casefold() in ("n", "no"):
                return "", line
        return chosen

    def _begun(self, step: Reflect) -> str:
        """What was begun here and not kept, as it would be written; nothing in a pipe."""
        begun = self._study.thought_begun(self._course, step)
        if begun is None or not self._terminal.interactive:
            return ""
        choice, text = begun
        number = str(step.choices.index(choice) + 1) if choice in step.choices else ""
        return " ".join(part for part in (number, text) if part)

    def _earlier(self, step: Reflect) -> list[str]:
        """What was written here before, and at the step that this one comes back to."""
        named = [*([step.revisits] if step.revisits else []), step.id]
        kept = (self._study.reflection(self._course, name) for name in named)
        today = day_of(self._study.store.clock())
        return [_written(one, today) for one in kept if one is not None]


def _perhaps_meant(line: str) -> list[str]:
    """What to say of a thought that is the letter of a command, which here wants its colon."""
    letter = command(line, bare=True) or line.casefold()
    if letter not in _MEANT or line.startswith(":"):
        return []
    return [f"Your thought is now “{line}”. {_MEANT[letter]}"]


def _chosen(line: str, step: Reflect) -> tuple[str, str] | None:
    """A line such as `1: because of …` as the choice made and the text; None for no choice."""
    found = _CHOICE.match(line)
    number = int(found[1]) if found else 0
    if found is None or not 1 <= number <= len(step.choices):
        return None
    return step.choices[number - 1], (found[2] or "").strip()


def _written(kept: Reflection, today: date) -> str:
    parts = [one_line(part) for part in (kept.choice, kept.text) if part]
    day = written(local(kept.at).date(), today)
    return f"You wrote on {day}: {', '.join(parts)}"
