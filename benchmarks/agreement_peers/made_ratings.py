"""Makes the ratings that all are measured on, alike by seed, and reads them back as tables.

Runs in every environment: numpy and pandas only, old versions too.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

LEVELS = (1, 2, 3, 4, 5)
_REVIEWERS = {10_000: 100, 100_000: 300}
_FEWEST, _MOST = 5, 10  # ratings of a task


class Ratings(NamedTuple):
    """Ratings in memory: what every adapter is given."""

    table: pd.DataFrame
    """`task, reviewer, criterion, value`, rows in no order."""
    gold: pd.DataFrame
    """`task, criterion, accepted`, one row a task."""


def make_ratings(file: Path, n: int, design: str, seed: int) -> None:
    """Write n ratings of a five-level criterion.

    Parameters
    ----------
    file : Path
        Where to, an ``.npz``.
    n : int
        How many ratings.
    design : {"ragged", "text", "complete", "exam"}
        ragged: each task by 5 to 10 of 100 (10,000 ratings), 300 (100,000) or 1,000
        reviewers. text: the same, and read with names. complete: every task by all of
        10 reviewers. exam: every task by all of those 100, 300 or 1,000.
    seed : int
        Of everything.
    """
    rng = np.random.default_rng(seed)
    reviewers = _MOST if design == "complete" else _REVIEWERS.get(n, 1000 if n > 100_000 else 100)
    everyone = design in ("complete", "exam")
    sizes = np.full(n // reviewers, reviewers) if everyone else _sizes(n, rng)
    tasks = len(sizes)
    task = np.repeat(np.arange(tasks), sizes)
    place = np.arange(len(task)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    # Steps this short never come round to a reviewer of the same task again.
    longest = max(1, reviewers // int(sizes.max()))
    first, step = rng.integers(reviewers, size=tasks), rng.integers(1, longest + 1, size=tasks)
    reviewer = (first[task] + place * step[task]) % reviewers
    truth = rng.integers(LEVELS[0], LEVELS[-1] + 1, size=tasks)
    severity = rng.normal(0, 0.4, size=reviewers)
    heard = truth[task] + severity[reviewer] + rng.normal(0, 0.8, size=len(task))
    value = np.clip(np.rint(heard), LEVELS[0], LEVELS[-1])
    order = rng.permutation(len(task))
    np.savez(
        file,
        task=task[order].astype(np.int32),
        reviewer=reviewer[order].astype(np.int32),
        value=value[order].astype(np.int8),
        truth=truth.astype(np.int8),
    )


def _sizes(n: int, rng: np.random.Generator) -> np.ndarray:
    """Return ratings per task that add up to n."""
    sizes = rng.integers(_FEWEST, _MOST + 1, size=n // _FEWEST + 1)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), n)) + 1]
    sizes[-1] -= sizes.sum() - n
    return sizes


def read_ratings(file: Path, *, named: bool, tasks: int | None = None) -> Ratings:
    """Return made ratings as tables.

    Parameters
    ----------
    file : Path
        What `make_ratings` wrote.
    named : bool
        Whether tasks and reviewers are texts instead of whole numbers.
    tasks : int or None
        Only the first so many tasks, for warming up.
    """
    made = np.load(file)
    kept = made["task"] < (tasks or len(made["truth"]))
    columns = {name: made[name][kept].astype(np.int64) for name in ("task", "reviewer", "value")}
    truth = made["truth"][:tasks].astype(np.int64)
    gold = pd.DataFrame({"task": np.arange(len(truth)), "criterion": "quality", "accepted": truth})
    table = pd.DataFrame(columns).assign(criterion="quality")
    if named:
        table = table.assign(
            task="image-" + table["task"].astype(str).str.zfill(7),
            reviewer="reviewer-" + table["reviewer"].astype(str),
        )
    return Ratings(table, gold)
