"""Warnings about answers that are typed: numbers, texts, gaps."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from tutor.course.lint.context import QuestionSubject
from tutor.course.lint.english import holds, words
from tutor.course.lint.rules.clues import key_of
from tutor.course.model.markdown.source import without_code
from tutor.course.model.questions import GAP, AnyQuestion, Choice, Gaps, Number, Text
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import KeyPath, Violation

MOST_GAPS = 2
NEAR = 80
"""How many characters before a gap are looked at; it bounds the work."""
_WORD_IN_BRACES = re.compile(r"(?<!\S)\{(?:[^\W\d_]{2,}|\w+(?:\|\w+)+)\}(?![^\s.,;:!?)])")
_WORD_IN_BRACKETS = re.compile(r"(?<!\S)\[(?!sic\])[^\W\d_]{2,40}\](?![^\s.,;:!?)])")
_NUMBER = re.compile(r"[-−+]?\d{1,9}(?:[.,/]\d{1,9}| \d{1,9}/\d{1,9})|[-−]\d{1,9}")
_EDGES = ".,;:!?\"'()[]{} "
_MEANT_AT_END = re.compile(r"[;:,\"'\[\]{}]|\(\)")
# Two words with a sign between them that parts answers; not km/h, a path, or a path's name.
_JOINED = re.compile(r"^[^\W\d_]{3,40}/[^\W\d_]{3,40}$|\w ?[|;] ?\w|\w /{1,2} \w")
_FOREIGN_GAP = re.compile(r"\d{0,3}:[A-Z_]{2,20}:|=[^\W\d_]{2}")
_SHOWN = 60
_MARKED_UP = re.compile(r"(\*{1,3})([^*\s](?:[^*]*[^*\s])?)\1")
_SENTENCE = re.compile(r"[^.!?\n]*(?:\n(?![^\S\n]*\n)[^.!?\n]*)*")


def exact_decimal(subject: QuestionSubject) -> Iterator[Violation]:
    """A number that is not whole has a tolerance.

    Learners round as they were taught to: 12.4 and 12.42 are both right. Say how far off an answer
    may be, as an amount (`tolerance: 0.05`) or as a share (`tolerance: 1%`). A `fraction` is exact.
    Nobody rounds halves, quarters and eighths (0.25), nor a single digit (0.01).
    """
    question = subject.question
    if type(question) is not Number or question.deviation() or question.fraction:
        return
    if not _is_round(question.answer):
        yield Violation(
            (*subject.at, "answer"),
            f"Only {question.answer:f} itself is right, however somebody rounds.",
            "Add `tolerance:`, as an amount or as a share such as 1%; a fraction is exact as "
            "`fraction: 1/3`.",
        )


def _is_round(number: Decimal) -> bool:
    """Whether a number is written in full in so few digits that nobody rounds it."""
    in_eighths = 8 % Fraction(number).denominator == 0
    return in_eighths or len(number.normalize().as_tuple().digits) == 1


def accepted_mistake(subject: QuestionSubject) -> Iterator[Violation]:
    """A mistake is not accepted as an answer.

    What stands in both `answers` and `mistakes`, or within the tolerance, is graded as right, and
    the feedback on the mistake is never seen. One of the two was not meant.
    """
    question = subject.question
    if type(question) is Number:
        for index, mistake in enumerate(question.mistakes):
            if question.allows(Fraction(mistake.answer)):
                yield _accepted(subject, index, mistake.written())
    elif type(question) is Text:
        accepted = {_folded(answer, question) for answer in question.answers}
        for index, wrong in enumerate(question.mistakes):
            if _folded(wrong.answer, question) in accepted:
                yield _accepted(subject, index, wrong.answer)


def _accepted(subject: QuestionSubject, index: int, answer: str) -> Violation:
    return Violation(
        (*subject.at, "mistakes", index, "answer"),
        f"`{answer}` is named as a mistake, but it is accepted.",
        "Take it out, or accept less.",
    )


def needless_answer(subject: QuestionSubject) -> Iterator[Violation]:
    """Accepted answers differ in more than capitals and spaces.

    An answer is compared without regard to capitals, spaces and quotation marks: `ICE` accepts
    `ice` as well, unless the question has `exact: true`. So is one with a word of `may_begin_with`
    before it. List other words for the same thing instead.
    """
    question = subject.question
    if type(question) is not Text:
        return
    first: dict[str, str] = {}
    for index, answer in enumerate(question.answers):
        folded = _folded(answer, question)
        if folded in first:
            differ = "".join(answer.split()) != "".join(first[folded].split())
            yield Violation(
                (*subject.at, "answers", index),
                f"`{answer}` is accepted anyway, since `{first[folded]}` is.",
                "Take it out; capitals, spaces and words of `may_begin_with` do not matter."
                if question.may_begin_with
                else "Take it out; capitals and spaces do not matter."
                + (" If capitals are to count, add `exact: true`." if differ else ""),
            )
        first.setdefault(folded, answer)


def uncounted_signs(subject: QuestionSubject) -> Iterator[Violation]:
    """Signs at the ends of an answer count where they mean something.

    Punctuation at the ends is not compared: `ready` is accepted for `!ready`, `1, 2` for `[1, 2]`,
    `txt` for `.txt`. Where the signs or the capitals are the point, write `exact: true`.
    """
    for place, text in _inexact_answers(subject.question):
        bare = text.strip(_EDGES)
        if bare and len(bare) < len(text) and _lose_meaning(text, bare):
            yield Violation(
                (*subject.at, *place),
                f"The signs at the ends of `{text}` do not count: `{bare}` is accepted as well.",
                "If they must be written, add `exact: true`; if not, leave them out.",
            )


def marked_up_answer(subject: QuestionSubject) -> Iterator[Violation]:
    """What is accepted has no markup, unless it is `exact`.

    An answer is compared as it is written: where `*ebb*` is accepted, `ebb` is wrong. If the
    asterisks must be written, add `exact: true`.

    Poor: {{*ebb*}}
    Better: {{ebb}}
    """
    for place, text in _inexact_answers(subject.question):
        if marked := _MARKED_UP.fullmatch(text):
            yield Violation(
                (*subject.at, *place),
                f"Whoever writes `{marked[2][:_SHOWN]}` is wrong: the signs around it count.",
                f"Write `{marked[2][:_SHOWN]}` alone; if the signs must be written, `exact: true`.",
            )


def joined_answers(subject: QuestionSubject) -> Iterator[Violation]:
    """Each accepted answer stands by itself.

    Whoever writes `colour` is wrong where `colour/color` or `colour; color` is accepted: an answer
    is compared as a whole. Several answers are several entries of `answers:`, and in a gap they
    stand on the two sides of a `|`, which needs no backslash before it. Where the signs belong to
    the answer, write `exact: true`.

    Poor: answers: [colour/color]
    Better: answers: [colour, color]
    """
    question = subject.question
    for place, text in _inexact_answers(question):
        if _FOREIGN_GAP.match(text):
            said = f"`{text[:_SHOWN]}` is accepted as it stands: this is how Moodle writes a gap."
            yield Violation((*subject.at, *place), said, "Write only the answer between braces.")
        elif _JOINED.search(text) or text.endswith("\\"):
            remedy = "Make each an entry of its own, on a line with a dash."
            if isinstance(question, Gaps):
                remedy = "Part them by a `|` alone: {{one|other}}."
            said = f"Only `{text[:_SHOWN]}` as a whole is accepted, and none of its parts."
            yield Violation((*subject.at, *place), said, remedy)


def _inexact_answers(question: AnyQuestion) -> list[tuple[KeyPath, str]]:
    """What is accepted where not every sign counts, each text with its place in the question."""
    if isinstance(question, Text) and not question.exact:
        return [(("answers", at), text) for at, text in enumerate(question.answers)]
    if isinstance(question, Gaps) and not question.exact:
        return [(("text",), text) for gap in question.gaps() for text in gap]
    return []


def _lose_meaning(text: str, bare: str) -> bool:
    """Whether signs around the words of an answer are more than the punctuation of a sentence."""
    before, _, behind = text.strip().partition(bare)
    if before:
        return True
    factorial = behind.startswith("!") and (bare[-1].isdigit() or len(bare) == 1)
    closes = behind == "]" and "[" in bare
    return factorial or (_MEANT_AT_END.search(behind) is not None and not closes)


def number_as_text(subject: QuestionSubject) -> Iterator[Violation]:
    """What is a number is asked for as one.

    A text is compared sign by sign: whoever writes 0.5 for `1/2` is wrong. A `number` takes every
    way to write it. In a gap, list the ways: {{1/2|0.5}}. If one way only is meant, write
    `exact: true`.

    Poor: answers: ["1/2"]
    Better: fraction: 1/2
    """
    question = subject.question
    if not isinstance(question, Text | Gaps) or question.exact:
        return
    if isinstance(question, Text):
        place, key = (*subject.at, "answers", 0), question.answers[0].strip()
        ask = f"`{'fraction' if '/' in key else 'answer'}: {key.replace(',', '.')}`"
        remedy = (
            f"Make it a `number`, with {ask} in the place of `answers:`, and every way to write it "
            "is right; or, if it must be written so, add `exact: true`."
        )
        keys = [key]
    else:
        place = (*subject.at, "text")
        keys = [gap[0] for gap in question.gaps() if len(gap) == 1] if not question.bank else []
        remedy = "List the other ways after a `|`, or add `exact: true`: {{1/2|0.5}}."
    for key in keys:
        if _NUMBER.fullmatch(key):
            yield Violation(
                place, f"`{key}` is compared as a text, and not by what it is worth.", remedy
            )
            return


def exact_typos(subject: QuestionSubject) -> Iterator[Violation]:
    """What must be exact forgives no typing errors.

    With `exact: true`, `typos` does nothing. Leave one of the two out.
    """
    question = subject.question
    if isinstance(question, Text | Gaps) and question.exact and question.typos:
        yield Violation(
            (*subject.at, "typos"),
            "`typos` does nothing where `exact` is true.",
            "Leave one of the two out.",
        )


def _folded(text: str, question: Text) -> str:
    fold = str if question.exact else str.casefold
    folded = " ".join(fold(text).split())
    for word in sorted(question.may_begin_with, key=len, reverse=True):
        begins = fold(word) if word.endswith(("'", "’")) else f"{fold(word)} "
        if folded.startswith(begins) and folded != begins:
            return folded.removeprefix(begins)
    return folded


def leading_gap(subject: QuestionSubject) -> Iterator[Violation]:
    """No gap stands at the beginning of a sentence.

    A reader who meets a gap first has nothing to go by, reads on, and comes back. Let the sentence
    say what it is about, and leave the gap for later.

    Poor: {{ICE}} sends a detainer to a jail.
    Better: A detainer is sent to a jail by {{ICE}}.
    """
    question = subject.question
    if type(question) is not Gaps:
        return
    for found in GAP.finditer(question.text):
        before = question.text[max(0, found.start() - NEAR) : found.start()]
        start = before.rstrip(" \t*_“\"'(-")
        apart = start != before or start[-1:].isspace()  # in code a point may join two names
        ended = apart and start.rstrip().endswith((".", "!", "?"))
        if not start.strip() or ended or start.endswith("\n\n"):
            yield Violation(
                (*subject.at, "text"),
                f"The gap for “{found[1].split('|')[0]}” begins a sentence.",
                "Turn the sentence round, so that it says first what it is about.",
                offset=found.start(),
            )


def many_gaps(subject: QuestionSubject) -> Iterator[Violation]:
    """A sentence has at most two gaps.

    With three words out, a sentence no longer says what is asked, and one wrong guess draws the
    others after it. Ask for the words that matter, in two sentences if need be.

    Poor: A {{detainer}} asks a {{jail}} to hold a {{person}} for {{two}} days.
    Better: A detainer asks a jail to hold a person for {{two}} days.
    """
    question = subject.question
    if type(question) is not Gaps or question.text.count("{{") <= MOST_GAPS:
        return
    for sentence in _SENTENCE.findall(GAP.sub("\0", question.text)):
        gaps = sentence.count("\0")
        if gaps > MOST_GAPS:
            yield Violation(
                (*subject.at, "text"),
                f"One sentence has {gaps} gaps.",
                "Leave the gaps that matter, at most two in a sentence.",
            )


def single_braces(subject: QuestionSubject) -> Iterator[Violation]:
    """A gap is opened and closed by two braces.

    A brace by itself is a sign that learners see, as in {1, 2}. A word between two of them looks
    like a gap that nobody can fill, and so does a word of the bank between brackets. Write it with
    two braces, or without any.
    """
    question = subject.question
    if type(question) is not Gaps or not question.gaps():
        return
    for found in _WORD_IN_BRACES.finditer(without_code(GAP.sub(_blanked, question.text))):
        yield Violation(
            (*subject.at, "text"),
            f"`{found[0]}` is no gap: it has one brace on each side.",
            f"Write `{{{found[0]}}}`, or take the braces away.",
            offset=found.start(),
        )
    banked = {word.casefold() for word in (*question.bank, *chain(*question.gaps()))}
    for found in _WORD_IN_BRACKETS.finditer(question.text):
        word = found[0][1:-1]
        if word.casefold() in banked:
            yield Violation(
                (*subject.at, "text"),
                f"`{found[0]}` is no gap: learners see the word in its brackets.",
                f"Write `{{{{{word}}}}}`, or take the brackets away.",
                offset=found.start(),
            )


def _blanked(gap: re.Match[str]) -> str:
    return "\0" * len(gap[0])


def telling_hint(subject: QuestionSubject) -> Iterator[Violation]:
    """A hint does not say the key.

    A hint helps to think: it says where to look, or what to rule out. One that holds the answer
    word for word leaves nothing to think about.

    Poor: It begins with B and is called the Baltic Sea.
    Better: Three of its coasts belong to countries in the north of Europe.
    """
    question = subject.question
    keys = _keys(subject) if question.hints else ()
    for index, hint in enumerate(question.hints):
        said = hint.casefold()
        for key in keys:
            if key.casefold() in said and holds(words(hint), words(key)):
                yield Violation(
                    (*subject.at, "hints", index),
                    f"The hint says the key, “{key}”.",
                    "Say where to look, or what to rule out.",
                )
                break


def _keys(subject: QuestionSubject) -> tuple[str, ...]:
    """Texts that give the key away; of an option only one that has several words."""
    question = subject.question
    if type(question) is Choice:
        key = question.options[key_of(question)].text
        return (key,) if len(words(key)) > 1 else ()
    if type(question) is Text:
        return question.answers
    if type(question) is Number:
        return (question.written(),)
    return ()


WARNINGS: tuple[Rule[QuestionSubject], ...] = (
    exact_decimal,
    accepted_mistake,
    needless_answer,
    uncounted_signs,
    marked_up_answer,
    joined_answers,
    number_as_text,
    exact_typos,
    leading_gap,
    many_gaps,
    single_braces,
    telling_hint,
)
