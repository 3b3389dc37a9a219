"""Regions as results of Label Studio, in percent of the one picture that they lie on, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.region import Region
from evalwidgets.store.exchange.boxes import (
    Size,
    Spot,
    from_box,
    from_percent,
    inside,
    to_box,
    to_percent,
    turned,
)
from evalwidgets.store.exchange.carried import KEY
from evalwidgets.store.exchange.json_file import loose, mapping, number
from evalwidgets.store.exchange.label_studio_controls import NO_CLASS, TAGS, region_control
from evalwidgets.store.exchange.region_answers import as_spelled, spelling

TYPES = {tag.lower(): shape for shape, tag in TAGS.items()}
"""Type of a result to the shape that it draws."""
PLAIN = {"rectangle": "rectanglelabels", "polygon": "polygonlabels", "keypoint": "keypointlabels"}
"""Types without a label to those with one."""
_POINT = 0.5
"""How wide Label Studio draws a point, in percent; it marks nothing."""


def result_of(
    criterion: str, region: Region, given: Mapping[str, Any], known: frozenset[str]
) -> dict[str, Any]:
    """Return the result that draws a region; `known` are the labels that the config has."""
    kind = TAGS[region.type].lower()
    label = region.label if region.label in known else NO_CLASS
    rest: dict[str, Any] = {
        name: value for name, value in {"id": region.id, **_beside(region)}.items() if value or name == "id"
    }
    if region.label not in known and region.label:
        rest["label"] = region.label
    spelled = spelling(region, given)
    if spelled is not None:
        rest["spelled"] = spelled
    return {
        "id": f"{criterion}-{region.id}",
        "from_name": region_control(criterion, region.role, region.type),
        "to_name": region.role,
        "type": kind,
        "original_width": region.size[0],
        "original_height": region.size[1],
        "image_rotation": 0,
        "value": {**_place(region), kind: [label]},
        "meta": {**({"text": [region.note]} if region.note else {}), KEY: rest},
    }


def region_from(
    result: Mapping[str, Any], role: str, name: str, size: Size | None, where: str
) -> dict[str, Any]:
    """Return a region as an answer holds it, from a result that Label Studio or we wrote.

    Raises
    ------
    ExchangeError
        If a coordinate is no number, or what we wrote ourselves was damaged.
    ValueError
        If it is a shape that cannot be kept, as a sentence.
    """
    value = mapping(result.get("value"), f"{where}.value")
    meta = loose(result.get("meta"))
    rest = mapping(meta.get(KEY, {}), f"{where}.meta.{KEY}")
    kind = PLAIN.get(str(result.get("type")), str(result.get("type")))
    size = _size_of(result, size, where)
    shape, spots = _spots(kind, value, size, where)
    labels = value.get(kind) or value.get("labels") or [""]
    label = str(labels[0]) if isinstance(labels, list) else str(labels)
    notes = meta.get("text", [])
    note = "\n".join(map(str, notes)) if isinstance(notes, list) else str(notes)
    facts = {
        "id": str(rest.get("id") or name)[:40],
        "type": shape,
        "points": inside(spots, size),
        "role": role,
        "size": size,
        "picture": rest.get("picture", ""),
        "label": rest.get("label", "") if label == NO_CLASS else label,
        "severity": rest.get("severity"),
        "cause": rest.get("cause", ""),
        "note": note,
    }
    try:
        region = Region.model_validate(facts)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        msg = f"{'.'.join(map(str, first['loc']))} {first['msg'].removeprefix('Value error, ')}".strip()
        raise ValueError(msg) from None
    return as_spelled(region, rest.get("spelled"), f"{where}.meta.{KEY}.spelled")


def _beside(region: Region) -> dict[str, Any]:
    return {"severity": region.severity, "cause": region.cause, "picture": region.picture}


def _place(region: Region) -> dict[str, Any]:
    spots = to_percent(region.points, region.size)
    if region.type == "polygon":
        return {"points": [list(spot) for spot in spots], "closed": True}
    if region.type == "point":
        return {"x": spots[0][0], "y": spots[0][1], "width": _POINT}
    x, y, width, height = to_box(spots)
    return {"x": x, "y": y, "width": width, "height": height, "rotation": 0}


def _spots(kind: str, value: Mapping[str, Any], size: Size, where: str) -> tuple[str, list[Spot]]:
    if kind == "polygonlabels":
        given = value.get("points")
        pairs = given if isinstance(given, list) else []
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            msg = "its points are no pairs of numbers"
            raise ValueError(msg)
        spots = [(number(x, where), number(y, where)) for x, y in pairs]
        return "polygon", from_percent(spots, size)
    if kind not in TYPES:
        msg = f"a shape of type {kind[:40]!r} cannot be kept; box, polygon and point can"
        raise ValueError(msg)
    x, y = number(value.get("x"), f"{where}.x"), number(value.get("y"), f"{where}.y")
    if kind == "keypointlabels":
        return "point", from_percent([(x, y)], size)
    sides = [number(value.get(name), f"{where}.{name}") for name in ("width", "height")]
    corners = from_percent(from_box((x, y, *sides)), size)
    rotation = number(value.get("rotation", 0), f"{where}.rotation")
    return ("polygon", turned(corners, rotation)) if rotation % 360 else ("box", corners)


def _size_of(result: Mapping[str, Any], size: Size | None, where: str) -> Size:
    given = (result.get("original_width"), result.get("original_height"))
    if given == (None, None) and size is not None:
        return size
    width, height = (number(side, f"{where}.original_width", most=1e6) for side in given)
    return int(width), int(height)
