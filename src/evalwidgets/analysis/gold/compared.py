"""Ratings beside gold: what accuracy, confusion and severity are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.arrays import IntArray, Level
from evalwidgets.analysis.codes import hashable, refuse_values
from evalwidgets.analysis.ratings import check_ratings, require_columns
from evalwidgets.analysis.results import LeftOut, listed, nonempty
from evalwidgets.analysis.scales import Scale, scales_of
from evalwidgets.core.feedback import signed_difference
from evalwidgets.errors import RatingsError

_OPEN = "a distribution or an order is not right or wrong"


class _Judgement(NamedTuple):
    """How one answer stands to one gold answer."""

    exact: bool
    within: bool
    nearest: Level
    """The accepted value that is nearest to the answer; None for "not applicable"."""
    deviation: float
    """Answer minus nearest, in levels; nan off a numeric scale."""
    middle: float
    """The mean of the accepted values; nan off a numeric scale."""


class Compared(NamedTuple):
    """Ratings that gold can judge, and those that it cannot.

    Columns of `rows`: `task, reviewer, criterion, value`, `na` and `gold_na` (not
    applicable, given and accepted), `exact, within, nearest, deviation, middle`, and
    `submitted_at` where the ratings have it.
    """

    rows: pd.DataFrame
    left_out: tuple[LeftOut, ...]


def compare_with_gold(ratings: pd.DataFrame, gold: pd.DataFrame, rubric: Any) -> Compared:
    """Return each blind rating beside its gold answer.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts.
    gold : DataFrame
        One row per task and criterion with `accepted` (a tuple of values) and, where
        known, `tolerance` and `na`.
    rubric : Rubric, Scale or list of Scale
        The scales; other criteria are left out.

    Raises
    ------
    RatingsError
        If a column is missing, a value is not on its scale, or gold says two things
        of one task and criterion.

    Notes
    -----
    "Not applicable" is an answer: right where gold says so, wrong where gold accepts a
    level, and a level is wrong where gold says not applicable. A criterion that a
    reviewer's own gate answer hid has no rating and does not count: the gate does.
    """
    check_ratings(ratings)
    scales = {scale.id: scale for scale in scales_of(rubric)[0]}
    answers, gold_left_out = _judgeable(gold, scales)
    rows, left_out = blind_answers(ratings, scales.values())
    index = pd.MultiIndex.from_frame(answers[["task", "criterion"]])
    place = index.get_indexer(pd.MultiIndex.from_frame(rows[["task", "criterion"]]))
    without = LeftOut("rating without gold", int((place < 0).sum()), "no accepted answer")
    rows, place = rows[place >= 0].reset_index(drop=True), place[place >= 0]
    judged = _judged(rows, answers, np.asarray(place, dtype=np.int64), scales)
    everything = (*left_out, without, *gold_left_out)
    return Compared(pd.concat([rows, judged], axis=1), nonempty(*everything))


def gold_answers(gold: pd.DataFrame, rubric: Any) -> Compared:
    """Return the gold answers that make a rating right or wrong, as the scales declare them.

    Parameters
    ----------
    gold, rubric
        As in `compare_with_gold`.

    Returns
    -------
    Compared
        Columns of `rows`: `task, criterion, accepted` (a tuple, empty where the criterion
        must not apply), `tolerance` (the one in force) and `na`.
    """
    scales = {scale.id: scale for scale in scales_of(rubric)[0]}
    answers, left_out = _judgeable(gold, scales)
    asked = list(
        zip(answers["criterion"], answers["accepted"], answers["tolerance"], answers["na"], strict=True)
    )
    accepted = [() if na else tuple(_on_scale(values, scales[name], "gold")) for name, values, _, na in asked]
    tolerance = [
        scales[name].tolerance_for(None if pd.isna(own) else float(own)) for name, _, own, _ in asked
    ]
    rows = answers.assign(
        accepted=pd.Series(accepted, index=answers.index, dtype=object),
        tolerance=pd.Series(tolerance, index=answers.index, dtype=float),
    )
    return Compared(rows, nonempty(*left_out))


def _judgeable(gold: pd.DataFrame, scales: dict[str, Scale]) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return gold answers that make a rating right or wrong: accepted values, or not applicable."""
    require_columns(gold, ("task", "criterion", "accepted"), "gold")
    rated = gold[gold["criterion"].isin(list(scales))].reset_index(drop=True)
    na = rated["na"].eq(True) if "na" in rated else pd.Series(data=False, index=rated.index)
    accepted = [_as_tuple(values) for values in rated["accepted"]]
    answers = pd.DataFrame(
        {
            "task": rated["task"],
            "criterion": rated["criterion"],
            "accepted": pd.Series(accepted, index=rated.index, dtype=object),
            "tolerance": rated.get("tolerance", np.nan),
            "na": na.astype(bool),
        }
    )
    answers = answers[na | np.array([len(values) > 0 for values in accepted], dtype=bool)]
    twice = answers[answers.duplicated(["task", "criterion"])]
    if len(twice):
        places = listed(
            f"{task} / {name}" for task, name in zip(twice["task"], twice["criterion"], strict=True)
        )
        msg = f"gold: expected one answer per task and criterion, got two for {places}. Keep one."
        raise RatingsError(msg)
    open_ended = LeftOut("answer of gold without an accepted value", len(rated) - len(answers), _OPEN)
    return answers.reset_index(drop=True), (open_ended,)


def _judged(
    rows: pd.DataFrame, answers: pd.DataFrame, place: IntArray, scales: dict[str, Scale]
) -> pd.DataFrame:
    """Judge each different pair of gold answer and value once, and hand the verdicts out."""
    own = [None if pd.isna(one) else float(one) for one in answers["tolerance"]]
    asked = zip(answers["criterion"], answers["accepted"], own, answers["na"], strict=True)
    kinds: dict[tuple[Any, ...], int] = {}
    kind = np.array([kinds.setdefault(one, len(kinds)) for one in asked], dtype=np.int64)
    codes, values = pd.factorize(rows["value"])
    pair = kind[place] * (len(values) + 1) + codes + 1
    different, where = np.unique(pair, return_inverse=True)
    known = list(kinds)
    verdicts = []
    for gold, code in zip(*np.divmod(different, len(values) + 1), strict=True):
        criterion, accepted, tolerance, na = known[gold]
        scale = scales[criterion]
        right = () if na else _on_scale(accepted, scale, "gold")
        given = _on_scale([values[code - 1]], scale, "ratings")[0] if code else None
        verdicts.append(_judge(scale, given, right, scale.tolerance_for(tolerance)))
    columns = pd.DataFrame(verdicts, columns=list(_Judgement._fields)).astype({"nearest": object})
    judged = columns.take(where).reset_index(drop=True)
    judged["gold_na"] = answers["na"].to_numpy(dtype=bool)[place]
    return judged


def _judge(scale: Scale, value: Level, accepted: Sequence[Level], tolerance: float) -> _Judgement:
    if value is None or not accepted:
        same = value is None and not accepted
        return _Judgement(same, same, accepted[0] if accepted else None, np.nan, np.nan)
    difference = signed_difference(value, tuple(accepted)) if scale.is_numeric else None
    if difference is None:
        exact = value in accepted
        return _Judgement(exact, exact, value if exact else accepted[0], np.nan, np.nan)
    nearest = next(one for one in accepted if value - one == difference)
    middle = float(np.mean(accepted))
    return _Judgement(difference == 0, abs(difference) <= tolerance, nearest, difference, middle)


def _on_scale(values: Sequence[Level], scale: Scale, what: str) -> list[Level]:
    """Return the values as the scale declares them (3 for 3.0), refusing any that it does not."""
    if not scale.levels:
        return [_plain_number(hashable(value)) for value in values]
    declared = {level: level for level in scale.levels}
    unknown = [value for value in values if value not in declared]
    if unknown:
        refuse_values(unknown, scale.levels, f"{what}, criterion {scale.id}")
    return [declared[value] for value in values]


def _plain_number(value: Level) -> Level:
    """Return a numpy number as Python's, which is what the rules of the core know."""
    return value.item() if isinstance(value, np.generic) else value


def _as_tuple(values: Any) -> tuple[Level, ...]:
    """Return accepted values as a tuple; a single value or a missing one is understood."""
    if isinstance(values, list | tuple | set | frozenset | np.ndarray):
        return tuple(hashable(_plain_number(value)) for value in values)
    return () if values is None or pd.isna(values) else (values,)
