"""Inconsistency: how far each reviewer scatters once severity is taken away; never "perfect".

The textbook maximum likelihood fit of bias and inconsistency (as in ITU-T P.913)
collapses on small panels: it finds one reviewer who agrees with the consensus, gives
that reviewer all the weight, and so makes them agree perfectly. Here each reviewer is
held against the others only, and the others' own noise is subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import jackknife_error, student_t_quantile
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import ResultTable, counted, listed, none_of
from evalwidgets.analysis.reviewers.panel import Panel, panel_of, usual_seconds
from evalwidgets.analysis.scales import Scale, scales_of

MIN_TASKS = 8
"""Fewer tasks in common with others than this give no number."""
MIN_REVIEWERS = 3
"""Two reviewers show only the sum of their noise."""
NOISY = 1.25
"""So many times the typical inconsistency, with the interval above it, is flagged."""
GROUPS = 200
"""More tasks than this are left out in groups: the interval hardly changes, the time does."""
_RANK = 1e-9


@dataclass(frozen=True, eq=False, repr=False)
class InconsistencyTable(ResultTable):
    """How far each reviewer scatters, over all criteria (`ALL`) and on each.

    Columns of `rows`:

    - `reviewer, criterion, label, n_tasks, n_ratings`;
    - `inconsistency`: standard deviation in levels, NaN where it cannot be told from 0;
      `low, high`: its interval; `high` is never 0;
    - `median_seconds`: of active time per task, NaN where it is unknown;
    - `flag`: "noisy" or empty; `note`: why a number is missing.
    """

    @property
    def pooled(self) -> pd.DataFrame:
        """The rows over all criteria: one per reviewer."""
        return self.rows[self.rows["criterion"] == ALL]

    @property
    def finding(self) -> str:
        """Who scatters clearly more than the others."""
        known = self.pooled[self.pooled["high"].notna()]
        if known.empty:
            return "Not enough tasks in common to tell anybody's inconsistency"
        noisy = known[known["flag"] == "noisy"].sort_values("inconsistency", ascending=False, kind="stable")
        typical = known["inconsistency"].median()
        if noisy.empty:
            return none_of(len(known), "does not scatter much", "scatters clearly more than the others")
        said = [
            f"{row['reviewer']} scatters by {row['inconsistency']:.1f} levels" for _, row in noisy.iterrows()
        ]
        return f"{listed(said)}; typical is {typical:.1f}"

    def _shown(self) -> pd.DataFrame:
        columns = ["reviewer", "n_tasks", "inconsistency", "low", "high", "median_seconds", "flag", "note"]
        return self.pooled[columns].round(2)


def reviewer_inconsistency(
    ratings: pd.DataFrame, rubric: Any, *, confidence_level: float = 0.95
) -> InconsistencyTable:
    """Return how far each reviewer scatters around the others, severity removed.

    Parameters
    ----------
    ratings, rubric
        As in `spread`; only ordered scales of three declared levels or more enter.
    confidence_level : float
        Of the intervals.

    Notes
    -----
    Read 0.6 as "this reviewer's answers scatter by 0.6 levels around what the task would
    get from a steady one". It is made of noise and of own opinions on single tasks: a
    camp scatters too, and so does the one who alone reads a rule rightly: there it misleads.
    The levels themselves add about 0.3, since they are whole.

    Each pair's differences, its own mean taken away, vary by the sum of both reviewers'
    variances; the least-squares solution of all pairs gives each one's. On a complete
    table this is the variance against the mean of the others, minus the share that is
    the others' noise, without bias (Grubbs 1948, JASA 43, 243-264, for three). Such a
    variance may come out at 0 or below: then `inconsistency` is empty, the note says
    that it cannot be told from 0, and `high` bounds it. The bound never falls below
    what n tasks without any difference would leave open (rule of three, 3 / n). The
    interval is by leaving out one task at a time, with t; the pairs are weighted by
    their tasks in common.
    """
    check_ratings(ratings)
    scales = [scale for scale in scales_of(rubric)[0] if scale.is_numeric and len(scale.levels) > 2]
    panel = panel_of(ratings, scales)
    parts: list[tuple[Scale | None, list[int]]] = [(None, list(range(len(panel.scales))))]
    parts += [(scale, [number]) for number, scale in enumerate(panel.scales)]
    rows = [row for scale, chosen in parts for row in _rows(panel, scale, chosen, confidence_level)]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    seconds = dict(zip(panel.reviewers, usual_seconds(panel), strict=True))
    table["median_seconds"] = table["reviewer"].map(seconds).astype(float)
    return InconsistencyTable(
        rows=table,
        left_out=panel.left_out,
        confidence_level=confidence_level,
        method="variances of pairs, delete-one-task jackknife with t",
    )


_COLUMNS = [
    *("reviewer", "criterion", "label", "n_tasks", "n_ratings"),
    *("inconsistency", "low", "high", "median_seconds", "flag", "note"),
]


class _Sums(NamedTuple):
    """Sums over tasks of the differences of pairs, shape (criteria, reviewers, reviewers)."""

    n: FloatArray
    difference: FloatArray
    square: FloatArray

    def minus(self, part: _Sums) -> _Sums:
        return _Sums(self.n - part.n, self.difference - part.difference, self.square - part.square)


def _rows(
    panel: Panel, scale: Scale | None, chosen: list[int], confidence_level: float
) -> list[dict[str, Any]]:
    steps = panel.steps[chosen]
    shared = ~np.isnan(steps) & ((~np.isnan(steps)).sum(axis=2, keepdims=True) > 1)
    n_tasks, n_ratings = shared.any(axis=0).sum(axis=0), shared.sum(axis=(0, 1))
    variance, error, df = _variances(steps)
    half = student_t_quantile(0.5 + confidence_level / 2, max(df, 1)) * error
    rows = [
        {
            "reviewer": reviewer,
            "criterion": scale.id if scale else ALL,
            "label": scale.name if scale else "All criteria",
            "n_tasks": int(n_tasks[place]),
            "n_ratings": int(n_ratings[place]),
            "flag": "",
            **_numbers(variance[place], half[place], int(n_tasks[place]), len(panel.reviewers)),
        }
        for place, reviewer in enumerate(panel.reviewers)
        if n_ratings[place] or scale is None
    ]
    return _flagged(rows)


def _numbers(variance: float, half: float, n_tasks: int, n_reviewers: int) -> dict[str, Any]:
    """Return the estimate with its interval, or why there is none."""
    nothing = dict.fromkeys(("inconsistency", "low", "high"), float("nan"))
    if n_reviewers < MIN_REVIEWERS:
        few = counted(n_reviewers, "reviewer")
        return nothing | {"note": f"{few}: whose noise it is can be told with three or more"}
    if n_tasks < MIN_TASKS:
        return nothing | {"note": f"{n_tasks} shared tasks are too few (at least {MIN_TASKS})"}
    if not np.isfinite(variance + half):
        return nothing | {"note": "shares too few tasks with two others who share tasks themselves"}
    # n tasks without any difference still leave a rate of 3 in n open (rule of three).
    high = float(np.sqrt(max(variance + half, 3 / n_tasks)))
    low = float(np.sqrt(max(variance - half, 0.0)))
    if variance <= 0:
        note = f"cannot be told from 0; below {high:.2f} levels"
        return {"inconsistency": float("nan"), "low": 0.0, "high": high, "note": note}
    return {"inconsistency": float(np.sqrt(variance)), "low": low, "high": high, "note": ""}


def _flagged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Flag those who are clearly above what is typical of the others."""
    estimates = np.array([row["inconsistency"] for row in rows], dtype=float)
    for place, row in enumerate(rows):
        others = np.delete(estimates, place)
        others = others[~np.isnan(others)]
        if not len(others) or np.isnan(estimates[place]):
            continue
        typical = float(np.median(others))
        if row["low"] > typical and estimates[place] >= NOISY * typical:
            row["flag"] = "noisy"
    return rows


def _variances(steps: FloatArray) -> tuple[FloatArray, FloatArray, int]:
    """Return each reviewer's variance, its jackknife error, and the degrees of freedom."""
    used = np.flatnonzero((~np.isnan(steps)).sum(axis=2).max(axis=0, initial=0) > 1)
    if not len(used):
        nothing = np.full(steps.shape[2], np.nan)
        return nothing, nothing, 0
    groups = (np.arange(len(used)) % min(len(used), GROUPS)).astype(np.int64)
    total = _sums(steps[:, used])
    variance = _solve(total)
    count = int(groups.max()) + 1
    without = np.stack([_solve(total.minus(_sums(steps[:, used[groups == one]]))) for one in range(count)])
    return variance, jackknife_error(without), count - 1


def _sums(steps: FloatArray) -> _Sums:
    """Return the sums of pairs over these tasks by matrix products; nothing is looped."""
    given = (~np.isnan(steps)).astype(float)
    values = np.nan_to_num(steps)
    turned = given.transpose(0, 2, 1)
    n = turned @ given
    one = values.transpose(0, 2, 1) @ given
    squares = (values**2).transpose(0, 2, 1) @ given
    product = values.transpose(0, 2, 1) @ values
    return _Sums(n, one - one.transpose(0, 2, 1), squares + squares.transpose(0, 2, 1) - 2 * product)


def _solve(sums: _Sums) -> FloatArray:
    """Return the variances that fit those of all pairs best; NaN where they cannot be told."""
    free = np.maximum(sums.n - 1, 0.0)
    rest = np.where(sums.n > 1, sums.square - sums.difference**2 / np.maximum(sums.n, 1), 0.0)
    weight, total = free.sum(axis=0), rest.sum(axis=0)
    np.fill_diagonal(weight, 0.0)
    np.fill_diagonal(total, 0.0)
    design = np.diag(weight.sum(axis=1)) + weight
    inverse = np.linalg.pinv(design, rcond=_RANK, hermitian=True)
    known = np.abs(np.diag(inverse @ design) - 1) < 1e-6
    return np.where(known, inverse @ total.sum(axis=1), np.nan)
