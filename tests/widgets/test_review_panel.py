"""The review panel as a value: what it shows, and how it plugs into a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances

from evalwidgets.errors import Conflict, TaskError
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import GOOD_ANSWERS, a_region, an_answer, every_control
from .page import Page, again, page_answers, shown

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
NOTE = "the brim on the left is cut off"


def test_a_new_panel_shows_the_first_task_and_has_the_next_ones_ready(panel: ReviewPanel) -> None:
    """Form and stage speak of the same task, and three more lie ready in the order to come."""
    keys = [laid["layout"]["key"] for laid in panel._form.queue]

    assert panel.task is not None
    assert panel.session.order[0] == panel.task.id
    assert panel._form.shown["layout"]["key"] == panel._stage.scene["key"] == panel.session.desk.key
    assert keys == [scene["key"] for scene in panel._stage.queue]
    assert keys == [panel.session.open(name).key for name in panel.session.order[1:4]]


def test_the_state_of_a_panel_is_a_value(panel: ReviewPanel) -> None:
    """Review, answers and progress are read from the panel, and follow each act."""
    panel.rate("safety", "ok")
    panel.rate("adherence", 4)

    assert panel.review is not None
    assert panel.data == {"safety": "ok", "adherence": 4} == panel.review.values == panel._form.answers
    assert (panel.progress.done, panel.progress.total) == (0, 6)


ACTS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 11), st.integers(0, 40))
    | st.sampled_from(["submit", "skip", "undo", "back", "forward", "note", "flag", "mark", "unmark"]),
    max_size=14,
)


def use(panel: ReviewPanel, acts: list[Any]) -> None:
    """Use a panel as a reviewer might."""
    for act in acts:
        page = Page(panel)
        if panel.session.finished:
            panel.show(panel.session.order[0])
        if isinstance(act, tuple):
            asked = panel.session.asked()
            one = asked[act[1] % len(asked)]
            page.rate(one.id, an_answer(one, act[2]))
        elif act == "submit":
            page.answer_all()
            page.submit()
        elif act == "skip":
            page.skip("does not load")
        elif act == "note":
            page.act("write_note", "", "half a thought")
        elif act == "flag":
            page.act("flag", "edge_case", "why")
        elif act in ("mark", "unmark"):
            page.rate("safety", "ok")
            page.rate("change", "yes")
            page.act("mark", "places", a_region(id=f"r{len(panel.data.get('places', []))}"))
            if act == "unmark":
                page.act("unmark", "places", panel.data["places"][0]["id"])
        else:
            page.move(act)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, place=st.integers(0, 5))
def test_showing_a_task_on_a_used_panel_equals_a_fresh_one(
    edits: TaskSet, tmp_path: Path, acts: list[Any], place: int
) -> None:
    """Nothing of the tasks before is left over: a panel on the same store shows just the same."""
    with open_store(tmp_path / f"{len(list(tmp_path.iterdir()))}.db") as store:
        used = ReviewPanel(edits, RUBRIC, store, "ana")
        use(used, acts)
        task = used.session.order[place]
        used.show(task)

        fresh = again(used)
        fresh.show(task)

        assert shown(fresh) == shown(used)
        assert fresh.data == used.data
        assert fresh._bar.status == used._bar.status
        assert fresh._bar.card == used._bar.card
        for panel in (used, fresh):
            panel.close()


def test_a_used_panel_shows_an_untouched_task_like_a_panel_that_was_never_used(
    panel: ReviewPanel, page: Page, tmp_path: Path
) -> None:
    """What was said about one task says nothing about another."""
    page.answer_all()
    page.act("flag", "edge_case", "why")
    page.act("set_confidence", 1)
    page.submit()
    with open_store(tmp_path / "other.db") as store:
        fresh = ReviewPanel(panel._tasks, panel._rubric, store, "ana")
        fresh.show(panel.session.order[1])

        used, new = shown(panel), shown(fresh)

        assert new["shown"] == used["shown"]
        assert new["scene"] == used["scene"]


def test_moving_through_tasks_makes_no_widget(page: Page) -> None:
    """The tree is built once; tasks change its traits."""
    before = set(_instances)

    for _ in range(4):
        page.answer_all()
        page.submit()
    page.move("back")
    page.move("undo")
    page.skip("enough")

    assert before == set(_instances)


def test_a_saved_notebook_says_what_the_panel_is(panel: ReviewPanel) -> None:
    """Its text is one line that is the same in every run."""
    line = "ReviewPanel(rubric='every-control 1.0.0', tasks=6, round='review')"
    bundle = panel._repr_mimebundle_()
    content = bundle[0] if isinstance(bundle, tuple) else bundle

    assert line == repr(panel) == content["text/plain"]


def test_tasks_of_another_kind_are_refused(edits: TaskSet, work_store: ReviewStore) -> None:
    """The message says how many, which, and how to choose the right ones."""
    rubric = RUBRIC.model_copy(update={"kind": "pair"})

    with pytest.raises(
        TaskError, match=r"judges tasks of kind 'pair', but 6 of 6 are .*where\(kind='pair'\)"
    ):
        ReviewPanel(edits, rubric, work_store, "ana")


def test_it_plugs_in_where_a_labelling_widget_of_ipyannotations_does(
    panel: ReviewPanel, edits: TaskSet
) -> None:
    """`display` shows a task, `data` holds the answers, and each submit and undo is told."""
    told: list[Any] = []
    panel.on_submit(told.append)
    panel.on_undo(lambda: told.append("undo"))

    panel.display(edits["t03"])
    assert panel.task is edits["t03"]
    for name, value in GOOD_ANSWERS.items():
        panel.rate(name, value)
    panel.rate("adherence", 5)
    panel.undo()
    data = panel.data
    panel.submit()

    assert told == ["undo", data]
    assert GOOD_ANSWERS == data
    for name in ("display", "data", "on_submit", "on_undo"):
        assert name in dir(contract())


def contract() -> Any:
    """Return the class whose contract is followed, with the attribute that each subclass gives it."""
    from ipyannotations.images import BoxAnnotator

    return BoxAnnotator


def test_submissions_are_told_only_once_they_are_on_disk(page: Page) -> None:
    """The callback finds the review in the store, and a refused one is not told."""
    counts: list[int] = []
    page.panel.on_submit(lambda _: counts.append(len(page.panel._store.reviews())))
    page.submit()

    page.answer_all()
    page.submit()

    assert counts == [1]


def test_a_conflict_tells_code_which_review_is_stored(panel: ReviewPanel) -> None:
    """`submit()` raises it with the stored review at hand."""
    other = Page(again(panel))
    other.answer_all()
    other.submit()
    for name, value in page_answers(other.panel._store.reviews()[0].values).items():
        panel.rate(name, value)

    with pytest.raises(Conflict) as caught:
        panel.submit()

    assert caught.value.stored == panel._store.reviews()[0]
