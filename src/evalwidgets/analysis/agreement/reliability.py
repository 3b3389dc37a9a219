"""How many reviewers we need: the reliability of the mean of k reviewers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalwidgets.analysis.agreement.variance_components import Components, criterion_components
from evalwidgets.analysis.intervals import Interval, jackknife_error, student_t_quantile
from evalwidgets.analysis.numbers import number_word
from evalwidgets.analysis.results import LeftOut, ResultTable, listed
from evalwidgets.analysis.scales import Scale
from evalwidgets.errors import RatingsError

ErrorKind = Literal["absolute", "relative"]
MIN_TASKS = 10
"""Fewer tasks than this give no interval and no answer."""


@dataclass(frozen=True, eq=False, repr=False)
class ReliabilityTable(ResultTable):
    """Reliability of the mean of 1, 2, ... reviewers, by criterion.

    Columns of `rows`: `criterion, label, k, reliability, low, high, n_tasks,
    n_reviewers, n_ratings, note`.
    """

    needed: pd.DataFrame
    """One row per criterion: `k` reviewers reach the target; `k_low, k_high` from the
    interval (nan: more than can be told); `one`: the reliability of one; `note`."""
    target: float
    error: ErrorKind

    @property
    def finding(self) -> str:
        """How many reviewers suffice, criterion by criterion."""
        known = self.needed[self.needed["k"].notna()]
        if known.empty:
            return "There are too few ratings to tell how many reviewers are needed"
        sizes = sorted({int(k) for k in known["k"]})
        said = [
            f"{_counted(k, first=k == sizes[0])} for {listed(known.loc[known['k'] == k, 'label'])}"
            for k in sizes
        ]
        return f"{', '.join(said)} (reliability {self.target:g})"

    def _shown(self) -> pd.DataFrame:
        return self.needed[["label", "n_tasks", "one", "k", "k_low", "k_high", "note"]].round(2)


def reliability_of_mean(
    ratings: pd.DataFrame,
    rubric: Any,
    *,
    target: float = 0.8,
    error: ErrorKind = "absolute",
    most: int = 10,
    confidence_level: float = 0.95,
    min_tasks: int = MIN_TASKS,
) -> ReliabilityTable:
    """Return how reliable the mean of k reviewers is, and how many reach the target.

    Parameters
    ----------
    ratings, rubric
        As in `variance_components`.
    target : float
        The reliability to reach, between 0 and 1.
    error : {"absolute", "relative"}
        What counts as error. Absolute: severity too, because each task meets other
        reviewers, or the level itself matters (phi). Relative: only what changes the
        order of tasks that the very same reviewers rated (generalizability, G).
    most : int
        The curve goes from 1 to this many reviewers.
    confidence_level : float
        Of the intervals.
    min_tasks : int
        Fewer tasks than this give no interval and no answer.

    Raises
    ------
    RatingsError
        If the target is not between 0 and 1, or the error is neither.

    Notes
    -----
    Read 0.8 at k = 3 as "the mean of three reviewers correlates 0.8 with that of three
    others". Reliability is task variance / (task variance + error variance / k): the share
    of the mean's variance that is due to the tasks. It misleads where the tasks are all
    alike: there nobody is reliable, whatever the care taken. Doubling from few reviewers helps much, from
    many little. Where k is beyond `most`, better levels or training cost less than
    reviewers.
    The interval is a delete-one-task jackknife of the logarithm of task variance over
    error variance, so it never leaves 0 to 1 and gives the interval of k as well. It
    speaks of other tasks with these reviewers.
    Source: Brennan (2001), Generalizability Theory; with k = 1 and two ratings or more on
    every task the estimates are the ICC(2,1) and (3,1) of Shrout & Fleiss (1979),
    Psychological Bulletin 86, 420-428.
    """
    if not 0 < target < 1:
        msg = f"target: expected a reliability between 0 and 1, got {target!r}."
        raise RatingsError(msg)
    if error not in ("absolute", "relative"):
        msg = f"error: expected 'absolute' or 'relative', got {error!r}."
        raise RatingsError(msg)
    parts, left_out = criterion_components(ratings, rubric)
    ratios = [(scale, part, _ratio(part, error, confidence_level, min_tasks)) for scale, part in parts]
    curve = [row for scale, part, ratio in ratios for row in _curve(scale, part, ratio, most)]
    needed = [_needed(scale, part, ratio, target) for scale, part, ratio in ratios]
    return ReliabilityTable(
        rows=pd.DataFrame(curve, columns=_COLUMNS),
        left_out=_all_left_out(left_out, parts),
        confidence_level=confidence_level,
        method="variance components, delete-one-task jackknife with t",
        needed=pd.DataFrame(needed, columns=_NEEDED),
        target=target,
        error=error,
    )


_COLUMNS = [
    *("criterion", "label", "k", "reliability", "low", "high"),
    *("n_tasks", "n_reviewers", "n_ratings", "note"),
]
_NEEDED = [
    *("criterion", "label", "n_tasks", "n_reviewers", "n_ratings"),
    *("one", "one_low", "one_high", "k", "k_low", "k_high", "note"),
]


@dataclass(frozen=True)
class _Ratio:
    """Task variance over error variance of one reviewer; 0 and infinity are possible."""

    value: float
    interval: Interval | None
    note: str

    def reliability(self, k: int) -> tuple[float, float, float]:
        """Return the reliability of the mean of k, low and high."""
        ends = (np.nan, np.nan) if self.interval is None else self.interval
        return tuple(_share(one * k) for one in (self.value, *ends))  # type: ignore[return-value]


def _share(ratio: float) -> float:
    return 1.0 if math.isinf(ratio) else ratio / (1 + ratio)


def _ratio(part: Components, error: ErrorKind, confidence_level: float, min_tasks: int) -> _Ratio:
    if part.note:
        return _Ratio(math.nan, None, part.note)
    value = float(_ratios(part.variance[None], error)[0])
    if part.n_tasks < min_tasks:
        return _Ratio(value, None, f"{part.n_tasks} tasks are too few (at least {min_tasks})")
    if value == 0:
        return _Ratio(value, None, "Tasks do not differ beyond chance: no number of reviewers is enough")
    if math.isinf(value):
        return _Ratio(value, None, "Reviewers do not differ at all: one is enough on such tasks")
    without = _ratios(part.without, error)
    if not np.isfinite(without).all() or (without <= 0).any():
        return _Ratio(value, None, "The number rests on single tasks: without one of them it vanishes")
    quantile = student_t_quantile(0.5 + confidence_level / 2, part.n_tasks - 1)
    times = math.exp(quantile * float(jackknife_error(np.log(without))))
    return _Ratio(value, Interval(value / times, value * times), "")


def _ratios(variance: np.ndarray, error: ErrorKind) -> np.ndarray:
    """Return task over error variance, components below 0 counting as 0."""
    task, reviewer, residual = np.maximum(variance, 0).T
    wrong = residual + reviewer if error == "absolute" else residual
    ratios = np.divide(task, wrong, out=np.full(len(task), np.inf), where=wrong > 0)
    return np.where((task == 0) & ~np.isnan(variance).any(axis=1), 0.0, ratios)


def _curve(scale: Scale, part: Components, ratio: _Ratio, most: int) -> list[dict[str, Any]]:
    rows = []
    for k in range(1, most + 1):
        reliability, low, high = ratio.reliability(k)
        row = {"criterion": scale.id, "label": scale.name, "k": k, **_evidence(part), "note": ratio.note}
        rows.append(row | {"reliability": reliability, "low": low, "high": high})
    return rows


def _needed(scale: Scale, part: Components, ratio: _Ratio, target: float) -> dict[str, Any]:
    one, low, high = ratio.reliability(1)
    sure = ratio.interval
    return {
        "criterion": scale.id,
        "label": scale.name,
        **_evidence(part),
        "one": one,
        "one_low": low,
        "one_high": high,
        "k": _enough(ratio.value, target) if part.n_tasks and (sure or math.isinf(ratio.value)) else np.nan,
        "k_low": _enough(sure.high, target) if sure else np.nan,
        "k_high": _enough(sure.low, target) if sure else np.nan,
        "note": ratio.note,
    }


def _enough(ratio: float, target: float) -> float:
    """Return the fewest reviewers whose mean reaches the target."""
    # Not one more for the dust of floating point.
    return max(1.0, float(math.ceil(target / (1 - target) / ratio - 1e-9)))


def _evidence(part: Components) -> dict[str, int]:
    return {"n_tasks": part.n_tasks, "n_reviewers": part.n_reviewers, "n_ratings": part.n_ratings}


def _all_left_out(stray: tuple[LeftOut, ...], parts: list[tuple[Scale, Components]]) -> tuple[LeftOut, ...]:
    """Return what was left out of all criteria together."""
    sums: dict[tuple[str, str], int] = {}
    for one in (*stray, *(one for _, part in parts for one in part.left_out)):
        sums[one.what, one.why] = sums.get((one.what, one.why), 0) + one.n
    return tuple(LeftOut(what, n, why) for (what, why), n in sums.items())


def _counted(k: int, *, first: bool) -> str:
    word = number_word(k)
    if not first:
        return word
    word = word.capitalize()
    return f"{word} reviewer suffices" if k == 1 else f"{word} reviewers suffice"
