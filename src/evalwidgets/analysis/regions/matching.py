"""Which regions of two lists mark the same thing: one to one, by overlap, or by distance when small."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.regions.outline import Outline, covers, outline_of, overlap
from evalwidgets.core.region import Region
from evalwidgets.errors import RatingsError

Method = Literal["optimal", "greedy"]
AnyRegion = Region | Mapping[str, Any]


class Pair(NamedTuple):
    """Two regions that mark the same thing."""

    first: int
    """Place in the first list."""
    second: int
    """Place in the second list."""
    closeness: float
    """Their overlap, or how near their middles are; from 0.5 to 1 under the usual rule."""


@dataclass(frozen=True)
class RegionMatch:
    """Which regions of two lists belong together, and which stand alone; by their places in the lists."""

    pairs: tuple[Pair, ...]
    first_alone: tuple[int, ...]
    second_alone: tuple[int, ...]

    @property
    def f1(self) -> float | None:
        """Twice the pairs over all regions, from 0 to 1; None when both lists are empty."""
        total = 2 * len(self.pairs) + len(self.first_alone) + len(self.second_alone)
        return 2 * len(self.pairs) / total if total else None


@dataclass(frozen=True)
class MatchRule:
    """When two regions mark the same thing, and how a list is matched to another."""

    families: Mapping[str, str]
    method: Method = "optimal"
    min_iou: float = 0.5
    max_distance: float = 0.05

    def __post_init__(self) -> None:
        if self.method not in ("optimal", "greedy"):
            msg = f"method: expected 'optimal' or 'greedy', got {self.method!r}."
            raise RatingsError(msg)
        for name in ("min_iou", "max_distance"):
            if not 0 < getattr(self, name) <= 1:
                msg = f"{name}: expected a share above 0 and at most 1, got {getattr(self, name)!r}."
                raise RatingsError(msg)

    def family(self, outline: Outline) -> str:
        """Return the family of its class; a class that the rubric does not have is its own."""
        return self.families.get(outline.label, outline.label)

    def closeness(self, one: Outline, other: Outline) -> float:
        """Return how well two regions fit; 0 when they do not mark the same thing."""
        if one.role != other.role or one.size != other.size:
            return 0.0
        families = {self.family(one), self.family(other)} - {""}
        return 0.0 if len(families) > 1 else self._by_place(one, other)

    def _by_place(self, one: Outline, other: Outline) -> float:
        if not (one.is_small and other.is_small) and "point" not in (one.kind, other.kind):
            shared = overlap(one, other)
            return shared if shared >= self.min_iou else 0.0
        distance = math.dist(one.centre, other.centre) / one.diagonal
        if distance <= self.max_distance:
            return 1 - distance / (2 * self.max_distance)
        pointed_at = one.kind == "point" and covers(other, *one.centre)
        return 0.5 if pointed_at or (other.kind == "point" and covers(one, *other.centre)) else 0.0

    def match(self, first: Sequence[Outline], second: Sequence[Outline]) -> RegionMatch:
        """Return which outlines belong together."""
        if not first or not second:
            return RegionMatch((), tuple(range(len(first))), tuple(range(len(second))))
        fits = np.array([[self.closeness(one, other) for other in second] for one in first])
        places = _greedy(fits) if self.method == "greedy" else _optimal(fits)
        pairs = tuple(Pair(row, column, float(fits[row, column])) for row, column in places)
        return RegionMatch(
            pairs,
            tuple(sorted(set(range(len(first))) - {pair.first for pair in pairs})),
            tuple(sorted(set(range(len(second))) - {pair.second for pair in pairs})),
        )


def match_regions(
    first: Iterable[AnyRegion],
    second: Iterable[AnyRegion],
    rubric: Any = None,
    *,
    method: Method = "optimal",
    min_iou: float = 0.5,
    max_distance: float = 0.05,
) -> RegionMatch:
    """Return which regions of two lists mark the same thing.

    Parameters
    ----------
    first, second : iterable of Region or mapping
        Regions of one task by two people, or by one and gold.
    rubric : Rubric or mapping of class to family, optional
        Regions whose classes are of different families never match; without it, classes
        must be the same. A region without a class is compared by its place alone.
    method : {"optimal", "greedy"}
        As many pairs as possible, and of those the closest together; or the closest pair
        first, then the closest of the rest, as most detection benchmarks do.
    min_iou : float
        How much of the area that either covers both must cover.
    max_distance : float
        For points and for two small regions (longer side at most 5 % of the diagonal):
        how far apart the middles may be, as a share of the picture's diagonal. A point
        also matches the region in which it lies.

    Raises
    ------
    RatingsError
        If the method or a share is out of range, or what was given is no rubric.

    Notes
    -----
    Overlap asks too much of small regions: a box of 20 pixels drawn 8 pixels off has an
    IoU of 0.43, though everyone would say that it marks the same thing. Greedy matching
    can lose a pair that optimal matching keeps, where one region fits two others.
    """
    rule = MatchRule(families_of(rubric), method, min_iou, max_distance)
    return rule.match(outlines(first), outlines(second))


def families_of(rubric: Any) -> Mapping[str, str]:
    """Return each class of defects to its family; none without a rubric.

    Raises
    ------
    RatingsError
        If it is neither a rubric nor a mapping.
    """
    families = {} if rubric is None else getattr(rubric, "family_of", rubric)
    if not isinstance(families, Mapping):
        msg = f"rubric: expected a rubric or a mapping of class to family, got {type(rubric).__name__}."
        raise RatingsError(msg)
    return families


def outlines(regions: Iterable[AnyRegion]) -> tuple[Outline, ...]:
    """Return the geometry of regions, given as values or as plain mappings."""
    return tuple(
        outline_of(one if isinstance(one, Region) else Region.model_validate(one)) for one in regions
    )


def _greedy(fits: FloatArray) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(fits)
    taken: list[tuple[int, int]] = []
    for place in np.argsort(-fits[rows, columns], kind="stable"):
        row, column = int(rows[place]), int(columns[place])
        if all(row != one and column != other for one, other in taken):
            taken.append((row, column))
    return sorted(taken)


def _optimal(fits: FloatArray) -> list[tuple[int, int]]:
    more_pairs_first = np.where(fits > 0, fits + min(fits.shape), 0.0)
    rows, columns = linear_sum_assignment(more_pairs_first, maximize=True)
    fine = fits[rows, columns] > 0
    return [(int(row), int(column)) for row, column in zip(rows[fine], columns[fine], strict=True)]
