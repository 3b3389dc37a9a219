"""Charts: each takes one result and returns a figure whose title states the finding."""

from evalwidgets.analysis.charts.accuracy_forest import accuracy_forest
from evalwidgets.analysis.charts.agreement_chart import agreement_chart
from evalwidgets.analysis.charts.confusion_matrix import confusion_matrix
from evalwidgets.analysis.charts.disagreed_tasks import disagreed_tasks
from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart

__all__ = [
    "Chart",
    "accuracy_forest",
    "agreement_chart",
    "confusion_matrix",
    "disagreed_tasks",
    "severity_forest",
    "spread_heatmap",
]
