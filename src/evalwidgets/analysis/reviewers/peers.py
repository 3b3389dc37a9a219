"""Ratings beside what the others said of the same task: a yardstick where there is no gold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.codes import level_codes
from evalwidgets.analysis.gold.compared import Compared
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.analysis.scales import scales_of

_PASSES = 50
_SETTLED = 1e-9


def compare_with_others(ratings: pd.DataFrame, rubric: Any) -> Compared:
    """Return each blind rating beside the consensus of the other reviewers of its task.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        The scales; only ordered ones with numbers enter.

    Returns
    -------
    Compared
        `rows` with `task, reviewer, criterion, value, deviation, within`, and
        `submitted_at` where the ratings have it.

    Notes
    -----
    The consensus is the mean of the others on the very same task, each corrected for
    their own severity on this criterion, so that neither an easy task nor strict
    company looks like a shift. Within means within tolerance, or within half a level
    where the tolerance is 0. It misleads when the whole team moves together: then
    nobody deviates.
    """
    check_ratings(ratings)
    scales = {scale.id: scale for scale in scales_of(rubric)[0] if scale.is_numeric}
    rows, left_out = blind_answers(ratings, scales.values())
    for name, part in rows[~rows["na"]].groupby("criterion", observed=True):
        level_codes(part["value"], scales[str(name)].declared, f"ratings, criterion {name}")
    given = rows[~rows["na"]].reset_index(drop=True)
    task = given.groupby(["criterion", "task"], observed=True).ngroup().to_numpy().astype(np.int64)
    who = given.groupby(["criterion", "reviewer"], observed=True).ngroup().to_numpy().astype(np.int64)
    deviation = _deviation(given["value"].to_numpy(dtype=float), task, who)
    tolerance = given["criterion"].map({name: max(scale.tolerance, 0.5) for name, scale in scales.items()})
    given = given.assign(deviation=deviation, within=np.abs(deviation) <= tolerance.to_numpy(dtype=float))
    alone = np.isnan(deviation)
    left = (
        *left_out,
        LeftOut("rating not applicable", len(rows) - len(given), "no level was given"),
        LeftOut("rating of a task that nobody else rated", int(alone.sum()), "nothing to compare"),
    )
    return Compared(given[~alone].reset_index(drop=True), nonempty(*left))


def _deviation(value: FloatArray, task: IntArray, who: IntArray) -> FloatArray:
    """Return each value minus the severity-corrected mean of the others; nan where alone."""
    if not len(value):
        return np.zeros(0)
    severity = _severities(value, task, who)[who]
    votes = np.bincount(task)[task]
    corrected = value - severity
    others = np.bincount(task, corrected)[task] - corrected
    alone = votes < 2
    return np.where(alone, np.nan, value - others / np.maximum(votes - 1, 1))


def _severities(value: FloatArray, task: IntArray, who: IntArray) -> FloatArray:
    """Return each reviewer's shift on tasks shared with others (least squares, additive)."""
    shared = np.bincount(task)[task] > 1
    n_tasks, n_people = int(task.max()) + 1, int(who.max()) + 1
    severity = np.zeros(n_people)
    votes = np.maximum(np.bincount(task[shared], minlength=n_tasks), 1)
    rated = np.maximum(np.bincount(who[shared], minlength=n_people), 1)
    for _ in range(_PASSES):
        level = np.bincount(task[shared], (value - severity[who])[shared], n_tasks) / votes
        renewed = np.bincount(who[shared], (value - level[task])[shared], n_people) / rated
        settled = float(np.abs(renewed - severity).max()) < _SETTLED
        severity = renewed
        if settled:
            break
    return severity
