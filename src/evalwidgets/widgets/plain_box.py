"""A box of widgets that a saved notebook keeps as one deterministic line."""

from __future__ import annotations

from typing import Any

import ipywidgets

from evalwidgets.widgets.closing import close_inside


class PlainBox(ipywidgets.VBox):
    """A column of widgets whose text in a saved notebook is its `repr`, and that closes what it holds."""

    def close(self) -> None:
        """Close the widgets inside; the store stays open."""
        close_inside(self)
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        content = bundle[0] if isinstance(bundle, tuple) else bundle
        if content:
            content["text/plain"] = repr(self)
        return bundle
