"""Findings in SARIF 2.1.0, the form in which code hosts show findings beside the lines they are at.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ describes the format. It is written piece by piece,
so that many findings need no memory.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from tutor import __version__
from tutor.course.lint.registry import Explanation
from tutor.course.reading.findings import Finding, Fix, in_unicode

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Iterable[Finding], rules: Iterable[Explanation]) -> Iterator[str]:
    """Write findings as one SARIF log, in pieces to be put together."""
    head: dict[str, Any] = {
        "name": "tutor",
        "version": __version__,
        "rules": [_rule(explanation) for explanation in rules],
    }
    driver = msgspec.json.encode(head).decode()
    yield f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{{"driver":{driver}}},'
    yield '"columnKind":"unicodeCodePoints","results":['
    between = ""
    for finding in findings:
        yield between + msgspec.json.encode(_result(finding)).decode()
        between = ","
    yield "]}]}"


def _rule(explanation: Explanation) -> dict[str, Any]:
    short, _, rest = explanation.text.partition("\n\n")
    return {
        "id": explanation.rule,
        "shortDescription": {"text": " ".join(short.split())},
        "fullDescription": {"text": rest or short},
        "defaultConfiguration": {"level": explanation.severity},
    }


def _result(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    finding = in_unicode(finding)
    if finding.line:
        physical["region"] = {"startLine": finding.line, "startColumn": finding.column}
    result = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": f"{finding.message} {finding.remedy}".strip()},
        "locations": [{"physicalLocation": physical}],
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, physical["artifactLocation"])]
    return result


def _fix(fix: Fix, location: dict[str, str]) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {
                "startLine": edit.line,
                "startColumn": edit.column,
                "endLine": edit.end_line,
                "endColumn": edit.end_column,
            },
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    change = {"artifactLocation": location, "replacements": replacements}
    return {"description": {"text": fix.description}, "artifactChanges": [change]}


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
