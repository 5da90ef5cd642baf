"""Learners of known ability sit the test through the program; the report finds what was spoiled."""

import math
from pathlib import Path
from statistics import covariance, mean, variance
from typing import Any

import msgspec
import pytest
from class_of import (
    OPTIONS,
    TWO_KEYS,
    UNTAUGHT,
    WRONG_KEY,
    Simulated,
    hand_in_all,
    simulate,
    write_course,
)
from support import tutor


@pytest.fixture
def course(own_home: Path) -> Path:
    return write_course(own_home / "nature")


def report(course: Path, *options: str) -> dict[str, Any]:
    """The report for programs, on the teacher's machine."""
    tutor("open", str(course), TUTOR_DATA="teacher")
    done = tutor("report", "in", "--json", "--names", *options, TUTOR_DATA="teacher")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = msgspec.json.decode(done.stdout)
    return made


def assert_figures_are_right(made: dict[str, Any], learners: list[Simulated]) -> None:
    """Compare every figure with one worked out here, from what the learners chose."""
    totals = [one.total for one in learners]
    by_name = {one["name"]: one for one in made["learners"]}
    for one in learners:
        assert by_name[one.name]["last"] == pytest.approx(one.total / len(one.chose))
    assert made["average"] == pytest.approx(mean(totals) / 16)
    assert len(made["questions"]) == 16
    columns = []
    for question in made["questions"]:
        marks = [one.right(question["question"]) for one in learners]
        rests = [total - mark for total, mark in zip(totals, marks, strict=True)]
        columns.append(marks)
        assert question["asked"] == len(learners)
        assert question["facility"] == pytest.approx(mean(marks))
        chosen = {choice["text"][4]: choice["count"] for choice in question["answers"]}
        for option in "abcd":
            count = sum(one.chose[question["question"]] == option for one in learners)
            assert chosen[option] == count
        if len(learners) < 10:
            assert question["discrimination_index"] is None
            continue
        spread = variance(marks) * variance(rests)
        index = 100 * covariance(marks, rests) / math.sqrt(spread) if spread else None
        assert question["discrimination_index"] == pytest.approx(index)
        most = covariance(sorted(marks), sorted(rests))
        efficiency = 100 * covariance(marks, rests) / most if most else None
        assert question["discriminative_efficiency"] == pytest.approx(efficiency)
    if len(learners) >= 10:
        alpha = 16 / 15 * (1 - sum(map(variance, columns)) / variance(totals))
        assert made["test"]["internal_consistency"] == pytest.approx(100 * alpha)


def test_five_learners_through_a_zip_and_a_form(course: Path) -> None:
    learners = simulate(course, 5)
    hand_in_all(learners, course, Path("in"))
    made = report(course)
    assert made["handed_in"] == 5
    assert made["set_aside"] == []
    assert_figures_are_right(made, learners)


@pytest.mark.long
def test_thirty_learners_and_what_was_spoiled_on_purpose(course: Path) -> None:
    learners = simulate(course, 30)
    hand_in_all(learners, course, Path("in"))
    names = "\n".join(one.name for one in learners)
    Path("roster.csv").write_text(f"name,id\n{names}\nNobody Yet,\n")
    made = report(course, "--roster", "roster.csv", "--feedback", "back")
    assert (made["handed_in"], made["expected"], made["missing"]) == (30, 31, ["Nobody Yet"])
    assert_figures_are_right(made, learners)

    ranked = sorted(made["learners"], key=lambda one: one["last"])
    places = {one["name"]: place for place, one in enumerate(ranked)}
    able = [places[one.name] for one in learners]
    assert mean(able[:10]) < mean(able[10:20]) < mean(able[20:])

    talk = {one["question"]: one["why"] for one in made["talk_about"]}
    assert "check the key" in talk[WRONG_KEY]
    assert "The b thing" in talk[WRONG_KEY]
    assert talk[TWO_KEYS] in (
        "most of the strongest chose “The c thing of rivers 1”: check the key",
        "the strongest are divided between the key and “The c thing of rivers 1”: is that right as "
        "well?",
    )
    assert made["teach_again"] == f"nature/{UNTAUGHT}"

    files = sorted(Path("back").iterdir())
    assert len(files) == 60
    for file in files:
        content = file.read_text()
        (own,) = [one for one in learners if one.name in content]
        for question, chosen in own.chose.items():
            topic, number = question.split("-")
            others = set(OPTIONS) - {"a", chosen}  # what nobody but others answered
            assert not [one for one in others if f"The {one} thing of {topic} {number}" in content]
    for learner in learners:
        name = f"back/nature-feedback_{learner.name.lower().replace(' ', '-')}.tutor"
        opened = tutor(
            "open", name, TUTOR_LEARNER=learner.name, TUTOR_DATA=f"records-{learner.name}"
        )
        assert f"Your records say: {learner.total:g} of 16 points." in opened.stdout
