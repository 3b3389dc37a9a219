"""The places of a review beside gold's: found, missed, extra; tolerated ones are neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evalwidgets.analysis.regions.matching import MatchRule, outlines
from evalwidgets.analysis.regions.outcomes import outcomes_of
from evalwidgets.core.criterion import Regions
from evalwidgets.core.gold import Gold
from evalwidgets.core.region import CAUSES, SEVERITIES, Region
from evalwidgets.core.region_rules import read_regions
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric

Json = dict[str, Any]
Placed = Callable[[Region], Json]
_GOLD, _OWN = "G", "me"
"""What the badges say."""
_SAID = {"found": "found", "missed": "missed", "extra": "not marked by the expert", "other": "yours"}


def feedback_marks(
    rubric: Rubric, review: Review, gold: Gold, placed: Placed
) -> tuple[dict[str, int] | None, list[Json]]:
    """Return how many places were found, missed and extra, and all of them for `ImageStage.regions`.

    Parameters
    ----------
    rubric, review, gold
        What was asked, what was said, what is accepted.
    placed : callable
        Region to how it lies on the picture that is shown, as JSON.

    Returns
    -------
    (dict or None, list of dict)
        None and nothing where nobody marks places on this task: not the rubric, or not gold.

    Notes
    -----
    The question is where, not what it is called: classes play no part. What gold requires
    is matched first; of the rest, whatever fits a tolerated place is neither right nor wrong.
    """
    asked = [one.id for one in rubric.all if isinstance(one, Regions)]
    if not asked or not gold.regions:
        return None, []
    own = [one for name in asked for one in read_regions(review.values.get(name))]
    nameless = [one.model_copy(update={"label": ""}) for one in gold.regions]
    mine = outlines(one.model_copy(update={"label": ""}) for one in own)
    outcomes = outcomes_of(mine, nameless, MatchRule({}))
    looks = {one.gold: one.outcome for one in outcomes if one.outcome in ("found", "missed")}
    extra = {one.region for one in outcomes if one.outcome == "extra"}
    marks = [_mark(one, _GOLD, looks[one.id], rubric, placed) for one in gold.regions if one.id in looks]
    marks += [_mark(one, _OWN, "extra" if one.id in extra else "other", rubric, placed) for one in own]
    found = {name: sum(one.outcome == name for one in outcomes) for name in ("found", "missed", "extra")}
    return found, marks


def _mark(region: Region, label: str, look: str, rubric: Rubric, placed: Placed) -> Json:
    names = {one.id: one.name for family in rubric.defects for one in family.classes}
    words = (
        _SAID[look],
        names.get(region.label, region.label),
        SEVERITIES.get(region.severity or 0, ""),
        CAUSES.get(region.cause, ""),
    )
    shown = {**placed(region), "id": f"{label}:{region.id}"}
    return {"region": shown, "label": label, "look": look, "title": " · ".join(filter(None, words))}
