"""Regions and the shapes of ipyannotations: there and back within rounding, and nothing lost in silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipyannotations.images.canvases import shapes as their_shapes

from evalwidgets.core.region import Region
from evalwidgets.store.exchange.ipyannotations_shapes import from_ipyannotations, to_ipyannotations

SIZE = (300, 200)
SPOTS = st.tuples(st.floats(0, SIZE[0]), st.floats(0, SIZE[1]))
LABELS = st.sampled_from(["", "halo", "seam_halo"])


def region(kind: str, points: Any, label: str = "", **more: Any) -> Region:
    """Return a region."""
    plain = {"id": "r1", "role": "edited", "size": SIZE}
    return Region(**{**plain, "type": kind, "points": points, "label": label, **more})


def sorted_box(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    """Return two corners as top left and bottom right."""
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return [(left, top), (right, bottom)]


REGIONS = (
    st.builds(lambda one, other, label: (one, other, label), SPOTS, SPOTS, LABELS)
    .filter(lambda it: abs(it[0][0] - it[1][0]) > 0.02 and abs(it[0][1] - it[1][1]) > 0.02)
    .map(lambda it: region("box", sorted_box(it[0], it[1]), it[2]))
    | st.builds(lambda spot, label: region("point", [spot], label), SPOTS, LABELS)
    | st.builds(
        lambda spots, label: region("polygon", spots, label), st.lists(SPOTS, min_size=3, max_size=9), LABELS
    )
)


@given(st.lists(REGIONS, max_size=5))
def test_there_and_back_keeps_shape_place_and_class(regions: list[Region]) -> None:
    """Within the rounding to whole pixels; a thin box may widen to one."""
    written = to_ipyannotations(regions)
    back = from_ipyannotations(written.shapes, role="edited", size=SIZE)

    assert (written.lost, back.understood) == ((), ())
    assert [(one.type, one.label) for one in back.regions] == [(one.type, one.label) for one in regions]
    for one, other in zip(regions, back.regions, strict=True):
        assert len(one.points) == len(other.points)
        for spot, returned in zip(one.points, other.points, strict=True):
            assert returned == pytest.approx(spot, abs=1 if one.type == "box" else 0.51)


@given(st.lists(REGIONS, max_size=5))
def test_ipyannotations_itself_reads_what_is_written(regions: list[Region]) -> None:
    """Its own classes take the dictionaries and give the same ones back, or its contract has changed."""
    kinds: dict[str, Any] = {
        "box": their_shapes.BoundingBox,
        "point": their_shapes.Point,
        "polygon": their_shapes.Polygon,
    }
    for shape in to_ipyannotations(regions).shapes:
        theirs = kinds[shape["type"]].from_data(dict(shape))
        assert theirs.data == shape
        if shape["type"] == "polygon":
            assert theirs.closed


def test_what_a_shape_cannot_hold_is_told() -> None:
    """Severity, cause and note stay behind, and shapes do not know their picture."""
    rich = region("point", [(1, 2)], severity=2, note="the brim")
    elsewhere = region("point", [(1, 2)], role="original", id="r2")

    assert to_ipyannotations([rich, elsewhere]).lost == (
        "Region 'r1': its severity, note cannot be kept.",
        "The regions lie on 2 pictures, and shapes do not say on which.",
    )


def test_labels_are_translated_or_kept_as_notes() -> None:
    """An annotator's options are free text; classes are ids of the rubric."""
    shapes = [
        {"type": "point", "label": label, "coordinates": (1, 2)}
        for label in ("Seam or halo", "halo", "Odd!", None)
    ]

    read = from_ipyannotations(shapes, role="edited", size=SIZE, classes={"Seam or halo": "seam_halo"})

    assert [(one.label, one.note) for one in read.regions] == [
        ("seam_halo", ""), ("halo", ""), ("", "Odd!"), ("", ""),
    ]  # fmt: skip
    assert read.understood == ("Shape 3: the label 'Odd!' is no class; it is kept as the note.",)


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ({"type": "box", "xyxy": (5, 5, 5, 9)}, "the second corner of a box lies right of and below"),
        ({"type": "polygon", "points": [(1, 1), (2, 2), (1, 1)]}, "a polygon has at least 3 corners, got 2"),
        ({"type": "box", "xyxy": (1, 2, 3)}, "its coordinates are not as ipyannotations writes them"),
        ({"type": "point"}, "it has no 'coordinates'"),
        ({"type": "circle", "points": [(1, 1)]}, "Input should be 'box', 'point' or 'polygon'"),
        (
            {"type": "point", "coordinates": ("a", "b")},
            "its coordinates are not as ipyannotations writes them",
        ),
    ],
)
def test_what_is_no_region_is_left_out_with_its_reason(shape: dict[str, Any], told: str) -> None:
    """The others are read all the same."""
    fine = {"type": "point", "label": "", "coordinates": (1, 2)}

    read = from_ipyannotations([shape, fine], role="edited", size=SIZE)

    assert [one.id for one in read.regions] == ["shape-2"]
    assert read.understood[0].startswith("Shape 1 was left out: ")
    assert told in read.understood[0]


def test_what_lies_outside_is_moved_to_the_edge() -> None:
    """A box drawn over the border ends at it."""
    read = from_ipyannotations(
        [{"type": "box", "label": "", "xyxy": (320, 150, 250, -4)}], role="edited", size=SIZE
    )

    assert read.regions[0].box == (250, 0, 300, 150)
    assert read.understood == ("Shape 1 lay partly outside the picture; it was moved to its edge.",)
