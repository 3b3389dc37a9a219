"""One notebook with all widgets side by side, in the JupyterLab of the browser tests."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page

from proxy import SlowLink

HERE = Path(__file__).resolve().parent
RUBRIC = HERE.parent / "rubrics" / "image-quality.yaml"

sys.path.append(str(HERE.parent / "tests" / "browser"))
from lab import Lab, launch_chromium, make_notebook  # noqa: E402 - it lives in the folder just named

__all__ = ["RUBRIC", "Room", "launch_chromium"]

_PANEL = """\
import evalwidgets as ew
import peers

rubric = ew.read_rubric({rubric!r})
tasks = ew.read_tasks("tasks.jsonl")
paths = [tasks.path_of(task, "image") for task in tasks]
ew.ReviewPanel(tasks, rubric, ew.open_store("sqlite:///{name}.db"), reviewer="benchmark", seed=None)
"""
_IMAGE = "peers.image_and_buttons(paths, [criterion.label for criterion in rubric.criteria])"
_BOXES = "peers.box_annotator(paths)"


class Room(Lab):
    """A JupyterLab whose kernels find the peers, and that is near or far."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, PYTHONPATH=str(HERE))
        self._near = self.port

    def furnish(self, page: Page, name: str, link: SlowLink | None, *more: str) -> None:
        """Open a new notebook, over the link if there is one, and run it; `more` are further cells."""
        panel = _PANEL.format(rubric=str(RUBRIC), name=name)
        make_notebook(self.folder / f"{name}.ipynb", panel, _IMAGE, _BOXES, *more)
        self.port = link.port if link else self._near
        try:
            self.open(page, f"{name}.ipynb")
        finally:
            self.port = self._near
        self.run_all(page)
