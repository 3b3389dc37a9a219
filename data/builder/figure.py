"""A drawn person from the chest up: hair, coat, scarf and hat round a face."""

from __future__ import annotations

import numpy as np

from builder.colour import darker, lighter, linear, radial
from builder.face import Face
from builder.paint import blob, polygon


class Bust(Face):
    """Draws a person from the chest up with the middle of the face at a point."""

    def draw(self) -> None:
        """Paint everything, back to front."""
        self._hair_behind()
        self._body()
        if self.it.scarf:
            self._scarf(self.it.scarf)
        self.head()

    def head(self) -> None:
        """Paint the face with all that lies on it."""
        self._ears()
        self._face()
        self._eyes()
        self._nose_and_mouth()
        self._hair_front()
        if self.it.glasses:
            self._glasses()
        if self.it.earrings:
            self._earrings()
        if self.it.hat:
            self._hat()

    def _hair_behind(self) -> None:
        it, many = self.it, self.many
        if it.style == "bob":
            outline = [(-124, -50), (-108, -126), (-40, -172), (40, -174), (108, -128), (126, -50),
                       (134, 60), (128, 128), (96, 152), (40, 140), (-40, 140), (-96, 152),
                       (-128, 128), (-134, 62)]  # fmt: skip
        elif it.style == "long":
            outline = [(-122, -50), (-104, -126), (-40, -168), (40, -170), (104, -128), (122, -50),
                       (140, 90), (150, 240), (110, 300), (60, 180), (-60, 180), (-110, 300),
                       (-152, 238), (-140, 90)]  # fmt: skip
        elif it.style == "curly":
            outline = [(-150, -20), (-158, -100), (-110, -176), (-30, -206), (50, -204),
                       (120, -170), (160, -96), (152, -14), (150, 70), (108, 120), (60, 80),
                       (-60, 80), (-108, 120), (-150, 70)]  # fmt: skip
        else:
            outline = [(-112, -30), (-108, -116), (-44, -164), (44, -166), (108, -120), (114, -30),
                       (108, 30), (60, 40), (-60, 40), (-108, 30)]  # fmt: skip
        shape = blob(many(*outline))
        self.canvas.paint(shape, linear(self.at(-120, -160), self.at(120, 140),
                                        lighter(it.hair, 0.12), it.hair, darker(it.hair, 0.45)))  # fmt: skip
        self.canvas.volume(shape, 16 * self.size, shade=0.4, light=0.12)
        if it.style == "bun":
            knot = self.oval(0, -176, 52, 44)
            self.canvas.paint(knot, radial(self.at(-16, -194), 80 * self.size,
                                           lighter(it.hair, 0.25), it.hair))  # fmt: skip
            self.canvas.volume(knot, 9 * self.size)

    def _body(self) -> None:
        it, canvas = self.it, self.canvas
        if it.scarf:
            nape = self.oval(0, 136, 92, 40)
            canvas.paint(nape, darker(it.scarf, 0.5))
        neck = polygon(self.many((-46, 80), (46, 80), (52, 190), (-52, 190)))
        canvas.paint(neck, linear(self.at(-46, 0), self.at(46, 0), it.skin, darker(it.skin, 0.28)))
        canvas.multiply(self.oval(6, 108, 74, 42).blurred(9 * self.size) & neck, "#6a3040", 0.6)
        coat = blob(self.many((-70, 168), (-160, 196), (-228, 262), (-262, 420), (-280, 560),
                              (280, 560), (262, 420), (228, 262), (160, 196), (70, 168)))  # fmt: skip
        canvas.paint(coat, linear(self.at(-240, 180), self.at(240, 420), lighter(it.coat, 0.22),
                                  it.coat, darker(it.coat, 0.4)))  # fmt: skip
        canvas.volume(coat, 26 * self.size, shade=0.4, light=0.14)
        if not it.scarf:
            shirt = blob(self.many((-52, 150), (52, 150), (40, 240), (6, 336), (-6, 336), (-40, 240)))
            canvas.paint(shirt, linear(self.at(-50, 0), self.at(50, 0), "#f6eedf", "#cfc3b4"))
            skin = blob(self.many((-46, 140), (46, 140), (30, 196), (0, 232), (-30, 196)))
            canvas.paint(skin, darker(it.skin, 0.12))
        for side in (-1, 1):
            lapel = polygon(self.many((side * 18, 206), (side * 96, 186), (side * 132, 300),
                                      (side * 60, 350), (side * 8, 330)))  # fmt: skip
            canvas.shadow(lapel, 4 * self.size, 6 * self.size, 6 * self.size, 0.35, on=coat)
            canvas.paint(lapel, linear(self.at(0, 190), self.at(0, 350), lighter(it.coat, 0.16),
                                       darker(it.coat, 0.12)))  # fmt: skip
        canvas.paint(self.line([(2, 330), (4, 560)], 3), darker(it.coat, 0.5), 0.7)
        for k in range(it.buttons):
            button = self.oval(26, 372 + k * 56, 11, 11)
            canvas.shadow(button, 2, 3, 2, 0.5)
            canvas.paint(button, radial(self.at(22, 367 + k * 56), 20 * self.size, "#f0dcb4",
                                        "#a07a44"))  # fmt: skip

    def _scarf(self, colour: str) -> None:
        canvas, s = self.canvas, self.size
        tail = blob(self.many((34, 196), (96, 200), (112, 300), (118, 388), (44, 394), (38, 300)))
        wrap = blob(self.many((-82, 122), (-50, 148), (0, 158), (50, 148), (82, 122), (112, 140),
                              (122, 182), (92, 226), (0, 244), (-92, 226), (-122, 182),
                              (-112, 140)))  # fmt: skip
        for part in (tail, wrap):
            canvas.shadow(part, 8 * s, 12 * s, 10 * s, 0.4)
            canvas.paint(part, linear(self.at(-120, 150), self.at(120, 300), lighter(colour, 0.2),
                                      colour, darker(colour, 0.35)))  # fmt: skip
        if self.it.scarf_stripe:
            for y in (292, 326, 360):
                band = polygon(self.many((20, y), (140, y - 4), (140, y + 10), (20, y + 14)))
                canvas.paint(band & tail, self.it.scarf_stripe, 0.9)
            for x in (-84, -40, 40, 84):
                lean = x * 0.22
                band = polygon(self.many((x - 7, 120), (x + 7, 120), (x + 7 - lean, 270),
                                         (x - 7 - lean, 270)))  # fmt: skip
                canvas.paint(band & wrap, self.it.scarf_stripe, 0.85)
        for x in range(48, 118, 9):
            canvas.paint(self.line([(x, 388), (x + 2, 412)], 4), darker(colour, 0.1))
        for part in (tail, wrap):
            canvas.volume(part, 14 * s, shade=0.4, light=0.2)
        for points in ([(-92, 166), (0, 190), (92, 164)], [(-70, 196), (0, 218), (70, 194)]):
            canvas.multiply(self.line(list(points), 4, 2).blurred(3) & wrap, "#4a1f2c", 0.45)

    def _hair_front(self) -> None:
        it, canvas, s = self.it, self.canvas, self.size
        if it.style == "short":
            top = [(-108, -20), (-112, -100), (-50, -168), (50, -170), (112, -104), (108, -24),
                   (92, -66), (40, -98), (-20, -88), (-70, -104), (-94, -62)]  # fmt: skip
        elif it.style == "curly":
            top = [(-116, 0), (-136, -80), (-92, -160), (0, -190), (92, -164), (138, -84),
                   (118, 0), (100, -60), (62, -94), (14, -84), (-34, -100), (-86, -72)]  # fmt: skip
        elif it.style == "bun":
            top = [(-106, 6), (-112, -80), (-60, -154), (20, -168), (92, -128), (112, -60),
                   (106, 6), (96, -50), (30, -112), (-40, -108), (-92, -52)]  # fmt: skip
        else:
            top = [(-112, 62), (-122, -60), (-70, -152), (20, -172), (96, -132), (124, -50),
                   (114, 64), (100, 0), (94, -52), (36, -104), (-6, -62), (-64, -48), (-98, -22)]  # fmt: skip
        fringe = blob(self.many(*top))
        canvas.shadow(fringe, 4 * s, 9 * s, 7 * s, 0.35, "#5a2430")
        canvas.paint(fringe, linear(self.at(-110, -150), self.at(110, 30), lighter(it.hair, 0.25),
                                    it.hair, darker(it.hair, 0.3)))  # fmt: skip
        rng = np.random.default_rng(3)
        for k in range(30):
            x = -112 + k * 7.6
            part = 34 + rng.normal(0, 5)
            end = (x * 1.05 + rng.normal(0, 5), -10 - 50 * (1 - abs(x) / 120) + rng.normal(0, 12))
            lock = self.line([(part, -168), (part * 0.5 + x * 0.6, -136), end], 3.4, 0.8)
            tone = lighter(it.hair, 0.4) if k % 2 else darker(it.hair, 0.5)
            canvas.paint(lock.blurred(0.8) & fringe, tone, 0.26)
        shine = self.line([(-92, -78), (-40, -112), (30, -122), (94, -92)], 20, 8)
        canvas.screen(shine.blurred(9 * s) & fringe, lighter(it.hair, 0.5), 0.24)
        canvas.volume(fringe, 9 * s, shade=0.3, light=0.2)
        if it.style == "curly":
            self._curls()

    def _curls(self) -> None:
        rng = np.random.default_rng(4)
        for _ in range(110):
            angle = np.pi * (0.9 + 1.2 * rng.random())
            reach = 0.78 + 0.3 * np.sqrt(rng.random())
            x, y = 142 * np.cos(angle) * reach, -44 + 150 * np.sin(angle) * reach
            if abs(x) < 92 and y > -78:
                continue
            curl = self.oval(x, y, rng.uniform(17, 25), rng.uniform(17, 25))
            tone = lighter(self.it.hair, 0.22 * rng.random())
            self.canvas.paint(curl, tone)
            self.canvas.volume(curl, 6 * self.size, light=0.2)

    def _hat(self) -> None:
        colour = str(self.it.hat)
        dome = blob(self.many((-126, -74), (-118, -150), (-60, -206), (0, -216), (60, -206),
                              (120, -150), (128, -74)))  # fmt: skip
        brim = blob(self.many((-132, -82), (0, -104), (132, -82), (134, -46), (0, -66), (-134, -46)))
        bobble = self.oval(0, -222, 30, 28)
        for part in (bobble, dome, brim):
            self.canvas.shadow(part, 4, 7, 6, 0.3, "#5a2430")
            self.canvas.paint(part, linear(self.at(-120, -200), self.at(120, -60),
                                           lighter(colour, 0.25), colour, darker(colour, 0.3)))  # fmt: skip
            self.canvas.volume(part, 9 * self.size)
