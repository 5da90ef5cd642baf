"""What a question says comes back from every format as it was, or the export names what is lost."""

import csv
import io
import re
import zipfile
from typing import Any

import msgspec
import pytest
from carried import tolerance

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Gaps, Number
from tutor.errors import CannotRead
from tutor.exchange.conversion import Exported, Imported
from tutor.exchange.formats import export_as, read_as

COURSE = Course(id="c", title="Course", folder="c", lessons=())
READ_BACK = {"gift": "gift", "moodle-xml": "moodle-xml", "aiken": "aiken", "csv": "csv"} | {
    "tsv": "tsv",
    "qti": "qti",
    "qti21": "qti",
}
"""The formats whose files are read again, and as which format."""

COMMON: dict[str, dict[str, Any]] = {
    "hint": {"hints": ["Think of the moon."]},
    "explanation": {"explanation": "The moon pulls at the sea."},
    "points": {"points": 3},
    "level": {"level": "apply"},
    "objective": {"objective": "know"},
    "level and objective": {"level": "apply", "objective": "know"},
    "rests on": {"claims": ["t1"]},
    "voice": {"voice": "for"},
    "rules": {"allow": {"longest-key": "It is a name."}},
}
OPTIONS = [
    {"text": "Ebb", "correct": True, "feedback": "So it is."},
    {"text": "Flood", "feedback": "It rises then."},
    {"text": "Slack", "feedback": "It stands then."},
]
OWN: dict[str, dict[str, dict[str, Any]]] = {
    "choice": {
        "feedback": {"options": OPTIONS},
        "fixed order": {"shuffle": False},
        "ids": {"options": [{**option, "id": f"o{n}"} for n, option in enumerate(OPTIONS)]},
    },
    "multiple": {
        "scoring": {"scoring": "all-or-nothing"},
        "feedback": {"options": [*OPTIONS, {"text": "Neap", "correct": True}]},
        "fixed order": {"shuffle": False},
        "ids": {"options": [{**option, "id": f"o{n}"} for n, option in enumerate(OPTIONS)]},
    },
    "true_false": {"feedback": {"feedback": "It falls twice a day."}},
    "number": {
        "tolerance": {"tolerance": "0.5"},
        "tolerance as a share": {"tolerance": "5%"},
        "unit": {"unit": "hours"},
        "unit asked": {"unit": "hours", "ask_unit": True},
        "mistakes": {"mistakes": [{"answer": 24, "feedback": "That is a day."}]},
        "other numbers": {"also": ["-48"]},
        "comma": {"answer": 1.5, "decimal": "comma"},
    },
    "text": {
        "exact": {"answers": ["mL"], "exact": True},
        "typos": {"typos": 1},
        "words before": {"may_begin_with": ["the"]},
        "mistakes": {"mistakes": [{"answer": "flood", "feedback": "That rises."}]},
    },
    "order": {
        "feedback": {"items": [{"text": "Ebb", "feedback": "It falls."}, "Flood", "Slack"]},
        "ids": {"items": [{"text": "Ebb", "id": "o1"}, "Flood", "Slack"]},
    },
    "match": {
        "feedback": {
            "pairs": [
                {"left": "Ebb", "right": "falls", "feedback": "It falls."},
                {"left": "Flood", "right": "rises"},
            ]
        },
        "spare": {"distractors": ["stands", "freezes"]},
        "fixed order": {"shuffle": False},
        "ids": {
            "pairs": [
                {"left": "Ebb", "right": "falls", "id": "o1"},
                {"left": "Flood", "right": "rises", "id": "o2"},
            ]
        },
    },
    "sort": {
        "groups": {"groups": {"Falls": ["Ebb", "Neap"], "Rises": ["Flood"], "Stands": []}},
        "feedback": {"groups": {"Falls": [{"text": "Ebb", "feedback": "So."}], "Rises": ["Flood"]}},
        "fixed order": {"shuffle": False},
    },
    "matrix": {
        "columns": {"columns": ["One way", "Another way", "A third"]},
        "feedback": {
            "columns": ["Falls", "Rises"],
            "rows": [
                {"text": "Ebb", "column": "Falls", "feedback": "So."},
                {"text": "Flood", "column": "Rises"},
            ],
        },
        "fixed order": {"shuffle": False},
    },
    "gaps": {
        "feedback": {"feedback": ["It falls."]},
        "bank": {"bank": ["flood", "slack"], "text": "A sentence with an {{ebb}} in it."},
        "signs in the bank": {"bank": ["#"], "text": "A sentence with {{\\(}} in it."},
        "words beyond the bank": {
            "bank": ["flood", "slack"],
            "text": "A sentence with an {{ebb|low tide}} in it.",
        },
        "exact": {"exact": True},
        "typos": {"typos": 1},
        "words before": {"may_begin_with": ["the"]},
        "several": {"text": "An {{ebb|Ebb}} falls, and a {{flood}} rises every day."},
        "several with points": {
            "text": "An {{ebb|Ebb}} falls, and a {{flood}} rises every day.",
            "points": 3,
        },
    },
    "open": {
        "rubric": {"rubric": ["It names the moon.", "It names the sun."]},
        "model": {"model": "The moon raises the tides."},
    },
}
NAMED = {
    "hint": "hints?",
    "explanation": "explanation",
    "points": "points",
    "level": r"levels?\b|tags",
    "objective": "objectives?|tags",
    "level and objective": r"objectives and levels|objectives|tags",
    "rests on": "claims|rests on",
    "voice": "voice",
    "rules": "rules that do not apply",
    "scoring": "all or nothing|part of the points for a part",
    "feedback": "feedback|what is said",
    "fixed order": "fixed order",
    "ids": r"parts' ids",
    "unit": r"\bunit\b",
    "unit asked": r"\bunit\b",
    "mistakes": "feedback on",
    "comma": "decimal sign",
    "exact": "capitals",
    "typos": r"\btypos\b|typing error",
    "words before": "need not count|accepts no",
    "bank": "words to choose from",
    "signs in the bank": "words to choose from",
    "words beyond the bank": "not in (its|the) bank",
    "several with points": "1 point a gap",
    "rubric": "rubric",
    "model": "example",
}
"""By what words a loss is known."""
OTHER_TYPE = "matched with its|a short answer in GIFT|a choice in GIFT"
IN_THE_FILE = {("fixed order", "qti"): b"<shuffle_answers>false<"}
"""What is carried, but not taken from there by our own reader."""
ALWAYS = {
    ("multiple", "scoring", "csv"),
    ("multiple", "scoring", "qti21"),
    ("number", "comma", "csv"),
    ("text", "exact", "csv"),
    ("sort", "explanation", "qti"),
    ("matrix", "explanation", "qti21"),
    ("match", "feedback", "qti"),
    ("match", "fixed order", "qti21"),
    ("gaps", "bank", "gift"),
    ("gaps", "signs in the bank", "csv"),
    ("gaps", "words beyond the bank", "csv"),
    ("gaps", "words beyond the bank", "qti"),
    ("choice", "voice", "qti"),
    ("open", "model", "gift"),
    ("open", "points", "qti21"),
}
"""What was once lost without a word; of the others each field goes to one format by default."""
FIELDS = [(kind, field) for kind in QUESTION_TYPES for field in (*COMMON, *OWN[kind])]
CASES = [
    pytest.param(
        *case,
        form,
        marks=()
        if (*case, form) in ALWAYS or down % len(READ_BACK) == across
        else pytest.mark.long,
    )
    for down, case in enumerate(FIELDS)
    for across, form in enumerate(READ_BACK)
]


def made(kind: str, field: str) -> AnyQuestion:
    fields = COMMON.get(field) or OWN[kind][field]
    raw = {"type": kind, "id": "q", **QUESTION_TYPES[kind].example, **fields}
    return msgspec.convert(msgspec.to_builtins(raw), AnyQuestion, strict=False)


def exported(question: AnyQuestion, form: str) -> Exported:
    objectives = {"know": "Know it"} if question.objective else {}
    lesson = Lesson(
        title="L", id="l", objectives=objectives, quiz=Quiz(questions=(question,), pass_=0.7)
    )
    return export_as(form, COURSE, [lesson])


@pytest.mark.parametrize(("kind", "field", "form"), CASES)
def test_a_field_comes_back_or_its_loss_is_named(kind: str, field: str, form: str) -> None:
    question = made(kind, field)
    done = exported(question, form)
    imported = came_back(form, done.content)
    if imported is None:
        assert any(re.search("left out, for|stays behind", said) for said in done.left_out)
        return
    assert imported.lesson.quiz is not None
    [back] = imported.lesson.quiz.questions
    told = [*done.left_out, *imported.left_out]
    if back.type != kind:
        assert any(re.search(OTHER_TYPE, said) for said in told), told
    if says(back)[field] != says(question)[field] and not in_the_file(field, form, done.content):
        assert field in NAMED, (says(back)[field], says(question)[field])
        assert any(re.search(NAMED[field], said) for said in told), (told, back)


def in_the_file(field: str, form: str, content: str | bytes) -> bool:
    wanted = IN_THE_FILE.get((field, form))
    if wanted is None or isinstance(content, str):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return any(wanted in packed.read(name) for name in packed.namelist())


def came_back(form: str, content: str | bytes) -> Imported | None:
    try:
        return read_as(READ_BACK[form], content if isinstance(content, bytes) else content.encode())
    except CannotRead:
        return None


def says(question: Any) -> dict[str, Any]:
    """What a question says, by the field that says it; a type without it says nothing there."""
    rows = sorted(question.rows(), key=lambda row: row.text)
    about = [row.feedback or "" for row in rows] + [*(getattr(question, "feedback", "") or "")]
    mistakes = [(str(one.answer), one.feedback) for one in getattr(question, "mistakes", ())]
    accepted = question.gaps() if isinstance(question, Gaps) else ()
    is_number = isinstance(question, Number)
    says = {
        "hint": question.hints,
        "explanation": (question.explanation or "").strip(),
        "points": question.points,
        "level": question.level,
        "objective": question.objective,
        "level and objective": (question.level, question.objective),
        "rests on": question.claims,
        "voice": question.voice,
        "rules": question.allow,
        "scoring": getattr(question, "scoring", None),
        "feedback": about,
        "fixed order": question.shuffle,
        "ids": [row.id for row in rows],
        "tolerance": tolerance(question) if is_number else None,
        "unit": getattr(question, "unit", None),
        "unit asked": (getattr(question, "unit", None), getattr(question, "ask_unit", False)),
        "mistakes": mistakes,
        "other numbers": getattr(question, "also", ()),
        "comma": getattr(question, "decimal", None),
        "exact": getattr(question, "exact", False),
        "typos": getattr(question, "typos", 0),
        "words before": getattr(question, "may_begin_with", ()),
        "spare": sorted(target.text for target in question.targets()),
        "bank": sorted(question.words()) if isinstance(question, Gaps) else (),
        "words beyond the bank": accepted,
        "several": accepted,
        "several with points": (accepted, question.points),
        "rubric": getattr(question, "rubric", ()),
        "model": (getattr(question, "model", "") or "").strip(),
    }
    twins = {"tolerance as a share": "tolerance", "groups": "spare", "columns": "spare"}
    twins["signs in the bank"] = "bank"
    return {**says, **{name: says[twin] for name, twin in twins.items()}}


def test_a_sheet_has_a_column_for_the_level_and_for_what_counts() -> None:
    content = exported(made("choice", "level"), "csv").content
    assert isinstance(content, str)
    [row] = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    assert row["level"] == "apply"
    assert not row.get("objective")
    content = exported(made("multiple", "scoring"), "csv").content
    assert isinstance(content, str)
    [row] = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    assert row["scoring"] == "all-or-nothing"


@pytest.mark.parametrize(
    ("column", "said"), [("level", "apply it"), ("scoring", "some"), ("decimal", "semicolon")]
)
def test_what_makes_no_sense_in_a_column_is_told(column: str, said: str) -> None:
    kind = "number" if column == "decimal" else "multiple"
    rows = [["type", "stem", "answer 1", "answer 2", "correct", column]]
    rows += [[kind, stem, "1", "2", "1", value] for stem, value in (("Q?", said), ("R?", ""))]
    left_out = read_as("csv", "\n".join(map(",".join, rows)).encode()).left_out
    assert any(column in sentence and said in sentence for sentence in left_out), left_out


def test_a_card_says_what_it_has_no_place_for() -> None:
    assert any("voice" in said for said in exported(made("choice", "voice"), "anki").left_out)
