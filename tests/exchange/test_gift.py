"""GIFT: what goes out comes back, and what others write is read."""

import contextlib
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from arbitrary import sound, texts
from carried import facts, said, told, tolerance
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodle_eyes import Seen, read_as_moodle
from support import examples, growth

from tutor.course.lint.checker import check
from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.links import WEB
from tutor.course.model.markdown.link_search import replace_links
from tutor.course.model.numerals import decimals_of
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Matrix,
    Multiple,
    Number,
    NumberMistake,
    Open,
    Option,
    Order,
    Pair,
    Question,
    Sort,
    Text,
    TextMistake,
    TrueFalse,
)
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.question_errors import ERRORS
from tutor.course.reading.rule import collect
from tutor.course.writer import write_lesson
from tutor.errors import CannotRead
from tutor.exchange.gift import gift, read_gift
from tutor.quiz.grading import grade

COURSE = Course(id="c", title="Tides/Ebb: a // course", folder="/c", lessons=())


def there_and_back(question: Question) -> tuple[Question | None, tuple[str, ...]]:
    """A question as it comes back from GIFT, if it goes at all, and what is said of that."""
    lesson = Lesson(title="A lesson", id="l", quiz=Quiz(questions=(question,)))
    exported = gift(COURSE, [lesson])
    assert isinstance(exported.content, str)
    if any("left out" in sentence for sentence in exported.left_out):
        return None, exported.left_out
    imported = read_gift(exported.content)
    assert imported.left_out == () or gaps_change_their_type(question)
    assert imported.lesson.title == "A lesson"
    assert imported.lesson.quiz is not None
    (back,) = imported.lesson.quiz.questions
    return back, exported.left_out


def as_left(text: str) -> str:
    """What stands at the left of a pair: an arrow as a sign, a link into nowhere as it shows."""
    return replace_links(
        text, lambda link: None if link.scheme in WEB else link.shown or link.target
    ).replace("->", "→")


def expected(question: Question) -> dict[str, Any]:
    """What of a question GIFT carries; whatever else there is must be said to stay behind."""
    kept = facts(question) | {"hints": [], "shuffle": True}
    match kept["type"]:
        case "number":
            kept |= {"unit": None, "ask_unit": False}
        case "text":
            kept["answers"] = [text for text in kept["answers"] if "->" not in text]
            kept["mistakes"] = [
                (text, told.replace("->", "→"))
                for text, told in kept["mistakes"]
                if "->" not in text
            ]
        case "match":
            kept["pairs"] = [(as_left(left), right) for left, right in kept["pairs"]]
        case "matrix":
            kept["rows"] = [(as_left(text), column) for text, column in kept["rows"]]
        case "sort":
            kept["groups"] = {
                name: [as_left(text) for text in items] for name, items in kept["groups"].items()
            }
        case "open":
            kept |= {"rubric": [], "model": ""}
    return kept


def gaps_change_their_type(question: Question) -> bool:
    """Tell whether a gap becomes a blank in a stem: one at the end of its text, or with a list."""
    return isinstance(question, Gaps) and (
        len(question.words()) > 1 or not question.pieces()[-1].strip()
    )


def only_one_paragraph(question: Question) -> bool:
    """Tell whether a stem can be told from the text with gaps that follows it."""
    return not isinstance(question, Gaps) or "\n\n" not in question.stem.strip()


def only_wrong_mistakes(question: Question) -> bool:
    """Tell whether nothing is both a mistake and accepted: what is said to it is told as a loss."""
    if isinstance(question, Number):
        return not any(question.allows(Fraction(one.answer)) for one in question.mistakes)
    if isinstance(question, Text):
        return all(grade(question, one.answer).score < 1 for one in question.mistakes)
    return True


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", [kind for kind in sound if kind != "order"])
def test_every_question_comes_back_as_it_was(kind: str) -> None:
    @given(sound[kind].filter(only_one_paragraph).filter(only_wrong_mistakes))
    @settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        back, left_out = there_and_back(question)
        if back is None:
            assert "l/" + question.id + ": left out, for " in left_out[0]
        elif gaps_change_their_type(question):
            assert back.stem.strip().endswith("_____") or "_____" in back.stem
            assert back.key()
        else:
            assert facts(back) == expected(question)

    law()


def plain(text: str | None) -> str:
    """A text that Moodle shows: where a tag could begin, our exports write an entity."""
    return said(text).replace("&#60;", "<")


def assert_moodle_sees(seen: Seen, question: Question) -> None:
    """Check that Moodle grades a question as we do."""
    right = {text for text, fraction, _ in seen.answers if fraction > 0}
    match question:
        case Choice() | Multiple():
            assert seen.kind == "multichoice"
            assert seen.single == isinstance(question, Choice)
            assert [
                (plain(text), fraction > 0, plain(about)) for text, fraction, about in seen.answers
            ] == [
                (told(option.text, "item"), option.correct, told(option.feedback))
                for option in question.options
            ]
            assert sum(f for _, f, _ in seen.answers if f > 0) == pytest.approx(1, abs=1e-4)
            everything = sum(fraction for _, fraction, _ in seen.answers)
            if not right >= {text for text, _, _ in seen.answers}:
                assert isinstance(question, Choice) or everything < 1e-4
        case TrueFalse():
            assert seen.kind == "truefalse"
            assert right == {str(question.answer).lower()}
        case Number():
            assert seen.kind == "numerical"
            value, _, allowed = seen.answers[0][0].partition(":")
            assert Decimal(value) == question.answer
            assert Decimal(allowed or "0") == tolerance(question)
            assert [fraction for _, fraction, _ in seen.answers[1:]] == [0] * len(question.mistakes)
        case Text():
            assert seen.kind == "shortanswer"
            kept = {said(text).replace("*", "\\*") for text in question.answers if "->" not in text}
            assert right == kept
        case Match() | Sort() | Matrix():
            assert seen.kind == "matching"
            assert len(seen.pairs) >= len(question.rows())
        case Gaps():
            assert seen.kind == ("multichoice" if len(question.words()) > 1 else "shortanswer")
            assert "_____" in seen.stem
        case _:
            assert seen.kind == "essay"


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", [kind for kind in sound if kind != "order"])
def test_moodle_reads_what_we_mean(kind: str) -> None:
    @given(sound[kind])
    @settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        exported = gift(COURSE, [Lesson(title="A lesson", id="l", steps=(question,))])
        assert isinstance(exported.content, str)
        for seen in read_as_moodle(exported.content):
            assert seen.format == "markdown"
            assert seen.name == question.id
            assert plain(seen.stem).startswith(told(question.stem))
            assert plain(seen.told) == told(question.explanation)
            assert_moodle_sees(seen, question)

    law()


def imported_alone(text: str) -> tuple[Question, tuple[str, ...], str]:
    """The one question of a file, what was left out, and the notes on it."""
    imported = read_gift(text)
    assert imported.lesson.quiz is not None
    (question,) = imported.lesson.quiz.questions
    return question, imported.left_out, imported.notes.get(("quiz", "questions", 0), "")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param(
            "What pulls the sea? {=The moon ~The wind#It only ripples. ~The shore}",
            Choice(
                stem="What pulls the sea?",
                id="pulls-sea",
                options=(
                    Option(text="The moon", correct=True),
                    Option(text="The wind", feedback="It only ripples."),
                    Option(text="The shore"),
                ),
            ),
            id="choice",
        ),
        pytest.param(
            "The tide is {~pushed =pulled ~blown} by the moon.",
            Choice(
                stem="The tide is _____ by the moon.",
                id="tide-moon",
                options=(
                    Option(text="pushed"),
                    Option(text="pulled", correct=True),
                    Option(text="blown"),
                ),
            ),
            id="missing-option",
        ),
        pytest.param(
            "Two tides make a {=day =whole day} at most coasts.",
            Gaps(
                stem="Fill in the gap.",
                id="two-tides-make-most",
                text="Two tides make a {{day|whole day}} at most coasts.",
            ),
            id="missing-word",
        ),
        pytest.param(
            "// s\n::Seas::Which are seas?{\n\t~%50%Baltic\n\t~%50%Adriatic\n\t~%-100%Sahara\n}",
            Multiple(
                stem="Which are seas?",
                id="seas",
                options=(
                    Option(text="Baltic", correct=True),
                    Option(text="Adriatic", correct=True),
                    Option(text="Sahara"),
                ),
            ),
            id="multiple",
        ),
        pytest.param(
            "The tide rises twice a day.{TRUE#It does.}",
            TrueFalse(
                stem="The tide rises twice a day.",
                id="tide-rises-twice-day",
                answer=True,
                feedback="It does.",
            ),
            id="true",
        ),
        pytest.param(
            "Low tide is high.{ F }",
            TrueFalse(stem="Low tide is high.", id="low-tide-high", answer=False),
            id="false",
        ),
        pytest.param(
            "How many hours lie between? {#12.4:0.5}",
            Number(
                stem="How many hours lie between?",
                id="many-hours-lie-between",
                answer=Decimal("12.4"),
                tolerance="0.5",
            ),
            id="number",
        ),
        pytest.param(
            "How many hours lie between? {#12..13}.",
            Number(
                stem="How many hours lie between?",
                id="many-hours-lie-between",
                answer=Decimal("12.5"),
                tolerance="0.5",
            ),
            id="range",
        ),
        pytest.param(
            "Born? {#\n=1822#Yes.\n=%0%1832#Ten years later.\n}",
            Number(
                stem="Born?",
                id="born",
                answer=Decimal(1822),
                mistakes=(NumberMistake(answer=Decimal(1832), feedback="Ten years later."),),
            ),
            id="mistakes",
        ),
        pytest.param(
            "Name it. {=ebb =ebb tide =%0%flood#That is the rise.####It falls.}",
            Text(
                stem="Name it.",
                id="name",
                answers=("ebb", "ebb tide"),
                mistakes=(TextMistake(answer="flood", feedback="That is the rise."),),
                explanation="It falls.",
            ),
            id="text",
        ),
        pytest.param(
            "Match them. {=Depth -> Lead\\: line\n=Speed->Log\n= -> Barometer}",
            Match(
                stem="Match them.",
                id="match-them",
                pairs=(Pair(left="Depth", right="Lead: line"), Pair(left="Speed", right="Log")),
                distractors=("Barometer",),
            ),
            id="match",
        ),
        pytest.param(
            "In order?{>3 ALL VERTICAL\nFirst\nSecond\nThird\n}",
            Order(stem="In order?", id="order", items=("First", "Second", "Third")),
            id="order",
        ),
        pytest.param(
            "Why?{}",
            Open(stem="Why?", id="why", rubric=()),
            id="essay",
        ),
        pytest.param(
            "[html]<p>Is <b>2 &lt; 3</b>&nbsp;or <i>not</i>?</p><ul><li>a</li><li>b</li></ul>{T}",
            TrueFalse(
                stem="Is **2 < 3** or *not*?\n\n- a\n- b\n",
                id="2-3-not-b",
                answer=True,
            ),
            id="html",
        ),
        pytest.param(
            "::a\\:b::What is 1 + 1 \\= \\{?\\} \\~ \\# \\\\{=two ~three}",
            Choice(
                stem="What is 1 + 1 = {?} ~ # \\",
                id="a-b",
                options=(Option(text="two", correct=True), Option(text="three")),
            ),
            id="escapes",
        ),
        pytest.param(
            "// [id:q] [tag:level:apply] [tag:seas]\nQ? {T}",
            TrueFalse(stem="Q?", id="q", objective="seas", level="apply", answer=True),
            id="level",
        ),
    ],
)
def test_it_reads_what_people_write(text: str, question: Question) -> None:
    for ends in (text, text.replace("\n", "\r\n"), f"\ufeff{text}\n\n"):
        assert imported_alone(ends)[0] == question


@pytest.mark.parametrize(
    ("text", "lost", "note"),
    [
        ("Q? {=A ~%50%B ~C}", "the part of the points for “B”", "all or nothing"),
        ("Q? {=A =B ~C}", "any one of its right options", "all of them must be chosen"),
        ("Q? {~%70%A ~%30%B ~C}", "its own weights", "The weights were others"),
        ("Q? {=ebb =%50%fall}", "the part of the points for “fall”", "Accept it"),
        ("Q? {=ebb =*tide}", "the pattern “*tide”", "Write out what is accepted"),
        ("Q? {=ebb =%0%*#No.}", "what is said to every other answer", ""),
        ("Q? {=ebb#Right!}", "what is said to a right answer", ""),
        ("Q? {T#No.#Yes.}", "what is said to a right answer", ""),
        ("Q? {#3:1 ~#No.}", "what is said to every other answer", ""),
        ("Q? {#=3 =4:0.5}", "the further right numbers “4 ± 0.5”", "have one tolerance"),
        ('[html]Q? <img src="@@PLUGINFILE@@/a.png">{T}', "its pictures", ""),
        ("// [tag:one] [tag:two]\nQ? {T}", "the tag “two”", ""),
        ("// [tag:one] [tag:level:high]\nQ? {T}", "the tag “level:high”", ""),
        ("Q? {}", "", "Write in `rubric:`"),
    ],
    ids=lambda text: text[:24],
)
def test_what_our_questions_cannot_hold_is_said(text: str, lost: str, note: str) -> None:
    _, left_out, noted = imported_alone(text)
    assert lost in " ".join(left_out)
    assert bool(left_out) == bool(lost)
    assert note in noted
    assert bool(noted) == bool(note)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("No end {=a ~b", "one of its braces { } has no partner"),
        ("Twice {=a ~b} and {=c ~d}", "more than one pair of braces"),
        ("None right {~a ~b}", "none of its options is right"),
        ("One only {=a ~}", "there must be at least two options"),
        ("Pair {=a -> b =c}", "one of its pairs has no ->"),
        ("Number {#three}", "“three” is no number"),
        ("Number {#1..x}", "1..x is no range of numbers"),
        ("Number {#=1e99}", "a number that is too long"),
        ("Anything {=*}", "only patterns"),
        ("Weight {~%500%a ~b}", "500 percent is no weight"),
        (
            "Weights {~%50,0%a ~%50,0%b}",
            "%50,0% is not written as GIFT does: with a point",
        ),
        ("Weights {~%-33,3%a =b}", "the weight %-33,3% is not written"),
        ("Weights {~% 50 %a ~b}", "without spaces"),
        ("{=a ~b}", "it has no text"),
        ("One pair {=a -> b = -> c}", "there must be at least two pairs to match"),
    ],
    ids=lambda text: text[:14],
)
def test_a_broken_question_does_not_take_the_others_with_it(broken: str, reason: str) -> None:
    imported = read_gift(f"First? {{T}}\n\n{broken}\n\nLast? {{F}}\n")
    assert imported.lesson.quiz is not None
    assert [question.stem for question in imported.lesson.quiz.questions] == ["First?", "Last?"]
    (said_of_it,) = imported.left_out
    assert said_of_it.startswith("Line 3")
    assert reason in said_of_it


@pytest.mark.parametrize(
    ("text", "title", "remedy"),
    [
        ("", "no question in GIFT", "{=Ann ~Ben}"),
        ("Just\n\nsome prose.", "no question in GIFT", "{=Ann ~Ben}"),
        ("<?xml version='1.0'?><quiz/>", "line 1 begins with <", "moodle-xml"),
        ("Broken {=a ~b", "None of the questions", "on line 1"),
        ("x" * 20_000_001, "larger than 20 MB", "Split"),
    ],
    ids=["empty", "prose", "xml", "broken", "huge"],
)
def test_what_is_no_gift_is_refused_with_a_remedy(text: str, title: str, remedy: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read_gift(text)
    assert title in refusal.value.title
    assert remedy in refusal.value.remedy


def test_a_file_becomes_a_lesson_that_reads_as_if_someone_had_written_it(tmp_path: Path) -> None:
    imported = read_gift(
        """\
// Exported from somewhere.
$CATEGORY: $course$/top/Harbors/Tides

::About tides::[html]<p>The <b>tide</b> rises twice a day.</p>

// [id:moon] [tag:causes]
::Q1::What pulls the sea most?{=The moon ~The sun####It is near.}

What pulls the sea most, after the moon?{=The sun ~The wind}

$CATEGORY: Harbors/Tides/Practice

Is the sea deep?{T}
"""
    )
    written = write_lesson(imported.lesson, imported.notes)
    assert (
        written
        == """\
# yaml-language-server: $schema=lesson.schema.json
title: Tides

# These were tags. Say of each what the learner can do after the lesson.
objectives:
  causes: causes

steps:
  - type: read
    title: About tides
    text: The **tide** rises twice a day.

  # Category: Harbors / Tides / Practice
  - type: true_false
    id: sea-deep
    stem: Is the sea deep?
    answer: true

# 1 of 2 questions have no `explanation:`. Learners see it after every response: say there why the
# right answer is right.
quiz:
  questions:
    - type: choice
      id: moon
      objective: causes
      stem: What pulls the sea most?
      options:
        - text: The moon
          correct: true
        - text: The sun
      explanation: It is near.

    - type: choice
      id: pulls-sea-most-after
      stem: What pulls the sea most, after the moon?
      options:
        - text: The sun
          correct: true
        - text: The wind
"""
    )
    path = tmp_path / "tides.yaml"
    path.write_text(written, encoding="utf-8")
    assert [found for found in check(path) if found.severity == "error"] == []


def test_ids_never_clash() -> None:
    text = "// [id:a b]\nWhat? {T}\n\n::a-b::What? {T}\n\nWhat? {T}\n\nWhat? {F}\n\n::!::? {T}"
    imported = read_gift(text)
    assert imported.lesson.quiz is not None
    ids = [question.id for question in imported.lesson.quiz.questions]
    assert ids == ["a-b", "a-b-2", "what", "what-2", "question"]


def test_practice_and_quiz_go_out_under_categories_of_their_own(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    exported = gift(course, [asks, tells])
    assert isinstance(exported.content, str)
    assert re.findall(r"^\$CATEGORY: (.*)$", exported.content, re.MULTILINE) == [
        "Every kind of question/Ten ways to ask",
        "Every kind of question/Six ways to tell/Practice",
    ]
    assert (
        """\
// [id:pull] [tag:know]
::pull::[markdown]What raises the tide most?{
\t=The moon
\t~The wind#Wind moves the surface only.
\t~The sun#It helps, but less.
\t####The moon is near.
}
"""
        in exported.content
    )
    assert exported.left_out == (
        "asks/pull: without its hints, claims and parts' ids.",
        "asks/twice: without its claims.",
        "asks/hours: without its unit.",
        "asks/phases: left out, for GIFT has no questions to put in order.",
        "asks/tools: without its feedback on single items.",
        "asks/daily: left out, for GIFT has no texts with several gaps.",
        "asks/waters: in Moodle each item is matched with its group.",
        "asks/why: without its rubric and example answer.",
        "asks: without its objectives' sentences, share that passes and rules that do not apply; "
        "a question bank has no place for them.",
        "tells: without its 6 other steps (read, compare, timeline, debate, figure, reflect); only "
        "questions can go.",
        "tells/practice-pull: without its hints, list of rules that do not apply and parts' ids.",
    )


def test_links_into_the_course_show_only_their_words() -> None:
    stem = "What is [a tide](term:tide)? See [more](https://example.org)."
    exported = gift(COURSE, [Lesson(title="L", id="l", steps=(TrueFalse(stem=stem, answer=True),))])
    assert isinstance(exported.content, str)
    assert "What is a tide? See [more](https\\://example.org)." in exported.content
    assert sum("Links" in sentence for sentence in exported.left_out) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 20])
def test_everything_ticked_earns_nothing_in_moodle_too(count: int) -> None:
    options = [Option(text=f"wrong {n}") for n in range(count)]
    question = Multiple(stem="Q", options=(Option(text="right", correct=True), *options))
    exported = gift(COURSE, [Lesson(title="L", id="l", steps=(question,))])
    assert isinstance(exported.content, str)
    (seen,) = read_as_moodle(exported.content)
    assert sum(fraction for _, fraction, _ in seen.answers) < 1e-4
    assert bool(exported.left_out) == (count in (11, 12))


def test_what_no_weight_can_share_is_left_out() -> None:
    options = tuple(Option(text=f"right {n}", correct=True) for n in range(11))
    lesson = Lesson(title="L", id="l", steps=(Multiple(stem="Q", id="q", options=options),))
    assert gift(COURSE, [lesson]).left_out == (
        "l/q: left out, for Moodle has no weight for 11 right options.",
    )


@given(st.lists(texts, max_size=6).map("".join), st.sampled_from(["{}", "{=a ~b}", "\n\n", ""]))
@settings(max_examples=examples(100))
def test_anything_is_read_as_a_sound_lesson_or_refused(text: str, more: str) -> None:
    try:
        imported = read_gift(f"{text}{more}{text}\n\nIs it?{{T}}\n\n{more}{text}")
    except CannotRead:
        return
    written = write_lesson(imported.lesson, imported.notes)
    document = parse_document("lesson.yaml", written.encode())
    draft, found = collect(build_lesson(document, "lesson"))
    assert draft is not None
    assert [*document.violations, *found] == []
    for subject in draft.all_questions():
        assert [fault for rule in ERRORS for fault in rule(subject)] == []


@pytest.mark.parametrize(
    ("start", "again", "end", "size"),
    [
        ("", "{", "", 300_000),
        ("\\", "\\", "", 500_000),
        ("", "#", "", 500_000),
        ("", "::", "", 300_000),
        ("", " ", "", 900_000),
        ("", "[", "", 500_000),
        ("Q {=", "~a", "}", 40_000),
        ("", "a\n", "", 300_000),
        ("", "Q{T}\n\n", "", 8_000),
        ("[html]", "<a ", "{T}", 200_000),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_nothing_hangs(start: str, again: str, end: str, size: int) -> None:
    def read(size: int) -> None:
        with contextlib.suppress(CannotRead):
            read_gift(start + again * size + end)

    assert growth(read, size) < 50


def test_several_right_numbers_come_in_and_go_out() -> None:
    read = read_gift("::q::What is squared 9? {#=3:0.1 =-3:0.1 =%0%9#That is 9 itself.}")
    assert read.lesson is not None
    [question] = read.lesson.questions()
    assert isinstance(question, Number)
    assert (question.key(), question.also) == ("3", ("-3",))
    assert not [said for said in read.left_out if "right numbers" in said]
    back, _ = there_and_back(question)
    assert isinstance(back, Number)
    assert (back.key(), back.also, back.tolerance) == ("3", ("-3",), "0.1")


def test_a_fraction_comes_back_as_one() -> None:
    wrong = NumberMistake(answer=Decimal(decimals_of("1/81")), fraction="1/81", feedback="Squared.")
    question = Number(
        stem="What is squared a ninth?",
        id="q",
        answer=Decimal(decimals_of("1/3")),
        fraction="1/3",
        also=("-1/3", "0.5"),
        mistakes=(wrong,),
    )
    back, _ = there_and_back(question)
    assert isinstance(back, Number)
    assert (back.key(), back.also) == ("1/3", ("-1/3", "0.5"))
    assert [mistake.fraction for mistake in back.mistakes] == ["1/81"]
