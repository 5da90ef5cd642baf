"""The app of a teacher who looks at a class; it shows one page and keeps nothing."""

from pathlib import Path

from textual.screen import Screen

from tutor.app.app import TutorApp
from tutor.app.screens.report import ReportPage
from tutor.classroom.received.class_results import Gathered
from tutor.classroom.received.folder_watch import LOOK_EVERY, LiveClass
from tutor.study import Start, Study


class ReportApp(TutorApp):
    """The report over a class.

    Args:
        study: Whoever teaches; their theme and keys are used.
        names: Whether names are shown at first.
        live: The class, where it is still handing in.
    """

    on_leaving = ""

    def __init__(
        self, study: Study, gathered: Gathered, *, names: bool, live: LiveClass | None = None
    ) -> None:
        here = gathered.grader.here
        super().__init__(study, Start(course=here.course if here else study.last_course()))
        # The style of a first screen is read with the app's.
        self.css_path.append(Path(__file__).parent / "screens" / "report.tcss")
        self._gathered = gathered
        self._names = names
        self._live = live
        self._page: ReportPage | None = None

    def _opening(self) -> Screen[None]:
        coming = None if self._live is None else self._live.watch.coming
        self._page = ReportPage(
            self._gathered, names=self._names, today=self.study.today(), coming=coming
        )
        return self._page

    def on_mount(self) -> None:
        """Begin to look at the folder."""
        if self._live is not None:
            self.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Look at the folder, and show what is new in it."""
        if self._live is not None and self._page is not None and self._live.watch.look():
            with self.showing_errors():
                self._page.show_anew(self._live.gathered(), self._live.watch.coming)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nowhere to go from a report but out."""
        if action == "command_palette":
            return False
        return super().check_action(action, parameters)
