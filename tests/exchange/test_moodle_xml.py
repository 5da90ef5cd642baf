"""Moodle XML: what goes out comes back, and what others write is read."""

import contextlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from arbitrary import sound
from carried import facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import EVERY, examples, growth, read_course

from tutor.course.lint.checker import check
from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Item,
    Match,
    Multiple,
    Number,
    NumberMistake,
    Open,
    Option,
    Order,
    Pair,
    Question,
    Text,
    TextMistake,
    TrueFalse,
)
from tutor.course.model.steps import Read
from tutor.course.reading.loading import read_lesson
from tutor.course.writer import write_lesson
from tutor.errors import CannotRead
from tutor.exchange.moodle_xml import moodle_xml, read_moodle_xml
from tutor.library import bundled_courses
from tutor.quiz.grading import grade

SCHEMA = Path(__file__).with_name("moodle.xsd")
COURSE = Course(id="c", title="Tides/Ebb: a // course", folder="/c", lessons=())


def there_and_back(question: Question) -> tuple[Question | None, tuple[str, ...]]:
    """A question as it comes back from Moodle XML, if it goes at all, and what is said of that."""
    lesson = Lesson(title="A lesson", id="l", quiz=Quiz(questions=(question,)))
    exported = moodle_xml(COURSE, [lesson])
    assert isinstance(exported.content, bytes)
    if any("left out" in sentence for sentence in exported.left_out):
        return None, exported.left_out
    imported = read_moodle_xml(exported.content)
    assert imported.left_out == ()
    assert imported.lesson.title == "A lesson"
    assert imported.lesson.quiz is not None
    (back,) = imported.lesson.quiz.questions
    return back, exported.left_out


def expected(question: Question) -> dict[str, Any]:
    """What of a question Moodle XML carries."""
    kept = facts(question)
    if words := kept.get("words"):
        # Words are chosen from a list: what is not in it cannot be right, and where all of it is
        # right nothing can be said of what is wrong.
        kept["gaps"] = [[text for text in gap if text in words] for gap in kept["gaps"]]
        kept["feedback"] = [
            told if set(words) - set(gap) else ""
            for told, gap in zip(kept["feedback"], kept["gaps"], strict=True)
        ]
    return kept


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
@pytest.mark.parametrize("kind", sound)
def test_every_question_comes_back_as_it_was(kind: str) -> None:
    @given(sound[kind].filter(only_one_paragraph).filter(only_wrong_mistakes))
    @settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        back, left_out = there_and_back(question)
        if back is None:
            assert left_out[0].startswith(f"l/{question.id}: left out, for Moodle has no weight")
        else:
            assert facts(back) == expected(question)

    law()


def test_what_is_said_to_a_mistake_that_is_accepted_is_told() -> None:
    moon = Text(
        stem="What pulls?",
        id="q",
        answers=("The Moon",),
        mistakes=(TextMistake(answer="the  moon", feedback="Which?"),),
    )
    exported = moodle_xml(COURSE, [Lesson(title="A", id="l", quiz=Quiz(questions=(moon,)))])
    assert isinstance(exported.content, bytes)
    [told] = read_moodle_xml(exported.content).left_out
    assert told.endswith("without what is said to “the moon”, which is accepted here: “Which?”.")


@given(st.lists(st.one_of(*sound.values()), min_size=1, max_size=4, unique_by=lambda q: q.id))
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))
def test_what_goes_out_has_the_structure_that_moodle_reads(questions: list[Question]) -> None:
    lesson = Lesson(title="A <lesson>", id="l", steps=tuple(questions))
    exported = moodle_xml(COURSE, [lesson])
    assert isinstance(exported.content, bytes)
    assert_valid(exported.content)


def assert_valid(content: bytes) -> None:
    """Check a file against the schema of what Moodle's importer looks for."""
    etree = pytest.importorskip("lxml.etree", reason="lxml checks exports against moodle.xsd")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(etree.fromstring(content)), f"not valid: {schema.error_log}"


def test_the_schema_tells_good_from_bad() -> None:
    lesson = Lesson(title="L", id="l", steps=(TrueFalse(stem="Is it?", answer=True),))
    exported = moodle_xml(COURSE, [lesson])
    assert isinstance(exported.content, bytes)
    assert_valid(exported.content)
    for good, bad in ((b'fraction="100"', b'fraction="101"'), (b"truefalse", b"yesno")):
        with pytest.raises(AssertionError, match="not valid"):
            assert_valid(exported.content.replace(good, bad))


@pytest.mark.parametrize("folder", [EVERY, *bundled_courses()], ids=lambda path: str(path.name))
def test_whole_courses_go_out_and_come_back(folder: Path, tmp_path: Path) -> None:
    course = read_course(folder).course
    assert course is not None
    lessons = [read_lesson(Path(outline.path)).lesson for outline in course.lessons]
    exported = moodle_xml(course, [lesson for lesson in lessons if lesson is not None])
    assert isinstance(exported.content, bytes)
    imported = read_moodle_xml(exported.content)
    assert imported.left_out == ()
    went = [q.id for lesson in lessons if lesson for q in lesson.questions()]
    assert sorted(question.id for question in imported.lesson.questions()) == sorted(went)
    path = tmp_path / "back.yaml"
    path.write_text(write_lesson(imported.lesson, imported.notes), encoding="utf-8")
    assert [found for found in check(path) if found.severity == "error"] == []
    assert_valid(exported.content)


def quiz(*questions: str) -> bytes:
    """A file of Moodle's with some questions."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'.encode()


def asked(kind: str, inner: str, stem: str = "What?", form: str = "html") -> str:
    """A question as Moodle writes it; the stem is wrapped as its editor does."""
    return (
        f'<question type="{kind}"><name><text>Q1</text></name><questiontext format="{form}">'
        f"<text><![CDATA[<p>{stem}</p>]]></text></questiontext>{inner}</question>\n"
    )


def answer(fraction: float, text: str, feedback: str = "") -> str:
    """An answer as Moodle writes it."""
    told = f'<feedback format="html"><text>{feedback}</text></feedback>' if feedback else ""
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{told}</answer>'


@pytest.mark.parametrize(
    ("xml", "question"),
    [
        pytest.param(
            asked(
                "multichoice",
                "<single>true</single><shuffleanswers>0</shuffleanswers>"
                "<defaultgrade>2.0000000</defaultgrade>"
                + answer(100, "&lt;p&gt;The &lt;b&gt;moon&lt;/b&gt;&lt;/p&gt;")
                + answer(0, "The wind", "It only ripples.")
                + "<hint format='html'><text>Look up.</text></hint>"
                "<generalfeedback format='html'><text>It is near.</text></generalfeedback>",
            ),
            Choice(
                stem="What?",
                id="q1",
                options=(
                    Option(text="The **moon**", correct=True),
                    Option(text="The wind", feedback="It only ripples."),
                ),
                hints=("Look up.",),
                points=2,
                shuffle=False,
                explanation="It is near.",
            ),
            id="choice",
        ),
        pytest.param(
            asked(
                "multichoice",
                "<single>false</single>"
                + answer(50, "a")
                + answer(50, "b")
                + answer(-100, "c")
                + "<tags><tag><text>Seas &amp; tides</text></tag></tags>",
            ),
            Multiple(
                stem="What?",
                id="q1",
                objective="seas-tides",
                options=(
                    Option(text="a", correct=True),
                    Option(text="b", correct=True),
                    Option(text="c"),
                ),
            ),
            id="multiple",
        ),
        pytest.param(
            asked("truefalse", answer(0, "false", "No.") + answer(100, "true")),
            TrueFalse(stem="What?", id="q1", answer=True, feedback="No."),
            id="true-false",
        ),
        pytest.param(
            asked("truefalse", answer(0, "Wahr") + answer(100, "Falsch")),
            TrueFalse(stem="What?", id="q1", answer=False),
            id="old-true-false",
        ),
        pytest.param(
            asked(
                "numerical",
                '<answer fraction="100"><text>12.4</text><tolerance>0.5</tolerance></answer>'
                + answer(0, "24", "A day.")
                + "<units><unit><multiplier>1</multiplier><unit_name>h</unit_name></unit></units>"
                "<unitgradingtype>1</unitgradingtype>",
            ),
            Number(
                stem="What?",
                id="q1",
                answer=Decimal("12.4"),
                tolerance="0.5",
                unit="h",
                ask_unit=True,
                mistakes=(NumberMistake(answer=Decimal(24), feedback="A day."),),
            ),
            id="number",
        ),
        pytest.param(
            asked("numerical", '<answer fraction="100">7<tolerance>0</tolerance></answer>'),
            Number(stem="What?", id="q1", answer=Decimal(7)),
            id="old-number",
        ),
        pytest.param(
            asked("shortanswer", answer(100, "2 \\* 3") + answer(0, "5", "No.")),
            Text(
                stem="What?",
                id="q1",
                answers=("2 * 3",),
                mistakes=(TextMistake(answer="5", feedback="No."),),
            ),
            id="text",
        ),
        pytest.param(
            asked(
                "matching",
                "<subquestion format='html'><text>a</text><answer><text>1</text></answer>"
                "</subquestion><subquestion format='html'><text>b</text><answer><text>2</text>"
                "</answer></subquestion><subquestion format='html'><text></text><answer>"
                "<text>3</text></answer></subquestion>",
            ),
            Match(
                stem="What?",
                id="q1",
                pairs=(Pair(left="a", right="1"), Pair(left="b", right="2")),
                distractors=("3",),
            ),
            id="match",
        ),
        pytest.param(
            asked(
                "essay",
                "<graderinfo format='html'><text><![CDATA[<ul><li>One</li><li>Two</li></ul>"
                "<p>So.</p>]]></text></graderinfo>",
            ),
            Open(stem="What?", id="q1", rubric=("One", "Two"), model="So."),
            id="essay",
        ),
        pytest.param(
            asked(
                "ordering",
                answer(2, "second") + answer(1, "first", "It begins.") + answer(3, "third"),
            ),
            Order(
                stem="What?",
                id="q1",
                items=(Item(text="first", feedback="It begins."), "second", "third"),
            ),
            id="order",
        ),
        pytest.param(
            asked(
                "cloze",
                "",
                stem="Fill in.</p><p>A {1:SHORTANSWER:=day~=24 h~%0%*#No.} has "
                "{1:SA:%100%two~=2\\~} tides.",
            ),
            Gaps(
                stem="Fill in.",
                id="q1",
                text="A {{day|24 h}} has {{two|2~}} tides.",
                feedback=("No.",),
                points=2,
            ),
            id="cloze",
        ),
        pytest.param(
            asked("multianswer", "", stem="A tide {2:MCV:~pushes~=pulls#Yes.~%-50%blows} the sea."),
            Gaps(
                stem="Fill in the gap.",
                id="q1",
                text="A tide {{pulls}} the sea.",
                bank=("pushes", "blows"),
                points=2,
            ),
            id="cloze-choices",
        ),
    ],
)
def test_it_reads_what_moodle_writes(xml: str, question: Question) -> None:
    imported = read_moodle_xml(quiz(xml))
    assert imported.lesson.quiz is not None
    assert imported.lesson.quiz.questions == (question,)


@pytest.mark.parametrize(
    ("xml", "lost", "note"),
    [
        (
            asked("multichoice", "<single>1</single>" + answer(100, "a") + answer(50, "b")),
            "the part of the points for “b”",
            "all or nothing",
        ),
        (
            asked("shortanswer", answer(100, "*") + answer(100, "a")),
            "the pattern “*”",
            "Write out what is accepted",
        ),
        (
            asked(
                "truefalse", answer(100, "true"), stem="<img src='@@PLUGINFILE@@/a.png'> x"
            ).replace(
                "</questiontext>", '<file name="a.png" encoding="base64">AA==</file></questiontext>'
            ),
            "the file “a.png”",
            "",
        ),
        (
            asked("truefalse", answer(100, "true") + "<defaultgrade>0.5</defaultgrade>"),
            "its 0.5 points have become 1",
            "",
        ),
        (
            asked(
                "multichoice",
                answer(100, "a") + answer(0, "b") + "<incorrectfeedback><text>Read it again.</text>"
                "</incorrectfeedback>",
            ),
            "its incorrectfeedback (“Read it again.”)",
            "",
        ),
        (asked("essay", ""), "", "Write in `rubric:`"),
    ],
    ids=["partial", "pattern", "file", "points", "combined", "essay"],
)
def test_what_our_questions_cannot_hold_is_said(xml: str, lost: str, note: str) -> None:
    imported = read_moodle_xml(quiz(xml))
    assert lost in " ".join(imported.left_out)
    assert bool(imported.left_out) == bool(lost)
    assert note in imported.notes.get(("quiz", "questions", 0), "")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (asked("calculated", ""), "we have no questions of the type calculated"),
        (asked("multichoice", ""), "it has no answers"),
        (asked("multichoice", answer(0, "a") + answer(0, "b")), "none of its options is right"),
        (asked("multichoice", '<answer fraction="x"><text>a</text></answer>'), "“x” is no number"),
        (asked("cloze", ""), "its text has no gap"),
        (asked("cloze", "", stem="{1:MULTIRESPONSE:=a~=b}"), "a gap of the kind MULTIRESPONSE"),
        (asked("cloze", "", stem="{1:SA:=a"), "one of its gaps has no end"),
        (asked("cloze", "", stem="{1:SA:*}"), "accepts no text of its own"),
        ("<question><name><text>n</text></name></question>", "the type unknown"),
        (asked("ordering", answer(1, "a")), "there must be at least two items to put in order"),
    ],
    ids=lambda text: text[-24:],
)
def test_a_broken_question_does_not_take_the_others_with_it(broken: str, reason: str) -> None:
    sound_one = asked("truefalse", answer(100, "true"))
    imported = read_moodle_xml(quiz(sound_one, broken, sound_one))
    assert len(imported.lesson.questions()) == 2
    (said_of_it,) = imported.left_out
    assert said_of_it.startswith("Line 4")
    assert reason in said_of_it


def test_descriptions_are_read_and_categories_give_the_title() -> None:
    path = "<text>$course$/top/A//B/Tides</text>"
    category = f"<question type='category'><category>{path}</category></question>"
    imported = read_moodle_xml(quiz(category, asked("description", "", stem="<b>Tides</b> rise.")))
    assert imported.lesson == Lesson(
        title="Tides", steps=(Read(title="Q1", text="**Tides** rise."),)
    )


def test_points_of_more_digits_than_can_be_counted_are_refused() -> None:
    asks = b"<question type='numerical'><defaultgrade>1e999999999</defaultgrade></question>"
    with pytest.raises(CannotRead) as raised:
        read_moodle_xml(b"<quiz>" + asks + b"</quiz>")
    assert "1e999999999 cannot be used as a number here" in raised.value.remedy


@pytest.mark.parametrize(
    ("raw", "title", "remedy"),
    [
        (b"", "Line 1", "Export the questions from Moodle once more"),
        (b"Q? {T}", "Line 1", "Export"),
        (b"<quiz><question></quiz>", "mismatched tag", "mend"),
        (b"<assessment/>", "begins with <assessment>", "<quiz>"),
        (b"<quiz></quiz>", "holds no questions", "Moodle"),
        (quiz(asked("calculated", "")), "None of the questions", "on line 3: we have no questions"),
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "document type", "Remove"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "document type", "Remove"),
        (
            "<quiz>\né caf&eacute;s".encode(),
            "Line 2, column 6: XML does not know `&eacute;`",
            "`é`",
        ),
        (b"<quiz>\r\na&nbsp;b &eacute;", "know `&nbsp;`, which is HTML's", "`&#160;`"),
        (b"<quiz>R&D;</quiz>", "does not know `&D;`.", "`&amp;`"),
        ("<quiz>a&eacute;".encode("utf-16"), "XML does not know", "the letter itself"),
        (b"<?xml version='1.0' encoding='nonsense'?><quiz/>", "Line 1", "UTF-8"),
        (b"<quiz>" + b"<a>" * 50, "nested too deep", "Split"),
        (b"<quiz>" + b"<a/>" * 200_001, "holds too much", "Split"),
        (b" " * 20_000_001, "larger than 20 MB", "Split"),
    ],
    ids=[
        "empty",
        "gift",
        "tags",
        "qti",
        "none",
        "all-broken",
        "entity",
        "external",
        "name-of-html",
        "name-of-a-blank",
        "name-of-nothing",
        "name-in-utf-16",
        "encoding",
        "deep",
        "many",
        "huge",
    ],
)
def test_what_is_no_moodle_xml_is_refused_with_a_remedy(
    raw: bytes, title: str, remedy: str
) -> None:
    with pytest.raises(CannotRead) as refusal:
        read_moodle_xml(raw)
    assert title in refusal.value.title
    assert remedy in refusal.value.remedy


def test_a_weight_with_a_comma_is_said_to_need_a_point() -> None:
    answers = '<answer fraction="50,0"><text>a</text></answer><answer><text>b</text></answer>'
    with pytest.raises(CannotRead) as refusal:
        read_moodle_xml(quiz(asked("multichoice", answers)))
    assert "“50,0” is no number; decimals begin with a point" in refusal.value.remedy


def test_control_characters_in_a_file_do_not_reach_the_lesson() -> None:
    stem = "&#27;[2J {1:SA:=a&#27;b} x"
    imported = read_moodle_xml(quiz(asked("cloze", "", stem=stem)))
    assert "\x1b" not in repr(imported)
    assert "x1b" not in repr(imported)


@pytest.mark.parametrize(
    ("start", "again", "size"),
    [
        ("", "{1:SA:", 100_000),
        ("{1:SA:=", "~a", 200_000),
        ("", "&#", 300_000),
        ("", "\\", 500_000),
        ("", "<a ", 200_000),
    ],
    ids=["starts", "answers", "entities", "backslashes", "tags"],
)
def test_nothing_hangs(start: str, again: str, size: int) -> None:
    def read(size: int) -> None:
        stem = start + again * size
        with contextlib.suppress(CannotRead):
            read_moodle_xml(
                quiz(asked("cloze", "", stem=stem), asked("truefalse", answer(100, "true")))
            )

    assert growth(read, size) < 50
