"""The full-screen front."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.app.app import TutorApp
    from tutor.classroom.feedback import Feedback
    from tutor.classroom.received.class_results import Gathered
    from tutor.classroom.received.folder_watch import LiveClass
    from tutor.preview import PreviewStudy
    from tutor.study import Start, Study


def run(
    study: "Study",
    start: "Start",
    given: "Feedback | None" = None,
    kept: "Sequence[Feedback]" = (),
) -> int:
    """Open the app and stay in it until the learner leaves.

    Args:
        given: What a teacher gave back, to open with that; None for nothing.
        kept: All that a teacher gave back and can be opened again, the newest last.

    Returns:
        The exit code: 1 where the quiz that was asked for was left unfinished, else 0.

    Raises:
        TutorError: Something went wrong that the learner has to know; the screen is restored.
    """

    def make() -> "TutorApp":
        from tutor.app.app import TutorApp

        return TutorApp(study, start, given, kept)

    return _run(make)


def run_preview(study: "PreviewStudy") -> int:
    """Show what is being written, anew at every save, until its author leaves.

    Raises:
        TutorError: Something went wrong that the author has to know; the screen is restored.
    """

    def make() -> "TutorApp":
        from tutor.app.preview import PreviewApp

        return PreviewApp(study)

    return _run(make)


def run_report(
    study: "Study", gathered: "Gathered", *, names: bool, live: "LiveClass | None" = None
) -> int:
    """Show how a class did, until its teacher leaves.

    Args:
        names: Whether names are shown at first.
        live: The class, where it is still handing in.

    Raises:
        TutorError: Something went wrong that the teacher has to know; the screen is restored.
    """

    def make() -> "TutorApp":
        from tutor.app.report import ReportApp

        return ReportApp(study, gathered, names=names, live=live)

    return _run(make)


def _be_patient_on_slow_lines() -> None:
    """Wait longer for what follows an Escape where it may come late: an arrow is no Escape.

    Textual looks at the variable when it is imported.
    """
    import os

    if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
        os.environ.setdefault("ESCDELAY", "500")


def _run(make: "Callable[[], TutorApp]") -> int:
    import gc

    from tutor import lazy_imports, signals

    lazy_imports.put_off(lazy_imports.BY_SCREENS)
    _be_patient_on_slow_lines()
    # Nothing made while starting becomes garbage. After that the app collects it when a page was
    # turned, never while a key is dealt with.
    gc.disable()
    try:
        app = make()
        with signals.handled_by(app.leave_for_a_signal, app.give_terminal_back):
            app.run()
    finally:
        gc.enable()
        gc.unfreeze()
    signals.raise_what_came()
    if app.fault is not None:
        raise app.fault
    return app.exit_code()
