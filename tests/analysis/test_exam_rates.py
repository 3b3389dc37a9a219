"""The bounds of an exam's rate: never wrong more often than they say, whatever the shares look like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln
from scipy.stats import beta, binom

from evalwidgets.analysis.qualification.rates import chance_of_more, rate_interval

SHARES = st.lists(st.integers(0, 8).map(lambda n: n / 8), min_size=1, max_size=40)


@pytest.mark.parametrize(("n", "right"), [(20, 20), (20, 17), (24, 12), (40, 39), (60, 45)])
def test_all_or_nothing_gives_clopper_pearson(n: int, right: int) -> None:
    """With tasks that are all right or all wrong each bound is the exact binomial one."""
    low, high = rate_interval([1.0] * right + [0.0] * (n - right), 0.05, 0.025)
    assert low == pytest.approx(beta.ppf(0.05, right, n - right + 1), abs=1e-9)
    assert high == pytest.approx(1.0 if right == n else beta.ppf(0.975, right + 1, n - right), abs=2e-5)


@pytest.mark.parametrize("right", range(0, 25, 3))
def test_its_p_value_is_the_binomial_tail(right: int) -> None:
    """The integral is exact where a sum can check it."""
    found = chance_of_more(np.array([0.0, 1.0]), np.array([24 - right, right]), 0.8)
    assert found == pytest.approx(binom.sf(right - 1, 24, 0.8), abs=1e-9)


def test_equal_shares_have_a_closed_form() -> None:
    """With every share s the low end is s times the n-th root of the chance."""
    assert rate_interval([0.97] * 24, 0.05, 0.05).low == pytest.approx(0.97 * 0.05 ** (1 / 24), abs=1e-9)


@settings(max_examples=40)
@given(SHARES)
def test_the_interval_holds_the_rate_and_turns_with_it(shares: list[float]) -> None:
    """It holds the mean, stays within 0 and 1, and of the errors it is the mirror image."""
    low, high = rate_interval(shares, 0.05, 0.025)
    assert 0 <= low <= np.mean(shares) <= high <= 1
    turned = rate_interval([1 - share for share in shares], 0.025, 0.05)
    assert (1 - turned.high, 1 - turned.low) == pytest.approx((low, high), abs=1e-6)


@settings(max_examples=40)
@given(SHARES)
def test_steady_work_is_never_worth_less_than_luck(shares: list[float]) -> None:
    """The low end is no lower than if each task had been all right or all wrong at the same mean."""
    whole = round(sum(shares) - 0.5)  # so many tasks all right have no higher mean
    low = rate_interval(shares, 0.05, 0.05).low
    assert low >= rate_interval([1.0] * whole + [0.0] * (len(shares) - whole), 0.05, 0.05).low - 1e-6


def test_without_tasks_nothing_is_known() -> None:
    """No task gives the whole of 0 to 1."""
    assert rate_interval([], 0.05, 0.05) == (0.0, 1.0)


@pytest.mark.parametrize("tasks", [20, 40, 60])
@pytest.mark.parametrize(("mean", "chance"), [(0.8, 0.05), (0.85, 0.05), (0.2, 0.025), (0.05, 0.0025)])
def test_no_mixture_of_three_shares_beats_the_bound(tasks: int, mean: float, chance: float) -> None:
    """Exact sums over 60 distributions, disasters among steady work too: the chance is never exceeded."""
    counts = triples(tasks)
    ways = gammaln(tasks + 1) - gammaln(counts + 1).sum(axis=1)
    for low, middle, high in [(0, 0.5, 1), (0, 0.875, 1), (0, 0.97, 1), (0.5, 0.9, 1), (0, 0.1, 0.95)]:
        if not low < mean < high:
            continue
        wrong = chance_of_more(np.array([low, middle, high]), counts, mean) <= chance
        for inner in np.linspace(0, 1, 13):
            outer = (high - mean - inner * (high - middle)) / (high - low)
            shares = np.array([outer, inner, 1 - outer - inner])
            if (shares >= 0).all():
                log = ways + (counts * np.log(np.maximum(shares, 1e-300))).sum(axis=1)
                assert np.exp(log)[wrong].sum() <= chance * (1 + 1e-9)


def triples(n: int) -> np.ndarray:
    """Return every way to spread n tasks over three shares."""
    one, two = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    fits = one + two <= n
    return np.stack([one[fits], two[fits], n - one[fits] - two[fits]], axis=1)
