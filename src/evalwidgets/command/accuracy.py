"""`evalwidgets accuracy`: how often reviewers are right, who is strict or lenient, and what gold can tell."""

from __future__ import annotations

import argparse
from collections.abc import Hashable
from typing import Any, NamedTuple, cast

import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.gold.accuracy import AccuracyTable, gold_accuracy
from evalwidgets.analysis.gold.gold_kappa import GoldKappaTable, kappa_with_gold
from evalwidgets.analysis.reviewers.severity import SeverityTable, reviewer_severity
from evalwidgets.command.output import as_json, printable, say, shown, write
from evalwidgets.command.progress import progress, steps
from evalwidgets.command.source import Source, load

_RATES = ("exact", "within")


class _Found(NamedTuple):
    """What is computed from the ratings and their gold."""

    accuracy: AccuracyTable
    severity: SeverityTable
    kappa: GoldKappaTable


def run(options: argparse.Namespace) -> int:
    """Read, compute, write."""
    source = load(options)
    say(source.understood)
    if options.format == "html":
        write(_page(source, forced=options.progress), options.out)
        return 0
    gold = cast("pd.DataFrame", source.gold)  # the option is required
    with progress("computing", 3, forced=options.progress) as bar:
        accuracy = gold_accuracy(source.ratings, gold, source.scales)
        bar.move()
        severity = reviewer_severity(source.ratings, gold, source.scales)
        bar.move()
        found = _Found(accuracy, severity, kappa_with_gold(source.ratings, gold, source.scales))
        bar.move()
    write(_json(source, found) if options.format == "json" else _text(found), options.out)
    return 0


def _page(source: Source, *, forced: bool) -> str:
    # Drawing loads matplotlib, which plain figures do without.
    from evalwidgets.analysis.reports import sections_gold as parts
    from evalwidgets.analysis.reports.evidence import Evidence
    from evalwidgets.analysis.reports.report import make_report
    from evalwidgets.analysis.reports.sections import methods, what_was_read
    from evalwidgets.analysis.reports.sections_people import severity

    evidence = Evidence(
        source.ratings, source.rubric or source.scales, source.gold, source.name, source.understood
    )
    wanted = (what_was_read, parts.accuracy, parts.gates, parts.confusions, severity, parts.kappa, methods)
    report = make_report(evidence, title=f"Accuracy: {source.name}", sections=wanted)
    return report.html(watch=lambda made: steps(made, "drawing", forced=forced))


def _json(source: Source, found: _Found) -> str:
    accuracy, kappa = found.accuracy.rows, _by_who(found.kappa)
    pooled, everyone = accuracy["criterion"] == ALL, accuracy["reviewer"] == ALL
    shift = found.severity.pooled.set_index("reviewer")
    reviewers = _figures(accuracy[pooled & ~everyone], "reviewer")
    for name, figures in reviewers.items():
        if name in shift.index:
            row = shift.loc[name]
            figures["bias"] = {"value": row["bias"], "low": row["low"], "high": row["high"]}
            figures["flag"] = row["flag"]
        figures["criteria"] = _figures(accuracy[~pooled & (accuracy["reviewer"] == name)], "criterion")
        _add_kappa(figures["criteria"], name, kappa)
    criteria = _figures(accuracy[everyone & ~pooled], "criterion")
    _add_kappa(criteria, ALL, kappa)
    for name, figures in criteria.items():
        shares = found.kappa.gold_shares
        held = shares[shares["criterion"] == name]
        figures["gold_shares"] = dict(zip(held["level"], held["share"], strict=True))
    return as_json(
        {
            "source": source.name,
            "finding": found.accuracy.finding,
            "severity": found.severity.finding,
            "kappa": found.kappa.finding,
            "gold_warnings": list(found.kappa.warnings),
            "confidence_level": found.accuracy.confidence_level,
            "interval": found.accuracy.method,
            "left_out": [str(one) for one in found.accuracy.left_out],
            "understood": list(source.understood),
            "all": _figures(accuracy[pooled & everyone], "reviewer").get(ALL),
            "criteria": criteria,
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


def _by_who(kappa: GoldKappaTable) -> dict[tuple[str, str], dict[Hashable, Any]]:
    """Return the rows by reviewer and criterion."""
    return {(row["reviewer"], row["criterion"]): row for row in kappa.rows.to_dict("records")}


def _add_kappa(
    criteria: dict[str, dict[str, Any]], reviewer: str, kappa: dict[tuple[str, str], dict[Hashable, Any]]
) -> None:
    """Add bias, mean absolute error and kappa with gold to the figures of each criterion."""
    for name, figures in criteria.items():
        row = kappa.get((reviewer, name))
        if row is None:
            continue
        figures["bias"] = {"value": row["bias"], "low": None, "high": None}
        figures["mae"] = row["mae"]
        figures["kappa"] = {"value": row["kappa"], "low": row["kappa_low"], "high": row["kappa_high"]}
        figures["kappa_weights"] = row["weights"]
        figures["kappa_note"] = row["note"]
        figures["gold_lopsided"] = row["lopsided"]


def _text(found: _Found) -> str:
    shift = dict(zip(found.severity.pooled["reviewer"], found.severity.pooled["bias"], strict=True))
    kappa = _by_who(found.kappa)
    rows = []
    for row in found.accuracy.rows.to_dict("records"):
        who = (row["reviewer"], row["criterion"])
        if ALL not in who:
            continue
        also = kappa.get(who, {})
        bias = shift.get(row["reviewer"]) if row["criterion"] == ALL else also.get("bias")
        rows.append(
            {
                "reviewer": row["reviewer"],
                "criterion": row["criterion"],
                "tasks": row["n_tasks"],
                **{rate: shown(row[rate], row[f"{rate}_low"], row[f"{rate}_high"]) for rate in _RATES},
                "bias": shown(bias),
                "MAE": shown(also.get("mae")),
                "kappa": shown(also.get("kappa"), also.get("kappa_low"), also.get("kappa_high")),
                "verdict": row["verdict"],
            }
        )
    table = pd.DataFrame(rows).to_string(index=False) if rows else ""
    said = (str(found.accuracy), str(found.severity), f"{found.kappa.finding}.", *found.kappa.warnings)
    return printable("\n".join((*said, "", table)).rstrip())
