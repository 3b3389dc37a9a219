"""From rules to causes: which rule is believed first, and what else speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from evalwidgets.analysis.arrays import BoolArray, IntArray
from evalwidgets.analysis.causes.camps import as_verdict, recurring_camps
from evalwidgets.analysis.causes.cause_choices import FEW, Found, applying, split_choices
from evalwidgets.analysis.causes.cause_evidence import Evidence, GoldBlock, cells_of
from evalwidgets.analysis.causes.cause_rules import (
    UNSURE,
    Cells,
    Verdict,
    gold_suspect,
    hard_task,
    outside_rubric,
    severity,
    slip,
    spread_where,
    two_camps,
)
from evalwidgets.analysis.gold.gold_health import TIGHT
from evalwidgets.analysis.numbers import number_word, signed
from evalwidgets.analysis.reviewers.panel import HURRIED, Panel, is_ordered
from evalwidgets.core.cause import CauseId

RECURRING: Literal["recurring camps"] = "recurring camps"
PRIORITY: tuple[CauseId | Literal["recurring camps"], ...] = (
    "gold_suspect",
    RECURRING,
    "new_pattern",
    "severity",
    "slip",
    "rule_unclear",
    "hard_task",
)
"""Which rule is believed first on an ordered scale.

Gold comes first because a wrong gold makes everybody look wrong. Camps that recur come
before what a single task shows: their members also look like slips, and flag the task.
A flag comes before slip: who says that the rubric is silent did not slip. Severity comes
before slip, so that a strict reviewer is not said to slip again and again.
"""


def find_causes(
    panel: Panel, number: int, against: GoldBlock, evidence: Evidence, labels: Sequence[Sequence[str]]
) -> Iterator[Found]:
    """Yield one cause, or none that can be told, for each divided task of a criterion.

    Parameters
    ----------
    panel : Panel
        All answers.
    number : int
        The criterion's place in the panel.
    against, evidence
        Gold and what else is known.
    labels : sequence
        The labels of each task of the panel.
    """
    scale, steps, na = panel.scales[number], panel.steps[number], panel.na[number]
    if not is_ordered(scale):
        codes = np.where(na, -1.0, steps)
        yield from split_choices(codes, against.misses[number], evidence.flagged, is_gate=scale.is_gate)
        return
    applies = applying(na, steps)
    differing = list(split_choices(applies, against.na_differs[number], evidence.flagged, is_gate=True))
    yield from differing
    tasks = (~np.isnan(steps)).sum(axis=1) >= 2
    tasks[[found.task for found in differing]] = False
    if tasks.any():
        where = np.flatnonzero(tasks)
        cells = cells_of(panel, number, tasks, against, evidence)
        yield from _ordered(
            cells, where, [labels[int(task)] for task in where], [str(name) for name in panel.reviewers]
        )


def _ordered(
    cells: Cells, where: IntArray, labels: Sequence[Sequence[str]], names: Sequence[str]
) -> Iterator[Found]:
    """Yield the cause of each divided task of an ordered criterion: the first rule that speaks."""
    recurring, alike = as_verdict(cells, recurring_camps(cells, labels))
    verdicts: dict[str, Verdict] = {
        "gold_suspect": gold_suspect(cells),
        RECURRING: recurring,
        "severity": severity(cells),
        "slip": slip(cells),
        "new_pattern": outside_rubric(cells),
        "rule_unclear": two_camps(cells),
        "hard_task": hard_task(cells),
    }
    strengths = np.stack([verdicts[rule].strength for rule in PRIORITY])
    speaks = strengths > 0
    for place in np.flatnonzero(speaks.any(axis=0) | cells.contested):
        task = int(where[place])
        if not speaks[:, place].any():
            nobody = np.zeros(cells.given.shape[1], dtype=bool)
            yield Found(task, None, 0.0, nobody, because=_undecided(cells, int(place)))
            continue
        rule = PRIORITY[int(speaks[:, place].argmax())]
        cause: CauseId = "rule_unclear" if rule == RECURRING else rule
        label, n_alike = alike.get(int(place), ("", 0)) if rule == RECURRING else ("", 0)
        members = verdicts[rule].members[place]
        because = _because(cells, int(place), rule, members, names)
        yield Found(
            task,
            cause,
            float(strengths[:, place].max(where=speaks[:, place], initial=0.0)),
            members,
            label,
            n_alike,
            because,
        )


def _because(cells: Cells, task: int, rule: str, members: BoolArray, names: Sequence[str]) -> str:
    """Return what speaks for a cause beside the answers themselves."""
    n = int(cells.n[task])
    if rule == "slip":
        parts = _of_slip(cells, task, members)
    elif rule == "severity":
        parts = [_of_shift(cells, task, int(who), names[int(who)]) for who in np.flatnonzero(members)]
    elif rule == "new_pattern":
        parts = [f"{number_word(int(members.sum()))} of {number_word(n)} flagged it as outside the rubric"]
    else:
        parts = _of_doubt(cells, task) if rule in ("rule_unclear", "hard_task") else []
    return "; ".join(part for part in parts if part)


def _undecided(cells: Cells, task: int) -> str:
    """Return why nothing can be told of a task on which reviewers disagree."""
    if cells.n[task] == 2:
        return FEW[2]
    tight = spread_where(cells.residuals, cells.given)[task] < TIGHT * cells.unit
    return "no more than these reviewers scatter anyway" if tight else "no rule stands out"


def _of_slip(cells: Cells, task: int, members: BoolArray) -> list[str]:
    lone = int(members.argmax())
    parts = []
    if cells.hurried[task, lone]:
        parts.append(f"answered in less than {HURRIED:.0%} of the usual time")
    if cells.unsteady[task, lone]:
        parts.append("answered far otherwise on another occasion")
    parts.append(FEW.get(int(cells.n[task]), ""))
    return parts


def _of_shift(cells: Cells, task: int, who: int, name: str) -> str:
    expected, error = cells.shifts.expected[task, who], cells.shifts.error[task, who]
    ends = f"[{signed(expected - error, 1)}, {signed(expected + error, 1)}]"
    return f"{name} is usually {signed(expected, 1)} {ends} levels from the others at this level"


def _of_doubt(cells: Cells, task: int) -> list[str]:
    doubting = round(float(cells.bridges[task] * cells.n[task]))
    parts = []
    if doubting:
        parts.append(f"{number_word(doubting)} would also defend a level nearer to the others")
    if abs(cells.sureness[task]) >= -UNSURE:
        way = "below" if cells.sureness[task] < 0 else "above"
        parts.append(
            f"confidence is {abs(cells.sureness[task]):.1f} {way} what these reviewers usually state"
        )
    return parts
