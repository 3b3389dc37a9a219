"""Regions to and from the shapes of ipyannotations: its box, point and polygon dictionaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from evalwidgets.core.region import Region
from evalwidgets.core.task import Role

Shape = dict[str, Any]
"""`{"type": "box", "label", "xyxy"}`, `{"type": "point", "label", "coordinates"}` or
`{"type": "polygon", "label", "points"}`, in whole pixels; a closed polygon repeats its first corner."""

_IS_CLASS = re.compile(r"[a-z][a-z0-9_]*")
_CANNOT_SAY = ("severity", "cause", "note")


class ReadShapes(NamedTuple):
    """Regions, and what of the shapes was changed or left out, one sentence each."""

    regions: tuple[Region, ...]
    understood: tuple[str, ...]


class WrittenShapes(NamedTuple):
    """Shapes, and what of the regions they cannot hold, one sentence each."""

    shapes: tuple[Shape, ...]
    lost: tuple[str, ...]


def from_ipyannotations(
    shapes: Iterable[Mapping[str, Any]],
    *,
    role: Role,
    size: tuple[int, int],
    picture: str = "",
    classes: Mapping[str, str] | None = None,
) -> ReadShapes:
    """Return the regions that an ipyannotations annotator holds in `data`.

    Parameters
    ----------
    shapes : iterable of mapping
        Boxes, points and polygons.
    role, size, picture
        The picture on which they were drawn: its role in the task, its width and height
        in pixels, the sha256 of its file where known.
    classes : mapping, optional
        From the annotator's labels to classes of the rubric. A label that is neither in
        it nor an id becomes the region's note.

    Notes
    -----
    Ids are `shape-1`, `shape-2`, ... in the order given. What lies outside the picture is
    moved to its edge; a box without area, or a polygon with fewer than three corners, is
    left out. Nothing happens in silence: see `understood`.
    """
    regions: list[Region] = []
    understood: list[str] = []
    for number, shape in enumerate(shapes, start=1):
        label, note = _class_of(str(shape.get("label") or ""), classes or {})
        if note:
            understood.append(f"Shape {number}: the label {note!r} is no class; it is kept as the note.")
        try:
            points = _points_of(shape)
            inside = [(min(max(x, 0), size[0]), min(max(y, 0), size[1])) for x, y in points]
            given = {"type": shape.get("type"), "points": inside, "label": label, "note": note}
            region = Region(id=f"shape-{number}", role=role, size=size, picture=picture, **given)
        except (ValidationError, ValueError, TypeError, KeyError) as error:
            understood.append(f"Shape {number} was left out: {_why(error)}.")
            continue
        if inside != points:
            understood.append(f"Shape {number} lay partly outside the picture; it was moved to its edge.")
        regions.append(region)
    return ReadShapes(tuple(regions), tuple(understood))


def to_ipyannotations(regions: Iterable[Region]) -> WrittenShapes:
    """Return regions as the shapes that an ipyannotations annotator takes as `data`.

    Notes
    -----
    Corners are rounded to whole pixels, and a thin box is kept at least one pixel wide.
    An annotator draws one kind of shape: give each of them those of its kind.
    """
    kept = tuple(regions)
    lost = [
        f"Region {region.id!r}: its {', '.join(said)} cannot be kept."
        for region in kept
        if (said := [name for name in _CANNOT_SAY if getattr(region, name)])
    ]
    pictures = {(region.role, region.size) for region in kept}
    if len(pictures) > 1:
        lost.append(f"The regions lie on {len(pictures)} pictures, and shapes do not say on which.")
    return WrittenShapes(tuple(map(_shape_of, kept)), tuple(lost))


def _class_of(label: str, classes: Mapping[str, str]) -> tuple[str, str]:
    """Return the class that a label names, or else a note that holds it."""
    named = classes.get(label, label)
    return (named, "") if not named or _IS_CLASS.fullmatch(named) else ("", label)


def _points_of(shape: Mapping[str, Any]) -> list[tuple[float, float]]:
    if shape.get("type") == "box":
        left, top, right, bottom = shape["xyxy"]
        return [(min(left, right), min(top, bottom)), (max(left, right), max(top, bottom))]
    if shape.get("type") == "point":
        x, y = shape["coordinates"]
        return [(x, y)]
    points = [(x, y) for x, y in shape["points"]]
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _shape_of(region: Region) -> Shape:
    shape: Shape = {"type": region.type, "label": region.label}
    if region.type == "box":
        left, top, right, bottom = region.box
        (left, right), (top, bottom) = _span(left, right), _span(top, bottom)
        return {**shape, "xyxy": (left, top, right, bottom)}
    whole = [(round(x), round(y)) for x, y in region.points]
    if region.type == "point":
        return {**shape, "coordinates": whole[0]}
    return {**shape, "points": [*whole, whole[0]]}


def _span(low: float, high: float) -> tuple[int, int]:
    """Return two ends in whole pixels, at least one pixel apart."""
    first, last = round(low), round(high)
    return (first, last) if first < last else (int(low), int(low) + 1)


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    if isinstance(error, KeyError):
        return f"it has no {error}"
    if isinstance(error, TypeError) or "unpack" in str(error):
        return "its coordinates are not as ipyannotations writes them"
    return str(error)
