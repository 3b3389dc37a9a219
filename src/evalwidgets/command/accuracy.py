"""`evalwidgets accuracy`: how often reviewers are right, and who is strict or lenient."""

from __future__ import annotations

import argparse
from typing import Any

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.accuracy import AccuracyTable, gold_accuracy
from evalwidgets.analysis.reviewers.severity import SeverityTable, reviewer_severity
from evalwidgets.command.output import as_json, printable, say, shown, write
from evalwidgets.command.progress import steps
from evalwidgets.command.source import Source, load
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import read_gold

_RATES = ("exact", "within")


def run(options: argparse.Namespace) -> int:
    """Read, compute, write."""
    source = load(options)
    say(source.understood)
    gold = gold_table(read_gold(options.gold))
    if options.format == "html":
        write(_page(source, gold, forced=options.progress), options.out)
        return 0
    accuracy = gold_accuracy(source.ratings, gold, source.scales)
    severity = reviewer_severity(source.ratings, gold, source.scales)
    if options.format == "json":
        write(_json(source, accuracy, severity), options.out)
    else:
        write(_text(accuracy, severity), options.out)
    return 0


def _page(source: Source, gold: pd.DataFrame, *, forced: bool) -> str:
    # Drawing loads matplotlib, which plain figures do without.
    from evalwidgets.analysis.reports import sections
    from evalwidgets.analysis.reports.report import Evidence, make_report

    evidence = Evidence(source.ratings, source.scales, gold, source.name, source.understood)
    parts = (
        sections.what_was_read,
        sections.accuracy,
        sections.severity,
        sections.confusions,
        sections.methods,
    )
    report = make_report(evidence, title=f"Accuracy: {source.name}", sections=parts)
    return report.html(watch=lambda made: steps(made, "drawing", forced=forced))


def _json(source: Source, accuracy: AccuracyTable, severity: SeverityTable) -> str:
    pooled = accuracy.rows["criterion"] == ALL
    everyone = accuracy.rows["reviewer"] == ALL
    bias = severity.pooled.set_index("reviewer")
    reviewers = _figures(accuracy.rows[pooled & ~everyone], "reviewer")
    for name, figures in reviewers.items():
        if name in bias.index:
            row = bias.loc[name]
            figures["bias"] = {"value": row["bias"], "low": row["low"], "high": row["high"]}
            figures["flag"] = row["flag"]
    return as_json(
        {
            "source": source.name,
            "finding": accuracy.finding,
            "severity": severity.finding,
            "confidence_level": accuracy.confidence_level,
            "interval": accuracy.method,
            "left_out": [str(one) for one in accuracy.left_out],
            "understood": list(source.understood),
            "all": _figures(accuracy.rows[pooled & everyone], "reviewer").get(ALL),
            "criteria": _figures(accuracy.rows[everyone & ~pooled], "criterion"),
            "reviewers": reviewers,
        }
    )


def _figures(rows: pd.DataFrame, key: str) -> dict[str, dict[str, Any]]:
    """Return the figures of some rows by reviewer or criterion."""
    return {
        row[key]: {
            "n_tasks": row["n_tasks"],
            "n_ratings": row["n_ratings"],
            **{
                rate: {"value": row[rate], "low": row[f"{rate}_low"], "high": row[f"{rate}_high"]}
                for rate in _RATES
            },
            "verdict": row["verdict"],
            "note": row["note"],
        }
        for row in rows.to_dict("records")
    }


def _text(accuracy: AccuracyTable, severity: SeverityTable) -> str:
    bias = dict(zip(severity.pooled["reviewer"], severity.pooled["bias"], strict=True))
    rows = [
        {
            "reviewer": row["reviewer"],
            "criterion": row["criterion"],
            "tasks": row["n_tasks"],
            **{rate: shown(row[rate], row[f"{rate}_low"], row[f"{rate}_high"]) for rate in _RATES},
            "bias": shown(bias.get(row["reviewer"])) if row["criterion"] == ALL else "",
            "verdict": row["verdict"],
        }
        for row in accuracy.rows.to_dict("records")
        if ALL in (row["reviewer"], row["criterion"])
    ]
    table = pd.DataFrame(rows).to_string(index=False) if rows else ""
    return printable(f"{accuracy}\n{severity}\n\n{table}".rstrip())
