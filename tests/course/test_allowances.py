"""Rules that an author sets aside: where it counts, and what is wrong with an allowance itself."""

from pathlib import Path
from typing import Any

import pytest
from wording import Data, choice, findings, findings_in_course, lesson, rules, text

POOR = choice("Who?", "the moon, which circles the earth", "the wind", "the coast")
REASON = {"longest-key": "The full name is what is asked."}


def test_a_rule_can_be_set_aside_at_a_question(tmp_path: Path) -> None:
    assert rules(findings(tmp_path, lesson(POOR))) == ["longest-key"]
    assert findings(tmp_path, lesson({**POOR, "allow": REASON})) == []


def test_an_allowance_covers_no_other_question(tmp_path: Path) -> None:
    other = {**POOR, "stem": "What pulls?"}
    assert rules(findings(tmp_path, lesson({**POOR, "allow": REASON}, other))) == ["longest-key"]


def test_a_rule_can_be_set_aside_for_a_lesson(tmp_path: Path) -> None:
    both = lesson(POOR, {**POOR, "stem": "What pulls?"}, allow=REASON)
    assert findings(tmp_path, both) == []


def test_a_rule_can_be_set_aside_at_a_step(tmp_path: Path) -> None:
    step = {
        "type": "compare",
        "columns": ["Now", "Now"],
        "rows": [{"label": "It", "cells": [1, 2]}],
    }
    assert rules(findings(tmp_path, lesson(steps=(step,)))) == ["same-column"]
    allowed = {**step, "allow": {"same-column": "They are two takes of one picture."}}
    assert findings(tmp_path, lesson(steps=(allowed,))) == []


def test_a_rule_can_be_set_aside_for_a_course(tmp_path: Path) -> None:
    taught = lesson(steps=({"type": "read", "text": "It rises.", "claims": ["t1", "t2"]},))
    glossary = {"neap tide": "A tide that is lower than most."}
    allow = {"unused-term": "The test asks for it."}
    assert rules(findings_in_course(tmp_path, taught, glossary=glossary)) == ["unused-term"]
    assert findings_in_course(tmp_path, taught, glossary=glossary, allow=allow) == []


@pytest.mark.parametrize(
    ("allow", "rule", "said"),
    [
        ({"longestkey": "So."}, "unknown-rule", "Did you mean `longest-key`?"),
        ({"spelling": "So."}, "unknown-rule", "See `tutor check --explain`."),
        ({"longest-key": " "}, "allowed-without-reason", "Write why."),
        ({"hedged-key": "So."}, "needless-allowance", "nothing here breaks it"),
    ],
    ids=["mistyped", "unknown", "no-reason", "needless"],
)
def test_what_is_wrong_with_an_allowance(
    tmp_path: Path, allow: dict[str, Any], rule: str, said: str
) -> None:
    question: Data = {**(POOR if "longest-key" in allow else text("ebb")), "allow": allow}
    [found] = findings(tmp_path, lesson(question))
    assert (found.rule, found.severity) == (rule, "warning")
    assert said in f"{found.message} {found.remedy}"
    assert next(iter(allow)) in found.excerpt


def test_an_error_cannot_be_allowed(tmp_path: Path) -> None:
    blank = {**text("ebb"), "stem": " ", "allow": {"blank-stem": "It speaks for itself."}}
    found = findings(tmp_path, lesson(blank))
    assert "blank-stem" in rules(found)
