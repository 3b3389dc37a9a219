"""The sections of a report, in order; a new one is a function and a line in `SECTIONS`."""

from __future__ import annotations

import math
from functools import partial
from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.causes.disagreement import most_disagreed
from evalwidgets.analysis.charts.accuracy_forest import accuracy_forest
from evalwidgets.analysis.charts.agreement_chart import agreement_chart
from evalwidgets.analysis.charts.confusion_matrix import confusion_matrix
from evalwidgets.analysis.charts.severity_forest import severity_forest
from evalwidgets.analysis.charts.spread_heatmap import spread_heatmap
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.gold.accuracy import AccuracyTable
from evalwidgets.analysis.gold.confusion import Confusion, gold_confusion
from evalwidgets.analysis.reports.report import Draw, Evidence, MakeSection, Section
from evalwidgets.analysis.results import LeftOut, counted, listed
from evalwidgets.analysis.scales import scales_of

Rate = Literal["within", "exact"]

_MOST_MATRICES = 4
_MOST_TASKS = 20


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


def headline(evidence: Evidence) -> Section:
    """Say the findings in a few lines."""
    results = (evidence.agreement, evidence.accuracy, evidence.severity, evidence.spread)
    findings = tuple(f"{result.finding}." for result in results if result is not None)
    return Section("Headline", "", points=findings)


def agreement(evidence: Evidence) -> Section:
    """Show agreement by criterion: percent, alpha and AC, never one alone."""
    table = evidence.agreement
    shown = pd.DataFrame(
        {
            "Criterion": table.rows["label"],
            "Tasks": table.rows["n_tasks"],
            "Reviewers": table.rows["n_reviewers"],
            "Same answer": _estimates(table.rows, "percent_agreement", percent=True),
            "Within tolerance": _within(table.rows),
            "Krippendorff's alpha": _estimates(table.rows, "alpha"),
            "Gwet's AC": _estimates(table.rows, "ac"),
        }
    )
    noted = table.rows[table.rows["note"] != ""]
    return Section(
        "Agreement between reviewers",
        table.finding,
        charts=(partial(_draw_agreement, evidence),),
        reading="Alpha says how far agreement exceeds chance (0) on the way to always the same answer (1). "
        "Where nearly all answers are the same, alpha sinks and AC does not: read the two together.",
        points=tuple(f"{label}: {note}." for label, note in zip(noted["label"], noted["note"], strict=True)),
        table=shown,
    )


def accuracy(evidence: Evidence) -> Section | None:
    """Show how often each reviewer is right."""
    table = evidence.accuracy
    if table is None:
        return None
    pooled = table.rows[table.rows["criterion"] == ALL]
    shown = pd.DataFrame(
        {
            "Reviewer": pooled["reviewer"].replace({ALL: "All reviewers"}),
            "Tasks": pooled["n_tasks"],
            "Ratings": pooled["n_ratings"],
            "Exact": _estimates(pooled, "exact", percent=True),
            "Within tolerance": _estimates(pooled, "within", percent=True),
            "Below a target on": [_below(table.rows, name) for name in pooled["reviewer"]],
        }
    )
    return Section(
        "Accuracy against gold",
        table.finding,
        charts=() if pooled.empty else tuple(partial(_draw_accuracy, table, rate) for rate in _told(table)),
        reading="Read a rate with its interval: 8 of 10 is anything from 0.49 to 0.94. A verdict is given "
        "only where the whole interval lies on one side of the target.",
        table=shown,
    )


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
            "Levels above (+) or below (\N{MINUS SIGN}) gold": _estimates(pooled, "bias"),
            "Flag": pooled["flag"],
            "Note": pooled["note"],
        }
    )
    return Section(
        "Severity",
        table.finding,
        charts=() if pooled.empty else (lambda theme: severity_forest(table, theme=theme),),
        reading="Where gold lies in the middle of the scale, a reviewer is so many levels above or below it.",
        table=shown,
    )


def confusions(evidence: Evidence) -> Section | None:
    """Show how answers fall for each gold answer, on the criteria that are missed most."""
    if evidence.accuracy is None or evidence.gold is None:
        return None
    rows = evidence.accuracy.rows
    every = rows[(rows["reviewer"] == ALL) & (rows["criterion"] != ALL) & (rows["exact"] < 1)]
    worst = every.sort_values("exact", kind="stable")["criterion"].head(_MOST_MATRICES)
    found = [
        gold_confusion(evidence.ratings, evidence.gold, evidence.rubric, criterion=name) for name in worst
    ]
    if not found:
        return None
    rest = len(every) - len(found)
    return Section(
        "Which gold answer is given as which",
        f"{found[0].finding}.",
        charts=tuple(map(_drawn_matrix, found)),
        reading="Rows are gold, columns what was given: left of the diagonal is strict, right of it lenient. "
        "Read counts before percentages."
        + (
            f" The {len(found)} criteria with the lowest exact rates; {rest} more have misses."
            if rest
            else ""
        ),
        points=tuple(one.note for one in found if one.note),
    )


def disagreement(evidence: Evidence) -> Section:
    """Show on which tasks and criteria reviewers lie apart."""
    found = evidence.spread
    return Section(
        "Where reviewers differ",
        found.finding,
        charts=() if found.table.empty else (lambda theme: spread_heatmap(found, theme=theme),),
        reading="Along a row: what divides a task. Down a column: a criterion whose rule may be unclear.",
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
    points += [f"Left out: {one}." for one in _left_out(evidence)]
    return Section("How the numbers were made", "", points=tuple(dict.fromkeys(points)))


SECTIONS: tuple[MakeSection, ...] = (
    what_was_read,
    headline,
    agreement,
    accuracy,
    severity,
    confusions,
    disagreement,
    divided_tasks,
    methods,
)
"""What a report says, in this order."""


def _draw_agreement(evidence: Evidence, theme: ThemeName) -> Chart:
    return agreement_chart(evidence.agreement, theme=theme)


def _draw_accuracy(table: AccuracyTable, rate: Rate, theme: ThemeName) -> Chart:
    return accuracy_forest(table, rate=rate, theme=theme)


def _told(table: AccuracyTable) -> list[Rate]:
    """Return the rates that somebody is below target in, else the one that is usually looked at."""
    rates: tuple[Rate, ...] = ("within", "exact")
    people = table.rows[table.rows["reviewer"] != ALL]
    enough = people[people["verdict"] == "not yet"]
    return [rate for rate in rates if (enough[f"{rate}_high"] < enough[f"target_{rate}"]).any()] or ["within"]


def _drawn_matrix(found: Confusion) -> Draw:
    return lambda theme: confusion_matrix(found, theme=theme)


def _origin(ratings: pd.DataFrame) -> list[str]:
    """Return what the table itself says of where it comes from."""
    known = [name for name in ("campaign", "round", "rubric", "rubric_version") if name in ratings]
    values = {name: sorted(ratings[name].dropna().astype(str).unique()) for name in known}
    return [f"{name.replace('_', ' ')}: {listed(values[name], most=8)}" for name in known if values[name]]


def _gold_size(gold: pd.DataFrame) -> str:
    return f"{counted(len(gold), 'answer')} for {counted(gold['task'].nunique(), 'task')}"


def _estimates(rows: pd.DataFrame, name: str, *, percent: bool = False) -> list[str]:
    """Return each estimate with its interval, for reading."""
    kind = ".0%" if percent else ".2f"
    ends = (
        rows[[name, f"{name}_low", f"{name}_high"]] if f"{name}_low" in rows else rows[[name, "low", "high"]]
    )
    return [_estimate(value, low, high, kind) for value, low, high in ends.itertuples(index=False)]


def _estimate(value: float, low: float, high: float, kind: str) -> str:
    if math.isnan(value):
        return ""
    interval = "" if math.isnan(low) else f" [{low:{kind}}, {high:{kind}}]"
    return f"{value:{kind}}{interval}".replace("-", "\N{MINUS SIGN}")


def _within(rows: pd.DataFrame) -> list[str]:
    said = _estimates(rows, "percent_within", percent=True)
    return [text if tolerance else "" for text, tolerance in zip(said, rows["tolerance"], strict=True)]


def _below(rows: pd.DataFrame, reviewer: Any) -> str:
    missed = rows[(rows["reviewer"] == reviewer) & (rows["verdict"] == "not yet")]
    return listed(missed["label"], most=6)


def _left_out(evidence: Evidence) -> list[str]:
    """Return what any of the results did not use, each thing once with where it was missing."""
    found: dict[LeftOut, list[str]] = {}
    for one in (*scales_of(evidence.rubric)[1], *evidence.agreement.left_out):
        found.setdefault(one, [])
    estimates = evidence.agreement.estimates.values()
    for label, figures in zip(evidence.agreement.rows["label"], estimates, strict=True):
        for one in figures.alpha.left_out:
            found.setdefault(one, []).append(label)
    for one in evidence.accuracy.left_out if evidence.accuracy is not None else ():
        found.setdefault(one, []).append("accuracy")
    return [
        f"{one}{f' of {listed(where, most=12)}' if where else ''}" for one, where in found.items() if one.n
    ]
