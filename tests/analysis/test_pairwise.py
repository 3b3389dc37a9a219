"""Reviewer by reviewer: every pair against an independent library, the mean, and the corners."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from sklearn.metrics import cohen_kappa_score

from evalwidgets.analysis import Scale
from evalwidgets.analysis.agreement.pairwise import pairwise_agreement
from evalwidgets.errors import RatingsError

from .simulated import simulated
from .tables import ratings_of

LEVELS = (1, 2, 3, 4, 5)
QUALITY = Scale("quality", LEVELS, tolerance=1, label="Quality")


def shared(seed: int = 0, shape: tuple[int, int] = (30, 6)) -> tuple[pd.DataFrame, np.ndarray]:
    """Return ratings around a true level, a third missing, and the same as a table with nan."""
    rng = np.random.default_rng(seed)
    levels = np.clip(rng.integers(1, 6, shape[0])[:, None] + rng.integers(-1, 2, shape), 1, 5).astype(float)
    levels[rng.random(shape) < 0.33] = np.nan
    rows = [[None if np.isnan(one) else int(one) for one in row] for row in levels]
    return ratings_of(rows), levels


def one_pair(first: np.ndarray, second: np.ndarray, measure: str) -> float:
    """Return a measure of two columns by an independent library."""
    both = ~np.isnan(first) & ~np.isnan(second)
    a, b = first[both], second[both]
    if measure == "percent":
        return float((a == b).mean())
    if measure == "within":
        return float((abs(a - b) <= 1).mean())
    weights = {"quadratic_kappa": "quadratic", "linear_kappa": "linear", "kappa": None}[measure]
    return float(cohen_kappa_score(a, b, labels=LEVELS, weights=weights))


@pytest.mark.parametrize("block", [1 << 22, 1])
@pytest.mark.parametrize("measure", ["quadratic_kappa", "linear_kappa", "kappa", "percent", "within"])
def test_every_pair_equals_an_independent_library(
    measure: Any, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The matrix, in one block or many, holds what scikit-learn computes pair by pair."""
    monkeypatch.setattr("evalwidgets.analysis.agreement.reviewer_pairs._BLOCK", block)
    ratings, levels = shared()
    expected = np.eye(6)
    for i, j in permutations(range(6), 2):
        expected[i, j] = one_pair(levels[:, i], levels[:, j], measure)

    result = pairwise_agreement(ratings, QUALITY, criterion="quality", measure=measure)

    assert expected == pytest.approx(result.matrix.to_numpy(), abs=1e-9)
    rated = (~np.isnan(levels)).astype(int)
    assert (rated.T @ rated).tolist() == result.n_common.to_numpy().tolist()


@pytest.mark.parametrize("block", [1 << 22, 1])
@pytest.mark.parametrize("measure", ["quadratic_kappa", "kappa", "percent"])
def test_the_mean_weighs_by_tasks_in_common(
    measure: Any, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mean and its jackknife are those of computing every pair anew without each task."""
    monkeypatch.setattr("evalwidgets.analysis.agreement.reviewer_pairs._BLOCK", block)
    ratings, levels = shared(1, (15, 5))

    def mean(table: np.ndarray) -> float:
        rated = (~np.isnan(table)).astype(int)
        n = np.triu(rated.T @ rated, 1)
        pairs = [(i, j) for i, j in zip(*np.nonzero(n), strict=True)]
        values = np.array([one_pair(table[:, i], table[:, j], measure) for i, j in pairs])
        return float(np.average(values, weights=[n[i, j] for i, j in pairs]))

    several = (~np.isnan(levels)).sum(axis=1) > 1
    without = np.array([mean(np.delete(levels, task, axis=0)) for task in np.flatnonzero(several)])
    n = len(without)
    half = student.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())

    result = pairwise_agreement(ratings, QUALITY, criterion="quality", measure=measure).mean

    assert mean(levels) == pytest.approx(result.estimate, abs=1e-9)
    assert result.estimate - half == pytest.approx(result.low, abs=1e-9)
    assert result.n_tasks == n


def test_the_finding_names_who_agrees_least() -> None:
    """A reviewer planted two levels off is called out, with the mean of all pairs."""
    ratings, _ = shared(2, (60, 5))
    off = ratings["reviewer"] == "r3"
    ratings.loc[off, "value"] = 6 - ratings.loc[off, "value"]

    result = pairwise_agreement(ratings, QUALITY, criterion="quality")

    assert result.finding.startswith("Quality: quadratic kappa is ")
    assert "on average over 10 pairs of reviewers; r3 agrees least with the others (-" in result.finding


def test_pairs_with_a_few_tasks_are_named() -> None:
    """Thin pairs are said, and whoever shares few tasks is not called out."""
    tasks = [[1, 2, None], [2, 2, None], [3, 4, 1], [5, 5, None]] * 4

    result = pairwise_agreement(ratings_of(tasks), QUALITY, criterion="quality", min_tasks=5)

    assert result.thin[["first", "second", "n_tasks"]].to_numpy().tolist() == [
        ["r0", "r2", 4],
        ["r1", "r2", 4],
    ]
    assert str(result).endswith("Fewer than 5 tasks in common: r0 and r2 and r1 and r2.")
    assert "agrees least" not in result.finding


def test_the_measure_follows_the_scale() -> None:
    """Ordered levels have quadratic kappa by default, others Cohen's; no order, no weights."""
    world = simulated(0)

    ordered = pairwise_agreement(world.ratings, world.scales, criterion="style")
    gate = pairwise_agreement(world.ratings, world.scales, criterion="feasibility")

    assert (ordered.measure, gate.measure) == ("quadratic_kappa", "kappa")
    with pytest.raises(RatingsError, match=r"have no order.*Use measure='kappa'"):
        pairwise_agreement(world.ratings, world.scales, criterion="feasibility", measure="linear_kappa")
    with pytest.raises(RatingsError, match="Did you mean 'percent'"):
        pairwise_agreement(world.ratings, world.scales, criterion="style", measure="precent")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "There are no ratings"),
        ([[1], [2]], "Only one reviewer rated"),
        ([[1, None], [None, 2]], "No task was rated by two reviewers"),
        ([[4, 4], [4, 4]], "Every pair gave one level only"),
    ],
    ids=["empty", "one reviewer", "nothing in common", "one level"],
)
def test_what_does_not_exist_is_a_sentence(tasks: list[Any], sentence: str) -> None:
    """Without any pair the finding says why; the mean is None with the same note."""
    result = pairwise_agreement(ratings_of(tasks), QUALITY, criterion="quality")

    assert f"exists for no pair of reviewers. {sentence}" in result.finding
    assert (result.mean.estimate, result.mean.note.startswith(sentence)) == (None, True)
    assert result.pairs["agreement"].isna().all()
    assert result._repr_html_()


def test_a_pair_of_one_level_is_not_in_the_mean() -> None:
    """A pair whose kappa does not exist is empty in the matrix, and the others make the mean."""
    tasks = [[4, 4, 1], [4, 4, 2], [4, 4, 5], [4, 4, 4]]

    result = pairwise_agreement(ratings_of(tasks), QUALITY, criterion="quality")

    assert np.isnan(result.matrix.loc["r0", "r1"])
    assert result.mean.estimate == pytest.approx(0.0)
    assert result.rows["n_pairs"].to_list() == [1, 1, 2]


def test_an_open_scale_takes_the_values_that_occur() -> None:
    """Counts without declared levels have a quadratic kappa of their values."""
    ratings = ratings_of([[0, 1], [7, 7], [2, 3], [4, 2]])

    result = pairwise_agreement(ratings, Scale("quality", (), "interval"), criterion="quality")

    first, second = [0, 7, 2, 4], [1, 7, 3, 2]
    expected = cohen_kappa_score(first, second, labels=range(8), weights="quadratic")
    assert expected == pytest.approx(result.matrix.loc["r0", "r1"])
