"""Variance components and reliability: published values, an independent solution, the corners."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale
from evalwidgets.analysis.agreement.reliability import reliability_of_mean
from evalwidgets.analysis.agreement.variance_components import components_of, variance_components
from evalwidgets.analysis.codes import code_ratings
from evalwidgets.errors import RatingsError

from .tables import ratings_of

TEN = Scale("quality", tuple(range(1, 11)), tolerance=1, label="Quality")
FIVE = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
# Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428, table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def simulated_levels(
    seed: int, tasks: int, reviewers: int, *, sd: tuple[float, float, float], present: float = 1.0
) -> pd.DataFrame:
    """Return ratings with planted standard deviations of task, reviewer and rest, in hundredths."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, sd[0], (tasks, 1)) + rng.normal(0, sd[1], (1, reviewers))
    level = level + rng.normal(0, sd[2], (tasks, reviewers))
    task, who = np.nonzero(rng.random((tasks, reviewers)) < present)
    value = np.rint(100 * level[task, who]).astype(int)
    return pd.DataFrame({"task": task, "reviewer": who, "criterion": "quality", "value": value})


def solved_by_projections(table: list[list[int | None]]) -> np.ndarray:
    """Return the components by traces of projections: the same equations, another way."""
    cells = [(t, r, v) for t, row in enumerate(table) for r, v in enumerate(row) if v is not None]
    y = np.array([value for *_, value in cells], dtype=float)
    z = {name: np.array([cell[i] for cell in cells]) for i, name in enumerate(("task", "reviewer"))}
    z = {name: (column[:, None] == np.unique(column)).astype(float) for name, column in z.items()}
    n, identity = len(y), np.eye(len(y))
    onto = {name: one @ np.linalg.pinv(one) for name, one in z.items()} | {"mean": np.ones((n, n)) / n}
    effects = [z["task"] @ z["task"].T, z["reviewer"] @ z["reviewer"].T, identity]
    quadratics = [identity - onto[name] for name in ("task", "reviewer", "mean")]
    equations = np.array([[np.trace(q @ effect) for effect in effects] for q in quadratics])
    return np.linalg.solve(equations, np.array([y @ q @ y for q in quadratics]))


@pytest.mark.parametrize(
    ("error", "one", "four"),
    [("absolute", 0.289764, 0.620051), ("relative", 0.714841, 0.909316)],
)
def test_published_values_are_reproduced(error: str, one: float, four: float) -> None:
    """Shrout and Fleiss: ICC(2,1), (2,4), (3,1) and (3,4) come out to six digits."""
    table = reliability_of_mean(ratings_of(SHROUT_FLEISS), TEN, error=error, min_tasks=3)  # type: ignore[arg-type]

    reliability = table.rows.set_index("k")["reliability"]
    assert round(reliability[1], 6) == one
    assert round(reliability[4], 6) == four


@given(
    st.integers(3, 8).flatmap(
        lambda wide: st.lists(
            st.lists(st.one_of(st.none(), st.integers(1, 10)), min_size=wide, max_size=wide),
            min_size=3,
            max_size=9,
        )
    )
)
@settings(max_examples=150, deadline=None)
def test_components_equal_an_independent_solution(table: list[list[int | None]]) -> None:
    """On random sparse tables, closed form and projections agree to 1e-9, and so without each task."""
    coded = code_ratings(ratings_of(table), levels=TEN.levels)

    components = components_of(coded)

    if components.note:
        assert np.isnan(components.variance).all()
        return
    assert solved_by_projections(table) == pytest.approx(components.variance, abs=1e-9)
    rated = [t for t, row in enumerate(table) if any(value is not None for value in row)]
    for place, task in enumerate(rated):
        without = components.without[place]
        if not np.isnan(without).any():
            rest = [row for t, row in enumerate(table) if t != task]
            assert solved_by_projections(rest) == pytest.approx(without, abs=1e-6)


def test_planted_variances_are_found_with_ratings_missing() -> None:
    """On average over worlds with 4 of 12 reviewers a task the components are those planted."""
    found = [
        variance_components(
            simulated_levels(seed, 200, 12, sd=(1.0, 0.7, 0.8), present=0.33),
            Scale("quality", metric="interval"),
        ).rows.iloc[0]
        for seed in range(30)
    ]

    mean = pd.DataFrame(found)[["task", "reviewer", "residual"]].astype(float).mean() / 1e4
    assert mean["task"] == pytest.approx(1.0, abs=0.06)
    assert mean["reviewer"] == pytest.approx(0.49, abs=0.09)
    assert mean["residual"] == pytest.approx(0.64, abs=0.02)


def test_intervals_cover_the_true_reliability() -> None:
    """Of 95 % intervals over 120 worlds at least 90 % hold the truth, and not all are wide."""
    truth, held, widths = 1 / 1.64, 0, []
    for seed in range(120):
        ratings = simulated_levels(seed, 60, 8, sd=(1.0, 0.5, 0.8), present=0.6)
        row = reliability_of_mean(ratings, Scale("quality", metric="interval"), error="relative").needed.iloc[
            0
        ]
        held += bool(row["one_low"] <= truth <= row["one_high"])
        widths.append(row["one_high"] - row["one_low"])

    assert held >= 108
    assert np.mean(widths) < 0.3


def test_more_reviewers_are_needed_where_less_comes_from_the_tasks() -> None:
    """The answer in words counts reviewers per criterion, fewest first."""
    clear = simulated_levels(1, 300, 6, sd=(1.0, 0.1, 0.6)).assign(criterion="adherence")
    vague = simulated_levels(2, 300, 6, sd=(1.0, 0.1, 1.05)).assign(criterion="quality")
    scales = [
        Scale("quality", metric="interval", label="quality"),
        Scale("adherence", metric="interval", label="adherence"),
    ]

    table = reliability_of_mean(pd.concat([clear, vague]), scales)

    assert table.finding == "Two reviewers suffice for adherence, five for quality (reliability 0.8)"
    needed = table.needed.set_index("criterion")
    assert (needed["k_low"] <= needed["k"]).all()
    assert (needed["k"] <= needed["k_high"]).all()
    curve = table.rows[table.rows["criterion"] == "quality"].set_index("k")["reliability"]
    assert curve[4] < 0.8 <= curve[5]


def test_severity_counts_only_as_absolute_error() -> None:
    """Reviewers who differ by a constant order tasks alike and disagree on levels."""
    ratings = ratings_of([[t % 3 + 1, t % 3 + 2, t % 3 + 3] for t in range(30)])

    relative = reliability_of_mean(ratings, FIVE, error="relative").needed.iloc[0]
    absolute = reliability_of_mean(ratings, FIVE, error="absolute").needed.iloc[0]

    assert relative["k"] == 1
    assert "Reviewers do not differ" in relative["note"]
    assert absolute["one"] < 0.6


def test_a_component_below_zero_is_shown_as_zero_and_said() -> None:
    """Tasks that differ less than chance have no task variance, and no number of reviewers helps."""
    ratings = ratings_of([[1, 5], [5, 1]] * 10)

    components = variance_components(ratings, FIVE).rows.iloc[0]
    needed = reliability_of_mean(ratings, FIVE).needed.iloc[0]

    assert components["task"] == 0
    assert "task and reviewer components are too small to be seen" in components["note"]
    assert needed["one"] == 0
    assert np.isnan(needed["k"])
    assert "no number of reviewers is enough" in needed["note"]


@pytest.mark.parametrize(
    ("table", "note"),
    [
        ([[3]] * 12, "Only one reviewer rated"),
        ([[3, 4, 5]], "Only one task was rated"),
        ([[3, None], [None, 4]] * 6, "No task was rated twice"),
        ([[3, 3]] * 12, "All 24 ratings are the same"),
        ([[3, 3, None, None], [None, None, 4, 5]], "do not overlap enough|too few"),
    ],
    ids=["one reviewer", "one task", "single ratings", "all identical", "nothing in common"],
)
def test_thin_evidence_is_a_sentence(table: list[list[int | None]], note: str) -> None:
    """What cannot be told says why; the table and the finding stay readable."""
    table_of = reliability_of_mean(ratings_of(table), FIVE)

    assert table_of.finding == "There are too few ratings to tell how many reviewers are needed"
    assert pd.Series(table_of.needed["note"]).str.contains(note).all()
    assert table_of._repr_html_().startswith("<table")


def test_no_ratings_are_a_sentence() -> None:
    """An empty table answers in words."""
    empty = ratings_of([[3]])[:0]

    assert "too few ratings" in reliability_of_mean(empty, FIVE).finding
    assert "No criterion has enough ratings" in variance_components(empty, FIVE).finding


def test_few_tasks_give_a_number_and_no_answer() -> None:
    """Six tasks have a reliability without interval, and no number of reviewers."""
    needed = reliability_of_mean(ratings_of(SHROUT_FLEISS), TEN).needed.iloc[0]

    assert needed["one"] == pytest.approx(0.289764, abs=1e-6)
    assert np.isnan(needed["k"])
    assert "6 tasks are too few" in needed["note"]


def test_a_nominal_scale_has_no_variance() -> None:
    """Ratings without numbers are left out and counted."""
    ratings = ratings_of([["yes", "no"]] * 5, "safe")

    table = variance_components(ratings, Scale("safe", ("yes", "no"), "nominal"))

    assert table.rows.empty
    assert "10 ratings (not on a numeric scale of this rubric)" in str(table)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"target": 1.0}, "between 0 and 1"), ({"error": "total"}, "'absolute' or 'relative'")],
)
def test_options_without_sense_are_refused(options: dict[str, object], message: str) -> None:
    """Each says what is allowed."""
    with pytest.raises(RatingsError, match=message):
        reliability_of_mean(ratings_of(SHROUT_FLEISS), TEN, **options)  # type: ignore[arg-type]
