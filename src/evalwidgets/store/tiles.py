"""Tiles of big pictures: full resolution for the part that is looked at, and no more."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.store.images import Picture, as_png, read_whole

TILE = 512
"""Pixels of a tile's side; those at the right and bottom edge may be smaller."""
_KEPT_BYTES = 300 * 1024 * 1024  # of decoded pictures: a pair of 24 megapixels, whole and reduced
_FAST = 1  # zlib's level: a tile is waited for

_Place = tuple[Path, int, int, tuple[int, int] | None, int]


class Tiles:
    """Cuts tiles from pictures that stay decoded while somebody looks at them."""

    def __init__(self) -> None:
        self._kept: dict[_Place, Image.Image] = {}

    def tile(
        self, path: Path, factor: int, column: int, row: int, *, fit: tuple[int, int] | None = None
    ) -> Picture:
        """Return one tile of a picture that is reduced by `factor`, as PNG.

        Parameters
        ----------
        path, fit
            As in `read_picture`.
        factor : int
            A power of two; 1 is full resolution. Each pixel of the tile is the mean of
            factor x factor pixels.
        column, row : int
            Which tile, from 0.

        Raises
        ------
        ImageError
            If the picture cannot be shown or has no such tile.
        """
        reduced = self._reduced(path, factor, fit)
        left, top = column * TILE, row * TILE
        if factor < 1 or column < 0 or row < 0 or left >= reduced.width or top >= reduced.height:
            msg = (
                f"A picture of {reduced.width} x {reduced.height} has no tile in column {column}, row {row}."
            )
            raise ImageError(msg)
        part = reduced.crop((left, top, min(left + TILE, reduced.width), min(top + TILE, reduced.height)))
        part.info = reduced.info
        data = as_png(part, compress_level=_FAST)
        return Picture(hashlib.sha256(data).hexdigest(), *part.size, "image/png", data)

    def _reduced(self, path: Path, factor: int, fit: tuple[int, int] | None) -> Image.Image:
        try:
            status = path.stat()
        except OSError as error:
            msg = f"{path.name[:80]}: the file cannot be read ({error.strerror}); check its path and rights."
            raise ImageError(msg) from error
        place = (path, status.st_mtime_ns, status.st_size, fit, max(1, factor))
        image = self._kept.pop(place, None)
        if image is None:
            image = self._made(path, fit, place)
        self._kept[place] = image
        self._let_go()
        return image

    def _made(self, path: Path, fit: tuple[int, int] | None, place: _Place) -> Image.Image:
        factor = place[-1]
        if factor == 1:
            return read_whole(path, fit=fit)
        whole = self._reduced(path, 1, fit)
        reduced = whole.reduce(factor)
        reduced.info = whole.info
        return reduced

    def _let_go(self) -> None:
        """Let the images used longest ago go until the rest is small enough; the last one stays."""
        sizes = {
            place: image.width * image.height * len(image.getbands()) for place, image in self._kept.items()
        }
        total = sum(sizes.values())
        for place in list(self._kept)[:-1]:
            if total <= _KEPT_BYTES:
                return
            total -= sizes[place]
            del self._kept[place]
