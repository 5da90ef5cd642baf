"""The same quiz, seed and answers give the same records and score in both fronts."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from answering import keys_for, line_for, right_response, wrong_response
from app.reading import Opened
from support import EVERY, StepClock, history_of

from tutor.app.app import TutorApp
from tutor.course.model.questions import AnyQuestion
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.quiz.attempt import Attempt
from tutor.quiz.events import AnyEvent, Finished, Responded
from tutor.quiz.selection import draw
from tutor.records.opening import open_records
from tutor.records.store import Store
from tutor.study import Start, Study

Answering = Callable[[AnyQuestion], Any]


def mixed(question: AnyQuestion) -> Any:
    """Right for every other type."""
    right = question.type in ("choice", "text", "match", "sort", "open")
    return right_response(question) if right else wrong_response(question)


def study_in(store: Store, seed: int) -> Study:
    return Study(store, Library(store, Path.cwd()), "Ana", seed=lambda: seed)


def kept(store: Store) -> list[AnyEvent]:
    """What decides: the responses in order, and the result."""
    return [event for event in history_of(store, 1) if isinstance(event, Responded | Finished)]


def in_plain(store: Store, seed: int, answer: Answering) -> str:
    study = study_in(store, seed)
    course = study.library.course_at(EVERY)
    lesson = study.lesson(course.lessons[0])
    assert lesson.quiz is not None
    lines = [
        line_for(question, question.arranged(seed), answer(question)) + "\n"
        for question in draw(lesson.quiz.questions, seed, lesson.quiz.draw)
    ]
    out = StringIO()
    terminal = Terminal(StringIO("".join(lines)), out, StringIO(), interactive=False)
    assert run(study, Start(course=course, lesson=course.lessons[0], quiz=True), terminal) == 0
    return out.getvalue()


async def in_app(store: Store, seed: int, answer: Answering) -> str:
    study = study_in(store, seed)
    course = study.library.course_at(EVERY)
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    lesson = study.lesson(course.lessons[0])
    async with Opened(TutorApp(study, start), (80, 40)) as app:
        attempt: Attempt | None = study.quiz_under_way(course, lesson)
        assert attempt is not None
        for progress in attempt.progress:
            question = progress.question
            keys = keys_for(question, attempt.arranged(question), answer(question))
            await app.press(*keys, "enter")  # the last goes on to the next question
        return app.text


ANSWERS = [right_response, wrong_response, mixed]


@pytest.mark.parametrize(
    ("answer", "seed"),
    [
        pytest.param(answer, seed, marks=() if (answer, seed) == (mixed, 3) else pytest.mark.long)
        for answer in ANSWERS
        for seed in (1, 2, 3)
    ],
)
async def test_both_fronts_keep_the_same_responses_and_give_the_same_score(
    tmp_path: Path, seed: int, answer: Answering
) -> None:
    with (
        open_records(tmp_path / "plain", StepClock()) as one,
        open_records(tmp_path / "app", StepClock()) as two,
    ):
        said = in_plain(one, seed, answer)
        screen = await in_app(two, seed, answer)
        assert len(kept(one)) == 11
        assert kept(one) == kept(two)
        score = said.partition("Result: ")[2].partition(". ")[0]
        assert "of 9 points" in score
        assert score in screen
