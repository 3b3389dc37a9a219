"""Scales for a table that came without a rubric: the level that is named, the levels that occur."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.codes import as_hashable
from evalwidgets.analysis.results import counted, listed
from evalwidgets.analysis.scales import Metric, Scale

_WIDEST = 100
"""More levels than this are no scale that somebody declared: it is taken as open."""


class Guessed(NamedTuple):
    """A criterion's scale, and what was assumed."""

    scale: Scale
    said: str


def declared_levels(text: str) -> tuple[Any, ...]:
    """Return the levels of `--levels 1,2,3` as numbers where all are numbers, else as texts."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return tuple(parts)
    return tuple(int(number) if number.is_integer() else number for number in numbers)


def scale_of(
    answers: pd.Series, criterion: str, metric: Metric | None, levels: Sequence[Any] | None
) -> Guessed:
    """Return the scale of one criterion's answers.

    Parameters
    ----------
    answers : Series
        The answers to the criterion.
    criterion : str
        Its name.
    metric : str or None
        The level of measurement; without it ordinal for numbers, nominal for anything else.
    levels : sequence or None
        The declared levels; without them those that occur, or for whole numbers all
        between the least and the greatest.
    """
    values = as_hashable(answers.dropna().astype(object)).unique()
    numeric = len(values) > 0 and all(isinstance(value, int | float) for value in values)
    if levels is not None:
        known = all(isinstance(level, int | float) for level in levels)
        chosen: Metric = metric or ("ordinal" if known else "nominal")
        return Guessed(Scale(criterion, tuple(levels), chosen), "")
    if metric is None or (not numeric and metric != "nominal"):
        chosen = "ordinal" if numeric else "nominal"
        why = "" if metric is None else f" (texts have no order for {metric!r} unless --levels declares it)"
        said = f"taken as {chosen}{why}"
    else:
        chosen, said = metric, ""
    found = _numbers(list(values), chosen) if numeric else tuple(sorted(values, key=str))
    if not 2 <= len(found) <= _WIDEST:
        shown, found = f"an open scale with {counted(len(found), 'different answer')}", ()
    else:
        shown = f"levels {found[0]!r} to {found[-1]!r}" if numeric else f"answers {listed(found)}"
    parts = [said, f"{shown}, as they occur (--levels or --rubric declares the scale, on which AC depends)"]
    return Guessed(Scale(criterion, found, chosen), f"{criterion}: {', '.join(filter(None, parts))}")


def _numbers(values: list[Any], metric: Metric) -> tuple[Any, ...]:
    """Return the values in order; on a scale with distances all whole numbers between them too."""
    whole = all(float(value).is_integer() for value in values)
    least, most = min(values), max(values)
    if metric == "nominal" or not whole or most - least >= _WIDEST:
        return tuple(sorted(values))
    return tuple(range(int(least), int(most) + 1))
