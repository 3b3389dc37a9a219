"""The order in which a reviewer meets the tasks."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evalwidgets.core.task import Task

REPEAT_OF = "repeat_of"
"""Tag of a task that shows another one again, with its sides exchanged; it holds the other's id."""
FAR = 8
"""So many tasks lie between the two, where there are enough."""


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

    Repeats are put in afterwards, far from the task that they show again: at a random place
    among those with at least `FAR` tasks between (half of all, where there are fewer), and
    beside no other task of their source if that can be.
    """
    chance = random.Random(str(seed))  # noqa: S311 - an order, not a secret
    known = {task.id: task for task in tasks}
    repeats = [task for task in known.values() if task.tags.get(REPEAT_OF) in known]
    again = {task.id for task in repeats}
    waiting: dict[str, list[str]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: task.id):
        if task.id not in again:
            waiting[_source(task)].append(task.id)
    for names in waiting.values():
        chance.shuffle(names)

    left = Counter({source: len(names) for source, names in waiting.items()})
    order: list[str] = []
    last = ""
    for remaining in range(left.total(), 0, -1):
        source = _draw(left, last, remaining, chance)
        order.append(waiting[source].pop())
        left[source] -= 1
        last = source
    sources = {name: _source(task) for name, task in known.items()}
    for task in sorted(repeats, key=lambda task: task.id):
        _put_in(order, task, sources, chance)
    return tuple(order)


def _source(task: Task) -> str:
    return task.source or f"\0{task.id}"


def _put_in(order: list[str], repeat: Task, sources: Mapping[str, str], chance: random.Random) -> None:
    """Put a repeat into an order, far from the task that it shows again."""
    first = str(repeat.tags[REPEAT_OF])
    at = order.index(first) if first in order else 0
    between = {place: place - at - 1 if place > at else at - place for place in range(len(order) + 1)}
    far = [place for place in between if between[place] >= min(FAR, len(order) // 2)]
    apart = [
        place
        for place in far
        if all(sources[name] != sources[repeat.id] for name in order[max(0, place - 1) : place + 1])
    ]
    order.insert(chance.choice(apart or far), repeat.id)


def _draw(left: Counter[str], last: str, remaining: int, chance: random.Random) -> str:
    sources = [source for source, count in left.items() if count and source != last] or [last]
    fullest = max(sources, key=lambda source: left[source])
    if 2 * left[fullest] > remaining:
        return fullest
    return chance.choices(sources, weights=[left[source] for source in sources])[0]
