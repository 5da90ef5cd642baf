"""Warnings about the options of a question: wording that gives the key away, or that confuses.

After Haladyna, Downing and Rodriguez (2002), "A Review of Multiple-Choice Item-Writing Guidelines
for Classroom Assessment", Applied Measurement in Education 15(3), 309-334; the thresholds are ours.
"""

from collections.abc import Iterator

from tutor.course.questions import Choice
from tutor.course.rules.fault import Fault, Rule
from tutor.course.rules.subjects import InLesson

MUCH_LONGER = 1.3


def longest_key(subject: InLesson) -> Iterator[Fault]:
    """The key is not much longer than every distractor.

    Authors qualify what is right until nobody can object, and dash off what is wrong; learners
    know this, and take the longest option. Shorten the key, or say as much in a distractor.
    """
    at, question = subject.at, subject.question
    if not isinstance(question, Choice):
        return
    key = next(index for index, option in enumerate(question.options) if option.correct)
    lengths = [len(option.text) for option in question.options]
    longest = max(length for index, length in enumerate(lengths) if index != key)
    if lengths[key] >= MUCH_LONGER * longest:
        yield Fault(
            (*at, "options", key, "text"),
            f"The key is {lengths[key]} characters long, the longest distractor {longest}.",
            "Shorten the key, or say as much in a distractor.",
        )


WARNINGS: tuple[Rule[InLesson], ...] = (longest_key,)
