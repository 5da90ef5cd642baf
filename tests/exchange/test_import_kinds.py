"""What teachers have comes in as it was: each kind of trouble with banks that people have."""

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from support import few, growth

from tutor.check_command import MOST_ALIKE, check_paths, print_findings
from tutor.course.lint.checker import check
from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_item, plain_text
from tutor.course.model.questions import Choice, Gaps, Match, Matrix, Multiple, Number, Text
from tutor.course.model.questions.question import Question
from tutor.course.writer import write_lesson
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.formats import read_as
from tutor.exchange.gift import gift, read_gift
from tutor.exchange.moodle_xml import moodle_xml, read_moodle_xml
from tutor.quiz.self_test import cannot_be_failed


def from_gift(text: str) -> Imported:
    return read_gift(text)


def from_xml(kind: str, inner: str, stem: str = "<p>What?</p>", form: str = "html") -> Imported:
    """One question of Moodle's, by its type."""
    return read_moodle_xml(
        f'<quiz><question type="{kind}"><name><text>Q1</text></name><questiontext format="{form}">'
        f"<text><![CDATA[{stem}]]></text></questiontext>{inner}</question></quiz>".encode()
    )


def answer(fraction: float, text: str, feedback: str = "", more: str = "") -> str:
    """An answer as Moodle writes it."""
    told = f'<feedback format="html"><text><![CDATA[{feedback}]]></text></feedback>'
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        f"{told if feedback else ''}{more}</answer>"
    )


def html_stem(stem: str) -> Imported:
    """A question with a stem in HTML."""
    return from_xml("truefalse", answer(100, "true") + answer(0, "false"), stem)


def only(imported: Imported) -> Question:
    (question,) = imported.lesson.questions()
    return question


def notes(imported: Imported) -> str:
    return imported.notes.get(("quiz", "questions", 0), "")


def told(imported: Imported) -> str:
    return " ".join(imported.left_out)


# Signs mean themselves


@pytest.mark.parametrize(
    "text",
    [
        "What does __main__ name in Python?",
        "_a_ or *a*?",
        "What is a[0](x) in C, and what is *p*?",
        "# of sides of a square?",
        "> is which sign?",
        "***",
        "**",
        "`ls` lists **files**, ~~not~~ folders",
        "1. Not a list",
        "- not an entry",
        "2 < 3 & 3 > 2, &amp; &copy;",
        "C:\\new\\*.txt",
        "x_1 * y_1 * z_1",
        "[x](https://example.org)",
        "<stdio.h> and <vector>",
        "a | b || c",
        "H~2~O and x^2^",
        "£5 – ½ — ״מים״ 水",
    ],
)
def test_signs_are_shown_as_they_were_written(text: str) -> None:
    signs = {sign: f"\\{sign}" for sign in "\\{}~=#:"}
    written = "".join(signs.get(sign, sign) for sign in text)
    in_gift = only(from_gift(f"::a::{written} {{={written} ~other}}"))
    in_plain = only(from_xml("truefalse", answer(100, "true"), text, "plain_text"))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    in_html = only(html_stem(f"<p>{escaped}</p>"))
    for question in (in_plain, in_html):
        assert plain_text(question.stem) == text
    if "&" not in text:  # Moodle's own format may hold HTML
        assert plain_text(in_gift.stem) == text
        assert isinstance(in_gift, Choice)
        assert plain_item(in_gift.options[0].text) == text


def test_signs_of_a_right_side_are_shown_as_they_were_written() -> None:
    question = only(from_gift("Match. {=bold -> **x** =name -> __x__ =link -> [a](b)}"))
    assert isinstance(question, Match)
    assert [plain_item(target.text) for target in question.targets()] == [
        "**x**",
        "__x__",
        "[a](b)",
    ]


# Lines, code, tables


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        (
            "<pre>while x:\n    x -= 1\nprint(x)</pre><p>What is printed?</p>",
            "while x:\n    x -= 1\nprint(x)\n\nWhat is printed?",
        ),
        (
            "<p>while x:<br>&nbsp;&nbsp;&nbsp; x -= 1<br>print(x)</p>",
            "while x:\n    x -= 1\nprint(x)",
        ),
        ("<p>for a:</p><p>&nbsp;&nbsp; a()</p><p>What?</p>", "for a:\n   a()\n\nWhat?"),
        ("<p>Roses are red,<br>violets are blue</p>", "Roses are red,\nviolets are blue"),
        ("<pre><code>a = '`'\n**b**</code></pre>", "a = '`'\n**b**"),
        ("<code>a = 1<br>b = 2</code>", "a = 1\nb = 2"),
        ("Use <code>x.__len__()</code> or <tt>`</tt>", "Use x.__len__() or `"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li>one<ul><li>in</li></ul></li><li>two</li></ol>", "1. one\n   - in\n2. two"),
        ("<dl><dt>ebb</dt><dd>it falls</dd></dl>", "ebb\n\n- it falls"),
        ("the <i>cat </i>sat", "the cat sat"),
        ("a <!-- x > y --> b", "a b"),
        ("<p>a</p><script>alert('x')</script><style>p {}</style>", "a"),
    ],
)
def test_lines_of_html_are_kept(stem: str, shown: str) -> None:
    assert plain_text(only(html_stem(stem)).stem) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("What does the <section> tag do?", "What does the <section> tag do?"),
        ("Close it with </div>.", "Close it with </div>."),
        ("#include <stdio.h>", "#include <stdio.h>"),
        ("a <b>b</b> </b>c", "a b c"),
    ],
)
def test_a_tag_that_is_spoken_of_is_shown(text: str, shown: str) -> None:
    assert plain_text(only(html_stem(text)).stem) == shown


def test_options_may_be_tags_or_colors() -> None:
    tags = only(from_gift("Which tag breaks a line? {=<br> ~<link> ~<p>}"))
    colors = only(from_gift("Which is red? {=#ff0000 ~#00ff00 ~#0000ff}"))
    assert isinstance(tags, Choice)
    assert isinstance(colors, Choice)
    assert [option.text for option in tags.options] == ["<br>", "<link>", "<p>"]
    assert [option.text for option in colors.options] == ["#ff0000", "#00ff00", "#0000ff"]


def test_a_table_of_html_is_a_table() -> None:
    stem = only(
        html_stem("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>")
    )
    assert stem.stem.split("\n") == ["| a | b |", "| --- | --- |", "| 1 | 2\\|3 |", ""]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (
            "What is printed?\ny \\= 2\nif y\\:\n  print(y)",
            "What is printed?\n\ny = 2\nif y:\n  print(y)",
        ),
        ("First line\nsecond line", "First line\nsecond line"),
        (
            "for i in x\\:\n\tfor j in i\\:\n\t\tprint(j)",
            "for i in x:\n    for j in i:\n        print(j)",
        ),
        ("a\\nb", "a\nb"),
    ],
)
def test_lines_of_gift_are_kept(lines: str, shown: str) -> None:
    assert plain_text(only(from_gift(f"::l::{lines}\n{{T}}")).stem) == shown


def test_lines_of_an_option_are_kept() -> None:
    code = "<pre>for a in b:\n    print(a)</pre>"
    question = only(from_xml("multichoice", answer(100, code) + answer(0, "a<br>b")))
    assert isinstance(question, Choice)
    assert [plain_item(option.text) for option in question.options] == [
        "for a in b:\n    print(a)",
        "a\nb",
    ]


# Powers, indices, formulas


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        ("How much is 10<sup>-2</sup> m?", "How much is 10⁻² m?"),
        ("H<sub>2</sub>SO<sub>4</sub>", "H₂SO₄"),
        ("x<sup>a/b</sup> and v<sub>Erde</sub>", "x^(a/b) and v_Erde"),
        ("<math><mfrac><mn>1</mn><mn>4</mn></mfrac></math>", "¼"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mn>4</mn></math>", "x² < 4"),
        (r"A share of \(22\,\%\)", "A share of 22 %"),
        (r"In \(\frac{3}{4}\) and $$x^2$$", "In ¾ and x²"),
        (
            '<img class="wiris" data-mathml="«math»«msqrt»«mn»2«/mn»«/msqrt»«/math»" alt="r">',
            "√2",
        ),
    ],
)
def test_powers_and_formulas_are_kept(stem: str, shown: str) -> None:
    imported = html_stem(stem)
    assert plain_text(only(imported).stem) == shown
    assert imported.left_out == ()


def test_options_that_differ_in_a_power_are_three() -> None:
    inner = "".join(
        answer(100 * (not at), text)
        for at, text in enumerate(("H<sub>2</sub>O", "H<sup>2</sup>O", "HO<sub>2</sub>"))
    )
    question = only(from_xml("multichoice", inner))
    assert isinstance(question, Choice)
    assert [option.text for option in question.options] == ["H₂O", "H²O", "HO₂"]


@pytest.mark.parametrize(
    "pair", [("-3", "3"), ("Friday", "friday"), ("900 MW", "900 mW"), ("x²", "x2"), ("!a", "a")]
)
def test_options_that_differ_in_a_sign_are_two(pair: tuple[str, str]) -> None:
    imported = from_gift(f"Which? {{={pair[0]} ~{pair[1]} ~other}}")
    question = only(imported)
    assert isinstance(question, Choice)
    assert len(question.options) == 3
    assert imported.left_out == ()


# Nothing is lost unsaid


def test_a_question_on_the_line_after_a_category_is_read() -> None:
    imported = from_gift(
        "$CATEGORY: Sea\n::one::Does it? {T}\n\n::two::Is it? {T}\n$CATEGORY: Land\n::three::O? {F}"
    )
    assert [question.id for question in imported.lesson.questions()] == ["one", "two", "three"]
    assert imported.left_out == ()


def test_questions_without_a_blank_line_between_them_are_read() -> None:
    imported = from_gift("::a::One? {T}\n::b::Two? {F}\n// a note\n::c::Three? {T}")
    assert [question.id for question in imported.lesson.questions()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "torn",
    [
        "::a::Which? {\n\n=hen\n\n~dog\n}",
        "::a::Which? {=hen\n\n~dog}",
        "::a::Which? {\n=hen\n \n\t\n~dog\n}",
        "::a::How many? {#\n\n=3\n}",
    ],
)
def test_a_blank_line_inside_the_braces_is_named_once(torn: str) -> None:
    imported = from_gift(f"{torn}\n\n::b::Is a hen a bird? {{T}}")
    assert only(imported).id == "b"
    assert imported.lesson.steps == ()
    (sentence,) = imported.left_out
    assert "Line 1, “a”: left out, for a blank line inside its braces" in sentence


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Which town? {=Paris =%50%Pariss#One s too many.}", "One s too many."),
        ("Which town? {=Paris#Well done. =%25%Lutetia#Its old name.}", "Its old name."),
        ("How many? {#=10:0 =%50%11:0#One too many.}", "One too many."),
        ("How many? {#=10:2 =%50%11:0#Nearly.}", "Nearly."),
        ("Name it. {=ebb =%0%*#Look again.}", "Look again."),
        ("Is it? {T#No, it is.#Right you are.}", "Right you are."),
        ("Is {~=ebb#Right so. ~flood#The rise.} low?", "The rise."),
    ],
)
def test_what_is_said_to_an_answer_is_kept_or_quoted(text: str, kept: str) -> None:
    imported = from_gift(text)
    written = write_lesson(imported.lesson, imported.notes)
    assert kept in " ".join(written.split()) or kept in told(imported)


@pytest.mark.parametrize(
    ("stem", "shown", "lost"),
    [
        ('See <img src="data:image/png;base64,iVBORw0KGgo">', "See (picture)", "1 picture"),
        ('<img src="@@PLUGINFILE@@/m.png" alt="A map"> x', "(picture: A map) x", "1 picture"),
        ("<img alt='a > b' src='x.png'> c", "(picture: a > b) c", "1 picture"),
        ('<audio src="@@PLUGINFILE@@/a.mp3">a.mp3</audio> x', "(sound: a.mp3) x", "1 sound"),
        ("<video><source src='v.mp4'>v.mp4</video> x", "(video) x", "1 video"),
        ('<iframe src="https://example.org/v"></iframe>', "(embedded page)", "1 embedded page"),
        ("<s>gone</s> here", "gone here", "1 `s`"),
        ('<span style="color: red">red</span>', "red", "1 color"),
        ("a<b>b</b>c", "abc", "emphasis within a word"),
    ],
)
def test_pictures_sounds_and_looks_are_told(stem: str, shown: str, lost: str) -> None:
    imported = html_stem(stem)
    assert plain_text(only(imported).stem) == shown
    assert lost in told(imported)
    assert "base64" not in write_lesson(imported.lesson, imported.notes)


def test_a_picture_of_an_older_file_is_told() -> None:
    imported = from_xml("truefalse", answer(100, "true") + "<image>ebb.gif</image>")
    assert plain_text(only(imported).stem) == "What? (picture)"
    assert "1 picture" in told(imported)


def test_what_is_said_of_a_category_or_a_description_is_told() -> None:
    raw = b"<quiz><question type='category'><category><text>$course$/Sea</text></category><info>"
    raw += b"<text>All on tides.</text></info></question><question type='description'><name>"
    raw += b"<text>d</text></name><questiontext><text>Read.</text></questiontext>"
    raw += b"<generalfeedback><text>Well read.</text></generalfeedback></question></quiz>"
    imported = read_moodle_xml(raw)
    assert "All on tides." in told(imported)
    assert "Well read." in told(imported)


def test_elements_that_nobody_reads_are_named() -> None:
    imported = from_xml("truefalse", answer(100, "true") + "<testcases><t>1</t></testcases>")
    assert "without its `testcases`" in told(imported)


def test_questions_that_stand_elsewhere_are_counted() -> None:
    raw = b'<quiz><group><question type="truefalse"/></group><question type="truefalse"><name>'
    raw += b"<text>a</text></name><questiontext><text>A?</text></questiontext>"
    raw += b'<answer fraction="100"><text>true</text></answer></question></quiz>'
    assert "elements that are not read: 1 `group`" in told(read_moodle_xml(raw))


def test_like_losses_are_one_line_with_a_number() -> None:
    questions = [f"::q{n}::Which? {{=a ~%-33.33333%b ~%-33.33333%c}}" for n in range(12)]
    imported = from_gift("\n\n".join([*questions, "::last::Is it? {T##Yes.}"]))
    assert imported.left_out == (
        "12 questions, the first on line 1: without the part of the points that some options gave "
        "or took.",
        "Line 25, “last”: without what is said to a right answer: “Yes.”.",
    )
    assert len(imported.details) == 13
    assert imported.details[0] == "Line 1, “q0”: without the part of the points for “b”, “c”."


def test_the_number_of_questions_left_out_comes_first() -> None:
    kinds = ["coderunner"] * 5 + ["truefalse"] * 2
    body = "<name><text>q</text></name><questiontext><text>Is it?</text></questiontext>"
    body += answer(100, "true")
    raw = "".join(f'<question type="{kind}">{body}</question>' for kind in kinds)
    imported = read_moodle_xml(f"<quiz>{raw}</quiz>".encode())
    assert imported.left_out == (
        "5 of 7 questions.",
        "5 questions, the first on line 1: left out, for we have no questions of the type "
        "coderunner.",
    )


def test_every_reason_is_named_where_nothing_can_be_read() -> None:
    kinds = ["coderunner", "coderunner", "stack", "formulas"]
    raw = "".join(
        f'<question type="{kind}"><name><text>q</text></name></question>' for kind in kinds
    )
    with pytest.raises(CannotRead) as refusal:
        read_moodle_xml(f"<quiz>{raw}</quiz>".encode())
    for part in ("2 of 4", "type coderunner", "type stack", "type formulas"):
        assert part in refusal.value.remedy


# One flaw costs one flaw


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("Which? {\n~=cod\n~hen\n~cat\n}", ["cod", "hen", "cat"], "a blank option"),
        ("Which? {=cod ~hen ~ ~cat}", ["cod", "hen", "cat"], "a blank option"),
        ("Which? {=cod ~hen ~hen ~cat}", ["cod", "hen", "cat"], "twice"),
        ("Which? {~cod =cod ~hen}", ["cod", "hen"], "twice"),
        ("Which? {~%80%cod ~%20%cat ~hen}".replace("~%80%", "=%80%"), ["cod", "cat", "hen"], ""),
    ],
)
def test_one_flaw_in_the_options_costs_no_question(
    text: str, options: list[str], said: str
) -> None:
    imported = from_gift(text)
    question = only(imported)
    assert isinstance(question, Choice)
    assert [option.text for option in question.options] == options
    assert question.options[0].correct
    assert said in told(imported)


def test_a_blank_option_of_moodle_xml_is_left_out_with_a_word() -> None:
    inner = answer(100, "cod") + answer(0, "hen") + answer(0, "<p> </p>") + answer(0, "hen", "No.")
    imported = from_xml("multichoice", inner)
    question = only(imported)
    assert isinstance(question, Choice)
    assert [(option.text, option.feedback) for option in question.options] == [
        ("cod", None),
        ("hen", "No."),
    ]
    assert "a blank option" in told(imported)
    assert "twice" in told(imported)


@pytest.mark.parametrize(
    ("text", "answers", "note"),
    [
        ("Name it. {=*ebb*}", ["ebb"], "“*ebb*” is a pattern"),
        ("Name it. {=colo*r}", ["color"], "is a pattern"),
        ("Name it. {=ebb*tide}", ["ebb tide"], "is a pattern"),
        ("Name it. {=ebb =*tide}", ["ebb", "tide"], "is a pattern"),
        ("Name it. {=%80%ebb =%20%tide}", ["ebb"], "earned most"),
        ("They {=have gone|went} home.", ["have gone|went"], "The sign | in"),
        ("Write {=a||b} here.", ["a||b"], "The sign | in"),
        ("Write {=\\{\\{x\\}\\}} here.", ["{{x}}"], ""),
    ],
)
def test_one_flaw_in_what_is_accepted_costs_no_question(
    text: str, answers: list[str], note: str
) -> None:
    imported = from_gift(text)
    question = only(imported)
    assert isinstance(question, Text)
    assert list(question.answers) == answers
    assert note in notes(imported)


def test_no_mistake_that_import_writes_scores_full() -> None:
    inner = (
        answer(100, "for") + answer(0, "For", "Small letters.") + answer(50, " for!", "No sign.")
    )
    for usecase, exact in (("0", False), ("1", True)):
        imported = from_xml("shortanswer", f"<usecase>{usecase}</usecase>{inner}")
        question = only(imported)
        assert isinstance(question, Text)
        assert question.exact is exact
        assert list(cannot_be_failed(((), question))) == []
        assert "Small letters." in write_lesson(imported.lesson, imported.notes)


def test_pairs_that_cannot_be_wrong_are_no_question() -> None:
    with pytest.raises(CannotRead, match="None") as refusal:
        from_gift("Match. {=a -> x =b -> x}")
    assert "all the same" in refusal.value.remedy


# Types with a counterpart


def test_numbers_and_exact_words_stand_in_gaps() -> None:
    imported = from_xml(
        "cloze",
        "",
        r"A spider has {1:NUMERICAL:=8:0} legs, {1:NM:=2:0.5} parts, {1:SAC:=Webs} in \(x_{1}\).",
    )
    question = only(imported)
    assert isinstance(question, Gaps)
    assert question.gaps() == (("8",), ("2",), ("Webs",))
    assert "the tolerance of “2 ± 0.5”" in told(imported)
    assert question.exact


def test_braces_around_a_gap_stay_braces() -> None:
    question = only(from_xml("cloze", "", "A set {a, {1:SA:=b}} and {{x}} in C"))
    assert isinstance(question, Gaps)
    assert question.gaps() == (("b",),)
    assert [plain_text(piece) for piece in question.pieces()] == ["A set {a,", "} and {{x}} in C"]


@pytest.mark.parametrize(
    ("kind", "boxes"),
    [
        ("gapselect", "selectoption"),
        ("ddwtos", "dragbox"),
    ],
)
def test_words_to_select_or_to_drag_are_gaps_with_a_bank(kind: str, boxes: str) -> None:
    inner = "".join(
        f"<{boxes}><text>{word}</text><group>1</group></{boxes}>" for word in ("cat", "mat", "cow")
    )
    imported = from_xml(kind, inner, "<p>The [[1]] sat on the <b>[[2]]</b>.</p>")
    question = only(imported)
    assert isinstance(question, Gaps)
    assert question.gaps() == (("cat",), ("mat",))
    assert question.bank == ("cow",)
    assert imported.left_out == ()


def test_gaps_in_brackets_are_gaps() -> None:
    inner = (
        answer(100, "cat") + "<delimitchars>[]</delimitchars><answerdisplay>gapfill</answerdisplay>"
    )
    question = only(from_xml("gapfill", inner, "The [cat | dog] sat on the [mat]."))
    assert isinstance(question, Gaps)
    assert question.gaps() == (("cat", "dog"), ("mat",))


def test_questions_with_several_right_options_come_in() -> None:
    inner = answer(100, "a") + answer(100, "b") + answer(0, "c")
    whole, part = (only(from_xml(kind, inner)) for kind in ("multichoiceset", "oumultiresponse"))
    assert isinstance(whole, Multiple)
    assert isinstance(part, Multiple)
    assert [option.correct for option in whole.options] == [True, True, False]
    assert (whole.scoring, part.scoring) == ("all-or-nothing", "partial")


def test_a_calculated_question_comes_in_with_its_first_values() -> None:
    values = "".join(
        f"<dataset_definition><name><text>{name}</text></name><dataset_items><dataset_item>"
        f"<number>1</number><value>{value}</value></dataset_item><dataset_item><number>2</number>"
        "<value>9</value></dataset_item></dataset_items></dataset_definition>"
        for name, value in (("a", "3"), ("b", "1.5"))
    )
    more = "<tolerance>0.01</tolerance><tolerancetype>1</tolerancetype>"
    imported = from_xml(
        "calculatedsimple",
        answer(100, "sqrt({a}*{a}) + pow({b}, 2)", more=more)
        + f"<dataset_definitions>{values}</dataset_definitions>",
        "<p>How much is {a} + {b}<sup>2</sup>? ({=2*{a}} is too much)</p>",
    )
    question = only(imported)
    assert isinstance(question, Number)
    assert plain_text(question.stem) == "How much is 3 + 1.5²? (6 is too much)"
    assert question.answer == Decimal("5.25")
    assert Decimal(question.tolerance.removesuffix("%")) == 1
    assert "the first set of 2: a = 3, b = 1.5" in notes(imported)


@pytest.mark.parametrize("formula", ["{a}.__class__", "9**9**9", "open('x')", "{a}/0", "(" * 300])
def test_a_formula_that_is_none_costs_its_question_only(formula: str) -> None:
    values = (
        "<dataset_definitions><dataset_definition><name><text>a</text></name><dataset_items>"
        "<dataset_item><value>3</value></dataset_item></dataset_items></dataset_definition>"
        "</dataset_definitions>"
    )
    with pytest.raises(CannotRead) as refusal:
        from_xml("calculatedsimple", answer(100, formula) + values)
    assert "cannot be reckoned" in refusal.value.remedy


def test_a_matrix_comes_in() -> None:
    columns = "".join(f"<col><shorttext>{name}</shorttext></col>" for name in ("yes", "no"))
    rows = "".join(f"<row><shorttext>{name}</shorttext></row>" for name in ("cod", "hen"))
    weights = "".join(
        "<weights-of-row>"
        + "".join(f"<weight-of-col>{weight}</weight-of-col>" for weight in row)
        + "</weights-of-row>"
        for row in ((1, 0), (0, 1))
    )
    question = only(from_xml("matrix", rows + columns + weights, "Is it a fish?"))
    assert isinstance(question, Matrix)
    assert [(row.text, row.column) for row in question.entries] == [("cod", "yes"), ("hen", "no")]


# Large banks


def test_a_large_bank_is_parted_by_category() -> None:
    bank = "\n\n".join(
        f"$CATEGORY: Bank/{name}\n\n" + "\n\n".join(f"Is it {n}? {{T}}" for n in range(count))
        for name, count in (("Sea", 700), ("Land", 1_200), ("Air", 3))
    )
    imported = from_gift(bank)
    assert imported.too_large
    assert len(imported.lesson.questions()) == 1_903
    assert [(part.lesson.title, len(part.lesson.questions())) for part in imported.parts] == [
        ("Sea", 700),
        ("Land (1 of 2)", 1_000),
        ("Land (2 of 2)", 200),
        ("Air", 3),
    ]
    ids = [question.id for part in imported.parts for question in part.lesson.questions()]
    assert len(set(ids)) == len(ids)


WORDS = "the tide rises and falls "
LARGE = {
    "long texts": lambda: "\n\n".join(f"Question {n}: {WORDS * 40}? {{T}}" for n in range(700)),
    "many values": lambda: "\n\n".join(
        f"Question {n} {{{' '.join(f'={at}->{at}' for at in range(60))}}}" for n in range(600)
    ),
}


@pytest.mark.parametrize(
    "shape", ["long texts", pytest.param("many values", marks=pytest.mark.long)]
)
def test_no_lesson_of_a_large_bank_is_larger_than_its_reader_takes(
    shape: str, tmp_path: Path
) -> None:
    imported = from_gift(LARGE[shape]())
    assert imported.too_large
    assert len(imported.parts) > 1
    for part in imported.parts:
        file = tmp_path / "part.yaml"
        file.write_text(write_lesson(part.lesson, part.notes), "utf-8")
        assert [found for found in check(file) if found.severity == "error"] == []
    together = [one.id for part in imported.parts for one in part.lesson.questions()]
    assert together == [one.id for one in imported.lesson.questions()]


def test_a_question_with_a_text_longer_than_a_lesson_takes_is_left_out() -> None:
    imported = from_gift(f"Which? {{T}}\n\nWhich {WORDS * 900}? {{T}}")
    assert len(imported.lesson.questions()) == 1
    assert "one of its texts has more than 20,000 characters" in imported.left_out[0]


def test_a_small_bank_of_several_categories_is_one_lesson_or_several() -> None:
    imported = from_gift("$CATEGORY: A\n\nOne? {T}\n\n$CATEGORY: B\n\nTwo? {T}")
    assert not imported.too_large
    assert [part.lesson.title for part in imported.parts] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Which? {~%50,0%cod ~%50,0%eel}", "with a point"),
        ("Which? {~%-33,3%cod =eel}", "with a point"),
        ("Which? {~% 50 %cod ~%50%eel}", "without spaces"),
    ],
)
def test_a_weight_that_is_written_otherwise_is_named(text: str, said: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        from_gift(text)
    assert said in refusal.value.remedy


@pytest.mark.parametrize("text", ["{{Ebb}} is the falling of the tide.", "{{A}} b {{c}} d"])
def test_a_text_that_begins_with_its_gap_stands_apart_from_the_stem(text: str) -> None:
    question = Gaps(id="q", stem="Fill in.", text=text)
    course = Course(id="c", title="C", folder="/c", lessons=())
    lesson = Lesson(title="L", id="l", quiz=Quiz(questions=(question,)))
    read: list[Question] = []
    content = moodle_xml(course, [lesson]).content
    assert isinstance(content, bytes)
    read.append(only(read_moodle_xml(content)))
    if len(question.gaps()) == 1:
        content = gift(course, [lesson]).content
        assert isinstance(content, str)
        assert r"Fill in.\n\n{" in content
        read.append(only(read_gift(content)))
    for back in read:
        assert isinstance(back, Gaps)
        assert (back.stem, back.text) == (question.stem, text)


MARKUP = ["<!--", "<a '", "<li>", "<b>", "<table><tr><td>x", "<sup>x", "<math>", "&nbsp; x = 1<br>"]


@pytest.mark.parametrize(
    "again", few("<i>a</i>", "<p>&nbsp; x()</p>", "$x$ ", "*a* ", more=MARKUP), ids=repr
)
def test_no_markup_takes_long_to_read(again: str) -> None:
    def read(size: int) -> None:
        with contextlib.suppress(CannotRead):
            html_stem(again * (size // len(again)))

    assert growth(read, 6_000) < 50


def test_check_counts_warnings_of_a_bank_that_are_alike(tmp_path: Path) -> None:
    bank = "\n\n".join(f"Which is {n}? {{=right {n} ~wrong {n}#No. ~none {n}}}" for n in range(60))
    imported = from_gift(bank)
    path = tmp_path / "bank.yaml"
    path.write_text(write_lesson(imported.lesson, imported.notes), encoding="utf-8")
    said: list[str] = []
    tally = print_findings(check_paths([path]), "people", said.append)
    shown = [one for one in said if "[silent-distractor]\n" in one]
    assert len(shown) == MOST_ALIKE
    (counted,) = [one for one in said if "more warnings like these" in one]
    assert f"{60 - MOST_ALIKE} [silent-distractor]" in counted
    assert tally.warnings >= 60


# Around gaps, and in numbered lists, too


@pytest.mark.parametrize("form", ["html", "plain_text", "moodle_auto_format"])
@pytest.mark.parametrize(
    ("before", "behind"),
    [("*", "*"), ("`", "`"), ("$", "$"), ("$i", "; $j"), ("$$", "$$"), ("\\(", "\\)"), ("~", "~")],
)
def test_signs_on_both_sides_of_a_gap_are_shown(form: str, before: str, behind: str) -> None:
    gap = "{1:SHORTANSWER:=b}"
    stem = f"x {before}a{gap}c{behind} y {before}{gap}{behind} z"
    question = only(from_xml("cloze", "", stem, form))
    assert isinstance(question, Gaps)
    assert question.gaps() == (("b",), ("b",))
    assert question.with_blanks(plain_text, lambda _: gap) == stem


def test_a_formula_beside_a_gap_stays_one() -> None:
    question = only(from_xml("cloze", "", "With $x^2$ it is {1:SHORTANSWER:=b}, with $y$ not."))
    assert isinstance(question, Gaps)
    assert question.with_blanks(plain_text, lambda _: "…") == "With x² it is …, with y not."


def test_a_list_is_numbered_from_where_it_begins() -> None:
    numbered = "<p>First</p><ol start='4'><li>a</li><li value='7'>b</li><li>c</li></ol>"
    assert only(html_stem(numbered)).stem == "First\n\n4. a\n7. b\n8. c\n"
    odd = "<p>First</p><ol start='-1'><li>a</li><li value='x'>b</li></ol>"
    assert only(html_stem(odd)).stem == "First\n\n1. a\n2. b\n"


@pytest.mark.parametrize("sign", ["\ue000", "\ufdd0", "&#xE000;", "&#xFDD0;"])
def test_a_character_of_a_private_font_is_taken_for_no_gap(sign: str) -> None:
    """Around the gaps stands what looks like a formula from one to the other."""
    inner = f"cost $i {{1:SHORTANSWER:=a}} and j$ {sign} {{1:SHORTANSWER:=b}} x"
    question = only(from_xml("cloze", "", f"<p>{inner}</p>"))
    assert isinstance(question, Gaps)
    assert question.gaps() == (("a",), ("b",))
    assert len(question.pieces()) == 3
    word = "<selectoption><text>a</text></selectoption>"
    chosen = only(from_xml("gapselect", word, f"{sign} is [[1]]."))
    assert isinstance(chosen, Gaps)
    assert chosen.gaps() == (("a",),)
    filled = only(from_gift(f"[html]Take {sign} for {{=a}} here."))
    assert isinstance(filled, Gaps)
    assert filled.gaps() == (("a",),)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("gift", "[html]<p>q {0} <img alt='{0}' src='a'></p> {{=a {0} ~b}}"),
        ("markdown", "# q\n\nwhat {0} <math><mi>{0}</mi></math>?\n\n- [x] {0}\n- [ ] b\n"),
        ("csv", "front,back\n{0} what?,{0}\n<math><mi>{0}</mi></math> <b>{0}</b>,b\n"),
        (
            "moodle-xml",
            '<quiz><question type="cloze"><name><text>n</text></name><questiontext format="html">'
            "<text><![CDATA[<p>x {0} <math><mi>{0}</mi></math> {{1:SHORTANSWER:=a {0}}}</p>]]>"
            "</text></questiontext></question></quiz>",
        ),
    ],
)
def test_an_entity_of_thousands_of_digits_stops_no_import(form: str, text: str) -> None:
    assert list(read_as(form, text.format(f"&#{'9' * 5000};").encode()).lesson.questions())
