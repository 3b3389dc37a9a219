"""The widgets that the panel is measured against; runs in the notebook's kernel.

Each is written as a person in a hurry for speed would: the next picture goes out before
anything else is done, and nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets
from ipyannotations.images import BoxAnnotator

_LEVELS = [1, 2, 3, 4, 5]


def image_and_buttons(paths: Sequence[Path], criteria: Sequence[str]) -> ipywidgets.Widget:
    """Return `ipywidgets.Image` over one row of buttons per criterion and a submit button."""
    waiting = iter(paths)
    answers: list[list[Any]] = []
    picture = ipywidgets.Image(
        value=next(waiting).read_bytes(), format="jpeg", layout={"height": "500px", "width": "667px"}
    )
    rows = [
        ipywidgets.ToggleButtons(
            options=_LEVELS, value=None, description=name, style={"button_width": "44px"}
        )
        for name in criteria
    ]
    submit = ipywidgets.Button(description="Submit")

    def on_click(_: ipywidgets.Button) -> None:
        answers.append([row.value for row in rows])
        picture.value = next(waiting).read_bytes()
        for row in rows:
            row.value = None

    submit.on_click(on_click)
    box = ipywidgets.HBox([picture, ipywidgets.VBox([*rows, submit])])  # beside: all is in view at once
    box.add_class("peer-image")
    return box


def box_annotator(paths: Sequence[Path]) -> ipywidgets.Widget:
    """Return ipyannotations' `BoxAnnotator`, which goes on to the next picture on submit."""
    waiting = iter(paths)
    annotator = BoxAnnotator(options=["flaw"])
    # Its event watcher has no view and would stand above the picture as an error message.
    annotator.children = tuple(child for child in annotator.children if child is not annotator.event_watcher)
    annotator.on_submit(lambda _: annotator.display(next(waiting)))
    annotator.display(next(waiting))
    annotator.add_class("peer-boxes")
    return annotator
