"""Text that fits: lines broken by the width that letters really have, not by their number."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path


def fitted(text: object, inches: float, size: float, *, bold: bool = False, most: int = 99) -> str:
    """Return text in lines no wider than `inches`, at most so many; a cut one ends in an ellipsis.

    Parameters
    ----------
    text : object
        The text; dollar signs are still to be made plain.
    inches : float
        The room for a line.
    size : float
        Points.
    bold : bool
        Whether it will be drawn bold.
    most : int
        How many lines there may be.
    """
    lines: list[str] = []
    for word in _parts(str(text).split(), inches, size, bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= inches:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and width_of(f"{lines[-1]}\N{HORIZONTAL ELLIPSIS}", size, bold=bold) > inches:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += "\N{HORIZONTAL ELLIPSIS}"
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in inches."""
    font = FontProperties(size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72


def _parts(words: list[str], inches: float, size: float, bold: bool) -> list[str]:
    """Return the words, those that are too long for a line broken."""
    parts = []
    for word in words:
        left = word
        while len(left) > 1 and width_of(left, size, bold=bold) > inches:
            end = len(left) - 1
            while end > 1 and width_of(left[:end], size, bold=bold) > inches:
                end -= 1
            parts.append(left[:end])
            left = left[end:]
        parts.append(left)
    return parts
