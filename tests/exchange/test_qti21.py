"""QTI 2.1: what goes out is shown and scored as here, and another program reads it."""

import html
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from arbitrary import sound
from carried import facts
from hypothesis import HealthCheck, given, settings
from support import examples, few

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import Choice, Gaps, Multiple, Number, Option, Question, Text
from tutor.course.model.steps import Read
from tutor.exchange.formats import export_as
from tutor.exchange.qti21 import qti21
from tutor.exchange.qti_reading import read_qti

COURSE = Course(id="c", title="Tides", folder="/c", lessons=())


def packed(*questions: Question, draw: int | None = None) -> tuple[bytes, tuple[str, ...]]:
    quiz = Quiz(questions=questions, draw=draw)  # type: ignore[arg-type]
    exported = qti21(COURSE, [Lesson(title="A lesson", id="l", quiz=quiz)])
    assert isinstance(exported.content, bytes)
    return exported.content, exported.left_out


def files(content: bytes) -> dict[str, ET.Element]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            name: ET.fromstring(archive.read(name))  # noqa: S314 - our own
            for name in archive.namelist()
        }


def seen(text: str) -> str:
    """A text without what XML has no way to write; any sign may stand before a list's entry."""
    written = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return re.sub(r"(^|\s)[*+-](?=\s)", r"\1•", written)


def line(markdown: str) -> str:
    return seen(plain_line(markdown))


def shown(question: Question) -> Mapping[str, Any]:
    """What a learner sees of a question, on a line each, and what is right."""
    names = ("answer", "answers", "gaps", "words", "tolerance", "points")
    kept = {name: value for name, value in facts(question).items() if name in names}
    kept["answers"] = list(dict.fromkeys(kept.get("answers", [])))
    if isinstance(question, Choice | Multiple):
        kept["options"] = [
            (seen(plain_item_line(option.text)), option.correct, line(option.feedback or ""))
            for option in question.options
        ]
    kept["stem"] = line(question.stem)
    return {**kept, "explanation": line(question.explanation or "")}


def plain_enough(question: Question) -> bool:
    """Tell whether no unit joins the stem, and no list in it changes its signs."""
    told = (question.stem, question.explanation or "", *(r.feedback or "" for r in question.rows()))
    one_line = not any("\n" in text.strip() for text in told)
    return one_line and not (isinstance(question, Number) and question.unit)


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", few("multiple", more=["choice", "true_false", "number", "text"]))
def test_what_is_shown_and_what_is_right_come_back(kind: str) -> None:
    @given(sound[kind].filter(plain_enough))
    @settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        content, _ = packed(question)
        [back] = read_qti(content).lesson.questions()
        assert shown(back) == shown(question)

    law()


def test_every_kind_of_question_goes_out_and_comes_back(course: Course, asks: Lesson) -> None:
    exported = qti21(course, [asks])
    assert isinstance(exported.content, bytes)
    assert asks.quiz is not None
    after = read_qti(exported.content).lesson.questions()
    assert [question.id for question in after] == [each.id for each in asks.quiz.questions]
    assert [question.type for question in after] == [
        "match" if each.type in ("sort", "matrix") else each.type for each in asks.quiz.questions
    ]
    assert [question.points for question in after] == [
        1 if each.type == "open" else each.points for each in asks.quiz.questions
    ]


def test_weights_are_those_of_our_own_scoring() -> None:
    options = tuple(Option(text=text, correct=text in "ab") for text in ("a", "b", "c", "d", "e"))
    question = Multiple(stem="Which?", id="which", options=options, points=2)
    content, _ = packed(question)
    entries = files(content)["which.xml"].findall(".//{*}mapEntry")
    worth = [Fraction(entry.get("mappedValue", "")).limit_denominator(100) for entry in entries]
    assert worth == [1, 1, *[Fraction(-2, 3)] * 3]


def test_gaps_come_back_with_their_words() -> None:
    typed = Gaps(stem="Fill in.", id="typed", text="The {{moon|sun}} **pulls** {{water}}.")
    text, bank = "The {{moon|sun}} pulls {{water}}.", ("wind",)
    chosen = Gaps(stem="Choose.", id="chosen", text=text, bank=bank, points=3)
    content, left_out = packed(typed, chosen)
    first, second = read_qti(content).lesson.questions()
    assert isinstance(first, Gaps)
    assert isinstance(second, Gaps)
    assert (first.gaps(), first.text) == (typed.gaps(), typed.text)
    assert second.gaps() == (("moon",), ("water",))
    assert set(second.words()) == {"moon", "water", "wind"}
    assert second.points == 3
    assert left_out[-1] == "l/chosen: accepted words that are not in its bank cannot be chosen."


def test_what_stays_behind_is_said() -> None:
    exact = Text(stem="Who?", id="who", answers=("Ann",), exact=True, hints=("Look.",))
    content, left_out = packed(exact, draw=1)
    assert left_out == (
        "l: the share that passes, 70%, is not said.",
        "l/who: without its hints.",
    )
    [back] = read_qti(content).lesson.questions()
    assert isinstance(back, Text)
    assert back.exact


def test_each_test_is_a_category() -> None:
    lessons = [
        Lesson(
            title=name,
            id=name,
            quiz=Quiz(questions=(Text(stem="Q?", id=f"q{name}", answers=("a",)),)),
        )
        for name in ("one", "two")
    ]
    content = qti21(COURSE, lessons).content
    assert isinstance(content, bytes)
    assert {part.lesson.title for part in read_qti(content).parts} == {"one", "two"}


def test_the_package_names_its_files_and_is_the_same_each_time() -> None:
    questions = [Text(stem="Who?", id=name, answers=("a",)) for name in ("a", "1 b", "c")]
    content, _ = packed(*questions, draw=2)
    assert packed(*questions, draw=2)[0] == content
    trees = files(content)
    manifest = trees.pop("imsmanifest.xml")
    assert {each.get("href") for each in manifest.findall(".//{*}resource")} == set(trees)
    [test] = [tree for tree in trees.values() if tree.tag.endswith("assessmentTest")]
    refs = [each.get("href") for each in test.findall(".//{*}assessmentItemRef")]
    assert len(refs) == 3
    assert set(filter(None, refs)) < set(trees)
    assert [each.get("select") for each in test.findall(".//{*}selection")] == ["2"]


def test_another_program_reads_it(tmp_path: Path, course: Course, asks: Lesson) -> None:
    onyx = pytest.importorskip("onyx2moodle.parser", reason="onyx2moodle reads QTI 2.1")
    exported = qti21(course, [asks])
    assert isinstance(exported.content, bytes)
    read = {}
    with ZipFile(io.BytesIO(exported.content)) as archive:
        for name in archive.namelist():
            path = tmp_path / name
            path.write_bytes(archive.read(name))
            if b"<assessmentItem " in path.read_bytes():
                read[name.removesuffix(".xml")] = onyx.parse_item(path)
    assert asks.quiz is not None
    assert set(read) == {question.id for question in asks.quiz.questions}
    kinds = {name: [each.kind for each in item.interactions] for name, item in read.items()}
    assert kinds["pull"] == kinds["seas"] == ["choice"]
    assert kinds["word"] == kinds["hours"] == ["textEntry"]
    assert kinds["daily"] == ["textEntry"] * 2
    assert kinds["tools"] == ["match"]
    assert kinds["why"] == ["extendedText"]
    assert read["seas"].response_decls["RESPONSE"].correct_values == ["choice_1", "choice_2"]
    assert read["pull"].interactions[0].choices[0].html.strip() == "The moon"


BLOCKS = """Which row is a half?

| row | fraction |
|-----|---------:|
| a   | 1/2      |

- one
- two

```
code <b>
```
"""


@pytest.mark.parametrize("form", ["qti", "qti21"])
def test_blocks_of_a_stem_and_ids_come_back(form: str) -> None:
    options = (Option(text="a", correct=True), Option(text="b"))
    asked = [
        Choice(id="a-half", stem=BLOCKS, options=options),
        Choice(id="1.half", stem="Which?", options=options),
    ]
    lesson = Lesson(title="A lesson", id="l", quiz=Quiz(questions=tuple(asked)))
    content = export_as(form, COURSE, [lesson]).content
    assert isinstance(content, bytes)
    written = b"".join(ZipFile(io.BytesIO(content)).read(n) for n in files_of(content)).decode()
    if form == "qti":  # HTML stands in it as text
        written = html.unescape(written)
    for sign in ("<table>", "<th>row</th>", "<td>a</td>", "<li>one</li>", "<code>code &lt;b"):
        assert sign in written
    assert form == "qti" or "style=" not in written
    first, second = read_qti(content).lesson.questions()
    assert (first.id, second.id) == ("a-half", "1.half")
    assert re.search(r"\| *a *\| *1/2", first.stem)


@pytest.mark.parametrize("form", ["qti", "qti21"])
def test_where_a_unit_went_and_one_step_is_said(form: str) -> None:
    far = Number(id="far", stem="How far?", answer=Decimal(3), unit="km")
    lesson = Lesson(
        title="A lesson", id="l", steps=(Read(text="So."),), quiz=Quiz(questions=(far,))
    )
    said = export_as(form, COURSE, [lesson]).left_out
    assert "l/far: its unit, km, stands below what it asks." in said
    assert any("1 step stays behind" in one for one in said)


def files_of(content: bytes) -> list[str]:
    return [name for name in ZipFile(io.BytesIO(content)).namelist() if name.endswith(".xml")]


@pytest.mark.parametrize("mark", ["*_", "**__", "*__"])
def test_marks_within_marks_without_end_are_written_as_their_text(mark: str) -> None:
    deep = f"{mark * 2_000}a{mark[::-1] * 2_000}"
    options = (Option(text="Yes", id="yes", correct=True), Option(text=deep, id="deep"))
    content, _ = packed(Choice(id="deep", stem=deep, options=options, explanation=deep))
    item = next(one for name, one in files(content).items() if "l/" in name or "deep" in name)
    assert "a" in "".join(item.itertext())
