"""Severity: who rates systematically above or below gold, by how much, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.intervals import Interval
from evalwidgets.analysis.results import LeftOut, ResultTable, listed, none_of, nonempty
from evalwidgets.analysis.reviewers.shift import Effect, Shift, fit_shift
from evalwidgets.analysis.scales import Scale, scales_of

ALARM_AT = 0.5
"""A shift of half a level is worth acting on (Facets practice: half a score point)."""
MIN_SHIFT = 0.25
"""Trained reviewers differ by up to a quarter of a level; smaller shifts are never named."""
MIN_TASKS = 8
"""Fewer gold tasks than this give no interval, no alarm and no flag."""


class _Rules(NamedTuple):
    """What the caller chose, and how many reviewers are looked at together."""

    confidence_level: float
    alarm_at: float
    min_shift: float
    min_tasks: int
    reviewers: int


@dataclass(frozen=True, eq=False, repr=False)
class SeverityTable(ResultTable):
    """Shift from gold by reviewer: over all criteria (`ALL`), then on each.

    Columns of `rows`:

    - `reviewer, criterion, label, n_tasks, n_ratings`;
    - `bias`: levels above (+, lenient) or below (-, strict) gold mid-scale, with `low`
      and `high`; `family_low, family_high`: wider, to hold for all reviewers together;
    - `mean_deviation`: the plain mean of given minus gold on these very tasks;
    - `pull, pull_low, pull_high` and `trend, trend_low, trend_high` (rows of all
      criteria only): levels towards (-) the middle per level of distance from it, and
      change from the first to the last task;
    - `alarm`: half a level or more and the interval excludes 0;
    - `flag`: "strict", "lenient", "drifting" or empty (rows of all criteria only);
    - `note`: why a number is missing or a shift has no flag.
    """

    alarm_at: float = ALARM_AT

    @property
    def pooled(self) -> pd.DataFrame:
        """The rows over all criteria: one per reviewer."""
        return self.rows[self.rows["criterion"] == ALL]

    @property
    def finding(self) -> str:
        """Who is shifted, most shifted first."""
        pooled = self.pooled
        if pooled.empty:
            return "No rating on a numeric scale has a gold answer yet"
        told = pooled[pooled["low"].notna()]
        if told.empty:
            return "Too few gold tasks to tell whether anybody is shifted from gold"
        named = told[told["flag"] != ""]
        order = named["bias"].abs().sort_values(ascending=False, kind="stable").index
        said = [_in_words(row) for _, row in named.loc[order].iterrows()]
        others = len(told) - len(named)
        unsure = f"; of {len(pooled) - len(told)} it cannot be told yet" if len(pooled) > len(told) else ""
        if not said:
            return none_of(others, "is not shifted from gold", "is shifted from gold") + unsure
        rest = f"; the other {others} show no steady shift" if others > 1 else ""
        return listed(said) + rest + unsure

    def _shown(self) -> pd.DataFrame:
        columns = ["reviewer", "n_tasks", "bias", "low", "high", "mean_deviation", "alarm", "flag"]
        return self.pooled[[*columns, "note"]].round(2)


def reviewer_severity(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    confidence_level: float = 0.95,
    alarm_at: float = ALARM_AT,
    min_shift: float = MIN_SHIFT,
    min_tasks: int = MIN_TASKS,
) -> SeverityTable:
    """Return each reviewer's systematic shift from gold, in levels.

    Parameters
    ----------
    ratings, gold, rubric
        As in `gold_accuracy`; only ordered scales with declared numbers enter.
        With a `submitted_at` column, change over time is told from the shift.
    confidence_level : float
        Of the intervals.
    alarm_at : float
        The shift that is worth acting on.
    min_shift : float
        The smallest shift that is ever named.
    min_tasks : int
        Fewer gold tasks than this give no interval.

    Notes
    -----
    Read `bias` as "where gold lies in the middle of the scale, this reviewer is so many
    levels above (+) or below (-) it". It is not the plain mean, which is given beside
    it: with gold mostly high the plain mean calls a reviewer who pulls to the middle
    strict, and hides a lenient one (see `evalwidgets.analysis.reviewers.shift`).

    The *flag* strict or lenient asks for three things: the interval excludes 0 even when
    it is widened to hold for all reviewers at once (Bonferroni: with ten reviewers one
    plain interval in two tables excludes 0 by luck); the shift is at least `min_shift`;
    and it is steady, at least that large at the first and at the last task. A shift that
    comes and grows is *drifting*. The *alarm* is per row: `alarm_at` and the plain
    interval excludes 0.

    It misleads on few tasks (see `min_tasks`) and where gold has one level only: then
    shift and pull cannot be told apart, and `note` says so.
    """
    scales = [scale for scale in scales_of(rubric)[0] if scale.levels and scale.is_numeric]
    compared = compare_with_gold(ratings, gold, rubric)
    judged = compared.rows[compared.rows["deviation"].notna()]
    judged = judged[judged["criterion"].isin([scale.id for scale in scales])]
    unscaled = LeftOut(
        "rating", len(compared.rows) - len(judged), "not applicable, or not on a numeric scale"
    )
    reviewers = sorted(judged["reviewer"].unique(), key=str)
    rules = _Rules(confidence_level, alarm_at, min_shift, min_tasks, len(reviewers))
    rows = [
        row
        for reviewer in reviewers
        for row in _reviewer_rows(judged[judged["reviewer"] == reviewer], scales, rules)
    ]
    return SeverityTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=nonempty(*compared.left_out, unscaled),
        confidence_level=confidence_level,
        method="linear model, delete-one-task jackknife with t",
        alarm_at=alarm_at,
    )


_COLUMNS = [
    *("reviewer", "criterion", "label", "n_tasks", "n_ratings", "bias", "low", "high"),
    *("family_low", "family_high", "mean_deviation", "pull", "pull_low", "pull_high"),
    *("trend", "trend_low", "trend_high", "alarm", "flag", "note"),
]


def _reviewer_rows(theirs: pd.DataFrame, scales: list[Scale], rules: _Rules) -> list[dict[str, Any]]:
    present = [scale for scale in scales if (theirs["criterion"] == scale.id).any()]
    place = {scale.id: i for i, scale in enumerate(present)}
    criterion = np.array([place[name] for name in theirs["criterion"]], dtype=np.int64)
    middles = np.array([scale.middle for scale in present])
    task, tasks = pd.factorize(theirs["task"])
    shift = fit_shift(
        theirs["deviation"].to_numpy(dtype=float),
        task=task.astype(np.int64),
        criterion=criterion,
        off_middle=theirs["middle"].to_numpy(dtype=float) - middles[criterion],
        time=_time(theirs),
    )
    pooled = _row(theirs, None, shift.pooled, rules) | _traits(shift, len(tasks), rules)
    rows = [
        _row(theirs[criterion == i], scale, shift.by_criterion[i], rules) for i, scale in enumerate(present)
    ]
    return [pooled, *rows]


def _time(theirs: pd.DataFrame) -> FloatArray | None:
    """Return each rating's place in the reviewer's work from -0.5 to 0.5, or None if unknown."""
    if "submitted_at" not in theirs or theirs["submitted_at"].isna().any():
        return None
    order = theirs["submitted_at"].rank(method="dense").to_numpy(dtype=float)
    return np.asarray((order - order.min()) / max(1.0, float(np.ptp(order))) - 0.5)


def _row(part: pd.DataFrame, scale: Scale | None, effect: Effect, rules: _Rules) -> dict[str, Any]:
    n_tasks = part["task"].nunique()
    row = {
        "reviewer": part["reviewer"].iloc[0],
        "criterion": scale.id if scale else ALL,
        "label": scale.name if scale else "All criteria",
        "n_tasks": n_tasks,
        "n_ratings": len(part),
        "mean_deviation": float(part["deviation"].mean()),
        "alarm": False,
        "flag": "",
        "note": "",
    }
    if n_tasks < rules.min_tasks:
        return row | {"note": f"{n_tasks} with gold are too few tasks (at least {rules.min_tasks})"}
    interval = effect.interval(rules.confidence_level)
    family = effect.interval(rules.confidence_level, rules.reviewers)
    return row | {
        "bias": effect.estimate,
        **_ends("", interval),
        **_ends("family_", family),
        "alarm": abs(effect.estimate) >= rules.alarm_at and interval.excludes(0),
    }


def _traits(shift: Shift, n_tasks: int, rules: _Rules) -> dict[str, Any]:
    """Return pull, trend and flag: what is said of a reviewer over all criteria."""
    if n_tasks < rules.min_tasks:
        return {}
    traits: dict[str, Any] = {}
    for name, effect in (("pull", shift.pull), ("trend", shift.trend)):
        if effect:
            traits |= {name: effect.estimate, **_ends(f"{name}_", effect.interval(rules.confidence_level))}
    note = "" if shift.pull else "Gold never varies: a shift cannot be told from a pull to the middle"
    flag, why = _flag(shift, rules)
    return traits | {"flag": flag, "note": why or note}


def _flag(shift: Shift, rules: _Rules) -> tuple[str, str]:
    """Return the flag and, where a shift has none, why."""
    bias = shift.pooled.estimate
    start, end = _ends_of_work(shift)
    steady = start * end > 0 and min(abs(start), abs(end)) >= rules.min_shift
    moving = f"the shift goes from {start:+.1f} at the first task to {end:+.1f} at the last"
    if not steady and shift.trend and _is_clear(shift.trend, rules, at_least=rules.alarm_at):
        return "drifting", f"Drifting: {moving}"
    if not _is_clear(shift.pooled, rules, at_least=rules.min_shift):
        return "", ""
    if not steady:
        return "", f"Not steady: {moving}"
    return ("strict" if bias < 0 else "lenient"), ""


def _is_clear(effect: Effect, rules: _Rules, at_least: float) -> bool:
    """Return whether an effect is large enough and its interval for the whole family excludes 0."""
    family = effect.interval(rules.confidence_level, rules.reviewers)
    return abs(effect.estimate) >= at_least and family.excludes(0)


def _ends_of_work(shift: Shift) -> tuple[float, float]:
    half = shift.trend.estimate / 2 if shift.trend else 0.0
    return shift.pooled.estimate - half, shift.pooled.estimate + half


def _ends(name: str, interval: Interval) -> dict[str, float]:
    return {f"{name}low": interval.low, f"{name}high": interval.high}


def _in_words(row: pd.Series) -> str:
    if row["flag"] == "drifting":
        way = "down" if row["trend"] < 0 else "up"
        return f"{row['reviewer']} drifts {way} by {abs(row['trend']):.1f} levels"
    side = "below" if row["bias"] < 0 else "above"
    return f"{row['reviewer']} rates {abs(row['bias']):.1f} levels {side} gold"
