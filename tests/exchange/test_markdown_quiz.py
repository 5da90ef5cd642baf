"""Quizzes in Markdown as mkdocs-quiz, quizdown and text2qti write them."""

from pathlib import Path
from typing import Any

import pytest

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Multiple,
    Number,
    Option,
    Order,
    Text,
    TrueFalse,
)
from tutor.course.model.steps import Read
from tutor.errors import CannotRead
from tutor.exchange.formats import read_as, recognize
from tutor.exchange.markdown import markdown
from tutor.exchange.markdown_quiz import read_markdown_quiz

TAGGED = """---
title: Tides
---
# The tide

It rises and falls.

<quiz>
What is the sum?
```
2 + 2
- [x] no option
```
- [ ] 3
- [X] 4 _(not `four`)_
- [] 5
  > Too much.

Basic **arithmetic**.

It is not hard.
</quiz>

More to read.

<quiz>
The [[moon]] pulls the [[sea|water]].

---
So it does.
</quiz>
<?quiz?>
question: Are you ready?
answer-correct: Yes!
answer: <code>No</code>
answer-correct: Maybe
content:
<b>Go on.</b>
<?/quiz?>
<quiz>
Nothing is right.
- [ ] a
- [ ] b
</quiz>
"""


def questions(text: str) -> tuple[Any, ...]:
    return tuple(read_markdown_quiz(text).lesson.questions())


def chosen(question: Choice | Multiple) -> list[tuple[str, bool]]:
    return [(option.text, option.correct) for option in question.options]


def test_questions_between_tags_and_words_around_them() -> None:
    imported = read_markdown_quiz(TAGGED)
    [before, between] = imported.lesson.steps
    assert isinstance(before, Read)
    assert (before.title, before.text) == ("The tide", "It rises and falls.")
    assert isinstance(between, Read)
    assert imported.lesson.quiz is not None
    total, fill, old = imported.lesson.quiz.questions
    assert isinstance(total, Choice)
    assert total.stem == "What is the sum?\n```\n2 + 2\n- [x] no option\n```\n"
    assert chosen(total) == [("3", False), ("4 _(not `four`)_", True), ("5", False)]
    assert total.options[2].feedback == "Too much."
    assert total.explanation == "Basic **arithmetic**.\n\nIt is not hard.\n"
    assert isinstance(fill, Gaps)
    assert fill.gaps() == (("moon",), ("sea", "water"))
    assert fill.explanation == "So it does."
    assert isinstance(old, Multiple)
    assert chosen(old) == [("Yes!", True), ("`No`", False), ("Maybe", True)]
    [lost] = imported.left_out
    assert lost.endswith("“Nothing is right.”: left out, for none of its options is right.")


QUIZDOWN = """### What's the capital?

> It's the _largest_.

- [x] Berlin
    > this is right.
- [ ] Paris
    > Paris is in France.

# Two are right

1. [x] a
1. [ ] b
1. [x] `c`
   goes on

## In order!

That's easy.

> Three is larger.

1. One
2. Two
3. Three
"""


def test_headings_ask_and_quotations_help() -> None:
    capital, two, order = questions(QUIZDOWN)
    assert (capital.stem, capital.hints) == ("What's the capital?", ("It's the _largest_.",))
    assert [option.feedback for option in capital.options] == [
        "this is right.",
        "Paris is in France.",
    ]
    assert chosen(two) == [("a", True), ("b", False), ("`c`\ngoes on\n", True)]
    assert isinstance(order, Order)
    assert order.items == ("One", "Two", "Three")
    assert order.stem == "In order!\n\nThat's easy.\n"


def test_a_task_list_below_a_sentence_is_a_question_too() -> None:
    text = (
        "Who was first?\n\n* [x] Ann\n* [ ] Ben\n\nExplanation: she ran.\n\n"
        "Who was last?\n- [ ] Ann\n- [x] Ben\n"
    )
    first, last = questions(text)
    assert (first.stem, chosen(first)) == ("Who was first?", [("Ann", True), ("Ben", False)])
    assert first.explanation == "Explanation: she ran."
    assert last.stem == "Who was last?"


TEXT2QTI = """Quiz title: Addition
Quiz description: Checking it.

Title: Sums
Points: 2
1.  What is 2+3?
... Count on your fingers.
+   Well done.
a)  6
... Too much.
*c) 5

    or five
1.  Which are dinosaurs?
[ ] Mammoth
[*] Tyrannosaurus
[*] Triceratops
2.  Square root of 2?
=   1.4142 +- 0.0001
3.  Within?
=   [1, 3]
4.  In percent?
=   1_000 +- 10%
5.  Who lives there?
*   Santa
*   Santa Claus
6.  Write.
____
7.  Upload.
^^^^
GROUP
pick: 1
points per question: 3

1.  True?
*a) True
b)  False
END_GROUP
```{.python .run}
raise SystemExit
```
% a comment
COMMENT
1.  Not asked.
END_COMMENT
Text: To read.
8.  No answer?
"""


def test_signs_of_text2qti() -> None:
    imported = read_markdown_quiz(TEXT2QTI)
    assert imported.lesson.title == "Addition"
    assert imported.lesson.quiz is not None
    total, two, root, within, percent, who, write, true = imported.lesson.quiz.questions
    assert isinstance(total, Choice)
    assert chosen(total) == [("6", False), ("5\n\nor five\n", True)]
    assert (total.id, total.points, total.explanation) == ("sums", 2, "Count on your fingers.")
    assert total.options[0].feedback == "Too much."
    assert isinstance(two, Multiple)
    numbers = [
        (str(q.answer), q.tolerance) for q in (root, within, percent) if isinstance(q, Number)
    ]
    assert numbers == [("1.4142", "0.0001"), ("2", "1"), ("1000", "100")]
    assert isinstance(who, Text)
    assert who.answers == ("Santa", "Santa Claus")
    assert write.type == "open"
    assert isinstance(true, TrueFalse)
    assert true.points == 3
    assert [step.text for step in imported.lesson.steps if isinstance(step, Read)] == [
        "Checking it.",
        "To read.",
    ]
    assert [sentence.partition(":")[0] for sentence in imported.left_out] == [
        "Line 6, “Sums”", "Line 29, “Upload.”", "Line 39, “```{.python .run}”",
        "Line 47, “No answer?”", "Line 32",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "# Words\n\nNo list.\n", "1.  A list\n2.  of words\n"])
def test_what_is_no_quiz_is_refused(text: str) -> None:
    with pytest.raises(CannotRead):
        read_markdown_quiz(text)


@pytest.mark.parametrize(
    "sign", ["<quiz>\n", "- [x] a\n", "```\n", "# a\n", "1. a\n*b) c\n", "> a\n"]
)
def test_a_long_file_is_read_in_its_time(sign: str) -> None:
    with pytest.raises(CannotRead):
        read_markdown_quiz(sign * (40_000 // len(sign)))


@pytest.mark.parametrize("top", ["", "# Sums\n", "# Sums\n\n"])
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("sign", [".", ")"])
def test_numbered_questions_are_parted_at_their_numbers(top: str, gap: str, sign: str) -> None:
    text = (
        f"{top}1{sign} One and one?\n{gap}   - [x] 2\n   - [ ] 3\n{gap}"
        f"2{sign} Two and two?\n\n   ```\n   2 + 2\n   ```\n{gap}   - [ ] 3\n   - [x] 4\n"
    )
    imported = read_markdown_quiz(text)
    first, second = imported.lesson.questions()
    assert imported.left_out == ()
    assert (first.stem, second.stem.split("\n")[0]) == ("One and one?", "Two and two?")
    assert "\n2 + 2\n" in second.stem
    assert [chosen(one) for one in (first, second)] == [
        [("2", True), ("3", False)],
        [("3", False), ("4", True)],
    ]
    assert (imported.lesson.title == "Sums") == bool(top)


@pytest.mark.parametrize(
    ("text", "title", "stems"),
    [
        ("# Sums\n\nOne?\n- [x] 1\n- [ ] 2\n\nTwo?\n- [x] 2\n- [ ] 1\n", "Sums", ["One?", "Two?"]),
        ("# S\n\n## One?\n- [x] 1\n- [ ] 2\n\n## Two?\n- [x] 2\n- [ ] 1\n", "S", ["One?", "Two?"]),
        ("# One?\n- [x] 1\n- [ ] 2\n\n# Two?\n- [x] 2\n- [ ] 1\n", "", ["One?", "Two?"]),
        ("# Pick\n\n1. water\n2. ice\n\n- [x] 1\n- [ ] 2\n", "", ["Pick\n\n1. water\n2. ice"]),
    ],
)  # fmt: skip
def test_a_heading_above_all_is_the_title(text: str, title: str, stems: list[str]) -> None:
    imported = read_markdown_quiz(text)
    assert [one.stem.strip() for one in imported.lesson.questions()] == stems
    assert imported.lesson.title == (title or "Imported questions")
    assert imported.left_out == ()


def test_our_own_export_is_known_for_what_it_is() -> None:
    options = (Option(text="a {", correct=True), Option(text="b = c"))
    quiz = Quiz(questions=(Choice(id="q", stem="Which {= is it?", options=options),))
    course = Course(id="c", title="Tides", folder="/c", lessons=())
    written = markdown(course, [Lesson(title="A lesson", id="l", quiz=quiz)]).content
    assert isinstance(written, str)
    assert recognize(Path("a.md"), written.encode()) == "markdown"
    start, _, _ = written.partition("## Answers")
    assert recognize(Path("a.md"), start.encode() + b"x\n" * 1_000_000) == "markdown"
    with pytest.raises(CannotRead, match="as tutor exports it to read"):
        read_markdown_quiz(written)


def test_a_quiz_that_stands_further_in_is_read_as_if_it_did_not() -> None:
    quiz = "<quiz>\nTwo?\n- [x] yes\n- [ ] no\n\n## Why\n\nOne more.\n\n- than one\n</quiz>\n"
    plain = read_as("markdown", quiz.encode())
    inner = "".join(f"    {line}\n" if line else "\n" for line in quiz.splitlines())
    tab = read_as("markdown", f'=== "Tab"\n\n{inner}'.encode())
    assert tab.lesson.questions() == plain.lesson.questions()
    (question,) = tab.lesson.questions()
    assert [option.text for option in question.options] == ["yes", "no"]
    assert question.explanation is not None
    assert question.explanation.startswith("## Why")


def test_a_quiz_in_code_is_an_example_unless_all_are() -> None:
    quiz = "<quiz>\n{}?\n- [x] yes\n- [ ] no\n</quiz>\n"
    code = f"````markdown\n{quiz.format('Written so')}````\n"
    both = read_as("markdown", f"{quiz.format('Two')}\n{code}".encode())
    assert [question.stem for question in both.lesson.questions()] == ["Two?"]
    assert "Written so?" in both.lesson.steps[-1].text
    alone = read_as("markdown", f"Write it so:\n\n{code}".encode())
    assert [question.stem for question in alone.lesson.questions()] == ["Written so?"]
