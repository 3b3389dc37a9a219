"""The demo's campaign with a new version of the rubric, and the models that it compares."""

from __future__ import annotations

import pandas as pd
import pytest

import evalwidgets as ew
from evalwidgets import analysis
from evalwidgets.core.rubric_diff import diff
from evalwidgets.store.reviews import ReviewStore

from .conftest import Demo

CAMPAIGN, GAP = "demo-rubric", "shadow-of-what-was-removed"
NOW = pd.Timestamp("2026-11-09", tz="UTC")


@pytest.fixture(scope="module")
def store(demo: Demo) -> ReviewStore:
    """Return the store of the demo."""
    return ew.open_store(demo.folder / "reviews.db")


def test_the_planted_clause_is_what_speaks_loudest(demo: Demo, store: ReviewStore) -> None:
    """Of what the first round says, the clause on shadows ranks first, and its tag is found."""
    rubric = ew.read_rubric(demo.folder / "rubrics" / "image-edit-1.1.0.yaml")
    first = store.ratings(CAMPAIGN, "before")
    gold, labels = ew.gold_table(demo.gold, rubric), analysis.task_labels(demo.tasks)
    causes = analysis.suggest_causes(first, rubric, gold, labels)

    signals = analysis.gap_signals(first, rubric, causes=causes, gold=gold, labels=labels)
    register = analysis.gap_register(signals, store.gaps[CAMPAIGN], now=NOW)

    loudest = register.loc[register["score"].idxmax()]
    assert (demo.truth["rubric"]["clause"], GAP, "1.1.0") == (
        str(loudest["clause"]),
        loudest["gap"],
        loudest["version"],
    )
    assert "shadow" == loudest["where"]


def test_the_new_version_helped_and_says_what_was_decided(demo: Demo, store: ReviewStore) -> None:
    """Agreement on the clause rises where shadows are, and nowhere else; the step was a minor one."""
    book = store.versions[CAMPAIGN]
    old, new = (store.rubrics()[one] for one in (book.log[0].before_hash, book.log[0].rubric_hash))
    clause = store.gaps[CAMPAIGN].gaps[GAP].raised.clause

    told = analysis.clause_agreement(
        store.ratings(CAMPAIGN), new, clause, version="1.1.0", where=demo.truth["rubric"]["tasks"]
    )

    assert "better" == told.verdict
    assert "minor" == diff(old, new).bump
    assert store.gaps[CAMPAIGN].gaps[GAP].decided.decision in new.criterion("preservation").level(4).boundary
    assert all(one.task in demo.truth["rubric"]["tasks"] for one in book.log[0].quiz)
    assert () == store.verify()


def test_the_better_model_wins_and_who_leans_is_named(demo: Demo, store: ReviewStore, tmp_path) -> None:
    """What is taken in from the table makes the very pairs that were judged."""
    report = ew.take_in(ew.guess_intake(demo.folder / "outputs.csv"), tmp_path)
    pairs = ew.side_by_side(report.tasks, seed="side-by-side")
    choices = store.ratings("demo-models", "side-by-side")

    found = analysis.preference(
        choices[choices["criterion"] == "overall"], analysis.models_of(pairs), n_boot=50
    )

    assert {task.id for task in pairs} == set(choices["task"])
    strongest_first = found.rows.sort_values("strength", ascending=False)["candidate"]
    assert ["model-x", "model-y", "model-z"] == list(strongest_first)
