"""What came of a run: the score, what it means, and what to do with it; also long after."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from tutor import phrases
from tutor.app.navigation import Back, Navigator, Trail
from tutor.app.safe_text import lines, literal
from tutor.app.screens.page import DOUBLE_TAP, TWO_PANES, Page
from tutor.app.signs import ON_THE_WAY, RIGHT, SOLID
from tutor.app.widgets.course.home_rows import NEXT
from tutor.app.widgets.course.lesson_pane import STATES
from tutor.app.widgets.outcomes import Part, QuestionRow, sign, signs
from tutor.app.widgets.rows import Heading, Item, Row, Rows, hung
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn, heading, ruled, thin_bar
from tutor.course.model.markdown.plain import words_line
from tutor.course.text import one_line
from tutor.days import brief
from tutor.progress import practice_calendar, results
from tutor.progress.course_end import CourseEnd
from tutor.progress.results import Action, Place, Results
from tutor.quiz.past_run import PastQuestion
from tutor.session import hand_in_folder
from tutor.study import Study

_BAR = 46
_LOW = 24  # so low a window shows nothing between the score and the rows
_KEYS = {
    "read": "r",
    "practice": "m",
    "again": "a",
    "next": "→",
    "begin": "→",
    "test": "t",
    "hand-in": "h",
    "home": "esc",
}
_VERBS = {
    "read": "read again",
    "practice": "practice the missed|practice",
    "again": "again",
    "next": "next lesson|next",
    "test": "test",
    "hand-in": "hand in",
    "home": "home",
}


class ResultsPage(Page):
    """The results of a finished run.

    Args:
        back: Where one came from, and goes back to; None for home.
    """

    CSS_PATH = "results.tcss"
    HORIZONTAL_BREAKPOINTS = TWO_PANES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r,f4",
            "offer('read')",
            "read again",
            id="results.read",
            tooltip="Read the steps again that teach what you missed, one after the other",
        ),
        Binding(
            "m,f2",
            "offer('practice')",
            "practice the missed|practice",
            id="results.practice",
            tooltip="Practice the questions you missed; the score stays",
        ),
        Binding(
            "a,f5", "offer('again')", "again", id="results.again", tooltip="Take the quiz again"
        ),
        Binding(
            "v,f3",
            "look",
            "all questions",
            id="results.look",
            tooltip="Look at all questions again, with feedback",
        ),
        Binding(
            "right,ctrl+n",
            "onward",
            "next lesson|next",
            id="results.next",
            tooltip="Go on to the next lesson",
        ),
        Binding("t,f7", "offer('test')", "test", id="results.test", tooltip="Sit the test"),
        Binding(
            "h,f8",
            "offer('hand-in')",
            "hand in",
            id="results.hand-in",
            tooltip="Write your results into a file for your teacher",
        ),
        Binding(
            "p,f6",
            "progress",
            "progress",
            id="results.progress",
            tooltip="See your scores",
            show=False,
        ),
    ]

    def __init__(self, study: Study, of: Results, back: Back | None = None) -> None:
        super().__init__()
        self._study = study
        self._of = of
        self._back_to = back
        self._shape = (True, False)  # whether there is a second pane, and whether it is low
        self._rows = Rows(self._items(), id="actions")

    def head(self, width: int) -> tuple[Content, Content]:
        """The lesson, what this was, and when."""
        of = self._of
        when = literal(of.when(briefly=width < 70), "$quiet")
        room = width - when.cell_length - 2
        if not of.name:
            return literal(of.title, "bold").truncate(max(0, room), ellipsis=True), when
        return heading(of.title, of.name, room), when

    def body(self) -> Iterator[Widget]:
        """The score, what to do now, the questions; beside them the objectives."""
        of = self._of
        with Horizontal(id="panes"):
            with Reading(id="scroll"), Vertical(id="column"):
                with Horizontal(id="score"):
                    yield Digits(phrases.percent(of.run.score, of.mark).rstrip("%"), id="digits")
                    yield Static("%", id="percent", markup=False)
                    yield Drawn(self._headline, id="headline")
                if of.since():
                    yield Static(literal(of.since(), "$quiet"), classes="said")
                if of.kind == "before":
                    yield Drawn(self._what_for, classes="said")
                elif of.end is not None:
                    yield Drawn(partial(self._course_end, of.end), classes="said")
                elif of.passed and of.objectives:
                    yield Drawn(self._you_can_now, classes="said")
                yield self._rows
            with VerticalScroll(id="pane", can_focus=False):
                yield Drawn(self._pane)
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Stand on what to do first."""
        self.set_focus(self._rows, scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Show beside the rows, or among them, what the pane has."""
        shape = event.size.width >= 100, event.size.height < _LOW
        if shape != self._shape:
            self._shape = shape
            self._rows.show(self._items(), self._rows.row.name)
        if not self._rows.selected:
            # The score stands above the first row, and is to be seen with it.
            self.call_after_refresh(self.query_one(Reading).scroll_home, animate=False)

    # The score

    def _headline(self, width: int) -> Content:
        of, run = self._of, self._of.run
        told = [self._verdict(width)]
        if run.possible:
            mark = float(of.mark) if of.mark is not None else None
            told.append(thin_bar(float(run.score), min(_BAR, width), mark))
        strip = signs(run.questions) if of.keys_shown else Content("")
        facts = literal(of.facts(), "$quiet")
        if strip.cell_length + facts.cell_length + 2 <= width:
            told.append(Content("  ").join(one for one in (strip, facts) if one.cell_length))
        else:
            told += [*strip.wrap(width), *facts.wrap(width)]
        if of.gain is not None:
            told += literal(phrases.gained(of.gain)).wrap(width)
        return lines(*told)

    def _verdict(self, width: int) -> Content:
        of = self._of
        good = of.passed or (of.run.possible and of.run.earned == of.run.possible)
        said = literal(of.verdict(), "bold")
        if good and of.kind != "before":
            said = Content.assemble(literal(RIGHT, "$success"), " ", literal(of.verdict(), "bold"))
            said = said.stylize("$success")
        if self.has_class("-narrow") or self.has_class("-low"):
            score = literal(f"{phrases.percent(of.run.score, of.mark)} · ", "bold")
            said = score + said if of.run.possible else said
        mark = of.about_mark()
        if mark and said.cell_length + len(mark) + 2 <= width:
            said += literal(f"  {mark}", "$quiet")
        return said

    def _what_for(self, width: int) -> Content:
        said = [ruled("What it is for", width), *self.gap()]
        for number, paragraph in enumerate(results.what_it_is_for(self._of)):
            said += [Content("")] * bool(number) + literal(paragraph).wrap(width)
        return lines(*said)

    def _you_can_now(self, width: int) -> Content:
        solid = [one for one in self._of.objectives if one.state == "solid"]
        begun = [one for one in self._of.objectives if one.state == "on-the-way"]
        title, sign, shown = "You can now", SOLID, solid
        if not solid:
            title, sign, shown = "On the way", ON_THE_WAY, begun
        told = [ruled(title, width), *self.gap()]
        for one in shown:
            told += hung(literal(f"{sign} ", "$primary"), literal(one_line(one.text)), width)
        return lines(*told)

    def _course_end(self, end: CourseEnd, width: int) -> Content:
        return lines(*_end_part(end).draw(width, 0, here=False, wrap=self.has_class("-airy")))

    # The rows

    def _items(self) -> list[Item]:
        of = self._of
        wide, low = self._shape
        items: list[Item] = [Heading(title="What now")]
        items += [_row(action) for action in self._actions()]
        if low and of.end is not None:
            items.append(_end_part(of.end))
        if not wide:
            items += self._among_rows()
        if of.keys_shown:
            items.append(Heading(title="Questions", end="missed first" if of.run.missed else ""))
            items += [self._question(one) for one in of.sorted_questions()]
        return items

    def _actions(self) -> list[Action]:
        """What to do now; in a class a test is handed in first."""
        waits = hand_in_folder() is not None or self._study.hands_in(self._of.course)
        waits = waits and self._study.has_test_to_hand_in(self._of.course)
        return sorted(self._of.actions, key=lambda one: not (waits and one.offer == "hand-in"))

    def _among_rows(self) -> list[Item]:
        """What the pane has, where there is none."""
        items: list[Item] = []
        told = self._objectives()
        if told:
            items.append(self._by_objective(told))
        wrong = self._sure_and_wrong
        if wrong:
            words = results.sure_and_wrong_words(len(wrong))
            items.append(Part(text="Sure, and wrong", lines=_stems(wrong), closing=words))
        return items

    @property
    def _sure_and_wrong(self) -> tuple[PastQuestion, ...]:
        return self._of.run.sure_and_wrong if self._of.keys_shown else ()

    def _by_objective(self, told: list[tuple[str, Content]]) -> Part:
        test = self._of.over_course
        return Part(
            text="By lesson" if test else "By objective",
            end="right" if self._of.kind == "before" else "",
            lines=tuple(told),
        )

    def _question(self, one: PastQuestion) -> QuestionRow:
        question = one.question
        stem = words_line(question.stem) if question else "This question is gone from the lesson."
        return QuestionRow(
            name=f"q{one.number}",
            verb="look at it|look" if question else "",
            subject=stem,
            sign=sign(one),
            number=one.number,
            notes=tuple(results.answered(one)),
        )

    # The pane

    def _objectives(self) -> list[tuple[str, Content]]:
        of = self._of
        if not of.over_course:
            return [
                (results.objective_text(of, name), signs(asked))
                for name, asked in of.run.by_objective().items()
            ]
        if of.kind == "before":
            found = results.right_by_lesson(of)
            return [(title, literal(right, "$primary")) for title, right in found]
        return [(title, signs(asked)) for title, asked in results.by_lesson(of)]

    def _pane(self, width: int) -> Content:
        of = self._of
        told: list[Content] = []
        objectives = self._objectives()
        if objectives:
            part = self._by_objective(objectives)
            told += part.draw(width, 0, here=False, wrap=True)
        wrong = self._sure_and_wrong
        if wrong:
            told += [*self._between(told), ruled("Sure, and wrong", width), *self.gap()]
            for text, lead in _stems(wrong):
                stem = literal(text).truncate(width - 6, ellipsis=True)
                told += hung(lead + Content(" "), stem, width)
            said = results.sure_and_wrong_words(len(wrong))
            told += [*self.gap(), *literal(said, "$quiet").wrap(width)]
        if of.kind == "quiz" and of.tries:
            told += [*self._between(told), ruled("Tries", width), *self.gap()]
            told += [self._try(number, width) for number in range(len(of.tries))]
        return lines(*told) if told else Content("")

    def _between(self, told: list[Content]) -> list[Content]:
        return [Content(""), *self.gap()] if told else []

    def _try(self, number: int, width: int) -> Content:
        of = self._of
        one = of.tries[number]
        day = brief(practice_calendar.local(one.closed).date())
        share = one.earned / one.possible if one.possible else Fraction(0)
        mark = float(of.mark) if of.mark is not None else None
        here = "bold" if one.number == of.number else ""
        passed = of.mark is not None and share >= of.mark
        return Content.assemble(
            literal(f"{day:<7} ", here or "$quiet"),
            thin_bar(float(share), max(4, width - 16), mark),
            literal(f"  {phrases.percent(share, of.mark):>4} ", here),
            literal(RIGHT, "$success") if passed else " ",
        )

    # What one does

    def _offers(self, offer: str) -> Action | None:
        return next((one for one in self._of.actions if one.offer == offer), None)

    @property
    def _onward(self) -> Action | None:
        return self._offers("next") or self._offers("begin")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is to do."""
        if action == "offer":
            return self._offers(str(parameters[0])) is not None
        if action == "look":
            return self._of.keys_shown and self._of.attempt is not None
        if action == "onward":
            return self._onward is not None
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """What the row one is on says need not be said again; and where leaving leads."""
        row = self._rows.row
        said = {f"offer('{row.name}')", "onward" if row.name in ("next", "begin") else ""}
        if binding.action in said:
            return ""
        if binding.action == "onward" and self._offers("begin"):
            return self._offers("begin").label.lower()  # type: ignore[union-attr]
        if binding.action == "leave" and self._back_to is not None:
            return self._back_to.name
        return super().describe(binding)

    @on(Rows.Chosen)
    def choose(self, event: Rows.Chosen) -> None:
        """Do what the row says."""
        if self.tutor.repeated_within(DOUBLE_TAP):
            return  # the second tap of the Enter that ended the quiz
        if event.row.name.startswith("q"):
            self._look_at(int(event.row.name[1:]))
        else:
            self.action_offer(event.row.name)

    def action_offer(self, offer: str) -> None:
        """Do one of the things there are to do now."""
        action = self._offers(offer)
        if action is None:
            return
        match action.offer:
            case "read":
                read_again(self.tutor, action.places, 0, self._back(), self._back(read=True))
            case "practice":
                self._practice()
            case "test":
                self.ask_about_test()
            case "hand-in":
                self._hand_in()
            case "again" if action.lesson is not None:
                self.tutor.show_quiz(action.lesson)
            case "next" | "begin" if action.lesson is not None:
                self.tutor.show_lesson(action.lesson)
            case _:
                self.action_leave()

    def _hand_in(self) -> None:
        """Write the results into a file."""
        from tutor.app.screens.classroom.hand_in import hand_in

        hand_in(self, self._study, self._of.course, self._show_anew)

    def _show_anew(self) -> None:
        self._rows.show(self._items(), "")

    def _back(self, *, read: bool = False) -> Back | None:
        """The way back to these results; none where nothing is left of the run.

        Args:
            read: Whether all that is to be read again has been read by then.
        """
        of = self._of
        if of.attempt is None:
            return None
        return Back("results", partial(self.tutor.show_results, of.lesson, of.attempt, read=read))

    def _practice(self) -> None:
        of = self._of
        missed = [one.id for one in of.run.missed if one.question is not None]
        with self.tutor.showing_errors():
            attempt = self._study.retry(of.course, of.lesson, missed)
            self.tutor.show_attempt(of.lesson, attempt, results=of.attempt or attempt)

    def action_onward(self) -> None:
        """Go on to the next lesson."""
        action = self._onward
        if action is not None:
            self.action_offer(action.offer)

    def action_look(self) -> None:
        """Look at all questions again, from the first."""
        attempt = self._of.attempt
        if attempt is not None and attempt.progress:
            self._go_to(attempt.progress[0].question.id)

    def _look_at(self, number: int) -> None:
        one = self._of.run.questions[number - 1]
        if one.question is None or self._of.attempt is None:
            self.tutor.tell("This question is gone from the lesson. What it was is not kept.")
        else:
            self._go_to(one.id)

    def _go_to(self, question: str) -> None:
        attempt = self._of.attempt
        assert attempt is not None
        attempt.go(question)
        self.tutor.show_attempt(self._of.lesson, attempt, results=attempt)

    def action_progress(self) -> None:
        """See the scores."""
        self.tutor.show_progress()

    def action_leave(self) -> None:
        """Go back to where one came from, or to the course."""
        if self._back_to is not None:
            self._back_to.go()
        elif self._of.run.opened.mode == "test" or (
            self._of.kind == "quiz" and (self._of.passed or self._of.passed_before)
        ):
            self.tutor.row = NEXT
            self.tutor.show_home()
        else:
            self.tutor.show_home(left=self._of.lesson.id)


def read_again(
    tutor: Navigator,
    places: tuple[Place, ...],
    at: int,
    back: Back | None,
    at_end: Back | None,
) -> None:
    """Go to one of the steps that teach what was missed; from there it goes on to the others.

    Args:
        at: Which of them, from 0.
        back: The way back from all but the last.
        at_end: The way back from the last.
    """
    place, count = places[at], len(places)
    way = at_end if at + 1 == count else back
    if way is not None and count > 1:

        def turn(steps: int) -> None:
            read_again(tutor, places, at + steps, back, at_end)

        way = way._replace(trail=Trail("read again", at + 1, count, turn))
    tutor.show_step(place.lesson, place.step, way)


def _row(action: Action) -> Row:
    minutes = "" if action.minutes is None else phrases.duration(action.minutes)
    later = action.offer == "home" and action.label == "Later"  # by another key, and not here
    verb = "take the quiz|quiz" if action.label == "Quiz" else _VERBS.get(action.offer)
    return Row(
        name=action.offer,
        verb=verb or action.label.lower(),
        label=action.label,
        subject=action.subject,
        about="t on the home screen" if later else action.about,
        figure=minutes,
        key="" if later else _KEYS[action.offer],
    )


def _end_part(end: CourseEnd) -> Part:
    """What one can do at the end of a course, lesson by lesson, and what comes then."""
    done = phrases.lessons_done(len(end.lessons), len(end.lessons))
    return Part(
        text=f"The end: {done}",
        end=end.finding,
        lines=tuple(
            (
                f"{number}  {title}",
                Content(" ").join([literal(*STATES[state]) for state in states]),
            )
            for number, title, states in end.lessons
        ),
        closing=" ".join(end.what_comes()),
    )


def _stems(questions: tuple[PastQuestion, ...]) -> tuple[tuple[str, Content], ...]:
    """What was asked, each with its sign and its number."""
    return tuple(
        (
            words_line(one.question.stem) if one.question else one.id,
            Content.assemble(sign(one), literal(f" {one.number} ", "$quiet")),
        )
        for one in questions
    )
