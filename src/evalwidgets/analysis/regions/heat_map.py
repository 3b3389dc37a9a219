"""Where reviewers mark: how many of them cover each pixel of a task's picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import FloatArray, IntArray
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.regions.marked import Outlines, marked
from evalwidgets.analysis.regions.outline import Outline, Size, mask_of
from evalwidgets.analysis.results import LeftOut, Told, counted, nonempty
from evalwidgets.errors import RatingsError

DOT = 0.025
"""The radius that a point is given, as a share of the diagonal: half of what two may lie apart."""


@dataclass(frozen=True, eq=False, repr=False)
class HeatMap(Told):
    """How many reviewers mark each pixel of a picture."""

    task: Any
    role: str
    """Which picture of the task; empty when nobody marked anything."""
    size: Size
    """Width and height of that picture; 0 x 0 when nobody marked anything."""
    counts: IntArray
    """Of shape (height, width), reduced to `longest` pixels on the longer side."""
    n_reviewers: int
    """Everyone who answered, those who found nothing among them."""
    left_out: tuple[LeftOut, ...]

    @property
    def share(self) -> FloatArray:
        """The mean of the reviewers' masks, from 0 to 1."""
        return np.asarray(self.counts / max(1, self.n_reviewers), dtype=np.float64)

    @property
    def most(self) -> int:
        """How many reviewers mark the spot that most of them mark."""
        return int(self.counts.max(initial=0))

    @property
    def finding(self) -> str:
        """How many agree on one spot."""
        if not self.n_reviewers:
            return f"Nobody answered for {self.task} yet"
        if not self.most:
            return f"Found nothing on {self.task}: {counted(self.n_reviewers, 'reviewer')}"
        if self.n_reviewers == 1:
            return f"The only reviewer marks a place of {self.task}"
        if self.most == self.n_reviewers:
            everyone = "Both" if self.most == 2 else f"All {self.most}"
            return f"{everyone} reviewers mark one spot of {self.task}"
        return f"At most {self.most} of {self.n_reviewers} reviewers mark the same spot of {self.task}"


def heat_map(
    ratings: pd.DataFrame,
    task: Any,
    rubric: Any = None,
    *,
    criterion: str | None = None,
    role: str | None = None,
    longest: int = 512,
) -> HeatMap:
    """Return how many reviewers mark each pixel of a task's picture.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; the criterion's values are lists of regions.
    task : object
        Which task.
    rubric : Rubric, optional
        Says which criterion asks for regions.
    criterion : str, optional
        Which one, where the rubric has several or none is given.
    role : str, optional
        Which picture; None is the one with the most regions.
    longest : int
        Pixels on the longer side; a picture that is smaller keeps its size.

    Raises
    ------
    RatingsError
        If a value is no list of regions, or `longest` is not positive.

    Notes
    -----
    A reviewer counts once a pixel, however many regions lie on it. A point is drawn as a
    disc of 2.5 % of the diagonal: those of two points that still match touch. Classes play
    no part: the map shows where people look, `region_agreement` whether they mean the same.
    """
    if longest < 1:
        msg = f"longest: expected 1 pixel or more, got {longest!r}."
        raise RatingsError(msg)
    check_ratings(ratings)
    given = marked(ratings[ratings["task"] == task], rubric, criterion)
    answers = given.by_task.get(task, {})
    picture = _picture([one for own in answers.values() for one in own], role)
    shown = {reviewer: _on(own, picture) for reviewer, own in answers.items()}
    elsewhere = sum(map(len, answers.values())) - sum(map(len, shown.values()))
    chosen, size = picture
    scale = min(1.0, longest / max(size)) if max(size) else 0.0
    width, height = (max(1, round(side * scale)) if side else 0 for side in size)
    counts = np.zeros((height, width), dtype=np.int64)
    for own in shown.values():
        counts += _mask(own, width, height)
    return HeatMap(
        task=task,
        role=chosen,
        size=size,
        counts=counts,
        n_reviewers=len(answers),
        left_out=nonempty(LeftOut("region on another picture", elsewhere, "not the one shown")),
    )


def _picture(regions: list[Outline], role: str | None) -> tuple[str, Size]:
    """Return the picture on which most regions lie: its role and size."""
    there = Counter((one.role, one.size) for one in regions if role in (None, one.role))
    return there.most_common(1)[0][0] if there else (role or "", (0, 0))


def _on(regions: Outlines, picture: tuple[str, Size]) -> Outlines:
    return tuple(one for one in regions if (one.role, one.size) == picture)


def _mask(regions: Outlines, width: int, height: int) -> IntArray:
    """Return 1 for each pixel that any of one reviewer's regions covers."""
    masks = [
        _dot(one, width, height) if one.kind == "point" else mask_of(one, width, height) for one in regions
    ]
    return np.any(masks, axis=0).astype(np.int64) if masks else np.zeros((height, width), dtype=np.int64)


def _dot(point: Outline, width: int, height: int) -> Any:
    x, y = point.on((width, height)).centre
    down, across = np.ogrid[0.5:height, 0.5:width]
    return np.hypot(across - x, down - y) <= max(1.0, DOT * np.hypot(width, height))
