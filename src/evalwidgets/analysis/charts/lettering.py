"""Text that fits: lines broken by the width that letters really have, not by their number."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

_CUT = "\N{HORIZONTAL ELLIPSIS}"
_LONGEST_WORD = 0.26
"""The part of a line that a single word of a title may take; longer ones are shortened."""


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
    lines = _lines(_parts(str(text).split(), inches, size, bold), inches, size, bold)
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and width_of(f"{lines[-1]}{_CUT}", size, bold=bold) > inches:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += _CUT
    return "\n".join(lines)


def balanced(text: object, inches: float, size: float, *, bold: bool = False) -> str:
    """Return text in as few lines as fit, of nearly the same length: no last line of one word.

    A very long word, such as an address, is shortened in its middle.
    """
    words = [shortened(word, _LONGEST_WORD * inches, size, bold=bold) for word in str(text).split()]
    lines = _lines(words, inches, size, bold)
    low, high = 0.5 * inches, inches
    while len(lines) > 1 and high - low > 0.02 * inches:
        middle = (low + high) / 2
        narrower = _lines(words, middle, size, bold)
        if len(narrower) > len(lines):
            low = middle
        else:
            lines, high = narrower, middle
    return "\n".join(lines)


def label(text: object, inches: float, size: float, *, bold: bool = False, lines: int = 2) -> str:
    """Return a name that fits: one of several words in lines, a single long word cut in its middle.

    What tells names apart stands at their beginning (people) or their end (tasks), so
    both are kept.
    """
    words = str(text).split()
    if width_of(" ".join(words), size, bold=bold) <= inches:
        return " ".join(words)
    whole = [shortened(word, inches, size, bold=bold) for word in words]
    return fitted(" ".join(whole), inches, size, bold=bold, most=lines)


def shortened(word: str, inches: float, size: float, *, bold: bool = False) -> str:
    """Return a word that is no wider than so much, with an ellipsis in its middle where it was."""
    kept = len(word)
    short = word
    while kept > 2 and width_of(short, size, bold=bold) > inches:
        kept -= 1
        short = f"{word[: kept - kept // 2]}{_CUT}{word[len(word) - kept // 2 :]}"
    return short


@lru_cache(maxsize=16384)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in inches."""
    font = FontProperties(size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72


def _lines(words: list[str], inches: float, size: float, bold: bool) -> list[str]:
    """Return the words in lines, as many to a line as fit."""
    space = width_of(" ", size, bold=bold)
    lines: list[str] = []
    room = 0.0
    for word in words:
        width = width_of(word, size, bold=bold)
        if lines and space + width <= room:
            lines[-1] = f"{lines[-1]} {word}"
            room -= space + width
        else:
            lines.append(word)
            room = inches - width
    return lines


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
