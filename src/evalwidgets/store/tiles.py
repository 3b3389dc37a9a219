"""Large pictures in tiles: cut from a decoded picture that is kept, so that each takes milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from evalwidgets.errors import ImageError
from evalwidgets.pictures.door import open_header
from evalwidgets.pictures.source_file import name_of, read_bytes
from evalwidgets.store.display import Display, Size, as_png, displayed

TILE = 512
"""Pixels a side of a tile; those at the right and lower edge may have less."""
LARGE = 8_000_000
"""Pixels above which a picture is shown by its preview and tiles."""
PREVIEW_SIDE = 2048
_BUDGET = 300 * 1024 * 1024
_LEVEL = 1  # of compression: a tile is sent once, and waited for


@dataclass(frozen=True)
class TileGrid:
    """How a large picture is cut.

    Parameters
    ----------
    width, height : int
        Of the whole picture.
    factor : int
        The power of two by which the preview is reduced.

    Notes
    -----
    A tile is named `<digest of the preview>@<factor>/<column>/<row>`, counted from the upper
    left corner of the picture reduced by that factor.
    """

    width: int
    height: int
    factor: int

    @property
    def preview(self) -> Size:
        """The size of the preview."""
        return self.size(self.factor)

    @property
    def factors(self) -> tuple[int, ...]:
        """The reductions that come in tiles: 1, 2, 4, ... below the preview's."""
        return tuple(1 << power for power in range(self.factor.bit_length() - 1))

    def size(self, factor: int) -> Size:
        """Return the size of the picture reduced by a factor."""
        return -(-self.width // factor), -(-self.height // factor)

    def counts(self, factor: int) -> Size:
        """Return how many columns and rows of tiles there are at a factor."""
        width, height = self.size(factor)
        return -(-width // TILE), -(-height // TILE)


def grid_of(size: Size) -> TileGrid | None:
    """Return how a picture of this size is cut; None for one that is shown whole."""
    if size[0] * size[1] <= LARGE:
        return None
    factor = 1
    while -(-max(size) // factor) > PREVIEW_SIDE:
        factor *= 2
    return TileGrid(*size, factor)


class _Key(NamedTuple):
    path: Path
    modified: int
    bytes: int
    fit: Size | None


class TileCutter:
    """Cuts tiles, and keeps the decoded pictures that were used last.

    Parameters
    ----------
    budget : int
        Bytes of decoded pictures to keep; the one in use may exceed it.
    """

    def __init__(self, budget: int = _BUDGET) -> None:
        self._budget = budget
        self._kept: dict[_Key, Display] = {}

    def tile(self, path: Path, factor: int, column: int, row: int, *, fit: Size | None = None) -> bytes:
        """Return one tile as a PNG, without loss and without metadata.

        Parameters
        ----------
        path : Path
            The picture's file.
        factor : int
            By what the picture is reduced: 1, or another of its grid's `factors`.
        column, row : int
            Which tile, from 0.
        fit : (int, int), optional
            As for `read_picture`.

        Raises
        ------
        ImageError
            If the picture cannot be shown or has no such tile.
        """
        display = self._display(path, fit)
        grid = grid_of(display.image.size)
        columns, rows = grid.counts(factor) if grid and factor in grid.factors else (0, 0)
        if not (0 <= column < columns and 0 <= row < rows):
            msg = f"{name_of(path)}: there is no tile {factor}/{column}/{row}."
            raise ImageError(msg)
        side = TILE * factor
        width, height = display.image.size
        box = (column * side, row * side, min((column + 1) * side, width), min((row + 1) * side, height))
        cut = display.image.crop(box)
        return as_png(display._replace(image=cut.reduce(factor) if factor > 1 else cut), level=_LEVEL)

    def forget(self) -> None:
        """Let go of all pictures."""
        self._kept.clear()

    def _display(self, path: Path, fit: Size | None) -> Display:
        key = _key(path, fit)
        display = self._kept.pop(key, None)
        if display is None:
            self._make_room(0)
            with open_header(read_bytes(path), path) as found:
                display = displayed(found, path, fit=fit)
            self._make_room(_bytes_of(display))
        self._kept[key] = display
        return display

    def _make_room(self, more: int) -> None:
        """Let the pictures go that were used longest ago, until there is room for so many bytes."""
        while self._kept and sum(map(_bytes_of, self._kept.values())) + more > self._budget:
            del self._kept[next(iter(self._kept))]


def _key(path: Path, fit: Size | None) -> _Key:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return _Key(path, 0, 0, fit)  # reading it says what is wrong
    return _Key(path, status.st_mtime_ns, status.st_size, fit)


def _bytes_of(display: Display) -> int:
    image = display.image
    return image.width * image.height * (1 if image.mode == "L" else 4)  # as Pillow keeps them
