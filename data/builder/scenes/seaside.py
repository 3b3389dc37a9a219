"""The seaside: a lighthouse, sailing boats with reflections, a parasol and a ball on sand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from builder.colour import Floats, darker, lighter, linear, radial
from builder.paint import HEIGHT, WIDTH, Canvas, Shape, blob, ellipse, polygon, rounded, smooth, stroke
from builder.texture import clouds, finish

SEED = 67
SEA = 330
SHORE = 520

DAY = ("#7fb4d6", "#bcdcea", "#fbeed2")
SUNSET = ("#4f5f9a", "#d98a86", "#f8c98a")


@dataclass(frozen=True)
class Boat:
    """A sailing boat with its waterline at (x, y)."""

    x: float
    y: float
    size: float = 1.0
    sail: str = "#fbf3e2"
    hull: str = "#a8433a"
    reflection: bool = True


@dataclass(frozen=True)
class Seaside:
    """Everything about the picture that an edit may change."""

    sky: tuple[str, str, str] = DAY
    sea: tuple[str, str, str] = ("#5f9fb8", "#3f87a6", "#6fb7bd")
    boats: tuple[Boat, ...] = (Boat(610, 404, 0.9), Boat(380, 366, 0.5, "#f0d7b0", "#3f6fa8"))
    lighthouse: bool = True
    stripes: str = "#c8453b"
    parasol: tuple[str, str] | None = ("#e0873c", "#fbf0d8")
    parasol_shadow: bool = True
    ball: str | None = "#3f8f9a"
    ball_shadow: bool = True
    ball_at: tuple[float, float] = (470.0, 632.0)
    towel: str | None = "#d3655a"
    gulls: int = 3
    sun: bool = True
    starfish: tuple[float, float] | None = None


@lru_cache(maxsize=8)
def _shore(sky: tuple[str, str, str], sea: tuple[str, str, str], sun: bool) -> Floats:
    canvas = Canvas(linear((0, 0), (0, SEA), *sky))
    if sun:
        canvas.glow((404, 104), 380, "#fff0c0", 0.9)
        canvas.paint(ellipse(404, 104, 44, 44), "#fffdf2")
    _clouds(canvas, sky)
    _sea(canvas, sea, sky, sun)
    _sand(canvas, sea)
    return canvas.pixels


def _clouds(canvas: Canvas, sky: tuple[str, str, str]) -> None:
    for x, y, size in ((650, 140, 1.0), (930, 86, 0.85), (940, 226, 0.7)):
        whole: Shape | None = None
        for dx, dy, rx, ry in ((-90, 6, 80, 16), (-20, -12, 76, 26), (50, -4, 90, 22), (110, 8, 70, 12)):
            puff = ellipse(x + dx * size, y + dy * size, rx * size, ry * size)
            whole = puff if whole is None else whole | puff
        if whole is not None:
            tint = lighter(sky[1], 0.72)
            canvas.paint(whole.blurred(6), linear((0, y - 30), (0, y + 26), tint,
                                                  lighter(sky[1], 0.25)), 0.9)  # fmt: skip


def _sea(canvas: Canvas, sea: tuple[str, str, str], sky: tuple[str, str, str], sun: bool) -> None:
    water = rounded(-10, SEA, WIDTH + 20, SHORE - SEA + 40)
    canvas.paint(water, linear((0, SEA), (0, SHORE + 20), *sea))
    canvas.texture(water, clouds(SEED, 240, 8, 4, 0.7), 0.055)
    rng = np.random.default_rng(SEED)
    for _ in range(150):
        y = SEA + 4 + (SHORE - SEA) * rng.random() ** 1.4
        long = 10 + (y - SEA) * 0.5 * rng.random()
        x = rng.uniform(0, WIDTH)
        crest = stroke([(x, y), (x + long / 2, y - 1.5), (x + long, y)], 1.6, 0.6)
        canvas.paint(crest, lighter(sea[2], 0.55), 0.4)
    if sun:
        for _ in range(90):
            y = SEA + 3 + (SHORE - SEA) * rng.random()
            x = 404 + rng.normal(0, 16 + (y - SEA) * 0.22)
            canvas.screen(ellipse(x, y, 4 + (y - SEA) * 0.06, 1.4), "#fff3cc", 0.7)
    canvas.paint(rounded(-10, SEA - 1, WIDTH + 20, 3).blurred(1), lighter(sky[2], 0.3), 0.5)


def _sand(canvas: Canvas, sea: tuple[str, str, str]) -> None:
    edge = [(-20, 522), (140, 506), (340, 530), (560, 512), (800, 536), (1100, 516)]
    beach = polygon([*smooth(edge, closed=False), (1100, 740), (-20, 740)])
    wet = polygon([*smooth([(x, y - 16) for x, y in edge], closed=False), (1100, 600), (-20, 600)])
    canvas.paint(wet, mixed(sea[2]), 0.7)
    for shift, opacity in ((-15, 0.9), (-8, 0.5)):
        foam = stroke([(x, y + shift) for x, y in edge], 6, 6)
        canvas.paint(foam.blurred(1.2), "#ffffff", opacity)
    canvas.paint(beach, linear((0, 510), (0, HEIGHT), "#e3c897", "#efd9ac", "#d6b27c"))
    canvas.texture(beach, clouds(SEED + 1, 110, 34, 6, 0.75), 0.045)
    rng = np.random.default_rng(SEED + 3)
    for _ in range(420):
        x, y = rng.uniform(0, WIDTH), rng.uniform(545, HEIGHT)
        canvas.paint(ellipse(x, y, 1.3, 1), "#a8834f" if rng.random() > 0.4 else "#fff3d6", 0.5)


def mixed(sea: str) -> str:
    """Wet sand takes some of the sea's colour."""
    return darker(lighter(sea, 0.5), 0.05)


def _lighthouse(canvas: Canvas, stripes: str) -> None:
    rock = blob([(-60, 350), (20, 292), (110, 300), (190, 326), (270, 344), (330, 360), (160, 372),
                 (-60, 376)])  # fmt: skip
    canvas.paint(rock, linear((0, 290), (0, 372), "#8d8778", "#57534f"))
    canvas.texture(rock, clouds(SEED + 4, 22, 14, 4), 0.12)
    grass = blob([(-60, 318), (20, 284), (120, 292), (196, 318), (120, 312), (20, 306)])
    canvas.paint(grass, linear((0, 284), (0, 318), "#93ad6a", "#64864f"))
    tower = polygon([(96, 92), (136, 92), (150, 304), (82, 304)])
    canvas.paint(tower, linear((82, 0), (150, 0), "#ffffff", "#f4ece0", "#bdb3b0"))
    for top, bottom in ((118, 156), (196, 236), (272, 304)):
        band = rounded(70, top, 90, bottom - top) & tower
        canvas.paint(band, linear((82, 0), (150, 0), lighter(stripes, 0.25), stripes,
                                  darker(stripes, 0.35)))  # fmt: skip
    canvas.paint(rounded(112, 170, 9, 15, 4), "#4a4a55")
    canvas.paint(rounded(113, 250, 10, 16, 4), "#4a4a55")
    canvas.paint(rounded(86, 86, 60, 9, 2), "#4a4650")
    canvas.paint(rounded(98, 54, 36, 33), "#ffe9a6")
    for x in (98, 110, 122, 133):
        canvas.paint(rounded(x, 54, 2.5, 33), "#4a4650")
    canvas.paint(polygon([(90, 56), (142, 56), (126, 32), (106, 32)]), darker(stripes, 0.1))
    canvas.paint(ellipse(116, 30, 5, 6), "#4a4650")
    canvas.glow((116, 70), 90, "#fff1b8", 0.4)


def boat(canvas: Canvas, it: Boat) -> None:
    """Draw a boat and, below it, its broken reflection."""
    s, x, y = it.size, it.x, it.y
    if it.reflection:
        rng = np.random.default_rng(2)
        for k in range(26):
            depth = k / 26
            wide = (1 - depth) * rng.uniform(0.5, 1.0)
            colour = it.hull if depth < 0.18 else it.sail
            strip = ellipse(x + rng.normal(0, 4) * s, y + 4 + depth * 104 * s, 62 * s * wide, 2.1 * s)
            canvas.paint(strip, darker(colour, 0.12), 0.62 * (1 - depth * 0.75))
    hull = blob([(x - 78 * s, y - 24 * s), (x, y - 20 * s), (x + 84 * s, y - 28 * s),
                 (x + 60 * s, y - 1), (x, y + 3), (x - 54 * s, y)])  # fmt: skip
    canvas.paint(rounded(x - 3 * s, y - 172 * s, 5 * s, 152 * s), "#6e4a30")
    main = polygon([*smooth([(x + 5 * s, y - 168 * s), (x + 60 * s, y - 90 * s),
                             (x + 74 * s, y - 34 * s)], closed=False), (x + 5 * s, y - 36 * s)])  # fmt: skip
    jib = polygon([(x - 7 * s, y - 154 * s), (x - 7 * s, y - 38 * s), (x - 62 * s, y - 34 * s)])
    for sail in (jib, main):
        canvas.paint(sail, linear((x - 60 * s, 0), (x + 74 * s, 0), lighter(it.sail, 0.3), it.sail,
                                  darker(it.sail, 0.2)))  # fmt: skip
        canvas.volume(sail, 8 * s, shade=0.25)
    canvas.paint(hull, linear((0, y - 28 * s), (0, y), lighter(it.hull, 0.15), darker(it.hull, 0.35)))
    canvas.paint(stroke([(x - 76 * s, y - 22 * s), (x, y - 18 * s), (x + 82 * s, y - 26 * s)],
                        4 * s), "#f6ecd8", 0.9)  # fmt: skip


def _parasol(canvas: Canvas, it: Seaside) -> None:
    if it.parasol_shadow:
        cast = ellipse(890, 664, 156, 27, -2).blurred(7)
        canvas.multiply(cast, "#4a3350", 0.62)
        canvas.multiply(stroke([(800, 640), (860, 656)], 7).blurred(3), "#4a3350", 0.5)
    if not it.parasol:
        return
    canvas.paint(stroke([(768, 436), (800, 642)], 8, 7, curved=False), "#b98a5c")
    canvas.paint(stroke([(766, 436), (797, 642)], 2, 2, curved=False), "#f0d3a4")
    lean = -9
    arc = np.linspace(np.pi, 2 * np.pi, 50)
    dome = [(770 + 150 * np.cos(t), 470 + 104 * np.sin(t)) for t in arc]
    c, s = np.cos(np.radians(lean)), np.sin(np.radians(lean))

    def tip(x: float, y: float) -> tuple[float, float]:
        return 770 + (x - 770) * c - (y - 470) * s, 470 + (x - 770) * s + (y - 470) * c

    cloth = polygon([tip(*p) for p in dome])
    canvas.paint(ellipse(770, 470, 149, 17, lean), darker(it.parasol[0], 0.55))
    canvas.paint(cloth, it.parasol[0])
    for k in range(7):
        a, b = np.pi + np.pi * k / 7, np.pi + np.pi * (k + 1) / 7
        rim_a, rim_b = 770 + 150 * np.cos(a), 770 + 150 * np.cos(b)
        middle = (rim_a + rim_b) / 2
        gore = polygon([tip(770, 366), *[tip(770 + (rim_a - 770) * np.sin(t), 470 - 104 * np.cos(t))
                        for t in np.linspace(0, np.pi / 2, 14)],
                        tip(middle, 482),
                        *[tip(770 + (rim_b - 770) * np.sin(t), 470 - 104 * np.cos(t))
                          for t in np.linspace(np.pi / 2, 0, 14)]])  # fmt: skip
        colour = it.parasol[k % 2]
        canvas.paint(gore, linear(tip(620, 420), tip(920, 500), lighter(colour, 0.25), colour,
                                  darker(colour, 0.35)))  # fmt: skip
    canvas.paint(ellipse(*tip(770, 364), 6, 7), "#8a5d36")


def _towel(canvas: Canvas, colour: str) -> None:
    cloth = polygon([(560, 640), (742, 622), (812, 676), (600, 700)])
    canvas.shadow(cloth, 3, 4, 3, 0.4)
    canvas.paint(cloth, linear((560, 630), (812, 690), lighter(colour, 0.2), darker(colour, 0.1)))
    for share in (0.18, 0.3, 0.7, 0.82):
        top = (560 + 182 * share, 640 - 18 * share)
        low = (600 + 212 * share, 700 - 24 * share)
        canvas.paint(stroke([top, low], 7, 9, curved=False) & cloth, "#fbf0dc", 0.85)


def _ball(canvas: Canvas, it: Seaside) -> None:
    x, y = it.ball_at
    if it.ball_shadow:
        canvas.multiply(ellipse(x + 42, y + 36, 54, 11).blurred(5), "#4a3350", 0.75)
        canvas.multiply(ellipse(x + 6, y + 39, 30, 6).blurred(3), "#3a2540", 0.6)
    ball = ellipse(x, y, 42, 42)
    canvas.paint(ball, "#fbf4e6")
    colour = str(it.ball)
    for k in range(3):
        a = np.radians(-90 + k * 120 + 14)
        wedge = polygon([(x - 8, y - 10)] + [(x + 60 * np.cos(a + t), y + 60 * np.sin(a + t))
                        for t in np.linspace(0, np.pi / 3, 12)])  # fmt: skip
        canvas.paint(wedge & ball, colour)
    canvas.paint(ellipse(x - 8, y - 10, 6, 5), "#fbf4e6")
    for dx, dy, strength in ((10, 12, 0.35), (20, 22, 0.4)):
        canvas.multiply(ball - ellipse(x - dx, y - dy, 44, 44).blurred(9), "#4a3350", strength)
    canvas.volume(ball, 9, shade=0.4, light=0.1)
    canvas.screen(ellipse(x - 17, y - 19, 9, 7, -30).blurred(3), "#ffffff", 0.7)


def draw(it: Seaside) -> Floats:
    """Paint the seaside."""
    canvas = Canvas.of(_shore(it.sky, it.sea, it.sun))
    if it.lighthouse:
        _lighthouse(canvas, it.stripes)
    for each in sorted(it.boats, key=lambda b: b.y):
        boat(canvas, each)
    for x, y in ((770, 196), (822, 228), (726, 240), (560, 220))[: it.gulls]:
        wing = [(x - 24, y - 6), (x - 11, y - 13), (x, y), (x + 11, y - 13), (x + 24, y - 6)]
        canvas.paint(stroke(wing, 4, 3), "#4d5563")
    if it.towel:
        _towel(canvas, it.towel)
    _parasol(canvas, it)
    if it.ball:
        _ball(canvas, it)
    if it.starfish:
        _starfish(canvas, it.starfish)
    return finish(canvas, SEED)


def _starfish(canvas: Canvas, place: tuple[float, float]) -> None:
    points = []
    for k in range(10):
        a, r = np.radians(-90 + k * 36 + 12), (36 if k % 2 == 0 else 15)
        points.append((place[0] + r * np.cos(a), place[1] + r * np.sin(a) * 0.72))
    star = blob(points)
    canvas.shadow(star, 6, 5, 4, 0.5)
    canvas.paint(star, radial((place[0] - 6, place[1] - 6), 40, "#f4b07a", "#d9713f"))
    canvas.volume(star, 5)
