"""Seeded patterns: cloudy noise, wood, fine grain. The same seed gives the same pattern."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image

from builder.colour import Floats, rgb
from builder.paint import HEIGHT, WIDTH, Canvas


def _stretch(grid: Floats, width: int, height: int) -> Floats:
    sheet = Image.fromarray(grid.astype(np.float32))
    return np.asarray(sheet.resize((width, height), Image.Resampling.BICUBIC), np.float32)


@lru_cache(maxsize=64)
def clouds(
    seed: int, scale_x: float = 120, scale_y: float = 120, octaves: int = 4, gain: float = 0.5
) -> Floats:
    """Sum of smooth random grids about zero, spread about one."""
    rng = np.random.default_rng(seed)
    total = np.zeros((HEIGHT, WIDTH), np.float32)
    weight = 1.0
    for octave in range(octaves):
        columns = max(3, round(WIDTH / scale_x * 2**octave) + 2)
        rows = max(3, round(HEIGHT / scale_y * 2**octave) + 2)
        total += weight * _stretch(rng.standard_normal((rows, columns)), WIDTH, HEIGHT)
        weight *= gain
    return ((total - total.mean()) / total.std()).astype(np.float32)


@lru_cache(maxsize=8)
def wood(seed: int) -> Floats:
    """Long grain lines that wander."""
    y = np.arange(HEIGHT, dtype=np.float32)[:, None]
    bend = clouds(seed, 600, 120, 3) * 9
    lines = np.sin((y + bend) * 0.42) + 0.5 * np.sin((y + bend * 1.4) * 1.1)
    fibres = clouds(seed + 1, 260, 3, 2)
    return (0.45 * lines + 0.6 * fibres + 0.5 * clouds(seed + 2, 420, 60, 2)).astype(np.float32)


@lru_cache(maxsize=8)
def grain(seed: int) -> Floats:
    """Film-like grain, a little softer than single pixels."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    soft = noise + 0.5 * (np.roll(noise, 1, 0) + np.roll(noise, 1, 1))
    return (soft / soft.std()).astype(np.float32)


@lru_cache(maxsize=16)
def _varnish(seed: int, vignette: float) -> Floats:
    """Paper and vignette as one factor per pixel and colour."""
    paper = 1 + clouds(seed + 50, 90, 90, 5, 0.7) * np.float32(0.012)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    r = np.hypot((x - WIDTH / 2) / WIDTH, (y - HEIGHT / 2) / HEIGHT) * 1.42
    dim = np.clip(r - 0.45, 0, 1) ** 1.5 * np.float32(vignette * 2.2)
    return (paper[..., None] * (1 - (1 - rgb("#3a2a48")) * dim[..., None])).astype(np.float32)


def finish(canvas: Canvas, seed: int, vignette: float = 0.16, strength: float = 0.008) -> Floats:
    """Unify the picture: paper, grain and a soft vignette; always the same for one seed."""
    pixels = canvas.pixels * _varnish(seed, vignette)
    pixels += (grain(seed) * np.float32(strength))[..., None]
    return np.clip(pixels, 0, 1, out=pixels)


def to_bytes(pixels: Floats) -> np.ndarray:
    """Round shares of one to 8-bit colour."""
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
