"""The name that somebody probably meant."""

from collections.abc import Iterable


def closest(name: str, known: Iterable[str], *, at_least: float = 70) -> str | None:
    """The known name most like the given one.

    Args:
        name: What was written.
        known: What exists.
        at_least: How alike they must be, 0 to 100.
    """
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else str(found[0])
