"""The planted-truth suite on the demo's simulated reviewers: each cause is found where it was planted."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from evalwidgets.analysis.causes.causes import Causes, suggest_causes
from evalwidgets.analysis.labels import task_labels
from evalwidgets.analysis.reviewers.habits import reviewer_habits
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency
from evalwidgets.analysis.reviewers.severity import reviewer_severity
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.tables import gold_table

from .conftest import Demo


@dataclass(frozen=True)
class Known:
    """What a lead has in hand: ratings, gold, labels and flags of the demo."""

    rubric: Rubric
    ratings: pd.DataFrame
    gold: pd.DataFrame
    labels: dict[str, tuple[str, ...]]
    flags: pd.DataFrame

    def causes(self, gold: pd.DataFrame | None = None) -> Causes:
        """Return the suggested causes, with this gold or the demo's own."""
        used = self.gold if gold is None else gold
        return suggest_causes(self.ratings, self.rubric, used, self.labels, flags=self.flags)


@pytest.fixture(scope="module")
def known(demo: Demo) -> Known:
    """Return the first simulated round as tables."""
    reviews = [review for review in demo.reviews if review.round == demo.truth["round"]]
    rows = [
        {
            "task": review.task,
            "reviewer": review.reviewer,
            "criterion": name,
            "value": answer.value,
            "second": answer.second,
            "na": answer.na,
            "confidence": review.confidence,
            "seconds": review.seconds,
            "submitted_at": pd.Timestamp(review.submitted_at),
        }
        for review in reviews
        for name, answer in review.answers.items()
    ]
    flags = [(review.task, review.reviewer, flag) for review in reviews for flag in review.flags]
    return Known(
        demo.rubric("image-edit"),
        pd.DataFrame(rows),
        gold_table(demo.gold),
        task_labels(demo.tasks),
        pd.DataFrame(flags, columns=["task", "reviewer", "flag"]),
    )


def test_the_shadow_camp_ranks_first_as_rule_unclear(demo: Demo, known: Known) -> None:
    """The ten clearest unclear rules are the planted clause: its tasks, criteria, camp and label."""
    camp = demo.truth["camp"]
    rows = known.causes().rows

    unclear = rows[rows["cause"] == "rule_unclear"].head(10)

    assert set(unclear["task"]) <= set(camp["tasks"])
    assert set(unclear["criterion"]) == set(camp["criteria"])
    assert set(unclear["reviewers"]) == {tuple(camp["reviewers"])}
    assert set(unclear["tag"]) == {camp["tag"]}
    assert "the same camps on 12 tasks tagged shadow" in unclear["reason"].iloc[0]


def test_nearly_the_whole_clause_is_found(demo: Demo, known: Known) -> None:
    """Of the clause's cells on which reviewers truly lie apart, nine of ten are called rule unclear."""
    camp = demo.truth["camp"]
    causes = known.causes()
    every = pd.concat([causes.rows, causes.undecided])

    clause = every[every["task"].isin(camp["tasks"]) & every["criterion"].isin(camp["criteria"])]

    assert len(clause) >= 15
    assert (clause["cause"] == "rule_unclear").mean() >= 0.9


def test_the_planted_slip_ranks_first_and_names_who(demo: Demo, known: Known) -> None:
    """The clearest slip is the planted one, with its reviewer and what the others gave."""
    slip = demo.truth["slip"]
    rows = known.causes().rows

    first = rows[rows["cause"] == "slip"].iloc[0]

    assert (first["task"], first["criterion"]) == (slip["task"], slip["criterion"])
    assert first["reviewers"] == (slip["reviewer"],)
    assert first["reason"].startswith(f"{slip['reviewer']} gives {slip['given']}, the other")


def test_severity_is_laid_on_those_in_whom_it_was_planted(demo: Demo, known: Known) -> None:
    """Nobody but the strict, the lenient, the central and the drifting is called severe."""
    truth = demo.truth
    shifted = {*truth["strict"], *truth["lenient"], *truth["central"]["reviewers"]}
    shifted |= {one["reviewer"] for one in truth["drift"]}
    rows = known.causes().rows

    named = rows.loc[rows["cause"] == "severity", "reviewers"].explode()

    assert len(named) >= 30
    assert set(named) <= shifted
    assert named.isin([*truth["strict"], *truth["lenient"]]).mean() > 0.6


def test_wrong_gold_ranks_first_as_gold_suspect(demo: Demo, known: Known) -> None:
    """Gold altered on five tasks where everybody sees another level comes out on top."""
    criterion = "structural_integrity"
    levels = known.ratings[known.ratings["criterion"] == criterion].groupby("task")["value"]
    agreed = levels.agg(["size", "min", "max"])
    agreed = agreed[(agreed["size"] >= 5) & (agreed["min"] >= 4) & (agreed["max"] == 5)].index[:5]
    gold = known.gold.copy()
    altered = gold["task"].isin(agreed) & (gold["criterion"] == criterion)
    gold.loc[altered, "accepted"] = pd.Series([(2,)] * len(gold), index=gold.index)[altered]

    rows = known.causes(gold).rows

    suspect = rows[rows["cause"] == "gold_suspect"].head(5)
    assert set(zip(suspect["task"], suspect["criterion"], strict=True)) == {
        (one, criterion) for one in agreed
    }
    assert suspect["reason"].str.endswith("gold accepts 2").all()


def test_the_demos_own_gold_is_hardly_suspected(known: Known) -> None:
    """With true gold there is next to nothing to suspect, and nothing strongly."""
    rows = known.causes().rows
    suspect = rows[rows["cause"] == "gold_suspect"]

    assert len(suspect) <= 2
    assert not (suspect["strength"] > 0.3).any()


def test_strict_and_lenient_are_flagged_and_no_other_is(demo: Demo, known: Known) -> None:
    """The planted two, with intervals without 0; the drifting one is drifting, not strict."""
    table = reviewer_severity(known.ratings, known.gold, known.rubric).pooled.set_index("reviewer")

    flagged = table[table["flag"].isin(["strict", "lenient"])]
    expected = dict.fromkeys(demo.truth["strict"], "strict") | dict.fromkeys(demo.truth["lenient"], "lenient")
    assert flagged["flag"].to_dict() == expected
    assert ((flagged["low"] > 0) | (flagged["high"] < 0)).all()


def test_the_noisy_and_the_central_are_flagged_and_no_other_is(demo: Demo, known: Known) -> None:
    """Inconsistency names the noisy one; habits name the central one, with gold and without."""
    scatter = reviewer_inconsistency(known.ratings, known.rubric).pooled
    tables = [reviewer_habits(known.ratings, known.rubric, gold).rows for gold in (None, known.gold)]

    assert scatter.loc[scatter["flag"] == "noisy", "reviewer"].to_list() == demo.truth["noisy"]
    for habits in tables:
        flagged = habits[habits["flags"].map(len) > 0]
        assert flagged["reviewer"].to_list() == demo.truth["central"]["reviewers"]
        assert flagged["flags"].to_list() == [("central",)]
