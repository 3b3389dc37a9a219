"""One score out of many answers, with the caps that limited it, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from evalwidgets.core.criterion import Criterion, Gate, Ordinal
from evalwidgets.core.review import Sheet
from evalwidgets.core.rubric import Cap, Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import Value

__all__ = ["Overall", "overall_score"]


class Overall(Value):
    """The overall score of one review."""

    score: float | None = None
    """What is left after the caps; None when there is none."""
    uncapped: float | None = None
    """What it would be without any cap."""
    fired: tuple[Cap, ...] = ()
    """The caps that limit a level or the score, in the order of the rubric."""
    why: str = ""
    """Why there is no score, as a sentence; empty when there is one."""


class _NoScore(Exception):
    """There is no overall score; the message says why."""


class _Facts(NamedTuple):
    """What a review says, as far as it was asked."""

    rubric: Rubric
    asked: tuple[Criterion, ...]
    values: dict[str, Any]
    sheet: Sheet
    tags: Mapping[str, Any] | None

    @property
    def ordinals(self) -> list[Ordinal]:
        """The asked ordinal criteria that have a level."""
        return [one for one in self.asked if isinstance(one, Ordinal) and one.id in self.values]

    def level(self, name: str | None) -> float:
        """Return the level of a criterion; below all levels when it has none."""
        return float(self.values.get(name or "", -math.inf))

    def holding(self) -> list[Cap]:
        """Return the caps whose condition holds."""
        return [cap for cap in self.rubric.caps if cap.when.holds(self.values, self.tags)]

    def capped(self, caps: Sequence[Cap]) -> _Facts:
        """Return the facts with the levels limited by these caps."""
        values = dict(self.values)
        for cap in caps:
            values[str(cap.criterion)] = min(values[str(cap.criterion)], cap.at_most)
        return self._replace(values=values)


def overall_score(rubric: Rubric, sheet: Sheet, task: Task | None = None) -> Overall:
    """Return the overall score of a sheet or review by the rule of its rubric.

    Parameters
    ----------
    rubric : Rubric
        The rule book; its `overall.kind` names the rule.
    sheet : Sheet or Review
        What was said. Answers to criteria that are not asked do not count.
    task : Task, optional
        The task that was judged. Without it, an unanswered criterion that rests on the
        task's tags counts as not applicable.

    Returns
    -------
    Overall
        On the scale of the levels for `weighted_mean` (the weights of what has a level,
        scaled to sum to 1) and `geometric_mean_of_minima` (of the lowest level of each
        family); 1 or 0 for `all_full`; whatever the rows say for `decision_table`.

    Notes
    -----
    A cap on a criterion limits that level inside the score; a cap without one limits the
    score. A cap counts as fired when its condition holds and what it limits was higher.
    """
    tags = None if task is None else task.tags
    asked = rubric.asked(sheet.values, tags)
    values = {one.id: sheet.values[one.id] for one in asked if one.id in sheet.values}
    facts = _Facts(rubric, asked, values, sheet, tags)
    try:
        _ended(facts)
        _complete(facts)
        return _limited(facts)
    except _NoScore as reason:
        return Overall(why=f"No overall score: {reason}")


def _limited(facts: _Facts) -> Overall:
    on_levels = [cap for cap in facts.holding() if facts.level(cap.criterion) > cap.at_most]
    capped = facts.capped(on_levels)
    reached = _score(capped)
    on_score = [cap for cap in capped.holding() if cap.criterion is None and reached > cap.at_most]
    return Overall(
        score=min([reached, *(cap.at_most for cap in on_score)]),
        uncapped=_score(facts),
        fired=tuple(cap for cap in facts.rubric.caps if cap in on_levels or cap in on_score),
    )


def _ended(facts: _Facts) -> None:
    """Raise when a gate ended or narrowed the review, or the rubric wants no score."""
    if facts.rubric.overall.kind == "none":
        msg = "this rubric shows the profile of its criteria only."
        raise _NoScore(msg)
    for gate in facts.asked:
        option = gate.option(facts.values.get(gate.id)) if isinstance(gate, Gate) else None
        if option is not None and option.leaves is not None:
            verb = "ended at" if option.next == "stop" else "was narrowed by"
            msg = f"the review {verb} {gate.label} ({option.value})."
            raise _NoScore(msg)


def _complete(facts: _Facts) -> None:
    """Raise when a required answer that was asked for is missing, or one is not on its scale."""
    missing = [
        one.label
        for one in facts.asked
        if one.required
        and not facts.sheet.answer(one.id).given
        and not (one.applies_when and one.applies_when.holds(facts.values, facts.tags) is None)
    ]
    if missing:
        msg = f"not rated yet: {', '.join(missing)}."
        raise _NoScore(msg)
    odd = [one.label for one in facts.asked if one.id in facts.values and one.explain(facts.values[one.id])]
    if odd:
        msg = f"not on its scale: {', '.join(odd)}."
        raise _NoScore(msg)


def _score(facts: _Facts) -> float:
    return _RULES[facts.rubric.overall.kind](facts)


def _weighted_mean(facts: _Facts) -> float:
    weighed = [one for one in facts.ordinals if one.weight > 0]
    if not weighed:
        msg = "no criterion with a weight has a level."
        raise _NoScore(msg)
    total = math.fsum(one.weight for one in weighed)
    return math.fsum(one.weight * facts.values[one.id] for one in weighed) / total


def _geometric_mean_of_minima(facts: _Facts) -> float:
    levels = {one.id: facts.values[one.id] for one in facts.ordinals}
    families = [
        [levels[name] for name in family if name in levels] for family in facts.rubric.overall.families
    ]
    minima = [min(family) for family in families if family]
    if not minima:
        msg = "no criterion of its families has a level."
        raise _NoScore(msg)
    return float(math.prod(minima) ** (1 / len(minima)))


def _decision_table(facts: _Facts) -> float:
    rule = facts.rubric.overall
    for row in rule.table:
        verdict = row.when.holds(facts.values, facts.tags)
        if verdict is None:
            msg = "its table rests on the task's tags, and the task is not at hand."
            raise _NoScore(msg)
        if verdict:
            return row.score
    if rule.otherwise is None:
        msg = "no row of its table fits these answers."
        raise _NoScore(msg)
    return rule.otherwise


def _all_full(facts: _Facts) -> float:
    if not facts.ordinals:
        msg = "no criterion has a level."
        raise _NoScore(msg)
    return float(all(facts.values[one.id] == max(one.scale) for one in facts.ordinals))


_RULES = {
    "weighted_mean": _weighted_mean,
    "geometric_mean_of_minima": _geometric_mean_of_minima,
    "decision_table": _decision_table,
    "all_full": _all_full,
}
