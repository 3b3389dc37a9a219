"""Whole figures out of doors: a standing person and a dog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from builder.colour import Point, darker, lighter, linear, radial
from builder.figure import Bust
from builder.paint import Canvas, blob, ellipse, rounded, stroke


class Standing(Bust):
    """Draws a person from head to boots; coordinates still count from the face."""

    def stand(self, pose: str = "down", arms: int = 2, legs: int = 2) -> None:
        """Paint the whole figure; ``arms`` and ``legs`` other than 2 are planted errors."""
        self._hair_behind()
        self._legs(legs)
        self._neck()
        hands = {
            "down": [(-168, 470), (168, 470)],
            "wave": [(-168, 470), (236, 6)],
            "up": [(-236, 6), (236, 6)],
        }[pose]
        if arms > 2:
            hands.append((-262, 236))
        far, near = hands[0], hands[1:]
        self._arm(far)
        self._coat()
        for hand in near:
            self._arm(hand)
        if self.it.scarf:
            self._scarf(self.it.scarf)
        self.head()

    def _legs(self, count: int) -> None:
        canvas = self.canvas
        for x in (-62, 62, 0)[:count]:
            leg = self.line([(x, 580), (x, 830)], 76, 64)
            canvas.paint(leg, linear(self.at(x - 40, 0), self.at(x + 40, 0), "#5a5a72", "#35344a"))
            boot = blob(self.many((x - 44, 800), (x + 42, 800), (x + 48, 868), (x + 76, 886),
                                  (x + 74, 914), (x - 46, 914)))  # fmt: skip
            canvas.paint(boot, linear(self.at(0, 800), self.at(0, 914), "#8d5a38", "#4f2f1d"))
            canvas.volume(boot, 7 * self.size)

    def _neck(self) -> None:
        it = self.it
        if it.scarf:
            self.canvas.paint(self.oval(0, 136, 92, 40), darker(it.scarf, 0.5))
        px, py = self.at(-44, 90)
        neck = rounded(px, py, 88 * self.size, 100 * self.size, 8)
        self.canvas.paint(neck, darker(it.skin, 0.2))

    def _coat(self) -> None:
        it, canvas = self.it, self.canvas
        coat = blob(self.many((-60, 152), (-128, 178), (-152, 250), (-150, 400), (-184, 640),
                              (-90, 666), (0, 670), (90, 666), (184, 640), (150, 400), (152, 250),
                              (128, 178), (60, 152)))  # fmt: skip
        canvas.paint(coat, linear(self.at(-170, 150), self.at(170, 600), lighter(it.coat, 0.22),
                                  it.coat, darker(it.coat, 0.35)))  # fmt: skip
        canvas.volume(coat, 22 * self.size, shade=0.4, light=0.16)
        canvas.paint(self.line([(4, 250), (2, 450), (4, 668)], 5, 5), darker(it.coat, 0.5), 0.7)
        for k in range(it.buttons):
            canvas.paint(self.oval(30, 300 + k * 84, 14, 14), "#e7cf9f")
        for x in (-92, 92):
            canvas.paint(self.line([(x - 36, 470), (x + 36, 466)], 9, 9), darker(it.coat, 0.4), 0.8)

    def _arm(self, hand: Point) -> None:
        it, canvas = self.it, self.canvas
        side = 1 if hand[0] > 0 else -1
        shoulder = (side * 116, 226)
        raised = hand[1] < 300
        elbow = (side * 214, 190) if raised else (side * 176, 350)
        mitten = self.oval(hand[0], hand[1] + (-24 if raised else 30), 33, 38)
        canvas.paint(mitten, radial(self.at(hand[0] - 10, hand[1] - 20), 80 * self.size,
                                    lighter("#c9873f", 0.3), "#a8642c"))  # fmt: skip
        canvas.volume(mitten, 6 * self.size)
        sleeve = self.line([shoulder, elbow, hand], 78, 58)
        canvas.shadow(sleeve, 3, 4, 5, 0.25)
        canvas.paint(sleeve, linear(self.at(side * 90, 150), self.at(side * 220, 420),
                                    lighter(it.coat, 0.2), darker(it.coat, 0.22)))  # fmt: skip
        canvas.volume(sleeve, 12 * self.size, shade=0.35)
        canvas.paint(self.oval(hand[0], hand[1] + (6 if raised else 4), 32, 12), lighter(it.coat, 0.3))


@dataclass(frozen=True)
class Dog:
    """A small dog whose feet stand at (x, y), looking left or right."""

    x: float = 640
    y: float = 640
    coat: str = "#c98a4b"
    collar: str | None = "#3f6fa8"
    looks: int = -1
    shadow: bool = True
    legs: int = 4
    lift: float = 0.0


def dog(canvas: Canvas, it: Dog) -> None:
    """Draw the dog with its shadow on the ground."""
    d = it.looks
    x, y = it.x, it.y - it.lift
    if it.shadow:
        cast = ellipse(x + 34, it.y + 2, 86, 13).blurred(7)
        canvas.multiply(cast, "#20304a", 0.55)

    def at(u: float, v: float) -> Point:
        return x + d * u, y + v

    tail = stroke([at(-52, -66), at(-78, -92), at(-76, -118)], 15, 7)
    canvas.paint(tail, darker(it.coat, 0.1))
    for k, u in enumerate((-36, 34, -46, 44)[: it.legs]):
        tone = darker(it.coat, 0.35) if k < 2 else it.coat
        leg = stroke([at(u, -50), at(u + 2, -24), at(u, -6)], 20, 14)
        canvas.paint(leg, linear((0, y - 60), (0, y), tone, darker(tone, 0.2)))
        canvas.paint(ellipse(*at(u + 4, -5), 12, 7), lighter(it.coat, 0.5))
    body = blob([at(-62, -72), at(-44, -94), at(10, -90), at(52, -98), at(66, -70), at(48, -40),
                 at(0, -38), at(-50, -40)])  # fmt: skip
    canvas.paint(body, linear((0, y - 96), (0, y - 36), lighter(it.coat, 0.25), darker(it.coat, 0.2)))
    canvas.volume(body, 9)
    canvas.paint(ellipse(*at(52, -58), 17, 20), lighter(it.coat, 0.55), 0.85)
    _dog_head(canvas, it, at)


def _dog_head(canvas: Canvas, it: Dog, at: Callable[[float, float], Point]) -> None:
    neck = stroke([at(48, -82), at(66, -112)], 36, 30)
    canvas.paint(neck, it.coat)
    if it.collar:
        canvas.paint(stroke([at(46, -94), at(60, -98), at(76, -92)], 9), it.collar)
        canvas.paint(ellipse(*at(66, -86), 5, 6), "#e7c25a")
    head = ellipse(*at(70, -124), 30, 27)
    canvas.paint(head, radial(at(62, -136), 60, lighter(it.coat, 0.3), it.coat, darker(it.coat, 0.2)))
    muzzle = blob([at(82, -130), at(106, -124), at(112, -112), at(102, -103), at(80, -104)])
    canvas.paint(muzzle, lighter(it.coat, 0.55))
    canvas.volume(head | muzzle, 6)
    canvas.paint(ellipse(*at(109, -119), 6, 5), "#2a1c1a")
    canvas.paint(stroke([at(104, -108), at(94, -105), at(88, -109)], 2), "#5a3426")
    canvas.paint(ellipse(*at(80, -130), 4, 4.6), "#2a1c1a")
    canvas.paint(ellipse(*at(79, -132), 1.4, 1.4), "#ffffff")
    ear = blob([at(58, -146), at(70, -142), at(66, -118), at(52, -104), at(44, -118)])
    canvas.paint(ear, darker(it.coat, 0.42))
    canvas.volume(ear, 4)
