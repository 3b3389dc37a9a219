"""How often an exam's rule passes whom: its operating characteristic, by simulated candidates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import binom

from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.qualification.rates import chance_of_more
from evalwidgets.analysis.qualification.sequential import BET_ABOVE, BET_BELOW, log_stake
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.errors import RatingsError

RATES = tuple(round(0.5 + step / 40, 3) for step in range(21))
"""True rates that are looked at by default: 50 % to 100 %."""
VERDICTS = ("not_enough", "pass", "not_yet")
"""The verdicts that `simulated_verdicts` gives by number."""


def operating_characteristic(
    rule: ExamRule,
    *,
    rates: Sequence[float] = RATES,
    correlation: float = 0.2,
    candidates: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return how likely each verdict is for candidates of known true rate.

    Parameters
    ----------
    rule : ExamRule
        The rule of the exam.
    rates : sequence of float
        The true rates of judgements that are right.
    correlation : float
        How much the judgements of one task hang together: 0 not at all, 1 all or none.
    candidates : int
        How many are simulated for each rate.
    seed : int
        Equal seeds give equal tables.

    Returns
    -------
    DataFrame
        One row a rate: `rate, passed, not_yet, not_enough` (shares of candidates) and
        `n_tasks` (the mean number of tasks until the exam ended).

    Raises
    ------
    RatingsError
        If a rate or the correlation is out of range.

    Notes
    -----
    Read a row as "of 100 candidates whose true rate is this, so many pass". A candidate
    errs on each criterion in proportion to what its target allows, and every task is
    judged on every criterion; severe cases are left out. Below the target `passed` stays
    within `alpha` whatever the correlation; more of it costs evidence: more candidates are
    told "not enough". The standard error of a share is at most 0.5 / sqrt(candidates).
    """
    given = [("rates", one) for one in rates] + [("correlation", correlation)]
    for name, value in given:
        if not 0 <= value <= 1:
            msg = f"{name}: expected 0 to 1, got {value!r}. Write 0.8 for 80 %."
            raise RatingsError(msg)
    rows = []
    for place, rate in enumerate(rates):
        chance = np.random.default_rng([seed, place])
        right = simulated_exams(criterion_rates(rule, rate), rule.length, correlation, candidates, chance)
        verdict, n_tasks = simulated_verdicts(right, rule)
        shares = np.bincount(verdict, minlength=3) / candidates
        rows.append((rate, shares[1], shares[2], shares[0], float(n_tasks.mean())))
    return pd.DataFrame(rows, columns=["rate", "passed", "not_yet", "not_enough", "n_tasks"])


def criterion_rates(rule: ExamRule, rate: float) -> FloatArray:
    """Return a true rate for each criterion, of this mean, the errors in proportion to what targets allow."""
    allowed = 1 - np.array(list(rule.targets.values()))
    errors = np.minimum(1.0, allowed * (1 - rate) / allowed.mean())
    return np.asarray(1 - errors)


def simulated_exams(
    rates: FloatArray, tasks: int, correlation: float, candidates: int, chance: np.random.Generator
) -> IntArray:
    """Return whether each judgement is right, shape (candidates, tasks, criteria).

    Each judgement is settled by a draw of its own or, with the chance that makes any two
    of one task correlate so, by one that they share.
    """
    shape = (candidates, tasks, len(rates))
    # Single precision halves the memory, and no rate needs more than seven digits.
    own = chance.random(shape, dtype=np.float32)
    shared = chance.random((candidates, tasks, 1), dtype=np.float32)
    tied = chance.random(shape, dtype=np.float32) < np.sqrt(correlation)
    return np.asarray(np.where(tied, shared, own) < rates, dtype=np.int64)


def simulated_verdicts(right: IntArray, rule: ExamRule) -> tuple[IntArray, IntArray]:
    """Return each candidate's verdict, as a place in `VERDICTS`, and after how many tasks it fell.

    Parameters
    ----------
    right : array of shape (candidates, tasks, criteria)
        Whether each judgement is right, the criteria in the order of `rule.targets`.
    """
    return (_sequential if rule.sequential else _plain)(right, rule)


def _plain(right: IntArray, rule: ExamRule) -> tuple[IntArray, IntArray]:
    candidates, tasks, criteria = right.shape
    n_tasks = np.full(candidates, tasks, dtype=np.int64)
    if tasks < rule.least:
        return np.zeros(candidates, dtype=np.int64), n_tasks
    sums = right.sum(axis=2)
    counts = np.stack([(sums == n).sum(axis=1) for n in range(criteria + 1)], axis=1)
    values = np.arange(criteria + 1) / criteria
    passed = chance_of_more(values, counts, rule.target) <= rule.alpha
    failed = chance_of_more(1 - values, counts, 1 - rule.target) < rule.overall_beta
    if tasks >= rule.thin:
        # With answers of right and wrong only, the bound is the binomial tail.
        tails = binom.cdf(right.sum(axis=1), tasks, list(rule.targets.values()))
        failed |= (tails < rule.criterion_beta).any(axis=1)
    return np.where(failed, 2, passed), n_tasks


def _sequential(right: IntArray, rule: ExamRule) -> tuple[IntArray, IntArray]:
    candidates = len(right)
    right = right[:, : rule.most]
    tasks = right.shape[1]
    shares = right.mean(axis=2)
    n = np.arange(1, tasks + 1)
    passed = log_stake(shares, rule.target, BET_ABOVE) >= -np.log(rule.alpha)
    failed = log_stake(1 - shares, 1 - rule.target, BET_BELOW) > -np.log(rule.overall_beta)
    wrong = (1 - right).astype(np.float64)
    for place, target in enumerate(rule.targets.values()):
        stake = log_stake(wrong[:, :, place], 1 - target, BET_BELOW)
        failed |= (stake > -np.log(rule.criterion_beta)) & (n >= rule.thin)
    decided = (passed | failed) & (n >= rule.least)
    any_ = decided.any(axis=1)
    at = np.where(any_, decided.argmax(axis=1), tasks - 1)
    verdict = np.where(failed[np.arange(candidates), at], 2, 1)
    return np.where(any_, verdict, 0), at + 1
