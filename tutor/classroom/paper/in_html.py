"""Sheets to print and hand out, a page or more for each learner; and the key, a file of its own."""

from functools import cache

from tutor import phrases
from tutor.classroom.html_page import page, section, table
from tutor.classroom.paper import letters
from tutor.classroom.paper.sheets_file import Printing, Sheet
from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import (
    AnyQuestion,
    Gaps,
    Matching,
    Number,
    Options,
    Order,
    Question,
    TrueFalse,
)
from tutor.course.text import cells, clean, one_line
from tutor.markdown_to_html import phrase, spoken, tag, text

_STYLE = """
.sheet { break-after: page; margin-bottom: 4rem; }
.sheet:last-child { break-after: auto; }
.head { display: flex; justify-content: space-between; align-items: flex-end; gap: 1rem;
  border-bottom: 2px solid #1f2328; padding-bottom: .3rem; }
.head h2 { border: 0; margin: 0; font-size: 1.3rem; }
.code { font: bold 1.6rem/1.1 ui-monospace, Consolas, "DejaVu Sans Mono", monospace;
  letter-spacing: .12em; white-space: nowrap; margin: 0; }
.strip { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem .45rem; padding: 0 0 0 1px;
  margin: .6rem 0 1rem; }
.strip li { text-align: center; font-size: .85rem; line-height: 1.2; }
.boxes { display: flex; justify-content: center; }
.box { display: block; width: 2rem; height: 2rem; border: 1px solid #1f2328;
  margin-left: -1px; }
.wide { width: 5rem; }
.question { display: grid; grid-template-columns: 2.2rem 1fr; break-inside: avoid;
  margin: 0 0 .8rem; }
.question > p { font-weight: bold; margin: 0; }
.asked { min-width: 0; overflow-wrap: anywhere; }
.asked pre { white-space: pre-wrap; margin: .2rem 0; }
.asked > p:first-child { margin-top: 0; }
.asked th, .asked td { padding: .1rem .3rem; }
.how { color: #4b5563; font-style: italic; }
.choices { list-style: none; margin: .15rem 0; padding: 0; display: grid; gap: 0 1rem; }
.short { grid-template-columns: 1fr 1fr; }
.choices li { display: grid; grid-template-columns: 1.5rem 1fr; }
.choices p { margin: 0; }
.lettered { font-weight: bold; }
.gap { white-space: nowrap; }
.answers td { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }
@media print {
  .screen { display: none; }
  /* What heads a table is printed anew on each of its pages, by every browser. */
  .sheet { display: table; width: 100%; margin: 0; }
  .again { display: table-header-group; break-inside: avoid; }
  .head { margin-bottom: 2mm; }
  .questions { columns: 2; column-gap: 8mm; font: 10.5pt/1.2 "Times New Roman", Times, serif; }
  .question { grid-template-columns: 6mm 1fr; margin-bottom: 3mm; }
  .question p { margin: .3mm 0; }
  .choices + .choices { margin-top: 1.5mm; }
  .short { grid-template-columns: 1fr; }
  .key { font-size: 9pt; }
}
"""
_SHORT = 34
"""So wide an option may be where two stand side by side."""


def sheets_as_html(printing: Printing) -> str:
    """The sheets; nothing in them says what is right."""
    count = phrases.plural(len(printing.sheets), "sheet")
    head = tag(
        "div",
        tag("h1", text(f"Test: {printing.title}"))
        + tag("p", text(f"{count} to print, each with its learner's name and a code."), "quiet"),
        "screen",
    )
    drawn = _Drawn(printing)
    numbered = list(enumerate(printing.sheets, 1))
    return page(
        f"Test: {printing.title}",
        head + "".join(drawn.sheet(number, sheet) for number, sheet in numbered),
        _STYLE + "".join(_foot(number, sheet) for number, sheet in numbered),
    )


def _foot(number: int, sheet: Sheet) -> str:
    """What stands at the foot of each page of a sheet, in browsers that count pages."""
    name = f"sheet-{number}"
    said = _in_css(f"{sheet.code} · {clean(one_line(sheet.name))} · page ")
    box = f'@bottom-right {{ content: "{said}" counter({name}); font: 9pt sans-serif; }}'
    return f"@page {name} {{ counter-increment: {name}; {box} }}\n"


def _in_css(words: str) -> str:
    """Words inside quotes of a style sheet, whatever signs are in them."""
    return "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x} " for sign in words
    )


class _Drawn:
    """Questions as HTML, each text made once for all sheets."""

    def __init__(self, printing: Printing) -> None:
        self._printing = printing
        self._said = cache(spoken)
        self._phrase = cache(phrase)

    def sheet(self, number: int, sheet: Sheet) -> str:
        asked = self._printing.asked_on(sheet)
        head = tag(
            "div",
            tag("h2", text(sheet.name))
            + f'<p class="code" aria-label="Code {" ".join(sheet.code)}">{sheet.code}</p>',
            "head",
        )
        about = tag("p", text(self._about(sheet)), "quiet")
        how = "Write your answers into these boxes: the letters, or the number that is asked for."
        strip = "".join(_box(at, question) for at, question in enumerate(asked, 1))
        questions = "".join(
            self._question(at, question, sheet.seed) for at, question in enumerate(asked, 1)
        )
        body = (
            about
            + tag("p", how, "how")
            + tag("ol", strip, "strip")
            + tag("div", questions, "questions")
        )
        inside = tag("div", head, "again") + tag("div", body)
        return f'<section class="sheet" style="page: sheet-{number}">{inside}</section>'

    def _about(self, sheet: Sheet) -> str:
        told = [self._printing.title, phrases.plural(len(sheet.questions), "question")]
        if self._printing.minutes is not None:
            told.append(phrases.plural(self._printing.minutes, "minute"))
        return " · ".join(told)

    def _question(self, number: int, question: AnyQuestion, seed: int) -> str:
        points = (
            tag("p", text(phrases.plural(question.points, "point")), "quiet")
            if question.points > 1
            else ""
        )
        said = self._said(question.stem)
        if not said.startswith("<"):
            said = tag("p", said)
        asked = said + points + self._to_choose_from(question, seed)
        return tag("div", tag("p", str(number)) + tag("div", asked, "asked"), "question")

    def _to_choose_from(self, question: Question, seed: int) -> str:
        how = tag("p", text(_how(question)), "how") if _how(question) else ""
        match question:
            case Options() | Order():
                return how + self._lettered(question, seed)
            case Matching():
                rows = question.arranged(seed).rows
                listed = "".join(
                    _entry(f"{number}.", self._phrase(row.text))
                    for number, row in enumerate(rows, 1)
                )
                return how + tag("ul", listed, "choices") + self._lettered(question, seed)
            case Gaps():
                sentence = question.with_blanks(
                    self._said, lambda number: tag("span", f"({number}) ________", "gap")
                )
                if not sentence.startswith("<"):
                    sentence = tag("p", sentence)
                return sentence + how + self._lettered(question, seed)
            case _:
                return how

    def _lettered(self, question: Question, seed: int) -> str:
        names = letters.letters_of(question, seed)
        things = letters.lettered(question, seed)
        verbatim = isinstance(question, Gaps)  # its words mean themselves
        listed = "".join(
            _entry(names[one.id], text(one.text) if verbatim else self._phrase(one.text))
            for one in things
        )
        short = all(cells(plain_item_line(one.text)) <= _SHORT for one in things)
        return tag("ul", listed, "choices short" if short else "choices")


def _entry(letter: str, inner: str) -> str:
    return tag("li", tag("span", letter, "lettered") + tag("div", inner))


def _box(number: int, question: Question) -> str:
    places = letters.places(question)
    box = '<span class="box"></span>' * places or '<span class="box wide"></span>'
    return tag("li", str(number) + tag("span", box, "boxes"))


def _how(question: Question) -> str:
    match question:
        case TrueFalse():
            return ""
        case Options():
            return "Write the letters of all that apply." if question.several else ""
        case Order():
            return "Write the letters in the right order."
        case Matching():
            return "Write a letter for each line, from the first to the last."
        case Gaps():
            return "Write a letter for each gap, from the first to the last."
        case Number():
            return (
                f"Write a number, in {one_line(question.unit)}."
                if question.unit
                else ("Write a number.")
            )
        case _:
            return ""


# The key


def key_as_html(printing: Printing) -> str:
    """What is right on each sheet, by its code, and what the questions ask."""
    body = tag("h1", text(f"Key: {printing.title}"))
    body += tag("p", "For the teacher, to keep back.", "lead")
    longest = max(len(sheet.questions) for sheet in printing.sheets)
    numbers = [str(number) for number in range(1, longest + 1)]
    rows = [
        [text(sheet.name), sheet.code, *_right_on(printing, sheet, longest)]
        for sheet in sorted(printing.sheets, key=lambda one: one.name.casefold())
    ]
    said = "What to expect in the boxes, question by question"
    answers = table(said, ["Learner", "Code", *numbers], rows, figures=longest + 2)
    asked = [
        [text(plain_line(one.question.stem)), text(phrases.right_answer(one.question))]
        for one in printing.questions.values()
    ]
    told = table("All that is asked on any sheet", ["Question", "Right"], asked, figures=2)
    body += section("By sheet", tag("div", answers, "answers")) + section("By question", told)
    return page(f"Key: {printing.title}", tag("div", body, "key"), _STYLE)


def _right_on(printing: Printing, sheet: Sheet, longest: int) -> list[str]:
    right = [
        text(letters.written(question, sheet.seed, question.key()))
        for question in printing.asked_on(sheet)
    ]
    return right + [""] * (longest - len(right))
