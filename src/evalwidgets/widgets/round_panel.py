"""The panel of a reviewer in a calibration round that the lead has opened."""

from __future__ import annotations

from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError, TaskError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_work import RoundWork


class RoundPanel(ReviewPanel):
    """A review panel that goes through a calibration round with the meeting.

    While the round is blind it is a review panel on the round's tasks. Then it waits, and
    looks at the round's log as often as its visible page asks for it: re-votes come up by
    themselves, one criterion of one task in silence. It never gets to know what others
    answered, gold, or who takes part.

    Parameters
    ----------
    tasks : TaskSet
        Holds at least the tasks that the round names.
    store : ReviewStore
        The store in which the lead has opened the round.
    round : str
        Its name.
    reviewer : str, optional
        Who reviews, as in `ReviewPanel`. Who was not invited is told so by a card.
    campaign : str
        The campaign of the round.
    researcher : bool
        As in `ReviewPanel`; who may see evidence is a matter of the round.

    Raises
    ------
    UnknownName
        If the campaign has no such round.
    TaskError
        If tasks of the round are missing; the message names them.
    RoundError
        If the store does not know the round's rubric.
    """

    _Work = RoundWork
    _work: RoundWork

    def __init__(
        self,
        tasks: TaskSet,
        store: ReviewStore,
        round: str,  # noqa: A002 - the word of the house
        reviewer: str | None = None,
        *,
        campaign: str,
        researcher: bool = False,
    ) -> None:
        opened = store.rounds[campaign, round].round
        super().__init__(
            _tasks_of(opened, tasks),
            _rubric_of(opened, store),
            store,
            reviewer,
            round=opened.name,
            campaign=opened.campaign,
            seed=opened.seed,
            evidence=opened.evidence,
            researcher=researcher,
        )

    def look(self) -> None:
        """Look at the round's log, as the page does while it waits, and show what has changed."""
        self._work.look()


def _tasks_of(opened: Round, tasks: TaskSet) -> TaskSet:
    own = tasks.where(ids=opened.tasks)
    missing = sorted(set(opened.tasks) - {task.id for task in own})
    if missing:
        msg = (
            f"Round {opened.name!r} has {len(opened.tasks)} tasks, of which the {len(tasks)} given "
            f"lack: {', '.join(missing)}. Read the manifest that the lead opened the round with."
        )
        raise TaskError([msg])
    return own


def _rubric_of(opened: Round, store: ReviewStore) -> Rubric:
    rubric = store.rubrics().get(opened.rubric_hash)
    if rubric is None:
        msg = (
            f"Round {opened.name!r} was opened with a form of rubric {opened.rubric} {opened.rubric_version} "
            f"({opened.rubric_hash[:12]}) that {store!r} does not know. Ask the lead to open the round anew."
        )
        raise RoundError(msg)
    return rubric
