"""Blind side-by-side of models as a set of tasks that a panel can show."""

from __future__ import annotations

from evalwidgets.core import side_by_side as dealt
from evalwidgets.store.tasks import TaskSet


def side_by_side(
    tasks: TaskSet,
    *,
    model_tag: str = "model",
    repeats: float = 0.1,
    seed: object = 0,
    pairs: int | None = None,
) -> TaskSet:
    """Return pairs of what different models made of the same instruction, for a blind review.

    They are reviewed like any others (``open_panel(pairs, rubric, store)``), with pictures of
    one size under the letters A and B. `evalwidgets.analysis.models_of` says who lay where.

    Parameters
    ----------
    tasks : TaskSet
        Edits, or pictures of prompts, of several models.
    model_tag, repeats, seed, pairs
        As in `evalwidgets.core.side_by_side.side_by_side`.

    Raises
    ------
    TaskError
        If there is nothing to compare, or an option is out of range.
    """
    made = dealt.side_by_side(tasks, model_tag=model_tag, repeats=repeats, seed=seed, pairs=pairs)
    return TaskSet(made, tasks.folder)
