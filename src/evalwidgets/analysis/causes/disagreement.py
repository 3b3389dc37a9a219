"""Where reviewers disagree: how far apart, on which task, about which criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.arrays import IntArray
from evalwidgets.analysis.causes.task_votes import TaskVotes, votes_by_task
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import LeftOut, Told
from evalwidgets.analysis.scales import scales_of


@dataclass(frozen=True, eq=False, repr=False)
class Spread(Told):
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
    parts = {scale: rows[rows["criterion"] == scale.id] for scale in scales}
    votes = {scale.id: votes_by_task(part, scale) for scale, part in parts.items() if len(part)}
    table = pd.DataFrame({name: vote.distances() for name, vote in votes.items()}, dtype=float)
    order = pd.DataFrame({"worst": table.max(axis=1), "mean": table.mean(axis=1)})
    order = order.sort_values(["worst", "mean"], ascending=False, kind="stable", na_position="last")
    return Spread(
        table=table.loc[order.index],
        answers=_in_text(votes, order.index, TaskVotes.answers),
        splits=_in_text(votes, order.index, TaskVotes.splits),
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


def _in_text(
    votes: dict[str, TaskVotes], tasks: pd.Index, say: Callable[[TaskVotes, IntArray], str]
) -> pd.DataFrame:
    columns = {
        name: pd.Series([say(vote, row) for row in vote.counts], index=vote.tasks, dtype=object)
        for name, vote in votes.items()
    }
    return pd.DataFrame(columns, dtype=object).reindex(tasks)
