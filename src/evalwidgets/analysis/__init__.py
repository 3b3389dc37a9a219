"""Tables in, numbers with their evidence out: agreement, accuracy, severity, disagreement.

Every statistic is a pure function of the tidy table (`task, reviewer, criterion,
value`) and says in its docstring how to read the number and when it misleads.
Charts are in `evalwidgets.analysis.charts`.
"""

from evalwidgets.analysis.accuracy import gold_accuracy
from evalwidgets.analysis.agreement import (
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from evalwidgets.analysis.agreement_table import agreement_by_criterion
from evalwidgets.analysis.confusion import gold_confusion
from evalwidgets.analysis.disagreement import most_disagreed, spread
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.patterns import count_patterns
from evalwidgets.analysis.ratings import RatingsWarning, first_revisions, last_revisions
from evalwidgets.analysis.scales import Scale
from evalwidgets.analysis.severity import reviewer_severity
from evalwidgets.analysis.work import work_done

__all__ = [
    "RatingsWarning",
    "Scale",
    "agreement_by_criterion",
    "count_patterns",
    "first_revisions",
    "gold_accuracy",
    "gold_confusion",
    "gwet_ac1",
    "gwet_ac2",
    "krippendorff_alpha",
    "last_revisions",
    "most_disagreed",
    "percent_agreement",
    "reviewer_severity",
    "spread",
    "wilson_interval",
    "work_done",
]
