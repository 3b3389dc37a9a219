"""Gold of two files on the same tasks: answers of one, places of the other."""

from __future__ import annotations

from evalwidgets.core.gold import Gold, GoldAnswer, GoldRegion
from evalwidgets.core.gold_regions import with_regions

from ..samples import a_region

PLACE = GoldRegion(**a_region())
OTHER = GoldRegion(**a_region(id="r2"))


def gold(task: str, rubric: str = "image-edit", *regions: GoldRegion) -> Gold:
    """Return gold that accepts one answer."""
    answers = {"change": GoldAnswer(accepted=("yes",))}
    return Gold(task=task, rubric=rubric, rubric_version="1.0.0", answers=answers, regions=regions)


def test_places_come_to_the_answers_of_the_same_task() -> None:
    """Rubric and answers stay; tasks that only the other file knows are left out."""
    merged = with_regions(
        {"t1": gold("t1"), "t2": gold("t2")},
        {"t1": gold("t1", "defect-localisation", PLACE), "t3": gold("t3", "defect-localisation", PLACE)},
    )

    assert {"t1": (PLACE,), "t2": ()} == {task: one.regions for task, one in merged.items()}
    assert {"image-edit"} == {one.rubric for one in merged.values()}


def test_places_that_gold_has_stay() -> None:
    """What the first file says itself is not written over."""
    merged = with_regions({"t1": gold("t1", "image-edit", OTHER)}, {"t1": gold("t1", "other", PLACE)})

    assert (OTHER,) == merged["t1"].regions
