"""The street: a shop front with a sign, an awning, a lit window, a bicycle and a lamp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builder import props
from builder.colour import Floats, darker, lighter, linear
from builder.lettering import words
from builder.paint import Canvas, Shape, blob, ellipse, polygon, ring, rounded, stroke
from builder.scenes.shop import GROUND, SEED, shop_front
from builder.texture import clouds, finish


@dataclass(frozen=True)
class Street:
    """Everything about the picture that an edit may change."""

    sign: str = "CORNER BAKERY"
    sign_face: str = "serif"
    awning: tuple[str, str] = ("#b4473f", "#f2e6d2")
    paint: str = "#2f5d57"
    door: str = "#8a3b32"
    bicycle: str | None = "#d9a23a"
    bicycle_shadow: bool = True
    bicycle_at: float = 0.0
    wheels: int = 2
    board: str | None = "FRESH BREAD"
    lamp_lit: bool = False
    loaves: int = 4
    planters: int = 2
    cat: bool = False
    night: bool = False


def _sign(canvas: Canvas, it: Street) -> None:
    board = rounded(190, 132, 720, 66, 4)
    canvas.shadow(board, 5, 7, 5, 0.4)
    canvas.paint(board, linear((0, 132), (0, 198), darker(it.paint, 0.3), darker(it.paint, 0.45)))
    frame = rounded(190, 132, 720, 66, 4) - rounded(194, 136, 712, 58, 3)
    canvas.paint(frame, "#d8b05e")
    text = words(it.sign, 550, 165, 38, it.sign_face, 5)
    canvas.shadow(text, 2, 3, 2, 0.7)
    canvas.paint(text, linear((0, 145), (0, 185), "#f7e3ad", "#dba94e"))


def _awning(canvas: Canvas, colours: tuple[str, str]) -> None:
    canvas.shadow(rounded(196, 214, 478, 80), 14, 26, 16, 0.5)
    count, left, right = 13, 190, 680
    for k in range(count):
        a, b = left + (right - left) * k / count, left + (right - left) * (k + 1) / count
        top_a, top_b = 435 + (a - 435) * 0.94, 435 + (b - 435) * 0.94
        colour = colours[k % 2]
        stripe = polygon([(top_a, 204), (top_b, 204), (b, 272), (a, 272)])
        canvas.paint(stripe, linear((0, 204), (0, 272), darker(colour, 0.18), colour,
                                    lighter(colour, 0.12)))  # fmt: skip
        flap = rounded(a, 270, b - a, 8) | ellipse((a + b) / 2, 278, (b - a) / 2, 13)
        canvas.paint(flap, linear((0, 266), (0, 292), colour, darker(colour, 0.22)))
    canvas.paint(rounded(left, 268, right - left, 2.5), "#ffffff", 0.25)


def _lamp(canvas: Canvas, lit: bool, night: bool) -> None:
    pole = rounded(86, 196, 10, 420)
    canvas.multiply(polygon([(96, 612), (108, 612), (300, 706), (284, 706)]).blurred(4),
                    "#2b2040", 0.4)  # fmt: skip
    canvas.shadow(rounded(86, 196, 10, GROUND - 196), 20, 4, 5, 0.28)
    iron = linear((80, 0), (104, 0), *(("#2f3546", "#12151f") if night else ("#51595c", "#23282c")))
    canvas.paint(pole | rounded(78, 556, 26, 62, 4) | ellipse(91, 617, 20, 6), iron)
    canvas.paint(rounded(76, 190, 30, 9, 3), iron)
    head = polygon([(68, 120), (114, 120), (104, 190), (78, 190)])
    glow = "#fff0b8" if lit else ("#5a5f78" if night else "#c9c3ad")
    canvas.paint(head, linear((0, 120), (0, 190), lighter(glow, 0.3), glow))
    for x0, x1 in ((68, 78), (114, 104), (91, 91)):
        canvas.paint(stroke([(x0, 120), (x1, 190)], 3.5, curved=False), "#2d3235")
    canvas.paint(polygon([(60, 122), (122, 122), (104, 100), (78, 100)]), iron)
    canvas.paint(ellipse(91, 97, 6, 7), "#2d3235")
    if lit:
        canvas.glow((91, 156), 260, "#ffd98a", 0.75)
        canvas.glow((91, 156), 90, "#fff3c8", 0.6)


def _bicycle_shadow(canvas: Canvas, x0: float) -> None:
    cast = ellipse(430 + x0, 668, 150, 11)
    for x in (348, 522):
        cast = cast | ellipse(x + x0, 666, 66, 9)
    canvas.multiply(cast.blurred(7), "#2b2040", 0.72)


def _bicycle(canvas: Canvas, it: Street) -> None:
    """Draw the bicycle that leans at the window."""
    colour, x0 = str(it.bicycle), it.bicycle_at
    wheels = [(318 + x0, 600), (492 + x0, 600)][: it.wheels]
    for cx, cy in wheels:
        for angle in np.linspace(0, np.pi, 9)[:-1]:
            dx, dy = 58 * np.cos(angle), 58 * np.sin(angle)
            canvas.paint(stroke([(cx - dx, cy - dy), (cx + dx, cy + dy)], 1, curved=False),
                         "#d5d2cd", 0.8)  # fmt: skip
        canvas.paint(ring(cx, cy, 64, 64, 7), "#2b2729")
        canvas.paint(ring(cx, cy, 57, 57, 3), "#b9b4ad")
        canvas.paint(ellipse(cx, cy, 6, 6), "#6d6a6a")
    a, b = (318 + x0, 600), (492 + x0, 600)
    seat, crank, head = (384 + x0, 520), (404 + x0, 602), (466 + x0, 524)
    tubes: Shape | None = None
    for start, end in ((a, crank), (a, seat), (seat, crank), (seat, head), (crank, head)):
        part = stroke([start, end], 8, curved=False)
        tubes = part if tubes is None else tubes | part
    fork = stroke([(460 + x0, 500), (470 + x0, 536), b], 7, curved=False)
    frame = (tubes or fork) | fork
    canvas.paint(frame, linear((300, 500), (300, 610), lighter(colour, 0.25), darker(colour, 0.2)))
    canvas.volume(frame, 2.5, light=0.4)
    canvas.paint(stroke([(384 + x0, 524), (380 + x0, 504)], 5, curved=False), "#55514f")
    canvas.paint(blob([(352 + x0, 498), (380 + x0, 492), (408 + x0, 500), (382 + x0, 508)]),
                 "#4a2d20")  # fmt: skip
    canvas.paint(stroke([(460 + x0, 500), (456 + x0, 482), (440 + x0, 478), (428 + x0, 486)], 6),
                 "#6a6664")  # fmt: skip
    canvas.paint(stroke([(438 + x0, 479), (426 + x0, 488)], 9, curved=False), "#4a2d20")
    canvas.paint(ring(crank[0], crank[1], 15, 15, 4), "#4d4a4a")
    canvas.paint(stroke([crank, (416 + x0, 622)], 4, curved=False), "#4d4a4a")
    canvas.paint(rounded(408 + x0, 620, 20, 6, 2), "#2b2729")


def _board(canvas: Canvas, text: str) -> None:
    canvas.multiply(polygon([(902, 672), (1010, 664), (1060, 690), (930, 700)]).blurred(6),
                    "#2b2040", 0.5)  # fmt: skip
    canvas.paint(polygon([(898, 512), (1000, 512), (1012, 672), (886, 672)]), "#7a4c2b")
    slate = polygon([(908, 522), (990, 522), (1000, 660), (898, 660)])
    canvas.paint(slate, linear((0, 522), (0, 660), "#3a4042", "#2a2e31"))
    canvas.texture(slate, clouds(SEED + 6, 30, 30, 4), 0.06)
    for k, line in enumerate(text.split()):
        canvas.paint(words(line, 949, 560 + k * 30, 20, "sans", 0.5), "#f4efe2", 0.92)
    canvas.paint(stroke([(920, 622), (950, 628), (978, 620)], 3), "#e5b94e", 0.9)


def _planter(canvas: Canvas, x: float) -> None:
    canvas.multiply(ellipse(x + 30, 652, 78, 10).blurred(6), "#2b2040", 0.5)
    rng = np.random.default_rng(int(x))
    for _ in range(46):
        dx, dy = rng.normal(0, 26), rng.normal(0, 17)
        props.leaf(canvas, x + dx * 0.7, 572 + dy * 0.6, 26 + 12 * rng.random(),
                   float(-90 + dx * 1.5 + rng.normal(0, 30)), "#4f7d4c")  # fmt: skip
    for _ in range(13):
        dx, dy = rng.uniform(-42, 42), rng.uniform(-26, 16)
        canvas.paint(ellipse(x + dx, 556 + dy, 7, 7), "#d95f6a")
        canvas.paint(ellipse(x + dx - 1, 555 + dy, 3, 3), "#f7c9a9")
    box = polygon([(x - 46, 588), (x + 46, 588), (x + 40, 654), (x - 40, 654)])
    canvas.paint(box, linear((x - 46, 0), (x + 46, 0), "#8d5c38", "#5a3620"))
    canvas.paint(rounded(x - 50, 580, 100, 14, 3), linear((0, 580), (0, 594), "#a87046", "#6e4527"))


def _night(canvas: Canvas) -> None:
    day = Canvas.of(canvas.pixels)
    canvas.multiply(Canvas.everything(), "#2b3566", 0.9)
    for lit in (rounded(218, 292, 432, 196), rounded(744, 274, 110, 164)):
        canvas.paint(lit, lambda x, y: day.pixels[int(y[0, 0]) :, int(x[0, 0]) :][: y.shape[0], : x.shape[1]])
        canvas.screen(lit.blurred(26), "#ffb45a", 0.35)
    spill = polygon([(230, GROUND), (640, GROUND), (760, 700), (120, 700)])
    canvas.screen(spill.blurred(26), "#ffb45a", 0.3)
    canvas.screen(rounded(736, GROUND, 130, 90).blurred(20), "#ffb45a", 0.25)


def draw(it: Street) -> Floats:
    """Paint the street."""
    canvas = Canvas.of(shop_front(it.paint, it.door, it.loaves))
    _sign(canvas, it)
    _awning(canvas, it.awning)
    if not it.night:
        _lamp(canvas, it.lamp_lit, night=False)
    for x in (632, 204)[: it.planters]:
        _planter(canvas, x)
    if it.bicycle_shadow:
        _bicycle_shadow(canvas, it.bicycle_at)
    if it.bicycle:
        _bicycle(canvas, it)
    if it.board:
        _board(canvas, it.board)
    if it.night:
        _night(canvas)
        _lamp(canvas, it.lamp_lit, night=True)
    return finish(canvas, SEED)
