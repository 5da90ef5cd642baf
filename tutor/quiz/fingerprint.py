"""The fingerprint of a question: what decides right and wrong, and nothing else.

It covers the type, the key (with tolerance, allowed typos, scoring where they exist) and the ids of
everything that can be chosen. Wording is not part of it, except where an id is derived from the
words. Responses are kept with the fingerprint of the question they answered, so that statistics
never mix two questions that merely share an id.
"""

import msgspec

from tutor.course.digest import blake2b
from tutor.course.model.questions import Question


def fingerprint(question: Question) -> str:
    """Hash what decides how responses to a question are graded (16 hex digits)."""
    decides = (
        question.type,
        question.deciding(),
        sorted(item.id for item in question.rows()),
        sorted(item.id for item in question.targets()),
    )
    return blake2b(msgspec.json.encode(decides, order="sorted"), digest_size=8).hexdigest()
