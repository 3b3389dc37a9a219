"""The living room: a sofa with cushions, a cat, a floor lamp, a picture and a plant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from builder import props
from builder.colour import Floats, darker, lighter, linear, radial
from builder.paint import HEIGHT, WIDTH, Canvas, Shape, blob, ellipse, polygon, rounded, stroke
from builder.texture import clouds, finish, wood

SEED = 83
FLOOR = 520


@dataclass(frozen=True)
class Cat:
    """A sitting cat; ``tail`` and ``ears`` other than one and two are planted errors."""

    x: float = 640
    y: float = 462
    coat: str = "#4a4650"
    bib: str | None = "#f4ede2"
    eyes: str = "#d9b23c"
    collar: str | None = "#c8453b"
    ears: int = 2
    tails: int = 1
    shadow: bool = True
    stripes: bool = False


@dataclass(frozen=True)
class Room:
    """Everything about the picture that an edit may change."""

    sofa: str = "#3f7a76"
    cushions: tuple[str, ...] = ("#e0a73c", "#d98b6a")
    cat: Cat | None = Cat()
    lamp: bool = True
    lamp_lit: bool = True
    lamp_shadow: bool = True
    picture: str | None = "hills"
    plant: bool = True
    table: bool = True
    mug: str | None = "#c8443a"
    rug: str = "#c9785c"
    wall: str = "#d9c9b4"
    clock: bool = False


@lru_cache(maxsize=8)
def _shell(wall: str, rug: str) -> Floats:
    canvas = Canvas(linear((0, 0), (900, 540), lighter(wall, 0.25), wall, darker(wall, 0.14)))
    canvas.texture(Canvas.everything(), clouds(SEED, 180, 180, 5, 0.6), 0.016)
    for x in range(-10, WIDTH, 90):
        canvas.paint(rounded(x, 0, 44, FLOOR), lighter(wall, 0.16), 0.28)
    canvas.paint(rounded(0, FLOOR - 28, WIDTH, 30), linear((0, 492), (0, 522), "#f7f0e4", "#d6cab8"))
    floor = rounded(0, FLOOR, WIDTH, HEIGHT - FLOOR)
    canvas.paint(floor, linear((0, FLOOR), (0, HEIGHT), "#a9734a", "#8a5735"))
    canvas.texture(floor, wood(SEED), 0.06)
    for y in (548, 588, 640):
        canvas.paint(rounded(0, y, WIDTH, 2), "#5d3822", 0.6)
    canvas.multiply(rounded(0, FLOOR - 6, WIDTH, 26).blurred(8), "#3a2340", 0.4)
    _rug(canvas, rug)
    return canvas.pixels


def _rug(canvas: Canvas, colour: str) -> None:
    canvas.multiply(ellipse(520, 650, 400, 54).blurred(6), "#3a2340", 0.4)
    rug = ellipse(520, 644, 396, 52)
    canvas.paint(rug, linear((120, 600), (900, 690), lighter(colour, 0.2), darker(colour, 0.15)))
    for share, tone in ((0.9, "#f3e3c8"), (0.84, colour), (0.6, "#f3e3c8"), (0.55, colour)):
        canvas.paint(ellipse(520, 644, 396 * share, 52 * share), tone, 0.75)
    canvas.texture(rug, clouds(SEED + 2, 5, 3, 2), 0.035)


def _sofa(canvas: Canvas, colour: str) -> None:
    canvas.multiply(ellipse(560, 600, 360, 30).blurred(12), "#2a1830", 0.7)
    for x in (268, 770):
        leg = polygon([(x, 560), (x + 22, 560), (x + 16, 604), (x + 6, 604)])
        canvas.paint(leg, "#6b452a")
    back = rounded(250, 300, 560, 220, 44)
    canvas.shadow(back, 22, 6, 18, 0.32)
    canvas.paint(back, linear((250, 300), (810, 520), lighter(colour, 0.22), colour,
                              darker(colour, 0.2)))  # fmt: skip
    canvas.volume(back, 20, shade=0.35)
    canvas.multiply(stroke([(530, 318), (530, 452)], 5).blurred(3), "#10202a", 0.4)
    for x in (262, 532):
        seat = rounded(x, 446, 268, 78, 22)
        canvas.multiply(rounded(x, 430, 268, 30).blurred(9), "#10202a", 0.35)
        canvas.paint(seat, linear((0, 446), (0, 524), lighter(colour, 0.26), colour))
        canvas.volume(seat, 12, shade=0.35)
    base = rounded(250, 512, 560, 58, 16)
    canvas.paint(base, linear((0, 512), (0, 570), darker(colour, 0.08), darker(colour, 0.34)))
    for x in (212, 776):
        arm = rounded(x, 392, 72, 180, 32)
        canvas.shadow(arm, 8, 4, 10, 0.35)
        canvas.paint(arm, linear((x, 392), (x + 72, 572), lighter(colour, 0.25), colour,
                                 darker(colour, 0.3)))  # fmt: skip
        canvas.volume(arm, 13)
    whole = rounded(212, 300, 640, 272, 40)
    canvas.texture(whole & _sofa_mask(), clouds(SEED + 4, 4, 4, 1), 0.02)


def _sofa_mask() -> Shape:
    return rounded(250, 300, 560, 270, 44) | rounded(212, 392, 72, 180, 32) | rounded(776, 392, 72, 180, 32)


def _cushion(canvas: Canvas, x: float, colour: str) -> None:
    y = 410
    body = blob([(x - 58, y - 52), (x, y - 44), (x + 58, y - 54), (x + 50, y), (x + 60, y + 54),
                 (x, y + 48), (x - 60, y + 54), (x - 50, y)])  # fmt: skip
    canvas.shadow(body, 10, 6, 9, 0.45)
    canvas.paint(body, linear((x - 60, y - 50), (x + 60, y + 50), lighter(colour, 0.28), colour,
                              darker(colour, 0.25)))  # fmt: skip
    canvas.volume(body, 12, shade=0.35)
    for k in (-1, 1):
        line = stroke([(x + k * 26, y - 50), (x + k * 21, y), (x + k * 27, y + 52)], 3)
        canvas.paint(line & body, lighter(colour, 0.5), 0.7)


def cat(canvas: Canvas, it: Cat) -> None:
    """Draw the sitting cat."""
    x, y = it.x, it.y
    if it.shadow:
        canvas.multiply(ellipse(x + 34, y + 2, 82, 13).blurred(7), "#10202a", 0.6)
    for k in range(it.tails):
        side = 1 if k == 0 else -1
        tail = stroke([(x + side * 38, y - 14), (x + side * 88, y - 10), (x + side * 108, y - 44),
                       (x + side * 94, y - 70)], 22, 13)  # fmt: skip
        canvas.paint(tail, linear((x, y - 70), (x, y), lighter(it.coat, 0.12), darker(it.coat, 0.1)))
        canvas.volume(tail, 5)
    body = blob([(x - 20, y - 128), (x - 52, y - 70), (x - 58, y - 14), (x - 30, y + 2),
                 (x + 30, y + 2), (x + 60, y - 14), (x + 54, y - 70), (x + 22, y - 128)])  # fmt: skip
    canvas.paint(body, linear((x - 50, y - 120), (x + 50, y), lighter(it.coat, 0.16), it.coat,
                              darker(it.coat, 0.3)))  # fmt: skip
    canvas.volume(body, 12, light=0.2)
    if it.stripes:
        for dy in (-84, -62, -40):
            for side in (-1, 1):
                bar = stroke([(x + side * 56, y + dy), (x + side * 26, y + dy + 10)], 8, 3)
                canvas.paint(bar & body, darker(it.coat, 0.5), 0.7)
    if it.bib:
        bib = blob([(x - 20, y - 106), (x - 26, y - 62), (x, y - 34), (x + 26, y - 62),
                    (x + 20, y - 106)])  # fmt: skip
        canvas.paint(bib, it.bib, 0.95)
    for side in (-1, 1):
        paw = ellipse(x + side * 20, y - 4, 17, 10)
        canvas.paint(paw, it.bib or lighter(it.coat, 0.15))
        canvas.volume(paw, 3)
    if it.collar:
        canvas.paint(stroke([(x - 30, y - 112), (x, y - 103), (x + 30, y - 112)], 9), it.collar)
        canvas.paint(ellipse(x, y - 98, 6, 7), "#e7c25a")
    _cat_head(canvas, it)


def _cat_head(canvas: Canvas, it: Cat) -> None:
    x, y = it.x, it.y - 146
    for side in (-1, 1, 0)[: it.ears]:
        ear = polygon([(x + side * 46 - 2 + (side == 0) * -12, y - 16), (x + side * 42, y - 66),
                       (x + side * 8 + (side == 0) * 14, y - 36)])  # fmt: skip
        canvas.paint(ear, darker(it.coat, 0.1))
        inner = polygon([(x + side * 38, y - 26), (x + side * 38, y - 52), (x + side * 18, y - 36)])
        canvas.paint(inner, "#d79a94", 0.85)
    head = blob([(x, y - 46), (x - 40, y - 34), (x - 54, y), (x - 36, y + 32), (x, y + 40),
                 (x + 36, y + 32), (x + 54, y), (x + 40, y - 34)])  # fmt: skip
    canvas.paint(head, radial((x - 18, y - 24), 92, lighter(it.coat, 0.25), it.coat,
                              darker(it.coat, 0.25)))  # fmt: skip
    canvas.volume(head, 9, light=0.2)
    if it.stripes:
        for dx in (-14, 0, 14):
            canvas.paint(stroke([(x + dx, y - 42), (x + dx * 0.8, y - 22)], 5, 2),
                         darker(it.coat, 0.5), 0.7)  # fmt: skip
    muzzle = ellipse(x - 11, y + 18, 15, 11) | ellipse(x + 11, y + 18, 15, 11)
    canvas.paint(muzzle, it.bib or lighter(it.coat, 0.4))
    for side in (-1, 1):
        eye = ellipse(x + side * 22, y - 4, 12, 11, side * 10)
        canvas.paint(eye, radial((x + side * 22, y), 14, lighter(it.eyes, 0.4), it.eyes))
        canvas.paint(ellipse(x + side * 22, y - 4, 3.6, 9.5), "#1a1518")
        canvas.paint(ellipse(x + side * 22 - 4, y - 8, 2.6, 2.6), "#ffffff")
        for dy in (-3, 3):
            whisker = stroke([(x + side * 18, y + 18), (x + side * 62, y + 14 + dy * 3)], 1.4, 0.6)
            canvas.paint(whisker, "#f7f1e6", 0.8)
    canvas.paint(polygon([(x - 7, y + 8), (x + 7, y + 8), (x, y + 15)]), "#d98a86")
    canvas.paint(
        stroke([(x - 11, y + 19), (x - 5, y + 24), (x, y + 17), (x + 5, y + 24), (x + 11, y + 19)], 2),
        "#5a3a3c",
    )


def _lamp(canvas: Canvas, lit: bool, shadow: bool) -> None:
    if shadow:
        canvas.multiply(ellipse(160, 596, 84, 12).blurred(6), "#2a1830", 0.6)
    metal = linear((112, 0), (140, 0), "#8f7a58", "#4e412e")
    canvas.paint(ellipse(126, 592, 52, 11), metal)
    canvas.paint(rounded(122, 250, 8, 340), metal)
    shade = polygon([(84, 168), (168, 168), (200, 270), (52, 270)])
    if lit:
        canvas.glow((126, 260), 330, "#ffd890", 0.6)
        canvas.paint(shade, linear((0, 168), (0, 270), "#ffe9b5", "#fff6da"))
    else:
        canvas.paint(shade, linear((52, 0), (200, 0), "#efe3cb", "#c9b594"))
    canvas.volume(shade, 10, shade=0.2)


def _picture(canvas: Canvas, motif: str) -> None:
    frame = rounded(420, 76, 230, 168, 3)
    canvas.shadow(frame, 9, 12, 9, 0.4)
    canvas.paint(frame, linear((420, 76), (650, 244), "#8d6238", "#5d3d22"))
    canvas.paint(rounded(432, 88, 206, 144), "#f8f3e8")
    inside = rounded(450, 104, 170, 112)
    if motif == "hills":
        canvas.paint(inside, linear((0, 104), (0, 216), "#f3cf9a", "#f7e6c4"))
        canvas.paint(ellipse(580, 138, 17, 17) & inside, "#e2754a")
        for points, colour in (
            ([(440, 190), (490, 142), (545, 186), (640, 150), (640, 230), (440, 230)], "#7d9a94"),
            ([(440, 206), (520, 172), (590, 200), (640, 184), (640, 230), (440, 230)], "#47716c"),
        ):
            canvas.paint(polygon(points) & inside, colour)
    else:
        canvas.paint(inside, linear((0, 104), (0, 216), "#dfe8ea", "#b9cdd3"))
        canvas.paint(polygon([(500, 190), (570, 190), (560, 204), (512, 204)]) & inside, "#b4473f")
        canvas.paint(polygon([(536, 124), (536, 184), (574, 184)]) & inside, "#fbf3e2")
        canvas.paint(rounded(450, 203, 170, 13), "#4f86a0")


def _side_table(canvas: Canvas, mug: str | None) -> None:
    canvas.multiply(ellipse(956, 640, 92, 13).blurred(7), "#2a1830", 0.65)
    for x in (882, 982):
        canvas.paint(polygon([(x, 528), (x + 10, 528), (x + (18 if x > 900 else -6), 636),
                              (x + (10 if x > 900 else -14), 636)]), "#6b452a")  # fmt: skip
    canvas.paint(ellipse(936, 530, 96, 20), "#6e4426")
    canvas.paint(ellipse(936, 524, 96, 20), linear((840, 0), (1032, 0), "#cf9a66", "#9a6239"))
    props.book(canvas, 946, 522, 72, 13, "#4f6f8f", "#e9d6a8")
    props.book(canvas, 952, 509, 62, 12, "#b4573f", "#e9d6a8")
    if mug:
        props.cup(canvas, props.Cup(894, 524, mug, 0.52))


def _standing_plant(canvas: Canvas) -> None:
    canvas.multiply(ellipse(990, 560, 74, 12).blurred(6), "#2a1830", 0.6)
    for x in (938, 984):
        canvas.paint(polygon([(x, 500), (x + 9, 500), (x + 6, 562), (x, 562)]), "#6b452a")
    props.potted_plant(canvas, 966, 506, "#eee3cf", "#4c8263", 1.15, shadow=False)


def _clock(canvas: Canvas) -> None:
    canvas.shadow(ellipse(770, 160, 52, 52), 8, 10, 7, 0.4)
    canvas.paint(ellipse(770, 160, 52, 52), linear((720, 110), (820, 210), "#8d6238", "#5d3d22"))
    canvas.paint(ellipse(770, 160, 44, 44), "#f9f3e6")
    for hand, width in (((770, 126), 4), ((792, 172), 5)):
        canvas.paint(stroke([(770, 160), hand], width, curved=False), "#33302f")
    canvas.paint(ellipse(770, 160, 5, 5), "#c8453b")


def draw(it: Room) -> Floats:
    """Paint the living room."""
    canvas = Canvas.of(_shell(it.wall, it.rug))
    if it.picture:
        _picture(canvas, it.picture)
    if it.clock:
        _clock(canvas)
    _sofa(canvas, it.sofa)
    for x, colour in zip((338, 452, 730), it.cushions, strict=False):
        _cushion(canvas, x, colour)
    if it.cat:
        cat(canvas, it.cat)
    if it.lamp:
        _lamp(canvas, it.lamp_lit, it.lamp_shadow)
    elif it.lamp_shadow:
        canvas.multiply(ellipse(160, 596, 84, 12).blurred(6), "#2a1830", 0.6)
    if it.plant:
        _standing_plant(canvas)
    if it.table:
        _side_table(canvas, it.mug)
    return finish(canvas, SEED)
