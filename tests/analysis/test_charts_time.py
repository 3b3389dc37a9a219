"""Charts of drift, reliability, consensus and pairs: the finding as title, marks to pick, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from evalwidgets.analysis import Scale
from evalwidgets.analysis.aggregation.consensus import consensus
from evalwidgets.analysis.aggregation.preference import PreferenceTable, preference
from evalwidgets.analysis.agreement.reliability import reliability_of_mean
from evalwidgets.analysis.charts import Chart
from evalwidgets.analysis.charts.consensus_chart import consensus_chart
from evalwidgets.analysis.charts.drift_chart import drift_chart
from evalwidgets.analysis.charts.preference_chart import preference_chart
from evalwidgets.analysis.charts.reliability_curve import reliability_curve
from evalwidgets.analysis.reviewers.drift import DriftTable, reviewer_drift
from evalwidgets.errors import UnknownName

from .simulated import World, simulated
from .tables import gold_of, ratings_of

Draw = Callable[..., Chart]
WORLD = simulated(1, n_tasks=60, reviewers=("strict", "drifting", "good", "fair"))
EMPTY = World(WORLD.ratings[:0], WORLD.gold, WORLD.scales)
PAIRS = [("old", "new"), ("new", "old"), ("new", "mid"), ("mid", "old")] * 5


def drifted(world: World) -> DriftTable:
    """Return the drift of a world, with a round marked."""
    marks = [(pd.Timestamp("2026-03-20"), "round 2")]
    return reviewer_drift(world.ratings, world.gold, world.scales, marks=marks)


def preferred(world: World) -> PreferenceTable:
    """Return the preferences of one reviewer; none where the world is empty."""
    answers = ["b", "a", "same", "a"] * 5
    ratings = ratings_of([[one] for one in answers], "overall")[: None if len(world.ratings) else 0]
    candidates = pd.DataFrame(PAIRS, columns=["a", "b"]).assign(task=[f"t{t}" for t in range(len(PAIRS))])
    return preference(ratings, candidates, n_boot=30)


DRAWINGS: dict[str, Callable[[World], Draw]] = {
    "drift": lambda w: lambda **kw: drift_chart(drifted(w), **kw),
    "reliability": lambda w: lambda **kw: reliability_curve(reliability_of_mean(w.ratings, w.scales), **kw),
    "consensus": lambda w: lambda **kw: consensus_chart(consensus(w.ratings, w.scales), **kw),
    "preference": lambda w: lambda **kw: preference_chart(preferred(w), **kw),
}


@pytest.fixture(params=[*DRAWINGS, "drift of one"])
def draw(request: pytest.FixtureRequest) -> Draw:
    """Return a function that draws one of the charts."""
    if request.param == "drift of one":
        return lambda **kw: drift_chart(drifted(WORLD), reviewer="drifting", **kw)
    return DRAWINGS[request.param](WORLD)


def test_marks_can_be_picked_and_say_what_they_are(draw: Draw) -> None:
    """Every picked part has an id of its own in the SVG, a kind, and words."""
    chart = draw()

    gids = [pick.gid for pick in chart.picks]
    assert len(gids) == len(set(gids)) > 0
    svg = chart.svg()
    for pick in chart.picks:
        assert f'id="{pick.gid}"' in svg
        assert pick.id.split(":")[0] in ("reviewer", "criterion", "candidate")
        assert len(pick.label.split()) >= 2


@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_to_draw_is_a_sentence(name: str) -> None:
    """Without ratings each chart says so instead of failing."""
    chart = DRAWINGS[name](EMPTY)()

    assert chart.axes == []
    assert "There is nothing to draw yet." in [text.get_text() for text in chart.texts]


def test_who_drifts_comes_first() -> None:
    """The panel of the drifting reviewer stands first, whatever the alphabet says."""
    chart = drift_chart(drifted(WORLD))

    titles = [axes.get_title(loc="left") for axes in chart.axes if axes.get_visible()]
    assert titles[0] == "drifting"
    assert sorted(titles) == ["drifting", "fair", "good", "strict"]


def test_the_drift_of_one_says_their_finding() -> None:
    """With a reviewer named the title is theirs, steady or not; an unknown one is named with a hint."""
    drift = drifted(WORLD)

    assert drift_chart(drift, reviewer="drifting").finding.startswith(
        "drifting drifts down since the week of"
    )
    assert drift_chart(drift, reviewer="good").finding == "good shows no drift"
    with pytest.raises(UnknownName, match="Did you mean 'drifting'"):
        drift_chart(drift, reviewer="drifing")


def test_marks_are_lines_in_every_panel() -> None:
    """What happened is drawn in each panel and named in the key."""
    chart = drift_chart(drifted(WORLD))

    upright = [
        sum(len(set(line.get_xdata())) == 1 < len(line.get_xdata()) for line in axes.lines)
        for axes in chart.axes
    ]
    assert upright[:4] == [1] * 4
    assert "round 2" in [text.get_text() for text in chart.legends[0].get_texts()]


def test_one_task_of_one_reviewer_can_be_drawn() -> None:
    """Thin evidence makes a thin chart or a sentence, not an error."""
    scale = Scale("quality", (1, 2, 3, 4, 5))
    ratings = ratings_of([[3]]).assign(submitted_at=pd.Timestamp("2026-09-07", tz="UTC"))

    for chart in (
        drift_chart(reviewer_drift(ratings, gold_of([3]), scale)),
        reliability_curve(reliability_of_mean(ratings, scale)),
        consensus_chart(consensus(ratings, scale)),
    ):
        assert chart.png(1.0).startswith(b"\x89PNG")


def test_names_are_drawn_as_they_are_written() -> None:
    """Dollar signs are no mathematics, and very long names are shortened, not clipped."""
    scale = Scale("quality", (1, 2, 3, 4, 5), label="cost in $ and $x_1$, at great length")
    ratings = ratings_of([[3, 5], [2, 4], [4, 4], [5, 5], [1, 3]] * 4)
    names = {"r0": "a$b$c_d^2", "r1": "a reviewer with a very long name indeed, and more"}
    ratings["reviewer"] = ratings["reviewer"].map(names)
    weeks = pd.to_timedelta(ratings["task"].str[1:].astype(int) // 5 * 7, unit="D")
    ratings = ratings.assign(submitted_at=pd.Timestamp("2026-09-07", tz="UTC") + weeks)

    for chart in (
        drift_chart(reviewer_drift(ratings, gold_of([3] * 20), scale)),
        reliability_curve(reliability_of_mean(ratings, scale)),
        consensus_chart(consensus(ratings, scale)),
    ):
        assert chart.png(1.0).startswith(b"\x89PNG")
