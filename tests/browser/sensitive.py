"""A panel in a notebook whose tasks are sensitive, and everything that its page was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab import Lab, await_panel, make_notebook
from playwright.sync_api import Page, WebSocket
from stage_alone import StagePage

import evalwidgets as ew
from evalwidgets.store.images import read_picture
from evalwidgets.store.reviews import ReviewStore

_CELL = """
import evalwidgets as ew

tasks = ew.read_tasks({manifest!r})
rubric = ew.read_rubric("{root}/rubrics/{rubric}.yaml")
panel = ew.ReviewPanel(tasks, rubric, ew.open_store({store!r}), "kim", "round", seed=None)
panel
"""


@dataclass
class PanelPage:
    """A panel on a page: its stage, its store, and each message that came over the wire."""

    page: Page
    manifest: Path
    frames: list[bytes] = field(default_factory=list)

    @property
    def stage(self) -> StagePage:
        """The stage of the panel."""
        return StagePage(self.page)

    @property
    def card(self) -> Any:
        """The content note with its choices."""
        return self.page.locator(".ew-cover")

    def was_sent(self, task: str, role: str) -> bool:
        """Return whether the page was sent the display copy of a picture: its bytes, or a part of them."""
        path = self.manifest.parent / f"{task}-{role}.png"
        data = read_picture(path).data
        piece = data[len(data) // 3 :][:48]  # what lies in the middle of noise occurs nowhere else
        return any(piece in frame for frame in self.frames)

    def store(self) -> ReviewStore:
        """Open the panel's store beside it."""
        return ew.open_store(self.manifest.with_name("reviews.db"))


def open_panel_on(lab: Lab, page: Page, manifest: Path, rubric: str) -> PanelPage:
    """Open a notebook beside a manifest, with a panel on its tasks in their order, and wait for the first."""
    shown = PanelPage(page, manifest)
    page.on("websocket", lambda socket: _listen(socket, shown.frames))
    store = str(manifest.with_name("reviews.db"))
    cell = _CELL.format(manifest=str(manifest), root=lab.folder, rubric=rubric, store=store)
    notebook = make_notebook(manifest.with_suffix(".ipynb"), cell)
    lab.open(page, str(notebook.relative_to(lab.folder)))
    lab.run_all(page)
    await_panel(page)
    return shown


def _listen(socket: WebSocket, frames: list[bytes]) -> None:
    def keep(frame: str | bytes) -> None:
        frames.append(frame.encode() if isinstance(frame, str) else frame)

    socket.on("framereceived", keep)
