"""The tasks that somebody has at hand, in place of those that came with the work."""

from __future__ import annotations

from dataclasses import replace

from evalwidgets.core.review import Review
from evalwidgets.store.exchange.assembled import UNKNOWN_HASH
from evalwidgets.store.exchange.losses import counted
from evalwidgets.store.exchange.work import Brought
from evalwidgets.store.tasks import TaskSet


def with_tasks(brought: Brought, tasks: TaskSet) -> Brought:
    """Return what was brought with tasks that are at hand.

    They come before tasks of the same id that the work brought; tasks that only the work
    brought follow. Where the work did not know what was judged, the tasks at hand say it.
    """
    own = {task.id: task for task in tasks}
    brought_too = [task for task in brought.work.tasks if task.id not in own]
    differing = [task.id for task in brought.work.tasks if task.id in own and own[task.id] != task]
    said = []
    if differing:
        said.append(
            f"{counted(len(differing), 'task')} differ from the tasks at hand, which count: "
            f"{', '.join(map(repr, differing[:5]))}{', ...' if len(differing) > 5 else ''}."
        )
    if brought_too:
        said.append(
            f"{counted(len(brought_too), 'task')} came with the work only; their pictures are not here."
        )
    joined = TaskSet([*tasks, *brought_too], tasks.folder)
    reviews = tuple(_hashed(one, tasks, own.keys()) for one in brought.work.reviews)
    work = replace(brought.work, tasks=joined, reviews=reviews)
    return Brought(work, (*brought.left_out, *said))


def _hashed(review: Review, tasks: TaskSet, known: object) -> Review:
    if review.task_hash != UNKNOWN_HASH or review.task not in known:  # type: ignore[operator]
        return review
    return review.model_copy(update={"task_hash": tasks.hash_of(tasks[review.task])})
