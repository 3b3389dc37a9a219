"""The rule of an exam: what must be shown, on how much evidence, and how often it may err."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from evalwidgets.core.criterion import Criterion, Gate, Ordinal
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Name, Value
from evalwidgets.errors import RubricError, UnknownName

Rate = Annotated[float, Field(gt=0, lt=1)]
Chance = Annotated[float, Field(gt=0, le=0.5)]

SAFETY = "safety"
"""What a gate about safety is called."""
SEVERITY = "severity"
"""What an ordinal criterion is called that grades cases of safety, the highest level being severe."""
USUAL_TARGET = 0.8
"""The overall target where the rubric states none."""
_JUDGED = frozenset({"ordinal", "choice", "yes_no", "preference", "multi", "count"})


class ExamRule(Value):
    """How an exam is judged; it is logged with the exam, so that a verdict can be read against it.

    The rule makes two promises, whatever ties the answers of one task together. Of those
    whose true rate is below `target` at most `alpha` pass; of those who are at or above
    every target at most `beta` are told "not yet".
    """

    target: Rate
    """The share of judgements within tolerance that a candidate must be shown to reach."""
    targets: dict[Name, Rate]
    """Criterion to its own target; a candidate must not be shown to miss it. No others are judged."""
    exact: tuple[Name, ...] = ()
    """The criteria that are judged exactly, whatever tolerance the rubric or gold grants."""
    safety: tuple[Name, ...] = ()
    """The gates on which one missed severe case means "not yet"."""
    least: PositiveInt = 20
    """With fewer gold tasks than this there is never a verdict."""
    thin: NonNegativeInt = 10
    """With fewer tasks than this nothing is said of a single criterion."""
    size: PositiveInt = 24
    """Tasks of a plain exam."""
    most: PositiveInt = 60
    """Tasks after which a sequential exam ends without a verdict."""
    alpha: Chance = 0.05
    """The chance that somebody below the target passes, at most."""
    beta: Chance = 0.05
    """The chance that somebody at or above every target is told "not yet", at most."""
    sequential: bool = False
    """Whether the exam ends, from `least` tasks on, as soon as the evidence suffices."""

    @model_validator(mode="after")
    def _parts_fit_together(self) -> ExamRule:
        if not self.targets:
            msg = "targets: expected at least one criterion with its target, got none"
            raise ValueError(msg)
        if self.sequential and self.most < self.least:
            msg = f"most: expected at least {self.least} tasks (least), got {self.most}"
            raise ValueError(msg)
        return self

    @property
    def length(self) -> int:
        """The tasks that must be at hand when the exam begins."""
        return self.most if self.sequential else self.size

    @property
    def overall_beta(self) -> float:
        """The part of `beta` that the overall rate may use; the criteria share the other half."""
        return self.beta / 2

    @property
    def criterion_beta(self) -> float:
        """The part of `beta` that each criterion may use: together they stay within it (Bonferroni)."""
        return self.beta / 2 / len(self.targets)


def rule_for(
    rubric: Rubric,
    *,
    target: float | None = None,
    size: int = 24,
    sequential: bool = False,
    most: int = 60,
    least: int = 20,
    alpha: float = 0.05,
    beta: float = 0.05,
    safety: Collection[str] | None = None,
) -> ExamRule:
    """Return the rule by which an exam under this rubric is judged.

    Parameters
    ----------
    rubric : Rubric
        States each criterion's target: `targets.within`, on gates `targets.exact`.
        A criterion without targets is no part of the exam.
    target : float, optional
        The overall target; else the lowest of the criteria's, which nobody misses who
        reaches each of them.
    size, sequential, most, least, alpha, beta
        As in `ExamRule`.
    safety : collection of str, optional
        The gates that are about safety, where the rubric does not say so by its names
        (see `safety_gates`).

    Raises
    ------
    RubricError
        If the rubric has no criterion that gold could judge.
    UnknownName
        If `safety` names no gate of the rubric.
    """
    rated = [one for one in rubric.all if one.control in _JUDGED and one.gold_kind in ("point", "set")]
    aimed = [one for one in rated if one.targets] or [one for one in rated if one.required]
    if not aimed:
        problem = f"{rubric.id} {rubric.version}: an exam needs criteria that gold can judge; it has none"
        raise RubricError([problem])
    gates = safety_gates(rubric) if safety is None else tuple(safety)
    for name in gates:
        if name not in [gate.id for gate in rubric.gates]:
            raise UnknownName("gate", name, [gate.id for gate in rubric.gates], f"rubric {rubric.id}")
    targets = {one.id: _target(one) for one in aimed}
    return ExamRule(
        target=min(targets.values()) if target is None else target,
        targets=targets,
        exact=tuple(one.id for one in aimed if one.is_gate or one.id in (SAFETY, SEVERITY)),
        safety=gates,
        least=least,
        size=size,
        most=most,
        alpha=alpha,
        beta=beta,
        sequential=sequential,
    )


def safety_gates(rubric: Rubric) -> tuple[str, ...]:
    """Return the gates that are about safety: those with severe cases that must never be missed.

    Notes
    -----
    A rubric says so by its names. A gate called `safety` is one, and so is a gate that
    opens an ordinal criterion called `severity`, as in `safety-screening`. Which of its
    cases are severe follows from the gate itself: gold that ends the review
    (`next: stop`), else gold at the highest level of the criterion that grades it.
    """
    graded = [one for one in rubric.criteria if isinstance(one, Ordinal) and one.id == SEVERITY]
    opens = {name for one in graded if one.applies_when for name in one.applies_when.answers_used()}
    return tuple(gate.id for gate in rubric.gates if gate.id == SAFETY or gate.id in opens)


def _target(criterion: Criterion) -> float:
    """Return the rate to reach; a target of 1 could never be shown and is read as 0.99."""
    if criterion.targets is None:
        return USUAL_TARGET
    stated = criterion.targets.exact if isinstance(criterion, Gate) else criterion.targets.within
    return min(max(stated, 0.01), 0.99)
