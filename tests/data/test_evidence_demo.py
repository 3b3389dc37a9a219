"""The evidence of the demo's own planted edits: places where they are local, a red light elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from evalwidgets.analysis.evidence import EditEvidence, compare

from .conftest import Demo

WANTED = 255
MOVED = {"shift_3px": (3, 0), "zoom_2pct": (0, 0)}
WHOLE = {*MOVED, "saturation_15", "background_rerendered", "exif_rotated", "size_mismatch"}
"""Planted truths that touch every pixel a little besides the edit."""
VISIBLE = 8
"""Grey values that a change needs to be seen; fainter ones are the soft ends of shadows."""


def evidence_of(demo: Demo, task: str) -> EditEvidence:
    """Return the evidence of one edit."""
    original, edited = (demo.tasks.path_of(demo.tasks[task], role) for role in ("original", "edited"))
    return compare(original, edited)


def true_change(demo: Demo, task: str) -> np.ndarray:
    """Return where an edit changed the picture visibly."""
    if str(demo.tasks[task].tags["planted"]) in WHOLE:
        return np.asarray(demo.mask(task) == WANTED)
    original, edited = (demo.picture(task, role).astype(int) for role in ("original", "edited"))
    return np.asarray((demo.mask(task) > 0) & (np.abs(original - edited).max(axis=-1) > VISIBLE))


def test_the_map_finds_the_demo_s_local_edits(demo: Demo) -> None:
    """Every fourth edit of less than half of its picture: removals, recolourings, texts, shadows kept."""
    overlaps, silent = [], []
    for task in [task.id for task in demo.tasks.where(kind="edit")][::4]:
        truth = true_change(demo, task)
        if 0 < truth.mean() < 0.5:
            evidence = evidence_of(demo, task)
            (silent if evidence.trust == "none" else overlaps).append(overlap(evidence.changed, truth))

    assert len(overlaps) >= 12
    assert len(silent) <= 1  # the background blurred, and a little of nearly everything with it
    assert np.median(overlaps) >= 0.87
    assert np.quantile(overlaps, 0.25) >= 0.75
    assert min(overlaps) >= 0.45  # text in thin strokes, which the map widens


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    """Return the intersection over the union."""
    return float((first & second).sum() / (first | second).sum())


@pytest.mark.parametrize("planted", ["full_repaint", "style"])
def test_a_repainted_or_restyled_demo_picture_gets_a_red_light(demo: Demo, planted: str) -> None:
    """Nothing is claimed about places in pencil drawings, watercolours, sepia and repaintings."""
    whole = {"edit_type": "style", "planted": "clean"} if planted == "style" else {"planted": planted}
    tasks = [task.id for task in demo.tasks.where(kind="edit", **whole)]

    lights = {task: evidence_of(demo, task).trust for task in tasks}

    assert len(lights) >= 2
    assert set(lights.values()) == {"none"}


def test_a_demo_edit_that_did_nothing_is_identical(demo: Demo) -> None:
    """The no-ops of the demo are told as identical pixels."""
    assert {evidence_of(demo, task).sentences for task in demo.planted("no_op")} == {("Identical pixels.",)}


@pytest.mark.parametrize("planted", MOVED)
def test_a_demo_picture_that_moved_is_told(demo: Demo, planted: str) -> None:
    """Three pixels to the right; two per cent larger."""
    (task,) = demo.planted(planted)

    evidence = evidence_of(demo, task)

    assert evidence.shift == pytest.approx(MOVED[planted], abs=0.5)
    assert evidence.zoom == pytest.approx(1.02 if planted == "zoom_2pct" else 1, abs=0.003)


def test_a_picture_that_lies_on_its_side_is_compared_upright(demo: Demo) -> None:
    """The orientation of a JPEG is no change."""
    (task,) = demo.planted("exif_rotated")

    evidence = evidence_of(demo, task)

    assert evidence.trust == "good"
    assert evidence.changed.mean() < 0.05
