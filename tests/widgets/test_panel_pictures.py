"""What a panel sends to the browser: pictures as bytes, and nothing that tells the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import every_control, write_manifest
from .page import Page, again

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRIC = every_control()
NOTE = "the brim on the left is cut off"


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
    """Each picture of the shown and the next tasks can be fetched, as a buffer under its hash."""
    panel = ReviewPanel(edits, RUBRIC, work_store, "ana")
    scenes = [panel._stage.scene, *panel._stage.queue]
    wanted = [one["picture"] for scene in scenes for one in scene["pictures"]]
    assert not any(message.get("buffers") for message in sent)

    for picture in wanted:
        Page(panel).need(picture)

    pictures = [message for message in sent if message.get("buffers")]
    assert wanted == [message["data"]["content"]["picture"] for message in pictures]
    assert all(message["buffers"][0].startswith(b"\x89PNG") for message in pictures)
    assert "PNG" not in state_of(panel)
    assert not any(message["buffers"] for message in sent if message["data"].get("method") == "update")


def test_a_reloaded_page_gets_the_bytes_again(
    edits: TaskSet, work_store: ReviewStore, sent: list[dict[str, Any]]
) -> None:
    """It asks by hash and place; of a hash that nobody knows it is told so."""
    panel = ReviewPanel(edits, RUBRIC, work_store, "ana")
    digest = panel._stage.scene["pictures"][1]["picture"]
    Page(panel).need(digest)
    sent.clear()

    Page(panel).need(digest)
    Page(panel).need("f" * 64)

    told = [message["data"]["content"] for message in sent]
    assert [("part", digest), ("missing", "f" * 64)] == [(one["type"], one["picture"]) for one in told]


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
