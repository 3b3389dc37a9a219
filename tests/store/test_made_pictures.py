"""Pictures that are made here hold pixels and nothing else; a cover shows nothing to recognise."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from evalwidgets.errors import ImageError
from evalwidgets.store.made_pictures import COVER_SIDE, cover_of, made_picture


def decoded(data: bytes) -> Image.Image:
    """Return the image that these bytes hold."""
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("size", "cover"), [((64, 48), (16, 12)), ((300, 900), (5, 16)), ((4000, 9), (16, 1))]
)
def test_a_cover_is_tiny_and_grey_in_the_shape_of_its_picture(
    tmp_path: Path, size: tuple[int, int], cover: tuple[int, int]
) -> None:
    """Its longest side has 16 pixels, whatever the picture's."""
    path = tmp_path / "one.png"
    Image.linear_gradient("L").resize(size).convert("RGB").save(path)

    made = cover_of(path)

    image = decoded(made.data)
    assert (image.mode, image.size, (made.width, made.height)) == ("L", cover, cover)
    assert max(image.size) == COVER_SIDE
    assert made.media_type == "image/png"


def test_a_cover_loses_what_is_small(tmp_path: Path) -> None:
    """A sharp thin line in a large picture leaves hardly a trace."""
    path = tmp_path / "line.png"
    image = Image.new("RGB", (640, 480), "white")
    image.paste((0, 0, 0), (0, 240, 640, 244))
    image.save(path)

    darkest, lightest = decoded(cover_of(path).data).getextrema()

    assert lightest - darkest < 30


def test_no_metadata_goes_into_a_made_picture(tmp_path: Path) -> None:
    """Neither text, nor a profile, nor EXIF of what it was made from."""
    told = PngImagePlugin.PngInfo()
    told.add_text("prompt", "planted-prompt")
    image = Image.new("RGBA", (20, 10))
    image.info.update({"prompt": "planted-prompt", "icc_profile": b"planted-profile"})
    path = tmp_path / "told.png"
    exif = Image.Exif()
    exif[0x010E] = "planted-description"
    image.save(path, pnginfo=told, icc_profile=b"planted-profile", exif=exif)

    for made in (made_picture(image), cover_of(path)):
        assert b"planted" not in made.data
        assert {} == decoded(made.data).info


def test_a_picture_that_cannot_be_read_has_no_cover(tmp_path: Path) -> None:
    """It fails at the same door as the picture itself."""
    path = tmp_path / "no.png"
    path.write_bytes(b"no picture")

    with pytest.raises(ImageError):
        cover_of(path)
