"""How well a question was remembered, told from what became of it: the one rating there is."""

from typing import Literal, TypeAlias

from tutor.quiz.events import Confidence, Outcome

Rating: TypeAlias = Literal[1, 2, 3]
"""As FSRS numbers them: forgotten (`Again`), remembered with help (`Hard`), remembered (`Good`)."""

AGAIN: Rating = 1
HARD: Rating = 2
GOOD: Rating = 3

_ALL_HINTS = 3
"""From so many hints on, each a third of the points, nothing of the answer is the learner's own."""


def rating(outcome: Outcome, hints: int, confidence: Confidence | None) -> Rating:
    """How well a question was remembered.

    - Missed, or right in part only: forgotten. FSRS takes everything else for remembered and would
      let the question stay away for longer, with what is missing in it never asked.
    - Right with hints, or right by a guess: remembered with help, which lets it come back sooner.
      With three hints nothing is left to remember: forgotten.
    - Right otherwise: remembered, however sure the learner was. The fourth rating of FSRS (`Easy`)
      is never given: it more than triples the first interval, and to know an answer when it is
      shown among others, sure or not, says too little for that.

    Args:
        outcome: What became of the response.
        hints: How many hints were shown before it.
        confidence: How sure the learner was, if asked.
    """
    if outcome != "right" or hints >= _ALL_HINTS:
        return AGAIN
    return HARD if hints or confidence == "guess" else GOOD
