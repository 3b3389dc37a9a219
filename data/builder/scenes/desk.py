"""The desk in the evening: a lamp, a laptop, books, a poster with words and a window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from builder import props
from builder.colour import Floats, darker, lighter, linear
from builder.lettering import words
from builder.paint import HEIGHT, WIDTH, Canvas, ellipse, polygon, ring, rounded, stroke
from builder.texture import clouds, finish, wood

SEED = 97
TOP = 520


@dataclass(frozen=True)
class Desk:
    """Everything about the picture that an edit may change."""

    wall: str = "#4d5f78"
    lit: bool = True
    lamp: str = "#d9a23a"
    poster: str = "SLOW DOWN"
    poster_second: str = "AND LOOK"
    poster_face: str = "book"
    poster_tilt: int = 0
    mug: str | None = "#d5674f"
    mug_steam: bool = True
    books: tuple[str, ...] = ("#3f6f8a", "#c8553f", "#e0b25a", "#5a8262")
    laptop: bool = True
    plant: bool = True
    pencils: tuple[str, ...] = ("#e3ab3c", "#c8443a", "#3f6fa8", "#5a8f6b")
    glasses: bool = False
    moon: bool = True
    clock: bool = True
    clock_hands: tuple[int, int] = (-60, 60)


@lru_cache(maxsize=4)
def _room(wall: str, lit: bool, moon: bool) -> Floats:
    canvas = Canvas(linear((0, 0), (900, 600), lighter(wall, 0.06), wall, darker(wall, 0.32)))
    canvas.texture(Canvas.everything(), clouds(SEED, 160, 160, 5, 0.6), 0.025)
    _window(canvas, moon)
    if lit:
        canvas.glow((352, 330), 520, "#ffcf87", 0.5)
    top = rounded(0, TOP, WIDTH, HEIGHT - TOP)
    canvas.multiply(rounded(0, TOP - 40, WIDTH, 50).blurred(16), "#1a1526", 0.35)
    canvas.paint(top, linear((0, TOP), (0, HEIGHT), "#8a5a3c", "#744730", "#4f2f22"))
    canvas.texture(top, wood(SEED + 1), 0.06)
    canvas.paint(rounded(0, TOP, WIDTH, 3), "#c08d5e", 0.8)
    if lit:
        canvas.screen(ellipse(340, 596, 330, 80).blurred(44), "#ffcf87", 0.5)
    else:
        canvas.multiply(Canvas.everything(), "#8c93b8", 0.55)
    return canvas.pixels


def _window(canvas: Canvas, moon: bool) -> None:
    frame = rounded(716, 60, 300, 330, 4)
    canvas.shadow(frame, 6, 8, 8, 0.35)
    canvas.paint(frame, linear((716, 0), (1016, 0), "#efe4d2", "#c9bca8"))
    pane = rounded(732, 76, 268, 298)
    canvas.paint(pane, linear((0, 76), (0, 374), "#16204a", "#2c3d74", "#56639a"))
    rng = np.random.default_rng(SEED)
    for _ in range(46):
        r = rng.uniform(0.7, 1.8)
        canvas.paint(ellipse(rng.uniform(738, 994), rng.uniform(80, 270), r, r), "#fff6da", 0.8)
    if moon:
        canvas.glow((934, 136), 90, "#fff3cf", 0.5)
        canvas.paint(ellipse(934, 136, 26, 26) - ellipse(946, 128, 23, 23), "#fff4d2")
    for x, wide, high in ((732, 52, 96), (784, 44, 132), (828, 60, 80), (888, 40, 118), (928, 72, 92)):
        block = rounded(x, 374 - high, wide, high)
        canvas.paint(block, linear((0, 374 - high), (0, 374), "#1d2547", "#141a36"))
        for wx in range(x + 7, x + wide - 8, 13):
            for wy in range(374 - high + 10, 366, 17):
                if rng.random() > 0.5:
                    canvas.paint(rounded(wx, wy, 6, 8), "#f5cf7d", 0.9)
    canvas.paint(rounded(861, 76, 9, 298), "#ddd0bc")
    canvas.paint(rounded(732, 218, 268, 9), "#ddd0bc")
    canvas.paint(rounded(704, 386, 324, 16, 3), linear((0, 386), (0, 402), "#f3e9d8", "#b8ab97"))
    canvas.shadow(rounded(704, 386, 324, 16), 0, 10, 6, 0.35)


def _poster(canvas: Canvas, it: Desk) -> None:
    sheet = rounded(452, 78, 190, 250)
    canvas.shadow(sheet, 6, 8, 6, 0.4)
    canvas.paint(sheet, linear((452, 78), (642, 328), "#f8efdc", "#e6d6ba"))
    canvas.paint(ellipse(547, 168, 54, 54), linear((0, 114), (0, 222), "#e9a45a", "#d9694a"))
    for k in range(4):
        line = stroke([(486, 188 + k * 10), (526, 184 + k * 10), (568, 190 + k * 10),
                       (608, 185 + k * 10)], 4)  # fmt: skip
        canvas.paint(line, "#3f6f8a" if k % 2 else "#4f86a0", 0.95)
    canvas.paint(words(it.poster, 547, 258, 25, it.poster_face, 1.5), "#3a3140")
    canvas.paint(words(it.poster_second, 547, 290, 25, it.poster_face, 1.5), "#3a3140")
    for x in (470, 608):
        canvas.paint(polygon([(x, 70), (x + 20, 72), (x + 18, 90), (x - 2, 88)]), "#e9dfae", 0.8)


def _clock(canvas: Canvas, hands: tuple[int, int]) -> None:
    canvas.shadow(ellipse(250, 130, 56, 56), 7, 9, 7, 0.4)
    canvas.paint(ellipse(250, 130, 56, 56), linear((200, 80), (300, 180), "#c8553f", "#8a352b"))
    canvas.paint(ellipse(250, 130, 46, 46), "#f8f0e0")
    for k in range(12):
        a = np.radians(k * 30)
        canvas.paint(ellipse(250 + 38 * np.cos(a), 130 + 38 * np.sin(a), 2.2, 2.2), "#5a504a")
    for angle, long, wide in ((hands[0], 24, 5), (hands[1], 35, 3.5)):
        a = np.radians(angle - 90)
        tip = (250 + long * np.cos(a), 130 + long * np.sin(a))
        canvas.paint(stroke([(250, 130), tip], wide, curved=False), "#2d2a2c")
    canvas.paint(ellipse(250, 130, 4, 4), "#c8453b")


def _lamp(canvas: Canvas, colour: str, lit: bool) -> None:
    props.contact_shadow(canvas, 132, 586, 70)
    metal = linear((0, 300), (0, 590), lighter(colour, 0.2), darker(colour, 0.3))
    canvas.paint(ellipse(132, 584, 66, 15), darker(colour, 0.3))
    canvas.paint(ellipse(132, 578, 66, 15), metal)
    for path in ([(132, 576), (92, 434)], [(92, 434), (236, 326)]):
        canvas.paint(stroke(path, 11, curved=False), metal)
    for joint in ((92, 434), (236, 326), (132, 574)):
        canvas.paint(ellipse(*joint, 10, 10), darker(colour, 0.25))
    head = polygon([(214, 300), (254, 284), (346, 352), (262, 404)])
    mouth = ellipse(304, 378, 50, 15, -31)
    if lit:
        beam = polygon([(262, 400), (346, 356), (590, 640), (150, 640)])
        canvas.screen(beam.blurred(16), "#ffe0a0", 0.2)
    canvas.paint(head | ellipse(234, 292, 22, 14, -22), linear((214, 284), (330, 400),
                 lighter(colour, 0.3), colour, darker(colour, 0.3)))  # fmt: skip
    canvas.volume(head, 8)
    canvas.paint(mouth, "#fff3c9" if lit else darker(colour, 0.55))
    if lit:
        canvas.glow((306, 384), 130, "#fff0c0", 0.75)


def _laptop(canvas: Canvas) -> None:
    canvas.multiply(ellipse(640, 640, 240, 18).blurred(9), "#140d1c", 0.6)
    lid = polygon([(474, 398), (780, 398), (792, 604), (462, 604)])
    canvas.paint(lid, linear((474, 398), (792, 604), "#d9dade", "#a3a6b0"))
    screen = polygon([(486, 410), (768, 410), (778, 592), (476, 592)])
    canvas.paint(screen, linear((0, 410), (0, 592), "#213355", "#385f86"))
    canvas.screen(polygon([(486, 410), (600, 410), (540, 592), (476, 592)]), "#8fb0d8", 0.14)
    for k, (wide, tint) in enumerate(((120, "#f0c778"), (168, "#cfe0ee"), (96, "#cfe0ee"),
                                      (140, "#8fd0b0"), (150, "#cfe0ee"), (70, "#e58f7a"))):  # fmt: skip
        canvas.paint(rounded(508 + (k % 3) * 16, 432 + k * 24, wide, 8, 3), tint, 0.9)
    base = polygon([(462, 602), (792, 602), (832, 640), (424, 640)])
    canvas.paint(base, linear((0, 602), (0, 640), "#c3c5cc", "#94979f"))
    canvas.paint(polygon([(486, 607), (768, 607), (782, 622), (472, 622)]), "#54575f", 0.9)
    canvas.paint(polygon([(424, 639), (832, 639), (826, 647), (430, 647)]), "#777a83")


def _books(canvas: Canvas, colours: tuple[str, ...]) -> None:
    props.contact_shadow(canvas, 940, 618, 120, 0.6)
    rng = np.random.default_rng(9)
    y = 616.0
    for colour in colours:
        high, shift = rng.uniform(24, 33), rng.uniform(-12, 12)
        props.book(canvas, 838 + shift, y, 196 - abs(shift), high, colour, lighter(colour, 0.55))
        y -= high


def _pencils(canvas: Canvas, colours: tuple[str, ...]) -> None:
    x, y = 390, 598
    props.contact_shadow(canvas, x, y, 40)
    for k, colour in enumerate(colours):
        lean = (k - (len(colours) - 1) / 2) * 13
        tip = (x + lean * 2.2, y - 134 + abs(lean) * 0.9)
        canvas.paint(stroke([(x + lean * 0.6, y - 40), tip], 9, curved=False), colour)
        dx, dy = lean * 0.14, -15
        canvas.paint(stroke([tip, (tip[0] + dx, tip[1] + dy)], 8, 2, curved=False), "#ecd3a4")
        canvas.paint(stroke([(tip[0] + dx * 0.6, tip[1] + dy * 0.7), (tip[0] + dx, tip[1] + dy)],
                            3, 2, curved=False), darker(colour, 0.3))  # fmt: skip
    pot = rounded(x - 34, y - 76, 68, 78, 7)
    canvas.paint(pot, linear((x - 34, 0), (x + 34, 0), "#e9dcc6", "#cdbb9e", "#85735e"))
    canvas.volume(pot, 7)
    canvas.paint(rounded(x - 34, y - 50, 68, 8), "#6f8f8a", 0.9)


def _glasses(canvas: Canvas) -> None:
    for x in (252, 306):
        canvas.multiply(ring(x + 4, 662, 24, 13, 4), "#140d1c", 0.5)
        canvas.screen(ellipse(x, 657, 21, 11), "#cfe4ee", 0.25)
        canvas.paint(ring(x, 657, 24, 13, 3.5), "#2d2326")
    canvas.paint(stroke([(275, 655), (279, 652), (283, 655)], 3.5), "#2d2326")
    canvas.paint(stroke([(330, 655), (376, 640), (388, 646)], 3.5), "#2d2326")


def draw(it: Desk) -> Floats:
    """Paint the desk."""
    canvas = Canvas.of(_room(it.wall, it.lit, it.moon))
    _poster(canvas, it)
    if it.clock:
        _clock(canvas, it.clock_hands)
    if it.books:
        _books(canvas, it.books)
    if it.plant:
        props.potted_plant(canvas, 946, 616 - 28.5 * len(it.books), "#c9bba6", "#5d9a6e", 0.62,
                           shadow=False)  # fmt: skip
    if it.laptop:
        _laptop(canvas)
    if it.pencils:
        _pencils(canvas, it.pencils)
    if it.mug:
        props.cup(canvas, props.Cup(258, 638, it.mug, 0.92, steam=it.mug_steam))
    if it.glasses:
        _glasses(canvas)
    _lamp(canvas, it.lamp, it.lit)
    return finish(canvas, SEED)
