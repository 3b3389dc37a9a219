"""Pairs: win rates, strengths, sides, repeats and circles, each against a known truth."""

from __future__ import annotations

import itertools
import math

import choix
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from evalwidgets.analysis import wilson_interval
from evalwidgets.analysis.aggregation.bradley_terry import bradley_terry
from evalwidgets.analysis.aggregation.preference import preference
from evalwidgets.errors import RatingsError

# Wins of Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore (American League
# East, 1987), 13 games a pair. The strengths rest on the teams' totals alone: 50 47 44 43 41 31 17.
BASEBALL = np.array(
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ],
    dtype=float,
)
AGRESTI = [1.581, 1.436, 1.294, 1.248, 1.108, 0.684, 0.0]
MODELS = {"alpha": 0.8, "beta": 0.0, "gamma": -0.8}


def asked(
    pairs: list[tuple[str, str]], answers: list[list[str]], **columns: object
) -> tuple[pd.DataFrame, ...]:
    """Return ratings and candidates of pairs answered by reviewers r0, r1, ... in turn."""
    rows = [
        (f"t{t}", f"r{r}", "overall", value) for t, row in enumerate(answers) for r, value in enumerate(row)
    ]
    ratings = pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"])
    candidates = pd.DataFrame(pairs, columns=["a", "b"]).assign(**columns)
    return ratings, candidates.assign(task=[f"t{t}" for t in range(len(pairs))])


def world(
    seed: int, strengths: dict[str, float], *, subjects: int = 30, reviewers: int = 3, left: float = 0.0
) -> tuple[pd.DataFrame, ...]:
    """Return answers by Bradley-Terry to all pairs of each subject, with a pull to the left."""
    rng = np.random.default_rng(seed)
    pairs, answers, subject = [], [], []
    for s in range(subjects):
        for two in itertools.combinations(strengths, 2):
            a, b = two if rng.random() < 0.5 else two[::-1]
            chance = 1 / (1 + math.exp(-(strengths[a] - strengths[b] + left)))
            tie, first = rng.random(reviewers) < 0.15, rng.random(reviewers) < chance
            pairs.append((a, b))
            subject.append(f"s{s}")
            answers.append(
                [
                    "both_bad" if t else ("a_much" if f else "b_slightly")
                    for t, f in zip(tie, first, strict=True)
                ]
            )
    return asked(pairs, answers, subject=subject)


def minorised(wins: np.ndarray) -> np.ndarray:
    """Return the maximum-likelihood strengths by minorisation and maximisation (Hunter 2004)."""
    games, won, gamma = wins + wins.T, wins.sum(axis=1), np.ones(len(wins))
    for _ in range(20000):
        renewed = won / (games / (gamma[:, None] + gamma)).sum(axis=1)
        renewed /= np.exp(np.log(renewed).mean())
        settled = np.abs(renewed / gamma - 1).max() < 1e-12
        gamma = renewed
        if settled:
            break
    return np.log(gamma)


def test_published_strengths_are_reproduced() -> None:
    """Agresti's baseball teams come out to three decimals, and wins count 13 a pair."""
    strengths = bradley_terry(BASEBALL, alpha=0)

    assert ((BASEBALL + BASEBALL.T)[~np.eye(7, dtype=bool)] == 13).all()
    assert (strengths - strengths[-1]).round(3).tolist() == AGRESTI


@given(st.integers(0, 10**6), st.integers(2, 6))
@settings(max_examples=15, deadline=None)
def test_strengths_equal_two_other_methods(seed: int, many: int) -> None:
    """Minorisation and the general optimiser of choix find the same strengths, ties as halves."""
    rng = np.random.default_rng(seed)
    wins = rng.integers(1, 12, (many, many)) + 0.5 * rng.integers(0, 3, (many, many))
    np.fill_diagonal(wins, 0)

    strengths = bradley_terry(wins, alpha=0)

    assert strengths == pytest.approx(minorised(wins), abs=1e-6)
    doubled = [(i, j) for i, j in np.argwhere(wins > 0) for _ in range(int(2 * wins[i, j]))]
    assert strengths == pytest.approx(choix.opt_pairwise(many, doubled), abs=1e-4)


def test_planted_strengths_are_found_within_their_intervals() -> None:
    """Over worlds, intervals hold the planted strengths about as often as they say."""
    # A tie counts half a win each way, which pulls strengths to 0 by their share.
    near, far = (0.85 / (1 + math.exp(-d)) + 0.075 for d in (0.8, 1.6))
    truth = minorised(np.array([[0, near, far], [1 - near, 0, near], [1 - far, 1 - near, 0]]))
    held = np.zeros(3)
    for seed in range(25):
        ratings, candidates = world(seed, MODELS)
        rows = preference(ratings, candidates, n_boot=100).rows.set_index("candidate").loc[list(MODELS)]
        held += (rows["strength_low"] <= truth) & (truth <= rows["strength_high"])

    assert (held >= 20).all()


def test_the_preferred_candidate_is_named_only_when_it_is_clear() -> None:
    """A clear leader is preferred; two near each other cannot be told apart; few tasks say so."""
    clear = preference(*world(1, MODELS), n_boot=100)
    near = preference(*world(2, {"alpha": 0.02, "beta": 0.0}, subjects=20), n_boot=100)
    few = preference(*world(3, MODELS, subjects=2), n_boot=100)

    assert clear.finding.startswith("alpha is preferred: it wins ")
    assert "cannot be told from" in near.finding
    assert "it cannot be called preferred yet" in few.finding


def test_rates_count_a_tie_as_half_a_win() -> None:
    """Wins, ties and losses are shown apart; one rating a task gives Wilson's interval."""
    ratings, candidates = asked(
        [("x", "y"), ("y", "x"), ("x", "y"), ("x", "y")], [["a_much"], ["both_good"], ["b"], ["same"]]
    )

    row = preference(ratings, candidates, n_boot=0).rows.set_index("candidate").loc["x"]

    assert row[["n_tasks", "n", "wins", "ties", "losses"]].tolist() == [4, 4, 1, 2, 1]
    assert row["win_rate"] == 0.5
    assert (row["low"], row["high"]) == pytest.approx(wilson_interval(2, 4))


def test_a_pull_to_one_side_is_found_and_rare_without_one() -> None:
    """The share of left answers has the exact binomial test without ties."""
    pulled = [preference(*world(seed, MODELS, left=1.2), n_boot=0) for seed in range(5)]
    fair = [preference(*world(seed, MODELS), n_boot=0) for seed in range(40)]

    for table in pulled:
        assert table.sides["flag"].iloc[0] == "left"
        assert "reviewers favour the left side" in table.finding
        row = table.sides.iloc[1]
        assert row["p"] == pytest.approx(binomtest(int(row["left"]), int(row["n"])).pvalue)
    assert sum(table.sides["flag"].iloc[0] != "" for table in fair) <= 5
    assert sum((table.sides["flag"].iloc[1:] != "").any() for table in fair) <= 5


def test_unshuffled_sides_are_not_called_a_habit() -> None:
    """When the better one always stands left, liking it and liking the side are one thing."""
    ratings, candidates = asked([("x", "y")] * 40, [["a"]] * 40)

    table = preference(ratings, candidates, n_boot=0)

    assert set(table.sides["flag"]) == {""}
    assert "x stood left in 100% of its comparisons" in table.sides["note"].iloc[0]


def test_swapped_repeats_tell_consistency_from_the_habit_of_a_side() -> None:
    """r0 answers repeats alike, r1 takes the left side both times, r2 differs by a tie."""
    ratings, candidates = asked(
        [("x", "y"), ("y", "x")], [["a", "a", "a"], ["b", "a", "same"]], subject=["s", "s"]
    )

    table = preference(ratings, candidates, n_boot=0).consistency.set_index("reviewer")

    assert table["n"].tolist() == [3, 1, 1, 1]
    assert table["same"].tolist() == [1, 1, 0, 0]
    assert table["same_side"].tolist() == [1, 0, 1, 0]


def test_without_subjects_repeats_cannot_be_told() -> None:
    """The note says what to add."""
    ratings, candidates = asked([("x", "y"), ("y", "x")], [["a"], ["b"]])

    notes = preference(ratings, candidates, n_boot=0).consistency["note"]

    assert notes.str.contains("add a column `subject` to candidates").all()


def test_circles_are_counted_against_chance() -> None:
    """One circle and one order make a share of a half; random answers go round a quarter of the time."""
    pairs = [("x", "y"), ("y", "z"), ("z", "x")]
    ratings, candidates = asked(
        pairs * 2, [["a"], ["a"], ["a"], ["a"], ["a"], ["b"]], subject=[*"ppp", *"qqq"]
    )
    equal = dict.fromkeys("abcd", 0.0)

    two = preference(ratings, candidates, n_boot=0).circles.iloc[0]
    many = preference(*world(0, equal, subjects=150), n_boot=0).circles.iloc[0]

    assert (two["triads"], two["circles"]) == (2, 1)
    assert two["note"] == "Fewer than 5 triads"
    assert many["low"] < many["chance"] < many["high"]


def test_candidates_never_compared_are_not_ranked_together() -> None:
    """Two islands have win rates and no strengths, and the finding names them."""
    ratings, candidates = asked([("x", "y"), ("p", "q")] * 10, [["a"], ["b"]] * 10)

    table = preference(ratings, candidates)

    assert table.rows["strength"].isna().all()
    assert table.rows["win_rate"].notna().all()
    assert "Candidates cannot be ranked together: (p and q) and (x and y)" in table.finding
    assert table.rows["note"].str.contains("not all candidates were compared").all()


def test_an_unbeaten_candidate_has_a_finite_strength_and_a_note() -> None:
    """Without a single loss the strength rests on the regularisation, and the note says so."""
    ratings, candidates = asked([("x", "y"), ("y", "x")] * 10, [["a"], ["b"]] * 10)

    rows = preference(ratings, candidates, n_boot=20).rows

    assert np.isfinite(rows["strength"]).all()
    assert rows["note"].tolist() == [
        "Never lost: the strength is a lower bound",
        "Never won: the strength is an upper bound",
    ]


def test_the_same_seed_gives_the_same_intervals() -> None:
    """Saved notebooks do not churn."""
    ratings, candidates = world(5, MODELS)

    first, second = (preference(ratings, candidates, n_boot=50, seed=7).rows for _ in range(2))

    pd.testing.assert_frame_equal(first, second)


def test_a_value_without_a_side_is_refused_and_can_be_told() -> None:
    """Unknown values name the way out; `sides` says what they mean."""
    ratings, candidates = asked([("x", "y")], [["leftvote"]])

    with pytest.raises(RatingsError, match=r"got 'leftvote'.*sides="):
        preference(ratings, candidates)

    assert preference(ratings, candidates, sides={"leftvote": "a"}).rows["wins"].tolist() == [1, 0]


def test_two_pairs_for_one_task_are_refused() -> None:
    """Which candidates stood there is not ours to guess."""
    ratings, candidates = asked([("x", "y")], [["a"]])

    with pytest.raises(RatingsError, match="got two for t0"):
        preference(ratings, pd.concat([candidates, candidates]))


def test_what_does_not_count_is_said() -> None:
    """Unknown tasks and a candidate beside itself are counted as left out."""
    ratings, candidates = asked([("x", "y"), ("x", "x"), ("x", "y")], [["a"], ["a"], ["b"]])

    said = str(preference(ratings, candidates[:2], n_boot=0))

    assert "1 rating of an unknown pair" in said
    assert "1 rating of a candidate beside itself" in said


@pytest.mark.parametrize(
    ("n", "finding"),
    [
        (0, "No pair has been compared yet"),
        (1, "x wins 100% of its comparisons; with 1 task it cannot be called preferred yet"),
    ],
    ids=["no pair", "one pair"],
)
def test_thin_evidence_is_a_sentence(n: int, finding: str) -> None:
    """No pair and one pair answer in words."""
    ratings, candidates = asked([("x", "y")], [["a"]])

    table = preference(ratings[:n], candidates)

    assert table.finding == finding
    assert table._repr_html_().startswith("<table")
