"""The heat map: how many reviewers mark each pixel."""

from __future__ import annotations

import numpy as np
import pytest

from evalwidgets.analysis import heat_map
from evalwidgets.analysis.charts import region_heat_map
from evalwidgets.errors import RatingsError

from .region_tables import box, gold, point, polygon, table

WORLD = table(
    {
        "ana": {"t1": [box(0, 0, 150, 100), box(100, 50, 200, 150)]},
        "ben": {"t1": [polygon([(0, 0), (150, 0), (150, 200), (0, 200)])]},
        "cem": {"t1": []},
        "dan": {"t1": [box(0, 0, 30, 30, role="original")], "t2": [point(150, 100)]},
    }
)


def test_a_reviewer_counts_once_a_pixel() -> None:
    """However many regions lie on it; who found nothing counts among the reviewers."""
    heat = heat_map(WORLD, "t1")

    assert heat.counts.shape == (200, 300)
    assert [heat.counts[y, x] for x, y in ((20, 20), (120, 80), (180, 120), (20, 180), (250, 20))] == [
        2,
        2,
        1,
        1,
        0,
    ]
    assert heat.share.max() == heat.most / 4 == 0.5
    assert (heat.role, heat.size, heat.n_reviewers) == ("edited", (300, 200), 4)


def test_it_says_how_many_agree_on_a_spot_and_what_is_not_shown() -> None:
    """The finding is the title of its chart."""
    assert str(heat_map(WORLD, "t1")) == (
        "At most 2 of 4 reviewers mark the same spot of t1. "
        "Left out: 1 region on another picture (not the one shown)."
    )
    assert str(heat_map(WORLD, "t1", role="original")).startswith("At most 1 of 4 reviewers mark")
    assert str(heat_map(WORLD[WORLD["reviewer"] != "cem"].query("reviewer != 'dan'"), "t1")) == (
        "Both reviewers mark one spot of t1."
    )


def test_a_large_picture_is_reduced_and_a_point_is_a_disc() -> None:
    """The longer side gets so many pixels; the disc's radius is a fortieth of the diagonal."""
    heat = heat_map(WORLD, "t2", longest=150)

    assert heat.counts.shape == (100, 150)
    assert heat.counts.sum() == pytest.approx(np.pi * (0.025 * np.hypot(150, 100)) ** 2, rel=0.1)
    assert heat.counts[50, 75] == 1


def test_without_regions_there_is_nothing_to_map() -> None:
    """Looked and found nothing, or nobody looked: a sentence, and no pixels."""
    nothing = table({"ana": {"t1": []}})

    assert str(heat_map(nothing, "t1")) == "Found nothing on t1: 1 reviewer."
    assert str(heat_map(nothing, "t9")) == "Nobody answered for t9 yet."
    assert heat_map(nothing, "t1").share.shape == (0, 0)
    with pytest.raises(RatingsError, match="longest: expected 1 pixel or more, got 0"):
        heat_map(WORLD, "t1", longest=0)


def test_a_chart_of_nothing_says_so_and_gold_is_drawn_even_when_nobody_found_it() -> None:
    """What everyone overlooked is worth seeing."""
    nothing = heat_map(table({"ana": {"t1": []}, "ben": {"t1": []}}), "t1")

    assert repr(region_heat_map(nothing)) == "Chart: Found nothing on t1: 2 reviewers"
    assert region_heat_map(nothing).axes == []
    assert len(region_heat_map(nothing, gold=gold(t1=[box(0, 0, 30, 30)])["t1"].regions).axes[0].patches) == 1
