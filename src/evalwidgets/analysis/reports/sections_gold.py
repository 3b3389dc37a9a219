"""Sections against gold: the headline, accuracy, kappa, confusions, gates, and gold itself."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.charts.accuracy_forest import accuracy_forest
from evalwidgets.analysis.charts.confusion_matrix import confusion_matrix
from evalwidgets.analysis.charts.gate_errors_chart import gate_errors_chart
from evalwidgets.analysis.charts.gold_coverage_chart import gold_coverage_chart
from evalwidgets.analysis.charts.gold_health_chart import gold_health_chart
from evalwidgets.analysis.charts.headline_chart import headline_chart
from evalwidgets.analysis.gold.accuracy import AccuracyTable
from evalwidgets.analysis.gold.confusion import gold_confusion
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import Section
from evalwidgets.analysis.reports.section_tables import drawn, estimates, few_enough, plain_numbers
from evalwidgets.analysis.results import listed

Rate = Literal["within", "exact"]

_MOST_MATRICES = 4
_MOST_SUSPECTS = 20


def headline(evidence: Evidence) -> Section:
    """Say the findings in a few lines, with the figures against their targets where there is gold."""
    found = evidence.headline
    others = (evidence.severity, evidence.drift, evidence.spread)
    findings = [f"{result.finding}." for result in others if result is not None]
    if found is None or found.rows.empty:
        return Section("Headline", "", points=(f"{evidence.agreement.finding}.", *findings))
    points = (*found.lines[1:], *findings)
    return Section("Headline", found.finding, charts=(drawn(headline_chart, found),), points=points)


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
            "Exact": estimates(pooled, "exact", kind=".0%"),
            "Within tolerance": estimates(pooled, "within", kind=".0%"),
            "Below a target on": [_below(table.rows, name) for name in pooled["reviewer"]],
        }
    )
    charts = (drawn(accuracy_forest, table, rate=rate) for rate in _told(table))
    return Section(
        "Accuracy against gold",
        table.finding,
        charts=tuple(charts) if few_enough(pooled["reviewer"]) else (),
        reading="Read a rate with its interval: 8 of 10 is anything from 0.49 to 0.94. A verdict is given "
        "only where the whole interval lies on one side of the target.",
        table=shown,
    )


def kappa(evidence: Evidence) -> Section | None:
    """Show bias, error and kappa with gold, and where gold is too lopsided for kappa."""
    found = evidence.kappa
    if found is None or found.rows.empty:
        return None
    rows = found.rows[found.rows["reviewer"] == ALL]
    most = zip(rows["top_level"], rows["top_share"], strict=True)
    shown = pd.DataFrame(
        {
            "Criterion": rows["label"],
            "Gold tasks": rows["n_tasks"],
            "Bias in levels": plain_numbers(rows["bias"], "+.2f"),
            "Mean absolute error": plain_numbers(rows["mae"]),
            "Kappa with gold": estimates(rows, "kappa"),
            "Weights": rows["weights"],
            "Most common gold": [f"{level}: {share:.0%}" for level, share in most],
            "Gold": ["lopsided" if one else "" for one in rows["lopsided"]],
        }
    )
    return Section(
        "Beyond chance: kappa with gold",
        f"{found.finding}.",
        reading="0 is what chance gives, 1 is always gold. Where gold is lopsided kappa is low however good "
        "reviewers are: read the rates above instead.",
        points=(found.note,) if found.note else (),
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
    more = f" The {len(found)} criteria with the lowest exact rates; {rest} more have misses." if rest else ""
    return Section(
        "Which gold answer is given as which",
        f"{found[0].finding}.",
        charts=tuple(drawn(confusion_matrix, one) for one in found),
        reading="Rows are gold, columns what was given: left of the diagonal is strict, right of it lenient. "
        f"Read counts before percentages.{more}",
    )


def gates(evidence: Evidence) -> Section | None:
    """Show the four ways in which gates and safety lines go wrong."""
    found = evidence.gates
    if found is None or found.rows.empty:
        return None
    wrong = found.errors.head(_MOST_SUSPECTS)
    shown = pd.DataFrame(
        {
            "Task": wrong["task"],
            "Gate": wrong["label"],
            "Reviewer": wrong["reviewer"],
            "Gold": wrong["gold"],
            "Given": wrong["given"],
            "Error": wrong["error"].str.replace("_", " "),
            "Severe": ["severe" if one else "" for one in wrong["severe"]],
        }
    )
    labels = dict(zip(found.rows["line"], found.rows["label"], strict=True))
    acting = (
        f"{labels[gate]} acts by: {listed((answer.replace('_', ' ') for answer in answers), most=6)}."
        for gate, answers in found.acting.items()
        if answers and gate in labels
    )
    return Section(
        "Gates and safety lines",
        found.finding,
        charts=(drawn(gate_errors_chart, found),) if few_enough(found.rows["reviewer"]) else (),
        reading="A false positive acts where gold lets pass, a false negative lets pass where gold acts. A "
        "zero is only as good as its n.",
        points=tuple(acting),
        table=shown,
    )


def gold_health(evidence: Evidence) -> Section | None:
    """Show which gold answers reviewers contradict."""
    found = evidence.gold_health
    if found is None or found.rows.empty:
        return None
    suspects = found.suspects.head(_MOST_SUSPECTS)
    shown = pd.DataFrame(
        {
            "Task": suspects["task"],
            "Criterion": suspects["label"],
            "Gold": suspects["accepted"],
            "Mostly given": suspects["given"].astype(str),
            "Against it": [
                f"{row.n_missing} of {row.n_reviewers}, {row.direction}" for row in suspects.itertuples()
            ],
            "Missed by": [listed(names, most=6) for names in suspects["missed_by"]],
        }
    )
    return Section(
        "Gold in doubt",
        found.finding,
        charts=(drawn(gold_health_chart, found),) if (found.rows["n_missing"] > 0).any() else (),
        reading="Look at suspect gold again; it need not be wrong: a whole team can misread a rule in the "
        "same way, and strict reviewers make high gold look wrong.",
        table=shown,
    )


def gold_coverage(evidence: Evidence) -> Section | None:
    """Show which levels gold covers, and whether a constant answer would pass."""
    found = evidence.gold_coverage
    if found is None or found.criteria.empty:
        return None
    numbered = any(isinstance(level, int | float) for level in found.rows["level"])
    return Section(
        "What gold covers",
        found.finding,
        charts=(drawn(gold_coverage_chart, found),) if numbered else (),
        reading="On a level without gold nobody can be tested; with weight at one end only, a constant "
        "answer passes.",
        points=found.warnings,
    )


def _told(table: AccuracyTable) -> list[Rate]:
    """Return the rates that somebody is below target in, else the one that is usually looked at."""
    rates: tuple[Rate, ...] = ("within", "exact")
    people = table.rows[table.rows["reviewer"] != ALL]
    enough = people[people["verdict"] == "not yet"]
    return [rate for rate in rates if (enough[f"{rate}_high"] < enough[f"target_{rate}"]).any()] or ["within"]


def _below(rows: pd.DataFrame, reviewer: Any) -> str:
    missed = rows[(rows["reviewer"] == reviewer) & (rows["verdict"] == "not yet")]
    return listed(missed["label"], most=6)
