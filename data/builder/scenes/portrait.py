"""The portrait: one person from the chest up, in front of an autumn park out of focus."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from builder.colour import Floats, darker, linear
from builder.face import Person
from builder.figure import Bust
from builder.paint import HEIGHT, WIDTH, Canvas, ellipse, rounded
from builder.texture import clouds, finish

SEED = 37


@dataclass(frozen=True)
class Portrait:
    """Everything about the picture that an edit may change."""

    person: Person = field(default_factory=Person)
    backdrop: str = "autumn"
    centre: tuple[float, float] = (540.0, 318.0)
    size: float = 1.18


SCENERY = {
    "autumn": (("#f0d7a4", "#d8a25c", "#7d5a3c"), ("#f2b554", "#e08a3c", "#c9603a", "#f7dd9a")),
    "spring": (("#dcebd0", "#a6c78c", "#5d8458"), ("#cfe8a8", "#f4c6d2", "#9cc98a", "#f6f2c8")),
    "night": (("#26304f", "#1d2542", "#12172c"), ("#f5c56b", "#7f95d8", "#e08a6a", "#c9d4ff")),
    "studio": (("#cdd3d8", "#b4bcc4", "#98a2ac"), ()),
}


@lru_cache(maxsize=8)
def _scenery(name: str) -> Floats:
    sky, lights = SCENERY[name]
    canvas = Canvas(linear((200, 0), (700, HEIGHT), *sky))
    canvas.texture(Canvas.everything(), clouds(SEED, 300, 300, 3, 0.5), 0.05)
    rng = np.random.default_rng(SEED)
    if lights:
        for left in (120, 300, 850, 1000):
            trunk = rounded(left, -20, 46 + 30 * rng.random(), 600, 20).blurred(16)
            canvas.multiply(trunk, darker(sky[2], 0.2), 0.75)
        canvas.multiply(rounded(-60, 560, WIDTH + 120, 240).blurred(40), sky[2], 0.6)
        for _ in range(70):
            x, y = rng.uniform(-40, WIDTH + 40), rng.uniform(-40, 560)
            radius = rng.uniform(14, 62)
            colour = lights[rng.integers(len(lights))]
            disc = ellipse(x, y, radius, radius)
            strength = float(rng.uniform(0.12, 0.4))
            canvas.paint(disc.blurred(3), colour, strength)
            canvas.screen((disc - ellipse(x, y, radius - 3, radius - 3)).blurred(1.5), colour, 0.2)
    canvas.glow((260, 60), 560, "#fff0c9" if name != "night" else "#5a6bb0", 0.45)
    return canvas.pixels


def draw(it: Portrait) -> Floats:
    """Paint the portrait."""
    canvas = Canvas.of(_scenery(it.backdrop))
    Bust(canvas, it.person, it.centre, it.size).draw()
    return finish(canvas, SEED)
