"""How far a class is that is handing in: a line for whoever waits for the last of them."""

from tutor import phrases
from tutor.classroom.report.contents import Report


def standing(report: Report, coming: int = 0) -> str:
    """How many have handed in, and the question that fewest have answered.

    Args:
        report: The report as it is by now.
        coming: How many files are still being written.
    """
    told = [report.turnout, *_least_answered(report)]
    if coming:
        told.append(f"{phrases.plural(coming, 'file')} on the way")
    return "; ".join(told)


def _least_answered(report: Report) -> list[str]:
    items = report.test.items
    if not items:
        return []
    least = min(items, key=lambda one: (one.answered / one.count, -one.count))
    if not least.unanswered:
        return ["every question answered"]
    return [f"question {least.number} answered by {least.answered} of {least.count}"]
