"""Measures how long the evidence of one edit takes, and how well the map finds planted edits.

Photographs of scikit-image enlarged to the sizes given, each with a local edit and what a
model does to the whole picture. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from evalwidgets.analysis.evidence import compare, overlay

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "analysis"))
import edits

Change = Callable[[Image.Image], Image.Image]

CHANGES: dict[str, Change] = {
    "the edit alone": lambda image: image,
    "JPEG 90": partial(edits.as_jpeg, quality=90),
    "JPEG 75": partial(edits.as_jpeg, quality=75),
    "regenerated: grain and cast": edits.regenerated,
    "brightness +5 %": edits.brighter,
    "saturation +15 %": edits.saturated,
    "shift (1, 0)": partial(edits.shifted, dx=1, dy=0),
    "shift (3, 2)": partial(edits.shifted, dx=3, dy=2),
    "shift (8, -5)": partial(edits.shifted, dx=8, dy=-5),
    "zoom 1 %": partial(edits.zoomed, share=0.01),
    "zoom 3 %": partial(edits.zoomed, share=0.03),
}
WIDTHS = (640, 1920, 6000)


def seconds_of(call: Callable[[], object], times: int) -> float:
    """Return the median CPU seconds of a call: what else the machine does counts less."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return median(taken)


def times(width: int, repeats: int) -> tuple[float, float, float]:
    """Return the median and the longest time of `compare`, and the median of `overlay`, at a width."""
    compared, drawn = [], []
    for name in edits.PHOTOS:
        case = edits.planted(name)
        size = (width, round(width * case.original.height / case.original.width))
        original = case.original.resize(size)
        edited = edits.shifted(edits.as_jpeg(case.edited, 90), 3, 2).resize(size)
        compared.append(seconds_of(lambda o=original, e=edited: compare(o, e), repeats))
        evidence = compare(original, edited)
        drawn.append(seconds_of(lambda found=evidence: overlay(found), repeats))
    return median(compared), max(compared), median(drawn)


def overlaps(change: Change) -> list[float]:
    """Return the overlap of map and truth for each planted edit."""
    cases = [edits.planted(name) for name in edits.PHOTOS]
    return [edits.overlap(compare(case.original, change(case.edited)).changed, case.mask) for case in cases]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="of each picture")
    repeats = parser.parse_args().repeats
    load = os.getloadavg()[0]
    print(
        f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, numpy {np.__version__}, "
        f"Pillow {Image.__version__}; load {load:.1f}; {len(edits.PHOTOS)} photographs\n"
    )
    print("| picture | compare, CPU s, median | longest | overlay, median |\n|---|---:|---:|---:|")
    for width in WIDTHS:
        middle, longest, layer = times(width, repeats if width < WIDTHS[-1] else 1)
        print(f"| {width} wide | {middle:.2f} | {longest:.2f} | {layer:.2f} |")
    print("\n| besides the edit | IoU, median | least |\n|---|---:|---:|")
    for name, change in CHANGES.items():
        found = overlaps(change)
        print(f"| {name} | {median(found):.2f} | {min(found):.2f} |")


if __name__ == "__main__":
    main()
