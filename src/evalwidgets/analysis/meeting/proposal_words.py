"""A proposed round in words: why each task, what is covered, and what a lead should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from evalwidgets.analysis.meeting.proposal_pool import ENDS, Pool, Role
from evalwidgets.analysis.numbers import level_text
from evalwidgets.analysis.results import counted, listed
from evalwidgets.analysis.scales import Scale

FEW, MANY = 8, 12
"""How many tasks a meeting takes: fewer show no pattern, more leave no time."""
COLUMNS = ["criterion", "label", "level", "n", "left"]


def coverage_of(pool: Pool, chosen: Sequence[int]) -> pd.DataFrame:
    """Return how often each level and kind of task is held; see `Proposal.coverage`."""
    held, there = pool.holds[list(chosen)].sum(axis=0), pool.holds.sum(axis=0)
    rows = [
        (cell.scale.id, cell.scale.name, level_text(cell.level), int(n), int(total - n))
        for cell, n, total in zip(pool.cells, held, there, strict=True)
    ]
    kinds, all_kinds = Counter(pool.kind[place] for place in chosen), Counter(pool.kind)
    label = pool.tag.replace("_", " ").capitalize()
    rows += [
        (pool.tag, label, kind, kinds[kind], all_kinds[kind] - kinds[kind])
        for kind in sorted(all_kinds)
        if kind
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def why(pool: Pool, place: int, role: Role, others: Sequence[int]) -> str:
    """Return why a task is proposed, in a few words."""
    task = pool.tasks[place]
    if role == "unlabelled":
        return "no gold yet"
    if role == "boundary":
        several = [f"{_accepted(pool, task.id, scale)} on {scale.name}" for scale in pool.several(task.id)]
        return f"boundary: gold accepts {listed(several, 3)}" if several else "boundary: said to be hard"
    if role == "high":
        return "high on every criterion"
    if role in ("low", "middle"):
        return f"{role}: {_on(pool, task.id, role)}"
    return _only_here(pool, place, others)


def _accepted(pool: Pool, task: str, scale: Scale) -> str:
    return listed(sorted(pool.accepted(task, scale)), 9).replace(" and ", " or ")


def _on(pool: Pool, task: str, role: Role) -> str:
    """Return for example "2 on Adherence and 1 on Style"."""
    found = []
    for scale in pool.scales:
        height = pool.height(task, scale) if scale.is_numeric else None
        if height is not None and (height <= ENDS if role == "low" else ENDS < height < 1 - ENDS):
            found.append(f"{_accepted(pool, task, scale)} on {scale.name}")
    return listed(found, 3)


def _only_here(pool: Pool, place: int, others: Sequence[int]) -> str:
    """Return what no other chosen task has."""
    new = pool.holds[place] & ~pool.holds[list(others)].any(axis=0)
    found = [
        f"{level_text(cell.level)} on {cell.scale.name}"
        for cell, one in zip(pool.cells, new, strict=True)
        if one
    ]
    kind = pool.kind[place]
    if kind and kind not in {pool.kind[other] for other in others}:
        found.append(f"{pool.tag.replace('_', ' ')} {kind}")
    return f"alone has {listed(found, 3)}" if found else "more of the usual"


def warnings_of(
    pool: Pool, chosen: Sequence[int], n: int, n_seen: int, named: frozenset[str]
) -> Iterator[str]:
    """Yield what a lead should know, one sentence each.

    Parameters
    ----------
    pool, chosen
        The candidates, and the rows of those that are proposed.
    n : int
        How many were asked for.
    n_seen : int
        How many tasks were put aside because reviewers know them.
    named : frozenset of str
        The criteria that the lead chose; choices warn of missing options only when named.
    """
    if len(chosen) < n:
        known = f"; {counted(n_seen, 'task')} are known to these reviewers" if n_seen else ""
        yield f"Only {counted(len(chosen), 'task')} of {n} can be proposed{known}."
    elif not FEW <= n <= MANY:
        much = "few" if n < FEW else "many"
        yield f"{counted(n, 'task')} {'is' if n == 1 else 'are'} {much} for one meeting; 8 to 12 work best."
    yield from _missing_parts(pool, chosen)
    yield from _missing_levels(pool, chosen, named)
    yield from _of_single_tasks(pool, chosen)


def _missing_parts(pool: Pool, chosen: Sequence[int]) -> Iterator[str]:
    if not chosen:
        return
    if not pool.fits("unlabelled")[list(chosen)].any():
        yield "No unlabelled task is left: every task has gold, so nobody meets something new."
    if not pool.fits("boundary")[list(chosen)].any():
        yield "No boundary case is left: no task accepts several levels or is said to be hard."
    labelled = [place for place in chosen if not pool.fits("unlabelled")[place]]
    if (
        any(scale.is_numeric for scale in pool.scales)
        and labelled
        and not pool.fits("middle")[labelled].any()
    ):
        yield "Only extremes: no task lies in the middle of a scale."


def _missing_levels(pool: Pool, chosen: Sequence[int], named: frozenset[str]) -> Iterator[str]:
    table = coverage_of(pool, chosen)
    for scale in pool.scales:
        if not scale.is_numeric and scale.id not in named:
            continue
        rows = table[(table["criterion"] == scale.id) & (table["n"] == 0)]
        if len(rows) == len(scale.levels):
            yield f"{scale.name} has no task with gold."
        elif len(rows):
            missing, what = list(rows["level"]), "Level" if scale.is_numeric else "Answer"
            nowhere = " (nor has any other task)" if not rows["left"].any() else ""
            several = len(missing) > 1
            yield (
                f"{what}{'s' if several else ''} {listed(missing, 9)} of {scale.name} "
                f"{'have' if several else 'has'} no task{nowhere}."
            )


def _of_single_tasks(pool: Pool, chosen: Sequence[int]) -> Iterator[str]:
    tasks = [pool.tasks[place] for place in chosen]
    for source, n in Counter(task.source for task in tasks if task.source).items():
        if n > 1:
            same = [task.id for task in tasks if task.source == source]
            yield f"{listed(same, 9)} come from the same source; reviewers may remember."
    for task in tasks:
        if task.sensitive:
            note = f" ({task.content_note.rstrip('.')})" if task.content_note else ""
            yield f"{task.id} is sensitive{note}: it opens behind a note, and minutes never show it."
