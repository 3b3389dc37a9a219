"""What reviewers marked on the picture of a case, by the letters of its tally, and gold's places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evalwidgets.core.criterion import Regions
from evalwidgets.core.gold import Gold
from evalwidgets.core.region import CAUSES, SEVERITIES, Region
from evalwidgets.core.region_rules import read_regions
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric

Json = dict[str, Any]


def case_marks(
    reviews: Iterable[Review], letters: Mapping[str, str], rubric: Rubric, gold: Gold | None = None
) -> list[Json]:
    """Return the marked places of a task for `ImageStage.regions`.

    Parameters
    ----------
    reviews : iterable of Review
        The standing reviews of the task.
    letters : mapping
        Reviewer to letter; no name reaches the page.
    rubric : Rubric
        Which criteria are answered by regions, and what classes are called.
    gold : Gold or None
        Gold of the task once it is revealed; its places lie below those of the reviewers.
    """
    asked = [one.id for one in rubric.all if isinstance(one, Regions)]
    marks = [_mark(one, "G", "gold", rubric) for one in (gold.regions if gold else ())]
    for review in sorted(reviews, key=lambda one: letters.get(one.reviewer, "")):
        letter = letters.get(review.reviewer)
        said = [one for name in asked for one in read_regions(review.values.get(name))]
        marks += [_mark(one, letter, "other", rubric) for one in said if letter]
    return marks


def _mark(region: Region, label: str, look: str, rubric: Rubric) -> Json:
    names = {one.id: one.name for family in rubric.defects for one in family.classes}
    words = (
        names.get(region.label, region.label),
        SEVERITIES.get(region.severity or 0, ""),
        CAUSES.get(region.cause, ""),
    )
    # Ids are the browser's own, one for each answer: two reviewers may have the same.
    placed = {**region.model_dump(mode="json"), "id": f"{label}:{region.id}"}
    return {"region": placed, "label": label, "look": look, "title": " · ".join(filter(None, words))}
