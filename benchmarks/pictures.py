"""Makes the benchmark's pictures: photographs of 1, 2 and 4 MB, each with a colour of its own."""

from __future__ import annotations

import io
import json
from multiprocessing.pool import ThreadPool
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from skimage import data

SIZES = {1: (2000, 1500), 2: (2832, 2124), 4: (4000, 3000), 8: (5664, 4248)}  # megabytes: pixels
_NOISE = 5.0  # standard deviation, of 255: what a sensor adds at a high ISO setting
_STEPS = (40, 100, 160, 220)  # of each channel: 64 colours that JPEG cannot confuse
_PATCH = 0.12  # of the width: also found when the picture is shown small


def colour_of(place: int) -> tuple[int, int, int]:
    """Return the colour in the middle of a picture; neighbours differ in every channel."""
    spread = place * 27 % 64  # 27 = 1 * 16 + 2 * 4 + 3: each step moves all three digits
    return _STEPS[spread // 16], _STEPS[spread // 4 % 4], _STEPS[spread % 4]


def make_pictures(folder: Path, megabytes: list[int], seed: int) -> list[Path]:
    """Write one JPEG for each wanted size, and `tasks.jsonl` that lists them in this order."""
    photos = [
        Image.fromarray(photo()[..., :3])
        for photo in (data.astronaut, data.chelsea, data.coffee, data.rocket)
    ]

    def make(place: int) -> Path:
        path = folder / f"picture-{place:02}.jpg"
        random = np.random.default_rng([seed, place])
        picture = _enlarged(photos[place % len(photos)], SIZES[megabytes[place]], random)
        _mark(picture, colour_of(place))
        path.write_bytes(_as_jpeg(picture, megabytes[place] * 1_000_000))
        return path

    with ThreadPool(2) as pool:
        paths = pool.map(make, range(len(megabytes)), chunksize=1)
    tasks = ({"id": path.stem, "kind": "image", "images": {"image": path.name}} for path in paths)
    (folder / "tasks.jsonl").write_text("".join(json.dumps(task) + "\n" for task in tasks), encoding="utf-8")
    return paths


def _enlarged(photo: Image.Image, size: tuple[int, int], random: np.random.Generator) -> Image.Image:
    """Return a 4:3 part of a photograph at full size, with the noise that makes files large."""
    width = int(photo.width * random.uniform(0.6, 0.9))
    height = min(width * 3 // 4, photo.height)
    left, top = random.integers(0, photo.width - width + 1), random.integers(0, photo.height - height + 1)
    large = photo.resize(size, Image.Resampling.BICUBIC, box=(left, top, left + width, top + height))
    noise = random.standard_normal((size[1], size[0], 1), dtype=np.float32) * _NOISE
    return Image.fromarray(np.clip(np.asarray(large) + noise, 0, 255).astype(np.uint8))


def _mark(picture: Image.Image, colour: tuple[int, int, int]) -> None:
    x, y, reach = picture.width // 2, picture.height // 2, int(picture.width * _PATCH / 2)
    ImageDraw.Draw(picture).rectangle((x - reach, y - reach, x + reach, y + reach), fill=colour)


def _as_jpeg(picture: Image.Image, wanted: int) -> bytes:
    """Return the JPEG whose quality brings it nearest to the wanted number of bytes."""
    low, high, found = 66, 98, {}
    while low < high:
        quality = (low + high) // 2
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        found[abs(buffer.tell() - wanted)] = buffer.getvalue()
        low, high = (quality + 1, high) if buffer.tell() < wanted else (low, quality)
    return found[min(found)]
