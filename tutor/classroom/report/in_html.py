"""The report as one HTML file to read, print, or keep."""

from tutor import phrases
from tutor.classroom.analysis.item_analysis import ItemFigures, ObjectiveFigures, ResponseFigures
from tutor.classroom.html_page import page, section, share, table, tag, text
from tutor.classroom.report.contents import Report
from tutor.classroom.report.in_lines import NOTHING, asked, notes_on_figures, summary, whole_test
from tutor.course.text import one_line

_STYLE = """
@media print { .appendix { break-before: page; } }
"""


def as_html(report: Report) -> str:
    """The report as a document; names are in it only where the report shows them."""
    body = tag("h1", text(f"{report.title} · {report.what}")) + _head(report)
    if report.handed_in:
        body += _topics(report) + _objectives(report) + _scores(report)
        whole = [*whole_test(report)]
        if whole:
            body += section("The test as a whole", "".join(tag("p", text(one)) for one in whole))
    if report.texts:
        told = (
            tag("h3", text(f"{name}, {one.kind}: {one.about}")) + tag("p", text(one.text))
            for name, one in report.texts
        )
        body += section("In their own words", "".join(told))
    if report.set_aside:
        listed = "".join(tag("li", text(one)) for one in report.set_aside)
        body += section("Left out, or odd", tag("ul", listed))
    if report.handed_in:
        body += _questions(report)
    return page(f"{report.title}: report", body, _STYLE)


def _head(report: Report) -> str:
    if not report.handed_in:
        return tag("p", text(NOTHING))
    said = tag("p", text(f"{report.turnout}."))
    for at, one in enumerate(summary(report)):
        said += tag("p", text(one), "" if at else "lead")
    if report.missing_count:
        said += tag("p", text(f"Missing: {report.missing_said}"))
    return said


def _topics(report: Report) -> str:
    if not report.topics:
        return ""
    told = [
        tag(
            "div",
            tag("h3", text(f"{topic.figures.number}. {one_line(topic.figures.item.stem)}"))
            + tag("p", text(phrases.sentence(f"Right: {asked(topic.figures)}; {topic.why}"))),
            "item",
        )
        for topic in report.topics
    ]
    return section("Talk about these", "".join(told))


def _objectives(report: Report) -> str:
    if not report.test.objectives:
        return ""
    blank = any(one.unanswered for one in report.test.objectives)
    rows = [
        [
            _label(report, one) + text(one.text),
            text(phrases.capital(one.lesson)),
            str(one.answers),
            *[str(one.unanswered)] * blank,
            share(one.share),
        ]
        for one in report.test.objectives
    ]
    columns = ["Objective", "Lesson", "Asked", *["Not answered"] * blank, "Right"]
    level = tag("p", text(report.level_in_words)) if report.level_in_words else ""
    return section(
        "Objectives of the lessons", level + table("Weakest first", columns, rows, figures=2)
    )


def _label(report: Report, one: ObjectiveFigures) -> str:
    return f"<strong>{report.to_teach}:</strong> " if one is report.teach_again else ""


def _scores(report: Report) -> str:
    if not report.names:
        rows = [[text(named), str(count)] for named, count in report.spread]
        told = table(f"Names are hidden; the {report.name} of each", ["Score", "Learners"], rows)
        return section("Scores", told) if report.sat else ""
    quizzes = list(report.lessons)
    passes = [] if report.mark is None else [f"{phrases.percent(report.mark)} passes"]
    rows = [
        [
            text(f"{row.name} ({row.unfinished})" if row.unfinished else row.name),
            *("–" if one is None else phrases.percent(one, report.mark) for one in row.shares),
            *({True: "passed", False: "not yet", None: "–"}[row.passed] for _ in passes),
            *(
                phrases.percent(row.quizzes[name]) if name in row.quizzes else "–"
                for name in quizzes
            ),
        ]
        for row in report.rows
    ]
    columns = ["Learner", *(one.capitalize() for one in report.columns), *passes]
    columns += [f"Quiz: {report.lessons[name]}" for name in quizzes]
    about = "Of quizzes the best try" if quizzes else "The score of each"
    return section("Gradebook", table(about, columns, rows))


def _questions(report: Report) -> str:
    if not report.test.items:
        return ""
    notes = "".join(tag("p", text(one), "quiet") for one in notes_on_figures(report))
    told = "".join(_question(report, one) for one in report.test.items)
    # On paper the questions begin on a page of their own: what comes first is for the lesson.
    return tag("div", section("All questions", notes + told), "appendix")


def _question(report: Report, one: ItemFigures) -> str:
    figures = [
        f"{phrases.percent(one.facility)} right",
        f"asked of {one.count}",
    ]
    if report.test.enough:
        figures += [
            f"discrimination index {_figure(one.index)}",
            f"discriminative efficiency {_figure(one.efficiency)}",
        ]
        if one.weight is not None:
            figures.append(f"effective weight {_figure(one.weight)}")
    if one.sure_and_wrong:
        figures.append(f"sure and wrong {one.sure_and_wrong}")
    if one.unanswered:
        figures.append(f"not answered {one.unanswered}")
    said = tag("h3", text(f"{one.number}. {one_line(one.item.stem)}"))
    said += tag("p", text(" · ".join(figures)), "quiet")
    if one.key_not_given:
        said += tag("p", text(f"Right, and given by nobody: {'; '.join(one.key_not_given)}"))
    if one.responses:
        rows = [_choice(report, choice, one.count) for choice in one.responses]
        rows += [_blank(report, one)] * bool(one.unanswered)
        columns = ["Answer", "Right", "Learners", "Share"]
        columns += ["Their other points"] * report.test.enough
        said += table("What was answered", columns, rows, figures=2)
    return tag("div", said, "item")


def _choice(report: Report, choice: ResponseFigures, count: int) -> list[str]:
    rest = "–" if choice.rest is None else phrases.percent(choice.rest)
    return [
        text(choice.text),
        {True: "yes", False: "no", None: "unknown"}[choice.right],
        str(choice.count),
        phrases.percent(choice.count / count),
        *[rest] * report.test.enough,
    ]


def _blank(report: Report, one: ItemFigures) -> list[str]:
    """Who left it blank, below what was answered."""
    share = phrases.percent(one.unanswered / one.count)
    return ["<em>Not answered</em>", "–", str(one.unanswered), share, *["–"] * report.test.enough]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
