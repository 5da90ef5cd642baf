"""The bundled course: sound, traced to its sources, balanced, and in our own words."""

import re
from functools import cache
from pathlib import Path

import pytest
from support import read_course

from tutor.course.lint.checker import check_each
from tutor.course.lint.coverage import Coverage, words_of
from tutor.course.lint.rules.readability import reading_grade, sentences
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import QUESTION_TYPES, Choice, Multiple, Open, Question
from tutor.course.model.steps import STEP_TYPES, Debate, Read, Reflect
from tutor.course.reading.document import read_document
from tutor.course.reading.loading import read_lesson
from tutor.library import bundled_courses

WSO = bundled_courses()[0]
ARTICLE = Path(__file__).parents[2] / "shared" / "course" / "article.txt"
RUN = 8
CORE = ("what-is-a-detainer", "wso", "case-for", "case-against")
LOADED = {"for": ["undermine", "legally unchallengeable"], "against": ["subvert", "scheme"]}
"""The words of the sides that take a side, each quoted once."""
NEVER = ["illegal alien", "criminal alien", "undocumented", "workaround", "loophole", "frustrate"]
ABOUT_THE_COURSE = (
    r"\bby the article\b",
    r"\baccount of\b",
    r"\bown voice\b",
    r"\b(is|are) ours\b",
    r"\bcareful reader\b",
    r"\blesson [0-9]",
    r"\bthese lessons\b",
    r"\bthis course\b",
    r"\bby our count\b",
    r"\bthe pairs\b",
    r"\bowners?\b",
    r"\bstands by it\b",
    r"\bin sum\b",
    r"\bhold against\b",
    r"\bprogramme\b",
    r"\bbeyond the article\b",
)
"""Phrases by which a lesson speaks of itself, or in a way that nobody talks."""
SPEECH_THAT_NOBODY_MADE = {
    "ice has sent a detainer with its warrant may my deputies hold the man",
    "four days longer in jail",
    "i am a citizen here is my passport",
    "we will be there at 2 p m",
    "wso grew more than twelvefold",
    "yes that is what we mean",
}
"""What stands between quotation marks though nobody said it: people in a case, and headlines."""


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
        assert max(ours, theirs) <= 1.05 * min(ours, theirs)


def test_the_lessons_for_and_against_come_in_a_drawn_order(
    wso: Course, lessons: list[Lesson]
) -> None:
    drawn = {outline.id for outline in wso.lessons if outline.either >= 0}
    assert drawn == {lesson.id for lesson in lessons if lesson.side is not None}
    assert len(drawn) == 2


def test_there_are_paths_of_one_hour_two_hours_and_the_whole(wso: Course) -> None:
    minutes = {outline.id: outline.minutes or 0 for outline in wso.lessons}
    lengths = {name: sum(minutes[lesson] for lesson in path) for name, path in wso.paths.items()}
    assert wso.default_path == "one class hour"
    assert lengths["one class hour"] <= 41
    assert lengths["two class hours"] <= 81
    assert set(wso.paths["the whole course"]) == set(minutes)
    assert set(wso.paths["one class hour"]) == set(CORE)


def test_every_lesson_but_the_exercise_has_a_quiz(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        questions = lesson.quiz.questions if lesson.quiz else ()
        least = 8 if lesson.id in CORE else 0 if lesson.id == "controversy" else 6
        assert len(questions) >= least, lesson.id


def test_most_questions_ask_for_more_than_memory(lessons: list[Lesson]) -> None:
    scored = [question for lesson in lessons if lesson.quiz for question in lesson.quiz.questions]
    assert all(question.level for question in scored)
    above = [question for question in scored if question.level != "remember"]
    assert len(above) >= 0.6 * len(scored)


def test_an_objective_of_the_class_hour_has_questions_for_a_test_before_and_after(
    lessons: list[Lesson],
) -> None:
    for lesson in lessons:
        asked = [question.objective for question in lesson.quiz.questions] if lesson.quiz else []
        for objective in lesson.objectives if asked else ():
            least = 2 if lesson.id in CORE else 1
            assert asked.count(objective) >= least, f"{lesson.id}/{objective}"


def test_a_screen_to_read_is_short(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for step in lesson.steps:
            if isinstance(step, Read):
                shown = re.sub(r"\]\([^()]*(?:\([^()]*\))?[^()]*\)", "", step.text)
                assert len(shown.split()) <= 110, f"{lesson.id}: {step.title}"


def test_the_lessons_read_like_texts_for_their_grade(lessons: list[Lesson]) -> None:
    """Neither chopped nor too hard; a tenth-grader reads with ease what is two grades below."""
    grades = {lesson.id: reading_grade(running_text(lesson)) or 0 for lesson in lessons}
    assert all(6 <= grade <= 9.5 for grade in grades.values()), grades
    assert 7 <= sum(grades.values()) / len(grades) <= 9, grades


def test_sentences_are_of_a_length_that_is_talked_in(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        lengths = [len(sentence.split()) for sentence in sentences(running_text(lesson))]
        assert 12 <= sum(lengths) / len(lengths) <= 18, lesson.id
        for at in range(len(lengths) - 2):
            assert max(lengths[at : at + 3]) >= 7, f"{lesson.id}: three short ones from {at}"


def test_the_minutes_told_are_those_that_a_lesson_takes(lessons: list[Lesson]) -> None:
    """Reading at 200 words a minute, 25 seconds a question, 1 minute a reflection, 3 a task."""
    for lesson in lessons[:-1]:  # the exercise is timed by its own table
        practice = [step for step in lesson.steps if isinstance(step, Question)]
        essays = sum(isinstance(step, Open) for step in practice)
        thoughts = sum(isinstance(step, Reflect) for step in lesson.steps)
        read = sum(
            words_of(step) for step in lesson.steps if not isinstance(step, Question | Reflect)
        )
        drawn = (lesson.quiz.draw or len(lesson.quiz.questions)) if lesson.quiz else 0
        taken = read / 200 + (len(practice) - essays + drawn) * 25 / 60 + thoughts + 3 * essays
        assert lesson.minutes == pytest.approx(taken, rel=0.2), lesson.id


def test_both_sides_stand_on_one_picture_at_the_end_of_either_case(lessons: list[Lesson]) -> None:
    pictures = [
        next(step for step in lesson.steps if isinstance(step, Debate))
        for lesson in lessons
        if lesson.id in ("case-for", "case-against", "controversy")
    ]
    assert len(pictures) == 3
    one, other, class_picture = ((picture.supporting, picture.opposing) for picture in pictures)
    assert one == other == class_picture
    assert {argument.id for argument in one[0]} == {
        name for argument in one[1] for name in argument.same_issue
    }


@pytest.mark.parametrize("side", ["for", "against"])
def test_a_loaded_word_is_quoted_as_often_on_the_one_side_as_on_the_other(
    lessons: list[Lesson], side: str
) -> None:
    lesson = next(lesson for lesson in lessons if lesson.side == side)
    told = " ".join(step.text for step in lesson.steps if isinstance(step, Read))
    assert sum(told.count(word) for word in LOADED[side]) == len(LOADED[side]) == 2
    assert not any(word in told for word in NEVER)


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


def test_no_stem_gives_the_answer_of_another_question(lessons: list[Lesson]) -> None:
    """Nor the half of it: a test asks questions of all four lessons of the class hour."""
    asked = [
        question
        for lesson in lessons
        if lesson.id in CORE and lesson.quiz
        for question in lesson.quiz.questions
    ]
    for question in asked:
        options = question.options if isinstance(question, Choice | Multiple) else ()
        right, wrong = (
            {run for option in options if option.correct is kind for run in runs(option.text, 4)}
            for kind in (True, False)
        )
        for other in asked:
            if other is not question:
                told = (right - wrong) & runs(other.stem, 4)
                assert not told, f"{other.id} gives {question.id}: {told}"


def test_the_article_is_named_where_it_first_comes_up(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        told = [step.text for step in lesson.steps if isinstance(step, Read)]
        first = next((text for text in told if re.search(r"\barticle\b", text)), "Epoch Times")
        assert "Epoch Times" in first, lesson.id


def test_a_scored_question_names_the_article_it_quotes(lessons: list[Lesson]) -> None:
    """Whoever knows the subject and has not opened the course can be asked it."""
    for lesson in lessons:
        for question in lesson.quiz.questions if lesson.quiz else ():
            if re.search(
                r"\barticle (?:says|speaks|calls)|\bthe (?:2019 )?article\b", question.stem, re.I
            ):
                assert "Epoch Times" in question.stem, question.id


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


def test_in_no_quiz_the_longest_option_is_often_the_right_one(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        asked = lesson.quiz.questions if lesson.quiz else ()
        choices = [question for question in asked if isinstance(question, Choice)]
        longest = [max(one.options, key=lambda option: len(option.text)) for one in choices]
        assert sum(option.correct for option in longest) <= len(choices) / 4, lesson.id


def test_the_course_shows_nearly_every_kind_of_step_and_question(lessons: list[Lesson]) -> None:
    used = {step.type for lesson in lessons for step in lesson.steps}
    used |= {question.type for lesson in lessons for question in lesson.questions()}
    assert used == (set(STEP_TYPES) | set(QUESTION_TYPES)) - {"text", "matrix"}


@pytest.mark.parametrize("phrase", ABOUT_THE_COURSE)
def test_no_text_speaks_of_how_the_course_was_made(phrase: str) -> None:
    pattern = re.compile(phrase, re.IGNORECASE)
    for path in WSO.glob("0*.yaml"):
        for text in texts(read_document(path).data):
            assert not pattern.search(text), f"{path.name}: {text}"


# Quotations and our own words


def running_text(lesson: Lesson) -> str:
    """What a lesson says in sentences: no labels, no quoted claims, no citations."""
    told = "\n\n".join(step.text for step in lesson.steps if isinstance(step, Read))
    told = re.sub(r"^((?:- )?)\*\*[^*]+[.?:]\*\*", r"\1", told, flags=re.MULTILINE)
    told = re.sub(r"\[c\d+\]\(quote:c\d+\)", "", told)
    told = re.sub(r"\[([^\]]*)\]\(term:[^()]*(?:\([^()]*\))?[^()]*\)", r"\1", told)
    return re.sub(r"\s*\((?=[^()]*\d)(?:[^()]|\([^()]*\))*\)", "", told)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.replace("’", "'").replace("'", "").casefold())


def texts(raw: object) -> list[str]:
    if isinstance(raw, str):
        return [raw]
    members = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [text for member in members for text in texts(member)]


def runs(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


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
                if len(said.split()) > 4 and said not in SPEECH_THAT_NOBODY_MADE:
                    assert any(said in quote for quote in known), f"{path.name}: {quoted}"


def test_no_question_is_without_its_type(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        for step in lesson.steps:
            assert step.type in (QUESTION_TYPES if isinstance(step, Question) else STEP_TYPES)
