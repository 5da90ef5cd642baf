"""Damaged in any way, a hand-in is never a traceback, and never a wrong score unseen."""

import io
import random
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from class_of import handed_in
from support import few

from tutor.classroom.hand_in.file import read, seal, write
from tutor.classroom.hand_in.pasted_text import as_text
from tutor.classroom.received.class_results import gather
from tutor.classroom.received.course_here import CourseHere, course_of
from tutor.classroom.received.graded_attempts import GradedAttempt
from tutor.classroom.received.hand_in_search import collect
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.in_lines import lines
from tutor.quiz.grading import grade
from tutor.study import Study

TOKENS = [b'"', b"}", b"]", b"{", b",", b"null", b"true", b"-1", b"1e999", b"\\u0000", b"9" * 400]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A file with a few changes: bytes flipped, cut out, doubled, moved, or tokens put in."""
    raw = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(raw)) if raw else 0
        upto = min(len(raw), at + chance.choice((1, 1, 2, 10, 400)))
        match chance.randrange(7):
            case 0:
                raw[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del raw[at:upto]
            case 2:
                raw[at:at] = raw[at:upto]
            case 3:
                raw[at:upto] = chance.choice(TOKENS)
            case 4:
                raw[at:at] = chance.choice(TOKENS)
            case 5:
                raw = raw[:at] or bytearray(b"{")
            case _:
                raw[at : at + 1] = bytes([chance.choice(b"0123456789")])
    return bytes(raw)


class Class:
    """A teacher's folder with one file in it, reported on again and again."""

    def __init__(self, study: Study) -> None:
        self.content = write(handed_in(study, right=False))
        found = course_of(study, read(self.content))
        assert found is not None
        self.here: CourseHere = found
        self.told: list[str] = []
        self.runs: list[GradedAttempt] = []

    def report(self, content: bytes, name: str = "one.tutor") -> tuple[list[object], list[str]]:
        """The scores that are believed, and all that is said."""
        path = Path(name)
        path.write_bytes(content)
        made = gather(
            collect([path]), lambda one: self.here if one.course == "every" else None, None
        )
        self.told = [one.said(names=True) for one in made.set_aside]
        self.runs = [run for one in made.learners for run in (*one.runs, *one.quizzes)]
        assert list(lines(report_on(made, names=True)))
        return [(run.learner, run.id, run.earned, run.possible) for run in self.runs], self.told


@pytest.mark.parametrize("count", few(60, more=[10_000]))
def test_a_damaged_file_is_seen(study: Study, count: int) -> None:
    of = Class(study)
    honest, _ = of.report(of.content)
    chance = random.Random(17)
    for _ in range(count):
        content = mutated(of.content, chance)
        scores, told = of.report(content)
        if scores:
            assert scores == honest  # what was changed says nothing, as a space would
        else:
            assert any("one.tutor" in line for line in told), content[:200]


@pytest.mark.parametrize("count", few(60, more=[10_000]))
def test_a_damaged_paste_is_seen(study: Study, count: int) -> None:
    of = Class(study)
    honest, _ = of.report(of.content)
    text = as_text(of.content).encode()
    chance = random.Random(18)
    for _ in range(count):
        scores, told = of.report(mutated(text, chance))
        if scores:
            assert scores == honest
        else:
            assert any("one.tutor" in line for line in told)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, inside in files.items():
            packed.writestr(name, inside)
    return out.getvalue()


def mail(content: bytes, name: str) -> bytes:
    """An e-mail with a file, and on it the same once more as it was forwarded."""
    made, whole = EmailMessage(), EmailMessage()
    for one in (made, whole):
        one["Subject"] = "My results"
        one.set_content("Here it is.")
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    whole.add_attachment(made)
    return whole.as_bytes()


def pasted_mail(content: bytes) -> bytes:
    made = EmailMessage()
    made.set_content(as_text(content))
    made.add_alternative(f"<p>{as_text(content)}</p>", subtype="html")
    return b"From ana@example.org Sun Nov 29\n" + made.as_bytes()


def document(content: bytes, part: str) -> bytes:
    text = "".join(f"<t>{line}</t>" for line in as_text(content).splitlines())
    return zipped(**{"[Content_Types].xml": b"<x/>", part: text.encode()})


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "e-mail": lambda content: mail(content, "one.tutor"),
    "pasted into an e-mail": pasted_mail,
    "zip on an e-mail in a zip": lambda content: zipped(a=mail(zipped(b=content), "c.zip")),
    "zip in a zip": lambda content: zipped(a=zipped(b=content)),
    "docx": lambda content: document(content, "word/document.xml"),
    "xlsx in a zip": lambda content: zipped(a=document(content, "xl/sharedStrings.xml")),
    "form": lambda content: f'a,Ana,"{as_text(content)}"\n'.encode(),
}


@pytest.mark.parametrize("count", few(20, more=[3000]))
@pytest.mark.parametrize("how", PACKED)
def test_a_damaged_file_is_seen_whatever_it_is_packed_in(
    study: Study, how: str, count: int
) -> None:
    of = Class(study)
    honest, _ = of.report(of.content)
    packed = PACKED[how](of.content)
    name = "one.csv" if how == "form" else "one.tutor"
    assert of.report(packed, name) == (honest, [])
    chance = random.Random(how)
    for _ in range(count):
        content = mutated(packed, chance)
        scores, told = of.report(content, name)
        if scores:
            assert scores == honest
        else:
            assert any(name in line for line in told), content[:200]


@pytest.mark.parametrize("count", few(60, more=[10_000]))
def test_a_forged_file_is_graded_anew(study: Study, count: int) -> None:
    """With its check made anew it is no damage: then every answer is graded by the course."""
    of = Class(study)
    body = of.content.partition(b'"body":')[2].rstrip()[:-1]
    chance = random.Random(19)
    for _ in range(count):
        of.report(seal("tutor hand-in", msgspec.Raw(mutated(body, chance))))
        for run in of.runs:
            assert 0 <= run.earned <= run.possible
            for answer in run.responses:
                question = answer.item.question
                if question is None:
                    assert any("another version" in line for line in of.told)
                elif run.mode == "test" and question.accepts(answer.response):
                    assert answer.earned == grade(question, answer.response).score * question.points
