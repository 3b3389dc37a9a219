"""How often a suggested cause was the one that the lead confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.causes.causes import Causes
from evalwidgets.analysis.intervals import rate_over_tasks
from evalwidgets.analysis.ratings import require_columns
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, listed, nonempty
from evalwidgets.core.cause import CAUSES
from evalwidgets.errors import RatingsError, UnknownName

NONE_SUGGESTED = "none suggested"
"""In the table: disagreements for which nothing had been suggested."""
_CELL = ["task", "criterion"]


@dataclass(frozen=True, eq=False, repr=False)
class CauseHits(ResultTable):
    """How often suggestions hit, over all (`ALL`) and for each suggested cause.

    Columns of `rows`: `cause` (an id, or `ALL`), `name`, `n` (confirmed disagreements
    for which it was suggested), `hits`, `hit_rate, low, high`, `note`.

    Parameters
    ----------
    table : DataFrame
        Suggested cause (rows, with `NONE_SUGGESTED`) by confirmed cause (columns): counts.
    """

    table: pd.DataFrame

    @property
    def finding(self) -> str:
        """How many confirmed causes were the suggested ones."""
        pooled = self.rows[self.rows["cause"] == ALL].iloc[0]
        if not pooled["n"]:
            return "No suggested cause has been confirmed or changed yet"
        return (
            f"{pooled['hits']} of {counted(int(pooled['n']), 'suggestion')} hit the confirmed cause "
            f"({pooled['hit_rate']:.0%} [{pooled['low']:.0%}, {pooled['high']:.0%}])"
        )

    def _shown(self) -> pd.DataFrame:
        return self.rows[["name", "n", "hits", "hit_rate", "low", "high", "note"]].round(2)


def cause_hits(
    suggested: Causes | pd.DataFrame, confirmed: pd.DataFrame, *, confidence_level: float = 0.95
) -> CauseHits:
    """Compare suggested causes with those that a lead confirmed.

    Parameters
    ----------
    suggested : Causes or DataFrame
        What `suggest_causes` returned, or its `rows` (`task, criterion, cause`).
    confirmed : DataFrame
        `task, criterion, cause`: what the lead decided, whether or not it was suggested.
    confidence_level : float
        Of the intervals.

    Raises
    ------
    RatingsError
        If a column is missing, or one disagreement has two confirmed causes.
    UnknownName
        If a confirmed cause is none of the six.

    Notes
    -----
    Read it as "when we said slip, the lead said slip so often". A lead who sees the
    suggestion first is drawn to it, so the rate flatters; it says nothing of
    disagreements that nobody discussed. Causes of one task hang together: the interval
    is Wilson's with tasks as clusters.
    """
    rows = suggested.rows if isinstance(suggested, Causes) else suggested
    require_columns(rows, (*_CELL, "cause"), "suggested")
    decided = _decided(confirmed)
    pairs = decided.merge(rows[[*_CELL, "cause"]], on=_CELL, how="left", suffixes=("_confirmed", ""))
    pairs["cause"] = pairs["cause"].astype(object).where(pairs["cause"].notna(), NONE_SUGGESTED)
    known = pairs[pairs["cause"] != NONE_SUGGESTED]
    parts = [(ALL, "All causes", known)]
    parts += [(cause.id, cause.name, known[known["cause"] == cause.id]) for cause in CAUSES.values()]
    silent = LeftOut("disagreement without a suggestion", len(pairs) - len(known), "there was nothing to hit")
    return CauseHits(
        rows=pd.DataFrame([_row(*part, confidence_level) for part in parts]),
        left_out=nonempty(silent),
        confidence_level=confidence_level,
        method="Wilson with tasks as clusters",
        table=_table(pairs),
    )


def _decided(confirmed: pd.DataFrame) -> pd.DataFrame:
    require_columns(confirmed, (*_CELL, "cause"), "confirmed")
    decided = confirmed[[*_CELL, "cause"]].dropna().drop_duplicates()
    for cause in decided["cause"].unique():
        if cause not in CAUSES:
            raise UnknownName("cause", cause, CAUSES, "the confirmed causes")
    twice = decided[decided.duplicated(_CELL)]
    if len(twice):
        places = listed(
            f"{task} / {name}" for task, name in zip(twice["task"], twice["criterion"], strict=True)
        )
        msg = f"confirmed: expected one cause per task and criterion, got two for {places}. Keep one."
        raise RatingsError(msg)
    return decided


def _row(cause: str, name: str, part: pd.DataFrame, confidence_level: float) -> dict[str, Any]:
    hit = part["cause"] == part["cause_confirmed"]
    n, hits = len(part), int(hit.sum())
    row = {"cause": cause, "name": name, "n": n, "hits": hits, "note": ""}
    if not n:
        nothing = dict.fromkeys(("hit_rate", "low", "high"), float("nan"))
        return row | nothing | {"note": "never suggested where a cause was confirmed"}
    low, high = rate_over_tasks(hit, part["task"], confidence_level)
    return row | {"hit_rate": hits / n, "low": low, "high": high}


def _table(pairs: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(pairs["cause"], pairs["cause_confirmed"])
    table = counts.reindex(index=[*CAUSES, NONE_SUGGESTED], columns=list(CAUSES), fill_value=0)
    return table.rename_axis(index="suggested", columns="confirmed")
