"""Rules on single questions: one poor example each, and the better one beside it."""

from pathlib import Path
from typing import Any

import pytest
from wording import (
    Data,
    choice,
    findings,
    findings_in_course,
    gaps,
    lesson,
    multiple,
    number,
    order,
    rules,
    statement,
    text,
)

POOR_AND_BETTER: dict[str, list[tuple[str, Data, Data]]] = {
    "longest-key": [
        (
            "33 characters long, the longest distractor 9",
            choice("Who?", "the moon, which circles the earth", "the wind", "the coast"),
            choice("Who?", "the moon", "the wind", "the coast"),
        ),
        (
            "20 characters long",
            choice("Who?", "a body far out there", "rain", "wind"),
            choice("Who?", "a body far out", "rain", "wind"),  # all are short
        ),
    ],
    "all-of-the-above": [
        (f"“{said}” speaks", choice("Who?", "the moon", "the wind", said), choice("Who?", *good))
        for said, good in (
            ("all of the above", ("the moon", "the wind", "all of the lakes above")),
            ("none of these", ("the moon", "the wind", "none of these lakes")),
            ("both A and B", ("the moon", "the wind", "both a cloud and rain")),
            ("neither of the above", ("the moon", "the wind", "neither of the two")),
        )
    ],
    "absolute-distractor": [
        (
            "“always”",
            choice("When?", "twice a day", "always at noon", "never in winter"),
            choice("When?", "twice a day", "at noon always", "in winter"),
        ),
        (
            "“only”",
            choice("When?", "twice a day", "only at noon", "only at night"),
            choice("When?", "only by day", "only at noon", "only at night"),
        ),
    ],
    "hedged-key": [
        (
            "“usually” hedges the key",
            choice("When?", "usually at six", "at noon", "at night"),
            choice("When?", "usually at six", "often at noon", "at night"),
        ),
        (
            "“may” hedges the key",
            choice("Who?", "it may be the moon", "the wind", "the coast"),
            choice("Who may land?", "every ship may", "each boat", "no one"),
        ),
        (
            "“may” hedges the key",
            choice("Who?", "it may be the moon", "the wind", "the coast"),
            choice("Who decides?", "the town may say no", "the town must pay", "the town waits"),
        ),
        (
            "“most” hedges the key",
            choice("How many?", "most of six", "nine", "ten"),
            choice("How many?", "at most six", "nine", "ten"),
        ),
    ],
    "repeated-word": [
        (
            "“harbor” stands in the question and in the key",
            choice("Who runs a harbor?", "the harbor office", "the town", "the coast guard"),
            choice("Who runs a harbor?", "the harbor office", "the harbor town", "the state"),
        ),
        (
            "“boat”",
            choice("Who owns boats?", "boat owners", "the town", "the state"),
            choice("Who owns boats?", "sailors", "the town", "the state"),
        ),
    ],
    "converging-key": [
        (
            "more parts in common",
            choice("What?", "salt and cold", "salt and warm", "fresh and cold"),
            choice("What?", "salt and cold", "salt and warm", "fresh and cold", "fresh and warm"),
        ),
    ],
    "article-clue": [
        (
            "“an”, which does not fit “lake”",
            choice("The Atlantic is an", "ocean", "lake", "bay"),
            choice("The Atlantic is an", "ocean", "inlet", "estuary"),
        ),
        (
            "“a”, which does not fit “inlet”",
            choice("The Baltic is a ___:", "sea", "inlet", "bay"),
            choice("The Baltic is a/an ___:", "sea", "inlet", "bay"),
        ),
    ],
    "too-few-options": [
        (
            "only two options",
            choice("Who?", "the moon", "the wind"),
            choice("Who?", "the moon", "the wind", "the coast"),
        ),
        (
            "only two options",
            multiple("Who?", ["the moon"], ["the wind"]),
            multiple("Who?", ["the moon", "the sun"], ["the wind"]),
        ),
    ],
    "too-many-options": [
        (
            "6 options to read",
            choice("Who?", "moon", "wind", "coast", "rain", "sand", "snow"),
            choice("Who?", "moon", "wind", "coast", "rain", "sand"),
        ),
    ],
    "options-alike": [
        (
            "differ in small words only: “not”",
            choice(
                "What?",
                "boats may sail in at high tide",
                "boats may not sail in at high tide",
                "none",
            ),
            choice(
                "What?", "boats may sail in at high tide", "boats may sail in at low tide", "none"
            ),
        ),
    ],
    "unsorted-numbers": [
        (
            "do not stand in their order",
            choice("How many?", "12 hours", "3 hours", "24 hours", shuffle="false"),
            choice("How many?", "3 hours", "12 hours", "24 hours", shuffle="false"),
        ),
        (
            "do not stand in their order",
            choice("How many?", "30", "1,200", "24", shuffle="false"),
            choice("How many?", "30", "1,200", "24"),  # shuffled anyway
        ),
        (
            "do not stand in their order",
            choice("How cold?", "3", "-4", "11", shuffle="false"),
            choice("How cold?", "-4", "3", "11", shuffle="false"),
        ),
        (
            "do not stand in their order",
            choice("How much?", "1/2", "1/4", "0,75", shuffle="false"),
            choice("How much?", "1/4", "1/2", "0,75", shuffle="false"),
        ),
    ],
    "overlapping-ranges": [
        (
            "Options 1 and 2 both hold 12",
            choice("How long?", "6 to 12 hours", "12 to 24 hours", "25–48 hours"),
            choice("How long?", "6 to 12 hours", "13 to 24 hours", "25–48 hours"),
        ),
    ],
    "uneven-options": [
        (
            "Option 2 ends in a period",
            choice("Why?", "the moon pulls", "the wind blows.", "the rain falls"),
            choice("Why?", "the moon pulls.", "the wind blows.", "the rain falls."),
        ),
        (
            "Option 1 begins with a small letter",
            choice("Why?", "the moon pulls", "The wind blows", "The rain falls"),
            choice("Why?", "the moon pulls", "Ann Harbor", "the rain falls"),  # a name
        ),
    ],
    "silent-distractor": [
        (
            "This distractor has no feedback.",
            {
                **choice("Who?", "the moon", "the wind"),
                "options": [
                    {"text": "the moon", "correct": "true"},
                    {"text": "the wind", "feedback": "It moves the surface."},
                    {"text": "the coast"},
                ],
            },
            choice("Who?", "the moon", "the wind", "the coast"),
        ),
    ],
    "nothing-to-leave": [
        (
            "Every option is right",
            multiple("Who?", ["the moon", "the sun", "the earth"], []),
            multiple("Who?", ["the moon", "the sun"], ["the wind"]),
        ),
    ],
    "negative-stem": [
        (
            "“not” turns the question round",
            choice(f"Which of these does {negative} raise the tide?", *who),
            choice(f"Which of these does {emphasized} raise the tide?", *who),
        )
        for negative, emphasized, who in (
            ("not", "*not*", ("rain", "the moon", "the sun")),
            ("not", "NOT", ("rain", "the moon", "the sun")),
        )
    ]
    + [
        (
            "“isn't”",
            choice("Which isn't a sea?", "the Sahara", "the Baltic", "the Adriatic"),
            choice("What happens if there is not a moon?", "no tide", "a flood", "a storm"),
        ),
        (
            "“least”",
            choice("What matters least?", "rain", "the moon", "the sun"),
            choice("What takes at least a day?", "rain", "the moon", "the sun"),
        ),
    ],
    "double-negative": [
        (
            "this option is, too (“not”)",
            choice("Which is *not* so of boats?", "boats do not float", "boats sail", "boats sink"),
            choice("Which is so of boats?", "boats do not float", "boats sail", "boats sink"),
        ),
        (
            "negative twice over",
            statement("The tide is not never high."),
            statement("The tide is never high."),
        ),
    ],
    "empty-stem": [
        (
            "says nothing of the matter",
            choice("Which of the following is true?", "the moon", "the wind", "the coast"),
            choice("Which of these raises the tide?", "the moon", "the wind", "the coast"),
        ),
        (
            "“High tide” is a heading",
            choice("High tide", "twice a day", "at noon", "at night"),
            choice("High tide comes:", "twice a day", "at noon", "at night"),
        ),
    ],
    "placed-on-screen": [
        (
            "“second option”",
            choice(
                "Who?", "the moon", "the wind", "the coast", explanation="The second option is it."
            ),
            choice(
                "Who?", "the moon", "the wind", "the coast", explanation="The second moon is it."
            ),
        ),
        (
            "“the red one”",
            choice("Who?", "the moon", "the wind", "the coast", hints=["Not the red one."]),
            choice("Who?", "the moon", "the wind", "the coast", hints=["The red sea has one."]),
        ),
        (
            "“on the left”",
            choice("What stands on the left?", "the moon", "the wind", "the coast"),
            choice("What stands on the left bank?", "the moon", "the wind", "the coast"),
        ),
        (
            "“Option B”",
            choice("Who?", "the moon", "the wind", "the coast", explanation="Option B is wrong."),
            choice(
                "Who?", "the moon", "the wind", "the coast", explanation="An option is a right."
            ),
        ),
    ],
    "exact-decimal": [
        ("Only 12.4 itself is right", number("12.4"), number("12.4", tolerance="0.1")),
        ("Only 0.51 itself is right", number("0.51"), number("12.0")),
        ("Only 0.33 itself is right", number("0.33"), number("0.25")),
        ("Only 12.4 itself is right", number("12.4"), number("0.01")),
    ],
    "accepted-mistake": [
        (
            "`13` is named as a mistake",
            number("12", tolerance="1", mistakes=[{"answer": "13", "feedback": "No."}]),
            number("12", tolerance="1", mistakes=[{"answer": "14", "feedback": "No."}]),
        ),
        (
            "`EBB` is named as a mistake",
            text("ebb", mistakes=[{"answer": "EBB", "feedback": "No."}]),
            text("ebb", mistakes=[{"answer": "flood", "feedback": "No."}]),
        ),
    ],
    "needless-answer": [
        ("`Ebb  Tide` is accepted anyway", text("ebb tide", "Ebb  Tide"), text("ebb tide", "ebb")),
        (
            "`Ebb` is accepted anyway",
            text("ebb", "Ebb"),
            text("ebb", "Ebb", exact=True),
        ),
    ],
    "uncounted-signs": [
        ("`ready` is accepted as well", text("!ready"), text("!ready", exact=True)),
        ("`1, 2` is accepted as well", text("[1, 2]"), text("a[1]")),
        ("`txt` is accepted as well", text(".txt"), text("etc.")),
        ("`4` is accepted as well", text("4!"), text("Stop!")),
        ("`f` is accepted as well", gaps("Call {{f()}} now."), gaps("Call {{f(x)}} now.")),
        ("`else` is accepted as well", gaps("Write {{else:}} now."), gaps("Ask {{who?}} now.")),
    ],
    "marked-up-answer": [
        ("Whoever writes `ebb`", text("*ebb*"), text("*ebb*", exact=True)),
        ("Write `ebb` alone", gaps("It is {{**ebb**}} now."), gaps("It is *{{ebb}}* now.")),
        ("Write `low tide` alone", text("*low tide*"), text("2*3*4")),
    ],
    "joined-answers": [
        ("Only `colour/color` as a whole", text("colour/color"), text("km/h")),
        ("Only `ebb; flood` as a whole", text("ebb; flood"), text("ebb, then flood")),
        ("Only `ebb|flood` as a whole", text("ebb|flood"), text("ebb|flood", exact=True)),
        ("`ebb / flood`", gaps("It is {{ebb / flood}} now."), gaps("It is {{ebb|flood}} now.")),
        ("`ebb\\` as a", gaps("It is {{ebb\\|flood}} now."), gaps("It is {{\\ebb}} now.")),
        ("Moodle", gaps("It is {{1:SA:=ebb}} now."), gaps("It is {{SA: ebb}} now.")),
    ],
    "numbered-items": [
        ("tell their order", order("1. ebb", "2. flood"), order("1 ebb", "2 floods")),
        ("go another way", order("b) ebb", "a) flood"), order("b) ebb", "flood")),
        ("go another way", order("2) ebb", "1) flood"), order("1918. ebb", "1914. flood")),
        ("tell their order", order("A. ebb", "B. flood"), order("I. Newton", "A. Einstein")),
    ],
    "number-as-text": [
        ("`1/2` is compared as a text", text("1/2"), text("1/2", exact=True)),
        ("`0,5` is compared as a text", text("0,5"), text("1849")),
        ("`-3` is compared as a text", text("-3"), text("A-3")),
        ("`1 1/2` is compared as a text", text("1 1/2"), text("1 of 2")),
        ("`1/2` is compared as a text", gaps("It is {{1/2}} now."), gaps("It is {{1/2|0.5}} now.")),
    ],
    "exact-typos": [
        (
            "does nothing where `exact`",
            text("Ebb", exact=True, typos=1),
            text("Ebb", exact=True),
        ),
    ],
    "single-braces": [
        (
            "`[sun]` is no gap",
            gaps("The {{moon}} and the [sun] pull.", bank=["sun"]),
            gaps("The {{moon}} and the [big] sun pull.", bank=["sun"]),
        ),
        (
            "`{es}` is no gap",
            gaps("Tu {es} ici et il {{est}} parti."),
            gaps("Tu {{es}} ici et il {{est}} parti."),
        ),
        (
            "`{two}` is no gap",
            gaps("It has {two} tides in {{one|1}} day."),
            gaps("The set {1, 2} and \\\\frac{one}{2} and `{two}` stand in {{one|1}} day."),
        ),
        (
            "`{two|2}` is no gap",
            gaps("It has {two|2} tides in {{one|1}} day."),
            gaps("It has {{two|2}} tides in {{one|1}} day."),
        ),
    ],
    "leading-gap": [
        (
            "The gap for “moon” begins a sentence",
            gaps("It rises twice. {{Moon|moon}} and sun pull.".replace("Moon|", "moon|")),
            gaps("It rises twice. The {{moon}} and the sun pull."),
        ),
        (
            "The gap for “moon” begins a sentence",
            gaps("It rises. {{moon}} and sun pull."),
            gaps("Write `sky.{{moon}}()` for it."),
        ),
    ],
    "many-gaps": [
        (
            "One sentence has 3 gaps",
            gaps("The {{moon}} and the {{sun}} raise the {{tide}}."),
            gaps("The {{moon}} and the {{sun}} pull. They raise the {{tide}}."),
        ),
    ],
    "shown-as-typed": [
        (
            "`<sub>` is HTML",
            text("ebb", stem="What is H<sub>2</sub>O?"),
            text("water", stem="What is H~2~O?"),
        ),
        (
            "`<br>` is HTML",
            text("ebb", stem="What is<br>it?"),
            text("ebb", stem="Is `<br>` a < b > c?"),
        ),
        (
            "`</b>` is HTML",
            text("ebb", hints=["So </b> it."]),
            text("ebb", hints=["A vector<i> it is."]),
        ),
        (
            "`~~no~~` strikes",
            text("ebb", stem="Is it ~~no~~ so?"),
            text("ebb", stem="Is it ~20 or ~30?"),
        ),
        (
            "fits no line of text",
            text("ebb", explanation=r"As $\begin{matrix}1\end{matrix}$ says."),
            text("ebb", explanation=r"As $\frac{1}{2}$ says, and `$\foo$`, $5 and $6."),
        ),
    ],
    "unseen-picture": [
        (
            "learners see “(picture)”",
            text("ebb", stem="What is ![](https://example.org/a.png) here?"),
            text("ebb", stem="What is `![](a.png)` here!"),
        ),
        (
            "learners see “(picture: a curve)”",
            text("ebb", explanation="See ![a *curve*](https://example.org/a.png)."),
            text("ebb", explanation="See [a curve](https://example.org/a.png)."),
        ),
    ],
    "empty-text": [
        ("nothing to be seen", text("ebb", hints=["\u200b"]), text("ebb", hints=["&nbsp;"])),
        ("nothing to be seen", text("ebb", explanation=" "), text("ebb", explanation="…")),
    ],
    "telling-hint": [
        (
            "“ebb tide”",
            text("ebb tide", hints=["It is called ebb tide."]),
            text("ebb tide", hints=["It begins with an e."]),
        ),
        (
            "“12”",
            number("12", hints=["Half a day has 12 hours."]),
            number("12", hints=["Half a day has them, and not 120."]),
        ),
        (
            "“the full moon”",
            choice("Who?", "the full moon", "the wind", "the coast", hints=["See the full moon?"]),
            choice("Who?", "the full moon", "the wind", "the coast", hints=["Look up at night."]),
        ),
    ],
    "unexplained": [
        (
            "no explanation and no feedback",
            text("ebb", explanation=None),
            text("ebb", explanation=None, mistakes=[{"answer": "flood", "feedback": "No."}]),
        ),
        (
            "no explanation and no feedback",
            statement("The tide rises.", explanation=None),
            statement("The tide rises.", explanation=None, feedback="Look at the sea."),
        ),
        (
            "no points to hold an answer against",
            {"id": "why", "type": "open", "stem": "Why does it rise?", "rubric": []},
            {"id": "why", "type": "open", "stem": "Why does it rise?", "rubric": ["The moon"]},
        ),
    ],
    "aimless-question": [
        ("Add `objective:` with one of know", text("ebb", objective=None), text("ebb")),
    ],
}

EXAMPLES: list[Any] = [
    pytest.param(rule, said, poor, better, id=f"{rule}-{number}")
    for rule, examples in POOR_AND_BETTER.items()
    for number, (said, poor, better) in enumerate(examples)
]


@pytest.mark.parametrize(("rule", "said", "poor", "better"), EXAMPLES)
def test_poor_is_found_and_better_is_not(
    tmp_path: Path, rule: str, said: str, poor: Data, better: Data
) -> None:
    filler = text("spring tide")  # so that the objective is asked, whatever the example serves
    found = findings(tmp_path, lesson({**poor, "id": "poor"}, {**filler, "stem": "Which is high?"}))
    assert set(rules(found)) == {rule}
    assert said in f"{found[0].message} {found[0].remedy}"
    good = findings(
        tmp_path, lesson({**better, "id": "good"}, {**filler, "stem": "Which is high?"})
    )
    assert rules(good) == []


IN_ENGLISH_ONLY = sorted(
    {
        "absolute-distractor",
        "all-of-the-above",
        "article-clue",
        "double-negative",
        "empty-stem",
        "hedged-key",
        "negative-stem",
        "placed-on-screen",
        "repeated-word",
    }
)


@pytest.mark.parametrize("rule", IN_ENGLISH_ONLY)
def test_rules_that_know_english_words_leave_other_languages_alone(
    tmp_path: Path, rule: str
) -> None:
    _, poor, _ = POOR_AND_BETTER[rule][-1]
    assert rule in rules(findings_in_course(tmp_path, lesson(poor)))
    assert rule not in rules(findings_in_course(tmp_path, lesson(poor), language="de-CH"))


def test_names_and_glossary_words_may_be_repeated(tmp_path: Path) -> None:
    poor = choice("Who speaks of a harbor?", "a harbor office", "the town", "the state")
    assert "repeated-word" in rules(findings(tmp_path, lesson(poor)))
    (tmp_path / "lesson.yaml").unlink()
    assert "repeated-word" not in rules(findings_in_course(tmp_path, lesson(poor)))  # Ann Harbor
    boats = choice("Who owns boats?", "boat owners", "the town", "the state")
    known = {"boat": "It floats."}
    assert "repeated-word" not in rules(findings_in_course(tmp_path, lesson(boats), glossary=known))


def test_a_word_with_which_many_questions_are_asked_marks_no_key(tmp_path: Path) -> None:
    poor = choice("Who owns boats?", "boat owners", "the town", "the state")
    others = [statement(f"There are {name} boats.") for name in ("two", "three", "four")]
    rule = "repeated-word"
    assert rule in rules(findings(tmp_path, lesson(poor, *others[:2])))
    assert rule not in rules(findings(tmp_path, lesson(poor, *others)))


def test_a_finding_points_at_the_very_word(tmp_path: Path) -> None:
    question = choice("Which of these is not a sea?", "the Sahara", "the Baltic", "the Adriatic")
    [found] = findings(tmp_path, lesson(question))
    assert found.excerpt[found.column - 1 :].startswith("not a sea")


def test_a_question_that_explains_nothing_is_found_once(tmp_path: Path) -> None:
    bare = choice("Who?", "the moon", "the wind", "the coast", explanation=None)
    for option in bare["options"]:
        option.pop("feedback", None)
    assert rules(findings(tmp_path, lesson(bare))) == ["unexplained"]
