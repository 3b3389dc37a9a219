"""Facts of picture files: as stored, told to reviewers only where they judge something else than they see."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from evalwidgets.errors import ImageError
from evalwidgets.pictures.facts import read_facts

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_facts_are_those_of_the_file(tmp_path: Path) -> None:
    """Size as stored, orientation, profile, bytes and hash."""
    path = tmp_path / "p.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(path, exif=exif, icc_profile=SRGB)

    facts = read_facts(path)

    assert (facts.format, facts.mode, facts.depth, facts.frames) == ("JPEG", "RGB", 8, 1)
    assert (facts.width, facts.height, facts.orientation) == (40, 30, 6)
    assert "sRGB" in facts.profile
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert facts.size == path.stat().st_size
    assert facts.remark == ""


@pytest.mark.parametrize(
    ("mode", "suffix", "depth", "remark"),
    [
        ("I;16", "png", 16, "16 bits a channel, shown in 8."),
        ("1", "png", 1, ""),
        ("CMYK", "jpg", 8, "Made for print (CMYK), shown in RGB."),
    ],
)
def test_what_is_shown_otherwise_than_stored_is_said(
    mode: str, suffix: str, depth: int, remark: str, tmp_path: Path
) -> None:
    """Depth and colours that no screen shows are told in neutral words."""
    path = tmp_path / f"p.{suffix}"
    Image.new(mode, (8, 8)).save(path)

    facts = read_facts(path)

    assert (facts.mode, facts.depth, facts.remark) == (mode, depth, remark)


def test_an_animation_says_which_frame_is_shown(tmp_path: Path) -> None:
    """Reviewers judge the first frame, and know it."""
    path = tmp_path / "p.gif"
    frames = [Image.new("L", (8, 8), 20 * number) for number in range(5)]
    frames[0].save(path, save_all=True, append_images=frames[1:])

    assert read_facts(path).remark == "Animated: the first of 5 frames is shown."


def test_alpha_is_a_fact(tmp_path: Path) -> None:
    """Also where a palette has it."""
    path = tmp_path / "p.png"
    Image.new("P", (8, 8)).save(path, transparency=0)

    assert read_facts(path).has_alpha


def test_what_is_no_picture_has_no_facts(tmp_path: Path) -> None:
    """The door's sentence, not an exception of a library."""
    path = tmp_path / "p.png"
    path.write_bytes(b"nothing")

    with pytest.raises(ImageError, match="not a picture"):
        read_facts(path)
