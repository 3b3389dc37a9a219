"""What could be discussed: each divided task and criterion, how far apart, and how common its pattern is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import blind_answers
from evalwidgets.analysis.causes.disagreement import Spread
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.scales import Scale

_CELL = ["task", "criterion"]
MOST = 2 / 3
"""Share of reviewers that must miss gold before gold itself is worth a look."""
WORTH = {"slip": 0.5, "severity": 0.5, "hard_task": 0.8}
"""What a cause is worth to a meeting, others 1: no rule settles a slip, a strict person, a close call."""
_PERSONAL = {"slip", "severity"}
_RECURS = 2  # divided tasks with a label before the label counts as their pattern


def divided_cells(
    ratings: pd.DataFrame, scales: Sequence[Scale], distances: Spread, gold: pd.DataFrame | None
) -> pd.DataFrame:
    """Return each task and criterion worth a word: `task, criterion, spread, against, disagreement`.

    Reviewers are divided where their answers lie further apart than the tolerance, or
    some say "not applicable" and some do not. `against` is where most miss gold.
    """
    rows, _ = blind_answers(ratings, scales)
    parts = [_divided(rows[rows["criterion"] == scale.id], scale) for scale in scales]
    cells = pd.concat(parts) if parts else pd.DataFrame(columns=_CELL)
    missed = _missed(ratings, gold, scales)
    cells = cells.merge(missed, on=_CELL, how="outer")
    cells["against"] = cells["off"].notna()
    wide = distances.table.rename_axis("task").reset_index()
    long = wide.melt("task", var_name="criterion", value_name="spread")
    cells = cells.merge(long, on=_CELL, how="left")
    cells["disagreement"] = cells[["spread", "off"]].max(axis=1).fillna(0.0)
    return cells.drop(columns="off").reset_index(drop=True)


def _divided(rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Return the tasks on which answers to one criterion differ by more than its tolerance."""
    by_task = rows.groupby("task", sort=False)
    na = by_task["na"].mean()
    is_split = (na > 0) & (na < 1)
    given = rows[~rows["na"]]
    if scale.is_numeric:
        levels = given.assign(value=given["value"].astype(float)).groupby("task", sort=False)["value"]
        apart = levels.max() - levels.min() > scale.tolerance
    else:
        answers = given.drop_duplicates(["task", "value"])
        apart = answers.groupby("task", sort=False).size() > 1
    divided = is_split | apart.reindex(na.index, fill_value=False)
    return pd.DataFrame({"task": divided.index[divided], "criterion": scale.id})


def _missed(ratings: pd.DataFrame, gold: pd.DataFrame | None, scales: Sequence[Scale]) -> pd.DataFrame:
    """Return where most of two reviewers and more miss gold, and by how much of the scale."""
    if gold is None:
        return pd.DataFrame(columns=[*_CELL, "off"]).astype({"off": float})
    rows = compare_with_gold(ratings, gold, scales).rows
    length = rows["criterion"].map({scale.id: scale.length or 1.0 for scale in scales})
    near = pd.to_numeric(rows["deviation"]).abs() / length.astype(float)
    missed = 1.0 - rows["within"].astype(float)
    parts = rows.assign(missed=missed, off=near.fillna(missed)).groupby(_CELL)
    table = parts.agg(n=("missed", "size"), missed=("missed", "mean"), off=("off", "mean")).reset_index()
    return table.loc[(table["n"] > 1) & (table["missed"] > MOST), [*_CELL, "off"]]


def with_causes(cells: pd.DataFrame, causes: Any) -> pd.DataFrame:
    """Return the cells with `cause` and `tag` of a suggestion; both empty without one."""
    if causes is None:
        return cells.assign(cause=None, tag="")
    # Suggestions come clearest first; of two on one cell the first is the one that is shown.
    found = causes.rows[[*_CELL, "cause", "tag"]].drop_duplicates(_CELL)
    joined = cells.merge(found, on=_CELL, how="left")
    joined["cause"] = joined["cause"].astype(object).where(joined["cause"].notna(), None)
    return joined.assign(tag=joined["tag"].fillna(""))


def with_patterns(cells: pd.DataFrame, labels: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the cells with `pattern`, its words, `n_alike` (tasks that show it) and `score`.

    A cause with its tag is a pattern, then a cause on a criterion, then a label of the
    task on whose tasks the criterion is divided more often than elsewhere.
    """
    names = [_pattern(cell, cells, labels) for cell in cells.itertuples()]
    cells = cells.assign(
        pattern=pd.Series(names, index=cells.index, dtype=object),
        pattern_words=[words for *_, words in names],
    )
    alike = cells.drop_duplicates(["task", "pattern"])["pattern"].value_counts()
    cells["n_alike"] = cells["pattern"].map(alike).astype(int) if len(cells) else 0
    worth = cells["cause"].map(WORTH).fillna(1.0).astype(float)
    return cells.assign(score=cells["disagreement"] * np.sqrt(cells["n_alike"].astype(float)) * worth)


def _pattern(cell: Any, cells: pd.DataFrame, labels: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if cell.cause in _PERSONAL:
        return (cell.cause, cell.task, cell.criterion, "")
    if cell.tag:
        return (cell.cause or "", cell.tag, cell.tag)
    if cell.cause:
        return (cell.cause, cell.criterion, "")
    if cell.against:
        return ("against gold", "")
    divided = cells[(cells["criterion"] == cell.criterion) & ~cells["against"]]["task"]
    label = _telling_label(cell.task, set(divided), labels)
    return ("label", cell.criterion, label) if label else ("criterion", cell.criterion, "")


def _telling_label(task: str, divided: set[str], labels: Mapping[str, Sequence[str]]) -> str:
    """Return the label of a task whose tasks are divided most often beyond the others."""
    total = Counter(label for names in labels.values() for label in names)
    held = Counter(label for name in divided for label in labels.get(name, ()))

    def lift(label: str) -> float:
        elsewhere = max(len(labels) - total[label], 1)
        return held[label] / total[label] - (len(divided) - held[label]) / elsewhere

    known = [label for label in labels.get(task, ()) if held[label] >= _RECURS]
    best = max(known, key=lift, default="")
    return best if best and lift(best) > 0 else ""
