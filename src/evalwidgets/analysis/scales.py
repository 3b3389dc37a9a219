"""What a statistic must know of a criterion: its declared levels, tolerance and targets."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.ratings import RatingsWarning
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.errors import RatingsError, UnknownName

Metric = Literal["nominal", "ordinal", "interval", "ratio"]

# A count has no declared levels but a distance; a set of options has neither.
_METRICS: dict[str, Metric] = {
    "ordinal": "ordinal",
    "choice": "nominal",
    "yes_no": "nominal",
    "preference": "nominal",
    "multi": "nominal",
    "count": "interval",
}
FEW_LEVELS = 3
"""Scales with this many levels or fewer are judged exactly: one step off is nearly always met."""


@dataclass(frozen=True)
class Scale:
    """A criterion as statistics see it.

    Parameters
    ----------
    id : str
        The criterion's id, as in the ratings.
    levels : tuple
        The declared values in order; empty for open scales (counts, sets).
    metric : str
        How far apart two answers are: nominal (same or not), ordinal, interval, ratio.
    tolerance : float
        How far from gold still counts as right. Scales of three levels or fewer are
        always judged exactly: within one step 93 to 100 % agree whatever they think.
    target_exact, target_within : float or None
        The share of ratings that should equal gold, and lie within tolerance of it.
    label : str
        What charts print; the id when empty.
    is_gate : bool
        Whether it is asked first and decides what follows.
    """

    id: str
    levels: tuple[Level, ...] = ()
    metric: Metric = "ordinal"
    tolerance: float = 0.0
    target_exact: float | None = None
    target_within: float | None = None
    label: str = ""
    is_gate: bool = False

    def __post_init__(self) -> None:
        if self.tolerance and self.is_exact:
            reason = "has no order" if self.metric == "nominal" else f"has {len(self.levels)} levels"
            msg = (
                f"criterion {self.id}: a tolerance of {self.tolerance:g} means nothing on a scale "
                f"that {reason}; it is judged exactly. Set tolerance: 0 in the rubric."
            )
            warnings.warn(msg, RatingsWarning, stacklevel=3)
            object.__setattr__(self, "tolerance", 0.0)

    @property
    def is_exact(self) -> bool:
        """Whether only the same answer can count as right."""
        return self.metric == "nominal" or 0 < len(self.levels) <= FEW_LEVELS

    def tolerance_for(self, own: float | None) -> float:
        """Return the tolerance in force for a gold answer with its own, or without (None)."""
        if self.is_exact or own is None:
            return self.tolerance
        return own

    @property
    def name(self) -> str:
        """The label, or the id."""
        return self.label or self.id

    @property
    def declared(self) -> tuple[Level, ...] | None:
        """The levels as `levels=` takes them: None for an open scale."""
        return self.levels or None

    @property
    def is_numeric(self) -> bool:
        """Whether answers are numbers on a scale, so that "above" and "below" gold make sense."""
        numbers = all(isinstance(level, int | float) for level in self.levels)
        return self.metric != "nominal" and numbers

    @property
    def middle(self) -> float:
        """Half-way between the lowest and the highest level; 0 on open scales."""
        return (self.levels[0] + self.levels[-1]) / 2 if self.levels else 0.0

    @property
    def length(self) -> float | None:
        """The distance from the lowest to the highest level; None on open scales."""
        return float(self.levels[-1] - self.levels[0]) if self.levels and self.is_numeric else None


def scales_of(rubric: Any) -> tuple[tuple[Scale, ...], tuple[LeftOut, ...]]:
    """Return the scales of a rubric in its order, and the criteria that have none.

    Parameters
    ----------
    rubric : Rubric, Scale, or iterable of Scale
        Anything with `all` criteria that say `id`, `control`, `scale`, `tolerance`.

    Raises
    ------
    RatingsError
        If it is none of these.
    """
    if isinstance(rubric, Scale):
        return (rubric,), ()
    criteria = getattr(rubric, "all", None)
    if criteria is not None:
        known = [criterion for criterion in criteria if criterion.control in _METRICS]
        others = LeftOut("criterion", len(criteria) - len(known), "free text and marks have no scale")
        return tuple(map(_scale_of, known)), nonempty(others)
    scales = tuple(rubric) if isinstance(rubric, Iterable) else ()
    if not scales or not all(isinstance(scale, Scale) for scale in scales):
        msg = (
            f"rubric: expected a Rubric or a list of Scale, got {type(rubric).__name__}. Without a "
            "rubric, declare the levels: [Scale('quality', levels=(1, 2, 3, 4, 5))]."
        )
        raise RatingsError(msg)
    return scales, ()


def scale_named(rubric: Any, criterion: str) -> Scale:
    """Return the scale of one criterion.

    Raises
    ------
    UnknownName
        If the rubric has no rated criterion of this name.
    """
    scales, _ = scales_of(rubric)
    for scale in scales:
        if scale.id == criterion:
            return scale
    raise UnknownName("criterion", criterion, [scale.id for scale in scales], "the rubric")


def _scale_of(criterion: Any) -> Scale:
    targets = getattr(criterion, "targets", None)
    tolerance = getattr(criterion, "gold_tolerance", None)
    return Scale(
        id=criterion.id,
        levels=tuple(criterion.scale),
        metric=_METRICS[criterion.control],
        tolerance=float(criterion.tolerance or 0.0) if tolerance is None else float(tolerance),
        target_exact=getattr(targets, "exact", None),
        target_within=getattr(targets, "within", None),
        label=getattr(criterion, "label", ""),
        is_gate=bool(getattr(criterion, "is_gate", False)),
    )
