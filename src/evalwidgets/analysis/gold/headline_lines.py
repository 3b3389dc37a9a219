"""What the headline figures say, one sentence each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.numbers import decimal, signed
from evalwidgets.analysis.results import counted, listed

NAMED_FROM = 5
"""Tasks from which a criterion may be called the lowest: no verdict, and its interval stands beside it."""
PUBLIC_ALPHA = (0.16, 0.72)
"""Krippendorff's alpha of trained reviewers on published image ratings."""
_VERDICTS = ("pass", "not yet", "not enough evidence")


def headline_lines(rows: pd.DataFrame, *, versions: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences of a headline, most important first.

    Parameters
    ----------
    rows : DataFrame
        As in `Headline`.
    versions : sequence of str
        The rubric versions before and now where they differ, else empty.
    """
    if rows.empty:
        return ("No rating has a gold answer yet.",)
    whole, criteria = rows.iloc[0], rows.iloc[1:]
    lines = (
        _rates(whole),
        _lowest(rows),
        _verdicts(criteria),
        _shift(whole),
        _alphas(criteria),
        *_changes(whole, criteria, versions),
    )
    return tuple(line for line in lines if line)


def lowest_criterion(rows: pd.DataFrame) -> pd.Series | None:
    """Return the criterion that is least often within tolerance, if two have enough tasks and one errs."""
    enough = rows[(rows["criterion"] != ALL) & (rows["n_tasks"] >= NAMED_FROM)]
    if len(enough) < 2 or enough["within"].min() >= 1:
        return None
    return enough.iloc[int(enough["within"].to_numpy(dtype=float).argmin())]


def in_percent(row: pd.Series, rate: str) -> str:
    """Return for example "84% [78%, 88%]"."""
    return f"{row[rate]:.0%} [{row[f'{rate}_low']:.0%}, {row[f'{rate}_high']:.0%}]"


def _rates(whole: pd.Series) -> str:
    counts = (
        f"{counted(int(whole['n_ratings']), 'rating')} on {counted(int(whole['n_tasks']), 'task')} with gold"
    )
    within, exact = (in_percent(whole, rate) for rate in ("within", "exact"))
    return f"{within} of {counts} are within tolerance, {exact} are exact."


def _lowest(rows: pd.DataFrame) -> str:
    lowest = lowest_criterion(rows)
    if lowest is None:
        return ""
    target = (
        f", against a target of {lowest['target_within']:.0%}" if pd.notna(lowest["target_within"]) else ""
    )
    return f"{lowest['label']} is lowest: {in_percent(lowest, 'within')}{target}."


def _verdicts(criteria: pd.DataFrame) -> str:
    parts = []
    for verdict in _VERDICTS:
        names = criteria.loc[criteria["verdict"] == verdict, "label"]
        if len(names):
            parts.append(f"{verdict} on {listed(names)}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else "No criterion has a target, so there is no verdict."


def _shift(whole: pd.Series) -> str:
    if pd.isna(whole["bias"]):
        return ""
    if pd.isna(whole["bias_low"]):
        return f"Ratings of the one task lie {signed(whole['bias'])} levels from gold; others may differ."
    ends = f"{signed(whole['bias'])} [{signed(whole['bias_low'])}, {signed(whole['bias_high'])}]"
    if whole["bias_low"] <= 0 <= whole["bias_high"]:
        return f"On average ratings are neither above nor below gold for sure: {ends} levels."
    side = "below" if whole["bias"] < 0 else "above"
    return f"On average ratings lie {side} gold: {ends} levels."


def _alphas(criteria: pd.DataFrame) -> str:
    known = criteria[criteria["alpha_tells"]].sort_values("alpha", kind="stable")
    band = f"trained teams on public image ratings reach {PUBLIC_ALPHA[0]} to {PUBLIC_ALPHA[1]}"
    if known.empty:
        return "Between reviewers, no criterion has an alpha that can tell."
    least, most = known.iloc[0], known.iloc[-1]
    low, high = decimal(least["alpha"]), decimal(most["alpha"])
    if len(known) == 1:
        return f"Between reviewers, alpha is {high} on {most['label']}; {band}."
    return f"Between reviewers, alpha is {low} on {least['label']} to {high} on {most['label']}; {band}."


def _changes(whole: pd.Series, criteria: pd.DataFrame, versions: Sequence[str]) -> list[str]:
    if pd.isna(whole["delta"]):
        return []
    points = ", ".join(signed(100 * whole[end], 1) for end in ("delta_low", "delta_high"))
    text = f"Since the round before: {signed(100 * whole['delta'], 1)} points within tolerance [{points}]"
    sure = {"better": "better", "worse": "worse"}.get(whole["change"], "which may be no change at all")
    moved = [
        f"{word} on {listed(criteria.loc[criteria['change'] == word, 'label'])}"
        for word in ("better", "worse")
        if (criteria["change"] == word).any()
    ]
    lines = [f"{text}, {sure}{'; ' + '; '.join(moved) if moved else ''}."]
    if versions:
        lines.append(
            f"The rubric changed from {versions[0]} to {versions[1]} between the rounds, so the difference "
            "is not that of reviewers alone."
        )
    return lines
