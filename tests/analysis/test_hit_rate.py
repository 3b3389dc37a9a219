"""How often suggestions hit what the lead confirmed."""

from __future__ import annotations

import pandas as pd
import pytest

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.causes.hit_rate import NONE_SUGGESTED, cause_hits
from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.errors import RatingsError, UnknownName

COLUMNS = ["task", "criterion", "cause"]


def causes_of(*causes: str) -> pd.DataFrame:
    """Return one cause per task."""
    return pd.DataFrame([(f"t{i}", "quality", cause) for i, cause in enumerate(causes)], columns=COLUMNS)


def test_hits_are_counted_with_wilsons_interval() -> None:
    """Three of four suggestions were confirmed as they were."""
    suggested = causes_of("slip", "slip", "hard_task", "severity")
    confirmed = causes_of("slip", "hard_task", "hard_task", "severity")

    hits = cause_hits(suggested, confirmed)

    row = hits.rows.set_index("cause").loc[ALL]
    assert (row["n"], row["hits"], row["hit_rate"]) == (4, 3, 0.75)
    assert (row["low"], row["high"]) == pytest.approx(tuple(wilson_interval(3, 4)))
    assert hits.finding.startswith("3 of 4 suggestions hit the confirmed cause (75% [")


def test_each_cause_has_its_own_rate_and_the_table_its_cells() -> None:
    """Of two suggested slips one was a hard task."""
    hits = cause_hits(causes_of("slip", "slip"), causes_of("slip", "hard_task"))

    rows = hits.rows.set_index("cause")
    assert rows.loc["slip", "hit_rate"] == 0.5
    assert rows.loc["severity", "note"] == "never suggested where a cause was confirmed"
    assert hits.table.loc["slip", "hard_task"] == 1
    assert hits.table.to_numpy().sum() == 2


def test_a_confirmed_cause_without_a_suggestion_is_no_miss() -> None:
    """It is counted apart and said."""
    hits = cause_hits(causes_of("slip"), causes_of("slip", "hard_task"))

    assert hits.rows.set_index("cause").loc[ALL, "n"] == 1
    assert hits.table.loc[NONE_SUGGESTED, "hard_task"] == 1
    assert "1 disagreement without a suggestion" in str(hits)


def test_nothing_confirmed_is_a_sentence() -> None:
    """Before the first decision there is no rate."""
    hits = cause_hits(causes_of("slip"), causes_of())

    assert hits.finding == "No suggested cause has been confirmed or changed yet"
    assert (hits.rows["note"] != "").all()


def test_an_unknown_cause_is_named_with_the_nearest() -> None:
    """A misspelt cause is an error with a hint."""
    with pytest.raises(UnknownName, match="Did you mean 'slip'"):
        cause_hits(causes_of("slip"), causes_of("slipp"))


def test_two_confirmed_causes_of_one_disagreement_are_refused() -> None:
    """A lead decides once per task and criterion."""
    twice = pd.concat([causes_of("slip"), causes_of("severity")])

    with pytest.raises(RatingsError, match="got two for t0 / quality"):
        cause_hits(causes_of("slip"), twice)
