"""The protocol card: what it says, and that it never says more than is known."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from evalwidgets.analysis import agreement_by_criterion, protocol_card
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.errors import RatingsError
from evalwidgets.store.exchange.tidy import tidy_ratings
from evalwidgets.store.exchange.work import Work

from ..store.samples import NOON, a_round, a_rubric
from ..store.works import works

UNKNOWN = ("Tasks", "Order", "Blinding", "Measured evidence", "Left out", "Gold", "Adjudication")


def table(**columns: Any) -> pd.DataFrame:
    """Return two reviewers' ratings of four tasks, three of them the same."""
    values = {
        "task": list("abcd") * 2,
        "reviewer": ["ana"] * 4 + ["ben"] * 4,
        "value": [1, 2, 3, 4, 1, 2, 3, 1],
    }
    return pd.DataFrame({**values, "criterion": "accuracy", **columns})


def said(card: str) -> dict[str, str]:
    """Return the facts of a card."""
    rows = [line.strip("| ").split(" | ") for line in card.split("## Agreement")[0].splitlines()]
    return {row[0]: row[1] for row in rows if len(row) == 2}


def test_what_is_not_given_is_not_known() -> None:
    """A bare table with nothing around it: each fact that only people know is said to be unknown."""
    facts = said(protocol_card(table(), [], campaign="spring"))

    assert all("not known" in facts[what].lower() for what in UNKNOWN)
    assert "2 reviewers; not named here." == facts["Reviewers"]
    assert "Which version each rating was made by is not known; at hand: none." == facts["Rubric"]
    assert "8 reviews with a rating. Whether any was revised is not known." == facts["Reviews"]
    assert "Not known." == facts["Time"]


def test_agreement_is_that_of_the_statistic_by_what_was_said_first() -> None:
    """With interval and counts; a later revision, in which ben agrees, changes nothing."""
    later = table(revision=2, value=[1, 2, 3, 4] * 2)
    both = pd.concat([table(revision=1), later]).assign(rubric="image-edit", rubric_version="1.0.0")
    alpha = agreement_by_criterion(table(), a_rubric()).estimates["accuracy"].alpha
    assert alpha.estimate is not None

    card = protocol_card(both, [a_rubric()], campaign="spring")

    assert "| Accuracy | image-edit 1.x | 0.75 (" in card
    assert f"| {alpha.estimate:.2f} ({alpha.low:.2f} to {alpha.high:.2f}) | 4 | 2 | 8 |" in card
    assert "8 revisions after the first: 8 for another or no stated reason" in said(card)["Reviews"]


def test_mixed_versions_are_said_plainly() -> None:
    """With the number of ratings of each, and the hash where the version is at hand."""
    mixed = table(rubric="image-edit", rubric_version=["1.0.0"] * 6 + ["2.0.0"] * 2)

    facts = said(protocol_card(mixed, [a_rubric()], campaign="spring"))

    assert (
        f"image-edit 1.0.0 (hash {a_rubric().hash[:12]}): 6 ratings; image-edit 2.0.0 (hash not known): 2 "
        "ratings. Versions of image-edit are mixed: a level may have changed its meaning between them."
    ) == facts["Rubric"]


def test_a_round_says_order_and_evidence_and_what_it_does_not_cover() -> None:
    """The seed and who might see what was measured; of another round that is not known."""
    ratings = table(round=["r2"] * 4 + ["loose"] * 4, position=0, reason=["after_evidence", *[""] * 7])
    openings = pd.DataFrame({"kind": ["evidence", "picture"]})

    facts = said(
        protocol_card(
            ratings,
            [a_rubric()],
            campaign="spring",
            rounds=[a_round(seed="7", evidence="after_commit")],
            openings=openings,
            excluded={"lessons": 2},
            gold=0,
            blinding=["They saw letters."],
        )
    )

    assert "drawn from a seed (7 in r2)" in facts["Order"]
    assert "Of loose this is not known: never opened as a round. Positions are kept" in facts["Order"]
    assert "Open to reviewers once they had submitted (1 round)." in facts["Measured evidence"]
    assert "It was opened 1 time. 1 review revised after it." in facts["Measured evidence"]
    assert ("lessons: 2 reviews.", "No task has gold.") == (facts["Left out"], facts["Gold"])
    assert "They saw letters." == facts["Blinding"]


def test_names_stand_only_where_they_were_asked_for_and_mean_nothing() -> None:
    """A reviewer called like a table or a link is a text."""
    ratings = table(reviewer=["[ana](x) | b"] * 4 + ["ben"] * 4)
    settled = Settled(
        task="a",
        rubric="image-edit",
        rubric_version="1.0.0",
        criterion="accuracy",
        how="unresolved",
        reason="Nobody knows.",
        cause="hard_task",
        considered=("x",),
        by="lee",
        at=NOON,
    )

    hidden = protocol_card(ratings, [a_rubric()], campaign="spring", settled=[settled])
    named = protocol_card(ratings, [a_rubric()], campaign="spring", names=True)

    assert "ana" not in hidden
    assert r"2 reviewers: \[ana\](x) \| b, ben." in named
    assert "1 answer settled by a person (1 unresolved)." in hidden


@settings(max_examples=8)
@given(work=works())
def test_any_work_has_a_card_and_always_the_same(work: Work) -> None:
    """Also none at all, one rating, or two versions; no figure without a number is shown as nan."""
    ratings = tidy_ratings(work.reviews)

    cards = {protocol_card(ratings, work.rubrics.values(), campaign="spring") for _ in range(2)}

    assert 1 == len(cards)
    assert not re.search(r"\bnan\b", cards.pop())


def test_what_is_no_table_of_ratings_has_no_card() -> None:
    """It says which column is missing."""
    with pytest.raises(RatingsError, match="missing value"):
        protocol_card(table().drop(columns="value"), [], campaign="spring")
