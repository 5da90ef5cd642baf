"""Every rule has a name of its own and an explanation from which a teacher can learn."""

from collections import Counter
from pathlib import Path

import pytest
from wording import choice, findings, lesson

from tutor.course.lint import registry
from tutor.course.lint.checker import check
from tutor.course.lint.registry import WARNING_NAMES, explanations
from tutor.course.reading.findings import render


def warnings() -> list[str]:
    rules = (
        *registry.QUESTION_WARNINGS,
        *registry.LESSON_WARNINGS,
        *registry.COURSE_WARNINGS,
        *registry.SOURCE_WARNINGS,
    )
    return [rule.__name__.replace("_", "-") for rule in rules]


def test_no_two_rules_share_a_name() -> None:
    assert [name for name, count in Counter(warnings()).items() if count > 1] == []
    assert set(warnings()) == WARNING_NAMES


@pytest.mark.parametrize("rule", sorted(WARNING_NAMES))
def test_a_warning_says_what_it_asks_and_then_why(rule: str) -> None:
    explanation = explanations()[rule]
    asks, _, why = explanation.text.partition("\n\n")
    assert explanation.severity == "warning"
    assert "\n" not in asks, "what is asked fits a line"
    assert asks.endswith(".")
    assert len(why.split()) >= 12
    assert ("Poor:" in why) <= ("Better:" in why)


HURRIED = """\
title: Tides
quiz:
  questions:
    - type: choice
      stem: Which of the following is not true?
      options:
        - text: The moon always raises the tide.
        - text: The wind never raises the tide.
        - text: The tide is usually raised twice a day by the moon and a little by the sun
          correct: true
        - text: All of the above
    - type: choice
      stem: The tide is an
      options: [{text: flood}, {text: event, correct: true}]
    - type: number
      stem: How many hours lie between two tides?
      answer: 12.4
    - type: text
      stem: Who raises the tide, the option on the right?
      answers: [moon, Moon]
      hints: [It is the moon.]
    - type: gaps
      stem: Fill in.
      text: "{{Tides}} come {{two|2}} times a {{day}}."
"""

SEEN = {
    "no-objectives": "The lesson has a quiz, but states no objectives.",
    "empty-stem": "The question says nothing of the matter; all of it is in the options.",
    "negative-stem": "The small word “not” turns the question round, and is easily missed.",
    "double-negative": "The question is negative (“not”), and this option is, too (“never”).",
    "longest-key": "The key is 74 characters long, the longest distractor 32.",
    "all-of-the-above": "“All of the above” speaks of the other options, and those are shuffled.",
    "absolute-distractor": "Words without exception, such as “always”, stand in distractors",
    "hedged-key": "“usually” hedges the key, and no distractor is hedged.",
    "uneven-options": "Option 1 ends in a period, unlike others.",
    "unexplained": "The question has no explanation and no feedback.",
    "article-clue": "The question ends in “an”, which does not fit “flood”.",
    "too-few-options": "There are only two options, so that a guess is right half the time.",
    "exact-decimal": "Only 12.4 itself is right, however somebody rounds.",
    "placed-on-screen": "“on the right” names something by its place or color",
    "needless-answer": "`Moon` is accepted anyway, since `moon` is.",
    "telling-hint": "The hint says the key, “moon”.",
    "leading-gap": "The gap for “Tides” begins a sentence.",
    "many-gaps": "One sentence has 3 gaps.",
}


def test_a_hurried_lesson_is_told_so_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "hurried.yaml"
    path.write_text(HURRIED, encoding="utf-8")
    found = check(path)
    for rule, said in SEEN.items():
        messages = [one.message for one in found if one.rule == rule]
        assert any(said in message for message in messages), f"{rule}: {messages}"
    assert {one.rule for one in found} == set(SEEN)


def test_the_remedy_stands_below_the_caret(tmp_path: Path) -> None:
    question = choice("Who?", "the moon", "the wind", "all of the above")
    [found] = findings(tmp_path, lesson(question))
    assert render(found).splitlines()[-1] == "      = Say what it means, or use `type: multiple`."
