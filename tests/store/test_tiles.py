"""Large pictures in tiles: together they are the picture, at every reduction, and tell nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.pictures.door import Opened
from evalwidgets.store import images, tiles
from evalwidgets.store.display import Display, Size
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.tiles import TILE, TileCutter, TileGrid, grid_of

from ..pictures.samples import SECRET, SRGB, saved


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pictures count as large that are cut in no time."""
    monkeypatch.setattr(tiles, "LARGE", 300_000)
    monkeypatch.setattr(tiles, "PREVIEW_SIDE", 300)


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return a picture in which every pixel differs from those around it."""
    values = np.random.default_rng(7).integers(0, 256, (size[1], size[0], len(mode)), dtype=np.uint8)
    return Image.fromarray(values if len(mode) > 1 else values[:, :, 0])


def decoded(data: bytes) -> Image.Image:
    """Return the pixels of an encoded picture."""
    return Image.open(io.BytesIO(data))


def together(cutter: TileCutter, path: Path, grid: TileGrid, factor: int, **fit: Any) -> Image.Image:
    """Return the tiles of a factor, put together."""
    whole: Image.Image | None = None
    columns, rows = grid.counts(factor)
    for column in range(columns):
        for row in range(rows):
            tile = decoded(cutter.tile(path, factor, column, row, **fit))
            whole = whole or Image.new(tile.mode, grid.size(factor))
            whole.paste(tile, (column * TILE, row * TILE))
    assert whole is not None
    return whole


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_tiles_put_together_are_the_picture(mode: str, tmp_path: Path) -> None:
    """Exactly, at full size and at each reduction, also where the last tiles are cut off."""
    source = noise((1111, 777), mode)
    path = saved(tmp_path / "p.png", source)
    grid = read_picture(path).tiles
    assert grid is not None

    assert (1, 2) == grid.factors
    assert source.tobytes() == together(TileCutter(), path, grid, 1).tobytes()
    assert source.reduce(2).tobytes() == together(TileCutter(), path, grid, 2).tobytes()


def test_the_preview_is_the_picture_reduced(tmp_path: Path) -> None:
    """By the least power of two that brings its longest side under the limit, each block to its mean."""
    source = noise((1111, 777))

    picture = read_picture(saved(tmp_path / "p.png", source))

    assert (1111, 777) == (picture.width, picture.height)
    assert TileGrid(1111, 777, 4) == picture.tiles
    assert source.reduce(4).tobytes() == decoded(picture.data).tobytes()
    assert (278, 195) == decoded(picture.data).size == picture.tiles.preview


@pytest.mark.parametrize("orientation", [1, 6, 7])
def test_a_photograph_is_reduced_while_it_is_decoded(orientation: int, tmp_path: Path) -> None:
    """The preview of a JPEG is near the reduced picture, and upright; its tiles are exact."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    smooth = noise((40, 30)).resize((1201, 801), Image.Resampling.BICUBIC)
    path = saved(tmp_path / "p.jpg", smooth, quality=90, exif=exif)
    upright = decoded(path.read_bytes())
    if orientation != 1:
        turns = {6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE}
        upright = upright.transpose(turns[orientation])

    picture = read_picture(path)

    assert picture.tiles is not None
    assert upright.size == (picture.width, picture.height)
    assert upright.convert("RGB").tobytes() == together(TileCutter(), path, picture.tiles, 1).tobytes()
    preview = decoded(picture.data)
    assert preview.size == picture.tiles.preview
    difference = np.asarray(preview, dtype=int) - np.asarray(upright.convert("RGB").reduce(8), dtype=int)
    assert abs(difference).mean() < 2


def test_a_picture_that_is_fitted_is_cut_as_it_is_shown(tmp_path: Path) -> None:
    """Preview, grid and tiles all have the size that was asked for."""
    path = saved(tmp_path / "p.png", noise((600, 400)))

    picture = read_picture(path, fit=(900, 900))

    assert (900, 600, TileGrid(900, 600, 4)) == (picture.width, picture.height, picture.tiles)
    assert decoded(picture.data).size == (225, 150)
    whole = together(TileCutter(), path, TileGrid(900, 600, 4), 1, fit=(900, 900))
    assert decoded(picture.data).tobytes() == whole.reduce(4).tobytes()


def test_tiles_tell_nothing_of_where_they_came_from(tmp_path: Path) -> None:
    """Neither words nor a name; the colours of a profile stay."""
    path = saved(tmp_path / "p.jpg", noise((800, 600)), comment=SECRET, icc_profile=SRGB)

    tile = TileCutter().tile(path, 1, 1, 1)

    assert SECRET.encode() not in tile
    assert {"icc_profile"} == set(decoded(tile).info)


@pytest.mark.parametrize("place", [(1, 3, 0), (1, 0, 2), (1, -1, 0), (3, 0, 0), (4, 0, 0), (0, 0, 0)])
def test_a_tile_that_does_not_exist_is_told(place: tuple[int, int, int], tmp_path: Path) -> None:
    """Beyond the edge, of the preview's own factor, of no factor at all."""
    path = saved(tmp_path / "p.png", noise((1111, 777)))

    with pytest.raises(ImageError, match=r"p\.png: there is no tile "):
        TileCutter().tile(path, *place)


def test_a_small_picture_has_no_tiles(tmp_path: Path) -> None:
    """It is shown whole."""
    path = saved(tmp_path / "p.png", noise((300, 200)))

    assert read_picture(path).tiles is None
    with pytest.raises(ImageError, match="there is no tile 1/0/0"):
        TileCutter().tile(path, 1, 0, 0)


def test_pictures_are_decoded_once_and_kept_within_a_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one used last stays; one whose file changed is decoded anew."""
    paths = [saved(tmp_path / f"{number}.png", noise((800, 600))) for number in range(3)]
    read: list[str] = []
    displayed = tiles.displayed

    def noted(found: Opened, path: Path, fit: Size | None) -> Display:
        read.append(path.stem)
        return displayed(found, path, fit=fit)

    monkeypatch.setattr(tiles, "displayed", noted)
    cutter = TileCutter(budget=2 * 4 * 800 * 600)

    for number in (0, 0, 1, 0, 2, 0, 1):
        cutter.tile(paths[number], 1, 0, 0)

    assert ["0", "1", "2", "1"] == read
    saved(paths[1], noise((801, 600)))
    cutter.tile(paths[1], 1, 0, 0)
    assert ["0", "1", "2", "1", "1"] == read


def test_only_pictures_above_eight_megapixels_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real limits: the longest side of a preview is at most 2048 pixels."""
    monkeypatch.undo()

    assert grid_of((4000, 2000)) is None
    assert TileGrid(6000, 4000, 4) == grid_of((6000, 4000))
    assert (1500, 1000) == TileGrid(6000, 4000, 4).preview
    assert (12, 8) == TileGrid(6000, 4000, 4).counts(1)
    assert TileGrid(32_000, 2_000, 16) == grid_of((32_000, 2_000))
    assert images.grid_of is grid_of
    assert "tiles" not in repr(Picture)


def test_previews_that_look_alike_have_names_of_their_own(tmp_path: Path) -> None:
    """Two pictures that differ in one pixel must never lend each other their tiles."""
    image = Image.new("RGB", (1100, 700), "grey")
    image.save(tmp_path / "first.png", compress_level=1)
    image.putpixel((0, 0), (129, 128, 128))
    image.save(tmp_path / "second.png", compress_level=1)

    first, second = (read_picture(tmp_path / f"{name}.png") for name in ("first", "second"))

    assert first.data == second.data
    assert first.digest != second.digest
