"""Colours, mixtures and gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""Shares of one, kept as 32-bit floats."""
Point = tuple[float, float]
Fill = str | Callable[[Floats, Floats], Floats]
"""One colour as ``"#rrggbb"``, or a function of x and y that gives each pixel its colour."""


def rgb(colour: str) -> Floats:
    """Turn ``"#rrggbb"`` into three shares of one."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies ``share`` of the way from ``first`` to ``second``."""
    blend = rgb(first) * (1 - share) + rgb(second) * share
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in blend)


def lighter(colour: str, share: float = 0.2) -> str:
    """Mix with warm white."""
    return mix(colour, "#fff8ea", share)


def darker(colour: str, share: float = 0.2) -> str:
    """Mix with a cool near-black, which keeps shadows from turning muddy."""
    return mix(colour, "#1a1526", share)


def linear(start: Point, end: Point, *colours: str) -> Fill:
    """Gradient along the line from ``start`` to ``end`` through evenly spaced colours."""
    stops = np.stack([rgb(c) for c in colours])
    dx, dy = end[0] - start[0], end[1] - start[1]
    places = np.linspace(0, 1, len(colours))

    def fill(x: Floats, y: Floats) -> Floats:
        t = ((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy)
        t = np.clip(t, 0, 1)
        return np.stack([np.interp(t, places, stops[:, k]) for k in range(3)], -1).astype(np.float32)

    return fill


def radial(centre: Point, radius: float, *colours: str) -> Fill:
    """Gradient outwards from a centre."""
    stops = np.stack([rgb(c) for c in colours])
    places = np.linspace(0, 1, len(colours))

    def fill(x: Floats, y: Floats) -> Floats:
        t = np.clip(np.hypot(x - centre[0], y - centre[1]) / radius, 0, 1)
        return np.stack([np.interp(t, places, stops[:, k]) for k in range(3)], -1).astype(np.float32)

    return fill
