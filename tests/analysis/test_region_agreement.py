"""Agreement of regions between reviewers: F1 over pairs, its interval, and what chance gives."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalwidgets.analysis import region_agreement
from evalwidgets.core.region import Region
from evalwidgets.errors import RatingsError, UnknownName
from evalwidgets.store.rubrics import read_rubric

from ..samples import ROOT
from .region_tables import FAMILIES, box, point, table

A, B, C = box(0, 0, 80, 60, "halo"), box(150, 100, 250, 180, "remnant"), point(20, 180, "smear")
WORLD = table(
    {
        "ana": {"t1": [A, B], "t2": [C], "t3": [], "t4": [A]},
        "ben": {"t1": [A], "t2": [C, B], "t3": [], "t4": []},
        "cem": {"t1": [A, B, C], "t2": [], "t3": None},
    }
)
RUBRIC = read_rubric(ROOT / "rubrics" / "defect-localisation.yaml")


def scattered(n_tasks: int, seed: int, *, own: bool = False) -> pd.DataFrame:
    """Return two reviewers who mark one box a task: the same one, or each their own."""
    chance = np.random.default_rng(seed)

    def somewhere() -> Region:
        x, y = chance.uniform(0, 250), chance.uniform(0, 150)
        return box(x, y, x + 50, y + 50)

    marks: dict[str, dict[str, list[Region] | None]] = {"ana": {}, "ben": {}}
    for number in range(n_tasks):
        first = somewhere()
        marks["ana"][f"t{number}"] = [first]
        marks["ben"][f"t{number}"] = [somewhere() if own else first]
    return table(marks)


def test_f1_is_twice_the_matches_over_all_regions() -> None:
    """Counted by hand: pairs 2 + 4 + 0 of regions 3 + 5 + 4 on t1, 1 of 3 + 1 + 2 on t2, none of 1 on t4."""
    result = region_agreement(WORLD, FAMILIES)

    assert result.f1.estimate == pytest.approx(2 * (1 + 2 + 1 + 1) / (3 + 5 + 4 + 3 + 1 + 2 + 1))
    assert [(row.first, row.second, row.n_tasks, row.n_regions, row.n_matched) for row in
            result.rows.itertuples()] == [
        ("ana", "ben", 4, 7, 2),
        ("ana", "cem", 2, 6, 2),
        ("ben", "cem", 2, 6, 1),
    ]  # fmt: skip
    assert (result.f1.n_tasks, result.f1.n_reviewers, result.f1.n_ratings) == (4, 3, 10)
    assert "1 rating without a value" in str(result)


def test_the_interval_is_the_jackknife_over_tasks() -> None:
    """Recomputed on tables without each task."""
    tasks = ["t1", "t2", "t3", "t4"]
    whole = region_agreement(WORLD, FAMILIES).f1
    without = [region_agreement(WORLD[WORLD["task"] != task], FAMILIES).f1.estimate for task in tasks]
    error = math.sqrt(3 / 4 * np.sum((np.array(without) - np.mean(without)) ** 2))

    half = stats.t.ppf(0.975, 3) * error
    assert (whole.low, whole.high) == pytest.approx(
        (max(0, whole.estimate - half), min(1, whole.estimate + half))
    )


def test_families_are_counted_apart() -> None:
    """Points of a smear are found less often than boxes of a halo."""
    families = region_agreement(WORLD, FAMILIES).families.set_index("family")

    assert families["n_regions"].to_dict() == {"blend": 13, "content": 6}
    assert families["n_matched"].to_dict() == {"blend": 4, "content": 1}
    assert families.loc["content", "f1"] == pytest.approx(2 * 1 / 6)


def test_tasks_on_which_nobody_marked_anything_have_no_f1() -> None:
    """They are listed all the same: agreeing that there is nothing is worth knowing."""
    tasks = region_agreement(WORLD, FAMILIES).tasks.set_index("task")

    assert tasks.loc["t3"].to_dict() == {
        "n_reviewers": 2,
        "n_regions": 0,
        "f1": pytest.approx(np.nan, nan_ok=True),
    }
    assert tasks.loc["t4", "f1"] == 0


def test_chance_is_what_regions_of_other_tasks_give() -> None:
    """Perfect agreement and none have the same baseline, and the one without stands at it."""
    same, apart = region_agreement(scattered(60, 1)), region_agreement(scattered(60, 2, own=True))

    assert same.f1.estimate == 1
    assert same.chance == pytest.approx(0.02, abs=0.02)
    assert apart.f1.estimate == pytest.approx(apart.chance, abs=0.05)
    assert same.chance == region_agreement(scattered(60, 1)).chance


def test_who_always_marks_the_same_place_agrees_by_chance() -> None:
    """The baseline shows it: F1 is 1, and so is chance."""
    always = table({name: {f"t{n}": [A] for n in range(5)} for name in ("ana", "ben")})

    assert (region_agreement(always).f1.estimate, region_agreement(always).chance) == (1, 1)


def test_chance_lays_regions_on_pictures_of_other_sizes() -> None:
    """The middle of a small picture is compared with the middle of a large one."""
    large = box(250, 150, 350, 250, size=(600, 400))
    marks = table({name: {"t1": [box(125, 75, 175, 125)], "t2": [large]} for name in ("ana", "ben")})

    assert region_agreement(marks).chance == 1


def test_the_rubric_says_which_criterion_asks_for_regions() -> None:
    """A table of all criteria can be given as it comes; the label is the rubric's."""
    others = WORLD.assign(criterion="worst_severity", value=2)

    result = region_agreement(pd.concat([others, WORLD]), RUBRIC)

    assert str(result).startswith("Places: two reviewers' regions match with an F1 of 0.53 [")
    with pytest.raises(RatingsError, match="expected one criterion, got 2"):
        region_agreement(pd.concat([others, WORLD]), FAMILIES)
    with pytest.raises(UnknownName, match="defect"):
        region_agreement(WORLD, FAMILIES, criterion="defect")


def test_regions_may_be_json_text_as_in_a_table_from_a_file() -> None:
    """And of answers given twice the first counts."""
    text = WORLD.assign(value=[None if one is None else pd.Series([one]).to_json(orient="values")[1:-1]
                               for one in WORLD["value"]])  # fmt: skip
    twice = pd.concat([text, text.head(1)])

    result = region_agreement(twice, FAMILIES)

    assert result.f1.estimate == region_agreement(WORLD, FAMILIES).f1.estimate
    assert "1 rating given twice (the first one counts)" in str(result)


@pytest.mark.parametrize("value", ["a box", "[1]", [{"type": "box"}], 3])
def test_what_is_no_list_of_regions_is_refused_with_its_place(value: object) -> None:
    """The task and the reviewer are named."""
    odd = pd.DataFrame([("t1", "ana", "defects", value)], columns=["task", "reviewer", "criterion", "value"])
    with pytest.raises(RatingsError, match="task 't1', reviewer 'ana': expected a list of regions"):
        region_agreement(odd)
