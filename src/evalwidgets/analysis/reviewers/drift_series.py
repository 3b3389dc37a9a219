"""One reviewer's periods in order: means, rates, limits, and where they are left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import BoolArray, FloatArray
from evalwidgets.analysis.results import counted
from evalwidgets.analysis.reviewers.control_limits import Limits, ewma_limits, rate_limits
from evalwidgets.analysis.scales import Scale

MIN_TASKS = 5
"""A period with fewer tasks never alarms; nor does any after a baseline of fewer than twice as many."""
MIN_SHIFT = 0.25
"""Levels from the baseline; trained people differ by as much without anything having changed."""
WEIGHT = 0.3
"""The share of the newest period in the running line (lambda)."""
WIDTH = 3.0
"""Half the width of the limits in standard errors (L)."""
COLUMNS = [
    *("reviewer", "criterion", "label", "period", "n_tasks", "n", "baseline"),
    *("bias", "centre", "ewma", "low", "high", "within", "p_centre", "p_low", "p_high"),
    *("alarm", "since", "within_alarm", "note"),
]
# How many degrees of freedom the team's spread of tasks is worth beside a reviewer's own.
_TEAM_DF = 10


class DriftRules(NamedTuple):
    """What the caller chose (see the constants)."""

    baseline: int
    min_tasks: int
    min_shift: float
    weight: float
    width: float


class _Team(NamedTuple):
    """What all reviewers together show of how tasks vary within a period."""

    variance: float
    design_effect: float


def drift_rows(rows: pd.DataFrame, scale: Scale | None, rules: DriftRules) -> pd.DataFrame:
    """Return one row per reviewer and period (see `DriftTable`).

    Parameters
    ----------
    rows : DataFrame
        `reviewer, task, period, deviation` (nan where there is no numeric scale) and `within`.
    scale : Scale or None
        The criterion of these ratings; None for all together.
    rules : DriftRules
        When a period alarms.
    """
    by_task = rows.groupby(["reviewer", "period", "task"], observed=True, sort=True)
    tasks = by_task.agg(
        deviation=("deviation", "mean"), n=("within", "size"), right=("within", "sum")
    ).reset_index()
    team = _team(tasks)
    series = [_series(part, team, rules) for _, part in tasks.groupby("reviewer", observed=True)]
    table = pd.concat(series, ignore_index=True)
    return table.assign(criterion=scale.id if scale else ALL, label=scale.name if scale else "All criteria")[
        COLUMNS
    ]


def _team(tasks: pd.DataFrame) -> _Team:
    by_period = tasks.groupby(["reviewer", "period"], observed=True)
    known = tasks["deviation"].notna()
    spread = tasks["deviation"] - by_period["deviation"].transform("mean")
    df = int(known.sum()) - tasks[known].groupby(["reviewer", "period"], observed=True).ngroups
    rate = by_period["right"].transform("sum") / by_period["n"].transform("sum")
    expected = float((tasks["n"] * rate * (1 - rate)).sum())
    seen = float(((tasks["right"] - rate * tasks["n"]) ** 2).sum())
    return _Team(
        variance=float((spread**2).sum()) / df if df > 0 else 0.0,
        design_effect=max(1.0, seen / expected) if expected > 0 else float(tasks["n"].mean()),
    )


def _series(tasks: pd.DataFrame, team: _Team, rules: DriftRules) -> pd.DataFrame:
    """Return one reviewer's periods in order of time."""
    by_period = tasks.groupby("period", observed=True, sort=True)
    table = by_period.agg(
        n_tasks=("task", "size"),
        n=("n", "sum"),
        right=("right", "sum"),
        bias=("deviation", "mean"),
        told=("deviation", "count"),
    ).reset_index()
    table = table.assign(reviewer=tasks["reviewer"].iloc[0], baseline=table.index < rules.baseline)
    rates = rate_limits(
        table["right"].to_numpy(dtype=float),
        table["n"].to_numpy(dtype=float),
        baseline=rules.baseline,
        design_effect=team.design_effect,
        width=rules.width,
    )
    table = table.assign(within=rates.line, p_centre=rates.centre, p_low=rates.low, p_high=rates.high)
    table = table.assign(centre=np.nan, ewma=np.nan, low=np.nan, high=np.nan)
    told = table["told"].to_numpy() > 0
    sigma, df = _spread_of_tasks(tasks, team)
    if told[: rules.baseline].any() and df > 0:
        _add_line(table, told, sigma, df, rules)
    table["note"] = _notes(table, rules)
    return _with_alarms(table, sigma, rules)


def _spread_of_tasks(tasks: pd.DataFrame, team: _Team) -> tuple[float, int]:
    """Return the standard deviation of a reviewer's tasks within periods, drawn to the team's."""
    by_period = tasks.groupby("period", observed=True)["deviation"]
    squares = float(((tasks["deviation"] - by_period.transform("mean")) ** 2).sum())
    own = int((by_period.count() - 1).clip(lower=0).sum())
    prior = _TEAM_DF if team.variance > 0 else 0
    df = own + prior
    return (float(np.sqrt((squares + prior * team.variance) / df)) if df else 0.0), df


def _add_line(table: pd.DataFrame, told: BoolArray, sigma: float, df: int, rules: DriftRules) -> None:
    limits: Limits = ewma_limits(
        table.loc[told, "bias"].to_numpy(dtype=float),
        table.loc[told, "told"].to_numpy(dtype=float),
        sigma=sigma,
        df=df,
        baseline=int(told[: rules.baseline].sum()),
        weight=rules.weight,
        width=rules.width,
    )
    ends = np.column_stack([np.full(len(limits.line), limits.centre), *limits[1:]])
    table.loc[told, ["centre", "ewma", "low", "high"]] = ends


def _notes(table: pd.DataFrame, rules: DriftRules) -> NDArray[np.str_]:
    """Return why a row cannot alarm or has no line, or an empty text."""
    begun = _begun(table)
    short = f"The baseline has {counted(begun, 'task')}; limits need at least {2 * rules.min_tasks}"
    few = f"Fewer than {rules.min_tasks} tasks: too few for an alarm"
    unscaled = "No answer on a numeric scale: the rate is judged, not the bias"
    return np.select(
        [
            np.full(len(table), begun < 2 * rules.min_tasks),
            table["n_tasks"].to_numpy() < rules.min_tasks,
            table["ewma"].isna().to_numpy(),
        ],
        [short, few, unscaled],
        default="",
    )


def _begun(table: pd.DataFrame) -> int:
    """Return how many tasks the centre line rests on."""
    return int(table.loc[table["baseline"], "n_tasks"].sum())


def _with_alarms(table: pd.DataFrame, sigma: float, rules: DriftRules) -> pd.DataFrame:
    """Add `alarm`, `since` and `within_alarm`."""
    off = (table["bias"] - table["centre"]).to_numpy(dtype=float)
    side = np.sign(off)
    enough = (table["n_tasks"] >= rules.min_tasks) & (_begun(table) >= 2 * rules.min_tasks)
    judged = ~table["baseline"] & enough
    out = np.where(table["ewma"] < table["low"], -1, np.where(table["ewma"] > table["high"], 1, 0))
    alarm = np.where(judged & (np.abs(off) >= rules.min_shift) & (side == out), out, 0)
    error = sigma / np.sqrt(np.maximum(table["told"].to_numpy(dtype=float), 1))
    moved = np.where((np.abs(off) > error) & ~table["baseline"].to_numpy(), side, 0)
    begins = _run_begins(moved)
    since = [table["period"][begins[i]] if alarm[i] else pd.NaT for i in range(len(table))]
    rate = np.where(table["within"] < table["p_low"], "below", "above")
    outside = judged & ((table["within"] < table["p_low"]) | (table["within"] > table["p_high"]))
    return table.assign(
        alarm=np.array(["", "up", "down"])[alarm.astype(int)],
        since=pd.Series(since, index=table.index, dtype=table["period"].dtype),
        within_alarm=np.where(outside, rate, ""),
    )


def _run_begins(side: FloatArray) -> list[int]:
    """Return for each place the first of the unbroken run of the same side that ends there."""
    begins: list[int] = []
    for place, here in enumerate(side):
        begins.append(begins[-1] if place and side[place - 1] == here else place)
    return begins
