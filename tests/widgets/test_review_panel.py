"""The review panel without a browser, driven by the messages that a browser sends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import Conflict, EvalWidgetsError, ReviewIncomplete, StoreError, TaskError
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import GOOD_ANSWERS, an_answer, every_control, write_manifest
from .page import Page, send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
NOTE = "the brim on the left is cut off"


@pytest.fixture
def panel(edits: TaskSet, every: Rubric, work_store: ReviewStore) -> ReviewPanel:
    """Return ana's panel on six edit tasks and an empty store."""
    return ReviewPanel(edits, every, work_store, "ana")


@pytest.fixture
def page(panel: ReviewPanel) -> Page:
    """Return a page that shows ana's panel."""
    return Page(panel)


def again(panel: ReviewPanel) -> ReviewPanel:
    """Return the panel of a new kernel on the same store."""
    return ReviewPanel(panel._tasks, panel._rubric, panel._store, "ana")


def shown(panel: ReviewPanel) -> Any:
    """Return what form and stage show, without what is new each time: keys, counts, what was heard."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            dropped = ("key", "seq", "serial", "after") if "value" not in value else ()
            return {name: plain(inner) for name, inner in value.items() if name not in dropped}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    form, stage = panel._form, panel._stage
    return plain({"shown": form.shown, "queue": form.queue, "scene": stage.scene, "next": stage.queue})


# What it shows ----------------------------------------------------------------------


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
    | st.sampled_from(["submit", "skip", "undo", "back", "forward", "note", "flag"]),
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


# Acts ---------------------------------------------------------------------------------


def test_an_act_is_confirmed_with_its_number(page: Page) -> None:
    """The kernel's word carries the number of the act, so that the browser knows what it has heard."""
    page.rate("safety", "ok")
    page.rate("change", "no")

    assert page.marks["seq"] == 2
    assert "quality" not in page.marks["visible"]
    assert page.marks["answers"]["change"]["value"] == "no"


def test_an_act_that_is_refused_leaves_the_sheet_and_says_why(page: Page) -> None:
    """The browser showed it at once; the kernel's marks take it back and the message explains."""
    page.rate("safety", "ok")

    page.rate("adherence", 7)

    assert "Adherence: expected one of 1, 2, 3, 4, 5, got 7" in page.refused
    assert page.marks["answers"].keys() == {"safety"}
    assert page.marks["seq"] == 2


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("rate", []),
        ("rate", ["safety", {"x": []}]),
        ("dance", ["safety"]),
        ("write_note", ["safety", "a\x00b"]),
    ],
)
def test_an_act_that_no_form_would_send_is_refused_likewise(page: Page, act: str, said: list[Any]) -> None:
    """Whatever arrives, the panel answers with a sentence and stays as it was."""
    page.rate("safety", "ok")

    page.act(act, *said)

    assert page.refused
    assert page.panel.data == {"safety": "ok"}


def test_messages_that_mean_nothing_are_let_go(panel: ReviewPanel) -> None:
    """A newer or older page may send what this kernel does not know."""
    before = shown(panel)

    for content in ({}, {"type": "dance"}, {"type": "act", "key": 3}, {"type": "move", "move": "up"}):
        send(panel._form, content)

    assert before == shown(panel)


def test_an_answer_to_a_review_that_is_stored_is_ignored(page: Page) -> None:
    """A key that was pressed while the page moved on does not land on the next task."""
    page.answer_all()
    key = page.key
    page.submit()

    page.act("rate", "adherence", 1, key=key)

    assert page.panel.data == {}
    assert page.panel._store.reviews()[0].values["adherence"] == 4


def test_time_adds_up_over_the_visits_to_a_task(page: Page) -> None:
    """The page counts from zero each time it shows a task; the review has the sum."""
    page.rate("safety", "ok", seconds=30)
    page.move("forward")
    page.move("back")
    page.answer_all()

    page.submit(seconds=5)

    assert page.panel._store.reviews()[0].seconds == 35


# Submitting ------------------------------------------------------------------------------


def test_a_submitted_review_is_on_disk_before_the_tick_appears(page: Page, work_store: ReviewStore) -> None:
    """What the store holds is what was answered; the bar says so, and the next task is shown."""
    page.answer_all()
    first = page.panel.session.current
    assert page.panel._bar.saved["count"] == 0

    page.submit()

    (review,) = work_store.reviews()
    assert first is not None
    assert (review.task, review.values, review.seconds) == (first.id, page_answers(review.values), 2.0)
    assert (page.panel._bar.saved["state"], page.panel._bar.saved["count"]) == ("saved", 1)
    assert page.panel._form.shown["after"] == {page.view: 1}
    assert page.panel.session.order[1] == page.panel.session.desk.task.id


def page_answers(values: Any) -> dict[str, Any]:
    """Return the good answers to the criteria that these values answer."""
    return {name: value for name, value in GOOD_ANSWERS.items() if name in values}


def test_an_incomplete_review_comes_back_with_what_is_missing(page: Page, sent: list[dict[str, Any]]) -> None:
    """Nothing is stored, nothing said is lost, and the page is called back to the task."""
    page.rate("safety", "ok")
    page.rate("adherence", 2)

    page.submit()

    assert page.panel._store.reviews() == []
    assert page.panel.data == {"safety": "ok", "adherence": 2}
    assert "Change: not rated yet." in page.refused
    assert page.panel._bar.saved["state"] == ""


def test_a_store_that_refuses_loses_nothing(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the task stays with everything in place; later the same key is stored once."""
    page.answer_all()
    key, before = page.key, page.panel.session.sheet
    full = StoreError("The disk is full. Nothing was stored; free some space, then submit again.")
    monkeypatch.setattr(ReviewStore, "submit", lambda *_: (_ for _ in ()).throw(full))
    page.submit()

    assert (page.key, page.panel.session.sheet) == (key, before)
    assert "The disk is full" in page.refused
    assert page.panel._bar.saved["state"] == "failed"
    monkeypatch.undo()
    page.submit()
    assert [key] == [review.id for review in page.panel._store.reviews()]
    assert page.panel._bar.saved["state"] == "saved"


def test_the_page_that_ran_ahead_is_called_back(
    edits: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser had advanced by itself; a refusal re-opens the refused task and recalls the stage."""
    page = Page(ReviewPanel(edits, RUBRIC, work_store, "ana"))
    page.answer_all()
    key, ahead = page.key, page.panel._form.queue[0]["layout"]["key"]
    monkeypatch.setattr(ReviewStore, "submit", lambda *_: (_ for _ in ()).throw(StoreError("No.")))
    page.submit()
    page.act("rate", "safety", "ok", key=ahead)

    contents = [message.get("data", {}).get("content") for message in sent if message.get("data")]
    assert {"type": "recall"} in contents
    assert page.key == key
    assert page.panel.session.desk_of(ahead).sheet.values == {"safety": "ok"}  # type: ignore[union-attr]


def test_submitting_twice_stores_once(page: Page) -> None:
    """A second click, or a message that came twice, changes nothing."""
    page.answer_all()
    key = page.key
    page.submit()
    after = shown(page.panel)

    page.submit(key)

    assert len(page.panel._store.reviews(current=False)) == 1
    assert after == shown(page.panel)
    assert page.panel._form.shown["after"] == {page.view: 2}


def test_a_review_that_another_tab_stored_is_not_overwritten(panel: ReviewPanel, page: Page) -> None:
    """The second tab keeps its answers, is told, and may submit them as the next revision."""
    other = Page(again(panel))
    page.answer_all(adherence=4)
    other.answer_all(adherence=5)
    page.submit()

    other.submit()

    assert "was stored elsewhere meanwhile" in other.refused
    assert other.panel.data["adherence"] == 5
    assert [4] == [review.values["adherence"] for review in panel._store.reviews(current=False)]
    other.submit()
    stored = panel._store.reviews(current=False)
    assert [(1, 4), (2, 5)] == [(review.revision, review.values["adherence"]) for review in stored]


def test_the_same_answers_in_another_tab_make_no_second_review(panel: ReviewPanel, page: Page) -> None:
    """Once the tab has been told of the stored review, there is nothing left to replace."""
    other = Page(again(panel))
    page.answer_all()
    other.answer_all()
    page.submit()
    other.submit()

    other.submit()

    assert len(panel._store.reviews(current=False)) == 1
    assert other.panel.session.order[1] == other.panel.session.desk.task.id


def test_code_is_told_by_an_error_what_a_person_reads(panel: ReviewPanel) -> None:
    """`submit()` raises; the task stays."""
    with pytest.raises(ReviewIncomplete, match="Safety: not rated yet"):
        panel.submit()

    assert panel.session.order[0] == panel.session.desk.task.id


def test_a_reopened_review_is_superseded(page: Page) -> None:
    """Back, another answer, submit: both revisions are kept and the later one counts."""
    page.answer_all(adherence=4)
    page.submit()
    page.move("back")
    assert page.marks["revision"] == 2
    assert page.panel._bar.status["revising"]
    page.rate("adherence", 5)

    page.submit()

    both = page.panel._store.reviews(current=False)
    assert [(1, 4), (2, 5)] == [(review.revision, review.values["adherence"]) for review in both]
    assert [5] == [review.values["adherence"] for review in page.panel._store.reviews()]


# Going on later ----------------------------------------------------------------------------


def test_every_act_survives_a_restart(page: Page) -> None:
    """A new kernel shows the same sheet under the same key, with the time it took so far."""
    page.rate("safety", "ok", seconds=3)
    page.rate("adherence", 2)
    page.act("write_note", "adherence", NOTE)
    page.act("flag", "edge_case", "")
    page.act("set_confidence", 2, seconds=12)

    resumed = again(page.panel)

    left, found = page.panel.session.desk, resumed.session.desk
    assert (left.key, left.sheet, left.shown_at, left.revision) == (
        found.key,
        found.sheet,
        found.shown_at,
        found.revision,
    )
    assert found.seconds == 12
    assert {**page.marks, "seq": 0} == resumed._form.shown["marks"]


def test_an_undo_survives_a_restart(page: Page) -> None:
    """What was taken back does not come back."""
    page.rate("safety", "ok")
    page.rate("adherence", 2)
    page.move("undo")

    assert again(page.panel).data == {"safety": "ok"}


def test_a_resumed_round_goes_on_behind_what_is_done(page: Page) -> None:
    """Stored reviews are counted, and the first open task is shown."""
    page.answer_all()
    page.submit()
    page.skip("does not load")

    resumed = again(page.panel)

    assert (resumed.progress.done, resumed.progress.skipped) == (1, 1)
    assert resumed.session.order[2] == resumed.session.desk.task.id


def test_a_review_that_was_reopened_and_left_as_it_was_leaves_no_trace(page: Page) -> None:
    """No revision, and no draft that would come back later."""
    page.answer_all(adherence=4)
    page.submit()
    page.move("back")
    page.rate("adherence", 5)
    page.rate("adherence", 4)

    page.submit()

    assert len(page.panel._store.reviews(current=False)) == 1
    assert page.panel._store.drafts("default", "review", "ana", RUBRIC.id) == {}


def test_the_end_is_a_card_that_leads_back(page: Page) -> None:
    """After the last task the panel thanks, counts, and offers to look again."""
    for _ in range(5):
        page.answer_all()
        page.submit()
    page.act("flag", "technical", "half of it is grey")
    page.skip("the picture is cut off")

    card = page.panel._bar.card
    assert (card["kind"], card["title"]) == ("end", "Done. Thank you.")
    assert ["5 tasks reviewed, all on disk."] == card["lines"][:1]
    assert any("1 skipped" in line for line in card["lines"])
    assert any("1 flagged" in line for line in card["lines"])
    assert (page.panel.task, page.panel.review, page.panel.data) == (None, None, {})
    assert page.panel._form.shown["layout"] is None
    assert page.panel._stage.scene == {}
    page.reopen()
    assert page.panel.session.order[-1] == page.panel.session.desk.task.id
    assert page.panel._bar.card["kind"] == ""


# Who reviews ---------------------------------------------------------------------------------


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody know who reviews."""
    for variable in ("EVALWIDGETS_REVIEWER", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))


@pytest.mark.usefixtures("stranger")
def test_an_unknown_reviewer_is_asked_once(edits: TaskSet, work_store: ReviewStore) -> None:
    """A card asks; the name that is typed starts the work and is known to the next panel."""
    panel = ReviewPanel(edits, RUBRIC, work_store)
    assert panel._bar.card["kind"] == "ask"
    assert panel._form.shown["layout"] is None
    assert panel.progress.total == 6
    with pytest.raises(EvalWidgetsError, match="does not know the reviewer yet"):
        _ = panel.task

    Page(panel).name_reviewer(" ana ")

    assert panel._bar.card["kind"] == ""
    assert panel.session.reviewer == "ana"
    assert ReviewPanel(edits, RUBRIC, work_store).session.reviewer == "ana"


def test_the_round_and_the_reviewer_part_the_work(edits: TaskSet, work_store: ReviewStore) -> None:
    """What ana said in one round is neither ben's nor another round's."""
    page = Page(ReviewPanel(edits, RUBRIC, work_store, "ana", round="one"))
    page.answer_all()
    page.submit()

    others = [
        ReviewPanel(edits, RUBRIC, work_store, "ben", round="one"),
        ReviewPanel(edits, RUBRIC, work_store, "ana", round="two"),
        ReviewPanel(edits, RUBRIC, work_store, "ana", round="one", campaign="other"),
    ]

    assert [0, 0, 0] == [panel.progress.done for panel in others]


# What travels ------------------------------------------------------------------------------------


def wire(sent: list[dict[str, Any]]) -> str:
    """Return everything that went to the browser but the buffers, as one text."""
    return json.dumps([{**message, "buffers": None} for message in sent], ensure_ascii=False, default=str)


def state_of(panel: ReviewPanel) -> str:
    """Return the state of all widgets, as it would be saved in a notebook."""
    tree = [panel, *panel.children, *panel.children[1].children]
    return json.dumps([widget.get_state() for widget in tree], ensure_ascii=False, default=str)


def test_pictures_travel_as_bytes_and_are_no_state(
    edits: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """Each picture of the shown and the next tasks goes out once, as a buffer under its hash."""
    panel = ReviewPanel(edits, RUBRIC, work_store, "ana")

    pictures = [message for message in sent if message.get("buffers")]
    scenes = [panel._stage.scene, *panel._stage.queue]
    wanted = [one["picture"] for scene in scenes for one in scene["pictures"]]
    assert wanted == [message["data"]["content"]["picture"] for message in pictures]
    assert all(message["buffers"][0].startswith(b"\x89PNG") for message in pictures)
    assert "PNG" not in state_of(panel)
    assert not any(message["buffers"] for message in sent if message["data"].get("method") == "update")


def test_a_picture_that_a_page_lacks_is_sent_again(
    edits: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """A reloaded page asks by hash and gets the bytes; a hash that nobody knows is let go."""
    panel = ReviewPanel(edits, RUBRIC, work_store, "ana")
    digest = panel._stage.scene["pictures"][1]["picture"]
    sent.clear()

    send(panel._stage, {"type": "need", "pictures": [digest, "f" * 64]})

    assert [digest] == [message["data"]["content"]["picture"] for message in sent]


@pytest.fixture
def telling(tmp_path: Path) -> TaskSet:
    """Return tasks whose ids, files, folders, tags and source name the model."""
    folder = tmp_path / "secret-folder"
    manifest = write_manifest(folder, 6)
    lines = []
    for text in manifest.read_text().splitlines():
        line = json.loads(text)
        for role, path in line["images"].items():
            (folder / path).rename(folder / f"secret-{Path(path).name}")
            line["images"][role] = f"secret-{Path(path).name}"
        tags = {**line["tags"], "model": "secret-model", "truth": ["secret-remnant"], "seed": 424242}
        lines.append(
            json.dumps({**line, "id": f"secret-{line['id']}", "tags": tags, "source": "secret-source"})
        )
    manifest.write_text("\n".join(lines))
    return read_tasks(manifest)


def test_nothing_that_tells_the_model_reaches_the_browser(
    telling: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """Ids, paths, tags and sources stay in the kernel, through acts, refusals, a lost picture and the end."""
    (telling.folder / telling[0].images["edited"]).unlink()
    (telling.folder / telling[1].images["edited"]).write_bytes(b"secret-content")
    page = Page(ReviewPanel(telling, RUBRIC, work_store, "ana"))
    for place in range(6):
        page.submit()
        page.answer_all()
        page.rate("adherence", 9)
        page.act("flag", "technical", "grey")
        if place % 2:
            page.skip("does not load")
        else:
            page.submit()

    assert page.panel.session.finished
    assert "Add a red hat" in wire(sent)
    for text in (wire(sent), state_of(page.panel)):
        assert "secret" not in text
        assert "424242" not in text


@pytest.mark.parametrize("damage", ["missing", "empty", "html", "outside"])
def test_a_picture_that_cannot_be_shown_can_be_flagged_and_skipped(
    edits: TaskSet, work_store: ReviewStore, damage: str
) -> None:
    """The stage says so in its place; the reviewer flags, skips, and goes on."""
    panel = ReviewPanel(edits, RUBRIC, work_store, "ana")
    first = panel.session.order[0]
    path = edits.path_of(edits[first], "edited")
    path.unlink()
    if damage == "outside":
        path.symlink_to("/etc/hostname")
    elif damage != "missing":
        path.write_bytes({"empty": b"", "html": b"<script>alert(1)</script>"}[damage])
    page = Page(again(panel))

    scene = page.panel._stage.scene
    assert [("original", True), ("edited", False)] == [
        (one["role"], one["picture"] is not None) for one in scene["pictures"]
    ]
    assert scene["notice"] == "Edited: this picture cannot be shown. Flag it, or skip the task."
    page.act("flag", "technical", "does not load")
    page.skip("the edited picture is missing")
    (review,) = work_store.reviews()
    assert (review.task, review.state, review.flags) == (first, "skipped", {"technical": "does not load"})
    assert page.panel._stage.scene["notice"] == ""


def test_text_travels_as_text(tmp_path: Path, work_store: ReviewStore) -> None:
    """Markup in an instruction is a piece of text among others; nothing is escaped twice or cut."""
    markup = "<img src=x onerror=alert(1)> & \u202e 'quoted'"
    tasks = read_tasks(write_manifest(tmp_path / "m", 1, instruction=markup))

    panel = ReviewPanel(tasks, RUBRIC, work_store, "ana")

    assert panel._stage.scene["texts"] == [{"label": "Instruction", "text": markup}]


# ipyannotations' contract --------------------------------------------------------------------------


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
