"""The package krippendorff (fast-krippendorff), from a dense table and from counts of values."""

from __future__ import annotations

from typing import Any

import krippendorff
import numpy as np
from made_ratings import LEVELS
from shapes import reviewers_by_tasks, value_counts
from worker import Method, serve

_DRAWS = 1000


def _dense(level: str) -> Method:
    def alpha(table: np.ndarray) -> Any:
        return krippendorff.alpha(table, level_of_measurement=level, value_domain=LEVELS)

    return Method(alpha, reviewers_by_tasks)


def _counted(counts: np.ndarray, level: str) -> float:
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=level, value_domain=LEVELS))


def _bootstrap(counts: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(2)
    alphas = [_counted(counts[rng.integers(len(counts), size=len(counts))], "ordinal") for _ in range(_DRAWS)]
    return np.quantile(alphas, [0.025, 0.975])


serve(
    {
        "alpha_nominal": Method(lambda counts: _counted(counts, "nominal"), value_counts),
        "alpha_nominal_dense": _dense("nominal"),
        "alpha_ordinal": Method(lambda counts: _counted(counts, "ordinal"), value_counts),
        "alpha_ordinal_dense": _dense("ordinal"),
        "bootstrap": Method(_bootstrap, value_counts),
    }
)
