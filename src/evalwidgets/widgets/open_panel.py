"""The one door of reviewers: the panel that fits the round, whichever way the lead works."""

from __future__ import annotations

from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.silent_gold import with_silent_gold
from evalwidgets.errors import TaskError
from evalwidgets.store.identity import clean_reviewer, known_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel
from evalwidgets.widgets.what_changed import ask_what_changed


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
    silent_gold: TaskSet | None = None,
    silent_share: float = 0.0,
) -> ReviewPanel:
    """Return the panel for a round: a `RoundPanel` if the lead has opened it, else a `ReviewPanel`.

    Somebody who has worked under an older version of the rubric, and not yet under this one,
    first answers the tasks with which it was published (`what_changed`).

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
    silent_gold : TaskSet, optional
        Tasks with known answers to mix unmarked into a plain review, those of the rubric's
        kind that this person has never reviewed. Only the tasks: gold itself is not needed
        here and stays with the lead. An opened round shows the tasks that it names, and no more.
    silent_share : float
        Of the tasks that come, how many are such; from 0 to 0.5.

    Raises
    ------
    TaskError
        If no task is of the rubric's kind, tasks of the opened round are missing, or silent
        gold cannot be mixed in: a share out of range, or pictures in another folder.
    EvalWidgetsError
        If silent gold is to be mixed in and nobody has said who reviews.
    """
    if round is not None and round in store.rounds.names(campaign):
        panel = RoundPanel(tasks, store, round, reviewer, campaign=campaign, researcher=researcher)
        return ask_what_changed(panel, tasks, store)
    own = tasks.where(kind=rubric.kind)
    if not own:
        kinds = ", ".join(sorted({task.kind for task in tasks})) or "none"
        msg = (
            f"The rubric {rubric.id} judges tasks of kind {rubric.kind!r}, and none of the {len(tasks)} "
            f"given is one (kinds: {kinds}). Choose another rubric or another manifest."
        )
        raise TaskError([msg])
    if silent_gold is not None and silent_share:
        reviewer = clean_reviewer(reviewer or known_reviewer() or "", "reviewer=, for silent gold")
        place = {"campaign": campaign, "round": round or "review", "reviewer": reviewer}
        seen = _seen_elsewhere(store, rubric, **place)
        own = _mixed(own, silent_gold.where(kind=rubric.kind), silent_share, reviewer, seed, seen)
    panel = ReviewPanel(
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
    return ask_what_changed(panel, tasks, store)


def _mixed(
    tasks: TaskSet, gold_tasks: TaskSet, share: float, reviewer: str, seed: object, seen: set[str]
) -> TaskSet:
    """Return the tasks with silent gold among them; a set of tasks has one folder of pictures."""
    if gold_tasks.folder.resolve() != tasks.folder.resolve():
        msg = (
            f"silent_gold: its pictures lie in {gold_tasks.folder.name!r}, those of the work in "
            f"{tasks.folder.name!r}. Put both manifests into one folder."
        )
        raise TaskError([msg])
    mixed = with_silent_gold(tasks, gold_tasks, share=share, reviewer=reviewer, seed=seed, seen=seen)
    return TaskSet(mixed, tasks.folder)


def _seen_elsewhere(
    store: ReviewStore,
    rubric: Rubric,
    *,
    campaign: str,
    round: str,  # noqa: A002
    reviewer: str,
) -> set[str]:
    """Return what a reviewer has seen in other rounds and lessons; what this round shows stays in it."""
    answered = store.reviews(campaign, round, reviewer, rubric=rubric.id)
    shown_here = {one.task for one in answered} | set(store.drafts(campaign, round, reviewer, rubric.id))
    return {one.task for one in store.reviews(reviewer=reviewer, lessons=True)} - shown_here
