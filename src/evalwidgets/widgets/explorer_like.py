"""Which tasks of the explorer resemble one: by tags, edit type, what was measured, and words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evalwidgets.analysis.explore.tag_columns import tag_columns
from evalwidgets.analysis.similar import Similar
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

MOST = 60
"""Tasks that are shown as being like one: some ten rows of a sheet."""
_MEASURED = ["change_area", "outside_share"]


def likeness(
    tasks: TaskSet, facts: pd.DataFrame, store: ReviewStore, campaign: str, rubric: str, rounds: Iterable[str]
) -> Similar:
    """Return what finds tasks like one among those of an explorer.

    Parameters
    ----------
    tasks : TaskSet
        All of them: their instructions and prompts are words, and so is what was noted.
    facts : DataFrame
        What is known of each, measured evidence included.
    store, campaign, rubric, rounds
        Where the notes are that may be read.
    """
    noted = [store.notes(campaign, rubric, name) for name in rounds]
    notes = pd.concat(noted) if noted else pd.DataFrame({"task": [], "note": []})
    said = notes.groupby("task")["note"].agg(" ".join).to_dict()
    texts = {task.id: " ".join((task.instruction, task.prompt, said.get(task.id, ""))) for task in tasks}
    tags = [str(name) for name in tag_columns(tasks) if name in facts]
    measured = facts.loc[facts["trust"].notna(), ["task", *_MEASURED]] if "trust" in facts else None
    return Similar(facts, texts, tags, measured if measured is not None and len(measured) else None)
