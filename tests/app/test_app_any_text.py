"""Code, signs of markup and wide characters in names: home, results and progress show them all."""

from pathlib import Path

import pytest
from answering import wrong_response
from app.reading import Opened
from support import few

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.study import Start, Study

COURSE = """
id: signs
title: '課程 `__init__` and 2**3 [b]x[/b]'
summary: 'Uses `a[0]`, `**kw` and 漢字. The rest.'
lessons: [one.yaml]
"""
LESSON = """
title: '`list[int]` と x__y__z'
objectives: {a: 'Tell `__init__` from `2**3` and 漢字 [b]x[/b]'}
steps:
  - {type: read, title: 'Step `__one__` 漢字', text: Words.}
quiz:
  questions:
    - type: choice
      id: q
      objective: a
      stem: 'What is `2**3` and `__x__` 漢字?'
      options: [{text: '`a_b_c` 八', correct: true}, {text: '`[b]` 九'}]
"""


@pytest.fixture
def signs(tmp_path: Path, study: Study) -> Course:
    for name, text in (("course", COURSE), ("one", LESSON)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return study.library.course_at(tmp_path)


@pytest.mark.parametrize("size", few((80, 24), more=[(120, 40)]))
async def test_nothing_of_a_name_vanishes(
    study: Study, signs: Course, size: tuple[int, int]
) -> None:
    objective = "Tell `__init__` from `2**3` and 漢字 [b]x[/b]"
    async with Opened(TutorApp(study, Start(course=signs)), size) as app:
        assert "課程 `__init__` and 2**3 [b]x[/b]" in app.lines[0]
        assert "Uses a[0], **kw and 漢字. The rest." in app.text
        assert "Begin `list[int]` と x__y__z" in app.text
    attempt = study.quiz(signs, study.lesson(signs.lessons[0]))
    for progress in attempt.progress:
        attempt.respond(wrong_response(progress.question), "sure")
    attempt.finish()
    async with Opened(TutorApp(study, Start(course=signs)), size) as app:
        if size[0] < 100:
            assert objective in app.text
        await app.press("p", "enter")
        if size[0] < 100:
            await app.press("enter")
        assert "`list[int]` と x__y__z · quiz" in app.lines[0]
        shown = app.text
        await app.press("pagedown", "pagedown")
        shown += app.text
        assert "What is 2**3 and __x__ 漢字?" in shown
        if size[0] < 100:
            assert objective in shown
        else:
            assert "you [b] 九" in shown
            assert "right a_b_c 八" in shown


async def test_what_stands_under_the_rows_can_be_reached_in_a_small_window(
    study: Study, signs: Course
) -> None:
    attempt = study.quiz(signs, study.lesson(signs.lessons[0]))
    attempt.respond(wrong_response(attempt.current.question), "sure")
    attempt.finish()
    async with Opened(TutorApp(study, Start(course=signs)), (50, 20)) as app:
        await app.press("p", "enter", "enter")
        assert "↓ more below" in app.text
        await app.press("end")
        assert "Questions ───" in app.text
        assert "▌ ✗ 1 What is 2**3" in app.text
