"""Inconsistency and self-consistency: unbiased, bounded away from perfect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency
from evalwidgets.analysis.reviewers.self_consistency import self_consistency

from .tables import ratings_of

WIDE = Scale("quality", tuple(range(1, 21)))
QUALITY = Scale("quality", (1, 2, 3, 4, 5))


def scattered(seed: int, noise: list[float], n_tasks: int = 60, missing: float = 0.0) -> pd.DataFrame:
    """Return ratings on a wide scale by reviewers of known noise and different severity."""
    rng = np.random.default_rng(seed)
    true = rng.uniform(7, 14, n_tasks)
    felt = true[:, None] + rng.normal(0, 1, len(noise)) + rng.normal(0, 1, (n_tasks, len(noise))) * noise
    answers = np.clip(np.rint(felt), 1, 20).astype(int)
    kept = rng.random(answers.shape) >= missing
    return ratings_of(
        [
            [int(v) if k else None for v, k in zip(*row, strict=True)]
            for row in zip(answers, kept, strict=True)
        ]
    )


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_the_estimate_is_unbiased_with_three_reviewers(missing: float) -> None:
    """The mean squared estimate is the planted variance (and that of rounding), with gaps too."""
    noise = [0.6, 1.0, 1.5]
    squares = []
    for seed in range(60):
        rows = reviewer_inconsistency(scattered(seed, noise, missing=missing), WIDE).pooled
        squares.append(rows["inconsistency"].fillna(0).to_numpy() ** 2)

    expected = np.array(noise) ** 2 + 1 / 12
    assert np.mean(squares, axis=0) == pytest.approx(expected, rel=0.12)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Of 95 % intervals at least 88 of 100 hold the planted scatter."""
    held = []
    for seed in range(60):
        rows = reviewer_inconsistency(scattered(seed, [0.8] * 5), WIDE).pooled
        true = np.sqrt(0.8**2 + 1 / 12)
        held += list((rows["low"] <= true) & (true <= rows["high"]))

    assert 0.88 <= np.mean(held) <= 0.99


def test_grubbs_formula_for_three() -> None:
    """With a complete table it is (P12 + P13 - P23) / 2 of the variances of differences."""
    ratings = scattered(1, [0.7, 1.1, 1.4])
    table = ratings.assign(value=ratings["value"].astype(float)).pivot_table(
        index="task", columns="reviewer", values="value"
    )
    p12, p13, p23 = ((table[a] - table[b]).var() for a, b in (("r0", "r1"), ("r0", "r2"), ("r1", "r2")))

    row = reviewer_inconsistency(ratings, WIDE).pooled.set_index("reviewer").loc["r0"]

    assert row["inconsistency"] ** 2 == pytest.approx((p12 + p13 - p23) / 2)


def test_severity_is_not_inconsistency() -> None:
    """A reviewer two levels below on everything scatters as little as before."""
    answers = np.random.default_rng(0).integers(3, 6, (40, 1)) + np.random.default_rng(1).integers(
        0, 2, (40, 4)
    )
    scale = Scale("quality", tuple(range(-2, 10)))
    shifted = answers - np.array([0, 0, 0, 2])

    same, moved = (
        reviewer_inconsistency(ratings_of(one.tolist()), scale).pooled["inconsistency"].to_numpy()
        for one in (answers, shifted)
    )

    assert moved == pytest.approx(same)


def test_two_reviewers_are_told_that_three_are_needed() -> None:
    """Whose noise it is cannot be told: no number, a note, a sentence."""
    table = reviewer_inconsistency(ratings_of([[1, 2], [3, 3], [5, 4]] * 5), QUALITY)

    assert table.pooled["high"].isna().all()
    assert table.pooled["note"].str.contains("three or more").all()
    assert table.finding == "Not enough tasks in common to tell anybody's inconsistency"


def test_few_tasks_and_nothing_in_common_have_notes() -> None:
    """Thin evidence gives no number and says why."""
    few = reviewer_inconsistency(ratings_of([[1, 2, 3]] * 4), QUALITY).pooled
    apart = [[3 if r == t % 3 else None for r in range(3)] for t in range(30)]
    alone = reviewer_inconsistency(ratings_of(apart), QUALITY).pooled
    none = reviewer_inconsistency(ratings_of([]), QUALITY)

    for rows in (few, alone):
        assert rows["high"].isna().all()
        assert rows["note"].str.contains("too few").all()
    assert none.finding == "Not enough tasks in common to tell anybody's inconsistency"


def test_each_criterion_has_rows_and_times_are_medians() -> None:
    """The pooled row comes first; seconds are the median per task."""
    ratings = ratings_of([[3, 4, 3], [2, 2, 4], [5, 4, 5]] * 5).assign(seconds=30.0)

    rows = reviewer_inconsistency(ratings, QUALITY).rows

    assert rows["criterion"].to_list() == [ALL] * 3 + ["quality"] * 3
    assert set(rows["median_seconds"]) == {30.0}


def test_self_consistency_counts_equal_answers_between_rounds() -> None:
    """Of ten repeats eight are the same; the scatter is that of one answer."""
    first = ratings_of([[3]] * 10).assign(round="one")
    second = ratings_of([[3]] * 8 + [[4]] * 2).assign(round="two")

    table = self_consistency(pd.concat([first, second], ignore_index=True), QUALITY)

    row = table.pooled.iloc[0]
    assert (row["n_repeats"], row["same"]) == (10, 0.8)
    assert row["scatter"] == pytest.approx(np.sqrt(0.2 / 2))
    assert row["low"] < 0.8 < row["high"]
    assert table.finding == "80% of 10 repeats give the same answer"


def test_revisions_are_no_repeats() -> None:
    """What changed after a reveal is not self-consistency, and neither is a single round."""
    revised = pd.concat([ratings_of([[3]] * 4, revision=1), ratings_of([[5]] * 4, revision=2)])

    table = self_consistency(revised.assign(round="one"), QUALITY)

    assert table.finding == "Nobody has answered the same question on two occasions"
