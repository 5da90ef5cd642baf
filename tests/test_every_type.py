"""Every type of question is known everywhere: to the model, both fronts, the robot and all formats.

The example of each type is taken through all of them, so that a new type is either whole or red.
"""

import io
import zipfile
from typing import Any, get_args

import msgspec
import pytest
from app.asking import Asking

from tutor import phrases
from tutor.app.widgets.answers import answer_widget_for
from tutor.cli.teacher import EXPORTS
from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Interaction
from tutor.course.reading.question_errors import ERRORS
from tutor.course.schema.json_schema import editor_schema
from tutor.course.schema.synonyms import our_type
from tutor.course.templates import course_skeleton, lesson_skeleton
from tutor.exchange.formats import export_as
from tutor.plain import answer_lines, verdicts
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.grading import grade

TYPES = list(QUESTION_TYPES)
SCORED = [name for name, kind in QUESTION_TYPES.items() if kind.scored]
SEED = 3


def example(name: str) -> AnyQuestion:
    raw: dict[str, Any] = {"type": name, "id": "q", **QUESTION_TYPES[name].example}
    return msgspec.convert(msgspec.to_builtins(raw), AnyQuestion, strict=False)


def attempt_at(question: AnyQuestion) -> Attempt:
    opened = opening([question], mode="quiz", seed=SEED, course="c", lesson="l")
    return Attempt([opened], {question.id: question}, lambda _sequence, _event: None)


def lesson_of(question: AnyQuestion) -> tuple[Course, Lesson]:
    quiz = Quiz(questions=(msgspec.structs.replace(question, objective="know"),))
    lesson = Lesson(title="Lesson", id="l", objectives={"know": "Know it"}, quiz=quiz)
    return Course(id="c", title="Course", folder="c", lessons=()), lesson


def text_of(content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


@pytest.mark.parametrize("name", TYPES)
def test_the_model_says_how_it_is_asked(name: str) -> None:
    question = example(name)
    assert question.interaction in get_args(Interaction)
    assert question.accepts(question.key())
    assert not question.accepts(object())
    assert question.fitting(object(), unchanged=True) is None
    assert question.describe(question.key()) != question.describe(None) == "nothing"
    arranged = question.arranged(SEED)
    assert {row.id for row in arranged.rows} == {row.id for row in question.rows()}
    assert {one.id for one in arranged.targets} == {one.id for one in question.targets()}
    assert [fault for rule in ERRORS for fault in rule(((), question))] == []
    assert all(our_type(other) is not None for other in question.synonyms.split())


@pytest.mark.parametrize("name", SCORED)
def test_the_grader_and_the_robot_know_it(name: str) -> None:
    question = example(name)
    assert all(grade(question, right).score == 1 for right in question.accepted_responses())
    misses = list(question.near_misses())
    assert misses
    assert all(question.accepts(wrong) and grade(question, wrong).score < 1 for wrong in misses)


@pytest.mark.parametrize("name", TYPES)
def test_plain_mode_asks_reads_and_judges_it(name: str) -> None:
    question = example(name)
    arranged = question.arranged(SEED)
    asked = answer_lines.ask(question, arranged)
    assert asked.wanted
    line = answer_lines.as_line(question, arranged, question.key())
    read = answer_lines.parse(question, arranged, line)
    assert not isinstance(read, answer_lines.Unreadable)
    verdict = attempt_at(question).respond(read)
    assert verdict is not None
    assert verdict.outcome == ("right" if question.scored else "kept")
    assert verdicts.lines(question, arranged, verdict)[0] == phrases.verdict(question, verdict) or (
        verdicts.lines(question, arranged, verdict)[0].startswith("Right. You chose")
    )
    assert verdicts.right_answer(question, arranged)


@pytest.mark.parametrize("name", TYPES)
async def test_the_app_asks_and_judges_it(name: str) -> None:
    question = example(name)
    assert answer_widget_for(question, question.arranged(SEED)).keys
    async with Asking(question) as asking:
        asking.view.restore(question.key())
        asking.view.give()
        await asking.pause()
        assert asking.given == [question.key()]
        assert ("✓ Right." if question.scored else "Kept.") in asking.text


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("name", TYPES)
def test_every_format_carries_it_or_says_that_it_does_not(name: str, form: str) -> None:
    course, lesson = lesson_of(example(name))
    done = export_as(form, course, [lesson])
    carried = lesson.questions()[0].stem in text_of(done.content)
    told = [said for said in done.left_out if said.startswith("l/q: ")]
    assert carried or any("left out, for" in said or "stays behind" in said for said in told)


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_offers_an_example_of_it(name: str) -> None:
    definitions = editor_schema("lesson")["$defs"].values()
    [definition] = [one for one in definitions if one.get("title") == name]
    assert definition["defaultSnippets"]


def test_the_templates_name_all_types() -> None:
    for text in (lesson_skeleton(), course_skeleton()["01-first-lesson.yaml"]):
        comment = text.partition(" types: ")[2].partition(".")[0].replace("\n#", "")
        assert [name.strip() for name in comment.split(",")] == TYPES
        assert f"- answer: {len(TYPES)}\n" in text  # the mistake of who counts the types
