"""The figures that a lead reads first: how right, how shifted, how agreed, and what has changed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.agreement.agreement_table import agreement_by_criterion
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.accuracy import gold_accuracy
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.gold.headline_lines import headline_lines, in_percent, lowest_criterion
from evalwidgets.analysis.intervals import Interval, jackknife_error
from evalwidgets.analysis.results import ResultTable, said
from evalwidgets.analysis.reviewers.shift import Effect

MIN_TASKS = 10
"""Fewer gold tasks than this never make a verdict."""


@dataclass(frozen=True, eq=False, repr=False)
class Headline(ResultTable):
    """A round in a few lines; one row for all criteria together (`ALL`), then one for each.

    Columns of `rows`: `criterion, label, n_tasks, n_ratings`; `within` and `exact`, each
    with `_low, _high` and a target (`target_within, target_exact`); `bias` in levels with
    `bias_low, bias_high`; `alpha` with `alpha_low, alpha_high` and `alpha_tells` (it has
    an interval, and no answer is too common for it); `verdict` on both targets; and, with
    an earlier round, `before` (its `within`), `delta, delta_low, delta_high` and `change`
    ("better", "worse", "not enough evidence"). `note` says why a number is missing.
    """

    lines: tuple[str, ...]
    """What the figures say, one sentence each, most important first."""
    n_reviewers: int

    @property
    def finding(self) -> str:
        """How often reviewers are within tolerance, and on which criterion least."""
        if self.rows.empty:
            return "No rating has a gold answer yet"
        text = f"{in_percent(self.rows.iloc[0], 'within')} of ratings are within tolerance of gold"
        lowest = lowest_criterion(self.rows)
        return text if lowest is None else f"{text}; {lowest['label']} is lowest ({lowest['within']:.0%})"

    def __str__(self) -> str:
        """Return every line, or why there is none, and what was left out."""
        return " ".join(part for part in (*self.lines, said(self.left_out)) if part)

    def _shown(self) -> pd.DataFrame:
        columns = ["label", "n_tasks", "within", "within_low", "within_high", "target_within", "exact"]
        return self.rows[[*columns, "bias", "alpha", "verdict", "delta", "change"]].round(2)


def headline(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    previous: pd.DataFrame | None = None,
    *,
    confidence_level: float = 0.95,
    min_tasks: int = MIN_TASKS,
) -> Headline:
    """Return the headline figures of a round, and how they changed since an earlier one.

    Parameters
    ----------
    ratings, gold, rubric
        As in `gold_accuracy`.
    previous : DataFrame or None
        The ratings of an earlier round, judged by the same gold table.
    confidence_level : float
        Of every interval.
    min_tasks : int
        Fewer gold tasks than this never make a verdict.

    Notes
    -----
    Read `within` with its interval, then the verdicts: *pass* or *not yet* only where
    the whole interval lies on one side of the target, else *not enough evidence*. Alpha
    is between reviewers and knows no gold; the band is what trained teams reach on
    public image ratings, so 0.5 is ordinary, not poor. `bias` is the plain mean of given
    minus nearest accepted level; gold that is mostly high makes it look strict, see
    `reviewer_severity`. Interval: delete-one-task jackknife with t.

    The change is in `within`, with the interval of Newcombe made from the Wilson
    intervals of both rounds (clustered by task), as if the rounds were independent. With
    the same tasks or reviewers in both it is wider than it need be, never falsely sure.
    It misleads when the rounds have tasks of different difficulty: compare on the same
    tasks where you can. Source: Newcombe (1998), Statistics in Medicine 17, 873-890;
    Zou & Donner (2008), ibid. 27, 1693-1702, for intervals of other kinds.
    """
    accuracy = gold_accuracy(ratings, gold, rubric, confidence_level=confidence_level, min_tasks=min_tasks)
    agreement = agreement_by_criterion(ratings, rubric, confidence_level=confidence_level)
    judged = compare_with_gold(ratings, gold, rubric).rows
    tells = agreement.rows["alpha_low"].notna() & ~agreement.one_sided
    alphas = agreement.rows.assign(alpha_tells=tells).set_index("criterion")
    earlier = _within_by_criterion(previous, gold, rubric, confidence_level)
    everyone = accuracy.rows[accuracy.rows["reviewer"] == ALL]
    rows = [
        {
            **{name: row[name] for name in _RATES},
            **_bias(judged, row["criterion"], confidence_level),
            **_alpha(alphas, row["criterion"]),
            **_change(row, earlier, min_tasks),
            "note": _note(row, alphas),
        }
        for _, row in everyone.iterrows()
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS).astype({"alpha_tells": bool})
    return Headline(
        rows=table,
        left_out=accuracy.left_out,
        confidence_level=confidence_level,
        method="Wilson, clustered by task; change by Newcombe",
        lines=headline_lines(table, versions=_versions(ratings, previous)),
        n_reviewers=judged["reviewer"].nunique(),
    )


def rate_difference(now: float, interval: Interval, before: float, earlier: Interval) -> Interval:
    """Return the interval of `now - before` from the intervals of both rates.

    Notes
    -----
    Newcombe's hybrid score interval: the distances to the ends that matter, added in
    quadrature. Exact in the sense of its two intervals, which may be of any kind; assumes
    independence. Within -1 and 1.
    """
    difference = now - before
    down = math.hypot(now - interval.low, earlier.high - before)
    up = math.hypot(interval.high - now, before - earlier.low)
    return Interval(difference - down, difference + up)


_RATES = [
    *("criterion", "label", "n_tasks", "n_ratings", "within", "within_low", "within_high"),
    *("target_within", "exact", "exact_low", "exact_high", "target_exact", "tolerance", "verdict", "note"),
]
_COLUMNS = [
    *_RATES,
    *("bias", "bias_low", "bias_high", "alpha", "alpha_low", "alpha_high", "alpha_tells"),
    *("before", "delta", "delta_low", "delta_high", "change"),
]


def _bias(judged: pd.DataFrame, criterion: str, confidence_level: float) -> dict[str, float]:
    """Return the mean deviation with the jackknife over tasks, as a ratio of sums."""
    chosen = judged["deviation"].notna()
    if criterion != ALL:
        chosen &= judged["criterion"] == criterion
    part = judged[chosen]
    if part.empty:
        return {}
    by_task = part.groupby("task", sort=False, observed=True)["deviation"].agg(["sum", "size"])
    sums, sizes = by_task["sum"].to_numpy(dtype=float), by_task["size"].to_numpy(dtype=float)
    mean, n = float(sums.sum() / sizes.sum()), len(sums)
    if n < 2:
        return {"bias": mean}
    without = (sums.sum() - sums) / (sizes.sum() - sizes)
    ends = Effect(mean, float(jackknife_error(without)), n - 1).interval(confidence_level)
    return {"bias": mean, "bias_low": ends.low, "bias_high": ends.high}


def _alpha(alphas: pd.DataFrame, criterion: str) -> dict[str, Any]:
    if criterion not in alphas.index:
        return {"alpha_tells": False}
    return dict(alphas.loc[criterion, ["alpha", "alpha_low", "alpha_high", "alpha_tells"]])


def _note(row: pd.Series, alphas: pd.DataFrame) -> str:
    """Return why there is no verdict, and why there is no alpha."""
    if row["criterion"] == ALL:
        return "Targets and alpha are per criterion"
    of_alpha = str(alphas["note"].get(row["criterion"], ""))
    return ". ".join(part for part in (row["note"], of_alpha and f"Alpha: {of_alpha}") if part)


def _within_by_criterion(
    previous: pd.DataFrame | None, gold: pd.DataFrame, rubric: Any, confidence_level: float
) -> pd.DataFrame | None:
    if previous is None:
        return None
    rows = gold_accuracy(previous, gold, rubric, confidence_level=confidence_level).rows
    return rows[rows["reviewer"] == ALL].set_index("criterion")


def _change(row: pd.Series, earlier: pd.DataFrame | None, min_tasks: int) -> dict[str, Any]:
    if earlier is None or row["criterion"] not in earlier.index:
        return {"change": ""}
    old = earlier.loc[row["criterion"]]
    ends = rate_difference(
        row["within"],
        Interval(row["within_low"], row["within_high"]),
        old["within"],
        Interval(old["within_low"], old["within_high"]),
    )
    sure = min(row["n_tasks"], old["n_tasks"]) >= min_tasks and ends.excludes(0)
    return {
        "before": old["within"],
        "delta": row["within"] - old["within"],
        "delta_low": ends.low,
        "delta_high": ends.high,
        "change": ("better" if ends.low > 0 else "worse") if sure else "not enough evidence",
    }


def _versions(ratings: pd.DataFrame, previous: pd.DataFrame | None) -> tuple[str, ...]:
    """Return the rubric versions of the earlier round and of this one, where they differ."""
    if previous is None or "rubric_version" not in ratings or "rubric_version" not in previous:
        return ()
    now, before = (sorted(map(str, table["rubric_version"].unique())) for table in (ratings, previous))
    return (", ".join(before), ", ".join(now)) if now != before else ()
