"""The shapes that libraries ask for, made from the tidy table.

All but `pivoted` as fast as numpy can, so that hardly any of it counts against a library.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from made_ratings import LEVELS, Ratings


def codes(ratings: Ratings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return task, reviewer and value as whole numbers from 0, 1 being the lowest level."""
    table = ratings.table
    task, reviewer = (_numbers(table[name]) for name in ("task", "reviewer"))
    return task, reviewer, table["value"].to_numpy()


def value_counts(ratings: Ratings) -> np.ndarray:
    """Return votes per task and level, an array of shape (tasks, levels)."""
    task, _, value = codes(ratings)
    k, tasks = len(LEVELS), int(task.max()) + 1
    return np.bincount(task * k + value - LEVELS[0], minlength=tasks * k).reshape(tasks, k)


def reviewers_by_tasks(ratings: Ratings) -> np.ndarray:
    """Return the dense table of values, NaN where there is none, shape (reviewers, tasks)."""
    task, reviewer, value = codes(ratings)
    table = np.full((int(reviewer.max()) + 1, int(task.max()) + 1), np.nan)
    table[reviewer, task] = value
    return table


def pivoted(ratings: Ratings) -> np.ndarray:
    """Return the same table as one makes it in a notebook."""
    return ratings.table.pivot(index="reviewer", columns="task", values="value").to_numpy()  # noqa: PD010 - nothing is averaged


def gold_of_rows(ratings: Ratings) -> np.ndarray:
    """Return the gold answer of each rating."""
    return ratings.gold["accepted"].to_numpy()[ratings.table["task"].to_numpy()]


def _numbers(names: pd.Series) -> np.ndarray:
    return names.to_numpy() if names.dtype.kind == "i" else pd.factorize(names)[0]
