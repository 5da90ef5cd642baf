"""Search: what is found, what comes first, where it leads; and nothing that tells an answer."""

import pytest
from answering import right_response

from tutor.course.model.course import Course
from tutor.search import LESSONS, NOTES, STATEMENTS, WORDS, Found, Index
from tutor.study import Study


def found(study: Study, course: Course, wanted: str) -> list[Found]:
    index = Index(study, course)
    while not index.complete:
        index.gather(2)
    return index.find(wanted)


def test_lessons_words_statements_and_notes_are_found(study: Study) -> None:
    course = study.library.default()
    lesson = study.lesson(course.lessons[0])
    study.keep_note(course, lesson, lesson.steps[3], 3, "Ask a lawyer about the detainer first.")
    hits = found(study, course, "detainer")
    assert list(dict.fromkeys(hit.place.group for hit in hits)) == [
        LESSONS,
        WORDS,
        STATEMENTS,
        NOTES,
    ]
    assert hits[0].place.title == "What is a detainer?"
    note = hits[-1].place
    assert note.lesson is not None
    assert (note.lesson.id, note.step) == (lesson.id, 3)
    word = next(hit.place for hit in hits if hit.place.group == WORDS)
    assert (word.title, word.where) == ("detainer", "lesson 1, step 3")
    statement = next(hit.place for hit in hits if hit.place.group == STATEMENTS)
    assert statement.lesson is not None


def test_a_word_leads_to_its_link_though_links_hold_no_spaces(study: Study) -> None:
    hits = found(study, study.library.default(), "administrative warrant")
    word = next(hit.place for hit in hits if hit.place.group == WORDS)
    assert word.where.startswith("lesson ")


def test_a_statement_leads_to_the_step_that_only_quotes_it(study: Study, course: Course) -> None:
    hits = found(study, course, "longer pier")
    quoted = next(hit.place for hit in hits if hit.place.group == STATEMENTS)
    assert quoted.where == "lesson 2, step 1"


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("DETAINER what", ["What is a detainer?"]),
        ("  form   desk ", ["A form on your desk"]),
        ("two things", ["Two things a detainer asks"]),
    ],
)
def test_all_the_words_are_wanted_and_titles_come_first(
    study: Study, wanted: str, titles: list[str]
) -> None:
    hits = found(study, study.library.default(), wanted)
    assert [hit.place.title for hit in hits][: len(titles)] == titles


@pytest.mark.parametrize("wanted", ["", "   ", "weekned", "[@click=app.quit]", "\\", "\x1b[31m"])
def test_nothing_is_found_where_nothing_is(study: Study, wanted: str) -> None:
    assert found(study, study.library.default(), wanted) == []


def test_the_word_that_was_found_is_marked(study: Study) -> None:
    for hit in found(study, study.library.default(), "hold"):
        begin, length = hit.at
        assert hit.shown[begin : begin + length].casefold() in ("hold", "")
        assert len(hit.shown) <= 201 or hit.shown == hit.place.title


def test_no_answer_is_found(study: Study, course: Course) -> None:
    """Of a question only what it asks is looked through."""
    lesson = study.lesson(course.lessons[0])
    for question in lesson.questions():
        key = right_response(question)
        words = question.describe(key) if question.type in ("text", "number") else ""
        for hit in found(study, course, words):
            assert hit.place.group != LESSONS


def test_each_key_costs_the_same_few_calls_however_long_texts_are(study: Study) -> None:
    from support import calls

    course = study.library.default()
    index = Index(study, course)
    index.gather(100)
    index.find("x")
    assert calls(lambda: index.find("zzzz")) < 6_000
