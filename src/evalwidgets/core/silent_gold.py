"""Silent gold: tasks with known answers, mixed unmarked into somebody's normal work."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from evalwidgets.core.task import Task
from evalwidgets.core.value import content_hash
from evalwidgets.errors import TaskError

MOST_SHARE = 0.5
"""More than half of somebody's work is no sample any more but an exam; hold one."""


def with_silent_gold(
    tasks: Sequence[Task],
    gold_tasks: Sequence[Task],
    *,
    share: float,
    reviewer: str,
    seed: object,
    seen: Collection[str] = (),
) -> tuple[Task, ...]:
    """Return the tasks of one reviewer's work with gold tasks among them.

    Parameters
    ----------
    tasks : sequence of Task
        The work; all of it comes, in its order.
    gold_tasks : sequence of Task
        Tasks that have gold. Only the tasks are needed here, never the answers: leave
        gold itself out of the reviewer's kernel.
    share : float
        Of the tasks that come, how many are gold: 0 for none, at most 0.5. Above 0 at
        least one comes, as long as there is one that this person has not seen.
    reviewer, seed : str, object
        Whose work; the same two give the same choice on every machine and after every restart.
    seen : collection of str
        Tasks that this person has reviewed elsewhere, in work or in lessons; none of
        them is chosen. What was answered in this very piece of work does not belong here.

    Raises
    ------
    TaskError
        If the share is not from 0 to 0.5.

    Notes
    -----
    Each gold task has a rank of its own for each person and seed, and the lowest ranks
    are taken. So a task that becomes known meanwhile is replaced by the next, and every
    other choice stays. Nothing marks the chosen ones: they are tasks like the others.
    """
    if not 0 <= share <= MOST_SHARE:
        msg = f"share: expected a share of gold from 0 to {MOST_SHARE}, got {share!r}"
        raise TaskError([msg])
    known = {task.id for task in tasks} | set(seen)
    unseen = [task for task in gold_tasks if task.id not in known]
    ranked = sorted(unseen, key=lambda task: content_hash([str(seed), reviewer, task.id]))
    wanted = max(1, round(len(tasks) * share / (1 - share))) if share else 0
    mixed = list(tasks)
    for task in ranked[:wanted]:
        place = random.Random(f"{seed}|{reviewer}|{task.id}")  # noqa: S311 - a place, not a secret
        mixed.insert(place.randint(0, len(mixed)), task)
    return tuple(mixed)
