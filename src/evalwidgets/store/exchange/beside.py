"""What lies beside a table of answers: the tasks and the rubrics without which nobody can read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.exchange.lines import read_lines, write_lines
from evalwidgets.store.exchange.work import Work
from evalwidgets.store.tasks import TaskSet, read_tasks

TASKS = "tasks.jsonl"
RUBRICS = "rubrics.jsonl"


class Beside(NamedTuple):
    """The tasks and rubrics of a folder, none where it holds none."""

    tasks: TaskSet
    rubrics: Mapping[str, Rubric]


def write_beside(work: Work, folder: Path) -> tuple[Path, ...]:
    """Write the tasks' manifest and every version of the rubrics into a folder."""
    return (
        write_lines(folder / TASKS, work.tasks, short=True),
        write_lines(folder / RUBRICS, work.rubrics.values()),
    )


def read_beside(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Beside:
    """Return what lies beside a table, with the rubrics that are known from elsewhere.

    Raises
    ------
    TaskError
        With every problem of a file.
    """
    tasks, known = folder / TASKS, folder / RUBRICS
    found = read_lines(Rubric, known, "hash") if known.exists() else []
    return Beside(
        read_tasks(tasks) if tasks.exists() else TaskSet((), folder),
        {**{one.hash: one for one in found}, **(rubrics or {})},
    )
