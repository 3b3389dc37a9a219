"""What the lead opens on the board's stage: covered pictures and evidence, logged under the lead's name."""

from __future__ import annotations

from evalwidgets.core.evidence_setting import EvidenceSetting, Who
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.task import Task
from evalwidgets.errors import UnknownName
from evalwidgets.store.kept_openings import KeptOpenings
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.cover_work import CoverWork
from evalwidgets.widgets.evidence_work import EvidenceWork
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.scenes import Scenes

PLANNING = "plan"
"""The round under which is logged what a lead opens before there is one."""
_ALONE: dict[Who, EvidenceSetting] = {"lead": "lead_only", "researcher": "researcher"}


class BoardLooks:
    """Knows which task lies on the board's stage, and what of it the lead may open.

    Parameters
    ----------
    tasks, scenes, stage
        As in `EvidenceWork`.
    store : ReviewStore
        Where openings are logged.
    campaign, lead : str
        Who looks, and where.
    who : {"lead", "researcher"}
        As whom.
    place : str
        The round under which is logged what is opened where there is no round.
    """

    def __init__(
        self,
        tasks: TaskSet,
        scenes: Scenes,
        stage: ImageStage,
        store: ReviewStore,
        campaign: str,
        lead: str,
        *,
        who: Who = "lead",
        place: str = PLANNING,
    ) -> None:
        self._store, self._campaign, self._lead = store, campaign, lead
        self._who, self._place = who, place
        self._scenes = scenes
        self._covers = CoverWork(scenes.covers)
        self._evidence = EvidenceWork(tasks, scenes, stage)
        self._round = ""
        self._kept: KeptOpenings | None = None
        self._task: Task | None = None
        self._setting: EvidenceSetting = "lead_only"
        self._is_closed = False

    def turn(self, task: Task | None, state: RoundState | None = None, *, committed: bool = False) -> None:
        """Turn to a task of a round, or of none; what was revealed is covered again.

        Parameters
        ----------
        task : Task or None
            The task.
        state : RoundState or None
            Where its round stands; without one, what is opened is logged under `place`.
        committed : bool
            Whether all who judge the task by eye have done so, also where no round tells it.
        """
        self._task = task
        self._setting = state.round.evidence if state else _ALONE[self._who]
        self._is_closed = committed or (state is not None and state.phase != "blind")
        if task is not None:
            self._begin(state.round.name if state else self._place)
        key = task.id if task else ""
        self._scenes.covers.turn(key)
        self._evidence.turn(key)

    def uncover(self, key: str, role: str, how: str) -> None:
        """Reveal a covered picture of the task on the stage, for a moment or to stay."""
        if how not in ("peek", "reveal"):
            raise UnknownName("way to open a picture", how, ("peek", "reveal"))
        if self._task is not None and self._task.id == key:
            self._covers.reveal(key, self._task, role, how)

    def see_evidence(self, key: str) -> None:
        """Show the evidence of the task on the stage, or say why not."""
        if self._task is not None and self._task.id == key and self._kept is not None:
            self._evidence.press(
                key, self._task, self._kept, setting=self._setting, who=self._who, submitted=self._is_closed
            )

    def _begin(self, name: str) -> None:
        if self._kept is None or name != self._round:
            self._round = name
            self._kept = KeptOpenings(self._store, campaign=self._campaign, round=name, reviewer=self._lead)
            self._covers.begin(self._kept)
