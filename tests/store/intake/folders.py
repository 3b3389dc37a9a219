"""Folders and tables of small pictures for the intake."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


def picture(path: Path, shade: int = 90, size: tuple[int, int] = (12, 8), **how: object) -> Path:
    """Write a picture of one colour, and one brighter pixel so that it has an upper corner."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", size, (shade, 40, 40))
    image.putpixel((0, 0), (255, 255, 255))
    image.save(path, **how)
    return path


def pictures(folder: Path, *names: str) -> Path:
    """Write pictures that differ from each other."""
    for place, name in enumerate(names):
        picture(folder / name, shade=10 + 7 * place)
    return folder
