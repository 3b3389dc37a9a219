"""A region as it is drawn on a display copy becomes one of the picture's own file."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from evalwidgets.core.desk import Desk
from evalwidgets.core.region import Region
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.scenes import Scenes


def in_file(region: Any, desk: Desk, tasks: TaskSet, scenes: Scenes) -> Any:
    """Return a region in the pixels of the picture's file, with the file's hash.

    The browser knows neither: it draws on a copy, which may have another size. What is no
    region, or of no picture that can be read, is returned as it is; `mark` says what is wrong.
    """
    try:
        drawn = Region.model_validate(region)
    except ValidationError:
        return region
    size = scenes.size_of(desk, drawn.role)
    if size is None:
        return region
    across, down = (own / shown for own, shown in zip(size, drawn.size, strict=True))
    points = [(min(x * across, size[0]), min(y * down, size[1])) for x, y in drawn.points]
    placed = {"points": points, "size": size, "picture": tasks.digest_of(desk.task, drawn.role)}
    return {**drawn.model_dump(mode="json"), **placed}
