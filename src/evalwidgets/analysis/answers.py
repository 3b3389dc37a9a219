"""One answer per task, reviewer and criterion: the blind ones, "not applicable" among them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evalwidgets.analysis.codes import as_hashable
from evalwidgets.analysis.ratings import first_revisions, is_not_applicable
from evalwidgets.analysis.results import LeftOut, nonempty
from evalwidgets.analysis.scales import Scale

ALL = "(all)"
"""In the columns `reviewer` and `criterion` of results: all of them together."""
NOT_APPLICABLE = "N/A"
"""How "not applicable" is shown among levels."""
KEY = ["task", "reviewer", "criterion"]


def blind_answers(ratings: pd.DataFrame, scales: Iterable[Scale]) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return what each reviewer first said of each task on these scales.

    Returns
    -------
    rows : DataFrame
        `task, reviewer, criterion, value`, `na` (whether "not applicable", the value
        then being None) and `submitted_at` where the ratings have it. Index 0, 1, ...
    left_out : tuple of LeftOut
        Later revisions, empty values, answers given twice.
    """
    on_scale = ratings[ratings["criterion"].isin([scale.id for scale in scales])]
    first = first_revisions(on_scale)
    when = ["submitted_at"] if "submitted_at" in first else []
    every = first[[*KEY, "value", *when]].assign(na=is_not_applicable(first))
    answered = every[every["value"].notna() | every["na"]]
    single = answered[~answered.duplicated(KEY)]
    rows = single.assign(value=as_hashable(single["value"].astype(object)))
    left_out = (
        LeftOut("rating from a later revision", len(on_scale) - len(first), "the first one is blind"),
        LeftOut("rating without a value", len(first) - len(answered), "not rated"),
        LeftOut("rating given twice", len(answered) - len(single), "the first one counts"),
    )
    return rows.reset_index(drop=True), nonempty(*left_out)
