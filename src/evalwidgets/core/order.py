"""The order in which a reviewer meets the tasks."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from evalwidgets.core.task import Task


def seeded_order(tasks: Sequence[Task], seed: object) -> tuple[str, ...]:
    """Return the task ids shuffled by a seed, never the same source twice in a row.

    Parameters
    ----------
    tasks : sequence of Task
        The tasks; a task without a source counts as its own.
    seed : object
        Anything with a stable text: equal seeds give equal orders on every machine.

    Notes
    -----
    At each step a source is drawn at random among those that differ from the last,
    unless one source has so many tasks left that it must come now. Only when a source
    holds more than half of all tasks are neighbours of one source unavoidable, and
    then they are as few as possible.
    """
    chance = random.Random(str(seed))  # noqa: S311 - an order, not a secret
    waiting: dict[str, list[str]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: task.id):
        waiting[task.source or f"\0{task.id}"].append(task.id)
    for names in waiting.values():
        chance.shuffle(names)

    left = Counter({source: len(names) for source, names in waiting.items()})
    order: list[str] = []
    last = ""
    for remaining in range(len(tasks), 0, -1):
        source = _draw(left, last, remaining, chance)
        order.append(waiting[source].pop())
        left[source] -= 1
        last = source
    return tuple(order)


def _draw(left: Counter[str], last: str, remaining: int, chance: random.Random) -> str:
    sources = [source for source, count in left.items() if count and source != last] or [last]
    fullest = max(sources, key=lambda source: left[source])
    if 2 * left[fullest] > remaining:
        return fullest
    return chance.choices(sources, weights=[left[source] for source in sources])[0]
