"""A panel-like box with stage, form, feedback and tour on given values, without any rules of practice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import Lab, await_panel, make_notebook
from playwright.sync_api import Locator, Page
from stage_alone import StagePage

_CELL = """
import json
from pathlib import Path

import ipywidgets
import evalwidgets as ew
from evalwidgets.core.session import Session
from evalwidgets.widgets import panel_card
from evalwidgets.widgets.feedback_view import FeedbackView
from evalwidgets.widgets.panel_view import PanelView
from evalwidgets.widgets.tour import TourGuide

given = json.loads(Path({given!r}).read_text())
tasks = ew.read_tasks({manifest!r})
session = Session(ew.read_rubric({rubric!r}), tasks, "ana", round="practice", seed=None)
heard = Path({heard!r})


def show():
    view.show(session, panel_card.none())
    view.form.queue, view.stage.queue = [], []  # feedback comes between


def hear(message):
    with heard.open("a") as log:
        log.write(json.dumps(message) + "\\n")
    if message["type"] == "act":
        session.act(message["act"], *message["said"])
        view.saw(session.desk.key, message["seq"])
        view.mark(session, session.desk)
    elif message["type"] == "submit":
        session.accept(session.submit())
        view.form.heard(message["view"], message["count"])
        view.form.show(None, [])
        view.stage.regions = given["regions"]
        pictures = {{hash: (tasks.folder / name).read_bytes() for hash, name in given["pictures"].items()}}
        feedback.show({{**given["feedback"], "key": message["key"]}}, pictures)
    elif message["type"] == "next":
        view.stage.regions = []
        show()
        feedback.hide()  # last, so that no key falls between


view = PanelView(tasks, hear, lambda picture, at: view.scenes.send_part(picture, at))
view.scenes.intro = {intro!r}
feedback, tour = FeedbackView(hear), TourGuide(hear)
desk = ipywidgets.HBox([view.stage, view.form, feedback])
desk.add_class("ew-desk")
box = ipywidgets.VBox([view.bar, tour, desk])
box.add_class("ew-panel")
show()
tour.running = {tour!r}
box
"""


@dataclass
class LearningPage:
    """The box on a page, and what its kernel heard."""

    page: Page
    heard_file: Path

    @property
    def stage(self) -> StagePage:
        """The stage of the box."""
        return StagePage(self.page)

    @property
    def view(self) -> Locator:
        """The feedback."""
        return self.page.locator(".ew-feedback")

    def row(self, criterion: str) -> Locator:
        """Return the feedback's row of a criterion."""
        return self.page.locator(f'.ew-fb-row[data-criterion="{criterion}"]')

    def heard(self, *types: str) -> list[dict[str, Any]]:
        """Return what the kernel heard of these types, in order."""
        lines = self.heard_file.read_text().splitlines() if self.heard_file.exists() else []
        return [message for message in map(json.loads, lines) if message["type"] in types]


def open_learning(
    lab: Lab,
    page: Page,
    manifest: Path,
    rubric: Path,
    given: dict[str, Any],
    *,
    intro: bool = False,
    tour: bool = False,
) -> LearningPage:
    """Open a notebook with the box beside a manifest, and wait for its first picture.

    Parameters
    ----------
    lab, page
        Where it is opened.
    manifest, rubric : Path
        The tasks, and what is asked of them.
    given : dict
        What a submit brings: `feedback`, the `pictures` that it names (hash to file beside the
        manifest), and the `regions` of the stage.
    intro, tour : bool
        Whether what was asked comes first, and whether the tour runs.
    """
    file = manifest.with_name("given.json")
    file.write_text(json.dumps(given), encoding="utf-8")
    heard = manifest.with_name("heard.jsonl")
    cell = _CELL.format(
        given=str(file), manifest=str(manifest), rubric=str(rubric), heard=str(heard), intro=intro, tour=tour
    )
    notebook = make_notebook(manifest.with_name("learning.ipynb"), cell)
    lab.open(page, str(notebook.relative_to(lab.folder)))
    lab.run_all(page)
    await_panel(page)
    return LearningPage(page, heard)
