"""The lead's adjudication panel: what reviewers do not agree on is settled case by case, or sent back."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalwidgets.core.adjudication_book import AdjudicationBook
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.kept_session import check_kind
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import adjudication_case, adjudication_list
from evalwidgets.widgets.adjudication_work import AdjudicationWork
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.case_marks import case_marks
from evalwidgets.widgets.lead_board import Doer, columns
from evalwidgets.widgets.stage_board import LOOKS, StageBoard

# What the browser may ask for: methods of the work, and of the looks.
_WORK = (
    *("look", "lay", "step", "filter", "pick", "pick_beside", "accept", "choose", "leave_open"),
    *("ask", "name_cause", "say", "discard", "show_names", "reveal", "confirm", "send_back", "take_back"),
)


class AdjudicationPanel(StageBoard):
    """A panel for leads, on which what reviewers do not agree on is settled or sent back.

    At the left the cases (a task and a criterion), most disagreed first. In the middle the
    pictures with everybody's places. At the right who says what by letter, every note,
    the other criteria of the task, and the decision: accept an answer, choose another, or
    leave it open, each with cause and reason. Every act is an event in the log before it
    is shown, so a panel that is opened anew is where this one was.

    Parameters
    ----------
    tasks : TaskSet
        Those that may be settled, all of the rubric's kind.
    rubric : Rubric
        Under which is settled. Answers under another major version of it are not compared.
    store : ReviewStore
        Where reviews and the log are.
    campaign : str
        The body of work.
    round : str, optional
        Only answers of this round; without it all of the campaign, but for rounds that are still blind.
    lead : str, optional
        Who acts; without it, the name that Jupyter or the review panel knows, else "lead".
    gold : mapping of task to Gold, optional
        Shown of a case when it is asked for (key G): seen before, it would settle the case by itself.

    Raises
    ------
    AdjudicationError
        If the round is still blind.
    TaskError
        If a task is not of the kind that the rubric judges.

    Notes
    -----
    A decision is refused when a reviewer has changed an answer, or another lead has settled
    the case, since it was shown. That is looked up just before the log takes it; what is
    stored in the same instant shows as "answers changed since".
    """

    _called = "the adjudication panel"

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        round: str | None = None,  # noqa: A002 - the word of the house
        lead: str | None = None,
        gold: Mapping[str, Gold] | None = None,
    ) -> None:
        check_kind(tasks, rubric)
        self._tasks, self._campaign = tasks, campaign
        ours = {name: one for name, one in (gold or {}).items() if one.rubric == rubric.id}
        who = lead or known_reviewer() or "lead"
        self.work = AdjudicationWork(
            tasks, rubric, store, campaign=campaign, lead=who, round_=round, gold=ours
        )
        self._head, self._list, self._desk = (BoardPart(self._on_act) for _ in range(3))
        self._set_stage(tasks, store, campaign, who)
        body = columns(self._list, self._stage, self._desk)
        super().__init__([self._head, body])
        self.add_class("ew-step-adjudicate")
        self._refresh()

    @property
    def book(self) -> AdjudicationBook:
        """The adjudication book as the panel knows it."""
        return self.work.book

    @property
    def cases(self) -> pd.DataFrame:
        """All cases with their state, as `analysis.to_adjudicate` has them."""
        return self.work.answers.cases

    @property
    def labels(self) -> pd.DataFrame:
        """One answer for each task and criterion with its origin, as `analysis.adjudicated_labels` has it."""
        return self.work.answers.labels(self.book)

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"AdjudicationPanel(campaign={self._campaign!r}, tasks={len(self._tasks)})"

    # What the browser reports ---------------------------------------------------------

    def _doers(self) -> tuple[Doer, ...]:
        return Doer(_WORK, self.work), Doer(LOOKS, self._looks)

    def _look_again(self) -> None:
        self.work.look()

    def _refresh(self, problem: str = "") -> None:
        work, task = self.work, self.work.task
        self._looks.turn(task, committed=task is not None and task.id not in work.answers.judged_now)
        self._head.view = adjudication_list.head(work, self._campaign, problem)
        self._list.view = adjudication_list.queue(work)
        self._desk.view = adjudication_case.dispute(work)
        if task is None:
            return
        gold = work.gold.get(task.id) if work.revealed else None
        with self._stage.hold_sync():  # no place may be seen on another picture
            self._stage.scene = self._scenes.of_task(task)
            self._stage.regions = case_marks(work.reviews, work.letters, work.rubric, gold)
