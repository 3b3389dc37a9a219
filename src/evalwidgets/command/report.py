"""`evalwidgets report`: everything on one page that can be sent around."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import make_report
from evalwidgets.analysis.reports.sections import SECTIONS
from evalwidgets.command.output import as_json, printable, say, write
from evalwidgets.command.progress import steps
from evalwidgets.command.source import load
from evalwidgets.store.tasks import read_tasks


def run(options: argparse.Namespace) -> int:
    """Read, compute, draw, write."""
    source = load(options)
    say(source.understood)
    evidence = Evidence(
        source.ratings,
        source.rubric or source.scales,
        source.gold,
        source.name,
        source.understood,
        tuple(read_tasks(options.tasks)) if options.tasks else (),
        source.openings,
    )
    sections = steps(SECTIONS, "computing", forced=options.progress)
    report = make_report(evidence, title=options.title, sections=sections)
    if options.format == "html":
        page = report.html(watch=lambda made: steps(made, "drawing", forced=options.progress))
        write(page, options.out or Path("report.html"))
    elif options.format == "json":
        write(as_json({"title": report.title, "sections": report.plain()}), options.out)
    else:
        write(printable(str(report)), options.out)
    return 0
