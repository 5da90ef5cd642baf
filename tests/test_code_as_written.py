"""Code and signs stand everywhere as their author wrote them: both fronts, and every format."""

import html
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from app.asking import Asking
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import StepClock, examples, few
from textual.app import App, ComposeResult
from textual.widgets import Markdown

from tutor.app.themes import VARIABLE_DEFAULTS
from tutor.app.widgets.steps.read import ReadView, in_markdown, parser
from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import passages, plain_item, plain_text
from tutor.course.model.questions import AnyQuestion, Choice, Gaps, Match, Open, Option, Order, Pair
from tutor.course.model.steps import Read
from tutor.course.writer import write_lesson
from tutor.exchange.anki import card
from tutor.exchange.formats import export_as
from tutor.exchange.gift import read_gift
from tutor.exchange.moodle_xml import read_moodle_xml
from tutor.library import Library
from tutor.plain import Terminal
from tutor.plain.preview import preview
from tutor.preview import AuthoredCourse, PreviewStudy
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY

COURSE = Course(id="c", title="C", folder="/c", lessons=())

# Nothing that could end the code around it, begin a gap, or be a command to Anki.
LINE = st.text("*_()<>&#\\|=-+.:$ab1\"'!é %^,;", min_size=1, max_size=14).filter(
    lambda line: line.strip() == line
)
INDENTED = st.builds("{}{}".format, st.sampled_from(["", "  ", "    "]), LINE)
BLOCKS = st.builds(lambda first, rest: [first, *rest], LINE, st.lists(INDENTED, max_size=2))


def asking(code: Sequence[Sequence[str]], spans: Sequence[str]) -> Choice:
    """A question with code in every one of its texts."""
    stem, first, second, told, hint, why = ("\n".join(lines) for lines in code)
    return Choice(
        id="q",
        stem=f"Stem `{spans[0]}`:\n\n```py\n{stem}\n```\n",
        options=(
            Option(text=f"```\n{first}\n```", id="x", correct=True, feedback=f"`{spans[1]}`"),
            Option(text=f"~~~\n{second}\n~~~", id="y", feedback=f"No:\n\n```\n{told}\n```"),
            Option(text=f"or `{spans[2]}`", id="z"),
        ),
        hints=(f"Hint:\n\n```\n{hint}\n```",),
        explanation="Why:\n\n" + "\n".join(f"    {line}" for line in why.split("\n")),
        shuffle=False,
    )


def holds(shown: Sequence[str], code: Sequence[str]) -> bool:
    """Tell whether lines stand among others, all indented alike, the first behind anything."""
    for row, line in enumerate(shown):
        for found in re.finditer(re.escape(code[0]), line):
            rest = shown[row + 1 : row + len(code)]
            if line[found.start() :] == code[0] and [
                one[found.start() :] if one[: found.start()].isspace() or not one else "?"
                for one in rest
            ] == list(code[1:]):
                return True
            if line[found.start() :] == code[0] and found.start() == 0 and rest == list(code[1:]):
                return True
    return False


def in_plain(*questions: AnyQuestion) -> str:
    """All that plain mode says of questions, hints and feedback included."""
    lesson = Lesson(title="L", quiz=Quiz(questions=questions))
    with TemporaryDirectory() as folder, open_records(IN_MEMORY, StepClock()) as store:
        path = Path(folder) / "l.yaml"
        path.write_text(write_lesson(lesson), encoding="utf-8")
        study = PreviewStudy(store, Library(store, Path(folder)), lambda: 7, AuthoredCourse(path))
        out = StringIO()
        preview(study, Terminal(StringIO(), out, StringIO(), interactive=False), lambda _: None)
        return out.getvalue()


def exported(form: str, *questions: AnyQuestion) -> str:
    lesson = Lesson(title="L", id="l", quiz=Quiz(questions=questions))
    content = export_as(form, COURSE, [lesson]).content
    if isinstance(content, str):
        return content
    if form != "qti":
        return content.decode()
    with ZipFile(BytesIO(content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


@given(st.lists(BLOCKS, min_size=6, max_size=6), st.lists(LINE, min_size=3, max_size=3))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_code_is_kept_by_plain_mode_and_in_every_format(
    code: list[list[str]], spans: list[str]
) -> None:
    assume(code[1] != code[2])  # two options that are shown the same are an error
    question = asking(code, spans)
    said = in_plain(question).split("\n")
    assert all(holds(said, lines) for lines in code)
    assert all(span in "\n".join(said) for span in spans)

    in_html = html.unescape(exported("worksheet", question))
    handed_out = [code[0], code[1], code[2], code[5]]  # a worksheet holds no feedback and no hints
    assert all("\n".join(lines) in in_html for lines in handed_out)
    in_canvas = html.unescape(html.unescape(exported("qti", question)))
    assert all("\n".join(lines) in in_canvas for lines in (*code[:4], code[5]))

    front, back = card(question)
    assert all(holds(front.split("\n"), lines) for lines in code[:3])
    assert all(holds(back.split("\n"), lines) for lines in (code[1], code[3], code[5]))

    blocks = list(blocks_of(MarkdownIt("commonmark").parse(exported("markdown", question))))
    assert all("\n".join(lines) + "\n" in blocks for lines in code)
    assert all(f"`{span}`" in exported("markdown", question) for span in spans)

    for back_again in (
        read_gift(exported("gift", question)),
        read_moodle_xml(exported("moodle-xml", question).encode()),
    ):
        assert back_again.lesson is not None
        (come,) = back_again.lesson.questions()
        assert isinstance(come, Choice)
        assert plain_text(come.stem) == plain_text(question.stem)
        assert [plain_item(one.text) for one in come.options] == [
            plain_item(one.text) for one in question.options
        ]
        assert plain_text(come.options[1].feedback or "") == "\n".join(["No:", "", *code[3]])
        assert list(code_in(come.explanation or "")) == [code[5]]


def blocks_of(tokens: Iterable[object]) -> Iterable[str]:
    for token in tokens:
        if getattr(token, "type", "") in ("fence", "code_block"):
            yield str(getattr(token, "content", ""))


def code_in(markdown: str) -> Iterable[list[str]]:
    return (part.lines for part in passages(markdown, "text") if part.kind == "code")


LOOP = ["for i in range(2):", "    if i:", '        print("__x__", 2 ** i)']
OTHER = ["while True:", "    x **= 2"]
TOLD = ["def f(*args, **kw):", "    return __name__"]


async def test_the_full_screen_keeps_the_lines_of_code() -> None:
    code = [LOOP, LOOP[:2], OTHER, TOLD, ["h", "  i"], ["w:", "    z"]]
    question = asking(code, ["a  b", "c", "**"])
    async with Asking(question, size=(80, 60)) as asked:
        assert holds(asked.lines, LOOP)
        assert holds(asked.lines, LOOP[:2])
        assert holds(asked.lines, OTHER)
        assert "Stem a  b:" in "\n".join(asked.lines)
        assert asked.line("or **")
        asked.view.show_hint(question.hints[0])
        await asked.press("2", "enter")
        assert holds(asked.lines, TOLD)
        assert holds(asked.lines, ["h", "  i"])
        assert holds(asked.lines, ["w:", "    z"])


SIGNS = [
    *("the ____ is", "(__1__) and (____)", "w__er", "__init__", "2**3 and 4**5", "> 3", "# of x"),
    *("`a[0](x)`", "`__x__`", "`2**3`", "`a  b`", "**strong** *soft*", "&lt; is `&lt;`", "\\*"),
    *("***", "---", "*", "<", "=", ">", "<b>x</b>", "x ~ y", "`` ` ``", "- 1", "1. x"),
]  # fmt: skip


@pytest.mark.parametrize("text", few(*SIGNS[::4], more=SIGNS))
async def test_both_fronts_show_the_same_signs(text: str) -> None:
    question = Choice(
        id="q",
        stem=text,
        options=(
            Option(text=text, id="x", correct=True, feedback=text),
            Option(text="other", id="y"),
        ),
        explanation=text,
        hints=(text,),
        shuffle=False,
    )
    shown = plain_text(text)
    assert shown
    said = in_plain(question)
    assert f". {shown}\n  1. {shown}\n  2. other\n" in said
    assert f"Why: {shown}\n" in said
    assert f"Hint 1: {shown}\n" in said
    assert f"To “{shown}”: {shown}\n" in said
    async with Asking(question, size=(80, 40)) as asked:
        assert asked.lines[0].strip() == shown
        asked.view.show_hint(text)
        await asked.press("1", "enter")
        lines = [line.strip() for line in asked.lines]
        assert lines.count(shown) == 3  # stem, feedback, why
        assert any(line.startswith(f"✓ 1  {shown} ") for line in lines)
        assert f"Hint 1  {shown}" in lines


@pytest.mark.parametrize("text", [*SIGNS, "Look:\n\n```\n__x__  **\n```", "a\n\n> (____) `b`"])
async def test_a_step_to_read_shows_the_same_in_both_fronts(text: str) -> None:
    class Page(App[None]):
        def get_theme_variable_defaults(self) -> dict[str, str]:
            return VARIABLE_DEFAULTS

        def compose(self) -> ComposeResult:
            yield ReadView(Read(text=f"Words.\n\nSo: {text}"), {})

    app = Page()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert app.query_one(Markdown)
        strips = app.screen._compositor.render_strips(app.size)
        shown = "".join("".join(strip.text.split()) for strip in strips)
    said = [line for part in passages(f"So: {text}", "page") for line in part.lines]
    assert "".join("".join(said).split()) in re.sub("[▌▎▔▁]", "", shown)


# Pieces of a text as people write them; what is drawn at their sides differs, and is left out.
PIECES = [
    *("tide", "b c", "x^2^", "H~2~O", r"$\frac{1}{2}$", r"\(x^2 \le 3\)", r"$\foo_a$", "$5", "~20"),
    *("~~s~~", "**b**", "*i*", "`c_d`", "`a  b`", "[l](https://example.org)", "____", "__init__"),
    *("2**3", "<b>", "&lt;", r"\*", "- x", "1. y", "> q", "# h", "```\nz  z\n```", "(c)", "'q'"),
    *("\n| a | b |\n| --- | :-: |\n", "\nc | `d`\n--- | ---\n", "| x^2^ | \\| |", "a | b", "| e |"),
    *("![p](https://example.org/a.png)", "שלום", "عربي", "汉字", "é", "👩\u200d🚀", "a@b.org", "~"),
    *("^", "$", "|", "!", "[", "]", "(", ")", "  - in", "==", "+ z", "[x]", r"\[\alpha\]", "[^1]"),
    *("\n", "\n\n", "https://example.org/a_b ", ":smile:", "a^b", "2^3^2", "a~b~c"),
]
WRITTEN = st.tuples(st.sampled_from(["", " "]), st.lists(st.sampled_from(PIECES), max_size=6)).map(
    lambda drawn: drawn[0].join(drawn[1])
)


def seen_on_screen(text: str) -> str:
    """The characters that a step to read shows on the full screen, without what frames them."""
    seen: list[str] = []
    for token in parser().parse(in_markdown(Read(text=text), {})):
        if token.type in ("fence", "code_block"):
            seen.append(token.content)
        if token.type == "list_item_open":
            seen.append(token.info + token.markup)
        for part in token.children or ():
            assert part.type not in ("image", "s_open", "html_inline")
            seen.append(part.content)
    return "".join("".join(seen).split()).translate(FRAMES)


FRAMES = dict.fromkeys(map(ord, "|-"))


@given(WRITTEN)
@settings(max_examples=examples(200), suppress_health_check=list(HealthCheck))
@example("At ebb\n\n____\n\nis wide.")
@example("| a |\n| b\\\n| c |")
@example("tide\n==")
@example("- tide\n==")
def test_both_fronts_show_the_same_characters_of_any_text(text: str) -> None:
    # Below a heading plain mode has the line that its author drew; the full screen has its style.
    parts = [part for part in passages(text, "page") if part.kind != "rule"]
    said = "".join(line for part in parts for line in part.lines)
    assert seen_on_screen(text) == "".join(said.split()).translate(FRAMES)


TABLE = """\
Which is right?

| sign | *means* |
| :-- | --: |
| `>` | more |
| 汉 | x^2^ \\| y |

- one
- two $\\alpha$
"""


async def test_tables_lists_and_formulas_are_drawn_alike_in_every_text() -> None:
    drawn = [
        "| sign |  means |",
        "| ---- | ------ |",
        "| >    |   more |",
        "| 汉   | x² | y |",
        "- one",
        "- two α",
    ]
    question = Choice(
        id="q",
        stem=TABLE,
        options=(
            Option(text="x^2^", id="x", correct=True, feedback=TABLE),
            Option(text=r"$\frac{1}{2}$", id="y"),
        ),
        explanation=TABLE,
        hints=(TABLE,),
        shuffle=False,
    )
    said = [line.strip() for line in in_plain(question).split("\n")]
    assert [said.count(line) for line in drawn] == [4] * 6  # stem, hint, feedback, explanation
    assert "1. x²" in said
    assert "2. ½" in said
    async with Asking(question, size=(80, 70)) as asked:
        asked.view.show_hint(TABLE)
        await asked.press("1", "enter")
        lines = [line.strip() for line in asked.lines]
        assert [sum(line.endswith(row) for line in lines) for row in drawn] == [4] * 6


def test_lefts_rights_items_and_gaps_keep_their_code() -> None:
    match = Match(
        id="m",
        stem="Match `__a__`.",
        pairs=(Pair(left="`a[0](x)`", right="`__x__`"), Pair(left="\n".join(OTHER), right="> 3")),
        shuffle=False,
    )
    order = Order(
        id="o", stem="Order.", items=("`**`", "`__`", "```\n" + "\n".join(LOOP) + "\n```")
    )
    gaps = Gaps(
        id="g",
        stem="Fill.",
        text="Here:\n\n```\nfor i in range({{2}}):\n    print({{i}}, __x__)\n```\n",
    )
    written = Open(id="f", stem="Say.", rubric=("`__a__`", "\n".join(OTHER)), model="`2**3`")
    said = in_plain(match, order, gaps, written)
    lines = said.split("\n")
    for words in ("a[0](x)", "__x__", "> 3", "Match __a__.", "**", "__"):
        assert words in said
    assert holds(lines, OTHER)
    assert holds(lines, LOOP)
    assert holds(lines, ["for i in range(__(1)__):", "    print(__(2)__, __x__)"])
    front = "\n".join(card(one)[0] for one in (match, order, gaps)).split("\n")
    assert holds(front, OTHER)
    assert holds(front, LOOP)
    assert holds(front, ["for i in range(__(1)__):", "    print(__(2)__, __x__)"])
    markdown = exported("markdown", match, order, gaps, written)
    blocks = list(blocks_of(MarkdownIt("commonmark").parse(markdown)))
    assert "\n".join(LOOP) + "\n" in blocks
    assert "for i in range(__(1)__):\n    print(__(2)__, __x__)\n" in blocks
    paper = html.unescape(exported("worksheet", match, order, gaps, written))
    assert "\n".join(LOOP) in paper
    assert re.search(r"for i in range\( _+ \):\n    print\( _+ , __x__\)", paper)
    canvas = html.unescape(html.unescape(exported("qti", match, gaps, written)))
    assert "for i in range([gap1]):\n    print([gap2], __x__)" in canvas
    xml = read_moodle_xml(exported("moodle-xml", match, order, gaps, written).encode())
    assert xml.lesson is not None
    back = {one.id: one for one in xml.lesson.questions()}
    come = back["m"]
    assert isinstance(come, Match)
    assert [plain_item(pair.left) for pair in come.pairs] == ["a[0](x)", "\n".join(OTHER)]
    filled, free = back["g"], back["f"]
    assert isinstance(filled, Gaps)
    assert isinstance(free, Open)
    assert filled.text.strip() == gaps.text.strip()
    assert plain_item(free.rubric[1]) == "\n".join(OTHER)
    assert free.model == "`2**3`"


async def test_the_full_screen_keeps_the_lines_of_a_text_with_gaps() -> None:
    gaps = Gaps(id="g", stem="Fill.", text="```\nif x  == {{2}}:\n    print({{i}}, __x__)\n```")
    async with Asking(gaps, size=(80, 30)) as asked:
        assert holds(asked.lines, ["if x  == (1) ____:", "    print((2) ____, __x__)"])
