"""Causes where answers are the same or not: choices, gates, and whether a criterion applies at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, FloatArray
from evalwidgets.analysis.causes.cause_rules import MIN_SPLIT, evidence
from evalwidgets.core.cause import CauseId

MOST_FEW = 3
FEW = {
    2: "two reviewers can never tell a slip from a rule that is read in two ways; a third could",
    3: "with three reviewers, one against two may also be a rule that is read in two ways",
}
"""What must be said of causes from so many reviewers."""


@dataclass(frozen=True, eq=False)
class Found:
    """A cause found for one task of one criterion.

    `cause` is None where reviewers disagree and nothing tells why.
    """

    task: int
    cause: CauseId | None
    strength: float
    members: BoolArray
    """Whom it is about, shape (reviewers,)."""
    label: str = ""
    n_alike: int = 0
    """How many tasks with the label show the same camps."""
    because: str = ""
    """What made a rule choose it, beyond the answers themselves."""


def split_choices(
    codes: FloatArray, misses_gold: FloatArray, flagged: BoolArray, *, is_gate: bool
) -> Iterator[Found]:
    """Yield the cause of each divided task of a criterion without order.

    Parameters
    ----------
    codes : array of shape (tasks, reviewers)
        Which option was chosen, or "not applicable"; NaN where there is no answer.
    misses_gold : array of shape (tasks, reviewers)
        1 where gold does not accept the answer, 0 where it does, NaN without gold.
    flagged : array of shape (tasks, reviewers)
        Who flagged the task as outside the rubric.
    is_gate : bool
        Whether the criterion decides what else is asked.

    Notes
    -----
    Most against gold: *gold suspect*. One against three or more who agree: *slip*. A
    larger split of a gate, or of whether the criterion applies: *new pattern*. Two camps
    of two or more on a choice: *rule unclear*; more groups: *hard task*.
    """
    for task, row in enumerate(codes):
        given = ~np.isnan(row)
        options, place, sizes = np.unique(row[given], return_inverse=True, return_counts=True)
        if given.sum() < 2:
            continue
        most = int(sizes.argmax())
        members = np.zeros(len(row), dtype=bool)
        members[np.flatnonzero(given)[place != most]] = True
        suspect = _against_gold(misses_gold[task], given)
        if suspect is not None:
            yield Found(task, "gold_suspect", suspect, given & (misses_gold[task] == 1))
        elif len(options) > 1:
            flags = bool((flagged[task] & given).any())
            cause, strength = _split(sizes, is_gate=is_gate, is_flagged=flags)
            n = int(given.sum())
            because = "" if cause else FEW.get(n, "")
            yield Found(task, cause, strength, members, because=because)


def _against_gold(misses: FloatArray, given: BoolArray) -> float | None:
    """Return how strongly most reviewers contradict gold, or None."""
    share = float((misses[given] == 1).mean())
    return share * float(evidence(int(given.sum()))) if share > 1 - MIN_SPLIT else None


def _split(sizes: np.ndarray, *, is_gate: bool, is_flagged: bool) -> tuple[CauseId | None, float]:
    n, others = int(sizes.sum()), int(sizes.sum() - sizes.max())
    is_lone = others == 1 and n > MOST_FEW
    if is_flagged and not is_lone:
        return "new_pattern", min(1.0, 0.4 + others / n)
    if is_lone:
        return "slip", float(evidence(n))
    if is_gate:
        return "new_pattern", min(1.0, 2 * others / n) * (1 - 1 / n)
    if n <= MOST_FEW:
        return None, 0.0
    if len(sizes) == 2:
        return "rule_unclear", 0.7 * min(1.0, 2 * others / n) * (1 - 1 / n)
    return "hard_task", 0.3


def applying(na: BoolArray, steps: FloatArray) -> FloatArray:
    """Return 1 for "not applicable", 0 for an answer, NaN for neither."""
    return np.asarray(np.where(na, 1.0, np.where(np.isnan(steps), np.nan, 0.0)))
