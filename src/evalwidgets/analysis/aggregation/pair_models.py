"""Which model lay at which side of a blind pair: what `preference` asks for."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evalwidgets.core.side_by_side import MODEL_A, MODEL_B, SUBJECT
from evalwidgets.core.task import Task
from evalwidgets.errors import RatingsError


def models_of(pairs: Iterable[Task]) -> pd.DataFrame:
    """Return the candidates of pairs that were dealt by `side_by_side`.

    Parameters
    ----------
    pairs : iterable of Task
        The pairs with their tags; tasks of other kinds are passed over.

    Returns
    -------
    DataFrame
        `task, a, b` (the models at either side)`, subject` (the instruction that both answer):
        give it to `preference` together with the ratings.

    Raises
    ------
    RatingsError
        If no task says which models it compares.
    """
    rows = [
        (task.id, str(task.tags[MODEL_A]), str(task.tags[MODEL_B]), str(task.tags.get(SUBJECT, task.source)))
        for task in pairs
        if task.kind == "pair" and MODEL_A in task.tags and MODEL_B in task.tags
    ]
    if not rows:
        msg = f"pairs: no task has the tags {MODEL_A} and {MODEL_B}. Give those that side_by_side has made."
        raise RatingsError(msg)
    return pd.DataFrame(rows, columns=["task", "a", "b", "subject"])
