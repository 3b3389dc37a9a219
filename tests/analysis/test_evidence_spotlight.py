"""The spotlight: a layer over the edited picture that lights what changed and dims the rest."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from evalwidgets.analysis.evidence import compare, overlay

from .edits import overlap, photo, planted, repainted, shifted

COFFEE = "coffee.png"


def test_the_rest_is_dimmed_and_the_change_is_left_as_it_is() -> None:
    """Transparent inside, translucent grey far away, and only neutral colours anywhere."""
    case = planted(COFFEE)

    layer = np.asarray(overlay(compare(case.original, case.edited)))

    assert (layer[..., 0] == layer[..., 1]).all()
    assert (layer[..., 1] == layer[..., 2]).all()
    assert overlap(layer[..., 3] == 0, case.mask) > 0.85
    assert tuple(layer[0, 0]) == (128, 128, 128, 158)


def test_the_contour_is_light_and_dark() -> None:
    """One of its two lines is seen on any picture."""
    case = planted(COFFEE)
    layer = np.asarray(overlay(compare(case.original, case.edited)))

    opaque = layer[layer[..., 3] > 250, 0]

    assert (opaque > 240).any()
    assert (opaque < 15).any()


def test_it_lies_on_the_edited_picture() -> None:
    """Where the content moved, the light moves with it; a smaller picture gets a smaller layer."""
    case = planted(COFFEE)
    moved = np.roll(case.mask, (6, 20), axis=(0, 1))

    layer = overlay(compare(case.original, shifted(case.edited, 20, 6)))
    small = overlay(compare(case.original, case.edited.resize((256, 170))))

    assert overlap(np.asarray(layer)[..., 3] == 0, moved) > 0.85
    assert small.size == (256, 170)
    half = np.asarray(Image.fromarray(case.mask).resize((256, 170)))
    assert overlap(np.asarray(small)[..., 3] == 0, half) > 0.8


def test_it_is_never_longer_than_a_screen_needs() -> None:
    """A large picture gets a layer of 1024 pixels, in its own shape."""
    large = planted(COFFEE).edited.resize((2048, 1364))

    assert overlay(compare(planted(COFFEE).original, large)).size == (1024, 682)


@pytest.mark.parametrize("edited", [photo(COFFEE), repainted(photo(COFFEE))], ids=["nothing", "everything"])
def test_without_a_place_to_show_it_is_clear(edited: Image.Image) -> None:
    """When nothing changed, or the whole picture did, the picture is left as it is."""
    assert overlay(compare(photo(COFFEE), edited)).getchannel("A").getextrema() == (0, 0)
