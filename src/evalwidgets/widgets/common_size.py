"""The one size of candidates that are compared blind: how large a model draws would tell which it is."""

from __future__ import annotations

from collections.abc import Mapping

Size = tuple[int, int]
"""Width and height."""


def common_size(sizes: Mapping[str, Size]) -> Size | None:
    """Return the size that all pictures of a task are shown in; None when they have one already.

    It is that of the original if there is one, which no model has made, else that of the
    largest candidate, so that nothing is lost.

    Parameters
    ----------
    sizes : mapping
        Role to the size of its picture.
    """
    if len(set(sizes.values())) < 2:
        return None
    return sizes.get("original") or max(sizes.values(), key=lambda size: (size[0] * size[1], size))
