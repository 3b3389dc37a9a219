"""Whole-picture styles: pencil, watercolour, sepia, poster."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from builder.colour import Floats, rgb
from builder.defects import LUMA, as_image, as_pixels, blend, soft


def pencil(pixels: Floats, seed: int = 1) -> Floats:
    """Graphite on paper: dodge the picture with its own blurred negative."""
    gray = ImageOps.grayscale(as_image(pixels).filter(ImageFilter.MedianFilter(3)))
    tone = np.asarray(gray, np.float32) / 255
    negative = ImageOps.invert(gray).filter(ImageFilter.GaussianBlur(9))
    lines = np.clip(tone / np.maximum(1 - np.asarray(negative, np.float32) / 255, 0.02), 0, 1) ** 2.6
    rng = np.random.default_rng(seed)
    height, width = tone.shape
    hatch = rng.standard_normal((height + width, 1)).astype(np.float32)
    y, x = np.mgrid[0:height, 0:width]
    strokes = hatch[(y + x), 0]
    shade = 0.62 + 0.38 * tone + 0.05 * strokes * (1 - tone)
    paper = 0.97 + 0.012 * rng.standard_normal(tone.shape).astype(np.float32)
    return np.clip((lines * shade * paper)[..., None] * rgb("#fbf8f0"), 0, 1)


def watercolour(pixels: Floats, seed: int = 2) -> Floats:
    """Pools of thin colour with darker edges on rough paper."""
    full = as_image(pixels)
    image = full.reduce(2)
    for _ in range(3):
        image = image.filter(ImageFilter.MedianFilter(5))
    image = image.resize(full.size, Image.Resampling.BICUBIC)
    wash = as_pixels(image)
    edges = np.asarray(
        ImageOps.grayscale(image).filter(ImageFilter.FIND_EDGES).filter(ImageFilter.GaussianBlur(1)),
        np.float32,
    )
    rng = np.random.default_rng(seed)
    grid = rng.standard_normal(wash.shape[:2]).astype(np.float32)
    paper = soft(np.clip(grid * 0.2 + 0.5, 0, 1), 1.2) - 0.5
    pools = soft(np.clip(grid * 4 + 0.5, 0, 1), 16) - 0.5
    pale = 0.12 + 0.9 * wash
    pale = pale * (1 - 0.9 * np.clip(edges / 255, 0, 0.5))[..., None]
    return np.clip(pale * (1 + 0.45 * paper + 0.9 * pools)[..., None], 0, 1)


def sepia(pixels: Floats) -> Floats:
    """Tone it as a warm brown print."""
    light = (pixels @ LUMA)[..., None]
    return np.clip(light * rgb("#ffe9c4") * 0.96 + rgb("#2a1608") * (1 - light) * 0.5, 0, 1)


def poster(pixels: Floats, colours: int = 14) -> Floats:
    """Few flat colours."""
    full = as_image(pixels)
    image = full.reduce(2).filter(ImageFilter.MedianFilter(3)).quantize(colours).convert("RGB")
    return as_pixels(image.resize(full.size, Image.Resampling.BICUBIC))


def faint(pixels: Floats, styled: Floats, share: float) -> Floats:
    """Apply a style only in part."""
    mask = np.full(pixels.shape[:2], share, np.float32)
    return blend(pixels, styled, mask)
