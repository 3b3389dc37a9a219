"""What an exam showed: a verdict with its reasons, the rate, each criterion, and what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import pandas as pd

from evalwidgets.analysis.numbers import signed
from evalwidgets.analysis.results import LeftOut, Told, counted
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.lesson_events import Verdict

Standing = Literal["reached", "missed", "open", "thin"]
"""Of a criterion: shown to reach its target, shown to miss it, neither, or too few tasks to say."""

IN_WORDS: dict[Verdict, str] = {"pass": "pass", "not_yet": "not yet", "not_enough": "not enough evidence"}
DRIFT = 0.5
"""Levels by which a criterion must lean, on average, before it is called a drift."""


class CriterionResult(NamedTuple):
    """One criterion of an exam."""

    id: str
    label: str
    n: int
    """Judgements, one a task."""
    right: int
    """Of them, those within tolerance, or the same where the rule wants it exact."""
    low: float
    high: float
    target: float
    standing: Standing
    bias: float | None
    """Mean signed difference from gold in levels, lenient above zero; None off a numbered scale."""
    bias_low: float | None
    bias_high: float | None

    @property
    def rate(self) -> float | None:
        """The share of judgements that are right; None without any."""
        return self.right / self.n if self.n else None

    @property
    def drifts(self) -> bool:
        """Whether it leans to one side by half a level or more, and surely so."""
        if self.bias is None or self.bias_low is None or self.bias_high is None:
            return False
        return abs(self.bias) >= DRIFT and (self.bias_low > 0 or self.bias_high < 0)


class FocusPoint(NamedTuple):
    """What to read again, without telling any task's gold."""

    criterion: str
    lower: int | None
    """The lower level of the boundary in question; None where there is none."""
    text: str


@dataclass(frozen=True, repr=False)
class ExamResult(Told):
    """The result of one exam under one rule.

    `rate` is the mean over tasks of the share of judgements that are right: every task
    counts the same, however many criteria it was judged on. `low` is exceeded by all but
    `rule.alpha` of such exams, `high` undercut by all but half of `rule.beta`.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    """Why, in sentences; the first says what decided."""
    not_shown: tuple[str, ...]
    """What the exam does not show, in sentences."""
    rule: ExamRule
    n_tasks: int
    n_judgements: int
    n_right: int
    rate: float | None
    low: float
    high: float
    criteria: tuple[CriterionResult, ...]
    n_severe: int
    n_severe_missed: int
    focus: tuple[FocusPoint, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def finding(self) -> str:
        """The verdict in words, with what decided it."""
        said = IN_WORDS[self.verdict]
        return f"{said[0].upper()}{said[1:]}: {self.reasons[0].rstrip('.')}"

    @property
    def rows(self) -> pd.DataFrame:
        """The criteria as a table."""
        table = pd.DataFrame(self.criteria, columns=CriterionResult._fields)
        table.insert(4, "rate", [one.rate for one in self.criteria])
        return table

    @property
    def figures(self) -> dict[str, Any]:
        """The result as JSON can hold it, for the log."""
        names = ("n_tasks", "n_judgements", "n_right", "rate", "low", "high", "n_severe", "n_severe_missed")
        return {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "not_shown": list(self.not_shown),
            **{name: getattr(self, name) for name in names},
            "criteria": [one._asdict() for one in self.criteria],
            "focus": [one._asdict() for one in self.focus],
            "rule": self.rule.model_dump(mode="json"),
        }


def standing(result: ExamResult) -> str:
    """Return what a check-in says: how many criteria are as they should be, and which lean or slip.

    Notes
    -----
    It is never a verdict. A criterion is named when its answers lean by half a level or
    more, with an interval that leaves zero out, or when its rate lies surely below target.
    """
    rated = [one for one in result.criteria if one.n]
    if not rated:
        return "No answer of it has gold to compare with."
    slipped = {one.id: one for one in rated if one.drifts or one.high < one.target}
    fine = len(rated) - len(slipped)
    said = f"{fine} of {counted(len(rated), 'criterion')} as before"
    return f"{'; '.join([said, *map(_slip, slipped.values())])}."


def _slip(one: CriterionResult) -> str:
    if one.drifts and one.bias is not None:
        return f"{one.label} drifts {'lenient' if one.bias > 0 else 'strict'} ({signed(one.bias, 1)})"
    return f"{one.label}: {one.right} of {one.n} as gold has it"
