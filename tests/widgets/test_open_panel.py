"""One door for reviewers: it leads to the panel that fits the round."""

from __future__ import annotations

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, TaskError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.open_panel import open_panel
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel

from ..samples import an_edit
from .page import Page
from .rounds import Lead

pytestmark = pytest.mark.usefixtures("loud_callbacks")


@pytest.fixture
def mixed(edits: TaskSet) -> TaskSet:
    """Return six edits and one task of another kind."""
    picture = an_edit("p1", kind="image", images={"image": "pictures/0-a.png"}, instruction="")
    return TaskSet([*edits, picture], edits.folder)


def test_an_opened_round_gets_its_own_panel(mixed: TaskSet, every: Rubric, lead: Lead) -> None:
    """With the tasks and the rubric that the round names, whatever else is given."""
    other = every.model_copy(update={"title": "Another", "kind": "image"})

    panel = open_panel(mixed, other, lead.store, "ana", "r2", campaign="spring")

    assert type(panel) is RoundPanel
    assert (3, "Every control") == (panel.progress.total, panel.session.rubric.title)


@pytest.mark.parametrize(("round_", "campaign"), [("r2", "default"), ("r3", "spring"), (None, "spring")])
def test_any_other_round_is_a_plain_review(
    mixed: TaskSet, every: Rubric, lead: Lead, round_: str | None, campaign: str
) -> None:
    """Of the tasks that the rubric judges, in a round that nobody needs to open."""
    panel = open_panel(mixed, every, lead.store, "ana", round_, campaign=campaign, seed=None)

    assert type(panel) is ReviewPanel
    assert tuple(task.id for task in mixed[:6]) == panel.session.order
    assert (round_ or "review", campaign) == (panel.session.round, panel.session.campaign)


def test_a_rubric_without_a_task_is_told(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> None:
    """The sentence says what was asked for and what there is."""
    rubric = every.model_copy(update={"kind": "pair"})

    with pytest.raises(
        TaskError, match=r"judges tasks of kind 'pair', and none of the 6 given is one \(kinds: edit\)"
    ):
        open_panel(edits, rubric, work_store, "ana")


@pytest.fixture
def work(edits: TaskSet) -> TaskSet:
    """Return the first three edits; the other three have gold."""
    return edits[:3]


def test_silent_gold_comes_unmarked_among_the_work(
    edits: TaskSet, work: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """A quarter of what comes is gold, and the page is told the same of it as of any task."""
    plain = open_panel(edits, every, work_store, "ana", "all", seed=None)
    panel = open_panel(work, every, work_store, "ana", silent_gold=edits[3:], silent_share=0.25)
    (gold,) = set(panel.session.order) - {task.id for task in work}
    panel.show(gold)
    plain.show(gold)

    scenes = [dict(one._stage.scene) for one in (panel, plain)]
    for scene in scenes:
        del scene["key"]  # of the shown review, new for each
    assert scenes[0] == scenes[1]
    assert 4 == panel.progress.total


def test_silent_gold_stays_when_the_panel_is_opened_again_midway(
    edits: TaskSet, work: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """What this round has shown does not count as seen; what another round showed does."""

    def opened(round_: str = "r1") -> Page:
        return Page(
            open_panel(work, every, work_store, "ana", round_, silent_gold=edits[3:], silent_share=0.4)
        )

    first = opened()
    order = first.panel.session.order
    for _ in range(3):
        first.answer_all()
        first.submit()

    again = opened().panel
    assert (order, 3) == (again.session.order, again.progress.done)

    other = {one.task for one in work_store.reviews(round="r1")} - {task.id for task in work}
    assert other
    assert not other & set(opened("r2").panel.session.order)


def test_nobodys_silent_gold_is_chosen(
    edits: TaskSet, work: TaskSet, every: Rubric, work_store: ReviewStore, stranger: None
) -> None:
    """Without a name nobody knows what this person has seen."""
    with pytest.raises(EvalWidgetsError, match="reviewer=, for silent gold"):
        open_panel(work, every, work_store, silent_gold=edits[3:], silent_share=0.2)


def test_silent_gold_of_another_folder_is_refused(
    edits: TaskSet, work: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """One set of tasks has one folder of pictures."""
    elsewhere = TaskSet(edits[3:], edits.folder.parent)

    with pytest.raises(TaskError, match="Put both manifests into one folder"):
        open_panel(work, every, work_store, "ana", silent_gold=elsewhere, silent_share=0.2)


def test_an_opened_round_shows_what_it_names_and_no_more(edits: TaskSet, every: Rubric, lead: Lead) -> None:
    """Silent gold belongs to plain work."""
    panel = open_panel(
        edits, every, lead.store, "ana", "r2", campaign="spring", silent_gold=edits, silent_share=0.5
    )

    assert {"t00", "t01", "t03"} == set(panel.session.order)
