"""Tasks as they travel: what a reviewer needs, and nothing that tells where a picture comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_tags import tags_used
from evalwidgets.core.task import Role, Task
from evalwidgets.errors import ImageError, TaskError
from evalwidgets.store.bundle.waybill import CarriedTask
from evalwidgets.store.images import whole_picture
from evalwidgets.store.tasks import TaskSet

_ENDING = {"image/png": "png", "image/jpeg": "jpg"}
NO_PICTURE = "pictures/not-carried"
"""The path of a picture that could not be read: the stage says so, and the task can be skipped."""


@dataclass(frozen=True, eq=False)
class Cargo:
    """What the bundles of one round share: each picture is read and coded once for all reviewers.

    Parameters
    ----------
    tasks : tuple of Task
        As they travel, in the order of the manifest.
    carried : tuple of CarriedTask
        What the lead's store calls them.
    pictures : mapping of str to Path
        Name in the bundle to the copy, in a folder of its own until all bundles are written.
    unread : tuple of str
        One sentence for each picture that cannot travel.
    """

    tasks: tuple[Task, ...]
    carried: tuple[CarriedTask, ...]
    pictures: dict[str, Path]
    unread: tuple[str, ...]


def cargo_of(tasks: TaskSet, rubric: Rubric, spare: Path) -> Cargo:
    """Return tasks as they travel under a rubric, with copies of their pictures in a spare folder.

    Notes
    -----
    Of the tags only those go that decide what the rubric asks or in which words. Sources
    get numbers: they keep tasks of one source apart, and their names are the lead's.
    """
    numbers = {name: str(place) for place, name in enumerate(dict.fromkeys(one.source for one in tasks), 1)}
    kept, pictures = tags_used(rubric), _Pictures(tasks, spare)
    unread: list[str] = []
    travelling, carried = [], []
    for task in tasks:
        copies = dict(pictures.of(task, unread))
        paths = {role: copies.get(role, NO_PICTURE) for role in task.images}
        changed = {
            "images": paths,
            "tags": {name: value for name, value in task.tags.items() if name in kept},
            "source": numbers[task.source] if task.source else "",
        }
        travelling.append(task.model_copy(update=changed))
        digests: dict[Role, str] = {role: tasks.digest_of(task, role) for role in task.images}
        carried.append(
            CarriedTask(task=task.id, task_hash=tasks.hash_of(task), digests=digests, pictures=copies)
        )
    return Cargo(tuple(travelling), tuple(carried), pictures.copies, tuple(unread))


def as_lines(tasks: Iterable[Task]) -> bytes:
    """Return tasks as a manifest."""
    return "".join(one.model_dump_json(exclude_defaults=True) + "\n" for one in tasks).encode()


class _Pictures:
    """The copies of pictures by the name that they travel under; a file that is shared is read once."""

    def __init__(self, tasks: TaskSet, spare: Path) -> None:
        self._tasks, self._spare = tasks, spare
        self._names: dict[str, str] = {}
        self.copies: dict[str, Path] = {}

    def of(self, task: Task, unread: list[str]) -> Iterator[tuple[str, str]]:
        """Yield role and name of each picture of a task that can travel."""
        for role in task.images:
            try:
                yield role, self._copy(task, role)
            except (ImageError, TaskError) as error:
                unread.append(f"task {task.id}, {role}: {error}")

    def _copy(self, task: Task, role: str) -> str:
        digest = self._tasks.digest_of(task, role)
        if not digest or digest not in self._names:
            copy = whole_picture(self._tasks.path_of(task, role))
            name = f"pictures/{copy.digest}.{_ENDING[copy.media_type]}"
            self.copies[name] = self._spare / copy.digest
            self.copies[name].write_bytes(copy.data)
            self._names[digest] = name
        return self._names[digest]
