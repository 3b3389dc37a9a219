"""`evalwidgets import`: reviews of another tool, or of an export, into a store; nothing is overwritten."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable

from evalwidgets.analysis.results import counted
from evalwidgets.command.output import say
from evalwidgets.core.review import Review
from evalwidgets.errors import StoreError
from evalwidgets.store.exchange.formats import import_work
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import read_tasks

_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Read the folder, submit what is new; 1 when the store refused some of it."""
    rubrics = [read_rubric(path) for path in options.rubric or ()]
    tasks = read_tasks(options.tasks) if options.tasks else None
    brought = import_work(options.folder, options.format, rubrics=rubrics, tasks=tasks)
    say(brought.left_out)
    with open_store(options.store) as store:
        for rubric in brought.work.rubrics.values():
            store.remember_rubric(rubric)
        done, refused = _submitted(store, brought.work.reviews)
        say(refused[:_SHOWN])
        if len(refused) > _SHOWN:
            say([f"... and {len(refused) - _SHOWN} more"])
        how = (
            f"{counted(done['new'], 'review')} stored, {done['there']} there already, {len(refused)} refused"
        )
        print(f"{how}; {store}")
    return 1 if refused else 0


def _submitted(store: ReviewStore, reviews: Iterable[Review]) -> tuple[Counter[str], list[str]]:
    """Submit reviews, earlier revisions first, and return how it went and why some were refused."""
    ordered = sorted(reviews, key=lambda one: one.revision)
    known = {
        one.id
        for campaign in {review.campaign for review in ordered}
        for one in store.reviews(campaign, current=False, lessons=True)
    }
    done: Counter[str] = Counter()
    refused = []
    for review in ordered:
        try:
            store.submit(review)
        except StoreError as error:
            refused.append(str(error))
        else:
            done["there" if review.id in known else "new"] += 1
    return done, refused
