"""Reviewers against gold: how often right, how often within tolerance, and on how much evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.intervals import Interval, rate_over_tasks
from evalwidgets.analysis.results import ResultTable, listed, or_nan
from evalwidgets.analysis.scales import Scale, scales_of

Verdict = Literal["pass", "not yet", "not enough evidence", "no target"]


@dataclass(frozen=True, eq=False, repr=False)
class AccuracyTable(ResultTable):
    """Exact and within-tolerance rates against gold, by reviewer and criterion.

    `rows` has one row for each reviewer and criterion, and for all reviewers and all
    criteria together (`ALL`). Columns: `reviewer, criterion, label, n_tasks, n_ratings,
    exact, exact_low, exact_high, target_exact, tolerance, within, within_low,
    within_high, target_within, na_wrong` (how many wrong "not applicable", either way),
    `verdict` and `note`.
    """

    @property
    def pooled(self) -> pd.DataFrame:
        """The rows over all criteria: all reviewers together, then each."""
        rows = self.rows[self.rows["criterion"] == ALL]
        columns = ["n_tasks", "n_ratings", "exact", "exact_low", "exact_high"]
        return rows.set_index("reviewer")[[*columns, "within", "within_low", "within_high"]]

    @property
    def finding(self) -> str:
        """How often reviewers are within tolerance, and who is clearly below target."""
        overall = self.rows[(self.rows["reviewer"] == ALL) & (self.rows["criterion"] == ALL)]
        if overall.empty:
            return "No rating has a gold answer yet"
        row = overall.iloc[0]
        rate = f"{row['within']:.0%} of ratings are within tolerance of gold"
        people = self.rows[(self.rows["reviewer"] != ALL) & (self.rows["verdict"] == "not yet")]
        names = list(dict.fromkeys(people["reviewer"]))
        return f"{rate}; {listed(names)} below a target" if names else rate

    def _shown(self) -> pd.DataFrame:
        counts = ["reviewer", "label", "n_tasks"]
        exact, within = ["exact", "exact_low", "exact_high"], ["within", "within_low", "within_high"]
        return self.rows[[*counts, *exact, *within, "verdict"]].round(2)


def gold_accuracy(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    confidence_level: float = 0.95,
    min_tasks: int = 10,
) -> AccuracyTable:
    """Return how often each reviewer gives an accepted answer, and one within tolerance.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    gold : DataFrame
        One row per task and criterion: `task, criterion, accepted` and, where known,
        `tolerance` (else the criterion's own) and `na`.
    rubric : Rubric, Scale or list of Scale
        Declared scales, tolerances and targets.
    confidence_level : float
        Of the intervals.
    min_tasks : int
        Fewer gold tasks than this never make a verdict.

    Notes
    -----
    Read a rate with its interval: 8 of 10 is 0.49 to 0.94. The verdict is *pass* when
    both intervals lie at or above their targets, *not yet* when one lies wholly below,
    else *not enough evidence*. Rates over several criteria take into account that
    ratings of one task hang together; they have no target, because targets are per
    criterion. It misleads when gold is lopsided: with gold all 4 and 5, "always 4" is
    always within one level; look at the confusion matrix.
    Interval: Wilson (1927), see `wilson_interval` and `clustered_rate`.
    """
    scales, _ = scales_of(rubric)
    compared = compare_with_gold(ratings, gold, rubric)
    rows = [
        _row(reviewer, scale, part, confidence_level, min_tasks)
        for reviewer, scale, part in _parts(compared.rows, scales)
    ]
    return AccuracyTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=compared.left_out,
        confidence_level=confidence_level,
        method="Wilson, clustered by task",
    )


def verdict_on(interval: Interval, target: float | None, n_tasks: int, min_tasks: int = 10) -> Verdict:
    """Return whether a rate is at or above its target: sure, sure not, or not known yet."""
    if target is None:
        return "no target"
    if n_tasks < min_tasks:
        return "not enough evidence"
    if interval.low >= target:
        return "pass"
    return "not yet" if interval.high < target else "not enough evidence"


def joint_verdict(*verdicts: Verdict) -> Verdict:
    """Return the verdict of several targets together: one miss is a miss."""
    aimed = [verdict for verdict in verdicts if verdict != "no target"]
    for verdict in ("not yet", "not enough evidence", "pass"):
        if verdict in aimed:
            return verdict
    return "no target"


_COLUMNS = [
    *("reviewer", "criterion", "label", "n_tasks", "n_ratings"),
    *("exact", "exact_low", "exact_high", "target_exact", "tolerance"),
    *("within", "within_low", "within_high", "target_within"),
    *("na_wrong", "verdict", "note"),
]


def _parts(rows: pd.DataFrame, scales: tuple[Scale, ...]) -> Iterator[tuple[str, Scale | None, pd.DataFrame]]:
    """Give all reviewers, then each; for each all criteria (None), then each that was rated."""
    for reviewer in [ALL, *sorted(rows["reviewer"].unique(), key=str)]:
        theirs = rows if reviewer == ALL else rows[rows["reviewer"] == reviewer]
        if theirs.empty:
            continue
        yield reviewer, None, theirs
        for scale in scales:
            part = theirs[theirs["criterion"] == scale.id]
            if len(part):
                yield reviewer, scale, part


def _row(
    reviewer: str,
    scale: Scale | None,
    part: pd.DataFrame,
    confidence_level: float,
    min_tasks: int,
) -> dict[str, Any]:
    n_tasks = part["task"].nunique()
    ends = {rate: rate_over_tasks(part[rate], part["task"], confidence_level) for rate in ("exact", "within")}
    targets = {
        "exact": scale.target_exact if scale else None,
        "within": scale.target_within if scale else None,
    }
    verdicts = [verdict_on(ends[rate], targets[rate], n_tasks, min_tasks) for rate in ends]
    short = f"{n_tasks} with gold are too few tasks for a verdict (at least {min_tasks})"
    columns = {
        f"{rate}{end}": value
        for rate in ends
        for end, value in (
            ("", float(part[rate].mean())),
            ("_low", ends[rate].low),
            ("_high", ends[rate].high),
        )
    }
    return {
        "reviewer": reviewer,
        "criterion": scale.id if scale else ALL,
        "label": scale.name if scale else "All criteria",
        "n_tasks": n_tasks,
        "n_ratings": len(part),
        **columns,
        "target_exact": or_nan(targets["exact"]),
        "target_within": or_nan(targets["within"]),
        "tolerance": scale.tolerance if scale else float("nan"),
        "na_wrong": int((part["na"] != part["gold_na"]).sum()),
        "verdict": joint_verdict(*verdicts),
        "note": short if n_tasks < min_tasks else "",
    }
