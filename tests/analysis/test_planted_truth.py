"""The planted-truth suite on simulated worlds: right causes first, honest with few reviewers.

Thresholds were looked at on seeds 0 to 19, and on 100 to 109 and 200 to 205 once a test
had failed there; the seeds here were not looked at before the rules stood.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale
from evalwidgets.analysis.causes.causes import suggest_causes
from evalwidgets.analysis.reviewers.habits import reviewer_habits
from evalwidgets.analysis.reviewers.inconsistency import reviewer_inconsistency

from .planted import CAMP, CLAUSE, LENIENT, SINGLE, STRICT, confusion, planted_world
from .simulated import EVEN, LOPSIDED, simulated
from .tables import gold_of, ratings_of

SEEDS = range(300, 310)
FIRST = 5
"""How many of a cause's clearest suggestions a lead looks at."""
QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
THREE = Scale("quality", (1, 2, 3))


@pytest.mark.parametrize("cause", [*SINGLE, "rule_unclear"])
def test_right_causes_come_first(cause: str) -> None:
    """Nine of ten among the five clearest suggestions of each cause are planted ones."""
    right = []
    for seed in SEEDS:
        world = planted_world(seed)
        rows = world.suggested().rows
        first = rows[rows["cause"] == cause].head(FIRST)
        right += [world.truth[cell] == cause for cell in zip(first["task"], first["criterion"], strict=True)]

    assert len(right) >= 4 * len(SEEDS)
    assert np.mean(right) >= 0.9


def test_planted_causes_are_seldom_taken_for_another() -> None:
    """Of planted cells where a cause is suggested, seven of ten or more get the planted one."""
    table = confusion(SEEDS)

    for cause in (*SINGLE, "rule_unclear"):
        said = table.loc[cause].drop(["none", "undecided"])
        assert said[cause] / said.sum() >= 0.7, f"{cause}:\n{table}"


def test_slips_name_who_slipped() -> None:
    """Where a planted slip is found, the reviewer is the one who slipped."""
    named = []
    for seed in SEEDS:
        world = planted_world(seed)
        rows = world.suggested().rows
        for _, row in rows[rows["cause"] == "slip"].iterrows():
            cell = (row["task"], row["criterion"])
            if world.truth[cell] == "slip":
                named.append(row["reviewers"] == world.culprits[cell])

    assert len(named) >= 50
    assert all(named)


def test_the_camp_is_named_with_the_label_of_its_clause() -> None:
    """Recurring camps are the planted camp under the planted label, in every world."""
    for seed in SEEDS:
        rows = planted_world(seed).suggested().rows
        tagged = rows[rows["tag"] != ""]

        assert len(tagged) >= 4
        assert (tagged["reviewers"] == CAMP).mean() > 0.9
        assert (tagged["tag"] == CLAUSE).mean() > 0.9


def test_severity_is_laid_on_the_strict_and_the_lenient_only() -> None:
    """No unshifted reviewer is ever called severe."""
    for seed in SEEDS:
        rows = planted_world(seed).suggested().rows
        named = rows.loc[rows["cause"] == "severity", "reviewers"].explode()

        assert {STRICT, LENIENT} == set(named)


def test_two_reviewers_are_never_told_apart() -> None:
    """With two, nothing is called slip, severity, hard or unclear: it is said that two cannot tell."""
    for seed in SEEDS:
        found = planted_world(seed, n_reviewers=2).suggested()

        assert set(found.rows["cause"]) <= {"gold_suspect", "new_pattern"}
        assert len(found.undecided) > 10
        assert found.undecided["reason"].str.contains("two reviewers can never tell").all()


def test_three_reviewers_never_yield_unclear_rules_and_say_so_of_slips() -> None:
    """One against two may be a slip or a camp: the reason says it."""
    rows = planted_world(300, n_reviewers=3).suggested().rows
    slips = rows[rows["cause"] == "slip"]

    assert "rule_unclear" not in set(rows["cause"])
    assert len(slips) > 3
    assert slips["reason"].str.contains("with three reviewers").all()
    assert (slips["strength"] <= 0.5).all()


@settings(max_examples=40)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(8, 40),
    st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=3, max_size=3),
)
def test_three_reviewers_never_yield_a_perfect_one(seed: int, n_tasks: int, noise: list[float]) -> None:
    """No estimate is 0, even of those who never err: it is empty with a bound above 0 and a note."""
    rng = np.random.default_rng(seed)
    true = rng.integers(1, 6, n_tasks)
    answers = np.clip(np.rint(true[:, None] + rng.normal(0, 1, (n_tasks, 3)) * noise), 1, 5).astype(int)

    rows = reviewer_inconsistency(ratings_of(answers.tolist()), QUALITY).rows

    assert (rows["high"] > 0.2).all()
    assert not (rows["inconsistency"] <= 0.0).any()
    empty = rows[rows["inconsistency"].isna()]
    assert empty["note"].str.startswith("cannot be told from 0").all()


@pytest.mark.parametrize("n_reviewers", [1, 2, 3, 6])
def test_all_agree_never_yields_nan_without_a_note(n_reviewers: int) -> None:
    """When everybody says the same there is no cause, no habit, no perfect reviewer, and no bare nan."""
    ratings, gold = ratings_of([[4] * n_reviewers] * 20), gold_of([4] * 20)

    causes = suggest_causes(ratings, QUALITY, gold)
    scatter = reviewer_inconsistency(ratings, QUALITY).rows
    habits = reviewer_habits(ratings, QUALITY, gold).rows

    assert causes.finding == "Reviewers nowhere disagree by more than a step, nor with gold"
    assert (scatter["note"] != "").all()
    assert "nan" not in str(reviewer_inconsistency(ratings, QUALITY))
    assert (habits["note"] != "").all()
    assert not habits["flags"].map(len).any()


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(2, 8))
def test_three_levels_give_no_cause_for_one_step(seed: int, n_reviewers: int) -> None:
    """On a scale of three levels a single step is never a cause, with gold and without."""
    rng = np.random.default_rng(seed)
    low = rng.integers(1, 3, 30)
    answers = low[:, None] + rng.integers(0, 2, (30, n_reviewers))
    ratings, gold = ratings_of(answers.tolist()), gold_of(low.tolist())

    found = suggest_causes(ratings, THREE, gold, {f"t{t}": ("all",) for t in range(30)})

    assert len(found.rows) == 0
    assert len(found.undecided) == 0


def test_the_central_and_the_noisy_are_found_in_every_world() -> None:
    """Habits flag the central one and nobody else; inconsistency flags the noisy one and never a good one."""
    for seed in range(400, 404):
        for shares in (LOPSIDED, EVEN):
            world = simulated(seed, gold_shares=shares)
            habits = reviewer_habits(world.ratings, world.scales, world.gold).rows
            scatter = reviewer_inconsistency(world.ratings, world.scales).pooled
            noisy = set(scatter.loc[scatter["flag"] == "noisy", "reviewer"])

            flagged = {row["reviewer"]: row["flags"] for _, row in habits.iterrows() if row["flags"]}
            assert flagged == {"central": ("central",)}
            assert "noisy" in noisy
            assert noisy.isdisjoint({"good", "fair", "slip", "lenient"})


def test_gold_wrong_everywhere_is_suspected_everywhere_it_is_far() -> None:
    """A tight panel two levels from gold is a suspect on every such task, clearest first."""
    ratings = ratings_of([[4, 4, 5, 4, 4]] * 6 + [[3, 3, 3, 3, 4]] * 6)
    gold = gold_of([1] * 6 + [3] * 6)

    rows = suggest_causes(ratings, QUALITY, gold).rows

    assert rows["task"].to_list() == [f"t{t}" for t in range(6)]
    assert set(rows["cause"]) == {"gold_suspect"}
    assert rows["reason"].iloc[0] == "Five reviewers give 4 to 5, gold accepts 1"
    assert isinstance(rows, pd.DataFrame)
