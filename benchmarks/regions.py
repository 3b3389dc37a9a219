"""Measures how regions are drawn: mouse-up to the region in the kernel, and how smoothly a box follows.

Every way to draw stands in one notebook of one real JupyterLab in Chromium, over the same
picture of 12 megapixels at 100 %, once on a plain screen and once on a fine one (device pixel
ratio 2). See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from drawing import PROBE, Drawing, drawings
from pictures import make_pictures

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests" / "browser"))
from lab import Lab, launch_chromium, make_notebook  # noqa: E402 - it lives in the folder just named

MOST_MS = 150
"""Mouse-up to the region in the kernel, median: slower is noticed."""
SMOOTH = 50
"""Frames a second in which the box follows, where the mouse moves as often."""
_BOXES = 30
_DRAGS = 4
_SECONDS = 2.0  # of a drag that is watched


@dataclass(frozen=True)
class Figures:
    """What was measured of one way to draw, on one screen."""

    method: str
    density: int
    stored: list[float]
    """Milliseconds from mouse-up to the region in the kernel."""
    errors: list[float]
    """Pixels of the original between where the mouse was and the corner of the region."""
    moves: list[float]
    """Moves of the mouse a second that reached the page."""
    page_frames: list[float]
    """Frames a second that the page drew while dragging."""
    box_frames: list[float]
    """Frames a second in which the box had moved."""
    behind: list[float]
    """Milliseconds by which the box's edge trails the pointer, one for each frame."""


def measure(page: Page, drawing: Drawing, density: int, boxes: int) -> Figures:
    """Draw boxes and return the figures."""
    drawing.open(page)
    figures = Figures(drawing.name, density, [], [], [], [], [], [])
    for number in range(boxes):
        _store(page, drawing, number, figures)
    for _ in range(_DRAGS):
        _watch(page, drawing, figures)
    return figures


def _store(page: Page, drawing: Drawing, number: int, figures: Figures) -> None:
    """Draw one box and wait for it in the kernel."""
    drawing.clear(page)
    lines = len(drawing.lines())
    start = (60.0 + 37 * number % 200, 40.0 + 23 * number % 120)
    end = (start[0] + 90 + 11 * number % 150, start[1] + 70 + 7 * number % 100)
    drawing.drag(page, start, end, 0.4)
    stored = drawing.stored_at(page, lines)
    figures.stored.append(stored["at"] - float(page.evaluate("() => window.releasedAt")))
    meant = [*drawing.meant(page, start), *drawing.meant(page, end)]
    figures.errors.append(
        max(abs(one - other) for one, other in zip(stored["boxes"][-1], meant, strict=True))
    )
    page.wait_for_timeout(300)


def _watch(page: Page, drawing: Drawing, figures: Figures) -> None:
    """Drag for two seconds and note in each frame where the box's edge is."""
    start, end = (40.0, 60.0), (640.0, 420.0)
    drawing.clear(page)
    row = drawing.origin(page)[1] + start[1] + 40
    page.evaluate(f"() => watchEdge({drawing.edge.format(row=row)})")
    lines = len(drawing.lines())
    drawing.drag(page, start, end, _SECONDS, release=False)
    seen = page.evaluate("() => { seen.on = false; return seen; }")
    page.mouse.up()
    drawing.stored_at(page, lines)
    frames = [(at, edge) for at, edge in seen["frames"] if edge is not None]
    pointer = np.array(seen["pointer"])
    # The first part of the drag goes down as well, and the box must have reached the strip that is read.
    times, edges = (np.array(column) for column in zip(*frames, strict=True))
    kept = (times > pointer[0, 0] + 200 * _SECONDS) & (times < pointer[-1, 0])
    times, edges = times[kept], edges[kept]
    seconds = (times[-1] - times[0]) / 1000
    figures.moves.append(np.count_nonzero((pointer[:, 0] > times[0]) & (pointer[:, 0] < times[-1])) / seconds)
    figures.page_frames.append((len(times) - 1) / seconds)
    figures.box_frames.append(np.count_nonzero(np.diff(edges)) / seconds)
    reached = np.interp(edges, pointer[:, 1], pointer[:, 0])
    figures.behind.extend((times - reached).tolist())
    page.wait_for_timeout(500)


def table(figures: list[Figures]) -> str:
    """Return the figures as lines of text."""
    heads = f"{'stored, ms':>22}{'off by, px':>12}{'moves/s':>9}{'page, fps':>11}{'box, fps':>10}"
    lines = [f"{'':34}{heads}{'box behind, ms':>20}"]
    for one in figures:
        behind = f"{np.median(one.behind):.0f} (95 %: {np.quantile(one.behind, 0.95):.0f})"
        stored = f"{np.median(one.stored):.0f}, worst {max(one.stored):.0f} (n={len(one.stored)})"
        lines.append(
            f"{one.method + f', ratio {one.density}':34}{stored:>22}{max(one.errors):>12.2f}"
            f"{np.median(one.moves):>9.0f}{np.median(one.page_frames):>11.0f}{np.median(one.box_frames):>10.0f}{behind:>20}"
        )
    return "\n".join(lines)


def verdict(one: Figures) -> str:
    """Return whether drawing is fast and smooth enough, in a sentence."""
    wanted = min(SMOOTH, 0.9 * np.median(one.moves))
    fast, smooth = np.median(one.stored) <= MOST_MS, np.median(one.box_frames) >= wanted
    return (
        f"{one.method}, ratio {one.density}: {'fast enough' if fast else 'TOO SLOW'} (at most {MOST_MS} ms), "
        f"{'smooth' if smooth else 'NOT SMOOTH'} (at least {wanted:.0f} frames a second)."
    )


def _of_screen(browser: Browser, lab: Lab, picture: Path, density: int, boxes: int) -> list[Figures]:
    rivals = drawings(lab.folder, picture, density)
    notebook = f"regions-{density}.ipynb"
    make_notebook(lab.folder / notebook, *(one.cell for one in rivals))
    window = {"width": 1280, "height": 900}
    with closing(browser.new_context(viewport=window, device_scale_factor=density)) as context:
        page = context.new_page()
        page.add_init_script(PROBE)
        lab.open(page, notebook)
        lab.run_all(page)
        return [measure(page, one, density, boxes) for one in rivals]


def main() -> int:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boxes", type=int, default=_BOXES, help=f"boxes to store (default: {_BOXES})")
    parser.add_argument("--save", type=Path, help="write every single figure to this JSON file")
    given = parser.parse_args()
    figures: list[Figures] = []
    with TemporaryDirectory(prefix="evalwidgets-regions-") as folder, sync_playwright() as playwright:
        (picture,) = make_pictures(Path(folder), [4], seed=2)
        browser = launch_chromium(playwright)
        print(f"{date.today()}, Chromium {browser.version}, {platform.platform()}, {os.cpu_count()} cores")
        sources = os.pathsep.join([str(HERE), str(HERE.parent / "src")])
        with closing(Lab(Path(folder), PYTHONPATH=sources)) as lab:
            for density in (1, 2):
                figures += _of_screen(browser, lab, picture, density, given.boxes)
                print(f"ratio {density}: load {os.getloadavg()[0]:.1f}", flush=True)
        browser.close()
    if given.save:
        given.save.write_text(json.dumps([asdict(one) for one in figures], indent=1), encoding="utf-8")
    print(table(figures))
    print("\n".join(map(verdict, figures)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
