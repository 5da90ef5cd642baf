"""The words that a `gaps` question offers: what is none of them is no answer, and costs nothing."""

from collections.abc import Sequence

from tutor.course.model.questions import Gaps, Question, Response
from tutor.quiz.text_match import compared, normalise


def outside_bank(question: Question, response: Response) -> str:
    """The first text of a response that is none of the words offered; empty where there is none.

    What the author accepts in a gap counts as one of them.
    """
    if not isinstance(question, Gaps) or not question.bank or response is None:
        return ""

    begins, exact = question.may_begin_with, question.exact
    accepted = (text for gap in question.gaps() for text in gap)
    words = {
        form
        for text in (*question.words(), *accepted)
        for form in compared(text, begins, exact=exact)
    }
    given = ((text, normalise(text, begins, exact=exact)) for text in response if text)
    return next((text for text, form in given if form not in words), "")


def only_word(words: Sequence[str], beginning: str) -> str:
    """The only word that begins like this; empty where there is none, or more than one."""
    begun = normalise(beginning)
    meant = [word for word in words if begun and normalise(word).startswith(begun)]
    return meant[0] if len(meant) == 1 else ""
