"""Slips that teachers make: each is found where it was made, and told how to mend.

In every text below the sign ‸ stands before the very character that the finding must point at;
it is taken out before the file is checked.
"""

from pathlib import Path

import pytest

from tutor.course.lint.checker import check
from tutor.course.reading.document import read_document
from tutor.course.reading.findings import Finding

HERE = "‸"

COURSE = """\
title: A course
sources: [record.yaml]
lessons: [lesson.yaml]
glossary:
  tide: The sea rising and falling.
"""
RECORD = """\
title: A record
role: article
speakers:
  ann: {name: Ann}
claims:
  c1:
    speaker: ann
    kind: reported
    text: It is so.
    quote: So it is
"""

# The lesson in which the slips below are made.
LESSON = """\
title: Detainers
objectives:
  notice: Say what notice is asked for
  hold: Say how long a hold lasts
steps:
  - type: read
    title: First words
    text: |
      A detainer asks for two things.
      One is notice.
    claims: [c1]
  - type: compare
    columns: [Alone, Together]
    rows:
      - label: Who arrests?
        cells:
          - An officer
          - A deputy
quiz:
  pass: 0.7
  questions:
    - type: choice
      id: who
      objective: notice
      stem: Who sends it?
      options:
        - text: The agency
          correct: true
        - text: The jail
          feedback: It receives it.
        - text: A court
          feedback: Courts issue warrants.
      hints:
        - Look at the first line.
        - It is not a court.
      explanation: The agency asks.
    - type: number
      id: hours
      objective: hold
      stem: How long does a hold last?
      answer: 48
      unit: hours
      explanation: Two days at most.
    - type: true_false
      id: order
      objective: notice
      stem: A detainer is a court order.
      answer: false
      explanation: It is a request.
    - type: gaps
      id: gap
      objective: hold
      stem: Fill in the gap.
      text: A hold lasts {{two}} days.
      feedback: [Count them.]
      explanation: It does.
    - type: sort
      id: who-does-what
      objective: notice
      stem: Sort these.
      groups:
        Agency:
          - Sends it
        Jail:
          - Receives it
      explanation: So it is.
    - type: match
      id: pairs
      objective: notice
      stem: What belongs together?
      pairs:
        - {left: Request, right: Detainer}
        - {left: Order, right: Warrant}
      explanation: So they do.
"""


def swap(old: str, new: str) -> str:
    """The lesson with one slip in it."""
    assert LESSON.count(old) == 1, old
    assert new.count(HERE) == 1, new
    return LESSON.replace(old, new)


INDENTATION = {
    "key one too far in": (
        swap("      stem: Who sends it?", "       ‸stem: Who sends it?"),
        "`stem` is indented 7 spaces",
        "6 spaces",
    ),
    "key one too far out": (swap("      stem: Who", "     ‸stem: Who"), "`stem`", "6 spaces"),
    "key two too far out": (swap("      stem: Who", "    ‸stem: Who"), "`stem`", "6 spaces"),
    "key in the column of another mapping": (
        swap("      stem: Who", "  ‸stem: Who"),
        "`stem`",
        "6 spaces",
    ),
    "last key too far out": (
        swap("      explanation: The", "   ‸explanation: The"),
        "`explanation`",
        "6 spaces",
    ),
    "dash too far in": (
        swap("        - text: The jail", "         ‸- text: The jail"),
        "dash",
        "8",
    ),
    "dash too far out": (swap("        - text: The jail", "       ‸- text: The jail"), "dash", "8"),
    "first dash of a list": (
        swap("    - type: choice\n", "     ‸- type: choice\n"),
        "dash is indented 5 spaces",
        "4 spaces",
    ),
    "key of an option too far in": (
        swap("          correct: true", "           ‸correct: true"),
        "`correct`",
        "10 spaces",
    ),
    "key of an option too far out": (
        swap("          correct: true", "        ‸correct: true"),
        "`correct`",
        "10 spaces",
    ),
    "key of an option with the question": (
        swap("          correct: true", "      ‸correct: true"),
        "`correct` is indented 6 spaces",
        "10 spaces",
    ),
    "key of a question with an option": (
        swap(
            "          feedback: Courts issue warrants.",
            "          feedback: Courts issue warrants.\n          ‸explanation: Why.",
        ).replace("      explanation: The agency asks.\n", ""),
        "`option` has no key `explanation`",
        "belongs to",
    ),
    "key between two columns": (
        swap("      explanation: The", "        ‸explanation: The"),
        "`explanation` is indented 8 spaces",
        "Indent it 6 spaces, like line 33",
    ),
    "text as far out as its key": (
        swap("      A detainer asks for two things.\n      One", "    ‸A detainer asks.\n    One"),
        "text of `text` must be indented further",
        "6 spaces",
    ),
    "second line of a text too far out": (
        swap("      One is notice", "     ‸One is notice"),
        "text of `text` must be indented further",
        "6 spaces",
    ),
    "text that goes on at the column of its key": (
        swap("      stem: Who sends it?", "      stem: Who sends it,\n      ‸and to whom?"),
        "goes on with the text of `stem`",
        "8 spaces",
    ),
    "tabs everywhere": (
        "\n".join(
            "\t" * ((len(line) - len(line.lstrip())) // 2) + line.lstrip()
            for line in LESSON.split("\n")
        ).replace("\t", "‸\t", 1),
        "This line and 69 more are indented with tabs",
        "spaces",
    ),
    "tab before a key": (swap("      stem: Who", "‸\tstem: Who"), "tab", "spaces"),
    "tab among spaces": (swap("      stem: Who", "    ‸\tstem: Who"), "tab", "spaces"),
    "tab before a dash": (swap("        - text: The j", "‸\t- text: The j"), "tab", "spaces"),
    "tab after a dash": (swap("- text: The jail", "-‸\ttext: The jail"), "tab", "spaces"),
    "tab in a text": (swap("      One is", "‸\tOne is"), "tab", "spaces"),
}

SIGNS = {
    "no space after a dash": (swap("- text: The j", "‸-text: The j"), "space", "`- text: The j"),
    "no space after a colon": (swap("stem: Who", "stem‸:Who"), "space", "`stem: Who"),
    "no space after the first colon": (swap("type: choice", "type‸:choice"), "space", "`type: c"),
    "no colon": (swap("stem: Who sends it?", "stem‸ Who sends it?"), "colon", "`stem: Who sends"),
    "no colon before a list": (swap("options:", "options‸"), "colon", "`options:"),
    "no dash before an option": (
        swap("- text: The jail", "  ‸text: The jail"),
        "`text` stands twice",
        "put a dash before it",
    ),
    "no dash before a hint": (
        swap("        - It is not a court.", "        ‸It is not a court."),
        "A dash is missing before this entry",
        "Write `- It is not a court.`",
    ),
    "no dash before the first hint": (
        swap("        - Look at the first", "        ‸Look at the first"),
        "A dash is missing before this entry",
        "Write `- Look at the first line.`",
    ),
    "no dash before a hint further out": (
        swap("        - It is not a court.", "       ‸It is not a court."),
        "A dash is missing before this entry",
        "Write `- It is not a court.`",
    ),
    "no dash before a cell with a colon": (
        swap("          - A deputy", "          ‸A deputy: maybe"),
        "A dash is missing before this entry",
        'Write `- "A deputy: maybe"`',
    ),
    "no dash before an item of a group": (
        swap("          - Sends it\n", "          - Sends it\n          ‸Asks for it\n"),
        "A dash is missing before this entry",
        "Write `- Asks for it`",
    ),
    "no dash before a question": (
        swap("    - type: number", "    ‸type: number"),
        "A dash is missing before `type`",
        "Write `- type: number`",
    ),
    "no key above a list": (
        swap("  questions:\n    - type: choice", "    ‸- type: choice"),
        "`pass` above it has a value",
        "`questions:`",
    ),
    "key twice": (
        swap("      hints:", "      ‸objective: hold\n      hints:"),
        "`objective` stands twice here; the first is on line 24",
        "Keep one",
    ),
    "text beside a list": (swap("options:", "options: ‸these"), "`options` has text", "`these`"),
}

QUOTES = {
    name: (swap("stem: Who sends it?", f"stem: {text}"), said, f"Put the text in quotes: {better}")
    for name, text, said, better in (
        ("colon", "Who sends it‸: me?", "A colon followed by a space", '"Who sends it: me?"'),
        ("colon at the end", "Who sends it‸:", "A colon ends", '"Who sends it:"'),
        ("quote", '‸"Who" asked who?', "quotation mark", "'\"Who\" asked who?'"),
        ("quotes within", '‸"Who" or "what"?', "quotation mark", '\'"Who" or "what"?\''),
        ("apostrophe", "‸'Who's there' he says", "apostrophe", "\"'Who's there' he says\""),
        ("lone apostrophe", "‸'Tis the season?", "A quote opened here", '"\'Tis the season?"'),
        ("brackets", "‸[Who] signs?", "`[`", '"[Who] signs?"'),
        ("open bracket", "‸[Who signs?", "`[`", '"[Who signs?"'),
        ("only brackets", "‸[Who]", "must be text, not a list", '"[Who]"'),
        ("braces", "‸{Who} signs?", "`{`", '"{Who} signs?"'),
        ("gap", "‸{{Who}} signs?", "`{`", '"{{Who}} signs?"'),
        ("asterisks", "‸*Who* signs?", "`*`", '"*Who* signs?"'),
        ("bold", "‸**Who** signs?", "`*`", '"**Who** signs?"'),
        ("asterisk", "‸*Who signs?", "`*`", '"*Who signs?"'),
        ("ampersand", "‸& who signs?", "`&`", '"& who signs?"'),
        ("name after ampersand", "‸&c. and so on", "`&`", '"&c. and so on"'),
        ("exclamation mark", "‸!Who signs?", "`!`", '"!Who signs?"'),
        ("lone exclamation mark", "‸! Who signs?", "`!`", '"! Who signs?"'),
        ("question mark", "‸? Who signs?", "`?`", '"? Who signs?"'),
        ("greater than", "‸> 3 days?", "`>` must be the last", '"> 3 days?"'),
        ("pipe", "‸| Who signs?", "`|` must be the last", '"| Who signs?"'),
        ("percent", "‸%5 of what?", "`%`", '"%5 of what?"'),
        ("at", "‸@who signs?", "`@`", '"@who signs?"'),
        ("backtick", "‸`who` signs?", "backtick", '"`who` signs?"'),
        ("comma", "‸, and who?", "comma", '", and who?"'),
        ("dash", "‸- who signs?", "dash", '"- who signs?"'),
        ("number sign", "‸#1 signs what?", "must be text, not nothing", '"#1 signs what?"'),
    )
}

OPEN = {
    "text over two paragraphs": (
        swap("stem: Who sends it?", "stem: Who sends it‸: me?\n\n        And why?"),
        "A colon followed by a space",
        "Put `|` after the colon, and the text on the lines below it, indented.",
    ),
    "paragraphs below a key": (
        swap("stem: Who sends it?", "stem‸:\n        Who: me\n        or you?\n\n        Why?"),
        "The text below `stem` can be read only after a `|`",
        "Put `|` after the colon, and the text on the lines below it, indented.",
    ),
    "colons below a key": (
        swap("stem: Who sends it?", "stem:\n        ‸Who: me\n"),
        "`stem` must be text",
        "Put `|` after the colon",
    ),
    "text after a pipe not indented": (
        swap("      A detainer asks for two things.\n      One", "    ‸A detainer: one.\n    One"),
        "text of `text` must be indented further",
        "Indent it 6 spaces.",
    ),
    "text with a colon after a pipe not indented": (
        swap(
            "      A detainer asks for two things.\n      One is notice.",
            "    ‸A detainer asks: for two things.",
        ),
        "This text is not indented",
        "Indent it 6 spaces, below `text: |`",
    ),
    "unclosed quote": (
        swap("stem: Who sends it?", 'stem: ‸"Who sends it?'),
        "never closed",
        "Close the quote at the end",
    ),
    "quote closed by another": (
        swap("stem: Who sends it?", 'stem: ‸"Who sends it?').replace("The agency asks.", '"Now."'),
        "never closed",
        "Close the quote at the end",
    ),
    "unclosed list of ids": (swap("[c1]", "‸[c1"), "`[` opened here is never closed", "`]`"),
    "unclosed quote of an id": (swap("[c1]", '[‸"c1]'), "A quote opened", "Close the quote"),
    "quote in an open bracket": (
        swap("stem: Who sends it?", 'stem: ‸["Who] sends it?'),
        "only if it is in quotes",
        """Put the text in quotes: '["Who] sends it?'""",
    ),
    "more behind the end": (
        "{title: Detainers, steps: [{type: read, text: Hello}]}\n‸quiz: later\n",
        "does not belong",
        "closed too early",
    ),
    "unclosed entry": (
        swap("{left: Order, right: Warrant}", "‸{left: Order, right: Warrant"),
        "`{` opened here is never closed",
        "`}`",
    ),
    "colon in an entry": (
        swap("{left: Order, right: Warrant}", "{left: Order‸: one, right: Warrant}"),
        "must be in quotes",
        "over several lines",
    ),
    "comma in an entry": (
        swap("{left: Order, right: Warrant}", "{left: Order, ‸by a judge, right: Warrant}"),
        "no key `by a judge`",
        "a comma begins the next key",
    ),
    "backslash": (swap("Who sends it?", '"C:‸\\sends"'), "backslash", "single quotes"),
    "second document": (swap("quiz:\n", "‸---\nquiz:\n"), "second document", "Remove it"),
    "anchor": (swap("options:", "options: ‸&them"), "anchor", "quotes"),
    "alias": (swap("Who sends it?", "‸*who"), "`*`", "quotes"),
    "tag": (swap("answer: 48", "answer: ‸!!int 48"), "tag", "quotes"),
    "merge key": (swap("      unit: hours", "      <<: ‸*base"), "alias", "quotes"),
}

VALUES = {
    "words for a number": (swap("answer: 48", "answer: ‸forty-eight"), "`forty-eight`", "digits"),
    "number with its unit": (swap("answer: 48", "answer: ‸48 hours"), "48 hours", "`answer: 48`"),
    "number with a comma": (swap("answer: 48", "answer: ‸1,000"), "`1,000`", "Write `1000`"),
    "decimal comma": (swap("answer: 48", "answer: ‸12,4"), "`12,4`", "Write `12.4`"),
    "share in percent": (swap("pass: 0.7", "pass: ‸70%"), "`70%`", "Write `0.7`"),
    "share as a number": (swap("pass: 0.7", "pass: ‸70"), "between 0 and 1", "Write 0.7"),
    "yes for true": (swap("correct: true", "correct: ‸yes"), "not `yes`", "Write `true`"),
    "no for false": (swap("answer: false", "answer: ‸no"), "not `no`", "Write `false`"),
    "answer in words": (swap("answer: false", "answer: ‸It is"), "`It is`", "`true` or `false`"),
    "tolerance": (
        swap("answer: 48", "answer: 48\n      tolerance: ‸about 5"),
        "percentage",
        "Write a number",
    ),
    "points": (swap("answer: 48", "answer: 48\n      points: ‸lots"), "whole number", "digits"),
    "hints as text": (
        swap(
            "      hints:\n        - Look at the first line.\n        - It is not a court.",
            "      hints: ‸Look at the first line.",
        ),
        "`hints` must be a list",
        "`- Look at the first line.`",
    ),
    "answers between commas": (
        swap(
            "      hints:\n        - Look at the first line.\n        - It is not a court.",
            "      hints: ‸look, ask, wait",
        ),
        "`hints` must be a list",
        "a line of its own, after a dash:\n        - look\n        - ask\n        - wait",
    ),
    "hint with a colon": (
        swap("- It is not a court.", "- ‸Note: it is not a court."),
        "must be text",
        'Put the text in quotes: "Note: it is not a court."',
    ),
    "hint with a dash": (
        swap("- It is not a court.", "- ‸- not a court."),
        "must be text",
        'Put the text in quotes: "- not a court."',
    ),
    "cell with a colon": (
        swap("- A deputy", "- ‸Deputy: maybe"),
        "must be text",
        'Put the text in quotes: "Deputy: maybe"',
    ),
    "option as text": (
        swap("- text: A court\n          feedback: Courts issue warrants.", "- ‸A court"),
        "not `A court`",
        "Write `- text: A court`",
    ),
    "groups as a list": (
        swap(
            "        Agency:\n          - Sends it\n        Jail:\n          - Receives it",
            "        ‸- Agency\n        - Jail",
        ),
        "`groups` must be",
        "group's name as a key",
    ),
    "pair as text": (
        swap("- {left: Order, right: Warrant}", "- ‸Order and warrant"),
        "not `Order and warrant`",
        "`- left: Order and warrant`, and below it `right:",
    ),
    "objectives as a list": (
        swap(
            "  notice: Say what notice is asked for\n  hold: Say how long a hold lasts\n",
            "  ‸- Say what notice is asked for\n",
        ),
        "`objectives` must be",
        "`name: text`",
    ),
    "objectives after dashes": (
        swap(
            "  notice: Say what notice is asked for\n  hold: Say how long a hold lasts\n",
            "  ‸- notice: Say what notice is asked for\n",
        ),
        "`objectives` must be",
        "Take the dashes away: `notice: Say what",
    ),
    "text left out": (swap("stem: Who sends it?", "stem: ‸~"), "not nothing", "after the colon"),
    "name in brackets": (
        swap("objective: notice\n      stem: Who", "objective: ‸[notice]\n      stem: Who"),
        "`objective` must be text",
        "without brackets",
    ),
    "text left empty": (swap("stem: Who sends it?", "stem:‸"), "not nothing", "after the colon"),
}

NAMES = {
    f"type {wrong}": (swap(f"type: {ours}\n", f"type: ‸{wrong}\n"), f"`{wrong}`", said)
    for ours, wrong, said in (
        ("choice", "multiple_choice", "We call it `choice`"),
        ("choice", "chioce", "Did you mean `choice`"),
        ("choice", "mcq", "We call it `choice`"),
        ("true_false", "truefalse", "We call it `true_false`"),
        ("true_false", "true/false", "We call it `true_false`"),
        ("gaps", "fill_in", "We call it `gaps`"),
        ("gaps", "fill in the blank", "We call it `gaps`"),
        ("number", "numeric", "We call it `number`"),
        ("match", "matching", "We call it `match`"),
        ("sort", "essay", "We call it `open`"),
        ("compare", "table", "We call it `compare`"),
        ("compare", "quizz", "Known types: read"),
    )
} | {
    "step in the quiz": (swap("type: number", "type: ‸reflect"), "`reflect`", "only questions"),
    "misspelled key": (swap("options:", "‸opitons:"), "`opitons`", "Did you mean `options`?"),
    "key of another program": (swap("stem: Who", "‸question: Who"), "`question`", "`stem`"),
    "unknown key": (swap("      unit: hours", "      ‸color: red"), "`color`", "Known here: "),
    "misspelled top key": (swap("objectives:", "‸objectivs:"), "`objectivs`", "`objectives`?"),
    "no stem": (
        swap("    - type: choice\n", "    - ‸type: choice\n").replace(
            "      stem: Who sends it?\n", ""
        ),
        "This `choice` has no `stem`",
        "Add a line `stem:`",
    ),
    "no options": (
        LESSON[: LESSON.index("      options:")].replace("- type: choice", "- ‸type: choice")
        + LESSON[LESSON.index("      hints:") :],
        "This `choice` has no `options`",
        "Add a line `options:`",
    ),
    "no answer": (
        swap("    - type: number\n", "    - ‸type: number\n").replace("      answer: 48\n", ""),
        "This `number` has no `answer`",
        "Add a line `answer:`",
    ),
    "no type": (swap("- type: number\n      id", "- ‸id"), "no `type`", "Add a line `type:`"),
    "no title": (
        HERE + LESSON.replace("title: Detainers\n", ""),
        "no `title`",
        "Add a line `title:`",
    ),
    "no questions": (
        LESSON[: LESSON.index("  questions:")].replace("quiz:", "‸quiz:"),
        "no `questions`",
        "`questions:`",
    ),
    "question for questions": (
        swap("  questions:", "  ‸question:"),
        "`quiz` has no key `question`",
        "Did you mean `questions`?",
    ),
    "mistake without feedback": (
        swap("answer: 48", "answer: 48\n      mistakes:\n        - ‸answer: 2"),
        "This `mistake` has no `feedback`",
        "Add a line `feedback:`",
    ),
    "no correct option": (
        swap(
            "      options:\n        - text: The agency\n          correct: true\n",
            "      options:\n        ‸- text: The agency\n",
        ),
        "No option is marked",
        "`correct: true`",
    ),
    "two correct options": (
        swap("feedback: It receives it.", "correct: ‸true"),
        "2 options are marked",
        "`multiple`",
    ),
    "unknown objective": (
        swap("objective: notice\n      stem: Who", "objective: ‸notise\n      stem: Who"),
        "no objective `notise`",
        "Did you mean `notice`?",
    ),
    "unknown claim": (swap("[c1]", "[‸c11]"), "has a claim `c11`", "Did you mean `c1`?"),
}

EMPTY = {
    "empty file": ("‸", "The file is empty", "begins with `title:`"),
    "only comments": ("‸# A lesson\n# to be written\n", "The file is empty", "`title:`"),
    "list at the top": ("‸- type: read\n  text: Hello\n", "no `key: value`", "`title:`"),
    "plain text": ("‸Detainers are requests.\n", "no `key: value`", "`title:`"),
    "no steps": ("‸title: Detainers\n", "no steps and no quiz", "Add `steps:`"),
    "steps left empty": (
        "title: T\nsteps:‸\n" + LESSON[LESSON.index("quiz:") :].replace("objective:", "# "),
        "`steps` is empty",
        "dash",
    ),
    "steps as text": ("title: Detainers\nsteps: ‸later\n", "not a list", "dash"),
    "quiz as a list": (
        "title: Detainers\nquiz:\n  ‸- type: true_false\n",
        "`quiz` must hold `questions:`",
        "Write `questions:`",
    ),
    "step as text": ("title: T\nsteps:\n  - ‸Hello there\n", "must be `key: value`", "- type:"),
    "nested too deep": ("title: T\nsteps: " + "[" * 38 + "[‸[" + "[" * 9, "nested", "six levels"),
    "broken JSON": ('{"title": "T", "steps": ‸[{"type": "read"}', "never closed", "Close it"),
    "control character": (
        "title: A ‸\x00 lesson\nsteps: [{type: read, text: Hello}]\n",
        "cannot be shown",
        "Delete it",
    ),
}


def write(folder: Path, text: str, name: str) -> tuple[int, int]:
    """Write a course whose file of that name holds the text; return where ‸ stood."""
    files = {"course.yaml": COURSE, "record.yaml": RECORD, "lesson.yaml": LESSON, name: text}
    for each, content in files.items():
        path = folder / each
        path.write_text(content.replace(HERE, "", 1), encoding="utf-8", newline="")
    before = text[: text.index(HERE)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def errors(folder: Path) -> list[Finding]:
    return [found for found in check(folder) if found.severity == "error"]


def cases(*tables: dict[str, tuple[str, str, str]]) -> list[object]:
    return [pytest.param(*case, id=name) for table in tables for name, case in table.items()]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    cases(INDENTATION, SIGNS, QUOTES, OPEN, VALUES, NAMES, EMPTY),
)
def test_one_slip_is_one_finding_at_its_place_with_what_to_do(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    at = write(tmp_path, text, "lesson.yaml")
    found = errors(tmp_path)
    assert [(one.line, one.column) for one in found] == [at], found
    assert message in found[0].message
    assert remedy in found[0].remedy


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("name", "text", "message", "remedy"),
    [
        pytest.param(name, text, message, remedy, id=case)
        for case, name, text, message, remedy in (
            (
                "missing lesson",
                "course.yaml",
                swapped(COURSE, "[lesson.yaml]", "[‸lessen.yaml]"),
                "no file `lessen.yaml`",
                "Did you mean `lesson.yaml`?",
            ),
            (
                "missing source",
                "course.yaml",
                swapped(COURSE, "[record.yaml]", "[record.yaml, ‸other.yaml]"),
                "no file `other.yaml`",
                "",
            ),
            (
                "course without lessons",
                "course.yaml",
                "‸" + swapped(COURSE, "lessons: [lesson.yaml]\n", ""),
                "no `lessons`",
                "Add a line `lessons:`",
            ),
            (
                "test passed at 70%",
                "course.yaml",
                COURSE + "test: {pass: ‸70%}\n",
                "`70%`",
                "Write `0.7`",
            ),
            (
                "undeclared speaker",
                "record.yaml",
                swapped(RECORD, "speaker: ann", "speaker: ‸bob"),
                "The speaker `bob` is not declared",
                "Declared: ann",
            ),
            (
                "unknown kind of claim",
                "record.yaml",
                swapped(RECORD, "kind: reported", "kind: ‸argument for"),
                "not `argument for`",
                "Did you mean `argument-for`?",
            ),
            (
                "claim without speaker",
                "record.yaml",
                swapped(RECORD, "    speaker: ann\n    kind", "    ‸kind"),
                "This `claim` has no `speaker`",
                "Add a line `speaker:`",
            ),
            (
                "colon in a claim",
                "record.yaml",
                swapped(RECORD, "text: It is so.", "text: It is so‸: yes."),
                "A colon followed by a space",
                'Put the text in quotes: "It is so: yes."',
            ),
            (
                "known key below a glossary word",
                "course.yaml",
                swapped(COURSE, "The sea rising", "The sea\n    ‸note: rising"),
                "`note` is indented further than the key above",
                "Line it up",
            ),
            (
                "colon in a glossary",
                "course.yaml",
                swapped(COURSE, "The sea rising", "The sea‸: rising"),
                "A colon followed by a space",
                'Put the text in quotes: "The sea: rising and falling."',
            ),
        )
    ],
)
def test_slips_in_courses_and_sources_are_found_alike(
    tmp_path: Path, name: str, text: str, message: str, remedy: str
) -> None:
    at = write(tmp_path, text, name)
    found = [one for one in errors(tmp_path) if one.file.endswith(name)]
    assert [(one.line, one.column) for one in found] == [at], found
    assert message in found[0].message
    assert remedy in found[0].remedy


def test_one_file_with_many_slips_tells_them_all(tmp_path: Path) -> None:
    text = LESSON
    for old, new in (
        ("      stem: Who sends it?", '      stem: "Who" sends it?'),
        ("answer: 48", "answer: forty-eight"),
        ("    - type: gaps\n      id: gap", "    - type: gaps\n      id: [gap"),
        ("answer: false", "answer:false"),
        ("    - type: sort", "    - type: sorted"),
        ("{left: Order, right: Warrant}", "{left: Order, rigth: Warrant}"),
    ):
        text = swapped(text, old, new)
    path = tmp_path / "lesson.yaml"
    path.write_text(text, encoding="utf-8")
    found = [one for one in check(path) if one.severity == "error"]
    assert [(one.line, one.rule) for one in found] == [
        (25, "yaml"),
        (41, "value"),
        (48, "missing-space"),
        (51, "yaml"),
        (57, "unknown-type"),
        (73, "unknown-key"),
    ]


@pytest.mark.parametrize(
    "cut",
    ["steps", "quiz", "objectives"],
)
def test_what_a_syntax_error_hides_is_not_said_to_be_missing(tmp_path: Path, cut: str) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_text(LESSON.replace(f"{cut}:\n", f"{cut}: {{\n", 1), encoding="utf-8")
    found = [one for one in check(path) if one.severity == "error"]
    assert [one.rule for one in found] == ["yaml"]


@pytest.mark.parametrize(
    ("raw", "line", "column", "message", "remedy"),
    [
        pytest.param(
            LESSON.replace("Who sends", "Wér sends").encode("latin-1"),
            25,
            14,
            "not in UTF-8",
            "encoding UTF-8",
            id="Latin-1",
        ),
        pytest.param(LESSON.encode("utf-16"), 1, 1, "in UTF-16", "encoding UTF-8", id="UTF-16"),
        pytest.param(
            LESSON.encode("utf-16-le"), 1, 1, "in UTF-16", "encoding UTF-8", id="UTF-16, no mark"
        ),
    ],
)
def test_a_file_in_another_encoding_says_so(
    tmp_path: Path, raw: bytes, line: int, column: int, message: str, remedy: str
) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_bytes(raw)
    found = check(path)
    assert [(one.line, one.column, one.rule) for one in found] == [(line, column, "encoding")]
    assert message in found[0].message
    assert remedy in found[0].remedy


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_line_endings_and_a_byte_order_mark_move_no_finding(
    tmp_path: Path, ending: str, mark: bytes
) -> None:
    for text in (
        LESSON,
        swap("answer: 48", "answer: ‸forty-eight"),
        swap("stem: Who s", "stem‸:Who s"),
    ):
        path = tmp_path / "lesson.yaml"
        path.write_bytes(mark + text.replace(HERE, "").replace("\n", ending).encode())
        before = text.partition(HERE)[0]
        at = [(before.count("\n") + 1, len(before) - before.rfind("\n"))] if HERE in text else []
        found = [one for one in check(path) if one.severity == "error"]
        assert [(one.line, one.column) for one in found] == at
        assert all("\r" not in one.excerpt and "\n" not in one.excerpt for one in found)


def test_a_folder_named_like_a_lesson_and_a_huge_file_are_findings(tmp_path: Path) -> None:
    folder = tmp_path / "lesson.yaml"
    folder.mkdir()
    assert [one.rule for one in check(folder)] == ["file"]
    assert "is a directory" in read_document(folder).findings[0].message
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"title: " + b"x" * 3_000_000)
    assert [one.rule for one in check(huge)] == ["too-large"]
    assert "several lessons" in check(huge)[0].remedy


def test_what_is_found_many_times_in_one_place_is_told(tmp_path: Path) -> None:
    options = "        - {text: B}\n" * 3
    path = tmp_path / "alike.yaml"
    path.write_text(
        "title: T\nquiz:\n  questions:\n    - type: multiple\n      stem: S\n      options:\n"
        f"        - {{text: A, correct: true}}\n{options}"
    )
    alike = [finding for finding in check(path) if finding.rule == "same-items"]
    assert len(alike) == 2
