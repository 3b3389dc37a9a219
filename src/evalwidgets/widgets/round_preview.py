"""A planned round as a reviewer will get it, on a store that is thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from evalwidgets.errors import RoundError
from evalwidgets.store.reviews import open_store
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_plan import RoundPlan


class RoundPreview:
    """A review panel on the planned tasks, to see that nothing tells what should stay hidden.

    Parameters
    ----------
    plan : RoundPlan
        With its proposed tasks and the rubric narrowed to the chosen criteria.
    tasks : TaskSet
        Where their pictures are.

    Raises
    ------
    RoundError
        If no task is proposed.
    """

    def __init__(self, plan: RoundPlan, tasks: TaskSet) -> None:
        if not plan.tasks:
            msg = "There is nothing to preview: no task is proposed yet."
            raise RoundError(msg)
        self._folder = tempfile.TemporaryDirectory(prefix="evalwidgets-")
        self._store = open_store(Path(self._folder.name) / "preview.db")
        self.panel = ReviewPanel(tasks.where(ids=plan.tasks), plan.part, self._store, "a reviewer", "preview")

    def close(self) -> None:
        """Close the panel and throw its store away."""
        self.panel.close()
        self._store.close()
        self._folder.cleanup()
