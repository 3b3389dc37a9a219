"""Big pictures: a preview, and tiles that put together are the whole picture, to the pixel."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.store import images
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.tiles import TILE, Tiles

BIG = (4100, 2500)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a picture of more than 8 megapixels in which neighbouring pixels differ."""
    width, height = BIG
    rows, columns = np.mgrid[:height, :width]
    pixels = np.stack([columns % 251, rows % 241, (columns * rows) % 239], axis=-1).astype(np.uint8)
    path = tmp_path_factory.mktemp("big") / "big.png"
    Image.fromarray(pixels).save(path, compress_level=1)
    return path


def decoded(picture: Picture) -> Image.Image:
    """Return what the browser gets, decoded."""
    return Image.open(io.BytesIO(picture.data))


def put_together(path: Path, factor: int, size: tuple[int, int]) -> Image.Image:
    """Return all tiles of a level in their places."""
    tiles, whole = Tiles(), Image.new("RGB", size)
    for row in range(-(-size[1] // TILE)):
        for column in range(-(-size[0] // TILE)):
            whole.paste(decoded(tiles.tile(path, factor, column, row)), (column * TILE, row * TILE))
    return whole


def test_a_big_picture_comes_as_a_preview(big: Path) -> None:
    """Its size is told whole, its preview is small, and its tiles go down to full resolution."""
    picture = read_picture(big)

    assert (picture.width, picture.height) == BIG
    assert picture.factors == (1, 2)
    assert decoded(picture).size == (1025, 625)
    assert decoded(picture).tobytes() == Image.open(big).reduce(4).tobytes()


@pytest.mark.parametrize("factor", [1, 2])
def test_tiles_put_together_are_the_picture(big: Path, factor: int) -> None:
    """At full resolution every pixel of the file, else the mean of as many as the factor says."""
    expected = Image.open(big).convert("RGB")
    if factor > 1:
        expected = expected.reduce(factor)

    assert put_together(big, factor, expected.size).tobytes() == expected.tobytes()


@pytest.mark.parametrize("place", [(9, 0), (0, 5), (-1, 0)])
def test_a_tile_that_is_not_there_is_refused(big: Path, place: tuple[int, int]) -> None:
    """The browser may ask for anything."""
    with pytest.raises(ImageError, match="has no tile"):
        Tiles().tile(big, 1, *place)


def test_previews_that_look_alike_have_names_of_their_own(big: Path, tmp_path: Path) -> None:
    """Two pictures that differ in one pixel must never lend each other their tiles."""
    other = tmp_path / "other.png"
    with Image.open(big) as image:
        image.load()
        image.putpixel((0, 0), tuple(value ^ 1 for value in image.getpixel((0, 0))))
        image.save(other, compress_level=1)

    first, second = read_picture(big), read_picture(other)

    assert first.digest != second.digest


def test_what_is_not_big_comes_whole(tmp_path: Path) -> None:
    """No tiles for a picture of 8 megapixels or fewer."""
    path = tmp_path / "p.png"
    Image.new("RGB", (64, 48)).save(path)

    assert read_picture(path).factors == ()


def test_candidates_come_in_one_size(tmp_path: Path) -> None:
    """Which model makes 496 or 1024 pixels is not to be seen; a picture of the size wanted is left alone."""
    for side in (496, 512, 1024):
        Image.effect_noise((side, side), 50).convert("RGB").save(tmp_path / f"{side}.jpg")

    copies = [read_picture(tmp_path / f"{side}.jpg", fit=(512, 512)) for side in (496, 512, 1024)]

    assert {(copy.width, copy.height) for copy in copies} == {(512, 512)}
    assert {decoded(copy).size for copy in copies} == {(512, 512)}
    assert copies[1].data == read_picture(tmp_path / "512.jpg").data


def test_a_fitted_picture_keeps_its_shape(tmp_path: Path) -> None:
    """It lies whole in the size, and nothing is distorted."""
    Image.new("RGB", (300, 100)).save(tmp_path / "p.png")

    copy = read_picture(tmp_path / "p.png", fit=(600, 600))

    assert (copy.width, copy.height) == (600, 200)


def test_few_decoded_pictures_are_kept(big: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at many big pictures takes no more memory than looking at a pair."""
    from evalwidgets.store import tiles as module

    monkeypatch.setattr(module, "_KEPT_BYTES", 1)
    tiles = Tiles()
    for factor in (1, 2, 1, 2):
        tiles.tile(big, factor, 0, 0)

    assert len(tiles._kept) == 1


def test_the_limit_of_a_preview_is_what_it_says() -> None:
    """The longest side decides, by powers of two."""
    cases = {(2048, 100): 1, (2049, 100): 2, (4096, 4096): 2, (6000, 4000): 4, (100, 20000): 16}

    assert {size: images.preview_factor(*size) for size in cases} == cases
