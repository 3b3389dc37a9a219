"""Habits of reviewers: the middle of the scale, one verdict for all criteria, haste, the answer before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.results import ResultTable, listed, none_of
from evalwidgets.analysis.reviewers.habit_measures import (
    Measure,
    halo,
    haste,
    middle_shares,
    order_effect,
    pull_against_peers,
)
from evalwidgets.analysis.reviewers.panel import panel_of, usual_seconds
from evalwidgets.analysis.reviewers.severity import reviewer_severity
from evalwidgets.analysis.scales import scales_of

MIN_TASKS = 12
"""Fewer tasks than this give no interval and no flag: habits are small effects."""
BIG_PULL = 0.2
"""A fifth of every distance from the middle is lost: five levels are used like four."""
BIG_HALO = 0.2
"""Correlation between criteria beyond what the other reviewers show."""
BIG_HASTE = 0.05
"""Share of tasks answered in a fraction of the usual time."""
BIG_ORDER = 0.2
"""Correlation with the answer before; smaller ones are common and harmless."""
HABITS = {
    "central": "uses the middle of the scale",
    "extreme": "uses the ends of the scale",
    "halo": "gives all criteria of a task the same",
    "hasty": "often answers in a fraction of the usual time",
    "follows": "follows the answer before",
    "contrasts": "contrasts with the answer before",
}
"""Flag to what it says of a reviewer."""


@dataclass(frozen=True, eq=False, repr=False)
class HabitTable(ResultTable):
    """Habits of each reviewer, one row each.

    Columns of `rows`; each of `pull`, `halo`, `hasty` and `order` comes with `_low` and
    `_high`, and 0 is neutral:

    - `reviewer, n_tasks`;
    - `pull`: levels towards (-) or away from (+) the middle per level of distance from
      it; `against`: "gold" or "peers";
    - `middle, middle_peers`: share of answers strictly between the ends of the scale, own
      and of the others on the same tasks;
    - `halo`: mean correlation between criteria of the deviations from the others, minus
      what the others show; `halo_own, halo_peers`: the two parts;
    - `median_seconds`; `hasty`: share of tasks answered in less than 30 % of the usual
      time;
    - `order`: correlation with the reviewer's answer before, over criteria;
    - `flags`: tuple of the keys of `HABITS`; `note`: why numbers are missing.
    """

    @property
    def finding(self) -> str:
        """Who has which habit, in words."""
        rows = self.rows
        if rows.empty:
            return "Nobody has rated anything on an ordered scale yet"
        told = rows[rows[[f"{name}_low" for name in _MEASURES]].notna().any(axis=1)]
        if told.empty:
            return "Too few tasks to tell anybody's habits"
        said = [
            f"{row['reviewer']} {listed(HABITS[flag] for flag in row['flags'])}"
            for _, row in rows.iterrows()
            if row["flags"]
        ]
        unsure = f"; of {len(rows) - len(told)} it cannot be told yet" if len(rows) > len(told) else ""
        nothing = none_of(len(told), "shows no marked habit", "shows a marked habit")
        return ("; ".join(said) or nothing) + unsure

    def _shown(self) -> pd.DataFrame:
        columns = ["reviewer", "n_tasks", "pull", "middle", "middle_peers", "halo", "median_seconds"]
        shown = self.rows[[*columns, "hasty", "order", "note"]].round(2)
        return shown.assign(flags=self.rows["flags"].map(", ".join))


def reviewer_habits(
    ratings: pd.DataFrame,
    rubric: Any,
    gold: pd.DataFrame | None = None,
    *,
    confidence_level: float = 0.95,
    min_tasks: int = MIN_TASKS,
) -> HabitTable:
    """Return the habits of each reviewer, flagged where they are sure and big.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; `seconds`, `position` and `submitted_at` are used where present.
    rubric : Rubric, Scale or list of Scale
        The declared scales; ordered ones of three levels or more enter.
    gold : DataFrame, optional
        With it the pull is measured against gold (see `reviewer_severity`), else against
        the other reviewers.
    confidence_level : float
        Of the intervals.
    min_tasks : int
        Fewer tasks than this give no interval and no flag.

    Notes
    -----
    A flag needs two things: the interval, widened to hold for all reviewers at once
    (Bonferroni), excludes 0, and the effect is big (`BIG_PULL`, ...). Each number can
    have an innocent cause: somebody who got the plain tasks uses the middle less; truly
    good edits are good on all criteria, which is why halo counts only beyond what the
    others show; an expert is fast. So read a flag as a reason to look, not as a verdict.

    - *pull* against peers is the slope of own answers on those of each other reviewer,
      divided by the slope between the others, minus 1: noise cancels, while a plain
      regression on the others' mean would make everybody look central. Against gold, the
      ends of the scale pull everybody inwards a little, so "central" means beyond the
      others' median, and using the middle levels more than the others do.
    - *halo* (Thorndike 1920) is judged on deviations from the others, without trend, so
      neither the quality of the task nor drift counts.
    - *order* (serial dependence; Kim, Burr & Alais 2019) is the correlation of the
      deviation with the reviewer's answer to the task before, each with its trend over
      time taken away. Tasks must come in random order.

    Intervals are by leaving out one task at a time, with t; the share of hasty tasks has
    Wilson's.
    """
    check_ratings(ratings)
    scales = [scale for scale in scales_of(rubric)[0] if scale.is_numeric and len(scale.levels) > 2]
    panel = panel_of(ratings, scales)
    if not panel.scales:
        return HabitTable(pd.DataFrame(columns=_COLUMNS), panel.left_out, confidence_level, _METHOD)
    family = 1 - (1 - confidence_level) / max(len(panel.reviewers), 1)
    measures = {
        "pull": pull_against_peers(panel),
        "halo": halo(panel),
        "hasty": haste(panel),
        "order": order_effect(panel),
    }
    table = pd.DataFrame({"reviewer": panel.reviewers, "n_tasks": _n_tasks(panel.steps)})
    for name, measure in measures.items():
        _fill(table, name, measure, confidence_level, family)
    table["against"] = "peers"
    if gold is not None:
        _pull_from_gold(table, ratings, gold, scales, confidence_level, family)
    table["middle"], table["middle_peers"] = middle_shares(panel)
    table["halo_own"], table["halo_peers"] = measures["halo"].parts
    table["median_seconds"] = usual_seconds(panel)
    return HabitTable(_judged(table, min_tasks)[_COLUMNS], panel.left_out, confidence_level, _METHOD)


_METHOD = "delete-one-task jackknife with t; Wilson for the share of hasty tasks"
_MEASURES = ("pull", "halo", "hasty", "order")
_COLUMNS = [
    *("reviewer", "n_tasks", "pull", "pull_low", "pull_high", "against", "middle", "middle_peers"),
    *("halo", "halo_low", "halo_high", "halo_own", "halo_peers"),
    *("median_seconds", "hasty", "hasty_low", "hasty_high"),
    *("order", "order_low", "order_high", "flags", "note"),
]


def _n_tasks(steps: np.ndarray) -> np.ndarray:
    return np.asarray((~np.isnan(steps)).any(axis=0).sum(axis=0))


def _fill(table: pd.DataFrame, name: str, measure: Measure, level: float, family: float) -> None:
    table[name] = measure.estimate
    table[f"{name}_low"], table[f"{name}_high"] = measure.interval(level)
    table[f"{name}_sure_low"], table[f"{name}_sure_high"] = measure.interval(family)


def _pull_from_gold(
    table: pd.DataFrame, ratings: pd.DataFrame, gold: pd.DataFrame, scales: list[Any], *levels: float
) -> None:
    """Replace the pull against peers by the one against gold, where gold can tell it."""
    plain, sure = (
        reviewer_severity(ratings, gold, scales, confidence_level=level).pooled.set_index("reviewer")
        for level in levels
    )
    known = plain["pull"].dropna().index
    at = table["reviewer"].isin(known)
    names = table.loc[at, "reviewer"]
    for column in ("pull", "pull_low", "pull_high"):
        table.loc[at, column] = plain.loc[names, column].to_numpy(dtype=float)
    table.loc[at, "pull_sure_low"] = sure.loc[names, "pull_low"].to_numpy(dtype=float)
    table.loc[at, "pull_sure_high"] = sure.loc[names, "pull_high"].to_numpy(dtype=float)
    table.loc[at, "against"] = "gold"


def _judged(table: pd.DataFrame, min_tasks: int) -> pd.DataFrame:
    few = table["n_tasks"] < min_tasks
    intervals = [f"{name}_{end}" for name in _MEASURES for end in ("low", "high")]
    table.loc[few, intervals] = np.nan
    rows = [(row, _pull_of_others(table, place)) for place, (_, row) in enumerate(table.iterrows())]
    table["flags"] = [() if thin else _flags(*row) for thin, row in zip(few, rows, strict=True)]
    table["note"] = [
        _note(row, thin=bool(thin), least=min_tasks) for thin, (row, _) in zip(few, rows, strict=True)
    ]
    return table


def _pull_of_others(table: pd.DataFrame, place: int) -> float:
    """Return what pull is usual: the ends of the scale pull noisy and shifted reviewers inwards as well."""
    row, others = table.iloc[place], table.drop(index=table.index[place])
    alike = others.loc[others["against"] == row["against"], "pull"].dropna()
    return float(alike.median()) if row["against"] == "gold" and len(alike) else 0.0


def _flags(row: pd.Series, usual_pull: float) -> tuple[str, ...]:
    """Return the habits whose interval for the whole team excludes what is neutral, and that are big."""
    inwards, by_gold = min(usual_pull, 0.0), row["against"] == "gold"
    tests = {
        # A lenient reviewer is cut off at the top, which looks like a pull; the middle shows it is none.
        "central": row["pull"] - inwards <= -BIG_PULL
        and row["pull_sure_high"] < inwards
        and row["middle"] > row["middle_peers"],
        # Against peers the most accurate one spreads the most: only gold can blame that.
        "extreme": by_gold and row["pull"] >= BIG_PULL and row["pull_sure_low"] > 0,
        "halo": row["halo"] >= BIG_HALO and row["halo_sure_low"] > 0,
        "hasty": row["hasty"] >= BIG_HASTE and row["hasty_sure_low"] > BIG_HASTE / 2,
        "follows": row["order"] >= BIG_ORDER and row["order_sure_low"] > 0,
        "contrasts": row["order"] <= -BIG_ORDER and row["order_sure_high"] < 0,
    }
    return tuple(name for name, holds in tests.items() if holds)


def _note(row: pd.Series, *, thin: bool, least: int) -> str:
    if thin:
        return f"{row['n_tasks']} tasks are too few (at least {least})"
    lacking = {
        "pull": "pull (it needs three reviewers with tasks in common, or gold)",
        "halo": "halo (it needs two criteria and three reviewers)",
        "hasty": "haste (no times)",
        "order": "order (no positions or times)",
    }
    missing = [words for name, words in lacking.items() if np.isnan(row[name])]
    return f"Not known: {listed(missing)}" if missing else ""
