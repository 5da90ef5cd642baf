"""QTI read: what we write for Canvas comes back, and what other programs write comes in."""

import io
import os
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Multiple,
    Number,
    Option,
    Order,
    Text,
    TrueFalse,
)
from tutor.errors import CannotRead
from tutor.exchange import archive
from tutor.exchange.qti import qti
from tutor.exchange.qti_reading import read_qti

COURSE = Course(id="c", title="Tides", folder="/c", lessons=())
HEAD = '<?xml version="1.0"?>\n'


def questions(raw: bytes | str) -> tuple[Any, ...]:
    content = raw.encode() if isinstance(raw, str) else raw
    return tuple(read_qti(content).lesson.questions())


def packed(**files: str) -> bytes:
    raw = io.BytesIO()
    with ZipFile(raw, "w") as zipped:
        zipped.writestr("imsmanifest.xml", "<manifest/>")
        for name, text in files.items():
            zipped.writestr(f"{name}.xml", text)
    return raw.getvalue()


def test_what_goes_out_for_canvas_comes_back() -> None:
    options = (Option(text="a `b`", correct=True, feedback="F"), Option(text="2 < 3 & *c*"))
    asked = (
        Choice(stem="Who?", id="who", options=options, explanation="So.", points=3),
        Multiple(stem="Which?", id="which", options=(*options, Option(text="d", correct=True))),
        TrueFalse(stem="Twice?", id="twice", answer=False),
        Number(stem="How many?", id="many", answer=Decimal("12.4"), tolerance="0.5"),
        Text(stem="What falls?", id="falls", answers=("the tide", "tide")),
        Gaps(stem="Fill in.", id="fill", text="The {{moon|sun}} pulls {{water}}.", bank=()),
        Gaps(stem="Choose.", id="choose", text="The {{moon}} pulls.", bank=("wind", "rain")),
    )
    content = qti(COURSE, [Lesson(title="Asks", id="l", quiz=Quiz(questions=asked))]).content
    assert isinstance(content, bytes)
    imported = read_qti(content)
    assert imported.lesson.title == "Asks"
    who, which, twice, many, falls, fill, choose = imported.lesson.questions()
    assert isinstance(who, Choice)
    assert [(o.text, o.correct, o.feedback) for o in who.options] == [
        ("a `b`", True, "F"),
        ("2 < 3 & *c*", False, None),
    ]
    assert (who.explanation, who.points) == ("So.", 3)
    assert isinstance(which, Multiple)
    assert [o.correct for o in which.options] == [True, False, True]
    assert isinstance(twice, TrueFalse)
    assert twice.answer is False
    assert isinstance(many, Number)
    assert (str(many.answer), many.tolerance) == ("12.4", "0.5")
    assert isinstance(falls, Text)
    assert falls.answers == ("the tide", "tide")
    assert isinstance(fill, Gaps)
    assert fill.gaps() == (("moon", "sun"), ("water",))
    assert isinstance(choose, Gaps)
    assert set(choose.words()) == {"moon", "wind", "rain"}
    assert (fill.points, choose.points) == (1, 1)


def item_1(kind: str, presentation: str, processing: str = "", more: str = "") -> str:
    """A questestinterop document with one item of Canvas's."""
    return (
        f'{HEAD}<questestinterop><assessment title="T"><section><item title="I"><itemmetadata>'
        f"<qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}"
        "</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>"
        f"<material><mattext>Who?</mattext></material>{presentation}</presentation>"
        f"<resprocessing>{processing}</resprocessing>{more}</item></section></assessment>"
        "</questestinterop>"
    )


def condition(what: str, score: str = "100") -> str:
    return (
        f"<respcondition><conditionvar>{what}</conditionvar>"
        f'<setvar action="Set">{score}</setvar></respcondition>'
    )


LABELS = "".join(
    f'<response_label ident="{name}"><material><mattext>{text}</mattext></material>'
    "</response_label>"
    for name, text in (("1", "Ann"), ("2", "Ben"), ("3", "Cy"))
)
ONE = f'<response_lid ident="r"><render_choice>{LABELS}</render_choice></response_lid>'
TWO = "".join(
    f'<response_lid ident="r{n}"><material><mattext>{left}</mattext></material>'
    f"<render_choice>{LABELS}</render_choice></response_lid>"
    for n, left in ((1, "First"), (2, "Second"))
)
WRITE = '<response_str ident="r"><render_fib/></response_str>'


def equal(value: str, place: str = "r") -> str:
    return f'<varequal respident="{place}">{value}</varequal>'


def test_items_of_canvas_and_others() -> None:
    part = condition(equal("1")) + condition(equal("3"), "50")
    [choice] = questions(item_1("multiple_choice_question", ONE, part))
    assert [option.correct for option in choice.options] == [True, False, False]
    matched = condition(equal("2", "r1")) + condition(equal("1", "r2"))
    [match] = questions(item_1("matching_question", TWO, matched))
    assert isinstance(match, Match)
    assert [(pair.left, pair.right) for pair in match.pairs] == [
        ("First", "Ben"),
        ("Second", "Ann"),
    ]
    assert match.distractors == ("Cy",)
    [short] = questions(item_1("short_answer_question", WRITE, condition(equal("Ann"))))
    assert short.answers == ("Ann",)
    ends = '<vargte respident="r">1</vargte><varlte respident="r">3</varlte>'
    [number] = questions(item_1("numerical_question", WRITE, condition(ends)))
    assert (str(number.answer), number.tolerance) == ("2", "1")
    [essay] = questions(item_1("essay_question", WRITE))
    assert essay.type == "open"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (item_1("file_upload_question", WRITE), "asks for a file"),
        (item_1("calculated_question", WRITE), "calculated anew"),
        (item_1("multiple_choice_question", ONE), "none of its options is right"),
        (item_1("matching_question", TWO), "does not say what"),
        (item_1("numerical_question", WRITE), "names no right number"),
        (f"{HEAD}<questestinterop><item/></questestinterop>", "no presentation"),
        (f"{HEAD}<assessmentItem/>", "no itemBody"),
        (f"{HEAD}<other/>", "no question of QTI"),
        (f'{HEAD}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Line 2: the file declares"),
        ("<a>", "Line 1"),
        ("<a>" * 200, "nested too deep"),
        ("PK\x03\x04", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, says: str) -> None:
    with pytest.raises(CannotRead) as refused:
        questions(text)
    assert says in f"{refused.value.title} {refused.value.remedy}"


def item_2(body: str, declared: str, more: str = "") -> str:
    return (
        f'{HEAD}<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" '
        f'title="I">{declared}<itemBody>{body}</itemBody>{more}</assessmentItem>'
    )


def declared(*values: str, base: str = "identifier", name: str = "R") -> str:
    listed = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="single" baseType="{base}">'
        f"<correctResponse>{listed}</correctResponse></responseDeclaration>"
    )


SIMPLE = (
    '<simpleChoice identifier="a">Ann<feedbackInline identifier="a">Yes.</feedbackInline>'
    '</simpleChoice><simpleChoice identifier="b"><b>Ben</b></simpleChoice>'
)
TEXT = '<textEntryInteraction responseIdentifier="R"/>'


def test_items_of_version_2() -> None:
    body = (
        '<p>Look:</p><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Who?</prompt>'
        f"{SIMPLE}</choiceInteraction>"
    )
    told = '<modalFeedback identifier="x">So it is.</modalFeedback>'
    [choice] = questions(item_2(body, declared("a"), told))
    assert choice.stem == "Look:\n\nWho?\n"
    assert [(o.text, o.correct, o.feedback) for o in choice.options] == [
        ("Ann", True, "Yes."),
        ("**Ben**", False, None),
    ]
    assert (choice.explanation, choice.id, choice.shuffle) == ("So it is.", "i1", False)
    body = f'<orderInteraction responseIdentifier="R">{SIMPLE}</orderInteraction>'
    [order] = questions(item_2(f"<p>Order</p>{body}", declared("b", "a")))
    assert isinstance(order, Order)
    assert order.items[0] == "**Ben**"
    sets = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{name}">{name}</simpleAssociableChoice>'
            for name in names
        )
        + "</simpleMatchSet>"
        for names in (("r1", "r2"), ("t1", "t2", "t3"))
    )
    body = f'<p>M</p><matchInteraction responseIdentifier="R">{sets}</matchInteraction>'
    [match] = questions(item_2(body, declared("r1 t2", "r2 t1", base="directedPair")))
    assert [(pair.left, pair.right) for pair in match.pairs] == [("r1", "t2"), ("r2", "t1")]
    assert match.distractors == ("t3",)
    [text] = questions(item_2(f"<p>What falls?</p><p>{TEXT}</p>", declared("tide", base="string")))
    assert text.answers == ("tide",)
    equal_ = '<equal toleranceMode="absolute" tolerance="0.5 0.5"/>'
    near = f"<responseProcessing>{equal_}</responseProcessing>"
    [number] = questions(item_2(f"<p>How many? {TEXT}</p>", declared("2", base="float"), near))
    assert (str(number.answer), number.tolerance) == ("2", "0.5")
    [gap] = questions(item_2(f"<p>The {TEXT} rises.</p>", declared("tide", base="string")))
    assert isinstance(gap, Gaps)
    assert gap.gaps() == (("tide",),)
    offered = (
        '<inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="a">sun'
        '</inlineChoice><inlineChoice identifier="b">moon</inlineChoice></inlineChoiceInteraction>'
    )
    [chosen] = questions(item_2(f"<p>The {offered} pulls.</p>", declared("b")))
    assert chosen.gaps() == (("moon",),)
    assert set(chosen.words()) == {"moon", "sun"}


def test_a_package_says_what_of_it_is_not_read() -> None:
    test = '<assessmentTest title="Tides"><assessmentItemRef identifier="i1"/></assessmentTest>'
    hot = item_2('<hotspotInteraction responseIdentifier="R"/>', declared("a"))
    good = item_2(f"<p>What falls?</p><p>{TEXT}</p>", declared("tide", base="string"))
    raw = io.BytesIO(packed(test=test, one=good, two=hot, bad="<a>"))
    with ZipFile(raw, "a") as zipped:
        zipped.writestr("a.png", b"x")
    imported = read_qti(raw.getvalue())
    assert imported.lesson.title == "Tides"
    assert len(imported.lesson.questions()) == 1
    assert any("no counterpart of a hotspotInteraction" in said for said in imported.left_out)
    assert any(said.startswith("1 other file of the package, a.png") for said in imported.left_out)
    assert any(said.startswith("bad.xml in the package: ") for said in imported.left_out)


def test_an_archive_unpacks_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10_000)
    with pytest.raises(CannotRead, match="would be unpacked"):
        read_qti(packed(bomb="<a>" + " " * 20_000 + "</a>", more="<a/>"))


def test_what_text2qti_writes_comes_in() -> None:
    pytest.importorskip("text2qti", reason="text2qti writes a quiz for us to read")
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz as Written

    source = (
        "Quiz title: Tides\n\n1. Who?\n... So.\n*a) Ann\nb) Ben\n... No.\n\n"
        "2. Which?\n[*] x\n[ ] y\n\n3. How many?\n=   12.4 +- 0.5\n\n"
        "4. What?\n*   ebb\n*   tide\n\n5. True?\n*a) True\nb) False\n"
    )
    written = QTI(Written(source, config=Config(), source_name="t")).assessment
    who, which, many, what, true = questions(written)
    assert (who.options[0].correct, who.options[1].feedback) == (True, "No.")
    assert who.explanation == "So."
    assert isinstance(which, Multiple)
    assert (str(many.answer), many.tolerance) == ("12.4", "0.5")
    assert what.answers == ("ebb", "tide")
    assert true.answer is True


@pytest.mark.parametrize("engine", ["canvas_qti_v1_2", "blackboard_qti_v2_1"])
def test_what_qti_package_maker_writes_comes_in(engine: str, tmp_path: Path) -> None:
    maker = pytest.importorskip(
        "qti_package_maker.package_interface", reason="qti-package-maker writes packages to read"
    )
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        package = maker.QTIPackageInterface("tides", allow_mixed=True)
        package.add_item("MC", ("<p>Who?</p>", ["Ann", "Ben", "Cy"], "Ben"))
        package.add_item("MA", ("<p>Which?</p>", ["x", "y", "z"], ["x", "z"]))
        package.add_item("NUM", ("<p>How many?</p>", 12.4, 0.5))
        package.add_item("FIB", ("<p>What falls?</p>", ["tide", "ebb"]))
        package.add_item("MATCH", ("<p>Match.</p>", ["a", "b"], ["1", "2"]))
        package.save_package(engine, "out.zip")
        imported = read_qti((tmp_path / "out.zip").read_bytes())
    finally:
        os.chdir(before)
    by_type = {question.type: question for question in imported.lesson.questions()}
    assert {"choice", "multiple", "number", "match"} <= set(by_type)
    choice, number = by_type["choice"], by_type["number"]
    assert isinstance(choice, Choice)
    assert sorted((o.text, o.correct) for o in choice.options) == [
        ("Ann", False),
        ("Ben", True),
        ("Cy", False),
    ]
    assert isinstance(number, Number)
    assert float(number.answer) == 12.4
