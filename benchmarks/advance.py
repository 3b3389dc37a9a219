"""Measures submit to next picture painted: our panel against `ipywidgets.Image` and ipyannotations.

All widgets stand in one notebook of one real JupyterLab in Chromium and take turns in
random order over the same 1, 2 and 4 MB JPEGs, first with the kernel on this machine, then
over a link of 60 ms and 20 Mbit/s. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import time
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from evalwidgets import open_store, read_rubric
from methods import Method, methods
from pictures import colour_of, make_pictures
from proxy import SlowLink
from report import OURS, Timing, table, verdict
from room import RUBRIC, Room, launch_chromium
from screen import PROBE, Screen

_TITLES = {
    "local": "Kernel on this machine: milliseconds from submit to next picture painted",
    "remote": "Kernel behind 60 ms and 20 Mbit/s: milliseconds from submit to next picture painted",
}
_PAUSE = (2.0, 2.8)  # seconds between submits in calm work
_QUICK_PAUSE = 0.8  # seconds in a burst: eight keys a second
_TAIL = 4  # tasks that nobody reaches, so that the panel always has a next one


class Plan(NamedTuple):
    """How many submits of each case; counts are by method, and divisible by the three sizes."""

    blocks: int
    block: int
    burst: int
    at_once: int

    @property
    def submits(self) -> int:
        """Number of submits of our panel."""
        return self.blocks * self.block + self.burst + self.at_once


FULL, QUICK = Plan(3, 3, 6, 3), Plan(1, 3, 3, 3)


class Turns:
    """One link's measurements: whose turn it is, and which picture each widget has reached."""

    def __init__(self, page: Page, link: SlowLink | None, sizes: list[int], seed: str) -> None:
        self.page, self.link, self.sizes = page, link, sizes
        self.screen = Screen(page)
        self.random = random.Random(seed)
        self.timings: list[Timing] = []
        self._reached: dict[str, int] = {}

    def shuffled(self, rivals: list[Method]) -> list[Method]:
        """Return the methods in a new random order."""
        return self.random.sample(rivals, len(rivals))

    def take(self, method: Method, case: str, count: int) -> None:
        """Let one widget be worked with for `count` tasks, and time each submit."""
        self._rest()
        reached = self._reached.get(method.name, 0)
        method.show(self.page, self.screen, colour_of(reached))
        for place in range(reached + 1, reached + count + 1):
            # The pause belongs to the picture: all methods have it alike.
            pause = _QUICK_PAUSE if case == "burst" else random.Random(place).uniform(*_PAUSE)
            taken = method.review(self.page, self.screen, colour_of(place), pause, hasty=case == "at once")
            link = "remote" if self.link else "local"
            self.timings.append(Timing(link, case, method.name, place, self.sizes[place], *taken))
        self._reached[method.name] = reached + count

    def _rest(self) -> None:
        """Let what one widget still loads come to its end before another is measured."""
        self.page.wait_for_timeout(500)
        while self.link and self.link.quiet < 1:
            self.page.wait_for_timeout(100)


def measure(
    room: Room, browser: Browser, plan: Plan, sizes: list[int], seed: int, *, remote: bool
) -> list[Timing]:
    """Return all timings of one link."""
    rivals = methods(read_rubric(RUBRIC))
    name = "remote" if remote else "local"
    with ExitStack() as stack:
        link = stack.enter_context(SlowLink(room.port)) if remote else None
        page = stack.enter_context(browser.new_page(viewport={"width": 1280, "height": 800}))
        page.add_init_script(PROBE)
        room.furnish(page, name, link)
        turns = Turns(page, link, sizes, f"{seed} {name}")
        for _ in range(plan.blocks):
            for method in turns.shuffled(rivals):
                turns.take(method, "paced", plan.block)
        for method in turns.shuffled(rivals):
            turns.take(method, "burst", plan.burst)
        for method in rivals:
            if method.name == OURS:  # the peers have nothing that could be confirmed
                turns.take(method, "at once", plan.at_once)
        _await_kept(page, room.folder / f"{name}.db", plan.submits)
    return turns.timings


def _await_kept(page: Page, file: Path, submits: int) -> None:
    """Wait until all that our panel submitted is on disk, and compare it with the keys pressed."""
    deadline = time.monotonic() + 30
    with open_store(file) as store:
        while len(store.reviews()) < submits and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        kept = [set(review.values.values()) for review in store.reviews()]
    if kept != [{"yes", 4}] * submits:
        msg = f"{submits} reviews were submitted by key; on disk are {len(kept)}, with the answers {kept}."
        raise RuntimeError(msg)


def main() -> int:
    """Run the benchmark and print its figures; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run: figures too few to judge by")
    parser.add_argument(
        "--blocks", type=int, help="turns of three calm submits of each widget (default: 3, quick: 1)"
    )
    parser.add_argument("--link", choices=("local", "remote", "both"), default="both")
    parser.add_argument("--seed", type=int, default=2, help="of the pictures and the turns (default: 2)")
    parser.add_argument("--save", type=Path, help="write every single timing to this JSON file")
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    if given.blocks:
        plan = plan._replace(blocks=given.blocks)
    links = ("local", "remote") if given.link == "both" else (given.link,)
    timings = _run(links, plan, given.seed)
    if given.save:
        given.save.write_text(json.dumps([asdict(one) for one in timings], indent=1), encoding="utf-8")
    reached = [_tell(timings, link) for link in links]
    return 0 if given.quick or all(reached) else 1


def _run(links: tuple[str, ...], plan: Plan, seed: int) -> list[Timing]:
    timings = []
    with TemporaryDirectory(prefix="evalwidgets-advance-") as folder, sync_playwright() as playwright:
        sizes = _sizes(plan.submits + _TAIL, seed)
        make_pictures(Path(folder), sizes, seed)
        browser = launch_chromium(playwright)
        print(f"{date.today()}, Chromium {browser.version}, {platform.platform()}, {os.cpu_count()} cores")
        with closing(Room(Path(folder))) as room:
            for link in links:
                timings += measure(room, browser, plan, sizes, seed, remote=link == "remote")
                print(f"{link}: load {os.getloadavg()[0]:.1f}", flush=True)
        browser.close()
    return timings


def _sizes(count: int, seed: int) -> list[int]:
    """Return the megabytes of each picture: after the first, every three hold each size once."""
    mixed = random.Random(seed)
    sizes = [1]
    while len(sizes) < count:
        sizes += mixed.sample((1, 2, 4), 3)
    return sizes


def _tell(timings: list[Timing], link: str) -> bool:
    told, reached = verdict(timings, link)
    print(f"\n{_TITLES[link]}\n{table(timings, link)}\n{told}")
    return reached


if __name__ == "__main__":
    raise SystemExit(main())
