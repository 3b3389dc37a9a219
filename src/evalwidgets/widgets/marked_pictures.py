"""Regions between the copy on which they are drawn and the file to which they belong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.criterion import Regions
from evalwidgets.core.desk import Desk
from evalwidgets.core.region import Region
from evalwidgets.core.region_rules import read_regions
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.scenes import Scenes

Size = tuple[int, int]


class MarkedPictures:
    """Turns regions of display copies into regions of files, and back.

    The browser knows neither a file's size nor its hash: candidates are shown in one size,
    since a side of 496 or 1024 pixels would tell the model. So what is kept is in the
    pixels of the file, and what is shown in those of the copy.
    """

    def __init__(self, tasks: TaskSet, scenes: Scenes) -> None:
        self._tasks, self._scenes = tasks, scenes

    def in_file(self, desk: Desk, criterion: str, region: Any) -> Any:
        """Return a region as it is drawn in the pixels of its picture's file, with the file's hash.

        One that was only described keeps its points to the last digit. What is no region, or
        of no picture that can be shown, is returned as it is; `mark` says what is wrong.
        """
        try:
            drawn = Region.model_validate(region)
        except ValidationError:
            return region
        sizes = self._scenes.sizes_of(desk, drawn.role)
        if sizes is None:
            return region
        shown, own = sizes
        kept = {one.id: one for one in read_regions(desk.sheet.answer(criterion).value)}.get(drawn.id)
        if kept and kept.size == own and _sized(kept, shown)["points"] == _sized(drawn, shown)["points"]:
            placed = {"points": kept.points, "size": own}
        else:
            placed = _sized(drawn, own)
        digest = self._tasks.digest_of(desk.task, drawn.role)
        return {**drawn.model_dump(mode="json"), **placed, "picture": digest}

    def on_copies(self, desk: Desk, answers: Mapping[str, Any], rubric: Rubric) -> dict[str, Any]:
        """Return the answers of a sheet with their regions on the copies that are shown."""
        asked = {one.id for one in rubric.all if isinstance(one, Regions)}
        return {
            name: {**answer, "value": [self.on_copy(desk, one) for one in answer["value"]]}
            if name in asked and answer["value"]
            else answer
            for name, answer in answers.items()
        }

    def on_copy(self, desk: Desk, kept: dict[str, Any]) -> dict[str, Any]:
        """Return a region of a file as it lies on the copy that is shown."""
        region = Region.model_validate(kept)
        sizes = self._scenes.sizes_of(desk, region.role)
        return {**kept, **(_sized(region, sizes[0]) if sizes else {})}


def _sized(region: Region, size: Size) -> dict[str, Any]:
    """Return points and size of a region on a copy of its picture that has another size."""
    across, down = (wanted / own for wanted, own in zip(size, region.size, strict=True))
    points = [
        [min(round(x * across, 2), size[0]), min(round(y * down, 2), size[1])] for x, y in region.points
    ]
    return {"points": points, "size": list(size)}
