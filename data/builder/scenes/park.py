"""The park: a person on a lawn with a dog, a bench, trees, a kite and balloons."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from builder import props
from builder.colour import Floats, darker, lighter, linear, radial
from builder.face import Person
from builder.paint import HEIGHT, WIDTH, Canvas, blob, ellipse, polygon, rounded, smooth, stroke
from builder.texture import clouds, finish
from builder.walker import Dog, Standing, dog

SEED = 51
HORIZON = 400


@dataclass(frozen=True)
class Park:
    """Everything about the picture that an edit may change."""

    person: Person = field(default_factory=Person)
    pose: str = "down"
    arms: int = 2
    legs: int = 2
    person_shadow: bool = True
    dog: Dog | None = field(default_factory=Dog)
    bench: str | None = "#8a5a36"
    balloons: tuple[str, ...] = ()
    kite: bool = True
    sky: tuple[str, str, str] = ("#8fc1dc", "#c9e2e6", "#f4ead0")
    leaves: str = "#5f9455"
    lawn: str = "#7fab5a"
    ball: str | None = None


@lru_cache(maxsize=8)
def _grounds(sky: tuple[str, str, str], leaves: str, lawn: str) -> Floats:
    canvas = Canvas(linear((0, 0), (0, HORIZON), *sky))
    canvas.glow((190, 90), 420, "#fff2c6", 0.75)
    _clouds(canvas)
    _hills(canvas, sky, leaves)
    _lawn(canvas, lawn)
    for x, y, size in ((90, 470, 1.05), (965, 462, 1.2), (820, 436, 0.62), (236, 432, 0.55)):
        _tree(canvas, x, y, size, leaves)
    return canvas.pixels


def _clouds(canvas: Canvas) -> None:
    for x, y, size in ((380, 120, 1.0), (760, 84, 1.25), (600, 210, 0.7)):
        puffs = ((-70, 8, 46), (-26, -14, 56), (30, -8, 62), (82, 10, 40), (10, 16, 70))
        whole = None
        for dx, dy, r in puffs:
            puff = ellipse(x + dx * size, y + dy * size, r * size, r * size * 0.55)
            whole = puff if whole is None else whole | puff
        if whole is not None:
            cloud = whole.blurred(7)
            canvas.paint(cloud, linear((0, y - 40), (0, y + 46), "#ffffff", "#dfe6ea"), 0.92)


def _hills(canvas: Canvas, sky: tuple[str, str, str], leaves: str) -> None:
    far = polygon([(0, 372), *smooth([(0, 348), (160, 318), (360, 356), (560, 322),
                   (800, 352), (1080, 312)], closed=False), (1080, 470), (0, 470)])  # fmt: skip
    near = polygon([(0, 400), *smooth([(0, 386), (220, 362), (470, 392), (760, 366),
                    (1080, 388)], closed=False), (1080, 480), (0, 480)])  # fmt: skip
    haze = sky[2]
    canvas.paint(far, linear((0, 310), (0, 420), "#86a9a0", haze))
    canvas.paint(near, linear((0, 360), (0, 440), lighter(leaves, 0.35), lighter(leaves, 0.15)))
    rng = np.random.default_rng(SEED)
    for _ in range(60):
        x = rng.uniform(-20, WIDTH + 20)
        r = rng.uniform(10, 24)
        bush = ellipse(x, 398 + rng.uniform(-6, 8), r, r * 0.8)
        canvas.paint(bush, linear((0, 376), (0, 416), lighter(leaves, 0.3), darker(leaves, 0.1)))


def _lawn(canvas: Canvas, lawn: str) -> None:
    ground = rounded(-10, HORIZON, WIDTH + 20, HEIGHT - HORIZON + 10)
    canvas.paint(ground, linear((0, HORIZON), (0, HEIGHT), lighter(lawn, 0.3), lawn,
                                darker(lawn, 0.25)))  # fmt: skip
    canvas.texture(ground, clouds(SEED, 160, 40, 5, 0.7), 0.07)
    path = polygon(
        smooth([(520, 402), (560, 440), (470, 500), (360, 590), (330, 740)], closed=False)
        + smooth([(620, 740), (560, 600), (590, 510), (606, 440), (540, 402)], closed=False)
    )
    canvas.paint(path, linear((0, 400), (0, HEIGHT), "#efe0bd", "#e0c795", "#c8a873"))
    canvas.texture(path, clouds(SEED + 1, 24, 10, 4), 0.05)
    rng = np.random.default_rng(SEED + 2)
    for _ in range(900):
        y = HORIZON + 24 + (HEIGHT - HORIZON) * rng.random() ** 0.8
        x = rng.uniform(0, WIDTH)
        if path.window((int(x), min(int(y), HEIGHT), int(x) + 1, min(int(y), HEIGHT) + 1))[0, 0]:
            continue
        long = 3 + (y - HORIZON) / 26
        tone = (lighter if rng.random() > 0.5 else darker)(lawn, rng.uniform(0.1, 0.35))
        blade = stroke([(x, y), (x + rng.normal(0, 2), y - long)], 1.6, 0.5, curved=False)
        canvas.paint(blade, tone, 0.6)
    for _ in range(46):
        x, y = rng.uniform(0, WIDTH), rng.uniform(470, 715)
        if 320 < x < 640:
            continue
        size = 1.6 + (y - HORIZON) / 110
        canvas.paint(ellipse(x, y, size, size * 0.8), ["#fff7e6", "#f5d76a", "#e88d9a"][int(x) % 3])


def _tree(canvas: Canvas, x: float, y: float, size: float, leaves: str) -> None:
    canvas.multiply(ellipse(x + 60 * size, y + 4, 150 * size, 18 * size).blurred(8), "#20304a", 0.45)
    trunk = polygon([(x - 15 * size, y - 150 * size), (x + 13 * size, y - 150 * size),
                     (x + 22 * size, y + 4), (x - 24 * size, y + 4)])  # fmt: skip
    canvas.paint(trunk, linear((x - 20, 0), (x + 20, 0), "#8d6848", "#4d3527"))
    rng = np.random.default_rng(round(x))
    for angle in (-128, -62, -96):
        tip = (x + 90 * size * np.cos(np.radians(angle)), y + (-150 + 80 * np.sin(np.radians(angle))) * size)
        canvas.paint(stroke([(x, y - 140 * size), tip], 16 * size, 6 * size), "#5f4532")
    tufts = []
    for _ in range(230):
        turn, reach = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random())
        dx, dy = 128 * reach * np.cos(turn), 108 * reach * np.sin(turn)
        lit = (-0.45 * dx - 0.75 * dy) / 120 + 0.5 * (1 - reach) + rng.normal(0, 0.16)
        tufts.append((lit, dx, dy, rng.uniform(15, 27)))
    for lit, dx, dy, r in sorted(tufts):
        cx, cy, reach = x + dx * size, y + (dy - 232) * size, r * size
        tone = lighter(leaves, min(0.4 * lit, 0.5)) if lit > 0 else darker(leaves, min(-0.5 * lit, 0.5))
        fill = radial((cx - reach * 0.3, cy - reach * 0.5), reach * 1.5, lighter(tone, 0.14), tone,
                      darker(tone, 0.22))  # fmt: skip
        canvas.paint(ellipse(cx, cy, reach, reach * 0.72, rng.uniform(-30, 30)), fill, 0.94)


def _bench(canvas: Canvas, colour: str) -> None:
    canvas.multiply(ellipse(828, 600, 150, 16).blurred(8), "#20304a", 0.55)
    for x in (716, 900):
        canvas.paint(rounded(x, 470, 12, 128, 3), "#3a3d42")
        canvas.paint(stroke([(x + 6, 540), (x - 20, 596)], 9, curved=False), "#3a3d42")
    for y in (468, 494, 520):
        plank = rounded(690, y, 250, 19, 4)
        canvas.shadow(plank, 3, 5, 3, 0.3)
        canvas.paint(plank, linear((0, y), (0, y + 19), lighter(colour, 0.2), darker(colour, 0.15)))
    seat = polygon([(696, 548), (934, 548), (926, 568), (676, 568)])
    canvas.paint(seat, linear((0, 548), (0, 568), lighter(colour, 0.3), colour))
    canvas.paint(rounded(676, 567, 250, 8, 2), darker(colour, 0.35))


def _kite(canvas: Canvas) -> None:
    canvas.paint(stroke([(700, 190), (690, 260), (640, 320), (596, 380)], 1.4), "#6b6a66", 0.7)
    for corner, colour in (((700, 90), "#d2573f"), ((650, 140), "#e9b44a")):
        half = polygon([corner, (700, 90), (748, 128), (700, 190), (650, 140)])
        canvas.paint(half, colour)
    canvas.paint(polygon([(700, 90), (748, 128), (700, 190)]), "#3f6fa8")
    canvas.paint(polygon([(650, 140), (700, 140), (700, 190)]), "#3f6fa8")
    canvas.paint(polygon([(700, 90), (700, 140), (650, 140)]), "#d2573f")
    canvas.paint(polygon([(700, 140), (748, 128), (700, 190)]), "#e9b44a")
    for k in range(3):
        x, y = 697 - k * 12, 214 + k * 28
        bow = polygon([(x - 9, y - 5), (x + 9, y + 5), (x + 9, y - 5), (x - 9, y + 5)])
        canvas.paint(bow, "#d2573f")


def balloons(canvas: Canvas, colours: tuple[str, ...], hand: tuple[float, float]) -> None:
    """Draw balloons on strings held in the hand."""
    seats = [(-6, -176), (58, -150), (-70, -140)]
    for (dx, dy), colour in zip(seats, colours, strict=False):
        x, y = hand[0] + dx, hand[1] + dy
        canvas.paint(stroke([(x, y + 48), (x * 0.6 + hand[0] * 0.4 + 5, y + 96), hand], 1.6),
                     "#5c5a5a", 0.8)  # fmt: skip
        body = blob([(x, y - 50), (x + 40, y - 22), (x + 36, y + 18), (x, y + 46), (x - 36, y + 18),
                     (x - 40, y - 22)])  # fmt: skip
        canvas.paint(body, radial((x - 16, y - 24), 86, lighter(colour, 0.45), colour,
                                  darker(colour, 0.35)))  # fmt: skip
        canvas.volume(body, 10)
        canvas.screen(ellipse(x - 17, y - 22, 7, 13, 24).blurred(3), "#ffffff", 0.75)
        canvas.paint(polygon([(x - 6, y + 54), (x + 6, y + 54), (x, y + 43)]), darker(colour, 0.2))


def draw(it: Park) -> Floats:
    """Paint the park."""
    canvas = Canvas.of(_grounds(it.sky, it.leaves, it.lawn))
    if it.kite:
        _kite(canvas)
    if it.bench:
        _bench(canvas, it.bench)
    size, centre = 0.34, (410.0, 342.0)
    if it.person_shadow:
        feet = centre[1] + 908 * size
        cast = polygon([(centre[0] - 40, feet), (centre[0] + 40, feet + 4),
                        (centre[0] + 290, feet - 34), (centre[0] + 236, feet - 60)])  # fmt: skip
        canvas.multiply(cast.blurred(7), "#20304a", 0.55)
        canvas.multiply(ellipse(centre[0] + 10, feet, 70, 11).blurred(5), "#20304a", 0.5)
    figure = Standing(canvas, it.person, centre, size)
    if it.balloons:
        lifted = it.pose in ("wave", "up")
        balloons(canvas, it.balloons, figure.at(236, -20) if lifted else figure.at(168, 500))
    figure.stand(it.pose, it.arms, it.legs)
    if it.dog:
        dog(canvas, it.dog)
    if it.ball:
        canvas.multiply(ellipse(742, 676, 34, 7).blurred(4), "#20304a", 0.55)
        props.fruit(canvas, 728, 652, 25, it.ball, stem=False)
    return finish(canvas, SEED)
