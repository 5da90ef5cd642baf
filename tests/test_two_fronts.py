"""The same quiz, seed and answers give the same records and score in both fronts."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from answering import keys_for, line_for, right_response, wrong_response
from app.reading import Opened
from support import EVERY, StepClock, few, history_of

from tutor.app.app import TutorApp
from tutor.app.screens.review import ReviewPage
from tutor.course.model.course import Course
from tutor.course.model.questions import AnyQuestion
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.quiz.attempt import Attempt
from tutor.quiz.events import AnyEvent, Counted, Finished, Repeated, Responded, Uncovered
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
        attempt: Attempt | None = study.under_way(course, lesson, "quiz")
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


# Reviews: what was missed is asked once more, and the cards come out the same


FEW = ("choice", "multiple", "text", "match")


def quizzed(store: Store, clock: StepClock, types: Sequence[str]) -> tuple[Study, Course]:
    """The quiz taken on the day before, with everything right but what is due then."""
    clock.moment = clock.moment.replace(hour=15)
    study = study_in(store, 3)
    course = study.library.course_at(EVERY)
    quiz = study.quiz(course, study.lesson(course.lessons[0]))
    for progress in quiz.progress:
        quiz.go(progress.question.id)
        wrong = progress.question.type in types
        quiz.respond((wrong_response if wrong else right_response)(progress.question))
    quiz.finish()
    clock.moment += timedelta(days=1)
    return study, course


def reviewed(store: Store) -> list[AnyEvent]:
    """What decides in the review."""
    kinds = Responded | Uncovered | Repeated | Counted | Finished
    return [event for event in history_of(store, 2) if isinstance(event, kinds)]


def is_missed(question: AnyQuestion) -> bool:
    return question.type in ("choice", "match", "text")


def review_in_plain(study: Study, course: Course) -> str:
    found = study.reviews.open(course)
    assert found is not None
    attempt = found[1]
    lines: list[str] = []
    for again in (False, True):
        for progress in attempt.progress:
            question = progress.question
            if again and (not is_missed(question) or question.type == "text"):
                continue
            missed = is_missed(question) and not again
            response = wrong_response(question) if missed else right_response(question)
            if question.type in ("choice", "multiple"):
                lines.append(f"{len(lines)}")
            lines.append(line_for(question, attempt.arranged(question), response))
            if missed:
                lines += ["slip", ""] if question.type == "text" else [""]
    out = StringIO()
    typed = StringIO("".join(f"{line}\n" for line in lines))
    assert (
        run(study, Start(course=course, review=True), Terminal(typed, out, out, interactive=True))
        == 0
    )
    return out.getvalue()


async def review_in_app(study: Study, course: Course) -> str:
    typed = 0
    async with Opened(TutorApp(study, Start(course=course, review=True)), (80, 40)) as app:
        while isinstance(page := app.app.screen, ReviewPage):
            attempt, progress = page.attempt, page.attempt.current
            question = progress.question
            missed = is_missed(question) and not progress.responses
            response = wrong_response(question) if missed else right_response(question)
            if attempt.covered(progress):
                await app.press(*f"{typed}", "enter")
                typed += 1
            keys = keys_for(question, attempt.arranged(question), response)
            known = missed and question.type == "text"
            typed += 1 + missed + known
            await app.press(*keys)
            if known:
                await app.press("t")
            await app.press("right")
        return app.text


@pytest.mark.long
@pytest.mark.parametrize(
    "types",
    few(
        FEW,
        more=[
            ("choice", "multiple", "true_false", "number", "text", "order", "match", "gaps", "sort")
        ],
    ),
    ids=len,
)
async def test_both_fronts_review_alike_and_leave_the_same_cards(
    tmp_path: Path, types: Sequence[str]
) -> None:
    clocks = StepClock(), StepClock()
    with (
        open_records(tmp_path / "plain", clocks[0]) as one,
        open_records(tmp_path / "app", clocks[1]) as two,
    ):
        said = review_in_plain(*quizzed(one, clocks[0], types))
        screen = await review_in_app(*quizzed(two, clocks[1], types))
        assert reviewed(one) == reviewed(two)
        came = f"{len(types)} questions, {len(types) - 2} remembered"
        assert f"{came}; the others came right in the end." in said
        assert f"{came}; the others came right in the end." in screen
        cards = "SELECT question, fingerprint, substr(due, 1, 10), stability FROM cards ORDER BY 1"
        assert one.rows(cards) == two.rows(cards)
