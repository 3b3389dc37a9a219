"""A small painter: soft-edged shapes, gradients, volume and shadows on a float canvas.

Shapes are drawn by Pillow four times larger and reduced, so every edge is smooth;
colours, gradients and shadows are computed at the size of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from builder.colour import Fill, Floats, Point, rgb

WIDTH: Final = 1080
HEIGHT: Final = 720
FINE: Final = 4
MARGIN: Final = 160


@dataclass(frozen=True)
class Shape:
    """A soft mask with its place: ``alpha[0, 0]`` lies at canvas pixel (x, y)."""

    x: int
    y: int
    alpha: Floats

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        height, width = self.alpha.shape
        return self.x, self.y, self.x + width, self.y + height

    def window(self, box: tuple[int, int, int, int]) -> Floats:
        """Read the mask inside another box; zero where the shape does not reach."""
        left, top, right, bottom = box
        out = np.zeros((bottom - top, right - left), np.float32)
        x0, y0 = max(left, self.x), max(top, self.y)
        x1, y1 = min(right, self.box[2]), min(bottom, self.box[3])
        if x1 > x0 and y1 > y0:
            part = self.alpha[y0 - self.y : y1 - self.y, x0 - self.x : x1 - self.x]
            out[y0 - top : y1 - top, x0 - left : x1 - left] = part
        return out

    def __and__(self, other: Shape) -> Shape:
        return Shape(self.x, self.y, self.alpha * other.window(self.box))

    def __sub__(self, other: Shape) -> Shape:
        return Shape(self.x, self.y, self.alpha * (1 - other.window(self.box)))

    def __or__(self, other: Shape) -> Shape:
        a, b = self.box, other.box
        box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        return Shape(box[0], box[1], np.maximum(self.window(box), other.window(box)))

    def moved(self, dx: float, dy: float) -> Shape:
        """Return the same mask at another place, to the nearest pixel."""
        return Shape(self.x + round(dx), self.y + round(dy), self.alpha)

    def grown(self, pixels: int) -> Shape:
        """Add an empty border, so that blurring has room."""
        return Shape(self.x - pixels, self.y - pixels, np.pad(self.alpha, pixels))

    def blurred(self, radius: float) -> Shape:
        """Soften by a Gaussian of this radius."""
        if radius <= 0:
            return self
        roomy = self.grown(int(radius * 3) + 1)
        return Shape(roomy.x, roomy.y, blur(roomy.alpha, radius))


def blur(alpha: Floats, radius: float) -> Floats:
    """Blur a mask of shares with Pillow's Gaussian."""
    image = Image.fromarray((np.clip(alpha, 0, 1) * 255 + 0.5).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _plot(bounds: tuple[float, float, float, float], draw: Callable[..., None]) -> Shape:
    left = int(np.floor(max(bounds[0], -MARGIN))) - 1
    top = int(np.floor(max(bounds[1], -MARGIN))) - 1
    right = int(np.ceil(min(bounds[2], WIDTH + MARGIN))) + 2
    bottom = int(np.ceil(min(bounds[3], HEIGHT + MARGIN))) + 2
    size = (max(right - left, 1) * FINE, max(bottom - top, 1) * FINE)
    sheet = Image.new("L", size)
    draw(ImageDraw.Draw(sheet), lambda x, y: ((x - left) * FINE, (y - top) * FINE))
    alpha = np.asarray(sheet.reduce(FINE), np.float32) / 255
    return Shape(left, top, alpha)


def polygon(points: Sequence[Point]) -> Shape:
    """Straight-edged closed shape."""
    xs, ys = zip(*points, strict=True)

    def draw(pen: ImageDraw.ImageDraw, at: Callable[[float, float], Point]) -> None:
        pen.polygon([at(x, y) for x, y in points], fill=255)

    return _plot((min(xs), min(ys), max(xs), max(ys)), draw)


def ellipse(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> Shape:
    """Ellipse about a centre; ``turn`` in degrees, clockwise on the picture."""
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    x, y = rx * np.cos(t), ry * np.sin(t)
    return polygon(list(zip(cx + x * c - y * s, cy + x * s + y * c, strict=True)))


def rounded(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Shape:
    """Rectangle with round corners."""

    def draw(pen: ImageDraw.ImageDraw, at: Callable[[float, float], Point]) -> None:
        right, bottom = at(x + width, y + height)
        pen.rounded_rectangle((*at(x, y), right - 1, bottom - 1), radius=radius * FINE, fill=255)

    return _plot((x, y, x + width, y + height), draw)


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 12) -> list[Point]:
    """Run a Catmull-Rom curve through the points."""
    p = np.array(points, np.float64)
    if closed:
        p = np.concatenate([p[-1:], p, p[:2]])
    else:
        p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        parts.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    if not closed:
        parts.append(p[-2:-1])
    return [(float(x), float(y)) for x, y in np.concatenate(parts)]


def blob(points: Sequence[Point]) -> Shape:
    """Fill a smooth closed outline through the points."""
    return polygon(smooth(points))


def stroke(points: Sequence[Point], width: float, end: float | None = None, curved: bool = True) -> Shape:
    """Line with round ends through the points; ``end`` is the width it tapers to."""
    path = smooth(points, closed=False, steps=16) if curved else list(points)
    widths = np.linspace(width, width if end is None else end, len(path))
    pad = max(width, end or 0)
    xs, ys = zip(*path, strict=True)

    def draw(pen: ImageDraw.ImageDraw, at: Callable[[float, float], Point]) -> None:
        dots = [at(x, y) for x, y in path]
        for k in range(len(dots) - 1):
            pen.line([dots[k], dots[k + 1]], fill=255, width=max(1, round(widths[k] * FINE)))
        for (x, y), thick in zip(dots, widths, strict=True):
            r = thick * FINE / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=255)

    return _plot((min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad), draw)


def ring(cx: float, cy: float, rx: float, ry: float, thickness: float) -> Shape:
    """Elliptical ring whose outer radii are given."""
    return ellipse(cx, cy, rx, ry) - ellipse(cx, cy, rx - thickness, ry - thickness)


class Canvas:
    """The picture being painted: float shares of one, (height, width, 3)."""

    def __init__(self, fill: Fill = "#ffffff") -> None:
        self.pixels: Floats = np.zeros((HEIGHT, WIDTH, 3), np.float32)
        self.paint(self.everything(), fill)

    @classmethod
    def of(cls, pixels: Floats) -> Canvas:
        """Go on painting over a copy of finished pixels."""
        canvas = cls.__new__(cls)
        canvas.pixels = pixels.copy()
        return canvas

    @staticmethod
    def everything() -> Shape:
        """Return the mask of the whole picture."""
        return Shape(0, 0, np.ones((HEIGHT, WIDTH), np.float32))

    def _cut(self, shape: Shape) -> tuple[Floats, Floats, tuple[int, int, int, int]] | None:
        left, top, right, bottom = shape.box
        box = (max(left, 0), max(top, 0), min(right, WIDTH), min(bottom, HEIGHT))
        if box[2] <= box[0] or box[3] <= box[1]:
            return None
        alpha = shape.alpha[box[1] - top : box[3] - top, box[0] - left : box[2] - left]
        return self.pixels[box[1] : box[3], box[0] : box[2]], alpha, box

    def paint(self, shape: Shape, fill: Fill, opacity: float = 1.0) -> None:
        """Cover the shape with a colour or gradient."""
        cut = self._cut(shape)
        if cut is None:
            return
        view, alpha, box = cut
        if isinstance(fill, str):
            colour: Floats = rgb(fill)
        else:
            y, x = np.mgrid[box[1] : box[3], box[0] : box[2]].astype(np.float32)
            colour = fill(x, y)
        view += (colour - view) * (alpha * np.float32(opacity))[..., None]

    def multiply(self, shape: Shape, colour: str, strength: float = 1.0) -> None:
        """Darken as a shadow does: the surface keeps its own pattern."""
        cut = self._cut(shape)
        if cut is not None:
            view, alpha, _ = cut
            view *= 1 - (1 - rgb(colour)) * (alpha * np.float32(strength))[..., None]

    def screen(self, shape: Shape, colour: str, strength: float = 1.0) -> None:
        """Brighten as light does."""
        cut = self._cut(shape)
        if cut is not None:
            view, alpha, _ = cut
            light = rgb(colour) * (alpha * np.float32(strength))[..., None]
            view += light * (1 - view)

    def texture(self, shape: Shape, pattern: Floats, strength: float) -> None:
        """Vary the brightness by a full-size pattern about zero."""
        cut = self._cut(shape)
        if cut is not None:
            view, alpha, box = cut
            part = pattern[box[1] : box[3], box[0] : box[2]]
            view *= 1 + (part * alpha * np.float32(strength))[..., None]

    def volume(
        self,
        shape: Shape,
        depth: float,
        dark: str = "#2a1f3d",
        shade: float = 0.45,
        bright: str = "#fff4dc",
        light: float = 0.25,
        towards: Point = (-0.6, -0.8),
    ) -> None:
        """Round a flat shape: shade the side away from the light, brighten the near one."""
        roomy = shape.grown(int(depth * 3) + 2)
        dx, dy = towards[0] * depth, towards[1] * depth
        far = roomy.moved(dx, dy).blurred(depth * 0.8).window(roomy.box)
        near = roomy.moved(-dx * 0.6, -dy * 0.6).blurred(depth * 0.6).window(roomy.box)
        self.multiply(Shape(roomy.x, roomy.y, roomy.alpha * (1 - far)), dark, shade)
        self.screen(Shape(roomy.x, roomy.y, roomy.alpha * (1 - near)), bright, light)

    def shadow(
        self,
        shape: Shape,
        dx: float,
        dy: float,
        softness: float,
        strength: float = 0.4,
        colour: str = "#2b2040",
        on: Shape | None = None,
    ) -> None:
        """Cast the shape's soft shadow, optionally only on one surface."""
        cast = shape.moved(dx, dy).blurred(softness)
        self.multiply(cast & on if on else cast, colour, strength)

    def glow(self, centre: Point, radius: float, colour: str, strength: float = 0.6) -> None:
        """Add a round soft light."""
        left, top = int(centre[0] - radius), int(centre[1] - radius)
        y, x = np.mgrid[top : top + int(2 * radius), left : left + int(2 * radius)]
        t = np.clip(1 - np.hypot(x - centre[0], y - centre[1]) / radius, 0, 1)
        self.screen(Shape(left, top, (t * t * (3 - 2 * t)).astype(np.float32)), colour, strength)
