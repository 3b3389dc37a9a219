"""One row per task with all that is known of it: what the explorer filters and sorts by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.causes.task_votes import TaskVotes, votes_by_task
from evalwidgets.analysis.explore.tag_columns import tag_columns
from evalwidgets.analysis.gold.gold_health import gold_health
from evalwidgets.analysis.ratings import first_revisions, require_columns
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.task import Task

MEASURED = ("changed", "change_area", "outside_share", "trust")
"""The columns of measured evidence: whether and on which share of the picture something changed,
which share outside of what was asked, and how far that can be trusted."""
NOVEL = "novel_pattern"
"""The flag for a kind of failure or success that is new."""
SENSITIVE = "sensitive"
"""How flags on sensitive content begin."""


def task_facts(
    ratings: pd.DataFrame,
    rubric: Any,
    gold: pd.DataFrame | None = None,
    tasks: Iterable[Task] | None = None,
    evidence: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what is known of each task, one row each.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table; of several revisions the first counts. `confidence`, `flags`, `round`,
        `rubric_version` are told where it has them.
    rubric : Rubric, Scale or list of Scale
        The declared scales.
    gold : DataFrame, optional
        From `gold_table`: which tasks are gold-suspect is told by `gold_health`.
    tasks : iterable of Task, optional
        Which tasks, in this order; else those of the ratings.
    evidence : DataFrame, optional
        By task (index), any of the columns of `MEASURED`.

    Returns
    -------
    DataFrame
        `task, kind, instruction, source`, each tag under its name (`tag_columns`);
        `n_reviews`; `spread` (of the criterion on which reviewers lie furthest apart, as in
        `analysis.spread`: 0 all the same, 1 the whole scale), `most_spread` (that criterion),
        `smaller_side` (how many stand on the smaller of two sides, on the criterion that
        splits most); `confidence` (mean, 1 to 3), `flags` (tuple), `n_flags`, `novel`,
        `sensitive` (marked, or flagged so), `gold_suspect` (missing without gold), the
        columns of `MEASURED` (missing until measured), `rubric_version` (the newest);
        then for each criterion its typical answer (the median level, or the answer given
        most) under the criterion's own id and `spread_<id>`, and `flag_<id>` for each flag.

    Notes
    -----
    Spreads and medians are of what reviewers said first. It misleads where few have
    answered: read `n_reviews` beside them.
    """
    require_columns(ratings, ("task", "reviewer", "criterion", "value"), "ratings")
    known = list(tasks) if tasks is not None else None
    names = [one.id for one in known] if known is not None else list(pd.unique(ratings["task"]))
    place = pd.Index(names, name="task")
    answers = _answers(ratings, rubric, place)
    reviews = _reviews(ratings, rubric, place)
    marked = pd.Series(
        [one.sensitive for one in known or ()], index=place if known else place[:0], dtype=bool
    )
    suspect = _suspects(ratings, gold, rubric, place)
    measured = _measured(evidence, place)
    own = (
        {
            "kind": [one.kind for one in known],
            "instruction": [one.instruction or one.prompt for one in known],
            "source": [one.source for one in known],
        }
        if known
        else {}
    )
    flags = reviews.filter(regex="^flag_")
    facts = pd.DataFrame(own, index=place).join(
        [
            answers[["spread", "most_spread", "smaller_side"]],
            reviews.drop(columns=flags.columns),
            suspect,
            measured,
            answers.drop(columns=["spread", "most_spread", "smaller_side"]),
            flags,
        ]
    )
    facts["sensitive"] |= marked.reindex(place, fill_value=False)
    tags = tag_columns(known or (), taken=["task", *facts.columns])
    return pd.concat([facts.reset_index(), tags], axis=1)


def _answers(ratings: pd.DataFrame, rubric: Any, place: pd.Index) -> pd.DataFrame:
    """Return how each criterion was answered, and how far apart."""
    scales, _ = scales_of(rubric)
    rows, _ = blind_answers(ratings, scales)
    votes = {
        one.id: votes_by_task(part, one) for one in scales if len(part := rows[rows["criterion"] == one.id])
    }
    apart = _table(votes, TaskVotes.distances, place)
    sides = _table(votes, TaskVotes.smaller_side, place).fillna(0).max(axis=1)
    table = pd.DataFrame(index=place)
    table["spread"] = apart.max(axis=1) if len(votes) else np.nan
    divided = apart.fillna(-1.0).to_numpy()
    most = divided.argmax(axis=1) if len(votes) else np.zeros(len(place), dtype=int)
    ids = np.array([*votes, ""], dtype=object)
    table["most_spread"] = ids[np.where(table["spread"].to_numpy() > 0, most, len(votes))]
    table["smaller_side"] = sides.astype(int) if len(votes) else 0
    typical = {name: one.typical().reindex(place) for name, one in votes.items()}
    return pd.concat([table, pd.DataFrame(typical, index=place), apart.add_prefix("spread_")], axis=1)


def _table(votes: dict[str, TaskVotes], measure: Any, place: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(
        {name: measure(one).reindex(place) for name, one in votes.items()}, index=place, dtype=float
    )


def _reviews(ratings: pd.DataFrame, rubric: Any, place: pd.Index) -> pd.DataFrame:
    """Return what is told once a review: how many there are, how sure they were, what they flagged."""
    first = first_revisions(ratings)
    keys = [name for name in ("round", "task", "reviewer") if name in first]
    single = first[~first.duplicated(keys)]
    task = place.get_indexer(pd.Index(single["task"].astype(object)))
    single, task = single[task >= 0], task[task >= 0]
    table = pd.DataFrame({"n_reviews": np.bincount(task, minlength=len(place))}, index=place)
    table["confidence"] = _mean(single.get("confidence"), task, len(place))
    flags = list(single["flags"]) if "flags" in single else [()] * len(single)
    raised = [(at, name) for at, own in zip(task, flags, strict=True) for name in own or ()]
    by_task: dict[int, list[str]] = {}
    for at, name in raised:
        by_task.setdefault(int(at), []).append(name)
    table["flags"] = pd.Series(
        [tuple(sorted(set(by_task.get(at, ())))) for at in range(len(place))], index=place, dtype=object
    )
    table["n_flags"] = [len(by_task.get(at, ())) for at in range(len(place))]
    table["novel"] = [NOVEL in own for own in table["flags"]]
    table["sensitive"] = [any(name.startswith(SENSITIVE) for name in own) for own in table["flags"]]
    table["rubric_version"] = _newest(single, task, place)
    declared = [one.id for one in getattr(rubric, "flags", ())]
    for name in dict.fromkeys([*declared, *(name for _, name in raised)]):
        table[f"flag_{name}"] = [name in own for own in table["flags"]]
    return table


def _mean(values: pd.Series | None, task: np.ndarray, count: int) -> np.ndarray:
    """Return the mean of each task's values; NaN where there is none."""
    if values is None:
        return np.full(count, np.nan)
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    there = ~np.isnan(numbers)
    n = np.bincount(task[there], minlength=count)
    total = np.bincount(task[there], weights=numbers[there], minlength=count)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def _newest(single: pd.DataFrame, task: np.ndarray, place: pd.Index) -> pd.Series:
    """Return the newest rubric version under which each task was reviewed; empty without any."""
    if "rubric_version" not in single:
        return pd.Series("", index=place, dtype=object)
    codes, found = pd.factorize(single["rubric_version"].astype(object))
    versions = [str(version) for version in found]
    order = sorted(range(len(versions)), key=lambda code: _parts(versions[code]))
    rank = np.empty(len(versions), dtype=int)
    rank[order] = range(len(versions))
    newest = np.full(len(place), -1)
    np.maximum.at(newest, task, rank[codes])
    names = np.array([*(versions[code] for code in order), ""], dtype=object)
    return pd.Series(names[newest], index=place)


def _parts(version: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in version.split(".")]


def _suspects(ratings: pd.DataFrame, gold: pd.DataFrame | None, rubric: Any, place: pd.Index) -> pd.DataFrame:
    """Return which tasks' gold most reviewers agree against; missing for a task without gold."""
    suspect = pd.Series(pd.NA, index=place, dtype="boolean", name="gold_suspect")
    if gold is None or gold.empty:
        return suspect.to_frame()
    rated = ratings[ratings["task"].isin(gold["task"])]
    plain = rated.astype({name: object for name in ("task", "reviewer", "criterion") if name in rated})
    judged = (
        gold_health(plain, gold, rubric).rows if len(rated) else pd.DataFrame({"task": [], "suspect": []})
    )
    suspect[place.isin(gold["task"])] = False
    suspect[place.isin(judged.loc[judged["suspect"].astype(bool), "task"])] = True
    return suspect.to_frame()


def _measured(evidence: pd.DataFrame | None, place: pd.Index) -> pd.DataFrame:
    found = (evidence if evidence is not None else pd.DataFrame()).reindex(
        index=place, columns=list(MEASURED)
    )
    kinds: dict[str, Any] = {
        "changed": "boolean",
        "change_area": float,
        "outside_share": float,
        "trust": object,
    }
    return found.astype(kinds)
