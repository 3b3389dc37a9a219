"""JPEG files without metadata: the same pixels, and nothing that tells where they came from."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evalwidgets.pictures import jpeg

from . import samples
from .samples import SRGB

SECRET = samples.SECRET.encode()
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


def stripped(data: bytes, profile: bytes | None = None) -> bytes:
    """Return the JPEG without its metadata."""
    clean = jpeg.without_metadata(jpeg.read_segments(data), profile)
    assert clean is not None
    return clean


def pixels(data: bytes) -> bytes:
    """Return the decoded pixels."""
    return Image.open(io.BytesIO(data)).tobytes()


@settings(max_examples=80)
@given(JPEGS)
def test_the_pixels_stay_and_nothing_else_does(asked: dict[str, Any]) -> None:
    """Whatever the size, quality, scan order, subsampling and restarts: same pixels, no secret."""
    data = a_jpeg(**asked)
    assert SECRET in data

    clean = stripped(data)

    assert pixels(data) == pixels(clean)
    for trace in (SECRET, b"Exif", b"xmpmeta", b"Photoshop"):
        assert trace not in clean
    assert clean.endswith(b"\xff\xd9")


@settings(max_examples=30)
@given(JPEGS)
def test_stripping_twice_is_stripping_once(asked: dict[str, Any]) -> None:
    """A file without metadata passes through unchanged."""
    once = stripped(a_jpeg(**asked))

    assert once == stripped(once)


def test_the_colour_profile_stays() -> None:
    """A profile decides the colours that are judged, also one of several segments."""
    large = SRGB + bytes(70_000)

    for icc in (SRGB, large):
        given = a_jpeg(icc_profile=icc)
        assert icc == jpeg.icc_profile(jpeg.read_segments(given))
        assert icc == Image.open(io.BytesIO(stripped(given, icc))).info["icc_profile"]
        assert "icc_profile" not in Image.open(io.BytesIO(stripped(given))).info


def test_an_embedded_preview_goes() -> None:
    """The small picture in EXIF may show what was there before the edit."""
    preview = a_jpeg(size=(16, 12))
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + preview
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, "JPEG", exif=exif)
    assert preview in buffer.getvalue()

    assert stripped(buffer.getvalue()).count(b"\xff\xd8") == 1


def test_a_second_picture_behind_the_end_goes() -> None:
    """Cameras hang previews and depth maps behind the picture."""
    first, second = a_jpeg(), a_jpeg(size=(8, 8))
    clean = stripped(first)

    assert clean == stripped(clean + second)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8" + bytes(70_000) + b"\xff\xd9",
    ],
)
def test_what_is_no_jpeg_is_refused(data: bytes) -> None:
    """The message says what was expected."""
    with pytest.raises(ValueError, match=r"not a (complete )?JPEG: "):
        stripped(data)


@given(st.floats(0, 0.999))
def test_a_jpeg_that_was_cut_off_is_refused(share: float) -> None:
    """However much is missing at the end, it is not taken for whole."""
    data = stripped(a_jpeg())

    with pytest.raises(ValueError, match="not a"):
        stripped(data[: int(share * len(data))])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    """No input makes it fail otherwise, or run for ever."""
    try:
        segments = jpeg.read_segments(b"\xff\xd8" + data)
    except ValueError:
        return

    clean = jpeg.without_metadata(segments)
    assert clean is None or clean.endswith(b"\xff\xd9")


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


UNUSED_QUANTIZING = segment(0xDB, b"\x03" + SECRET.ljust(64, b"."))
UNUSED_CODING = segment(0xC4, b"\x03" + bytes([0] * 7 + [4] + [0] * 8) + b"X9ot")
TWICE = b"\0" + bytes([0] * 7 + [22] + [0] * 8) + SECRET
THUMBNAIL = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x04" + SECRET + b"..")
EVERYWHERE = [
    *(
        segment(0xE0 + number, name + SECRET)
        for number, name in enumerate([b"JFXX\0", b"Exif\0\0", b"MPF\0"])
    ),
    *(segment(0xE0 + number, SECRET) for number in range(16)),
    segment(0xEB, b"JP\0\x01\0\0\0\x01jumb\0\0c2pa" + SECRET),
    segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + SECRET),
    segment(0xFE, SECRET),
    UNUSED_QUANTIZING,
    UNUSED_CODING,
]


@pytest.mark.parametrize("place", EVERYWHERE, ids=lambda place: place[:12].hex())
def test_no_segment_carries_words(place: bytes) -> None:
    """Whatever an application writes, and tables that nothing uses, stay behind; the pixels stay."""
    given = a_jpeg()
    planted = given[:2] + place + given[2:]

    clean = stripped(planted)

    assert pixels(given) == pixels(clean)
    assert SECRET not in clean
    assert b"X9ot" not in clean


def test_a_thumbnail_in_the_first_segment_goes() -> None:
    """JFIF itself has room for a small picture, and for a density that tells the program."""
    given = stripped(a_jpeg())
    planted = given[:2] + THUMBNAIL + given[20:]
    assert given[2:4] == b"\xff\xe0"

    assert given == stripped(planted)


def odd(given: bytes) -> dict[str, bytes]:
    """Return JPEGs that hold words where the picture itself stands, or that few programs decode."""
    frame = given.index(b"\xff\xc0")
    coding = given.index(b"\xff\xc4")
    return {
        "words behind the last block": given[:-2] + SECRET + b"\xff\xd9",
        "arithmetic": given[:frame] + b"\xff\xc9" + given[frame + 2 :],
        "lossless": given[:frame] + b"\xff\xc3" + given[frame + 2 :],
        "12 bits": given[: frame + 4] + b"\x0c" + given[frame + 5 :],
        "a marker without a meaning": given[:2] + segment(0xF0, SECRET) + given[2:],
        "a reserved marker": given[:2] + segment(0x02, SECRET) + given[2:],
        "a longer header": given[:frame] + segment(0xDD, b"\0\0" + SECRET) + given[frame:],
        "a symbol twice": given[:coding] + segment(0xC4, TWICE) + given[coding:],
        "a table twice": given[:2] + segment(0xDB, b"\0" + SECRET.ljust(64, b".")) + given[2:],
    }  # fmt: skip


@pytest.mark.parametrize("kind", odd(b"\xff\xc0\xff\xc4"))
def test_what_no_encoder_makes_is_not_taken_over(kind: str) -> None:
    """Such a picture is decoded and stored anew instead."""
    given = odd(stripped(a_jpeg()))[kind]

    assert jpeg.without_metadata(jpeg.read_segments(given)) is None


def test_a_jpeg_of_endless_parts_is_refused_at_once() -> None:
    """Each scan may make a decoder walk over the whole picture, and each segment costs a step."""
    given = stripped(a_jpeg(progressive=True))
    scan = given.rindex(b"\xff\xda")
    scans = given[:scan] + given[scan:-2] * jpeg.MAX_SCANS + given[-2:]
    segments = given[:2] + segment(0xFE, b"") * jpeg.MAX_SEGMENTS + given[2:]

    for endless in (scans, segments, given[:2] + b"\xff" * 100_000 + given[2:]):
        with pytest.raises(ValueError, match=r"in more than 64 scans|not a complete JPEG"):
            jpeg.read_segments(endless)
