"""What statistics take from a rubric."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from evalwidgets.analysis import RatingsWarning, Scale
from evalwidgets.analysis.scales import scale_named, scales_of
from evalwidgets.errors import RatingsError, UnknownName


def criterion(name: str, control: str, scale: tuple[Any, ...] = (), **more: Any) -> SimpleNamespace:
    """Return something that says of itself what a criterion of a rubric says."""
    plain = {"tolerance": 0.0, "targets": None, "label": name.title(), "is_gate": False}
    return SimpleNamespace(id=name, control=control, scale=scale, **{**plain, **more})


def test_a_rubric_gives_its_scales_in_order() -> None:
    """Gates first; levels, tolerance and targets as declared; text and regions have no scale."""
    targets = SimpleNamespace(exact=0.5, within=0.9)
    rubric = SimpleNamespace(
        all=(
            criterion("feasible", "choice", ("yes", "no"), is_gate=True),
            criterion("quality", "ordinal", (1, 2, 3, 4, 5), tolerance=1.0, targets=targets),
            criterion("people", "count", tolerance=2.0),
            criterion("why", "text"),
        )
    )

    scales, left_out = scales_of(rubric)

    assert [scale.id for scale in scales] == ["feasible", "quality", "people"]
    assert scales[0] == Scale("feasible", ("yes", "no"), "nominal", label="Feasible", is_gate=True)
    assert scales[1] == Scale("quality", (1, 2, 3, 4, 5), "ordinal", 1.0, 0.5, 0.9, label="Quality")
    assert (scales[2].metric, scales[2].declared, scales[2].tolerance) == ("interval", None, 2.0)
    assert [str(one) for one in left_out] == ["1 criterion (free text and marks have no scale)"]


def test_the_real_rubric_is_understood() -> None:
    """A rubric of the core, whose tolerance may be left to its default, gives the same."""
    rubric = pytest.importorskip("evalwidgets.core.rubric").Rubric.model_validate(
        {
            "id": "sample",
            "version": "1.0.0",
            "title": "Sample",
            "kind": "image",
            "purpose": "Try things out.",
            "criteria": [
                {
                    "id": "quality",
                    "control": "ordinal",
                    "label": "Quality",
                    "question": "How good?",
                    "levels": [
                        {"value": value, "name": f"L{value}", "descriptor": "What it looks like."}
                        for value in range(1, 6)
                    ],
                }
            ],
            "changelog": [{"version": "1.0.0", "date": "2026-01-01", "bump": "first", "changes": ["First."]}],
        }
    )

    scale = scale_named(rubric, "quality")

    assert (scale.levels, scale.metric, scale.tolerance) == ((1, 2, 3, 4, 5), "ordinal", 1.0)


@pytest.mark.parametrize(
    ("levels", "metric", "words"),
    [((1, 2, 3), "ordinal", "has 3 levels"), (("a", "b", "c", "d"), "nominal", "has no order")],
)
def test_a_tolerance_that_means_nothing_is_dropped_with_a_warning(
    levels: tuple[Any, ...], metric: Any, words: str
) -> None:
    """Three levels or fewer, and choices, are judged exactly, whatever gold or rubric say."""
    with pytest.warns(RatingsWarning, match=words):
        scale = Scale("quality", levels, metric, tolerance=1)

    assert scale.tolerance == 0
    assert scale.tolerance_for(2) == 0


def test_gold_may_have_its_own_tolerance() -> None:
    """On wide scales the gold answer's tolerance wins over the criterion's."""
    scale = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)

    assert (scale.tolerance_for(None), scale.tolerance_for(0), scale.tolerance_for(2)) == (1, 0, 2)


def test_something_else_than_a_rubric_is_refused() -> None:
    """The error shows how to declare scales without a rubric."""
    with pytest.raises(RatingsError, match=r"a list of Scale, got int.*Scale\('quality'"):
        scales_of(5)
    with pytest.raises(RatingsError, match="got list"):
        scales_of([])


def test_an_unknown_criterion_is_named_with_the_nearest() -> None:
    """Asking for a criterion that the rubric lacks says which it has."""
    with pytest.raises(UnknownName, match="Did you mean 'quality'"):
        scale_named([Scale("quality", (1, 2, 3, 4))], "qualty")
