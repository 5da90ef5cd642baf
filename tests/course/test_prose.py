"""Prose without quotes: it reads letter for letter, or check says so and one fix brings it back."""

from pathlib import Path
from typing import Any

import pytest
from support import EVERY

from tutor.course.fix.fixer import fix_document
from tutor.course.model.course import CourseFile, Lesson
from tutor.course.model.sources import Source
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import Document, parse_document, read_document
from tutor.course.reading.misread_text import misreads, prose_warnings
from tutor.course.reading.rule import collect
from tutor.course.schema.json_schema import schema_of
from tutor.course.schema.keys import NAMED
from tutor.course.schema.keys import PROSE as PROSE_KEYS
from tutor.course.syntax.violation import Violation

ROOT = Path(__file__).parents[2]

LINES = r"""
Who sends a detainer, and to whom?
Note: a detainer is a request.
Who asked: the agency or the jail?
The form says: hold for 48 hours.
Remember this: nothing follows.
There are two parties:
Notice, hold: which is asked for?
12:30 is when the hold begins.
At 12:30: the hold begins.
The hold ends at 9:00 a.m. on 5/8/2019.
2019-05-08 is the date of publication.
2019-05-08: the program is announced.
Ratio 3:1 in favor
Chapter 3:16
https://www.ice.gov/287g
See https://www.ice.gov/287g: it explains the program.
See https://example.org/a#part for the part.
mailto:teacher@example.org
teacher@example.org answers questions
@sheriff is a handle
@ noon the shift changes
Who signs bill #1?
Who signs bill # 1?
#1 is the form's number
# of hours in a hold
The hashtag #detainer was used
C# is a note
Rule #2: tell the jail.
A # sign and a : sign
Issue#4 has no space
"Who" asked the question?
"Sanctuary" is a word with no fixed meaning.
"Yes," said the deputy.
"Yes", said the deputy, "and no."
He said "yes" twice
He said: "yes"
The so-called "workaround"
“Sanctuary” in typographic quotes
‘Single’ typographic quotes
'Tis the season
'Who's there?' he asked.
'Sanctuary' is a word.
'Yes,' she said
It's the jail's decision
The jails' decision
Don't enforce: the first kind.
Rock 'n' roll
He said 'no' and 'never'
[Who] signs the warrant?
[sic] stands for an error
[Who signs the warrant?
[1] The first note
[Detainer](term:detainer) is a word
[a, b] and [c, d]
Who [if anyone] signs?
] closes nothing
{Who} signs the warrant?
{{two}} days is the limit
{{two|2}} days: the limit
{note} and {more}
{ opens nothing
} closes nothing
Who {or what} signs?
Holding lasts {{two|2}} days
*Who* signs the warrant?
**Who** signs the warrant?
*Emphasis* and **strength**
* A bullet of old
*Who signs
**Note:** this is bold
Who *really* signs?
2 * 3 is six
& so on
&c. is Latin
Smith & Wesson
AT&T paid
&amp; is an entity
! is a sign
!Important: read this
! Important
Stop!
Stop! Who goes there?
!!! Attention
? is a sign
? Who knows
?Who knows
Really?!
What? When? Where?
% of all requests
%5 is not five percent
5% of all requests
100 % sure
50%-60% of requests
| is a pipe
|x| is its size
| a | b |
A | B
> 3 days
>3 days
>> is a shift
3 > 2 and 2 < 3
< 3 days
<b>Bold</b> text
`Code` at the start
Some `code` within
`a: b` is code
- a dash first
-5 degrees
- 5 is negative
-- two dashes
--- three dashes
---
-
—An em dash first
— An em dash and a space
A — dash — within
A -- double dash
A - dash
long-term
A-1
, a comma first
,a comma
Yes, no, and maybe
1,000 requests
1,000
1,000,000 of them
yes
no
Yes
No.
on
off
true
false
True or false?
null
Null and void
none
y
n
48
48 hours
0.5
.5
1e3
0x1F
012
3.10
1_000
+1
+1 555 0100
-1
12:30
12:30:45
2019-05-08
May 8, 2019
8.5.2019
=
= is equal
a = b
<<
<< back
<<: merge
~
~ about 5
~5 miles
a ~ b
...
... and so on
And so on ...
. is a period
; a semicolon
a; b; c
: a colon first
:) a smile
:-)
a :b
a:b
a : b
a:
C:\Users\jail
C:\new\table
\ a backslash
\n is a newline
A \ B
(In parentheses) it says
(1) First
1) First
1. First
a) First
§ 287(g) of the Act
8 C.F.R. § 287.7(d)
Section 287(g): agreements
U.S.C. 1357(g)
$5 a day
$HOME is a variable
€5 a day
5 € a day
^ points up
a ^ b
/ is a slash
and/or
// no comment
/* no comment */
_underscored_ text
__bold__ text
a_b
Ünïcödé words
Ñandú: a bird
日本語: テスト
日本語のテスト
🙂 smile
🙂: smile
A 🙂 within
½ an hour
≥ 3 days
→ next
• bullet
… and so on
e.g. this
i.e.: that
Mr. O'Brien, Jr.
O'Brien's: a bar
"a" 'b' `c` *d* [e] {f} #g
"a: b" and 'c: d' #5
The 'key': it opens
The "key": it opens
Who's "it"?
It's "so": they say
Type: choice
type: choice
text: a word
stem: a word
answer: 48
id: x
- text: x
key:value
stem:Who
Who signs?  (Two spaces)
Tab	within
Ends with a backslash \
Ends with a quote "
Ends with an apostrophe '
Ends with a bracket ]
Ends with a brace }
Ends with a comma,
Ends with a hash #
Ends with a dash -
Ends with a pipe |
Ends with a greater than >
Ends with an ampersand &
Ends with an asterisk *
Ends with a question mark ?
Ends with a percent %
Ends with an at @
!
?
*
&
%
@
#
|
>
:
[
]
{
}
,
[]
{}
""
''
"
'
`
""quoted twice""
'' empty, and more
"" empty, and more
"Yes" or "no"
'Yes' or 'no'
"Yes" #1
'Yes' # not a comment
"Yes": the answer
'Yes': the answer
"""
PROSE = sorted({line for line in LINES.split("\n") if line.strip()})
# What is quoted is meant to be, and may have a comment after it; `~` is nothing, and `|` and `>`
# announce text.
MEANT = {'""', "''", "'Yes' # not a comment", "~", "|", ">"}
# A `#` before a space may begin a comment: only the author can tell, and fix leaves it.
EITHER = {"A # sign and a : sign", "Who signs bill # 1?"}
# What begins and ends with one quote was meant to be in quotes, whatever stands between them.
IN_QUOTES = {
    '""quoted twice""': '"quoted twice"',
    "'Clergy didn't pay it'": "Clergy didn't pay it",
    '"Voting "by head" meant: win."': 'Voting "by head" meant: win.',
}

PLACES = {
    "stem": """\
title: T
quiz:
  questions:
    - type: true_false
      id: q
      stem: LINE
      answer: true
""",
    "hint": """\
title: T
quiz:
  questions:
    - type: true_false
      id: q
      stem: Is it so?
      answer: true
      hints:
        - LINE
        - The second
""",
    "option": """\
title: T
quiz:
  questions:
    - type: choice
      id: q
      stem: Which?
      options:
        - text: LINE
          correct: true
        - text: Another one
""",
}


def read(text: str) -> tuple[Document, list[Violation], Any]:
    """The document, what was found in it, and the lesson in it if it has no errors."""
    document = parse_document("lesson.yaml", text.encode())
    draft, built = collect(build_lesson(document, "lesson"))
    known = [*document.violations, *built]
    found = [*known, *prose_warnings(document, known)]
    return document, found, draft and draft.questions and draft.questions[0][1]


def written_at(place: str, question: Any) -> str | None:
    if not question:
        return None
    if place == "stem":
        return str(question.stem)
    return str(question.hints[0] if place == "hint" else question.options[0].text)


def test_there_are_enough_lines() -> None:
    assert len(PROSE) >= 200


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line", sorted(set(PROSE) - MEANT - EITHER - {*IN_QUOTES}), ids=lambda line: line[:25]
)
def test_no_line_of_prose_changes_in_silence(line: str, place: str) -> None:
    line = line.strip()
    document, findings, question = read(PLACES[place].replace("LINE", line))
    if not findings:
        assert written_at(place, question) == line  # or it changed, and nobody was told
        return
    mended = fix_document(document)
    assert mended is not None, findings
    document, findings, question = read(mended.text)
    assert written_at(place, question) == line
    assert findings == []
    assert fix_document(document) is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", sorted(EITHER))
def test_what_may_be_a_comment_is_told_and_left_to_the_author(line: str, place: str) -> None:
    document, findings, question = read(PLACES[place].replace("LINE", line))
    assert [found.rule for found in findings] == ["comment-in-prose"]
    assert written_at(place, question) == line.partition(" #")[0]
    assert fix_document(document) is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", sorted(IN_QUOTES))
def test_quotes_around_all_of_a_text_are_no_part_of_it(line: str, place: str) -> None:
    document, findings, _ = read(PLACES[place].replace("LINE", line))
    mended = fix_document(document)
    assert mended is not None, findings
    document, findings, question = read(mended.text)
    assert written_at(place, question) == IN_QUOTES[line]
    assert findings == []


def warnings(step: str) -> list[tuple[str, int, int]]:
    lines = "".join(f"    {line}\n" for line in step.splitlines()).replace("    ", "  - ", 1)
    document, findings, _ = read(f"title: T\nsteps:\n{lines}")
    return [(one.rule, one.line, one.column) for one in map(document.finding, findings)]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("type: read\ntext: Bill #1 is", [("comment-in-prose", 4, 16)]),
        ("type: read\ntext: Bill\n  and #1 is", [("comment-in-prose", 5, 11)]),
        ("type: read\ntext: Bill  # a comment", []),
        ("type: read\ntext: |  # a comment\n  Bill #1", []),
        ("type: read # a comment\ntext: Bill", []),
        ("type: read\ntext: Bill\nclaims: [c1] # a comment", []),
        ("type: reflect\nid: x # a comment\nprompt: Why?", []),
        ("type: reflect\nid: x\nprompt: Why?\nchoices: [Yes, no]", []),
        ("type: reflect\nid: x\nprompt: Why?\nchoices: [ebb tide, ebb]", []),
        ("type: reflect\nid: x\nprompt: Why?\nchoices: [The agency, the jail, a court]", []),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices: [It is so, but not here, No]",
            [("comma-in-brackets", 6, 25)],
        ),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices: [If it is near, it rises., No]",
            [("comma-in-brackets", 6, 30)],
        ),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices: [1,000, Fewer]",
            [("comma-in-brackets", 6, 17)],
        ),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices: [1/2, 0,5]",
            [("comma-in-brackets", 6, 22)],
        ),
        ("type: reflect\nid: x\nprompt: Why?\nchoices: [1/2, '0,5', 1, 2]", []),
        ('type: reflect\nid: x\nprompt: Why?\nchoices: ["It is so, but not here", No]', []),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices:\n  - Yes\n    - No",
            [("line-in-prose", 8, 9)],
        ),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices:\n  - Yes\n  -No",
            [("missing-space", 8, 7)],
        ),
        ("type: read\ntitle: Bill\n  claims:c1\ntext: x", [("line-in-prose", 5, 7)]),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices:\n  - The king\n    The court",
            [("line-in-prose", 8, 9)],
        ),
        ("type: reflect\nid: x\nprompt: Why?\nchoices:\n  - The king\n    and the court", []),
        ("type: reflect\nid: x\nprompt: Why?\nchoices:\n  - The king,\n    The court", []),
        (
            "type: reflect\nid: x\nprompt: Why?\nchoices:\n"
            f"  - {'The king and ' * 5}Louis\n    Philippe",
            [],
        ),
        ("type: read\ntext: One.\n\n  Two.", [("line-in-prose", 6, 7)]),
        ("type: read\ntext:\n  One.\n\n  Two.", [("line-in-prose", 7, 7)]),
        ("type: read\ntext: |\n  One.\n\n  Two.", []),
        ("type: read\ntext: It is cold,\n  -5 degrees,\n  see https://x.org", []),
        ('type: read\ntext: "C:\\new"', [("backslash-in-prose", 4, 14)]),
        ('type: read\ntext: "2 \\times 5 is 10"', [("backslash-in-prose", 4, 14)]),
        ('type: read\ntext: "it is $a \\neq b$"', [("backslash-in-prose", 4, 21)]),
        ('type: read\ntext: "first\\nnot that, \\\\times\\tother"', []),
        ('type: read\ntext: "One line\\nand another"', []),
    ],
)
def test_what_changes_in_silence_is_warned_of(step: str, expected: list[Any]) -> None:
    assert warnings(step) == expected


@pytest.mark.parametrize(
    "path",
    [*EVERY.glob("*.yaml"), *(ROOT / "lessons").rglob("*.yaml"), *(ROOT / "seeds").glob("*.yaml")],
    ids=lambda path: path.stem,
)
def test_our_own_files_give_no_false_alarm(path: Path) -> None:
    assert list(misreads(read_document(path))) == []


def free_texts(schema: Any) -> bool:
    """Whether a field can hold any text."""
    if isinstance(schema, list):
        return any(free_texts(inner) for inner in schema)
    if not isinstance(schema, dict):
        return False
    bound = {"enum", "format", "pattern"} & schema.keys()
    return (schema.get("type") == "string" and not bound) or free_texts(list(schema.values()))


# Keys whose text is a name, an address or a date.
NAMES = """
as_of claims default_path either id language lessons objective paragraph published revisits
same_issue sources speaker tolerance
"""


def test_every_text_of_the_model_is_prose_or_a_name() -> None:
    for kind in (Lesson, CourseFile, Source):
        for schema in schema_of(kind)["$defs"].values():
            for name, field in schema.get("properties", {}).items():
                known = PROSE_KEYS | set(NAMES.split()) | NAMED | {"answer", "paths"}
                assert not free_texts(field) or name in known, name
