"""What can be chosen is told apart wherever a learner can tell it apart, and nowhere else."""

from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.lint.checker import check
from tutor.course.model.course import Lesson, Quiz
from tutor.course.model.questions import (
    QUESTION_TYPES,
    AnyQuestion,
    Choice,
    Option,
    Order,
    Question,
    with_unique_ids,
)
from tutor.course.reading.question_errors import same_items
from tutor.course.text import slug
from tutor.course.writer import write_lesson
from tutor.exchange.gift.reading import read_gift
from tutor.exchange.moodle_xml.reading import read_moodle_xml
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import grade

DIFFERENT = [
    *(
        ("-3", "3"),
        ("−3", "3"),
        ("+3", "3"),
        ("-3", "+3"),
        ("3.", ".3"),
        ("3,5", "3.5"),
        ("3!", "3"),
    ),
    *(
        ("Friday", "friday"),
        ("ICE", "ice"),
        ("900 MW", "900 mW"),
        ("Mb", "MB"),
        ("Straße", "strasse"),
    ),
    *(("x²", "x2"), ("H₂O", "H2O"), ("½", "1/2"), ("ﬁ", "fi"), ("５", "5"), ("10⁻²", "10-2")),
    *(
        ("!a", "a"),
        ("'a'", '"a"'),
        ("“a”", "'a'"),
        ("a", "'a'"),
        ("a?", "a."),
        ("a…", "a"),
        ("a;", "a:"),
    ),
    *(("co-op", "coop"), ("co-op", "co op"), ("a_b", "a b"), ("it's", "its"), ("it’s", "it's")),
    *(
        ("<", ">"),
        ("==", "="),
        ("a = b", "a == b"),
        ("résumé", "resume"),
        ("C#", "C"),
        ("(a)", "[a]"),
    ),
]
CODE = [
    *(("`2**3`", "`23`"), ("`a  b`", "`a b`"), ("`__x__`", "`x`"), ("***", "**"), ("**", "*")),
    *(
        ("```\nif a:\n  b\n```", "```\nif a:\nb\n```"),
        ("if a:\n    b", "if a:\nb"),
        ("a_b_c", "abc"),
    ),
]
SAME = [
    *(("a b", "a  b"), ("a b", " a b "), ("a b", "a\tb"), ("a b", "a\u00a0b"), ("a", "a\n")),
    *(("ab", "a\u200bb"), ("ab", "a\u00adb"), ("ab", "\u200eab"), ("ab", "ab\ufe0f")),
    *(
        ("-3", "-3\u2060"),
        ("a", "**a**"),
        ("a", "*a*"),
        ("a b", "__a b__"),
        ("a*b", "a\\*b"),
        ("é", "&eacute;"),
    ),
]


def raw(kind: str, one: str, other: str) -> list[dict[str, Any]]:
    """Questions of a type, with the two texts wherever it takes some to choose from."""
    match kind:
        case "choice" | "multiple":
            return [{"options": [{"text": one, "correct": True}, {"text": other}]}]
        case "order":
            return [{"items": [one, other]}]
        case "match":
            return [
                {"pairs": [{"left": one, "right": "x"}, {"left": other, "right": "y"}]},
                {"pairs": [{"left": "x", "right": one}, {"left": "y", "right": other}]},
                {
                    "pairs": [{"left": "x", "right": one}, {"left": "y", "right": one}],
                    "distractors": [other],
                },
            ]
        case "sort":
            return [
                {"groups": {"x": [one], "y": [other]}},
                {"groups": {"x": [one, other], "y": ["z"]}},
                {"groups": {one: ["x"], other: ["y"]}},
            ]
        case "matrix":
            x, y = {"text": one, "column": "x"}, {"text": other, "column": "y"}
            rated = [{"text": "a", "column": one}, {"text": "b", "column": other}]
            return [
                {"columns": ["x", "y"], "rows": [x, y]},
                {"columns": [one, other], "rows": rated},
            ]
        case _:
            return [{"rubric": [one, other]}]


def questions(kind: str, one: str, other: str) -> list[AnyQuestion]:
    return [
        msgspec.convert({"type": kind, "stem": "Which?", **more}, QUESTION_TYPES[kind])  # type: ignore[misc]
        for more in raw(kind, one, other)
    ]


def faults(question: Question) -> list[str]:
    return [fault.message for fault in same_items(((), question))]  # type: ignore[arg-type]


KINDS = ["choice", "multiple", "order", "match", "sort", "open"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("one", "other"), [*DIFFERENT, *CODE])
def test_texts_that_look_different_are_different(kind: str, one: str, other: str) -> None:
    for question in questions(kind, one, other):
        assert faults(question) == []
        if kind != "open":
            assert all(grade(question, given).score == 1 for given in question.accepted_responses())
            assert all(grade(question, given).score < 1 for given in question.near_misses())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("one", "other"), [*SAME, ("a", "a")])
def test_texts_that_look_the_same_are_an_error(kind: str, one: str, other: str) -> None:
    for question in questions(kind, one, other):
        if kind not in ("match", "sort") or one != other:
            assert any("read the same" in said for said in faults(question)), question


def test_an_author_may_give_two_of_one_look_their_ids() -> None:
    items = [{"text": "a", "id": "first"}, {"text": "a", "id": "second"}]
    question = msgspec.convert({"type": "order", "stem": "?", "items": items}, Order)
    assert faults(question) == []


def test_two_texts_with_one_id_are_told_so() -> None:
    items = [{"text": "a", "id": "x"}, {"text": "b", "id": "x"}]
    question = msgspec.convert({"type": "order", "stem": "?", "items": items}, Order)
    assert faults(question) == ["`a` and `b` have the same id, `x`."]


# Ids stay what they were


def choice(*texts: str) -> Choice:
    options = tuple(Option(text=text, correct=not n) for n, text in enumerate(texts))
    return Choice(stem="Which?", options=options)


def test_an_id_that_nobody_else_has_stays_what_it_was() -> None:
    assert [one.id for one in choice("-3", "11", "Friday").options] == ["3", "11", "friday"]
    assert fingerprint(choice("-3", "11", "Friday")) == "2cf57ec4e89558ce"


def test_an_id_comes_from_the_text_and_not_from_its_place() -> None:
    texts = ("-3", "3", "+3", "11")
    named = {one.text: one.id for one in choice(*texts).options}
    assert len(set(named.values())) == 4
    assert named["11"] == "11"
    for order in permutations(texts):
        assert {one.text: one.id for one in choice(*order).options} == named
        assert {row.text: row.id for row in Order(stem="?", items=order).rows()} == named
    more = {one.text: one.id for one in choice(*texts, "12", "x²").options}
    assert named.items() <= more.items()


def test_an_id_of_the_authors_own_is_never_changed() -> None:
    options = (Option(text="Freitag", id="friday", correct=True), Option(text="Friday"))
    assert Choice(stem="?", options=options).options[0].id == "friday"
    assert Choice(stem="?", options=options).options[1].id.startswith("friday-")


def test_blanks_and_what_nobody_sees_make_no_other_id() -> None:
    ids = {
        with_unique_ids([Option(text=text), Option(text="A B")])[0].id for text in ("a b", " a  b ")
    }
    assert len(ids) == 1


@given(st.lists(st.text("aA-+ ²2.", min_size=1, max_size=4), min_size=1, max_size=6), st.randoms())
def test_texts_that_look_different_have_ids_of_their_own(texts: list[str], random: Any) -> None:
    looks = {" ".join(text.split()): text for text in texts if text.strip()}
    named = {
        one.text: one.id for one in with_unique_ids([Option(text=text) for text in looks.values()])
    }
    assert len(set(named.values())) == len(looks)
    slugs = [slug(text) for text in named]
    assert all(named[text] == slug(text) for text in named if slugs.count(slug(text)) == 1)
    mixed = list(looks.values())
    random.shuffle(mixed)
    assert {
        one.text: one.id for one in with_unique_ids([Option(text=text) for text in mixed])
    } == named


# In files


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_lesson_with_both_is_read_and_written(tmp_path: Path, one: str, other: str) -> None:
    lesson = Lesson(title="T", id="t", quiz=Quiz(questions=(choice(one, other, "z"),)))
    path = tmp_path / "t.yaml"
    path.write_text(write_lesson(lesson), "utf-8")
    assert [found for found in check(path) if found.severity == "error"] == []
    assert path.read_text("utf-8").count("id:") == 2  # the lesson's, and the question's
    document = path.read_text("utf-8")
    assert one.replace("'", "''") in document or one in document or "\\" in document


def test_gift_and_moodle_keep_options_that_differ_in_a_sign() -> None:
    imported = read_gift("::cold::What is 4 minus 7? {=-3 ~3 ~11}\n")
    assert imported.lesson.quiz is not None
    (question,) = imported.lesson.quiz.questions
    assert [one.text for one in question.rows()] == ["-3", "3", "11"]
    assert imported.left_out == ()
    answers = "".join(
        f'<answer fraction="{share}"><text>{text}</text></answer>'
        for text, share in (("Friday", 100), ("friday", 0), ("900 MW", 0), ("900 mW", 0))
    )
    xml = (
        '<quiz><question type="multichoice"><name><text>n</text></name><questiontext><text>Which?'
        f"</text></questiontext>{answers}</question></quiz>"
    )
    imported = read_moodle_xml(xml.encode())
    assert imported.lesson.quiz is not None
    assert len(imported.lesson.quiz.questions[0].rows()) == 4
