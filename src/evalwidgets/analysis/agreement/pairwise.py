"""Reviewer by reviewer: how each pair agrees on the tasks that both rated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.resampling import Evidence, Spread, jackknife_spread, with_spread
from evalwidgets.analysis.agreement.reviewer_pairs import PairTables, means_without, pair_tables
from evalwidgets.analysis.agreement.sums import divided
from evalwidgets.analysis.agreement.weights import Weights, agreement_weights, within_weights
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import CodedRatings, code_ratings
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import NO_INTERVAL, Estimate, ResultTable, counted, listed, or_nan
from evalwidgets.analysis.scales import Scale, scale_named
from evalwidgets.errors import RatingsError, did_you_mean

Measure = Literal["quadratic_kappa", "linear_kappa", "kappa", "percent", "within"]

_WEIGHTS: dict[str, Weights] = {"quadratic_kappa": "quadratic", "linear_kappa": "linear"}
_WORDS = {
    "quadratic_kappa": "quadratic kappa",
    "linear_kappa": "linear kappa",
    "kappa": "Cohen's kappa",
    "percent": "percent agreement",
    "within": "agreement within tolerance",
}
# Numbers in the table of pairs and levels that an interval of the mean needs (256 MB).
_MOST = 1 << 25


@dataclass(frozen=True, eq=False, repr=False)
class PairwiseAgreement(ResultTable):
    """Agreement of every pair of reviewers.

    Columns of `rows`, one row a reviewer: `reviewer, n_tasks` (rated with somebody else),
    `n_pairs` (others with whom the number exists), `mean` (over those others, weighted by
    tasks in common) and `note`.
    """

    scale: Scale
    measure: Measure
    tables: PairTables
    """What the pairs did on their tasks in common, by code of reviewer."""
    coded: CodedRatings
    min_tasks: int
    """Pairs with fewer tasks in common are thin."""

    @property
    def matrix(self) -> pd.DataFrame:
        """The measure of each pair, 1 with oneself; NaN where it does not exist."""
        own = np.eye(len(self.tables.n), dtype=bool)
        return self._square(np.where(own, 1.0, self.tables.agreement))

    @property
    def n_common(self) -> pd.DataFrame:
        """How many tasks both rated; on the diagonal how many one rated."""
        return self._square(self.tables.n.astype(np.int64))

    @cached_property
    def mean(self) -> Estimate:
        """Over pairs, weighted by their tasks in common; its interval is made when first asked for."""
        return _mean(self)

    @property
    def pairs(self) -> pd.DataFrame:
        """One row for each pair that shares a task: `first, second, n_tasks, agreement`."""
        first, second = np.nonzero(np.triu(self.n_common.to_numpy(), 1))
        names = self.matrix.index
        columns = {
            "first": names[first],
            "second": names[second],
            "n_tasks": self.n_common.to_numpy()[first, second],
            "agreement": self.matrix.to_numpy()[first, second],
        }
        return pd.DataFrame(columns)

    @property
    def thin(self) -> pd.DataFrame:
        """The pairs with a few tasks in common, too few to be read one by one."""
        pairs = self.pairs
        return pairs[pairs["n_tasks"] < self.min_tasks].reset_index(drop=True)

    @property
    def finding(self) -> str:
        """The mean over pairs and who agrees least with the others."""
        what = f"{self.scale.name}: {_WORDS[self.measure]}"
        value = self.tables.mean
        if value is None:
            return f"{what} exists for no pair of reviewers. {self.mean.note}"
        n = int(np.count_nonzero(self.tables.weight)) // 2
        head = f"{what} is {value:.2f} on average over {counted(n, 'pair')} of reviewers"
        heard = self.rows[(self.rows["n_tasks"] >= self.min_tasks) & self.rows["mean"].notna()]
        if len(heard) < 3:
            return head
        least = heard.iloc[int(heard["mean"].argmin())]
        return f"{head}; {least['reviewer']} agrees least with the others ({least['mean']:.2f})"

    def __str__(self) -> str:
        """Return the finding with the pairs that are too thin to be read alone."""
        thin = self.thin
        if thin.empty:
            return super().__str__()
        names = (f"{one} and {other}" for one, other in zip(thin["first"], thin["second"], strict=True))
        rest = f"Fewer than {self.min_tasks} tasks in common: {listed(names)}."
        return f"{super().__str__()} {rest}"

    def _square(self, values: FloatArray | IntArray) -> pd.DataFrame:
        names = pd.Index(self.coded.reviewers, name="reviewer")
        return pd.DataFrame(values, index=names, columns=names)

    def _shown(self) -> pd.DataFrame:
        return self.matrix.round(2).rename_axis("reviewer").reset_index()


def pairwise_agreement(
    ratings: pd.DataFrame,
    rubric: Any,
    *,
    criterion: str,
    measure: Measure | None = None,
    min_tasks: int = 10,
    confidence_level: float = 0.95,
) -> PairwiseAgreement:
    """Return how each pair of reviewers agrees on one criterion.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.
    rubric : Rubric, Scale or list of Scale
        The declared scale and its tolerance.
    criterion : str
        Which criterion.
    measure : {"quadratic_kappa", "linear_kappa", "kappa", "percent", "within"} or None
        What to compute; None is quadratic kappa where levels have an order, else kappa.
    min_tasks : int
        Pairs with fewer tasks in common are named as thin, and reviewers with fewer shared
        tasks are not called out. The numbers are there all the same.
    confidence_level : float
        Of the mean's interval, the delete-one-task jackknife with t.

    Raises
    ------
    RatingsError
        If the measure is unknown or needs an order that the scale does not have.

    Notes
    -----
    Read the matrix by row: a reviewer who is low with everybody stands apart; two groups
    that are high among themselves are camps. The mean weighs pairs by their tasks in
    common, so that a pair with three tasks does not count like one with three hundred;
    when everyone rated everything it is Light's kappa. It misleads below some 30 tasks
    in common, where a kappa is off by 0.3 and more by chance, and where one level is
    very common. A pair that gave one level only has no kappa; it does not enter the mean.
    Source: Light (1971), Psychological Bulletin 76, 365-377.
    """
    check_ratings(ratings)
    scale = scale_named(rubric, criterion)
    chosen = _measure(measure, scale)
    on_scale = ratings[ratings["criterion"] == criterion]
    coded = _in_order(code_ratings(on_scale, levels=scale.declared, criterion=criterion))
    matrix = _matrix(coded, scale, chosen)
    tables = pair_tables(coded, matrix, corrected=chosen not in ("percent", "within"))
    return PairwiseAgreement(
        rows=_rows(coded, tables),
        left_out=coded.paired().left_out,
        confidence_level=confidence_level,
        method="delete-one-task jackknife with t",
        scale=scale,
        measure=chosen,
        tables=tables,
        coded=coded,
        min_tasks=min_tasks,
    )


def _measure(measure: Measure | None, scale: Scale) -> Measure:
    ordered = scale.metric != "nominal"
    if measure is None:
        return "quadratic_kappa" if ordered else "kappa"
    if measure not in _WORDS:
        msg = f"measure: expected {', '.join(_WORDS)}, got {measure!r}.{did_you_mean(str(measure), _WORDS)}"
        raise RatingsError(msg)
    if measure in _WEIGHTS and not ordered:
        msg = (
            f"measure={measure!r}: the levels of {scale.name} have no order, so no answer is nearer "
            "than another. Use measure='kappa'."
        )
        raise RatingsError(msg)
    return measure


def _matrix(coded: CodedRatings, scale: Scale, measure: Measure) -> FloatArray:
    if len(coded.levels) < 2:
        return np.eye(len(coded.levels))
    if measure == "within" and scale.tolerance:
        return within_weights(coded.levels, scale.tolerance)
    return agreement_weights(coded.levels, _WEIGHTS.get(measure))


def _in_order(coded: CodedRatings) -> CodedRatings:
    """Return the ratings with reviewers who rated, sorted by name, as codes 0, 1, 2, ..."""
    present = np.flatnonzero(np.bincount(coded.reviewer, minlength=len(coded.reviewers)))
    present = present[np.argsort(coded.reviewers[present].astype(str), kind="stable")]
    place = np.zeros(len(coded.reviewers), dtype=np.int64)
    place[present] = np.arange(len(present))
    return replace(coded, reviewer=place[coded.reviewer], reviewers=coded.reviewers[present])


def _rows(coded: CodedRatings, tables: PairTables) -> pd.DataFrame:
    """Return one row a reviewer."""
    shared = np.bincount(coded.paired().reviewer, minlength=len(coded.reviewers))
    others = (tables.weight > 0).sum(axis=1)
    table = {
        "reviewer": list(coded.reviewers),
        "n_tasks": shared,
        "n_pairs": others,
        "mean": divided(tables.weighted.sum(axis=1), tables.weight.sum(axis=1)),
        "note": [_note(tasks, pairs) for tasks, pairs in zip(shared, others, strict=True)],
    }
    return pd.DataFrame(table)


def _mean(result: PairwiseAgreement) -> Estimate:
    tables, coded = result.tables, result.coded.paired()
    n_tasks = int(np.count_nonzero(np.bincount(coded.task, minlength=1)))
    if tables.mean is None:
        spread = Spread(None, NO_INTERVAL, _why_no_mean(result.coded, n_tasks))
    elif tables.n.size * len(coded.levels) > _MOST:
        spread = Spread(None, NO_INTERVAL, f"An interval is not made of {len(coded.reviewers)} reviewers")
    elif n_tasks < 2:
        spread = Spread(None, NO_INTERVAL, "One task shows nothing of how tasks differ")
    else:
        units = np.ones(n_tasks, dtype=np.int64)
        spread = jackknife_spread(means_without(coded, tables), units, tables.mean, result.confidence_level)
    evidence = Evidence(n_tasks, coded.n_reviewers, len(coded.task), coded.left_out)
    name = f"Mean {_WORDS[result.measure]} of pairs"
    whole = or_nan(tables.mean)
    return with_spread(name, whole, spread, evidence, result.confidence_level)


def _why_no_mean(coded: CodedRatings, n_tasks: int) -> str:
    if not len(coded.task):
        return "There are no ratings"
    if len(coded.reviewers) < 2:
        return "Only one reviewer rated, and agreement needs two"
    if not n_tasks:
        return "No task was rated by two reviewers, so there is nothing to compare"
    return "Every pair gave one level only, and agreement beyond chance cannot be told from that"


def _note(n_tasks: int, n_pairs: int) -> str:
    if not n_tasks:
        return "No task in common with anybody"
    return "" if n_pairs else "One level only on all tasks in common: agreement beyond chance cannot be told"
