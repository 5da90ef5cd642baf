"""Fix mends what prose does to YAML, and changes no meaning."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import EVERY, fixed_text

from tutor.course.fix.fixer import FixedText, findings_with_fixes, fix_document, keeps_words
from tutor.course.lint.checker import check_each
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.findings import Edit
from tutor.course.reading.rule import collect
from tutor.course.text import slug

ROOT = Path(__file__).parents[2]

QUESTION = """\
title: T
quiz:
  questions:
    - type: choice
      id: who
      stem: Who?
      options:
        - text: An agency
          correct: true
        - text: A jail
      hints:
        - Look up.
        - Look down.
      explanation: So it is.
"""


def mended(old: str, new: str) -> str:
    """The question with a slip in it, as it comes back; the same where nothing was mended."""
    assert QUESTION.count(old) == 1, old
    fix = fixed_text(QUESTION.replace(old, new))
    if fix is None:
        return "nothing"
    assert fixed_text(fix.text) is None
    lines = QUESTION.splitlines()
    return "\n".join(line for line in fix.text.splitlines() if line not in lines) or "as it was"


SLIPS = [
    pytest.param("stem: Who?", 'stem: "Who" asks?', "      stem: '\"Who\" asks?'", id="quote"),
    pytest.param("stem: Who?", "stem: Who: me?", '      stem: "Who: me?"', id="colon"),
    pytest.param("stem: Who?", "stem: Bill #1?", '      stem: "Bill #1?"', id="hash"),
    pytest.param("- Look up.", "- #1 is up.", '        - "#1 is up."', id="hash first"),
    pytest.param(
        "stem: Who?",
        "stem: Bill #1?  # easy",
        '      stem: "Bill #1?"  # easy',
        id="hash and comment",
    ),
    pytest.param(
        "stem: Who?",
        "stem: Who: me?  # easy",
        '      stem: "Who: me?"  # easy',
        id="colon and comment",
    ),
    pytest.param("stem: Who?", "stem: Who?  # easy", "nothing", id="comment"),
    pytest.param("id: who", "id: who # not what", "nothing", id="comment after an id"),
    pytest.param("correct: true", "correct: true # yes", "nothing", id="comment after true"),
    pytest.param("- Look up.", "- Note: up.", '        - "Note: up."', id="hint with a colon"),
    pytest.param("- Look up.", "- - up.", '        - "- up."', id="hint with a dash"),
    pytest.param("- Look up.", "- [Look] up.", '        - "[Look] up."', id="bracket"),
    pytest.param("- Look up.", "- [Look]", '        - "[Look]"', id="only brackets"),
    pytest.param("- text: A jail", "-text: A jail", "as it was", id="dash"),
    pytest.param("stem: Who?", "stem:Who?", "as it was", id="space after a colon"),
    pytest.param("stem: Who?", "stem Who?", "as it was", id="no colon"),
    pytest.param("      stem: Who?", "       stem: Who?", "as it was", id="key too far in"),
    pytest.param("      stem: Who?", "     stem: Who?", "as it was", id="key too far out"),
    pytest.param("        - text: A j", "      - text: A j", "as it was", id="dash too far out"),
    pytest.param("      stem: Who?", "\tstem: Who?", "as it was", id="tab"),
    pytest.param(
        "stem: Who?",
        "stem: Who asks,\n        and: who answers?",
        "      stem: |\n        Who asks,\n        and: who answers?",
        id="over two lines",
    ),
    pytest.param(
        "stem: Who?",
        "stem: Who asks: me?\n\n        Or you: who?",
        "      stem: |\n        Who asks: me?\n\n        Or you: who?",
        id="over two paragraphs",
    ),
    pytest.param(
        "stem: Who?",
        "stem: Who asks?\n\n        Or: who?",
        "      stem: |\n        Who asks?\n\n        Or: who?",
        id="colon in the second paragraph",
    ),
    pytest.param(
        "stem: Who?",
        "stem:\n        Who asks: me\n        or you?\n\n        Who?",
        "      stem: |\n        Who asks: me\n        or you?\n\n        Who?",
        id="paragraphs below a key",
    ),
    pytest.param(
        "stem: Who?",
        "stem: |\n      Who asks: me?\n      Or you: who?",
        "      stem: |\n        Who asks: me?\n        Or you: who?",
        id="text not indented",
    ),
    pytest.param(
        "stem: Who?",
        'stem: Who\'s "it": me?',
        "      stem: 'Who''s \"it\": me?'",
        id="both kinds of quotes",
    ),
    pytest.param("stem: Who?", 'stem: "C:\\dir"', "      stem: 'C:\\dir'", id="backslash"),
    pytest.param(
        "- text: A jail",
        "- {text: A jail: mine, feedback: No.}",
        '        - {text: "A jail: mine", feedback: No.}',
        id="colon in braces",
    ),
    pytest.param(
        "- text: A jail",
        "- {text: A jail, of course, feedback: No, never.}",
        '        - {text: "A jail, of course", feedback: "No, never."}',
        id="commas in braces",
    ),
    pytest.param(
        "- text: A jail",
        '- {text: "A" jail, feedback: No.}',
        "        - {text: '\"A\" jail', feedback: No.}",
        id="quote in braces",
    ),
    pytest.param("Who?", "'Don't: me?'", '      stem: "Don\'t: me?"', id="quotes within"),
    pytest.param("Who?", "Who? # check", "nothing", id="comment or text"),
    pytest.param("- Look down.", "Look down.", "as it was", id="no dash before a text"),
    pytest.param("- Look up.", "Look up.", "as it was", id="no dash before the first text"),
    pytest.param("  - Look down.", " Look down.", "as it was", id="text too far out"),
    pytest.param(
        "      explanation: So", "        explanation: So", "as it was", id="key between two"
    ),
    pytest.param("options:", "options: [", "nothing", id="cannot be mended"),
    pytest.param("- text: A jail", "  text: A jail", "nothing", id="missing dash"),
]


@pytest.mark.parametrize(("old", "new", "line"), SLIPS)
def test_a_slip_is_mended_where_it_was_made(old: str, new: str, line: str) -> None:
    assert mended(old, new) == line


def with_edits(text: str, edits: set[Edit]) -> str:
    """The text as an editor makes it that is told what to put in the place of what."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        assert edit.line == edit.end_line
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(("old", "new", "line"), SLIPS)
def test_a_finding_carries_the_fix_that_is_made(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    text = QUESTION.replace(old, new)
    path = tmp_path / "lesson.yaml"
    path.write_text(text, encoding="utf-8")
    [checked] = check_each(path)
    found = findings_with_fixes(checked.document, checked.violations)
    fix = fixed_text(text)
    edits = {edit for finding in found if finding.fix for edit in finding.fix.edits}
    assert with_edits(text, edits) == (text if fix is None else fix.text)


def test_a_text_over_paragraphs_feigns_no_quote_that_is_never_closed(tmp_path: Path) -> None:
    text = QUESTION.replace("Who?", "Who asks?\n\n        Or: who?")
    path = tmp_path / "lesson.yaml"
    path.write_text(text.replace("- text: A jail", '- {text: "A" jail}'), encoding="utf-8")
    [checked] = check_each(path)
    errors = [found for found in checked.findings if found.severity == "error"]
    assert [(found.line, found.message.partition(",")[0]) for found in errors] == [
        (8, "A colon followed by a space stands inside the text"),
        (12, "Inside { } this text must be in quotes."),
    ]


def test_every_mend_is_told_in_a_sentence_with_its_line() -> None:
    text = QUESTION.replace("Who?", "Who: me?").replace("An agency", "Agency #1")
    fix = fixed_text(text)
    assert fix is not None
    assert fix.mends == ("Line 6: put the text in quotes.", "Line 8: put the text in quotes.")


def test_a_place_that_cannot_be_mended_stays_and_blocks_no_other() -> None:
    text = QUESTION.replace("title: T", "title: T: one").replace("options:", "options: [")
    fix = fixed_text(text)
    assert fix == FixedText(
        text.replace("title: T: one", 'title: "T: one"'), ("Line 1: put the text in quotes.",)
    )
    assert fixed_text(fix.text) is None


@pytest.mark.parametrize(
    "slip",
    [
        "    - type: open\n    text:   id: why\n      stem: Why?\n",
        "    - type: open\n    *  objective: know\n      stem: Why?\n",
        "    - type: open\n: The tide rises\n      stem: Why?\n",
    ],
)
def test_what_cannot_be_mended_is_left_as_its_author_wrote_it(slip: str) -> None:
    head = "title: Tides: low\nquiz:\n  questions:\n"
    fix = fixed_text(head + slip)
    assert fix is not None
    assert fix.text == f'title: "Tides: low"\n{head.partition(chr(10))[2]}{slip}'
    assert fix.mends == ("Line 1: put the text in quotes.",)


def test_a_line_that_only_a_wider_part_can_do_without_is_kept() -> None:
    text = (
        "id: s\ntitle: A source\nrole: article\nclaims:\n  t1:\n"
        "    quote: A longer pier is a safer pier\n: The tide rises twice a day.\n"
    )
    fix = fixed_text(text)
    assert fix is None or "The tide rises twice a day." in fix.text


def test_no_text_that_holds_a_remark_of_ours_is_mended() -> None:
    text = QUESTION.replace("stem: Who?", "stem: Who: me?")
    assert fixed_text(text) is not None
    assert fixed_text(text.replace("title: T", "title: T  #~ left out 0")) is None


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("stem: Who's", "stem: 'Who''s'", True),
        ("stem Who", "stem: Who", True),
        ("stem: one two", "stem: two one", False),
        ("stem: one two", "stem: onetwo", False),
        ("stem: one €", "stem: one", False),
        ("stem: one", "stem: one #~ left out 0", False),
    ],
)
def test_words_are_kept_in_their_order(before: str, after: str, kept: bool) -> None:
    assert keeps_words(before, after) == kept


def test_a_question_gets_the_id_that_it_has_by_default() -> None:
    text = QUESTION.replace("      id: who\n", "")
    assert fixed_text(text) == FixedText(
        text.replace("type: choice\n", f"type: choice\n      id: {slug('Who?')}\n"),
        ("Line 4: wrote the id `who` below it.",),
    )


def test_an_id_is_written_with_the_line_ends_of_the_file() -> None:
    text = QUESTION.replace("      id: who\n", "").replace("\n", "\r\n")
    fix = fixed_text(text)
    assert fix is not None
    assert fix.text == QUESTION.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            QUESTION.replace("      id: who\n", "").replace("title: T\n", ""), id="errors"
        ),
        pytest.param(
            "title: T\nquiz: {questions: [{type: open, stem: Why?, rubric: [a]}]}\n", id="brackets"
        ),
        pytest.param("title: A course\nlessons: [one.yaml]\n", id="course"),
        pytest.param("", id="empty"),
    ],
)
def test_no_id_is_written_where_none_belongs(text: str) -> None:
    assert fixed_text(text) is None


def test_two_questions_with_one_stem_get_no_id() -> None:
    one = "    - type: true_false\n      stem: Is it?\n      answer: true\n"
    assert fixed_text(f"title: T\nquiz:\n  questions:\n{one}{one}") is None


@pytest.mark.parametrize(
    "path",
    [*EVERY.glob("*.yaml"), *(ROOT / "lessons").rglob("*.yaml"), *(ROOT / "seeds").glob("*.yaml")],
    ids=lambda path: path.stem,
)
def test_our_own_files_need_no_mending(path: Path) -> None:
    assert fixed_text(path.read_text(encoding="utf-8")) is None


def test_a_file_in_another_encoding_is_left_alone() -> None:
    document = parse_document("f.yaml", QUESTION.replace("Who?", "W\xe9r: me?").encode("latin-1"))
    assert fix_document(document) is None


SIGNS = list("abcXY 019:#-'\"[]{}|>*&!?%@`,.~\\=()/_\u2014\u2026\xe9")
# What is wholly in quotes is meant so, and may have a comment after it; a quote that is opened and
# not closed is closed; `~` is nothing; `|` and `>` announce text.
MEANT = re.compile(r"""(\"([^"\\]|\\.)*\"|'([^']|'')*')( # .*)?|"[^"]*|~|[|>][+-]?[1-9]?[+-]?""")
# What begins and ends with one quote was meant to be in quotes: see `test_prose`.
LINE = (
    st.text(st.sampled_from(SIGNS), min_size=1, max_size=25)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and MEANT.fullmatch(text) is None)
    .filter(lambda text: text[0] not in "'\"" or text[-1] != text[0])
)
SOUND = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(
    str.strip
)


@given(LINE)
@example(">0")
@example("|-0")
@example("|#")
@example(">-# of the lot")
@example(">12")
def test_a_line_of_prose_comes_back_letter_for_letter(line: str) -> None:
    text = QUESTION.replace("stem: Who?", f"stem: {line}")
    fix = fixed_text(text)
    data = parse_document("f.yaml", (text if fix is None else fix.text).encode()).data
    stem = data["quiz"]["questions"][0]["stem"]
    # A `#` before a space may begin a comment, and is left as it is.
    assert stem == line or line.startswith(f"{stem} # ")


@given(st.lists(SOUND.filter(bool), min_size=2, max_size=4), st.booleans())
def test_a_sound_file_reads_the_same_after_fix(texts: list[str], quoted: bool) -> None:
    hints = "".join(
        f"        - '{text.replace(chr(39), chr(39) * 2)}'\n"
        if quoted
        else f"        - |\n          {text}\n"
        for text in texts
    )
    text = QUESTION.replace("        - Look up.\n        - Look down.\n", hints)
    text = text.replace("      id: who\n", "")
    before = parse_document("f.yaml", text.encode())
    fix = fixed_text(text)
    assert fix is not None
    after = parse_document("f.yaml", fix.text.encode())
    question = after.data["quiz"]["questions"][0]
    assert question.pop("id") == "who"
    assert after.data == before.data
    draft, _ = collect(build_lesson(after, "f"))
    assert draft is not None


@given(st.lists(LINE, min_size=1, max_size=4))
def test_what_was_mended_needs_no_mending(lines: list[str]) -> None:
    hints = "".join(f"        - {line}\n" for line in lines)
    fix = fixed_text(QUESTION.replace("        - Look up.\n        - Look down.\n", hints))
    assert fix is None or fixed_text(fix.text) is None


# What others call something, in our words

INSTEAD = [
    pytest.param("stem: Who?", "question: Who?", "stem: Who?", id="key"),
    pytest.param("stem: Who?", '"prompt": Who?', "stem: Who?", id="key in quotes"),
    pytest.param("options:", "choices:", "options:", id="key of a list"),
    pytest.param("explanation:", "rationale:", "explanation:", id="key of a text"),
    pytest.param("correct: true", "correct: yes", "correct: true", id="yes"),
    pytest.param("correct: true", "right: 'yes'  # so", "correct: true  # so", id="key and value"),
    pytest.param("type: choice", "type: multiple choice", "type: choice", id="type"),
    pytest.param("type: choice", "type: mcq", "type: choice", id="type by its letters"),
    pytest.param("- text: A jail", "- A jail", "- text: A jail", id="option"),
    pytest.param("- text: A jail", "- 'It: 1/2'", "- text: 'It: 1/2'", id="option in quotes"),
    pytest.param("id: who", "id: who\n      points: 2,0", "points: 2", id="whole number"),
    pytest.param(
        "stem: Who?", "question: Who: me?", 'stem: "Who: me?"', id="key of a text to be quoted"
    ),
]


def test_keys_of_every_kind_of_file_are_written_in_small_letters() -> None:
    course = fixed_text("Title: C\nLessons: [a.yaml]\nDefault Path: all\n")
    source = fixed_text("Title: S\nRole: article\nClaims: {}\n")
    assert course is not None
    assert course.text == "title: C\nlessons: [a.yaml]\ndefault_path: all\n"
    assert source is not None
    assert source.text == "title: S\nrole: article\nclaims: {}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("minutes: 12 min\n", "minutes: 12\n"),
        (
            "Minutes: 12\nSteps:\n  - Type: read\n    Text: So.\n",
            "minutes: 12\nsteps:\n  - type: read\n    text: So.\n",
        ),
        ("minutes: 12 minutes\n", "minutes: 12\n"),
        (
            "objectives:\n- see: Say who.\n- hear: 'Say: what'\n",
            "objectives:\n  see: Say who.\n  hear: 'Say: what'\n",
        ),
        ("objectives:\n  - see: Say who.\n", "objectives:\n  see: Say who.\n"),
    ],
)
def test_what_stands_above_the_quiz_is_written_as_we_do(before: str, after: str) -> None:
    fix = fixed_text(f"title: T\n{before}")
    assert fix is not None
    assert fix.text == f"title: T\n{after}"


@pytest.mark.parametrize(("old", "new", "line"), INSTEAD)
def test_what_check_knows_by_another_name_is_written_in_our_words(
    old: str, new: str, line: str
) -> None:
    fix = fixed_text(QUESTION.replace(old, new))
    assert fix is not None
    assert line in fix.text
    read = parse_document("", fix.text.encode())
    assert not [one for one in collect(build_lesson(read, ""))[1] if one.severity == "error"]
    assert fixed_text(fix.text) is None


WHOLE = """\
title: T
quiz:
  questions:
    - id: q
      type: """

QUESTIONS = {
    "options in brackets": (
        "choice\n      stem: Who?\n      options: [1/2, 'b: c', three]\n      answer: 1/2\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/2\n          correct: true\n"
        "        - text: 'b: c'\n        - text: three\n      # answer: 1/2\n",
    ),
    "an answer beside plain options": (
        "multiple choice\n      question: Who?\n      options:\n        - 1/2\n        - 3\n"
        "      answer: 3\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/2\n        - text: 3\n"
        "          correct: true\n      # answer: 3\n",
    ),
    "a blank and its answers": (
        "gaps\n      stem: Fill in.\n      text: At ebb the ____ is wide.\n"
        "      answers: [beach, shore]\n",
        'gaps\n      stem: Fill in.\n      text: "At ebb the {{beach|shore}} is wide."\n'
        "      # answers: [beach, shore]\n",
    ),
    "two blanks and their answers": (
        "cloze\n      stem: Fill in.\n      text: |\n        At ____ the beach is ___.\n"
        "      answers: [ebb, wide]\n",
        "gaps\n      stem: Fill in.\n      text: |\n        At {{ebb}} the beach is {{wide}}.\n"
        "      # answers: [ebb, wide]\n",
    ),
    "a fraction": (
        "number\n      stem: Who?\n      answer: 1/2\n      explanation: So.\n",
        "number\n      stem: Who?\n      fraction: 1/2\n      explanation: So.\n",
    ),
    "a decimal comma": (
        "number\n      stem: Who?\n      answer: 0,5\n      tolerance: 0.1\n",
        "number\n      stem: Who?\n      answer: 0.5\n      tolerance: 0.1\n",
    ),
    "several numbers": (
        "number\n      stem: Who?\n      answer: [3, -3]\n",
        "number\n      stem: Who?\n      answer: 3\n      also: [-3]\n",
    ),
    "several fractions": (
        "number\n      question: Who?\n      answer: [1/2, −1/3]\n",
        "number\n      stem: Who?\n      fraction: 1/2\n      also: [-1/3]\n",
    ),
    "one answer": (
        "short answer\n      stem: Who?\n      answer: 1/2\n      hint: Look.\n",
        "text\n      stem: Who?\n      answers:\n        - 1/2\n      hints:\n        - Look.\n",
    ),
    "pairs in a line": (
        "matching\n      stem: Who?\n      pairs:\n        - 1/2 = 0.5\n        - ebb -> falling\n",
        "match\n      stem: Who?\n      pairs:\n        - left: 1/2\n          right: 0.5\n"
        "        - left: ebb\n          right: falling\n",
    ),
    "an order and its answer": (
        "order\n      stem: Who?\n      options: [b, a]\n      answer: [a, b]\n",
        "order\n      stem: Who?\n      # options: [b, a]\n      items: [a, b]\n",
    ),
    "an order and its answer, line by line": (
        "order\n      stem: Who?\n      correct:\n        - 1/2\n        - b\n"
        "      items:\n        - b\n        - 1/2\n",
        "order\n      stem: Who?\n      items:\n        - 1/2\n        - b\n"
        "      # items:\n      #   - b\n      #   - 1/2\n",
    ),
    "an order that is given twice": (
        "order\n      stem: Who?\n      items: [a, b]\n      answer: [a, b]\n",
        "order\n      stem: Who?\n      items: [a, b]\n      # answer: [a, b]\n",
    ),
    "a tolerance with a comma": (
        "number\n      stem: Who?\n      answer: 3\n      tolerance: 0,01\n",
        "number\n      stem: Who?\n      answer: 3\n      tolerance: 0.01\n",
    ),
    "pairs as keys": (
        "match\n      stem: Who?\n      items:\n        - 1/2: 0,5\n        - ebb: falling\n",
        "match\n      stem: Who?\n      pairs:\n        - left: 1/2\n          right: 0,5\n"
        "        - left: ebb\n          right: falling\n",
    ),
    "a star for the right option": (
        "choice\n      stem: Who?\n      options:\n        - 1/2 *\n        - 1/4\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/2\n"
        "          correct: true\n        - text: 1/4\n",
    ),
    "boxes for options": (
        "choice\n      stem: Who?\n      options:\n        - text: '[ ] 1/4'\n"
        "          feedback: No.\n        - text: '[x] 1/2'\n",
        "choice\n      stem: Who?\n      options:\n        - text: '1/4'\n"
        "          feedback: No.\n        - text: '1/2'\n          correct: true\n",
    ),
    "several marks": (
        "multiple choice\n      stem: Who?\n      options: [1/2 (correct), 2/4 (correct), 1/3]\n",
        "multiple\n      stem: Who?\n      options:\n        - text: 1/2\n"
        "          correct: true\n        - text: 2/4\n          correct: true\n"
        "        - text: 1/3\n",
    ),
    "several right options of a multiple choice": (
        "multiple choice\n      stem: Who?\n      options:\n        - text: a\n"
        "          correct: yes\n        - text: b\n          correct: yes\n        - text: c\n",
        "multiple\n      stem: Who?\n      options:\n        - text: a\n"
        "          correct: true\n        - text: b\n          correct: true\n"
        "        - text: c\n",
    ),
    "a letter for the right option": (
        "choice\n      stem: Who?\n      options:\n        - a) 1/4\n        - b) 1/2\n"
        "      answer: B\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/4\n        - text: 1/2\n"
        "          correct: true\n      # answer: B\n",
    ),
    "a gap in the stem": (
        "gaps\n      stem: Two quarters are one {half}, and it is [whole].\n",
        "gaps\n      stem: Fill in the gaps.\n"
        "      text: Two quarters are one {{half}}, and it is {{whole}}.\n",
    ),
    "a blank in the stem": (
        "cloze\n      question: Two quarters are one ____.\n      answer: half\n",
        "gaps\n      stem: Fill in the gaps.\n"
        '      text: "Two quarters are one {{half}}."\n      # answer: half\n',
    ),
    "a text without a stem": (
        "gaps\n      text: |\n        Two quarters are one ____.\n      answers: [half]\n",
        "gaps\n      stem: Fill in the gaps.\n      text: |\n"
        "        Two quarters are one {{half}}.\n      # answers: [half]\n",
    ),
    "brackets for gaps": (
        "gaps\n      stem: Fill in.\n      text: Halb ist [1/2], ganz [1].\n",
        "gaps\n      stem: Fill in.\n      text: Halb ist {{1/2}}, ganz {{1}}.\n",
    ),
    "two lists of sides": (
        "matching\n      stem: Who?\n      left: [1/2, 1/4]\n      right:\n        - 0,5\n"
        "        - 'a: b'\n        - none\n",
        "match\n      stem: Who?\n      pairs:\n        - left: 1/2\n          right: 0,5\n"
        "        - left: 1/4\n          right: 'a: b'\n      distractors:\n        - none\n"
        "      # left: [1/2, 1/4]\n      # right:\n      #   - 0,5\n      #   - 'a: b'\n"
        "      #   - none\n",
    ),
    "capitals that count": (
        "short answer\n      stem: Who?\n      answers: [mL]\n      case-sensitive: yes\n",
        "text\n      stem: Who?\n      answers: [mL]\n      exact: true\n",
    ),
    "a unit that is there already": (
        "number\n      stem: Who?\n      answer: 2,5 g\n      units: [g]\n",
        "number\n      stem: Who?\n      answer: 2.5\n      unit: g\n",
    ),
    "a truth": (
        "true false\n      stem: Who?\n      answer: Yes.\n",
        "true_false\n      stem: Who?\n      answer: true\n",
    ),
    "letters before options as keys": (
        "choice\n      stem: Who?\n      options:\n        - A: 1/4\n        - B: 'b: c'\n"
        "      answer: b\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/4\n"
        '        - text: "b: c"\n          correct: true\n      # answer: b\n',
    ),
    "options as keys without dashes": (
        "choice\n      stem: Who?\n      options:\n        a: ebb\n        b: flood\n"
        "      answer: (a)\n",
        "choice\n      stem: Who?\n      options:\n        - text: ebb\n"
        "          correct: true\n        - text: flood\n      # answer: (a)\n",
    ),
    "options that say whether they are right": (
        "choice\n      stem: Who?\n      options:\n        - ebb: correct\n"
        "        - flood: wrong\n",
        "choice\n      stem: Who?\n      options:\n        - text: ebb\n"
        "          correct: true\n        - text: flood\n          correct: false\n",
    ),
    "an option with a colon": (
        "choice\n      stem: What?\n      options:\n        - KeyError: 'a'\n"
        "        - text: 1\n          correct: true\n",
        "choice\n      stem: What?\n      options:\n        - text: \"KeyError: 'a'\"\n"
        "        - text: 1\n          correct: true\n",
    ),
    "numbers before options": (
        "choice\n      stem: Who?\n      options:\n        - 1) ebb\n        - 2) flood\n"
        "      answer: 2\n",
        "choice\n      stem: Who?\n      options:\n        - text: ebb\n        - text: flood\n"
        "          correct: true\n      # answer: 2\n",
    ),
    "a letter for an option that has none": (
        "choice\n      stem: Who?\n      options: [ebb, flood, calm]\n      correct: B\n",
        "choice\n      stem: Who?\n      options:\n        - text: ebb\n        - text: flood\n"
        "          correct: true\n        - text: calm\n      # correct: B\n",
    ),
    "an answer in other capitals": (
        "choice\n      stem: Who?\n      options:\n        - text: 10 %\n        - text: 20 %\n"
        "      answer: 20%\n",
        "choice\n      stem: Who?\n      options:\n        - text: 10 %\n        - text: 20 %\n"
        "          correct: true\n      # answer: 20%\n",
    ),
    "letters of several options": (
        "multiple\n      stem: Who?\n      options: [ebb, flood, calm]\n      answer: A, C\n",
        "multiple\n      stem: Who?\n      options:\n        - text: ebb\n          correct: true\n"
        "        - text: flood\n        - text: calm\n          correct: true\n"
        "      # answer: A, C\n",
    ),
    "texts of several options": (
        "multiple\n      stem: Who?\n      options: [ebb, flood, calm]\n      answers:\n"
        "        - ebb\n        - Calm\n",
        "multiple\n      stem: Who?\n      options:\n        - text: ebb\n          correct: true\n"
        "        - text: flood\n        - text: calm\n          correct: true\n"
        "      # answers:\n      #   - ebb\n      #   - Calm\n",
    ),
    "pairs as keys without dashes": (
        "match\n      stem: Who?\n      pairs:\n        -l: long\n        ebb: falling\n",
        'match\n      stem: Who?\n      pairs:\n        - left: "-l"\n          right: long\n'
        "        - left: ebb\n          right: falling\n",
    ),
    "items by number": (
        "order\n      stem: Who?\n      items:\n        1: ebb\n        2: flood\n",
        "order\n      stem: Who?\n      items:\n        - ebb\n        - flood\n",
    ),
    "rows as keys": (
        "matrix\n      stem: Who?\n      columns: [high, low]\n      rows:\n        - ebb: low\n"
        "        - flood: high\n",
        "matrix\n      stem: Who?\n      columns: [high, low]\n      rows:\n        - text: ebb\n"
        "          column: low\n        - text: flood\n          column: high\n",
    ),
    "mistakes as keys": (
        "number\n      stem: Who?\n      answer: 3\n      mistakes:\n        - 4: You added.\n",
        "number\n      stem: Who?\n      answer: 3\n      mistakes:\n        - answer: 4\n"
        "          feedback: You added.\n",
    ),
    "capitals in keys": (
        "Choice\n      Stem: Who?\n      Options:\n        - Text: a\n          Correct: True\n"
        "        - Text: b\n",
        "choice\n      stem: Who?\n      options:\n        - text: a\n          correct: True\n"
        "        - text: b\n",
    ),
    "capitals in keys of a number": (
        "number\n      Stem: Who?\n      Answer: 0,5\n      Ask unit: yes\n      Unit: g\n",
        "number\n      stem: Who?\n      answer: 0.5\n      ask_unit: true\n      unit: g\n",
    ),
    "a capital in the answer of plain options": (
        "choice\n      stem: Who?\n      Options:\n        - ebb\n        - flood\n"
        "      Answer: B\n",
        "choice\n      stem: Who?\n      options:\n        - text: ebb\n        - text: flood\n"
        "          correct: true\n      # Answer: B\n",
    ),
    "a truth in quotes of a word processor": (
        "true false\n      stem: Who?\n      answer: “no”\n",
        "true_false\n      stem: Who?\n      answer: false\n",
    ),
    "a truth in another language": (
        "true false\n      stem: Wer?\n      answer: Falsch\n",
        "true_false\n      stem: Wer?\n      answer: false\n",
    ),
    "a pass mark in percent": (
        "true_false\n      stem: Who?\n      answer: true\n  pass: 70 %\n",
        "true_false\n      stem: Who?\n      answer: true\n  pass: 0.7\n",
    ),
    "a tolerance with its sign": (
        "number\n      stem: Who?\n      answer: 3\n      tolerance: ±0,5\n",
        "number\n      stem: Who?\n      answer: 3\n      tolerance: 0.5\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_as_others_write_it_is_written_as_we_do(before: str, after: str) -> None:
    fix = fixed_text(WHOLE + before)
    assert fix is not None
    assert fix.text == WHOLE + after
    assert fixed_text(fix.text) is None


@pytest.mark.parametrize(
    "question",
    [
        "choice\n      stem: Who?\n      options:\n        - text: a\n        - text: b\n"
        "      answer: 2\n",
        "gaps\n      stem: Fill in.\n      text: At ____ the beach is ___.\n      answers: [ebb]\n",
        "gaps\n      stem: Fill in.\n      text: At ____ it is {wide}.\n      answers: ['a|b']\n",
        "order\n      stem: Who?\n      items: [a, b]\n      answer: [1, 2]\n",
        "order\n      stem: Who?\n      items: [a, b]\n      answer: [b, c]\n",
        "number\n      stem: Who?\n      answer: 1,000\n",
        "number\n      stem: Who?\n      answer: 2,5 g\n      unit: kg\n",
        "match\n      stem: Who?\n      left: [a, b]\n      right: [c]\n",
        "match\n      stem: Who?\n      left: [a, b]\n      right: [c, d]\n      answers: [2, 1]\n",
        "gaps\n      stem: Zwei Viertel sind ein {Halbes}.\n",
        "number\n      stem: Who?\n      answer: [3, three]\n",
        "text\n      stem: Who?\n      answers: ebb, ebb tide\n",
        "number\n      stem: Who?\n      answer: 48 hours\n",
        "true_false\n      stem: Who?\n      answer: perhaps\n",
        "choice\n      stem: Who?\n      question: Who?\n      options: []\n",
        "choice\n      stem: Who?\n      options:\n        - text: Mg\n        - text: mg\n"
        "      answer: MG\n",
        "choice\n      stem: Who?\n      options:\n        - text: B\n        - text: C\n"
        "      answer: A\n",
        "choice\n      stem: Who?\n      options:\n        - text: b\n        - text: c\n"
        "      answer: a, b\n",
        "multiple\n      stem: Who?\n      options:\n        - text: ebb\n        - text: flood\n"
        "      answers: [1, 2]\n",
        "choice\n      stem: Who?\n      options: [~, a]\n      answer: A\n",
    ],
)
def test_what_can_be_meant_in_two_ways_is_left_to_its_author(question: str) -> None:
    assert fixed_text(WHOLE + question) is None


@pytest.mark.parametrize(
    "question",
    [
        "choice\n      stem: Who?\n      options:\n        - text: an arm (right)\n"
        "        - text: an arm (left)\n",
        "choice\n      stem: Who?\n      options:\n        - text: 1/2 *\n"
        "        - text: 2/4 *\n        - text: 1/4\n",
        "choice\n      stem: Who?\n      options:\n        - text: a *\n        - text: b *\n",
        "choice\n      stem: Who?\n      options:\n        - text: '*args'\n        - text: x\n",
        "gaps\n      stem: Fill in.\n      text: It is \\frac{1}{2} of it.\n",
        "gaps\n      stem: Fill in.\n      text: See [the page](https://example.org) of it.\n",
        "gaps\n      stem: Fill in.\n      text: The set {1, 2} is of it.\n",
    ],
)
def test_what_may_be_no_mark_stays(question: str) -> None:
    fix = fixed_text(WHOLE + question)
    assert fix is None or fix.text == WHOLE + question


def test_two_mends_of_one_line_do_not_undo_each_other() -> None:
    fix = fixed_text(WHOLE + "gaps\n      text: It is ____.\n      answers: [so, thus]\n")
    assert fix is not None
    assert "{{so|thus}}" in fix.text
    assert "stem: Fill in the gaps." in fix.text


def test_what_only_shows_how_to_be_mended_once_the_rest_is_is_mended_with_it() -> None:
    text = (
        "title: title: A lesson\n:\n    id: before\n    prompt: |\n      Why?\n  - type: reflect\n"
    )
    mended = fixed_text(text)
    assert mended is not None
    assert mended.text.startswith('title: |\n "title: A lesson"\n ":"\n')
    assert [mend.partition(":")[0] for mend in mended.mends] == [*["Line 1"] * 2, *["Line 3"] * 2]
    assert fixed_text(mended.text) is None


def test_what_was_replaced_is_told_in_a_sentence() -> None:
    fix = fixed_text(QUESTION.replace("stem:", "question:").replace("true", "yes"))
    assert fix is not None
    assert fix.mends == ("Line 6: wrote `stem` for `question`.", "Line 9: wrote `true` for `yes`.")
