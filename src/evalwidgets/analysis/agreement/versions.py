"""Ratings of several rubric versions, split where a level changed its meaning."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import IntArray
from evalwidgets.analysis.ratings import require_columns


def by_version(ratings: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the ratings of each rubric and major version, oldest first.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.

    Returns
    -------
    dict
        From a label such as "2.x" (with the rubric's name before it where there are several
        rubrics) to its rows. Without a column `rubric_version`, or with one major version,
        it holds all ratings; rows without a version are "no version".

    Notes
    -----
    A major version changes what a level means, so its ratings are never pooled with
    others. Minor versions add examples and wording: they are pooled, and every
    statistic warns that they are. A statistic for each version is one line:
    ``{label: krippendorff_alpha(part, levels=levels) for label, part in by_version(ratings).items()}``.
    """
    require_columns(ratings, (), "ratings")
    if "rubric_version" not in ratings or ratings.empty:
        return {"no version": ratings}
    keys = [key for key in ("rubric", "rubric_version") if key in ratings]
    # Names are read once for each different pair, not for every rating.
    different = ratings.groupby(keys, sort=False, observed=True, dropna=False).indices
    parts: dict[tuple[str, str], list[IntArray]] = {}
    for key, rows in different.items():
        texts = ["" if pd.isna(one) else str(one) for one in (key if isinstance(key, tuple) else (key,))]
        rubric, version = texts if len(texts) == 2 else ("", texts[0])
        parts.setdefault((rubric, _major(version)), []).append(np.asarray(rows, dtype=np.int64))
    several = len({rubric for rubric, _ in parts}) > 1
    return {
        _label(*key, several=several): ratings.iloc[np.sort(np.concatenate(parts[key]))]
        for key in sorted(parts, key=lambda key: (key[0], _place(key[1])))
    }


def _major(version: str) -> str:
    return version.strip().removeprefix("v").partition(".")[0]


def _place(major: str) -> tuple[bool, int, str]:
    """Return what sorts "2" before "10", and names after numbers."""
    return (not major.isdigit(), int(major) if major.isdigit() else 0, major)


def _label(rubric: str, major: str, *, several: bool) -> str:
    version = f"{major}.x" if major.isdigit() else major or "no version"
    return f"{rubric} {version}".strip() if several else version
