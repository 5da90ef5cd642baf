"""Item analysis equals Moodle's own figures, and a second computation of each formula."""

import csv
import math
import random
from pathlib import Path

import pytest

from tutor.classroom.analysis import statistics

GOLDEN = Path(__file__).parents[3] / "shared" / "golden"
needs_golden = pytest.mark.skipif(
    not (GOLDEN / "results00.csv").is_file(), reason="Moodle's test data lie elsewhere"
)
NEAR = 2e-4


def table(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


def marks_of_moodle() -> tuple[list[list[float]], list[float]]:
    rows = table("results00.csv")
    columns = [[float(row[f"slots.{n}.mark"]) for row in rows] for n in range(1, 8)]
    return columns, [float(row["summarks"]) for row in rows]


def rest_of(column: list[float], totals: list[float]) -> list[float]:
    return [total - mark for mark, total in zip(column, totals, strict=True)]


@needs_golden
def test_every_figure_of_every_question_equals_moodles() -> None:
    columns, totals = marks_of_moodle()
    weights = statistics.effective_weights(columns, totals)
    for column, weight, row in zip(columns, weights, table("qstats00.csv"), strict=True):
        rests = rest_of(column, totals)
        ours = {
            "facility": statistics.facility(column, 1),
            "sd": statistics.deviation(column),
            "effectiveweight": weight,
            "covariance": statistics.covariance(column, rests),
            "markvariance": statistics.variance(column),
            "othermarkvariance": statistics.variance(rests),
            "discriminationindex": statistics.discrimination_index(column, rests),
            "covariancemax": statistics.covariance(sorted(column), sorted(rests)),
            "discriminativeefficiency": statistics.discriminative_efficiency(column, rests),
        }
        for name, value in ours.items():
            assert value == pytest.approx(float(row[name]), abs=NEAR), (row["slot"], name)


@needs_golden
def test_figures_of_the_whole_test_equal_moodles() -> None:
    columns, totals = marks_of_moodle()
    consistency = statistics.internal_consistency(columns, totals)
    assert consistency is not None
    spread = statistics.deviation(totals)
    ours = [
        statistics.mean(totals),
        spread,
        consistency,
        statistics.error_ratio(consistency),
        statistics.standard_error(consistency, spread),
        statistics.skewness(totals),
        statistics.kurtosis(totals),
    ]
    golden = [4.617333, 0.811727, -87.2231, 136.829, 1.110681, -0.092503, -0.707397]
    assert ours == pytest.approx(golden, abs=5e-4)


# A second computation, from the definitions in sums rather than in deviations from the mean.


def plain_covariance(first: list[float], second: list[float]) -> float:
    count = len(first)
    products = sum(a * b for a, b in zip(first, second, strict=True))
    return (products - sum(first) * sum(second) / count) / (count - 1)


def made_up(seed: int, learners: int, questions: int) -> tuple[list[list[float]], list[float]]:
    chance = random.Random(seed)
    able = [chance.gauss(0, 1) for _ in range(learners)]
    hard = [chance.gauss(0, 1) for _ in range(questions)]
    columns = [[float(chance.random() < 1 / (1 + math.exp(h - a))) for a in able] for h in hard]
    return columns, [sum(marks) for marks in zip(*columns, strict=True)]


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_a_second_computation(seed: int) -> None:
    columns, totals = made_up(seed, 40, 12)
    for column in columns:
        rests = rest_of(column, totals)
        spread = plain_covariance(column, column) * plain_covariance(rests, rests)
        shared = plain_covariance(column, rests)
        most = plain_covariance(sorted(column), sorted(rests))
        assert statistics.discrimination_index(column, rests) == pytest.approx(
            100 * shared / math.sqrt(spread) if spread else None
        )
        assert statistics.discriminative_efficiency(column, rests) == pytest.approx(
            100 * shared / most if most else None
        )
    variances = sum(plain_covariance(column, column) for column in columns)
    alpha = 12 / 11 * (1 - variances / plain_covariance(totals, totals))
    assert statistics.internal_consistency(columns, totals) == pytest.approx(100 * alpha)


def test_where_all_did_the_same_nothing_is_told() -> None:
    same = [1.0] * 20
    varied = [float(n) for n in range(20)]
    assert statistics.discrimination_index(same, varied) is None
    assert statistics.discriminative_efficiency(same, varied) is None
    assert statistics.internal_consistency([same, same], [2.0] * 20) is None
    assert statistics.skewness(same) is None
    assert statistics.kurtosis(same) is None
    assert statistics.effective_weights([same], same) == [None]


def test_gain_of_a_class_is_the_gain_of_its_means() -> None:
    assert statistics.class_gain([0.2, 0.4], [0.6, 0.8]) == pytest.approx(0.4 / 0.7)
    assert statistics.class_gain([0.8], [0.4]) == pytest.approx(-0.5)
    assert statistics.class_gain([1.0], [1.0]) is None
