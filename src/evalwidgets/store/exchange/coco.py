"""COCO: the regions of reviews as annotations of one `coco.json`, an image for each task and role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.region import Region
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.boxes import Size, Spot, area, from_box, scaled, to_box
from evalwidgets.store.exchange.carried import KEY
from evalwidgets.store.exchange.coco_foreign import read_foreign
from evalwidgets.store.exchange.json_file import listed, mapping, number, read_json, write_json
from evalwidgets.store.exchange.picture_copies import Copies, copy_pictures
from evalwidgets.store.exchange.region_answers import (
    Marked,
    as_spelled,
    left_behind,
    marked,
    read_regions_only,
    regions_only,
)
from evalwidgets.store.exchange.work import Brought, Work, Written

FILE = "coco.json"
NO_CLASS = "(no class)"
"""The category of a region whose class was not chosen; no class can be called so."""
_UNKNOWN: Size = (0, 0)


def write_coco(work: Work, folder: Path) -> Written:
    """Write the regions of work as a COCO file.

    Parameters
    ----------
    work : Work
        Tasks and reviews.
    folder : Path
        Made when it is missing. It gets `coco.json` and `images`.

    Returns
    -------
    Written
        The files, and what COCO has no place for: all answers that are no regions.

    Notes
    -----
    A box has a `bbox` and its four corners as `segmentation`; a polygon its corners and the
    box around them; a point is one visible keypoint with a box of no size. Coordinates are
    pixels of the copy in `images`. `attributes` say reviewer, review, criterion, severity,
    cause and note. Categories are the classes of the rubrics, and one for none. The facts of
    tasks and reviews stand under the key `evalwidgets`, which COCO's own tools ignore; with
    them `read_coco` gives back every region, and the answers that had none.
    """
    copies = copy_pictures(work.tasks, folder)
    images = _images(work, copies)
    categories = _categories(work)
    annotations = [
        _annotation(number, one, images, categories) for number, one in enumerate(marked(work), start=1)
    ]
    content = {
        "info": {"description": "Regions of reviews, written by evalwidgets", "version": "1"},
        "licenses": [],
        "images": list(images.values()),
        "categories": [
            {"id": number, "name": name, "supercategory": family, "keypoints": ["point"], "skeleton": []}
            for name, (number, family) in categories.items()
        ],
        "annotations": annotations,
        KEY: regions_only(work, copies),
    }
    path = write_json(folder / FILE, content)
    return Written((path, *copies.paths), (*copies.left_out, *left_behind(work, "COCO")))


def read_coco(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read regions from a COCO file, ours or another's.

    Parameters
    ----------
    folder : Path
        With a `coco.json`, or with one other `.json` file.
    rubrics : mapping of str to Rubric, optional
        Hash to rubric: those that the file lacks.

    Returns
    -------
    Brought
        Tasks, and reviews that hold their answers of regions alone.

    Raises
    ------
    ExchangeError
        If the file is missing, damaged or too large, or names a picture outside of the folder.
    """
    path = _file(folder)
    content = mapping(read_json(path), str(path))
    if KEY not in content:
        return read_foreign(folder, content, rubrics or {}, str(path))
    sizes, labels = _sizes(content, str(path)), _labels(content, str(path))
    marks: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for index, one in enumerate(listed(content.get("annotations"), f"{path}.annotations")):
        where = f"{path}.annotations[{index}]"
        annotation = mapping(one, where)
        facts = mapping(annotation.get("attributes"), f"{where}.attributes")
        key = (str(facts.get("review")), str(facts.get("criterion")))
        label = labels.get(int(number(annotation.get("category_id"), f"{where}.category_id")), "")
        marks[key].append(_region(annotation, {**facts, "label": label}, sizes, where))
    return read_regions_only(folder, content[KEY], marks, rubrics, f"{path}.{KEY}")


def _file(folder: Path) -> Path:
    found = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if folder / FILE in found or len(found) != 1:
        return folder / FILE
    return found[0]


def _images(work: Work, copies: Copies) -> dict[tuple[str, str], dict[str, Any]]:
    """Return an entry for each task and role; one that cannot be read has the size that its regions name."""
    named = {(one.review.task, one.region.role): one.region.size for one in marked(work)}
    images: dict[tuple[str, str], dict[str, Any]] = {}
    for task in work.tasks:
        for role in task.images:
            copy = copies.of[task.id, role]
            width, height = copy.size or named.get((task.id, role), _UNKNOWN)
            facts = {"task": task.id, "role": role, "width": width, "height": height}
            images[task.id, role] = {"id": len(images) + 1, "file_name": copy.path, **facts}
    return images


def _categories(work: Work) -> dict[str, tuple[int, str]]:
    """Return the name of each category to its number and its family."""
    families = {NO_CLASS: ""}
    for rubric in work.rubrics.values():
        families |= rubric.family_of
    families |= {one.region.label: "" for one in marked(work) if one.region.label not in families}
    families.pop("", None)
    return {name: (number, families[name]) for number, name in enumerate(families, start=1)}


def _annotation(
    number: int,
    one: Marked,
    images: Mapping[tuple[str, str], Mapping[str, Any]],
    categories: Mapping[str, tuple[int, str]],
) -> dict[str, Any]:
    region, review = one.region, one.review
    image = images.get((review.task, region.role))
    if image is None:
        msg = f"The review {review.id} marks the picture {region.role!r}, which its task {review.task} lacks."
        raise ExchangeError([msg])
    spots = scaled(region.points, region.size, (image["width"], image["height"]))
    attributes = {
        "review": review.id,
        "reviewer": review.reviewer,
        "criterion": one.criterion,
        **region.model_dump(
            mode="json", include={"id", "type", "severity", "cause", "note", "picture", "size"}
        ),
        **({"spelled": dict(one.spelled)} if one.spelled is not None else {}),
    }
    return {
        "id": number,
        "image_id": image["id"],
        "category_id": categories[region.label or NO_CLASS][0],
        "iscrowd": 0,
        **_place(region, spots),
        "attributes": attributes,
    }


def _place(region: Region, spots: list[Spot]) -> dict[str, Any]:
    if region.type == "point":
        x, y = spots[0]
        return {
            "bbox": [x, y, 0.0, 0.0],
            "area": 0.0,
            "segmentation": [],
            "keypoints": [x, y, 2],
            "num_keypoints": 1,
        }
    across, down = zip(*spots, strict=True)
    box = to_box([(min(across), min(down)), (max(across), max(down))])
    left, top, width, height = box
    corners = spots
    if region.type == "box":
        corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    flat = [side for corner in corners for side in corner]
    return {"bbox": list(box), "area": area(corners), "segmentation": [flat]}


def _sizes(content: Mapping[str, Any], where: str) -> dict[int, tuple[str, Size]]:
    """Return the number of each image to its role and size."""
    sizes = {}
    for index, one in enumerate(listed(content.get("images"), f"{where}.images")):
        at = f"{where}.images[{index}]"
        image = mapping(one, at)
        width, height = (
            int(number(image.get(name), f"{at}.{name}", most=1e6)) for name in ("width", "height")
        )
        sizes[int(number(image.get("id"), f"{at}.id"))] = (str(image.get("role")), (width, height))
    return sizes


def _labels(content: Mapping[str, Any], where: str) -> dict[int, str]:
    """Return the number of each category to the class that it is."""
    labels = {}
    for index, one in enumerate(listed(content.get("categories"), f"{where}.categories")):
        at = f"{where}.categories[{index}]"
        category = mapping(one, at)
        name = str(category.get("name"))
        labels[int(number(category.get("id"), f"{at}.id"))] = "" if name == NO_CLASS else name
    return labels


def _region(
    annotation: Mapping[str, Any], facts: Mapping[str, Any], sizes: Mapping[int, tuple[str, Size]], where: str
) -> dict[str, Any]:
    image = int(number(annotation.get("image_id"), f"{where}.image_id"))
    if image not in sizes:
        raise ExchangeError([f"{where}.image_id: no image has the number {image}."])
    role, shown = sizes[image]
    size = _size(facts.get("size"), f"{where}.attributes.size")
    if min(shown) < 1:
        raise ExchangeError([f"{where}: its image has no width and height."])
    names = ("id", "type", "severity", "cause", "note", "picture", "size")
    spots = list(_spots(annotation, str(facts.get("type")), where))
    try:
        region = Region.model_validate(
            {
                **{name: facts[name] for name in names if name in facts},
                "role": role,
                "label": facts["label"],
                "points": scaled(spots, shown, size),
            }
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ExchangeError([f"{where}: {place}: {first['msg'].removeprefix('Value error, ')}"]) from None
    return as_spelled(region, facts.get("spelled"), f"{where}.attributes.spelled")


def _size(given: Any, where: str) -> Size:
    sides = [int(number(side, where, most=1e6)) for side in listed(given, where)]
    if len(sides) != 2 or min(sides) < 1:
        raise ExchangeError([f"{where}: expected a width and a height, got {sides}."])
    return sides[0], sides[1]


def _spots(annotation: Mapping[str, Any], shape: str, where: str) -> Iterator[Spot]:
    if shape == "polygon":
        parts = listed(annotation.get("segmentation"), f"{where}.segmentation")
        flat = listed(parts[0] if parts else [], f"{where}.segmentation[0]")
        sides = [number(side, f"{where}.segmentation[0]") for side in flat]
        if len(sides) % 2:
            raise ExchangeError(
                [f"{where}.segmentation[0]: expected pairs of numbers, got {len(sides)} numbers."]
            )
        yield from zip(sides[::2], sides[1::2], strict=True)
        return
    box = [number(side, f"{where}.bbox") for side in listed(annotation.get("bbox"), f"{where}.bbox")]
    if len(box) != 4:
        raise ExchangeError([f"{where}.bbox: expected four numbers, got {len(box)}."])
    yield from from_box(box) if shape == "box" else [(box[0], box[1])]
