"""The rules of a `regions` criterion: what a list of regions must be, and what each region must say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from evalwidgets.core.region import Region, Shape
from evalwidgets.core.value import canonical_json

Need = Literal["class", "severity", "cause", "note"]

MOST_REGIONS = 60
MOST_BYTES = 40_000
"""What the regions of one answer may take as JSON, so that the review still fits in a store."""

_HELD_IN: dict[Need, str] = {"class": "label", "severity": "severity", "cause": "cause", "note": "note"}


def read_regions(value: Any) -> tuple[Region, ...]:
    """Return the regions of an answer's value that `explain_regions` allows; none for no answer."""
    return tuple(Region.model_validate(one) for one in value or ())


def explain_regions(value: Any, shapes: Collection[Shape], role: str = "") -> str | None:
    """Return why a value is no list of such regions, as a sentence, or None when it is.

    Parameters
    ----------
    value : object
        What was given: a list of regions as plain dictionaries.
    shapes : collection of str
        The shapes that may be drawn.
    role : str
        The picture that is marked; empty allows any.
    """
    if not isinstance(value, list | tuple):
        return f"expected a list of regions, got {value!r}"
    if len(value) > MOST_REGIONS:
        return (
            f"expected at most {MOST_REGIONS} regions, got {len(value)}; a texture that repeats one "
            "flaw is one region"
        )
    regions: list[Region] = []
    for number, one in enumerate(value, start=1):
        try:
            regions.append(Region.model_validate(one))
        except ValidationError as error:
            return f"expected regions as they are drawn; region {number}: {_first(error)}"
    return next(_unfit(regions, shapes, role), None) or _too_large(regions)


def too_few(regions: Collection[Region], least: int) -> Iterator[str]:
    """Yield a sentence when fewer are marked than are asked for."""
    if len(regions) < least:
        asked = f"{least} regions are" if least > 1 else "1 region is"
        yield f"at least {asked} asked for, got {len(regions) or 'none'}"


def missing_in(regions: Iterable[Region], needs: Collection[Need]) -> Iterator[str]:
    """Yield a sentence for each region that does not say what is needed yet."""
    for number, region in enumerate(regions, start=1):
        absent = [need for need in needs if not getattr(region, _HELD_IN[need])]
        if absent:
            named = f"region {number} ({region.type}, {region.place})"
            yield f"{named} still needs its {' and its '.join(absent)}"


def unknown_labels(regions: Iterable[Region], classes: Mapping[str, str]) -> list[str]:
    """Return the labels that are no class of the rubric."""
    return sorted({region.label for region in regions if region.label and region.label not in classes})


def _unfit(regions: Iterable[Region], shapes: Collection[Shape], role: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, region in enumerate(regions, start=1):
        if region.type not in shapes:
            yield f"expected a list of {', '.join(shapes)} regions, got a {region.type} as region {number}"
        if role and region.role != role:
            yield f"expected regions of the picture {role!r}, got one of {region.role!r} as region {number}"
        if region.id in seen:
            yield f"expected an id of its own for each region, got {region.id!r} more than once"
        seen.add(region.id)


def _too_large(regions: Iterable[Region]) -> str | None:
    size = len(canonical_json([region.model_dump(mode="json") for region in regions]).encode())
    if size <= MOST_BYTES:
        return None
    return (
        f"expected regions of at most {MOST_BYTES:,} bytes together, got {size:,}; mark fewer, or draw "
        "polygons with fewer corners and shorten their notes"
    )


def _first(error: ValidationError) -> str:
    """Return the first of what is wrong with a region, with its place."""
    first = error.errors(include_url=False, include_context=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {message}" if where else message
