"""Statements follow xAPI to the letter, and sending them twice changes nothing."""

import copy
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from class_of import handed_in
from support import EVERY

from tutor.classroom.hand_in.file import HandIn, write
from tutor.classroom.record_store.runs import statements_to_send
from tutor.study import Study

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "xapi-statements.json"
SCRIPT = Path(__file__).with_name("oracles") / "xapi.js"
FORMS = {
    "true_false": "true-false",
    "choice": "choice",
    "multiple": "choice",
    "order": "sequencing",
    "match": "matching",
    "sort": "matching",
    "number": "numeric",
    "text": "fill-in",
    "gaps": "fill-in",
    "open": "long-fill-in",
}


def statements(hand_in: HandIn) -> list[dict[str, Any]]:
    return [one for run in hand_in.attempts for one in msgspec.json.decode(run.statements)]


def complaints(told: list[dict[str, Any]]) -> list[list[str]]:
    """What xapi-validation 3.0.0 says against each statement."""
    folder = os.environ.get("TUTOR_NODE_MODULES") or os.environ.get("NODE_PATH") or ""
    if shutil.which("node") is None:
        pytest.skip("there is no Node to run xapi-validation")
    if not (Path(folder) / "@learninglocker" / "xapi-validation").is_dir():
        pytest.skip("xapi-validation is not installed (TUTOR_NODE_MODULES names its folder)")
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "NODE_PATH": folder},
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_a_strict_judge_finds_nothing_wrong(study: Study) -> None:
    told = statements(handed_in(study, sure=True))
    assert len(told) > 12
    assert [said for said in complaints(told) if said] == []


def test_nor_with_those_that_go_to_a_record_store(study: Study) -> None:
    hand_in = handed_in(study, sure=True, ticked=["free-text"])
    runs = [one for run in hand_in.attempts for one in statements_to_send(hand_in, run)]
    told = [json.loads(one.content) for one in runs]
    assert {one["id"] for one in told} == {one["id"] for one in statements(hand_in)}
    assert [said for said in complaints(told) if said] == []


def test_the_judge_is_strict(study: Study) -> None:
    good = next(one for one in statements(handed_in(study)) if "score" in one.get("result", {}))
    spoiled = []
    for path, value in (
        (("result", "score", "scaled"), 1.5),
        (("timestamp",), "yesterday"),
        (("object", "definition", "interactionType"), "guessing"),
        (("actor", "mbox"), "mailto:a@example.org"),
    ):
        bad: Any = copy.deepcopy(good)
        at = bad
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value
        spoiled.append(bad)
    assert all(complaints(spoiled))


def test_every_type_of_question_has_its_form(study: Study) -> None:
    hand_in = handed_in(study, ticked=["free-text"])
    types = {one.id: one.type for one in hand_in.questions}
    met = set()
    for one in statements(hand_in):
        if not one["verb"]["id"].endswith("/answered"):
            continue
        name = one["object"]["definition"]["name"]["und"]
        met.add(types[name])
        assert one["object"]["definition"]["interactionType"] == FORMS[types[name]]
        pattern = one["object"]["definition"].get("correctResponsesPattern")
        assert pattern if types[name] != "open" else pattern is None
    assert met == set(FORMS)


def test_a_right_answer_is_in_the_pattern(study: Study) -> None:
    for one in statements(handed_in(study)):
        kind = one["object"]["definition"].get("interactionType")
        if kind in ("choice", "true-false", "sequencing", "matching") and one["result"]["success"]:
            said = set(one["result"]["response"].split("[,]"))
            assert said == set(
                one["object"]["definition"]["correctResponsesPattern"][0].split("[,]")
            )
            assert one["result"]["score"]["scaled"] == 1


def test_handing_in_twice_says_the_same_under_the_same_ids(study: Study) -> None:
    hand_in = handed_in(study)
    from tutor.classroom.hand_in.from_records import Wish, gather

    course = study.library.known("every")
    assert course is not None
    again = gather(study, course, Wish(name="Ana"))
    assert statements(again) == statements(hand_in)
    ids = [one["id"] for one in statements(hand_in)]
    assert len(set(ids)) == len(ids)


def verbs_of(run: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["id"].rpartition("/")[2] for one in run]


def test_verbs_tell_the_run(study: Study) -> None:
    handed_in(study, quizzes=False)
    both = handed_in(study, quizzes=False).attempts
    run = msgspec.json.decode(both[1].statements)
    verbs = verbs_of(run)
    assert verbs[0] == "attempted"
    assert set(verbs[1:-2]) == {"answered"}
    assert verbs[-2] == "completed"
    assert verbs[-1] in ("passed", "failed")
    assert all(one["timestamp"].endswith("Z") for one in run)
    assert len({one["context"]["registration"] for one in run}) == 1


def test_nobody_passes_or_fails_the_test_before_the_lessons(study: Study) -> None:
    run = statements(handed_in(study, quizzes=False))
    assert verbs_of(run)[-1] == "completed"
    assert set(run[-1]["result"]) == {"completion", "score"}


def test_a_first_test_after_a_lesson_was_begun_is_passed_or_failed(study: Study) -> None:
    course = study.library.find(str(EVERY))[0]
    lesson = study.lesson(course.lessons[0])
    study.move_to(course, lesson, 0)
    run = statements(handed_in(study, quizzes=False))
    assert verbs_of(run)[-1] in ("passed", "failed")


@pytest.mark.skipif(not GOLDEN.is_file(), reason="the golden statements lie elsewhere")
def test_terms_are_those_of_the_golden_statements(study: Study) -> None:
    golden = json.loads(GOLDEN.read_text())
    ours = statements(handed_in(study, ticked=["free-text"]))

    def verbs(told: list[dict[str, Any]]) -> set[str]:
        return {one["verb"]["id"] for one in told}

    def forms(told: list[dict[str, Any]]) -> set[str]:
        return {
            one["object"]["definition"]["interactionType"]
            for one in told
            if "interactionType" in one["object"]["definition"]
        }

    assert verbs(ours) <= verbs(golden)
    assert forms(ours) <= forms(golden)


def test_a_file_holds_them_as_they_are(study: Study) -> None:
    hand_in = handed_in(study)
    kept = msgspec.json.decode(write(hand_in))["body"]["attempts"]
    assert [one for run in kept for one in run["statements"]] == statements(hand_in)
