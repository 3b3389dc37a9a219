"""Gold beside what was given, as codes: the small tables from which kappa is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.coefficients import kappa_of_margins
from evalwidgets.analysis.agreement.sums import Additive, Rows
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.gold.compared import compare_with_gold, gold_answers
from evalwidgets.analysis.results import LeftOut
from evalwidgets.analysis.scales import Scale

KappaWeights = Literal["quadratic", "linear"] | None
"""How much a near miss counts; None counts the same answer only."""


@dataclass(frozen=True, eq=False)
class GoldPart:
    """The judged ratings of one criterion, as codes.

    `cell[i]` is gold level x levels + given level of row i, -1 where either is "not
    applicable"; `shares[t]` is how gold of task t is spread over the levels.
    """

    scale: Scale
    rows: pd.DataFrame
    task: IntArray
    reviewer: IntArray
    reviewers: list[str]
    cell: IntArray
    shares: FloatArray

    @property
    def several(self) -> int:
        """How many of its tasks accept several levels."""
        return int(((self.shares > 0).sum(axis=1) > 1).sum())


def gold_parts(
    ratings: pd.DataFrame, gold: pd.DataFrame, scales: list[Scale]
) -> tuple[list[GoldPart], tuple[LeftOut, ...]]:
    """Return the judged ratings of each criterion that has any, and what was left out."""
    if not scales:
        return [], ()
    compared = compare_with_gold(ratings, gold, scales)
    answers = gold_answers(gold, scales).rows.set_index(["criterion", "task"])["accepted"]
    parts = []
    for scale in scales:
        rows = compared.rows[compared.rows["criterion"] == scale.id]
        if len(rows):
            parts.append(_part(scale, rows, answers[scale.id]))
    return parts, compared.left_out


def _part(scale: Scale, rows: pd.DataFrame, accepted: pd.Series) -> GoldPart:
    place = {level: code for code, level in enumerate(scale.levels)}
    given, right = (
        rows[name].map(place).fillna(-1).to_numpy(dtype=np.int64) for name in ("value", "nearest")
    )
    cell = np.where((given < 0) | (right < 0), -1, right * len(place) + given)
    task, tasks = pd.factorize(rows["task"])
    reviewers = sorted(rows["reviewer"].unique(), key=str)
    reviewer = pd.Categorical(rows["reviewer"], categories=reviewers).codes.astype(np.int64)
    shares = np.zeros((len(tasks), len(place)))
    for row, values in enumerate(accepted.reindex(tasks)):
        shares[row, [place[value] for value in values]] = 1 / max(len(values), 1)
    return GoldPart(scale, rows, task.astype(np.int64), reviewer, reviewers, cell, shares)


def cell_tables(group: IntArray, cell: IntArray, n_groups: int, n_cells: int) -> IntArray:
    """Return how often each group has each (gold, given), shape (groups, cells), by one count."""
    known = cell >= 0
    where = group[known] * n_cells + cell[known]
    return np.bincount(where, minlength=n_groups * n_cells).reshape(n_groups, n_cells)


def kappa_of_tables(tables: IntArray, n: IntArray, matrix: FloatArray) -> Additive:
    """Return weighted kappa of tables of (gold, given).

    Parameters
    ----------
    tables : array of shape (rows, levels * levels)
        What one unit adds: a task's ratings of all reviewers, or a single rating.
    n : array of shape (rows,)
        How many such units there are.
    matrix : array of shape (levels, levels)
        Agreement weights.
    """
    k = len(matrix)
    gold, given = np.divmod(np.arange(k * k), k)
    of_cell = np.column_stack([np.eye(k)[gold], np.eye(k)[given], matrix.ravel()])
    return kappa_of_margins(Rows(n), lambda part: np.asarray(tables[part] @ of_cell), matrix)
