"""Draws questions from pools: others for each learner, and for everybody as many of each kind.

Neighbors who are asked other questions have nothing to copy; where each has as many choices,
numbers and points as the other, none of them has the harder test.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import TypeAlias

from msgspec import Struct

from tutor.course.model.questions import AnyQuestion
from tutor.course.model.shuffle import shuffled

Kind: TypeAlias = tuple[str, ...]
"""What makes questions alike; the coarsest kind is empty, and every question is of it."""

Pools: TypeAlias = Mapping[str, Sequence[AnyQuestion]]

_Ways: TypeAlias = dict[tuple[Kind, Kind], dict[int, None]]
"""Which hands, by their numbers, can exchange one kind for another."""

ENOUGH = 3
"""Of a pool so many times as many questions as are asked stay open to chance, where it has them."""
_COARSEST = 3
_SEED_OF_ALL = 0


class _Hand(Struct):
    """What is drawn of one pool, and what it may be exchanged for.

    Attributes:
        kept: Drawn in any case: the others were asked more often.
        drawn: Drawn by chance.
        spare: Not drawn by chance: as good as those that are.
    """

    kept: list[AnyQuestion]
    drawn: list[AnyQuestion]
    spare: list[AnyQuestion]


def draw_balanced(
    pools: Pools, quotas: Mapping[str, int], seed: int, asked: Mapping[str, int]
) -> list[AnyQuestion]:
    """Draw so many questions of each pool.

    What was asked least comes first, then what makes the kinds come out as they do for everybody;
    the seed decides the rest. How finely kinds are told apart depends on what the pools hold: a
    pool whose questions differ in everything would otherwise always give the same one.

    Args:
        pools: The questions of each pool.
        quotas: How many are drawn of each.
        seed: Decides which.
        asked: How often each question was asked before, by its id.
    """
    kinds, counts = _plan(pools, quotas)
    hands = [
        _hand(pools[name], quotas[name], seed, asked) for name in shuffled(quotas, seed, "pools")
    ]
    _approach(hands, kinds, counts)
    return [question for hand in hands for question in _all_of(hand)]


def _plan(pools: Pools, quotas: Mapping[str, int]) -> tuple[dict[str, Kind], Counter[Kind]]:
    """The kind of each question, and how many of each kind everybody gets."""
    levels = dict.fromkeys(sorted(quotas), 0)
    while True:
        kinds = {one.id: _kind(one, levels[name]) for name in levels for one in pools[name]}
        hands = [_hand(pools[name], quotas[name], _SEED_OF_ALL, {}) for name in levels]
        _approach(hands, kinds, _fair_shares(pools, quotas, kinds))
        ways = Counter(way for hand in hands for way in _ways(hand, kinds))
        tight = [
            name
            for name, hand in zip(levels, hands, strict=True)
            if levels[name] < _COARSEST and _is_tight(hand, kinds, ways)
        ]
        if not tight:
            return kinds, _counted(hands, kinds)
        levels.update((name, levels[name] + 1) for name in tight)


def _kind(question: AnyQuestion, level: int) -> Kind:
    finest = (str(question.points), question.type, question.level or "")
    return finest[: _COARSEST - level]


def _hand(pool: Sequence[AnyQuestion], quota: int, seed: int, asked: Mapping[str, int]) -> _Hand:
    by_id = {question.id: question for question in pool}
    in_turn = sorted(shuffled(by_id, seed, "questions"), key=lambda name: asked.get(name, 0))
    most = asked.get(in_turn[quota - 1], 0)
    kept = [by_id[name] for name in in_turn if asked.get(name, 0) < most]
    alike = [by_id[name] for name in in_turn if asked.get(name, 0) == most]
    by_chance = quota - len(kept)
    return _Hand(kept, alike[:by_chance], alike[by_chance:])


def _all_of(hand: _Hand) -> Iterable[AnyQuestion]:
    return (*hand.kept, *hand.drawn)


def _counted(hands: Sequence[_Hand], kinds: Mapping[str, Kind]) -> Counter[Kind]:
    return Counter(kinds[one.id] for hand in hands for one in _all_of(hand))


def _fair_shares(
    pools: Pools, quotas: Mapping[str, int], kinds: Mapping[str, Kind]
) -> Counter[Kind]:
    """How many of each kind chance gives in the long run, in whole questions."""
    shares: dict[Kind, Fraction] = {}
    for name, quota in quotas.items():
        for kind, count in Counter(kinds[one.id] for one in pools[name]).items():
            share = Fraction(quota * count, len(pools[name]))
            shares[kind] = shares.get(kind, Fraction(0)) + share
    whole = Counter({kind: floor(share) for kind, share in shares.items()})
    left = sum(quotas.values()) - whole.total()
    by_rest = sorted(shares, key=lambda kind: (whole[kind] - shares[kind], kind))
    whole.update(by_rest[:left])
    return whole


def _ways(hand: _Hand, kinds: Mapping[str, Kind]) -> set[tuple[Kind, Kind]]:
    """Which kinds can be exchanged for which in a hand."""
    into = {kinds[one.id] for one in hand.spare}
    return {(out, one) for out in {kinds[one.id] for one in hand.drawn} for one in into}


def _is_tight(
    hand: _Hand, kinds: Mapping[str, Kind], ways: Mapping[tuple[Kind, Kind], int]
) -> bool:
    """Whether few questions of a pool can be drawn while the kinds come out as they do.

    A question of another kind can, where some other pool gives back what that one takes.
    """
    drawn = {kinds[one.id] for one in hand.drawn}
    free = len(hand.drawn) + sum(
        kinds[one.id] in drawn or any(ways.get((kinds[one.id], kind)) for kind in drawn)
        for one in hand.spare
    )
    return free < min(len(hand.drawn) + len(hand.spare), ENOUGH * len(hand.drawn))


def _approach(
    hands: Sequence[_Hand], kinds: Mapping[str, Kind], wanted: Mapping[Kind, int]
) -> None:
    """Exchange questions until there are as many of each kind as are wanted, or no way is left."""
    counts = _counted(hands, kinds)
    ways: _Ways = {}
    for number, hand in enumerate(hands):
        for way in sorted(_ways(hand, kinds)):
            ways.setdefault(way, {})[number] = None
    while path := _path(ways, counts, wanted):
        for out, into in path:
            number = next(iter(ways[out, into]))
            before = _ways(hands[number], kinds)
            _exchange(hands[number], kinds, out, into)
            after = _ways(hands[number], kinds)
            for way in before - after:
                del ways[way][number]
            for way in sorted(after - before):
                ways.setdefault(way, {})[number] = None
        counts[path[0][0]] -= 1
        counts[path[-1][1]] += 1


def _path(
    ways: _Ways, counts: Mapping[Kind, int], wanted: Mapping[Kind, int]
) -> list[tuple[Kind, Kind]]:
    """The fewest exchanges from a kind of which there are too many to one of too few."""
    leads: dict[Kind, list[Kind]] = {}
    for (out, into), numbers in ways.items():
        if numbers:
            leads.setdefault(out, []).append(into)
    too_many = [kind for kind in sorted(counts) if counts[kind] > wanted.get(kind, 0)]
    paths: dict[Kind, list[tuple[Kind, Kind]]] = {kind: [] for kind in too_many}
    waiting = deque(too_many)
    while waiting:
        kind = waiting.popleft()
        if counts.get(kind, 0) < wanted.get(kind, 0):
            return paths[kind]
        for into in leads.get(kind, []):
            if into not in paths:
                paths[into] = [*paths[kind], (kind, into)]
                waiting.append(into)
    return []


def _exchange(hand: _Hand, kinds: Mapping[str, Kind], kind: Kind, other: Kind) -> None:
    """Put a question of one kind back, and take one of another for it."""
    out = next(at for at, one in enumerate(hand.drawn) if kinds[one.id] == kind)
    into = next(at for at, one in enumerate(hand.spare) if kinds[one.id] == other)
    hand.drawn[out], hand.spare[into] = hand.spare[into], hand.drawn[out]
