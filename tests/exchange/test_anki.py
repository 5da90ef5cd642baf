"""Anki: what a learner finds on a card, and what Anki itself makes of the file."""

import csv
import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import Choice, Open, Option, Question, Text
from tutor.exchange.anki import anki, card


def rows(content: str | bytes) -> list[list[str]]:
    assert isinstance(content, str)
    lines = content.splitlines(keepends=True)
    return list(csv.reader((line for line in lines if line[0] != "#"), delimiter="\t"))


def asked(lesson: Lesson, name: str) -> Question:
    return next(one for one in lesson.questions() if one.id == name)


CARDS = {
    "choice": (
        "pull",
        "What raises the tide most?\n\nA. The sun\nB. The moon\nC. The wind",
        "B. The moon\n\nThe moon is near.\n\nThe wind: Wind moves the surface only.\n"
        "The sun: It helps, but less.",
    ),
    "multiple": (
        "seas",
        "Which of these are seas?\nChoose all that apply.\n\n"
        "A. Sahara\nB. Andes\nC. Adriatic\nD. Baltic",
        "C. Adriatic\nD. Baltic\n\nSahara: That is a desert.\nAndes: Those are mountains.",
    ),
    "true_false": (
        "twice",
        "The tide rises twice a day.\n\nA. True\nB. False",
        "A. True\n\nFalse: It does, twice.",
    ),
    "number": (
        "hours",
        "How many hours lie between two high tides, about?\n\n(in hours)",
        "12.4 hours (give or take 0.5)\n\n24: That is a whole day.",
    ),
    "text": ("word", "What is the fall of the tide called?", "ebb tide\nAlso: ebb"),
    "order": (
        "phases",
        "Put the phases in order, from new moon on.\n\n"
        "– Full moon\n– New moon\n– Last quarter\n– First quarter",
        "1. New moon\n2. First quarter\n3. Full moon\n4. Last quarter\n\n"
        "Full moon: It stands opposite the sun.",
    ),
    "match": (
        "tools",
        "What measures what?\n\n– Depth\n– Speed\n– Direction\n"
        "A. Log\nB. Compass\nC. Barometer\nD. Lead line",
        "Depth → Lead line\nSpeed → Log\nDirection → Compass\n\n"
        "Direction: Its needle points north.",
    ),
    "gaps": (
        "daily",
        "Fill in the gaps.\n\nThere are __(1)__ high tides in a __(2)__.",
        "two or 2\nday\n\nGap 1: Count them.\nGap 2: One turn of the earth.",
    ),
    "sort": (
        "waters",
        "Sort these waters.\n\n– Atlantic\n– Lake Geneva\n– Baltic Sea\n– Rhine\nA. Salt\nB. Fresh",
        "Baltic Sea → Salt\nAtlantic → Salt\nLake Geneva → Fresh\nRhine → Fresh",
    ),
    "open": (
        "why",
        "Why does a harbor master need a tide table?",
        "To know when a ship of some depth can come in.\nPoints to look for:\n"
        "– Names a ship's depth\n– Names a time",
    ),
}


@pytest.mark.parametrize(("name", "front", "back"), CARDS.values(), ids=CARDS)
def test_a_card_asks_in_front_and_tells_on_the_back(
    asks: Lesson, name: str, front: str, back: str
) -> None:
    assert card(asked(asks, name)) == (front, back)


def test_there_is_a_card_for_every_question_in_its_lessons_deck(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    notes = rows(anki(course, [asks, tells]).content)
    assert len(notes) == 11
    assert notes[0][1:3] == [
        "Every kind of question::Ten ways to ask",
        "every every::asks every::asks::know",
    ]
    assert notes[-1][1] == "Every kind of question::Six ways to tell"


def test_the_level_of_a_question_is_a_tag_of_its_card(course: Course, asks: Lesson) -> None:
    assert asks.quiz is not None
    first = msgspec.structs.replace(asks.quiz.questions[0], level="apply")
    quiz = msgspec.structs.replace(asks.quiz, questions=(first,))
    (note,) = rows(anki(course, [msgspec.structs.replace(asks, quiz=quiz)]).content)
    assert note[2].split() == ["every", "every::asks", "every::asks::know", "level::apply"]


def test_what_a_card_cannot_carry_is_said_with_its_place(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    assert anki(course, [asks, tells]).left_out == (
        "asks: points and pass mark left out: Anki asks how well you knew it.",
        "asks/pull: 2 hints left out.",
        "asks/pull: what it rests on (t1) is not said.",
        "asks/twice: what it rests on (t1) is not said.",
        "tells: 6 steps to read left out: a card holds a question.",
        "tells/practice-pull: 1 hint left out.",
    )


def test_a_note_keeps_its_id_when_its_words_change(course: Course, asks: Lesson) -> None:
    corrected = reworded(asks, "What raises the tide the most?")
    before, after = rows(anki(course, [asks]).content), rows(anki(course, [corrected]).content)
    assert [note[0] for note in before] == [note[0] for note in after]
    assert before[0][3] != after[0][3]


@pytest.mark.parametrize("command", ["[sound:x.mp3]", "[latex]x[/latex]", "[$]x[/$]", "[anki:tts]"])
def test_no_text_is_a_command_to_anki(command: str) -> None:
    question = Text(stem=f"Say {command}", answers=(command,))
    assert all(command not in side for side in card(question))
    assert "[\u2060" in card(question)[0]


@given(st.text(), st.text(min_size=1))
def test_every_text_stays_in_its_field(stem: str, option: str) -> None:
    options = (Option(text=option, id="a", correct=True), Option(text="b", id="b"))
    lesson = Lesson(title=stem, id="l", steps=(Choice(stem=stem, id="q", options=options),))
    course = Course(id="c", title="\t#\n", folder="", lessons=())
    content = anki(course, [lesson]).content
    assert isinstance(content, str)
    body = content.partition("#tags column:3\n")[2]
    (note,) = csv.reader(body.splitlines(keepends=True), delimiter="\t")
    assert tuple(note[3:]) == card(lesson.questions()[0])


def reworded(lesson: Lesson, stem: str) -> Lesson:
    assert lesson.quiz is not None
    first, *others = lesson.quiz.questions
    questions = (msgspec.structs.replace(first, stem=stem), *others)
    return msgspec.structs.replace(
        lesson, quiz=msgspec.structs.replace(lesson.quiz, questions=questions)
    )


# Anki itself


@pytest.fixture
def collection(tmp_path: Path) -> Iterable[Any]:
    opened = pytest.importorskip("anki.collection").Collection(str(tmp_path / "c.anki2"))
    yield opened
    opened.close()


def import_into(collection: Any, content: str | bytes, file: Path) -> tuple[int, int]:
    """Import as Anki's dialog does, with what the file's headers say: (new, updated) notes."""
    from anki.collection import ImportCsvRequest

    assert isinstance(content, str)
    file.write_text(content, encoding="utf-8", newline="\n")
    said = collection.get_csv_metadata(str(file), None)
    log = collection.import_csv(ImportCsvRequest(path=str(file), metadata=said)).log
    return len(log.new), len(log.updated)


def test_anki_reads_back_every_field(
    course: Course, asks: Lesson, collection: Any, tmp_path: Path
) -> None:
    nasty = reworded(asks, 'Tab\t"quote" <b>tag</b> {{c1::x}} & # ; , é')
    content = anki(course, [nasty]).content
    assert import_into(collection, content, tmp_path / "cards.txt") == (10, 0)
    kept = {}
    for number in collection.find_notes(""):
        note = collection.get_note(number)
        fields = tuple(html.unescape(field.replace("<br>", "\n")) for field in note.fields)
        (deck,) = {collection.decks.name(one.did) for one in note.cards()}
        kept[note.guid] = (deck, set(note.tags), fields)
    assert kept == {
        guid: (deck, set(tags.split()), (front, back))
        for guid, deck, tags, front, back in rows(content)
    }


def test_importing_again_updates_and_adds_nothing(
    course: Course, asks: Lesson, tells: Lesson, collection: Any, tmp_path: Path
) -> None:
    file = tmp_path / "cards.txt"
    assert import_into(collection, anki(course, [asks, tells]).content, file) == (11, 0)
    assert import_into(collection, anki(course, [asks, tells]).content, file)[0] == 0
    assert collection.note_count() == 11
    corrected = anki(course, [reworded(asks, "What raises the tide the most?"), tells]).content
    assert import_into(collection, corrected, file)[0] == 0
    assert collection.note_count() == 11
    assert len(collection.find_notes('"What raises the tide the most?*"')) == 1


def test_an_open_question_without_points_to_look_for_names_none() -> None:
    question = Open(id="q", stem="Why?", rubric=(), model="So.")
    lesson = Lesson(id="l", title="L", quiz=Quiz(questions=(question,)))
    written = anki(Course(id="c", title="C", folder="", lessons=()), [lesson]).content
    assert "Points to look for" not in str(written)
