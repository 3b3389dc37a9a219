"""Blind pairs back to models: planted strengths are found, a habit of the side is named."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evalwidgets.analysis import models_of, preference
from evalwidgets.core.side_by_side import side_by_side
from evalwidgets.core.task import Task
from evalwidgets.errors import RatingsError

STRENGTHS = {"lark": 1.5, "wren": 0.0, "finch": -1.5}


def dealt(subjects: int = 24) -> tuple[Task, ...]:
    """Return blind pairs of three models over many instructions, a third of them repeated."""
    return side_by_side(
        (
            Task(
                id=f"{place}-{model}",
                kind="edit",
                images={"original": f"{place}.png", "edited": f"{model}/{place}.png"},
                instruction=f"Remove cup {place}",
                tags={"model": model},
            )
            for place in range(subjects)
            for model in STRENGTHS
        ),
        repeats=0.3,
    )


def answered(pairs: tuple[Task, ...]) -> pd.DataFrame:
    """Return what two reviewers say by planted strengths, and one who always takes the left."""
    rng = np.random.default_rng(5)
    rows = []
    for task in pairs:
        ahead = STRENGTHS[str(task.tags["model_a"])] - STRENGTHS[str(task.tags["model_b"])]
        for reviewer in ("ana", "ben"):
            a = rng.random() < 1 / (1 + math.exp(-ahead))
            rows.append((task.id, reviewer, "overall", "a_much" if a else "b_slightly"))
        rows.append((task.id, "lou", "overall", "a_slightly"))
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"])


def test_planted_strengths_are_found_behind_the_sides() -> None:
    """Models come out in their order, with intervals, though sides were dealt."""
    pairs = dealt()
    table = preference(answered(pairs), models_of(pairs), n_boot=100)

    assert list(STRENGTHS) == table.rows["candidate"].tolist()
    assert (table.rows["low"] < table.rows["win_rate"]).all()
    assert table.lead is not None
    assert table.lead[0] > 0


def test_whoever_always_takes_the_left_is_named() -> None:
    """By the share of left answers, and by the repeats with exchanged sides."""
    pairs = dealt()
    table = preference(answered(pairs), models_of(pairs), n_boot=0)

    assert table.finding.endswith("reviewers favour the left side, lou for sure")
    again = table.consistency.set_index("reviewer")
    repeats = sum("repeat_of" in task.tags for task in pairs)
    assert (repeats, repeats, 0) == tuple(again.loc["lou", ["n", "same_side", "same"]])
    assert again.loc["ana", "rate"] > 0.5


def test_pairs_that_name_no_models_are_refused() -> None:
    """A pair from elsewhere says nothing of models."""
    pair = Task(id="p", kind="pair", images={"a": "a.png", "b": "b.png"})

    with pytest.raises(RatingsError, match="side_by_side has made"):
        models_of([pair])
