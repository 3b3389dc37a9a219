"""What a picture file is: told to the lead as it was before anything was done to show it."""

from __future__ import annotations

import hashlib
import io
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.pictures.facts import SourceFacts, read_facts
from evalwidgets.store.images import read_picture

from .samples import SECRET, SRGB, colourful, png_of, saved

EXIF = Image.Exif()
EXIF[0x0112] = 6


def facts_of(path: Path) -> dict[str, Any]:
    """Return the facts, without size and hash of the file, which must be those of its bytes."""
    facts = dict(vars(read_facts(path)))
    raw = path.read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (facts.pop("bytes"), facts.pop("sha256"))
    return facts


PLAIN = {
    "format": "PNG",
    "mode": "RGB",
    "depth": 8,
    "frames": 1,
    "alpha": False,
    "orientation": 1,
    "profile": "",
    "width": 6,
    "height": 4,
}
GREY_RGBA = colourful().convert("LA")
FILM = {"save_all": True, "append_images": [Image.new("RGB", (6, 4), name) for name in ("red", "blue")]}


@pytest.mark.parametrize(
    ("name", "picture", "options", "expected"),
    [
        ("a.png", colourful(), {}, {}),
        ("a.jpg", colourful(), {"format": "PNG"}, {}),
        ("a.jpg", colourful(), {"exif": EXIF}, {"format": "JPEG", "orientation": 6}),
        ("a.jpg", colourful().convert("CMYK"), {}, {"format": "JPEG", "mode": "CMYK"}),
        ("a.png", GREY_RGBA, {}, {"mode": "LA", "alpha": True}),
        ("a.png", colourful().quantize(4), {"transparency": 1}, {"mode": "P", "alpha": True, "depth": 2}),
        ("a.png", colourful().convert("1"), {}, {"mode": "1", "depth": 1}),
        ("a.png", Image.new("I;16", (6, 4)), {}, {"mode": "I;16", "depth": 16}),
        ("a.png", colourful(), {"icc_profile": SRGB}, {"profile": "sRGB built-in"}),
        ("a.webp", colourful(), {}, {"format": "WEBP"}),
        ("a.avif", colourful(), {}, {"format": "AVIF"}),
        ("a.bmp", colourful(), {}, {"format": "BMP"}),
        ("a.gif", colourful(), FILM, {"format": "GIF", "mode": "P", "frames": 3}),
        ("a.png", colourful(), FILM, {"frames": 3}),
        ("a.webp", colourful(), {**FILM, "lossless": True}, {"format": "WEBP", "frames": 3}),
    ],
)
def test_facts_are_those_of_the_file(
    name: str, picture: Image.Image, options: dict[str, Any], expected: dict[str, Any], tmp_path: Path
) -> None:
    """Format (whatever it is called), mode, depth, frames, alpha, orientation, profile, size as stored."""
    path = saved(tmp_path / name, picture, **options)

    found = facts_of(path)

    assert {**PLAIN, **expected} == found
    assert read_facts(path) == read_picture(path).facts


def test_facts_stay_beside_the_copy(tmp_path: Path) -> None:
    """They cannot be changed, and neither the bytes nor the line about a picture hold them."""
    picture = read_picture(saved(tmp_path / f"{SECRET}.png", colourful(), icc_profile=SRGB))

    with pytest.raises(FrozenInstanceError):
        picture.facts.frames = 2  # type: ignore[misc]
    assert picture.facts.sha256 not in repr(picture)
    assert SECRET not in repr(picture.facts)


def test_facts_need_no_decoding(tmp_path: Path) -> None:
    """The header says them: also of a picture whose rows are damaged."""
    path = tmp_path / "p.png"
    path.write_bytes(png_of(5000, 4000, 16, 2, b"not packed"))

    assert (5000, 4000, 16) == (read_facts(path).width, read_facts(path).height, read_facts(path).depth)
    with pytest.raises(ImageError):
        read_picture(path)
    with pytest.raises(ImageError, match="there is no such picture file"):
        read_facts(tmp_path / "gone.png")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"frames": 12, "format": "GIF"}, "Animated: first of 12 frames"),
        ({"frames": 2, "format": "JPEG"}, "Several pictures: first of 2 frames"),
        ({"depth": 16}, "16 bits a channel, shown in 8"),
        ({"depth": 1}, ""),
        ({"mode": "CMYK"}, "Made for print (CMYK), shown in screen colours"),
        ({"frames": 3, "depth": 10}, "Animated: first of 3 frames; 10 bits a channel, shown in 8"),
    ],
)
def test_a_remark_says_what_is_not_seen(changes: dict[str, Any], said: str) -> None:
    """In neutral words, which tell no reviewer where a picture is from; usually nothing."""
    facts = SourceFacts(**{**PLAIN, "bytes": 1, "sha256": "", **changes})

    assert said == facts.remark


def test_a_photograph_with_a_second_picture_behind_it_is_still_a_photograph(tmp_path: Path) -> None:
    """Phones hang maps of brightness and depth behind the picture."""
    buffer = io.BytesIO()
    colourful((64, 48)).save(buffer, "MPO", save_all=True, append_images=[colourful((32, 24))])
    path = tmp_path / "p.jpg"
    path.write_bytes(buffer.getvalue())

    picture = read_picture(path)

    assert ("JPEG", 2, "image/jpeg") == (picture.facts.format, picture.facts.frames, picture.media_type)
    assert b"MPF" not in picture.data
    assert picture.data.count(b"\xff\xd8") == 1
