"""The one reading of Markdown: what is code stays, what is a sign is seen, and nothing is lost."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import cpu_seconds

from tutor.course.model.markdown.link_search import links_in, replace_links
from tutor.course.model.markdown.plain import (
    plain_item,
    plain_item_line,
    plain_line,
    plain_text,
    words_line,
)
from tutor.course.model.markdown.source import explicit, outside_code, without_code
from tutor.course.text import one_line

SIGNS = [
    # blanks
    "At noon the ____ is high.",
    "The ____, and then the ____.",
    "(____) and (____)",
    "(__) or (__)?",
    "Name:__ Day:__",
    "x = __; y = __;",
    "(a)__; (b)__.",
    "__ + __ = 5",
    "__+__=5",
    "Fill in (__1__) and (__2__).",
    "cook____ or ____ing",
    "un____able",
    "the sign _ and the sign _",
    # names
    "__init__",
    "w__er",
    "__x__ 8",
    "snake_case and _private",
    "from __future__ import annotations",
    "a_b * c_d",
    # products and powers
    "2**3",
    "2*3*4",
    "a*b*c",
    "x**2 + y**2 = z**2",
    "3 * 4 * 5",
    "f(*args, **kwargs)",
    "char *p, *q;",
    "*.txt and *.md",
    # signs alone
    ">",
    "<",
    "=",
    "*",
    "**",
    "***",
    "_",
    "__",
    "-",
    "--",
    "---",
    "+",
    "#",
    "##",
    "|",
    "~",
    "~~~",
    "`",
    "``",
    "```",
    "\\",
    "[]",
    "()",
    "[ ]",
    "&",
    "!",
    "* * *",
    "1.",
    "1)",
    # signs that begin a text of one line
    "> 3",
    "# of sides of a square?",
    "- 3",
    "+ 3",
    "3. Mai",
    '"*" or "**"?',
    "(*)",
    "a < b > c",
    "<b>not HTML here</b>",
    "<= and >=",
    "AT&T; R&D",
    "C:\\new\\table",
    "5 ~ 6 ~~ 7",
    "- - -",
]


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_that_marks_nothing_is_shown(text: str) -> None:
    assert plain_text(text) == text
    assert plain_item(text) == text
    assert plain_line(text) == text
    assert plain_item_line(text) == text


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a **strong** and *soft* and _soft_ word", "a strong and soft and soft word"),
        ("__two words__ and ***both***", "two words and both"),
        ("**W**arrant **S**ervice **O**fficer", "Warrant Service Officer"),
        ("**`code`** and *[a link](term:a)*", "code and a link"),
        ("not \\*this\\* and \\_that\\_ and \\# and \\\\", "not *this* and _that_ and # and \\"),
        ("2 &lt; 3 &amp; 4 &gt; 3, &#42;x&#42;, &#x41;, &nope;", "2 < 3 & 4 > 3, *x*, A, &nope;"),
        ("`&lt;` is &lt;, `\\*` is \\*", "&lt; is <, \\* is *"),
        ("A [tide](term:tide) and [**it**](claim:c1).", "A tide and it."),
        ("[](term:tide)", "tide"),
        ("See <https://example.org/a_b_c>.", "See https://example.org/a_b_c."),
        ("Write to <me@example.org>.", "Write to me@example.org."),
        ("What `a  **b**  c`?", "What a  **b**  c?"),
        ("`` a`b `` and ` c `", "a`b and c"),
        ("`x[0](y)` and `[z](term:z)`", "x[0](y) and [z](term:z)"),
        ("*a `*` b*", "a * b"),
        ("`a` * `b` * `c`", "a * b * c"),
        ("\\`a` b`", "`a b"),
        ("one ` two", "one ` two"),
    ],
)  # fmt: skip
def test_markup_around_words_goes_and_they_stay(markdown: str, shown: str) -> None:
    assert plain_text(markdown) == shown
    assert plain_item(markdown) == shown


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("One line\nthat goes on.\n\nAnother.", ["One line that goes on.", "", "Another."]),
        ("Two  \nlines\\\nand three", ["Two", "lines", "and three"]),
        ("Look:\n```py\nif a:\n\n    b  =  1\n```", ["Look:", "if a:", "", "    b  =  1"]),
        ("Look:\n\n    if a:\n        b\n\n    c", ["Look:", "", "if a:", "    b", "", "c"]),
        ("    a\n\nand on", ["a", "", "and on"]),
        ("~~~\n```\n**a**\n~~~~", ["```", "**a**"]),
        ("```\nnever closed\n  __x__", ["never closed", "  __x__"]),
        ("    first\n      second", ["first", "  second"]),
        ("\tif x:\n\t\ty", ["if x:", "    y"]),
        ("> ```\n> a\n>   b\n> ```\n> c", ["a", "  b", "c"]),
        ("- one\n  ```\n  x\n    y\n  ```\n- two", ["- one", "  x", "    y", "- two"]),
        ("1. one\n   goes on\n2. two\n   - three", ["1. one goes on", "2. two", "   - three"]),
        ("It was built in\n1984. Then it fell.", ["It was built in 1984. Then it fell."]),
        ("# Head\nwords\n\n## Head **two** ##", ["Head", "words", "", "Head two"]),
        ("> said\nand on\n\nnot said", ["said and on", "", "not said"]),
        ("Which sign?\n\n>", ["Which sign?", "", ">"]),
        ("Which sign?\n\n---\n\n***", ["Which sign?", "", "---", "", "***"]),
        ("Which line\n---\nis it?", ["Which line", "---", "is it?"]),
        ("|a|b|\n|-|-|\n|**1**|2|", ["|a|b|", "|-|-|", "|1|2|"]),
        ("Say:\nfor i in x:\n    print(i)", ["Say:", "for i in x:", "    print(i)"]),
    ],
)  # fmt: skip
def test_a_text_of_several_lines_has_blocks(markdown: str, lines: list[str]) -> None:
    assert plain_text(markdown).split("\n") == lines


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("for i in x:\n    print(i)", "for i in x:\n    print(i)"),
        ("i = x\nprint(i)", "i = x\nprint(i)"),
        ("if a:\n    **b\n    `c", "if a:\n    **b\n    `c"),
        ("def __a__():\n\treturn 2 ** 3", "def __a__():\n    return 2 ** 3"),
        ("```\na\n  **b**\n```", "a\n  **b**"),
        ("~~~\na\n    __b__\n~~~", "a\n    __b__"),
        ("Roses are **red**,\nviolets are blue.\n", "Roses are red,\nviolets are blue."),
        ("> 3\n# 4\n- 5", "> 3\n# 4\n- 5"),
        ("```\n```", "``` ```"),
    ],
)
def test_each_line_of_an_item_counts(markdown: str, shown: str) -> None:
    assert plain_item(markdown) == shown


HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
MARKUP = "\\`*_[&<#>|~-+=.)!\ufffd\ufeff"
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=HIDDEN, exclude_characters=MARKUP), max_size=30
)
INSIDE = st.text("*_[]()<>&#\\|=-+.:$ab1\"'{}~!é", min_size=1, max_size=12)
PIECES = st.sampled_from(
    ["*", "**", "_", "__", "___", "a", "b2", " ", "(", ")", ".", "`", "``", "\\", "&lt;", '"', "é"]
)
MARKED = st.lists(PIECES, max_size=14).map("".join)
LINES = st.lists(
    st.sampled_from(
        [
            *("- ", "> ", "# ", "1. ", "---", "```", "~~~", "    ", "  ", "|", "\t"),
            *("a", "b *c*", "`d`", "__e__", "\n", "\n\n"),
        ]
    ),
    max_size=14,
).map("".join)


@given(WORDS)
def test_a_text_without_signs_is_shown_as_it_is(text: str) -> None:
    assert plain_text(text) == one_line(text)
    assert plain_item(text) == one_line(text)
    assert explicit(text.strip(), "text") == text.strip()


@given(MARKED, INSIDE, MARKED)
def test_code_between_backticks_is_kept_whatever_surrounds_it(
    before: str, code: str, after: str
) -> None:
    around = (before + "|" + after).replace("`", "'").replace("\\", "/").split("|")
    for read in (plain_text, plain_item):
        assert code in read(f"{around[0]} `{code}` {around[-1]}")


@given(LINES, st.lists(INSIDE | st.just(""), min_size=1, max_size=4), st.sampled_from("`~"))
def test_a_code_block_is_kept_whatever_surrounds_it(
    before: str, code: list[str], sign: str
) -> None:
    fence = sign * 20
    text = "\n".join([before, "", f"x\n\n{fence}", *code, fence, "", "end"])
    if "```" not in before and "~~~" not in before:
        shown = plain_text(text)
        assert "\n".join(code) in shown
        assert shown.endswith("end")


@given(MARKED | LINES)
def test_what_is_not_empty_never_looks_empty(text: str) -> None:
    for read in (plain_text, plain_item, plain_line, plain_item_line):
        assert bool(read(text).strip()) == bool(text.strip())


COMMON_MARK = MarkdownIt("commonmark", {"html": False}).disable("image")


def seen_by_others(markdown: str) -> str:
    """What another reader of Markdown shows, white space folded; a rule is `HR`."""
    shown: list[str] = []
    for token in COMMON_MARK.parse(markdown):
        if token.type == "inline":
            shown += ["".join(_seen(child) for child in token.children or ())]
        elif token.type in ("fence", "code_block"):
            shown.append(token.content)
        elif token.type == "hr":
            shown.append("HR")
    return " ".join(" ".join(shown).split())


def _seen(token: Any) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else str(token.content)


@given(MARKED)
def test_others_show_the_same_characters(text: str) -> None:
    for kind, read in (("text", plain_text), ("item", plain_item)):
        shown = " ".join(read(text).split())
        if shown != one_line(text):  # else it may be shown as it is for want of anything else
            assert seen_by_others(explicit(text, kind)) == shown


@given(LINES, st.sampled_from(["page", "text", "item"]))
def test_what_is_said_without_doubt_stays_as_it_is(text: str, kind: Any) -> None:
    assert explicit(explicit(text, kind), kind) == explicit(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("- ~~~\n    - ", "item", "\\- \\~\\~\\~  \n    \\-"),
        ("- - - \n> - ", "text", "\\- - - \n\n> \\- "),
    ],
)
def test_signs_below_signs_are_said_once(text: str, kind: Any, said: str) -> None:
    assert explicit(text, kind) == explicit(said, kind) == said


def test_a_line_ends_for_others_where_it_ends_though_the_next_begins_with_a_tab() -> None:
    assert explicit("->\nmoon\n\t}", "text") == "->  \nmoon  \n\t}"
    assert explicit("| a\n| moon\t\n\tc", "text") == "| a\n| moon\t  \n\tc"


@pytest.mark.parametrize("text", [sign for sign in SIGNS if sign not in ("`", "``", "- - -")])
@pytest.mark.parametrize("kind", ["text", "item"])
def test_others_show_the_same_signs(text: str, kind: Any) -> None:
    assert seen_by_others(explicit(text, kind)) == text


@pytest.mark.parametrize(
    "text",
    [
        "a **strong** and *soft* word",
        "`__x__` and ```` ``` ````",
        "snake_case, 3 * 4, a < b",
        "One\n\n- two\n- three\n\n```\n**\n```",
        "# Head\n\n> said",
    ],
)
def test_what_others_read_alike_goes_out_as_it_is(text: str) -> None:
    assert explicit(text, "text") == text


def test_an_item_that_is_code_goes_out_as_code() -> None:
    assert explicit("for i in x:\n    print(i)", "item") == "```\nfor i in x:\n    print(i)\n```"
    assert explicit("    a\n      b\n\nwords", "text") == "```\na\n  b\n```\n\nwords"


def test_a_link_in_code_is_code() -> None:
    text = "`[a](term:a)` [b](term:b)\n\n    [c](term:c)\n\n```\n[d](term:d)\n```\n\\[e](term:e)"
    assert [link.target for link in links_in(text)] == ["b"]
    assert replace_links(text, lambda link: link.shown.upper()) == text.replace("[b](term:b)", "B")
    assert replace_links(text, lambda _: None) == text


@given(LINES)
def test_without_its_code_a_text_is_as_long(text: str) -> None:
    assert len(without_code(text)) == len(text)
    assert without_code(text).count("\n") == text.count("\n")
    assert outside_code(re.compile("$^"), lambda _: "", text) == text


HOSTILE = [
    *("*", "_", "*a ", "a* ", "a*", "**a ", "_a", "*_", "(_)", "*(", "`", "`a", "[", "[a", "]("),
    *("[a](", "[a](b) ", "\\", "\\*", "&", "&a;", "&#1", "<", "<a:", "> ", "- ", "-\n", "- a\n"),
    *("1. a\n", "\n", "a\n", " ", " \n", "    a\n", "```\n", "~~~", "#", "# a\n", "=", "a\n=\n"),
    *("|a|\n", "* * *\n", "\t", "a  \n", "__a ", "\ta\n", ">a\n", "> > > a\n", "{{", "\x01"),
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_it_takes_grows_with_the_length(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    # It takes a twentieth of that; if it grew with the square, it would take far more.
    assert cpu_seconds(plain_text, text) < 2
    assert cpu_seconds(plain_item, text) < 2
    assert cpu_seconds(lambda text: explicit(text, "text"), text) < 2


@pytest.mark.parametrize("piece", ["*a ", "`a", "[a](", "- a\n", "word "])
def test_two_megabytes_take_no_time_to_speak_of(piece: str) -> None:
    text = piece * (2_000_000 // len(piece))
    for read in (plain_text, plain_item, without_code, lambda text: explicit(text, "text")):
        assert cpu_seconds(read, text) < 2


def test_runs_of_every_length_take_no_longer() -> None:
    text = "".join("`" * length + "a" for length in range(1, 440))
    assert plain_text(text) == text
    assert cpu_seconds(plain_text, text) < 2


def test_a_text_beyond_all_measure_is_shown_as_it_is() -> None:
    text = "*word* " * 20_000
    assert plain_text(text).strip() == text.strip()


@pytest.mark.parametrize(
    ("stem", "listed"),
    [
        ("Which *row*?\n\n| row | fraction |\n|---|---|\n| a | 1/2 |\n", "Which row?"),
        ("What is said?\n\n```\nprint(1)\n```\n\nOne word.", "What is said? One word."),
        ("Which?\n\n- one\n- two\n", "Which? - one - two"),
        ("```\nprint(1)\n```", "print(1)"),
        ("Who?", "Who?"),
    ],
)
def test_a_list_names_a_question_by_its_words(stem: str, listed: str) -> None:
    assert words_line(stem).replace("•", "-") == listed
