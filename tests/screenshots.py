"""The README's pictures, made anew from the real app: `python -m tests.screenshots`."""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

os.environ.pop("NO_COLOR", None)

from tests.two_months import Calendar, live
from tutor.app.app import TutorApp
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.records.store import IN_MEMORY
from tutor.study import Start

TODAY = datetime(2026, 1, 23, 20, 30, tzinfo=UTC)
FOLDER = Path(__file__).parent / "app" / "screenshots"


async def main() -> None:
    """Take pictures of home, of progress, and of the results of a quiz that failed."""
    clock = Calendar(TODAY)
    with open_records(IN_MEMORY, clock) as store:
        study = live(store, clock, TODAY, FOLDER)
        app = TutorApp(study, Start(course=study.library.default()))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.pause()
            keep(app, "home")
            app.show_progress()
            await pilot.pause()
            await pilot.pause()
            keep(app, "progress")
            quizzes = [one for one in finished.all_of(store, study.learner) if one.mode == "quiz"]
            app.show_past(quizzes[0])
            await pilot.pause()
            await pilot.pause()
            keep(app, "results")


def keep(app: TutorApp, name: str) -> None:
    """Keep what the app shows now as a picture."""
    FOLDER.mkdir(exist_ok=True)
    # Fonts are left to whoever looks at it: a picture should load nothing from elsewhere.
    picture = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(), flags=re.DOTALL)
    (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
