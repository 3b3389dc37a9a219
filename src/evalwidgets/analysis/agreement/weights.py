"""Agreement weights: how much credit two answers get, from 1 for the same to 0 for the farthest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from evalwidgets.analysis.arrays import FloatArray, Levels
from evalwidgets.errors import RatingsError, did_you_mean

Weights = Literal["identity", "linear", "quadratic", "ordinal"]


def agreement_weights(levels: Levels, weights: Weights | None) -> FloatArray:
    """Return the credit of each pair of levels, an array of shape (levels, levels).

    Parameters
    ----------
    levels : sequence
        The declared levels in order: numbers, or names (which then count 0, 1, 2, ...).
    weights : {"identity", "linear", "quadratic", "ordinal"} or None
        identity (or None): full credit for the same level, none for another. linear and
        quadratic: credit falls with the distance or its square, to 0 at the ends of the
        scale. ordinal: Gwet's, by how many pairs of levels lie between the two.

    Raises
    ------
    RatingsError
        If the weights are unknown, or there are fewer than two levels.
    """
    if weights is not None and weights not in _MAKERS:
        msg = f"weights: expected {', '.join(_MAKERS)}, got {weights!r}.{did_you_mean(str(weights), _MAKERS)}"
        raise RatingsError(msg)
    if len(levels) < 2:
        msg = f"levels: expected the whole declared scale, got {tuple(levels)!r}."
        raise RatingsError(msg)
    return _MAKERS[weights or "identity"](levels)


def within_weights(levels: Levels, within: float) -> FloatArray:
    """Return full credit for levels at most `within` apart, none for others."""
    values = level_values(levels)
    return (np.abs(values[:, None] - values[None, :]) <= within).astype(np.float64)


def level_values(levels: Levels) -> FloatArray:
    """Return the levels as numbers.

    Raises
    ------
    RatingsError
        If they are not numbers.
    """
    if not all(isinstance(level, int | float | np.number) for level in levels):
        msg = (
            f"levels: expected numbers for a distance between levels, got {tuple(levels)!r}. "
            "Without numbers take level='nominal', or level='ordinal' for named levels in order."
        )
        raise RatingsError(msg)
    return np.array(levels, dtype=np.float64)


def _identity(levels: Levels) -> FloatArray:
    return np.eye(len(levels))


def _linear(levels: Levels) -> FloatArray:
    return np.asarray(1 - np.abs(_apart(levels)))


def _quadratic(levels: Levels) -> FloatArray:
    return np.asarray(1 - _apart(levels) ** 2)


def _ordinal(levels: Levels) -> FloatArray:
    rank = np.arange(len(levels))
    span = np.abs(rank[:, None] - rank[None, :]) + 1.0
    return np.asarray(1 - span * (span - 1) / (len(rank) * (len(rank) - 1)))


def _apart(levels: Levels) -> FloatArray:
    """Return signed distances as shares of the scale; names count by their rank."""
    named = all(isinstance(level, str) for level in levels)
    values = np.arange(len(levels), dtype=np.float64) if named else level_values(levels)
    return np.asarray((values[:, None] - values[None, :]) / np.ptp(values))


_MAKERS: dict[str, Callable[[Levels], FloatArray]] = {
    "identity": _identity,
    "linear": _linear,
    "quadratic": _quadratic,
    "ordinal": _ordinal,
}
