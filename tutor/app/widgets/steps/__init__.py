"""The steps that are not questions: one module a kind, imported when first shown."""

from textual.widget import Widget

from tutor.course.model.course import Course
from tutor.course.model.steps import (
    AnyStep,
    Compare,
    Debate,
    Figure,
    Read,
    Reflect,
    Timeline,
)
from tutor.study import Study


def view_of(step: AnyStep, study: Study, course: Course) -> Widget:
    """The widget that shows a step which is not a question.

    Args:
        study: The learner at work; some steps are arranged for each learner.
    """
    match step:
        case Read():
            from tutor.app.widgets.steps.read import ReadView

            return ReadView(step, course.citations)
        case Compare():
            from tutor.app.widgets.steps.compare import CompareView

            return CompareView(step)
        case Timeline():
            from tutor.app.widgets.steps.timeline import TimelineView

            return TimelineView(step)
        case Debate():
            from tutor.app.widgets.steps.debate import DebateView

            return DebateView(step, course.citations, study.first_side(course))
        case Figure():
            from tutor.app.widgets.steps.figure import FigureView

            return FigureView(step)
        case Reflect():
            from tutor.app.widgets.steps.reflect import ReflectView

            earlier = study.reflection(course, step.revisits) if step.revisits else None
            kept, begun = study.reflection(course, step.id), study.thought_begun(course, step)
            return ReflectView(step, kept, earlier, begun)
        case _:
            raise AssertionError(f"no view for a {step.type} step")
