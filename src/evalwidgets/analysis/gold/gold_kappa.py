"""How close each reviewer comes to gold, beyond chance too, with the gold distribution beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.resampling import Evidence, estimate_of
from evalwidgets.analysis.agreement.weights import agreement_weights
from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.gold.gold_cells import (
    GoldPart,
    KappaWeights,
    cell_tables,
    gold_parts,
    kappa_of_tables,
)
from evalwidgets.analysis.results import Estimate, LeftOut, ResultTable, counted, listed, nonempty, or_nan
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.errors import RatingsError, did_you_mean

TOO_COMMON = 0.6
"""A gold level with more than this share of the tasks makes gold lopsided."""
ENOUGH_AT_LEVEL = 5
"""Gold tasks that a level needs to count as present."""
ENOUGH_LEVELS = 3
"""Levels that must be present (all of them on shorter scales), else gold is lopsided."""


@dataclass(frozen=True, eq=False, repr=False)
class GoldKappaTable(ResultTable):
    """How each reviewer errs on each criterion, and weighted kappa with gold.

    Columns of `rows`, one row per criterion and reviewer, all reviewers together (`ALL`)
    first: `reviewer, criterion, label, n_tasks, n_ratings, exact, within, bias` (mean of
    given minus nearest accepted level), `mae` (mean size of that difference), `kappa,
    kappa_low, kappa_high, weights, top_level, top_share` (the most common gold level and
    its share), `lopsided` and `note`.
    """

    gold_shares: pd.DataFrame
    """`criterion, label, level, n_tasks, share`: where the gold that was rated lies.
    A task that accepts several levels counts in equal parts for each."""
    n_several: int = 0
    """How many gold answers accept several values."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence for each criterion whose gold is lopsided: kappa says little there."""
        pooled = self.rows[(self.rows["reviewer"] == ALL) & self.rows["lopsided"]]
        return tuple(_warning(row, self.gold_shares) for _, row in pooled.iterrows())

    @property
    def note(self) -> str:
        """What several accepted values do to the figures; empty where gold has one each."""
        if not self.n_several:
            return ""
        return (
            f"{counted(self.n_several, 'answer')} of gold accept several values: the nearest to what was "
            "given counts, which favours the reviewer."
        )

    @property
    def finding(self) -> str:
        """Where kappa with gold is highest and lowest, as far as gold can tell."""
        pooled = self.rows[self.rows["reviewer"] == ALL]
        if pooled.empty:
            return "No rating on a declared scale has a gold answer yet"
        known = pooled[pooled["kappa_low"].notna()]
        telling = known[~known["lopsided"].astype(bool)].sort_values("kappa", kind="stable")
        few = [row["label"] for _, row in pooled.iterrows() if row["lopsided"]]
        aside = f"gold is too lopsided on {listed(few)} for kappa to tell" if few else ""
        if telling.empty:
            text = aside or "No criterion has a kappa with an interval yet"
            return text[0].upper() + text[1:]
        low, high = telling.iloc[0], telling.iloc[-1]
        text = f"Kappa with gold is {high['kappa']:.2f} on {high['label']}"
        if len(telling) > 1:
            text += f", the most, and {low['kappa']:.2f} on {low['label']}, the least"
        return f"{text}; {aside}" if aside else text

    def __str__(self) -> str:
        """Return the finding, what was left out, and the warnings."""
        return " ".join(part for part in (super().__str__(), *self.warnings, self.note) if part)

    def _shown(self) -> pd.DataFrame:
        errors = ["exact", "within", "bias", "mae"]
        kappa = ["kappa", "kappa_low", "kappa_high", "top_level", "top_share", "lopsided"]
        return self.rows[["reviewer", "label", "n_tasks", *errors, *kappa]].round(2)


def kappa_with_gold(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Any,
    *,
    weights: KappaWeights = "quadratic",
    confidence_level: float = 0.95,
) -> GoldKappaTable:
    """Return exact and within-tolerance rates, bias, mean absolute error and kappa with gold.

    Parameters
    ----------
    ratings, gold, rubric
        As in `gold_accuracy`. Criteria with declared levels enter.
    weights : {"quadratic", "linear"} or None
        How a near miss counts on ordered scales. Choices have no near misses: there
        kappa is always unweighted, and the column `weights` says "none".
    confidence_level : float
        Of the intervals of kappa.

    Raises
    ------
    RatingsError
        If `weights` is none of these.

    Notes
    -----
    Kappa is (p_a - p_e) / (1 - p_e): p_a is the weighted agreement of (gold, given), p_e
    that of their margins, and the weights go by the *declared* levels, used or not. 0 is
    what chance gives, 1 is always gold; the interval is the delete-one-task jackknife
    with t. Read it with `gold_shares`: the same reviewer has 0.91 on gold that covers the
    scale and 0.56 on gold that is all 4 and 5, while the exact and within-tolerance rates
    stay. Gold is called lopsided when one level holds more than 60 % of a reviewer's gold
    tasks, or fewer than 3 levels (all, on shorter scales) have 5; then prefer `within`
    with its interval (`gold_accuracy`) and `bias`.

    Where gold accepts several levels, the nearest to the answer counts. That favours the
    reviewer: of 3 given where 3 and 4 are accepted kappa sees full agreement. "Not
    applicable" has no place on the scale: such pairs count in `exact` and `within` only.
    `bias` is the plain mean; for a judgement of severity see `reviewer_severity`.
    Source: Cohen (1968), Psychological Bulletin 70, 213-220.
    """
    if weights not in ("quadratic", "linear", None):
        hint = did_you_mean(str(weights), ["quadratic", "linear"])
        msg = f"weights: expected 'quadratic', 'linear' or None, got {weights!r}.{hint}"
        raise RatingsError(msg)
    every, _ = scales_of(rubric)
    scales = [scale for scale in every if len(scale.levels) > 1]
    parts, left_out = gold_parts(ratings, gold, scales)
    rows = [row for part in parts for row in _criterion_rows(part, weights, confidence_level)]
    open_scales = LeftOut("criterion", len(every) - len(scales), "no declared levels")
    return GoldKappaTable(
        rows=pd.DataFrame(rows, columns=_COLUMNS).astype({"lopsided": bool}),
        left_out=nonempty(*left_out, open_scales),
        confidence_level=confidence_level,
        method="delete-one-task jackknife with t",
        gold_shares=pd.concat([_SHARES, *map(_gold_shares, parts)], ignore_index=True),
        n_several=sum(part.several for part in parts),
    )


_COLUMNS = [
    *("reviewer", "criterion", "label", "n_tasks", "n_ratings", "exact", "within", "bias", "mae"),
    *("kappa", "kappa_low", "kappa_high", "weights", "top_level", "top_share", "lopsided", "note"),
]
_SHARES = pd.DataFrame(columns=["criterion", "label", "level", "n_tasks", "share"])


def _gold_shares(part: GoldPart) -> pd.DataFrame:
    n_tasks = part.shares.sum(axis=0)
    return pd.DataFrame(
        {
            "criterion": part.scale.id,
            "label": part.scale.name,
            "level": pd.Series(part.scale.levels, dtype=object),
            "n_tasks": n_tasks,
            "share": n_tasks / max(n_tasks.sum(), 1.0),
        }
    )


def _criterion_rows(
    part: GoldPart, weights: KappaWeights, confidence_level: float
) -> Iterator[dict[str, Any]]:
    """Give the row of all reviewers, then of each, in the order of their names."""
    scale = part.scale
    used = weights if scale.metric != "nominal" else None
    matrix = agreement_weights(scale.levels, used)
    errors = _errors(part.rows)
    for name, held, tables, n in _tables(part):
        total = n @ tables
        kappa = estimate_of(
            "Kappa with gold",
            kappa_of_tables(tables, n, matrix),
            Evidence(int(n.sum()), 1 if name != ALL else len(part.reviewers), int(total.sum())),
            partial(_why_undefined, total, scale),
            confidence_level=confidence_level,
        )
        yield {
            "reviewer": name,
            "criterion": scale.id,
            "label": scale.name,
            **errors[str(name)],
            **_in_columns(kappa),
            "weights": used or "none",
            **_balance(scale, held),
            "note": kappa.note,
        }


def _tables(part: GoldPart) -> Iterator[tuple[str, FloatArray, IntArray, IntArray]]:
    """Give whose ratings, how their gold is spread, and tables of (gold, given) with their tasks.

    Of all reviewers a task is one unit with all its ratings; of one reviewer tasks in the
    same cell are alike.
    """
    n_levels = len(part.scale.levels)
    every = cell_tables(part.task, part.cell, len(part.shares), n_levels**2)
    every = every[every.any(axis=1)]
    yield ALL, part.shares.sum(axis=0), every, np.ones(len(every), dtype=np.int64)
    single = np.eye(n_levels**2, dtype=np.int64)
    counts = cell_tables(part.reviewer, part.cell, len(part.reviewers), n_levels**2)
    weights = part.shares[part.task].T
    held = np.stack([np.bincount(part.reviewer, weights=one) for one in weights], axis=1)
    for name, gold, table in zip(part.reviewers, held, counts, strict=True):
        occurs = np.flatnonzero(table)
        yield name, gold, single[occurs], table[occurs]


def _errors(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return reviewer (and `ALL`) to the counts, rates, bias and mean absolute error."""
    sized = rows.assign(size=rows["deviation"].abs())
    figures = {
        "n_tasks": ("task", "nunique"),
        "n_ratings": ("task", "size"),
        "exact": ("exact", "mean"),
        "within": ("within", "mean"),
        "bias": ("deviation", "mean"),
        "mae": ("size", "mean"),
    }
    everyone = sized.assign(reviewer=ALL)
    parts = [one.groupby("reviewer", observed=True).agg(**figures) for one in (everyone, sized)]
    return {str(name): dict(row) for name, row in pd.concat(parts).astype(object).iterrows()}


def _in_columns(kappa: Estimate) -> dict[str, float]:
    ends = {"kappa": kappa.estimate, "kappa_low": kappa.low, "kappa_high": kappa.high}
    return {name: or_nan(number) for name, number in ends.items()}


def _why_undefined(table: IntArray, scale: Scale) -> str:
    if not table.any():
        return "No rating has a level where gold has one"
    level = scale.levels[int(table.argmax()) % len(scale.levels)]
    n = counted(int(table.sum()), "rating")
    return f"Gold and all {n} are {level}: exact is 1, and kappa cannot tell that from chance"


def _balance(scale: Scale, held: FloatArray) -> dict[str, Any]:
    """Return the most common gold level, its share, and whether gold is lopsided."""
    if not held.any():
        return {"top_level": None, "top_share": np.nan, "lopsided": False}
    top = int(held.argmax())
    share = float(held[top] / held.sum())
    present = int((held >= ENOUGH_AT_LEVEL).sum())
    return {
        "top_level": scale.levels[top],
        "top_share": share,
        "lopsided": share > TOO_COMMON or present < min(ENOUGH_LEVELS, len(held)),
    }


def _warning(row: pd.Series, shares: pd.DataFrame) -> str:
    held = shares.loc[shares["criterion"] == row["criterion"], "n_tasks"]
    present = int((held >= ENOUGH_AT_LEVEL).sum())
    if row["top_share"] > TOO_COMMON:
        why = f"{row['top_share']:.0%} of its gold is {row['top_level']}"
    else:
        why = f"only {present} of its {len(held)} levels reach {ENOUGH_AT_LEVEL} gold tasks"
    return f"Kappa says little on {row['label']}: {why}; read the rates within tolerance instead."
