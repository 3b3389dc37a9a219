"""Comparing on the stage: what is seen is one of the pictures, whole, and in the same place."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab
from PIL import Image
from playwright.sync_api import Page
from stage import StagePage, open_stage, write_tasks

COLOURS = {"original": "#b03020", "edited": "#2050b0"}


@pytest.fixture
def edit(lab: Lab, page: Page, workspace: Path) -> StagePage:
    """Return a stage that shows an edit: a red original, a blue edited picture."""
    images = {role: Image.new("RGB", (640, 480), colour) for role, colour in COLOURS.items()}
    manifest = write_tasks(
        workspace / "compare-edit", {"id": "e1", "kind": "edit", "instruction": "Blue.", "images": images}
    )
    return open_stage(lab, page, manifest)


def test_held_space_shows_the_original_in_place(edit: StagePage) -> None:
    """As long as Space is down the original lies where the edited picture was."""
    before = edit.drawn
    edit.page.keyboard.down("Space")
    edit.settle()
    held = edit.drawn
    edit.page.keyboard.up("Space")

    assert [one["role"] for one in before] == ["edited"]
    assert [one["role"] for one in held] == ["original"]
    assert before[0]["rect"] == held[0]["rect"]
