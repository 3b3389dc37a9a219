"""Dawid-Skene: the published example, a plain dense implementation, and the corners."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis.aggregation.dawid_skene import dawid_skene, fit_dawid_skene

from .tables import ratings_of

CASE = json.loads((Path(__file__).parents[1] / "cases" / "dawid_skene.json").read_text())[0]
ABC = ("a", "b", "c")


def dense_reference(
    votes: np.ndarray, iterations: int, smoothing: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return posterior, confusion and prior from votes[task, reviewer, given], by plain loops."""
    n_tasks, n_people, k = votes.shape
    posterior = votes.sum(axis=1) / votes.sum(axis=(1, 2))[:, None]
    for _ in range(iterations):
        prior = posterior.mean(axis=0)
        confusion = np.zeros((n_people, k, k))
        for person in range(n_people):
            for true in range(k):
                row = posterior[:, true] @ votes[:, person] + smoothing
                confusion[person, true] = row / row.sum() if row.sum() > 0 else 1 / k
        for task in range(n_tasks):
            chances = np.array(
                [prior[true] * np.prod(confusion[:, true] ** votes[task]) for true in range(k)]
            )
            posterior[task] = chances / chances.sum()
    return posterior, confusion, prior


def codes_of(votes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return task, reviewer and level of every single vote."""
    places = np.repeat(np.argwhere(votes > 0), votes[votes > 0], axis=0)
    return places[:, 0], places[:, 1], places[:, 2]


def skilled(seed: int, tasks: int, skills: list[float]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return answers of reviewers who are right so often, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, tasks)
    right = rng.random((tasks, len(skills))) < skills
    given = np.where(right, truth[:, None], (truth[:, None] + rng.integers(1, 3, right.shape)) % 3)
    return ratings_of([[ABC[one] for one in row] for row in given]), truth


def test_the_published_example_is_reproduced() -> None:
    """Shares of the classes and the first observer's table come out to two digits."""
    votes = np.zeros((len(CASE["patients"]), 5, 4), dtype=int)
    for p, patient in enumerate(CASE["patients"]):
        for o, answers in enumerate(patient):
            for answer in answers:
                votes[p, o, answer - 1] += 1

    fit = fit_dawid_skene(*codes_of(votes), n_levels=4, smoothing=0, max_iterations=25, min_iterations=25)

    assert votes.sum() == 45 * 7
    assert fit.prior.round(2).tolist() == CASE["expected"]["prior"]
    assert fit.confusion[0].round(2).tolist() == CASE["expected"]["confusion of the first"]


@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(1, 5), st.integers(2, 4), st.booleans())
@settings(max_examples=80, deadline=None)
def test_it_equals_a_plain_dense_implementation(
    seed: int, tasks: int, reviewers: int, levels: int, smooth: bool
) -> None:
    """On random sparse votes, repeats among them, sparse products give the same to 1e-9."""
    rng = np.random.default_rng(seed)
    votes = rng.binomial(2, 0.25, (tasks, reviewers, levels))
    votes[np.arange(tasks), rng.integers(0, reviewers, tasks), rng.integers(0, levels, tasks)] += 1
    votes = votes[:, votes.sum(axis=(0, 2)) > 0]
    smoothing = 0.01 if smooth else 1e-3

    posterior, confusion, prior = dense_reference(votes, 12, smoothing)
    fit = fit_dawid_skene(
        *codes_of(votes), n_levels=levels, smoothing=smoothing, max_iterations=12, min_iterations=12
    )

    assert fit.posterior == pytest.approx(posterior, abs=1e-9)
    assert fit.confusion == pytest.approx(confusion, abs=1e-9)
    assert fit.prior == pytest.approx(prior, abs=1e-9)


@given(st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_the_likelihood_never_falls(seed: int) -> None:
    """Without smoothing every iteration explains the votes at least as well as the one before."""
    rng = np.random.default_rng(seed)
    task, who = (codes.ravel() for codes in np.indices((15, 4)))
    level = rng.integers(0, 3, 60)

    logs = [
        fit_dawid_skene(task, who, level, n_levels=3, smoothing=0, max_iterations=n, min_iterations=n)
        for n in (1, 2, 4, 8, 16)
    ]

    assert (np.diff([fit.log_likelihood for fit in logs]) >= -1e-9).all()


def test_it_beats_the_majority_where_skills_differ() -> None:
    """Two experts among careless reviewers are believed, and named by how often they are right."""
    ratings, truth = skilled(0, 400, [0.95, 0.93, 0.45, 0.45, 0.45])

    result = dawid_skene(ratings, levels=ABC)

    right = result.rows["value"].map(ABC.index).to_numpy() == truth
    majority = (
        result.rows["majority"].map(lambda one: -1 if one is None else ABC.index(one)).to_numpy() == truth
    )
    assert right.mean() > 0.93
    assert right.mean() > majority.mean() + 0.05
    accuracy = result.reviewers.set_index("reviewer")["accuracy"]
    assert accuracy.to_numpy() == pytest.approx([0.95, 0.93, 0.45, 0.45, 0.45], abs=0.08)
    assert result.converged
    assert result.finding.startswith("Dawid-Skene answers 400 tasks, ")
    assert "is right most often" in result.finding


def test_it_does_not_stop_on_an_early_plateau() -> None:
    """It never stops before the least iterations, and then only when nothing moves."""
    ratings, _ = skilled(1, 100, [0.9, 0.6, 0.6, 0.6])

    patient = dawid_skene(ratings, levels=ABC)
    hasty = dawid_skene(ratings, levels=ABC, max_iterations=3, min_iterations=1)

    assert patient.n_iterations >= 20
    assert patient.converged
    assert not hasty.converged
    assert "not converged after 3 iterations" in hasty.finding


def test_chances_add_up() -> None:
    """Posterior by task, habits by reviewer and truth, and the prior each sum to 1."""
    ratings, _ = skilled(2, 60, [0.8, 0.7, 0.6])

    result = dawid_skene(ratings, levels=ABC)

    assert result.posterior.sum(axis=1).to_numpy() == pytest.approx(np.ones(60))
    assert result.confusion.sum(axis=1).to_numpy() == pytest.approx(np.ones(9))
    assert result.prior.sum() == pytest.approx(1)
    assert list(result.confusion.loc["r1"].index) == list(ABC)


def test_one_reviewer_is_repeated_and_said() -> None:
    """With one reviewer the likely answers are theirs."""
    result = dawid_skene(ratings_of([["a"], ["b"], ["a"]]), levels=ABC)

    assert result.rows["value"].tolist() == ["a", "b", "a"]
    assert "only one reviewer rated" in result.finding


def test_one_answer_only_is_certain() -> None:
    """When all say the same, that is the answer, and unused answers have no share."""
    result = dawid_skene(ratings_of([["b", "b", "b"]] * 5), levels=ABC)

    assert set(result.rows["value"]) == {"b"}
    assert result.rows["probability"].min() == pytest.approx(1)
    assert result.prior.round(6).tolist() == [0, 1, 0]
    assert np.isfinite(result.posterior.to_numpy()).all()


@pytest.mark.parametrize("smoothing", [0.0, 0.01])
def test_an_answer_that_is_never_given_does_no_harm(smoothing: float) -> None:
    """A declared but unused level changes nothing for the others."""
    ratings, _ = skilled(3, 80, [0.9, 0.8, 0.7])

    three = dawid_skene(ratings, levels=ABC, smoothing=smoothing)
    four = dawid_skene(ratings, levels=(*ABC, "d"), smoothing=smoothing)

    assert four.rows["value"].tolist() == three.rows["value"].tolist()
    assert four.prior["d"] == pytest.approx(0, abs=1e-9)
    assert np.isfinite(four.confusion.to_numpy()).all()


def test_a_reviewer_with_one_rating_is_not_judged() -> None:
    """Their habits are a guess: said in the note, and never named best or worst."""
    ratings, _ = skilled(4, 50, [0.9, 0.8, 0.7])
    ratings = pd.concat([ratings, pd.DataFrame([("t0", "rare", "quality", "a")], columns=ratings.columns)])

    result = dawid_skene(ratings, levels=ABC)

    row = result.reviewers.set_index("reviewer").loc["rare"]
    assert "Fewer than 10 tasks" in row["note"]
    assert "rare" not in result.finding


def test_two_reviewers_are_too_few_and_said() -> None:
    """Two ratings a task cannot tell habits from truth."""
    result = dawid_skene(ratings_of([["a", "b"], ["a", "a"]]), levels=ABC)

    assert "with 2.0 ratings a task, habits cannot be told from the truth" in result.finding
    assert result.rows["majority"].tolist() == [None, "a"]


def test_no_ratings_are_a_sentence() -> None:
    """An empty table answers in words and has empty tables."""
    result = dawid_skene(ratings_of([["a"]])[:0], levels=ABC)

    assert result.finding == "There are no ratings to combine"
    assert result.rows.empty
    assert result.posterior.shape == (0, 3)


def test_sets_of_options_are_answers_too() -> None:
    """Answers of `multi`, lists of texts, are combined as wholes."""
    ratings = ratings_of([[["x", "y"], ["y", "x"], []]] * 12)

    result = dawid_skene(ratings, levels=None)

    assert result.rows["value"].tolist() == [("x", "y")] * 12
