"""Colours as they were meant: plain profiles go with the copy, tables and inks are turned into sRGB."""

from __future__ import annotations

import io
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evalwidgets.pictures.door import open_image
from evalwidgets.store.images import read_picture

from .samples import SRGB, colourful, saved
from .test_icc import profile_of, tags_of, with_tag


def table_of(channels: int) -> bytes:
    """Return a table that makes every colour grey: the more ink, or the less light, the darker."""
    step = 255 // channels
    corners = itertools.product((0, 1), repeat=channels)
    ink = channels == 4
    levels = [sum(corner) * step if not ink else 255 - sum(corner) * step for corner in corners]
    grid = bytes(value for level in levels for value in (level, 128, 128))
    one_to_one = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    head = b"mft1\0\0\0\0" + bytes((channels, 3, 2, 0)) + one_to_one
    return head + bytes(range(256)) * channels + grid + bytes(range(256)) * 3


def table_profile(space: bytes, channels: int) -> bytes:
    """Return a profile that is a table."""
    tags = {name: tags_of(SRGB)[name] for name in (b"desc", b"cprt", b"wtpt")}
    profile = profile_of({**tags, b"A2B0": table_of(channels)}, space)
    return profile[:12] + b"prtr" + space + b"Lab " + profile[24:]


def shown(path: Path) -> Image.Image:
    """Return the display copy of a file, decoded."""
    return Image.open(io.BytesIO(read_picture(path).data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_table_of_colours_is_applied_and_not_sent(kind: str, tmp_path: Path) -> None:
    """Nobody can tell what a table says beside its colours; what it makes of these is what is seen."""
    path = saved(tmp_path / "p", colourful((32, 32)), format=kind, icc_profile=table_profile(b"RGB ", 3))

    copy = shown(path)

    levels = np.asarray(copy.convert("RGB"), dtype=int)
    assert "icc_profile" not in copy.info
    assert (levels.max(axis=2) - levels.min(axis=2)).max() <= 3
    assert levels.std() > 20


def test_inks_are_mixed_as_their_profile_says(tmp_path: Path) -> None:
    """Without one, as browsers do: each colour is what ink and black let through."""
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    plain = saved(tmp_path / "plain.jpg", cyan, quality=100)
    profiled = saved(tmp_path / "profiled.jpg", cyan, quality=100, icc_profile=table_profile(b"CMYK", 4))

    red, green, blue = shown(profiled).getpixel((8, 8))

    assert (0, 255, 255) == shown(plain).getpixel((8, 8))
    assert max(red, green, blue) - min(red, green, blue) <= 3
    assert 150 < green < 220


def test_transparency_survives_a_table(tmp_path: Path) -> None:
    """Only the colours are looked up."""
    half = colourful((8, 8)).convert("RGBA")
    half.putalpha(77)
    path = saved(tmp_path / "p.png", half, icc_profile=table_profile(b"RGB ", 3))

    assert {77} == set(shown(path).getchannel("A").get_flattened_data())


WIDE = with_tag(
    b"gXYZ", b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(one * 65536) for one in (0.2, 0.63, 0.06)))
)


def test_numbers_for_computing_are_those_of_srgb(tmp_path: Path) -> None:
    """An original and its edit are compared by what is seen, whichever profile each came with."""
    greens = Image.new("RGB", (4, 4), (40, 200, 40))

    plain = open_image(saved(tmp_path / "plain.png", greens, icc_profile=SRGB))
    wide = open_image(saved(tmp_path / "wide.png", greens, icc_profile=WIDE))

    assert {(40, 200, 40)} == set(plain.get_flattened_data())
    assert abs(np.asarray(wide, dtype=int) - (40, 200, 40)).max() > 5


def test_what_is_transparent_lies_on_white_for_computing(tmp_path: Path) -> None:
    """Colours that nobody sees are no part of a picture."""
    hidden = Image.new("RGBA", (4, 4), (200, 0, 0, 0))

    assert (255, 255, 255) == open_image(saved(tmp_path / "p.png", hidden)).getpixel((0, 0))


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_profile_for_other_colours_is_passed_over(mode: str, tmp_path: Path) -> None:
    """Browsers do the same."""
    other = profile_of(tags_of(SRGB), b"CMYK")
    path = saved(tmp_path / "p.png", colourful().convert(mode), icc_profile=other)

    assert "icc_profile" not in shown(path).info
    assert colourful().convert(mode).tobytes() == shown(path).tobytes()
