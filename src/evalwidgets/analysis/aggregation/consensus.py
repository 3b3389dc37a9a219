"""Consensus: the answer derived from many reviews, how sure it is, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalwidgets.analysis.aggregation.dawid_skene import fit_dawid_skene
from evalwidgets.analysis.aggregation.votes import TaskVotes, count_votes
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.codes import CodedRatings, code_ratings, hashable, level_codes
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.ratings import check_ratings, require_columns
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, nonempty
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.errors import RatingsError

Provenance = Literal["unanimous", "majority", "adjudicated", "unresolved"]
PROVENANCES: tuple[Provenance, ...] = ("unanimous", "majority", "adjudicated", "unresolved")


@dataclass(frozen=True, eq=False, repr=False)
class ConsensusTable(ResultTable):
    """The consensus of each task on each criterion: one row each.

    Columns of `rows`:

    - `task, criterion, label, n` (ratings);
    - `value`: the consensus, None where there is none yet; `provenance`: "unanimous" (two
      or more gave it, nobody another), "majority" (more than half), "adjudicated" (a
      person decided: `by, reason`), "unresolved" (`note` says why);
    - `majority`: the most common answer, None when `tied` (a tuple of those that share
      the lead, else empty); `share` of it with `share_low, share_high`;
    - `median_low, median_high`: the two middle answers (the same where n is odd), with
      `range_low, range_high`, the order statistics around the median, and
      `range_confidence`, how sure they are; ordered scales only;
    - `mean` with `mean_low, mean_high`; ordered scales only;
    - `likely, probability`: Dawid-Skene's answer; unordered scales only.
    """

    @property
    def summary(self) -> pd.DataFrame:
        """How many tasks of each criterion, and of all (`ALL`), have which provenance."""
        table = pd.crosstab(self.rows["criterion"], self.rows["provenance"], dropna=False)
        table = table.reindex(index=self.rows["criterion"].unique(), columns=list(PROVENANCES), fill_value=0)
        total = table.sum().rename(ALL).to_frame().T
        return pd.concat([table, total]).rename_axis(index="criterion", columns=None).astype(int)

    @property
    def finding(self) -> str:
        """How many answers are settled, and by what."""
        n = len(self.rows)
        if not n:
            return "There are no ratings to agree on"
        shares = self.rows["provenance"].value_counts(normalize=True)
        said = [f"{shares[one]:.0%} {_WORDS[one]}" for one in PROVENANCES if one in shares]
        return f"Of {counted(n, 'answer')}, {', '.join(said)}"

    def _shown(self) -> pd.DataFrame:
        columns = ["task", "label", "n", "value", "provenance", "share", "share_low", "share_high", "note"]
        return self.rows[columns].round(2)


_WORDS = {
    "unanimous": "are unanimous",
    "majority": "have a majority",
    "adjudicated": "were adjudicated",
    "unresolved": "are unresolved",
}


def consensus(
    ratings: pd.DataFrame,
    rubric: Any,
    *,
    decisions: pd.DataFrame | None = None,
    confidence_level: float = 0.95,
) -> ConsensusTable:
    """Return the consensus of each task on each criterion.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table. Of several revisions the first counts; for what stands after a
        re-vote pass `last_revisions(ratings)`.
    rubric : Rubric, Scale or list of Scale
        The scales.
    decisions : DataFrame or None
        Final decisions: `task, criterion, value` and, where known, `by` and `reason`.
        They win over every vote.
    confidence_level : float
        Of the intervals.

    Raises
    ------
    RatingsError
        If a value is not on its scale, or a task has two decisions on one criterion.

    Notes
    -----
    A majority is more than half of the ratings; the most common answer of a divided
    panel is shown but is no consensus. Take the median on ordered scales; where the two
    middle answers differ the truth of the panel lies between them. `share` has the
    Wilson interval: 3 of 3 is 0.44 to 1, so a unanimous trio does not make a safe gold.
    The range around the median is exact (binomial) and is as sure as so few ratings can
    be. The interval of the mean takes the spread of ratings around their task mean from
    all tasks of the criterion, because three ratings do not show their own. Consensus
    is not truth: a whole team can be wrong, and on the harder clauses often is.
    """
    check_ratings(ratings)
    scales, _ = scales_of(rubric)
    known = {scale.id: scale for scale in scales}
    stray = ~ratings["criterion"].isin(list(known))
    left_out = [LeftOut("rating", int(stray.sum()), "not on a scale of this rubric")]
    tables = []
    for scale in scales:
        part = ratings[ratings["criterion"] == scale.id]
        if part.empty:
            continue
        coded = code_ratings(part, levels=scale.declared)
        left_out += [LeftOut(one.what, one.n, f"{scale.name}: {one.why}") for one in coded.left_out]
        tables.append(_criterion(coded, scale, confidence_level))
    rows = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_COLUMNS)
    if decisions is not None and len(decisions):
        rows = _adjudicated(rows, _checked(decisions, known), known)
    answers = {name: _objects([_or_none(one) for one in rows[name]]) for name in _ANSWERS}
    return ConsensusTable(
        rows=rows.assign(**answers)[_COLUMNS],
        left_out=nonempty(*left_out),
        confidence_level=confidence_level,
        method="share: Wilson; median: order statistics; mean: pooled t",
    )


_COLUMNS = [
    *("task", "criterion", "label", "n", "value", "provenance", "majority", "tied"),
    *("share", "share_low", "share_high", "median_low", "median_high"),
    *("range_low", "range_high", "range_confidence", "mean", "mean_low", "mean_high"),
    *("likely", "probability", "by", "reason", "note"),
]

_ANSWERS = ("value", "majority", "likely")


def _criterion(coded: CodedRatings, scale: Scale, confidence_level: float) -> pd.DataFrame:
    votes = count_votes(coded)
    ends = {
        (int(most), int(n)): wilson_interval(int(most), int(n), confidence_level)
        for most, n in np.unique(np.column_stack([votes.most, votes.n]), axis=0)
    }
    share = np.array([ends[one] for one in zip(votes.most.tolist(), votes.n.tolist(), strict=True)])
    table = pd.DataFrame(
        {
            "task": votes.tasks,
            "criterion": scale.id,
            "label": scale.name,
            "n": votes.n,
            "tied": _objects(votes.tied()),
            "share": votes.most / votes.n,
            "share_low": share.reshape(-1, 2)[:, 0],
            "share_high": share.reshape(-1, 2)[:, 1],
            "by": "",
            "reason": "",
        }
    )
    lead = _named(votes.first_lead, coded.levels)
    table["majority"] = lead.where(votes.n_leading == 1, None)
    clear = (2 * votes.most > votes.n) & (votes.n > 1)
    table["value"] = lead.where(clear, None)
    table["provenance"] = np.where(
        ~clear, "unresolved", np.where(votes.most == votes.n, "unanimous", "majority")
    )
    table["note"] = np.select(
        [clear, votes.n == 1, votes.n_leading > 1],
        ["", "Only one reviewer rated", "Tied"],
        "No answer has more than half",
    )
    ordered = _ordered(votes, confidence_level) if scale.is_numeric else {}
    likely = {} if scale.is_numeric else _likely(coded, votes)
    nothing = dict.fromkeys([one for one in _COLUMNS if one not in table], np.nan)
    return table.assign(**(nothing | ordered | likely))


def _ordered(votes: TaskVotes, confidence_level: float) -> dict[str, Any]:
    """Return median and mean with how sure they are."""
    middle, around = votes.median(), votes.median_range(confidence_level)
    mean, half = votes.mean(confidence_level)
    return {
        "median_low": middle.low,
        "median_high": middle.high,
        "range_low": around.low,
        "range_high": around.high,
        "range_confidence": around.confidence,
        "mean": mean,
        "mean_low": mean - half,
        "mean_high": mean + half,
    }


def _likely(coded: CodedRatings, votes: TaskVotes) -> dict[str, Any]:
    """Return Dawid-Skene's answer where there are reviewers to weigh against each other."""
    people, who = np.unique(coded.reviewer, return_inverse=True)
    used, level = np.unique(coded.level, return_inverse=True)
    if len(people) < 3:
        return {"likely": None}
    fit = fit_dawid_skene(votes.task, who, level, n_levels=len(used))
    best = fit.posterior.argmax(axis=1)
    return {"likely": _named(used[best], coded.levels), "probability": fit.posterior.max(axis=1)}


def _named(codes: np.ndarray, levels: tuple[Level, ...]) -> pd.Series[Level]:
    return _objects([levels[code] for code in codes.tolist()])


def _objects(values: list[Any]) -> pd.Series[Any]:
    """Return a column that keeps whole numbers beside None, and tuples whole."""
    return pd.Series(values, dtype=object)


def _or_none(answer: Any) -> Level:
    """Return None for the gaps that pandas fills with nan where tables of criteria meet."""
    return None if isinstance(answer, float) and np.isnan(answer) else answer


def _checked(decisions: pd.DataFrame, scales: dict[str, Scale]) -> pd.DataFrame:
    require_columns(decisions, ("task", "criterion", "value"), "decisions")
    mine = decisions[decisions["criterion"].isin(list(scales))].reset_index(drop=True)
    twice = mine[mine.duplicated(["task", "criterion"])]
    if len(twice):
        first = twice.iloc[0]
        msg = (
            "decisions: expected one decision per task and criterion, got two for "
            f"{first['task']} / {first['criterion']}. Keep the one that stands."
        )
        raise RatingsError(msg)
    for name, part in mine.groupby("criterion", observed=True):
        what = f"decisions, criterion {name}"
        level_codes(part["value"].astype(object), scales[str(name)].declared, what)
    return mine


def _adjudicated(rows: pd.DataFrame, decisions: pd.DataFrame, scales: dict[str, Scale]) -> pd.DataFrame:
    """Return the rows with decisions in force; a decision on an unrated task has a row of its own."""
    key = ["task", "criterion"]
    index = pd.MultiIndex.from_frame(rows[key])
    place = index.get_indexer(pd.MultiIndex.from_frame(decisions[key]))
    new = decisions[place < 0][key].assign(n=0, tied=_objects([()] * len(decisions))[place < 0])
    new = new.assign(label=[scales[name].name for name in new["criterion"]], by="", reason="")
    rows = pd.concat([rows, new], ignore_index=True) if len(new) else rows.copy()
    at = pd.MultiIndex.from_frame(rows[key]).get_indexer(pd.MultiIndex.from_frame(decisions[key]))
    for column in ("by", "reason"):
        given = decisions[column].to_numpy(dtype=object) if column in decisions else ""
        rows.loc[at, column] = given
    values = rows["value"].astype(object).tolist()
    for row, value in zip(at.tolist(), decisions["value"], strict=True):
        values[row] = hashable(value)
    rows["value"] = _objects(values)
    rows.loc[at, "provenance"] = "adjudicated"
    rows.loc[at, "note"] = ""
    return rows
