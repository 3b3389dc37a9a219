"""Fleiss' kappa of statsmodels, as its manual says and from counts made by numpy."""

from __future__ import annotations

import numpy as np
from shapes import reviewers_by_tasks, value_counts
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
from worker import Method, serve


def _aggregated(table: np.ndarray) -> float:
    counts, _ = aggregate_raters(table)
    return float(fleiss_kappa(counts))


serve(
    {
        "fleiss": Method(_aggregated, lambda ratings: reviewers_by_tasks(ratings).T.astype(int)),
        "fleiss_counts": Method(lambda counts: float(fleiss_kappa(counts)), value_counts),
    }
)
