"""Is gold itself right? Who misses which gold answer, in which direction, and where most are against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.gold.compared import compare_with_gold, gold_answers
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.results import ResultTable, counted, listed
from evalwidgets.analysis.scales import Scale, scales_of

MIN_REVIEWERS = 3
"""Fewer reviewers than this never cast doubt on gold."""
TIGHT = 0.55
"""Reviewers who lie no further than this from their own median, on average, agree (in levels)."""


@dataclass(frozen=True, eq=False, repr=False)
class GoldHealth(ResultTable):
    """How each gold answer fares, the most doubtful on top.

    Columns of `rows`: `task, criterion, label, accepted` (in words), `n_reviewers,
    n_missing` (outside tolerance), `share, share_low, share_high, n_above, n_below,
    n_other` (another option, or "not applicable" on one side), `direction` ("above",
    "below", "other", or empty where nobody misses), `median` (of the levels given),
    `given` (the most common answer), `spread` (mean distance from the median, in
    levels), `missed_by` (tuple of reviewers), `suspect` and `note`.
    """

    n_reviewers: int = 0

    @property
    def suspects(self) -> pd.DataFrame:
        """The gold answers that most reviewers contradict in the same way."""
        return self.rows[self.rows["suspect"]]

    @property
    def finding(self) -> str:
        """Which gold most reviewers agree against; else that none is in doubt."""
        rows = self.rows
        if rows.empty:
            return "No gold answer has been rated yet"
        n = counted(len(rows), "answer")
        if len(self.suspects):
            names = (f"{row.task} / {row.label}" for row in self.suspects.itertuples())
            return f"Most reviewers agree against gold on {len(self.suspects)} of {n}: {listed(names)}"
        tested = rows["note"] == ""
        if not tested.any():
            return f"No gold answer was rated by {MIN_REVIEWERS} reviewers, too few to doubt any of {n}"
        missed = int((rows["n_missing"] > 0).sum())
        by = f"somebody misses {missed}" if missed else "nobody misses any"
        return f"No gold answer is contradicted by most reviewers ({int(tested.sum())} of {n} can tell); {by}"

    def _shown(self) -> pd.DataFrame:
        columns = ["task", "label", "accepted", "given", "n_missing", "n_reviewers", "direction", "missed_by"]
        shown = self.rows[[*columns, "suspect", "note"]].head(20)
        return shown.assign(missed_by=[listed(names) for names in shown["missed_by"]])


def gold_health(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    min_reviewers: int = MIN_REVIEWERS,
    tight: float = TIGHT,
    confidence_level: float = 0.95,
) -> GoldHealth:
    """Return for each gold answer how many reviewers miss it, who, and in which direction.

    Parameters
    ----------
    ratings, gold, rubric
        As in `gold_accuracy`.
    min_reviewers : int
        Fewer never make gold suspect.
    tight : float
        The mean distance from their own median, in levels, up to which reviewers agree.
    confidence_level : float
        Of the interval of the share.

    Notes
    -----
    Gold is *suspect* when at least `min_reviewers` rated it, more than half of them miss
    it on the same side while all lie close together, or all miss it on the same side (on
    a choice: more than half give the same other answer). Read it as "look at this gold
    again", not as "gold is wrong": a whole team can misread a rule in the same way, and a
    team of strict reviewers makes high gold look wrong, so read `reviewer_severity` first.
    It misleads on few reviewers: 2 of 3 against gold is a share of 0.67 with an interval from 0.21
    to 0.94. Interval: Wilson over reviewers of this task.
    """
    scales = {scale.id: scale for scale in scales_of(rubric)[0]}
    compared = compare_with_gold(ratings, gold, rubric)
    accepted = gold_answers(gold, rubric).rows.set_index(["task", "criterion"])["accepted"]
    counts = _counts(compared.rows)
    order = {name: place for place, name in enumerate(scales)}
    rows = [
        _row(row, scales[row["criterion"]], accepted[row["task"], row["criterion"]], confidence_level)
        for _, row in counts.iterrows()
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = _with_doubt(table, min_reviewers, tight)
    table = table.assign(place=table["criterion"].map(order), can_tell=table["note"] == "")
    keys = ["suspect", "can_tell", "share_low", "n_missing", "task", "place"]
    table = table.sort_values(keys, ascending=[False] * 4 + [True] * 2, kind="stable")
    return GoldHealth(
        rows=table[_COLUMNS].astype({"suspect": bool}).reset_index(drop=True),
        left_out=compared.left_out,
        confidence_level=confidence_level,
        method="Wilson over the reviewers of a task",
        n_reviewers=compared.rows["reviewer"].nunique(),
    )


_COLUMNS = [
    *("task", "criterion", "label", "accepted", "n_reviewers", "n_missing", "share", "share_low"),
    *("share_high", "n_above", "n_below", "n_other", "direction", "median", "given", "n_given"),
    *("spread", "missed_by", "suspect", "note"),
]


def _counts(judged: pd.DataFrame) -> pd.DataFrame:
    """Return one row per task and criterion: how many miss it and how, counted by groups."""
    value = judged["value"].where(~judged["na"].astype(bool), NOT_APPLICABLE)
    missing = ~judged["within"].astype(bool)
    marked = judged.assign(
        given=value,
        missing=missing,
        above=missing & (judged["deviation"] > 0),
        below=missing & (judged["deviation"] < 0),
        # A level, for the median; options and "not applicable" have none.
        level=pd.to_numeric(judged["value"].where(judged["deviation"].notna()), errors="coerce"),
    )
    keys = ["task", "criterion"]
    groups = marked.groupby(keys, sort=False, observed=True)
    counts = groups.agg(
        n_reviewers=("missing", "size"),
        n_missing=("missing", "sum"),
        n_above=("above", "sum"),
        n_below=("below", "sum"),
        median=("level", "median"),
    )
    off = (marked["level"] - groups["level"].transform("median")).abs()
    counts["spread"] = off.groupby([marked[key] for key in keys], sort=False, observed=True).mean()
    votes = marked.groupby([*keys, "given", "missing"], sort=False, observed=True, dropna=False).size()
    common = votes.reset_index(name="n_given").sort_values("n_given", ascending=False, kind="stable")
    top = common.drop_duplicates(keys).set_index(keys)[["given", "n_given", "missing"]]
    counts = counts.join(top.rename(columns={"missing": "given_misses"}))
    by = marked[missing].groupby(keys, sort=False, observed=True)["reviewer"].apply(_names)
    counts["missed_by"] = by.reindex(counts.index)
    return counts.reset_index()


def _names(reviewers: pd.Series) -> tuple[str, ...]:
    return tuple(sorted(reviewers, key=str))


def _row(row: pd.Series, scale: Scale, accepted: tuple[Any, ...], confidence_level: float) -> dict[str, Any]:
    n, missing = int(row["n_reviewers"]), int(row["n_missing"])
    above, below = int(row["n_above"]), int(row["n_below"])
    other = missing - above - below
    sides = {"above": above, "below": below, "other": other}
    interval = wilson_interval(missing, n, confidence_level)
    missed_by = row["missed_by"] if isinstance(row["missed_by"], tuple) else ()
    return {
        "task": row["task"],
        "criterion": scale.id,
        "label": scale.name,
        "accepted": " or ".join(map(str, accepted)) or NOT_APPLICABLE,
        "n_reviewers": n,
        "n_missing": missing,
        "share": missing / n,
        "share_low": interval.low,
        "share_high": interval.high,
        "n_above": above,
        "n_below": below,
        "n_other": other,
        "direction": max(sides, key=lambda side: sides[side]) if missing else "",
        "median": row["median"],
        "given": row["given"],
        "n_given": int(row["n_given"]) if row["given_misses"] else 0,
        "spread": row["spread"],
        "missed_by": missed_by,
    }


def _with_doubt(table: pd.DataFrame, min_reviewers: int, tight: float) -> pd.DataFrame:
    """Return the table with `suspect`, and why a row can or cannot tell."""
    n = table["n_reviewers"].to_numpy(dtype=float)
    enough = n >= min_reviewers
    one_side = np.maximum(table["n_above"].to_numpy(dtype=float), table["n_below"].to_numpy(dtype=float))
    close = table["spread"].to_numpy(dtype=float) <= tight
    agreed = ((one_side > n / 2) & close) | (one_side == n)
    same_other = table["n_given"].to_numpy(dtype=float) > n / 2
    off_scale = table["n_other"].to_numpy(dtype=float) > n / 2
    few = [
        f"{counted(int(size), 'reviewer')} cannot cast doubt on gold (at least {min_reviewers})" for size in n
    ]
    return table.assign(
        suspect=enough & (agreed | (off_scale & same_other)),
        note=np.where(enough, "", np.array(few, dtype=object)) if len(table) else "",
    )
