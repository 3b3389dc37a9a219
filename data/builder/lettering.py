"""Words in the picture: signs, labels and posters, set in the typefaces of matplotlib."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from builder.colour import Floats
from builder.paint import FINE, Shape

FACES = {
    "serif": "DejaVuSerif-Bold.ttf",
    "sans": "DejaVuSans-Bold.ttf",
    "plain": "DejaVuSans.ttf",
    "italic": "DejaVuSerif-Italic.ttf",
    "book": "STIXGeneralBol.ttf",
}


@lru_cache(maxsize=32)
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Open one of the typefaces that matplotlib carries, so every machine has the same."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return ImageFont.truetype(str(folder / FACES[name]), size, layout_engine=ImageFont.Layout.BASIC)


def words(text: str, cx: float, cy: float, size: float, name: str = "serif", spacing: float = 0.0) -> Shape:
    """Set a line of text about a centre; ``spacing`` is extra room between letters."""
    font = face(name, round(size * FINE))
    widths = [font.getlength(letter) + spacing * FINE for letter in text]
    total = int(sum(widths)) + 8 * FINE
    height = int(size * 1.6) * FINE
    sheet = Image.new("L", (total + (-total) % FINE, height))
    pen = ImageDraw.Draw(sheet)
    x = 4.0 * FINE
    for letter, width in zip(text, widths, strict=True):
        pen.text((x, height / 2), letter, fill=255, font=font, anchor="lm")
        x += width
    alpha: Floats = np.asarray(sheet.reduce(FINE), np.float32) / 255
    return Shape(round(cx - alpha.shape[1] / 2), round(cy - alpha.shape[0] / 2), alpha)
