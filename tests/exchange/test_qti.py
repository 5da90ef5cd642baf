"""QTI for Canvas: what a teacher finds after importing the file, held against other programs."""

import importlib.util
import io
import os
import zipfile
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Multiple,
    Number,
    Open,
    Option,
    Question,
    Text,
)
from tutor.exchange.qti import qti

ORACLES = Path(__file__).parent / "oracles"
DTD = os.environ.get("TUTOR_QTI_DTD", "")
"""Where the published DTD of QTI 1.2.1 lies; the pyslet sdist holds a copy."""


def load_oracle(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ORACLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


shapes = load_oracle("text2qti_items")


def unpack(content: str | bytes) -> dict[str, bytes]:
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def quizzes(content: str | bytes) -> list[Element]:
    return [
        ET.fromstring(text)  # noqa: S314  # what we wrote ourselves
        for name, text in unpack(content).items()
        if b"<questestinterop" in text
    ]


def items(content: str | bytes) -> dict[str, Element]:
    return {kind: one for root in quizzes(content) for kind, one in shapes.by_type(root).items()}


def asking(*questions: Question, draw: int | None = None) -> Lesson:
    return Lesson(title="Asking", id="asking", quiz=Quiz(questions=questions, draw=draw))  # type: ignore[arg-type]


def a_choice(name: str, points: int = 1) -> Choice:
    options = (Option(text="Yes", correct=True), Option(text="No"))
    return Choice(stem=name, id=name, options=options, points=points)


def test_canvas_finds_a_manifest_and_two_files_for_each_quiz(course: Course, asks: Lesson) -> None:
    files = unpack(qti(course, [asks]).content)
    manifest = ET.fromstring(files["imsmanifest.xml"])  # noqa: S314  # ours
    named = {one.attrib["href"] for one in manifest.iter() if one.tag.endswith("}file")}
    assert named == set(files) - {"imsmanifest.xml", "non_cc_assessments/"}
    folder = next(iter(named)).partition("/")[0]
    assert named == {f"{folder}/{folder}.xml", f"{folder}/assessment_meta.xml"}
    meta = files[f"{folder}/assessment_meta.xml"].decode()
    assert "<title>Ten ways to ask</title>" in meta
    assert "<points_possible>8.0</points_possible>" in meta  # order stays behind, open counts none


def test_every_question_has_the_type_canvas_knows_it_by(course: Course, asks: Lesson) -> None:
    (root,) = quizzes(qti(course, [asks]).content)
    assert len(shapes.by_type(root)) == 8  # two are matching questions
    asked = [(one.get("title"), shapes.fields(one)["question_type"]) for one in root.iter("item")]
    assert asked == [
        ("pull", "multiple_choice_question"),
        ("seas", "multiple_answers_question"),
        ("twice", "true_false_question"),
        ("hours", "numerical_question"),
        ("word", "short_answer_question"),
        ("tools", "matching_question"),
        ("daily", "fill_in_multiple_blanks_question"),
        ("waters", "matching_question"),
        ("why", "essay_question"),
    ]


def test_what_canvas_cannot_carry_is_said_with_its_place(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    said = qti(course, [asks, tells]).left_out
    assert "asks/phases: the question stays behind: Canvas has no type for putting things" in (
        "\n".join(said)
    )
    assert "asks/pull: 2 hints left out: Canvas has none." in said
    assert "asks/pull: what it rests on (t1) is not said." in said
    assert "asks/hours: feedback on 1 wrong number left out." in said
    assert "tells: there is no quiz to export." in said
    assert all(one.partition(":")[0].partition("/")[0] in ("asks", "tells") for one in said)


LOSSES = {
    "all or nothing": (
        Multiple(
            stem="?",
            options=(Option(text="a", correct=True), Option(text="b")),
            scoring="all-or-nothing",
        ),
        "here it is all or nothing",
    ),
    "price of a wrong option": (
        Multiple(
            stem="?",
            options=(Option(text="a", correct=True), Option(text="b"), Option(text="c")),
        ),
        "a wrong option costs 1/1 of the points in Canvas, 1/2 here",
    ),
    "typing errors": (Text(stem="?", answers=("ebb",), typos=1), "and 1 typing error"),
    "words that need not count": (
        Gaps(stem="?", text="{{tide}}", may_begin_with=("the", "a")),
        "Canvas accepts no “the” or “a” before what is listed",
    ),
    "asked unit": (
        Number(stem="?", answer=48, unit="hours", ask_unit=True),  # type: ignore[arg-type]
        "Canvas does not ask for it",
    ),
    "second word of the bank": (
        Gaps(stem="?", text="{{two|2}} tides", bank=("2", "three")),
        "gap 1 takes only two in Canvas, here 2 too",
    ),
}


@pytest.mark.parametrize(("question", "said"), LOSSES.values(), ids=LOSSES)
def test_what_canvas_grades_otherwise_is_said(
    course: Course, question: Question, said: str
) -> None:
    assert said in "\n".join(qti(course, [asking(question)]).left_out)


def test_the_same_lessons_give_the_same_bytes(course: Course, asks: Lesson) -> None:
    assert qti(course, [asks]).content == qti(course, [asks]).content
    moments = {
        entry.date_time
        for entry in zipfile.ZipFile(io.BytesIO(qti(course, [asks]).content)).infolist()  # type: ignore[arg-type]
    }
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_a_quiz_that_draws_its_questions_becomes_a_group_that_canvas_draws_from(
    course: Course,
) -> None:
    lesson = asking(a_choice("one"), a_choice("two"), a_choice("three"), draw=2)
    content = qti(course, [lesson]).content
    (root,) = quizzes(content)
    shapes.by_type(root)
    group = root.find("assessment/section/section")
    assert group is not None
    assert group.findtext("selection_ordering/selection/selection_number") == "2"
    assert len(group.findall("item")) == 3
    meta = b"".join(text for name, text in unpack(content).items() if name.endswith("meta.xml"))
    assert b"<points_possible>2.0</points_possible>" in meta


def test_canvas_cannot_draw_from_questions_worth_more_and_less(course: Course) -> None:
    exported = qti(course, [asking(a_choice("one"), a_choice("two", points=3), draw=1)])
    assert not quizzes(exported.content)[0].findall(".//{*}selection_number")
    assert any("all questions are asked, not 1 of them" in said for said in exported.left_out)


def test_gaps_stand_in_the_sentence_and_take_all_their_words(course: Course, asks: Lesson) -> None:
    item = items(qti(course, [asks]).content)["fill_in_multiple_blanks_question"]
    stem = item.findtext("presentation/material/mattext") or ""
    assert "There are [gap1] high tides in a [gap2]." in stem
    offered = {
        response.get("ident"): [text.text for text in response.findall("render_choice//mattext")]
        for response in item.iter("response_lid")
    }
    assert offered == {"response_gap1": ["two", "2"], "response_gap2": ["day"]}


def test_words_to_fill_in_mean_themselves(course: Course) -> None:
    gaps = Gaps(stem="?", text="Call {{__init__|*x*}}.")
    item = items(qti(course, [asking(gaps)]).content)["fill_in_multiple_blanks_question"]
    assert [one.text for one in item.findall(".//render_choice//mattext")] == ["__init__", "*x*"]


def test_a_bank_becomes_dropdowns_with_feedback_on_wrong_words(course: Course) -> None:
    bank = Gaps(stem="?", text="({{two}})(s)", bank=("three",), feedback=("Count them.",))
    item = items(qti(course, [asking(bank)]).content)["multiple_dropdowns_question"]
    assert "([gap1])(s)" in (item.findtext("presentation/material/mattext") or "")
    words = {
        label.get("ident"): label.findtext("material/mattext")
        for label in item.iter("response_label")
    }
    told = {
        words[str(one.get("ident")).removesuffix("_fb")]: one.findtext("flow_mat/material/mattext")
        for one in item.iter("itemfeedback")
    }
    assert told == {"three": "Count them."}


def test_each_place_of_a_match_earns_its_share_for_its_own_right(
    course: Course, asks: Lesson
) -> None:
    assert asks.quiz is not None
    lesson = asking(next(one for one in asks.quiz.questions if one.id == "tools"))
    item = items(qti(course, [lesson]).content)["matching_question"]
    lefts = {
        response.get("ident"): response.findtext("material/mattext")
        for response in item.iter("response_lid")
    }
    rights = {
        label.get("ident"): label.findtext("material/mattext")
        for label in item.iter("response_label")
    }
    earned = {
        lefts[str(wanted.get("respident"))]: rights[wanted.text]
        for condition in item.iter("respcondition")
        if condition.find("setvar") is not None
        for wanted in condition.findall("conditionvar/varequal")
    }
    assert earned == {"Depth": "Lead line", "Speed": "Log", "Direction": "Compass"}
    assert "Barometer" in rights.values()
    assert [one.text for one in item.iter("setvar")] == ["33.33"] * 3
    (told,) = [
        condition.findall("conditionvar/not/varequal")
        for condition in item.iter("respcondition")
        if condition.find("displayfeedback") is not None
    ]
    assert [lefts[str(one.get("respident"))] for one in told] == ["Direction"]


@given(st.text(min_size=1))
def test_no_text_breaks_the_file_or_becomes_markup(nasty: str) -> None:
    question = Choice(
        stem=f"<b>{nasty}</b>",
        id="q",
        options=(Option(text=nasty, id="a", correct=True), Option(text="<i>", id="b")),
        explanation=nasty,
    )
    course = Course(id="c", title=nasty, folder="", lessons=())
    item = items(qti(course, [asking(question)]).content)["multiple_choice_question"]
    assert len(item.findall(".//response_label")) == 2
    assert "&lt;b&gt;" in (item.findtext("presentation/material/mattext") or "")


def test_ids_outlive_a_changed_order_of_options(course: Course, asks: Lesson) -> None:
    assert asks.quiz is not None
    pull = asks.quiz.questions[0]
    assert isinstance(pull, Choice)
    turned = msgspec.structs.replace(pull, options=pull.options[::-1])

    def labels(question: Question) -> dict[str | None, str | None]:
        item = items(qti(course, [asking(question)]).content)["multiple_choice_question"]
        return {one.get("ident"): one.findtext(".//mattext") for one in item.iter("response_label")}

    assert labels(pull) == labels(turned)


# Other programs


def test_that_levels_stay_behind_is_said_once(course: Course) -> None:
    questions = [msgspec.structs.replace(a_choice(name), level="apply") for name in "ab"]
    said = qti(course, [asking(*questions)]).left_out
    assert [one for one in said if "level" in one] == [
        "asking: the levels of its questions stay behind."
    ]
    assert not any("level" in one for one in qti(course, [asking(a_choice("a"))]).left_out)


@pytest.mark.skipif(not DTD, reason="TUTOR_QTI_DTD does not say where the DTD of QTI 1.2.1 is")
def test_the_published_dtd_accepts_every_quiz(course: Course, asks: Lesson) -> None:
    etree = pytest.importorskip("lxml.etree")
    dtd = etree.DTD(DTD)
    every = [
        asks,
        asking(a_choice("one"), a_choice("two"), draw=1),
        asking(Gaps(stem="?", text="{{two}}", bank=("three",), feedback=("Count them.",))),
    ]
    for lesson in every:
        for root in quizzes(qti(course, [lesson]).content):
            shapes.by_type(root)  # a DTD knows no namespaces
            for extension in root.iter("selection_extension"):
                extension.clear()  # the place for what only Canvas knows
            valid = dtd.validate(etree.fromstring(ET.tostring(root)))
            assert valid, dtd.error_log.filter_from_errors()
    assert not dtd.validate(etree.fromstring("<questestinterop><quiz/></questestinterop>"))


@pytest.mark.parametrize(
    "kind",
    [
        "multiple_choice_question",
        "multiple_answers_question",
        "true_false_question",
        "numerical_question",
        "short_answer_question",
        "essay_question",
    ],
)
def test_text2qti_writes_the_same_for_the_same_question(
    course: Course, asks: Lesson, kind: str
) -> None:
    pytest.importorskip("text2qti")
    bare = Open(stem="Why does a harbor master need a tide table?", id="why", rubric=())
    lesson = asking(bare) if kind == "essay_question" else asks  # it has no rubrics
    ours = items(qti(course, [lesson]).content)[kind]
    assert shapes.outline(ours) == shapes.outline(shapes.items()[kind])
