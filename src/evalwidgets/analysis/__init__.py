"""Tables in, numbers with their evidence out: agreement, accuracy, severity, disagreement and why.

Every statistic is a pure function of the tidy table (`task, reviewer, criterion,
value`) and says in its docstring how to read the number and when it misleads.
Charts are in `evalwidgets.analysis.charts`.
"""

from evalwidgets.analysis.adjudication.cases import to_adjudicate
from evalwidgets.analysis.adjudication.labels import adjudicated_labels
from evalwidgets.analysis.aggregation.consensus import consensus
from evalwidgets.analysis.aggregation.dawid_skene import dawid_skene
from evalwidgets.analysis.aggregation.pair_models import models_of
from evalwidgets.analysis.aggregation.preference import preference
from evalwidgets.analysis.agreement.agreement import (
    brennan_prediger,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from evalwidgets.analysis.agreement.agreement_table import agreement_by_criterion
from evalwidgets.analysis.agreement.concordance import kendall_w
from evalwidgets.analysis.agreement.contribution import reviewer_contribution
from evalwidgets.analysis.agreement.icc import icc
from evalwidgets.analysis.agreement.kappa import cohen_kappa, conger_kappa
from evalwidgets.analysis.agreement.pairwise import pairwise_agreement
from evalwidgets.analysis.agreement.patterns import count_patterns, patterns_of_counts
from evalwidgets.analysis.agreement.reliability import reliability_of_mean
from evalwidgets.analysis.agreement.specific import specific_agreement
from evalwidgets.analysis.agreement.variance_components import variance_components
from evalwidgets.analysis.agreement.versions import by_version
from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.causes.disagreement import most_disagreed, spread
from evalwidgets.analysis.causes.hit_rate import cause_hits
from evalwidgets.analysis.evidence.audit import evidence_audit
from evalwidgets.analysis.gaps.clause_agreement import clause_agreement
from evalwidgets.analysis.gaps.register import gap_register
from evalwidgets.analysis.gaps.signals import gap_signals
from evalwidgets.analysis.gold.accuracy import gold_accuracy
from evalwidgets.analysis.gold.confusion import gold_confusion, reviewer_confusion
from evalwidgets.analysis.gold.coverage import gold_coverage
from evalwidgets.analysis.gold.exposure import gold_exposure
from evalwidgets.analysis.gold.gate_errors import gate_errors
from evalwidgets.analysis.gold.gold_health import gold_health
from evalwidgets.analysis.gold.gold_kappa import kappa_with_gold
from evalwidgets.analysis.gold.headline import headline
from evalwidgets.analysis.gold.planner import gold_tasks_for_verdict, gold_tasks_needed, plan_gold
from evalwidgets.analysis.gold.promotion import propose_from
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.labels import task_labels
from evalwidgets.analysis.meeting.agenda import agenda
from evalwidgets.analysis.meeting.proposal import propose_tasks
from evalwidgets.analysis.meeting.room import room
from evalwidgets.analysis.meeting.tally import tally
from evalwidgets.analysis.qualification.characteristic import operating_characteristic
from evalwidgets.analysis.qualification.exam_result import standing
from evalwidgets.analysis.qualification.judge import judge
from evalwidgets.analysis.qualification.sequential import running_verdict
from evalwidgets.analysis.ratings import RatingsWarning, first_revisions, last_revisions
from evalwidgets.analysis.regions.heat_map import heat_map
from evalwidgets.analysis.regions.matching import match_regions
from evalwidgets.analysis.regions.region_accuracy import region_accuracy
from evalwidgets.analysis.regions.region_agreement import region_agreement
from evalwidgets.analysis.reports.certificate import certificate
from evalwidgets.analysis.reports.minutes import minutes
from evalwidgets.analysis.reports.protocol_card import protocol_card
from evalwidgets.analysis.reports.report import make_report
from evalwidgets.analysis.reviewers.drift import reviewer_drift
from evalwidgets.analysis.reviewers.habits import reviewer_habits
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency
from evalwidgets.analysis.reviewers.justification_quality import justification_quality
from evalwidgets.analysis.reviewers.self_consistency import self_consistency
from evalwidgets.analysis.reviewers.severity import reviewer_severity
from evalwidgets.analysis.rubric_change.bridge import bridge
from evalwidgets.analysis.rubric_change.bridge_tasks import bridge_tasks
from evalwidgets.analysis.rubric_change.impact import impact
from evalwidgets.analysis.rubric_change.what_if import what_if
from evalwidgets.analysis.scales import Scale
from evalwidgets.analysis.similar import Similar, find_similar
from evalwidgets.analysis.work import work_done

__all__ = [
    "RatingsWarning",
    "Scale",
    "Similar",
    "adjudicated_labels",
    "agenda",
    "agreement_by_criterion",
    "brennan_prediger",
    "bridge",
    "bridge_tasks",
    "by_version",
    "cause_hits",
    "certificate",
    "clause_agreement",
    "cohen_kappa",
    "conger_kappa",
    "consensus",
    "count_patterns",
    "dawid_skene",
    "evidence_audit",
    "find_similar",
    "first_revisions",
    "fleiss_kappa",
    "gap_register",
    "gap_signals",
    "gate_errors",
    "gold_accuracy",
    "gold_confusion",
    "gold_coverage",
    "gold_exposure",
    "gold_health",
    "gold_tasks_for_verdict",
    "gold_tasks_needed",
    "gwet_ac1",
    "gwet_ac2",
    "headline",
    "heat_map",
    "icc",
    "impact",
    "judge",
    "justification_quality",
    "kappa_with_gold",
    "kendall_w",
    "krippendorff_alpha",
    "last_revisions",
    "make_report",
    "match_regions",
    "minutes",
    "models_of",
    "most_disagreed",
    "operating_characteristic",
    "pairwise_agreement",
    "patterns_of_counts",
    "percent_agreement",
    "plan_gold",
    "preference",
    "propose_from",
    "propose_tasks",
    "protocol_card",
    "region_accuracy",
    "region_agreement",
    "reliability_of_mean",
    "reviewer_confusion",
    "reviewer_contribution",
    "reviewer_drift",
    "reviewer_habits",
    "reviewer_inconsistency",
    "reviewer_severity",
    "room",
    "running_verdict",
    "self_consistency",
    "specific_agreement",
    "spread",
    "standing",
    "suggest_causes",
    "tally",
    "task_labels",
    "to_adjudicate",
    "variance_components",
    "what_if",
    "wilson_interval",
    "work_done",
]
