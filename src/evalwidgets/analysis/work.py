"""What has been done so far: who rated how much, when, and how fast."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis.ratings import check_ratings


def work_done(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return one row per reviewer: `tasks, ratings, not_applicable, median_seconds, first, last`.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; `na`, `seconds` and `submitted_at` are used when they are there.

    Notes
    -----
    `median_seconds` is active time per task. Fast is not careless: read it beside
    accuracy, never alone.
    """
    check_ratings(ratings)
    by_reviewer = ratings.groupby("reviewer", observed=True)
    columns = {"tasks": by_reviewer["task"].nunique(), "ratings": by_reviewer.size()}
    if "na" in ratings:
        columns["not_applicable"] = by_reviewer["na"].count()
    if "seconds" in ratings:
        per_task = ratings.drop_duplicates(["reviewer", "task"]).groupby("reviewer", observed=True)
        columns["median_seconds"] = per_task["seconds"].median()
    if "submitted_at" in ratings:
        days = by_reviewer["submitted_at"]
        columns["first"], columns["last"] = days.min().dt.date, days.max().dt.date
    return pd.DataFrame(columns)
