"""Lessons as one Markdown file to read, print or put on a page: all that is taught and asked.

Answers, hints, the words used and the claims it rests on stand at the end, each in its own section.
"""

from collections.abc import Mapping, Sequence

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_cited, words_in
from tutor.course.model.sources import Citation
from tutor.course.model.steps import Reflect
from tutor.course.text import one_line
from tutor.exchange.conversion import Exported
from tutor.exchange.format import Format, text_of
from tutor.exchange.markdown.questions import Numbered, answer, ask, hints
from tutor.exchange.markdown.steps import show
from tutor.exchange.markdown.writing import block, heading, joined, listed, phrase, plain
from tutor.exchange.markdown_quiz import likeness, read_markdown_quiz


def markdown(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write lessons as Markdown (CommonMark, and tables).

    Returns:
        The text. Nothing of a lesson is left out but that it answers back.
    """
    prompts = {
        step.id: step.prompt
        for lesson in lessons
        for step in lesson.steps
        if isinstance(step, Reflect)
    }
    text = joined(
        heading(1, course.title),
        block(course.summary or ""),
        f"The question behind it: {plain(course.motion)}" if course.motion else "",
        *(_lesson(lesson, course.citations, prompts) for lesson in lessons),
        _section("Hints", [_hints(lesson) for lesson in lessons]),
        _section("Answers", [_answers(lesson, course.citations) for lesson in lessons]),
        _section("Words", [_words(course, lessons)]),
        _section("What this rests on", [_claims(course.citations, lessons)]),
    )
    return Exported(text + "\n")


def _section(title: str, parts: Sequence[str]) -> str:
    """A section at the end; nothing where it would be empty."""
    inner = joined(*parts)
    return joined(heading(2, title), inner) if inner else ""


def _practice(lesson: Lesson) -> list[Numbered]:
    return [Numbered(f"Practice {n}", one) for n, one in enumerate(lesson.practice(), 1)]


def _scored(lesson: Lesson) -> list[Numbered]:
    questions = lesson.quiz.questions if lesson.quiz else ()
    return [Numbered(f"Question {n}", one) for n, one in enumerate(questions, 1)]


def _lesson(lesson: Lesson, citations: Mapping[str, Citation], prompts: Mapping[str, str]) -> str:
    practice = iter(_practice(lesson))
    goals = listed(map(plain, lesson.objectives.values()))
    return joined(
        heading(2, lesson.title),
        phrases.plural(lesson.minutes, "minute") if lesson.minutes else "",
        f"This lesson presents the case {lesson.side}." if lesson.side else "",
        joined("Afterwards you can:", goals) if goals else "",
        *(
            ask(next(practice), citations)
            if isinstance(step, Question)
            else show(step, citations, prompts)
            for step in lesson.steps
        ),
        _quiz(lesson, citations),
    )


def _quiz(lesson: Lesson, citations: Mapping[str, Citation]) -> str:
    quiz = lesson.quiz
    if quiz is None:
        return ""
    asked = f"each attempt asks {quiz.asked} of these; " if quiz.asked < len(quiz.questions) else ""
    terms = f"In the program, {asked}{phrases.percent(float(quiz.pass_))} passes."
    return joined(heading(3, "Questions"), terms, *(ask(one, citations) for one in _scored(lesson)))


def _hints(lesson: Lesson) -> str:
    given = joined(*map(hints, _practice(lesson) + _scored(lesson)))
    return joined(heading(3, lesson.title), given) if given else ""


def _answers(lesson: Lesson, citations: Mapping[str, Citation]) -> str:
    given = [
        answer(one, lesson.objectives, citations) for one in _practice(lesson) + _scored(lesson)
    ]
    return joined(heading(3, lesson.title), *given) if given else ""


def _words(course: Course, lessons: Sequence[Lesson]) -> str:
    used = {
        word: meaning
        for lesson in lessons
        for step in (*lesson.steps, *lesson.questions())
        for word, meaning in words_in(step, course.glossary).items()
    }
    return listed(f"**{plain(word)}**: {phrase(meaning)}" for word, meaning in sorted(used.items()))


def _claims(citations: Mapping[str, Citation], lessons: Sequence[Lesson]) -> str:
    used = claims_cited(lessons)
    # A backslash at the end of a line keeps it a line of its own.
    return listed(
        "\\\n  ".join(plain(line) for line in _claim(cited))
        for name, cited in citations.items()
        if name in used
    )


def _claim(cited: Citation) -> list[str]:
    """A claim in lines, the first of which begins with its name: questions say it."""
    _, *others = phrases.citation(cited)
    return [f"{cited.id}: {one_line(cited.claim.text)}", *others]


FORMAT = Format(
    name="markdown",
    title="a quiz in Markdown",
    likeness=likeness,
    read=lambda raw: read_markdown_quiz(text_of(raw)),
    write=markdown,
)
