"""Reports: every result of a set of ratings on one page that needs nothing else."""

from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import Report, Section, make_report

__all__ = ["Evidence", "Report", "Section", "make_report"]
