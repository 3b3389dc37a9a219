"""What each reviewer does to agreement."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import t as student

from evalwidgets.analysis import Scale, krippendorff_alpha
from evalwidgets.analysis.agreement.contribution import reviewer_contribution

from .simulated import EVEN, simulated
from .tables import ratings_of

LEVELS = (1, 2, 3, 4, 5)
QUALITY = Scale("quality", LEVELS, label="Quality")


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("metric", ["nominal", "ordinal"])
def test_the_interval_is_the_paired_jackknife(metric: Any, clustered: bool) -> None:
    """Both alphas are computed anew without each task (or cluster), and their difference varies so."""
    world = simulated(3, n_tasks=25, missing=0.4)
    ratings = world.ratings[world.ratings["criterion"] == "style"]
    ratings = ratings[ratings.groupby("task")["task"].transform("size") > 1]
    of_task = {task: i // 3 if clustered else i for i, task in enumerate(ratings["task"].unique())}
    unit = ratings["task"].map(of_task)

    def alpha(rows: Any) -> float:
        return float(krippendorff_alpha(rows, levels=LEVELS, level=metric).estimate)

    others = ratings["reviewer"] != "noisy"
    without = np.array(
        [alpha(ratings[unit != one]) - alpha(ratings[(unit != one) & others]) for one in unit.unique()]
    )
    n = len(without)
    half = student.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())

    table = reviewer_contribution(
        ratings, Scale("style", LEVELS, metric), clusters=of_task if clustered else None
    )

    row = table.rows.set_index("reviewer").loc["noisy"]
    assert alpha(ratings) == pytest.approx(row["alpha"], abs=1e-12)
    assert alpha(ratings[others]) == pytest.approx(row["alpha_without"], abs=1e-12)
    assert row["difference"] - half == pytest.approx(row["low"], abs=1e-9)
    assert row["difference"] + half == pytest.approx(row["high"], abs=1e-9)


def test_who_pulls_agreement_down_is_named() -> None:
    """Among five good reviewers the noisy one is named, and nobody else."""
    crew = ("good", "fair", "slip", "better", "best", "noisy")
    world = simulated(1, n_tasks=120, reviewers=crew, gold_shares=EVEN)

    table = reviewer_contribution(world.ratings, world.scales, criterion="quality")

    assert table.finding.startswith("noisy pulls agreement down: alpha of Quality is 0.")
    assert table.pulling_down["reviewer"].to_list() == ["noisy"]


def test_nobody_is_named_without_evidence() -> None:
    """Reviewers who are alike, on few tasks, are told apart by nothing."""
    world = simulated(5, n_tasks=8, reviewers=("good", "fair", "better"), gold_shares=EVEN)

    table = reviewer_contribution(world.ratings, world.scales, criterion="quality")

    assert table.finding == "No reviewer clearly pulls agreement down"
    assert ((table.rows["low"] <= 0) | (table.rows["difference"] > 0)).all()


def test_every_criterion_has_its_rows() -> None:
    """Without a criterion all of them are judged, each at its own metric."""
    world = simulated(2, n_tasks=30)

    table = reviewer_contribution(world.ratings, world.scales)

    assert table.rows.groupby("criterion").size().to_dict() == dict.fromkeys(
        [scale.id for scale in world.scales], 9
    )


@pytest.mark.parametrize(
    ("tasks", "note"),
    [
        ([[1, 2], [3, 3], [5, 4]], "The others alone have no alpha"),
        ([[4, 4, 4], [4, 4, 4]], "All 6 ratings are the same (4)"),
        ([[1, 2, 5]], "One task shows nothing of how tasks differ"),
    ],
    ids=["two reviewers", "one level", "one task"],
)
def test_what_cannot_be_told_is_a_note(tasks: list[Any], note: str) -> None:
    """Where a difference or its interval does not exist the row says why."""
    table = reviewer_contribution(ratings_of(tasks), QUALITY)

    assert table.rows["low"].isna().all()
    assert table.rows["note"].str.startswith(note).all()
    assert str(table) == "No reviewer's part in agreement can be told yet."


@pytest.mark.parametrize("tasks", [[], [[1], [2]], [[1, None], [None, 2]]])
def test_nothing_to_compare_has_no_rows(tasks: list[Any]) -> None:
    """No task with two reviewers leaves an empty table with its sentence."""
    table = reviewer_contribution(ratings_of(tasks), QUALITY)

    assert table.rows.empty
    assert str(table).startswith("No reviewer's part in agreement can be told yet.")
    assert table._repr_html_()
