"""Colour profiles without their words: the same colours, no text, and None for what is no profile."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from evalwidgets.pictures.icc import without_words

from .profiles import with_tags

SECRET = b"made-by-model-x"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seen_through(profile: bytes) -> bytes:
    """Return a picture's colours as this profile means them."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    picture = Image.frombytes("RGB", (16, 16), bytes(range(256)) * 3)
    lab = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("LAB"), outputMode="LAB")
    assert lab is not None
    return lab.tobytes()


@pytest.mark.parametrize("version", [2, 4])
def test_the_colours_stay_and_the_words_go(version: int) -> None:
    """Texts in known and private tags, before and behind what counts, are gone; colours are the same."""
    text = b"text" + bytes(4) + SECRET
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x0200) + SECRET
    profile = with_tags(SRGB, version, desc=text, cprt=text, mine=text, rTRC=curve) + SECRET

    clean = without_words(profile)

    assert clean is not None
    assert SECRET not in clean
    assert SECRET.decode().encode("utf-16-be") not in clean
    assert seen_through(clean) == seen_through(with_tags(SRGB, version, rTRC=curve))


def test_words_where_a_colour_should_be_cost_the_profile_its_trust() -> None:
    """A text under the name of a colour is no colour."""
    assert without_words(with_tags(SRGB, wtpt=b"text" + bytes(4) + SECRET)) is None


@given(st.binary(max_size=400))
def test_what_is_no_profile_is_none(data: bytes) -> None:
    """Any bytes are read without a fault."""
    assert without_words(data) is None


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, len(SRGB) - 1), st.integers(0, 255)), max_size=6), st.integers(0, 600)
)
def test_a_damaged_profile_is_none_or_a_profile(damage: list[tuple[int, int]], length: int) -> None:
    """Whatever is damaged: the answer is None or begins as a profile does, and is read the same again."""
    bytes_ = bytearray(SRGB)
    for place, value in damage:
        bytes_[place] = value
    clean = without_words(bytes(bytes_[: max(length, 1)]))

    assert clean is None or (clean[36:40] == b"acsp" and without_words(clean) == clean)
