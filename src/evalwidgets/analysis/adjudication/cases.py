"""What a person should settle: the tasks and criteria on which answers stand apart, most disagreed first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from evalwidgets.analysis.adjudication.standing import (
    answers_of,
    caveat,
    ids_of,
    last_words,
    scale_by_id,
    standing_ratings,
)
from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.causes.disagreement import Spread, spread
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.errors import RatingsError

COLUMNS = (
    *("task", "criterion", "label", "n", "spread", "certainty", "values"),
    *("cause", "reason", "reviews", "state", "caveat"),
)
_UNSAID = 2 / 3
"""The certainty of an answer whose confidence was not asked."""


def to_adjudicate(
    ratings: pd.DataFrame, rubric: Any, settled: Iterable[Settled] = (), *, least: int = 2
) -> pd.DataFrame:
    """Return the cases that a person should settle, most disagreed first.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table, of any rounds and revisions: the answers that stand count (each
        reviewer's last), not the blind ones. `confidence`, `second`, `seconds`, `na`,
        `flags` and `review` are used where they are there.
    rubric : Rubric, Scale or list of Scale
        The declared scales. What was answered under another major version is left out.
    settled : iterable of Settled
        What was settled already, for example ``store.adjudication[campaign].settled.values()``.
    least : int
        Fewer answers than this make no case.

    Returns
    -------
    DataFrame
        One row for each task and criterion on which standing answers differ: `task,
        criterion, label, n` (answers), `spread` (0 to 1, see `spread`), `certainty` (0 to 1),
        `values` (each answer that was given and how often, in words), `cause` and `reason`
        (suggested, empty without one), `reviews` (ids), `state` and `caveat`. The state is
        "open", "settled", "unresolved" (left open by a person), or "again": settled, and
        the caveat says why it should be looked at again. Gates come first, as they decide
        what else is asked; then the product of spread and certainty decides.

    Raises
    ------
    RatingsError
        If a column is missing, a value is not on its scale, or `least` is below 2.

    Notes
    -----
    Certainty is the mean confidence as a share of the highest; where nobody was asked it is
    two thirds. So two sure camps come before a wide field of guesses of the same spread:
    the rubric can be mended, a hard task cannot. Criteria that no scale orders (free text,
    marked places) make no case of their own. A suggested cause is no more than that; it
    never knows gold here, which would tell the answer. Its reason names reviewers.
    """
    if least < 2:
        msg = f"least: expected how many answers make a case, at least 2, got {least}."
        raise RatingsError(msg)
    rows = standing_ratings(ratings, rubric)
    cases = _cases(rows, rubric, least)
    if len(cases):
        cases = _with_causes(cases, rows, rubric)
    marked = with_settled(cases, settled, rubric)
    gates = {name for name, scale in scale_by_id(rubric).items() if scale.is_gate}
    order = pd.DataFrame(
        {"gate": marked["criterion"].isin(gates), "by": marked["spread"] * marked["certainty"]}
    )
    order = order.sort_values(["gate", "by"], ascending=False, kind="stable")
    return marked.loc[order.index].reset_index(drop=True)


def with_settled(cases: pd.DataFrame, settled: Iterable[Settled], rubric: Any) -> pd.DataFrame:
    """Return cases with `state` and `caveat` as the decisions have them; their order stays."""
    words = last_words(settled, rubric)
    states, caveats = [], []
    for task, criterion, reviews in zip(cases["task"], cases["criterion"], cases["reviews"], strict=True):
        said = words.get((task, criterion))
        why = caveat(said, reviews, rubric) if said else ""
        states.append(_state(said, why))
        caveats.append(why)
    return cases.assign(state=states, caveat=caveats)


def _state(said: Settled | None, why: str) -> str:
    if said is None:
        return "open"
    if why:
        return "again"
    return "unresolved" if said.how == "unresolved" else "settled"


def _cases(rows: pd.DataFrame, rubric: Any, least: int) -> pd.DataFrame:
    """Return the task and criterion pairs whose answers differ, in the order of the rubric and the table."""
    found = []
    if len(rows):
        distances = spread(rows.drop(columns=["rubric_version"], errors="ignore"), rubric)
        marked = rows.assign(answer=answers_of(rows))
        for name in scale_by_id(rubric):
            for task, part in marked[marked["criterion"] == name].groupby("task", sort=False, observed=True):
                if len(part) >= least and len(Counter(part["answer"])) > 1:
                    found.append(_case(str(task), name, part, distances))
    return pd.DataFrame(found, columns=COLUMNS[:-2])


def _case(task: str, criterion: str, part: pd.DataFrame, distances: Spread) -> dict[str, Any]:
    return {
        "task": task,
        "criterion": criterion,
        "label": distances.labels[criterion],
        "n": len(part),
        "spread": float(distances.table[criterion][task]),
        "certainty": _certainty(part),
        "values": str(distances.answers[criterion][task]),
        "cause": "",
        "reason": "",
        "reviews": ids_of(part),
    }


def _certainty(part: pd.DataFrame) -> float:
    if "confidence" not in part:
        return _UNSAID
    return float((part["confidence"].astype("Float64") / 3).fillna(_UNSAID).mean())


def _with_causes(cases: pd.DataFrame, rows: pd.DataFrame, rubric: Any) -> pd.DataFrame:
    causes = suggest_causes(rows.drop(columns=["rubric_version"], errors="ignore"), rubric).rows
    told = {
        (task, criterion): (str(cause), str(reason))
        for task, criterion, cause, reason in zip(
            causes["task"], causes["criterion"], causes["cause"], causes["reason"], strict=True
        )
    }
    found = [told.get(place, ("", "")) for place in zip(cases["task"], cases["criterion"], strict=True)]
    return cases.assign(cause=[cause for cause, _ in found], reason=[reason for _, reason in found])
