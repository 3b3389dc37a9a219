"""The answers that stand: each reviewer's last word on each task and criterion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from evalwidgets.analysis.answers import KEY
from evalwidgets.analysis.codes import as_hashable
from evalwidgets.analysis.ratings import is_not_applicable, last_revisions, require_columns
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.adjudication_events import Settled

NA = ("N/A",)
"""What "not applicable" is among answers: equal to itself and to no value."""


def standing_ratings(ratings: pd.DataFrame, rubric: Any) -> pd.DataFrame:
    """Return the ratings that adjudication rests on, one for each task, reviewer and criterion.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table, of any rounds and revisions. Of several answers of a reviewer the
        last one stands, also across rounds.
    rubric : Rubric, Scale or list of Scale
        Its criteria that have a scale; what was answered under another major version of it
        is left out, as its levels mean something else.

    Raises
    ------
    RatingsError
        If a column is missing.
    """
    require_columns(ratings, (*KEY, "value"), "ratings")
    scales, _ = scales_of(rubric)
    rows = ratings[ratings["criterion"].isin([scale.id for scale in scales])]
    version = getattr(rubric, "version", "")
    if version and "rubric_version" in rows:
        rows = rows[rows["rubric_version"].map(major).eq(major(version))]
    rows = last_revisions(rows)
    rows = rows[rows["value"].notna() | is_not_applicable(rows)]
    return rows[~rows.duplicated(KEY, keep="last")].reset_index(drop=True)


def answers_of(rows: pd.DataFrame) -> pd.Series[Any]:
    """Return what each rating says, so that equal answers are equal: a value, a tuple of values, or `NA`."""
    said = as_hashable(rows["value"].astype(object)).astype(object)
    none = is_not_applicable(rows).to_numpy(dtype=bool)
    return pd.Series(
        [NA if one else value for value, one in zip(said, none, strict=True)], rows.index, object
    )


def answer_of(settled: Settled) -> Any:
    """Return what a person settled, as `answers_of` has it; None where it was left open."""
    if settled.na is not None:
        return NA
    return (
        as_hashable(pd.Series([settled.value], dtype=object)).iloc[0] if settled.how != "unresolved" else None
    )


def last_words(settled: Iterable[Settled], rubric: Any) -> dict[tuple[str, str], Settled]:
    """Return the last word on each task and criterion under a rubric."""
    name = getattr(rubric, "id", None)
    return {(one.task, one.criterion): one for one in settled if name in (None, one.rubric)}


def caveat(said: Settled, reviews: Iterable[str], rubric: Any) -> str:
    """Return why a decision should be looked at again; empty while it rests on what stands.

    Parameters
    ----------
    said : Settled
        The decision.
    reviews : iterable of str
        The ids of the reviews that stand now.
    rubric : Rubric, Scale or list of Scale
        As it is now.
    """
    version = getattr(rubric, "version", said.rubric_version)
    if major(said.rubric_version) != major(version):
        return f"settled under {said.rubric_version}"
    if not set(reviews) <= set(said.considered):
        return "answers changed since"
    return ""


def major(version: object) -> str:
    """Return the first number of a version: as long as it stays, levels keep their meaning."""
    return str(version).partition(".")[0]


def ids_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the reviews that the ratings are of; none without that column."""
    return tuple(dict.fromkeys(rows["review"])) if "review" in rows else ()


def scale_by_id(rubric: Any) -> dict[str, Scale]:
    """Return the scales of a rubric by criterion, in its order."""
    return {scale.id: scale for scale in scales_of(rubric)[0]}
