"""CSV and TSV: our own sheet comes back as it was, and those of other programs are read."""

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from arbitrary import sound, texts
from carried import facts, said, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import examples, few

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_item
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Multiple,
    Number,
    Option,
    Question,
    Text,
    TrueFalse,
)
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.formats import export_as, read_as, recognize
from tutor.exchange.table import read_table
from tutor.exchange.table.sheet import escape_formula, read_rows, unescape_formula, write_rows
from tutor.quiz.grading import grade

COURSE = Course(id="c", title="Tides/Ebb: a // course", folder="/c", lessons=())


def written(question: Question, form: str = "csv") -> tuple[str, tuple[str, ...]]:
    """A question in a sheet, and what is said of it."""
    lesson = Lesson(title="A lesson", id="l", quiz=Quiz(questions=(question,)))
    exported = export_as(form, COURSE, [lesson])
    assert isinstance(exported.content, str)
    return exported.content, exported.left_out


def only_wrong_mistakes(question: Question) -> bool:
    """Tell whether nothing is both a mistake and right: such a one is told as a loss."""
    match question:
        case Number():
            return not any(question.allows(Fraction(one.answer)) for one in question.mistakes)
        case Text():
            return not any(grade(question, one.answer).score == 1 for one in question.mistakes)
    return True


def only_single_spaces(question: Question) -> bool:
    """Tell whether no target shows several spaces in a row: a cell of them takes no markup."""
    return not any("  " in plain_item(target.text) for target in question.targets())


def only_one_paragraph(question: Question) -> bool:
    """Tell whether a stem can be told from the text with gaps that follows it."""
    return not isinstance(question, Gaps) or "\n\n" not in question.stem.strip()


def questions_of(imported: Imported) -> tuple[Any, ...]:
    assert imported.lesson.quiz is not None
    return imported.lesson.quiz.questions


@pytest.mark.hypothesis
@pytest.mark.parametrize("form", few("csv", more=["tsv"]))
@pytest.mark.parametrize("kind", few("gaps", more=sound))
def test_every_question_comes_back_as_it_was(kind: str, form: str) -> None:
    @given(
        sound[kind]
        .filter(only_one_paragraph)
        .filter(only_wrong_mistakes)
        .filter(only_single_spaces)
    )
    @settings(max_examples=examples(8), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        content, left_out = written(question, form)
        if any("left out, for" in sentence for sentence in left_out):
            return
        imported = read_as(form, content.encode())
        [back] = questions_of(imported)
        assert imported.left_out == ()
        assert imported.lesson.title == "A lesson"
        kept = facts(question)
        if isinstance(question, Gaps):
            # A word is accepted once, and only one of those that can be chosen can be given.
            offered = kept["words"]
            seen = question.gaps_as_seen() if offered else kept["gaps"]
            kept["gaps"] = [
                [
                    word
                    for word in dict.fromkeys(map(said, accepted))
                    if not offered or word in offered
                ]
                for accepted in seen
            ]
        if not told(question.stem) and isinstance(question, Gaps):
            kept["stem"] = facts(back)["stem"]
        assert facts(back) == kept

    law()


def test_weights_and_what_cannot_be_carried() -> None:
    question = Multiple(
        stem="Which are seas?",
        id="seas",
        options=(
            Option(text="Baltic", correct=True),
            Option(text="Adriatic", correct=True),
            Option(text="Sahara", feedback="Dry."),
        ),
        scoring="all-or-nothing",
        claims=("c1",),
    )
    content, left_out = written(question)
    assert left_out == ("l/seas: without its claims.",)
    [back] = questions_of(read_table(content))
    assert (back.options, back.points) == (question.options, 1)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1 hour", "-x", "@home", "'=1", "''-a", "\t=1", "＝1", "-5", "+3.5", "'quoted'", ""],
)
def test_no_cell_is_taken_for_a_formula_and_each_reads_back(cell: str) -> None:
    safe = escape_formula(cell)
    assert not safe.startswith(tuple("=+@\t\r＝＋－＠")) or safe in ("+3.5",)
    assert not safe.startswith("-") or safe == "-5"
    assert unescape_formula(safe) == cell


@pytest.mark.hypothesis
@given(st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=4))
@settings(max_examples=examples(20))
def test_any_cells_come_back(rows: list[list[str]]) -> None:
    rows = [[cell.replace("\r", "") for cell in ("head", "more", *row)] for row in rows]
    for separator in ",\t":
        text = write_rows(rows, separator)
        read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))
        assert [[unescape_formula(cell) for cell in row] for row in read] == rows


KAHOOT = (
    "Quiz template,,,,,,,\n,,,,,,,\n"
    ",Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
    "Answer 3 - max 75 characters,Answer 4 - max 75 characters,"
    "Time limit (sec) – 5 or 10,Correct answer(s) - choose at least one\n"
    "1,Where is the ebb?,Here,There,,,20,1\n"
    '2,Which are even?,1,2,3,4,20,"2,4"\n'
)
GIMKIT = "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)\nWho?,Ann,Ben,\n"
QUIZIZZ = (
    "Question Text\tQuestion Type\tOption 1\tOption 2\tCorrect Answer\tTime in seconds\n"
    "Who?\tMultiple Choice\tAnn\tBen\t1\t30\n"
)
BLOOKET = (
    '"Question #","Question Text","Answer 1","Answer 2","Answer 3\n(Optional)",'
    '"Time Limit (sec)","Correct Answer(s)\n(Only include Answer #)"\n1,Who?,Ann,Ben,,20,1\n'
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (KAHOOT, ("Where is the ebb?", ["Here", "There"], [0])),
        (GIMKIT, ("Who?", ["Ann", "Ben"], [0])),
        (QUIZIZZ, ("Who?", ["Ann", "Ben"], [0])),
        (BLOOKET, ("Who?", ["Ann", "Ben"], [0])),
        ("question;a;b;c;answer\nWho?;Ann;Ben;Cy;B\n", ("Who?", ["Ann", "Ben", "Cy"], [1])),
        ("sep=;\nquestion;a;b;answer\nWho?;Ann;Ben;ann\n", ("Who?", ["Ann", "Ben"], [0])),
        ("Question,Option A,Option B,Key\nWho?,Ann,Ben,Option B\n", ("Who?", ["Ann", "Ben"], [1])),
        ("question,choice 1,choice 2,correct\nHow many?,4,2,2\n", ("How many?", ["4", "2"], [1])),
        ("question,option 1,option 2,right answer\nW?,b,a,a\n", ("W?", ["b", "a"], [1])),
    ],
    ids=[
        "Kahoot", "Gimkit", "Quizizz", "Blooket", "letters", "sep=", "option letter",
        "number, not text", "text, not letter",
    ],
)  # fmt: skip
def test_a_sheet_of_another_program(text: str, first: tuple[str, list[str], list[int]]) -> None:
    question = questions_of(read_table(text))[0]
    assert isinstance(question, Choice)
    right = [n for n, option in enumerate(question.options) if option.correct]
    assert (question.stem, [option.text for option in question.options], right) == first


def test_what_of_a_sheet_is_lost_is_counted() -> None:
    imported = read_table(KAHOOT + "3,None right?,a,b,,,20,5\n4,,a,b,,,20,1\n")
    assert imported.left_out == (
        "Line 6, “3”: left out, for “5” is said to be right, and is none of its options.",
        "Line 7, “4”: left out, for it has no question.",
        "The column “Time limit (sec) – 5 or 10” with what stands in it, 4 times.",
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hund\tdog\nKatze\tcat\n", ("Hund", "dog")),
        ("term,definition\nebb,the fall of the tide\n", ("the fall of the tide", "ebb")),
        ("front,back\nebb,Ebbe\n", ("ebb", "Ebbe")),
        ("Question,Answer\nWhat falls?,the tide\n", ("What falls?", "the tide")),
        ("the tide,What falls?\n", ("What falls?", "the tide")),
    ],
)
def test_two_columns_are_cards(text: str, asked: tuple[str, str]) -> None:
    question = questions_of(read_table(text))[0]
    assert isinstance(question, Text)
    assert (question.stem, *question.answers) == asked


def test_what_is_not_chosen_is_typed_or_true_or_false() -> None:
    sheet = (
        "question,correct,explanation,hint\nTwice a day?,TRUE,It is.,Look.\nWhat falls?,tide,,\n"
    )
    twice, falls = questions_of(read_table(sheet))
    assert isinstance(twice, TrueFalse)
    assert (twice.answer, twice.explanation, twice.hints) == (True, "It is.", ("Look.",))
    assert isinstance(falls, Text)


def test_our_own_sheet_is_written_by_hand_as_well() -> None:
    sheet = (
        "Type;Stem;Correct;Answer 1;Answer 2;Tolerance;Colour\n"
        "number;How long?;;12,4;;0,5;\nchoice;Who?;2;Ann;Ben;;red\nfoo;What?;;a;;;\n"
    )
    imported = read_table(sheet)
    number, choice = questions_of(imported)
    assert isinstance(number, Number)
    assert (str(number.answer), number.tolerance) == ("12.4", "0.5")
    assert choice.options[1].correct
    assert imported.left_out[1] == "The column “colour” with what stands in it, 1 times."
    assert "its type is 'foo'; types are choice, " in imported.left_out[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No row of this sheet"),
        ("a,b,c\n1,2,3\n", "No row of this sheet"),
        ("type,stem\n", "no rows"),
        ("question,answer\n", "no rows"),
        ('question,answer\n"' + "x" * 200_000 + '",y\n', "From line 2 on"),
        ("question,answer" + "," * 600 + "\n", "too large"),
    ],
)
def test_what_is_no_sheet_of_questions_is_refused(text: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_table(text)


def test_lines_are_those_of_the_file() -> None:
    rows = read_rows('a,b\n\n"x\ny",2\nz,3\n', ",")
    assert [(row.line, row.cells[0]) for row in rows] == [(1, "a"), (3, "x\ny"), (5, "z")]


@pytest.mark.parametrize(
    ("rows", "right", "told_of"),
    [
        (["Which is 1?,2,1,3,1"], ["1"], 1),
        (["Which is 1?,2,1,3,1", "Sum?,4,5,9,9"], ["1", "9"], 0),
        (["Which is 1?,2,1,3,1", "Sum?,four,five,six,five"], ["1", "five"], 0),
        (["Which is 1?,2,1,3,1", "Sum?,four,five,six,B"], ["1", "five"], 0),
        (["Which is 1?,2,1,3,2", "Sum?,four,five,six,3"], ["1", "six"], 0),
        (["Which is 1?,2,1,3,1", "Sum?,four,five,six,3", "More?,4,5,9,9"], ["1", "six", "9"], 1),
        (["Which?,1,2,3,1"], ["1"], 0),
        (["First letter?,B,A,C,A"], ["A"], 1),
        (["First letter?,B,A,C,A", "Sum?,four,five,six,B"], ["B", "five"], 0),
    ],
)
def test_a_number_that_is_also_an_option_is_read_as_its_column_is_or_told(
    rows: list[str], right: list[str], told_of: int
) -> None:
    imported = read_table("\n".join(["question,option 1,option 2,option 3,correct", *rows]))
    questions = questions_of(imported)
    assert [one.text for q in questions for one in q.options if one.correct] == right
    doubts = [said for said in imported.left_out if "but may be its" in said]
    notes = [said for said in imported.notes.values() if "but may be its" in said]
    assert (len(doubts), len(notes)) == (told_of, told_of)


@pytest.mark.parametrize(
    ("row", "told_of"),
    [
        ("What is a half?,01.Feb,3/4,2,01.Feb", "“01.Feb”"),
        ("What is a half?,1-Feb,4-Mar,2,1-Feb", "“1-Feb” and “4-Mar”"),
        ("What is a half?,Feb 1,0.75,2,Feb 1", "“Feb 1”"),
        ("Was ist ein Drittel?,1. Mrz,0.75,2,1. Mrz", "“1. Mrz”"),
        ("When is it?,1-Feb,4-Mar,5-Mar,1-Feb", ""),
        ("What is a half?,1/2,3/4,2,1/2", ""),
    ],
)
def test_a_date_that_a_spreadsheet_made_of_a_fraction_is_told(row: str, told_of: str) -> None:
    imported = read_table("question,option 1,option 2,option 3,correct\n" + row)
    said = f"{told_of} may be what a spreadsheet made of a fraction"
    assert any(said in one for one in imported.left_out) == bool(told_of)
    assert any(said in one for one in imported.notes.values()) == bool(told_of)


def test_headings_that_are_not_known_are_answered_with_those_that_are() -> None:
    german = "Frage;Antwort A;Antwort B;Richtig\nEins und eins?;2;3;A\n"
    assert questions_of(read_table(german))[0].options[0].correct
    with pytest.raises(CannotRead) as caught:
        read_table("Kysymys,Vaihtoehto 1,Vaihtoehto 2,Oikein\nA?,b,c,b\n")
    assert "question, option 1, option 2 (and so on), correct" in str(caught.value.remedy)
    assert (
        recognize(Path("a.csv"), b"Kysymys,Vaihtoehto 1,Vaihtoehto 2,Oikein\nA?,b,c,b\n") == "csv"
    )


@pytest.mark.parametrize("sign", ["\ue000", "\ufdd0"])
def test_a_character_of_a_private_font_is_taken_for_no_gap(sign: str) -> None:
    sheet = f"type,stem,text\ngaps,Fill in {sign}.,{sign} is {{{{a}}}} here.\n"
    (question,) = questions_of(read_table(sheet))
    assert question.gaps() == (("a",),)
    cards = f"front,back\nAnki {sign} {{{{c1::a}}}} here.,\nWhat?,This\n"
    assert questions_of(read_table(cards))


def test_a_gap_inside_the_markup_of_a_sheet_is_told() -> None:
    sheet = 'type,stem,text,answer 1\ngaps,Fill in.,"<br class={{a}}> and {{b}}"\ntext,What?,,a\n'
    imported = read_table(sheet)
    assert len(questions_of(imported)) == 1
    assert "a gap stands inside its markup" in imported.left_out[0]
