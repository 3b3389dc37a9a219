"""Boundaries: which there are, which gold decides, and where gold is lacking."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.boundary import Boundary, boundaries, lacking_gold, sides
from evalwidgets.core.gold import Gold, GoldAnswer

from ..samples import every_control

RUBRIC = every_control()
ACCEPTED = st.sets(st.integers(1, 5), min_size=1)


def at(lower: int, criterion: str = "adherence") -> Boundary:
    """Return a boundary."""
    return Boundary(criterion=criterion, lower=lower)


def gold_of(task: str = "t", **answers: GoldAnswer) -> Gold:
    """Return gold with these answers."""
    return Gold(task=task, rubric=RUBRIC.id, rubric_version=RUBRIC.version, answers=answers)


def decided(*accepted: Any) -> dict[int, str]:
    """Return what gold with these accepted levels decides: lower level to side."""
    found = sides(RUBRIC, gold_of(adherence=GoldAnswer(accepted=accepted)))
    return {boundary.lower: side for boundary, side in found.items()}


def test_a_boundary_reads_like_its_two_levels() -> None:
    """People read the criterion and the levels on both sides."""
    assert (str(at(3, "preservation")), at(3).upper) == ("preservation 3|4", 4)


def test_equal_boundaries_are_one_key() -> None:
    """A boundary can be looked up by another one that is equal."""
    assert {at(3): "here"}[at(3)] == "here"


def test_every_ordinal_criterion_has_one_boundary_less_than_levels() -> None:
    """Gates, options, counts and texts have none; the order is the rubric's, lowest first."""
    assert [str(one) for one in boundaries(RUBRIC)] == [
        *(f"adherence {lower}|{lower + 1}" for lower in range(1, 5)),
        *(f"quality {lower}|{lower + 1}" for lower in range(1, 5)),
        *(f"figure {lower}|{lower + 1}" for lower in range(1, 3)),
    ]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ((3,), {2: "above", 3: "below"}),
        ((3, 4), {2: "above", 4: "below"}),
        ((4, 3), {2: "above", 4: "below"}),
        ((2, 4), {1: "above", 4: "below"}),
        ((1,), {1: "below"}),
        ((5,), {4: "above"}),
        ((4, 5), {3: "above"}),
        ((1, 2, 3, 4, 5), {}),
    ],
)
def test_gold_decides_the_boundaries_next_to_what_it_accepts(
    accepted: tuple[int, ...], expected: dict[int, str]
) -> None:
    """Below the lowest accepted level it lies above, over the highest below; in between all is open."""
    assert decided(*accepted) == expected


@given(ACCEPTED)
def test_an_accepted_level_is_right_at_every_boundary_that_gold_decides(accepted: set[int]) -> None:
    """No accepted answer can be a wrong trial, and the level beyond is one."""
    for lower, side in decided(*accepted).items():
        assert {at(lower).side_of(level) for level in accepted} == {side}
        beyond = lower if side == "above" else lower + 1
        assert at(lower).side_of(beyond) != side


@pytest.mark.parametrize(
    "answer",
    [
        GoldAnswer(na=True),
        GoldAnswer(distribution={"3": 0.5, "4": 0.5}),
        GoldAnswer(order=(5, 4)),
        GoldAnswer(accepted=("3",)),
        GoldAnswer(accepted=(True,)),
        GoldAnswer(accepted=(9,)),
    ],
)
def test_gold_without_a_level_decides_nothing(answer: GoldAnswer) -> None:
    """Not applicable, shares, orders, and what is no level of the scale leave every boundary open."""
    assert sides(RUBRIC, gold_of(adherence=answer)) == {}


def test_only_scales_with_an_order_have_sides() -> None:
    """A gate's or a choice's gold decides no boundary."""
    gold = gold_of(safety=GoldAnswer(accepted=("ok",)), number=GoldAnswer(accepted=(3,)))

    assert sides(RUBRIC, gold) == {}


@pytest.mark.parametrize(
    ("value", "side"), [(3, "below"), (4, "above"), (None, None), ("4", None), (True, None)]
)
def test_an_answer_lies_on_a_side_only_when_it_is_a_level(value: Any, side: str | None) -> None:
    """Silence and text are on neither side of 3|4."""
    assert at(3).side_of(value) == side


def test_boundaries_that_lack_gold_are_told_with_the_side_that_lacks_it() -> None:
    """Two tasks on each side of 3|4 can teach it; one task a side, or none, cannot."""
    accepted = {"a": 3, "b": 3, "c": 4, "d": 4, "e": 1}
    golds = [gold_of(name, adherence=GoldAnswer(accepted=(level,))) for name, level in accepted.items()]

    lacking = {
        one.lower: lacks for one, lacks in lacking_gold(RUBRIC, golds).items() if one in map(at, range(5))
    }

    assert lacking == {1: ("below", "above"), 2: ("below",), 4: ("above",)}
    assert at(1, "quality") in lacking_gold(RUBRIC, golds)
    assert at(1) not in lacking_gold(RUBRIC, golds, least=0)
