"""Which questions an attempt asks: drawn by a seed, so that the same seed draws the same again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from tutor.course.model.questions import AnyQuestion
from tutor.course.model.shuffle import shuffled
from tutor.quiz.balanced_draw import draw_balanced

NEVER_ASKED: Mapping[str, int] = {}


def draw(questions: Sequence[AnyQuestion], seed: int, asked: int | None) -> list[AnyQuestion]:
    """Draw the questions of a quiz: shuffled by the seed, the first so many of them."""
    by_id = {question.id: question for question in questions}
    return [by_id[name] for name in shuffled(by_id, seed, "questions")][:asked]


def draw_by_objective(
    pools: Mapping[str, Sequence[AnyQuestion]],
    *,
    per_objective: int,
    limit: int | None,
    seed: int,
    asked: Mapping[str, int] = NEVER_ASKED,
) -> list[AnyQuestion]:
    """Draw the questions of a test over several lessons.

    How many questions ask about each objective is the same for everybody, and before and after.
    Which questions they are depends on the seed, and on what was asked before: of an objective with
    enough questions the test after asks others than the test before, so that it measures what was
    learned and not what was remembered of a question.

    Args:
        pools: The questions of each objective; an objective is addressed `lesson/objective`.
        per_objective: How many questions each objective gets.
        limit: How many questions there are at most; None for no limit.
        asked: How often the learner was asked each question before, by its id.
    """
    quotas = quotas_of({name: len(pool) for name, pool in pools.items()}, per_objective, limit)
    return draw(draw_balanced(pools, quotas, seed, asked), seed, None)


def quotas_of(pools: Mapping[str, int], per_objective: int, limit: int | None) -> dict[str, int]:
    """How many questions a test asks about each objective, of those it asks any about.

    They are dealt one by one, of each lesson in turn, so that a limit cuts off no lesson.

    Args:
        pools: How many questions each objective has.
        per_objective: How many questions each objective gets.
        limit: How many questions there are at most; None for no limit.
    """
    turns = _turns(list(pools))
    rounds = range(min(per_objective, max(pools.values(), default=0)))
    dealt = (name for number in rounds for name in turns if number < pools[name])
    return dict(Counter(islice(dealt, limit)))


def mixed_by_objective(
    questions: Sequence[AnyQuestion], seed: int, lessons: Mapping[str, int]
) -> list[AnyQuestion]:
    """Put the questions of a review in order: by lesson, and mixed within each objective.

    What is easily confused belongs to one objective, and telling it apart is learned by meeting it
    side by side; mixing anything else helps nobody to learn from texts (Brunmair and Richter 2019,
    Psychological Bulletin 145:1029-1052).

    Args:
        questions: The questions; an objective is addressed `lesson/objective`.
        lessons: The place of each lesson in the course.
    """
    mixed = draw(questions, seed, None)
    places: dict[str, int] = {}
    for question in questions:
        places.setdefault(str(question.objective), len(places))

    def rank(question: AnyQuestion) -> tuple[int, int]:
        objective = str(question.objective)
        lesson = lessons.get(objective.partition("/")[0], len(lessons))
        return lesson, places[objective]

    return sorted(mixed, key=rank)


def _turns(addresses: list[str]) -> list[str]:
    """Objectives in turns, the same for everybody: one of each lesson, then another of each."""
    queues: dict[str, list[str]] = {}
    for address in shuffled(addresses, 0, "objectives"):
        queues.setdefault(address.partition("/")[0], []).append(address)
    longest = max((len(queue) for queue in queues.values()), default=0)
    return [
        queue[turn] for turn in range(longest) for queue in queues.values() if turn < len(queue)
    ]
