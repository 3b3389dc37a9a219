"""Intervals on patterns equal the same procedure on single tasks."""

from __future__ import annotations

import tracemalloc

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from evalwidgets.analysis import (
    count_patterns,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    wilson_interval,
)
from evalwidgets.analysis.agreement.alpha import alpha_of as resampled_alpha
from evalwidgets.analysis.agreement.patterns import CountPatterns, patterns_of_counts
from evalwidgets.analysis.agreement.resampling import bootstrap_replicates, drawn_times
from evalwidgets.errors import RatingsError

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


def alpha_of(votes: np.ndarray, level: str) -> float:
    """Return alpha by the independent library."""
    return float(krippendorff.alpha(value_counts=votes, value_domain=LEVELS, level_of_measurement=level))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_the_jackknife_equals_leaving_out_each_task(
    votes: np.ndarray, patterns: CountPatterns, level: str
) -> None:
    """The interval is that of deleting every single task and computing alpha anew."""
    n = len(votes)
    without = np.array([alpha_of(np.delete(votes, task, axis=0), level) for task in range(n)])
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    half = student.ppf(0.975, n - 1) * error

    result = krippendorff_alpha(patterns, levels=LEVELS, level=level)  # type: ignore[arg-type]

    assert alpha_of(votes, level) - half == pytest.approx(result.low, abs=1e-9)
    assert min(1.0, alpha_of(votes, level) + half) == pytest.approx(result.high, abs=1e-9)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "ratio"])
def test_each_bootstrap_draw_equals_alpha_of_the_drawn_tasks(patterns: CountPatterns, level: str) -> None:
    """The same draws, written out as tasks, give the same numbers in the independent library."""
    drawn = drawn_times(patterns.n, 20, np.random.default_rng(3))
    expected = [alpha_of(np.repeat(patterns.counts, times, axis=0), level) for times in drawn]

    actual = bootstrap_replicates(resampled_alpha(patterns, level), n_boot=20, seed=3)  # type: ignore[arg-type]

    assert expected == pytest.approx(actual, abs=1e-9)


def test_the_bootstrap_spreads_like_drawing_tasks(votes: np.ndarray, patterns: CountPatterns) -> None:
    """Drawing patterns and drawing tasks have the same mean and deviation."""
    rng = np.random.default_rng(1)
    naive = [alpha_of(votes[rng.integers(0, 60, 60)], "ordinal") for _ in range(2000)]

    actual = bootstrap_replicates(resampled_alpha(patterns, "ordinal"), n_boot=2000, seed=2)

    assert np.mean(naive) == pytest.approx(actual.mean(), abs=0.005)
    assert np.std(naive) == pytest.approx(actual.std(), rel=0.08)


def test_the_same_seed_gives_the_same_interval(patterns: CountPatterns) -> None:
    """A bootstrap is repeatable, and another seed is another draw."""
    first = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=5)
    again = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=5)
    other = krippendorff_alpha(patterns, levels=None, interval="bootstrap", seed=6)

    assert first == again
    assert first.low != other.low


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_batches_do_not_change_the_numbers(
    votes: np.ndarray, level: str, clustered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Working in small parts, as wide scales need, gives what one part gives."""
    cluster = np.arange(60) // 3 if clustered else None
    patterns = patterns_of_counts(votes, levels=LEVELS, n_reviewers=5, cluster=cluster)
    whole = resampled_alpha(patterns, level)  # type: ignore[arg-type]
    without = whole.without()
    draws = bootstrap_replicates(whole, n_boot=64, seed=0)
    monkeypatch.setattr("evalwidgets.analysis.agreement.sums._BATCH", 40)

    parts = resampled_alpha(patterns, level)  # type: ignore[arg-type]

    assert whole.whole() == pytest.approx(parts.whole())
    assert without == pytest.approx(parts.without())
    times = drawn_times(parts.units, 5, np.random.default_rng(1))
    assert whole.drawn(times) == pytest.approx(parts.drawn(times))
    assert len(draws) == len(bootstrap_replicates(parts, n_boot=64, seed=0))


def test_draws_have_all_tasks_whichever_way_they_are_made() -> None:
    """Few kinds are drawn as a multinomial, many one by one: each draw has n tasks, n/N of a kind."""
    for units in (np.array([400, 100]), np.array([2, 1, 1])):
        times = drawn_times(units, 4000, np.random.default_rng(0))

        assert times.sum(axis=1).tolist() == [units.sum()] * 4000
        assert units.tolist() == pytest.approx(times.mean(axis=0).tolist(), rel=0.05)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "ratio"])
def test_the_cluster_jackknife_equals_leaving_out_each_cluster(votes: np.ndarray, level: str) -> None:
    """With clusters the interval is that of deleting whole clusters and computing alpha anew."""
    cluster = np.random.default_rng(5).integers(0, 12, 60)
    without = np.array([alpha_of(votes[cluster != one], level) for one in np.unique(cluster)])
    n = len(without)
    error = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    rows = [np.repeat(LEVELS, row).tolist() for row in votes]
    sources = {f"t{task}": f"photo-{source}" for task, source in enumerate(cluster)}

    result = krippendorff_alpha(ratings_of(rows), levels=LEVELS, level=level, clusters=sources)  # type: ignore[arg-type]

    assert alpha_of(votes, level) == pytest.approx(result.estimate, abs=1e-12)
    assert result.estimate - student.ppf(0.975, n - 1) * error == pytest.approx(result.low, abs=1e-9)
    assert result.method == "delete-one-cluster jackknife with t"


def test_clusters_of_one_task_change_nothing(votes: np.ndarray, patterns: CountPatterns) -> None:
    """Tasks that share nothing (None) give the interval of tasks."""
    rows = [np.repeat(LEVELS, row).tolist() for row in votes]
    alone = dict.fromkeys(f"t{task}" for task in range(60))

    clustered = gwet_ac1(ratings_of(rows), levels=LEVELS, clusters=alone)

    plain = gwet_ac1(patterns, levels=LEVELS)
    assert (plain.estimate, plain.low, plain.high) == pytest.approx(
        (clustered.estimate, clustered.low, clustered.high)
    )


@pytest.mark.parametrize("interval", ["jackknife", "bootstrap"])
def test_copies_of_tasks_in_clusters_count_once(votes: np.ndarray, interval: str) -> None:
    """Four copies of every task, clustered, have the width of the tasks without copies."""
    rows = [np.repeat(LEVELS, row).tolist() for row in votes]
    how = {"levels": LEVELS, "level": "interval", "interval": interval}
    source = pd.Series({f"t{task}": task % 60 for task in range(240)})

    once = krippendorff_alpha(ratings_of(rows), **how)  # type: ignore[arg-type]
    clustered = krippendorff_alpha(ratings_of(rows * 4), clusters=source, **how)  # type: ignore[arg-type]

    assert once.width == pytest.approx(clustered.width, rel=0.15 if interval == "bootstrap" else 0.01)


def test_agreement_of_all_clusters_is_a_rate_of_clusters() -> None:
    """When everyone agrees, percent agreement counts clusters as trials."""
    result = percent_agreement(
        ratings_of([[4, 4]] * 12), levels=LEVELS, clusters={f"t{task}": task // 4 for task in range(12)}
    )

    assert result.method == "Wilson, each cluster one trial"
    assert result.low == pytest.approx(wilson_interval(3, 3).low)


def test_a_single_cluster_has_no_interval() -> None:
    """One source picture cannot show how source pictures differ."""
    ratings = ratings_of([[1, 2], [3, 3], [5, 4]])

    result = krippendorff_alpha(ratings, levels=LEVELS, clusters=dict.fromkeys(["t0", "t1", "t2"], "a"))

    assert (result.estimate is None, result.low) == (False, None)
    assert result.note == "One cluster shows nothing of how clusters differ"


def test_clusters_must_be_known() -> None:
    """A task without an entry, patterns without clusters and a list are refused in a sentence."""
    ratings = ratings_of([[1, 2], [3, 3]])

    with pytest.raises(RatingsError, match=r"missing 1 task \(t1\).*None where it shares nothing"):
        gwet_ac1(ratings, levels=LEVELS, clusters={"t0": "a"})
    with pytest.raises(RatingsError, match=r"count_patterns\(\.\.\., clusters=\.\.\.\)"):
        gwet_ac1(count_patterns(ratings, levels=LEVELS), levels=LEVELS, clusters={"t0": "a"})
    with pytest.raises(RatingsError, match="expected a mapping or Series from task to cluster, got list"):
        gwet_ac1(ratings, levels=LEVELS, clusters=["a", "b"])  # type: ignore[arg-type]


def test_a_hundred_levels_do_not_explode() -> None:
    """On 101 levels alpha and both intervals equal the library and hold no (tasks, k, k) table."""
    rng = np.random.default_rng(0)
    truth = rng.integers(5, 96, 800)
    votes = np.zeros((800, 101), dtype=np.int64)
    for task, answers in enumerate(truth[:, None] + rng.integers(-5, 6, (800, 30))):
        votes[task] = np.bincount(answers, minlength=101)
    patterns = patterns_of_counts(votes, levels=range(101), n_reviewers=30)
    expected = krippendorff.alpha(
        value_counts=votes, value_domain=list(range(101)), level_of_measurement="ordinal"
    )
    tracemalloc.start()

    by_tasks = krippendorff_alpha(patterns, levels=None, level="ordinal")
    by_draws = krippendorff_alpha(patterns, levels=None, level="ordinal", interval="bootstrap", n_boot=200)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert expected == pytest.approx(by_tasks.estimate, abs=1e-9)
    assert by_tasks.width == pytest.approx(by_draws.width, rel=0.2)
    assert peak < 800 * 101 * 101 * 8


def test_a_wider_confidence_gives_a_wider_interval(patterns: CountPatterns) -> None:
    """99 % is wider than 80 %, and no coefficient exceeds 1."""
    narrow = krippendorff_alpha(patterns, levels=None, confidence_level=0.8)
    wide = krippendorff_alpha(patterns, levels=None, confidence_level=0.99)

    assert narrow.width is not None
    assert wide.width is not None
    assert narrow.width < wide.width
    assert wide.high is not None
    assert wide.high <= 1
