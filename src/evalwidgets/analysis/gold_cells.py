"""Gold beside what was given, as codes: the small tables from which kappa is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.coefficients import Coefficient
from evalwidgets.analysis.compared import compare_with_gold, gold_answers
from evalwidgets.analysis.patterns import CountPatterns, patterns_of_counts
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


def patterns_of_reviewer(table: IntArray) -> CountPatterns:
    """Return one reviewer's table as patterns: tasks in the same cell are interchangeable."""
    occurs = np.flatnonzero(table)
    counts = np.eye(len(table), dtype=np.int64)[occurs]
    return CountPatterns(tuple(range(len(table))), counts, table[occurs], 1)


def patterns_of_tasks(part: GoldPart) -> CountPatterns:
    """Return all reviewers' tables as patterns: a task is left out with all its ratings."""
    n_cells = len(part.scale.levels) ** 2
    counts = cell_tables(part.task, part.cell, len(part.shares), n_cells)
    return patterns_of_counts(counts, levels=range(n_cells), n_reviewers=len(part.reviewers))


def kappa_coefficient(k: int, weights: KappaWeights) -> Coefficient:
    """Return weighted kappa of (gold, given) counts: 1 - n sum(W O) / sum(W r c)."""
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))).astype(np.float64)
    distance = (apart > 0).astype(np.float64) if weights is None else apart ** (1 + (weights == "quadratic"))
    gold, given = np.divmod(np.arange(k * k), k)
    of_cell = np.column_stack([distance.ravel(), np.eye(k)[gold], np.eye(k)[given]])

    def value(sums: FloatArray) -> FloatArray:
        observed, rows, columns = sums[..., 0], sums[..., 1 : k + 1], sums[..., k + 1 :]
        expected = np.einsum("...i,ij,...j->...", rows, distance, columns)
        ratio: FloatArray = np.full(np.shape(expected), np.nan)
        np.divide(observed * rows.sum(axis=-1), expected, out=ratio, where=expected > 0)
        return np.asarray(1 - ratio)

    def terms(counts: IntArray) -> FloatArray:
        return np.asarray(counts @ of_cell, dtype=np.float64)

    return Coefficient("Kappa with gold", terms, value, needs_pairs=False)
