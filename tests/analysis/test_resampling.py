"""Intervals on patterns equal the same procedure on single tasks."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from scipy.stats import t as student

from evalwidgets.analysis import count_patterns, krippendorff_alpha
from evalwidgets.analysis.coefficients import alpha_coefficient, gwet_coefficient, identity_weights
from evalwidgets.analysis.patterns import CountPatterns
from evalwidgets.analysis.resampling import (
    bootstrap_replicates,
    estimate,
    jackknife_replicates,
    total_terms,
)

from .tables import ratings_of

LEVELS = [1, 2, 3, 4, 5]


@pytest.fixture
def votes() -> np.ndarray:
    """Return votes of 60 tasks by three to five of five reviewers around a true level."""
    rng = np.random.default_rng(7)
    truth = rng.integers(1, 6, 60)
    votes = np.zeros((60, 5), dtype=np.int64)
    for task, level in enumerate(truth):
        for answer in np.clip(level + rng.integers(-1, 2, rng.integers(3, 6)), 1, 5):
            votes[task, answer - 1] += 1
    return votes


@pytest.fixture
def patterns(votes: np.ndarray) -> CountPatterns:
    """Return the patterns of the votes, through the tidy table."""
    rows = [np.repeat(LEVELS, row).tolist() for row in votes]
    return count_patterns(ratings_of(rows), levels=LEVELS)


def alpha_of(votes: np.ndarray, metric: str) -> float:
    """Return alpha by the independent library."""
    return float(krippendorff.alpha(value_counts=votes, value_domain=LEVELS, level_of_measurement=metric))


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_the_jackknife_equals_leaving_out_each_task(
    votes: np.ndarray, patterns: CountPatterns, metric: str
) -> None:
    """The interval is that of deleting every single task and computing alpha anew."""
    n = len(votes)
    without = np.array([alpha_of(np.delete(votes, task, axis=0), metric) for task in range(n)])
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    half = student.ppf(0.975, n - 1) * error

    result = krippendorff_alpha(patterns, levels=LEVELS, metric=metric)  # type: ignore[arg-type]

    assert alpha_of(votes, metric) - half == pytest.approx(result.low, abs=1e-9)
    assert min(1.0, alpha_of(votes, metric) + half) == pytest.approx(result.high, abs=1e-9)


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "ratio"])
def test_each_bootstrap_draw_equals_alpha_of_the_drawn_tasks(patterns: CountPatterns, metric: str) -> None:
    """The same draws, written out as tasks, give the same numbers in the independent library."""
    drawn = np.random.default_rng(3).multinomial(patterns.n_tasks, patterns.n / patterns.n_tasks, size=20)
    expected = [alpha_of(np.repeat(patterns.counts, times, axis=0), metric) for times in drawn]

    coefficient = alpha_coefficient(patterns, metric)  # type: ignore[arg-type]
    actual = bootstrap_replicates(coefficient, patterns, n_boot=20, seed=3)

    assert expected == pytest.approx(actual, abs=1e-9)


def test_the_bootstrap_spreads_like_drawing_tasks(votes: np.ndarray, patterns: CountPatterns) -> None:
    """Drawing patterns and drawing tasks have the same mean and deviation."""
    rng = np.random.default_rng(1)
    naive = [alpha_of(votes[rng.integers(0, 60, 60)], "ordinal") for _ in range(2000)]

    coefficient = alpha_coefficient(patterns, "ordinal")
    actual = bootstrap_replicates(coefficient, patterns, n_boot=2000, seed=2)

    assert np.mean(naive) == pytest.approx(actual.mean(), abs=0.005)
    assert np.std(naive) == pytest.approx(actual.std(), rel=0.08)


def test_the_same_seed_gives_the_same_interval(patterns: CountPatterns) -> None:
    """A bootstrap is repeatable, and another seed is another draw."""
    first = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=5)
    again = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=5)
    other = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=6)

    assert first == again
    assert first.low != other.low


def test_batches_do_not_change_the_numbers(patterns: CountPatterns, monkeypatch: pytest.MonkeyPatch) -> None:
    """Working in small parts, as wide scales need, gives what one part gives."""
    coefficient = gwet_coefficient(identity_weights(patterns), "AC1")
    whole = estimate(coefficient, patterns, interval="bootstrap", n_boot=64)
    sums = total_terms(coefficient, patterns)
    replicates = jackknife_replicates(coefficient, patterns, sums)

    monkeypatch.setattr("evalwidgets.analysis.resampling._BATCH", 40)

    assert whole.estimate == pytest.approx(estimate(coefficient, patterns).estimate)
    assert sums == pytest.approx(total_terms(coefficient, patterns))
    assert replicates == pytest.approx(jackknife_replicates(coefficient, patterns, sums))
    parts = estimate(coefficient, patterns, interval="bootstrap", n_boot=64)
    assert whole.low == pytest.approx(parts.low)


def test_a_wider_confidence_gives_a_wider_interval(patterns: CountPatterns) -> None:
    """99 % is wider than 80 %, and no coefficient exceeds 1."""
    narrow = krippendorff_alpha(patterns, levels=None, confidence_level=0.8)
    wide = krippendorff_alpha(patterns, levels=None, confidence_level=0.99)

    assert narrow.width is not None
    assert wide.width is not None
    assert narrow.width < wide.width
    assert wide.high is not None
    assert wide.high <= 1
