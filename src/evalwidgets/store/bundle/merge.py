"""Returned bundles into the store: each review once, and everything odd told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import ExchangeError, UnknownName
from evalwidgets.store.bundle.bundle_file import SUFFIX
from evalwidgets.store.bundle.intake_desk import IntakeDesk, missing
from evalwidgets.store.bundle.merge_report import MergeReport, Odd
from evalwidgets.store.bundle.returned import RETURNED, Returned, read_returned
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

_STALE = ("hold", "take")
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def merge_bundles(
    paths: Paths,
    store: ReviewStore,
    *,
    tasks: TaskSet | None = None,
    rubric: Rubric | None = None,
    stale: Literal["hold", "take"] = "hold",
    now: datetime | None = None,
) -> MergeReport:
    """Bring returned bundles into a store: what is new is stored, what is there is left.

    A review is known by its id, so the same file may be merged any number of times, in any
    order with others. Nothing is dropped in silence: what is not stored has its row in the
    report and stays in its file.

    Parameters
    ----------
    paths : path, or iterable of paths
        Returned bundles, or folders that hold them (of a folder, those that are called
        `*.returned*.evalbundle`).
    store : ReviewStore
        The lead's store.
    tasks : TaskSet, optional
        The tasks as they are now: what was judged in another form is found.
    rubric : Rubric, optional
        The rubric that was sent, if the bundles were written without this store.
    stale : {"hold", "take"}
        What becomes of reviews under another rubric than the round's, and of tasks that have
        changed: held back, or stored as what they are.
    now : datetime, optional
        What the clocks of reviewers are compared with; the present by default.

    Returns
    -------
    MergeReport
        Counts and a list of everything odd.

    Raises
    ------
    UnknownName
        If `stale` is neither of the two.

    Notes
    -----
    Who answers a task twice, on two machines or under a name that two people share, has two
    first answers. Both are kept: what was merged first stays, the other one becomes a later
    revision with the reason "second copy". Within one call the files are taken in
    the order of their first submit, whatever order they are given in.
    """
    if stale not in _STALE:
        raise UnknownName("way with what is stale", stale, _STALE)
    if rubric is not None:
        store.remember_rubric(rubric)
    returned, odd = _read(list(_files(paths)))
    desk = IntakeDesk(store, tasks, now or datetime.now(UTC), take_stale=stale == "take")
    for one in returned:
        desk.take(one)
    odd += [
        *desk.odd,
        *_copies(returned),
        *missing(store, {one.waybill.id: one.waybill for one in returned}.values()),
    ]
    return MergeReport(len(returned), desk.new, desk.there, desk.held, desk.openings, tuple(odd))


def _files(paths: Paths) -> Iterator[Path]:
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for path in map(Path, given):
        yield from sorted(path.glob(f"*.returned*{SUFFIX}")) if path.is_dir() else [path]


def _read(paths: list[Path]) -> tuple[list[Returned], list[Odd]]:
    """Return the sound bundles in the order in which they are taken, and what is wrong with the others."""
    found: dict[str, Returned] = {}
    odd: list[Odd] = []
    for path in paths:
        try:
            one = read_returned(path)
        except ExchangeError as error:
            odd += [Odd("unreadable", path.name, "", "", why, _ASK) for why in error.problems]
            continue
        first = found.setdefault(one.digest, one)
        if first is not one:
            what = f"the same file as {first.path.name}; taken once"
            odd.append(Odd("again", path.name, one.waybill.reviewer, "", what, "Nothing."))
    return sorted(found.values(), key=_when), odd


def _copies(returned: list[Returned]) -> Iterator[Odd]:
    """Yield a bundle that was unpacked more than once, as when somebody passed it on."""
    folders: dict[str, dict[str, Returned]] = {}
    for one in returned:
        folders.setdefault(one.waybill.id, {})[one.slip.copy_id] = one
    for copies in folders.values():
        if len(copies) > 1:
            names = ", ".join(one.path.name for one in copies.values())
            what = f"one bundle was unpacked and answered in {len(copies)} folders ({names})"
            reviewer = next(iter(copies.values())).waybill.reviewer
            yield Odd("two copies", "", reviewer, "", what, "Ask whether one person answered all of them.")


def _when(returned: Returned) -> tuple[Any, ...]:
    first = min((one.submitted_at for one in returned.reviews), default=returned.slip.returned_at)
    return first, returned.slip.returned_at, returned.digest


_ASK = f"Ask its reviewer to hand in again; the file is called NAME{RETURNED}."
