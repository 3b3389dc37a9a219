"""The verdict on an exam with its reasons in plain words: what decided, and what it does not show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from evalwidgets.analysis.intervals import Interval
from evalwidgets.analysis.qualification.exam_result import CriterionResult
from evalwidgets.analysis.qualification.judgements import Judgements
from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.lesson_events import Verdict


def verdict_of(
    found: Judgements, ends: Interval, criteria: Sequence[CriterionResult], rule: ExamRule
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict, and why, in sentences; the first says what decided."""
    missed = tuple(_misses(found, ends, criteria, rule))
    n = len(found.tasks)
    if n < rule.least:
        few = f"{counted(n, 'task')} with gold: a verdict takes {rule.least}."
        return "not_enough", (few, *missed)
    if missed:
        return "not_yet", missed
    if ends.low >= rule.target:
        sure = f"the rate is at least {_down(ends.low)}, and the target is {rule.target:.0%}."
        return "pass", (f"With {(1 - rule.alpha) * 100:g}% certainty {sure}",)
    return "not_enough", (_between(ends, rule),)


def _misses(
    found: Judgements, ends: Interval, criteria: Sequence[CriterionResult], rule: ExamRule
) -> Iterator[str]:
    missed = sum(found.severe.values())
    if missed:
        yield f"{missed} of {counted(len(found.severe), 'severe case')} of safety went unnoticed; none may."
    if ends.high < rule.target:
        yield f"The rate is at most {_up(ends.high)}, and the target is {rule.target:.0%}."
    for one in criteria:
        if one.standing == "missed":
            yield f"{one.label}: at most {_up(one.high)} are right, and the target is {one.target:.0%}."


def _between(ends: Interval, rule: ExamRule) -> str:
    return (
        f"The rate lies somewhere from {_down(ends.low)} to {_up(ends.high)}, "
        f"and the target of {rule.target:.0%} lies between."
    )


def not_shown(found: Judgements, criteria: Sequence[CriterionResult], rule: ExamRule) -> Iterator[str]:
    """Give what the exam does not show, in sentences."""
    if rule.safety and not found.severe:
        yield "No severe case of safety came up, so it shows nothing about how those are caught."
    thin = [one.label for one in criteria if one.standing == "thin"]
    if thin:
        yield f"{listed(thin, most=9)}: fewer than {max(rule.thin, 1)} tasks, too few to speak of alone."
    unsure = [one.label for one in criteria if one.standing == "open"]
    if unsure:
        yield f"{listed(unsure, most=9)}: neither shown to reach its own target nor to miss it."


def _down(rate: float) -> str:
    """Return a low end in percent, never higher than it is."""
    return f"{math.floor(rate * 1000) / 10:.1f}%"


def _up(rate: float) -> str:
    """Return a high end in percent, never lower than it is."""
    return f"{math.ceil(rate * 1000) / 10:.1f}%"
