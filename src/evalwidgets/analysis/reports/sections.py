"""The sections of a report in the order in which a lead reads; a new one is a function and a line here."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis.agreement.versions import by_version
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import MakeSection, Section
from evalwidgets.analysis.reports.section_tables import left_out
from evalwidgets.analysis.reports.sections_agreement import (
    agreement,
    causes,
    disagreement,
    divided_tasks,
    pairwise,
    reliability,
)
from evalwidgets.analysis.reports.sections_gold import (
    accuracy,
    confusions,
    gates,
    gold_coverage,
    gold_health,
    headline,
    kappa,
)
from evalwidgets.analysis.reports.sections_people import drift, habits, inconsistency, looks, severity
from evalwidgets.analysis.results import counted, listed


def what_was_read(evidence: Evidence) -> Section:
    """Say what the figures rest on."""
    ratings = evidence.ratings
    sizes = [counted(ratings[name].nunique(), name) for name in ("task", "reviewer", "criterion")]
    held = f"{counted(len(ratings), 'rating')}: {listed(sizes)}"
    points = list(evidence.understood) or _origin(ratings)
    if "submitted_at" in ratings and ratings["submitted_at"].notna().any():
        days = ratings["submitted_at"].dt.date
        points.append(f"Submitted from {days.min()} to {days.max()}")
    points.append("Gold: none was given" if evidence.gold is None else f"Gold: {_gold_size(evidence.gold)}")
    return Section("What was read", held, points=tuple(points))


def versions(evidence: Evidence) -> Section | None:
    """Say which versions of the rubric were used, where there are several."""
    ratings = evidence.ratings
    if "rubric_version" not in ratings or ratings["rubric_version"].nunique() < 2:
        return None
    rows = []
    for version, part in ratings.groupby("rubric_version", sort=True):
        days = part["submitted_at"].dt.date if "submitted_at" in part else pd.Series(dtype=object)
        span = f"{days.min()} to {days.max()}" if days.notna().any() else ""
        counts = [part[name].nunique() for name in ("task", "reviewer")]
        rows.append((str(version), *counts, len(part), span))
    shown = pd.DataFrame(rows, columns=["Version", "Tasks", "Reviewers", "Ratings", "Submitted"])
    majors = list(by_version(ratings))
    split = (
        f"Agreement is given for {listed(majors)} apart, because a level changed its meaning; all other "
        "figures pool them, and should be made for one version with --rubric-version."
        if len(majors) > 1
        else "They differ in wording and examples only, and are pooled."
    )
    return Section(
        "Rubric versions", f"The ratings rest on {counted(len(shown), 'version')}. {split}", table=shown
    )


def methods(evidence: Evidence) -> Section:
    """Say how the numbers were made and what does not enter them."""
    table = evidence.agreement
    points = [
        f"Agreement: {table.confidence_level:.0%} intervals by {table.method}; they speak of other tasks "
        "with these reviewers, not of other reviewers.",
        "Levels are those that are declared, used or not; of several revisions the first, blind one counts.",
    ]
    if evidence.accuracy is not None:
        points.append(f"Accuracy: intervals by {evidence.accuracy.method}.")
    if evidence.severity is not None:
        points.append(f"Severity: {evidence.severity.method}.")
    points += [f"Left out: {one}." for one in left_out(evidence)]
    return Section("How the numbers were made", "", points=tuple(dict.fromkeys(points)))


SECTIONS: tuple[MakeSection, ...] = (
    headline,
    what_was_read,
    versions,
    accuracy,
    gates,
    confusions,
    severity,
    drift,
    inconsistency,
    habits,
    looks,
    agreement,
    pairwise,
    reliability,
    disagreement,
    causes,
    divided_tasks,
    kappa,
    gold_health,
    gold_coverage,
    methods,
)
"""What a report says, in this order."""


def _origin(ratings: pd.DataFrame) -> list[str]:
    """Return what the table itself says of where it comes from."""
    known = [name for name in ("campaign", "round", "rubric", "rubric_version") if name in ratings]
    values = {name: sorted(ratings[name].dropna().astype(str).unique()) for name in known}
    return [f"{name.replace('_', ' ')}: {listed(values[name], most=8)}" for name in known if values[name]]


def _gold_size(gold: pd.DataFrame) -> str:
    return f"{counted(len(gold), 'answer')} for {counted(gold['task'].nunique(), 'task')}"
