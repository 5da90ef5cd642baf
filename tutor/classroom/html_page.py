"""One HTML file that needs nothing else: no script, nothing loaded, all text escaped; it prints."""

from collections.abc import Iterable, Sequence
from html import escape

from tutor import phrases
from tutor.course.text import clean

_STYLE = """
@page { margin: 14mm; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1f2328;
  background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #6b7280; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
h2, h3 { break-after: avoid; }
p { margin: .3rem 0; }
.quiet { color: #4b5563; }
.lead { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; }
caption { text-align: left; color: #4b5563; padding: .2rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid #d1d5db; }
thead th { border-bottom: 2px solid #6b7280; }
tbody th { font-weight: normal; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr, .item { break-inside: avoid; }
.bar { display: inline-block; width: 8rem; height: .6rem; border: 1px solid #4b5563; }
.bar span { display: block; height: 100%; background: #1f5a94; print-color-adjust: exact; }
.right { font-weight: bold; }
dl { margin: .3rem 0; }
dt { color: #4b5563; float: left; clear: left; width: 7rem; }
dd { margin: 0 0 0 7.5rem; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } }
@media (max-width: 40rem) { dt { float: none; } dd { margin-left: 0; } }
"""


def text(raw: str) -> str:
    """Plain text, escaped."""
    return escape(clean(raw))


def tag(name: str, inner: str, css_class: str = "") -> str:
    """An element around HTML that is already safe."""
    attribute = f' class="{css_class}"' if css_class else ""
    return f"<{name}{attribute}>{inner}</{name}>"


def page(title: str, body: str, style: str = "") -> str:
    """A whole document; its one heading of the first level has to be in the body.

    Args:
        title: What the window is called.
        body: The document, as HTML that is already safe.
        style: Style sheets of its own, after those that all have.
    """
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"{tag('title', text(title))}{tag('style', _STYLE + style)}"
    )
    inside = f"<head>{head}</head><body><main>{body}</main></body>"
    return f'<!DOCTYPE html>\n<html lang="en">{inside}</html>\n'


def section(title: str, body: str) -> str:
    """A part with its heading."""
    return tag("section", tag("h2", text(title)) + body)


def share(of: float) -> str:
    """A share as a bar with its figure beside it; the bar says nothing that the figure does not."""
    percent = phrases.percent(of)
    bar = f'<span class="bar" aria-hidden="true"><span style="width:{percent}"></span></span>'
    return f"{bar} {percent}"


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, figures: int = 1
) -> str:
    """A table of which the first columns are text and the others figures.

    Args:
        caption: What it shows.
        columns: Their headings.
        rows: The cells, as HTML that is already safe; the first heads its row.
        figures: The first column, from 0, that holds figures.
    """

    def cell(at: int, inner: str) -> str:
        end = ' class="n"' if at >= figures else ""
        return f'<th scope="row"{end}>{inner}</th>' if not at else f"<td{end}>{inner}</td>"

    def head(at: int, words: str) -> str:
        end = ' class="n"' if at >= figures else ""
        return f'<th scope="col"{end}>{text(words)}</th>'

    heads = "".join(head(at, words) for at, words in enumerate(columns))
    body = "".join(
        tag("tr", "".join(cell(at, inner) for at, inner in enumerate(row))) for row in rows
    )
    return tag(
        "table",
        tag("caption", text(caption)) + tag("thead", tag("tr", heads)) + tag("tbody", body),
    )
