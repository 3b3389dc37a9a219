"""Display copies tell nothing of where a picture came from: no words in any place, one size for all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from evalwidgets.store.images import read_picture

from ..pictures.samples import SECRET, SRGB, chunk, colourful, saved
from ..pictures.test_jpeg import segment

MARK = SECRET.encode()
EXIF = Image.Exif()
EXIF[0x010E] = SECRET
EXIF[0x8769] = {0x9286: MARK}
TEXTS = PngImagePlugin.PngInfo()
TEXTS.add_text("parameters", SECRET)
TEXTS.add_text("workflow", SECRET, zip=True)
TEXTS.add_itxt("XML:com.adobe.xmp", SECRET)
TRACES = (MARK[:11], SECRET.encode("utf-16-be"))
"""The mark may also stand in two bytes a letter, as profiles and EXIF keep texts."""


def made(kind: str, **options: Any) -> bytes:
    """Return a small picture as a file."""
    buffer = io.BytesIO()
    colourful((40, 30)).save(buffer, kind, **options)
    return buffer.getvalue()


def in_any(kind: str) -> dict[str, bytes]:
    """Return files with the mark where several formats can carry it."""
    places = {"nowhere": made(kind), "behind the end": made(kind) + MARK}
    if kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        places["exif"] = made(kind, exif=EXIF)
        places["profile"] = made(kind, icc_profile=SRGB[:80] + MARK[:20] + SRGB[100:] + MARK)
        places["words for a profile"] = made(kind, icc_profile=MARK * 20)
    if kind in ("JPEG", "WEBP", "AVIF"):
        places["xmp"] = made(kind, xmp=MARK)
    if kind in ("JPEG", "GIF"):
        places["comment"] = made(kind, comment=MARK)
    return places


def in_png() -> dict[str, bytes]:
    """Return PNG files with the mark in each chunk."""
    plain = made("PNG")
    names = [
        "tEXt",
        "zTXt",
        "iTXt",
        "eXIf",
        "tIME",
        "pHYs",
        "sPLT",
        "hIST",
        "bKGD",
        "prVW",
        "caBX",
        "gAMA",
        "cHRM",
        "sBIT",
        "cICP",
        "mDCv",
    ]
    planted = {name: plain[:33] + chunk(name.encode(), MARK.ljust(32)) + plain[33:] for name in names}
    between = plain[:-12] + chunk(b"tEXt", MARK) + plain[-12:]
    return {**planted, "texts": made("PNG", pnginfo=TEXTS), "before the end": between}


def in_jpeg() -> dict[str, bytes]:
    """Return JPEG files with the mark in each segment, and behind the last block."""
    plain = made("JPEG")
    markers = (*range(0xE0, 0xF0), 0xFE)
    planted = {f"{marker:x}": plain[:2] + segment(marker, MARK) + plain[2:] for marker in markers}
    return {**planted, "behind the last block": plain[:-2] + MARK + plain[-2:]}


def in_gif() -> dict[str, bytes]:
    """Return GIF files with the mark in its extensions."""
    plain = made("GIF")
    at = plain.index(b"\x2c\0\0\0\0")
    block = bytes((len(MARK),)) + MARK + b"\0"
    return {
        "application": plain[:at] + b"\x21\xff\x0bXMP DataXMP" + block + plain[at:],
        "plain text": plain[:at] + b"\x21\x01" + block + plain[at:],
    }


def in_bmp() -> dict[str, bytes]:
    """Return a BMP file with the mark between header and pixels."""
    plain = made("BMP")
    start = (54 + len(MARK)).to_bytes(4, "little")
    return {"gap": plain[:10] + start + plain[14:54] + MARK + plain[54:]}


PLANTED = {
    "JPEG": in_any("JPEG") | in_jpeg(),
    "PNG": in_any("PNG") | in_png(),
    "WEBP": in_any("WEBP"),
    "GIF": in_any("GIF") | in_gif(),
    "BMP": in_any("BMP") | in_bmp(),
    "AVIF": in_any("AVIF"),
}


@pytest.mark.parametrize(("kind", "place"), [(kind, place) for kind in PLANTED for place in PLANTED[kind]])
def test_a_mark_in_any_place_stays_behind(kind: str, place: str, tmp_path: Path) -> None:
    """Every block that a format has for words, and every gap: none reaches the copy, and the pixels stay."""
    content = PLANTED[kind][place]
    (tmp_path / f"{SECRET}.bin").write_bytes(content)

    picture = read_picture(tmp_path / f"{SECRET}.bin")

    for trace in TRACES:
        assert trace not in picture.data
    seen = Image.open(io.BytesIO(picture.data)).convert("RGB")
    assert Image.open(io.BytesIO(content)).convert("RGB").tobytes() == seen.tobytes()
    assert set(Image.open(io.BytesIO(picture.data)).info) <= {
        *("icc_profile", "gamma", "jfif", "jfif_version", "jfif_unit", "jfif_density"),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    words=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=60),
    turned=st.booleans(),
    data=st.data(),
)
def test_no_words_come_through(
    kind: str, words: str, turned: bool, data: st.DataObject, tmp_path: Path
) -> None:
    """Whatever they say, in whichever blocks together, upright or not."""
    exif = Image.Exif()
    exif[0x0131] = words
    if turned:
        exif[0x0112] = 6
    options: dict[str, Any] = {"exif": exif, "icc_profile": SRGB + words.encode()}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("prompt", words, zip=data.draw(st.booleans()))
    else:
        options["xmp"] = words.encode()
    path = saved(tmp_path / "p", colourful((24, 18)), format=kind, **options)

    copy = read_picture(path).data

    assert words.encode() not in copy
    assert words.encode("utf-16-be") not in copy


@pytest.mark.parametrize("size", [(512, 512), (496, 496), (1024, 1024), (300, 200)])
def test_candidates_are_shown_at_one_size(size: tuple[int, int], tmp_path: Path) -> None:
    """Whatever size a model made, the copy lies whole in the size that is asked for, in the same aspect."""
    path = saved(tmp_path / "p.png", colourful((6, 6)).resize(size, Image.Resampling.BICUBIC))

    picture = read_picture(path, fit=(512, 512))

    expected = (512, 512) if size[0] == size[1] else (512, 341)
    assert expected == (picture.width, picture.height) == Image.open(io.BytesIO(picture.data)).size
    assert size == (picture.facts.width, picture.facts.height)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_has_the_size_already_is_not_touched(kind: str, tmp_path: Path) -> None:
    """Resampling would change what is judged."""
    path = saved(tmp_path / "p", colourful((64, 48)), format=kind)

    assert read_picture(path) == read_picture(path, fit=(64, 48))


def test_a_fitted_picture_still_looks_the_same(tmp_path: Path) -> None:
    """Transparency and profile stay; colours at rest do not move; what is turned is fitted as it is seen."""
    exif = Image.Exif()
    exif[0x0112] = 6
    half = Image.new("RGBA", (40, 20), (200, 30, 90, 128))
    path = saved(tmp_path / "p.png", half, icc_profile=SRGB, exif=exif)

    picture = read_picture(path, fit=(100, 100))

    seen = Image.open(io.BytesIO(picture.data))
    assert (50, 100) == seen.size
    assert "icc_profile" in seen.info
    assert abs(np.asarray(seen, dtype=int) - (200, 30, 90, 128)).max() <= 1
