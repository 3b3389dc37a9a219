"""`evalwidgets merge`: returned bundles into a store, and all that is odd about them."""

from __future__ import annotations

import argparse

from evalwidgets.command.output import printable
from evalwidgets.store.bundle.merge import merge_bundles
from evalwidgets.store.bundle.merge_report import Odd
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import read_tasks


def run(options: argparse.Namespace) -> int:
    """Merge; 1 when something that came back is not in the store."""
    with open_store(options.store) as store:
        report = merge_bundles(
            options.bundles,
            store,
            tasks=read_tasks(options.tasks) if options.tasks else None,
            rubric=read_rubric(options.rubric) if options.rubric else None,
            stale="take" if options.take_stale else "hold",
        )
    print(report)
    for odd in report.odd:
        print(printable(_sentence(odd)))
    return 1 if report.held or any(odd.kind == "unreadable" for odd in report.odd) else 0


def _sentence(odd: Odd) -> str:
    where = ", ".join(filter(None, (odd.file, odd.reviewer, odd.task and f"task {odd.task}")))
    return f"- {odd.kind} ({where}): {odd.what}. {odd.do}"
