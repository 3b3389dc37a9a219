"""The shop front of the street: brick wall, pavement, window display and door."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from builder.colour import Floats, darker, lighter, linear
from builder.lettering import words
from builder.paint import HEIGHT, WIDTH, Canvas, blob, ellipse, polygon, rounded, stroke
from builder.texture import clouds

SEED = 23
GROUND = 584


@lru_cache(maxsize=2)
def _wall() -> Floats:
    canvas = Canvas(linear((0, 0), (300, 600), "#d3a184", "#b97f66"))
    rng = np.random.default_rng(SEED)
    for row in range(28):
        for column in range(-1, 19):
            x, y = column * 62 + (row % 2) * 31, row * 22
            tone = (lighter if rng.random() > 0.5 else darker)("#b9735a", 0.22 * rng.random())
            canvas.paint(rounded(x, y, 58, 18, 2), tone, 0.85)
    canvas.texture(Canvas.everything(), clouds(SEED, 140, 140, 5, 0.6), 0.045)
    canvas.screen(blob([(-80, -80), (620, -60), (420, 300), (-60, 420)]).blurred(80),
                  "#ffe2b0", 0.25)  # fmt: skip
    _pavement(canvas)
    return canvas.pixels


def _pavement(canvas: Canvas) -> None:
    ground = rounded(0, GROUND, WIDTH, HEIGHT - GROUND)
    canvas.paint(ground, linear((0, GROUND), (0, HEIGHT), "#a9a3a0", "#8d8890", "#77727e"))
    canvas.texture(ground, clouds(SEED + 1, 60, 30, 5, 0.7), 0.05)
    for y in (GROUND + 36, GROUND + 84):
        canvas.paint(rounded(0, y, WIDTH, 2), "#5f5b68", 0.6)
        canvas.paint(rounded(0, y + 2, WIDTH, 1.5), "#cfc9c6", 0.4)
    for k in range(-6, 18):
        x = 540 + (k - 6) * 118
        line = polygon([(x, GROUND), (x + 2, GROUND), (540 + (x - 540) * 1.5 + 3, HEIGHT),
                        (540 + (x - 540) * 1.5, HEIGHT)])  # fmt: skip
        canvas.paint(line, "#5f5b68", 0.5)
    canvas.paint(rounded(0, GROUND, WIDTH, 8), "#6c6670")
    canvas.multiply(rounded(0, GROUND - 10, WIDTH, 40).blurred(12), "#3a2f48", 0.35)


@lru_cache(maxsize=16)
def shop_front(paint: str, door: str, loaves: int) -> Floats:
    """Paint everything behind sign, awning and what stands on the pavement."""
    canvas = Canvas.of(_wall())
    front = rounded(170, 120, 760, GROUND - 112, 4)
    canvas.shadow(front, 16, 10, 14, 0.35)
    canvas.paint(front, linear((170, 0), (930, 0), lighter(paint, 0.14), paint, darker(paint, 0.2)))
    canvas.texture(front, clouds(SEED + 3, 5, 160, 3), 0.02)
    for x in (170, 668, 902):
        post = rounded(x, 120, 28, GROUND - 112)
        canvas.paint(post, linear((x, 0), (x + 28, 0), lighter(paint, 0.22), darker(paint, 0.15)))
        canvas.paint(rounded(x - 5, GROUND - 30, 38, 36, 2), darker(paint, 0.12))
    _window(canvas, paint, loaves)
    _door(canvas, paint, door)
    return canvas.pixels


def _window(canvas: Canvas, paint: str, loaves: int) -> None:
    canvas.paint(rounded(208, 236, 452, 262, 3), darker(paint, 0.45))
    glass = rounded(218, 246, 432, 242)
    canvas.paint(glass, linear((0, 246), (0, 488), "#f6cf8b", "#e9ad62", "#b8713c"))
    canvas.glow((330, 320), 150, "#fff0c4", 0.7)
    canvas.glow((540, 320), 150, "#fff0c4", 0.7)
    for x in (330, 540):
        canvas.paint(stroke([(x, 246), (x, 300)], 2, curved=False), "#5e3b22")
        canvas.paint(polygon([(x - 26, 322), (x - 9, 296), (x + 9, 296), (x + 26, 322)]), "#3d4f4a")
        canvas.paint(ellipse(x, 323, 20, 5), "#fff6da")
    for y in (392, 474):
        canvas.multiply(rounded(218, y + 8, 432, 12).blurred(5) & glass, "#5a2d18", 0.6)
        canvas.paint(rounded(218, y, 432, 9), "#8a552c")
    _loaves(canvas, loaves)
    for k in range(7):
        _bun(canvas, 250 + k * 62, 474)
    for dx in (0, 46):
        gleam = polygon([(262 + dx, 246), (300 + dx, 246), (222 + dx, 488), (184 + dx, 488)])
        canvas.screen(gleam & glass, "#ffffff", 0.13)
    canvas.paint(rounded(432, 246, 6, 242), darker(paint, 0.3))
    canvas.paint(rounded(196, 496, 474, 14, 2), lighter(paint, 0.2))
    canvas.shadow(rounded(196, 496, 474, 14), 0, 9, 5, 0.4)
    for x in (216, 442):
        panel = rounded(x, 524, 212, 46, 3)
        canvas.paint(panel, darker(paint, 0.18))
        canvas.paint(rounded(x + 4, 528, 208, 42, 3), lighter(paint, 0.05))


def _loaves(canvas: Canvas, count: int) -> None:
    for k in range(count):
        x, y = 270 + k * 106, 391
        loaf = blob([(x - 42, y), (x - 40, y - 26), (x - 14, y - 44), (x + 20, y - 43),
                     (x + 42, y - 24), (x + 42, y)])  # fmt: skip
        canvas.shadow(loaf, 6, 2, 4, 0.35)
        canvas.paint(loaf, linear((x, y - 44), (x, y), "#dd9a4e", "#a35a26"))
        canvas.volume(loaf, 8, light=0.4)
        for dx in (-18, 2, 22):
            canvas.paint(stroke([(x + dx - 6, y - 34), (x + dx + 4, y - 20)], 4, 2), "#f1c98a")


def _bun(canvas: Canvas, x: float, y: float) -> None:
    bun = blob([(x - 24, y), (x - 22, y - 18), (x, y - 30), (x + 22, y - 18), (x + 24, y)])
    canvas.paint(bun, linear((x, y - 30), (x, y), "#e2a65c", "#9a5524"))
    canvas.volume(bun, 6, light=0.4)


def _door(canvas: Canvas, paint: str, door: str) -> None:
    canvas.paint(rounded(706, 236, 186, GROUND - 228, 3), darker(paint, 0.5))
    leaf = rounded(716, 246, 166, GROUND - 240, 2)
    canvas.paint(leaf, linear((716, 0), (882, 0), lighter(door, 0.15), door, darker(door, 0.2)))
    canvas.texture(leaf, clouds(SEED + 4, 5, 160, 3), 0.03)
    canvas.paint(rounded(738, 268, 122, 176, 3), darker(door, 0.4))
    glass = rounded(744, 274, 110, 164)
    canvas.paint(glass, linear((0, 274), (0, 438), "#f2c883", "#c98b4e"))
    canvas.screen(polygon([(800, 274), (836, 274), (792, 438), (756, 438)]) & glass, "#ffffff", 0.14)
    canvas.paint(rounded(738, 466, 122, 92, 3), darker(door, 0.22))
    canvas.paint(rounded(743, 471, 117, 87, 3), lighter(door, 0.06))
    canvas.paint(ellipse(730, 456, 7, 7), "#e6c06a")
    canvas.shadow(ellipse(730, 456, 7, 7), 4, 5, 3, 0.4)
    canvas.paint(rounded(700, GROUND - 4, 200, 12), "#8d8a90")
    label = rounded(766, 300, 66, 32, 4)
    canvas.paint(label, "#f7efdf")
    canvas.paint(words("OPEN", 799, 316, 17, "sans"), "#8a3b32")
