"""The pages are without fault by axe-core, and can be printed; both by a browser without a window.

TUTOR_NODE_MODULES (or NODE_PATH) names the folder that axe-core lies in.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from class_of import handed_in

from tutor.classroom import feedback
from tutor.classroom.paper.in_html import key_as_html, sheets_as_html
from tutor.classroom.paper.sheet_questions import draw
from tutor.classroom.received.class_results import Gathered, gather
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import Received, SetAside
from tutor.classroom.received.roster import Member, Roster
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.in_html import as_html
from tutor.course.model.course import Lesson, Quiz
from tutor.study import Study

pytestmark = pytest.mark.long
RUN = """<pre id="said"></pre><script>
axe.run(document).then(found => {
  const told = found.violations.map(one => [one.id, one.nodes[0].html]);
  document.getElementById("said").textContent = "SAID" + JSON.stringify(told) + "SAID";
});
</script>"""


@pytest.fixture
def browser() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("there is no browser to look with")
    return found


@pytest.fixture
def gathered(study: Study) -> Gathered:
    made = handed_in(study, right=False, sure=True)
    here = course_of(study, made)
    return gather([Received("a", made), SetAside("b", "is cut off")], lambda _: here, None)


def pages(gathered: Gathered) -> list[str]:
    here = gathered.grader.here
    assert here is not None
    questions = tuple(here.questions.values())
    lesson = Lesson(title="Test", quiz=Quiz(questions=questions))
    roster = Roster((Member("Ana"), Member("Ben")))
    printed = draw(here.course, lesson, roster, seed=1, at="2026-11-28T09:00:00Z").printing
    return [
        sheets_as_html(printed),
        key_as_html(printed),
        as_html(report_on(gathered, names=True)),
        as_html(report_on(gathered, names=False)),
        feedback.as_html(feedback.feedback_for(gathered, gathered.learners[0])),
    ]


def run(browser: str, *arguments: str) -> str:
    own = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={Path.cwd()}/u",
    ]
    done = subprocess.run(
        [*own, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_axe_finds_nothing(gathered: Gathered, browser: str) -> None:
    modules = os.environ.get("TUTOR_NODE_MODULES") or os.environ.get("NODE_PATH") or ""
    axe = Path(modules) / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed (TUTOR_NODE_MODULES names its folder)")
    for number, page in enumerate(pages(gathered)):
        free = re.sub(r"<meta http-equiv[^>]*>", "", page)  # by which no script would run
        assert free != page
        looked_at = Path(f"{number}.html").absolute()
        script = f"<script>{axe.read_text()}</script>{RUN}"
        looked_at.write_text(free.replace("</body>", f"{script}</body>"))
        dom = run(browser, "--virtual-time-budget=10000", "--dump-dom", looked_at.as_uri())
        said = re.search(r'id="said">SAID(.*?)SAID', dom)
        assert said is not None
        assert msgspec.json.decode(said[1].replace("&lt;", "<").replace("&gt;", ">")) == []


def test_the_pages_print(gathered: Gathered, browser: str) -> None:
    for page in pages(gathered):
        Path("page.html").write_text(page)
        address = Path("page.html").absolute().as_uri()
        run(browser, "--print-to-pdf=page.pdf", "--no-pdf-header-footer", address)
        assert Path("page.pdf").read_bytes().startswith(b"%PDF")
        Path("page.pdf").unlink()
