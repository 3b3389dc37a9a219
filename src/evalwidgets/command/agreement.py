"""`evalwidgets agreement`: how far reviewers agree, criterion by criterion."""

from __future__ import annotations

import argparse
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.agreement.agreement_table import (
    AgreementTable,
    CriterionAgreement,
    agreement_by_criterion,
)
from evalwidgets.analysis.agreement.pairwise import pairwise_agreement
from evalwidgets.analysis.agreement.patterns import CountPatterns, count_patterns
from evalwidgets.analysis.agreement.versions import by_version
from evalwidgets.analysis.results import Estimate
from evalwidgets.analysis.scales import Scale
from evalwidgets.command.output import as_json, printable, say, shown, write
from evalwidgets.command.progress import progress, steps
from evalwidgets.command.source import Source, load

_NO_AC = "No AC: the scale is open, and AC depends on the declared levels"
_MOST_REVIEWERS = 3_000
"""More would need gigabytes for every pair."""


class _Part(NamedTuple):
    """A criterion's ratings under one version of the rubric."""

    name: str
    scale: Scale
    ratings: pd.DataFrame
    found: CriterionAgreement


def run(options: argparse.Namespace) -> int:
    """Read, compute, write."""
    source = load(options)
    say(source.understood)
    if options.format == "html":
        write(_page(source, forced=options.progress), options.out)
        return 0
    with progress("criteria", len(source.scales) + 1, forced=options.progress) as bar:
        table = agreement_by_criterion(source.ratings, source.scales)
        bar.move()
        figures = {}
        for part in _each(source, table):
            figures[part.name] = _figures(part)
            bar.move()
    text = _json(source, table, figures) if options.format == "json" else _text(table, figures)
    write(text, options.out)
    return 0


def _page(source: Source, *, forced: bool) -> str:
    # Drawing loads matplotlib, which plain figures do without.
    from evalwidgets.analysis.reports import sections_agreement as parts
    from evalwidgets.analysis.reports.evidence import Evidence
    from evalwidgets.analysis.reports.report import make_report
    from evalwidgets.analysis.reports.sections import methods, what_was_read

    evidence = Evidence(source.ratings, source.scales, source=source.name, understood=source.understood)
    wanted = (what_was_read, parts.agreement, parts.pairwise, parts.disagreement, methods)
    report = make_report(evidence, title=f"Agreement: {source.name}", sections=wanted)
    return report.html(watch=lambda made: steps(made, "drawing", forced=forced))


def _each(source: Source, table: AgreementTable) -> list[_Part]:
    """Return each criterion (of each version of the rubric) with its ratings and estimates."""
    scales = {scale.id: scale for scale in source.scales}
    versions = by_version(source.ratings)
    named = zip(table.estimates.items(), table.rows["criterion"], table.rows["rubric_version"], strict=True)
    return [
        _Part(name, scales[criterion], versions[version], found)
        for (name, found), criterion, version in named
    ]


def _figures(part: _Part) -> dict[str, Any]:
    """Return one criterion's figures under the names that scripts rely on."""
    found, scale = part.found, part.scale
    ratings = part.ratings[part.ratings["criterion"] == scale.id]
    patterns = count_patterns(ratings, levels=scale.declared)
    kappas, no_kappa = _kappas(ratings, scale, patterns)
    figures: list[Estimate] = [one for one in (found.percent, found.alpha, found.ac) if one]
    notes = [*(one.note for one in figures), "" if found.ac else _NO_AC, no_kappa]
    return {
        "n_tasks": patterns.n_tasks,
        "n_reviewers": patterns.n_reviewers,
        "n_ratings": patterns.n_ratings,
        "percent_agreement": found.percent.estimate,
        "krippendorff_alpha": {
            "value": found.alpha.estimate,
            "low": found.alpha.low,
            "high": found.alpha.high,
        },
        "gwet_ac2": found.ac.estimate if found.ac else None,
        **kappas,
        "level": scale.metric,
        "levels": list(scale.levels),
        "left_out": [str(one) for one in found.alpha.left_out],
        "note": ". ".join(dict.fromkeys(filter(None, notes))),
    }


def _kappas(
    ratings: pd.DataFrame, scale: Scale, patterns: CountPatterns
) -> tuple[dict[str, float | None], str]:
    """Return the mean of the pairs' kappas, plain and weighted by tasks in common, or why there is none."""
    names = ("pairwise_quadratic_kappa_mean", "pairwise_quadratic_kappa_weighted_mean")
    none: dict[str, float | None] = dict.fromkeys(names)
    if scale.metric == "nominal":
        return none, "No quadratic kappa: the levels have no order"
    if not patterns.n_ratings:
        return none, ""
    if patterns.n_reviewers > _MOST_REVIEWERS:
        return none, f"No pairwise kappa: {patterns.n_reviewers} reviewers make too many pairs"
    found = pairwise_agreement(ratings, scale, criterion=scale.id, measure="quadratic_kappa")
    if found.tables.mean is None:
        return none, f"No pairwise kappa: {found.mean.note[0].lower()}{found.mean.note[1:]}"
    plain = float(found.pairs["agreement"].mean())
    return dict(zip(names, (plain, found.tables.mean), strict=True)), ""


def _json(source: Source, table: AgreementTable, figures: dict[str, Any]) -> str:
    return as_json(
        {
            "source": source.name,
            "finding": table.finding,
            "confidence_level": table.confidence_level,
            "interval": table.method,
            "left_out": [str(one) for one in table.left_out],
            "understood": list(source.understood),
            "criteria": figures,
        }
    )


def _text(table: AgreementTable, figures: dict[str, Any]) -> str:
    rows = [
        {
            "criterion": name,
            "tasks": one["n_tasks"],
            "reviewers": one["n_reviewers"],
            "ratings": one["n_ratings"],
            "same answer": shown(one["percent_agreement"]),
            "alpha": shown(**one["krippendorff_alpha"]),
            "AC": shown(one["gwet_ac2"]),
            "pairwise kappa": shown(one["pairwise_quadratic_kappa_mean"]),
        }
        for name, one in figures.items()
    ]
    notes = [f"{name}: {one['note']}." for name, one in figures.items() if one["note"]]
    lines = [f"{table}", "", pd.DataFrame(rows).to_string(index=False), *([""] if notes else []), *notes]
    return printable("\n".join(lines))
