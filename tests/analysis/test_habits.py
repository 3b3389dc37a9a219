"""Habits: each planted one is flagged, and innocent likenesses are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.reviewers.habits import reviewer_habits

from .tables import ratings_of

CRITERIA = ("adherence", "structure", "quality")
SCALES = tuple(Scale(name, (1, 2, 3, 4, 5)) for name in CRITERIA)
FAIR = 5
"""How many reviewers without any habit there are beside the one that is bent."""
Bend = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def panel(bend: Bend, seed: int = 0, n_tasks: int = 80) -> pd.DataFrame:
    """Return ratings by fair reviewers, and by "bent" whose felt levels are bent."""
    rng = np.random.default_rng(seed)
    gold = rng.integers(1, 6, (n_tasks, len(CRITERIA)))
    rows = []
    for name in (*(f"fair{i}" for i in range(FAIR)), "bent"):
        order = rng.permutation(n_tasks)
        felt = (gold + rng.normal(0, 0.5, gold.shape))[order]
        felt = bend(felt, rng) if name == "bent" else felt
        given = np.clip(np.rint(felt), 1, 5).astype(int)
        rows += [
            (f"t{task}", name, criterion, int(given[place, c]), place, 60.0)
            for place, task in enumerate(order)
            for c, criterion in enumerate(CRITERIA)
        ]
    columns = ["task", "reviewer", "criterion", "value", "position", "seconds"]
    return pd.DataFrame(rows, columns=columns).astype({"value": object})


def follow(felt: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return levels drawn towards the answer before."""
    followed = felt.copy()
    for place in range(1, len(felt)):
        followed[place] += 0.4 * (np.clip(followed[place - 1], 1, 5) - 3)
    return followed


BENDS: dict[str, Bend] = {
    "central": lambda felt, rng: 3 + 0.5 * (felt - 3),
    "halo": lambda felt, rng: felt + rng.normal(0, 1.2, (len(felt), 1)),
    "follows": follow,
}


@pytest.mark.parametrize("habit", BENDS)
def test_a_planted_habit_is_flagged_and_nobody_else(habit: str) -> None:
    """The bent reviewer has exactly the planted flag, the fair ones have none."""
    for seed in range(4):
        rows = reviewer_habits(panel(BENDS[habit], seed), SCALES).rows.set_index("reviewer")

        assert habit in rows.loc["bent", "flags"]
        assert not rows.drop(index="bent")["flags"].map(len).any()


def test_without_a_habit_nobody_is_flagged() -> None:
    """Noise alone, in several worlds, gives no flag."""
    for seed in range(10):
        table = reviewer_habits(panel(lambda felt, rng: felt, seed), SCALES)

        assert table.finding == f"None of {FAIR + 1} reviewers shows a marked habit"


def test_drift_is_no_halo_and_no_order_effect() -> None:
    """One whose level sinks over time moves all criteria together, but that is drift."""
    rows = reviewer_habits(
        panel(lambda felt, rng: felt - np.linspace(0, 1.5, len(felt))[:, None]), SCALES
    ).rows

    assert not {"halo", "follows"} & set(rows.set_index("reviewer").loc["bent", "flags"])


def test_haste_is_a_share_of_tasks_against_what_they_take() -> None:
    """A quarter of the tasks in a tenth of the time is flagged; being twice as fast is not."""
    ratings = panel(lambda felt, rng: felt)
    bent = ratings["reviewer"] == "bent"
    hasty = ratings.assign(seconds=np.where(bent & (ratings["position"] % 4 == 0), 6.0, 60.0))
    brisk = ratings.assign(seconds=np.where(bent, 30.0, 60.0))

    tables = [reviewer_habits(one, SCALES).rows.set_index("reviewer") for one in (hasty, brisk)]

    assert tables[0].loc["bent", "hasty"] == 0.25
    assert tables[0].loc["bent", "flags"] == ("hasty",)
    assert tables[1].loc["bent", "flags"] == ()
    assert tables[1].loc["bent", "median_seconds"] == 30


def test_the_pull_against_peers_is_what_was_planted() -> None:
    """Half of every distance is lost: -0.5, although peers are noisy."""
    pulls = [
        reviewer_habits(panel(BENDS["central"], seed), SCALES).rows.set_index("reviewer").loc["bent", "pull"]
        for seed in range(8)
    ]

    assert np.mean(pulls) == pytest.approx(-0.5, abs=0.06)


def test_few_tasks_have_no_interval_and_no_flag() -> None:
    """Six tasks never shame anybody."""
    rows = reviewer_habits(panel(BENDS["central"], n_tasks=6), SCALES).rows

    assert rows["pull_low"].isna().all()
    assert not rows["flags"].map(len).any()
    assert rows["note"].iloc[0] == "6 tasks are too few (at least 12)"


def test_what_cannot_be_known_is_said() -> None:
    """One criterion, one reviewer, no times: every missing number is named."""
    rows = reviewer_habits(ratings_of([[3], [4], [2]] * 5), Scale("adherence", (1, 2, 3, 4, 5))).rows
    empty = reviewer_habits(ratings_of([]), SCALES)

    assert len(rows) == 0
    assert empty.finding == "Nobody has rated anything on an ordered scale yet"
    known = reviewer_habits(ratings_of([[3], [4], [2]] * 5), Scale("quality", (1, 2, 3, 4, 5))).rows
    for word in ("pull", "halo", "haste", "order"):
        assert word in known["note"].iloc[0]
