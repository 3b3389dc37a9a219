"""One door for reviewers: it leads to the panel that fits the round."""

from __future__ import annotations

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import TaskError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.open_panel import open_panel
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.round_panel import RoundPanel

from ..samples import an_edit
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
