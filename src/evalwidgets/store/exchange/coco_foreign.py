"""COCO files of others: each image a task, its annotations one review, each guess told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.region import MOST_POINTS, Region
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import JUDGED, Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.boxes import Size, Spot, from_box, inside
from evalwidgets.store.exchange.carried import work_from
from evalwidgets.store.exchange.guessed import (
    class_named,
    guessed_review,
    guessed_task,
    regions_criterion,
    rubric_with_regions,
)
from evalwidgets.store.exchange.json_file import listed, mapping, number
from evalwidgets.store.exchange.work import Brought
from evalwidgets.store.tasks import TaskSet

_REVIEWER = "coco"


def read_foreign(
    folder: Path, content: Mapping[str, Any], rubrics: Mapping[str, Rubric], where: str
) -> Brought:
    """Return the work of a COCO file that evalwidgets did not write.

    Raises
    ------
    ExchangeError
        If it is no COCO file, or names a picture outside of the folder.
    """
    labels = {
        int(number(one.get("id"), f"{where}.categories")): str(one.get("name", ""))
        for one in (mapping(it, where) for it in listed(content.get("categories", []), f"{where}.categories"))
    }
    rubric, sentence = rubric_with_regions(rubrics, labels.values(), "coco", where)
    said = [sentence]
    of_image: defaultdict[int, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for index, one in enumerate(listed(content.get("annotations", []), f"{where}.annotations")):
        at = f"{where}.annotations[{index}]"
        annotation = mapping(one, at)
        of_image[int(number(annotation.get("image_id"), f"{at}.image_id"))].append((at, annotation))
    tasks: list[tuple[int, Task]] = []
    reviews: list[tuple[int, Review]] = []
    for place, one in enumerate(listed(content.get("images"), f"{where}.images")):
        at = f"{where}.images[{place}]"
        image = mapping(one, at)
        task = _task(image, rubric, at, said)
        tasks.append((place, task))
        given = of_image.pop(int(number(image.get("id"), f"{at}.id")), [])
        if given:
            size = tuple(int(number(image.get(it), f"{at}.{it}", most=1e6)) for it in ("width", "height"))
            role = JUDGED[task.kind] or next(iter(task.images))
            value = list(_regions(given, labels, rubric, role, (size[0], size[1]), said))
            answers = {regions_criterion(rubric).id: {"value": value}}
            facts = {"reviewer": _REVIEWER, "answers": answers}
            alone = TaskSet([task], folder)
            reviews.append((place, guessed_review("coco", "", alone, task, rubric, facts, at, said)))
    if of_image:
        raise ExchangeError([f"{where}.annotations: no image has the number {next(iter(of_image))}."])
    work = work_from(folder, tasks, {**rubrics, rubric.hash: rubric}, reviews)
    return Brought(work, tuple(dict.fromkeys(said)))


def _task(image: Mapping[str, Any], rubric: Rubric, where: str, said: list[str]) -> Task:
    path = str(image.get("file_name", ""))
    if rubric.kind != "image":
        said.append(f"A COCO file has one picture a task; the rubric is for tasks of kind {rubric.kind!r}.")
    return guessed_task(str(image.get("id")), {"image": path}, {}, where, said)


def _regions(
    given: list[tuple[str, dict[str, Any]]],
    labels: Mapping[int, str],
    rubric: Rubric,
    role: str,
    size: Size,
    said: list[str],
) -> Iterator[dict[str, Any]]:
    for where, annotation in given:
        label = labels.get(int(number(annotation.get("category_id", 0), f"{where}.category_id")), "")
        named = class_named(rubric, label)
        for part, (shape, spots) in enumerate(_shapes(annotation, where, said)):
            kept = inside(spots, size)
            if kept != spots:
                said.append(f"{where} lay partly outside the picture; it was moved to its edge.")
            try:
                region = Region.model_validate(
                    {
                        "id": f"{annotation.get('id', where[-12:])}-{part + 1}"[:40],
                        "type": shape,
                        "points": kept,
                        "role": role,
                        "size": size,
                        "label": named,
                        "note": "" if named else label,
                    }
                )
            except ValidationError as error:
                why = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
                said.append(f"{where} was left out: {why}.")
                continue
            yield region.model_dump(mode="json")


def _shapes(annotation: Mapping[str, Any], where: str, said: list[str]) -> Iterator[tuple[str, list[Spot]]]:
    points = listed(annotation.get("keypoints", []), f"{where}.keypoints")
    sides = [number(one, f"{where}.keypoints") for one in points]
    seen = [(x, y) for x, y, v in zip(sides[::3], sides[1::3], sides[2::3], strict=False) if v > 0]
    yield from (("point", [spot]) for spot in seen)
    parts = annotation.get("segmentation") or []
    if not isinstance(parts, list):
        said.append(f"{where}: the mask by run lengths was left out; its box was taken.")
        parts = []
    polygons = [listed(part, f"{where}.segmentation") for part in parts]
    fitting = [part for part in polygons if len(part) // 2 <= MOST_POINTS]
    if len(fitting) < len(polygons):
        said.append(f"{where}: a polygon of more than {MOST_POINTS} corners was left out.")
    for part in fitting:
        flat = [number(one, f"{where}.segmentation") for one in part]
        yield "polygon", list(zip(flat[::2], flat[1::2], strict=False))
    if not fitting and not seen:
        box = [number(one, f"{where}.bbox") for one in listed(annotation.get("bbox"), f"{where}.bbox")]
        if len(box) != 4:
            raise ExchangeError([f"{where}.bbox: expected four numbers, got {len(box)}."])
        yield "box", from_box(box)
