"""Paints the pictures of a recipe and saves them under names that say nothing."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from builder.catalogue import Entry
from builder.colour import Floats
from builder.defects import as_image, changed
from builder.flaws import flaw_of
from builder.recipe import Edit, Ladder, Pair, paint

WANTED, UNASKED = 255, 128
"""Grey values of a mask: what the request changes, and what changed besides."""

Pictures = dict[str, dict[str, str]]
"""Id (of a task, or of one rung of a ladder) to role to path."""


def paint_group(entries: list[Entry], folder: Path) -> Pictures:
    """Paint and save everything that belongs together."""
    pictures: Pictures = {}
    for entry in entries:
        pictures |= paint_entry(entry, folder)
    return pictures


def paint_entry(entry: Entry, folder: Path) -> Pictures:
    """Paint and save the pictures of one recipe."""
    recipe = entry.recipe
    if isinstance(recipe, Ladder):
        return _ladder(entry.id, recipe, folder)
    if isinstance(recipe, Edit):
        return {entry.id: _edit(entry.id, recipe, folder)}
    if isinstance(recipe, Pair):
        sides = {name: save(recipe.side(name), folder, f"{entry.id} {name}") for name in ("a", "b")}
        return {entry.id: {"original": save_original(paint(recipe.before), folder), **sides}}
    return {entry.id: {"image": save(paint(recipe.picture), folder, entry.id)}}


def _edit(name: str, edit: Edit, folder: Path) -> dict[str, str]:
    before, edited = edit.original(), edit.edited()
    mask = np.where(changed(before, edited) > 0, UNASKED, 0)
    mask = np.where(edit.wanted() > 0, WANTED, mask).astype(np.uint8)
    Image.fromarray(mask).save(folder / "masks" / f"{name}.png", compress_level=3)
    if flaw_of(edit):
        flaw = changed(edit.due(), edited)
        Image.fromarray(flaw > 0).save(folder / "defects" / f"{name}.png")
    return {
        "original": save_original(before, folder),
        "edited": save(edited, folder, f"{name} edited", edit.saved),
    }


def _ladder(name: str, ladder: Ladder, folder: Path) -> Pictures:
    role = "image" if ladder.before is None else "edited"
    pictures = {}
    for rung in ladder.rungs:
        roles = {role: save(paint(rung.picture), folder, f"{name} {rung.level}", "jpeg")}
        if ladder.before is not None:
            roles = {"original": save(paint(ladder.before), folder, f"{name} before", "jpeg"), **roles}
        pictures[f"{name}-{rung.level}"] = roles
    return pictures


def save_original(pixels: Floats, folder: Path) -> str:
    """Save an original once, however many tasks share it."""
    digest = hashlib.sha256(as_image(pixels).tobytes()).hexdigest()
    return save(pixels, folder, f"original {digest}")


def save(pixels: Floats, folder: Path, key: str, how: str = "png") -> str:
    """Save a picture under a name made of a hash; returns its path in the folder.

    Parameters
    ----------
    how : str
        ``png``; ``jpeg``; ``turned`` (a JPEG that lies on its side, with the EXIF
        orientation that sets it upright); ``small`` (two thirds of the size).
    """
    name = hashlib.sha256(f"evalwidgets demo {key}".encode()).hexdigest()[:14]
    suffix = "jpg" if how in ("jpeg", "turned") else "png"
    path = f"images/{name}.{suffix}"
    if (folder / path).exists():
        return path
    image = as_image(pixels)
    if how == "turned":
        exif = Image.Exif()
        exif[0x0112] = 6
        lying = image.transpose(Image.Transpose.ROTATE_90)
        lying.save(folder / path, quality=95, subsampling=0, exif=exif)
    elif how == "jpeg":
        image.save(folder / path, quality=93, subsampling=0)
    else:
        if how == "small":
            size = (round(image.width * 2 / 3), round(image.height * 2 / 3))
            image = image.resize(size, Image.Resampling.LANCZOS)
        image.save(folder / path, compress_level=1, compress_type=zlib.Z_RLE)
    return path
