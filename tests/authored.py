"""A course whose author edits it all the while, for tests of what happens between two moments."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from support import StepClock

from tutor.records import cache

LESSONS = st.sampled_from(["one", "one", "two"])


class Draft:
    """A lesson as its author has it: what can be changed in it, and its text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.quiz = [self.new("pull", "choice")]
        self.practice = [self.new("first", "true_false")]
        self.steps = 2
        self.broken = False
        self.there = True

    def new(self, name: str, kind: str) -> dict[str, Any]:
        question = {"id": f"{self.name}-{name}", "type": kind, "stem": f"Is it {name}?"}
        question |= {"objective": "know", "hints": ["Look.", "Look again."]}
        return question | KINDS[kind][0]

    def text(self) -> str:
        if self.broken:
            return "title: [unclosed"
        lesson: dict[str, Any] = {"title": f"Lesson {self.name}", "objectives": {"know": "Know it"}}
        reading = [{"type": "read", "text": f"Water {number}."} for number in range(self.steps)]
        lesson["steps"] = reading + [
            {name: what for name, what in one.items() if name != "objective"}
            for one in self.practice
        ]
        if self.quiz:
            lesson["quiz"] = {"questions": self.quiz}
        return msgspec.json.encode(lesson).decode()


KINDS: dict[str, list[dict[str, Any]]] = {
    # Each kind of question with two different keys.
    "choice": [
        {
            "options": [
                {"id": name, "text": name, **({"correct": True} if name == key else {})}
                for name in ("moon", "wind", "shore")
            ]
        }
        for key in ("moon", "wind")
    ],
    "multiple": [
        {
            "options": [
                {"text": name, **({"correct": True} if name in key else {})}
                for name in ("Baltic", "Adriatic", "Andes")
            ]
        }
        for key in (("Baltic", "Adriatic"), ("Andes",))
    ],
    "true_false": [{"answer": True}, {"answer": False}],
    "number": [{"answer": 12}, {"answer": 24}],
    "text": [{"answers": ["ebb"]}, {"answers": ["flood"]}],
    "order": [{"items": ["New", "Half", "Full"]}, {"items": ["Full", "Half", "New"]}],
    "gaps": [{"text": "A {{tide}} and a {{day}}."}, {"text": "A {{tide}}."}],
    "open": [{"rubric": ["Says why"]}, {"rubric": ["Says how"]}],
}


class Authored(RuleBasedStateMachine):
    """A folder with a course and one for records, and the edits of the course's author."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder, self.data = self.root / "sea", self.root / "data"
        self.folder.mkdir()
        self.clock = StepClock()
        self.seeds = self.saves = 0
        self.edited = True
        # Saves are told apart by the time set for each; so what was read before is always used.
        self.no_tick = mock.patch.object(cache, "COARSEST_TICK_NS", -1)
        self.no_tick.start()
        self.drafts = {name: Draft(name) for name in ("one", "two")}
        self.listed = ["one", "two"]

    def teardown(self) -> None:
        self.no_tick.stop()
        shutil.rmtree(self.root)

    def next_seed(self) -> int:
        self.seeds += 1
        return self.seeds

    def save(self) -> None:
        self.edited = True
        files = ", ".join(f"{name}.yaml" for name in self.listed)
        course = f"id: sea\ntitle: The sea\nlessons: [{files}]\ntest: {{per_objective: 2}}\n"
        self._write("course", course)
        for name, draft in self.drafts.items():
            if draft.there:
                self._write(name, draft.text())
            else:
                (self.folder / f"{name}.yaml").unlink(missing_ok=True)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.yaml"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            self.saves += 1
            path.write_text(text, encoding="utf-8")
            os.utime(path, (self.saves, self.saves))

    def edit(self, name: str, what: str, place: int, practice: bool, kind: str) -> None:
        draft = self.drafts[name]
        questions = draft.practice if practice else draft.quiz
        known = {one["id"] for one in (*draft.quiz, *draft.practice)}
        if what == "new":
            questions.append(draft.new(f"new{place}", kind))
            if questions[-1]["id"] in known:
                questions.pop()
        elif questions:
            question = questions[place % len(questions)]
            if what == "key":
                old, new = KINDS[question["type"]]
                question |= new if old.items() <= question.items() else old
            elif what == "hints":
                question["hints"] = [f"Hint {number}." for number in range(place % 3)]
            elif what == "type":
                kept = {key: question[key] for key in ("id", "stem", "objective", "hints")}
                question.clear()
                question |= {**kept, "type": kind, **KINDS[kind][0]}
            elif what == "id" and f"{name}-other{place}" not in known:
                question["id"] = f"{name}-other{place}"
            elif what == "out":
                questions.remove(question)
        self.save()

    @rule(name=LESSONS, what=st.sampled_from(["steps", "break", "file"]), steps=st.integers(0, 3))
    def edit_a_file(self, name: str, what: str, steps: int) -> None:
        draft = self.drafts[name]
        if what == "steps":
            draft.steps = steps
        elif what == "break":
            draft.broken = not draft.broken
        else:
            draft.there = not draft.there
        self.save()

    @rule(listed=st.sampled_from([["one"], ["one", "two"], ["two", "one"]]))
    def list_lessons(self, listed: list[str]) -> None:
        self.listed = listed
        self.save()
