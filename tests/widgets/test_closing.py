"""Widgets are freed with what they hold: nothing else ends them."""

from __future__ import annotations

import ipywidgets
from ipywidgets.widgets.widget import _instances

from evalwidgets.widgets.closing import close_inside


def test_a_tree_is_closed_from_the_inside() -> None:
    """Leaves, boxes and layouts; the outer box itself is left to its owner."""
    before = set(_instances)
    leaves = [ipywidgets.Box(), ipywidgets.Box()]
    inner = ipywidgets.HBox(leaves)
    outer = ipywidgets.VBox([inner, ipywidgets.Box()])

    close_inside(outer)

    assert {outer.model_id} == set(_instances) - before
    outer.close()
    assert before == set(_instances)
    assert [None, None, None] == [one.comm for one in (inner, *leaves)]
