"""Wilson, clustered rates and Student's t against independent libraries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evalwidgets.analysis import wilson_interval
from evalwidgets.analysis.intervals import Interval, clustered_rate, student_t_quantile


@settings(deadline=None)
@given(n=st.integers(1, 5000), share=st.floats(0, 1), level=st.floats(0.5, 0.999))
def test_wilson_equals_statsmodels(n: int, share: float, level: float) -> None:
    """The interval is the score interval, for every rate and level."""
    successes = round(n * share)
    expected = proportion_confint(successes, n, alpha=1 - level, method="wilson")

    assert expected == pytest.approx(wilson_interval(successes, n, level), abs=1e-12)


def test_wilson_never_shrinks_to_a_point() -> None:
    """Five of five is 0.57 to 1, and nothing at all is 0 to 1."""
    assert (pytest.approx(0.5655, abs=1e-4), 1.0) == wilson_interval(5, 5)
    assert (0.0, pytest.approx(0.4345, abs=1e-4)) == wilson_interval(0, 5)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_students_t_is_the_quantile_of_tables() -> None:
    """Ten degrees of freedom have 2.2281 at 0.975, ten million the normal quantile."""
    assert student_t_quantile(0.975, 10) == pytest.approx(2.2281, abs=1e-4)
    assert student_t_quantile(0.025, 10) == pytest.approx(-student_t_quantile(0.975, 10))
    assert student_t_quantile(0.975, 10**7) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize(("probability", "df"), [(0.0, 5), (1.0, 5), (0.5, 0)])
def test_students_t_refuses_what_has_no_quantile(probability: float, df: int) -> None:
    """Probabilities of 0 and 1 and no degrees of freedom are errors."""
    with pytest.raises(ValueError, match="expected 0 < probability < 1"):
        student_t_quantile(probability, df)


def test_one_trial_per_cluster_is_wilson() -> None:
    """Without clusters the clustered interval is the plain one."""
    won = np.array([1.0, 0, 1, 1, 0, 1, 1, 1])

    assert wilson_interval(6, 8) == pytest.approx(clustered_rate(won, np.ones(8)))


def test_clusters_that_hang_together_widen_the_interval() -> None:
    """Six criteria wholly alike on each of 20 tasks are worth 20 trials, not 120."""
    won = np.array([6.0] * 15 + [0.0] * 5)

    assert wilson_interval(15, 20) == pytest.approx(clustered_rate(won, np.full(20, 6.0)))


def test_a_rate_of_one_counts_clusters() -> None:
    """When everything is right, n is the number of tasks: the cautious end."""
    assert wilson_interval(12, 12) == clustered_rate(np.full(12, 4.0), np.full(12, 4.0))
    assert wilson_interval(0, 0) == clustered_rate(np.array([]), np.array([]))


def test_clustered_intervals_cover() -> None:
    """With correlated ratings of a task about 95 of 100 intervals hold the true rate."""
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(400):
        easy = rng.beta(4, 1, 40)
        won = rng.binomial(6, easy).astype(float)
        low, high = clustered_rate(won, np.full(40, 6.0))
        held += low <= 0.8 <= high

    assert 0.92 <= held / 400 <= 0.98


def test_an_interval_knows_what_it_excludes() -> None:
    """The ends themselves are inside."""
    assert Interval(0.1, 0.4).excludes(0)
    assert not Interval(0.0, 0.4).excludes(0)
