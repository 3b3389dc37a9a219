"""What the sections of a report share: figures written for reading, and what was left out."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.numbers import true_minus
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.report import Draw
from evalwidgets.analysis.results import LeftOut, listed
from evalwidgets.analysis.scales import scales_of

MOST_REVIEWERS = 60
"""More reviewers than this are in the tables only: a chart of them could not be read."""


def drawn(chart: Callable[..., Chart], result: Any, **options: Any) -> Draw:
    """Return what draws a chart of a result in a theme."""
    return partial(_draw, chart, result, options)


def _draw(chart: Callable[..., Chart], result: Any, options: dict[str, Any], theme: ThemeName) -> Chart:
    return chart(result, theme=theme, **options)


def few_enough(reviewers: pd.Series) -> bool:
    """Return whether so many reviewers can be drawn, one row or panel each."""
    return 0 < reviewers.nunique() <= MOST_REVIEWERS


def estimates(rows: pd.DataFrame, name: str, kind: str = ".2f") -> list[str]:
    """Return each estimate with its interval, for reading.

    Parameters
    ----------
    rows : DataFrame
        With the column `name`, and `{name}_low, {name}_high` or `low, high`.
    name : str
        The column of the estimate.
    kind : str
        How a number is written, such as ".0%".
    """
    columns = [f"{name}_low", f"{name}_high"] if f"{name}_low" in rows else ["low", "high"]
    figures = rows[[name, *columns]].astype(float).itertuples(index=False)
    return [estimate(value, low, high, kind) for value, low, high in figures]


def estimate(value: float, low: float, high: float, kind: str = ".2f") -> str:
    """Return a number with its interval; nothing where there is none."""
    if math.isnan(value):
        return ""
    interval = "" if math.isnan(low) else f" [{low:{kind}}, {high:{kind}}]"
    return true_minus(f"{value:{kind}}{interval}")


def plain_numbers(values: pd.Series, kind: str = ".2f") -> list[str]:
    """Return numbers for reading; nothing where there is none."""
    return ["" if pd.isna(value) else true_minus(f"{value:{kind}}") for value in values]


def notes_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the note of each row that has one, after its label."""
    noted = rows[rows["note"] != ""]
    return tuple(f"{label}: {note}." for label, note in zip(noted["label"], noted["note"], strict=True))


def left_out(evidence: Evidence) -> list[str]:
    """Return what any of the results did not use, each thing once with where it was missing."""
    found: dict[LeftOut, list[str]] = {}
    for one in (*scales_of(evidence.rubric)[1], *evidence.agreement.left_out):
        found.setdefault(one, [])
    figures = evidence.agreement.estimates.values()
    for label, figure in zip(evidence.agreement.rows["label"], figures, strict=True):
        for one in figure.alpha.left_out:
            found.setdefault(one, []).append(label)
    for one in evidence.accuracy.left_out if evidence.accuracy is not None else ():
        found.setdefault(one, [])
    return [
        f"{one}{f' of {listed(where, most=12)}' if where else ''}" for one, where in found.items() if one.n
    ]
