"""One question, asked until it is answered, skipped, or left."""

from collections.abc import Iterator

from msgspec import Struct

from tutor import phrases
from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.model.questions import AnyQuestion, Gaps, Open, Question, Response
from tutor.course.text import one_line
from tutor.plain import answer_lines, markdown_lines, verdicts
from tutor.plain.answer_lines import Unreadable
from tutor.plain.terminal import Stopped, Terminal
from tutor.quiz.attempt import Attempt, Verdict
from tutor.quiz.draft import Draft, is_whole
from tutor.quiz.events import Confidence
from tutor.quiz.word_bank import only_word, outside_bank
from tutor.study import Study

_COMMANDS = ("h", "s", "q", "r", "w", "?")
_SHOWN = 60
_SURE: dict[str, Confidence | None] = {"1": "sure", "2": "think-so", "3": "guess", "": None}
_HOW_SURE = "How sure? 1 sure, 2 think so, 3 guess (Enter: no answer): "


class Sitting(Struct, frozen=True):
    """A learner with a lesson at a terminal."""

    study: Study
    course: Course
    lesson: Lesson
    terminal: Terminal


class GoOn(Exception):
    """The learner goes on in a lesson, out of the results of a quiz.

    Attributes:
        lesson: Where.
        look: The step to look at, from 0; None for the one where they were.
    """

    def __init__(self, lesson: LessonOutline, look: int | None = None) -> None:
        super().__init__(lesson.title)
        self.lesson = lesson
        self.look = look


class GoBack(Exception):
    """The learner goes to the step before."""


def command(line: str, *, bare: bool) -> str:
    """The letter of a command such as `:h`; empty where the line is none.

    Args:
        bare: Whether the letter counts without its colon.
    """
    word = line.casefold()
    if word[:1] == ":" and word[1:] in _COMMANDS:
        return word[1:]
    return word if bare and word in _COMMANDS else ""


def show_sources(sitting: Sitting, claims: tuple[str, ...]) -> None:
    """Say who says what something rests on."""
    cited = phrases.citations(claims, sitting.course.citations)
    for lines in cited:
        sitting.terminal.say(lines[0], *(f"  {line}" for line in lines[1:]))
    if not cited:
        sitting.terminal.say("No source is named here.")


def taught(sitting: Sitting, question: AnyQuestion, lesson: str = "") -> list[str]:
    """Where it is taught what a question asks, in a line; none where nobody knows.

    Args:
        lesson: Its lesson's id; empty where its objective names it, as in a review.
    """
    where = sitting.study.reviews.taught(sitting.course, question, lesson)
    if where is None:
        return []
    title = one_line(where.outline.title)
    return [f"It is taught in {phrases.taught(where)}: {phrases.sentence(title)}"]


class Asking:
    """The current question of an attempt, put to the learner.

    Args:
        attempt: Its current question is asked.
        heading: Which question it is: `Question 3 of 8`.
        before: The question answered before it, whose sources can still be looked up.
        follows: Whether it is a step of a lesson that comes after another one.
    """

    def __init__(
        self,
        sitting: Sitting,
        attempt: Attempt,
        heading: str,
        before: Question | None = None,
        *,
        follows: bool = False,
    ) -> None:
        self._sitting = sitting
        self._terminal = sitting.terminal
        self._attempt = attempt
        self._heading = heading
        self._claims_before: tuple[str, ...] = ()
        if before is not None:
            from tutor.course.model.references import claims_of  # the first question needs none

            self._claims_before = claims_of(before)
        self._follows = follows and sitting.terminal.interactive
        self._progress = attempt.current
        self._question = attempt.current.question
        self._arrangement = attempt.arranged(self._question)
        self._asked = answer_lines.ask(self._question, self._arrangement)
        self._bare = not answer_lines.takes_text(self._question)
        self._once = attempt.mode == "test" or not sitting.terminal.interactive

    def run(self) -> None:
        """Ask; afterwards the question is settled, or left for later.

        Raises:
            Stopped: The learner stopped, or the input ended.
            GoBack: The learner goes to the step before.
        """
        if self._progress.changed:
            self._terminal.say("The next question was changed since you answered it.")
        self._show_stem()
        if self._attempt.covered(self._progress):
            self._think()
        elif self._progress.wrote:
            self._terminal.say(*markdown_lines.hung("You wrote:", self._progress.wrote))
        self._show_asked()
        self._show_begun()
        self._show_given()
        while not self._attempt.settled(self._progress):
            line = self._written_before() or self._read_line()
            if isinstance(self._question, Open):
                answered = self._respond_open(line)
            else:
                answered = self._respond(line)
            if not line or (answered and self._once):
                break
        settled = self._attempt.settled(self._progress)
        waits = self._attempt.waits(self._progress) and not settled
        if waits and not self._progress.responses:
            off = self._attempt.mode == "review"
            self._terminal.say("Put off until tomorrow." if off else "Skipped.")
        if waits and self._attempt.mode == "review":
            self._sitting.study.reviews.put_off(self._attempt)
        elif waits:
            self._attempt.skip()

    def show_again(self) -> None:
        """Show a question that takes no further response, with what became of it."""
        self._show_stem()
        self._show_asked()
        verdict = self._attempt.verdict(self._progress)
        if verdict is not None and verdict.response is not None:
            given = self._question.describe(verdict.response)
            self._terminal.say(f"You answered: {given}")
        if verdict is not None:
            self._terminal.say(*verdicts.lines(self._question, self._arrangement, verdict))

    def _show_given(self) -> None:
        """Say what was answered before, where no verdict says it."""
        if self._attempt.feedback_held and self._progress.last is not None:
            given = self._question.describe(self._progress.last.response)
            self._terminal.say(f"You answered: {given}")

    def _show_stem(self) -> None:
        known = self._sitting.course.citations
        self._terminal.say(*markdown_lines.asked(f"{self._heading}.", self._question.stem, known))

    def _show_asked(self) -> None:
        if not self._attempt.covered(self._progress):
            self._terminal.say(*self._asked.lines)

    def _think(self) -> None:
        """Let the learner think of the answer, or write it, before the options are shown."""
        begun = self._attempt.draft(self._progress)
        thought = begun.thought if begun is not None else ""
        if thought:
            self._terminal.say(*markdown_lines.hung("You had begun:", thought))
        keeps = "Enter alone keeps what you had begun, :x drops it, " if thought else ""
        prompt = f"Think of the answer, or write it, then Enter ({keeps}:q stop): "
        while True:
            line = self._terminal.read(prompt)
            letter = command(line, bare=False)
            if not letter:
                if thought and line.casefold() == ":x":
                    line = thought = ""
                if line:
                    self._terminal.say(*markdown_lines.hung("You wrote:", line))
                self._attempt.uncover(line or thought)
                return
            self._obey(letter)

    # What was begun and not given

    @property
    def _begun(self) -> Draft | None:
        """What was begun, for a person to go on with; a pipe goes its own way."""
        return self._attempt.draft(self._progress) if self._terminal.interactive else None

    def _show_begun(self) -> None:
        if self._begun is not None:
            line = answer_lines.as_line(self._question, self._arrangement, self._begun.response)
            said = "You had written:" if isinstance(self._question, Open) else "You had begun:"
            self._terminal.say(*markdown_lines.hung(said, line))

    def _written_before(self) -> str:
        """The text of an open answer that was written before, and now only wants its points."""
        begun = self._begun
        return str(begun.response["text"]) if begun is not None and begun.written else ""

    def _begin(self, response: Response, *, written: bool = False) -> None:
        """Keep a response that a second question comes before: whatever happens, it is there."""
        if self._terminal.interactive:
            draft = Draft(response=response, written=written)
            self._attempt.keep_draft(self._question.id, draft, wait=True)

    # Reading a line

    def _read_line(self) -> str:
        asked = False
        while True:
            line = self._terminal.read(self._prompt(skips=asked))
            if not line and self._skips_by_two and not asked:
                asked = True
                off = self._attempt.mode == "review"
                does = "puts this question off until tomorrow" if off else "skips this question"
                to = "put it off" if off else "skip"
                self._terminal.say(
                    f"An empty line {does}: Enter once more to {to}, or your answer."
                )
                continue
            asked = False
            begun = self._begun
            if begun is not None and line.casefold() in (":d", "d" if self._bare else ":d"):
                if is_whole(self._question, begun.response):
                    return answer_lines.as_line(self._question, self._arrangement, begun.response)
                self._terminal.say(f"It is not complete. Write {self._asked.expected}.")
                continue
            if self._follows and line.casefold() in (":b", "b" if self._bare else ":b"):
                raise GoBack
            letter = command(line, bare=self._bare)
            if not letter:
                return line
            self._obey(letter)
            if self._attempt.settled(self._progress):
                return ""

    @property
    def _skips_by_two(self) -> bool:
        """Whether a person skips here, where an Enter too many must not do it."""
        return self._terminal.interactive and not self._progress.responses

    def _prompt(self, *, skips: bool) -> str:
        """What is asked for, and what else can be written.

        Args:
            skips: Whether the next empty line skips the question.
        """
        again = bool(self._progress.responses)
        enter = ["Enter goes on"] if again else []
        if skips:
            enter.append("Enter puts it off" if self._attempt.mode == "review" else "Enter skips")
        said = "Try again" if again else "Answer"
        if again and self._attempt.mode == "test":
            said = "Another answer"
        offers = (self._asked.wanted, *enter, *(brief for brief, _ in self._offers()))
        return f"{said} ({', '.join(offers)}): "

    def _offers(self) -> Iterator[tuple[str, str]]:
        """The commands that work now: each in brief, for the prompt, and in a sentence."""
        colon = "" if self._bare else ":"
        if self._begun is not None:
            said = f"{colon}d gives the answer that you had begun."
            yield f"{colon}d what you had begun", said
        hints = self._attempt.hints_left(self._progress)
        if hints:
            cost = phrases.hint_cost(self._attempt.hint_cost(self._progress))
            yield f"{colon}h hint", f"{colon}h shows a hint ({hints} left, {cost})."
        if self._claims_before:
            said = f"{colon}s tells who says what the question before rests on."
            yield f"{colon}s sources of the question before", said
        if self._attempt.reveal_offered(self._progress):
            yield f"{colon}r shows the answer", f"{colon}r shows the answer."
        if self._follows:
            yield f"{colon}b back", f"{colon}b goes to the step before."
        yield f"{colon}q stop", f"{colon}q stops; next time you go on here."

    def _obey(self, letter: str) -> None:
        match letter:
            case "q":
                raise Stopped
            case "h":
                self._hint()
            case "s" if self._attempt.feedback_held:
                self._terminal.say("Sources are shown after the test.")
            case "s" if self._claims_before:
                self._terminal.say("The question before rests on:")
                show_sources(self._sitting, self._claims_before)
            case "s":
                self._terminal.say("First your answer: the sources might give it away.")
            case "r":
                self._reveal()
            case "?":
                self._terminal.say(*self._help())
                self._show_stem()
                self._show_asked()
            case _:
                self._terminal.say("The words of a lesson are explained at its steps to read.")

    def _hint(self) -> None:
        cost = phrases.hint_cost(self._attempt.hint_cost(self._progress))
        hint = self._attempt.hint()
        if hint is not None:
            of = f"{self._progress.hints} of {len(self._question.hints)}"
            self._terminal.say(*markdown_lines.told(f"Hint {of} ({cost}):", hint))
        elif self._question.hints and not self._attempt.opened.helps:
            self._terminal.say("Hints are switched off.")
        else:
            self._terminal.say(
                "There is no more hint." if self._question.hints else "No hint here."
            )

    def _reveal(self) -> None:
        if not self._attempt.reveal_offered(self._progress):
            self._terminal.say("The answer is not offered here yet.")
            return
        self._attempt.reveal()
        self._terminal.say(
            *verdicts.right_answer(self._question, self._arrangement), *verdicts.why(self._question)
        )

    def _help(self) -> list[str]:
        """What can be written here; only what works now."""
        enter = "An empty line goes on."
        if not self._progress.responses:
            skips = "Two empty lines skip" if self._skips_by_two else "An empty line skips"
            enter = f"{skips} the question{self._after_a_skip()}."
        offers = (sentence for _, sentence in self._offers())
        return [f"Write {self._asked.expected}.", enter, *offers]

    def _after_a_skip(self) -> str:
        if self._attempt.mode == "review":
            return "; it does not come again today"
        return "; it comes again at the end" if self._terminal.interactive else ""

    # Responding

    def _respond(self, line: str) -> bool:
        """Grade a line; False where it is to be written again, or skips."""
        if not line:
            return False
        response = answer_lines.parse(self._question, self._arrangement, line)
        if isinstance(response, Unreadable):
            self._complain(line, response)
            if self._terminal.interactive:
                return False
            response = None
        outside = outside_bank(self._question, response)
        if outside and self._terminal.interactive:
            self._terminal.say(f"{phrases.outside_bank(outside)} {self._meant(outside)}")
            return False
        self._give(response)
        return True

    def _meant(self, text: str) -> str:
        assert isinstance(self._question, Gaps)
        word = only_word(self._question.words(), text)
        return f"Is “{one_line(word)}” meant? Write it whole." if word else "Write one of them."

    def _respond_open(self, line: str) -> bool:
        """Keep a free text with the points ticked; in a pipe it always takes two lines."""
        if not line and self._terminal.interactive:
            return False
        if self._written_before() != line:
            self._begin({"text": line, "ticked": []}, written=True)
        try:
            ticked = self._ticks()
        except Stopped:
            if line:
                self._give({"text": line, "ticked": []})
            raise
        if line or ticked:
            self._give({"text": line, "ticked": ticked})
        return True

    def _ticks(self) -> list[str]:
        question = self._question
        assert isinstance(question, Open)
        asked = answer_lines.ask_ticks(question, self._arrangement)
        self._terminal.say(*asked.lines)
        while True:
            line = self._terminal.read(f"Points ({asked.wanted}, q stop): ")
            if command(line, bare=True) == "q":
                raise Stopped
            ticked = answer_lines.parse_ticks(question, self._arrangement, line)
            if not isinstance(ticked, Unreadable):
                return ticked
            self._complain(line, ticked)
            if not self._terminal.interactive:
                return []

    def _complain(self, line: str, unreadable: Unreadable) -> None:
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
        said = f"“{shown}” was not understood; expected {unreadable.expected}."
        if self._terminal.interactive:
            self._terminal.say(said)
        else:
            self._terminal.tell(f"{self._heading}: {said}")

    def _give(self, response: Response) -> None:
        verdict = self._attempt.respond(response, self._confidence(response))
        if verdict is not None:
            self._terminal.say(*self._told(verdict))
        elif self._attempt.feedback_held:
            understood = response is not None
            kept = "Answer kept." if understood else "Not understood: it counts as no answer."
            self._terminal.say(kept)

    def _told(self, verdict: Verdict) -> list[str]:
        """The verdict in lines; on a screen its parts stand apart, and the last says where to read.

        A review says that after it has said when the question comes back.
        """
        told = verdicts.blocks(self._question, self._arrangement, verdict)
        if not self._terminal.interactive:
            return [line for block in told for line in block]
        missed = verdict.settled and verdict.outcome in ("partly", "wrong")
        if missed and self._attempt.mode == "quiz":
            told.append(taught(self._sitting, self._question, self._sitting.lesson.id))
        return verdicts.set_apart(told)

    def _confidence(self, response: Response) -> Confidence | None:
        """How sure the learner is, asked at a terminal where the learner has switched it on."""
        settings = self._sitting.study.settings()
        if not self._terminal.interactive or not self._question.scored:
            return None
        if settings["confidence"] != "on" or not self._attempt.asks_how_sure:
            return None
        self._begin(response)
        while (line := self._terminal.read(_HOW_SURE)) not in _SURE:
            if command(line, bare=True) == "q":
                raise Stopped
        return _SURE[line]
