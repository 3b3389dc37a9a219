"""Answers to pairs as outcomes: which of two candidates was preferred, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.ratings import check_ratings, pick_criterion, rated, require_columns
from evalwidgets.analysis.results import LeftOut, listed, nonempty
from evalwidgets.errors import RatingsError

_SCORES = {"a": 1.0, "b": 0.0, "tie": 0.5}
_TIES = ("same", "tie", "equal", "both", "neither")


class Pairs(NamedTuple):
    """Judged comparisons.

    Columns of `rows`: `task, reviewer, a, b` (the candidates at either side)`, score` (1: a
    preferred, 0: b, 0.5: tie)`, subject` (what both answer; the task where not known).
    """

    rows: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    has_subjects: bool


def read_pairs(
    ratings: pd.DataFrame,
    candidates: pd.DataFrame,
    *,
    criterion: str | None,
    sides: Mapping[Any, str] | None = None,
) -> Pairs:
    """Return each answer to a pair as an outcome.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    candidates : DataFrame
        `task, a, b`: who stood at which side; and, where known, `subject`: what both
        answer (the prompt, the source picture). Tasks of one subject with the same two
        candidates at exchanged sides are repeats.
    criterion : str or None
        The preference criterion; may be omitted when there is one.
    sides : mapping or None
        Value to "a", "b" or "tie". None reads `a`, `a_much`, `a_slightly` as a, likewise
        b, and `same`, `tie`, `both_good`, `both_bad` as ties.

    Raises
    ------
    RatingsError
        If a column is missing, a task has two pairs, or a value has no side.
    """
    check_ratings(ratings)
    require_columns(candidates, ("task", "a", "b"), "candidates")
    twice = candidates["task"][candidates["task"].duplicated()]
    if len(twice):
        msg = f"candidates: expected one pair per task, got two for {listed(twice.unique())}. Keep one."
        raise RatingsError(msg)
    first, left_out = rated(pick_criterion(ratings, criterion))
    single = first[~first.duplicated(["task", "reviewer"])]
    has_subjects = "subject" in candidates
    known = candidates[["task", "a", "b", *(["subject"] if has_subjects else [])]]
    joined = single[["task", "reviewer", "value"]].merge(known, on="task", how="inner")
    itself = joined["a"] == joined["b"]
    rows = joined[~itself].reset_index(drop=True)
    rows = rows.assign(score=_scores(rows["value"], sides)).drop(columns="value")
    if not has_subjects:
        rows["subject"] = rows["task"]
    everything = (
        *left_out,
        LeftOut("rating given twice", len(first) - len(single), "the first one counts"),
        LeftOut("rating of an unknown pair", len(single) - len(joined), "its task is not in candidates"),
        LeftOut("rating of a candidate beside itself", int(itself.sum()), "nothing to prefer"),
    )
    return Pairs(rows, nonempty(*everything), has_subjects)


def _scores(values: pd.Series[Any], sides: Mapping[Any, str] | None) -> pd.Series[float]:
    named = {value: _side(value) if sides is None else sides.get(value) for value in values.unique()}
    unknown = [value for value, side in named.items() if side not in _SCORES]
    if unknown:
        msg = (
            f"ratings: expected values that name a side (a, a_..., b, b_..., or {', '.join(_TIES)}), got "
            f"{listed((repr(value) for value in unknown), most=6)}. Say what they mean with "
            "sides={value: 'a' | 'b' | 'tie'}, or choose the preference criterion with criterion=...."
        )
        raise RatingsError(msg)
    scores = {value: _SCORES[str(side)] for value, side in named.items()}
    return values.map(scores).astype(np.float64)


def _side(value: Any) -> str | None:
    """Return what a value of our rubrics says by its name."""
    head = str(value).partition("_")[0]
    return "tie" if head in _TIES else (head if head in ("a", "b") else None)
