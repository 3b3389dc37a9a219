"""simpledorff, which takes the tidy table."""

from __future__ import annotations

from made_ratings import Ratings
from simpledorff import calculate_krippendorffs_alpha_for_df
from worker import Method, serve


def _alpha(ratings: Ratings) -> float:
    return float(
        calculate_krippendorffs_alpha_for_df(
            ratings.table, experiment_col="task", annotator_col="reviewer", class_col="value"
        )
    )


serve({"alpha_nominal": Method(_alpha)})
