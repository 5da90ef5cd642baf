"""The full-screen front."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.study import Start, Study


def run(study: "Study", start: "Start") -> int:
    """Open the app and stay in it until the learner leaves.

    Args:
        study: The learner at work.
        start: Where to open.

    Returns:
        The exit code: 1 where the quiz that was asked for was left unfinished, else 0.

    Raises:
        TutorError: Something went wrong that the learner has to know; the screen is restored.
    """
    import gc

    # Nothing made while starting becomes garbage: collecting waits for the first frame.
    gc.disable()
    try:
        from tutor.app.app import TutorApp

        app = TutorApp(study, start)
        app.run()
    finally:
        gc.enable()
    if app.fault is not None:
        raise app.fault
    return app.exit_code()
