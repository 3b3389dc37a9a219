"""The certificate of an exam: verdict, evidence, the rule with its error rates, what to read again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from evalwidgets.analysis.charts.style import LIGHT
from evalwidgets.analysis.qualification.exam_result import (
    IN_WORDS,
    CriterionResult,
    ExamResult,
    Standing,
)
from evalwidgets.analysis.reports.layout import as_html, as_markdown
from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.rubric import Rubric

_STANDINGS: dict[Standing, str] = {
    "reached": "reached",
    "missed": "not yet",
    "open": "not sure",
    "thin": "too few tasks",
}


class Bar(NamedTuple):
    """A rate on a line from 0 to 100, in percent of its length, and as text."""

    low: float
    high: float
    rate: float
    target: float
    text: str

    @property
    def width(self) -> float:
        """How long the interval is."""
        return self.high - self.low


class Line(NamedTuple):
    """One criterion of the table."""

    label: str
    right: str
    bar: Bar | None
    target: str
    standing: str


@dataclass(frozen=True, repr=False)
class Certificate:
    """What an exam showed, to print and to keep.

    Parameters
    ----------
    learner : str
        Who was examined.
    verdict : str
        "pass", "not yet" or "not enough evidence".
    summary : str
        What that means, in a sentence.
    facts : tuple of (str, str)
        Exam, rubric, tasks, date: what, and how it reads.
    reasons : tuple of str
        Why.
    bar : Bar or None
        The overall rate; None without any judgement.
    criteria : tuple of Line
        Each criterion against its target.
    focus : tuple of str
        What to read again.
    not_shown : tuple of str
        What the exam does not show.
    rule : tuple of (str, str)
        The rule and its error rates: what, and how it reads.
    characteristic : tuple of (str, str, str, str, str)
        True rate; of 100 such candidates so many pass, are told "not yet", "not enough
        evidence"; tasks on average. Empty without a table.
    """

    learner: str
    verdict: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    bar: Bar | None
    criteria: tuple[Line, ...]
    focus: tuple[str, ...]
    not_shown: tuple[str, ...]
    rule: tuple[tuple[str, str], ...]
    characteristic: tuple[tuple[str, str, str, str, str], ...]

    @property
    def title(self) -> str:
        """Whose certificate it is, and the verdict."""
        return f"{self.learner}: {self.verdict}"

    @cached_property
    def html(self) -> str:
        """One self-contained page for A4: no scripts, no address elsewhere, every text escaped."""
        return as_html("certificate.html.jinja", certificate=self, theme=LIGHT)

    @cached_property
    def markdown(self) -> str:
        """GitHub flavoured Markdown with tables, every text escaped."""
        return as_markdown("certificate.md.jinja", certificate=self)

    def __str__(self) -> str:
        """Return who was examined, and the verdict."""
        return f"{self.title}."

    def __repr__(self) -> str:
        """Return the same sentence: what a saved notebook shows as text."""
        return str(self)


def certificate(
    result: ExamResult,
    *,
    learner: str,
    rubric: Rubric,
    lesson: str,
    on: date,
    tasks: Collection[str] = (),
    characteristic: pd.DataFrame | None = None,
) -> Certificate:
    """Write the certificate of an exam.

    Parameters
    ----------
    result : ExamResult
        What `judge` returned; the rule is the one that it was judged by.
    learner : str
        Who was examined, as it shall be printed.
    rubric : Rubric
        The rule book, in the version of the exam.
    lesson : str
        The name of the exam.
    on : date
        The day of the exam.
    tasks : collection of str, optional
        The tasks that were put; only their number is printed.
    characteristic : DataFrame, optional
        What `operating_characteristic` says of the rule; every fifth percent is printed.
    """
    return Certificate(
        learner=learner,
        verdict=IN_WORDS[result.verdict],
        summary=_summary(result),
        facts=_facts(result, rubric, lesson, on, tasks),
        reasons=result.reasons,
        bar=_bar(result.rate, result.low, result.high, result.rule.target),
        criteria=tuple(map(_line, result.criteria)),
        focus=tuple(point.text for point in result.focus),
        not_shown=(*result.not_shown, *_left_out(result, tasks), _ALWAYS),
        rule=tuple(_rule(result.rule, rubric)),
        characteristic=() if characteristic is None else tuple(_chances(characteristic)),
    )


_ALWAYS = "It speaks of tasks like these, judged by this version of the rubric, on the day of the exam."


def _summary(result: ExamResult) -> str:
    target = f"{result.rule.target:.0%}"
    return {
        "pass": f"The answers agree with gold at least as often as the rubric asks: {target} or more.",
        "not_yet": "The answers do not agree with gold as the rubric asks yet. Practise, then try again.",
        "not_enough": (
            "This exam cannot tell whether the target is reached; more tasks may. "
            "It is no judgement on anybody."
        ),
    }[result.verdict]


def _left_out(result: ExamResult, tasks: Collection[str]) -> Iterator[str]:
    """Give what was put and not answered: those who leave out what is hard look better than they are."""
    missing = len(tasks) - result.n_tasks
    if missing > 0 and not result.rule.sequential:
        were = "was" if missing == 1 else "were"
        yield f"{missing} of {counted(len(tasks), 'task')} {were} not answered, perhaps the harder ones."


def _facts(
    result: ExamResult, rubric: Rubric, lesson: str, on: date, tasks: Collection[str]
) -> tuple[tuple[str, str], ...]:
    put = f" of {len(tasks)}" if tasks else ""
    severe = "none came up"
    if result.n_severe:
        severe = f"{result.n_severe - result.n_severe_missed} of {result.n_severe} noticed"
    facts = [
        ("Exam", lesson),
        ("Date", f"{on:%Y-%m-%d}"),
        ("Rubric", f"{rubric.title} {rubric.version} ({rubric.hash[:8]})"),
        ("Tasks with gold", f"{result.n_tasks}{put}"),
        ("Judgements", f"{result.n_right} of {result.n_judgements} right"),
    ]
    return (*facts, ("Severe cases", severe)) if result.rule.safety else tuple(facts)


def _bar(rate: float | None, low: float, high: float, target: float) -> Bar | None:
    if rate is None:
        return None
    return Bar(100 * low, 100 * high, 100 * rate, 100 * target, f"{rate:.0%} ({low:.0%} to {high:.0%})")


def _line(one: CriterionResult) -> Line:
    return Line(
        one.label,
        f"{one.right} of {one.n}" if one.n else "none",
        _bar(one.rate, one.low, one.high, one.target),
        f"{one.target:.0%}",
        _STANDINGS[one.standing],
    )


def _rule(rule: ExamRule, rubric: Rubric) -> tuple[tuple[str, str], ...]:
    labels = listed((rubric.criterion(name).label for name in rule.exact), most=9)
    exact = f"; exact: {labels}" if labels else ""
    safety = " A severe case of safety that went unnoticed decides alone." if rule.safety else ""
    every = sum(rule.targets.values()) / len(rule.targets)
    return (
        ("Tasks", _length(rule)),
        (
            "Right",
            f"what lies within the tolerance of the rubric{exact}. The rate is "
            "the mean over tasks of the share of judgements that are right, and its interval holds however "
            "the answers of one task hang together.",
        ),
        (
            "Pass",
            f"with {(1 - rule.alpha) * 100:g}% certainty the rate reaches {rule.target:.0%}. "
            f"Of those whose true rate is below, {rule.alpha * 100:g} in 100 pass at most.",
        ),
        (
            "Not yet",
            "the rate, or that of one criterion, is surely below its target. Of those who reach every target "
            f"(who just does has a rate of about {every:.0%}), {rule.beta * 100:g} in 100 are told so at "
            f"most, all criteria taken together.{safety}",
        ),
        ("Not enough evidence", f"anything else, and always with fewer than {rule.least} tasks."),
    )


def _length(rule: ExamRule) -> str:
    if not rule.sequential:
        return f"{rule.size}, never seen before, answered without feedback."
    return (
        "never seen before, answered without feedback, until the evidence sufficed: "
        f"after {rule.least} at the earliest and {rule.most} at the latest."
    )


def _chances(table: pd.DataFrame) -> list[tuple[str, str, str, str, str]]:
    whole = (table["rate"] * 20).round(6) % 1 == 0
    columns = ["rate", "passed", "not_yet", "not_enough", "n_tasks"]
    return [
        (f"{rate * 100:g}%", _of_100(passed), _of_100(not_yet), _of_100(not_enough), f"{tasks:.0f}")
        for rate, passed, not_yet, not_enough, tasks in table.loc[whole, columns]
        .astype(float)
        .to_numpy()
        .tolist()
    ]


def _of_100(share: float) -> str:
    """Return so many of 100, in words a reader takes at a glance: what is rare is no zero."""
    return "under 1" if 0 < share < 0.005 else f"{share * 100:.0f}"
