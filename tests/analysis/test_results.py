"""Results: honest sentences, no silent nan."""

from __future__ import annotations

import pytest
from IPython.core.formatters import DisplayFormatter

from evalwidgets.analysis import (
    Scale,
    agreement_by_criterion,
    gold_accuracy,
    gold_confusion,
    reviewer_severity,
    spread,
)
from evalwidgets.analysis.results import Estimate, LeftOut, counted, listed

from .tables import gold_of, ratings_of

WHOLE = {
    "name": "Alpha",
    "estimate": 0.617,
    "low": 0.5,
    "high": 0.7,
    "confidence_level": 0.95,
    "method": "jackknife",
    "n_tasks": 20,
    "n_reviewers": 3,
    "n_ratings": 55,
}


def test_the_sentence_says_number_interval_and_evidence() -> None:
    """One line holds all that is needed to trust a figure."""
    left_out = (LeftOut("task with a single rating", 2, "nothing to compare"), LeftOut("rating", 0, "-"))

    sentence = str(Estimate(**WHOLE, left_out=left_out))

    assert sentence == (
        "Alpha is 0.62 [0.50, 0.70]. 95% interval by jackknife; 20 tasks, 3 reviewers, 55 ratings. "
        "Left out: 2 tasks with a single rating (nothing to compare)."
    )


def test_a_missing_number_needs_its_reason() -> None:
    """No estimate, or no interval, without a note is an error where it is made."""
    with pytest.raises(ValueError, match="needs a note that says why"):
        Estimate(**{**WHOLE, "low": None, "high": None})

    kept = Estimate(**{**WHOLE, "low": None, "high": None, "note": "One task"})
    assert "Alpha is 0.62, with no interval." in str(kept)
    assert kept.width is None


def test_results_are_frozen_values() -> None:
    """A result cannot be changed, and two equal ones are equal."""
    one = Estimate(**WHOLE)

    with pytest.raises(AttributeError):
        one.estimate = 0.9  # type: ignore[misc]
    assert one == Estimate(**WHOLE)


def test_words_count_and_list() -> None:
    """Sentences have the right number and a list that ends."""
    assert counted(1, "criterion") == "1 criterion"
    assert counted(2, "criterion of ours") == "2 criteria of ours"
    assert listed(["Ana"]) == "Ana"
    assert listed(["Ana", "Ben", "Cem"]) == "Ana, Ben and Cem"
    assert listed(["Ana", "Ben", "Cem", "Dan", "Eva"]) == "Ana, Ben, Cem and 2 more"


def test_a_notebook_shows_tables_as_a_sentence_and_a_table() -> None:
    """Saved as text: the finding and the rows that matter; as HTML: the rows."""
    ratings = ratings_of([[1, 1], [5, 4], [3, 3]])
    gold = gold_of([1, 5, 3])
    scale = Scale("quality", (1, 2, 3, 4, 5), label="Quality")
    shown = [
        agreement_by_criterion(ratings, scale),
        gold_accuracy(ratings, gold, scale),
        reviewer_severity(ratings, gold, scale),
        gold_confusion(ratings, gold, scale, criterion="quality"),
        spread(ratings, scale),
    ]

    for result in shown:
        bundle, _ = DisplayFormatter().format(result)
        assert bundle["text/plain"].startswith(result.finding)
        assert "<table" in bundle["text/html"]
        assert repr(result) == str(result)
