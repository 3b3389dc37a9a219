"""Many tasks in one panel: no widget more, and memory that stays flat."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ..samples import ROOT, an_edit

TASKS = int(os.environ.get("EVALWIDGETS_MEMORY_TASKS", "160"))
"""In every run; 300 and more for a long one."""
DIFFERENT = 12  # pictures on disk; each task links to two of them
ALLOWED_MB = 20

DRIVER = """
import gc, json, sys, psutil
from pathlib import Path
from ipywidgets.widgets.widget import _instances
from evalwidgets.store.reviews import open_store
from evalwidgets.store.tasks import read_tasks
from evalwidgets.widgets.review_panel import ReviewPanel
from evalwidgets.widgets.scenes import PART
from tests.samples import every_control
from tests.widgets.page import Page

folder = Path(sys.argv[1])
tasks = read_tasks(folder / "tasks.jsonl")
page = Page(ReviewPanel(tasks, every_control(), open_store(folder / "work.db"), "ana"))
widgets, memory = set(_instances), []
while not page.panel.session.finished:
    if page.panel.progress.done % 10 == 0:
        page.answer_all()
        gc.collect()
    else:  # few acts, so that the test is quick: what is measured are the pictures
        page.rate("safety", "violates")
        page.act("give_reason", "safety", "privacy")
    for one in page.panel._stage.scene["pictures"]:
        for at in range(0, 2**20, PART):
            page.need(one["picture"], at)
    page.submit()
    memory.append(psutil.Process().memory_info().rss / 2**20)
    assert set(_instances) == widgets
print(json.dumps({"done": page.panel.progress.done, "memory": memory, "widgets": len(widgets)}))
"""

REGIONS = """
import gc, json, sys, psutil
from pathlib import Path
from ipywidgets.widgets.widget import _instances
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import read_tasks
from evalwidgets.widgets.review_panel import ReviewPanel
from tests.samples import ROOT, a_region
from tests.widgets.page import Page

folder = Path(sys.argv[1])
tasks = read_tasks(folder / "tasks.jsonl")
rubric = read_rubric(ROOT / "rubrics" / "defect-localisation.yaml")
page = Page(ReviewPanel(tasks, rubric, open_store(folder / "regions.db"), "ana"))
widgets, memory = set(_instances), []
while not page.panel.session.finished:
    page.rate("defects_found", "yes")
    if page.panel.progress.done % 10 == 0:
        page.act("mark", "defects", a_region(id="0", size=(1200, 800)))
        page.act("unmark", "defects", "0")
        page.move("undo")
        gc.collect()
    for number in range(2):
        said = {"label": "seam_halo", "severity": 2, "note": f"pale edge {number}"}
        page.act("mark", "defects", a_region(id=str(number), size=(1200, 800), **said))
    page.rate("worst_severity", 2)
    page.submit()
    memory.append(psutil.Process().memory_info().rss / 2**20)
    assert set(_instances) == widgets
print(json.dumps({"done": page.panel.progress.done, "memory": memory, "widgets": len(widgets)}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a manifest of that many edits of photographs of about one megabyte."""
    folder = tmp_path_factory.mktemp("many")
    noise = np.random.default_rng(1)
    for number in range(DIFFERENT):
        pixels = noise.normal(128, 40, (800, 1200, 3)).clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.jpg", quality=95)
    lines = [
        an_edit(
            f"t{number:03}",
            images={"original": f"{number % DIFFERENT}.jpg", "edited": f"{(number + 1) % DIFFERENT}.jpg"},
            tags={"subjects": ["figure"]},
        ).model_dump_json()
        for number in range(TASKS)
    ]
    (folder / "tasks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "driver",
    [pytest.param(DRIVER, id="pictures"), pytest.param(REGIONS, id="regions", marks=pytest.mark.slow)],
)
def test_memory_stays_flat_and_no_widget_is_made_over_many_tasks(folder: Path, driver: str) -> None:
    """In a process of its own: after the first 20 tasks the kernel grows by less than 20 MB."""
    size = sum(path.stat().st_size for path in folder.glob("*.jpg")) / DIFFERENT

    done = subprocess.run(
        [sys.executable, "-c", driver, str(folder)], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    grown = max(told["memory"][20:]) - told["memory"][19]
    assert told["done"] == TASKS
    assert 0.8e6 < size < 1.5e6
    assert grown < ALLOWED_MB, f"grew by {grown:.1f} MB over {TASKS - 20} tasks"
