"""What gold covers: how many gold tasks per level and tag, and where the balance is off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.compared import gold_answers
from evalwidgets.analysis.results import LeftOut, Told, counted, listed, said
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.task import Task

MIN_PER_LEVEL = 2
"""Gold tasks that each level should have."""
MIN_PER_TAG = 3
"""Gold tasks that each value of the tag should have."""
CONSTANT_AT = 0.85
"""From this rate on, giving always the same answer passes for knowing the rubric."""
UNTAGGED = "(no tag)"


@dataclass(frozen=True, eq=False, repr=False)
class GoldCoverage(Told):
    """How many gold tasks there are for each level of each criterion, and for each tag value.

    Parameters
    ----------
    rows : DataFrame
        `criterion, label, tag, level, n_tasks, n_clear`: tasks whose gold accepts this
        level, and those that accept no other. `tag` is a value of the tag, or `ALL`.
        "Not applicable" is no level and is not counted.
    criteria : DataFrame
        One row a criterion: `criterion, label, n_tasks, constant` (the answer that is
        most often within tolerance when always given), `constant_within` (its rate) and
        `passes` (whether that reaches the target, or 85 %).
    tags : Series
        Tag value to its number of gold tasks; empty without tasks.
    tag : str
        The name of the tag.
    warnings : tuple of str
        Where the balance is off, one sentence each.
    left_out : tuple of LeftOut
        What was not counted.
    """

    rows: pd.DataFrame
    criteria: pd.DataFrame
    tags: pd.Series
    tag: str
    warnings: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def finding(self) -> str:
        """How many gaps there are, and the first of them."""
        if self.criteria.empty:
            return "There is no gold on a declared scale yet"
        if not self.warnings:
            n = counted(len(self.criteria), "criterion")
            return f"Gold covers every level of {n}, and no constant answer would pass"
        fooled = self.criteria[self.criteria["passes"].astype(bool)]
        if fooled.empty:
            return self.warnings[0].rstrip(".")
        # Gates are mostly answered alike in any set; on levels it is the set that is lopsided.
        on_levels = fooled[[isinstance(answer, int | float) for answer in fooled["constant"]]]
        shown = fooled if on_levels.empty else on_levels
        worst = shown.iloc[int(shown["constant_within"].to_numpy(dtype=float).argmax())]
        text = f"Always answering {worst['constant']} would pass on {worst['label']}"
        more = len(fooled) - 1
        return (
            f"{text}; a constant answer would on {more} more of {len(self.criteria)} criteria"
            if more
            else text
        )

    def table(self, criterion: str) -> pd.DataFrame:
        """Return one criterion's counts: a row per tag value, all tasks first, a column per level."""
        part = self.rows[self.rows["criterion"] == criterion]
        wide = part.pivot_table(index="tag", columns="level", values="n_tasks", sort=False, aggfunc="first")
        return wide.astype(int)

    def __str__(self) -> str:
        """Return every warning, or that there is none, and what was left out."""
        text = " ".join(self.warnings) or f"{self.finding}."
        return " ".join(part for part in (text, said(self.left_out)) if part)

    def _repr_html_(self) -> str:
        whole = self.rows[self.rows["tag"] == ALL]
        return whole[["label", "level", "n_tasks", "n_clear"]].to_html(index=False, border=0, justify="left")


def gold_coverage(
    gold: pd.DataFrame,
    rubric: Any,
    tasks: Iterable[Task] = (),
    *,
    tag: str = "",
    min_per_level: int = MIN_PER_LEVEL,
    min_per_tag: int = MIN_PER_TAG,
) -> GoldCoverage:
    """Return how many gold tasks there are per level of each criterion, and per tag value.

    Parameters
    ----------
    gold, rubric
        As in `gold_accuracy`. Criteria with declared levels enter.
    tasks : iterable of Task
        Where the tags are; without tasks only levels are counted.
    tag : str
        Which tag; by default the one that picks the rubric's words (`edit_type`).
    min_per_level, min_per_tag : int
        Fewer gold tasks than this are warned of.

    Notes
    -----
    A task that accepts two levels counts for both, so columns add up to more than the
    tasks; `n_clear` counts those with one. `constant_within` is the trap: where always
    answering 4 is within tolerance of 95 % of gold, a pass says nothing, and only more
    gold at the other end helps. Empty cells of level and tag are normal on small sets;
    look at whole rows and columns first.
    """
    scales = [scale for scale in scales_of(rubric)[0] if len(scale.levels) > 1]
    found = gold_answers(gold, scales) if scales else None
    answers = found.rows[found.rows["criterion"].isin([s.id for s in scales])] if found else _NO_GOLD
    name = tag or str(getattr(rubric, "variant_tag", "") or "edit_type")
    by_tag = _tag_values(tasks, name, set(answers["task"]))
    present = [(scale, answers[answers["criterion"] == scale.id]) for scale in scales]
    present = [(scale, part) for scale, part in present if len(part)]
    rows = [row for scale, part in present for row in _counts(scale, part, by_tag)]
    criteria = [_constant(scale, part) for scale, part in present]
    sizes = pd.Series({value: len(held) for value, held in by_tag.items()}, dtype=int)
    table = pd.DataFrame(rows, columns=["criterion", "label", "tag", "level", "n_tasks", "n_clear"])
    warnings = [
        *(_constant_warning(row, scale) for row, (scale, _) in zip(criteria, present, strict=True)),
        *(_level_warning(scale, table, min_per_level) for scale, _ in present),
        *_tag_warnings(sizes, name, min_per_tag),
    ]
    return GoldCoverage(
        rows=table,
        criteria=pd.DataFrame(criteria, columns=_CRITERIA),
        tags=sizes,
        tag=name,
        warnings=tuple(text for text in warnings if text),
        left_out=found.left_out if found else (),
    )


_CRITERIA = ["criterion", "label", "n_tasks", "constant", "constant_within", "passes"]
_NO_GOLD = pd.DataFrame(columns=["task", "criterion", "accepted", "tolerance", "na"])


def _tag_values(tasks: Iterable[Task], name: str, gold_tasks: set[str]) -> dict[str, set[str]]:
    """Return each value of the tag with its gold tasks; a task may have several values."""
    held: dict[str, set[str]] = {}
    for task in tasks:
        value = task.tags.get(name, UNTAGGED)
        for one in value if isinstance(value, tuple) else (value,):
            held.setdefault(str(one), set())
            if task.id in gold_tasks:
                held[str(one)].add(task.id)
    return dict(sorted(held.items()))


def _counts(scale: Scale, part: pd.DataFrame, by_tag: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    accepts = _accepting(scale, part)
    clear = accepts & (accepts.sum(axis=1, keepdims=True) == 1)
    groups = {ALL: np.ones(len(part), dtype=bool)}
    groups |= {value: part["task"].isin(held).to_numpy() for value, held in by_tag.items()}
    return [
        {
            "criterion": scale.id,
            "label": scale.name,
            "tag": value,
            "level": level,
            "n_tasks": int(accepts[chosen, place].sum()),
            "n_clear": int(clear[chosen, place].sum()),
        }
        for value, chosen in groups.items()
        for place, level in enumerate(scale.levels)
    ]


def _accepting(scale: Scale, part: pd.DataFrame) -> np.ndarray:
    """Return which gold answers accept which level, shape (answers, levels)."""
    exploded = part["accepted"].reset_index(drop=True).explode().dropna()
    place = {level: code for code, level in enumerate(scale.levels)}
    accepts = np.zeros((len(part), len(scale.levels)), dtype=bool)
    accepts[exploded.index.to_numpy(dtype=int), exploded.map(place).to_numpy(dtype=int)] = True
    return accepts


def _constant(scale: Scale, part: pd.DataFrame) -> dict[str, Any]:
    """Return the answer that is most often within tolerance when given to every task with a level."""
    asked = part[~part["na"].astype(bool)]
    accepts = _accepting(scale, asked)
    right = accepts
    if scale.is_numeric:
        levels = np.array(scale.levels, dtype=float)
        near = np.abs(levels[:, None] - levels[None, :])
        reach = asked["tolerance"].to_numpy(dtype=float)[:, None, None]
        right = (accepts[:, None, :] & (near[None, :, :] <= reach)).any(axis=2)
    rates = right.mean(axis=0) if len(asked) else np.zeros(len(scale.levels))
    best = int(rates.argmax())
    return {
        "criterion": scale.id,
        "label": scale.name,
        "n_tasks": len(asked),
        "constant": scale.levels[best] if len(asked) else None,
        "constant_within": float(rates[best]) if len(asked) else np.nan,
        "passes": bool(rates[best] >= min(CONSTANT_AT, scale.target_within or CONSTANT_AT)),
    }


def _level_warning(scale: Scale, table: pd.DataFrame, least: int) -> str:
    whole = table[(table["criterion"] == scale.id) & (table["tag"] == ALL)]
    none = list(whole.loc[whole["n_tasks"] == 0, "level"])
    thin = list(whole.loc[(whole["n_tasks"] > 0) & (whole["n_tasks"] < least), "level"])
    used = list(whole.loc[whole["n_tasks"] > 0, "level"])
    if scale.is_numeric and 0 < len(used) <= 2 < len(scale.levels):
        return f"{scale.name}: all gold is {listed(used)}."
    parts = [f"no gold at {listed(none)}"] if none else []
    parts += [f"fewer than {least} gold tasks at {listed(thin)}"] if thin else []
    return f"{scale.name}: {', '.join(parts)}." if parts else ""


def _constant_warning(row: Mapping[str, Any], scale: Scale) -> str:
    if not row["passes"]:
        return ""
    how = f"within {scale.tolerance:g} of" if scale.tolerance else "right on"
    return f"{scale.name}: always answering {row['constant']} is {how} {row['constant_within']:.0%} of gold."


def _tag_warnings(sizes: pd.Series, name: str, least: int) -> list[str]:
    few = sizes[sizes < least]
    if few.empty:
        return []
    values = listed((f"{value} ({n})" for value, n in few.items()), most=8)
    return [f"Fewer than {least} gold tasks for {name.replace('_', ' ')} {values}."]
