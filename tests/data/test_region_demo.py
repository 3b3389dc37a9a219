"""Gold regions and the simulated round of them: where defects are planted, and whom the figures find."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import heat_map, region_accuracy, region_agreement
from evalwidgets.core.check import check
from evalwidgets.core.gold import Gold
from evalwidgets.core.region import Region
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import open_store
from evalwidgets.store.tasks import read_gold

if TYPE_CHECKING:
    from .conftest import Demo

PLACE = ("demo-simulated", "demo-regions")


@pytest.fixture(scope="module")
def gold(demo: Demo) -> dict[str, Gold]:
    """Return the gold regions."""
    return read_gold(demo.folder / "region_gold.jsonl")


@pytest.fixture(scope="module")
def rubric(demo: Demo) -> Rubric:
    """Return the rubric that asks for regions."""
    return demo.rubric("defect-localisation")


@pytest.fixture(scope="module")
def ratings(demo: Demo) -> pd.DataFrame:
    """Return the round as the tidy table."""
    with open_store(demo.folder / "reviews.db") as store:
        return store.ratings(*PLACE, current=False)


@pytest.fixture(scope="module")
def rows(ratings: pd.DataFrame, gold: dict[str, Gold], rubric: Rubric) -> pd.DataFrame:
    """Return what each reviewer found, by name."""
    return region_accuracy(ratings, gold, rubric).rows.set_index("reviewer")


def test_each_defect_that_can_be_marked_has_its_region(
    demo: Demo, gold: dict[str, Gold], rubric: Rubric
) -> None:
    """Classes are the rubric's, pictures the task's own files; clean edits have none."""
    assert len(gold) >= 50
    for name, one in gold.items():
        task = demo.tasks[name]
        path = demo.tasks.path_of(task, "edited")
        height, width = demo.picture(name, "edited").shape[:2]
        assert (task.tags["planted"] == "clean") == (not one.regions)
        for region in one.regions:
            assert region.label in rubric.family_of
            assert (region.size, region.role) == ((width, height), "edited")
            assert region.picture == hashlib.sha256(path.read_bytes()).hexdigest()


def test_gold_answers_are_on_the_scales_and_agree_with_the_regions(
    gold: dict[str, Gold], rubric: Rubric
) -> None:
    """A defect that must be found makes the answer yes; a slight one allows both."""
    for one in gold.values():
        found = one.answers["defects_found"].accepted
        must = any(region.required for region in one.regions)
        assert found == (("yes",) if must else ("yes", "no") if one.regions else ("no",))
        for name, answer in one.answers.items():
            assert all(rubric.criterion(name).explain(value) is None for value in answer.accepted)


def test_gold_regions_hold_what_was_changed(demo: Demo, gold: dict[str, Gold]) -> None:
    """Inside each box pixels differ from the original, or should and do not."""
    for name in demo.planted("halo_seam") + demo.planted("remnant") + demo.planted("extra_limb"):
        for region in gold[name].regions:
            left, top, right, bottom = map(int, region.box)
            assert (demo.mask(name)[top:bottom, left:right] > 0).any()


def test_every_review_of_the_round_passes_the_check(demo: Demo, rubric: Rubric) -> None:
    """Five reviewers, twelve tasks; nothing that the rubric would refuse or miss."""
    reviews = [Review(**line) for line in demo.lines("region_reviews.jsonl")]

    assert len(reviews) == 60
    for review in reviews:
        blocking = [one for one in check(rubric, review, demo.tasks[review.task]) if one.blocks]
        assert blocking == [], review.id


def test_the_planted_habits_are_found(rows: pd.DataFrame) -> None:
    """Who overlooks has the lowest recall of those who draw well; who marks too much the most extras."""
    assert rows.loc["ana", "recall"] > 0.85
    assert rows.loc["carla", "recall"] < 0.6
    assert rows.loc["carla", "precision"] > rows.loc["ben", "precision"]
    assert rows["extra"].drop("(all)").idxmax() == "ben"
    assert rows.loc["elif", "f1"] == rows["f1"].min()


def test_reviewers_agree_far_beyond_chance(ratings: pd.DataFrame, rubric: Rubric) -> None:
    """The interval lies above the baseline, and the careful two agree more than the mean."""
    result = region_agreement(ratings, rubric)
    pairs = result.rows.set_index(["first", "second"])["f1"]

    assert result.chance is not None
    assert result.f1.low is not None
    assert result.f1.low > result.chance + 0.1
    assert pairs["ana", "ben"] > result.f1.estimate


def test_the_heat_map_lies_on_gold(ratings: pd.DataFrame, gold: dict[str, Gold], rubric: Rubric) -> None:
    """Where most reviewers mark, gold has its region."""
    heat = heat_map(ratings, "edit-037", rubric)
    region: Region = gold["edit-037"].regions[0]
    y, x = np.unravel_index(int(heat.counts.argmax()), heat.counts.shape)
    scale = heat.size[0] / heat.counts.shape[1]

    assert heat.most >= 3
    assert region.box[0] <= (x + 0.5) * scale <= region.box[2]
    assert region.box[1] <= (y + 0.5) * scale <= region.box[3]
