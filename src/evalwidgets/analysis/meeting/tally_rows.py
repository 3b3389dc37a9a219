"""From tables to the places of a tally: answers, re-votes, gold, and the letters that hide names."""

from __future__ import annotations

import random
from collections.abc import Iterable
from string import ascii_uppercase

import numpy as np
import pandas as pd

from evalwidgets.analysis.codes import hashable, level_codes
from evalwidgets.analysis.ratings import is_not_applicable, last_revisions, require_columns
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.analysis.scales import Scale
from evalwidgets.core.round import RE_VOTE


def letters_for(reviewers: Iterable[str], seed: object) -> dict[str, str]:
    """Return a letter for each reviewer, dealt by a shuffle: A to Z, then AA, AB, ...

    Parameters
    ----------
    reviewers : iterable of str
        Their names, in any order.
    seed : object
        Anything with a stable text, such as the round's name: equal seeds deal equal letters.
    """
    names = sorted(set(reviewers))
    random.Random(str(seed)).shuffle(names)  # noqa: S311 - a disguise for a meeting, not a secret
    return {name: _letter(place) for place, name in enumerate(names)}


def _letter(place: int) -> str:
    before, last = divmod(place, len(ascii_uppercase))
    return (_letter(before - 1) if before else "") + ascii_uppercase[last]


def dealt_letters(of_task: pd.DataFrame, task: str) -> dict[str, str]:
    """Return letters for everybody who saw the task, dealt anew for each round and task."""
    rounds = sorted(of_task["round"].unique()) if "round" in of_task else []
    return letters_for(of_task["reviewer"].unique(), [*rounds, task])


def place_answers(rows: pd.DataFrame, scale: Scale) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return each reviewer's answer: `place` on the axis, `second` (or None), `note`, by reviewer.

    "Not applicable" has the place after the last level.
    """
    answered = rows[rows["value"].notna() | is_not_applicable(rows)]
    single = answered[~answered.duplicated("reviewer")]
    given = ~is_not_applicable(single).to_numpy(dtype=bool)
    place = np.full(len(single), len(scale.levels), dtype=np.int64)
    place[given], _ = level_codes(single.loc[given, "value"], scale.levels, f"ratings, criterion {scale.id}")
    columns = {"place": place.tolist(), "second": _seconds(single, scale), "note": _notes(single)}
    left_out = (
        LeftOut("rating without a value", len(rows) - len(answered), "not rated"),
        LeftOut("rating given twice", len(answered) - len(single), "the first one counts"),
    )
    placed = pd.DataFrame(columns, index=pd.Index(single["reviewer"]), dtype=object)
    return placed, nonempty(*left_out)


def _seconds(rows: pd.DataFrame, scale: Scale) -> list[int | None]:
    if "second" not in rows:
        return [None] * len(rows)
    places = {level: place for place, level in enumerate(scale.levels)}
    return [None if pd.isna(second) else places.get(second) for second in rows["second"]]


def _notes(rows: pd.DataFrame) -> list[str]:
    if "note" not in rows:
        return [""] * len(rows)
    return ["" if pd.isna(note) else str(note).strip() for note in rows["note"]]


def revotes_of(rows: pd.DataFrame, revote: bool | None) -> pd.DataFrame:
    """Return the revisions that answer a re-vote, one a reviewer; see `tally`."""
    if "revision" not in rows or revote is False or (revote is None and "reason" not in rows):
        return rows[:0]
    later = rows[rows["revision"] > rows.groupby("reviewer", observed=True)["revision"].transform("min")]
    if revote is None:
        later = later[later["reason"] == RE_VOTE]
    return last_revisions(later)


def accepted_places(
    gold: pd.DataFrame, scale: Scale, task: str
) -> tuple[tuple[int, ...], tuple[int, ...], str] | None:
    """Return where gold's accepted answers lie, what is within tolerance, and why; None without gold."""
    require_columns(gold, ("task", "criterion", "accepted"), "gold")
    found = gold[(gold["task"] == task) & (gold["criterion"] == scale.id)]
    if found.empty:
        return None
    row = found.iloc[0]
    rationale = str(row.get("rationale") or "")
    if row.get("na") is True or row.get("na") is np.True_:
        return (len(scale.levels),), (len(scale.levels),), rationale
    accepted = row["accepted"] if isinstance(row["accepted"], list | tuple) else (row["accepted"],)
    values = pd.Series([hashable(value) for value in accepted], dtype=object)
    places, _ = level_codes(values, scale.levels, f"gold, criterion {scale.id}")
    own = row.get("tolerance")
    reach = scale.tolerance_for(None if own is None or pd.isna(own) else float(own))
    within = [
        place
        for place, level in enumerate(scale.levels)
        if place in places or (scale.is_numeric and any(abs(level - value) <= reach for value in values))
    ]
    return tuple(sorted(places.tolist())), tuple(within), rationale
