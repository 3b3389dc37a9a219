"""Which tasks to rate again under a new version, so that the two can be compared."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.rubric_change.bridge import FEWEST
from evalwidgets.analysis.scales import scales_of
from evalwidgets.errors import RatingsError


def bridge_tasks(
    ratings: pd.DataFrame, rubric: Any, *, size: int = 20, criteria: tuple[str, ...] = (), seed: object = 0
) -> tuple[str, ...]:
    """Return tasks to rate again under the new version, so that their levels are spread.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table under the old version.
    rubric : Rubric, Scale or list of Scale
        The scales.
    size : int
        How many tasks, at least `FEWEST`.
    criteria : tuple of str
        What changed; all criteria when empty.
    seed : object
        Of the choice among equals.

    Notes
    -----
    Tasks are dealt round by round from each level of each criterion (by the median of its
    ratings), because a shift at the top of a scale need not be one at the bottom.
    """
    if size < FEWEST:
        msg = f"size: expected at least {FEWEST} tasks, got {size}; fewer give no interval."
        raise RatingsError(msg)
    wanted = [scale for scale in scales_of(rubric)[0] if not criteria or scale.id in criteria]
    rows, _ = blind_answers(ratings, wanted)
    shelves: dict[tuple[str, Any], list[str]] = {}
    for (criterion, task), own in rows.groupby(["criterion", "task"], sort=True)["value"]:
        middle = own.dropna().sort_values(key=lambda values: values.map(str))
        if len(middle):
            shelves.setdefault((str(criterion), middle.iloc[len(middle) // 2]), []).append(str(task))
    chance = random.Random(str(seed))  # noqa: S311 - a choice, not a secret
    dealt = [chance.sample(shelves[shelf], len(shelves[shelf])) for shelf in sorted(shelves, key=str)]
    chosen: dict[str, None] = {}
    for place in range(max(map(len, dealt), default=0)):
        for shelf in dealt:
            if place < len(shelf) and len(chosen) < size:
                chosen.setdefault(shelf[place])
    return tuple(chosen)
