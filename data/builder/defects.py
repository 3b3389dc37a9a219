"""Planted defects: each takes finished pixels and spoils them in one known way."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter

from builder.colour import Floats, rgb
from builder.paint import blur

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def as_image(pixels: Floats) -> Image.Image:
    """Turn shares of one into a Pillow picture."""
    return Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))


def as_pixels(image: Image.Image) -> Floats:
    """Turn a Pillow picture into shares of one."""
    return np.asarray(image.convert("RGB"), np.float32) / 255


def changed(before: Floats, after: Floats) -> Floats:
    """Return one where any 8-bit colour differs, else zero."""
    first, second = np.asarray(as_image(before)), np.asarray(as_image(after))
    return (first != second).any(-1).astype(np.float32)


def _box_sum(mask: Floats, reach: int) -> Floats:
    """Sum the mask over the square that reaches so many pixels to each side."""
    total = np.pad(mask, ((reach + 1, reach), (reach + 1, reach))).cumsum(0).cumsum(1)
    size = 2 * reach + 1
    return total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]


def solid(mask: Floats, reach: int = 3) -> Floats:
    """Close small holes of a mask and drop single pixels."""
    dropped = (_box_sum(mask, 2) > 12.5).astype(np.float32)
    return 1 - grown(1 - grown(dropped, reach), reach)


def grown(mask: Floats, reach: int) -> Floats:
    """Widen a mask by some pixels."""
    return (_box_sum(mask, reach) > 0.5).astype(np.float32)


def soft(mask: Floats, radius: float) -> Floats:
    """Blur a mask."""
    return blur(mask, radius)


def patched(pixels: Floats, place: tuple[int, int, int, int], dx: int = 0, dy: int = 0) -> Floats:
    """Cover a small box (left, top, right, bottom) with what lies beside it."""
    beside = np.roll(pixels, (dy, dx), axis=(0, 1))
    return blend(pixels, beside, soft(box(pixels, *place), 0.6))


def box(pixels: Floats, left: int, top: int, right: int, bottom: int) -> Floats:
    """Return the mask of a rectangle."""
    mask = np.zeros(pixels.shape[:2], np.float32)
    mask[top:bottom, left:right] = 1
    return mask


def blend(below: Floats, above: Floats, mask: Floats) -> Floats:
    """Show ``above`` where the mask is one."""
    return below + (above - below) * mask[..., None]


def remnant(before: Floats, after: Floats, mask: Floats, strength: float) -> Floats:
    """Let the removed thing shine through as a ghost."""
    return blend(after, before, soft(mask, 2) * np.float32(strength))


def halo(
    pixels: Floats, mask: Floats, width: int = 3, strength: float = 0.6, softness: float = 0.8
) -> Floats:
    """Leave a pale seam round the edited place."""
    solid_mask = solid(mask)
    rim = np.clip(grown(solid_mask, width) - solid_mask, 0, 1)
    return blend(pixels, np.ones_like(pixels) * rgb("#fffdf5"), soft(rim, softness) * strength)


def spill(pixels: Floats, mask: Floats, colour: str, reach: float, strength: float) -> Floats:
    """Let a colour bleed over the edge of the edited place."""
    around = np.clip(soft(grown(solid(mask), round(reach * 0.7)), reach * 0.45), 0, 1)
    light = (pixels @ LUMA)[..., None]
    tinted = np.clip(light * 0.55 + rgb(colour) * (0.25 + 0.55 * light), 0, 1)
    return blend(pixels, tinted, around * (1 - solid(mask)) * strength)


def rerendered(pixels: Floats, keep: Floats, seed: int, spread: float = 0.012) -> Floats:
    """Give everything but ``keep`` a new fine grain, as a generator does that redraws it all."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(pixels.shape[:2]).astype(np.float32) * spread
    smooth = as_pixels(as_image(pixels).filter(ImageFilter.GaussianBlur(0.45)))
    return np.clip(blend(smooth + noise[..., None], pixels, keep), 0, 1)


def shifted(pixels: Floats, dx: int, dy: int = 0) -> Floats:
    """Move the whole picture; the border repeats."""
    wide = np.pad(pixels, ((abs(dy),) * 2, (abs(dx),) * 2, (0, 0)), "edge")
    height, width = pixels.shape[:2]
    top, left = abs(dy) - dy, abs(dx) - dx
    return wide[top : top + height, left : left + width]


def zoomed(pixels: Floats, share: float, towards: tuple[float, float] = (0.5, 0.5)) -> Floats:
    """Magnify by a share, as a crop that is scaled back does."""
    height, width = pixels.shape[:2]
    w, h = width / (1 + share), height / (1 + share)
    x, y = (width - w) * towards[0], (height - h) * towards[1]
    frame = as_image(pixels).resize((width, height), Image.Resampling.BICUBIC, box=(x, y, x + w, y + h))
    return as_pixels(frame)


def saturated(pixels: Floats, share: float) -> Floats:
    """Raise (or with a negative share lower) the saturation everywhere."""
    light = (pixels @ LUMA)[..., None]
    return np.clip(light + (pixels - light) * (1 + share), 0, 1)


def tinted(pixels: Floats, colour: str, strength: float) -> Floats:
    """Lay a colour cast over everything."""
    return np.clip(pixels * (1 - strength) + pixels * rgb(colour) * 1.35 * strength, 0, 1)


def exposed(pixels: Floats, stops: float) -> Floats:
    """Make everything brighter or darker; highlights clip as in a camera."""
    return np.clip(pixels * 2.0**stops, 0, 1)


def blurred(pixels: Floats, radius: float) -> Floats:
    """Lose sharpness."""
    return as_pixels(as_image(pixels).filter(ImageFilter.GaussianBlur(radius)))


def noisy(pixels: Floats, spread: float, seed: int) -> Floats:
    """Add sensor-like colour noise."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(pixels.shape).astype(np.float32)
    return np.clip(pixels + noise * spread, 0, 1)


def blocky(pixels: Floats, quality: int, shrink: float = 1.0) -> Floats:
    """Compress so hard that blocks show."""
    image = as_image(pixels)
    small = image.resize((round(image.width * shrink), round(image.height * shrink)))
    store = io.BytesIO()
    small.save(store, "JPEG", quality=quality)
    again = Image.open(store).resize(image.size, Image.Resampling.BICUBIC)
    return as_pixels(again)


def plastic(pixels: Floats) -> Floats:
    """Iron out all fine texture and keep the edges."""
    image = as_image(pixels)
    for _ in range(3):
        image = image.filter(ImageFilter.MedianFilter(5))
    return as_pixels(image.filter(ImageFilter.SMOOTH))


def smeared(pixels: Floats, mask: Floats, length: int = 40) -> Floats:
    """Drag the surroundings over a place, as a careless healing brush does."""
    total = np.zeros_like(pixels)
    for step in range(-length, length + 1, 4):
        total += np.roll(pixels, step, axis=1)
    return blend(pixels, total / len(range(-length, length + 1, 4)), soft(mask, 3))


def swirled(pixels: Floats, centre: tuple[float, float], radius: float, turn: float) -> Floats:
    """Twist a round place about its centre by ``turn`` radians."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = x - centre[0], y - centre[1]
    near = np.clip(1 - np.hypot(dx, dy) / radius, 0, 1) ** 1.5
    angle = turn * near
    return sampled(
        pixels,
        centre[0] + dx * np.cos(angle) - dy * np.sin(angle),
        centre[1] + dx * np.sin(angle) + dy * np.cos(angle),
    )


def bulged(pixels: Floats, centre: tuple[float, float], radius: float, share: float) -> Floats:
    """Swell (or with a negative share pinch) a round place."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = x - centre[0], y - centre[1]
    near = np.clip(1 - np.hypot(dx, dy) / radius, 0, 1)
    scale = 1 - share * near
    return sampled(pixels, centre[0] + dx * scale, centre[1] + dy * scale)


def sampled(pixels: Floats, x: Floats, y: Floats) -> Floats:
    """Read the picture at fractional places, bilinearly."""
    height, width = pixels.shape[:2]
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    upper = pixels[top, left] * (1 - fx) + pixels[top, left + 1] * fx
    lower = pixels[top + 1, left] * (1 - fx) + pixels[top + 1, left + 1] * fx
    return (upper * (1 - fy) + lower * fy).astype(np.float32)


def scratched(pixels: Floats, seed: int, count: int = 26) -> Floats:
    """Age a print: scratches, dust, fading."""
    from PIL import ImageDraw

    height, width = pixels.shape[:2]
    rng = np.random.default_rng(seed)
    sheet = Image.new("L", (width * 2, height * 2))
    pen = ImageDraw.Draw(sheet)
    for _ in range(count):
        x, y = rng.uniform(0, width * 2), rng.uniform(0, height * 2)
        path = [(x, y)]
        for _ in range(5):
            x, y = x + rng.normal(0, 14), y + rng.normal(40, 36)
            path.append((x, y))
        pen.line(path, fill=int(rng.uniform(160, 255)), width=int(rng.integers(2, 6)))
    for _ in range(count * 6):
        x, y, r = rng.uniform(0, width * 2), rng.uniform(0, height * 2), rng.uniform(1, 3.5)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=int(rng.uniform(100, 230)))
    marks = np.asarray(sheet.reduce(2), np.float32) / 255
    light = (pixels @ LUMA)[..., None]
    faded = 0.16 + 0.7 * (light * 0.55 + pixels * 0.45) * rgb("#fff0d6")
    return np.clip(blend(faded, np.ones_like(pixels) * rgb("#fff8ea"), marks * 0.9), 0, 1)
