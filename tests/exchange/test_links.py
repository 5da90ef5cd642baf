"""No link leaves for another program that leads to anything but the web."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tutor.course.lint.checker import check
from tutor.course.model.markdown.blocks import LONGEST
from tutor.course.writer import write_lesson
from tutor.exchange.conversion import ImportedLesson
from tutor.exchange.formats import read_as
from tutor.exchange.markdown import writing
from tutor.exchange.moodle import text_formats
from tutor.markdown_to_html import phrase as html_phrase
from tutor.markdown_to_html import prose as html_prose

LINKS = [
    "[a](javascript:alert(1))",
    "[a](javascript:alert((1)))",
    "[a](javascript:a(b(c(d))))",
    "[a](<javascript:alert(1)>)",
    "[a](<javascript:alert 1>)",
    '[a](javascript:alert "title")',
    '[a](javascript:alert(1) "title")',
    "[a]( javascript:alert )",
    "[[a]](javascript:x)",
    "[a [b] c](javascript:x(1))",
    r"[a](javascript:x\))",
    r"[a](javascript:alert\(1\))",
    "[a](java&#115;cript:x)",
    "[a](javascript&colon;x(1))",
    "[a](JavaScript:x(1))",
    "![i](file:///etc/shadow)",
    "![i](javascript:a(1))",
    "[`]`](javascript:x(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html,<script>x</script>)",
    "[![i](https://example.org/x.png)](javascript:x(1))",
    "[a](\njavascript:x(1))",
]
AWAY = ["[a]\n\n[a]: javascript:x(1)", "[a][b]\n\n[b]: javascript:x", "<javascript:x(1)>"]
WEB = "[Tide](https://en.wikipedia.org/wiki/Tide_(disambiguation))"


def addresses(markup: str, *, of: str) -> list[str]:
    """Where the links of a text lead, for a reader that forbids none."""
    if of == "markdown":
        reader = MarkdownIt("commonmark")
        reader.validateLink = lambda _: True
        markup = reader.render(markup)
    return re.findall(r'(?:href|src)="([^"]*)"', markup)


@pytest.mark.parametrize("link", [*LINKS, *AWAY, *(f"- {link}" for link in LINKS[:4])])
def test_what_leads_nowhere_safe_leaves_as_text(link: str) -> None:
    text = f"See {link} and {WEB}." if link[:1] != "-" else f"{link}\n- {WEB}"
    for leaving in (text_formats.markdown, text_formats.item, writing.block, writing.phrase):
        assert_web_only(addresses(leaving(text), of="markdown"))
    for leaving in (html_prose, html_phrase):
        assert_web_only(addresses(leaving(text), of="html"))


LOST = [
    ("gift", "See <a href='chapter2.html'>chapter 2</a>. Two? {T}"),
    ("gift", "[html]<p>See <a href='ftp\\://x.org/a'>this</a> {T}"),
    ("gift", "[html]<p>See <a href='\\#top'><b>above</b></a> {T}"),
    ("gift", "[html]<pre>See <a href='chapter2.html'>this</a></pre> {T}"),
    ("gift", "[html]See <a href='chapter2.html'>this, without an end {T}"),
    ("gift", "[markdown]See [chapter 2](chapter2.html). Two? {T}"),
    ("gift", "[markdown]See [this](skype\\:ana) <b>now</b>. Two? {=[Two](two) ~Three}"),
    ("moodle-xml", "chapter2.html"),
    ("csv", "type,stem,correct\ntrue_false,See [chapter 2](chapter2.html).,TRUE\n"),
    ("csv", "type,stem,correct\ntrue_false,See [it](term:detainer).,TRUE\n"),
    ("markdown", "## See [chapter 2](chapter2.html).\n\n- [x] yes\n- [ ] no\n"),
    ("markdown", "1. See [chapter 2](chapter2.html).\n*a) yes\nb) no\n"),
]


@pytest.mark.parametrize(("form", "text"), LOST)
def test_what_a_link_led_to_and_does_not_come_over_is_told(form: str, text: str) -> None:
    if form == "moodle-xml":
        text = (
            '<quiz><question type="truefalse"><name><text>n</text></name><questiontext format='
            f'"html"><text>See &lt;a href="{text}"&gt;this&lt;/a&gt;</text></questiontext>'
            '<answer fraction="100"><text>true</text></answer>'
            '<answer fraction="0"><text>false</text></answer></question></quiz>'
        )
    told = read_as(form, text.encode()).left_out
    assert len(told) == 1
    assert "with the words alone of links that lead nowhere outside" in told[0]


def test_a_link_to_the_web_comes_over_and_nothing_is_told() -> None:
    text = "[html]<p>See <a href='https\\://a.org/b'>this</a> and <a id='x'>that</a> {T}"
    assert read_as("gift", text.encode()).left_out == ()


def assert_web_only(found: list[str]) -> None:
    assert found
    assert all(address.startswith("https://") for address in found)


def test_a_text_too_long_to_be_read_holds_no_link_either() -> None:
    text = "word " * (LONGEST // 5) + " [a](javascript:x)"
    assert addresses(text_formats.markdown(text), of="markdown") == []
    assert addresses(writing.block(text), of="markdown") == []


# What an import writes, `check` calls no error

LEADING = (
    "[a](b.html) [c](javascript:alert(1)) [d](term:x) [e](https://x.org) ![p](q.png) "
    "[[f]](JavaScript:a(1))"
)
ESCAPED = LEADING.replace(":", r"\:")
EVERYWHERE = {
    "gift": f"$CATEGORY: {LEADING}\n\n::{ESCAPED}:: {ESCAPED} {{={ESCAPED} ~b#{ESCAPED}}}\n\n"
    f"::{ESCAPED}:: Some words {ESCAPED}\n\n::{ESCAPED}:: x {{={ESCAPED}}}",
    "aiken": f"{LEADING}?\nA. {LEADING}\nB. no\nANSWER: A\n",
    "csv": "type,stem,answer 1,answer 2,correct,objective,explanation,unit,hint 1,feedback 2,text\n"
    f"choice,{LEADING},{LEADING},b,1,{LEADING},{LEADING},,{LEADING},{LEADING},\n"
    f"text,x,{LEADING},,,,,,,,\nnumber,x,5,,,,,{LEADING},,,\n"
    f"gaps,x,,,,,,,,,{LEADING} {{{{{LEADING}}}}}\n",
    "tsv": f"Question\tAnswer 1\tAnswer 2\tCorrect\n{LEADING}\t{LEADING}\tb\t1\n",
    "markdown": f"<quiz>\nTwo?\n- [x] {LEADING}\n- [ ] no\n\n{LEADING}\n</quiz>\n\n"
    f"## {LEADING}\n\nwords {LEADING}\n",
    "anki": f"{LEADING}\t{LEADING}\n{{{{c1::{LEADING}}}}} b\tx\n",
    "swirl": f"- Class: meta\n  Course: x\n  Lesson: '{LEADING}'\n- Class: text\n"
    f"  Output: '{LEADING}'\n- Class: mult_question\n  Output: '{LEADING}'\n"
    f"  AnswerChoices: '{LEADING};no'\n  CorrectAnswer: '{LEADING}'\n  Hint: '{LEADING}'\n",
}


@pytest.mark.parametrize("form", list(EVERYWHERE))
def test_an_import_has_no_link_that_a_lesson_may_not_have(form: str, tmp_path: Path) -> None:
    imported = read_as(form, EVERYWHERE[form].encode())
    wholes = [ImportedLesson(imported.lesson, imported.notes), *imported.parts]
    for number, whole in enumerate(wholes):
        file = tmp_path / f"{number}.yaml"
        file.write_text(write_lesson(whole.lesson, whole.notes), "utf-8")
        assert [found for found in check(file) if found.rule == "bad-link"] == []
    assert any("lead" in said and "nowhere outside" in said for said in imported.left_out)


def test_the_title_of_a_page_keeps_the_words_of_its_pictures_and_links() -> None:
    quiz = "<quiz>\nTwo?\n- [x] yes\n- [ ] no\n</quiz>"
    page = f"# ![Tides](tides.svg) and [ebb](ebb.md)\n\nWords.\n\n{quiz}"
    imported = read_as("markdown", page.encode())
    assert imported.lesson.steps[0].title == "(picture: Tides) and ebb"
    pictures, links = imported.left_out
    assert pictures.endswith(": without its pictures (1 picture).")
    assert links.endswith("with the words alone of links that lead nowhere outside (1 link).")


def test_what_is_to_be_typed_may_look_like_a_link(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    file.write_text(
        """
        title: Links
        steps:
          - type: text
            stem: How does Markdown link to a page?
            answers: ["[it](page.html)"]
            exact: true
            mistakes:
              - answer: "(it)[page.html]"
                feedback: The other way round.
          - type: gaps
            stem: Write the link.
            text: Write `a`, then {{[it](page.html)}}, then b.
            bank: ["[it](<page.html>)"]
        """,
        "utf-8",
    )
    assert [found for found in check(file) if found.severity == "error"] == []


def test_a_bank_of_several_categories_has_links_to_the_web_alone() -> None:
    bank = "$CATEGORY: A\n\nOne? {T}\n\n$CATEGORY: [B](b.html)\n\n::A name:: Two? {T}\n"
    imported = read_as("gift", bank.encode())
    assert [part.lesson.title for part in imported.parts] == ["A", "B"]
    assert "1 link that leads nowhere outside: only what it shows is kept." in imported.left_out
