"""A drawn face with features one can recognise again: eyes, freckles, glasses, earrings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from builder.colour import Point, darker, lighter, linear, radial
from builder.paint import Canvas, Shape, blob, ellipse, polygon, rounded, stroke


@dataclass(frozen=True)
class Person:
    """What makes this person this person, and what they wear and do."""

    skin: str = "#d9a078"
    hair: str = "#3a2420"
    style: str = "bob"
    eyes: str = "#4e7a55"
    brows: float = 0.0
    face: float = 1.0
    jaw: float = 1.0
    nose: float = 1.0
    freckles: bool = True
    mark: bool = True
    glasses: str | None = "#5a2d2a"
    lens: str = "round"
    earrings: str | None = "#e0b04c"
    mouth: str = "calm"
    scarf: str | None = "#c9533f"
    scarf_stripe: str | None = "#f0dcb4"
    coat: str = "#35506b"
    buttons: int = 3
    eye_lift: float = 0.0
    extra_eye: bool = False
    hat: str | None = None


class Face:
    """Draws a face with its middle at a point; hair and hat come from who draws the rest."""

    def __init__(self, canvas: Canvas, person: Person, centre: Point, size: float) -> None:
        self.canvas = canvas
        self.it = person
        self.size = size
        self.centre = centre

    def at(self, x: float, y: float) -> Point:
        """Face coordinates to the picture."""
        return self.centre[0] + x * self.size, self.centre[1] + y * self.size

    def many(self, *points: Point) -> list[Point]:
        """Face coordinates to the picture, several at once."""
        return [self.at(x, y) for x, y in points]

    def oval(self, x: float, y: float, rx: float, ry: float, turn: float = 0) -> Shape:
        """Ellipse in face coordinates."""
        return ellipse(*self.at(x, y), rx * self.size, ry * self.size, turn)

    def line(self, points: Sequence[Point], width: float, end: float | None = None) -> Shape:
        """Stroke in face coordinates."""
        s = self.size
        return stroke(self.many(*points), width * s, None if end is None else end * s)

    def _ears(self) -> None:
        if self.it.style in ("bob", "long", "curly"):
            return
        for side in (-1, 1):
            ear = self.oval(side * 102 * self.it.face, 6, 18, 30)
            self.canvas.paint(ear, darker(self.it.skin, 0.1))
            self.canvas.volume(ear, 5 * self.size)

    def _face(self) -> None:
        it, canvas, s = self.it, self.canvas, self.size
        w, j = it.face, it.jaw
        face = blob(self.many((0, -134), (-66 * w, -116), (-100 * w, -60), (-102 * w, 10),
                              (-86 * w * j, 74), (-46 * w * j, 120), (0, 134), (46 * w * j, 120),
                              (86 * w * j, 74), (102 * w, 10), (100 * w, -60), (66 * w, -116)))  # fmt: skip
        canvas.paint(face, linear(self.at(-100, -80), self.at(110, 90), lighter(it.skin, 0.3),
                                  it.skin, darker(it.skin, 0.14)))  # fmt: skip
        canvas.volume(face, 22 * s, dark="#6a2c3a", shade=0.35, light=0.14)
        for side in (-1, 1):
            canvas.multiply(self.oval(side * 60, 44, 28, 20).blurred(11 * s), "#e0705f", 0.42)
        if it.freckles:
            rng = np.random.default_rng(8)
            for _ in range(26):
                x, y = rng.normal(0, 44), 32 + rng.normal(0, 9)
                if abs(x) > 14:
                    canvas.paint(self.oval(x, y, 2.1, 1.9), "#9c5a3c", 0.55)
        if it.mark:
            canvas.paint(self.oval(46, 78, 3.4, 3.2), "#4a2722", 0.9)

    def _eye(self, x: float, y: float) -> None:
        it, canvas, s = self.it, self.canvas, self.size
        opening = blob(self.many((x - 24, y + 3), (x - 10, y - 11), (x + 9, y - 11), (x + 24, y + 2),
                                 (x + 8, y + 11), (x - 10, y + 11)))  # fmt: skip
        canvas.paint(opening, "#fbf5ec")
        canvas.multiply(self.oval(x, y - 13, 26, 10).blurred(3 * s) & opening, "#6a4a50", 0.5)
        iris = self.oval(x + 1, y, 11.5, 11.5) & opening
        canvas.paint(iris, radial(self.at(x + 1, y + 3), 13 * s, lighter(it.eyes, 0.35), it.eyes,
                                  darker(it.eyes, 0.6)))  # fmt: skip
        canvas.paint(self.oval(x + 1, y, 5.4, 5.4) & opening, "#1c1418")
        canvas.paint(self.oval(x - 3, y - 4.5, 3.2, 3.2), "#ffffff", 0.95)
        lid = [(x - 26, y + 4), (x - 11, y - 12), (x + 9, y - 12), (x + 26, y + 1)]
        canvas.paint(self.line(lid, 5, 4), "#2c1a1c")
        canvas.paint(self.line([(x - 22, y - 12), (x, y - 19), (x + 22, y - 12)], 2),
                     darker(it.skin, 0.35), 0.6)  # fmt: skip

    def _eyes(self) -> None:
        it = self.it
        self._eye(-43, -6)
        self._eye(43, -6 - it.eye_lift)
        if it.extra_eye:
            self._eye(0, -64)
        for side in (-1, 1):
            arch = [(side * 22, -34 + it.brows), (side * 46, -44), (side * 70, -32 + it.brows / 3)]
            self.canvas.paint(self.line(arch, 8, 4), darker(it.hair, 0.1), 0.9)

    def _nose_and_mouth(self) -> None:
        it, canvas, s = self.it, self.canvas, self.size
        n = it.nose
        canvas.multiply(blob(self.many((4, -10), (14 * n, 26), (20 * n, 42), (0, 48), (2, 20)))
                        .blurred(4 * s), "#a0503f", 0.4)  # fmt: skip
        canvas.screen(self.oval(-2, 28, 5 * n, 14).blurred(4 * s), "#ffe9cf", 0.45)
        canvas.paint(self.line([(-15 * n, 42), (-8 * n, 49), (0, 47), (9 * n, 49), (15 * n, 42)], 3, 2),
                     darker(it.skin, 0.45), 0.8)  # fmt: skip
        if it.mouth == "open":
            self._laugh()
            return
        lift = {"smile": 12, "calm": 3, "sad": -10}[it.mouth]
        wide = 40 if it.mouth == "smile" else 33
        corners = [(-wide, 82 - lift), (-12, 84), (0, 86), (12, 84), (wide, 82 - lift)]
        lips = blob(self.many((-wide, 82 - lift), (-14, 76), (0, 79), (14, 76), (wide, 82 - lift),
                              (18, 96), (0, 100), (-18, 96)))  # fmt: skip
        canvas.paint(lips, linear(self.at(0, 74), self.at(0, 100), "#b8574f", "#cf7466"), 0.9)
        canvas.paint(self.line(corners, 3, 2.4), "#6a2a2c")
        canvas.screen(self.oval(-4, 93, 14, 3).blurred(2), "#ffd9cc", 0.5)

    def _laugh(self) -> None:
        canvas = self.canvas
        mouth = blob(self.many((-44, 68), (0, 76), (44, 68), (34, 98), (0, 112), (-34, 98)))
        canvas.paint(mouth, "#5a1f26")
        teeth = blob(self.many((-38, 70), (0, 77), (38, 70), (30, 82), (0, 87), (-30, 82)))
        canvas.paint(teeth & mouth, "#fbf4e8")
        canvas.paint(self.oval(0, 106, 20, 10) & mouth, "#d0706a")
        canvas.paint(self.line([(-45, 67), (0, 76), (45, 67)], 4, 4), "#a84c48")
        canvas.paint(self.line([(-35, 98), (0, 113), (35, 98)], 5, 5), "#c4655c")

    def _glasses(self) -> None:
        canvas, s, colour = self.canvas, self.size, str(self.it.glasses)
        frames: Shape | None = None
        for x in (-44, 44):
            if self.it.lens == "round":
                rim = self.oval(x, -4, 37, 35) - self.oval(x, -4, 32, 30)
                pane = self.oval(x, -4, 32, 30)
            else:
                px, py = self.at(x - 37, -30)
                rim = rounded(px, py, 74 * s, 52 * s, 10 * s)
                pane = rounded(px + 5 * s, py + 5 * s, 64 * s, 42 * s, 6 * s)
                rim = rim - pane
            canvas.screen(pane, "#cfe4ee", 0.1)
            gleam = polygon(self.many((x - 22, -40), (x - 4, -40), (x - 20, 34), (x - 38, 34)))
            canvas.screen(gleam & pane, "#ffffff", 0.16)
            frames = rim if frames is None else frames | rim
        bridge = self.line([(-9, -8), (0, -14), (9, -8)], 5)
        arms = self.line([(79, -10), (104, -16)], 5) | self.line([(-79, -10), (-104, -16)], 5)
        whole = (frames or bridge) | bridge | arms
        canvas.shadow(whole, 2 * s, 6 * s, 3 * s, 0.3, "#5a2430")
        canvas.paint(whole, linear(self.at(-90, -40), self.at(90, 30), lighter(colour, 0.3), colour))
        canvas.volume(whole, 2 * s, light=0.35)

    def _earrings(self) -> None:
        for side in (-1, 1):
            drop = self.oval(side * 107 * self.it.face, 78, 9, 13)
            self.canvas.paint(self.line([(side * 107 * self.it.face, 50),
                                         (side * 107 * self.it.face, 68)], 2), "#b98a35")  # fmt: skip
            self.canvas.paint(drop, radial(self.at(side * 107 - 4, 72), 20 * self.size,
                                           lighter(str(self.it.earrings), 0.5),
                                           str(self.it.earrings)))  # fmt: skip
