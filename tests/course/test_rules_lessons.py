"""Rules on a lesson or a course as a whole: its quiz, what it teaches, its texts, its sides."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from wording import (
    Data,
    choice,
    findings,
    findings_in_course,
    gaps,
    lesson,
    multiple,
    rules,
    statement,
    text,
)

from tutor.course.lint.checker import check
from tutor.course.lint.rules.readability import (
    highest_grade,
    reading_grade,
    rows_of,
    sentences,
    syllables,
)
from tutor.course.reading.findings import Finding

SEAS = ("the Baltic", "the Adriatic", "the Black Sea", "the Red Sea", "the North Sea")
ROMANS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def choices(count: int, longest: int = 0, **more: Any) -> list[Data]:
    """Choices on numbers in words; in the first few of them the key is the longest option."""
    return [
        choice(
            f"What comes after {name}?",
            "that one" if index < longest else "that",
            "this",
            "those",
            **more,
        )
        for index, name in enumerate(ROMANS[:count])
    ]


# The quiz over its questions


@pytest.mark.parametrize(
    ("count", "longest", "found"),
    [(6, 4, ["longest-keys"]), (6, 3, []), (5, 5, [])],
    ids=["four-of-six", "half", "few"],
)
def test_the_key_is_not_mostly_the_longest(
    tmp_path: Path, count: int, longest: int, found: list[str]
) -> None:
    assert rules(findings(tmp_path, lesson(*choices(count, longest)))) == found


def moved(question: Data, position: int) -> Data:
    """The same question with its key somewhere else."""
    options = [option for option in question["options"] if "correct" not in option]
    options.insert(position, question["options"][0])
    return {**question, "options": options}


@pytest.mark.parametrize(
    ("positions", "found"),
    [
        ((0, 0, 0, 1, 0, 0, 0, 2, 0), ["same-position"]),
        ((0, 1, 2, 0, 1, 2, 0, 1), []),
        ((0, 1, 1, 1, 1, 2), ["same-position-in-a-row"]),
        ((0, 1, 1, 1, 2, 2, 2, 0), []),
    ],
    ids=["mostly-first", "varied", "four-running", "three-running"],
)
def test_unshuffled_keys_change_their_place(
    tmp_path: Path, positions: tuple[int, ...], found: list[str]
) -> None:
    fixed = choices(len(positions), shuffle="false")
    questions = [moved(each, position) for each, position in zip(fixed, positions, strict=True)]
    assert rules(findings(tmp_path, lesson(*questions))) == found
    shuffled = [{**each, "shuffle": "true"} for each in questions]
    assert rules(findings(tmp_path, lesson(*shuffled))) == []


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((True, True, True, True), ["lopsided-statements"]),
        ((False, False, False, True, False), ["lopsided-statements"]),
        ((True, True, False, True, False), []),
        ((True, True, True), []),
    ],
    ids=["all", "four-of-five", "varied", "few"],
)
def test_some_statements_are_true_and_some_false(
    tmp_path: Path, answers: tuple[bool, ...], found: list[str]
) -> None:
    made = [
        statement(f"There are {name} seas.", answer)
        for name, answer in zip(ROMANS, answers, strict=False)
    ]
    assert rules(findings(tmp_path, lesson(*made))) == found


@pytest.mark.parametrize(
    "asking",
    [
        text("spring tide", "the high one"),
        choice("What is high?", "a spring tide", "a neap tide", "an ebb tide"),
        gaps("At new moon there is a {{spring tide}}."),
    ],
    ids=["text", "choice", "gaps"],
)
def test_one_question_does_not_give_away_another(tmp_path: Path, asking: Data) -> None:
    telling = statement("At new moon a spring tide comes.")
    [found] = findings(tmp_path, lesson(asking, telling))
    assert found.rule == "told-elsewhere"
    assert "spring tide”" in found.message
    assert (
        rules(findings(tmp_path, lesson(asking, statement("At new moon the tide is high.")))) == []
    )


def test_a_question_is_not_asked_twice(tmp_path: Path) -> None:
    first = text("ebb")
    assert rules(findings(tmp_path, lesson(first, {**first, "id": "again"}))) == ["same-stem"]
    # "Fill in the gaps." is asked of another text each time.
    assert rules(findings(tmp_path, lesson(gaps("The {{moon}}"), gaps("Of the {{sun}}")))) == []


# What is taught and what is asked


def test_a_lesson_with_a_quiz_states_objectives(tmp_path: Path) -> None:
    bare = lesson(text("ebb", objective=None), text("flood", stem="What rises?", objective=None))
    bare.pop("objectives")
    [found] = findings(tmp_path, bare)
    assert (found.rule, found.line) == ("no-objectives", 2)


def test_every_objective_is_asked(tmp_path: Path) -> None:
    objectives = {"know": "Know the tides", "use": "Use a tide table"}
    [found] = findings(tmp_path, lesson(text("ebb"), objectives=objectives))
    assert (found.rule, found.message) == (
        "unasked-objective",
        "No question serves the objective `use`.",
    )
    practice = text("ebb", id="practice")
    assert findings(tmp_path, lesson(steps=(practice,))) == []


def levels(*names: str | None) -> list[Data]:
    """Questions with these levels; None for one that says none."""
    return [
        statement(f"There are {count} tides.", count == "two", **({"level": name} if name else {}))
        for count, name in zip(("two", "three", "four"), names, strict=False)
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("remember", "remember"), ["recall-only"]),
        (("remember",), ["recall-only"]),
        (("remember", "understand"), []),
        (("create",), []),
        (("remember", None), []),
        ((None, None), []),
    ],
    ids=["recall", "one", "above", "create", "partly-marked", "unmarked"],
)
def test_an_objective_is_asked_above_recall(
    tmp_path: Path, asked: tuple[str | None, ...], found: list[str]
) -> None:
    assert rules(findings(tmp_path, lesson(*levels(*asked)))) == found
    practice = statement("Is it high?", level="apply", id="practice")
    assert rules(findings(tmp_path, lesson(*levels(*asked), steps=(practice,)))) == found


def test_each_objective_asked_by_recall_alone_is_named(tmp_path: Path) -> None:
    objectives = {"know": "Know the tides", "use": "Use a tide table"}
    recall, use = levels("remember", "apply")
    [found] = findings(tmp_path, lesson(recall, {**use, "objective": "use"}, objectives=objectives))
    assert "the objective `know`" in found.message
    assert findings(tmp_path, lesson(steps=tuple(levels("remember")))) == []  # there is no quiz


# Reckoned: 600 words are 3 minutes, 12 questions 5, a reflection 1, an open task 3.
TAKES_12 = (
    *({"type": "read", "text": "The moon is up now. " * 40} for _ in range(3)),
    *(statement(f"Practice {name}.", id=f"p-{name}") for name in ("one", "two", "three", "four")),
    {"type": "reflect", "id": "why", "prompt": ""},
    {"type": "open", "id": "say", "stem": "", "rubric": ["a"]},
)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(9, ["minutes"]), (10, []), (12, []), (14, []), (15, ["minutes"]), (45, ["minutes"])],
)
def test_a_lesson_takes_about_as_long_as_it_says(
    tmp_path: Path, minutes: int, found: list[str]
) -> None:
    steps = tuple({**step, **({"stem": "Why?"} if "stem" in step else {})} for step in TAKES_12)
    quiz = [statement(f"Quiz {name}.", index % 2 == 0) for index, name in enumerate(ROMANS)]
    made = lesson(*quiz, steps=steps, minutes=minutes)
    made["steps"][-1]["stem"] = "Why does it rise?"
    made["quiz"]["draw"] = 8
    [*told] = [each for each in findings(tmp_path, made) if each.rule == "minutes"]
    assert rules(told) == found
    assert all("it takes about 12." in each.message for each in told)
    assert only(findings_in_course(tmp_path, made, language="de"), "minutes") == []


@pytest.mark.parametrize(("minutes", "found"), [(5, []), (6, ["minutes"]), (30, ["minutes"])])
def test_a_lesson_of_a_few_minutes_need_not_reckon(
    tmp_path: Path, minutes: int, found: list[str]
) -> None:
    made = lesson(statement("It rises."), minutes=minutes)
    assert rules(findings(tmp_path, made)) == found
    made.pop("minutes")
    assert findings(tmp_path, made) == []


def test_a_minute_more_or_less_is_no_matter(tmp_path: Path) -> None:
    words_of_4_minutes = tuple(read("The moon is up now. " * 40) for _ in range(4))
    assert findings(tmp_path, lesson(steps=words_of_4_minutes, minutes=5)) == []


ABOUT_THE_COURSE = [
    "What does lesson 1 say of ebb?",
    "In Lesson Two, who speaks?",
    "What is said in [lesson 3](lesson:tides)?",
    "Which of these does this lesson name?",
    "Do these lessons speak of ebb?",
    "What does this course teach of ebb?",
    "According to the lesson, what rises?",
    "In the lesson, what rises?",
    "The lesson on ebb sets three links in a chain. Which is the last?",
    "Which are on the same issue, by the two lessons?",
    "What did the last lesson call it?",
    "What does the lesson say of ebb?",
    "As reported here, how high is the tide?",
    "By our count, how many tides are there?",
    "By the article's count, how many tides are there?",
    "Who speaks, in the table above?",
    "Who speaks in the table?",
    "Which event comes last on the timeline you have just read, in the timeline?",
    "What is this row called?",
    "How is the row called that speaks of ebb? What is the row called?",
    "Which row is called ebb?",
    "What does the row on ebb say?",
    "Which paper said that the tide rises?",
    "What source says it?",
    "In which source is ebb explained?",
    "According to the article above, what rises?",
    "What does this passage say?",
    "Beyond the article, who speaks of ebb?",
    "Which of these does the article leave open?",
]


@pytest.mark.parametrize("stem", ABOUT_THE_COURSE)
def test_a_question_asks_about_the_subject_and_not_the_course(tmp_path: Path, stem: str) -> None:
    rule = "about-the-course"
    assert only(findings(tmp_path, lesson(text("ebb", stem=stem))), rule) == [rule]
    practice = text("ebb", stem=stem, id="practice")
    assert only(findings(tmp_path, lesson(steps=(practice,))), rule) == []
    (tmp_path / "lesson.yaml").unlink()
    asked = lesson(text("ebb", stem=stem))
    assert only(findings_in_course(tmp_path, asked, language="de"), rule) == []


def test_a_text_with_gaps_is_about_the_subject_too(tmp_path: Path) -> None:
    found = findings(tmp_path, lesson(gaps("It falls, says lesson 1, and that is {{ebb}}.")))
    assert only(found, "about-the-course") == ["about-the-course"]


@pytest.mark.parametrize(
    "stem",
    [
        "A row of stones lies on the beach. What moved the row?",
        "Which row of the periodic table holds helium?",
        "In the course of a day, how often does the tide rise?",
        "Over the course of a year, what changes? What is this course of events called?",
        "What is the lesson of the flood?",
        "The 2019 article says “the tide rises”. What does it mean by that?",
        "According to the article, what raises the tide?",
        "“The tide rises,” writes Ann. What does the text above call it?",
        "Read:\n\n> The tide rises.\n\nWhat does the text above say?",
        "Here is a table.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nWhat is the sum in the table?",
        "Who wrote “In this lesson we learn to swim”?",
        "What does a court say of it?",
        "Which newspaper first reported the flood?",
        "A school teaches a lesson on Monday. Who may sit in?",
        "What do we call the fall of the water?",
        "Which part of a lesson is scored?",
        "What shows that the table is level?",
        "How many people count on the tide?",
    ],
)
def test_a_subject_may_have_rows_and_courses_of_its_own(tmp_path: Path, stem: str) -> None:
    asked = lesson(text("ebb", stem=stem))
    assert only(findings(tmp_path, asked), "about-the-course") == []


def read(told: str = "The tide rises twice a day.", **more: Any) -> Data:
    return {"type": "read", "text": told, **more}


def only(found: list[Finding], *rule_names: str) -> list[str]:
    """The names of those rules that were broken, in order."""
    return [finding.rule for finding in found if finding.rule in rule_names]


def test_a_question_rests_on_what_was_taught(tmp_path: Path) -> None:
    asks = lesson(text("ebb", claims=["t1"]), steps=(read(claims=["t2"]),))
    teaches = lesson(steps=(read(claims=["t1"]),), title="Before")
    rule = "untaught-question"
    assert only(findings_in_course(tmp_path, asks), rule) == [rule]
    assert only(findings_in_course(tmp_path, asks, teaches), rule) == [rule]
    assert only(findings_in_course(tmp_path, teaches, asks), rule) == []
    linked = lesson(text("ebb", claims=["t1"]), steps=(read("[It](claim:t1) rises."),))
    assert only(findings_in_course(tmp_path, linked), rule) == []


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (read(claims=["t1"]), ["no-course"]),
        (read("The [tide](term:tide) rises."), ["no-course"]),
        (read("In [lesson 2](lesson:two) it falls."), ["no-course"]),
        (read("It rises, [they say](https://example.org)."), []),
    ],
    ids=["claims", "term", "lesson", "web"],
)
def test_a_lesson_that_cites_stands_in_a_course(
    tmp_path: Path, step: Data, found: list[str]
) -> None:
    assert rules(findings(tmp_path, lesson(steps=(step,)))) == found


# What is read

HARD = (
    "Comprehensive oceanographic investigations demonstrate that gravitational interactions "
    "systematically determine characteristic periodicities of astronomical phenomena. " * 12
)
EASY = "The moon pulls the sea, and so the water goes up. Then it goes down once more. " * 12


def test_a_text_is_no_harder_than_its_readers_can_read(tmp_path: Path) -> None:
    [found] = findings(tmp_path, lesson(steps=(read(HARD),)))
    assert found.rule == "hard-text"
    assert "the course is for grade 10" in found.message
    assert findings(tmp_path, lesson(steps=(read(EASY), read(HARD[:400])))) == []


def test_words_of_the_glossary_do_not_make_a_text_hard(tmp_path: Path) -> None:
    told = "Gravitational periodicities systematically vary here, and sailors know it well. " * 12
    hard = lesson(steps=(read(told, claims=["t1"]),))
    known = dict.fromkeys(("gravitational", "periodicities", "systematically"), "A word.")
    assert only(findings_in_course(tmp_path, hard), "hard-text") == ["hard-text"]
    assert only(findings_in_course(tmp_path, hard, glossary=known), "hard-text") == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("tide", 1),
        ("table", 2),
        ("asked", 1),
        ("wanted", 2),
        ("times", 1),
        ("houses", 2),
        ("reaches", 2),
        ("detainer", 3),
        ("the", 1),
        ("Moon,", 1),
        ("—", 0),
        ("U.S.", 2),
        ("p.m.,", 2),
        ("2019", 1),
    ],
)
def test_syllables_are_counted_by_ear(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 120 words in 12 sentences, 132 syllables ("table" has two): 3.9 + 12.98 - 15.59
    told = "We look at the table and see when it comes. " * 12
    assert reading_grade(told) == pytest.approx(0.39 * 10 + 11.8 * 132 / 120 - 15.59)
    assert reading_grade("Too short to tell.") is None


def test_a_list_without_periods_is_many_sentences() -> None:
    items = "\n".join("- the moon pulls the sea up and down" for _ in range(15))
    grade = reading_grade(items)
    assert grade is not None
    assert grade < 5


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("The moon pulls. The sea follows.", 2),
        ("A U.S. citizen met Dr. Lee on Nov. 3, according to No. 12.", 1),
        ("In *Galarza v. Szalczyk* J. Smith of the U.S. Virgin Islands agreed.", 1),
        ("It opens at 5 p.m. and closes at 9 p.m. Come early.", 2),
        ("One court agreed (*Wells v. DeMarco*, N.Y. App. Div. 2018). Another did not.", 2),
        ("“Why?” she asked. “Because it is late.” Then she left!", 3),
        ("Is it so? No. It took 48.5 hours. 12 were left.", 4),
        ("It was settled in 2018. The tide - as ever - turned.", 2),
        ("It asks for two things: a warning and a hold.", 1),
        ("He said: “They come in.” Nobody came.", 3),
        ("# Tides\n\nThey come\nand go.\n\n- High water\n- Low water", 4),
        ("1. First look.\n2. Then say what you see.", 2),
        ("See ([tides](term:tide)). They turn.", 2),
        ("---\n\n“ – ”", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(told: str, count: int) -> None:
    found = sentences(told)
    assert len(found) == count, found


def test_abbreviations_make_a_text_no_easier() -> None:
    told = "The sheriff met Dr. Lee of the U.S. Virgin Islands at 5 p.m. in the old jail. "
    without = "The sheriff met Doc Lee of the other Virgin Islands at 5 today in the old jail. "
    assert reading_grade(told * 10) == pytest.approx(reading_grade(without * 10))


ODD_WORDS = """
the jail holds a person who may be incomprehensibly institutionalized for hours The And ICE U.S. Dr.
Gov. No. Sept. 3 1. v. p.m. (it [asks](term:detainer) “Yes” ‘no’ *bold* word) **strong** _em_ It's
a.m. 48 .” .) .* *. **. .** ; <b> &amp; _ * [ ] ( )
"""


def test_no_text_is_harder_than_is_told_without_reading_its_markdown() -> None:
    random, words = Random(1), ODD_WORDS.split()
    lines = ["\n\n", "\n", "\n- ", "\n* ", "\n1. ", "\n# ", "\n> ", "\n---\n", "| a | b |"]
    bounds = []
    for _ in range(300):
        odd = random.choice((0.02, 0.1, 0.3))
        text = " ".join(
            random.choice(words + lines)
            if random.random() < odd
            else random.choice(words[:12]) + (". The" if random.random() < 0.1 else "")
            for _ in range(random.randrange(110, 260))
        )
        grade = reading_grade(text)
        assert grade is None or grade <= highest_grade(text) + 1e-9, text
        bounds.append(highest_grade(text) - (grade or 0))
    assert min(bounds) < 3  # some are told nearly


def test_a_step_fits_two_screens(tmp_path: Path) -> None:
    paragraph = EASY[:300] + "\n\n"
    assert rows_of(paragraph) == 4
    found = findings(tmp_path, lesson(steps=(read(paragraph * 12),)))
    assert rules(found) == ["long-step"]
    assert "about 59 lines" in found[0].message
    assert findings(tmp_path, lesson(steps=(read(paragraph * 8),))) == []


def test_columns_have_names_of_their_own(tmp_path: Path) -> None:
    def table(*columns: str) -> Data:
        return {
            "type": "compare",
            "columns": columns,
            "rows": [{"label": "Height", "cells": ["3 m", "1 m"]}],
        }

    assert rules(findings(tmp_path, lesson(steps=(table("Spring", "spring"),)))) == ["same-column"]
    assert findings(tmp_path, lesson(steps=(table("Spring", "neap"),))) == []


# A contested course

LONG = "The pier was built of wood, and boats came in at every tide. " * 4


def contested(folder: Path, *lessons: Data, **more: Any) -> list[Finding]:
    return findings_in_course(folder, *lessons, contested="true", **more)


def test_a_text_of_a_contested_course_cites_its_source(tmp_path: Path) -> None:
    bare, cited, short = read(LONG), read(LONG, claims=["t1"]), read(LONG[:60])
    rule = "unsourced-step"
    assert only(contested(tmp_path, lesson(steps=(bare,))), rule) == [rule]
    assert only(contested(tmp_path, lesson(steps=(cited, short))), rule) == []
    assert only(findings_in_course(tmp_path, lesson(steps=(bare,))), rule) == []


def test_an_argument_cites_a_claim(tmp_path: Path) -> None:
    def debate(claims: list[str]) -> Data:
        safe = {"id": "safe", "title": "Safe", "speaker": "ann", "text": "It is.", "claims": claims}
        dear = {**safe, "id": "dear", "title": "Dear", "claims": ["t1"]}
        return {"type": "debate", "for": [safe], "against": [dear]}

    rule = "unsourced-argument"
    [found] = [
        each for each in contested(tmp_path, lesson(steps=(debate([]),))) if each.rule == rule
    ]
    assert "“Safe”" in found.message
    assert only(contested(tmp_path, lesson(steps=(debate(["t2"]),))), rule) == []
    assert only(findings_in_course(tmp_path, lesson(steps=(debate([]),))), rule) == []


OPINION = {"stem": "Is a pier safe?", "claims": ["t2"]}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ["opinion-as-key"]),
        ({"stem": "Is a pier safe, according to a harbor master?"}, []),
        ({"stem": "Does Ann Harbor find a pier safe?"}, []),
        ({"voice": "for"}, []),
        ({"claims": ["t1", "t2"]}, []),
        ({"claims": []}, []),
    ],
    ids=["poor", "attributed", "named", "voice", "fact-too", "no-claims"],
)
def test_no_key_is_an_opinion(tmp_path: Path, changed: Data, found: list[str]) -> None:
    asked = lesson(text("yes", **{**OPINION, **changed}))
    assert only(contested(tmp_path, asked), "opinion-as-key") == found
    assert only(findings_in_course(tmp_path, asked), "opinion-as-key") == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("The menace rises twice a day.", ["loaded-term"]),
        ("Menaces rise.", ["loaded-term"]),
        ("Ann speaks. The menace rises.", ["loaded-term"]),
        ("The “menace” rises twice a day.", []),
        ("Say *tide* and not *menace*.", []),
        ("Ann fears a menace.", []),
        ("A critic calls it a menace.", []),
        ("The [word](https://menace.example) rises.", []),
        ("Menacing clouds rise.", []),
    ],
    ids=[
        "plain",
        "plural",
        "next-sentence",
        "quoted",
        "emphasis",
        "named",
        "called",
        "link",
        "other",
    ],
)
def test_a_lesson_speaks_in_neutral_words(tmp_path: Path, told: str, found: list[str]) -> None:
    assert only(contested(tmp_path, lesson(steps=(read(told),))), "loaded-term") == found
    assert only(findings_in_course(tmp_path, lesson(steps=(read(told),))), "loaded-term") == []


def test_a_loaded_term_comes_with_its_neutral_word(tmp_path: Path) -> None:
    [found] = [
        each
        for each in contested(tmp_path, lesson(steps=(read("It is so.\n\nThe Menace rises."),)))
        if each.rule == "loaded-term"
    ]
    assert found.message.startswith("“Menace” takes a side")
    assert found.remedy.startswith("Say “tide”")


def test_distractors_may_be_loaded(tmp_path: Path) -> None:
    question = choice("Which word is neutral?", "tide", "menace", "threat")
    assert only(contested(tmp_path, lesson(question)), "loaded-term") == []
    telling = {**question, "explanation": "It is a menace."}
    assert only(contested(tmp_path, lesson(telling)), "loaded-term") == ["loaded-term"]


# A course as a whole


def test_a_lesson_in_the_folder_is_listed(tmp_path: Path) -> None:
    taught = lesson(steps=(read(claims=["t1", "t2"]),))
    assert findings_in_course(tmp_path, taught) == []
    (tmp_path / "draft.yaml").write_text("title: A draft\n", encoding="utf-8")
    [found] = findings_in_course(tmp_path, taught)
    assert found.rule == "unlisted-lesson"
    assert "`draft.yaml`" in found.message


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("It ebbs.", ["unused-term"]),
        ("A Spring Tide is high.", []),
        ("It is [high](term:spring-tide).", []),
    ],
    ids=["nowhere", "named", "linked"],
)
def test_a_glossary_word_stands_in_a_lesson(tmp_path: Path, told: str, found: list[str]) -> None:
    taught = lesson(steps=(read(told, claims=["t1", "t2"]),))
    glossary = {"spring tide": "A tide that is higher than most."}
    assert rules(findings_in_course(tmp_path, taught, glossary=glossary)) == found


def test_a_claim_is_used(tmp_path: Path) -> None:
    [found] = findings_in_course(tmp_path, lesson(steps=(read(claims=["t1"]),)))
    assert (found.rule, found.message) == (
        "unused-claim",
        "No lesson of this course uses the claim `t2`.",
    )


def test_a_multiple_may_have_eight_options(tmp_path: Path) -> None:
    many = multiple("Which are seas?", list(SEAS[:4]), ["Geneva", "Rhine", "Sahara", "Andes"])
    assert findings(tmp_path, lesson(many)) == []


# What learners do not see as it was written


def to_read(told: str) -> Data:
    """A step to read."""
    return {"type": "read", "title": "Tides", "text": told}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("The tide falls.<!-- say more -->", ["shown-as-typed"]),
        ("As code: `<!-- say more -->`.", []),
        ("Code:\n\n```python\nx = 1\n\nMore words.\n", ["unclosed-code"]),
        ("Code:\n\n~~~\nx = 1\n```\n", ["unclosed-code"]),
        ("Code:\n\n```python\nx = 1\n```\n", []),
        ("Code:\n\n```\nx = 1\n```\n\nMore words.\n", []),
        ("- Code:\n\n  ```\n  x = 1\n  ```\n", []),
        ("| a | b |\n| --- | --- |\n| 1 | `x|y` |\n", ["torn-table"]),
        ("a | b\n---|---\n1 | 2 | 3\n4 | 5 | 6\n", ["torn-table"] * 2),
        ("| a | b |\n| --- | --- |\n| 1 | `x\\|y` |\n| 2 |\n", []),
        ("| a | b |\n| 1 | 2 |\n", ["torn-table"]),
        ("| a | b |\n\nThe norm is\n| x |\n", []),
        ("```\n| a | b |\n| 1 | 2 |\n```\n", []),
    ],
)
def test_code_and_tables_show_all_that_is_written(
    tmp_path: Path, told: str, found: list[str]
) -> None:
    assert rules(findings(tmp_path, lesson(steps=(to_read(told),)))) == found


@pytest.mark.parametrize(
    "step",
    [
        {"type": "read", "title": "", "text": "Words."},
        {"type": "read", "title": "Tides", "text": " \n"},
        {
            "type": "compare",
            "columns": ["Ebb", "Flood"],
            "rows": [{"label": "When?", "cells": ["Later", ""]}],
        },
        {"type": "figure", "plot": "bar", "unit": "m", "data": [{"label": "", "value": 1}]},
    ],
)
def test_what_is_empty_in_a_step_is_told(tmp_path: Path, step: Data) -> None:
    assert rules(findings(tmp_path, lesson(steps=(step,)))) == ["empty-text"]


def test_a_cell_about_which_nothing_is_said_is_not_empty(tmp_path: Path) -> None:
    rows = [{"label": "When?", "cells": ["Later", None]}]
    step: Data = {"type": "compare", "columns": ["Ebb", "Flood"], "rows": rows}
    assert rules(findings(tmp_path, lesson(steps=(step,)))) == []


def test_a_quiz_has_as_many_questions_as_it_draws(tmp_path: Path) -> None:
    asked = [statement("The tide falls.", objective="know")]
    made = lesson(*asked)
    made["quiz"]["draw"] = 2
    assert "draws-too-many" in rules(findings(tmp_path, made))
    made["quiz"]["draw"] = 1
    assert "draws-too-many" not in rules(findings(tmp_path, made))


def reflect(name: str, revisits: str | None = None) -> Data:
    """A thought to be written down."""
    again = {"revisits": revisits} if revisits else {}
    return {"type": "reflect", "id": name, "prompt": "What?", **again}


@pytest.mark.parametrize(
    ("steps", "remedy"),
    [
        ([reflect("a"), reflect("b", "a")], None),
        ([reflect("a", "b")], "Name the `id`"),
        ([reflect("before"), reflect("b", "befor")], "Did you mean `before`?"),
        ([reflect("a", "b"), reflect("b")], "It comes only later"),
    ],
)
def test_a_thought_is_shown_again_that_was_asked_for_before(
    tmp_path: Path, steps: list[Data], remedy: str | None
) -> None:
    found = findings(tmp_path, lesson(steps=tuple(steps)))
    assert rules(found) == (["unknown-reflection"] if remedy else [])
    assert all(remedy and remedy in one.remedy for one in found)


def test_a_thought_may_come_from_an_earlier_lesson(tmp_path: Path) -> None:
    first = lesson(steps=(reflect("a"),))
    later = lesson(steps=(reflect("b", "a"),))
    assert "unknown-reflection" not in rules(findings_in_course(tmp_path, first, later))
    assert "unknown-reflection" in rules(findings_in_course(tmp_path, later, first))
    assert "unknown-reflection" not in rules(check(tmp_path / "0.yaml"))


@pytest.mark.parametrize(
    ("day", "there_is"),
    [
        ("2020-02-30", False),
        ("2020-13-01", False),
        ("2020-02-29", True),
        ("2020-02", True),
        ("about 2020", True),
    ],
)
def test_a_source_was_published_on_a_day_that_there_is(
    tmp_path: Path, day: str, there_is: bool
) -> None:
    file = tmp_path / "source.yaml"
    head = "title: A leaflet\nrole: article\nspeakers: {a: {name: A}}\n"
    claim = "claims: {c1: {speaker: a, kind: reported, text: It is so.}}\n"
    file.write_text(f"{head}published: {day}\n{claim}", encoding="utf-8")
    assert rules(check(file)) == ([] if there_is else ["no-such-day"])
