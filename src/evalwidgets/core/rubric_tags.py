"""Which tags of a task a rubric rests on: what a reviewer's copy of the task cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalwidgets.core.condition import Condition
from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Value


def tags_used(rubric: Rubric) -> frozenset[str]:
    """Return the names of the tags that decide what the rubric asks, or in which words."""
    used = {name for condition in _conditions(rubric) for name in condition.tags_used()}
    if any(isinstance(one, Ordinal) and one.variants for one in rubric.all):
        used.add(rubric.variant_tag)
    return frozenset(used)


def _conditions(part: Any) -> Iterator[Condition]:
    """Yield every condition that stands in a part of a rubric."""
    if isinstance(part, Condition):
        yield part
    elif isinstance(part, Value):
        for name in type(part).model_fields:
            yield from _conditions(getattr(part, name))
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _conditions(inner)
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from _conditions(inner)
