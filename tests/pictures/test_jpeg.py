"""JPEG files without metadata: the same pixels, and nothing that tells where they came from."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from evalwidgets.pictures.icc import without_words
from evalwidgets.pictures.jpeg import without_metadata

from .profiles import with_tags

SECRET = b"made-by-model-x"
JPEGS = st.fixed_dictionaries(
    {
        "size": st.tuples(st.integers(1, 70), st.integers(1, 70)),
        "mode": st.sampled_from(["RGB", "L", "CMYK"]),
        "quality": st.integers(1, 100),
        "progressive": st.booleans(),
        "subsampling": st.sampled_from(["4:4:4", "4:2:2", "4:2:0"]),
        "restart": st.sampled_from([0, 1, 3]),
        "optimize": st.booleans(),
    }
)


def a_jpeg(**changes: Any) -> bytes:
    """Return a JPEG that holds a secret wherever metadata can stand."""
    asked = {"size": (40, 30), "mode": "RGB", "quality": 80, "restart": 0, **changes}
    picture = Image.effect_noise(asked.pop("size"), 60).convert(asked.pop("mode"))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    buffer = io.BytesIO()
    picture.save(
        buffer,
        "JPEG",
        exif=exif,
        comment=SECRET,
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        restart_marker_blocks=asked.pop("restart"),
        **asked,
    )
    data = buffer.getvalue()
    photoshop = b"\xff\xed" + (len(SECRET) + 2 + 14).to_bytes(2) + b"Photoshop 3.0\0" + SECRET
    return data[:2] + photoshop + data[2:] + SECRET + b"\xff\xd8\xff\xe1" + SECRET


def pixels(data: bytes) -> bytes:
    """Return the decoded pixels."""
    return Image.open(io.BytesIO(data)).tobytes()


@settings(max_examples=80)
@given(JPEGS)
def test_the_pixels_stay_and_nothing_else_does(asked: dict[str, Any]) -> None:
    """Whatever the size, quality, scan order, subsampling and restarts: same pixels, no secret."""
    data = a_jpeg(**asked)
    assert SECRET in data

    stripped = without_metadata(data)

    assert pixels(data) == pixels(stripped)
    for trace in (SECRET, b"Exif", b"xmpmeta", b"Photoshop"):
        assert trace not in stripped
    assert stripped.endswith(b"\xff\xd9")


@settings(max_examples=30)
@given(JPEGS)
def test_stripping_twice_is_stripping_once(asked: dict[str, Any]) -> None:
    """A file without metadata passes through unchanged."""
    once = without_metadata(a_jpeg(**asked))

    assert once == without_metadata(once)


def test_the_colour_profile_stays() -> None:
    """A profile decides the colours that are judged, also one of several segments."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    points = b"".join(level.to_bytes(2) for level in range(0, 65_000, 2))
    large = with_tags(profile, rTRC=b"curv" + bytes(4) + (len(points) // 2).to_bytes(4) + 2 * points)
    large = with_tags(large, gTRC=b"curv" + bytes(4) + (len(points) // 2).to_bytes(4) + points)

    for icc in (profile, large):
        stripped = without_metadata(a_jpeg(icc_profile=icc))
        assert without_words(icc) == Image.open(io.BytesIO(stripped)).info["icc_profile"]


def test_an_embedded_preview_goes() -> None:
    """The small picture in EXIF may show what was there before the edit."""
    preview = a_jpeg(size=(16, 12))
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + preview
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, "JPEG", exif=exif)
    assert preview in buffer.getvalue()

    assert without_metadata(buffer.getvalue()).count(b"\xff\xd8") == 1


def test_a_second_picture_behind_the_end_goes() -> None:
    """Cameras hang previews and depth maps behind the picture."""
    first, second = a_jpeg(), a_jpeg(size=(8, 8))
    clean = without_metadata(first)

    assert clean == without_metadata(clean + second)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\x00\x00\xff\xd9",
    ],
)
def test_what_is_no_jpeg_is_refused(data: bytes) -> None:
    """The message says what was expected."""
    with pytest.raises(ValueError, match=r"not a (complete )?JPEG: "):
        without_metadata(data)


@given(st.floats(0, 0.999))
def test_a_jpeg_that_was_cut_off_is_refused(share: float) -> None:
    """However much is missing at the end, it is not taken for whole."""
    data = without_metadata(a_jpeg())

    with pytest.raises(ValueError, match="not a"):
        without_metadata(data[: int(share * len(data))])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_come_out_as_a_jpeg(data: bytes) -> None:
    """No input makes it fail otherwise, or run for ever."""
    try:
        stripped = without_metadata(b"\xff\xd8" + data)
    except ValueError:
        return

    assert stripped.endswith(b"\xff\xd9")
