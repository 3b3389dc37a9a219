"""The audit of evidence: who opened it, what changed afterwards, and that blind statistics never see it."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from evalwidgets import analysis as statistics
from evalwidgets.analysis import Scale, evidence_audit
from evalwidgets.errors import RatingsError

from .tables import ratings_of
from .test_degenerate import CASES, WORLDS, Few

SCALES = [
    Scale("quality", levels=(1, 2, 3, 4, 5), label="Quality"),
    Scale("clip", levels=("no", "yes"), metric="nominal"),
]
REVIEW = {"campaign": "c", "round": "r", "rubric": "image-edit"}


def answers(*rows: tuple[str, str, str, Any], revision: int = 1, reason: str = "") -> pd.DataFrame:
    """Return ratings given as (task, reviewer, criterion, value)."""
    table = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"]).astype({"value": object})
    return table.assign(na=None, revision=revision, reason=reason, **REVIEW)


def openings(*rows: tuple[str, str], kind: str = "evidence") -> pd.DataFrame:
    """Return openings given as (task, reviewer)."""
    table = pd.DataFrame(rows, columns=["task", "reviewer"])
    return table.assign(kind=kind, opened_at=pd.Timestamp("2026-11-28", tz="UTC"), **REVIEW)


BLIND = answers(
    ("t1", "ana", "quality", 3),
    ("t1", "ana", "clip", "no"),
    ("t2", "ana", "quality", 4),
    ("t1", "ben", "quality", 2),
    ("t1", "ben", "clip", "no"),
    ("t2", "ben", "quality", 5),
)
AFTER = pd.concat(
    [
        answers(
            ("t1", "ana", "quality", 1), ("t1", "ana", "clip", "yes"), revision=2, reason="after_evidence"
        ),
        answers(
            ("t1", "ben", "quality", 3), ("t1", "ben", "clip", "no"), revision=2, reason="after_evidence"
        ),
    ]
)
OPENED = openings(("t1", "ana"), ("t1", "ana"), ("t1", "ben"), ("t2", "ben"))


def test_it_tells_how_often_and_which_way_answers_changed() -> None:
    """Opened twice counts once; up, down and otherwise are told apart, with n and an interval."""
    audit = evidence_audit(pd.concat([BLIND, AFTER]), OPENED, SCALES)

    row = audit.overall
    assert (row["n_reviews"], row["n_reviews_opened"], row["n_answers"], row["n_opened"]) == (4, 3, 6, 5)
    assert (row["n_changed"], row["n_up"], row["n_down"], row["n_other"]) == (3, 1, 1, 1)
    assert row["changed"] == pytest.approx(3 / 5)
    assert row["low"] < row["changed"] < row["high"]
    assert row["mean_change"] == -0.5
    assert str(audit) == (
        "Evidence was opened in 3 of 4 reviews; 3 of 5 answers changed afterwards: "
        "1 up, 1 down, 1 otherwise, by \N{MINUS SIGN}0.50 levels in the mean."
    )


def test_each_criterion_has_its_row() -> None:
    """A scale without order has no up and down, and the note says why there is no mean."""
    rows = evidence_audit(pd.concat([BLIND, AFTER]), OPENED, SCALES).rows.set_index("criterion")

    assert list(rows.index) == ["(all)", "quality", "clip"]
    assert rows.loc["quality", ["label", "n_opened", "n_up", "n_down", "n_other"]].tolist() == [
        *("Quality", 3, 1, 1, 0)
    ]
    assert rows.loc["clip", ["n_changed", "n_other", "note"]].tolist() == [1, 1, "no answer went up or down"]


def test_without_a_rubric_numbers_are_ordered() -> None:
    """The same is told when only the answers say which scales are numbers."""
    both = pd.concat([BLIND, AFTER])
    counts = ["n_opened", "n_changed", "n_up", "n_down", "n_other"]

    told = evidence_audit(both, OPENED).rows.set_index("criterion")[counts]

    expected = evidence_audit(both, OPENED, SCALES).rows.set_index("criterion")[counts]
    pd.testing.assert_frame_equal(told.sort_index(), expected.sort_index())


def test_only_changes_because_of_the_evidence_count() -> None:
    """What a re-vote changed before is where the answer stood; a correction afterwards is another matter."""
    revised = pd.concat(
        [
            BLIND,
            answers(("t2", "ben", "quality", 1), revision=2, reason="re-vote"),
            answers(("t2", "ben", "quality", 2), revision=3, reason="after_evidence"),
            answers(("t2", "ben", "quality", 5), revision=4, reason="corrected"),
        ]
    )

    row = evidence_audit(revised, OPENED, SCALES).overall

    assert (row["n_changed"], row["n_up"], row["mean_change"]) == (1, 1, 1)


def test_what_is_no_longer_asked_or_newly_asked_has_changed() -> None:
    """A gate answered otherwise after the evidence opens and closes criteria: neither up nor down."""
    first = answers(("t1", "ana", "clip", "no"), ("t1", "ana", "quality", 3))
    later = answers(
        ("t1", "ana", "clip", "yes"), ("t1", "ana", "style", 2), revision=2, reason="after_evidence"
    )

    row = evidence_audit(pd.concat([first, later]), openings(("t1", "ana"))).overall

    assert (row["n_opened"], row["n_changed"], row["n_other"]) == (3, 3, 3)


def test_not_applicable_is_an_answer_that_can_change() -> None:
    """From "not applicable" to a level is a change, from one reason to the same is none."""
    first = answers(("t1", "ana", "quality", None), ("t1", "ana", "style", None)).assign(na="no_people")
    later = answers(
        ("t1", "ana", "quality", 2), ("t1", "ana", "style", None), revision=2, reason="after_evidence"
    )
    later["na"] = [None, "no_people"]

    row = evidence_audit(pd.concat([first, later]), openings(("t1", "ana"))).overall

    assert (row["n_opened"], row["n_changed"], row["n_other"]) == (2, 1, 1)


def test_openings_of_another_round_or_kind_do_not_count() -> None:
    """A covered picture and another round's evidence are no evidence of this review."""
    other = openings(("t1", "ana")).assign(round="another")
    covered = openings(("t1", "ana"), kind="covered")

    audit = evidence_audit(pd.concat([BLIND, AFTER]), pd.concat([other, covered]), SCALES)

    assert audit.overall["n_opened"] == 0
    assert str(audit) == (
        "Nobody has opened the evidence. "
        "Left out: 2 reviews changed after the evidence (no opening is logged)."
    )


def test_missing_columns_are_named() -> None:
    """The audit needs all revisions with their reasons, and what was opened."""
    with pytest.raises(RatingsError, match="missing reason"):
        evidence_audit(BLIND.drop(columns="reason"), OPENED)
    with pytest.raises(RatingsError, match=r"openings: .* missing kind"):
        evidence_audit(BLIND, OPENED.drop(columns="kind"))


# Blind statistics use what was said first.

NOT_BLIND = {"work_done", "by_version", "evidence_audit", "adjudicated_labels"}
"""What counts work, versions and what the evidence did, whatever came first; and labels as they stand."""


def with_evidence(few: Few) -> Few:
    """Return a world in which every answer became another one after the evidence."""
    first = few.ratings.assign(revision=1, reason="")
    turned = {"quality": {1: 5, 5: 1}, "clip": {"no": "yes", "yes": "no"}}
    values = [
        [] if isinstance(value, list) else turned.get(criterion, {}).get(value, value)
        for criterion, value in zip(first["criterion"], first["value"], strict=True)
    ]
    later = first.assign(value=pd.Series(values, index=first.index, dtype=object), revision=2)
    return few._replace(ratings=pd.concat([first, later.assign(reason="after_evidence")], ignore_index=True))


@pytest.mark.parametrize("name", [name for name in CASES if name not in NOT_BLIND])
@pytest.mark.filterwarnings("ignore::evalwidgets.analysis.RatingsWarning")
def test_answers_after_the_evidence_never_enter_a_blind_statistic(name: str) -> None:
    """Each gives the same numbers with and without the revisions that the evidence caused."""
    world = WORLDS["no gold"] if name.startswith("cause") else WORLDS["two reviewers"]

    blind, both = CASES[name].of(world), CASES[name].of(with_evidence(world))

    assert told(both) == told(blind)
    if hasattr(blind, "rows"):
        rows = (one.rows.drop(columns="left_out", errors="ignore") for one in (both, blind))
        pd.testing.assert_frame_equal(*rows)


def told(result: Any) -> str:
    """Return a result's sentence without what it left out."""
    return re.sub(r"\s*Left out:.*?\)\.|left_out=\(.*?\),(?= cluster)", "", str(result))


def test_agreement_is_that_of_the_first_answers() -> None:
    """A team that agrees only after the evidence does not agree."""
    first = ratings_of([[1, 5], [2, 4], [5, 1]], revision=1, reason="")
    later = ratings_of([[3, 3], [3, 3], [4, 4]], revision=2, reason="after_evidence")
    levels = [1, 2, 3, 4, 5]

    alpha = statistics.krippendorff_alpha(pd.concat([first, later]), levels=levels)
    kappa = statistics.cohen_kappa(pd.concat([first, later]), reviewers=("r0", "r1"), levels=levels)

    assert alpha.estimate == statistics.krippendorff_alpha(first, levels=levels).estimate
    assert kappa.estimate == statistics.cohen_kappa(first, reviewers=("r0", "r1"), levels=levels).estimate
    assert "6 ratings from a later revision (the first one is blind)" in str(alpha)
