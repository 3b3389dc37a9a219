"""Where a clause is unclear: the label that its tasks share and others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

MOST_HAVE_IT = 2 / 3
"""From this share of a clause's tasks on, a label says where it is unclear."""
FEWEST = 2
"""One task shares its labels with itself."""


class Where(NamedTuple):
    """A label, and how often tasks bear it."""

    label: str = ""
    with_tag: float = float("nan")
    """Share of the clause's tasks."""
    others_with_tag: float = float("nan")
    """Share of all other tasks."""


def shared_label(tasks: Iterable[str], others: Iterable[str], labels: Mapping[str, Sequence[str]]) -> Where:
    """Return the label that most of the tasks bear and fewest others; an empty one where there is none."""
    ours, rest = set(tasks), set(others)
    rest -= ours
    here, there = (Counter(one for task in group for one in labels.get(task, ())) for group in (ours, rest))
    found = [
        Where(label, n / len(ours), there[label] / len(rest) if rest else 0.0)
        for label, n in here.items()
        if n >= FEWEST and n >= MOST_HAVE_IT * len(ours)
    ]
    telling = [one for one in found if one.with_tag > one.others_with_tag]
    return max(telling, key=lambda one: (one.with_tag - one.others_with_tag, one.label), default=Where())


def add_where(
    signals: pd.DataFrame, labels: Mapping[str, Sequence[str]] | None, tasks: Iterable[str]
) -> pd.DataFrame:
    """Return signals with `where, with_tag, others_with_tag` of their clause."""
    every = set(tasks)
    of = {
        clause: shared_label(rows["task"], every, labels or {})
        for clause, rows in signals.groupby("clause", sort=False)
    }
    told = [of[clause] for clause in signals["clause"]]
    columns = pd.DataFrame(told, columns=["where", "with_tag", "others_with_tag"], index=signals.index)
    return pd.concat([signals, columns.astype({"where": object})], axis=1)
