"""Matching regions: one to one, by overlap, by distance where they are small, within a family."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import match_regions
from evalwidgets.analysis.regions.matching import MatchRule, outlines
from evalwidgets.core.region import Region
from evalwidgets.errors import RatingsError

from .region_tables import FAMILIES, box, boxes, point, points, polygon, polygons

RULE = MatchRule(FAMILIES)
SOME = st.lists(boxes | points | polygons, max_size=4)


def best_by_trying(first: list[Region], second: list[Region]) -> tuple[int, float]:
    """Return the most pairs, and the greatest closeness of so many, over all ways to pair."""
    one, other = outlines(first), outlines(second)
    if len(one) > len(other):
        one, other = other, one
    ways = []
    for order in permutations(range(len(other)), len(one)):
        fits = [RULE.closeness(one[row], other[column]) for row, column in enumerate(order)]
        ways.append((sum(fit > 0 for fit in fits), sum(fits)))
    return max(ways)


@settings(max_examples=200)
@given(SOME, SOME)
def test_optimal_matching_is_the_best_of_all_ways(first: list[Region], second: list[Region]) -> None:
    """As many pairs as any way of pairing has, and of those the closest."""
    match = match_regions(first, second, FAMILIES)

    n, close = best_by_trying(first, second)
    assert (len(match.pairs), sum(pair.closeness for pair in match.pairs)) == (n, pytest.approx(close))


@given(SOME, SOME, st.sampled_from(["optimal", "greedy"]))
def test_each_region_is_used_once(first: list[Region], second: list[Region], method: str) -> None:
    """It is in one pair, or stands alone; greedy never finds more pairs than optimal."""
    match = match_regions(first, second, FAMILIES, method=method)  # type: ignore[arg-type]

    assert sorted([*match.first_alone, *(pair.first for pair in match.pairs)]) == list(range(len(first)))
    assert sorted([*match.second_alone, *(pair.second for pair in match.pairs)]) == list(range(len(second)))
    assert len(match.pairs) <= len(match_regions(first, second, FAMILIES).pairs)
    assert all(0.5 <= pair.closeness <= 1 for pair in match.pairs)


def test_greedy_can_lose_a_pair_that_optimal_keeps() -> None:
    """The closest pair first leaves one without a partner."""
    first = [box(0, 0, 100, 100), box(40, 0, 140, 100)]
    second = [box(25, 0, 125, 100), box(70, 0, 170, 100)]

    assert [(0, 0), (1, 1)] == [pair[:2] for pair in match_regions(first, second).pairs]
    assert [(1, 0)] == [pair[:2] for pair in match_regions(first, second, method="greedy").pairs]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (box(0, 0, 100, 100), box(0, 0, 100, 50), 0.5),
        (box(0, 0, 100, 100), box(0, 0, 100, 49), None),
        (box(0, 0, 18, 18), box(9, 0, 27, 18), 1 - 9 / 36.06),
        (box(0, 0, 18, 18), box(19, 0, 37, 18), None),
        (point(100, 100), point(118, 100), 1 - 18 / 36.06),
        (point(100, 100), point(119, 100), None),
        (point(100, 100), box(90, 90, 110, 110), 1),
        (point(10, 10), box(0, 0, 200, 150), 0.5),
        (point(10, 10), polygon([(5, 5), (200, 5), (5, 150)]), 0.5),
        (point(190, 140), polygon([(5, 5), (200, 5), (5, 150)]), None),
        (point(10, 10, role="original"), point(10, 10), None),
        (point(10, 10, size=(400, 300)), point(10, 10), None),
    ],
)
def test_when_two_regions_mark_the_same_thing(one: Region, other: Region, expected: float | None) -> None:
    """Half of the area, or a twentieth of the diagonal where small; never on another picture."""
    for pairs in (match_regions([one], [other]).pairs, match_regions([other], [one]).pairs):
        assert [pair.closeness for pair in pairs] == (
            [] if expected is None else [pytest.approx(expected, 1e-3)]
        )


@pytest.mark.parametrize(
    ("label", "other", "families", "same"),
    [
        ("halo", "smear", FAMILIES, True),
        ("halo", "remnant", FAMILIES, False),
        ("halo", "", FAMILIES, True),
        ("halo", "halo", None, True),
        ("halo", "smear", None, False),
        ("unheard_of", "halo", FAMILIES, False),
    ],
)
def test_a_class_matches_within_its_family(
    label: str, other: str, families: dict[str, str] | None, same: bool
) -> None:
    """A near miss of the class still counts; a region without a class is compared by place alone."""
    match = match_regions([box(0, 0, 90, 90, label)], [box(0, 0, 90, 90, other)], families)

    assert bool(match.pairs) is same


def test_regions_may_be_given_as_an_answer_holds_them() -> None:
    """Plain mappings do as well as values."""
    one = box(0, 0, 90, 90)

    assert match_regions([one.model_dump(mode="json")], [one]).f1 == 1
    assert match_regions([], [one]).f1 == 0
    assert match_regions([], []).f1 is None


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"method": "best"}, "method: expected 'optimal' or 'greedy', got 'best'"),
        ({"min_iou": 0}, "min_iou: expected a share above 0 and at most 1, got 0"),
        ({"max_distance": 5}, "max_distance: expected a share above 0 and at most 1, got 5"),
        ({"rubric": "image-edit"}, "expected a rubric or a mapping of class to family, got str"),
    ],
)
def test_odd_rules_are_refused(options: dict[str, object], told: str) -> None:
    """The message says what is allowed."""
    with pytest.raises(RatingsError, match=told):
        match_regions([], [], **options)  # type: ignore[arg-type]
