"""Which candidate is preferred: win rates, strengths, and whether the answers can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from evalwidgets.analysis.aggregation.bradley_terry import (
    ALPHA,
    bootstrap_strengths,
    bradley_terry,
    draws_interval,
    groups_compared,
)
from evalwidgets.analysis.aggregation.pair_habits import repeats, side_bias, transitivity
from evalwidgets.analysis.aggregation.pairs import read_pairs
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.results import ResultTable, counted, listed

MIN_TASKS = 10
"""With fewer tasks no candidate is called preferred."""


@dataclass(frozen=True, eq=False, repr=False)
class PreferenceTable(ResultTable):
    """Candidates, most preferred first, and how reviewers came to it.

    Columns of `rows`: `candidate, n_tasks, n` (comparisons)`, wins, ties, losses`;
    `win_rate` (a tie is half a win) with `low, high`; `strength` (Bradley-Terry, mean 0)
    with `strength_low, strength_high`; `note`.
    """

    wins: pd.DataFrame
    """How often the row was preferred to the column; a tie is half a win for each."""
    sides: pd.DataFrame
    """Favouring a side, by reviewer (see `side_bias`)."""
    consistency: pd.DataFrame
    """Answering repeats alike, by reviewer (see `repeats`)."""
    circles: pd.DataFrame
    """Preferences that go round, by reviewer (see `transitivity`)."""
    lead: tuple[float, float] | None
    """Interval of the leader's strength over the second's; None without strengths."""
    groups: tuple[tuple[Any, ...], ...]
    """Candidates that were compared, directly or through others; one group is right."""

    @property
    def finding(self) -> str:
        """Who is preferred, or why it cannot be said; and who favours a side."""
        if self.rows.empty:
            return "No pair has been compared yet"
        askew = self.sides[self.sides["flag"] != ""]
        everyone, people = askew[askew["reviewer"] == ALL], askew[askew["reviewer"] != ALL]
        if len(everyone):
            some = 0 < len(people) < len(self.sides) - 1  # whose habit alone may bend the share of all
            sure = f", {listed(people['reviewer'])} for sure" if some else ""
            return f"{self._who_leads()}; reviewers favour the {everyone['flag'].iloc[0]} side{sure}"
        named = zip(people["reviewer"], people["flag"], strict=True)
        said = listed(f"{name} favours the {side} side" for name, side in named)
        return "; ".join(part for part in (self._who_leads(), said) if part)

    def _who_leads(self) -> str:
        if len(self.groups) > 1:
            apart = " and ".join(f"({listed(group)})" for group in self.groups)
            return f"Candidates cannot be ranked together: {apart} were never compared with each other"
        first, second = self.rows.iloc[0], self.rows.iloc[1]
        rate = f"{first['candidate']} wins {first['win_rate']:.0%} of its comparisons"
        n_tasks = int(self.rows["n_tasks"].min())
        if n_tasks < MIN_TASKS:
            return f"{rate}; with {counted(n_tasks, 'task')} it cannot be called preferred yet"
        if self.lead and self.lead[0] > 0:
            return f"{first['candidate']} is preferred: it wins {first['win_rate']:.0%} of its comparisons"
        return f"{rate}, but cannot be told from {second['candidate']} ({second['win_rate']:.0%})"

    def _shown(self) -> pd.DataFrame:
        return self.rows.round(2)


def preference(
    ratings: pd.DataFrame,
    candidates: pd.DataFrame,
    *,
    criterion: str | None = None,
    sides: Mapping[Any, str] | None = None,
    confidence_level: float = 0.95,
    n_boot: int = 500,
    seed: int = 0,
    alpha: float = ALPHA,
) -> PreferenceTable:
    """Return which candidates (models, settings) reviewers prefer.

    Parameters
    ----------
    ratings, candidates, criterion, sides
        As in `read_pairs`.
    confidence_level : float
        Of the intervals.
    n_boot, seed : int
        Draws of the bootstrap; 0 draws give strengths without intervals.
    alpha : float
        Regularisation of the strengths (see `bradley_terry`).

    Notes
    -----
    A tie counts half a win for each, both in the rates and in the strengths; how many
    ties there were is shown, because "both bad" throughout also gives one half. The
    *win rate* depends on whom a candidate met; the *strength* does not, and is what to
    rank by. Its interval draws subjects again (tasks where no subject is named), since
    answers to one subject hang together. Candidates that never met, not even through
    others, cannot be ranked together: then there are no strengths.
    It misleads when sides were not shuffled (see `sides`), when preferences go round
    (see `circles`: no single strength can say that), and when candidates met on
    different kinds of tasks.
    """
    pairs = read_pairs(ratings, candidates, criterion=criterion, sides=sides)
    rows = pairs.rows
    names = pd.Index(sorted({*rows["a"], *rows["b"]}, key=str), tupleize_cols=False)
    by_cluster = _win_tables(rows, names)
    wins = np.asarray(by_cluster.sum(axis=0), dtype=float).reshape(len(names), len(names))
    groups = _groups(wins, names)
    strengths, draws = np.full(len(names), np.nan), np.zeros((0, len(names)))
    if len(groups) == 1:
        strengths = bradley_terry(wins, alpha=alpha)
        if n_boot and by_cluster.shape[0] > 1 and not np.isnan(strengths).any():
            drawn = bootstrap_strengths(by_cluster, strengths, alpha=alpha, n_boot=n_boot, seed=seed)
            draws = drawn[~np.isnan(drawn).any(axis=1)]
    table = _candidate_rows(rows, names, confidence_level)
    low = high = np.full(len(names), np.nan)
    if len(draws):
        low, high = draws_interval(draws, by_cluster.shape[0], confidence_level)
    table = table.assign(strength=strengths, strength_low=low, strength_high=high)
    table["note"] = _notes(wins, len(groups), len(draws))
    lead = None
    order = np.lexsort((-table["win_rate"].to_numpy(dtype=float), -strengths))
    if len(draws):
        ahead = draws[:, order[0]] - draws[:, order[1]]
        least, most = draws_interval(ahead, by_cluster.shape[0], confidence_level)
        lead = (float(least), float(most))
    return PreferenceTable(
        rows=table.iloc[order].reset_index(drop=True),
        left_out=pairs.left_out,
        confidence_level=confidence_level,
        method=f"rates: Wilson, clustered by task; strengths: bootstrap of {n_boot} draws",
        wins=pd.DataFrame(wins, index=names, columns=names),
        sides=side_bias(rows, confidence_level),
        consistency=repeats(rows, pairs.has_subjects, confidence_level),
        circles=transitivity(rows, pairs.has_subjects, confidence_level),
        lead=lead,
        groups=groups,
    )


def _win_tables(rows: pd.DataFrame, names: pd.Index) -> csr_array:
    """Return the flattened win table of each subject, sparse."""
    cluster, clusters = pd.factorize(rows["subject"])
    a, b = (names.get_indexer(pd.Index(rows[side])) for side in ("a", "b"))
    many = len(names)
    score = rows["score"].to_numpy(dtype=float)
    cells = np.concatenate([a * many + b, b * many + a])
    counts = (np.concatenate([score, 1 - score]), (np.concatenate([cluster, cluster]), cells))
    return csr_array(counts, shape=(len(clusters), many * many))


def _groups(wins: FloatArray, names: pd.Index) -> tuple[tuple[Any, ...], ...]:
    if not len(names):
        return ()
    group = groups_compared(wins)
    return tuple(tuple(names[group == one]) for one in range(int(group.max()) + 1))


def _candidate_rows(rows: pd.DataFrame, names: pd.Index, confidence_level: float) -> pd.DataFrame:
    """Return wins, ties, losses and win rate of each candidate."""
    at_a = rows[["task", "a", "score"]].rename(columns={"a": "candidate"})
    at_b = rows[["task", "b"]].rename(columns={"b": "candidate"}).assign(score=1 - rows["score"])
    met = pd.concat([at_a, at_b], ignore_index=True)
    table = []
    for name in names:
        theirs = met[met["candidate"] == name]
        low, high = rate_over_tasks(theirs["score"], theirs["task"], confidence_level)
        ties = int((theirs["score"] == 0.5).sum())
        wins = int((theirs["score"] == 1).sum())
        counts = (theirs["task"].nunique(), len(theirs), wins, ties, len(theirs) - wins - ties)
        table.append((name, *counts, float(theirs["score"].mean()), low, high))
    return pd.DataFrame(table, columns=_COLUMNS)


_COLUMNS = ["candidate", "n_tasks", "n", "wins", "ties", "losses", "win_rate", "low", "high"]


def _notes(wins: FloatArray, groups: int, draws: int) -> np.ndarray:
    if groups > 1:
        return np.full(len(wins), "No strength: not all candidates were compared")
    unbeaten, winless = wins.sum(axis=0) == 0, wins.sum(axis=1) == 0
    without = "" if draws else "No interval: one subject only, or no draws"
    notes = ["Never lost: the strength is a lower bound", "Never won: the strength is an upper bound"]
    return np.select([unbeaten, winless], notes, default=without)
