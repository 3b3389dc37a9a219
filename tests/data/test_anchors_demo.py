"""The demo's anchors as a wall shows them."""

from __future__ import annotations

from evalwidgets.store.anchors import read_anchors
from evalwidgets.widgets.exemplars import Exemplars

from .conftest import Demo

WALLS = {"image-edit": 6, "image-quality": 5, "prompt-adherence": 1}


def test_every_ladder_fills_a_wall(demo: Demo) -> None:
    """Five levels with a picture each, cards for each boundary, and words that decide on nearly all."""
    anchors = read_anchors(demo.folder / "anchors.jsonl")
    marked = []
    for rubric, criteria in WALLS.items():
        exemplars = Exemplars(anchors, demo.rubric(rubric))
        assert len(exemplars.criteria) == criteria
        for criterion in exemplars.criteria:
            wall, pictures = exemplars.shown(criterion)
            assert [level["value"] for level in wall["levels"]] == [1, 2, 3, 4, 5]
            assert len({level["picture"] for level in wall["levels"]} & set(pictures)) == 5
            assert len(wall["cards"]) == 8
            marked += [any(piece["deciding"] for piece in level["pieces"]) for level in wall["levels"]]

    assert len(marked) == len(anchors) == 60
    assert sum(marked) >= 54
