"""Intraclass correlation: published values, mean squares, missing ratings, and the corners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from evalwidgets.analysis.agreement.icc import FORMS, icc
from evalwidgets.errors import RatingsError

from .tables import ratings_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "interval_scales.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"])
def test_published_values_are_reproduced(case: dict[str, Any]) -> None:
    """Every form and its limits come out to the printed digits."""
    ratings = ratings_of(case["tasks"])

    for form, (value, low, high) in case["expected"].items():
        result = icc(ratings, form=form)
        assert value == pytest.approx(result.estimate, abs=5e-7)
        if low is not None:
            assert (low, high) == pytest.approx((result.low, result.high), abs=5.1e-5)
        assert result.method == "F distribution"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(3, 12), k=st.integers(2, 6))
def test_moments_are_the_mean_squares_of_a_complete_table(seed: int, n: int, k: int) -> None:
    """Without missing ratings the method of moments is the analysis of variance."""
    y = np.random.default_rng(seed).normal(0, 1, (n, k)).round(3) + np.arange(n)[:, None]
    rows, columns = y.mean(axis=1, keepdims=True), y.mean(axis=0, keepdims=True)
    msr = k * ((rows - y.mean()) ** 2).sum() / (n - 1)
    msc = n * ((columns - y.mean()) ** 2).sum() / (k - 1)
    mse = ((y - rows - columns + y.mean()) ** 2).sum() / ((n - 1) * (k - 1))
    msw = ((y - rows) ** 2).sum() / (n * (k - 1))
    expected = {
        "ICC(1,1)": (msr - msw) / (msr + (k - 1) * msw),
        "ICC(A,1)": (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n),
        "ICC(C,1)": (msr - mse) / (msr + (k - 1) * mse),
        "ICC(1,k)": (msr - msw) / msr,
        "ICC(A,k)": (msr - mse) / (msr + (msc - mse) / n),
        "ICC(C,k)": (msr - mse) / msr,
    }

    actual = {form: icc(ratings_of(y.tolist()), form=form).estimate for form in FORMS}

    assert expected == pytest.approx(actual, abs=1e-9)


def ragged(seed: int, n: int = 20, k: int = 5, share: float = 0.4) -> pd.DataFrame:
    """Return ratings with tasks, reviewers and noise of variance 1, 0.49 and 0.64, many missing."""
    rng = np.random.default_rng(seed)
    y = rng.normal(0, 1, (n, 1)) + rng.normal(0, 0.7, (1, k)) + rng.normal(0, 0.8, (n, k))
    y[rng.random((n, k)) < share] = np.nan
    return ratings_of([[None if np.isnan(one) else float(one) for one in row] for row in y])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("clustered", [False, True])
def test_the_jackknife_equals_leaving_out_each_unit(form: str, clustered: bool) -> None:
    """With missing ratings the interval is that of deleting each task (or cluster) and starting anew."""
    ratings = ragged(0)
    ratings = ratings[ratings.groupby("task")["task"].transform("size") > 1]
    of_task = {task: i // 4 if clustered else i for i, task in enumerate(ratings["task"].unique())}
    unit = ratings["task"].map(of_task)
    without = np.array([icc(ratings[unit != one], form=form).estimate for one in unit.unique()])
    n = len(without)
    half = student.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())

    result = icc(ratings, form=form, clusters=of_task if clustered else None)

    assert result.estimate - half == pytest.approx(result.low, abs=1e-9)
    assert result.method == f"delete-one-{'cluster' if clustered else 'task'} jackknife with t"


def test_missing_ratings_do_not_bias_it() -> None:
    """With two of five ratings missing, the mean over samples is near the true 0.47 and 0.61."""
    samples = [ragged(seed, n=60, k=12, share=0.67) for seed in range(40)]

    agreement = np.mean([icc(one, form="ICC(A,1)").estimate for one in samples])
    consistency = np.mean([icc(one, form="ICC(C,1)").estimate for one in samples])

    assert agreement == pytest.approx(1 / 2.13, abs=0.04)
    assert consistency == pytest.approx(1 / 1.64, abs=0.03)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ICC(2,1)", "ICC(A,1)"),
        ("ICC(3,1)", "ICC(C,1)"),
        ("ICC(1)", "ICC(1,1)"),
        ("ICC(2,k)", "ICC(A,k)"),
        ("ICC(3,k)", "ICC(C,k)"),
        ("ICC(k)", "ICC(1,k)"),
    ],
)
def test_both_notations_are_understood(one: str, other: str) -> None:
    """Shrout and Fleiss's names are McGraw and Wong's."""
    assert icc(ragged(1), form=one) == icc(ragged(1), form=other)


def test_an_unknown_form_is_refused_with_the_nearest() -> None:
    """A misspelt form is named with what was probably meant; names are no numbers."""
    with pytest.raises(RatingsError, match=r"Did you mean 'ICC\(A,1\)'"):
        icc(ragged(1), form="ICC(A1)")
    with pytest.raises(RatingsError, match="expected numbers"):
        icc(ratings_of([["a", "b"], ["b", "b"]]))


def test_a_shift_is_error_for_agreement_only() -> None:
    """A reviewer one level above the other is consistent, and does not agree."""
    shifted = ratings_of([[1, 2], [2, 3], [3, 4], [4, 5]])

    assert icc(shifted, form="ICC(C,1)").estimate == pytest.approx(1.0)
    assert icc(shifted, form="ICC(A,1)").estimate == pytest.approx(0.769, abs=1e-3)
    assert "differ by nothing but a shift" in icc(shifted, form="ICC(C,1)").note


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "No task was rated by two reviewers"),
        ([[1, None], [None, 2]], "No task was rated by two reviewers"),
        ([[1, 2]], "Only one task was rated by two reviewers"),
        ([[4, 4], [4, 4]], "All 4 ratings are the same (4)"),
        ([[1, 2], [1, 2]], "The variance of tasks cannot be told"),
    ],
    ids=["empty", "nothing in common", "one task", "one level", "reviewers only"],
)
def test_a_number_that_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Degenerate ratings give None and say why."""
    result = icc(ratings_of(tasks), form="ICC(C,1)")

    assert (result.estimate, result.low, result.high) == (None, None, None)
    assert result.note.startswith(sentence)


@settings(max_examples=100, deadline=None)
@given(
    tasks=st.lists(st.lists(st.sampled_from([None, 1, 2, 5]), min_size=3, max_size=3), max_size=5),
    form=st.sampled_from(FORMS),
)
@example(tasks=[[2, 2, 5], [2, 5, 2]], form="ICC(A,1)")
def test_it_is_never_nan(tasks: list[Any], form: str) -> None:
    """Whatever the ratings, it is a number or None with a note, without a warning."""
    result = icc(ratings_of(tasks), form=form)

    for number in (result.estimate, result.low, result.high):
        assert number is None or np.isfinite(number)
    assert result.low is not None or result.note
