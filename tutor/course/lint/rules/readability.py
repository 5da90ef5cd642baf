"""Warnings about what is read: how hard it is, how long, and tables that cannot be told apart."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil, inf

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.english import words
from tutor.course.model.markdown.plain import Passage, passages
from tutor.course.model.steps import Compare, Read
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import Violation

GRADE = 10
ABOVE = 2
ENOUGH_WORDS = 100

COLUMNS = 76
ROWS = 40
"""About two screens of 24 lines, less what surrounds the text."""

_END = re.compile(r"([.!?:])[\"”’')\]]*\s+(?=[\"“‘'(\[]*(\w))")
"""A sign that can end a sentence, and the first letter of what follows."""
_BEFORE_NAME = re.compile(
    r"(?![ap]\.m$)(?:[A-Za-z]\.)+[A-Za-z]|[A-HJ-Z]|vs?|[MD]r|M[rs]s|St|Gov|Sen|Rep|Prof"
)
"""What ends no sentence: "U.S.", "J.", "v.", "Dr."; but "p.m." can."""
_BEFORE_NUMBER = re.compile(r"No|pp?|Jan|Feb|Aug|Sept?|Oct|Nov|Dec")
_SURE_END = re.compile(
    r"(?:[?!:]|\.(?:(?<=[a-z]{3}.)(?<!Prof.)|(?<=[A-Z]{3}.)|(?<=[a-z,] \d\d.)|(?<=\s.)))"
    r"[)\"”’]*\s+(?=[\"“‘'(\[]*[A-Z])"
)
"""What ends a sentence beyond doubt: a word that is no abbreviation, and what can begin another."""
_SURELY_STRONG = re.compile(r"(?<!\S)\*\*(?=[^\s*])([^*\n]+)(?<=[^\s*])\*\*(?!\S)")
_PARTED = re.compile(r"\n+(?=\n|[-*] \S)")
_TARGET = re.compile(r"\]\([^()\s]+\)")
_ASIDE = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_ENDS_INSIDE = re.compile(r"[.!?:](?=\s)")
_LEAD = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
_INITIALS = re.compile(r"\W{0,9}(?:[A-Za-z]\.){1,9}[A-Za-z]?\W{0,9}")
_WORD = re.compile(r"[^\W_]")
_VOWELS = re.compile(r"[aeiouy]+")
_NO_LETTER = re.compile(r"[\W_]+")
_SILENT = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeioutd]ed$|[^aeioucghsxz]es$|[^cs]hes$")


def hard_text(subject: LessonSubject) -> Iterator[Violation]:
    """A text is no harder to read than its learners can read.

    Guideline 8 of Haladyna et al. (2002) asks it of questions: keep the vocabulary simple, so that
    they test the matter and not the reading. It holds for what is taught, too. Measured is the
    grade of Flesch and Kincaid (0.39 words a sentence + 11.8 syllables a word - 15.59) of texts of
    100 words and more; learners are taken to be in grade 10, and two grades above are let pass.
    Names and words of the glossary count as two syllables, however long. Break long sentences in
    two, and put a short word for a long one.
    """
    if not subject.context.english:
        return
    known = subject.context.names
    for at, step in subject.draft.steps_of(Read):
        if not _surely_easy(step.text):
            grade = reading_grade(step.text)
            if grade is not None and grade > GRADE + ABOVE:
                grade = reading_grade(step.text, known)  # slower, and seldom needed
            if grade is not None and grade > GRADE + ABOVE:
                yield Violation(
                    (*at, "text"),
                    f"This text reads like one for grade {grade:.0f}; the course is for grade "
                    f"{GRADE}.",
                    "Break long sentences in two, and use shorter words.",
                )


def _surely_easy(text: str) -> bool:
    """Tell at little cost, for most texts, that they are short or far from too hard.

    The automated readability index (Smith and Senter 1967, "Automated Readability Index", AMRL-TR
    66-220) needs no syllables: 4.71 characters a word + 0.5 words a sentence - 21.43. Here it is
    taken at its highest, with no sentences but those that end in a period.
    """
    count = len(text.split())
    periods = text.count(". ") + text.count(".\n") + 1
    highest = 4.71 * (len(text) - count) / count + 0.5 * count / periods - 21.43 if count else 0.0
    if count < ENOUGH_WORDS or highest < GRADE - ABOVE:
        return True
    return highest_grade(text) <= GRADE + ABOVE


def highest_grade(text: str) -> float:
    """At most the grade of a text, told at little cost, for its Markdown is not read.

    Signs are counted with the words they stand at, and only what ends a sentence beyond doubt does.
    """
    if "`" in text or "~~~" in text or "\n    " in text or "\t" in text or "\\" in text:
        return inf  # code is not counted, and what is escaped is no sign
    text = _TARGET.sub("]", text)
    if "**" in text:
        text = _SURELY_STRONG.sub(r"\1", text)
    told = text.split()
    sounds = list(map(syllables, told))
    numbers = sum(word[0].isdigit() for word in told)  # may be those of a list, and no words
    fewest = len(sounds) - sounds.count(0) - numbers
    parts = [part for part in _PARTED.split(_ASIDE.sub("", text)) if _WORD.search(part)]
    ends = sum(len(_SURE_END.findall(part)) + 1 for part in parts)
    if fewest < 1 or not ends:
        return inf
    return 0.39 * len(told) / ends + 11.8 * sum(sounds) / fewest - 15.59


def reading_grade(text: str, known: frozenset[str] = frozenset()) -> float | None:
    """The school grade (U.S.) for which a text reads, or None for one of under 100 words.

    Kincaid, Fishburne, Rogers and Chissom (1975), "Derivation of New Readability Formulas for Navy
    Enlisted Personnel": 0.39 words a sentence + 11.8 syllables a word - 15.59. A heading, an item
    of a list and a paragraph end a sentence.

    Args:
        text: Markdown.
        known: Words that count as two syllables, in small letters.
    """
    told = sentences(text)
    shown = " ".join(told)
    sounds = list(map(syllables, shown.split()))
    said = len(sounds) - sounds.count(0)
    if said < ENOUGH_WORDS:
        return None
    spoken = sum(sounds)
    if known:
        spoken += sum(2 - syllables(word) for word in words(shown) if word in known)
    return 0.39 * said / len(told) + 11.8 * spoken / said - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a text in Markdown.

    One ends at a period, a question mark or an exclamation mark, if what follows begins like a
    sentence, and at a colon before a capital letter. An abbreviation and what stands inside a
    parenthesis end none.
    """
    return [
        sentence
        for part in _read(text)
        for line in part.lines
        for sentence in _sentences(_LEAD.sub("", line, count=1))
        if _WORD.search(sentence)
    ]


def _sentences(line: str) -> Iterator[str]:
    line = _ASIDE.sub(lambda aside: _ENDS_INSIDE.sub("", aside[0]), line)
    start = 0
    for end in _END.finditer(line):
        last = line[line.rfind(" ", 0, end.start()) + 1 : end.start()].lstrip("\"“‘'([")
        if _begins(last, sign=end[1], following=end[2]):
            yield line[start : end.end()].strip()
            start = end.end()
    yield line[start:].strip()


def _begins(last: str, *, sign: str, following: str) -> bool:
    """Whether a sentence begins with a letter or figure, after the last word before the sign."""
    if sign == "." and _BEFORE_NAME.fullmatch(last):
        return False
    if following.isdigit():
        return sign != ":" and not (sign == "." and _BEFORE_NUMBER.fullmatch(last))
    return following.isupper()


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables an English word has, roughly; 0 for one without letters.

    Each run of vowels is one, but for an `e` that is not heard: at the end ("time", but not
    "table"), in "-ed" ("asked", but not "wanted") and in "-es" ("times", but not "houses").
    Initials are spelled ("p.m."). A number counts as one: a year makes nothing hard to read.
    """
    if _INITIALS.fullmatch(word):
        return sum(map(str.isalpha, word))
    letters = _NO_LETTER.sub("", word.lower())
    if not letters:
        return 0
    return max(1, len(_VOWELS.findall(letters)) - bool(_SILENT.search(letters)))


def long_step(subject: LessonSubject) -> Iterator[Violation]:
    """A step to read takes at most about two screens.

    A step is one thought, and asks for a key press when it is done. Estimated are the rows of a
    window of 80 columns and 24 lines; more than 40 are a chapter. Split it where the thought
    changes, and ask something in between.
    """
    for at, step in subject.draft.steps_of(Read):
        if step.text.count("\n") + len(step.text) // COLUMNS < ROWS:
            continue  # short enough in any case
        rows = rows_of(step.text)
        if rows > ROWS:
            yield Violation(
                (*at, "text"),
                f"This text takes about {rows} lines, and a screen shows some 20.",
                "Split it into several steps, with a question between them.",
            )


def rows_of(text: str) -> int:
    """About how many rows of a window of 80 columns a Markdown text takes."""
    return sum(
        bool(part.apart) + sum(ceil(len(line) / COLUMNS) or 1 for line in part.lines)
        for part in passages(text, "page")
    )


def _read(text: str) -> Iterator[Passage]:
    """What a text says, without what is code."""
    return (part for part in passages(text, "page") if part.kind not in ("code", "rule"))


def same_column(subject: LessonSubject) -> Iterator[Violation]:
    """The columns of a comparison have names of their own.

    Two columns with one name cannot be told apart, least of all by somebody who listens to the
    table instead of seeing it.
    """
    for at, step in subject.draft.steps_of(Compare):
        names = [words(column) for column in step.columns]
        for index, name in enumerate(names):
            if name in names[:index][:20]:
                yield Violation(
                    (*at, "columns", index),
                    f"Two columns are called “{step.columns[index]}”.",
                    "Say in their names what sets them apart.",
                )


WARNINGS: tuple[Rule[LessonSubject], ...] = (hard_text, long_step, same_column)
