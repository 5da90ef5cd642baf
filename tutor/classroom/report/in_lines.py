"""The report line by line: for a terminal of any width, for pipes, and for screen readers."""

from collections.abc import Iterator

from tutor import phrases
from tutor.classroom.analysis import statistics
from tutor.classroom.analysis.item_analysis import ItemFigures
from tutor.classroom.report.contents import Later, Report
from tutor.course.text import cells, cut, one_line

_NARROWEST = 50
_BAR = 20
_COLUMN = 6
_SURE_SHOWN = 5
OBJECTIVES = "Objectives of the lessons, weakest first"
NOTHING = "No hand-in was found. Learners write one with `tutor hand-in`."


def lines(report: Report, width: int = 80, *, bars: bool = True) -> Iterator[str]:
    """The report.

    Args:
        report: What it says.
        width: How many columns there are.
        bars: Whether shares are drawn as well; a screen reader reads them out.
    """
    width = max(_NARROWEST, width)
    yield from _head(report, width)
    if report.handed_in:
        yield from _topics(report, width)
        yield from _objectives(report, width, bars=bars)
        yield from _sure_and_wrong(report, width)
        yield from _gradebook(report, width) if report.names else _spread(report, width, bars=bars)
        yield from _items(report, width)
        yield from _whole_test(report, width)
    yield from _texts(report, width)
    if report.set_aside:
        yield from _part("Left out, or odd", "", width)
        for one in report.set_aside:
            yield from _wrapped("", one + "." * (one[-1:] not in ".?!"), width)


def _head(report: Report, width: int) -> Iterator[str]:
    if not report.handed_in:
        yield from _wrapped("", NOTHING, width)
    else:
        title = f"{report.title} · {report.what}"
        if cells(title) + cells(report.turnout) + 2 <= width:
            yield _ends(title, report.turnout, width)
        else:
            yield from _wrapped("", title, width)
            yield report.turnout
        yield ""
        for said in summary(report):
            yield from _wrapped("", said, width)
    if report.missing_count:
        yield from _wrapped("missing    ", report.missing_said, width)
    if report.set_aside:
        yield f"odd        {phrases.plural(report.odd_count, 'thing')}, told at the end"


def summary(report: Report) -> Iterator[str]:
    """How the class did: the run that the report is about, what passed, what was learned since."""
    if report.average is None:
        yield "Nothing finished was handed in."
        return
    said = f"{phrases.percent(report.average)} on average"
    if report.before is None:
        yield f"{said} · {passed(report)}" if report.passed is not None else f"{said}."
    else:
        listed = report.expected if report.present == report.sat else None
        sat = f"{report.name}: {report.sat} of {listed or report.handed_in}"
        yield f"{sat} · {said}, {before(report)}"
        yield passed(report)
    if report.with_blanks:
        yield blanks(report)
    if report.gain is not None:
        yield learned(report.gain)
    if report.later is not None:
        yield sat_again(report, report.later)


def learned(gain: float) -> str:
    """What a class learned from the test before to the one after; a loss is no number to read."""
    if gain > 0:
        return f"learned    {gain:.0%} of what was missing before is right now"
    return "Fewer right after than before." if gain < 0 else "As many right after as before."


def blanks(report: Report) -> str:
    """How many left questions blank: their scores tell less of what they know."""
    return f"{report.with_blanks} of {report.sat} left questions blank."


def before(report: Report) -> str:
    """How those did before who sat the test after."""
    assert report.before is not None
    same = "the same learner" if report.sat == 1 else f"the same {report.sat}"
    return f"{phrases.percent(report.before)} before ({same})"


def passed(report: Report) -> str:
    """How many passed, of those who have the run that the report is about."""
    assert report.passed is not None
    assert report.mark is not None
    return f"{report.passed} of {report.sat} passed ({phrases.percent(report.mark)} passes)"


def sat_again(report: Report, later: Later) -> str:
    """How those did who sat again since the run that the report is about."""
    kind = report.test.occasion.kind
    what = {"quiz": "took it again", "before": "sat the test after"}.get(kind, "sat another later")
    this = {"quiz": "the first time", "before": "before"}.get(kind, "in this one")
    average, before = phrases.percent(later.average), phrases.percent(later.before)
    return f"{later.count} of {report.sat} {what}: {average} on average, {before} {this}"


def _topics(report: Report, width: int) -> Iterator[str]:
    if not report.topics:
        return
    count = len(report.topics)
    title = "Talk about this one" if count == 1 else f"Talk about these {phrases.in_words(count)}"
    yield from _part(title, "right", width)
    for topic in report.topics:
        yield from _row_of(topic.figures, width)
        yield from _wrapped("    ", topic.why, width - 6)


def _row_of(one: ItemFigures, width: int) -> Iterator[str]:
    yield from _stem(one, asked(one), width)


def _stem(one: ItemFigures, end: str, width: int) -> Iterator[str]:
    """What a question asks, in full, with figures at the end of its first line."""
    room = width - max(16, cells(end) + 2)
    first, *rest = _wrapped(f"{one.number:>2}  ", one_line(one.item.stem), room)
    yield _ends(first, end, width)
    yield from rest


def asked(one: ItemFigures) -> str:
    """How much was earned of a question, and of how many."""
    return f"{phrases.percent(one.facility)} of {one.count} asked"


def _objectives(report: Report, width: int, *, bars: bool) -> Iterator[str]:
    told = report.test.objectives
    if not told:
        return
    yield from _part(OBJECTIVES, "right", width)
    if report.level_in_words:
        yield from _wrapped("", report.level_in_words, width)
    room = width - 6 - (_BAR + 2 if bars else 0)
    for one in told:
        drawn = f"{_bar(one.share)}  " if bars else ""
        end = f"{drawn}{phrases.percent(one.share):>4}"
        advice = f"{report.to_teach}: " if one is report.teach_again else ""
        first, *rest = _wrapped("", f"{advice}{one.text}", room)
        yield _ends(first, end, width)
        yield from rest
        yield from _wrapped("    ", one.lesson, room)


def _sure_and_wrong(report: Report, width: int) -> Iterator[str]:
    """The questions that learners were sure of, and missed: the mistakes that stay."""
    found = [one for one in report.test.items if one.sure_and_wrong]
    if not found:
        return
    yield from _part("Sure, and wrong", "learners", width)
    for one in sorted(found, key=lambda one: -one.sure_and_wrong)[:_SURE_SHOWN]:
        yield from _stem(one, f"{one.sure_and_wrong} of {one.count}", width)


def _gradebook(report: Report, width: int) -> Iterator[str]:
    caption = "  ".join(f"{one:>{_COLUMN}}" for one in report.columns)
    yield from _part("Gradebook", f"{caption}    ", width)
    room = width - len(caption) - 8
    for row in report.rows:
        shares = "  ".join(
            f"{'–' if one is None else phrases.percent(one, report.mark):>{_COLUMN}}"
            for one in row.shares
        )
        sign = {True: "✓", False: "·", None: " "}[row.passed]
        yield _ends(cut(row.name, room), f"{shares}   {sign}", width).rstrip()
        if row.unfinished:
            yield f"    {row.unfinished}"
        for lesson, share in row.quizzes.items():
            title = report.lessons.get(lesson, lesson)
            best = phrases.percent(share)
            yield _ends(cut(f"    quiz: {title}", room), f"{best:>{_COLUMN}}    ", width).rstrip()


def _spread(report: Report, width: int, *, bars: bool) -> Iterator[str]:
    if not report.sat:
        return
    yield from _part("Scores", "names hidden; --names shows them", width)
    most = max(report.bands) or 1
    for named, count in report.spread:
        drawn = "━" * round(count / most * _BAR) if bars else ""
        yield f"{named:>11}  {count:>3}  {drawn}".rstrip()


def _items(report: Report, width: int) -> Iterator[str]:
    test = report.test
    if not test.items:
        return
    if test.enough:
        yield from _part("Questions", " asked  right  discr.  effic.", width)
    else:
        yield from _part("Questions", "asked  right", width)
    for one in test.items:
        figures = f"{one.count:>6}  {phrases.percent(one.facility):>5}"
        if test.enough:
            figures += f"  {_figure(one.index):>6}  {_figure(one.efficiency):>6}"
        yield from _stem(one, figures, width)
    for said in notes_on_figures(report):
        yield from _wrapped("", said, width)


def notes_on_figures(report: Report) -> Iterator[str]:
    """How far the figures of the questions can be trusted."""
    if not report.test.enough:
        yield (
            f"With fewer than {statistics.ENOUGH} learners nothing can be said about the questions "
            "themselves."
        )
    elif report.test.with_caution:
        yield (
            f"With fewer than {statistics.CAUTION} learners, take these figures with caution: one "
            "learner more or less moves them."
        )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _whole_test(report: Report, width: int) -> Iterator[str]:
    said = list(whole_test(report))
    if said:
        yield from _part("The test as a whole", "", width)
    for one in said:
        yield from _wrapped("", one, width)


def whole_test(report: Report) -> Iterator[str]:
    """How the test did its work as a whole; nothing where too few sat it."""
    test = report.test
    if test.mean is None or test.deviation is None:
        return
    yield f"Mean {100 * test.mean:.1f}%, standard deviation {100 * test.deviation:.1f}%."
    if test.consistency is not None and test.error is not None:
        judged = _consistent(test.consistency)
        yield f"Internal consistency (alpha) {test.consistency:.1f}%: {judged}."
        yield f"Standard error {test.error:.1f}%: a score is no more exact than that."
    elif not test.same_questions:
        yield (
            "Learners got different questions, so consistency and standard error are not worked "
            "out."
        )


def _consistent(consistency: float) -> str:
    if consistency >= 75:
        return "satisfactory"
    return "not satisfactory" if consistency < 64 else "nearly satisfactory"


def _texts(report: Report, width: int) -> Iterator[str]:
    """What learners wrote, and handed in by choice."""
    if not report.text_count:
        return
    yield from _part("In their own words", "", width)
    if not report.texts:
        count = phrases.plural(report.text_count, "text")
        yield f"{count}; --names shows them."
    for name, one in report.texts:
        yield from _wrapped("", f"{name}, {one.kind}: {one.about}", width)
        for line in one.text.splitlines():
            yield from _wrapped("    ", line, width)


# Drawing


def _part(title: str, end: str, width: int) -> Iterator[str]:
    yield ""
    rule = width - cells(title) - cells(end) - 2
    yield f"{title} {'─' * max(2, rule)} {end}".rstrip()


def _ends(left: str, right: str, width: int) -> str:
    left = cut(left.rstrip(), width - cells(right) - 1)
    return f"{left}{' ' * (width - cells(left) - cells(right))}{right}"


def _wrapped(lead: str, text: str, width: int) -> Iterator[str]:
    """A text in lines, after a lead, under which its other lines hang."""
    line = lead
    for word in text.split():
        if line.strip() and line != lead and cells(line) + cells(word) + 1 > width:
            yield line
            line = " " * len(lead) + word
        else:
            line += word if line == lead else f" {word}"
    yield line


def _bar(share: float) -> str:
    filled = round(share * _BAR)
    return "━" * filled + "─" * (_BAR - filled)
