"""The one door of reviewers: the panel that fits the round, whichever way the lead works."""

from __future__ import annotations

from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import TaskError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel


def open_panel(
    tasks: TaskSet,
    rubric: Rubric,
    store: ReviewStore,
    reviewer: str | None = None,
    round: str | None = None,  # noqa: A002 - the word of the house
    *,
    campaign: str = "default",
    seed: object = 0,
    evidence: EvidenceSetting = "after_commit",
    researcher: bool = False,
) -> ReviewPanel:
    """Return the panel for a round: a `RoundPanel` if the lead has opened it, else a `ReviewPanel`.

    Parameters
    ----------
    tasks : TaskSet
        Of any kinds. A plain review takes those that the rubric judges, an opened round
        takes the ones that it names.
    rubric : Rubric
        The rule book of a plain review; an opened round brings its own.
    store, reviewer, round, campaign, seed, researcher
        As in `ReviewPanel`.
    evidence
        As in `ReviewPanel`; an opened round brings its own.

    Raises
    ------
    TaskError
        If no task is of the rubric's kind, or tasks of the opened round are missing.
    """
    if round is not None and round in store.rounds.names(campaign):
        return RoundPanel(tasks, store, round, reviewer, campaign=campaign, researcher=researcher)
    own = tasks.where(kind=rubric.kind)
    if not own:
        kinds = ", ".join(sorted({task.kind for task in tasks})) or "none"
        msg = (
            f"The rubric {rubric.id} judges tasks of kind {rubric.kind!r}, and none of the {len(tasks)} "
            f"given is one (kinds: {kinds}). Choose another rubric or another manifest."
        )
        raise TaskError([msg])
    return ReviewPanel(
        own,
        rubric,
        store,
        reviewer,
        round,
        campaign=campaign,
        seed=seed,
        evidence=evidence,
        researcher=researcher,
    )
