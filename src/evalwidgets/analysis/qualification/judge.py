"""An exam judged by its rule: pass, not yet, or not enough evidence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import Interval, student_t_quantile
from evalwidgets.analysis.qualification.exam_result import CriterionResult, ExamResult, Standing
from evalwidgets.analysis.qualification.focus_points import focus_points
from evalwidgets.analysis.qualification.judgements import Judgements, exam_judgements
from evalwidgets.analysis.qualification.rates import rate_interval
from evalwidgets.analysis.qualification.reasons import not_shown, verdict_of
from evalwidgets.analysis.qualification.sequential import running, sequential_bounds
from evalwidgets.analysis.scales import Scale
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.rubric import Rubric


def judge(
    ratings: pd.DataFrame,
    gold: pd.DataFrame,
    rubric: Rubric,
    rule: ExamRule,
    *,
    kinds: Mapping[str, str] | None = None,
) -> ExamResult:
    """Return the verdict on one candidate's exam, with its evidence.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table of one exam of one candidate; of several revisions the last counts.
        The order of the tasks is that of `position`, else of `submitted_at`, else of the rows.
    gold : DataFrame
        As of `gold_table`: `task, criterion, accepted` and, where known, `tolerance, na`.
    rubric : Rubric
        The rule book, with its boundary notes.
    rule : ExamRule
        The rule that was logged when the exam began; see `rule_for`.
    kinds : mapping, optional
        Task to its kind, such as its edit type, for the points of focus.

    Raises
    ------
    RatingsError
        If the ratings are of several people, or a value is not on its scale.

    Notes
    -----
    *Pass* when the low end of the rate reaches the target; *not yet* when the high end
    lies below it, when a criterion's high end lies below that criterion's target, or when
    a severe case of safety was missed; else *not enough evidence*. With fewer than
    `rule.least` gold tasks it is always the last.

    The ends make the rule's promises. The low end lies above the true rate with a chance
    of `alpha` at most. Half of `beta` is spent on the high end of the rate, and half on
    those of the criteria together (Bonferroni). Both hold however the answers of one task
    hang together (see `rate_interval`); they suppose that the exam's tasks are drawn like
    those to come. A missed severe case is a rule and no statistic: `beta` does not cover it.

    "Not applicable" is an answer, as in `gold_accuracy`: wrong where gold accepts a level,
    as a level is where gold says that the criterion must not apply.
    """
    found = _until_decided(exam_judgements(ratings, gold, rubric, rule), rule)
    criteria = tuple(_criterion(found, scale, rule) for scale in found.scales)
    bounds = _ends(found.shares, rule, rule.overall_beta)
    verdict, reasons = verdict_of(found, bounds, criteria, rule)
    rows = found.rows
    return ExamResult(
        verdict=verdict,
        reasons=reasons,
        not_shown=tuple(not_shown(found, criteria, rule)),
        rule=rule,
        n_tasks=len(found.tasks),
        n_judgements=len(rows),
        n_right=int(rows["right"].sum()),
        rate=float(found.shares.mean()) if len(rows) else None,
        low=bounds.low,
        high=bounds.high,
        criteria=criteria,
        n_severe=len(found.severe),
        n_severe_missed=sum(found.severe.values()),
        focus=focus_points(rows, rubric, kinds),
        left_out=found.left_out,
    )


def _until_decided(found: Judgements, rule: ExamRule) -> Judgements:
    """Return the judgements that count: of a sequential exam those up to the task that decided it."""
    if not rule.sequential:
        return found
    table = running(found, rule)
    decided = table.loc[table["verdict"] != "not_enough", "n_tasks"]
    return found.first(int(decided.iloc[0]) if len(decided) else rule.most)


def _ends(shares: FloatArray, rule: ExamRule, beta: float) -> Interval:
    """Return the ends of a rate: the low one wrong with alpha at most, the high one with this beta."""
    ends = sequential_bounds if rule.sequential else rate_interval
    return ends(shares, rule.alpha, beta)


def _criterion(found: Judgements, scale: Scale, rule: ExamRule) -> CriterionResult:
    rows = found.of(scale.id)
    target = rule.targets[scale.id]
    ends = _ends(rows["right"].to_numpy(dtype=np.float64), rule, rule.criterion_beta)
    bias, low, high = _bias(rows["deviation"].dropna().to_numpy(dtype=np.float64))
    return CriterionResult(
        id=scale.id,
        label=scale.name,
        n=len(rows),
        right=int(rows["right"].sum()),
        low=ends.low,
        high=ends.high,
        target=target,
        standing=_standing(len(rows), ends, target, rule),
        bias=bias,
        bias_low=low,
        bias_high=high,
    )


def _standing(n: int, ends: Interval, target: float, rule: ExamRule) -> Standing:
    if n < max(rule.thin, 1):
        return "thin"
    if ends.high < target:
        return "missed"
    return "reached" if ends.low >= target else "open"


def _bias(deviations: FloatArray) -> tuple[float | None, float | None, float | None]:
    """Return the mean difference in levels with its 95 % interval (Student); None where there is none."""
    n = len(deviations)
    if not n:
        return None, None, None
    mean = float(deviations.mean())
    if n == 1:
        return mean, None, None
    half = student_t_quantile(0.975, n - 1) * float(deviations.std(ddof=1)) / n**0.5
    return mean, mean - half, mean + half
