"""Measures the explorer on 20,000 tasks with 100,000 reviews: opening, filtering, scrolling, in a real page.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from big_store import CAMPAIGN, make_store, make_tasks
from evalwidgets import Explorer, open_store, read_rubric, read_tasks

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from lab import Lab, launch_chromium, make_notebook

RUBRIC = Path(__file__).resolve().parents[1] / "rubrics" / "image-edit.yaml"
QUERIES = (
    "spread > 0.3",
    "edit_type == 'remove' and preservation < 3",
    "has(flags, 'edge_case') or confidence < 1.5",
    "",
)
_SETUP = """
import evalwidgets as ew
rubric, tasks = ew.read_rubric({rubric!r}), ew.read_tasks("tasks.jsonl")
store = ew.open_store("reviews.db")
"""
_OPEN = f"explorer = ew.Explorer(tasks, rubric, store, campaign={CAMPAIGN!r}, researcher='rae')\nexplorer"
_CARDS = "() => document.querySelectorAll('.ew-print img').length > 0"
_PICTURES = """() => {
  const box = document.querySelector('.ew-contact').getBoundingClientRect();
  const cards = [...document.querySelectorAll('.ew-print')].filter(card => {
    const { top, bottom } = card.getBoundingClientRect();
    return bottom > box.top && top < box.bottom;
  });
  return cards.length > 0 && cards.every(card => card.querySelector('img').naturalWidth);
}"""
# Scrolls through the whole sheet for three seconds and tells how long each frame took.
_SCROLL = """() => new Promise(done => {
  const sheet = document.querySelector('.ew-contact');
  const begun = performance.now(), frames = [];
  let last = begun;
  const step = now => {
    frames.push(now - last);
    last = now;
    sheet.scrollTop = (sheet.scrollHeight - sheet.clientHeight) * Math.min(1, (now - begun) / 3000);
    if (now - begun < 3000) requestAnimationFrame(step); else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


def timed(work: Callable[..., object], *said: object, **more: object) -> float:
    """Return how many seconds something took."""
    begun = time.perf_counter()
    work(*said, **more)
    return time.perf_counter() - begun


def in_python(folder: Path, times: int) -> dict[str, list[float]]:
    """Return seconds of opening and of filtering, without a page."""
    found: dict[str, list[float]] = {"open": [], "open_cpu": [], "filter": [], "task": []}
    rubric, tasks = read_rubric(RUBRIC), read_tasks(folder / "tasks.jsonl")
    with open_store(folder / "reviews.db") as store:
        for _ in range(times):
            cpu, begun = time.process_time(), time.perf_counter()
            explorer = Explorer(tasks, rubric, store, campaign=CAMPAIGN, researcher="rae")
            found["open"].append(time.perf_counter() - begun)
            found["open_cpu"].append(time.process_time() - cpu)
            found["filter"] += [timed(explorer.query, query, sort="-spread") for query in QUERIES]
            found["task"] += [timed(explorer.show, task) for task in explorer.shown["task"][:4]]
            explorer.close()
    return found


def in_page(folder: Path, times: int) -> dict[str, list[float]]:
    """Return seconds and milliseconds as a person sees them, in a real JupyterLab."""
    found: dict[str, list[float]] = {"cards": [], "pictures": [], "filtered": [], "frames": []}
    make_notebook(folder / "open.ipynb", _SETUP.format(rubric=str(RUBRIC)), _OPEN)
    lab = Lab(folder)
    try:
        with sync_playwright() as playwright:
            page = launch_chromium(playwright).new_page(viewport={"width": 1600, "height": 1000})
            lab.open(page, "open.ipynb")
            lab.command(page, "notebook:move-cursor-up")
            lab.command(page, "notebook:run-cell-and-select-next")
            page.wait_for_timeout(6000)  # tasks are read: that is the import
            for _ in range(times):
                _measure_page(lab, page, found)
    finally:
        lab.close()
    return found


def _measure_page(lab: Lab, page: Page, found: dict[str, list[float]]) -> None:
    lab.command(page, "notebook:clear-all-cell-outputs")
    page.wait_for_function("() => !document.querySelector('.ew-contact')")
    begun = time.perf_counter()
    lab.command(page, "notebook:run-cell")
    page.wait_for_function(_CARDS, timeout=120_000)
    found["cards"].append(time.perf_counter() - begun)
    page.wait_for_function(_PICTURES, timeout=120_000)
    found["pictures"].append(time.perf_counter() - begun)
    for query in QUERIES:
        field = page.locator("input[data-id=query]")
        before = page.locator(".ew-shown").inner_text()
        field.fill(query)
        begun = time.perf_counter()
        field.press("Enter")
        page.wait_for_function("old => document.querySelector('.ew-shown').textContent !== old", arg=before)
        found["filtered"].append(time.perf_counter() - begun)
    found["frames"] += page.evaluate(_SCROLL)


def told(found: dict[str, list[float]]) -> str:
    """Return medians, and of frames the worst."""
    lines = []
    for name, values in found.items():
        if not values:
            continue
        unit = "ms" if name == "frames" else "s"
        worst = sorted(values)[math.ceil(0.99 * (len(values) - 1))]
        middle = statistics.median(values)
        lines.append(f"{name:>9}  median {middle:6.2f} {unit}  99 % {worst:6.2f} {unit}  n {len(values)}")
    return "\n".join(lines)


def main() -> None:
    """Build the store, measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the store is kept between runs")
    parser.add_argument("--json", type=Path, help="write every value there")
    options = parser.parse_args()
    with TemporaryDirectory() as thrown_away:
        folder = options.folder or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "reviews.db").exists():
            make_store(
                folder / "reviews.db", read_rubric(RUBRIC), make_tasks(folder, options.tasks), options.reviews
            ).close()
        load = os.getloadavg()[0]
        found = in_python(folder, options.times) | in_page(folder, options.times)
    where = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{date.today()}, {where}, load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    print(f"{options.tasks:,} tasks, {options.reviews:,} reviews")
    print(told(found))
    if options.json:
        options.json.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
