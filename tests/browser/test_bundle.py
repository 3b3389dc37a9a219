"""A reviewer opens a bundle by its command, reviews by keyboard, and hands in; the lead merges it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Lab, await_panel
from playwright.sync_api import Page
from reviewer import Keyboard
from server import TOKEN, Server

import evalwidgets as ew

PLACE = ("demo", "offline")


@pytest.fixture
def sent(workspace: Path, tmp_path: Path) -> Path:
    """Return the one bundle of a round that the lead has sent to kim: two edits of the demo."""
    rubric = ew.read_rubric(workspace / "rubrics/image-edit.yaml")
    tasks = ew.read_tasks(workspace / "data/demo/tasks.jsonl").where(kind="edit", edit_type="remove")[:2]
    place = {"campaign": PLACE[0], "round": PLACE[1]}
    with ew.open_store(tmp_path / "lead.db") as store:
        return ew.write_bundles(tasks, rubric, tmp_path / "kim", **place, reviewers=["kim"], store=store)[0]


class OpenedBundle(Lab):
    """The JupyterLab that `evalwidgets open` starts."""

    def __init__(self, bundle: Path) -> None:
        command = [
            *("evalwidgets", "open", str(bundle), "--no-browser", "--port", "{port}"),
            f"--lab-option=--IdentityProvider.token={TOKEN}",
            "--lab-option=--ServerApp.port_retries=0",
            "--lab-option=--LabApp.expose_app_in_browser=True",
        ]
        Server.__init__(self, bundle.parent, command, "api")


@pytest.fixture
def opened(sent: Path) -> Iterator[OpenedBundle]:
    """Return the opened bundle, served."""
    lab = OpenedBundle(sent)
    yield lab
    lab.close()


def test_a_bundle_by_keyboard(sent: Path, opened: OpenedBundle, page: Page, tmp_path: Path) -> None:
    """What is pressed in the opened bundle is what the lead's store holds after the merge."""
    opened.open(page, "review.ipynb")
    opened.run_all(page)
    await_panel(page)
    hands = Keyboard(page)
    hands.answer_all({"preservation": 3})
    hands.submit()
    hands.await_saved(1)

    folder = sent.with_suffix("")
    for command in (["return", folder], ["merge", sent.parent, "--store", tmp_path / "lead.db"]):
        subprocess.run([sys.executable, "-m", "evalwidgets", *map(str, command)], check=True)

    with ew.open_store(tmp_path / "lead.db") as store, ew.open_bundle(folder) as bundle:
        [review] = store.reviews(*PLACE, "kim")
        assert store.reviews() == bundle.store.reviews()
        assert () == store.verify()
    pressed = {name: value for name, value in hands.said[0].items() if not name.startswith("#")}
    assert pressed == {name: value for name, value in review.values.items() if name in pressed}
