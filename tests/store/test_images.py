"""The one door for pictures: faithful copies of what may come in, sentences for what may not."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from evalwidgets.pictures import icc
from evalwidgets.pictures.door import open_image
from evalwidgets.store.images import Picture, read_picture

from ..pictures.samples import SECRET, SRGB, colourful, png_of, saved


def shown(picture: Picture) -> Image.Image:
    """Return the display copy, decoded."""
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("suffix", ["png", "bmp", "gif", "webp", "avif"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_every_admitted_format_comes_out_pixel_for_pixel(suffix: str, mode: str, tmp_path: Path) -> None:
    """What is not a JPEG is decoded and kept without loss."""
    options = {"webp": {"lossless": True}, "avif": {"quality": 100, "subsampling": "4:4:4"}}.get(suffix, {})
    path = saved(tmp_path / f"p.{suffix}", colourful().convert(mode), **options)

    picture = read_picture(path)

    expected = Image.open(path).convert("RGB")
    assert (picture.width, picture.height, picture.media_type) == (6, 4, "image/png")
    assert expected.tobytes() == shown(picture).convert("RGB").tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_an_upright_jpeg_keeps_its_coded_pixels(mode: str, tmp_path: Path) -> None:
    """Nothing is judged that the model or camera did not make."""
    path = saved(tmp_path / "p.jpg", colourful((64, 48)).convert(mode), quality=60)

    picture = read_picture(path)

    assert picture.media_type == "image/jpeg"
    assert Image.open(path).tobytes() == shown(picture).tobytes()


def test_a_suffix_plays_no_part(tmp_path: Path) -> None:
    """The bytes say what a file is."""
    path = saved(tmp_path / "p.jpg", colourful(), format="PNG")

    assert read_picture(path).media_type == "image/png"


def test_sixteen_bit_grey_keeps_every_one_of_the_256_levels(tmp_path: Path) -> None:
    """Each level of 8 bits has its own level of 16; none is clipped and none is lost."""
    levels = Image.frombytes("I;16", (256, 1), b"".join(struct.pack("<H", 257 * k) for k in range(256)))

    picture = read_picture(saved(tmp_path / "p.png", levels))

    assert list(range(256)) == list(shown(picture).convert("L").tobytes())


def test_sixteen_bit_colour_is_kept_to_eight(tmp_path: Path) -> None:
    """A PNG with 16 bits a channel is shown, not refused or wrapped round."""
    rows = b"\0" + b"".join(struct.pack(">3H", 257 * k, 65535 - 257 * k, 257 * 128) for k in range(256))
    (tmp_path / "p.png").write_bytes(png_of(256, 1, 16, 2, zlib.compress(rows)))

    expected = [(k, 255 - k, 128) for k in range(256)]
    assert expected == list(shown(read_picture(tmp_path / "p.png")).get_flattened_data())


def test_transparency_is_kept(tmp_path: Path) -> None:
    """The stage shows what is behind; the copy invents no background."""
    see_through = colourful()
    see_through.putalpha(Image.linear_gradient("L").resize((6, 4)))

    for name, mode in (("rgba", "RGBA"), ("la", "LA")):
        path = saved(tmp_path / f"{name}.png", see_through.convert(mode))
        assert (
            Image.open(path).convert("RGBA").tobytes() == shown(read_picture(path)).convert("RGBA").tobytes()
        )


def test_a_palette_with_alpha_is_kept(tmp_path: Path) -> None:
    """A palette's transparent colour stays transparent."""
    palette = colourful().quantize(16)
    path = saved(tmp_path / "p.png", palette, transparency=3)

    picture = shown(read_picture(path))

    assert picture.mode == "RGBA"
    assert Image.open(path).convert("RGBA").tobytes() == picture.tobytes()


def test_one_bit_a_pixel_is_shown(tmp_path: Path) -> None:
    """Black and white come out as black and white."""
    path = saved(tmp_path / "p.png", colourful().convert("1"))

    assert set(shown(read_picture(path)).get_flattened_data()) == {0, 255}


def test_cmyk_comes_out_in_rgb_without_its_profile(tmp_path: Path) -> None:
    """A browser shows RGB; a CMYK profile on it would be wrong."""
    cmyk_profile = SRGB[:16] + b"CMYK" + SRGB[20:]
    path = saved(tmp_path / "p.jpg", colourful((32, 32)).convert("CMYK"), icc_profile=cmyk_profile)

    picture = read_picture(path)

    assert picture.media_type == "image/png"
    assert Image.open(path).convert("RGB").tobytes() == shown(picture).tobytes()
    assert "icc_profile" not in shown(picture).info


def test_an_rgb_profile_stays_with_the_colours(tmp_path: Path) -> None:
    """A wide-gamut picture is shown as it was meant."""
    path = saved(tmp_path / "p.png", colourful(), icc_profile=SRGB)

    assert shown(read_picture(path)).info["icc_profile"] == icc.neutral(SRGB, "RGB")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_every_orientation_stands_upright(suffix: str, orientation: int, tmp_path: Path) -> None:
    """The copy is what a viewer that honours EXIF shows, pixel for pixel, and says its own size."""
    turns = {
        1: [0, 1, 2, 3, 4, 5],
        2: [1, 0, 3, 2, 5, 4],
        3: [5, 4, 3, 2, 1, 0],
        4: [4, 5, 2, 3, 0, 1],
        5: [0, 2, 4, 1, 3, 5],
        6: [4, 2, 0, 5, 3, 1],
        7: [5, 3, 1, 4, 2, 0],
        8: [1, 3, 5, 0, 2, 4],
    }
    blocks = Image.new("L", (2, 3))
    blocks.putdata([0, 50, 100, 150, 200, 250])
    exif = Image.Exif()
    exif[0x0112] = orientation
    lossless = {"quality": 100} if suffix == "jpg" else {"lossless": True}
    big = blocks.resize((32, 48), Image.Resampling.NEAREST).convert("RGB")
    path = saved(tmp_path / f"p.{suffix}", big, exif=exif, **lossless)

    picture = read_picture(path)

    wide, high = (3, 2) if orientation > 4 else (2, 3)
    seen = shown(picture).convert("L")
    levels = [round(seen.getpixel((16 * x + 8, 16 * y + 8)) / 50) for y in range(high) for x in range(wide)]
    assert turns[orientation] == levels
    assert (16 * wide, 16 * high) == (picture.width, picture.height) == seen.size
    assert (picture.width, picture.height) == open_image(path).size


def test_of_a_moving_picture_the_first_frame_is_shown(tmp_path: Path) -> None:
    """A reviewer judges a still."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]

    for suffix in ("gif", "webp", "png"):
        path = tmp_path / f"p.{suffix}"
        frames[0].save(path, save_all=True, append_images=frames[1:], lossless=True)
        assert shown(read_picture(path)).convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_the_copy_tells_nothing_of_where_it_came_from(tmp_path: Path) -> None:
    """Text chunks, EXIF and comments of any format stay behind, and so does the file's name."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    text = PngImagePlugin.PngInfo()
    text.add_text("parameters", SECRET)
    paths = [
        saved(tmp_path / f"{SECRET}.png", colourful(), pnginfo=text, exif=exif),
        saved(tmp_path / f"{SECRET}.webp", colourful(), exif=exif, xmp=SECRET.encode()),
        saved(tmp_path / f"{SECRET}.gif", colourful(), comment=SECRET),
        saved(tmp_path / f"{SECRET}.jpg", colourful(), exif=exif, comment=SECRET),
    ]

    for path in paths:
        assert SECRET.encode() in path.read_bytes()
        picture = read_picture(path)
        assert SECRET.encode() not in picture.data
        assert SECRET not in repr(picture)


def test_the_name_of_a_copy_is_its_content(tmp_path: Path) -> None:
    """Two files with the same pixels have one name, whatever they are called and say of themselves."""
    text = PngImagePlugin.PngInfo()
    text.add_text("model", SECRET)
    one = read_picture(saved(tmp_path / "a.png", colourful(), pnginfo=text))
    same = read_picture(saved(tmp_path / "b.png", colourful()))
    other = read_picture(saved(tmp_path / "c.png", colourful((6, 5))))

    assert one.digest == same.digest
    assert one.digest != other.digest
    assert len(one.digest) == 64


def test_a_picture_for_charts_is_upright_rgb(tmp_path: Path) -> None:
    """Whatever comes in, charts get three channels."""
    for name, mode in (("a.png", "RGBA"), ("b.png", "L"), ("c.png", "P"), ("d.png", "I;16")):
        picture = colourful().convert(mode) if mode != "I;16" else Image.new("I;16", (6, 4), 65535)
        opened = open_image(saved(tmp_path / name, picture))
        assert (opened.mode, opened.size) == ("RGB", (6, 4))
    assert opened.getpixel((0, 0)) == (255, 255, 255)
