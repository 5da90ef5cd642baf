"""Which questions an attempt asks: drawn by a seed, so that the same seed draws the same again."""

from collections.abc import Mapping, Sequence

from tutor.course.model.questions import AnyQuestion
from tutor.course.model.shuffle import shuffled

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
    personal_seed: int,
    asked: Mapping[str, int] = NEVER_ASKED,
) -> list[AnyQuestion]:
    """Draw the questions of a test over several lessons.

    Which objectives are asked depends on the learner alone, so that a test before and a test after
    ask about the same things. Which questions ask about them depends on the seed, and on what was
    asked before: of an objective with enough questions the test after asks others than the test
    before, so that it measures what was learned and not what was remembered of a question.

    Args:
        pools: The questions of each objective; an objective is addressed `lesson/objective`.
        per_objective: How many questions each objective gets.
        limit: How many questions there are at most; None for no limit.
        seed: The seed of the attempt.
        personal_seed: The seed of the learner.
        asked: How often a test has asked the learner each question before, by its id.
    """
    drawn: list[AnyQuestion] = []
    for address in _turns(list(pools), personal_seed):
        in_turn = draw(pools[address], seed, None)
        in_turn.sort(key=lambda question: asked.get(question.id, 0))
        drawn += in_turn[:per_objective]
    return draw(drawn[:limit], seed, None)


def mixed_by_objective(
    questions: Sequence[AnyQuestion], seed: int, lessons: Mapping[str, int]
) -> list[AnyQuestion]:
    """Put the questions of a review in order: by lesson, and mixed within each objective.

    What is easily confused belongs to one objective, and telling it apart is learned by meeting it
    side by side; mixing anything else helps nobody to learn from texts (Brunmair and Richter 2019,
    Psychological Bulletin 145:1029-1052).

    Args:
        questions: The questions; an objective is addressed `lesson/objective`.
        seed: The seed of the attempt.
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


def _turns(addresses: list[str], personal_seed: int) -> list[str]:
    """Objectives in turns: one of each lesson, then another of each, and so on."""
    queues: dict[str, list[str]] = {}
    for address in shuffled(addresses, personal_seed, "objectives"):
        queues.setdefault(address.partition("/")[0], []).append(address)
    lessons = list(dict.fromkeys(a.partition("/")[0] for a in addresses))
    longest = max((len(queue) for queue in queues.values()), default=0)
    return [
        queues[lesson][turn]
        for turn in range(longest)
        for lesson in lessons
        if turn < len(queues[lesson])
    ]
