"""An image stage alone in a notebook, on pictures of the test's own, and what a person does at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import Lab, make_notebook
from PIL import Image
from playwright.sync_api import Locator, Page

_CELL = """
import ipywidgets
from evalwidgets.core.task import Task
from evalwidgets.store.tasks import read_tasks
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.scenes import Scenes

tasks = read_tasks({manifest!r})
stage = ImageStage({options})
scenes = Scenes(tasks, stage)
stage.on_need(scenes.send_part)
stage.scene = scenes.of_task(tasks[0])
stage.queue = [scenes.of_task(task) for task in tasks[1:4]]
ipywidgets.Box([stage], layout=ipywidgets.Layout(height="{height}px", overflow="hidden"))
"""

_DRAWN = """stage => {
  const said = {};
  stage.dispatchEvent(new CustomEvent("ew:where", {detail: said}));
  return said.drawings.map(({picture, rect, pane, clip, zoom, ratio}) => (
    {role: picture.role, label: picture.label, width: picture.width, height: picture.height,
     rect, pane, clip, zoom, ratio}));
}"""

_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def write_tasks(folder: Path, *tasks: dict[str, Any]) -> Path:
    """Write a manifest; where a task has a Pillow image for a role, its file is written beside it.

    Returns the manifest. A task is a dict as in `tasks.jsonl`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for task in tasks:
        images = {role: _written(folder, task["id"], role, image) for role, image in task["images"].items()}
        lines.append(json.dumps({**task, "images": images}))
    manifest = folder / "tasks.jsonl"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest


def _written(folder: Path, task: str, role: str, image: Image.Image | str) -> str:
    if isinstance(image, str):
        return image
    name = f"{task}-{role}.png"
    image.save(folder / name)
    return name


def open_stage(
    lab: Lab, page: Page, manifest: Path, *, height: int = 620, options: str = "", **more: str
) -> StagePage:
    """Open a notebook that shows the tasks of a manifest in a stage, and wait for the first picture.

    Parameters
    ----------
    lab, page
        Where it is opened.
    manifest : Path
        From `write_tasks`, inside the lab's folder. The notebook is written beside it.
    height : int
        Of the stage, in CSS pixels.
    options : str
        Arguments of `ImageStage`, as Python.
    more : str
        Further cells by name, run after the stage is shown.
    """
    cell = _CELL.format(manifest=str(manifest), options=options, height=height)
    notebook = make_notebook(manifest.with_suffix(".ipynb"), cell, *more.values())
    lab.open(page, str(notebook.relative_to(lab.folder)))
    lab.run_all(page)
    page.wait_for_selector(".ew-stage[data-painted]", timeout=60_000)
    shown = StagePage(page)
    shown.canvas.focus()
    return shown


@dataclass
class StagePage:
    """The stage on a page. `tasks`, `scenes` and `stage` are names in the notebook's kernel."""

    page: Page

    @property
    def root(self) -> Locator:
        """The stage's own element."""
        return self.page.locator(".ew-stage")

    @property
    def canvas(self) -> Locator:
        """The canvas, which takes the keys."""
        return self.page.locator(".ew-stage-canvas")

    @property
    def labels(self) -> list[str]:
        """The names above the pictures, as they are seen."""
        return [label.inner_text() for label in self.page.locator(".ew-stage-label:visible").all()]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """What was drawn last, slot by slot: role, label, size, `rect`, `pane`, `clip` in device pixels."""
        return list(self.root.evaluate(_DRAWN))

    def tool(self, name: str) -> Locator:
        """Return a button of the toolbar by the name of its tool."""
        return self.page.locator(f'.ew-stage-button[data-tool="{name}"]')

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, and let each be drawn."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def settle(self) -> None:
        """Wait until what was asked for has been drawn."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def step(self, task: str) -> None:
        """Step to another task as the form does on submit."""
        event = "(el, to) => el.dispatchEvent(new CustomEvent('ew:advance', {bubbles: true, detail: {to}}))"
        self.root.evaluate(event, task)
        self.page.wait_for_selector(f'.ew-stage[data-painted="{task}"]')

    def pixel(self, x: float, y: float) -> tuple[int, ...]:
        """Return the colour of a point of the canvas, in device pixels."""
        look = "(el, [x, y]) => [...el.getContext('2d').getImageData(x, y, 1, 1).data]"
        return tuple(self.canvas.evaluate(look, [x, y]))

    def screen(self, drawing: dict[str, Any], x: float, y: float) -> tuple[float, float]:
        """Return where a point of a picture, in its own pixels, lies on the page, in CSS pixels."""
        box = self.canvas.bounding_box()
        assert box is not None
        rect, ratio = drawing["rect"], drawing["ratio"]
        across = rect["x"] + x / drawing["width"] * rect["width"]
        down = rect["y"] + y / drawing["height"] * rect["height"]
        return box["x"] + across / ratio, box["y"] + down / ratio
