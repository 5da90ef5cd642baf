"""What a step or a question is, whatever its place: so that it is found again after an edit."""

from collections.abc import Mapping, Sequence

import msgspec

from tutor.course.digest import blake2b
from tutor.course.model.questions import AnyQuestion, Question
from tutor.course.model.steps import AnyStep, Reflect


def anchor(step: AnyStep) -> str:
    """What a step is, whatever its place: its id, or a hash of what it says."""
    if isinstance(step, Question | Reflect):
        return step.id
    return blake2b(msgspec.json.encode(step), digest_size=8).hexdigest()


def revision(question: Question) -> str:
    """The wording of a question, as a hash: another one wherever anything of it is."""
    as_it_stands = msgspec.structs.replace(question, objective=None)
    return blake2b(msgspec.json.encode(as_it_stands), digest_size=8).hexdigest()


def names_of(steps: Sequence[AnyStep]) -> list[str]:
    """A name for each step, whatever its place; of steps that are alike, each has its own."""
    names: dict[str, None] = {}
    for step in steps:
        name, again = anchor(step), 1
        while f"{name}+{again}" in names or (again == 1 and name in names):
            again += 1
        names[name if again == 1 else f"{name}+{again}"] = None
    return list(names)


def numbers_shown(kept: Mapping[str, int], names: Sequence[str]) -> frozenset[int]:
    """The numbers of the steps that were shown.

    Args:
        kept: The name of each of them, and its number then.
        names: The names of the steps as they are now.
    """
    edited = {at for name, at in kept.items() if name not in names and at < len(names)}
    return frozenset(edited | {at for at, name in enumerate(names) if name in kept})


def lesson_in(question: AnyQuestion) -> str:
    """The lesson of a question whose objective names it: `lesson/objective`."""
    return str(question.objective or "").partition("/")[0]
