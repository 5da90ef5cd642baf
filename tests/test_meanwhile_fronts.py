"""Both fronts, typed into at random, while the course is edited and a second program is at work.

Whatever is typed, nothing fails but in words, and afterwards both fronts offer the same.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Literal, TypeAlias

import pytest
from app.reading import Opened
from authored import KINDS, LESSONS, Authored
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tutor.app.app import TutorApp
from tutor.errors import CannotRead, TutorError
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.records import learners
from tutor.records.backup import backups_in, write_backup
from tutor.records.opening import open_records
from tutor.records.restore import restore
from tutor.records.store import Store
from tutor.study import Start, Study

Opening: TypeAlias = Literal["home", "lesson", "quiz", "test"]
OPENINGS: st.SearchStrategy[Opening] = st.sampled_from(["home", "lesson", "quiz", "test"])
LINES = st.sampled_from(
    [
        "",
        "",
        "1",
        "2",
        "t",
        "f",
        "12",
        "ebb",
        "1 2",
        "2 3 1",
        "tide; day",
        ":h",
        ":r",
        ":s",
        "?",
        "x",
    ]
)
KEYS = st.sampled_from(
    [
        "enter",
        "enter",
        "enter",
        "1",
        "2",
        "h",
        "r",
        "ctrl+n",
        "s",
        "g",
        "escape",
        "right",
        "left",
        "down",
        "space",
        "tab",
        "t",
        "q",
        "p",
        "e",
    ]
)
MEANWHILE = st.sampled_from(["nothing", "nothing", "afresh", "forget", "restore", "answer", "edit"])

SAID_BY_THE_APP = {
    "continue": "Continue",
    "quiz": "Continue the quiz of lesson",
    "take-quiz": "Quiz ",
    "begin": "Begin",
    "done": "All done.",
}
SAID_BY_PLAIN = {
    "continue": "Enter goes on in lesson",
    "quiz": "Enter goes on with the quiz of lesson",
    "take-quiz": "Enter takes the quiz of lesson",
    "begin": "Enter begins lesson",
    "done": "all lessons are done",
}


class Fronts(Authored):
    @initialize()
    def start(self) -> None:
        self.save()
        with self._store() as store:
            learners.learner_id(store, "Ana")
            write_backup(store)

    def teardown(self) -> None:
        self.both_offer_the_same()
        super().teardown()

    def _store(self) -> Store:
        return open_records(self.data, self.clock)

    def _study(self, store: Store) -> Study:
        return Study(store, Library(store, self.folder), "Ana", seed=self.next_seed)

    def _start(self, study: Study, opening: Opening, name: str) -> Start:
        """Where the command line would open; raises as it would."""
        course = study.library.course_at(self.folder)
        outline = course.lesson(name)
        if opening == "test" and not study.test_lesson(course).questions():
            opening = "home"
        if opening in ("lesson", "quiz") and outline is not None:
            lesson = study.lesson(outline)
            return Start(
                course=course, lesson=outline, quiz=opening == "quiz" and lesson.quiz is not None
            )
        return Start(course=course, test=opening == "test")

    def _happen(self, what: str, name: str) -> None:
        """Another program does something, or the author saves."""
        if what == "edit":
            self.edit(name, "out", 0, practice=False, kind="choice")
            return
        if what == "restore":
            restore(self.data, backups_in(self.data)[0], self.clock())
            return
        with self._store() as store, suppress(CannotRead):
            study = self._study(store)
            if what == "forget":
                learners.forget(store, study.learner)
            elif what == "afresh":
                for lesson in ("", "one", "two"):
                    study.start_afresh(study.library.course_at(self.folder), lesson)
            elif what == "answer":
                self._in_plain(study, "quiz", name, ["1", "1"], person=True)

    def _in_plain(
        self,
        study: Study,
        opening: Opening,
        name: str,
        lines: list[str],
        *,
        person: bool,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        class Typed(StringIO):
            """Lines, before the last of which something happens elsewhere."""

            left = len(lines)

            def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
                self.left -= 1
                if self.left == 0:
                    before()
                return super().readline(-1 if size is None else size)

        out = StringIO()
        typed = Typed("".join(f"{line}\n" for line in lines))
        try:
            start = self._start(study, opening, name)
            code = run(study, start, Terminal(typed, out, out, interactive=person))
        except TutorError:
            return
        assert code in (0, 1)

    @rule(
        opening=OPENINGS,
        name=LESSONS,
        lines=st.lists(LINES, min_size=1, max_size=8),
        person=st.booleans(),
        meanwhile=MEANWHILE,
    )
    def learn_in_plain_mode(
        self, opening: Opening, name: str, lines: list[str], person: bool, meanwhile: str
    ) -> None:
        with self._store() as store:
            self._in_plain(
                self._study(store),
                opening,
                name,
                lines,
                person=person,
                before=lambda: self._happen(meanwhile, name),
            )

    @rule(
        opening=OPENINGS,
        name=LESSONS,
        keys=st.lists(KEYS, min_size=1, max_size=8),
        place=st.integers(0, 7),
        meanwhile=MEANWHILE,
    )
    def learn_in_the_app(
        self, opening: Opening, name: str, keys: list[str], place: int, meanwhile: str
    ) -> None:
        async def learn(study: Study, start: Start) -> None:
            async with Opened(TutorApp(study, start), (80, 24)) as app:
                for number, key in enumerate(keys):
                    if number == place % len(keys):
                        self._happen(meanwhile, name)
                    await app.press(key)
                    if not app.app.is_running:
                        break
            if app.app.fault is not None:
                raise app.app.fault

        with self._store() as store, suppress(TutorError):
            study = self._study(store)
            asyncio.run(learn(study, self._start(study, opening, name)))

    @rule(
        name=LESSONS,
        what=st.sampled_from(["key", "hints", "type", "id", "out", "new"]),
        place=st.integers(0, 5),
        practice=st.booleans(),
        kind=st.sampled_from(list(KINDS)),
    )
    def edit_a_question(self, name: str, what: str, place: int, practice: bool, kind: str) -> None:
        self.edit(name, what, place, practice, kind)

    def both_offer_the_same(self) -> None:
        """What Enter does at home, in the words of each front."""
        with self._store() as store, suppress(CannotRead):
            study = self._study(store)
            course = study.library.course_at(self.folder)
            up = study.next_up(course)
            out = StringIO()
            run(study, Start(course=course), Terminal(StringIO(), out, out, interactive=True))
            words = [SAID_BY_PLAIN[up.why]]
            if study.wants_reading_again(up):
                words = ["Enter reads again what you missed in the quiz of lesson"]
            if study.reviews.due(course).left_at:
                words.append("Enter goes on with the review")
            if course.test is not None and study.test_left(course):
                words.append("Enter goes on with the test")
            assert any(said in out.getvalue() for said in words)
            home = asyncio.run(home_of(study, Start(course=course)))
            # Who is new is greeted, even where no lesson can be opened.
            assert SAID_BY_THE_APP[up.why] in home or (up.why == "done" and "Welcome." in home)


async def home_of(study: Study, start: Start) -> str:
    """What home says in the app."""
    async with Opened(TutorApp(study, start), (80, 24)) as app:
        return app.text


_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


class TestFronts(Fronts.TestCase):
    settings = settings(max_examples=4, stateful_step_count=5, phases=_PHASES)


@pytest.mark.long
class TestFrontsLong(Fronts.TestCase):
    settings = settings(max_examples=60, stateful_step_count=8, phases=_PHASES)
