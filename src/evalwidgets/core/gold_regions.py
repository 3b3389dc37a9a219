"""Gold of two files on the same tasks: the places that one marks, beside the answers of the other."""

from __future__ import annotations

from collections.abc import Mapping

from evalwidgets.core.gold import Gold


def with_regions(golds: Mapping[str, Gold], region_golds: Mapping[str, Gold]) -> dict[str, Gold]:
    """Return gold with the places that an expert marked for another rubric on the same task.

    Parameters
    ----------
    golds : mapping of task to Gold
        Whose answers count; they stay as they are, and so does gold that has places already.
    region_golds : mapping of task to Gold
        Whose `regions` are taken over; tasks without gold in the first are left out.
    """
    return {task: _placed(gold, region_golds.get(task)) for task, gold in golds.items()}


def _placed(gold: Gold, marked: Gold | None) -> Gold:
    if marked is None or gold.regions:
        return gold
    return gold.model_copy(update={"regions": marked.regions})
