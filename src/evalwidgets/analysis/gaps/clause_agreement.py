"""Agreement on one clause before and after the version of the rubric that says it better."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.agreement import krippendorff_alpha
from evalwidgets.analysis.gaps.clause_periods import PERIODS, Cut, periods_of, same_side
from evalwidgets.analysis.gaps.clause_words import finding_of
from evalwidgets.analysis.ratings import rated, require_columns
from evalwidgets.analysis.results import Estimate, LeftOut, Told, nonempty
from evalwidgets.analysis.scales import Scale, scale_named
from evalwidgets.core.clause import Clause
from evalwidgets.core.rubric_bump import numbers
from evalwidgets.errors import RatingsError

Verdict = Literal["better", "worse", "no change seen", "not enough evidence"]
FEWEST_TASKS = 5
"""Fewer tasks than this before or after show nothing of a clause."""
TELLING = 0.25
"""A change that an interval of this half-width cannot tell from none is not known, rather than absent."""


class Change(NamedTuple):
    """Agreement after minus agreement before, with its interval; None where there is none."""

    change: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ClauseAgreement(Told):
    """How often two reviewers are on the same side of a clause, before a version and since.

    Parameters
    ----------
    clause : Clause
        What they agree on or not.
    name : str
        The clause as people read it, by the label of its criterion.
    version : str
        The version of the rubric that closed the gap.
    before, after : Estimate
        Share of pairs on the same side, averaged over tasks; on the tasks that the gap is
        about where those are known, else on all.
    change, low, high : float or None
        After minus before with its interval.
    verdict : str
        "better", "worse", "no change seen" or "not enough evidence".
    rest_before, rest_after : Estimate or None
        The same on all other tasks: what changed there did not come from the clause.
        None where the gap is about all tasks.
    alpha_before, alpha_after : Estimate
        Krippendorff's alpha of the two sides; it sinks where nearly all is on one side.
    periods : DataFrame
        The same by round or week, with `after` (which version), `start`, `name`.
    confidence_level : float
        Of all intervals.
    left_out : tuple of LeftOut
        What was not used.
    """

    clause: Clause
    name: str
    version: str
    before: Estimate
    after: Estimate
    change: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    rest_before: Estimate | None
    rest_after: Estimate | None
    alpha_before: Estimate
    alpha_after: Estimate
    periods: pd.DataFrame
    confidence_level: float
    left_out: tuple[LeftOut, ...]

    @property
    def finding(self) -> str:
        """What became of agreement on the clause, in a sentence without its stop."""
        return finding_of(self)


def clause_agreement(
    ratings: pd.DataFrame,
    rubric: Any,
    clause: Clause,
    *,
    version: str,
    where: Collection[str] | None = None,
    confidence_level: float = 0.95,
) -> ClauseAgreement:
    """Return how well reviewers agree on a clause before a version and since.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table with `rubric_version`; blind answers count. `round` and
        `submitted_at` give the periods.
    rubric : Rubric, Scale or list of Scale
        The declared scales; of a Rubric only its own ratings are taken.
    clause : Clause
        A boundary of a criterion, or a whole criterion.
    version : str
        The version that closed the gap; ratings under it and later ones are *after*.
    where : collection of str, optional
        The tasks that the gap is about; the others are told apart as a control.
    confidence_level : float
        Of the intervals.

    Raises
    ------
    RatingsError
        If a column is missing, or the clause is the rubric as a whole.
    UnknownName
        If the rubric has no such criterion.

    Notes
    -----
    A boundary cuts the scale in two, and what matters is whether two reviewers are on the
    same side: `percent_agreement` of the sides (of the answers themselves where the
    clause is a whole criterion). It can be read by anybody; alpha stands beside it, for
    where nearly every task is on one side agreement is high by chance. The interval of
    the change is put together from those of its two parts (MOVER; Zou & Donner 2008,
    Statistics in Medicine 27, 1693-1702), as if tasks before and after were different
    ones: where the same tasks were rated twice it is wider than need be.

    It misleads where tasks became easier or reviewers more practised in the meantime:
    look at the other tasks, which should not have changed.
    """
    scale = _scale_of(rubric, clause)
    if isinstance(where, str):
        msg = f"where: expected the ids of tasks, got the text {where!r}; give a list of them."
        raise RatingsError(msg)
    require_columns(ratings, ("task", "reviewer", "criterion", "value", "rubric_version"), "ratings")
    rows, left_out = _sides(ratings, getattr(rubric, "id", None), scale, clause)
    is_after = np.array([_is_since(one, version) for one in rows.pop("rubric_version")], dtype=bool)
    here = rows["task"].isin(list(where)).to_numpy() if where is not None else np.ones(len(rows), dtype=bool)
    cut = Cut((0, 1) if clause.lower is not None else scale.levels or None, confidence_level)
    before, after = (same_side(rows[here & side], cut) for side in (~is_after, is_after))
    change = change_of(before, after)
    alpha = [krippendorff_alpha(rows[here & side], **cut.how()) for side in (~is_after, is_after)]
    rest = [
        same_side(rows[~here & side], cut) if where is not None else None for side in (~is_after, is_after)
    ]
    return ClauseAgreement(
        clause=clause,
        name=str(clause).replace(scale.id, scale.name, 1),
        version=version,
        before=before,
        after=after,
        change=change.change,
        low=change.low,
        high=change.high,
        verdict=verdict_of(before, after, change),
        rest_before=rest[0],
        rest_after=rest[1],
        alpha_before=alpha[0],
        alpha_after=alpha[1],
        periods=periods_of(rows[here], is_after[here], cut)
        if len(rows)
        else pd.DataFrame(columns=list(PERIODS)),
        confidence_level=confidence_level,
        left_out=left_out,
    )


def change_of(before: Estimate, after: Estimate) -> Change:
    """Return after minus before, its interval put together from those of the two."""
    if before.estimate is None or after.estimate is None:
        return Change(None)
    change = after.estimate - before.estimate
    if None in (before.low, before.high, after.low, after.high):
        return Change(change)
    down = math.hypot(after.estimate - float(after.low or 0), float(before.high or 0) - before.estimate)
    up = math.hypot(float(after.high or 0) - after.estimate, before.estimate - float(before.low or 0))
    return Change(change, max(-1.0, change - down), min(1.0, change + up))


def verdict_of(before: Estimate, after: Estimate, change: Change) -> Verdict:
    """Return what can be said of a change; nothing on few tasks or a wide interval."""
    if change.low is None or change.high is None or min(before.n_tasks, after.n_tasks) < FEWEST_TASKS:
        return "not enough evidence"
    if change.low > 0:
        return "better"
    if change.high < 0:
        return "worse"
    return "no change seen" if (change.high - change.low) / 2 <= TELLING else "not enough evidence"


def _scale_of(rubric: Any, clause: Clause) -> Scale:
    if not clause.criterion:
        msg = "clause: expected a criterion or one of its boundaries; nobody rates the rubric as a whole."
        raise RatingsError(msg)
    return scale_named(rubric, clause.criterion)


def _sides(
    ratings: pd.DataFrame, rubric: str | None, scale: Scale, clause: Clause
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return blind ratings of the criterion, as sides of the boundary where the clause is one."""
    rows = ratings[ratings["criterion"] == scale.id]
    if rubric is not None and "rubric" in rows:
        rows = rows[rows["rubric"] == rubric]
    rows, left_out = rated(rows)
    known = rows["rubric_version"].notna() & rows["rubric_version"].astype(str).str.fullmatch(r"\d+(\.\d+)*")
    unknown = LeftOut("rating without a version", int((~known).sum()), "it is not known what it was rated by")
    rows = rows[known]
    if clause.lower is not None:
        rows = rows.assign(value=(rows["value"].astype(float) > clause.lower).astype(int).astype(object))
    return rows.reset_index(drop=True), (*left_out, *nonempty(unknown))


def _is_since(version: Any, since: str) -> bool:
    return numbers(str(version)) >= numbers(since)
