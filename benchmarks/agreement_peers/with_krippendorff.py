"""The package krippendorff (fast-krippendorff), from a dense table and from counts of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import krippendorff
import numpy as np
from made_ratings import LEVELS, Ratings
from shapes import pivoted, reviewers_by_tasks, value_counts
from worker import Method, serve

_DRAWS = 1000


def _dense(level: str, shape: Callable[[Ratings], np.ndarray] = pivoted) -> Method:
    def alpha(table: np.ndarray) -> Any:
        return krippendorff.alpha(table, level_of_measurement=level, value_domain=LEVELS)

    return Method(alpha, shape)


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
        "alpha_nominal_scattered": _dense("nominal", reviewers_by_tasks),
        "alpha_ordinal": Method(lambda counts: _counted(counts, "ordinal"), value_counts),
        "alpha_ordinal_dense": _dense("ordinal"),
        "alpha_ordinal_scattered": _dense("ordinal", reviewers_by_tasks),
        "bootstrap": Method(_bootstrap, value_counts),
    }
)
