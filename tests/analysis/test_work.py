"""How much each reviewer has done."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.analysis import work_done
from evalwidgets.errors import RatingsError


def test_each_reviewer_has_one_row_with_tasks_ratings_and_time() -> None:
    """Seconds belong to the task, so a task with two ratings counts once in the median."""
    ratings = pd.DataFrame(
        {
            "task": ["t1", "t1", "t2", "t1"],
            "reviewer": ["ana", "ana", "ana", "ben"],
            "criterion": ["clarity", "appeal", "clarity", "clarity"],
            "value": [3, None, 4, 5],
            "na": [None, "abstract", None, None],
            "seconds": [10.0, 10.0, 30.0, 7.0],
            "submitted_at": pd.to_datetime([f"2026-09-0{day}" for day in (7, 7, 9, 8)], utc=True),
        }
    )

    work = work_done(ratings)

    assert ["ana", "ben"] == list(work.index)
    assert [2, 3, 1, 20.0] == list(work.loc["ana", ["tasks", "ratings", "not_applicable", "median_seconds"]])
    assert ["2026-09-07", "2026-09-09"] == [str(day) for day in work.loc["ana", ["first", "last"]]]


def test_without_times_the_counts_are_still_told() -> None:
    """Only task, reviewer, criterion and value are required."""
    ratings = pd.DataFrame({"task": ["t1"], "reviewer": ["ana"], "criterion": ["clarity"], "value": [3]})

    assert {"tasks": 1, "ratings": 1} == work_done(ratings).loc["ana"].to_dict()


def test_a_missing_column_is_named() -> None:
    """A table without reviewers is refused with a sentence."""
    with pytest.raises(RatingsError, match="reviewer"):
        work_done(pd.DataFrame({"task": ["t1"], "criterion": ["clarity"], "value": [3]}))
