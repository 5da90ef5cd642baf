"""The README's screenshot, made anew from the real app: `python -m tests.screenshots`."""

import asyncio
import os
import re
import tempfile
from pathlib import Path

os.environ.pop("NO_COLOR", None)

from tests.answering import right_response, wrong_response
from tests.support import StepClock
from tutor.app.app import TutorApp
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Start, Study

FOLDER = Path(__file__).parent / "app" / "screenshots"


async def main() -> None:
    """Sit a quiz, begin a lesson, and take a picture of home."""
    with tempfile.TemporaryDirectory() as name, open_records(Path(name), StepClock()) as store:
        study = Study(store, Library(store, Path(name)), "Ana", seed=lambda: 7)
        course = study.library.default()
        lesson = study.lesson(course.lessons[0])
        study.move_to(course, lesson, len(lesson.steps) - 1)
        attempt = study.quiz(course, lesson)
        for number, progress in enumerate(attempt.progress):
            respond = wrong_response if number in (2, 7) else right_response
            attempt.go(progress.question.id)
            attempt.respond(respond(progress.question))
        attempt.finish()
        study.move_to(course, study.lesson(course.lessons[1]), 3)
        app = TutorApp(study, Start(course=course))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            FOLDER.mkdir(exist_ok=True)
            # Fonts are left to whoever looks at it: a picture should load nothing from elsewhere.
            picture = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(), flags=re.DOTALL)
            (FOLDER / "home.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
