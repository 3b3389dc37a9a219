"""Builds the demo: paints, writes the manifests, simulates reviews; skips what is up to date."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path

from builder.candidates import write_candidates
from builder.catalogue import Entry, catalogue
from builder.easel import Pictures, paint_group
from builder.licences import licence_page
from builder.manifest import anchor_lines, gold_line, task_line, write_lines
from builder.meeting import write_meeting
from builder.model_outputs import write_outputs
from builder.photos import PHOTOS
from builder.recipe import Ladder
from builder.region_gold import write_region_gold
from builder.region_round import write_region_round
from builder.rubric_round import write_rubric_rounds
from builder.sensitive import write_sensitive
from builder.simulation import write_reviews
from builder.stored import REVIEWS, store_reviews

Say = Callable[[str], None]

HOME = Path(__file__).resolve().parent
RUBRICS = HOME.parents[1] / "rubrics"
_STAMP = "stamp.json"


@dataclass(frozen=True)
class DemoSummary:
    """What a build made, or found up to date."""

    folder: Path
    tasks: int
    anchors: int
    reviews: int
    images: int
    seconds: float
    built: bool

    def __str__(self) -> str:
        state = f"built in {self.seconds:.0f} s" if self.built else "is up to date"
        return (
            f"The demo {state}: {self.tasks} tasks, {self.anchors} anchors, {self.images} pictures, "
            f"{self.reviews} simulated reviews."
        )


def build_demo(
    folder: str | Path, *, force: bool = False, say: Say | None = None, workers: int | None = None
) -> DemoSummary:
    """Build the demo in a folder, unless the same demo is already there.

    Parameters
    ----------
    folder : str or Path
        Replaced as a whole once the new demo is complete; an interrupted build leaves
        the old one.
    force : bool
        Build even when the stamp in the folder matches.
    say : callable, optional
        Is told in words how far the build is.
    workers : int, optional
        Processes that paint; by default two, or one on a single core.
    """
    folder, start = Path(folder).resolve(), time.monotonic()
    if not force and is_current(folder):
        return _summary(folder, start, built=False)
    fresh = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in ("images", "masks", "defects"):
        (fresh / part).mkdir(parents=True)
    try:
        _build(fresh, say or (lambda _: None), workers or min(2, os.cpu_count() or 1))
        (fresh / _STAMP).write_text(json.dumps({"demo": _stamp()}), encoding="utf-8")
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return _summary(folder, start, built=True)


def _build(folder: Path, say: Say, workers: int) -> None:
    entries = catalogue()
    tasks = [entry for entry in entries if not isinstance(entry.recipe, Ladder)]
    pictures: Pictures = {}
    for painted in _painted(entries, folder, workers):
        pictures |= painted
        say(f"painting, {len(pictures)} of {len(tasks) + 5 * (len(entries) - len(tasks))} done")
    write_lines(folder / "tasks.jsonl", (task_line(entry, pictures[entry.id]) for entry in tasks))
    write_lines(folder / "gold.jsonl", (gold_line(entry) for entry in tasks))
    ladders = [entry for entry in entries if isinstance(entry.recipe, Ladder)]
    anchors = [line for entry in ladders for line in anchor_lines(entry, pictures)]
    write_lines(folder / "anchors.jsonl", anchors)
    write_candidates(folder)
    write_sensitive(folder)
    (folder / "LICENCES.md").write_text(licence_page(PHOTOS), encoding="utf-8")
    write_region_gold(folder, tasks, pictures)
    say("simulating reviewers")
    simulate(folder)


def simulate(folder: Path) -> None:
    """Write the simulated reviews of a folder with tasks and gold, and store them."""
    names = ("image-edit", "defect-localisation", "pairwise-comparison")
    edits, regions, pairs = (RUBRICS / f"{name}.yaml" for name in names)
    write_reviews(folder, edits)
    write_meeting(folder, edits)
    write_region_round(folder, regions)
    write_rubric_rounds(folder, edits)
    write_outputs(folder, pairs)
    store_reviews(folder, edits, regions, pairs)


def _painted(entries: list[Entry], folder: Path, workers: int) -> Iterator[Pictures]:
    """Paint group by group, in this process or in several."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    # The largest first: then the processes end at about the same time.
    work = sorted(groups.values(), key=len, reverse=True)
    if workers == 1:
        yield from (paint_group(group, folder) for group in work)
        return
    # Fresh processes: a copy of one that runs threads (a kernel) can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_paint_named, [entry.id for entry in group], folder) for group in work]
        yield from (job.result() for job in as_completed(jobs))


def _paint_named(names: list[str], folder: Path) -> Pictures:
    """Paint the entries with these ids; recipes hold functions, which do not travel, ids do."""
    wanted = set(names)
    return paint_group([entry for entry in catalogue() if entry.id in wanted], folder)


def _stamp() -> str:
    """Return a digest of this code and its libraries.

    The rubrics are left out on purpose: who edits one keeps the reviews and the gold that
    were made under the old one.
    """
    digest = hashlib.sha256()
    for path in sorted(HOME.rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    for library in ("numpy", "pillow", "scikit-image", "matplotlib"):
        digest.update(f"{library} {_version(library)}".encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # what then fails says which picture is missing and what to do
        return "none"


def is_current(folder: Path) -> bool:
    """Whether the demo in a folder is complete and was built by just this code."""
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))["demo"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(stamp == _stamp())


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Swap the new folder in; at no moment is a half-built one in its place."""
    old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _summary(folder: Path, start: float, *, built: bool) -> DemoSummary:
    def lines(name: str) -> int:
        return len((folder / name).read_text(encoding="utf-8").splitlines())

    return DemoSummary(
        folder=folder,
        tasks=lines("tasks.jsonl"),
        anchors=lines("anchors.jsonl"),
        reviews=sum(map(lines, REVIEWS)),
        images=sum(1 for _ in (folder / "images").iterdir()),
        seconds=time.monotonic() - start,
        built=built,
    )
