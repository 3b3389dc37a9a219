"""An exam that may stop after each task, as soon as the evidence suffices: betting against the target.

Whoever bets fairly that the true rate is no higher than the target, and bets again after
each task, multiplies the stake by 20 with a chance of 1 in 20 at most, however long they
go on and whenever they stop. So an exam that stops when the stake stands at 20 passes at
most 5 % of those below the target.

Of a task that was judged on several criteria only its share counts, somewhere in 0 to 1.
Wald's likelihood ratio for a yes or no is (q/m)^x ((1-q)/(1-m))^(1-x), for the target m and
a rate q above it. For a share x between 0 and 1 this lies below the straight line between
its two ends, 1 + c (x - m)/m with c = (q - m)/(1 - m), because a geometric mean never
exceeds the arithmetic one. The line is the better bet and is as fair: its expectation is
1 + c (E x - m)/m, at most 1 when the mean is at most m, whatever ties the answers of one
task together. A product of such bets is a nonnegative supermartingale, and Ville's
inequality bounds the chance that it ever exceeds 1/alpha by alpha.

Sources: Wald (1945), Sequential tests of statistical hypotheses, Annals of Mathematical
Statistics 16, 117-186; Ville (1939), Etude critique de la notion de collectif; Waudby-Smith
& Ramdas (2024), Estimating means of bounded random variables by betting, JRSS B 86, 1-27.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import Interval
from evalwidgets.analysis.qualification.judgements import Judgements, exam_judgements
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.lesson_events import Verdict
from evalwidgets.core.rubric import Rubric

BET_ABOVE = 0.9
"""How boldly to bet that the rate is above: against a rival nine tenths of the way to 1."""
BET_BELOW = 0.3
"""How boldly to bet that it is below: against a rival three tenths of the way to 0."""


def log_stake(shares: FloatArray, mean: float, bet: float) -> FloatArray:
    """Return the log of the stake after each task, betting that the mean share is higher.

    Parameters
    ----------
    shares : array of shape (..., tasks)
        From 0 to 1, in the order in which they came; nan where a task says nothing.
    mean : float
        The mean that is bet against, between 0 and 1.
    bet : float
        The part of the stake at risk, between 0 and 1.

    Notes
    -----
    `log_stake(1 - shares, 1 - mean, bet)` bets that it is lower. Which bet is bold decides
    how soon an exam stops and never how often it errs. These two were chosen by simulation
    at targets of 0.8 and 0.85: candidates at 0.97 stop after 21 to 27 tasks, those 20 points
    below the target after 20 to 26. Nearer to the target than 5 points lies the indifference
    zone, where most exams end at `most` without a verdict.
    """
    growth = np.log1p(bet * (shares - mean) / mean)
    return np.asarray(np.cumsum(np.where(np.isnan(growth), 0.0, growth), axis=-1))


def sequential_bounds(shares: FloatArray, below: float, above: float) -> Interval:
    """Return bounds for the mean share that hold at any stopping time, each at its own chance.

    Parameters
    ----------
    shares : array of shape (tasks,)
        Those seen so far.
    below, above : float
        The chance that the true mean ever lies below the low end, and above the high end.
    """
    x = np.asarray(shares, dtype=np.float64)
    return Interval(_low_end(x, BET_ABOVE, below), 1 - _low_end(1 - x, BET_BELOW, above))


def sequential_verdict(shares: FloatArray, rule: ExamRule) -> tuple[Verdict, int]:
    """Return the verdict on a row of shares by the overall rate alone, and after how many tasks it fell.

    Parameters
    ----------
    shares : array of shape (tasks,)
        Of each task, in the order in which they came.
    rule : ExamRule
        Its `target, least, most, alpha` and `beta`.
    """
    seen = np.asarray(shares, dtype=np.float64)[: rule.most]
    passes = log_stake(seen, rule.target, BET_ABOVE) >= -np.log(rule.alpha)
    fails = log_stake(1 - seen, 1 - rule.target, BET_BELOW) > -np.log(rule.overall_beta)
    late = np.arange(1, len(seen) + 1) >= rule.least
    decided = np.flatnonzero((passes | fails) & late)
    if not len(decided):
        return "not_enough", len(seen)
    return ("not_yet" if fails[decided[0]] else "pass"), int(decided[0]) + 1


def running_verdict(
    ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Rubric, rule: ExamRule
) -> pd.DataFrame:
    """Return where a sequential exam stands after each task.

    Parameters
    ----------
    ratings, gold, rubric, rule
        As in `judge`.

    Returns
    -------
    DataFrame
        One row a task: `n_tasks, rate` so far, `above` and `below` (the stakes, as multiples
        of what a verdict takes: 1 is enough), `missed` (criteria shown to miss their target,
        and severe cases missed) and `verdict`. The first row with another verdict than
        "not_enough" ends the exam; whatever comes later does not count.
    """
    return running(exam_judgements(ratings, gold, rubric, rule), rule)


def running(found: Judgements, rule: ExamRule) -> pd.DataFrame:
    """Return what `running_verdict` says of judgements that are made already."""
    shares = found.shares[: rule.most]
    n = np.arange(1, len(shares) + 1)
    above = np.exp(log_stake(shares, rule.target, BET_ABOVE)) * rule.alpha
    below = np.exp(log_stake(1 - shares, 1 - rule.target, BET_BELOW)) * rule.overall_beta
    missed = _missed(found, rule)[: len(shares)]
    verdict = np.select(
        [n < rule.least, (below > 1) | (missed > 0), above >= 1],
        ["not_enough", "not_yet", "pass"],
        default="not_enough",
    )
    rate = np.cumsum(shares) / n
    columns: dict[str, Any] = {"n_tasks": n, "rate": rate, "above": above, "below": below}
    return pd.DataFrame({**columns, "missed": missed, "verdict": verdict})


def _missed(found: Judgements, rule: ExamRule) -> FloatArray:
    """Return after each task how many criteria and severe cases were missed so far."""
    missed = np.cumsum([found.severe.get(task, False) for task in found.tasks]).astype(np.float64)
    for criterion, target in rule.targets.items():
        rows = found.of(criterion).set_index("task")["right"]
        x = rows.reindex(list(found.tasks)).to_numpy(dtype=np.float64, na_value=np.nan)
        stake = log_stake(1 - x, 1 - target, BET_BELOW)
        enough = np.cumsum(~np.isnan(x)) >= rule.thin
        missed += (stake > -np.log(rule.criterion_beta)) & enough
    return missed


def _low_end(x: FloatArray, bet: float, chance: float) -> float:
    """Return the highest mean that the stake is still too high for at this chance."""
    highest = float(x.max(initial=0.0))
    if highest == 0.0:
        return 0.0

    def surplus(mean: float) -> float:
        return float(log_stake(x, mean, bet)[-1] + np.log(chance))

    low = 1e-9
    return low if surplus(low) < 0 else float(brentq(surplus, low, highest, xtol=1e-10))
