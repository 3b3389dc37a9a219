"""What a report is made from: ratings, scales, gold, and every statistic of them, computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from evalwidgets.analysis.agreement.agreement_table import AgreementTable, agreement_by_criterion
from evalwidgets.analysis.agreement.pairwise import PairwiseAgreement, pairwise_agreement
from evalwidgets.analysis.agreement.reliability import ReliabilityTable, reliability_of_mean
from evalwidgets.analysis.causes.causes import Causes, suggest_causes
from evalwidgets.analysis.causes.disagreement import Spread, spread
from evalwidgets.analysis.evidence.audit import EvidenceAudit, evidence_audit
from evalwidgets.analysis.gold.accuracy import AccuracyTable, gold_accuracy
from evalwidgets.analysis.gold.coverage import GoldCoverage, gold_coverage
from evalwidgets.analysis.gold.gate_errors import GateErrorTable, gate_errors
from evalwidgets.analysis.gold.gold_health import GoldHealth, gold_health
from evalwidgets.analysis.gold.gold_kappa import GoldKappaTable, kappa_with_gold
from evalwidgets.analysis.gold.headline import Headline, headline
from evalwidgets.analysis.labels import task_labels
from evalwidgets.analysis.reviewers.drift import DriftTable, reviewer_drift
from evalwidgets.analysis.reviewers.habits import HabitTable, reviewer_habits
from evalwidgets.analysis.reviewers.inconsistency import InconsistencyTable, reviewer_inconsistency
from evalwidgets.analysis.reviewers.self_consistency import SelfConsistency, self_consistency
from evalwidgets.analysis.reviewers.severity import SeverityTable, reviewer_severity
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a report is made from; each statistic is computed once, when a section asks for it.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.
    rubric : Rubric, Scale or list of Scale
        The scales; only a rubric says what follows from a gate's answer.
    gold : DataFrame or None
        The gold table, where there is gold.
    source : str
        What the ratings were read from.
    understood : tuple of str
        How they were read: what was guessed, what is unusual.
    tasks : sequence of Task
        The tasks, where they are known: their tags name kinds of tasks.
    openings : DataFrame or None
        Who opened measured evidence, where a store has logged it.
    """

    ratings: pd.DataFrame
    rubric: Any
    gold: pd.DataFrame | None = None
    source: str = ""
    understood: tuple[str, ...] = ()
    tasks: Sequence[Task] = ()
    openings: pd.DataFrame | None = None

    @cached_property
    def looks(self) -> EvidenceAudit | None:
        """What happened to answers after their reviewers saw the evidence; None if nobody looked."""
        if self.openings is None or not (self.openings["kind"] == "evidence").any():
            return None
        return evidence_audit(self.ratings, self.openings, self.rubric)

    @cached_property
    def agreement(self) -> AgreementTable:
        """Agreement by criterion."""
        return agreement_by_criterion(self.ratings, self.rubric)

    @cached_property
    def spread(self) -> Spread:
        """How far reviewers lie apart, task by criterion."""
        return spread(self.ratings, self.rubric)

    @cached_property
    def causes(self) -> Causes:
        """Why they do, as far as it can be suggested."""
        return suggest_causes(self.ratings, self.rubric, self.gold, task_labels(self.tasks) or None)

    @cached_property
    def reliability(self) -> ReliabilityTable:
        """How many reviewers are needed."""
        return reliability_of_mean(self.ratings, self.rubric)

    def pairwise(self, criterion: str) -> PairwiseAgreement:
        """How each pair of reviewers agrees on one criterion."""
        return pairwise_agreement(self.ratings, self.rubric, criterion=criterion)

    @cached_property
    def inconsistency(self) -> InconsistencyTable:
        """Who scatters."""
        return reviewer_inconsistency(self.ratings, self.rubric)

    @cached_property
    def habits(self) -> HabitTable:
        """Who uses the middle of the scale, hurries, or gives all criteria the same."""
        return reviewer_habits(self.ratings, self.rubric, self.gold)

    @cached_property
    def repeats(self) -> SelfConsistency:
        """Who gives the same answer to the same question."""
        return self_consistency(self.ratings, self.rubric)

    @cached_property
    def drift(self) -> DriftTable | None:
        """Who moves over time; None without times."""
        if "submitted_at" not in self.ratings or self.ratings["submitted_at"].isna().all():
            return None
        return reviewer_drift(self.ratings, self.gold, self.rubric)

    @cached_property
    def headline(self) -> Headline | None:
        """The figures that are read first; None without gold."""
        return None if self.gold is None else headline(self.ratings, self.gold, self.rubric)

    @cached_property
    def accuracy(self) -> AccuracyTable | None:
        """Rates against gold; None without gold."""
        return None if self.gold is None else gold_accuracy(self.ratings, self.gold, self.rubric)

    @cached_property
    def kappa(self) -> GoldKappaTable | None:
        """Agreement with gold beyond chance; None without gold."""
        return None if self.gold is None else kappa_with_gold(self.ratings, self.gold, self.rubric)

    @cached_property
    def severity(self) -> SeverityTable | None:
        """Shift from gold; None without gold."""
        return None if self.gold is None else reviewer_severity(self.ratings, self.gold, self.rubric)

    @cached_property
    def gold_health(self) -> GoldHealth | None:
        """Which gold is doubted; None without gold."""
        return None if self.gold is None else gold_health(self.ratings, self.gold, self.rubric)

    @cached_property
    def gold_coverage(self) -> GoldCoverage | None:
        """What gold covers; None without gold."""
        if self.gold is None:
            return None
        known = set(self.gold["task"])
        return gold_coverage(self.gold, self.rubric, [task for task in self.tasks if task.id in known])

    @cached_property
    def gates(self) -> GateErrorTable | None:
        """How gates go wrong; None without gold, or without a rubric that says what gates do."""
        if self.gold is None or not isinstance(self.rubric, Rubric):
            return None
        return gate_errors(self.ratings, self.gold, self.rubric)
