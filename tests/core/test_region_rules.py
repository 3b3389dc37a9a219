"""Lists of regions: what an answer may hold, and what each region must still say."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.check import check
from evalwidgets.core.criterion import Regions
from evalwidgets.core.region_rules import MOST_BYTES, MOST_REGIONS, explain_regions
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric

from ..samples import a_region, an_edit, criterion, every_control

DEFECTS = [
    {"id": "blend", "name": "Blending", "classes": [{"id": "halo", "name": "Halo"}]},
    {"id": "content", "name": "Content", "classes": [{"id": "remnant", "name": "Remnant"}]},
]


def asking(**more: Any) -> Rubric:
    """Return a rubric that asks for places only."""
    plain = every_control().model_dump(by_alias=True)
    places = criterion("places", "regions", **more)
    alone = {"gates": [], "criteria": [places], "caps": [], "overall": {"kind": "none"}}
    return Rubric.model_validate({**plain, **alone, "defects": DEFECTS})


def told(rubric: Rubric, *regions: dict[str, Any]) -> list[tuple[str, str]]:
    """Return kind and message of every problem of an answer."""
    sheet = Sheet(answers={"places": Answer(value=list(regions))})
    return [(problem.kind, problem.message) for problem in check(rubric, sheet, an_edit("t"))]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"id": "r1"}, "expected a list of regions, got {'id': 'r1'}"),
        ([a_region(), "box"], "expected regions as they are drawn; region 2: Input should be"),
        (
            [{**a_region(), "size": [20, 20]}],
            "region 1: points: (40, 60) lies outside",
        ),
        ([{**a_region(), "points": [[1, 2], [3]]}], "region 1: points.1.1: Field required"),
        (
            [a_region(), a_region(id="r2", type="point", points=[(1, 1)])],
            "expected a list of box, polygon regions, got a point as region 2",
        ),
        (
            [a_region(role="original")],
            "expected regions of the picture 'edited', got one of 'original' as region 1",
        ),
        ([a_region(), a_region()], "expected an id of its own for each region, got 'r1' more than once"),
        (
            [a_region(id=str(number)) for number in range(MOST_REGIONS + 1)],
            "expected at most 60 regions, got 61; a texture that repeats one flaw is one region",
        ),
    ],
)
def test_what_is_no_list_of_such_regions_is_told_in_a_sentence(value: Any, why: str) -> None:
    """It names the region by its number in the list."""
    assert why in str(explain_regions(value, ("box", "polygon"), "edited"))


def test_regions_that_would_not_fit_in_a_store_are_refused_while_drawing() -> None:
    """Rather than at the end, when everything has been said."""
    corners = [(100 + 0.37 * number, 50 + 0.41 * number) for number in range(200)]
    drawn = [a_region(id=str(number), type="polygon", points=corners) for number in range(10)]

    assert explain_regions(drawn, ("polygon",)) is None
    assert str(explain_regions([*drawn, {**drawn[0], "note": "n" * MOST_BYTES}], ("polygon",))).startswith(
        "expected an id of its own"
    )
    assert "expected regions of at most 40,000 bytes together, got 4" in str(
        explain_regions([*drawn, {**drawn[0], "id": "r", "note": "n" * 10_000}], ("polygon",))
    )


def test_each_region_must_say_what_the_rubric_needs() -> None:
    """The sentence names the region by number, shape and place."""
    rubric = asking(needs=["class", "severity"])

    assert told(rubric, a_region(label="halo", severity=1), a_region(id="r2")) == [
        ("missing", "Places: region 2 (box, upper left) still needs its class and its severity.")
    ]
    assert told(rubric, a_region(label="halo", severity=3)) == []


def test_an_answer_may_ask_for_regions_at_the_least() -> None:
    """Then "looked, found none" is not enough, though it can be said on the way."""
    assert told(asking(least=2), a_region()) == [
        ("missing", "Places: at least 2 regions are asked for, got 1.")
    ]
    assert told(asking(least=1)) == [("missing", "Places: at least 1 region is asked for, got none.")]
    assert told(asking()) == []


def test_a_class_that_the_rubric_does_not_know_is_told() -> None:
    """A review that comes from elsewhere may hold one."""
    assert told(asking(), a_region(label="hallo")) == [
        ("scale", "Places: no class 'hallo'; expected one of halo, remnant.")
    ]


def test_a_rubric_knows_the_family_of_each_class() -> None:
    """Near misses inside a family still match."""
    assert asking().family_of == {"halo": "blend", "remnant": "content"}
    assert isinstance(asking().criterion("places"), Regions)
