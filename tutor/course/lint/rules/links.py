"""Errors of links and of claims that are cited: they lead somewhere, and that may be opened."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tutor.course.lint.context import CourseContext, LessonSubject
from tutor.course.lint.text_index import passages
from tutor.course.model.links import ALLOWED_SCHEMES, Link
from tutor.course.model.markdown.link_search import feigned_schemes
from tutor.course.model.references import bare_term, entry
from tutor.course.model.sources import Citation
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import did_you_mean

_LESSON_NUMBER = re.compile(r"\blesson\s+(\d{1,4})\b", re.IGNORECASE)


_LISTED_IN = {"claim": "sources", "quote": "sources", "term": "glossary", "lesson": "lessons"}
"""Under which key of the course file stands what a link leads to."""


def unknown_claim(subject: LessonSubject) -> Iterator[Violation]:
    """Every claim that is cited exists in a source of the course."""
    if subject.context.alone or "sources" in subject.context.unread_keys:
        return
    citations = subject.context.citations
    for at, name in passages(subject.draft.document).claims:
        if name not in citations and name not in subject.context.unread:
            yield _no_claim(at, name, citations)


def _no_claim(at: KeyPath, name: str, citations: Mapping[str, Citation]) -> Violation:
    remedy = did_you_mean(name, citations, "", at_least=60)
    return Violation(at, f"No source of this course has a claim `{name}`.", remedy)


def bad_link(subject: LessonSubject) -> Iterator[Violation]:
    """A link leads to the web, or to a glossary word, a claim or a lesson that exists."""
    around = subject.context
    for at, text, links in passages(subject.draft.document).linked:
        for scheme in feigned_schemes(text, links):
            if scheme not in ALLOWED_SCHEMES:
                yield _cannot_be_opened(at, f"A link to `{scheme}:`")
        for link in links:
            if link.scheme not in ALLOWED_SCHEMES:
                if f"![{link.shown}](" in text:
                    yield _picture_beside(at, link)
                    continue
                code = "" if link.scheme else ". Code stands between backticks."
                yield _cannot_be_opened(at, f"The link `{link.shown}`", code)
            elif not around.alone and _LISTED_IN.get(link.scheme) not in around.unread_keys:
                yield from _link_into_course(at, link, around)


def _link_into_course(at: KeyPath, link: Link, around: CourseContext) -> Iterator[Violation]:
    match link.scheme:
        case "claim" | "quote" if link.target not in around.unread:
            yield from _link_to_claim(at, link.target, link.scheme, around.citations)
        case "term":
            yield from _link_to_term(at, link.target, around.glossary)
        case "lesson":
            yield from _link_to_lesson(at, link, around.lessons())


def _picture_beside(at: KeyPath, link: Link) -> Violation:
    return Violation(
        at,
        f"The picture `{link.shown}` lies in a file, and no lesson takes one along.",
        "Say in words what is to be seen, or link to it on the web: https:…",
    )


def _cannot_be_opened(at: KeyPath, link: str, more: str = "") -> Violation:
    schemes = ", ".join(f"{scheme}:" for scheme in ALLOWED_SCHEMES)
    return Violation(
        at,
        f"{link} leads to something that cannot be opened here.",
        f"Links begin with one of {schemes}{more}",
    )


def _link_to_term(at: KeyPath, target: str, glossary: Mapping[str, str]) -> Iterator[Violation]:
    if entry(target, glossary) is None:
        add = "Add it to the course's glossary."
        remedy = did_you_mean(bare_term(target), glossary, add)
        yield Violation(at, f"The glossary has no word `{target}`.", remedy)


def _link_to_lesson(at: KeyPath, link: Link, lessons: Sequence[str]) -> Iterator[Violation]:
    if link.target not in lessons:
        there = f"Its lessons are {', '.join(lessons)}."
        remedy = did_you_mean(link.target, lessons, there, at_least=60)
        yield Violation(at, f"The course has no lesson `{link.target}`.", remedy)
        return
    number = lessons.index(link.target) + 1
    written = _LESSON_NUMBER.search(link.shown)
    if not link.shown.strip():
        yield Violation(
            at,
            f"The link to lesson `{link.target}` shows no words.",
            f"Write them between the brackets: [lesson {number}](lesson:{link.target}).",
        )
    elif written and int(written[1]) != number:
        yield Violation(
            at,
            f"The link shows “{written[0]}”, but `{link.target}` is lesson {number}.",
            f"Write {number}, or link to the lesson you mean.",
        )


def _link_to_claim(
    at: KeyPath, target: str, scheme: str, citations: Mapping[str, Citation]
) -> Iterator[Violation]:
    cited = citations.get(target)
    if cited is None:
        yield _no_claim(at, target, citations)
    elif scheme == "quote" and not cited.claim.quote:
        yield Violation(
            at,
            f"Claim `{target}` has no quotation.",
            f"Link to the claim instead: claim:{target}.",
        )


ERRORS = (unknown_claim, bad_link)
