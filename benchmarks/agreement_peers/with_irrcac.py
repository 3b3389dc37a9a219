"""irrCAC, from the dense table of tasks by reviewers that it takes."""

from __future__ import annotations

import pandas as pd
from irrCAC.raw import CAC
from made_ratings import LEVELS, Ratings
from shapes import reviewers_by_tasks
from worker import Method, serve


def _table(ratings: Ratings) -> pd.DataFrame:
    return pd.DataFrame(reviewers_by_tasks(ratings).T)


def _method(coefficient: str, weights: str) -> Method:
    def compute(table: pd.DataFrame) -> float:
        cac = CAC(table, weights=weights, categories=[float(level) for level in LEVELS], digits=12)
        return float(getattr(cac, coefficient)()["est"]["coefficient_value"])

    return Method(compute, _table)


serve(
    {
        "alpha_nominal": _method("krippendorff", "identity"),
        "ac2": _method("gwet", "quadratic"),
        "fleiss": _method("fleiss", "identity"),
    }
)
