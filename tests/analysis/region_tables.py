"""Small tables of marked regions that several tests read."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import strategies as st

from evalwidgets.core.gold import Gold, GoldRegion
from evalwidgets.core.region import Region

SIZE = (300, 200)
FAMILIES = {"halo": "blend", "smear": "blend", "remnant": "content"}


def box(left: float, top: float, right: float, bottom: float, label: str = "", **more: Any) -> Region:
    """Return a box on the edited picture."""
    return a_region("box", [(left, top), (right, bottom)], label, **more)


def point(x: float, y: float, label: str = "", **more: Any) -> Region:
    """Return a point on the edited picture."""
    return a_region("point", [(x, y)], label, **more)


def polygon(points: list[tuple[float, float]], label: str = "", **more: Any) -> Region:
    """Return a polygon on the edited picture."""
    return a_region("polygon", points, label, **more)


def a_region(kind: str, points: Any, label: str, **more: Any) -> Region:
    """Return a region; its id says where it is."""
    plain = {"id": f"{kind} {points[0]}"[:40], "role": "edited", "size": SIZE}
    return Region(**{**plain, "type": kind, "points": points, "label": label, **more})


def table(marks: dict[str, dict[str, list[Region] | None]]) -> pd.DataFrame:
    """Return the tidy table of what each reviewer marked on each task."""
    rows = [
        (task, reviewer, "defects", None if own is None else [one.model_dump(mode="json") for one in own])
        for reviewer, tasks in marks.items()
        for task, own in tasks.items()
    ]
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"]).astype({"value": object})


def gold(**regions: list[Region]) -> dict[str, Gold]:
    """Return gold by task; a region whose note is "tolerated" need not be found."""
    return {
        task: Gold(
            task=task,
            rubric="defect-localisation",
            rubric_version="2.0.0",
            answers={},
            regions=tuple(GoldRegion(**one.model_dump(), required=one.note != "tolerated") for one in own),
        )
        for task, own in regions.items()
    }


whole = st.integers(0, 200)
lengths = st.integers(1, 99)
labels = st.sampled_from(["", *FAMILIES])
boxes = st.builds(
    lambda x, y, wide, tall, label: box(x, y, x + wide, min(y + tall, 200), label),
    whole,
    st.integers(0, 199),
    lengths,
    lengths,
    labels,
)
points = st.builds(point, st.integers(0, 300), st.integers(0, 200), labels)
polygons = st.builds(
    polygon, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), min_size=3, max_size=9), labels
)
