"""Fleiss and Brennan-Prediger against an independent library, and what enters them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.inter_rater import fleiss_kappa as sm_fleiss_kappa

from evalwidgets.analysis import krippendorff_alpha
from evalwidgets.analysis.agreement.agreement import brennan_prediger, fleiss_kappa
from evalwidgets.errors import RatingsError

from .tables import ratings_of

LEVELS = [1, 2, 3, 4, 5]


@settings(max_examples=100, deadline=None)
@given(data=st.data(), reviewers=st.integers(2, 6), tasks=st.integers(2, 15))
def test_fleiss_and_randolph_equal_an_independent_library(data: Any, reviewers: int, tasks: int) -> None:
    """On complete random tables Fleiss and Brennan-Prediger are what statsmodels computes."""
    codes = data.draw(arrays(np.int64, (tasks, reviewers), elements=st.integers(0, 3)))
    assume(len(np.unique(codes)) > 1)
    votes = np.stack([(codes == level).sum(axis=1) for level in range(4)], axis=1)

    fleiss = fleiss_kappa(ratings_of((codes + 1).tolist()), levels=LEVELS[:4]).estimate
    uniform = brennan_prediger(ratings_of((codes + 1).tolist()), levels=LEVELS[:4]).estimate

    assert sm_fleiss_kappa(votes, method="fleiss") == pytest.approx(fleiss, abs=1e-9)
    assert sm_fleiss_kappa(votes, method="randolph") == pytest.approx(uniform, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), reviewers=st.integers(2, 5), tasks=st.integers(2, 12))
def test_quadratic_weights_and_the_interval_level_are_one_thing(
    data: Any, reviewers: int, tasks: int
) -> None:
    """Alpha at the interval level is Fleiss' quadratic kappa with the small-sample step, on equal tasks."""
    levels = data.draw(arrays(np.int64, (tasks, reviewers), elements=st.integers(1, 5)))
    assume(len(np.unique(levels)) > 1)
    n = levels.size

    alpha = krippendorff_alpha(ratings_of(levels.tolist()), levels=LEVELS, level="interval").estimate
    fleiss = fleiss_kappa(ratings_of(levels.tolist()), levels=LEVELS, weights="quadratic").estimate

    assert 1 - (1 - fleiss) * (n - 1) / n == pytest.approx(alpha, abs=1e-9)


def test_single_ratings_count_in_the_shares_of_fleiss() -> None:
    """As in R's irrCAC the shares of levels are over all rated tasks; alpha drops single ratings."""
    pairs = [[1, 1], [1, 2], [2, 2]]
    singles = [[1, None], [1, None], [1, None]]

    without, with_them = (fleiss_kappa(ratings_of(it), levels=[1, 2]) for it in (pairs, pairs + singles))

    assert (without.estimate, without.n_tasks) == (pytest.approx(1 / 3), 3)
    assert (with_them.estimate, with_them.n_tasks) == (pytest.approx(1 / 9), 6)
    alphas = [krippendorff_alpha(ratings_of(it), levels=[1, 2]).estimate for it in (pairs, pairs + singles)]
    assert alphas == [pytest.approx(alphas[0])] * 2


def test_duplicates_are_counted_once_and_said() -> None:
    """A rating given twice enters once, the first time, and the sentence says so."""
    ratings = ratings_of([[1, 1], [2, 3], [4, 4]])
    twice = pd.concat([ratings, ratings.iloc[:2].assign(value=5)])

    assert fleiss_kappa(ratings, levels=LEVELS).estimate == fleiss_kappa(twice, levels=LEVELS).estimate
    assert "Left out: 2 ratings given twice" in str(fleiss_kappa(twice, levels=LEVELS))


def test_a_rating_without_a_task_or_reviewer_is_refused() -> None:
    """Missing names are an error that says how many and what to do."""
    ratings = ratings_of([[1, 2], [3, 3]])

    with pytest.raises(RatingsError, match=r"reviewer: expected a name on every row, 2 of 4 rows have none"):
        krippendorff_alpha(ratings.assign(reviewer=["a", None, "b", None]), levels=LEVELS)
