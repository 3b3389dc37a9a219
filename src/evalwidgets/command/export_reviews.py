"""`evalwidgets export`: the reviews of a store in a format of another tool, with how they were made."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from evalwidgets.analysis.reports.protocol_card import protocol_card
from evalwidgets.analysis.results import counted, listed
from evalwidgets.command.output import say
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.core.round import SANDBOX
from evalwidgets.errors import RatingsError
from evalwidgets.store.exchange.csv_files import write_csv
from evalwidgets.store.exchange.formats import export_work
from evalwidgets.store.exchange.tidy import tidy_ratings
from evalwidgets.store.exchange.work import Work, work_of
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.tasks import read_tasks

BLINDING = (
    "The panel of evalwidgets shows pictures as copies encoded anew, without file names and metadata, pairs "
    "as A and B, and nobody else's answers before one's own is in.",
    "Which of these reviews were made in it, the store does not say.",
)
_SETTLED = (
    "task",
    "rubric",
    "rubric_version",
    "criterion",
    "how",
    "value",
    "na",
    "reason",
    "cause",
    "by",
    "at",
)


def run(options: argparse.Namespace) -> int:
    """Read the store, write the folder, say what was left out."""
    with open_store(options.store) as store:
        tasks = read_tasks(options.tasks)
        # All revisions: what came first is what blind statistics need, and a store takes no gap.
        work = work_of(store, tasks, options.campaign, options.round, options.rubric, current=False)
        campaign = _campaign(work, options)
        settled = _settled(store, campaign, work)
        card = _card(store, campaign, work, settled, names=options.names)
    written = export_work(work, options.format, options.out, card=card)
    paths = list(written.paths)
    if options.adjudicated:
        paths.append(_write_settled(settled, options.out))
    say(f"Left out: {sentence}" for sentence in written.left_out)
    print(f"Wrote {counted(len(work.reviews), 'review')} to {options.out}: {_names(paths)}")
    return 0


def _campaign(work: Work, options: argparse.Namespace) -> str:
    held = sorted({one.campaign for one in work.reviews})
    if not held:
        msg = f"{options.store}: no review is there to export; ask for another campaign, round or rubric."
        raise RatingsError(msg)
    if len(held) > 1:
        msg = f"The store holds reviews of several campaigns: {listed(held, 8)}. Choose one with --campaign."
        raise RatingsError(msg)
    return held[0]


def _settled(store: ReviewStore, campaign: str, work: Work) -> tuple[Settled, ...]:
    """Return what was settled about what is exported."""
    judged = {(one.task, one.rubric) for one in work.reviews}
    return tuple(
        one for one in store.adjudication[campaign].settled.values() if (one.task, one.rubric) in judged
    )


def _card(store: ReviewStore, campaign: str, work: Work, settled: Sequence[Settled], *, names: bool) -> str:
    rounds = {one.round for one in work.reviews}
    return protocol_card(
        tidy_ratings(work.reviews),
        work.rubrics.values(),
        campaign=campaign,
        tasks=work.tasks,
        rounds=[
            store.rounds[campaign, name].round for name in store.rounds.names(campaign) if name in rounds
        ],
        blinding=BLINDING,
        openings=_openings(store, campaign, rounds),
        excluded=_excluded(store, campaign, work),
        gold=_with_gold(store, campaign, work),
        settled=settled,
        names=names,
    )


def _openings(store: ReviewStore, campaign: str, rounds: set[str]) -> pd.DataFrame:
    table = store.openings.table(campaign)
    return table[table["round"].isin(rounds)]


def _excluded(store: ReviewStore, campaign: str, work: Work) -> dict[str, int]:
    """Return how many reviews of the campaign are no rating, or not in the export."""
    every = store.reviews(campaign, current=False)
    with_lessons = store.reviews(campaign, current=False, lessons=True)
    skipped = sum(one.state == "skipped" for one in work.reviews)
    return {
        "lessons": len(with_lessons) - len(every),
        "tried out in the sandbox": len(store.reviews(campaign, SANDBOX, current=False)),
        "of other rounds or rubrics": len(every) - len(work.reviews),
        "skipped (no rating)": skipped,
    }


def _with_gold(store: ReviewStore, campaign: str, work: Work) -> int | None:
    """Return how many tasks have gold by the campaign's log; gold in files is not known here."""
    book = store.gold[campaign]
    judged = {one.task for one in work.reviews}
    return len({task for task, _ in book.active if task in judged}) if book.log else None


def _write_settled(settled: Sequence[Settled], folder: Path) -> Path:
    rows = [{name: getattr(one, name) for name in _SETTLED} for one in settled]
    return write_csv(pd.DataFrame(rows, columns=list(_SETTLED), dtype=object), folder / "adjudicated.csv")


def _names(paths: Sequence[Path]) -> str:
    return listed(sorted(path.name for path in paths), 12)
