"""Measures how smoothly pictures of 24 megapixels move, and how fast the next one comes.

Our stage against `ipywidgets.Image` and ipyannotations, in one notebook of one real JupyterLab. See
README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from advance import Turns
from evalwidgets import read_rubric
from methods import methods
from motion import HEAD, Motion, moved
from pictures import make_pictures
from report import OURS, Timing, ratios
from room import RUBRIC, Room, launch_chromium
from screen import PROBE

_MEGABYTES = 8  # of a picture of 24 megapixels
_RATE = 50.0  # frames a second, in the median: the target
_STAGE = "ImageStage"
_CANVAS = ".our-stage .ew-stage-canvas"
_PEERS = {"ipywidgets.Image": ".peer-image img", "ipyannotations": ".peer-boxes canvas"}
_CELL = """\
import ipywidgets
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.scenes import Scenes

edits = ew.read_tasks("edits.jsonl")
stage = ImageStage()
scenes = Scenes(edits, stage)
stage.on_need(scenes.send_part)
stage.scene = scenes.of_task(edits[0])
box = ipywidgets.Box([stage], layout={"height": "620px", "overflow": "hidden"})
box.add_class("our-stage")
box
"""


class Plan(NamedTuple):
    """How often each widget goes on to the next task, and how many frames each movement lasts."""

    blocks: int
    block: int
    frames: int


FULL, QUICK = Plan(3, 3, 240), Plan(1, 2, 60)


def next_tasks(page: Page, plan: Plan, sizes: list[int]) -> list[Timing]:
    """Return how long each widget took to the next picture, in calm work."""
    rivals = methods(read_rubric(RUBRIC))
    turns = Turns(page, None, sizes, "stage")
    for _ in range(plan.blocks):
        for method in turns.shuffled(rivals):
            turns.take(method, "paced", plan.block)
    return turns.timings


def movements(page: Page, plan: Plan) -> list[Motion]:
    """Return how our stage moves in all modes and zooms, and what the peers can do by CSS."""
    page.locator(".our-stage").evaluate("element => element.scrollIntoView({block: 'center'})")
    page.wait_for_selector(".our-stage .ew-stage[data-painted]", timeout=60_000)
    page.locator(_CANVAS).focus()
    done = []
    for mode, key in (("flip", ""), ("side by side", "s"), ("wipe", "w")):
        if key:
            page.keyboard.press(key)
        for zoom, closer in (("just zoomed in", 2), ("100 %", 0), ("800 %", 9)):
            _zoom(page, closer, actual=zoom != "just zoomed in")
            done += [
                moved(page, _STAGE, _CANVAS, f"{mode}, {zoom}, {kind}", kind, plan.frames)
                for kind in ("pan", "zoom")
            ]
            print(*done[-2:], sep="\n", flush=True)
    for name, picture in _PEERS.items():
        page.locator(picture).first.evaluate("element => element.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(500)
        for kind in ("pan", "zoom"):
            done.append(moved(page, name, picture, f"scaled by CSS, {kind}", kind, plan.frames))
            print(done[-1], flush=True)
    return done


def _zoom(page: Page, closer: int, *, actual: bool) -> None:
    """Go back to the whole picture, from there closer by key, and wait for what is then fetched."""
    pressed = page.locator('.our-stage [data-tool="actual"]').get_attribute("aria-pressed")
    page.keyboard.press("z")
    if pressed == "false":
        page.keyboard.press("z")
    if actual:
        page.keyboard.press("z")
    for _ in range(closer):
        page.keyboard.press("+")
    page.wait_for_timeout(4000)


def measure(room: Room, browser: Browser, plan: Plan, sizes: list[int]) -> tuple[list[Timing], list[Motion]]:
    """Return all figures of one run."""
    with browser.new_page(viewport={"width": 1280, "height": 800}) as page:
        page.add_init_script(PROBE)
        room.furnish(page, "stage", None, _CELL)
        timings = next_tasks(page, plan, sizes)
        print(f"next tasks measured, load {os.getloadavg()[0]:.1f}", flush=True)
        return timings, movements(page, plan)


def main() -> int:
    """Run the benchmark and print its figures; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run: figures too few to judge by")
    parser.add_argument("--seed", type=int, default=4, help="of the pictures and the turns (default: 4)")
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    sizes = [_MEGABYTES] * (plan.blocks * plan.block + 4)
    with TemporaryDirectory(prefix="evalwidgets-stage-") as name, sync_playwright() as playwright:
        folder = Path(name)
        _write_edit(folder, make_pictures(folder, sizes, given.seed))
        browser = launch_chromium(playwright)
        print(f"{date.today()}, Chromium {browser.version}, {platform.platform()}, {os.cpu_count()} cores")
        with closing(Room(folder)) as room:
            timings, motions = measure(room, browser, plan, sizes)
        browser.close()
    print(f"load {os.getloadavg()[0]:.1f}\n\n{_told(timings, motions)}")
    slow = [one for one in motions if one.method == _STAGE and one.rate < _RATE]
    return 0 if given.quick or not slow else 1


def _write_edit(folder: Path, pictures: list[Path]) -> None:
    """Write the task of the stage: two of the pictures, as if one was an edit of the other."""
    images = {"original": pictures[0].name, "edited": pictures[1].name}
    task = {"id": "edit", "kind": "edit", "images": images, "instruction": "Change the picture"}
    (folder / "edits.jsonl").write_text(json.dumps(task) + "\n", encoding="utf-8")


def _told(timings: list[Timing], motions: list[Motion]) -> str:
    lines = ["Submit to next picture painted, 24 megapixels: milliseconds"]
    for method in (OURS, *_PEERS):
        times = [one.milliseconds for one in timings if one.method == method]
        lines.append(f"{method:20}{np.median(times):8.0f} (n={len(times)}), worst {max(times):.0f}")
    for peer, (ratio, low, high) in ratios(timings, "local", "paced").items():
        lines.append(f"{OURS} is {ratio:.1f} times faster than {peer} (95 %: {low:.1f} to {high:.1f})")
    lines += ["", "One movement in every frame: frames", HEAD, *map(str, motions)]
    worst = min((one for one in motions if one.method == _STAGE), key=lambda one: one.rate)
    reached = "reached" if worst.rate >= _RATE else "MISSED"
    lines.append(
        f"Slowest of ours: {worst.rate:.0f} frames a second ({worst.what}); target {_RATE:.0f}: {reached}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
