"""Planted edits: the map finds them under what models do to the whole picture, and stays silent elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from evalwidgets.analysis.evidence import EditEvidence, compare

from .edits import (
    PHOTOS,
    as_jpeg,
    brighter,
    drawn,
    overlap,
    painted,
    photo,
    planted,
    regenerated,
    repainted,
    saturated,
    shifted,
    zoomed,
)

Change = Callable[[Image.Image], Image.Image]

PERTURBATIONS: dict[str, Change] = {
    "JPEG 90": partial(as_jpeg, quality=90),
    "JPEG 75": partial(as_jpeg, quality=75),
    "regenerated": regenerated,
    "brightness +5 %": brighter,
    "saturation +15 %": saturated,
}
MOVES: dict[str, tuple[Change, tuple[float, float], float]] = {
    "shift (1, 0)": (partial(shifted, dx=1, dy=0), (1, 0), 1.0),
    "shift (3, 2)": (partial(shifted, dx=3, dy=2), (3, 2), 1.0),
    "shift (8, -5)": (partial(shifted, dx=8, dy=-5), (8, -5), 1.0),
    "zoom 1 %": (partial(zoomed, share=0.01), (0, 0), 1.01),
    "zoom 3 %": (partial(zoomed, share=0.03), (0, 0), 1.03),
}


def found_after(change: Change) -> list[tuple[EditEvidence, float]]:
    """Return the evidence of each planted edit after a change of the whole, and its overlap."""
    cases = [planted(name) for name in PHOTOS]
    evidence = [compare(case.original, change(case.edited)) for case in cases]
    return [(one, overlap(one.changed, case.mask)) for one, case in zip(evidence, cases, strict=True)]


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_local_edit_is_found_under_what_happens_to_the_whole(name: str) -> None:
    """Compression, redrawing and a global colour change leave the edit where it is."""
    found = found_after(PERTURBATIONS[name])

    overlaps = [share for _, share in found]
    assert np.median(overlaps) >= 0.9
    assert min(overlaps) >= 0.8
    assert {one.trust for one, _ in found} <= {"good", "caution"}
    assert {one.shift for one, _ in found} == {(0, 0)}


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_found_and_undone(name: str) -> None:
    """The shift is right to half a pixel, the zoom to 0.3 %, and the edit is found as before."""
    change, shift, zoom = MOVES[name]

    found = found_after(change)

    for one, _ in found:
        assert one.shift == pytest.approx(shift, abs=0.5)
        assert one.zoom == pytest.approx(zoom, abs=0.003)
        assert one.stretch == pytest.approx(1, abs=0.003)
    assert np.median([share for _, share in found]) >= 0.9
    assert {one.trust for one, _ in found} == {"good"}


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("change", [repainted, drawn, painted], ids=lambda change: change.__name__)
def test_a_changed_whole_makes_no_claim_about_places(change: Change, name: str) -> None:
    """Repainted or restyled, the light is red, nothing is marked and no move is told."""
    evidence = compare(photo(name), change(photo(name)))

    assert evidence.trust == "none"
    assert not evidence.changed.any()
    assert (evidence.shift, evidence.zoom) == ((0, 0), 1)
    assert evidence.trust_sentence.startswith("No place is shown: the whole picture")


def test_another_picture_makes_no_claim_about_places() -> None:
    """Two photographs have nothing to do with each other."""
    pairs = [(photo(one), photo(other)) for one, other in pairwise(PHOTOS)]

    lights = {compare(one, other.resize(one.size)).trust for one, other in pairs}

    assert lights == {"none"}


@pytest.mark.parametrize("name", PHOTOS)
def test_compression_alone_changes_nothing(name: str) -> None:
    """An edit that did nothing is not marked, whatever the JPEG did."""
    for quality in (75, 90):
        evidence = compare(photo(name), as_jpeg(photo(name), quality))

        assert not evidence.identical
        assert not evidence.changed.any()
        assert "No place stands out from the noise." in evidence.sentences


@pytest.mark.parametrize("name", PHOTOS)
def test_a_slightly_other_shape_marks_nothing(name: str) -> None:
    """A picture cropped by a few rows and stretched back is aligned both ways, and told as re-framed."""
    image = photo(name)
    cropped = image.crop((0, 0, image.width, image.height - image.height // 70))

    evidence = compare(image, cropped)

    assert not evidence.changed.any()
    assert evidence.stretch == pytest.approx(cropped.height / image.height, abs=0.003)
    assert any("stretched by 1." in sentence for sentence in evidence.sentences)


@pytest.mark.parametrize("name", ["astronaut.png", "motorcycle_left.png"])
def test_what_cannot_be_aligned_makes_no_claim(name: str) -> None:
    """A turned picture fits nowhere: its edges are no edits."""
    image = photo(name)

    assert compare(image, image.rotate(2, Image.Resampling.BICUBIC)).trust == "none"
