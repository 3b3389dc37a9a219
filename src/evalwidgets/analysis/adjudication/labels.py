"""The answers of a campaign once people have settled what reviewers did not agree on, with their origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from evalwidgets.analysis.adjudication.standing import (
    NA,
    answer_of,
    answers_of,
    caveat,
    ids_of,
    last_words,
    scale_by_id,
    standing_ratings,
)
from evalwidgets.analysis.ratings import is_not_applicable
from evalwidgets.core.adjudication_events import Settled

COLUMNS = (
    *("task", "criterion", "value", "na", "provenance", "n", "agreed"),
    *("by", "reason", "cause", "rubric_version", "reviews", "caveat"),
)


def adjudicated_labels(ratings: pd.DataFrame, settled: Iterable[Settled], rubric: Any) -> pd.DataFrame:
    """Return one answer for each task and criterion, and where it comes from.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table, of any rounds and revisions: each reviewer's last answer counts.
    settled : iterable of Settled
        What people settled, for example ``store.adjudication[campaign].settled.values()``.
    rubric : Rubric, Scale or list of Scale
        The declared scales. What was answered under another major version is left out.

    Returns
    -------
    DataFrame
        By task, then in the order of the rubric: `task, criterion, value` (None where there
        is none), `na` (why the criterion does not apply, else None), `provenance, n`
        (answers that stand), `agreed` (how many of them say the same), `by, reason, cause,
        rubric_version, reviews` (ids that it rests on) and `caveat`.

    Raises
    ------
    RatingsError
        If a column is missing.

    Notes
    -----
    `provenance` is one of

    - ``adjudicated``: a person accepted one of the answers or chose another; `by`, `reason`
      and `cause` say who and why.
    - ``unanimous``: two reviewers or more, and all say the same. Nobody looked again, and
      two who share a misreading are unanimous, too.
    - ``majority``: more than half say the same and nobody settled it. Levels are compared
      for being the same; 3 and 4 are two answers.
    - ``unresolved``: there is no value. Either a person looked and left it open (`by` says
      who), or no answer has more than half and nobody has looked yet (`by` is empty).
    - ``single``: one reviewer answered, so nothing was compared.

    A decision stays what a person settled when answers change later; its `caveat` then says
    "answers changed since", and of one made when a level may have meant something else
    "settled under 1.2.0". Look at those again before the labels leave the house.
    """
    rows = standing_ratings(ratings, rubric)
    rows = rows.assign(answer=answers_of(rows), none=is_not_applicable(rows))
    parts = {
        (str(task), str(name)): part
        for (task, name), part in rows.groupby(["task", "criterion"], sort=False, observed=True)
    }
    words = last_words(settled, rubric)
    order = {name: place for place, name in enumerate(scale_by_id(rubric))}
    places = sorted({*parts, *words}, key=lambda one: (one[0], order.get(one[1], len(order)), one[1]))
    found = [_label(place, parts.get(place, rows[:0]), words.get(place), rubric) for place in places]
    table = pd.DataFrame(found, columns=COLUMNS, dtype=object)  # whole numbers beside None stay whole
    return table.astype({"n": int, "agreed": int})


def _label(place: tuple[str, str], part: pd.DataFrame, said: Settled | None, rubric: Any) -> dict[str, Any]:
    facts = {"task": place[0], "criterion": place[1], "n": len(part)}
    return {**facts, **(_settled(part, said, rubric) if said else _counted(part))}


def _settled(part: pd.DataFrame, said: Settled, rubric: Any) -> dict[str, Any]:
    """Return what a person said of a case."""
    answer = answer_of(said)
    return {
        "value": said.value,
        "na": said.na,
        "provenance": "unresolved" if said.how == "unresolved" else "adjudicated",
        "agreed": sum(one == answer for one in part["answer"]),
        "by": said.by,
        "reason": said.reason,
        "cause": said.cause,
        "rubric_version": said.rubric_version,
        "reviews": said.considered,
        "caveat": caveat(said, ids_of(part), rubric),
    }


def _counted(part: pd.DataFrame) -> dict[str, Any]:
    """Return what follows from the answers alone."""
    answer, agreed = Counter(part["answer"]).most_common(1)[0]
    stands = 2 * agreed > len(part)
    first = part[part["answer"] == answer] if answer != NA else part[part["none"]]
    versions = part["rubric_version"] if "rubric_version" in part else pd.Series([""])
    return {
        "value": first["value"].iloc[0] if stands and answer != NA else None,
        "na": first["na"].mode().iloc[0] if stands and answer == NA else None,
        "provenance": _provenance(len(part), agreed),
        "agreed": agreed,
        "by": "",
        "reason": "",
        "cause": "",
        "rubric_version": max(versions, key=_numbers),
        "reviews": ids_of(part),
        "caveat": "",
    }


def _provenance(n: int, agreed: int) -> str:
    if n == 1:
        return "single"
    if agreed == n:
        return "unanimous"
    return "majority" if 2 * agreed > n else "unresolved"


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version so that the newer one is greater."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
