"""A session of which nothing is kept: a real task to try the keys on."""

from __future__ import annotations

from evalwidgets.core.desk import Desk
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

_ROUND = "tour"


class TourSession(KeptSession):
    """A session on a store into which it writes no draft and no review.

    Parameters
    ----------
    tasks, rubric, store
        As in `KeptSession`.
    learner : str
        Who tries.
    """

    def __init__(self, tasks: TaskSet, rubric: Rubric, store: ReviewStore, learner: str) -> None:
        super().__init__(tasks, rubric, store, learner, campaign=_ROUND, round=_ROUND, seed=None)

    def keep_draft(self, desk: Desk) -> None:
        """Keep nothing."""

    def submit(self, task: str | None = None, reason: str = "") -> Review:  # noqa: ARG002 - it is refused
        """Refuse to store anything."""
        msg = "This is the tour: nothing is stored. End it with Esc, then warm up."
        raise EvalWidgetsError(msg)

    def skip(self, reason: str, task: str | None = None) -> Review:
        """Refuse to store anything."""
        return self.submit(task, reason)
