"""Sections on reviewers: who is strict, who drifts or scatters, which habits, and who looked at evidence."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis.charts.drift_chart import drift_chart
from evalwidgets.analysis.charts.inconsistency_chart import inconsistency_chart
from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.numbers import true_minus
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import Section
from evalwidgets.analysis.reports.section_tables import drawn, estimates, few_enough, plain_numbers
from evalwidgets.analysis.results import listed
from evalwidgets.analysis.reviewers.habits import HABITS


def severity(evidence: Evidence) -> Section | None:
    """Show who is strict and who is lenient."""
    table = evidence.severity
    if table is None:
        return None
    pooled = table.pooled
    shown = pd.DataFrame(
        {
            "Reviewer": pooled["reviewer"],
            "Tasks": pooled["n_tasks"],
            "Levels above (+) or below (\N{MINUS SIGN}) gold": estimates(pooled, "bias", kind="+.2f"),
            "Flag": pooled["flag"],
            "Note": pooled["note"].map(true_minus),
        }
    )
    return Section(
        "Severity",
        table.finding,
        charts=(drawn(severity_forest, table),) if few_enough(pooled["reviewer"]) else (),
        reading="Where gold lies in the middle of the scale, a reviewer is so many levels above or below it.",
        table=shown,
    )


def drift(evidence: Evidence) -> Section | None:
    """Show who moves over time, and since when."""
    found = evidence.drift
    if found is None or found.rows.empty:
        return None
    pooled, moved = found.pooled, found.drifting
    charts = [drawn(drift_chart, found)] if few_enough(pooled["reviewer"]) else []
    charts += [drawn(drift_chart, found, reviewer=name) for name in moved["reviewer"].head(2)]
    told = pooled["bias"].notna().any() and len(set(pooled["period"])) > 1
    return Section(
        "Drift",
        found.finding,
        charts=tuple(charts) if told else (),
        reading="Each reviewer is compared with their own beginning; a change of the rubric moves everybody "
        "at once.",
        points=tuple(f"{found.in_words(row)}." for _, row in moved.iterrows()) if len(moved) > 1 else (),
    )


def inconsistency(evidence: Evidence) -> Section | None:
    """Show who scatters around the others."""
    found = evidence.inconsistency
    if found.pooled.empty:
        return None
    pooled = found.pooled
    shown = pd.DataFrame(
        {
            "Reviewer": pooled["reviewer"],
            "Tasks": pooled["n_tasks"],
            "Scatter in levels": estimates(pooled, "inconsistency"),
            "Median seconds": plain_numbers(pooled["median_seconds"], ".0f"),
            "Flag": pooled["flag"],
            "Note": pooled["note"],
        }
    )
    known = pooled["high"].notna().any()
    return Section(
        "Inconsistency",
        found.finding,
        charts=(drawn(inconsistency_chart, found),) if known and few_enough(pooled["reviewer"]) else (),
        reading="How far answers scatter around what the task would get from a steady reviewer. Own opinions "
        "on single tasks scatter too: a camp is not careless.",
        table=shown,
    )


def habits(evidence: Evidence) -> Section | None:
    """Show who uses the middle, hurries, or answers alike, and who repeats themselves."""
    found = evidence.habits
    if found.rows.empty:
        return None
    rows = found.rows
    shown = pd.DataFrame(
        {
            "Reviewer": rows["reviewer"],
            "Tasks": rows["n_tasks"],
            "Pull from the middle": estimates(rows, "pull"),
            "Halo": estimates(rows, "halo"),
            "Hasty": estimates(rows, "hasty", kind=".0%"),
            "Follows the answer before": estimates(rows, "order"),
            "Habit": [listed((HABITS[flag] for flag in flags), most=4) for flags in rows["flags"]],
        }
    )
    repeats = evidence.repeats
    return Section(
        "Habits",
        f"{found.finding}.",
        reading="0 is neutral everywhere. Below 0 in the first column everything is drawn to the middle of "
        "the scale; halo counts beyond what the other reviewers show on the same tasks.",
        points=() if repeats.pooled.empty else (f"{repeats.finding}.",),
        table=shown,
    )


def looks(evidence: Evidence) -> Section | None:
    """Show how often measured evidence was opened, and which way answers moved afterwards."""
    audit = evidence.looks
    if audit is None:
        return None
    rows = audit.rows[audit.rows["n_opened"] > 0]
    shown = pd.DataFrame(
        {
            "Criterion": rows["label"],
            "Answers": rows["n_answers"],
            "Looked into": rows["n_opened"],
            "Changed afterwards": estimates(rows, "changed", kind=".0%"),
            "Up": rows["n_up"],
            "Down": rows["n_down"],
            "Otherwise": rows["n_other"],
            "Mean step": plain_numbers(rows["mean_change"], "+.2f"),
        }
    )
    return Section(
        "Evidence: who looked, and what changed afterwards",
        f"{audit.finding}.",
        reading="People look where they are unsure, so this says nothing of answers whose evidence stayed "
        "closed. All other figures rest on what was answered before the look.",
        table=shown,
    )
