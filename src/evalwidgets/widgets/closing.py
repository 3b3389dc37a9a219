"""Free a tree of widgets, each with its layout: nothing else does, and kernels run for days."""

from __future__ import annotations

from collections.abc import Iterator

import ipywidgets


def close_inside(box: ipywidgets.Box) -> None:
    """Close every widget inside a box, the innermost first; the box itself only loses its layout."""
    for widget in _inside(box):
        widget.layout.close()
        widget.close()
    box.layout.close()


def _inside(box: ipywidgets.Box) -> Iterator[ipywidgets.DOMWidget]:
    for child in box.children:
        if isinstance(child, ipywidgets.Box):
            yield from _inside(child)
        yield child
