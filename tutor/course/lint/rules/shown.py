"""Warnings about texts that learners do not see as their author may have meant them."""

import re
from collections.abc import Iterator

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.text_index import passages
from tutor.course.model.markdown.plain import picture, plain_line
from tutor.course.model.markdown.source import without_code
from tutor.course.model.markdown.spans import LINK
from tutor.course.model.questions import Gaps
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import visible

# Keys whose texts are compared or named, and not read as Markdown.
_AS_TYPED = frozenset("answer answers bank may_begin_with unit title columns groups".split())  # noqa: SIM905
_SPOKEN = frozenset(("explanation", "feedback", "hints"))
_MAY_HOLD = re.compile(r"</?[A-Za-z]|~~|\$|\\[(\[]")
_INSTEAD = {
    "b": "Write `**bold**`.",
    "strong": "Write `**bold**`.",
    "i": "Write `*italic*`.",
    "em": "Write `*italic*`.",
    "sub": "Write `H~2~O`.",
    "sup": "Write `x^2^`.",
    "code": "Put code between backticks.",
    "pre": "Put code on lines of its own, between two lines of three backticks.",
    "br": "Begin a new line, after two spaces or a backslash.",
    "p": "An empty line begins a new paragraph.",
    "li": "Begin each entry of a list with `- `.",
    "img": "Say in words what is to be seen.",
}
_TAG = re.compile(
    r"</?(a|b|br|code|div|em|font|hr|i|img|li|ol|p|pre|small|span|strong|sub|sup|table|td|th|tr|u|ul)"
    r"(?:\s[^<>]{0,200})?/?>"
)
_STROKE = re.compile(r"(?<![\\~])~~(?=[^\s~])[^~\n]{1,200}~~(?!~)")
_PICTURE = re.compile(rf"(?<!\\)!{LINK}")
_ALONE = frozenset(("br", "hr", "img", "p"))
_SHOWN = 40
_COMPARED = frozenset(("answers", "bank"))
_RAISED_OR_LOWERED = re.compile(r"\w<(su[bp])>[^<>]{1,20}</\1>")
_MARKS_A_GAP = re.compile(r"[\^~$]")
_GAP_IN_MARKUP = re.compile(
    r"[\w)]{1,20}+\^\{\{[^{}]*\}\}\^?|[\w)]{1,20}+~\{\{[^{}]*\}\}~|\$[^$\s{]{1,60}[_^]\{\{[^{}]*\}\}"
)


def shown_as_typed(subject: LessonSubject) -> Iterator[Violation]:
    """Learners see no markup.

    Texts are Markdown, and simple formulas. HTML, strokes through words, and formulas that fit no
    line of text are shown as they are typed. What is meant as code stands between backticks.

    Poor: Water is H<sub>2</sub>O.
    Better: Water is H~2~O.
    """
    for at, text in _markdown(subject):
        bare = without_code(text)
        for name, found in _tags(bare):
            yield Violation(
                at,
                f"`{found[0][:_SHOWN]}` is HTML, and is shown as it is typed.",
                _INSTEAD.get(name, "Take it out, or put it between backticks if it is code."),
                offset=found.start(),
            )
        if stroke := _STROKE.search(bare):
            yield Violation(
                at,
                f"`{stroke[0][:_SHOWN]}` strikes nothing out: it is shown as it is typed.",
                "Say it in words.",
                offset=stroke.start(),
            )
        yield from _formulas(at, text, bare)
    for at, question in subject.draft.all_questions():
        if (
            type(question) is Gaps
            and _MARKS_A_GAP.search(question.text)
            and (torn := _GAP_IN_MARKUP.search(without_code(question.text)))
        ):
            yield Violation(
                (*at, "text"),
                f"`{torn[0][:_SHOWN]}` is shown as it is typed: a gap is no part of markup.",
                "Put all of it into the gap: {{10^8^}}, or have the gap stand by itself.",
                offset=torn.start(),
            )


def _markdown(subject: LessonSubject) -> Iterator[tuple[KeyPath, str]]:
    """The texts that may hold what these rules look for."""
    found = passages(subject.draft.document)
    # A sign is sought at a tenth of the cost of a pattern.
    if not _holds_a_sign(found.together):
        return
    for at, text in found.texts:
        if ("<" in text and _key_of(at) in _COMPARED and _RAISED_OR_LOWERED.search(text)) or (
            _holds_a_sign(text) and _MAY_HOLD.search(text) and _key_of(at) not in _AS_TYPED
        ):
            yield at, text


def _holds_a_sign(text: str) -> bool:
    return "<" in text or "$" in text or "\\" in text or "~~" in text


def _key_of(at: KeyPath) -> str:
    return next((part for part in reversed(at) if isinstance(part, str)), "")


def _tags(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The first tag of each kind that stands there as one: closed, or one that never is."""
    if "<" not in text:
        return
    tags = list(_TAG.finditer(text))
    closed = {tag[1] for tag in tags if tag[0].startswith("</")} | _ALONE
    first = {tag[1]: tag for tag in reversed(tags) if tag[1] in closed}
    yield from first.items()


def _formulas(at: KeyPath, text: str, bare: str) -> Iterator[Violation]:
    if "$" not in text and "\\" not in text:
        return
    from tutor.course.model.markdown.formulas import formulas  # few texts hold any

    for start, end, said in formulas(bare):
        if said is None:
            yield Violation(
                at,
                f"`{text[start:end][:_SHOWN]}` fits no line of text, and is shown as it is typed.",
                "Write it with simpler commands, or in words.",
                offset=start,
            )


def unseen_picture(subject: LessonSubject) -> Iterator[Violation]:
    """Nothing depends on a picture.

    A terminal shows none: in its place stand the words between its brackets. Say there, or in the
    text, what is to be seen.

    Poor: ![](https://example.org/tides.png)
    Better: ![A curve with two high tides a day](https://example.org/tides.png)
    """
    for at, text, _ in passages(subject.draft.document).linked:
        if "![" in text and _key_of(at) not in _AS_TYPED:
            for found in _PICTURE.finditer(without_code(text)):
                shown = picture(plain_line(text[slice(*found.span(1))]))
                yield Violation(
                    at,
                    f"No terminal shows a picture: learners see “{shown}”.",
                    "Say in words what is to be seen.",
                    offset=found.start(),
                )


def empty_text(subject: LessonSubject) -> Iterator[Violation]:
    """What is said to learners says something.

    An explanation, feedback or a hint that is empty, or holds nothing that can be seen, leaves a
    learner with a heading and nothing below it.
    """
    for at, text in passages(subject.draft.document).spoken:
        seen = text if text.isascii() else visible(text)
        if (not seen or seen.isspace()) and _key_of(at) in _SPOKEN:
            yield Violation(
                at, "There is nothing to be seen in this text.", "Write it, or take it out."
            )


WARNINGS: tuple[Rule[LessonSubject], ...] = (shown_as_typed, unseen_picture, empty_text)
