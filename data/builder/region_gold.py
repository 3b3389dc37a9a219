"""Gold regions: where each planted defect lies, from the masks of what differs from the right edit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from builder.catalogue import Entry
from builder.defects import grown
from builder.easel import Pictures
from builder.flaws import Flaw, flaw_of
from builder.manifest import ORDINALS, Line, write_lines
from builder.recipe import Edit
from evalwidgets.core.gold import GoldRegion

RUBRIC, VERSION = "defect-localisation", "2.0.0"
APART = 10
"""Pixels between two places that count as one."""
SPECK = 0.02
"""Below this share of the largest place of a picture a place is dust."""


def write_region_gold(folder: Path, entries: list[Entry], pictures: Pictures) -> None:
    """Write ``region_gold.jsonl``: edits with a defect that can be marked, and clean ones."""
    lines = (_line(entry.id, entry.recipe, pictures, folder) for entry in entries if _can_be_judged(entry))
    write_lines(folder / "region_gold.jsonl", lines)


def _can_be_judged(entry: Entry) -> bool:
    edit = entry.recipe
    if not isinstance(edit, Edit):
        return False
    return flaw_of(edit) is not None or (edit.planted == "clean" and edit.saved == "png")


def _line(name: str, edit: Edit, pictures: Pictures, folder: Path) -> Line:
    flaw = flaw_of(edit)
    picture = folder / pictures[name]["edited"]
    mask = folder / "defects" / f"{name}.png"
    regions = [] if flaw is None else list(_regions(edit, flaw, mask, picture))
    return {
        "task": name,
        "rubric": RUBRIC,
        "rubric_version": VERSION,
        "answers": _answers(flaw, regions),
        "rationale": edit.why,
        "regions": [region.model_dump(mode="json") for region in regions],
        "difficulty": edit.difficulty,
        "concepts": sorted({*edit.tags, *([] if flaw is None else [edit.planted])}),
        "by": "demo builder",
    }


def _answers(flaw: Flaw | None, regions: list[GoldRegion]) -> Line:
    if flaw is None:
        return {"defects_found": {"accepted": ["no"]}}
    found = {"accepted": ["yes"] if flaw.required else ["yes", "no"]}
    if not flaw.required:
        return {"defects_found": found}
    return {
        "defects_found": found,
        "families": {"accepted": [[flaw.family]]},
        "worst_severity": {"accepted": [regions[0].severity]},
    }


def _regions(edit: Edit, flaw: Flaw, mask_file: Path, picture: Path) -> Iterator[GoldRegion]:
    with Image.open(mask_file) as image:
        mask = np.asarray(image.convert("L")) > 0
    height, width = mask.shape
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    for number, box in enumerate(_boxes(mask, whole=flaw.whole), start=1):
        left, top, right, bottom = box
        yield GoldRegion(
            id=f"g{number}",
            type="box",
            points=((left, top), (right, bottom)),
            role="edited",
            size=(width, height),
            picture=digest,
            label=flaw.label,
            severity=_severity(edit),
            cause="edit",
            required=flaw.required,
        )


def _severity(edit: Edit) -> int:
    """Return how bad a defect is: what the worst level of the edit's gold says."""
    levels = [np.max(value) for name, value in edit.gold.items() if name in ORDINALS and value != "na"]
    worst = min(int(level) for level in levels)
    return 1 if worst >= 4 else 2 if worst == 3 else 3


def _boxes(mask: np.ndarray, *, whole: bool) -> list[tuple[int, int, int, int]]:
    """Return the smallest box around each place of a mask, the largest place first."""
    places, _ = ndimage.label(grown(mask.astype(np.float32), APART))
    sizes = np.bincount(places[mask], minlength=places.max() + 1)
    kept = [place for place in np.argsort(-sizes) if sizes[place] > SPECK * sizes.max()]
    parts = [np.isin(places, kept)] if whole else [places == place for place in kept]
    return [_box(part & mask) for part in parts]


def _box(part: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
