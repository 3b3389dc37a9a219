"""What each reviewer does to agreement: alpha of a criterion with and without them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.alpha import alpha_of
from evalwidgets.analysis.agreement.clusters import Clusters
from evalwidgets.analysis.agreement.patterns import CountPatterns, alike_rows, task_counts
from evalwidgets.analysis.agreement.resampling import Spread, jackknife_spread, why_undefined
from evalwidgets.analysis.agreement.sums import Resampled
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import NO_INTERVAL, LeftOut, ResultTable, listed
from evalwidgets.analysis.scales import Scale, scale_named, scales_of


@dataclass(frozen=True, eq=False, repr=False)
class ContributionTable(ResultTable):
    """How alpha of each criterion changes without each reviewer.

    Columns of `rows`, one row a criterion and reviewer: `criterion, label, reviewer,
    n_ratings, alpha` (everybody's), `alpha_without`, `difference` (alpha minus
    alpha_without: negative pulls agreement down), `low, high` and `note`.
    """

    @property
    def pulling_down(self) -> pd.DataFrame:
        """The rows whose whole interval lies below 0, the strongest first."""
        return self.rows[self.rows["high"] < 0].sort_values("difference", kind="stable")

    @property
    def finding(self) -> str:
        """Who clearly pulls agreement down, and where most."""
        if not self.rows["low"].notna().any():
            return "No reviewer's part in agreement can be told yet"
        down = self.pulling_down
        if down.empty:
            return "No reviewer clearly pulls agreement down"
        names, most = list(dict.fromkeys(down["reviewer"])), down.iloc[0]
        change = f"alpha of {most['label']} is {most['alpha']:.2f}, without {most['reviewer']}"
        verb = "pulls" if len(names) == 1 else "pull"
        return f"{listed(names)} {verb} agreement down: {change} {most['alpha_without']:.2f}"

    def _shown(self) -> pd.DataFrame:
        figures = ["alpha", "alpha_without", "difference", "low", "high"]
        return self.rows[["label", "reviewer", "n_ratings", *figures, "note"]].round(3)


def reviewer_contribution(
    ratings: pd.DataFrame,
    rubric: Any,
    *,
    criterion: str | None = None,
    confidence_level: float = 0.95,
    clusters: Clusters | None = None,
) -> ContributionTable:
    """Return how Krippendorff's alpha changes when each reviewer is left out.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.
    rubric : Rubric, Scale or list of Scale
        The declared scales; alpha is at each criterion's own metric.
    criterion : str or None
        Which criterion; all by default.
    confidence_level : float
        Of the intervals.
    clusters : mapping or Series, optional
        From each task to what it shares with others; clusters are then left out together.

    Notes
    -----
    Read a negative difference whose interval excludes 0 as "the others agree better
    among themselves", and nothing more: the odd one out may be the one who is right.
    Look at `reviewer_severity` and gold before speaking to anyone. With twenty
    reviewers about one interval excludes 0 by chance. Few ratings cannot move alpha much
    whoever gives them. Both alphas are taken without the same task, so the interval of
    their difference is much narrower than the two of theirs: delete-one-task jackknife
    with t.
    """
    check_ratings(ratings)
    scales = scales_of(rubric)[0] if criterion is None else (scale_named(rubric, criterion),)
    rows: list[dict[str, Any]] = []
    left_out: tuple[LeftOut, ...] = ()
    for scale in scales:
        on_scale = ratings[ratings["criterion"] == scale.id]
        coded = code_ratings(on_scale, levels=scale.declared).paired()
        rows += _rows(coded, scale, clusters, confidence_level)
        left_out += tuple(_of(scale, one) for one in coded.left_out)
    return ContributionTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=left_out,
        confidence_level=confidence_level,
        method=f"delete-one-{'task' if clusters is None else 'cluster'} jackknife with t",
    )


_COLUMNS = [
    *("criterion", "label", "reviewer", "n_ratings"),
    *("alpha", "alpha_without", "difference", "low", "high", "note"),
]


def _of(scale: Scale, left_out: LeftOut) -> LeftOut:
    return left_out._replace(what=f"{left_out.what} ({scale.name})")


def _rows(
    coded: CodedRatings, scale: Scale, clusters: Clusters | None, confidence_level: float
) -> list[dict[str, Any]]:
    counts = task_counts(coded)
    cluster = None if clusters is None else coded.clusters(clusters)
    first, of_task = alike_rows(counts, cluster)
    everyone = CountPatterns(
        levels=coded.levels,
        counts=counts[first],
        n=np.bincount(of_task[counts.sum(axis=1) > 0], minlength=len(first)),
        n_reviewers=coded.n_reviewers,
        cluster=None if cluster is None else cluster[first],
    )
    whole = alpha_of(everyone, scale.metric)
    alpha = whole.whole() if len(coded.task) else math.nan
    without_unit = whole.without() if not math.isnan(alpha) else np.empty(0)
    rows = []
    for code in np.unique(coded.reviewer):
        theirs = coded.reviewer == code
        others, row_of = _without(everyone, of_task[coded.task[theirs]], coded.level[theirs])
        rest = alpha_of(others, scale.metric)
        alpha_without = rest.whole()
        spread = _spread(rest, without_unit, row_of, alpha - alpha_without, confidence_level)
        if math.isnan(alpha):
            spread = Spread(None, NO_INTERVAL, why_undefined(everyone))
        elif math.isnan(alpha_without):
            spread = Spread(None, NO_INTERVAL, "The others alone have no alpha: too few, or of one mind")
        rows.append(
            {
                "criterion": scale.id,
                "label": scale.name,
                "reviewer": coded.reviewers[code],
                "n_ratings": int(np.count_nonzero(theirs)),
                "alpha": alpha,
                "alpha_without": alpha_without,
                "difference": alpha - alpha_without,
                "low": spread.interval.low if spread.interval else math.nan,
                "high": spread.interval.high if spread.interval else math.nan,
                "note": spread.note,
            }
        )
    return sorted(rows, key=lambda row: str(row["reviewer"]))


def _without(everyone: CountPatterns, row: IntArray, level: IntArray) -> tuple[CountPatterns, IntArray]:
    """Return the patterns without a reviewer's ratings, and the row each came from.

    Tasks that the reviewer rated become rows of their own, after the others; a row stays
    even where no task is left in it, so that both alphas are taken of the same units.
    """
    k = everyone.counts.shape[1]
    n_theirs = np.bincount(row * k + level, minlength=len(everyone.n) * k)
    cells = np.flatnonzero(n_theirs)
    taken, given = np.divmod(cells, k)
    fewer = everyone.counts[taken]
    fewer[np.arange(len(cells)), given] -= 1
    row_of = np.concatenate([np.arange(len(everyone.n)), taken])
    counts = np.concatenate([everyone.counts, fewer])
    n = np.concatenate([everyone.n - np.bincount(row, minlength=len(everyone.n)), n_theirs[cells]])
    if everyone.cluster is None:
        return replace(everyone, counts=counts, n=n), row_of
    cluster = everyone.cluster[row_of]
    order = np.argsort(cluster, kind="stable")
    others = replace(everyone, counts=counts[order], n=n[order], cluster=cluster[order])
    return others, row_of[order]


def _spread(
    rest: Resampled, without_unit: FloatArray, row_of: IntArray, difference: float, confidence_level: float
) -> Spread:
    """Return the interval of the difference: both alphas without the same task, or cluster."""
    if math.isnan(difference) or rest.units.sum() < 2:
        return Spread(None, NO_INTERVAL, "One task shows nothing of how tasks differ")
    paired = without_unit if rest.clustered else without_unit[row_of]
    changes = paired - rest.without()
    present = rest.units > 0
    unit = "cluster" if rest.clustered else "task"
    return jackknife_spread(
        changes[present], rest.units[present], difference, confidence_level, unit=unit, most=math.inf
    )
