"""The regions of a table of ratings: what each reviewer marked on each task, when nobody had seen others'."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pandas as pd
from pydantic import ValidationError

from evalwidgets.analysis.ratings import check_ratings, pick_criterion, rated
from evalwidgets.analysis.regions.matching import outlines
from evalwidgets.analysis.regions.outline import Outline
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.errors import RatingsError

Outlines = tuple[Outline, ...]


@dataclass(frozen=True, eq=False)
class Marked:
    """What reviewers marked: task to reviewer to regions; none where they looked and found nothing."""

    name: str
    """What the criterion is called."""
    by_task: Mapping[Any, Mapping[Any, Outlines]]
    left_out: tuple[LeftOut, ...]

    @property
    def reviewers(self) -> list[Any]:
        """Everyone who answered, by name."""
        return sorted({reviewer for answers in self.by_task.values() for reviewer in answers}, key=str)

    @property
    def n_answers(self) -> int:
        """How many answers there are."""
        return sum(map(len, self.by_task.values()))

    def only(self, tasks: Container[Any]) -> Marked:
        """Return what was marked on these tasks."""
        return replace(self, by_task={task: own for task, own in self.by_task.items() if task in tasks})

    def pairs(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield task, reviewer and other reviewer for each two who answered a task."""
        for task, answers in self.by_task.items():
            for one, other in combinations(sorted(answers, key=str), 2):
                yield task, one, other


def marked(ratings: pd.DataFrame, rubric: Any = None, criterion: str | None = None) -> Marked:
    """Return what reviewers marked.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts. The values of the criterion
        are lists of regions, or the same as JSON text.
    rubric : Rubric, optional
        Says which criterion asks for regions, and what it is called.
    criterion : str, optional
        Which one, where the rubric has several or none is given.

    Raises
    ------
    RatingsError
        If a value is no list of regions, or it cannot be told which criterion is meant.
    UnknownName
        If no rating has the criterion.

    Notes
    -----
    Whose earlier answers made the question needless, as "no" to "any defect?" does, marked
    nothing: with the rubric and those answers in the table they count as having looked.
    """
    check_ratings(ratings)
    declared = _declared(rubric, criterion)
    if declared is None:
        rows = pick_criterion(ratings, criterion)
        name = str(rows["criterion"].iloc[0]).replace("_", " ").capitalize() if len(rows) else "Regions"
    else:
        rows, name = ratings[ratings["criterion"] == declared.id], declared.label
    kept, left_out = rated(rows)
    by_task: dict[Any, dict[Any, Outlines]] = {}
    for task, reviewer, value in zip(kept["task"], kept["reviewer"], kept["value"], strict=True):
        by_task.setdefault(task, {}).setdefault(reviewer, _outlines(value, task, reviewer))
    twice = len(kept) - sum(map(len, by_task.values()))
    for task, reviewer in _saw_no_need(ratings, declared):
        by_task.setdefault(task, {}).setdefault(reviewer, ())
    return Marked(
        name, by_task, nonempty(*left_out, LeftOut("rating given twice", twice, "the first one counts"))
    )


def _declared(rubric: Any, criterion: str | None) -> Any:
    """Return the rubric's criterion that is meant, or None when it does not say."""
    asking = [one for one in getattr(rubric, "criteria", ()) if one.control == "regions"]
    if criterion is None:
        return asking[0] if len(asking) == 1 else None
    return next((one for one in asking if one.id == criterion), None)


def _saw_no_need(ratings: pd.DataFrame, declared: Any) -> Iterator[tuple[Any, Any]]:
    """Yield task and reviewer where the earlier answers made the question needless ("no defect")."""
    condition = None if declared is None else declared.applies_when
    if condition is None:
        return
    used = condition.answers_used()
    earlier, _ = rated(ratings[ratings["criterion"].isin(used)])
    for (task, reviewer), rows in earlier.groupby(["task", "reviewer"], sort=False):
        values = dict(zip(rows["criterion"], rows["value"], strict=True))
        if used <= values.keys() and condition.holds(values, None) is False:
            yield task, reviewer


def _outlines(value: Any, task: Any, reviewer: Any) -> Outlines:
    try:
        plain = json.loads(value) if isinstance(value, str) else value
        return outlines(plain)
    except (TypeError, ValueError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        msg = f"ratings: task {task!r}, reviewer {reviewer!r}: expected a list of regions ({why})."
        raise RatingsError(msg) from None
