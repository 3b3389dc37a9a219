"""Sections on agreement: how much, between whom, how many reviewers, where it breaks and why."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis.causes.disagreement import most_disagreed
from evalwidgets.analysis.charts.agreement_chart import agreement_chart
from evalwidgets.analysis.charts.cause_queue import cause_queue
from evalwidgets.analysis.charts.pairwise_matrix import pairwise_matrix
from evalwidgets.analysis.charts.reliability_curve import reliability_curve
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import Section
from evalwidgets.analysis.reports.section_tables import drawn, estimates, notes_of
from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.cause import CAUSES

_MOST_TASKS = 20
_MOST_CAUSES = 25
_MOST_MATRICES = 2
_MOST_PAIRED = 300
"""Reviewers; of more, every pair would be a table of its own."""


def agreement(evidence: Evidence) -> Section:
    """Show agreement by criterion: percent, alpha and AC, never one alone."""
    table = evidence.agreement
    within = estimates(table.rows, "percent_within", kind=".0%")
    shown = pd.DataFrame(
        {
            "Criterion": table.rows["label"],
            "Tasks": table.rows["n_tasks"],
            "Reviewers": table.rows["n_reviewers"],
            "Same answer": estimates(table.rows, "percent_agreement", kind=".0%"),
            "Within tolerance": [
                text if tolerance else ""
                for text, tolerance in zip(within, table.rows["tolerance"], strict=True)
            ],
            "Krippendorff's alpha": estimates(table.rows, "alpha"),
            "Gwet's AC": estimates(table.rows, "ac"),
        }
    )
    return Section(
        "Agreement between reviewers",
        table.finding,
        charts=(drawn(agreement_chart, table),),
        reading="Alpha says how far agreement exceeds chance (0) on the way to always the same answer (1). "
        "Where nearly all answers are the same, alpha sinks and AC does not: read the two together.",
        points=notes_of(table.rows),
        table=shown,
    )


def pairwise(evidence: Evidence) -> Section | None:
    """Show who agrees with whom on the criteria where reviewers agree least."""
    rows = evidence.agreement.rows
    if not 3 <= evidence.ratings["reviewer"].nunique() <= _MOST_PAIRED:
        return None
    telling = rows[rows["alpha_low"].notna() & ~evidence.agreement.one_sided & (rows["n_reviewers"] > 2)]
    least = telling.sort_values("alpha", kind="stable").drop_duplicates("criterion").head(_MOST_MATRICES)
    found = [evidence.pairwise(name) for name in least["criterion"]]
    found = [one for one in found if one.tables.mean is not None]
    if not found:
        return None
    return Section(
        "Who agrees with whom",
        f"{found[0].finding}.",
        charts=tuple(drawn(pairwise_matrix, one) for one in found),
        reading=f"On {listed(one.scale.name for one in found)}, where reviewers agree least. Two groups that "
        "are high among themselves are camps; somebody who is low with everybody stands apart. Below some "
        "30 tasks in common a single kappa is off by 0.3 and more by chance.",
        points=tuple(f"{one.scale.name}: {one.mean}" for one in found),
    )


def reliability(evidence: Evidence) -> Section | None:
    """Show how many reviewers a task needs."""
    found = evidence.reliability
    needed = found.needed
    if needed.empty or needed["one"].isna().all():
        return None
    return Section(
        "How many reviewers we need",
        found.finding,
        charts=(drawn(reliability_curve, found),),
        reading="The mean of so many reviewers is as reliable as the curve says. Where the band is wide the "
        "number is a guess.",
        points=notes_of(needed),
    )


def disagreement(evidence: Evidence) -> Section:
    """Show on which tasks and criteria reviewers lie apart, and the suggested causes."""
    found, causes = evidence.spread, evidence.causes
    heat = drawn(spread_heatmap, found, causes=causes if len(causes.rows) else None)
    divided = bool(found.table.to_numpy(na_value=0).any()) if len(found.table) else False
    return Section(
        "Where reviewers differ",
        found.finding,
        charts=(heat,) if divided else (),
        reading="Along a row: what divides a task. Down a column: a criterion whose rule may be unclear.",
    )


def causes(evidence: Evidence) -> Section | None:
    """Show why reviewers differ, as far as it can be suggested."""
    found = evidence.causes
    if found.rows.empty:
        return None
    rows = found.rows.head(_MOST_CAUSES)
    shown = pd.DataFrame(
        {
            "Task": rows["task"],
            "Criterion": rows["label"],
            "Cause": [CAUSES[cause].name for cause in rows["cause"]],
            "Why": rows["reason"],
        }
    )
    rest = len(found.rows) - len(rows)
    return Section(
        "Why they differ",
        found.finding,
        charts=(drawn(cause_queue, found),),
        reading="Suggestions for the lead, who confirms or changes each; the clearest first."
        + (f" {counted(rest, 'suggestion')} more." if rest else ""),
        table=shown,
    )


def divided_tasks(evidence: Evidence) -> Section | None:
    """List the tasks that divide reviewers most, for the agenda of a meeting."""
    tasks = most_disagreed(evidence.ratings, evidence.rubric, _MOST_TASKS)
    if tasks.empty:
        return None
    shown = pd.DataFrame(
        {
            "Task": tasks["task"],
            "Criterion": tasks["label"],
            "Apart": [f"{score:.0%}" for score in tasks["score"]],
            "Answers": tasks["answers"],
        }
    )
    sentence = f"{counted(len(shown), 'task')} to talk about first: {listed(shown['Task'], most=5)}."
    reading = "How far two reviewers lie apart on the criterion that divides most, as a share of its scale."
    return Section("Most divided tasks", sentence, reading=reading, table=shown)
