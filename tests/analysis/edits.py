"""Planted edits of photographs: where they are, and what happens to the whole picture besides."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Mask = NDArray[np.bool_]
Pixels = NDArray[np.float32]

PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "coins.png", "rocket.jpg", "motorcycle_left.png")
"""Photographs that scikit-image ships: a person, an animal, a thing, grey, night, much detail."""
LUMA = np.array([0.299, 0.587, 0.114], np.float32)


class Planted(NamedTuple):
    """A photograph, the same with a local edit, and where that is."""

    original: Image.Image
    edited: Image.Image
    mask: Mask


@lru_cache(maxsize=8)
def photo(name: str, longest: int = 512) -> Image.Image:
    """Return a photograph in RGB, at most so long."""
    with (files("skimage") / "data" / name).open("rb") as stream:
        image = Image.open(stream).convert("RGB")
    image.thumbnail((longest, longest))
    return image


@lru_cache(maxsize=8)
def planted(name: str) -> Planted:
    """Return a photograph with an ellipse of 5 % of it taken from another one."""
    place = PHOTOS.index(name)
    original, other = photo(name), photo(PHOTOS[(place + 2) % len(PHOTOS)])
    random = np.random.default_rng(place)
    width, height = original.size
    x, y, stretch = (
        random.uniform(0.3, 0.7) * width,
        random.uniform(0.3, 0.7) * height,
        random.uniform(0.7, 1.4),
    )
    radius = np.sqrt(0.05 * width * height / np.pi)
    sheet = Image.new("L", original.size)
    across, down = radius * stretch, radius / stretch
    ImageDraw.Draw(sheet).ellipse((x - across, y - down, x + across, y + down), fill=255)
    patch = other.resize(original.size).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return Planted(original, Image.composite(patch, original, sheet), np.asarray(sheet) > 0)


def overlap(first: Mask, second: Mask) -> float:
    """Return the intersection over the union; 1 when both are empty."""
    union = (first | second).sum()
    return float((first & second).sum() / union) if union else 1.0


def pixels(image: Image.Image) -> Pixels:
    """Return the grey values of an image."""
    return np.asarray(image.convert("RGB"), np.float32)


def image_of(values: Pixels) -> Image.Image:
    """Return grey values as an image."""
    return Image.fromarray(np.clip(values + 0.5, 0, 255).astype(np.uint8))


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    """Return an image as JPEG leaves it."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def regenerated(image: Image.Image) -> Image.Image:
    """Return an image with new fine grain and a cast, as a model draws it that redraws it all."""
    smooth = pixels(image.filter(ImageFilter.GaussianBlur(0.5)))
    grain = np.random.default_rng(7).normal(0, 5, smooth.shape).astype(np.float32)
    return image_of(smooth + grain + np.array([4, -2, -5], np.float32))


def brighter(image: Image.Image, share: float = 0.05) -> Image.Image:
    """Return an image with all values raised."""
    return image_of(pixels(image) * np.float32(1 + share))


def saturated(image: Image.Image, share: float = 0.15) -> Image.Image:
    """Return an image with stronger colours."""
    light = (pixels(image) @ LUMA)[..., None]
    return image_of(light + (pixels(image) - light) * np.float32(1 + share))


def shifted(image: Image.Image, dx: int, dy: int) -> Image.Image:
    """Return an image whose content moved right and down; the border repeats."""
    values = np.asarray(image)
    wide = np.pad(values, ((abs(dy),) * 2, (abs(dx),) * 2, (0, 0)), "edge")
    top, left = abs(dy) - dy, abs(dx) - dx
    return Image.fromarray(wide[top : top + image.height, left : left + image.width])


def zoomed(image: Image.Image, share: float) -> Image.Image:
    """Return the middle of an image at the size of the whole."""
    width, height = image.width / (1 + share), image.height / (1 + share)
    left, top = (image.width - width) / 2, (image.height - height) / 2
    box = (left, top, left + width, top + height)
    return image.resize(image.size, Image.Resampling.BICUBIC, box=box)


def repainted(image: Image.Image) -> Image.Image:
    """Return an image of the same scene laid out otherwise: every part lies elsewhere."""
    mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return image_of(255 - pixels(mirrored)[::-1] * np.float32(0.8))


def drawn(image: Image.Image) -> Image.Image:
    """Return an image as a pencil drawing."""
    edges = pixels(image.convert("L").filter(ImageFilter.FIND_EDGES))
    return image_of(240 - 2 * edges)


def painted(image: Image.Image) -> Image.Image:
    """Return an image as an oil painting: flat strokes, warm and dark."""
    strokes = image.filter(ImageFilter.ModeFilter(9)).quantize(12).convert("RGB")
    return image_of(pixels(strokes) * np.array([1.05, 0.85, 0.6], np.float32))
