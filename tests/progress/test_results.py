"""What came of a run, told from its kept events: long after, and whatever became of the lesson."""

import shutil
from pathlib import Path

import pytest
from answering import right_response, wrong_response
from msgspec.structs import replace
from support import EVERY, read_to

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions.entry import Text
from tutor.course.model.steps import Read
from tutor.course.model.teaching import passage, teaching_step
from tutor.plain import results as plainly
from tutor.progress import results
from tutor.progress.results import Results
from tutor.quiz.events import Confidence
from tutor.records.progress import finished
from tutor.study import Study


def take(
    study: Study, course: Course, lesson: Lesson, *wrong: str, confidence: Confidence = "sure"
) -> None:
    attempt = study.quiz(course, lesson)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        respond = wrong_response if progress.question.id in wrong else right_response
        attempt.respond(respond(progress.question), confidence)
    attempt.finish()


def opened_again(study: Study, course: Course) -> Results:
    (past,) = finished.newest(study.store, study.learner, course.id, 1)
    return results.reopened(study, course, past)


@pytest.fixture
def copied(study: Study, tmp_path: Path) -> Course:
    return study.library.course_at(Path(shutil.copytree(EVERY, tmp_path / "course")))


def edited(study: Study, course: Course, old: str, new: str) -> Course:
    path = Path(course.folder) / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return study.library.course_at(Path(course.folder))


def test_what_was_missed_comes_first_and_leads_on(study: Study, copied: Course) -> None:
    lesson = study.lesson(copied.lessons[0])
    take(study, copied, lesson, "pull", "hours")
    of = opened_again(study, copied)
    assert [one.id for one in of.sorted_questions()][:2] == sorted(
        ["pull", "hours"], key=[one.id for one in of.run.questions].index
    )
    assert (of.verdict(), of.facts(), of.about_mark()) == ("Passed.", "7 of 9 points", "60% passes")
    assert [action.offer for action in of.actions] == ["next", "practice", "again"]
    assert [one.id for one in of.run.sure_and_wrong] == [one.id for one in of.run.missed]
    assert of.since() == ""


def test_full_marks_say_so(study: Study, copied: Course) -> None:
    take(study, copied, study.lesson(copied.lessons[0]))
    of = opened_again(study, copied)
    assert of.verdict() == "All 9 right"
    assert "practice" not in [action.offer for action in of.actions]


def test_the_score_stays_whatever_is_changed_since(study: Study, copied: Course) -> None:
    take(study, copied, study.lesson(copied.lessons[0]), "hours")
    before = opened_again(study, copied)
    moon = "{text: The moon, id: moon, correct: true}"
    changed = edited(study, copied, moon, "{text: The moon, id: moon}")
    changed = edited(
        study, changed, "{text: The wind, id: wind,", "{text: The wind, id: wind, correct: true,"
    )
    of = opened_again(study, changed)
    assert of.since() == "1 question changed since; your score stays as it was."
    assert (of.run.earned, of.run.possible) == (before.run.earned, before.run.possible)
    (pull,) = [one for one in of.run.questions if one.id == "pull"]
    assert (pull.outcome, pull.changed, pull.response) == ("right", True, None)


def test_a_question_that_is_gone_is_said_to_be(study: Study, copied: Course) -> None:
    take(study, copied, study.lesson(copied.lessons[0]), "pull")
    of = opened_again(study, edited(study, copied, "id: pull\n", "id: another\n"))
    assert of.since() == "1 question is gone; your score stays as it was."
    assert (of.run.earned, of.run.possible) == (8, 9)
    (gone,) = [one for one in of.run.questions if one.question is None]
    assert (gone.id, gone.outcome) == ("pull", "wrong")


@pytest.mark.parametrize("how", ["broken", "gone"])
def test_a_lesson_that_cannot_be_read_still_has_its_score(
    study: Study, copied: Course, how: str
) -> None:
    take(study, copied, study.lesson(copied.lessons[0]), "pull")
    if how == "broken":
        (Path(copied.folder) / "asks.yaml").write_text("title: [", encoding="utf-8")
    else:
        path = Path(copied.folder) / "course.yaml"
        path.write_text(path.read_text("utf-8").replace("asks.yaml, ", ""), "utf-8")
        (Path(copied.folder) / "asks.yaml").unlink()
    of = opened_again(study, study.library.course_at(Path(copied.folder)))
    assert "your score stays as it was." in of.since()
    assert of.facts() == "8 of 9 points"
    assert of.attempt is None
    assert of.actions


def test_a_before_test_stays_one_and_keeps_its_keys(study: Study) -> None:
    course = study.library.default()
    lesson = study.test_lesson(course)
    for wrong in (3, 0):
        attempt = study.test(course, lesson)
        for number, progress in enumerate(attempt.progress):
            attempt.go(progress.question.id)
            respond = wrong_response if number < wrong else right_response
            attempt.respond(respond(progress.question))
        attempt.finish()
    study.choose_path(course, None)  # of another path than the one it was sat on
    first, second = (
        results.reopened(study, course, past)
        for past in finished.tests(study.store, study.learner, course.id)
    )
    assert (first.kind, first.mark, first.keys_shown) == ("before", None, False)
    assert first.verdict() == "This is where you start."
    assert [action.offer for action in first.actions] == ["begin", "home", "hand-in"]
    assert first.since() == ""
    assert (second.kind, second.keys_shown, second.passed) == ("after", True, True)
    assert second.gain is not None
    assert second.gain.normalized == 1


def test_a_failed_quiz_leads_to_the_step_that_teaches_what_was_missed(study: Study) -> None:
    course = study.library.default()
    lesson = study.lesson(course.lessons[0])
    attempt = study.quiz(course, lesson)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        right = progress.question.objective == "stakes"
        attempt.respond((right_response if right else wrong_response)(progress.question))
    attempt.finish()
    of = opened_again(study, course)
    first, *_, last = of.actions
    assert (first.offer, last.offer) == ("read", "next")
    step = lesson.steps[first.places[0].step]
    missed = [one.question for one in of.run.missed if one.question]
    claims = {claim for question in missed for claim in question.claims}
    assert claims & set(step.claims)


def test_every_question_of_the_bundled_course_is_taught_somewhere(study: Study) -> None:
    course = study.library.default()
    for outline in course.lessons:
        lesson = study.lesson(outline)
        for question in lesson.quiz.questions if lesson.quiz else ():
            assert teaching_step(lesson, [question]) is not None, question.id


@pytest.mark.parametrize(
    ("lesson", "question", "title"),
    [
        ("what-is-a-detainer", "hold-until", "Two things a detainer asks"),
        ("what-is-a-detainer", "charlotte-hold", "Two things a detainer asks"),
        ("case-against", "still-to-show-against", "The law"),
        ("clock", "charges-dropped", "Version B: with the program"),
    ],
)
def test_the_step_that_gives_the_answer_is_read_again(
    study: Study, lesson: str, question: str, title: str
) -> None:
    """Not the story at the beginning, which rests on the same claims."""
    opened = study.lesson(study.library.default().lesson(lesson))
    (asked,) = [one for one in opened.quiz.questions if one.id == question]
    assert opened.steps[teaching_step(opened, [asked])].title == title


def test_after_the_last_lesson_comes_the_test(study: Study) -> None:
    course = study.library.default()
    for chapter in study.chapters(course):
        lesson = study.lesson(chapter.outline)
        read_to(study, course, lesson.id)
        take(study, course, lesson)
    first = opened_again(study, course).actions[0]
    assert (first.offer, first.label, first.subject) == ("test", "Test", "the whole course")


def test_of_rows_that_were_matched_only_the_wrong_ones_are_named(
    study: Study, copied: Course
) -> None:
    take(study, copied, study.lesson(copied.lessons[0]), "tools")
    (missed,) = opened_again(study, copied).run.missed
    told = results.answered(missed)
    assert told[0] == ("you", "1 of 3 in place")
    assert [word for word, _ in told[1:]] == ["right", "right"]
    assert all(" → " in text for _, text in told[1:])


def test_results_lead_where_a_review_does_for_most_of_what_was_missed(study: Study) -> None:
    """Of two questions taught at different steps, to the first: there one reads on to the other."""
    for outline in study.library.default().lessons:
        lesson = study.lesson(outline)
        quiz = lesson.quiz.questions if lesson.quiz else ()
        for name in {str(one.objective) for one in quiz}:
            missed = [one for one in quiz if one.objective == name]
            steps = [step for one in missed if (step := teaching_step(lesson, [one])) is not None]
            assert teaching_step(lesson, list(missed)) == max(sorted(set(steps)), key=steps.count)


def test_another_try_is_said_to_draw_anew_where_it_does(study: Study, copied: Course) -> None:
    take(study, copied, study.lesson(copied.lessons[0]))
    assert opened_again(study, copied).actions[-1].subject == "10 questions in another order"
    drawing = edited(study, copied, "quiz:\n", "quiz:\n  draw: 4\n")
    assert opened_again(study, drawing).actions[-1].subject == "4 of 10 questions, drawn anew"


def test_a_quiz_that_was_passed_stays_passed_where_it_is_failed_again(
    study: Study, copied: Course
) -> None:
    lesson = study.lesson(copied.lessons[0])
    names = [question.id for question in lesson.questions() if question.scored]
    take(study, copied, lesson, *names)
    assert opened_again(study, copied).verdict() == "Not passed yet."
    take(study, copied, lesson, "pull")
    take(study, copied, lesson, *names)
    assert opened_again(study, copied).verdict() == "Passed before with 89%; it stays passed."
    for _ in range(7):
        take(study, copied, lesson, *names)
    assert opened_again(study, copied).verdict() == "Passed before with 89%; it stays passed."


def test_what_was_guessed_makes_nothing_solid_and_is_told(study: Study, copied: Course) -> None:
    lesson = study.lesson(copied.lessons[0])
    for _ in range(2):
        take(study, copied, lesson, confidence="guess")
    guessed = opened_again(study, copied)
    assert {one.state for one in guessed.objectives} == {"on-the-way"}
    assert results.answered(guessed.run.questions[0]) == [("you", "right, by a guess")]
    numbers = phrases.joined([str(one.number) for one in guessed.run.guessed])
    assert f"Right, by a guess: question {numbers}." in list(plainly.lines(guessed))
    take(study, copied, lesson, confidence="think-so")
    known = opened_again(study, copied)
    assert {one.state for one in known.objectives} == {"solid"}
    assert not known.run.guessed


def test_a_test_before_says_right_for_what_one_answer_supports(
    study: Study, course: Course
) -> None:
    lesson = study.test_lesson(course)
    attempt = study.test(course, lesson)
    attempt.respond(right_response(attempt.current.question))
    attempt.finish()
    told = " ".join(plainly.lines(results.of_attempt(study, course, lesson, attempt)))
    assert "right." in told
    assert "known" not in told


def test_an_old_result_says_that_a_later_try_passed(study: Study, copied: Course) -> None:
    lesson = study.lesson(copied.lessons[0])
    take(study, copied, lesson, *[one.id for one in lesson.questions()][:6])
    old = finished.all_of(study.store, study.learner)[-1]
    assert results.reopened(study, copied, old).verdict() == "Not passed yet."
    take(study, copied, lesson)
    assert results.reopened(study, copied, old).verdict() == (
        "Not passed then; a later try did, with 100%."
    )


def test_objectives_come_in_the_order_of_the_course(study: Study, course: Course) -> None:
    lesson = study.lesson(course.lessons[0])
    names = list(lesson.objectives)
    assert len(names) > 1
    take(study, course, lesson)
    of = opened_again(study, course)
    asked = of.run.by_objective()
    assert list(asked) == [name for name in names if name in asked]
    turned = replace(of.run, questions=of.run.questions[::-1]).by_objective()
    assert list(turned) == list(asked)


def test_of_a_list_the_item_that_gives_the_answer_is_the_passage() -> None:
    step = Read(text="A form asks two things.\n\n* A warning, early.\n* A hold of two days.\n")
    question = Text(id="q", stem="How long is the hold?", answers=["two days of hold"])
    assert passage(step, question) == "A hold of two days."
