"""Tasks as cards for a contact sheet: their pictures, what was asked, what reviewers said."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.disagreed_tasks import Card
from evalwidgets.pictures.door import open_image
from evalwidgets.store.tasks import TaskSet

_LONG_SIDE = 480


def task_cards(most_disagreed: pd.DataFrame, tasks: TaskSet) -> list[Card]:
    """Return one card per row of a table of disagreement: title, pictures, caption.

    Parameters
    ----------
    most_disagreed : DataFrame
        From `evalwidgets.analysis.most_disagreed`: `task, label, answers`.
    tasks : TaskSet
        Where the pictures are.

    Notes
    -----
    Pictures of sensitive tasks stay out: a saved notebook keeps what it shows.

    Raises
    ------
    UnknownName
        If a task of the table is not among the tasks.
    ImageError
        If a picture cannot be shown.
    """
    return [_card(row, tasks) for row in most_disagreed.to_dict("records")]


def _card(row: Mapping[Hashable, Any], tasks: TaskSet) -> Card:
    task = tasks[str(row["task"])]
    said = f"{row['label']}: {row['answers']}"
    text = task.instruction or task.prompt or task.guideline
    caption = f"{text}\n{said}" if text else said
    if task.sensitive:
        return task.id, [], f"(sensitive, not shown) {said}"
    pictures = [open_image(tasks.path_of(task, role)) for role in task.images]
    for picture in pictures:
        picture.thumbnail((_LONG_SIDE, _LONG_SIDE))
    return task.id, pictures, caption
