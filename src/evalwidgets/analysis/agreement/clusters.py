"""Tasks that share one source: what an interval draws together instead of task by task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import IntArray, Level
from evalwidgets.analysis.results import counted, listed
from evalwidgets.errors import RatingsError

Clusters: TypeAlias = "Mapping[Level, Level] | pd.Series[Level]"
"""From each task to what it shares with others, such as its source picture; None stands alone."""


def cluster_codes(tasks: pd.Index, clusters: Clusters) -> IntArray:
    """Return the cluster of each task as 0, 1, 2, ...

    Parameters
    ----------
    tasks : Index
        The tasks.
    clusters : mapping or Series
        From task to cluster. A task whose cluster is None shares nothing: it is a
        cluster of its own.

    Raises
    ------
    RatingsError
        If `clusters` is neither, or does not know a task.
    """
    if not isinstance(clusters, Mapping | pd.Series):
        msg = f"clusters: expected a mapping or Series from task to cluster, got {type(clusters).__name__}."
        raise RatingsError(msg)
    unknown = [task for task in tasks if task not in clusters]
    if unknown:
        msg = (
            f"clusters: expected every task, missing {counted(len(unknown), 'task')} ({listed(unknown)}). "
            "Give each its source, or None where it shares nothing."
        )
        raise RatingsError(msg)
    codes, labels = pd.factorize(pd.Series([clusters[task] for task in tasks], dtype=object))
    alone = codes < 0
    codes = codes.astype(np.int64)
    codes[alone] = len(labels) + np.arange(np.count_nonzero(alone))
    return codes
