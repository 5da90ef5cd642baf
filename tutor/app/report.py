"""The app of a teacher who looks at a class; it shows one page and keeps nothing."""

from pathlib import Path

from textual.screen import Screen

from tutor.app.app import TutorApp
from tutor.app.screens.report import ReportPage
from tutor.classroom.received.gathering import Gathered
from tutor.study import Start, Study


class ReportApp(TutorApp):
    """The report over a class.

    Args:
        study: Whoever teaches; their theme and keys are used.
        gathered: What the class handed in.
        names: Whether names are shown at first.
    """

    on_leaving = ""

    def __init__(self, study: Study, gathered: Gathered, *, names: bool) -> None:
        here = gathered.grader.here
        super().__init__(study, Start(course=here.course if here else study.last_course()))
        # The style of a first screen is read with the app's.
        self.css_path.append(Path(__file__).parent / "screens" / "report.tcss")
        self._gathered = gathered
        self._names = names

    def _opening(self) -> Screen[None]:
        return ReportPage(self._gathered, names=self._names, today=self.study.today())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nowhere to go from a report but out."""
        if action == "command_palette":
            return False
        return super().check_action(action, parameters)
