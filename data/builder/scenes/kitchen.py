"""The kitchen: a table in window light with cups, a bowl of fruit, a teapot and a plant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from builder import props
from builder.colour import Floats, darker, lighter, linear
from builder.paint import HEIGHT, WIDTH, Canvas, ellipse, polygon, rounded, stroke
from builder.props import Cup
from builder.texture import clouds, finish, wood

SEED = 11
TABLE = 478

RED, BLUE, YELLOW, GREEN = "#c8443a", "#3f6fa8", "#e3ab3c", "#5a8f6b"
CREAM = "#ece0c8"


@dataclass(frozen=True)
class Kitchen:
    """Everything about the picture that an edit may change."""

    cups: tuple[Cup, ...] = (Cup(335, 626, RED, 1.1), Cup(515, 662, CREAM, 1.2))
    fruits: tuple[str, ...] = ("#e8b93a", "#e8b93a", "#e8b93a")
    bowl: str | None = "#4d7f8c"
    teapot: str | None = "#5d8577"
    plant: bool = True
    spoon: bool = False
    jars: int = 3
    tiles: str = "#cfdcd3"
    wall: str = "#e9d6b4"
    cookies: int = 0
    leftover_shadows: tuple[tuple[float, float, float], ...] = ()
    """Shadows (x, y, width) of things that are gone."""


@lru_cache(maxsize=4)
def _room(wall: str, tiles: str) -> Floats:
    canvas = Canvas(linear((0, 0), (700, 480), lighter(wall, 0.25), wall, darker(wall, 0.12)))
    canvas.texture(Canvas.everything(), clouds(SEED, 160, 160, 5, 0.6), 0.02)
    _tiles(canvas, tiles)
    for left in (150, 262):
        for top in (40, 178):
            pane = polygon([(left, top), (left + 98, top + 16), (left + 158, top + 138),
                            (left + 60, top + 122)])  # fmt: skip
            canvas.screen(pane.blurred(5), "#ffe9b8", 0.38)
    _shelf(canvas)
    board = rounded(0, TABLE, WIDTH, HEIGHT - TABLE)
    canvas.multiply(rounded(0, TABLE - 60, WIDTH, 70).blurred(22), "#4a3048", 0.3)
    canvas.paint(board, linear((0, TABLE), (500, HEIGHT), "#c98d57", "#b87844", "#8d5630"))
    canvas.texture(board, wood(SEED + 1), 0.055)
    canvas.screen(ellipse(330, 600, 380, 90, -6).blurred(50), "#ffd9a0", 0.28)
    canvas.paint(rounded(0, TABLE, WIDTH, 3), "#e7b984", 0.7)
    return canvas.pixels


def _tiles(canvas: Canvas, colour: str) -> None:
    rng = np.random.default_rng(SEED)
    canvas.paint(rounded(0, 322, WIDTH, 170), darker(colour, 0.25))
    for row in range(3):
        for column in range(-1, 14):
            x, y = column * 84 + (row % 2) * 42, 326 + row * 54
            tone = (lighter if rng.random() > 0.5 else darker)(colour, 0.1 * rng.random())
            tile = rounded(x, y, 80, 50, 5)
            canvas.paint(tile, linear((x, y), (x + 80, y + 50), lighter(tone, 0.25), tone))
    canvas.paint(rounded(0, 312, WIDTH, 12, 3), lighter(colour, 0.35))
    canvas.shadow(rounded(0, 312, WIDTH, 12), 0, 8, 5, 0.3)


def _shelf(canvas: Canvas) -> None:
    board = rounded(590, 196, 420, 16, 3)
    canvas.shadow(board, 12, 26, 12, 0.38)
    canvas.paint(board, linear((0, 196), (0, 212), "#b9814e", "#7d4d2b"))
    for x in (640, 950):
        canvas.paint(polygon([(x, 212), (x + 14, 212), (x + 14, 244), (x + 6, 244)]), "#6e4426")


def _jar(canvas: Canvas, x: float, content: str, label: str) -> None:
    glass = rounded(x, 108, 78, 88, 14)
    canvas.shadow(glass, 14, 4, 8, 0.25)
    canvas.paint(glass, "#dfe8e2", 0.65)
    inside = rounded(x + 6, 134, 66, 58, 10)
    canvas.paint(inside, linear((x, 0), (x + 78, 0), lighter(content, 0.2), darker(content, 0.2)))
    canvas.texture(inside, clouds(SEED + 9, 8, 8, 2), 0.14)
    canvas.paint(rounded(x + 16, 146, 46, 26, 4), label)
    canvas.paint(rounded(x + 24, 156, 30, 3), "#8a7a68", 0.8)
    canvas.paint(rounded(x + 24, 163, 20, 3), "#8a7a68", 0.8)
    canvas.screen(rounded(x + 9, 116, 7, 70, 3).blurred(2), "#ffffff", 0.6)
    lid = rounded(x + 4, 92, 70, 20, 5)
    canvas.paint(lid, linear((x, 0), (x + 78, 0), "#c79a63", "#8a5d36"))
    canvas.volume(lid, 4)


def _cookies(canvas: Canvas, count: int) -> None:
    x, y = 915, 652
    props.contact_shadow(canvas, x, y, 110)
    canvas.paint(ellipse(x, y, 128, 32), darker(CREAM, 0.22))
    canvas.paint(ellipse(x, y - 5, 128, 31), linear((x - 120, 0), (x + 120, 0), "#fbf4e4", CREAM))
    canvas.paint(ellipse(x, y - 5, 92, 20), darker(CREAM, 0.06))
    seats = [(-48, -14), (40, -12), (-4, -30), (-6, 2)]
    for dx, dy in seats[:count]:
        biscuit = ellipse(x + dx, y + dy, 40, 15)
        canvas.shadow(biscuit, 5, 5, 4, 0.4)
        canvas.paint(ellipse(x + dx, y + dy + 5, 40, 15), "#8e5a2b")
        canvas.paint(biscuit, linear((x + dx - 40, 0), (x + dx + 40, 0), "#e0b06c", "#bd8440"))
        for px, py in ((-18, -3), (4, 4), (17, -5), (-4, -7), (-10, 5)):
            canvas.paint(ellipse(x + dx + px, y + dy + py, 4.5, 2.6), "#4a2a18")


def _spoon(canvas: Canvas) -> None:
    handle = stroke([(632, 652), (690, 628), (746, 606)], 8, 6)
    head = ellipse(618, 658, 27, 11, -20)
    canvas.shadow(handle | head, 7, 6, 4, 0.4)
    canvas.paint(handle | head, linear((0, 600), (0, 672), "#f4f1ea", "#8d8c93"))
    canvas.paint(ellipse(617, 657, 19, 6, -20), linear((600, 0), (640, 0), "#77767f", "#d9d6d2"))


def _cloth(canvas: Canvas) -> None:
    cloth = polygon([(258, 578), (622, 578), (690, 694), (190, 694)])
    canvas.shadow(cloth, 4, 4, 4, 0.35)
    canvas.paint(cloth, linear((190, 578), (690, 694), "#ecdcbf", "#d3bb95"))
    canvas.texture(cloth, clouds(SEED + 4, 3, 3, 1), 0.035)
    for top, bottom, tint in ((0.06, 0.1, "#b1584c"), (0.9, 0.94, "#b1584c")):
        for share in (top, bottom):
            left, right = 258 - 68 * share, 622 + 68 * share
            y = 578 + 116 * share
            canvas.paint(polygon([(left, y), (right, y), (right, y + 3), (left, y + 3)]), tint, 0.6)
    for k in range(38):
        x = 192 + k * 13.4
        canvas.paint(stroke([(x, 693), (x - 1, 702)], 2, curved=False), "#e0cca8", 0.9)


def draw(it: Kitchen) -> Floats:
    """Paint the kitchen."""
    canvas = Canvas.of(_room(it.wall, it.tiles))
    contents = (("#a8552f", "#f3ead6"), ("#d8b66a", "#f3ead6"), ("#6d7f45", "#f3ead6"))
    for k, (content, label) in enumerate(contents[: it.jars]):
        _jar(canvas, 640 + k * 112, content, label)
    _cloth(canvas)
    for shadow in it.leftover_shadows:
        props.contact_shadow(canvas, *shadow)
    if it.plant:
        props.potted_plant(canvas, 950, 536, "#b8643f")
    if it.teapot:
        props.teapot(canvas, 725, 556, it.teapot)
    if it.bowl:
        props.bowl(canvas, 150, 545, it.bowl, it.fruits)
    if it.cookies:
        _cookies(canvas, it.cookies)
    if it.spoon:
        _spoon(canvas)
    for each in sorted(it.cups, key=lambda c: c.y):
        props.cup(canvas, each)
    return finish(canvas, SEED)
