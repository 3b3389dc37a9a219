"""What can be measured of an edit: where it changed its original, how sure that is, and what else moved."""

from evalwidgets.analysis.evidence.audit import EvidenceAudit, evidence_audit
from evalwidgets.analysis.evidence.comparison import compare
from evalwidgets.analysis.evidence.edit_evidence import EditEvidence
from evalwidgets.analysis.evidence.spotlight import overlay

__all__ = ["EditEvidence", "EvidenceAudit", "compare", "evidence_audit", "overlay"]
