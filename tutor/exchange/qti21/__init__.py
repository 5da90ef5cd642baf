"""Lessons' quizzes as a QTI 2.1 package, for Blackboard, OpenOlat and others of that standard.

Each question is an item in a file of its own, each quiz a test that refers to its items. The same
lessons give the same bytes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Question
from tutor.exchange.conversion import Exported
from tutor.exchange.format import Format
from tutor.exchange.losses import qti_losses
from tutor.exchange.qti.package import identifier, zipped
from tutor.exchange.qti.xml import document, node
from tutor.exchange.qti21.items import item

_ITEM, _TEST = "imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"
_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}")


def qti21(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Pack the quizzes of lessons, one test for each.

    Args:
        lessons: The lessons, in order; one without a quiz is left out.

    Returns:
        A zip file, and what it could not carry.
    """
    files: dict[str, bytes] = {}
    resources: list[Element] = []
    names = _names([(lesson, question) for lesson in lessons for question in _asked(lesson)])
    for lesson in lessons:
        asked = {names[lesson.id, question.id]: question for question in _asked(lesson)}
        for name, question in asked.items():
            files[f"{name}.xml"] = document(item(name, question, course.citations))
            resources.append(_resource(name, _ITEM))
        if asked:
            test = identifier(course.id, lesson.id)
            files[f"{test}.xml"] = document(_test(test, lesson, list(asked)))
            resources.append(_resource(test, _TEST, list(asked)))
    files["imsmanifest.xml"] = document(_manifest(identifier(course.id), resources))
    return Exported(zipped(files), tuple(said for lesson in lessons for said in qti_losses(lesson)))


def _asked(lesson: Lesson) -> Sequence[Question]:
    return lesson.quiz.questions if lesson.quiz else ()


def _names(asked: Sequence[tuple[Lesson, Question]]) -> dict[tuple[str, str], str]:
    """What each question is called in the package: its id, if that is a name and the only one."""
    used = Counter(question.id.casefold() for _, question in asked)
    return {
        (lesson.id, question.id): question.id
        if _NAME.fullmatch(question.id) and used[question.id.casefold()] == 1
        else identifier(lesson.id, question.id)
        for lesson, question in asked
    }


def _test(name: str, lesson: Lesson, items: Sequence[str]) -> Element:
    draw = lesson.quiz.draw if lesson.quiz else None
    drawn = [node("selection", select=str(draw))] if draw and draw < len(items) else []
    refs = [node("assessmentItemRef", identifier=each, href=f"{each}.xml") for each in items]
    section = node(
        "assessmentSection",
        *drawn,
        *refs,
        identifier="section_1",
        title=lesson.title,
        visible="true",
    )
    part = node(
        "testPart",
        section,
        identifier="part_1",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    return node("assessmentTest", part, identifier=name, title=lesson.title, xmlns=_QTI)


def _resource(name: str, kind: str, items: Sequence[str] = ()) -> Element:
    return node(
        "resource",
        node("file", href=f"{name}.xml"),
        *(node("dependency", identifierref=f"res_{each}") for each in items),
        identifier=f"res_{name}",
        type=kind,
        href=f"{name}.xml",
    )


def _manifest(name: str, resources: Sequence[Element]) -> Element:
    described = node("metadata", node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0"))
    return node(
        "manifest",
        described,
        node("organizations"),
        node("resources", *resources),
        identifier=name,
        xmlns=_PACKAGE,
    )


FORMAT = Format(name="qti21", title="QTI 2.1", write=qti21)
