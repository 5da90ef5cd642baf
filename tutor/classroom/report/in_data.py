"""The report for spreadsheets and programs."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import Any

from tutor.classroom.analysis.item_analysis import ItemFigures
from tutor.classroom.report.contents import Report
from tutor.output_files import spreadsheet_cell


def as_csv(report: Report) -> str:
    """The gradebook: a row a learner; no cell of it is a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    quizzes = [spreadsheet_cell(f"quiz {name}") for name in report.lessons]
    passes = [] if report.mark is None else ["passed"]
    # A school's own programs know a learner by that.
    has_ids = any(row.id for row in report.rows) or any(name for _, name in report.absent)
    ids = ["id"] * has_ids
    writer.writerow(["learner", *ids, *report.columns, "runs", "left blank", *passes, *quizzes])
    for row in report.rows:
        shares = [_share(one) for one in row.shares]
        best = [_share(row.quizzes.get(name)) for name in report.lessons]
        passed = [{True: "yes", False: "no", None: ""}[row.passed] for _ in passes]
        blank = row.asked - row.answered if row.asked else ""
        own = [spreadsheet_cell(row.id) for _ in ids]
        writer.writerow(
            [spreadsheet_cell(row.name), *own, *shares, row.runs, blank, *passed, *best]
        )
    for name, id_ in report.absent:
        own = [spreadsheet_cell(id_) for _ in ids]
        empty = ["", *("" for _ in (*passes, *quizzes))]
        writer.writerow([spreadsheet_cell(name), *own, *("" for _ in report.columns), 0, *empty])
    return "\ufeff" + out.getvalue()  # without the mark, Excel takes it for another encoding


def _share(value: Fraction | None) -> float | str:
    return "" if value is None else round(float(value), 6)


def record(report: Report) -> dict[str, Any]:
    """Everything in the report; shares from 0 to 1, item statistics in percent."""
    test = report.test
    return {
        "course": report.course,
        "title": report.title,
        "about": report.what,
        "handed_in": report.handed_in,
        "expected": report.expected,
        "missing": list(report.missing) if report.names else report.missing_count,
        "average": report.average,
        "before": report.before,
        "learned": report.gain,
        "sat": report.sat,
        "passed": report.passed,
        "mark": _number(report.mark),
        "sat_later": None
        if report.later is None
        else {
            "count": report.later.count,
            "average": report.later.average,
            "before": report.later.before,
        },
        "talk_about": [
            {
                "number": one.figures.number,
                "question": one.figures.item.id,
                "asked": one.figures.count,
                "facility": one.figures.facility,
                "why": one.why,
                "check_the_question": one.about_key,
            }
            for one in report.topics
        ],
        "teach_again": report.teach_again.address if report.teach_again else None,
        "level": [one.address for one in report.level],
        "objectives": [
            {
                "objective": one.address,
                "text": one.text,
                "lesson": one.lesson,
                "share": one.share,
                "answers": one.answers,
                "no_answer": one.unanswered,
            }
            for one in test.objectives
        ],
        "learners": [
            {
                "name": row.name,
                "first": _number(row.first),
                "last": _number(row.last),
                "best": _number(row.best),
                "counted": _number(row.counted),
                "runs": row.runs,
                "asked": row.asked,
                "answered": row.answered,
                "passed": row.passed,
                "sure_and_wrong": row.sure_and_wrong,
                "quizzes": {name: float(share) for name, share in row.quizzes.items()},
            }
            for row in report.rows
        ],
        "scores": dict(report.spread),
        "test": {
            "runs": len(test.runs),
            "after": test.occasion.kind == "after",
            "mean": test.mean,
            "standard_deviation": test.deviation,
            "skewness": test.skewness,
            "kurtosis": test.kurtosis,
            "internal_consistency": test.consistency,
            "standard_error": test.error,
        },
        "questions": list(_questions(test.items)),
        "texts": [
            {"learner": name, "kind": one.kind, "about": one.about, "text": one.text}
            for name, one in report.texts
        ],
        "set_aside": list(report.set_aside),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _questions(items: tuple[ItemFigures, ...]) -> Iterator[dict[str, Any]]:
    for one in items:
        yield {
            "number": one.number,
            "question": one.item.id,
            "version": one.item.fingerprint,
            "lesson": one.item.lesson,
            "objective": one.item.objective,
            "stem": one.item.stem,
            "asked": one.count,
            "facility": one.facility,
            "standard_deviation": one.spread,
            "discrimination_index": one.index,
            "discriminative_efficiency": one.efficiency,
            "effective_weight": one.weight,
            "sure_and_wrong": one.sure_and_wrong,
            "no_answer": one.unanswered,
            "answers": [
                {
                    "text": choice.text,
                    "right": choice.right,
                    "count": choice.count,
                    "rest": choice.rest,
                    "strongest": choice.strongest,
                }
                for choice in one.responses
            ],
        }
