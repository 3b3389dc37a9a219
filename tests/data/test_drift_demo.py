"""Drift on the simulated reviewers: the planted one after the planted week, nobody else."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import pytest

from evalwidgets.analysis.reviewers.drift import reviewer_drift
from evalwidgets.store.tables import gold_table

from .conftest import Demo


@pytest.fixture(scope="module")
def ratings(demo: Demo) -> pd.DataFrame:
    """Return the simulated reviews as the tidy table."""
    rows: list[dict[str, Any]] = [
        {
            "task": review.task,
            "reviewer": review.reviewer,
            "criterion": name,
            "value": answer.value,
            "na": answer.na,
            "submitted_at": pd.Timestamp(review.submitted_at),
        }
        for review in demo.reviews
        for name, answer in review.answers.items()
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize("against", ["gold", "others"])
def test_only_the_planted_reviewer_drifts_and_since_the_planted_week(
    demo: Demo, ratings: pd.DataFrame, against: Literal["gold", "others"]
) -> None:
    """One alarm, downwards, dated to its week; nobody else in any week, with gold and without."""
    planted = demo.truth["drift"][0]
    weeks = [pd.Timestamp(week, tz="UTC") for week in demo.truth["weeks"]]

    drift = reviewer_drift(ratings, gold_table(demo.gold), demo.rubric("image-edit"), against=against)

    alarms = drift.pooled[drift.pooled["alarm"] != ""]
    assert set(alarms["reviewer"]) == {planted["reviewer"]}
    assert set(alarms["alarm"]) == {"down"}
    assert alarms["period"].min() >= weeks[planted["from_week"] - 1]
    assert set(alarms["since"]) == {weeks[planted["from_week"] - 1]}
    assert drift.finding == "farid drifts down since the week of 21 September; the other 7 are steady"
