"""Small copies: small, upright, JPEG, and nothing of the file but its pixels."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.store.small_copies import small_copy


def opened(data: bytes) -> Image.Image:
    """Return the picture that these bytes hold."""
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("size", "small"), [((1080, 720), (640, 427)), ((300, 2000), (96, 640)), ((200, 100), (200, 100))]
)
def test_a_copy_is_small_in_the_shape_of_its_picture(
    tmp_path: Path, size: tuple[int, int], small: tuple[int, int]
) -> None:
    """The longer side has at most 640 pixels; a smaller picture does not grow."""
    path = tmp_path / "one.png"
    Image.new("RGB", size, (200, 40, 40)).save(path)

    copy = small_copy(path)

    image = opened(copy.data)
    assert (image.format, image.size, (copy.width, copy.height)) == ("JPEG", small, small)
    assert image.getpixel((5, 5)) == pytest.approx((200, 40, 40), abs=4)


def test_a_copy_is_upright_and_says_nothing_of_its_file(tmp_path: Path) -> None:
    """What a camera wrote into it stays behind."""
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret model"
    Image.new("RGB", (900, 600), "teal").save(path, exif=exif)

    copy = small_copy(path)

    assert (copy.width, copy.height) == (427, 640)
    assert b"secret" not in copy.data
    assert not opened(copy.data).getexif()


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    """As on paper: JPEG knows no transparency."""
    path = tmp_path / "clear.png"
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(path)

    assert opened(small_copy(path).data).getpixel((32, 32)) == (255, 255, 255)


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    """At the one door for pictures."""
    path = tmp_path / "one.png"
    path.write_bytes(b"no picture")

    with pytest.raises(ImageError):
        small_copy(path)
