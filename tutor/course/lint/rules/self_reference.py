"""A warning about scored questions that ask about the course they stand in, and not its subject."""

import re
from collections.abc import Iterator

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.english import lexicon, words
from tutor.course.model.questions import Gaps
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation

_TOLD = "(?:calls?|counts?|describes?|lists?|mentions?|names?|says?|said|teach(?:es)?|tells?|told)"
_READ = "(?:article|paper|passage|source|text)"
_NTH = "(?:first|second|third|last|previous|next|present)"
_SHOWN = "(?:chart|comparison|figure|list|table|timeline)"
_BEFORE = "(?:above|below|before|earlier|(?:that )?you (?:have )?(?:just )?(?:read|saw|seen))"

_COURSE = (
    r"lessons? (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)",
    rf"(?:this|these|our|the {_NTH}) (?:lesson|quiz)(?:s|zes)?",
    r"(?:this|our) course(?! of)",
    rf"the (?:lesson|course) (?:itself )?{_TOLD}",
    r"(?:according to|based on|in|by|from) the (?:two |three )?(?:lessons?|course)(?! of| record)",
    r"the (?:two |three )?lessons? (?:on|about)",
    r"(?:as )?(?:reported|counted|mentioned) here",
    r"as (?:told|described|listed|named|quoted) here",
    r"(?:by|in) (?:our|the|the (?:article|lesson|course)['’]s) count(?! of)",
    rf"(?:beyond|outside) the {_READ}",
    rf"does the {_READ} (?:itself )?leave (?:open|out|unsaid)",
    r"as we (?:count|read) (?:it|them)",
    r"we (?:count|counted|read) (?:above|before|earlier|in)",
    rf"(?:which|what) {_READ} (?:says?|said|tells?|told|reports?|reported|writes|wrote)",
    rf"in (?:which|what) {_READ} (?:is|are|was|were|do|does|did|will)",
)
# What a question may well say that brings along what it speaks of.
_SHOWING = (
    rf"(?:the|this) (?:{_READ}|{_SHOWN}|picture|screen|step) {_BEFORE}",
    rf"(?:in|from) (?:the|this) {_SHOWN}(?! of)",
    rf"(?:the|this) {_SHOWN} {_TOLD}",
    r"(?:what|how) is (?:the|this|that) (?:row|column|cell|table|screen|step) (?:called|named)",
    r"(?:which|the|this|that) (?:row|column) (?:about|called|is called|named|on|says?|tells?)",
    r"this (?:article|passage|screen|table|timeline)(?! of)",
)
_ABOUT = re.compile(rf"\b(?:{'|'.join(_COURSE)})\b", re.IGNORECASE)
_ABOUT_OR_SHOWING = re.compile(rf"\b(?:{'|'.join((*_COURSE, *_SHOWING))})\b", re.IGNORECASE)
_SPEAKING = lexicon(
    """article cell chart column comparison count counted course figure here lesson lessons list
    paper passage picture quiz quizs quizzes read row screen source step table text timeline"""
)
"""Words one of which stands in whatever the patterns find: most texts need not be searched."""
_QUOTED = re.compile(r"“[^“”]{1,999}”|\"[^\"]{1,999}\"|`[^`]{1,999}`")
_BROUGHT_ALONG = re.compile(r"^ {0,3}(?:>|\||```|~~~| {4})", re.MULTILINE)


def about_the_course(subject: LessonSubject) -> Iterator[Violation]:
    """A scored question asks about the subject, not about the course that teaches it.

    A good question is failed by those who do not understand the subject, and passed by those who
    do, wherever they learned it. "Which paper said it?" and "What is this row called?" are passed
    by whoever remembers a screen. Looked at are the stems of the quiz, which may also be drawn for
    a test before the lesson; practice may well speak of what was just shown, and a question of what
    it brings along itself: a quotation, a table, a listing.

    Poor: What does lesson 2 say of the three periods?
    Better: Which of the three periods begins with an arrest?
    """
    if not subject.context.english:
        return
    for at, question in subject.draft.questions:
        texts: list[tuple[KeyPath, str]] = [((*at, "stem"), question.stem)]
        if type(question) is Gaps:
            texts.append(((*at, "text"), question.text))
        for place, text in texts:
            if found := _reference(text):
                yield Violation(
                    place,
                    f"“{found[0]}” asks about the course, and not about its subject.",
                    "Ask what somebody can answer who knows the subject, and never saw the course.",
                    offset=found.start(),
                )


def _reference(text: str) -> re.Match[str] | None:
    """Where a text speaks of the course around it, outside of quotation marks."""
    if _SPEAKING.isdisjoint(word.partition("'")[0] for word in words(text)):
        return None
    said = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    brings = said != text or _BROUGHT_ALONG.search(text)
    return (_ABOUT if brings else _ABOUT_OR_SHOWING).search(said)


LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (about_the_course,)
