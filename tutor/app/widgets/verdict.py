"""What is said after a response: the verdict, what was accepted, why, and on what it rests."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.style import Style
from textual.widgets import Static

from tutor import phrases
from tutor.app.key_signs import key_sign
from tutor.app.safe_text import literal
from tutor.app.signs import OUTCOMES, PARTLY
from tutor.app.widgets.hanging_indent import ListedText
from tutor.course.model.markdown.plain import plain_text
from tutor.course.model.questions import AnyQuestion
from tutor.quiz.attempt import Verdict

SIGNS = {outcome: sign for outcome, (sign, _) in OUTCOMES.items()} | {"slip": PARTLY}
# The widgets of the other interactions say in place what would have been right.
TOLD_BELOW = ("entry", "ordering")


class VerdictBlock(Vertical):
    """A heading with a sign and a word, and under it what there is to learn."""

    DEFAULT_CSS = """
    VerdictBlock {
        height: auto;
        margin-top: 1;
        padding-left: 1;
        & > Static { height: auto; }
        & > .heading { text-style: bold; }
        & > .when { display: none; color: $quiet; }
        &.-told-when > .when { display: block; }
        & > .body { margin-top: 1; }
        & > .claims { color: $text-muted; text-align: right; margin-top: 1;
                      link-color: $text-muted; link-style: none; }
        & > .heading.-right { color: $success; }
        & > .heading.-wrong { color: $error; }
        & > .heading.-partly, & > .heading.-slip { color: $warning; }
    }
    """

    def __init__(self, question: AnyQuestion) -> None:
        self._question = question
        self._heading = Static(classes="heading", markup=False)
        self._when = Static(classes="when", markup=False)
        self._body = Static(classes="body", markup=False)
        self._claims = Static(classes="claims", markup=False)
        super().__init__(id="verdict")
        self.display = False

    def compose(self) -> ComposeResult:
        """The heading, the text, the claims."""
        yield self._heading
        yield self._when
        yield self._body
        yield self._claims

    def tell(self, verdict: Verdict) -> None:
        """Say what became of a response.

        While the learner can try again, what would have been right is not said.
        """
        question = self._question
        paragraphs = [
            phrases.accepted(question, verdict),
            phrases.hinted(verdict),
            plain_text(verdict.grade.feedback or ""),
        ]
        if verdict.settled:
            missed = verdict.outcome in ("wrong", "partly")
            if missed and question.interaction in TOLD_BELOW:
                paragraphs.append(self._right_answer())
            paragraphs.append(self._explanation())
        elif verdict.outcome != "slip":
            paragraphs.append("Change your answer and give it again, or ^n to move on.")
        heading = f"{SIGNS[verdict.outcome]} {phrases.verdict(question, verdict)}"
        self._show(verdict.outcome, heading, paragraphs, claims=verdict.settled)

    def tell_answer(self) -> None:
        """Say what the answer is, where it was asked for."""
        answer = self._right_answer() if self._question.interaction in TOLD_BELOW else ""
        self._show("answer", "Here is the answer.", [answer, self._explanation()], claims=True)

    def say_when(self, when: str) -> None:
        """Say under the heading when the question comes back."""
        self._when.update(literal(when))
        self.add_class("-told-when")

    def clear(self) -> None:
        """Say nothing."""
        self.display = False
        self.remove_class("-told-when")

    def _right_answer(self) -> str:
        return f"Right answer: {phrases.right_answer(self._question)}"

    def _explanation(self) -> str:
        return plain_text(self._question.explanation or "")

    def _show(self, kind: str, heading: str, paragraphs: list[str], *, claims: bool) -> None:
        # Styles are looked up for what changes its color alone: a learner waits for this.
        self.display = True
        self.remove_class("-told-when")
        self._heading.set_classes(f"heading -{kind}")
        self._heading.update(literal(heading))
        body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        self._body.update(ListedText(literal(body)))
        self._body.display = bool(body)
        count = len(self._question.claims) if claims else 0
        if count:
            key = self._sources_key()
            said = literal(f"{key}{phrases.plural(count, 'source')}")
            opens = Style.from_meta({"@click": "screen.sources"})
            self._claims.update(said.stylize(opens) if key else said)
        self._claims.display = bool(count)

    def _sources_key(self) -> str:
        """The key that shows the sources, as `s: `; empty where there is none."""
        for key, active in self.screen.active_bindings.items():
            if active.binding.id == "page.sources":
                return f"{key_sign(key)}: "
        return ""
