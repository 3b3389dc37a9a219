"""Things that stand on tables: cups, pots, plants, fruit, books, a teapot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builder.colour import darker, lighter, linear, radial
from builder.paint import Canvas, Shape, blob, ellipse, polygon, ring, rounded, smooth, stroke


@dataclass(frozen=True)
class Cup:
    """A cup of coffee that stands with its foot at (x, y)."""

    x: float
    y: float
    colour: str
    size: float = 1.0
    shadow: bool = True
    handle: bool = True
    lift: float = 0.0
    steam: bool = False
    saucer: bool = False
    stripe: str | None = None


def contact_shadow(canvas: Canvas, x: float, y: float, width: float, strength: float = 0.5) -> None:
    """Shadow of a thing on a table, light from the upper left."""
    cast = ellipse(x + width * 0.62, y + width * 0.02, width * 0.92, width * 0.15, -4)
    canvas.multiply(cast.blurred(width * 0.07), "#3a2340", strength * 1.15)
    canvas.multiply(ellipse(x, y, width * 0.52, width * 0.09).blurred(4), "#2a1830", strength)


def cup(canvas: Canvas, it: Cup) -> None:
    """Draw one cup with its shadow, handle, rim and coffee."""
    s = it.size
    x, foot = it.x, it.y - it.lift
    wide, tall = 52 * s, 84 * s
    top = foot - tall
    if it.shadow:
        contact_shadow(canvas, x, it.y, wide * (1.75 if it.saucer else 1.25))
    if it.saucer:
        plate = ellipse(x, foot + 2 * s, wide * 1.65, wide * 0.34)
        canvas.paint(plate, darker(it.colour, 0.25))
        rim = ellipse(x, foot - 2 * s, wide * 1.65, wide * 0.32)
        canvas.paint(rim, linear((x - 80, 0), (x + 80, 0), lighter(it.colour, 0.4), it.colour))
        canvas.paint(ellipse(x, foot - 2 * s, wide * 1.1, wide * 0.2), darker(it.colour, 0.18))
    if it.handle:
        _handle(canvas, it, x, top + tall * 0.46)
    body = blob(
        [(x - wide, top), (x - wide * 0.98, top + tall * 0.4), (x - wide * 0.8, top + tall * 0.82),
         (x - wide * 0.5, foot + 1), (x, foot + 5 * s), (x + wide * 0.5, foot + 1),
         (x + wide * 0.8, top + tall * 0.82), (x + wide * 0.98, top + tall * 0.4), (x + wide, top),
         (x, top - 4)]
    )  # fmt: skip
    shade = linear(
        (x - wide, 0), (x + wide, 0),
        lighter(it.colour, 0.28), lighter(it.colour, 0.1), it.colour, darker(it.colour, 0.3),
    )  # fmt: skip
    canvas.paint(body, shade)
    if it.stripe:
        band = rounded(x - wide - 4, top + tall * 0.5, wide * 2 + 8, 10 * s) & body
        canvas.paint(band, it.stripe, 0.9)
    canvas.volume(body, 12 * s, shade=0.35, light=0.18)
    canvas.screen(
        blob([(x - wide * 0.72, top + 18 * s), (x - wide * 0.58, top + 16 * s),
              (x - wide * 0.5, top + 58 * s), (x - wide * 0.62, top + 54 * s)]).blurred(3 * s),
        "#fff7e8", 0.5,
    )  # fmt: skip
    _rim(canvas, it, x, top, wide)


def _handle(canvas: Canvas, it: Cup, x: float, y: float) -> None:
    s = it.size
    loop = ring(x + 58 * s, y, 30 * s, 29 * s, 11 * s)
    canvas.paint(loop, linear((0, y - 30 * s), (0, y + 30 * s), it.colour, darker(it.colour, 0.4)))
    canvas.volume(loop, 4 * s, light=0.3)


def _rim(canvas: Canvas, it: Cup, x: float, top: float, wide: float) -> None:
    s = it.size
    canvas.paint(ellipse(x, top, wide, 15 * s), lighter(it.colour, 0.45))
    inner = ellipse(x, top + 1.5 * s, wide - 5 * s, 12 * s)
    canvas.paint(inner, linear((x - wide, 0), (x + wide, 0), darker(it.colour, 0.5), it.colour))
    coffee = ellipse(x, top + 6 * s, wide - 8 * s, 10 * s) & inner
    canvas.paint(coffee, linear((x - wide, 0), (x + wide, 0), "#3b2012", "#6b3d20"))
    canvas.screen(ellipse(x - 14 * s, top + 6 * s, 16 * s, 3 * s).blurred(2), "#d9a066", 0.5)
    if it.steam:
        for k, shift in enumerate((-16, 6, 24)):
            path = [(x + shift + np.sin(t * 1.7 + k) * 9, top - 8 - t * 20) for t in range(6)]
            canvas.screen(stroke(path, 9, 3).blurred(6), "#ffffff", 0.42)


def teapot(canvas: Canvas, x: float, y: float, colour: str, shadow: bool = True) -> Shape:
    """Draw a round teapot; returns its silhouette."""
    if shadow:
        contact_shadow(canvas, x, y, 118)
    spout = polygon(
        smooth([(x - 70, y - 44), (x - 104, y - 70), (x - 122, y - 116), (x - 140, y - 128)],
               closed=False)
        + smooth([(x - 116, y - 134), (x - 98, y - 112), (x - 84, y - 90), (x - 56, y - 78)],
                 closed=False)
    )  # fmt: skip
    loop = ring(x + 92, y - 66, 44, 48, 14)
    body = ellipse(x, y - 62, 98, 66) | rounded(x - 58, y - 12, 116, 15, 6)
    lid = ellipse(x, y - 122, 50, 15)
    knob = ellipse(x, y - 142, 13, 12)
    for part in (loop, spout):
        canvas.paint(part, linear((0, y - 130), (0, y), colour, darker(colour, 0.35)))
        canvas.volume(part, 7)
    canvas.paint(body, radial((x - 38, y - 92), 170, lighter(colour, 0.4), colour,
                              darker(colour, 0.45)))  # fmt: skip
    canvas.volume(body, 18, shade=0.35)
    canvas.screen(ellipse(x - 44, y - 92, 15, 24, 28).blurred(5), "#fff7e8", 0.65)
    canvas.paint(lid, linear((x - 50, 0), (x + 50, 0), lighter(colour, 0.35), darker(colour, 0.2)))
    canvas.volume(lid, 5)
    canvas.paint(knob, radial((x - 4, y - 147), 22, lighter(colour, 0.5), darker(colour, 0.3)))
    return body | spout | loop | lid | knob


def fruit(canvas: Canvas, x: float, y: float, radius: float, colour: str, stem: bool = True) -> Shape:
    """Draw a round fruit (or, without its stem, a ball); returns its silhouette."""
    ball = ellipse(x, y, radius, radius * 0.95)
    canvas.paint(ball, radial((x - radius * 0.4, y - radius * 0.45), radius * 1.7,
                              lighter(colour, 0.45), colour, darker(colour, 0.45)))  # fmt: skip
    canvas.screen(
        ellipse(x - radius * 0.35, y - radius * 0.42, radius * 0.22, radius * 0.15, -30).blurred(2),
        "#ffffff", 0.6,
    )  # fmt: skip
    if stem:
        canvas.paint(ellipse(x + radius * 0.12, y - radius * 0.74, 3, 2), darker(colour, 0.7))
    return ball


def bowl(canvas: Canvas, x: float, y: float, colour: str, fruits: tuple[str, ...]) -> None:
    """Draw a wide bowl; its fruits peep over the rim."""
    contact_shadow(canvas, x, y, 130)
    canvas.paint(ellipse(x, y - 68, 122, 25), darker(colour, 0.45))
    seats = [(-62, -84), (8, -92), (70, -84), (-28, -112), (40, -116)]
    for colour_of, (dx, dy) in sorted(zip(fruits, seats, strict=False), key=lambda pair: pair[1][1]):
        fruit(canvas, x + dx, y + dy, 36, colour_of)
    front = polygon(
        [(x + 122 * np.cos(t), y - 68 + 25 * np.sin(t)) for t in np.linspace(0, np.pi, 40)]
        + smooth([(x - 122, y - 68), (x - 100, y - 26), (x - 46, y + 4), (x, y + 8),
                  (x + 46, y + 4), (x + 100, y - 26), (x + 122, y - 68)], closed=False)
    )  # fmt: skip
    canvas.paint(front, linear((x - 122, 0), (x + 122, 0), lighter(colour, 0.35), colour,
                               darker(colour, 0.3)))  # fmt: skip
    canvas.volume(front, 16, shade=0.3, light=0.15)
    edge = polygon(
        [(x + 122 * np.cos(t), y - 68 + 25 * np.sin(t)) for t in np.linspace(0, np.pi, 40)]
        + [(x + 122 * np.cos(t), y - 62 + 25 * np.sin(t)) for t in np.linspace(np.pi, 0, 40)]
    )
    canvas.paint(edge, lighter(colour, 0.55))


def leaf(canvas: Canvas, x: float, y: float, length: float, turn: float, colour: str) -> None:
    """Draw one pointed leaf that grows from (x, y) in direction ``turn`` (degrees)."""
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    outline = [(0, 0), (0.3, -0.17), (0.65, -0.15), (1, 0), (0.65, 0.15), (0.3, 0.17)]
    spots = [(x + length * (u * c - v * s), y + length * (u * s + v * c)) for u, v in outline]
    shape = blob(spots)
    tip = (x + length * c, y + length * s)
    canvas.paint(shape, linear((x, y), tip, darker(colour, 0.35), lighter(colour, 0.15)))
    canvas.volume(shape, 4, light=0.25, shade=0.3)
    canvas.paint(stroke([(x, y), tip], 1.6, 0.6, curved=False), lighter(colour, 0.35), 0.6)


def potted_plant(
    canvas: Canvas, x: float, y: float, pot: str, green: str = "#4f8a5b", size: float = 1.0,
    shadow: bool = True,
) -> None:  # fmt: skip
    """Draw a leafy plant in a clay pot."""
    s = size
    if shadow:
        contact_shadow(canvas, x, y, 66 * s)
    rng = np.random.default_rng(5)
    crown = (x, y - 92 * s)
    for turn in np.concatenate([np.linspace(-165, -15, 13), np.linspace(-150, -30, 9)]):
        length = (96 + 34 * rng.random()) * s
        tone = (lighter if rng.random() > 0.5 else darker)(green, 0.18 * rng.random())
        leaf(canvas, crown[0] + 10 * s * (rng.random() - 0.5), crown[1], length,
             float(turn + 6 * rng.standard_normal()), tone)  # fmt: skip
    body = polygon([(x - 50 * s, y - 88 * s), (x + 50 * s, y - 88 * s), (x + 38 * s, y + 2 * s),
                    (x - 38 * s, y + 2 * s)])  # fmt: skip
    shade = linear((x - 50 * s, 0), (x + 50 * s, 0), lighter(pot, 0.3), pot, darker(pot, 0.4))
    canvas.paint(body | ellipse(x, y + 2 * s, 38 * s, 7 * s), shade)
    lip = rounded(x - 57 * s, y - 100 * s, 114 * s, 24 * s, 5 * s)
    canvas.multiply(lip.moved(0, 8).blurred(3) & body, "#3a2340", 0.5)
    canvas.paint(lip, shade)
    canvas.volume(lip, 5 * s)


def book(canvas: Canvas, x: float, y: float, width: float, height: float, colour: str, band: str) -> None:
    """Draw a book lying flat, spine to the viewer, lower left corner at (x, y)."""
    spine = rounded(x, y - height, width, height, 4)
    canvas.paint(spine, linear((0, y - height), (0, y), lighter(colour, 0.18), colour,
                               darker(colour, 0.35)))  # fmt: skip
    for place in (0.1, 0.84):
        canvas.paint(rounded(x + width * place, y - height, 7, height), band, 0.85)
    canvas.volume(spine, 3, light=0.3)
