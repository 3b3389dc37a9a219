"""The evidence of an edit as a value: facts in sentences, regions, odd pictures, no misleading number."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageFilter

from evalwidgets.analysis.evidence import EditEvidence, compare, overlay
from evalwidgets.analysis.evidence.frame import placement
from evalwidgets.core.region import Region
from evalwidgets.errors import ImageError, UnknownName

from .edits import as_jpeg, brighter, image_of, photo, pixels, planted, shifted, zoomed

COFFEE = "coffee.png"


def sentences(edited: Image.Image) -> str:
    """Return what is told of an edited coffee."""
    return " ".join(compare(photo(COFFEE), edited).sentences)


def region(role: str, size: tuple[int, int], *points: tuple[float, float], kind: str = "box") -> Region:
    """Return a marked region."""
    return Region.model_validate({"id": "r", "type": kind, "points": points, "role": role, "size": size})


def test_identical_pixels_are_told_as_just_that() -> None:
    """The same picture is identical, in another mode as well, and nothing else is said."""
    evidence = compare(photo(COFFEE), photo(COFFEE).convert("RGBA"))

    assert evidence.identical
    assert (evidence.trust, evidence.noise_floor, evidence.softness) == ("good", 0, 1)
    assert evidence.sentences == ("Identical pixels.",)


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (shifted(photo(COFFEE), 3, 2), "Re-framed: shift (3, 2) px."),
        (zoomed(photo(COFFEE), 0.01), "Re-framed: zoom 1.0 %."),
        (
            shifted(zoomed(photo(COFFEE), 0.03), -4, 0),
            "Re-framed: zoom 3.0 %, shift (\N{MINUS SIGN}4, 0) px.",
        ),
        (image_of(pixels(photo(COFFEE)) + 8), "Overall lighter by +2.9 L*."),
        (photo(COFFEE).filter(ImageFilter.GaussianBlur(0.7)), "Edited softer than the original (0."),
        (photo(COFFEE).resize((480, 320)), "Sizes differ: 512 x 341 \N{RIGHTWARDS ARROW} 480 x 320 pixels."),
    ],
    ids=["shift", "zoom", "both", "lighter", "softer", "size"],
)
def test_a_fact_is_told_in_a_sentence(edited: Image.Image, told: str) -> None:
    """What happened to the whole picture is said with its number."""
    assert told in sentences(edited)


def test_a_softer_picture_has_the_measured_ratio() -> None:
    """A Gaussian blur of 0.7 pixels costs about two thirds of the sharpness and more, and marks nothing."""
    evidence = compare(photo(COFFEE), photo(COFFEE).filter(ImageFilter.GaussianBlur(0.7)))

    assert 0.1 < evidence.softness < 0.4
    assert not evidence.changed.any()


def test_a_centred_crop_lies_where_it_was_cut() -> None:
    """A picture of another shape is compared in the middle of the original's frame, as the stage shows it."""
    image = photo(COFFEE)
    margin = image.width // 8

    evidence = compare(image, image.crop((margin, 0, image.width - margin, image.height)))

    assert not evidence.changed.any()
    assert evidence.trust == "good"
    assert (evidence.shift, evidence.zoom) == ((0, 0), 1)
    assert evidence.fit.back(0, 0) == pytest.approx((margin, 0), abs=1)
    assert any(sentence.startswith("Re-framed: another shape") for sentence in evidence.sentences)


@pytest.mark.parametrize(
    ("picture", "frame", "place"),
    [
        ((512, 512), (500, 500), (0, 0, 500, 500)),
        ((101, 100), (200, 200), (0, 0, 200, 200)),
        ((100, 100), (300, 200), (50, 0, 200, 200)),
        ((300, 100), (150, 150), (0, 50, 150, 50)),
    ],
)
def test_pictures_lie_where_the_stage_shows_them(
    picture: tuple[int, int], frame: tuple[int, int], place: tuple[float, float, float, float]
) -> None:
    """The same rule as `placement` in `widgets/viewport.js`."""
    assert placement(picture, frame) == pytest.approx(place)


def test_no_misleading_number_is_offered() -> None:
    """Neither the value nor its sentences hold a share of changed area, a mean distance, PSNR or SSIM."""
    evidence = compare(planted(COFFEE).original, as_jpeg(planted(COFFEE).edited, 75))
    names = {field.name for field in dataclasses.fields(EditEvidence)}

    assert not names & {"area", "changed_share", "mean", "psnr", "ssim", "score"}
    assert re.search(r"psnr|ssim|score|good|bad|better|worse|%", " ".join(evidence.sentences), re.I) is None


def test_it_prints_as_one_line() -> None:
    """What a saved notebook shows is the light and the facts, always the same."""
    shown = repr(compare(photo(COFFEE), shifted(photo(COFFEE), 3, 2)))

    assert shown.startswith("EditEvidence(good: A change stands out clearly")
    assert shown.endswith("Re-framed: shift (3, 2) px. No place stands out from the noise.)")
    assert "\n" not in shown


def test_paths_go_through_the_door(tmp_path: Path) -> None:
    """A file is turned upright before it is compared, and refused with a sentence when it is none."""
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = photo(COFFEE).transpose(Image.Transpose.ROTATE_90)
    lying.save(tmp_path / "lying.png", exif=exif)
    photo(COFFEE).save(tmp_path / "upright.png")

    assert compare(tmp_path / "upright.png", str(tmp_path / "lying.png")).identical
    with pytest.raises(ImageError, match=r"none\.png: there is no such picture"):
        compare(tmp_path / "upright.png", tmp_path / "none.png")


def test_what_became_transparent_has_changed(tmp_path: Path) -> None:
    """A hole shows, although the colours below it stay in the file."""
    holed = photo(COFFEE).convert("RGBA")
    holed.paste((0, 0, 0, 0), (100, 100, 180, 180), Image.new("L", (80, 80), 255))
    colours = np.asarray(photo(COFFEE).convert("RGBA")).copy()
    colours[100:180, 100:180, 3] = 0
    Image.fromarray(colours).save(tmp_path / "hidden.png")

    for edited in (holed, tmp_path / "hidden.png"):
        changed = compare(photo(COFFEE), edited).changed
        assert changed[110:170, 110:170].all()
        assert not changed[:90].any()


# Regions: where the edit was asked for.


def test_a_change_outside_the_asked_region_is_told() -> None:
    """The share outside is that of the area outside, and none when the region holds the edit."""
    case = planted(COFFEE)
    height, width = case.mask.shape

    everything = np.ones((height, width), dtype=bool)
    nothing = ~everything
    inside = compare(case.original, case.edited, case.mask)
    without = compare(case.original, case.edited, nothing)

    assert inside.outside_share == 0
    assert without.outside_share == pytest.approx(case.mask.mean(), rel=0.1)
    assert compare(case.original, case.edited, everything).outside_share is None
    assert compare(case.original, case.edited).outside_share is None
    assert "Outside the marked region 0.0 % of the area changed." in inside.sentences


@pytest.mark.parametrize("role", ["original", "edited"])
@pytest.mark.parametrize("scale", [1, 3])
def test_regions_lie_on_the_picture_that_they_were_marked_on(role: str, scale: float) -> None:
    """A region on the edited picture moves with its content; its own size says in which pixels it counts."""
    case = planted(COFFEE)
    rows, columns = np.nonzero(case.mask)
    dx = 12 if role == "edited" else 0
    left, top, right, bottom = columns.min() + dx, rows.min(), columns.max() + 1 + dx, rows.max() + 1
    box = region(
        role,
        (case.original.width * scale, case.original.height * scale),
        (left * scale, top * scale),
        (right * scale, bottom * scale),
    )

    evidence = compare(case.original, shifted(case.edited, 12, 0), [box])

    assert evidence.outside_share == 0


def test_polygons_and_points_count_as_areas() -> None:
    """Several regions are one area together; a point stands for a small disk."""
    case = planted(COFFEE)
    size = case.original.size
    rows, columns = np.nonzero(case.mask)
    corners = [(columns.min(), rows.min()), (columns.max(), rows.min()), (columns.max(), rows.max())]
    triangle = region("original", size, *corners, kind="polygon")
    point = region("original", size, (columns.mean(), rows.mean()), kind="point")

    def share(*regions: Region) -> float:
        found = compare(case.original, case.edited, regions).outside_share
        assert found is not None
        return found

    assert 0 < share(triangle, point) <= share(triangle) < share(point) < share()


def test_a_region_that_cannot_be_placed_is_refused() -> None:
    """A mask of another size or kind and a region of another picture are errors that say what to do."""
    image = photo(COFFEE)

    with pytest.raises(ImageError, match=r"expected a boolean mask of 341 rows and 512 columns"):
        compare(image, image, np.zeros((512, 341), dtype=bool))
    with pytest.raises(ImageError, match="got uint8"):
        compare(image, image, np.zeros((341, 512), dtype=np.uint8))
    with pytest.raises(UnknownName, match=r"No role 'a' in region r.*original, edited"):
        compare(image, image, region("a", image.size, (1, 1), (9, 9)))


def test_nothing_is_told_of_the_outside_under_a_red_light() -> None:
    """Where no place is shown, no share is either."""
    image = photo(COFFEE)

    assert (
        compare(image, Image.new("RGB", image.size), np.zeros((341, 512), dtype=bool)).outside_share is None
    )


# Pictures of every kind.

ODD = {
    "grey": photo(COFFEE).convert("L"),
    "two levels": photo(COFFEE).convert("1"),
    "palette": photo(COFFEE).convert("P"),
    "CMYK": photo(COFFEE).convert("CMYK"),
    "alpha": photo(COFFEE).convert("RGBA"),
    "16 bit": Image.fromarray(np.asarray(photo(COFFEE).convert("L")).astype(np.uint16) * 257),
    "floats": photo(COFFEE).convert("F"),
    "one pixel": Image.new("RGB", (1, 1), "red"),
    "few pixels": photo(COFFEE).resize((17, 17)),
    "a line": Image.new("RGB", (2000, 2), "blue"),
    "a tall strip": photo(COFFEE).resize((20, 900)),
    "black": Image.new("RGB", (300, 200)),
    "transparent": Image.new("RGBA", (300, 200), (0, 0, 0, 0)),
    "noise": Image.fromarray(np.random.default_rng(1).integers(0, 256, (200, 300, 3)).astype(np.uint8)),
}


@pytest.mark.parametrize("first", ODD)
@pytest.mark.parametrize("second", ["grey", "one pixel", "a tall strip", "black"])
@pytest.mark.filterwarnings("error")
def test_any_two_pictures_can_be_compared(first: str, second: str) -> None:
    """No kind, size or shape crashes, warns or gives a number that is none."""
    evidence = compare(ODD[first], ODD[second])

    numbers = [evidence.noise_floor, *evidence.shift, evidence.zoom, evidence.stretch, evidence.softness]
    assert np.isfinite([*numbers, *evidence.colour_shift, *evidence.gain, *evidence.fit]).all()
    assert evidence.changed.shape == ODD[first].size[::-1]
    assert not evidence.identical or first in (second, "16 bit")
    assert evidence.trust != "none" or not evidence.changed.any()
    assert re.search(r"\b(nan|inf)\b", repr(evidence)) is None
    assert overlay(evidence).mode == "RGBA"


def test_levels_of_sixteen_bits_are_kept() -> None:
    """A 16-bit picture is the same as its 8-bit copy."""
    assert compare(ODD["grey"], ODD["16 bit"]).identical


def test_a_uniform_picture_that_became_lighter_shows_no_place() -> None:
    """What all pixels share is a fact of colour, not a place."""
    evidence = compare(
        Image.new("RGB", (300, 200), (90, 90, 90)), Image.new("RGB", (300, 200), (100, 100, 100))
    )

    assert not evidence.changed.any()
    assert evidence.colour_shift[0] == pytest.approx(4, abs=0.5)


tiny_pictures = st.tuples(st.integers(1, 40), st.integers(1, 40)).flatmap(
    lambda size: arrays(np.uint8, (*size, 3), elements=st.integers(0, 255))
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tiny_pictures)
def test_a_picture_is_identical_to_itself(values: np.ndarray) -> None:
    """Whatever it shows, nothing changed, and the light is green."""
    evidence = compare(Image.fromarray(values), Image.fromarray(values))

    assert evidence.identical
    assert not evidence.changed.any()
    assert evidence.trust == "good"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(tiny_pictures, tiny_pictures)
def test_the_mask_has_the_size_of_the_original(first: np.ndarray, second: np.ndarray) -> None:
    """Whatever the two show, the mask is the original's, and a red light marks nothing."""
    evidence = compare(Image.fromarray(first), Image.fromarray(second))

    assert evidence.changed.shape == first.shape[:2]
    assert np.isfinite(evidence.softness)
    assert evidence.trust != "none" or not evidence.changed.any()


@settings(max_examples=15, deadline=None)
@given(st.floats(-0.95, 2.0))
def test_any_brightness_is_taken_either_way_round(share: float) -> None:
    """From nearly black to burnt out, original and edited exchanged, the comparison answers."""
    image = photo(COFFEE, 128)
    other = brighter(image, share)

    for evidence in (compare(image, other), compare(other, image)):
        assert evidence.changed.shape == (image.height, image.width)
        assert np.isfinite(evidence.noise_floor)
