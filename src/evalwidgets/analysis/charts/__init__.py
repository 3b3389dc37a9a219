"""Charts: each takes one result and returns a figure whose title states the finding."""

from evalwidgets.analysis.charts.accuracy_forest import accuracy_forest
from evalwidgets.analysis.charts.agreement_chart import agreement_chart
from evalwidgets.analysis.charts.cause_queue import cause_queue
from evalwidgets.analysis.charts.characteristic_chart import characteristic_chart
from evalwidgets.analysis.charts.clause_chart import clause_chart
from evalwidgets.analysis.charts.confusion_matrix import confusion_matrix
from evalwidgets.analysis.charts.consensus_chart import consensus_chart
from evalwidgets.analysis.charts.disagreed_tasks import disagreed_tasks
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.drift_chart import drift_chart
from evalwidgets.analysis.charts.gate_errors_chart import gate_errors_chart
from evalwidgets.analysis.charts.gold_coverage_chart import gold_coverage_chart
from evalwidgets.analysis.charts.gold_health_chart import gold_health_chart
from evalwidgets.analysis.charts.headline_chart import headline_chart
from evalwidgets.analysis.charts.inconsistency_chart import inconsistency_chart
from evalwidgets.analysis.charts.pairwise_matrix import pairwise_matrix
from evalwidgets.analysis.charts.planner_chart import planner_chart
from evalwidgets.analysis.charts.preference_chart import preference_chart
from evalwidgets.analysis.charts.region_heat_map import region_heat_map
from evalwidgets.analysis.charts.reliability_curve import reliability_curve
from evalwidgets.analysis.charts.room_strip import room_strip
from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart

__all__ = [
    "Chart",
    "accuracy_forest",
    "agreement_chart",
    "cause_queue",
    "characteristic_chart",
    "clause_chart",
    "confusion_matrix",
    "consensus_chart",
    "disagreed_tasks",
    "dot_tally",
    "drift_chart",
    "gate_errors_chart",
    "gold_coverage_chart",
    "gold_health_chart",
    "headline_chart",
    "inconsistency_chart",
    "pairwise_matrix",
    "planner_chart",
    "preference_chart",
    "region_heat_map",
    "reliability_curve",
    "room_strip",
    "severity_forest",
    "spread_heatmap",
]
