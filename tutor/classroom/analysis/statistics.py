"""Classical item analysis: pure functions over marks, each with its formula and its source.

S attempts, P questions; x is the mark for a question, T the total of an attempt, o = T - x the rest
of it. Variances and covariances divide by S - 1. The formulas are those of Moodle's quiz statistics
(https://docs.moodle.org/dev/Quiz_statistics_calculations), which follow classical test theory. A
figure is None where there is nothing to divide by.
"""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import TypeAlias

Marks: TypeAlias = Sequence[float]

ENOUGH = 10
"""With fewer attempts none of these figures means anything, and none is shown."""
CAUTION = 30
"""With fewer attempts one learner more or less moves them a lot."""


def mean(values: Marks) -> float:
    """The sum / S."""
    return fsum(values) / len(values)


def covariance(first: Marks, second: Marks) -> float:
    """The sum of (a - mean a)(b - mean b) / (S - 1); 0 for fewer than two."""
    if len(first) < 2:
        return 0.0
    a, b = mean(first), mean(second)
    return fsum((x - a) * (y - b) for x, y in zip(first, second, strict=True)) / (len(first) - 1)


def variance(values: Marks) -> float:
    """The covariance of something with itself."""
    return covariance(values, values)


def deviation(values: Marks) -> float:
    """The square root of the variance."""
    return sqrt(variance(values))


def facility(marks: Marks, most: float) -> float:
    """How much of a question is earned: mean x / the most that can be earned."""
    return mean(marks) / most


def discrimination_index(marks: Marks, rests: Marks) -> float | None:
    """How much who does well otherwise does better here: 100 cov(x, o) / sqrt(var x var o).

    None where all did the same.
    """
    spread = variance(marks) * variance(rests)
    return 100 * covariance(marks, rests) / sqrt(spread) if spread > _NOTHING else None


_NOTHING = 1e-18


def discriminative_efficiency(marks: Marks, rests: Marks) -> float | None:
    """The covariance as a share of what is possible: 100 cov(x, o) / cov(sorted x, sorted o)."""
    most = covariance(sorted(marks), sorted(rests))
    return 100 * covariance(marks, rests) / most if most > _NOTHING else None


def effective_weights(columns: Sequence[Marks], totals: Marks) -> list[float | None]:
    """How much of the spread of the totals each question makes, in percent.

    100 sqrt(cov(x, T)) / the sum of these roots over all questions. None for a question whose
    covariance is below 0; it counts for nothing in the sum.
    """
    shared = [covariance(column, totals) for column in columns]
    roots = [sqrt(one) if one >= 0 else None for one in shared]
    together = fsum(root for root in roots if root is not None)
    if not together:
        return [None for _ in columns]
    return [None if root is None else 100 * root / together for root in roots]


def internal_consistency(columns: Sequence[Marks], totals: Marks) -> float | None:
    """100 times Cronbach's alpha: 100 P/(P-1) (1 - sum of var x / var T).

    Cronbach 1951, Psychometrika 16:297-334. Every attempt has to have the same questions.
    """
    spread, count = variance(totals), len(columns)
    if count < 2 or spread <= _NOTHING:
        return None
    return 100 * count / (count - 1) * (1 - fsum(variance(one) for one in columns) / spread)


def error_ratio(consistency: float) -> float:
    """How much of the spread is chance, in percent: 100 sqrt(1 - consistency / 100)."""
    return 100 * sqrt(max(0.0, 1 - consistency / 100))


def standard_error(consistency: float, spread: float) -> float:
    """How far a total may be from what the learner can do: error ratio x deviation / 100."""
    return error_ratio(consistency) * spread / 100


def skewness(values: Marks) -> float | None:
    """k3 / k2^1.5 of Fisher's k-statistics: below 0 where the weak are far from the rest."""
    count, (second, third, _) = len(values), _moments(values)
    if count < 3 or second <= _NOTHING:
        return None
    k2 = count * second / (count - 1)
    k3 = count**2 * third / ((count - 1) * (count - 2))
    return float(k3 / k2**1.5)


def kurtosis(values: Marks) -> float | None:
    """k4 / k2^2 of Fisher's k-statistics: above 0 where many are alike and few are far off."""
    count, (second, _, fourth) = len(values), _moments(values)
    if count < 4 or second <= _NOTHING:
        return None
    k2 = count * second / (count - 1)
    k4 = count**2 * ((count + 1) * fourth - 3 * (count - 1) * second**2)
    return float(k4 / ((count - 1) * (count - 2) * (count - 3)) / k2**2)


def _moments(values: Marks) -> tuple[float, float, float]:
    """The second, third and fourth moment about the mean."""
    middle, count = mean(values), len(values)
    second, third, fourth = (
        fsum((x - middle) ** power for x in values) / count for power in (2, 3, 4)
    )
    return second, third, fourth


def class_gain(before: Marks, after: Marks) -> float | None:
    """What a class learned of what there was to learn, from the means of matched pairs.

    (after - before) / (1 - before); a loss is measured as (after - before) / before. Hake 1998,
    American Journal of Physics 66:64-74; Marx and Cummings 2007, the same 75:87-91. None where
    there was nothing left to learn.
    """
    first, second = mean(before), mean(after)
    if second < first:
        return (second - first) / first
    return None if first >= 1 else (second - first) / (1 - first)
