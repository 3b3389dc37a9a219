"""Task manifests and gold files (JSONL, CSV) into values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from evalwidgets.core.gold import Gold
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError, UnknownName
from evalwidgets.store.manifest import TEXTS, csv_rows, jsonl_rows
from evalwidgets.store.manifest_values import path_inside, path_problems, values_of

if TYPE_CHECKING:
    import pandas as pd


class TaskSet(Sequence[Task]):
    """Tasks in the order of their manifest, and the folder that holds their pictures.

    Parameters
    ----------
    tasks : iterable of Task
        The tasks, each once.
    folder : Path
        The manifest's folder.
    digests : mapping of (task, role) to str, optional
        The sha256 of the files that are judged, where the folder holds copies of them (a
        bundle): reviews and regions then name the files and not the copies.

    Examples
    --------
    ``tasks["edit-001"]``, ``tasks[0]``, ``tasks.where(edit_type="remove")``, ``tasks.frame()``.
    """

    def __init__(
        self, tasks: Iterable[Task], folder: Path, digests: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self._tasks = tuple(tasks)
        self._by_id = {task.id: task for task in self._tasks}
        self._digests = digests
        self.folder = folder

    def __len__(self) -> int:
        return len(self._tasks)

    def __iter__(self) -> Iterator[Task]:
        return iter(self._tasks)

    @overload
    def __getitem__(self, key: int | str) -> Task: ...
    @overload
    def __getitem__(self, key: slice) -> TaskSet: ...
    def __getitem__(self, key: int | str | slice) -> Task | TaskSet:
        if isinstance(key, slice):
            return TaskSet(self._tasks[key], self.folder, self._digests)
        if isinstance(key, int):
            return self._tasks[key]
        if key not in self._by_id:
            raise UnknownName("task", key, self._by_id)
        return self._by_id[key]

    def __repr__(self) -> str:
        return f"TaskSet({len(self)} tasks)"

    def where(self, *, kind: str | None = None, ids: Iterable[str] | None = None, **tags: Any) -> TaskSet:
        """Return the tasks of a kind, of given ids, and with all these tags."""
        wanted = None if ids is None else set(ids)
        kept = (
            task
            for task in self._tasks
            if (kind is None or task.kind == kind)
            and (wanted is None or task.id in wanted)
            and all(_has_tag(task, name, value) for name, value in tags.items())
        )
        return TaskSet(kept, self.folder, self._digests)

    def frame(self) -> pd.DataFrame:
        """Return one row per task: id, kind, texts, source and a column per tag."""
        import pandas as pd

        rows = [{**task.model_dump(include=set(TEXTS)), **task.tags} for task in self._tasks]
        return pd.DataFrame(rows).rename(columns={"id": "task"})

    def path_of(self, task: Task, role: str) -> Path:
        """Return the file of a task's picture; never one outside the manifest's folder.

        Raises
        ------
        UnknownName
            If the task has no picture in this role.
        TaskError
            If the path leads outside, for example through a symbolic link, or nowhere.
        """
        if role not in task.images:
            raise UnknownName("role", role, task.images, f"task {task.id}")
        return path_inside(self.folder, task.images[role], f"task {task.id}: images.{role}")

    def hash_of(self, task: Task) -> str:
        """Return the sha256 of what is judged: the texts and the bytes of every picture.

        A picture that cannot be read counts as none: such a task can still be flagged and skipped.
        """
        return task.content_hash({role: self.digest_of(task, role) for role in task.images})

    def digest_of(self, task: Task, role: str) -> str:
        """Return the sha256 of a picture's file; empty when it cannot be read."""
        if self._digests is not None:
            return self._digests.get((task.id, role), "")
        try:
            path = self.path_of(task, role)
            status = path.stat()
            return _file_digest(path, status.st_mtime_ns, status.st_size) if path.is_file() else ""
        except (OSError, TaskError):
            return ""


def read_tasks(path: str | Path) -> TaskSet:
    """Read a task manifest.

    Parameters
    ----------
    path : str or Path
        A `.jsonl` file with one task a line, or a `.csv` file with the columns
        `id, kind`, one per role (`image`; `original`, `edited`; `a` to `d`) and any of
        `instruction, prompt, guideline, source, sensitive, content_note`; every
        further column becomes a tag.

    Raises
    ------
    TaskError
        With every problem of the file, each as `file:line: place: what is wrong`.
    """
    path = Path(path)
    rows = csv_rows(path) if path.suffix.lower() == ".csv" else jsonl_rows(path)
    tasks = values_of(Task, path, rows, lambda task: path_problems(task.images), unique="id")
    return TaskSet(tasks, path.parent)


def read_gold(path: str | Path) -> dict[str, Gold]:
    """Read a gold file (`.jsonl`, one `Gold` a line) into task id to gold.

    Raises
    ------
    TaskError
        With every problem of the file.
    """
    path = Path(path)
    golds = values_of(Gold, path, jsonl_rows(path), lambda _: [], unique="task")
    return {gold.task: gold for gold in golds}


def _has_tag(task: Task, name: str, value: Any) -> bool:
    tag = task.tags.get(name)
    return value in tag if isinstance(tag, tuple) else tag == value


@cache
def _file_digest(path: Path, mtime_ns: int, size: int) -> str:  # noqa: ARG001 - they renew the cache
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
