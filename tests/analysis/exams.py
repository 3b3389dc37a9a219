"""Exams of known outcome: a rubric with targets, and tables of ratings made of right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.core.exam_rule import ExamRule, rule_for
from evalwidgets.core.rubric import Rubric

from ..core.sample_rubrics import a_rubric, levels, ordinal

CRITERIA = ("sharp", "light", "figure")


def noted_levels() -> list[dict[str, Any]]:
    """Return five levels with a boundary note each."""
    return [{**level, "boundary": f"Step {level['value']} ends here."} for level in levels()]


def exam_rubric(target: float = 0.8) -> Rubric:
    """Return a rubric with a safety gate and three criteria of five levels, all with this target."""
    aim = {"exact": target, "within": target}
    gate = a_rubric().gates[0].model_dump() | {"targets": aim}
    criteria = [ordinal(name, weight=1, levels=noted_levels(), targets=aim) for name in CRITERIA]
    criteria[1]["na_reasons"] = [{"id": "dark", "name": "Too dark to tell"}]
    return a_rubric(gates=[gate], criteria=criteria)


RUBRIC = exam_rubric()


def rule(**changes: Any) -> ExamRule:
    """Return the rule of the rubric, without its gate unless asked for."""
    made = rule_for(RUBRIC)
    targets = {name: target for name, target in made.targets.items() if name != "safety"}
    return made.model_copy(update={"targets": targets, **changes})


def exam(right: Sequence[Sequence[bool]] | np.ndarray, criteria: Sequence[str] = CRITERIA) -> pd.DataFrame:
    """Return a candidate's ratings of tasks x criteria: gold is 3, right is 3, wrong is 5."""
    rows = [
        (f"t{t:02d}", "mia", criteria[c], 3 if good else 5, t)
        for t, row in enumerate(right)
        for c, good in enumerate(row)
    ]
    table = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value", "position"])
    return table.astype({"value": object})


def exam_gold(
    tasks: int, criteria: Sequence[str] = CRITERIA, safety: dict[int, str] | None = None
) -> pd.DataFrame:
    """Return gold of 3 on every criterion, and of the safety gate where it is given by task number."""
    rows: list[tuple[str, str, tuple[Any, ...]]] = [
        (f"t{t:02d}", name, (3,)) for t in range(tasks) for name in criteria
    ]
    rows += [(f"t{t:02d}", "safety", (value,)) for t, value in (safety or {}).items()]
    return pd.DataFrame(rows, columns=["task", "criterion", "accepted"]).assign(tolerance=None, na=False)


def of_safety(values: dict[int, str]) -> pd.DataFrame:
    """Return the candidate's answers to the safety gate, by task number."""
    rows = [(f"t{t:02d}", "mia", "safety", value, t) for t, value in values.items()]
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value", "position"])


def without(gold: pd.DataFrame, criterion: str) -> pd.DataFrame:
    """Return gold that says of a criterion that it must not apply."""
    there = gold["criterion"] == criterion
    accepted = [() if out else values for values, out in zip(gold["accepted"], there, strict=True)]
    return gold.assign(accepted=accepted, na=there)
