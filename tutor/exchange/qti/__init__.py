"""Lessons' quizzes as a QTI 1.2 package, in the layout that Canvas takes.

Canvas reads a dialect of the standard: each question names its Canvas type in its metadata, and a
second file beside each quiz holds what the standard has no words for. Identifiers come from the ids
of course, lesson and question, so that a package imported again updates what the first one made.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Order, Question
from tutor.exchange.conversion import Exported
from tutor.exchange.format import Format
from tutor.exchange.losses import canvas_losses
from tutor.exchange.qti.items import field, item, points
from tutor.exchange.qti.package import Assessment, identifier, package
from tutor.exchange.qti.xml import node
from tutor.exchange.qti_reading import likeness, read_qti
from tutor.markdown_to_html import prose

_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"


def qti(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Pack the quizzes of lessons, one Canvas quiz for each.

    Args:
        lessons: The lessons, in order; one without a quiz is left out.

    Returns:
        A zip file, the same byte for byte for the same lessons, and what it could not carry.
    """
    assessments = [_assessment(course, lesson) for lesson in lessons if _kept(lesson)]
    content = package(identifier(course.id), course.title, assessments)
    return Exported(content, tuple(said for lesson in lessons for said in canvas_losses(lesson)))


def _kept(lesson: Lesson) -> list[Question]:
    questions = lesson.quiz.questions if lesson.quiz else ()
    return [question for question in questions if not isinstance(question, Order)]


def _assessment(course: Course, lesson: Lesson) -> Assessment:
    ident = identifier(course.id, lesson.id)
    kept = _kept(lesson)
    items = [
        item(identifier(course.id, lesson.id, question.id), question, course.citations)
        for question in kept
    ]
    total = sum(map(points, kept))
    draw = _drawn(lesson)
    if draw:
        items = [_group(identifier(ident, "drawn"), items, draw, points(kept[0]))]
        total = draw * points(kept[0])
    return Assessment(
        ident=ident,
        title=lesson.title,
        description=prose(course.summary) if course.summary else "",
        questions=_questions(ident, lesson.title, items),
        points=total,
        shuffled=all(question.shuffle for question in kept),
    )


def _drawn(lesson: Lesson) -> int:
    """How many questions Canvas draws; 0 where it asks all, or they are not worth the same."""
    kept = _kept(lesson)
    asked = lesson.quiz.draw if lesson.quiz else None
    worth_the_same = len(set(map(points, kept))) == 1
    return asked if asked and asked < len(kept) and worth_the_same else 0


def _group(ident: str, items: Sequence[Element], draw: int, worth: int) -> Element:
    """A section from which Canvas draws some questions for each attempt."""
    each = node("selection_extension", node("points_per_item", f"{worth}.0"))
    drawing = node("selection", node("selection_number", str(draw)), each)
    return node(
        "section", node("selection_ordering", drawing), *items, ident=ident, title="Questions"
    )


def _questions(ident: str, title: str, items: Sequence[Element]) -> Element:
    return node(
        "questestinterop",
        node(
            "assessment",
            node("qtimetadata", field("cc_maxattempts", "1")),
            node("section", *items, ident="root_section"),
            ident=ident,
            title=title,
        ),
        xmlns=_NAMESPACE,
    )


FORMAT = Format(name="qti", title="QTI", likeness=likeness, read=read_qti, write=qti)
