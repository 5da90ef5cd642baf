"""The bundled course: sound, traced to its sources, balanced, and in our own words."""

import re
from functools import cache
from pathlib import Path

import pytest

from tutor.course.checking import check_each
from tutor.course.coverage import Coverage
from tutor.course.loading import read_course, read_lesson
from tutor.course.model import Course, Lesson
from tutor.course.questions import QUESTION_TYPES, Choice, Multiple, Question
from tutor.course.reading import read_document
from tutor.course.steps import STEP_TYPES
from tutor.library import bundled_courses

WSO = bundled_courses()[0]
ARTICLE = Path(__file__).parents[2] / "shared" / "course" / "article.txt"
RUN = 8


@pytest.fixture(scope="module")
def wso() -> Course:
    course = read_course(WSO).course
    assert course is not None
    return course


@pytest.fixture(scope="module")
def lessons(wso: Course) -> list[Lesson]:
    read = [read_lesson(Path(outline.path)).lesson for outline in wso.lessons]
    assert None not in read
    return [lesson for lesson in read if lesson is not None]


@pytest.fixture(scope="module")
def coverage(wso: Course, lessons: list[Lesson]) -> Coverage:
    gathered = Coverage(wso.citations)
    for lesson in lessons:
        gathered.add(lesson)
    return gathered


def test_check_finds_nothing_wrong() -> None:
    assert [finding for checked in check_each(WSO) for finding in checked.findings] == []


def test_every_claim_of_the_article_is_taught(coverage: Coverage) -> None:
    assert len(coverage.article) == 47
    assert coverage.missing(coverage.taught) == []


def test_the_sides_get_the_same_room(coverage: Coverage) -> None:
    one, other = coverage.sides["for"], coverage.sides["against"]
    assert one.arguments == other.arguments > 0
    assert one.questions == other.questions > 0
    for words in ("argument_words", "lesson_words"):
        ours, theirs = getattr(one, words), getattr(other, words)
        assert max(ours, theirs) <= 1.1 * min(ours, theirs)


def test_the_lessons_for_and_against_come_in_a_drawn_order(
    wso: Course, lessons: list[Lesson]
) -> None:
    drawn = {outline.id for outline in wso.lessons if outline.either >= 0}
    assert drawn == {lesson.id for lesson in lessons if lesson.side is not None}
    assert len(drawn) == 2


def test_there_are_paths_of_one_hour_two_hours_and_the_whole(wso: Course) -> None:
    assert len(wso.paths) == 3
    minutes = {outline.id: outline.minutes or 0 for outline in wso.lessons}
    lengths = sorted(sum(minutes[name] for name in names) for names in wso.paths.values())
    assert lengths[0] <= 60
    assert lengths[1] <= 120
    assert max(len(names) for names in wso.paths.values()) == len(wso.lessons)


def test_every_lesson_but_the_last_has_a_quiz_worth_taking(lessons: list[Lesson]) -> None:
    assert len(lessons) == 8
    for lesson in lessons[:7]:
        assert lesson.quiz is not None
        assert len(lesson.quiz.questions) >= 10
        assert len({question.type for question in lesson.quiz.questions}) >= 5
    assert len({question.type for lesson in lessons for question in lesson.questions()}) >= 7
    assert lessons[7].quiz is None


def test_every_scored_question_is_explained_and_traced(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for question in lesson.quiz.questions if lesson.quiz else ():
            assert question.objective, question.id
            assert question.claims, question.id
            assert question.explanation, question.id


def test_every_wrong_option_says_why(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for question in lesson.questions():
            for option in question.options if isinstance(question, Choice | Multiple) else ():
                assert option.correct or option.feedback, f"{question.id}: {option.text}"


def test_every_objective_is_asked(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        if lesson.quiz is not None:
            assert {question.objective for question in lesson.quiz.questions} == set(
                lesson.objectives
            )


def test_the_longest_option_is_no_better_than_chance(lessons: list[Lesson]) -> None:
    """Somebody who always takes the longest option stays within ten points of guessing."""
    choices = [
        question
        for lesson in lessons
        for question in (lesson.quiz.questions if lesson.quiz else ())
        if isinstance(question, Choice)
    ]
    longest = sum(
        max(question.options, key=lambda option: len(option.text)).correct for question in choices
    )
    chance = sum(1 / len(question.options) for question in choices) / len(choices)
    assert abs(longest / len(choices) - chance) <= 0.1


def test_the_course_shows_every_kind_of_step_and_question(lessons: list[Lesson]) -> None:
    used = {step.type for lesson in lessons for step in lesson.steps}
    used |= {question.type for lesson in lessons for question in lesson.questions()}
    assert used == set(STEP_TYPES) | set(QUESTION_TYPES)


# Quotations and our own words


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.replace("’", "'").replace("'", "").casefold())


def texts(raw: object) -> list[str]:
    if isinstance(raw, str):
        return [raw]
    members = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [text for member in members for text in texts(member)]


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def files() -> list[Path]:
    return sorted([*WSO.glob("*.yaml"), *(WSO.parent.parent / "seeds").glob("*.yaml")])


@pytest.mark.skipif(not ARTICLE.is_file(), reason="the article's text is not at hand")
def test_outside_quotations_every_sentence_is_our_own() -> None:
    article = runs(ARTICLE.read_text(encoding="utf-8"))
    for path in files():
        for text in texts(read_document(path).data):
            outside = re.sub(r"“[^”]*”", " — ", text)
            if path.parent.name == "seeds" and text in quotations():
                continue
            for shared in runs(outside) & article:
                pytest.fail(f"{path.name} shares with the article: {' '.join(shared)}")


@pytest.mark.skipif(not ARTICLE.is_file(), reason="the article's text is not at hand")
def test_quotations_stand_in_the_article_letter_for_letter(wso: Course) -> None:
    article = ARTICLE.read_text(encoding="utf-8").replace("’", "'")
    for cited in wso.citations.values():
        if cited.claim.quote and not cited.beyond:
            assert cited.claim.quote.replace("’", "'") in article, cited.id


@cache
def quotations() -> set[str]:
    course = read_course(WSO).course
    assert course is not None
    return {cited.claim.quote for cited in course.citations.values() if cited.claim.quote}


def test_long_quotations_in_lessons_are_those_of_the_sources() -> None:
    """What stands between quotation marks for more than four words is a quotation on record."""
    known = [" ".join(words(quote)) for quote in quotations()]
    for path in WSO.glob("0*.yaml"):
        for text in texts(read_document(path).data):
            for quoted in re.findall(r"“([^”]*)”", text):
                said = " ".join(words(quoted))
                if len(said.split()) > 4:
                    assert any(said in quote for quote in known), f"{path.name}: {quoted}"


def test_no_question_is_without_its_type(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for step in lesson.steps:
            assert step.type in (QUESTION_TYPES if isinstance(step, Question) else STEP_TYPES)
