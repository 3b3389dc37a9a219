"""What is measured of an edit as neutral sentences: how it lies, its colours, its sharpness."""

from __future__ import annotations

from collections.abc import Iterator

from evalwidgets.analysis.evidence.difference import Gain
from evalwidgets.analysis.evidence.frame import SAME_SHAPE, Size
from evalwidgets.analysis.numbers import decimal, signed

LEAST_COLOUR = 0.5
"""Smaller shifts of L*, a* or b* are not told."""
LEAST_ZOOM = 0.0005
LEAST_GAIN = 0.02
LEAST_SOFTNESS, MOST_SOFTNESS = 0.7, 1.4
FAR_SHARPER = 10
"""Beyond it the original has next to no detail, and the ratio says no more."""
_DIRECTIONS = (
    ("L*", "lighter", "darker"),
    ("a*", "redder", "greener"),
    ("b*", "yellower", "bluer"),
)


def sizes_fact(original: Size, edited: Size) -> Iterator[str]:
    """Yield how the sizes differ, and what follows for the places."""
    if original == edited:
        return
    before, after = (f"{width} x {height}" for width, height in (original, edited))
    yield f"Sizes differ: {before} \N{RIGHTWARDS ARROW} {after} pixels."
    if abs(original[0] * edited[1] / (original[1] * edited[0]) - 1) >= SAME_SHAPE:
        yield "Re-framed: another shape; compared where it lies in the middle of the original's frame."


def move_fact(zoom: float, stretch: float, shift: tuple[float, float]) -> Iterator[str]:
    """Yield how the content was enlarged, stretched and moved."""
    parts = []
    if abs(zoom - 1) >= LEAST_ZOOM:
        parts.append(f"zoom {decimal(100 * (zoom - 1), 1)} %")
    if abs(stretch - 1) >= 2 * LEAST_ZOOM:
        parts.append(
            f"stretched by {decimal(100 * (max(stretch, 1 / stretch) - 1), 1)} % "
            f"{'across' if stretch > 1 else 'down'}"
        )
    dx, dy = (round(value) if abs(value) >= 1 else round(value, 1) for value in shift)
    if dx or dy:
        parts.append(f"shift ({_number(dx)}, {_number(dy)}) px")
    if parts:
        yield f"Re-framed: {', '.join(parts)}."


def colour_fact(shift: tuple[float, float, float], gain: Gain) -> Iterator[str]:
    """Yield how the colours of the whole picture shifted."""
    parts = [
        f"{more if value > 0 else less} by {signed(value, 1)} {axis}"
        for value, (axis, more, less) in zip(shift, _DIRECTIONS, strict=True)
        if abs(value) >= LEAST_COLOUR
    ]
    for value, more, less in (
        (gain.contrast, "more contrast", "less contrast"),
        (gain.saturation, "more saturated", "less saturated"),
    ):
        if abs(value - 1) >= LEAST_GAIN:
            parts.append(f"{more if value > 1 else less} ({decimal(value)}x)")
    if parts:
        yield f"Overall {', '.join(parts)}."


def softness_fact(softness: float) -> Iterator[str]:
    """Yield how the sharpness differs."""
    if softness < LEAST_SOFTNESS:
        yield f"Edited softer than the original ({decimal(softness)}x)."
    elif softness > MOST_SOFTNESS:
        times = f"{decimal(softness)}x" if softness < FAR_SHARPER else f"over {FAR_SHARPER}x"
        yield f"Edited sharper or grainier than the original ({times})."


def _number(value: float) -> str:
    return decimal(value, 0 if value == int(value) else 1)
