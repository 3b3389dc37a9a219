"""What speaks for one cause or another beside the answers: gold, flags, doubts, haste, repeats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import KEY
from evalwidgets.analysis.arrays import BoolArray, FloatArray
from evalwidgets.analysis.causes.cause_rules import CONTESTED, Cells
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.numbers import level_text
from evalwidgets.analysis.ratings import first_revisions, require_columns
from evalwidgets.analysis.results import LeftOut
from evalwidgets.analysis.reviewers.panel import (
    HURRIED,
    OCCASIONS,
    Panel,
    column_means,
    shifts_of,
    steps_on,
    usual_seconds,
)
from evalwidgets.analysis.scales import Scale

OUTSIDE_FLAGS = frozenset({"guideline_silent", "novel_pattern"})
"""Flags that say: the rubric does not cover this."""


@dataclass(frozen=True, eq=False)
class GoldBlock:
    """Gold beside the answers of a panel, criteria x tasks x reviewers."""

    off: FloatArray
    """Steps from the nearest accepted level; NaN off a numeric scale and without gold."""
    misses: FloatArray
    """1 where gold does not accept the answer, 0 where it does, NaN without gold."""
    na_differs: FloatArray
    """1 where answer and gold differ on whether the criterion applies, 0 where not, NaN without gold."""
    words: Mapping[tuple[str, str], str]
    """Task and criterion to what gold accepts."""
    left_out: tuple[LeftOut, ...] = ()


def gold_beside(panel: Panel, ratings: pd.DataFrame, gold: pd.DataFrame | None, rubric: Any) -> GoldBlock:
    """Return how each answer stands to gold; all empty without gold."""
    off, misses, na_differs = (np.full(panel.steps.shape, np.nan) for _ in range(3))
    if gold is None:
        return GoldBlock(off, misses, na_differs, {})
    compared = compare_with_gold(ratings, gold, rubric)
    rows = compared.rows
    names = [scale.id for scale in panel.scales]
    at = (
        pd.Index(names).get_indexer(pd.Index(rows["criterion"])),
        panel.tasks.get_indexer(pd.Index(rows["task"])),
        panel.reviewers.get_indexer(pd.Index(rows["reviewer"])),
    )
    misses[at] = 1.0 - rows["within"].to_numpy(dtype=float)
    na_differs[at] = (rows["na"] != rows["gold_na"]).to_numpy(dtype=float)
    for number in panel.ordered():
        chosen = (at[0] == number) & rows["deviation"].notna().to_numpy()
        nearest, _ = steps_on(panel.scales[number], rows.loc[chosen, "nearest"], "gold")
        place = (at[0][chosen], at[1][chosen], at[2][chosen])
        off[place] = panel.steps[place] - nearest
    return GoldBlock(off, misses, na_differs, _gold_in_words(gold), compared.left_out)


def cells_of(panel: Panel, number: int, tasks: BoolArray, against: GoldBlock, evidence: Evidence) -> Cells:
    """Return one ordered criterion's cells on the chosen tasks."""
    scale, steps = panel.scales[number], panel.steps[number]
    shifts = shifts_of(steps)
    confidence = panel.column("confidence", number)
    misses = against.misses[number][tasks]
    return Cells(
        scale=scale,
        steps=steps[tasks],
        residuals=(steps - shifts.expected)[tasks],
        shifts=shifts._replace(expected=shifts.expected[tasks], error=shifts.error[tasks]),
        second=_in_steps(scale, panel.column("second", number))[tasks],
        confidence=(confidence - column_means(confidence))[tasks],
        hurried=evidence.hurried[tasks],
        unsteady=evidence.unsteady[number][tasks],
        off_gold=against.off[number][tasks],
        misses_gold=misses == 1,
        flagged=evidence.flagged[tasks],
    )


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known of a reviewer's way through a task."""

    hurried: BoolArray
    """Tasks x reviewers: answered in a fraction of the reviewer's usual time."""
    flagged: BoolArray
    """Tasks x reviewers: flagged as outside the rubric."""
    unsteady: BoolArray
    """Criteria x tasks x reviewers: answered far otherwise on another occasion."""


def evidence_of(
    panel: Panel, ratings: pd.DataFrame, flags: pd.DataFrame | None, outside: Collection[str]
) -> Evidence:
    """Return the evidence that the ratings, and a table of flags if there is one, hold.

    Raises
    ------
    RatingsError
        If the table of flags lacks `task`, `reviewer` or `flag`.
    """
    shape = panel.steps.shape[1:]
    flagged = np.zeros(shape, dtype=bool)
    for part in _flag_tables(ratings, flags):
        chosen = part[part["flag"].isin(list(outside))]
        _mark(flagged, panel, chosen)
    return Evidence(_hurried(panel), flagged, _unsteady(panel, ratings))


def _flag_tables(ratings: pd.DataFrame, flags: pd.DataFrame | None) -> list[pd.DataFrame]:
    tables = []
    if flags is not None:
        require_columns(flags, ("task", "reviewer", "flag"), "flags")
        tables.append(flags)
    if "flags" in ratings:
        reviews = ratings[["task", "reviewer", "flags"]].dropna(subset=["flags"])
        each = [_flag_names(value) for value in reviews["flags"]]
        long = reviews.assign(flag=pd.Series(each, index=reviews.index, dtype=object)).explode("flag")
        tables.append(long.drop_duplicates(["task", "reviewer", "flag"]))
    return tables


def _flag_names(value: object) -> list[str]:
    """Return the flags of one review, given as a text, a list or a mapping to remarks."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(name) for name in value] if isinstance(value, Iterable) else []


def _mark(block: BoolArray, panel: Panel, rows: pd.DataFrame) -> None:
    task = panel.tasks.get_indexer(pd.Index(rows["task"]))
    reviewer = panel.reviewers.get_indexer(pd.Index(rows["reviewer"]))
    known = (task >= 0) & (reviewer >= 0)
    block[task[known], reviewer[known]] = True


def _hurried(panel: Panel) -> BoolArray:
    with np.errstate(invalid="ignore"):
        return np.asarray(panel.per_task("seconds") < HURRIED * usual_seconds(panel))


def _unsteady(panel: Panel, ratings: pd.DataFrame) -> BoolArray:
    """Return where one reviewer's answers to one question on several occasions lie far apart."""
    apart = np.zeros(panel.steps.shape, dtype=bool)
    if not any(column in ratings for column in OCCASIONS):
        return apart
    first = first_revisions(ratings)
    repeated = first[first.duplicated(KEY, keep=False) & first["value"].notna()]
    for number in panel.ordered():
        scale = panel.scales[number]
        rows = repeated[repeated["criterion"] == scale.id]
        if rows.empty:
            continue
        steps = pd.Series(steps_on(scale, rows["value"], "ratings")[0], index=rows.index)
        groups = rows.assign(steps=steps).groupby(["task", "reviewer"], observed=True)["steps"]
        reach = (groups.max() - groups.min()).reset_index()
        _mark(apart[number], panel, reach[reach["steps"] >= CONTESTED])
    return apart


def _in_steps(scale: Scale, values: FloatArray) -> FloatArray:
    """Return numbers on the scale as places on it; those between two levels lie between two places."""
    if not scale.levels:
        return values
    order = np.argsort(scale.levels)
    return np.asarray(np.interp(values, np.asarray(scale.levels, dtype=float)[order], order))


def _gold_in_words(gold: pd.DataFrame) -> dict[tuple[str, str], str]:
    na = gold["na"].eq(True) if "na" in gold else pd.Series(data=False, index=gold.index)
    rows = zip(gold["task"], gold["criterion"], gold["accepted"], na, strict=True)
    return {(str(task), str(name)): _accepted(accepted, bool(none)) for task, name, accepted, none in rows}


def _accepted(accepted: object, is_na: bool) -> str:
    if is_na:
        return "not applicable"
    values = accepted if isinstance(accepted, list | tuple | set | frozenset) else (accepted,)
    return " or ".join(level_text(value) for value in values)
