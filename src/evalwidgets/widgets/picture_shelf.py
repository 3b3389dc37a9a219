"""The pictures that the browser may ask for: display copies, tiles of big ones, what was made here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.made_pictures import MadePicture
from evalwidgets.store.tiles import TileCutter
from evalwidgets.widgets.common_size import Size

_KEPT_BYTES = 16 * 1024 * 1024  # of encoded pictures: reading one of 12 megapixels anew takes 75 ms
_TILE_NAME = re.compile(r"([0-9a-f]{64})@([0-9]{1,4})/([0-9]{1,4})/([0-9]{1,4})")
"""Hash of the picture, then factor, column and row."""


class Encoded(NamedTuple):
    """What is sent of a picture."""

    data: bytes
    media_type: str


class _Source(NamedTuple):
    path: Path
    fit: Size | None
    changed: int
    """When the file was changed last, in nanoseconds: another file has other tiles."""


class PictureShelf:
    """Remembers where offered pictures come from, and keeps the encoded ones that were used last.

    Parameters
    ----------
    places : int
        How many offered pictures are remembered. Twice as many that were made here are held.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._sources: dict[str, _Source] = {}
        self._held: dict[str, MadePicture] = {}
        self._kept: dict[str, Encoded] = {}
        self._cutter = TileCutter()

    def offer(self, path: Path, fit: Size | None = None) -> Picture:
        """Return the display copy of a file, which from now on may be asked for.

        Raises
        ------
        ImageError
            If the picture cannot be shown.
        """
        changed = _changed(path)
        picture = read_picture(path, fit=fit)
        self._sources.pop(picture.digest, None)
        self._sources[picture.digest] = _Source(path, fit, changed)
        _keep_last(self._sources, self._places)
        self._keep(picture.digest, Encoded(picture.data, picture.media_type))
        return picture

    def hold(self, picture: MadePicture) -> str:
        """Hold a picture that was made here, and return the hash by which it may be asked for."""
        self._held.pop(picture.digest, None)
        self._held[picture.digest] = picture
        _keep_last(self._held, 2 * self._places)
        return picture.digest

    def get(self, name: str) -> Encoded | None:
        """Return a picture or a tile, made anew if need be; None if nothing, or no file, has it any more.

        Raises
        ------
        ImageError
            If the file cannot be shown any more, or has no such tile.
        """
        if name in self._held:
            held = self._held[name]
            return Encoded(held.data, held.media_type)
        found = self._kept.get(name) or self._made_anew(name)
        if found is not None:
            self._keep(name, found)
        return found

    def _made_anew(self, name: str) -> Encoded | None:
        tile = _TILE_NAME.fullmatch(name)
        source = self._sources.get(tile[1] if tile else name)
        if source is None:
            return None
        if tile is None:
            picture = read_picture(source.path, fit=source.fit)
            return Encoded(picture.data, picture.media_type) if picture.digest == name else None
        if _changed(source.path) != source.changed:
            return None
        factor, column, row = (int(part) for part in tile.groups()[1:])
        return Encoded(self._cutter.tile(source.path, factor, column, row, fit=source.fit), "image/png")

    def _keep(self, name: str, encoded: Encoded) -> None:
        """Keep a copy as the one used last, and let the oldest go until the rest is small enough."""
        self._kept.pop(name, None)
        self._kept[name] = encoded
        size = sum(len(one.data) for one in self._kept.values())
        for old in list(self._kept)[:-1]:
            if size <= _KEPT_BYTES:
                return
            size -= len(self._kept.pop(old).data)


def _keep_last(kept: dict[str, _Source] | dict[str, MadePicture], count: int) -> None:
    for name in list(kept)[:-count]:
        del kept[name]


def _changed(path: Path) -> int:
    """Return when a file was changed last, in nanoseconds; 0 of one that is not there."""
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0
