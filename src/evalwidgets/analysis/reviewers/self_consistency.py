"""Self-consistency: whether a reviewer says the same of the same task on another occasion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL, KEY
from evalwidgets.analysis.codes import as_hashable
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.ratings import check_ratings, first_revisions
from evalwidgets.analysis.results import ResultTable, counted
from evalwidgets.analysis.reviewers.panel import OCCASIONS, is_ordered, steps_on
from evalwidgets.analysis.scales import Scale, scales_of

MIN_REPEATS = 8
"""Fewer repeated answers than this give no interval worth reading; the note says so."""


@dataclass(frozen=True, eq=False, repr=False)
class SelfConsistency(ResultTable):
    """How alike a reviewer's answers to the same question are, over all criteria and on each.

    Columns of `rows`: `reviewer, criterion, label, n_tasks, n_repeats` (pairs of
    answers, one occasion and the next), `same, low, high` (share of equal answers with
    its interval), `scatter` (standard deviation of a single answer in levels, ordered
    scales only), `note`.
    """

    @property
    def pooled(self) -> pd.DataFrame:
        """The rows over all criteria: one per reviewer."""
        return self.rows[self.rows["criterion"] == ALL]

    @property
    def finding(self) -> str:
        """How often answers stay the same, and whose change most."""
        pooled = self.pooled
        if pooled.empty:
            return "Nobody has answered the same question on two occasions"
        same = np.average(pooled["same"], weights=pooled["n_repeats"])
        n = int(pooled["n_repeats"].sum())
        least = pooled.iloc[int(pooled["same"].argmin())]
        words = f"{same:.0%} of {counted(n, 'repeat')} give the same answer"
        return words if len(pooled) < 2 else f"{words}; least often {least['reviewer']} ({least['same']:.0%})"

    def _shown(self) -> pd.DataFrame:
        return self.pooled.drop(columns=["criterion", "label"]).round(2)


def self_consistency(
    ratings: pd.DataFrame, rubric: Any, *, confidence_level: float = 0.95
) -> SelfConsistency:
    """Compare each reviewer's answers to the same question on different occasions.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; occasions are told apart by `round` or `repeat`. Later revisions
        of one review are no repeats: something had been revealed.
    rubric : Rubric, Scale or list of Scale
        The declared scales.
    confidence_level : float
        Of the intervals.

    Notes
    -----
    Read `same` as "asked again, the same answer this often", and `scatter` as the noise of
    a single answer: nobody can agree with others better than with themselves. It needs no
    gold and no other reviewers. It misleads on few repeats (see `note`), flatters whoever
    remembers the task, and holds a change of the rubric or a calibration between two
    occasions against the reviewer. Answers are compared with those of the next occasion;
    tasks are the clusters of the interval.
    Interval: Wilson (1927), see `clustered_rate`; scatter: Dahlberg (1940), the root of
    half the mean square of differences.
    """
    check_ratings(ratings)
    scales = {scale.id: scale for scale in scales_of(rubric)[0]}
    pairs = _pairs(ratings, scales)
    groups: list[tuple[Any, Any, pd.DataFrame]] = []
    for reviewer, theirs in pairs.groupby("reviewer", observed=True, sort=True):
        groups.append((reviewer, None, theirs))
        groups += [
            (reviewer, scales[str(name)], part)
            for name, part in theirs.groupby("criterion", observed=True, sort=False)
        ]
    rows = [_row(*group, confidence_level) for group in groups]
    return SelfConsistency(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=(),
        confidence_level=confidence_level,
        method="Wilson with tasks as clusters",
    )


_COLUMNS = [
    *("reviewer", "criterion", "label", "n_tasks", "n_repeats"),
    *("same", "low", "high", "scatter", "note"),
]


def _pairs(ratings: pd.DataFrame, scales: dict[str, Scale]) -> pd.DataFrame:
    """Return each answer beside the one before: `task, reviewer, criterion, same, apart`."""
    columns = [*KEY, "same", "apart"]
    occasions = [column for column in OCCASIONS if column in ratings]
    first = first_revisions(ratings)
    known = first[first["criterion"].isin(list(scales)) & first["value"].notna()]
    if not occasions or known.empty:
        return pd.DataFrame(columns=columns)
    single = known.drop_duplicates([*KEY, *occasions])
    when = ["submitted_at"] if "submitted_at" in single else occasions
    ordered = single.sort_values(when, kind="stable")
    parts = [_beside(part, scales[str(name)]) for name, part in ordered.groupby("criterion", observed=True)]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


def _beside(rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    values = as_hashable(rows["value"].astype(object))
    steps = pd.Series(steps_on(scale, values, "ratings")[0], index=rows.index)
    before = steps.groupby([rows["task"], rows["reviewer"]], observed=True).shift()
    apart = steps - before if is_ordered(scale) else np.nan
    return rows.assign(same=(steps == before).astype(float), apart=apart)[before.notna()]


def _row(reviewer: Any, scale: Scale | None, part: pd.DataFrame, confidence_level: float) -> dict[str, Any]:
    low, high = rate_over_tasks(part["same"], part["task"], confidence_level)
    apart = part["apart"].dropna().to_numpy(dtype=float)
    few = f"{counted(len(part), 'repeat')} are few (at least {MIN_REPEATS})"
    return {
        "reviewer": reviewer,
        "criterion": scale.id if scale else ALL,
        "label": scale.name if scale else "All criteria",
        "n_tasks": part["task"].nunique(),
        "n_repeats": len(part),
        "same": float(part["same"].mean()),
        "low": low,
        "high": high,
        # Two answers differ by the noise of both.
        "scatter": float(np.sqrt((apart**2).mean() / 2)) if len(apart) else float("nan"),
        "note": few if len(part) < MIN_REPEATS else "",
    }
