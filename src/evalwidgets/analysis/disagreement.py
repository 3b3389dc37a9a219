"""Where reviewers disagree: how far apart, on which task, about which criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE, blind_answers
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.ratings import check_ratings, refuse_values
from evalwidgets.analysis.results import LeftOut, said
from evalwidgets.analysis.scales import Scale, scales_of

_TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, eq=False)
class Spread:
    """How far reviewers lie apart, task by criterion.

    Parameters
    ----------
    table : DataFrame of shape (tasks, criteria)
        From 0 (all the same) to 1; NaN where fewer than two reviewers answered.
        Index: tasks, most disagreed on first. Columns: criterion ids, rubric order.
    answers : DataFrame of shape (tasks, criteria)
        The answers as text: each that was given, and how often when more than once.
    splits : DataFrame of shape (tasks, criteria)
        The same in a few characters: lowest to highest level, or how many gave each choice.
    labels : dict
        Criterion id to what charts print.
    n_reviewers : int
        How many reviewers there are.
    left_out : tuple of LeftOut
        What was not counted.
    """

    table: pd.DataFrame
    answers: pd.DataFrame
    splits: pd.DataFrame
    labels: dict[str, str]
    n_reviewers: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def finding(self) -> str:
        """Which criterion and which task divide reviewers most."""
        by_criterion = self.table.mean().dropna()
        if by_criterion.empty:
            return "No task has two reviewers yet"
        if not self.table.max().max() > 0:
            return "Reviewers gave the same answers everywhere"
        criterion = str(by_criterion.idxmax())
        return (
            f"Reviewers differ most on {self.labels[criterion]} ({by_criterion.max():.0%} of the scale "
            f"apart); most divided task: {self.table.index[0]}"
        )

    def __str__(self) -> str:
        """Return the finding with what was left out."""
        return " ".join(part for part in (f"{self.finding}.", said(self.left_out)) if part)

    def _repr_html_(self) -> str:
        return self.table.rename(columns=self.labels).round(2).to_html(border=0, na_rep="")


def spread(ratings: pd.DataFrame, rubric: Any) -> Spread:
    """Return how far reviewers lie apart on each task and criterion.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    rubric : Rubric, Scale or list of Scale
        The declared scales.

    Notes
    -----
    Read a cell as the mean distance between two reviewers, as a share of the scale's
    length: 0.25 on levels 1 to 5 is one level apart on average. On choices it is the
    share of pairs that differ. Open scales (counts) are divided by the largest distance
    that occurs. One who says "not applicable" is wholly apart from one who does not.
    A choice has no near answers, so split gates rank high: they decide what is asked at
    all. It misleads with two reviewers, where one slip looks like a split team.
    """
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    rows, left_out = blind_answers(ratings, scales)
    values: dict[str, dict[Any, float]] = {}
    answers: dict[str, dict[Any, str]] = {}
    splits: dict[str, dict[Any, str]] = {}
    for scale in scales:
        part = rows[rows["criterion"] == scale.id]
        if part.empty:
            continue
        given = part[~part["na"]]
        _check_levels(given, scale)
        length = scale.length or _observed_length(given, scale)
        values[scale.id], answers[scale.id], splits[scale.id] = {}, {}, {}
        for task, of_task in part.groupby("task", sort=False, observed=True):
            levels = of_task.loc[~of_task["na"], "value"].to_list()
            n_na = int(of_task["na"].sum())
            values[scale.id][task] = _distance(levels, n_na, scale, length)
            answers[scale.id][task] = _as_text(levels, n_na, scale)
            splits[scale.id][task] = _as_split(levels, n_na, scale)
    table = pd.DataFrame(values, dtype=float)
    order = pd.DataFrame({"worst": table.max(axis=1), "mean": table.mean(axis=1)})
    order = order.sort_values(["worst", "mean"], ascending=False, kind="stable", na_position="last")
    return Spread(
        table=table.loc[order.index],
        answers=pd.DataFrame(answers, dtype=object).reindex(order.index),
        splits=pd.DataFrame(splits, dtype=object).reindex(order.index),
        labels={scale.id: scale.name for scale in scales},
        n_reviewers=rows["reviewer"].nunique(),
        left_out=left_out,
    )


def most_disagreed(ratings: pd.DataFrame, rubric: Any, n: int = 10) -> pd.DataFrame:
    """Return the tasks that divide reviewers most, for the agenda of a meeting.

    Parameters
    ----------
    ratings, rubric
        As in `spread`.
    n : int
        How many tasks.

    Returns
    -------
    DataFrame
        Columns `task, score` (spread on the criterion that divides most), `criterion`,
        `label`, `answers` (each that was given, and how often); most divided first,
        ties by the mean over criteria. Tasks without any disagreement are not listed.

    Notes
    -----
    Two camps score higher than one outlier, because it is the pairs that count: of six
    reviewers 1 1 1 5 5 5 scores 0.60 and 1 5 5 5 5 5 scores 0.33.
    """
    found = spread(ratings, rubric)
    divided = found.table[found.table.max(axis=1) > 0].head(n)
    worst = divided.idxmax(axis=1)
    answers = found.answers.loc[divided.index].to_numpy()
    columns = {
        "task": divided.index,
        "score": divided.max(axis=1),
        "criterion": worst,
        "label": worst.map(found.labels),
        "answers": answers[np.arange(len(worst)), divided.columns.get_indexer(pd.Index(worst))],
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _check_levels(answers: pd.DataFrame, scale: Scale) -> None:
    unknown = [value for value in answers["value"].unique() if value not in scale.levels]
    if scale.levels and unknown:
        refuse_values(unknown, scale.levels, f"ratings, criterion {scale.id}")


def _observed_length(answers: pd.DataFrame, scale: Scale) -> float:
    """Return the largest distance that occurs, the unit of a scale without declared ends."""
    if not scale.is_numeric or answers.empty:
        return 1.0
    return float(answers["value"].max() - answers["value"].min()) or 1.0


def _distance(values: Sequence[Level], n_na: int, scale: Scale, length: float) -> float:
    """Return the mean distance of pairs, "not applicable" being 1 from everything else."""
    n, others = len(values) + n_na, len(values)
    if n < 2:
        return float("nan")
    if scale.is_numeric:
        ranked = np.sort(np.array(values, dtype=float))
        # Each value is above i of the others and below the rest.
        apart = float(((2 * np.arange(others) - others + 1) * ranked).sum()) / length
    else:
        apart = (others**2 - sum(n**2 for n in Counter(values).values())) / 2
    return (apart + n_na * others) / (n * (n - 1) / 2)


def _as_text(values: Sequence[Level], n_na: int, scale: Scale) -> str:
    """Return each answer in the scale's order, with how often when more than once."""
    times = Counter(values)
    order = [level for level in scale.levels if level in times] or sorted(times, key=str)
    if scale.is_numeric and not scale.levels:
        order = sorted(times)
    counts = [*((_plain(level), times[level]) for level in order), (NOT_APPLICABLE, n_na)]
    return " · ".join(name if n == 1 else f"{name}{_TIMES}{n}" for name, n in counts if n)


def _as_split(values: Sequence[Level], n_na: int, scale: Scale) -> str:
    """Return the lowest and highest number given, or the sizes of the groups of a choice."""
    if not scale.is_numeric:
        return ":".join(str(n) for _, n in Counter([*values, *[None] * n_na]).most_common())
    ends = sorted({min(values), max(values)}) if values else []
    return " ".join(["\N{EN DASH}".join(map(str, ends)), *([NOT_APPLICABLE] if n_na else [])]).strip()


def _plain(level: Level) -> str:
    return "+".join(map(str, level)) or "none" if isinstance(level, tuple) else str(level)
