"""Colour profiles without words: the same colours, and nothing that says where they come from."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from evalwidgets.pictures.icc import neutral

from .samples import SECRET, SRGB

MARK = SECRET.encode()


def tags_of(profile: bytes) -> dict[bytes, bytes]:
    """Return a profile's tags."""
    count = int.from_bytes(profile[128:132])
    found = (struct.unpack_from(">4sII", profile, 132 + 12 * number) for number in range(count))
    return {name: profile[at : at + size] for name, at, size in found}


def profile_of(tags: dict[bytes, bytes], space: bytes = b"RGB ") -> bytes:
    """Return a profile with these tags and the rest as in that of sRGB."""
    table, body = b"", b""
    for name, content in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = (132 + len(table) + len(body)).to_bytes(4)
    return size + SRGB[4:16] + space + SRGB[20:128] + len(tags).to_bytes(4) + table + body


def with_curves(content: bytes) -> bytes:
    """Return the profile of sRGB with other tone curves."""
    return profile_of({**tags_of(SRGB), **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), content)})


def with_tag(name: bytes, content: bytes) -> bytes:
    """Return the profile of sRGB with another content of a tag."""
    return profile_of({**tags_of(SRGB), name: content})


def power(exponent: float) -> bytes:
    """Return a tone curve as old profiles have it."""
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def sampled(*points: int) -> bytes:
    """Return a tone curve by its points."""
    return b"curv\0\0\0\0" + struct.pack(f">I{len(points)}H", len(points), *points)


def through(profile: bytes) -> np.ndarray:
    """Return what colours become in sRGB when a picture of them has this profile."""
    ramp = np.arange(256, dtype=np.uint8)
    colours = Image.fromarray(np.stack(np.meshgrid(ramp[::15], ramp[::15]), -1)[:, :, [0, 1, 0]].copy())
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    target = ImageCms.ImageCmsProfile(io.BytesIO(SRGB))
    return np.asarray(ImageCms.profileToProfile(colours, source, target))


LINEAR, SQUARE = with_curves(sampled()), with_curves(sampled(*(n * n // 16 for n in range(1024))))


@pytest.mark.parametrize(
    "profile", [SRGB, LINEAR, with_curves(power(2.2)), SQUARE], ids=["sRGB", "linear", "2.2", "points"]
)
def test_the_colours_stay(profile: bytes) -> None:
    """What is shown with the new profile is what was shown with the given one."""
    rewritten = neutral(profile, "RGB")

    assert rewritten is not None
    assert abs(through(profile).astype(int) - through(rewritten)).max() <= 1


def test_the_words_go() -> None:
    """Description, copyright, maker, model, creator, date, identity and all further tags are ours or gone."""
    named = with_tag(b"desc", tags_of(SRGB)[b"desc"][:28] + MARK.decode().encode("utf-16-be"))
    planted = named[:80] + MARK[:20] + named[100:] + MARK
    private = with_tag(b"dmdd", b"text\0\0\0\0" + MARK)
    assert "sRGB".encode("utf-16-be") in SRGB

    rewritten = neutral(SRGB, "RGB")

    assert rewritten is not None
    assert "sRGB".encode("utf-16-be") not in rewritten
    assert rewritten == neutral(planted, "RGB") == neutral(private, "RGB") == neutral(rewritten, "RGB")
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(rewritten))).strip() == "RGB"


def test_a_grey_profile_is_rewritten_for_grey_pictures_only() -> None:
    """One for other colours says nothing of a picture."""
    grey = profile_of({b"wtpt": tags_of(SRGB)[b"wtpt"], b"kTRC": power(1.8)}, b"GRAY")

    assert neutral(grey, "GRAY") is not None
    assert neutral(grey, "RGB") is None
    assert neutral(SRGB, "GRAY") is None


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        MARK * 40,
        SRGB[:200],
        SRGB[:36] + b"none" + SRGB[40:],
        SRGB[:128] + b"\xff\xff\xff\xff" + SRGB[132:],
        SRGB[:16] + b"CMYK" + SRGB[20:],
        SRGB.replace(b"rXYZ", b"xXYZ"),
        with_tag(b"A2B0", b"mft2" + bytes(60)),
        with_tag(b"gXYZ", b"XYZ \0\0\0\0" + MARK[:12]),
        with_tag(b"gXYZ", b"XYZ \0\0\0\0"),
        with_curves(b"text\0\0\0\0" + MARK),
        with_curves(b"para\0\0\0\0\0\x09\0\0" + bytes(40)),
        with_curves(b"para\0\0\0\0\0\x04\0\0" + MARK),
        with_curves(b"para\0\0\0\0\0\0\0\0" + MARK[:4]),
        with_curves(b"curv\0\0\0\0\0\0\xff\xff"),
        with_curves(b"curv\0\0\0\0" + (11).to_bytes(4) + MARK),
    ],
)
def test_what_is_no_plain_profile_is_not_rewritten(damaged: bytes) -> None:
    """Damage, tables, and words where numbers should stand: the curves of screens rise, texts do not."""
    assert neutral(damaged, "RGB") is None


@given(st.integers(0, len(SRGB) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_gives_a_profile_or_none(at: int, content: bytes) -> None:
    """No byte leads to an error, and what comes out is read by another library."""
    rewritten = neutral(SRGB[:at] + content + SRGB[at + len(content) :], "RGB")

    if rewritten is not None:
        assert ImageCms.ImageCmsProfile(io.BytesIO(rewritten)).profile.xcolor_space == "RGB "
        assert len(rewritten) < 1000
