"""Blinding: nothing that tells the model, the prompt or the file reaches a reviewer's browser or notebook.

Every fact that could tell is planted as a text that occurs nowhere else: in the names of files and
folders, in tags and source, and inside the picture files, in every place that a format has for words.
"""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path
from typing import Any

import nbformat.v4
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.open_panel import open_panel
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import an_edit
from .page import Page

pytestmark = pytest.mark.usefixtures("loud_callbacks")
MARK = "planted-fact"
FORMATS = ("png", "jpg", "webp", "avif", "gif", "bmp")


def telling_bytes(ending: str, number: int) -> bytes:
    """Return a picture file that tells where it comes from, wherever its format has room for words."""
    image = Image.linear_gradient("L").resize((64, 48)).rotate(number).convert("RGB")
    exif = Image.Exif()
    exif[0x010E], exif[0x0131] = f"{MARK} description", f"{MARK} software"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + f"{MARK} prompt".encode()
    words: dict[str, Any] = {
        "png": {"pnginfo": _png_words(), "exif": exif, "icc_profile": _profile()},
        "jpg": {
            "exif": exif,
            "comment": f"{MARK} comment".encode(),
            "xmp": _xmp(),
            "icc_profile": _profile(),
        },
        "webp": {"exif": exif, "xmp": _xmp(), "lossless": True},
        "avif": {"exif": exif, "xmp": _xmp()},
        "gif": {"comment": f"{MARK} comment".encode()},
    }.get(ending, {})
    buffer = io.BytesIO()
    image.save(buffer, {"jpg": "JPEG"}.get(ending, ending.upper()), **words)
    return buffer.getvalue() + (f"{MARK} after the end".encode() if ending in ("png", "jpg") else b"")


def _png_words() -> PngImagePlugin.PngInfo:
    words = PngImagePlugin.PngInfo()
    words.add_text("parameters", f"{MARK} prompt, steps: 30, model: x")
    words.add_itxt("XML:com.adobe.xmp", _xmp().decode(), zip=False)
    return words


def _profile() -> bytes:
    """Return the profile of sRGB under a name that tells."""
    named = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return named.replace("sRGB built-in".encode("utf-16-be"), f"{MARK}s".encode("utf-16-be"))


def _xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>{MARK} xmp</d></x:xmpmeta>'.encode()


@pytest.fixture
def telling(tmp_path: Path) -> TaskSet:
    """Return an edit of each format whose files, tags, source and requirements' ids tell the model."""
    folder = tmp_path / f"{MARK}-folder"
    tasks: list[Task] = []
    for number, ending in enumerate(FORMATS):
        images = {role: f"{MARK}-{number}-{role}.{ending}" for role in ("original", "edited")}
        for place, name in enumerate(images.values()):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(telling_bytes(ending, 2 * number + place))
        tasks.append(
            an_edit(
                f"t{number}",
                images=images,
                tags={"model": f"{MARK} model", "truth": (f"{MARK} one", "figure"), "subjects": ("figure",)},
                source=f"{MARK} source",
                sensitive=number == 1,
            )
        )
    return TaskSet(tasks, folder)


def everything_sent(sent: list[dict[str, Any]]) -> bytes:
    """Return all that went to the browser, messages and pictures, as one piece."""
    words = json.dumps([{**one, "buffers": None} for one in sent], default=str, ensure_ascii=False)
    return b"\n".join([words.encode(), *(bytes(one) for m in sent for one in m.get("buffers") or [])])


def notebook_of(panel: ReviewPanel) -> str:
    """Return the notebook that a reviewer would save, with the state of all widgets in it."""
    output = nbformat.v4.new_output("display_data", panel._repr_mimebundle_())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("panel", outputs=[output])])
    tree = [panel, *panel.children, *panel.children[1].children]
    state = {widget.model_id: {"state": json.loads(_plain(widget.get_state()))} for widget in tree}
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    return nbformat.writes(notebook)


def _plain(state: Any) -> str:
    return json.dumps(state, default=str)


def look_at_everything(page: Page) -> None:
    """Do what a curious reviewer can: reveal, fetch, look ahead, err, submit, look at the evidence."""
    stage = page.panel._stage
    for role in ("original", "edited"):
        page.reveal(role)
    for scene in (stage.scene, *stage.queue):
        for one in scene["pictures"]:
            for digest in filter(None, (one["picture"], one.get("cover"))):
                page.need(digest)
    page.rate("adherence", 99)
    page.submit()
    page.answer_all()
    page.submit()
    page.move("back")
    told = page.press_e()
    if told["overlay"]:
        page.need(told["overlay"])
    page.rate("adherence", 5)
    page.submit()


def test_a_planted_fact_would_be_found(telling: TaskSet) -> None:
    """The proof below proves something: every file that has room for words holds the mark."""
    for task in telling:
        for role in task.images:
            path = telling.path_of(task, role)
            assert (MARK.encode() in path.read_bytes()) == (path.suffix != ".bmp"), path.name
    assert MARK.encode("utf-16-be") in _profile()


def test_nothing_that_tells_reaches_a_blinded_reviewer(
    telling: TaskSet,
    every: Rubric,
    work_store: ReviewStore,
    sent: list[dict[str, Any]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not in a message, not in the bytes of a picture, not in a saved notebook, not in what is printed.

    Jupyter brings what a kernel warns of to the page, so warnings count as sent.
    """
    caplog.set_level(logging.WARNING)
    page = Page(open_panel(telling, every, work_store, "ana"))
    for _ in telling:
        look_at_everything(page)
        saved = notebook_of(page.panel)
        assert MARK not in saved
    assert page.panel.session.finished

    told = everything_sent(sent)
    assert len([m for m in sent if m.get("buffers")]) > 2 * len(telling)
    assert b"Add a red hat" in told
    assert MARK.encode() not in told
    assert MARK.encode("utf-16-le") not in told
    assert MARK.encode("utf-16-be") not in told
    assert MARK not in caplog.text


@pytest.mark.parametrize("damage", ["gone", "broken"])
def test_a_picture_that_is_lost_while_it_is_shown_tells_nothing(
    telling: TaskSet,
    every: Rubric,
    work_store: ReviewStore,
    sent: list[dict[str, Any]],
    caplog: pytest.LogCaptureFixture,
    damage: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Errors name files, for the lead; the reviewer's page hears only that there is nothing to show."""
    monkeypatch.setattr("evalwidgets.widgets.picture_shelf._KEPT_BYTES", 1)
    page = Page(open_panel(telling, every, work_store, "ana"))
    for task in telling:
        for role in task.images:
            path = telling.path_of(task, role)
            path.unlink() if damage == "gone" else path.write_bytes(MARK.encode())
    caplog.set_level(logging.WARNING)
    for _ in telling:
        look_at_everything(page)

    assert MARK.encode() not in everything_sent(sent)
    assert MARK not in notebook_of(page.panel) + caplog.text
    assert '"missing"' in everything_sent(sent).decode(errors="replace")
